/*
 * report table - a table of a report as it may be shown: counts, shares, words.
 *
 * Its counts are those of domain/analysis, and they add up or it is refused there. What is
 * small may identify somebody: report_guard() hides each count from 1 to below a threshold
 * ("fewer than 5"), and as many others ("not shown") as are needed so that no hidden count can
 * be worked out from those that are shown, their totals and what "fewer than" says. Nought is
 * shown: that nobody said something names nobody. The base row (all responses) is never
 * hidden by a table; what is hidden of it was hidden before.
 *
 * Units      the last count of a row is its total.
 * Ownership  in the arena it was made in.
 * Errors     none.
 * Limits     what can be worked out is found by bounds along rows and columns until they
 *            narrow no more.
 */
#ifndef MERCAT_DOMAIN_REPORT_TABLE_H
#define MERCAT_DOMAIN_REPORT_TABLE_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdint.h>

enum {
	REPORT_TYPES = 3, /* individuals, organisations, not known */
	REPORT_COUNTS = REPORT_TYPES + 1,
	REPORT_TOTAL = REPORT_TYPES,
	REPORT_WORDS = 6,
	REPORT_COLUMNS = 8
};

enum report_seen {
	REPORT_SHOWN = 0,
	REPORT_FEW, /* fewer than the threshold */
	REPORT_KEPT /* not shown, so that a few cannot be worked out */
};

struct report_count {
	int64_t n;
	enum report_seen seen;
};

struct report_row {
	const char *label; /* as people read it */
	const char *name;  /* as a placeholder has it, or NULL */
	int64_t code_id;
	int depth;
	bool sums; /* those that do sum to the base */
	bool unanswered;
	bool removed; /* responses that are not analysed, for a reason */
	struct report_count counts[REPORT_COUNTS];
	const char *words[REPORT_WORDS];
};

enum report_column_kind {
	REPORT_COLUMN_COUNT, /* counts[at] */
	REPORT_COLUMN_SHARE, /* of the base */
	REPORT_COLUMN_ANSWERING,
	REPORT_COLUMN_WORDS /* words[at] */
};
struct report_column {
	const char *title;
	enum report_column_kind kind;
	int at;
};

struct report_table {
	const char *title, *head; /* head: of the labels */
	const char *note;         /* or NULL */
	struct report_column columns[REPORT_COLUMNS];
	size_t column_count;
	bool by_type;
	bool has_base; /* false: no row of all responses stands below */
	struct report_row *rows;
	size_t count;
	struct report_row base; /* "All responses": N, and N of each type */
	struct report_count answering;
	int64_t least; /* below it a count is a few; 0 or 1: nothing is hidden */
};

struct report_row *report_table_row(struct arena *arena, struct report_table *t,
				    const char *label);
void report_table_column(struct report_table *t, const char *title,
			 enum report_column_kind kind, int at);

/* Hides what is small, and what would give it away. */
void report_guard(struct arena *arena, struct report_table *t);

/* "1,234"; "fewer than 5"; "not shown". In the arena. */
const char *report_count_words(struct arena *arena, const struct report_table *t,
			       const struct report_count *count) MUST_USE;
/* "12.5%"; "not shown" where either is hidden; "" of nothing. */
const char *report_share_words(struct arena *arena, const struct report_count *part,
			       const struct report_count *of) MUST_USE;
/* What stands in a column of a row. row: one of the table's, or its base. */
const char *report_cell_words(struct arena *arena, const struct report_table *t,
			      const struct report_row *row, size_t column) MUST_USE;
/* The bare number for a spreadsheet; false: words stand there. */
bool report_cell_number(const struct report_table *t, const struct report_row *row,
			size_t column, int64_t *out) MUST_USE;
/* "1,234" */
const char *report_number_words(struct arena *arena, int64_t n) MUST_USE;

#endif
