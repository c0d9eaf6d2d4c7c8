/* A sheet as a picture; see domain/analysis/analysis.h. */
#include "domain/analysis/analysis_private.h"
#include "base/clock.h"
#include "base/str.h"

enum { ROWS_MOST = 60 };

/* Each day from the first to the last, also those on which nothing came. */
static bool every_day(struct arena *arena, const struct analysis_table *s,
		      struct chart *out)
{
	const char *last = s->rows[s->row_count - 1].label, **labels;
	int64_t at, end, *values;
	struct err err = {0};
	size_t row = 0, n = 0;

	if (!clock_day_start(s->rows[0].label, "UTC", &at, &err) ||
	    !clock_day_start(last, "UTC", &end, &err) ||
	    (end - at) / DAY_S >= CHART_LABELS)
		return false;
	labels = arena_make(arena, const char *, (size_t)((end - at) / DAY_S) + 1);
	values = arena_make(arena, int64_t, (size_t)((end - at) / DAY_S) + 1);
	for (; at <= end; at += DAY_S, n++) {
		char day[CLOCK_TEXT];

		clock_day(at, "UTC", day);
		labels[n] = arena_strdup(arena, day);
		if (row < s->row_count && str_eq(s->rows[row].label, day))
			values[n] = s->rows[row++].cells[ANALYSIS_TOTAL];
	}
	out->kind = CHART_LINES;
	out->labels = labels;
	out->values = values;
	out->label_count = n;
	return true;
}

static void rows_as_bars(struct arena *arena, const struct analysis_table *s, bool types,
			 struct chart *out)
{
	size_t n = s->row_count < ROWS_MOST ? s->row_count : ROWS_MOST;
	size_t first = types ? 0 : ANALYSIS_TOTAL;
	const char **labels = arena_make(arena, const char *, n + 1);
	unsigned char *depths = arena_make(arena, unsigned char, n + 1);
	int64_t *values = arena_make(arena, int64_t, n * ANALYSIS_TABLE_TYPES + 1);

	for (size_t i = 0; i < n; i++) {
		labels[i] = s->rows[i].label;
		depths[i] = (unsigned char)s->rows[i].depth;
		for (size_t c = 0; c < out->series_count; c++)
			values[c * n + i] = s->rows[i].cells[first + c];
	}
	out->kind = types ? CHART_SHARES : CHART_BARS;
	out->labels = labels;
	out->depths = depths;
	out->values = values;
	out->label_count = n;
	if (n < s->row_count)
		out->title = arena_printf(arena, "%s (the first %zu of %zu)", s->title, n,
					  s->row_count);
}

bool analysis_chart(struct arena *arena, const struct analysis_table *sheet,
		    const char *id, struct chart *out)
{
	bool types =
		str_eq(sheet->label, "tag-type") || str_eq(sheet->label, "code-type");

	if (!sheet->row_count)
		return false;
	*out = (struct chart){
		.id = id,
		.title = sheet->title,
		.unit = sheet->columns[ANALYSIS_TOTAL],
		.series_names = types ? sheet->columns : &sheet->columns[ANALYSIS_TOTAL],
		.series_count = types ? ANALYSIS_TABLE_TYPES : 1,
	};
	if (!str_eq(sheet->label, "day") || !every_day(arena, sheet, out))
		rows_as_bars(arena, sheet, types, out);
	return true;
}
