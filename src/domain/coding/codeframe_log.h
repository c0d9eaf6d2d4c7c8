/*
 * codeframe log - every act on codes and codings as something that can be taken back.
 *
 * A change keeps each code that it touched as it was before and after, each coding that
 * it made, ended or placed anew, and each suggestion that it decided. Taking it back
 * sets exactly those as they were before, and only when all of them are still as the
 * change left them: what somebody did to them since would be lost otherwise. Then it is
 * refused, naming what stands on it; take that back first. Nothing is deleted: codings
 * that it made are ended, those that it ended hold again.
 *
 * A change that was taken back is not taken back again; do the act once more. The changes
 * stand in the log of domain/core/undo.h, which takes them back as it does any act.
 *
 * Errors     ERR_CONFLICT something later stands on it, or it was taken back already.
 */
#ifndef MERCAT_DOMAIN_CODEFRAME_LOG_H
#define MERCAT_DOMAIN_CODEFRAME_LOG_H

#include "domain/core/undo.h"

/* Whoever did it. */
bool codeframe_undo(struct operation *op, int64_t change_id, struct err *err) MUST_USE;
undo_fn codeframe_revert; /* the kind "frame" */

struct codeframe_change {
	int64_t id, at, undone_at; /* undone_at 0: it holds */
	const char *what;          /* "add", "merge", "code", "recode" ... */
	const char *said;          /* one short sentence: "renamed travel to transport" */
	const char *staff;         /* who, or "" */
	int64_t codings;           /* how many it touched */
};

struct codeframe_page {
	const char *consultation;
	int64_t before; /* the id of the last one of the page before; 0: from the newest */
	size_t most;
};
/* The newest first. */
bool codeframe_changes(struct operation *op, struct arena *arena,
		       const struct codeframe_page *page, struct codeframe_change **out,
		       size_t *out_count, struct err *err) MUST_USE;
/* The newest that holds, of the person who op; ERR_ABSENT when there is none. */
bool codeframe_last(struct operation *op, struct arena *arena, const char *consultation,
		    struct codeframe_change *out, struct err *err) MUST_USE;

#endif
