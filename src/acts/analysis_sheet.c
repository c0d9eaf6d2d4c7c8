/* Rows of a sheet, for all who fill them. */
#include "acts/analysis_inside.h"

struct acts_sheet_row *analysis_row(const struct acts_analysis_asked *a,
				    struct acts_sheet *sheet, const char *label,
				    bool sums)
{
	struct acts_sheet_row *row;

	sheet->rows =
		arena_grow(a->arena, sheet->rows, sheet->row_count, sizeof(*sheet->rows));
	row = &sheet->rows[sheet->row_count++];
	row->label = label;
	row->sums = sums;
	return row;
}

void analysis_count(struct acts_sheet_row *row, unsigned char type, int64_t n)
{
	if (type < ACTS_SHEET_TYPES)
		row->cells[type] += n;
	row->cells[ANALYSIS_TOTAL] += n;
}
