/*
 * report back - "we asked, you said, we did", told by email to those who took part.
 *
 *	draft -> asked -> approved -> sent
 *	                  approved -> cancelled
 *
 * A subject and a text in Markdown. Whoever wrote on it cannot approve it, and a change of its
 * words takes back that its approval was asked for: who approves has seen what goes out. With
 * the approval it is fixed who gets it (report_back_audience.h): one email a mailbox, however
 * many responses came from it. The clock then makes the emails, some at a time, and they go out
 * behind all others (report_back_send.h).
 *
 * Rights     writing, asking and cancelling take the right to write to respondents, approving
 *            that to decide what is published, reading that to read the responses
 * Ownership  in the arena.
 * Errors     ERR_ABSENT   no such report back, or no consultation
 *            ERR_CONFLICT not in this state; changed since it was seen; by who wrote it
 *            ERR_INPUT    no subject or no text, or no Markdown
 */
#ifndef MERCAT_DOMAIN_REPORT_BACK_H
#define MERCAT_DOMAIN_REPORT_BACK_H

#include "domain/admin/consultation.h"

enum report_back_state {
	REPORT_BACK_DRAFT = 0,
	REPORT_BACK_ASKED,
	REPORT_BACK_APPROVED,
	REPORT_BACK_SENT,
	REPORT_BACK_CANCELLED,
	REPORT_BACK_STATES
};
enum { REPORT_BACK_SUBJECT = 200, REPORT_BACK_TEXT = 100000 /* bytes, each at most */ };

struct report_back {
	int64_t id, consultation_id, number;
	enum report_back_state state;
	const char *subject, *text, *hash;
	int64_t written_at, asked_at, approved_at, ended_at; /* 0: not yet */
	const char *written_by, *asked_by, *approved_by,
		*ended_by;  /* the last: who cancelled it */
	int64_t recipients; /* that were approved */
};
/* number 0: the newest. */
struct report_back_of {
	const char *consultation;
	int64_t number;
};

const char *report_back_state_name(enum report_back_state state) MUST_USE;

/* The newest first. */
bool report_backs(struct operation *op, struct arena *arena, int64_t consultation_id,
		  struct report_back **out, size_t *out_count, struct err *err) MUST_USE;
bool report_back_get(struct operation *op, struct arena *arena,
		     const struct report_back_of *which, struct report_back *out,
		     struct err *err) MUST_USE;
/* What the first one begins with: the three headings, and how many responses were counted. */
bool report_back_begin(struct operation *op, struct arena *arena,
		       const struct consultation *of, const char **out_subject,
		       const char **out_text, struct err *err) MUST_USE;

/* number 0: a new one. seen: the hash of what it takes the place of; NULL: any. */
struct report_back_words {
	const char *consultation, *subject, *text, *seen;
	int64_t number;
};
enum report_back_field { REPORT_BACK_IN_SUBJECT = 0, REPORT_BACK_IN_TEXT };
/* Whether they can go out; out_where: which of the two cannot. */
bool report_back_words_check(const struct report_back_words *words,
			     enum report_back_field *out_where, struct err *err) MUST_USE;
bool report_back_save(struct operation *op, const struct report_back_words *words,
		      int64_t *out_number, struct err *err) MUST_USE;
bool report_back_ask(struct operation *op, const struct report_back_of *which,
		     struct err *err) MUST_USE;
/* seen: the hash of the words that whoever approves has read. */
bool report_back_approve(struct operation *op, const struct report_back_of *which,
			 const char *seen, struct err *err) MUST_USE;
/* What has not gone out yet stays here; out_withdrawn: how many emails. */
bool report_back_cancel(struct operation *op, const struct report_back_of *which,
			int64_t *out_withdrawn, struct err *err) MUST_USE;
/* ERR_CONFLICT says why whoever op cannot approve it. */
bool report_back_may_approve(struct operation *op, struct arena *arena,
			     const struct report_back *b, struct err *err) MUST_USE;

#endif
