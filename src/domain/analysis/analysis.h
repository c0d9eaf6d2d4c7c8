/*
 * analysis - a first count of a consultation's replies, that adds up or refuses.
 *
 * Every sheet knows N, the number of replies it is about, counted by a statement of
 * its own. Rows that part the replies must sum to N; a reply with several tags counts
 * under each of them, so tags are checked through "(any tag)" and "(no tag)", which
 * part the replies again. Codes are checked likewise, and a code with others below it
 * counts a reply once that has any of them.
 *
 * What is counted are the facts of every reply (domain/analysis/facts.h), loaded once for all the
 * sheets of one moment: with 100,000 replies that takes some milliseconds, and so does
 * each sheet. The pages and the command line come through here alike.
 *
 * A sheet and its picture come from one call each on the same rows:
 * analysis_chart() makes what text/figures/chart.h draws out of a sheet.
 *
 * Ownership  all in the arena.
 * Errors     ERR_CONFLICT when a sheet does not add up: our own mistake, never shown
 *            as a figure. ERR_INPUT an unknown "by".
 */
#ifndef MERCAT_DOMAIN_ANALYSIS_H
#define MERCAT_DOMAIN_ANALYSIS_H

#include "domain/core/domain.h"
#include "text/figures/chart.h"

enum { ANALYSIS_TABLE_TYPES = 3 }; /* individual, organisation, unknown */

struct analysis_row {
	const char *label;
	int64_t cells[ANALYSIS_TABLE_TYPES + 1]; /* the last one is the row's total */
	bool sums;    /* false: counts replies that stand in other rows too */
	int64_t part; /* rows of the same part sum to N together; 0 where there is but one */
	int64_t code_id;       /* 0: the row is about no code */
	int depth;             /* of a code in its tree */
	int64_t answering;     /* who answers the question that the row is about */
	bool unanswered;       /* those who do not */
	int64_t campaign;      /* its number; 0: the row is about none */
	bool perhaps;          /* a person has not decided yet */
	const char *closeness; /* of a campaign's copies */
};

struct analysis_table {
	const char *title, *label;
	const char *columns[ANALYSIS_TABLE_TYPES + 1];
	size_t column_count; /* 1, or all of them where types stand beside each other */
	struct analysis_row *rows;
	size_t row_count;
	int64_t total; /* N */
	bool shares;   /* rows have a share of all and of those answering */
	const char *note;
};

/*
 * Which responses a table is about unless somebody says otherwise: "included"; that of the states
 * is about "any", that of the reasons about "excluded".
 */
const char *analysis_usual_state(const char *by);

/* One moment of a consultation. state: only those; NULL all. */
struct analysis_asked;
bool analysis_begin(struct operation *op, struct arena *arena, const char *consultation,
		    const char *state, const struct analysis_asked **out,
		    struct err *err) MUST_USE;
/* N of it. */
int64_t analysis_total(const struct analysis_asked *asked) MUST_USE;
/* by: one of analysis_ways. */
bool analysis_table_make(const struct analysis_asked *asked, const char *by,
			 struct analysis_table *out, struct err *err) MUST_USE;
struct analysis_sheet_of {
	const char *consultation, *by, *state;
};
/* Both, for one sheet. */
bool analysis_load(struct operation *op, struct arena *arena,
		   const struct analysis_sheet_of *sheet, struct analysis_table *out,
		   struct err *err) MUST_USE;
extern const char *const analysis_ways[]; /* NULL at the end */

/* "12.5", per cent to one place by halves away from zero; "" of nothing. Rounded shares
 * need not sum to 100. */
const char *analysis_table_share(struct arena *arena, int64_t part, int64_t of) MUST_USE;

/* The picture of a sheet: lines for days (those without a response too), else a bar for the
 * row of its place, by type stacked to 100 %. id as in text/figures/chart.h. In the arena;
 * false: it has no rows. */
bool analysis_chart(struct arena *arena, const struct analysis_table *sheet,
		    const char *id, struct chart *out) MUST_USE;

#endif
