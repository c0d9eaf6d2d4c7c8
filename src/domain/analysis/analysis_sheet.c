/* Rows of a sheet, for all who fill them. */
#include "domain/analysis/analysis_private.h"

struct analysis_row *analysis_row(const struct analysis_asked *a,
				  struct analysis_table *sheet, const char *label,
				  bool sums)
{
	struct analysis_row *row;

	sheet->rows =
		arena_grow(a->arena, sheet->rows, sheet->row_count, sizeof(*sheet->rows));
	row = &sheet->rows[sheet->row_count++];
	row->label = label;
	row->sums = sums;
	return row;
}

void analysis_count(struct analysis_row *row, unsigned char type, int64_t n)
{
	if (type < ANALYSIS_TABLE_TYPES)
		row->cells[type] += n;
	row->cells[ANALYSIS_TOTAL] += n;
}
