/*
 * report edition - a report frozen with the data it was made of, and approved by a second person.
 *
 * An edition keeps the text, what came of it (Markdown, HTML, the tables as CSV), and of every
 * response a few bytes that say how it counted; data_hash is of those. It is made only of a
 * report in which nothing is wrong, and never changed. Later it says how many responses have
 * changed since and in what, and which quotations may not stand any more.
 *
 *	made -> asked for -> approved
 *
 * Who wrote on its words since the last approved edition, or made it, cannot approve it. One is
 * approved only while its data and its quotations stand as they were: who approves has seen what
 * is true. Each quotation is recorded, so that it is known where a response is quoted.
 *
 * Rights     making and asking take the right to run the consultation, approving that to decide
 *	      what is published
 * Ownership  in the arena.
 * Errors     ERR_ABSENT   no such edition
 *            ERR_CONFLICT the same was made already; approved already; by who wrote it; changed
 *            ERR_INPUT    something is wrong in the report; nobody of that name may approve
 */
#ifndef MERCAT_DOMAIN_REPORT_EDITION_H
#define MERCAT_DOMAIN_REPORT_EDITION_H

#include "domain/reports/report.h"

struct report_edition {
	int64_t id, report_id, consultation_id, number;
	int64_t made_by, made_at, asked_of, asked_at, approved_by, approved_at; /* 0 */
	const char *hash, *data_hash;
	const char *made_by_name, *asked_of_name, *approved_by_name; /* NULL: nobody */
};
struct report_edition_of {
	const char *consultation;
	int64_t number; /* 0: the newest */
};

/* The newest first. */
bool report_editions(struct operation *op, struct arena *arena, int64_t consultation_id,
		     struct report_edition **out, size_t *out_count,
		     struct err *err) MUST_USE;
bool report_edition_get(struct operation *op, struct arena *arena,
			const struct report_edition_of *which, struct report_edition *out,
			struct err *err) MUST_USE;

struct report_frozen {
	const char *text, *markdown, *html, *csv;
};
bool report_edition_read(struct operation *op, struct arena *arena,
			 const struct report_edition *edition, struct report_frozen *out,
			 struct err *err) MUST_USE;

/* seen: the hash of the text that whoever makes it has seen; NULL: any. */
bool report_edition_make(struct operation *op, const char *consultation, const char *seen,
			 int64_t *out_number, struct err *err) MUST_USE;
/* Who may approve it: id, name. */
bool report_edition_colleagues(struct operation *op, struct arena *arena,
			       const struct report_edition *edition,
			       struct store_table *out, struct err *err) MUST_USE;
bool report_edition_ask(struct operation *op, const struct report_edition_of *which,
			const char *of, struct err *err) MUST_USE;
bool report_edition_approve(struct operation *op, const struct report_edition_of *which,
			    struct err *err) MUST_USE;

/* In what responses differ; one may differ in several. */
enum report_moved {
	REPORT_MOVED_NEW = 0,
	REPORT_MOVED_GONE,
	REPORT_MOVED_STATE,
	REPORT_MOVED_RESPONDENT,
	REPORT_MOVED_PERMISSION,
	REPORT_MOVED_CODES,
	REPORT_MOVED_ANSWERS,
	REPORT_MOVED_CAMPAIGN,
	REPORT_MOVED_KINDS
};
enum { REPORT_CHANGED_MOST = 50 /* that are named */ };
struct report_changes {
	int64_t responses; /* how many */
	int64_t moved[REPORT_MOVED_KINDS];
	const char **references; /* the first of them */
	size_t reference_count;
	int *quote_lines; /* of quotations that may not stand any more */
	size_t quote_count;
};
bool report_edition_changes(struct operation *op, struct arena *arena,
			    const struct report_edition *edition,
			    struct report_changes *out, struct err *err) MUST_USE;
/* Every quotation may still be published; ERR_CONFLICT with the line of one that may not. */
bool report_edition_quotes_stand(struct operation *op, struct arena *arena,
				 const struct report_edition *edition,
				 struct err *err) MUST_USE;
/* What of it names somebody, or says their words, who has not allowed it (domain/leaks). */
struct leak_found;
bool report_edition_leaks(struct operation *op, struct arena *arena,
			  const struct report_edition *edition, struct leak_found *out,
			  struct err *err) MUST_USE;
/* ERR_CONFLICT with the first of it that nobody has settled. */
bool report_edition_clean(struct operation *op, struct arena *arena,
			  const struct report_edition *edition, struct err *err) MUST_USE;
/* "4 responses changed since edition 2: 2 are new, 1 is coded otherwise." NULL: nothing did. */
const char *report_changes_words(struct arena *arena,
				 const struct report_edition *edition,
				 const struct report_changes *changes) MUST_USE;

/* Where a response is quoted, the newest edition first; what does not stand is to be mended: it
 * may not be quoted any more, or not in these words. */
struct report_quoted_at {
	int64_t edition, line, made_at, approved_at; /* 0: not approved */
	bool stands;
};
bool report_quoted(struct operation *op, struct arena *arena, int64_t response_id,
		   struct report_quoted_at **out, size_t *out_count,
		   struct err *err) MUST_USE;

#endif
