/* Sheets about what each reply has once; see domain/analysis/analysis.h. */
#include "domain/analysis/analysis_private.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdlib.h>

enum { TOTAL = ANALYSIS_TOTAL, WORDS_MOST = 16 };

static int by_label(const void *a, const void *b)
{
	const struct analysis_row *one = a, *other = b;

	return strcmp(one->label, other->label);
}

static void sort_from(struct analysis_table *sheet, size_t first)
{
	if (sheet->row_count > first + 1)
		qsort(sheet->rows + first, sheet->row_count - first, sizeof(*sheet->rows),
		      by_label);
}

void analysis_by_word(const struct analysis_asked *a, const struct analysis_words *of,
		      struct analysis_table *sheet)
{
	int64_t counts[WORDS_MOST] = {0};
	const struct response_fact *f;

	for (size_t at = 0; (f = analysis_next(a, &at));)
		counts[((const unsigned char *)f)[of->offset] % WORDS_MOST]++;
	for (size_t i = 0; of->words[i]; i++)
		if (counts[i])
			analysis_row(a, sheet, of->words[i], true)->cells[TOTAL] =
				counts[i];
	sort_from(sheet, 0);
}

/* ---- reasons ---- */

struct reason {
	const char *text;
	int64_t n;
};

static int by_text(const void *a, const void *b)
{
	const struct reason *one = a, *other = b;

	return strcmp(one->text, other->text);
}

/* The most frequent first, then by their text; no reason before any. */
static int by_size(const void *a, const void *b)
{
	const struct reason *one = a, *other = b;

	if (one->n != other->n)
		return one->n < other->n ? 1 : -1;
	return one->text && other->text ? strcmp(one->text, other->text)
					: (one->text != NULL) - (other->text != NULL);
}

void analysis_reasons(const struct analysis_asked *a, struct analysis_table *sheet)
{
	struct reason *list = NULL, *last = NULL;
	size_t count = 0, block = 0, kept = 0;
	int64_t none = 0, block_id = -1;
	const struct response_fact *f;

	/* Within a block the same reason is the same text in memory. */
	for (size_t at = 0; (f = analysis_next(a, &at));) {
		size_t i = block;

		if (!f->reason) {
			none++;
			continue;
		}
		if (f->id / RESPONSE_FACTS_BLOCK != block_id) {
			block_id = f->id / RESPONSE_FACTS_BLOCK;
			i = block = count;
		}
		while (i < count && list[i].text != f->reason)
			i++;
		if (i == count) {
			list = arena_grow(a->arena, list, count, sizeof(*list));
			list[count++].text = f->reason;
		}
		list[i].n++;
	}
	if (count)
		qsort(list, count, sizeof(*list), by_text);
	for (size_t i = 0; i < count; i++) {
		if (last && str_eq(last->text, list[i].text))
			last->n += list[i].n;
		else
			*(last = &list[kept++]) = list[i];
	}
	if (none) {
		list = arena_grow(a->arena, list, kept, sizeof(*list));
		list[kept++] = (struct reason){NULL, none};
	}
	if (kept)
		qsort(list, kept, sizeof(*list), by_size);
	for (size_t i = 0; i < kept; i++)
		analysis_row(a, sheet, str_or(list[i].text, "(not excluded)"), true)
			->cells[TOTAL] = list[i].n;
}

/* ---- days ---- */

/* A day in the consultation's zone, as far as it is known: the times that are in it. */
struct day {
	int64_t from, to, n;
	const char *label;
};

struct days {
	struct day *list; /* by their times */
	size_t count, last;
};

