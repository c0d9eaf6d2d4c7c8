#include "domain/disclosure/report_table.h"
#include "domain/analysis/analysis.h"

#include <inttypes.h>

enum { THOUSAND = 1000 };

struct report_row *report_table_row(struct arena *arena, struct report_table *t,
				    const char *label)
{
	struct report_row *row;

	t->rows = arena_grow(arena, t->rows, t->count, sizeof(*t->rows));
	row = &t->rows[t->count++];
	row->label = label;
	return row;
}

void report_table_column(struct report_table *t, const char *title,
			 enum report_column_kind kind, int at)
{
	ASSERT(t->column_count < REPORT_COLUMNS);
	t->columns[t->column_count++] = (struct report_column){title, kind, at};
}

const char *report_number_words(struct arena *arena, int64_t n)
{
	if (n < THOUSAND)
		return arena_printf(arena, "%" PRId64, n);
	return arena_printf(arena, "%s,%03" PRId64,
			    report_number_words(arena, n / THOUSAND), n % THOUSAND);
}

const char *report_count_words(struct arena *arena, const struct report_table *t,
			       const struct report_count *count)
{
	if (count->seen == REPORT_FEW)
		return arena_printf(arena, "fewer than %" PRId64, t->least);
	return count->seen == REPORT_KEPT ? "not shown"
					  : report_number_words(arena, count->n);
}

const char *report_share_words(struct arena *arena, const struct report_count *part,
			       const struct report_count *of)
{
	if (part->seen || of->seen)
		return "not shown";
	if (of->n <= 0)
		return "";
	return arena_printf(arena, "%s%%", analysis_table_share(arena, part->n, of->n));
}

const char *report_cell_words(struct arena *arena, const struct report_table *t,
			      const struct report_row *row, size_t column)
{
	const struct report_column *c = &t->columns[column];

	switch (c->kind) {
	case REPORT_COLUMN_COUNT:
		return report_count_words(arena, t, &row->counts[c->at]);
	case REPORT_COLUMN_SHARE:
		return report_share_words(arena, &row->counts[REPORT_TOTAL],
					  &t->base.counts[REPORT_TOTAL]);
	case REPORT_COLUMN_ANSWERING:
		/* Who does not answer is none of those answering, nor are all. */
		if (row->unanswered || row == &t->base)
			return "";
		return report_share_words(arena, &row->counts[REPORT_TOTAL],
					  &t->answering);
	default:
		return row->words[c->at] ? row->words[c->at] : "";
	}
}

bool report_cell_number(const struct report_table *t, const struct report_row *row,
			size_t column, int64_t *out)
{
	const struct report_column *c = &t->columns[column];

	if (c->kind != REPORT_COLUMN_COUNT || row->counts[c->at].seen)
		return false;
	*out = row->counts[c->at].n;
	return true;
}
