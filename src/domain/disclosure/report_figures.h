/*
 * report figures - the tables and single figures of a report, of one moment.
 *
 * Each comes from domain/analysis, as the pages and commands of the analysis do: there is no
 * other count. What is analysed are the responses that are included; only "received" is about
 * all of them. Every table is made once and guarded (report_table.h); a single figure is looked
 * up in its table, so that it shows no more than the table does. How many came, by which
 * channel, on which day and in which campaign is not guarded: it says nothing of anybody.
 *
 * Ownership  in the arena of report_figures_begin().
 * Errors     ERR_INPUT   there is no such table or figure: the sentence says what there is
 *            ERR_CONFLICT codes, while who asks codes a sample blindly
 */
#ifndef MERCAT_DOMAIN_REPORT_FIGURES_H
#define MERCAT_DOMAIN_REPORT_FIGURES_H

#include "domain/admin/asked.h"
#include "domain/analysis/analysis.h"
#include "domain/disclosure/report_table.h"

/* What a table is about; a question stands beside it. */
enum report_about {
	REPORT_OF_RECEIVED = 0,
	REPORT_OF_CHANNEL,
	REPORT_OF_DAY,
	REPORT_OF_TYPE,
	REPORT_OF_PERMISSION,
	REPORT_OF_CAMPAIGN,
	REPORT_OF_CAMPAIGN_ONCE,
	REPORT_OF_CODE,
	REPORT_OF_QUESTION,      /* closed: its options; else who answers it */
	REPORT_OF_QUESTION_CODE, /* the codes in its answers */
	REPORT_OF_FRAME,
	REPORT_OF_AGREEMENT,
	REPORT_ABOUT
};

struct report_question {
	int64_t position;
	const char *text;
	bool closed;
	bool several;
};

struct report_figures {
	struct operation *op;
	struct arena *arena;
	struct consultation of;
	const struct analysis_asked *all, *analysed, *removed_of;
	struct report_question *questions;
	size_t question_count;
	struct report_table **tables;             /* by about, and by question */
	struct report_count types[REPORT_COUNTS]; /* of what is analysed */
	int64_t received, analysed_count, removed, waiting;
	int64_t least;
};

bool report_figures_begin(struct operation *op, struct arena *arena,
			  const char *consultation, struct report_figures *out,
			  struct err *err) MUST_USE;
/* question: its position, or 0. */
bool report_figures_table(struct report_figures *f, enum report_about about,
			  int64_t question, struct report_table **out,
			  struct err *err) MUST_USE;
/* The row of that name or label, in any case of letters; NULL: none. */
const struct report_row *report_row_named(const struct report_table *t,
					  const char *name) MUST_USE;
/* ERR_INPUT: the consultation has no question of that number. */
bool report_question(const struct report_figures *f, int64_t position,
		     const struct report_question **out, struct err *err) MUST_USE;
/* The organisations that answered and may be listed, by name: rows of "report_organisations". */
bool report_organisations(struct report_figures *f, struct store_table *out,
			  struct err *err) MUST_USE;

#endif