/* Where a time stands: the first day that does not end before it. */
static size_t day_place(const struct days *d, int64_t at)
{
	size_t low = 0, high = d->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (d->list[middle].to < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* From its midnight to the next where the clocks allow it; else only that time. */
static struct day day_of(const struct analysis_asked *a, int64_t at)
{
	struct day day = {.from = at, .to = at};
	char label[CLOCK_TEXT];
	struct err err = {0};
	int64_t start, end;

	clock_day(at, a->of.zone, label);
	if (clock_day_start(label, a->of.zone, &start, &err) && start < day.from)
		day.from = start;
	if (clock_day_end(label, a->of.zone, &end, &err) && end > day.to)
		day.to = end;
	day.label = arena_strdup(a->arena, label);
	return day;
}

static struct day *day_find(const struct analysis_asked *a, struct days *d, int64_t at)
{
	size_t i = d->last;
	struct day day;

	if (i < d->count && d->list[i].from <= at && d->list[i].to >= at)
		return &d->list[i];
	i = d->last = day_place(d, at);
	if (i < d->count && d->list[i].from <= at)
		return &d->list[i];
	day = day_of(a, at);
	/* The same day with a gap: an hour of it came twice. */
	if (i && str_eq(d->list[i - 1].label, day.label)) {
		d->last = i - 1;
		d->list[i - 1].to = day.to;
		return &d->list[i - 1];
	}
	if (i < d->count && str_eq(d->list[i].label, day.label)) {
		d->list[i].from = day.from;
		return &d->list[i];
	}
	d->list = arena_grow(a->arena, d->list, d->count, sizeof(*d->list));
	memmove(&d->list[i + 1], &d->list[i], (d->count - i) * sizeof(*d->list));
	d->list[i] = day;
	d->count++;
	return &d->list[i];
}

void analysis_days(const struct analysis_asked *a, struct analysis_table *sheet)
{
	const struct response_fact *f;
	struct days days = {0};

	for (size_t at = 0; (f = analysis_next(a, &at));)
		day_find(a, &days, f->received_at)->n++;
	for (size_t i = 0; i < days.count; i++)
		analysis_row(a, sheet, days.list[i].label, true)->cells[TOTAL] =
			days.list[i].n;
}

/* ---- copies ---- */

/* How many respondents the replies are of. */
static int64_t people(const struct analysis_asked *a)
{
	unsigned char *seen = arena_make(a->arena, unsigned char,
					 (size_t)(a->facts.max_respondent / 8) + 1);
	const struct response_fact *f;
	int64_t n = 0;

	for (size_t at = 0; (f = analysis_next(a, &at));) {
		unsigned char *bits = &seen[f->respondent_id / 8];
		unsigned char bit = (unsigned char)(1 << f->respondent_id % 8);

		n += !(*bits & bit);
		*bits |= bit;
	}
	return n;
}

void analysis_copies(const struct analysis_asked *a, struct analysis_table *sheet)
{
	static const char *const labels[] = {"counted once", "duplicate of another",
					     "amendment of another",
					     "part of a composite"};
	int64_t counts[RESPONSE_FACT_STRANGE + 1][2] = {{0}};
	const struct response_fact *f;

	for (size_t at = 0; (f = analysis_next(a, &at));)
		counts[f->link % (RESPONSE_FACT_STRANGE + 1)][f->proposed != 0]++;
	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		for (int proposed = 0; proposed < 2; proposed++)
			if (counts[i][proposed])
				analysis_row(a, sheet,
					     arena_printf(a->arena, "%s%s",
							  proposed ? "perhaps " : "",
							  labels[i]),
					     true)
					->cells[TOTAL] = counts[i][proposed];
	sort_from(sheet, counts[FACT_NO_LINK][0] != 0);
	sheet->note = arena_printf(a->arena,
				   "They come from %" PRId64
				   " senders. \"Perhaps\" waits for a "
				   "person to decide.",
				   people(a));
}

/* ---- campaigns ---- */

/* counts[campaign * WORDS_MOST + closeness]; the last campaign is none. */
static int64_t *campaign_cells(const struct analysis_asked *a)
{
	int64_t *cells =
		arena_make(a->arena, int64_t, (a->campaign_count + 1) * WORDS_MOST);
	const struct response_fact *f;

	for (size_t at = 0; (f = analysis_next(a, &at));) {
		size_t place = analysis_place(&a->campaign_places, f->campaign_id);

		if (place == SIZE_MAX || a->campaigns[place].refused)
			cells[a->campaign_count * WORDS_MOST]++;
		else
			cells[place * WORDS_MOST + f->closeness % WORDS_MOST]++;
	}
	return cells;
}

/* One campaign's rows: those that are sure, or those that are proposed. */
static void campaign_rows(const struct analysis_asked *a, bool proposed, bool once,
			  const int64_t *cells, struct analysis_table *sheet,
			  int64_t *fewer)
{
	size_t first = sheet->row_count;

	for (size_t c = 0; c < a->campaign_count; c++)
		for (int k = FACT_STANDARD; k <= FACT_LOOK; k++) {
			const struct analysis_campaign *of = &a->campaigns[c];
			int64_t n = cells[c * WORDS_MOST + (size_t)k], one = n;
			struct analysis_row *row;

			if (!n || of->proposed != proposed)
				continue;
			if (of->confirmed && k == FACT_STANDARD)
				one = 1;
			row = analysis_row(a, sheet,
					   arena_printf(a->arena, "%s%" PRId64 " %s",
							proposed ? "perhaps " : "",
							of->number,
							response_fact_closenesses[k - 1]),
					   true);
			row->cells[TOTAL] = once ? one : n;
			row->campaign = of->number;
			row->perhaps = proposed;
			row->closeness = response_fact_closenesses[k - 1];
			*fewer -= n - one;
		}
	sort_from(sheet, first);
}

void analysis_campaigns(const struct analysis_asked *a, bool once,
			struct analysis_table *sheet)
{
	const int64_t *cells = campaign_cells(a);
	int64_t none = cells[a->campaign_count * WORDS_MOST], fewer = a->total;

	campaign_rows(a, false, once, cells, sheet, &fewer);
	campaign_rows(a, true, once, cells, sheet, &fewer);
	if (none)
		analysis_row(a, sheet, "(no campaign)", true)->cells[TOTAL] = none;
	sheet->note =
		arena_printf(a->arena,
			     "With each confirmed standard text counted once they are "
			     "%" PRId64 " instead of %" PRId64 ".",
			     fewer, a->total);
}

/* Another way than by rows: who is no copy, and each standard text that has a copy. */
int64_t analysis_total_once(const struct analysis_asked *a)
{
	bool *has = arena_make(a->arena, bool, a->campaign_count);
	int64_t n = a->total;
	const struct response_fact *f;

	for (size_t at = 0; (f = analysis_next(a, &at));) {
		size_t place = analysis_place(&a->campaign_places, f->campaign_id);

		if (place == SIZE_MAX || !a->campaigns[place].confirmed ||
		    f->closeness != FACT_STANDARD)
			continue;
		n -= has[place];
		has[place] = true;
	}
	return n;
}
