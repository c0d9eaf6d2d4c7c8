/*
 * report - the analysis report of a consultation: one text that officials write.
 *
 * It is Markdown with a placeholder for each number, table, chart and quotation
 * (report_grammar.h), begun from a draft that has every section an analysis has
 * (report_draft.h). What stands is saved whatever is in it; what is wrong with it
 * (report_check.h) is found whenever it is looked at, and keeps it from being approved alone.
 * Whoever writes on it is kept until an edition is approved (report_edition.h).
 *
 * Rights     writing takes the right to run the consultation
 * Ownership  in the arena.
 * Errors     ERR_ABSENT   there is no report yet, or no consultation
 *            ERR_CONFLICT there is one already, or somebody changed it since it was seen
 *            ERR_INPUT    not UTF-8, or longer than REPORT_BYTES
 */
#ifndef MERCAT_DOMAIN_REPORT_H
#define MERCAT_DOMAIN_REPORT_H

#include "domain/core/undo.h"
#include "domain/reports/report_fill.h"

struct report {
	int64_t id, consultation_id, changed_by, changed_at;
	const char *text, *hash, *changed_by_name;
};

bool report_get(struct operation *op, struct arena *arena, int64_t consultation_id,
		struct report *out, struct err *err) MUST_USE;

/* The text that a save goes by: the hash of the one that it replaces; NULL: any, also none. */
struct report_text {
	const char *consultation, *text, *seen;
};
bool report_save(struct operation *op, const struct report_text *what,
		 struct err *err) MUST_USE;
/* Saves a fresh draft. seen "": there must be none yet. */
bool report_draft(struct operation *op, const char *consultation, const char *seen,
		  struct err *err) MUST_USE;

/* Takes back a change of the text (domain/core/undo.h), if nobody has changed it since. */
bool report_undo(struct operation *op, struct arena *arena, struct unpack *inverse,
		 struct err *err) MUST_USE;

/* What a report that stands comes to, with all that is found in it. source NULL: what stands. */
bool report_look(struct operation *op, struct arena *arena,
		 const struct report_text *what, struct report_made *out,
		 struct report_findings *findings, struct err *err) MUST_USE;
/* ERR_INPUT names the first finding that stops it. */
bool report_is_whole(const struct report_findings *findings, struct err *err) MUST_USE;

#endif
