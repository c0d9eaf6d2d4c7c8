#include "acts/blind.h"
#include "acts/analysis_inside.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

const char *const acts_analysis_ways[] = {
	"state",    "reason",        "type",   "channel",  "permission",    "contact",
	"late",     "day",           "tag",    "tag-type", "code",          "code-type",
	"question", "code-question", "copies", "campaign", "campaign-once", NULL};

enum { TOTAL = ANALYSIS_TOTAL };

static const char *const type_names[ACTS_SHEET_TYPES] = {"individual", "organisation",
							 "unknown"};

struct acts_sheet_row *analysis_row(const struct analysis_asked *a,
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

static bool plain_counts(const struct analysis_asked *a, enum sql_id id,
			 struct acts_sheet *sheet, struct err *err)
{
	struct store_table t;

	if (!store_all(a->acts->store, a->arena, 0, &t, err, id, "it", a->of.id,
		       a->state))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		analysis_row(a, sheet, row_text(&row, "label"), true)->cells[TOTAL] =
			row_int(&row, "n");
	}
	return true;
}

static bool copy_counts(const struct analysis_asked *a, struct acts_sheet *sheet,
			struct err *err)
{
	struct store_row people;

	if (!plain_counts(a, SQL_ANALYSIS_COPIES, sheet, err) ||
	    !store_one(a->acts->store, a->arena, &people, err, SQL_ANALYSIS_PEOPLE, "it",
		       a->of.id, a->state))
		return false;
	sheet->note = arena_printf(a->arena,
				   "They come from %" PRId64
				   " senders. \"Perhaps\" waits for a "
				   "person: mercat response link.",
				   row_int(&people, "n"));
	return true;
}

/* once: the copies of each confirmed standard text as one. */
static bool campaign_counts(const struct analysis_asked *a, bool once,
			    struct acts_sheet *sheet, struct err *err)
{
	int64_t fewer = 0, all = 0;
	struct store_table t;

	if (!store_all(a->acts->store, a->arena, 0, &t, err, SQL_ANALYSIS_CAMPAIGN, "it",
		       a->of.id, a->state))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		int64_t n = row_int(&row, "n"),
			one = row_int(&row, "is_standard") ? 1 : n;

		analysis_row(a, sheet, row_text(&row, "label"), true)->cells[TOTAL] =
			once ? one : n;
		fewer += one;
		all += n;
	}
	sheet->note =
		arena_printf(a->arena,
			     "With each confirmed standard text counted once they are "
			     "%" PRId64 " instead of %" PRId64 ".",
			     fewer, all);
	return true;
}

static bool day_counts(const struct analysis_asked *a, struct acts_sheet *sheet,
		       struct err *err)
{
	struct acts_sheet_row *row = NULL;
	struct store_table t;

	if (!store_all(a->acts->store, a->arena, 0, &t, err, SQL_ANALYSIS_TIMES, "it",
		       a->of.id, a->state))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row time = table_row(&t, i);
		char day[CLOCK_TEXT];

		clock_day(row_int(&time, "received_at"), a->of.zone, day);
		if (!row || !str_eq(row->label, day))
			row = analysis_row(a, sheet, arena_strdup(a->arena, day), true);
		row->cells[TOTAL]++;
	}
	return true;
}

void analysis_count(struct acts_sheet_row *row, const char *type, int64_t n)
{
	for (int i = 0; i < ACTS_SHEET_TYPES; i++)
		if (str_eq(type, type_names[i]))
			row->cells[i] += n;
	row->cells[TOTAL] += n;
}

bool analysis_any_or_none(const struct analysis_asked *a, struct acts_sheet *sheet,
			  const char *any, const char *none, struct err *err)
{
	size_t first = sheet->row_count;
	struct store_table t;

	(void)analysis_row(a, sheet, any, true);
	(void)analysis_row(a, sheet, none, true);
	if (!store_all(a->acts->store, a->arena, 0, &t, err, SQL_ANALYSIS_TAGGED_TYPE,
		       "it", a->of.id, a->state))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row cell = table_row(&t, i);

		analysis_count(&sheet->rows[first + (row_int(&cell, "tagged") ? 0 : 1)],
			       row_text(&cell, "type"), row_int(&cell, "n"));
	}
	return true;
}

static bool tag_counts(const struct analysis_asked *a, struct acts_sheet *sheet,
		       struct err *err)
{
	struct acts_sheet_row *row = NULL;
	struct store_table t;

	if (!store_all(a->acts->store, a->arena, 0, &t, err, SQL_ANALYSIS_TAG_TYPE, "it",
		       a->of.id, a->state))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row cell = table_row(&t, i);
		const char *tag = row_text(&cell, "tag");

		if (!row || !str_eq(row->label, tag))
			row = analysis_row(a, sheet, tag, false);
		analysis_count(row, row_text(&cell, "type"), row_int(&cell, "n"));
	}
	sheet->note =
		"A reply with several tags counts under each of them; \"(any tag)\" and "
		"\"(no tag)\" have each reply once and sum to N.";
	return analysis_any_or_none(a, sheet, "(any tag)", "(no tag)", err);
}

bool analysis_no_question(const struct analysis_asked *a, struct acts_sheet *sheet,
			  struct err *err)
{
	struct acts_sheet_row *row =
		analysis_row(a, sheet, "(no question is asked)", true);
	struct store_table t;

	if (!store_all(a->acts->store, a->arena, 0, &t, err, SQL_ANALYSIS_TYPE, "it",
		       a->of.id, a->state))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row cell = table_row(&t, i);

		analysis_count(row, row_text(&cell, "label"), row_int(&cell, "n"));
	}
	return true;
}

static bool question_counts(const struct analysis_asked *a, struct acts_sheet *sheet,
			    struct err *err)
{
	struct acts_sheet_row *row = NULL;
	const char *label = NULL;
	struct store_table t;

	if (!store_all(a->acts->store, a->arena, 0, &t, err, SQL_ANALYSIS_QUESTION, "it",
		       a->of.id, a->state))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row cell = table_row(&t, i);
		int64_t position = row_int(&cell, "position");

		label = arena_printf(a->arena, "%" PRId64 " %s", position,
				     row_int(&cell, "answered") ? "answered"
								: "not answered");
		if (!row || !str_eq(row->label, label)) {
			row = analysis_row(a, sheet, label, true);
			row->part = position;
		}
		analysis_count(row, row_text(&cell, "type"), row_int(&cell, "n"));
	}
	sheet->note = "Each question parts the replies anew: its two rows sum to N.";
	return t.count || analysis_no_question(a, sheet, err);
}

/* Every part of the sheet by itself: rows of one part stand together. */
static bool parts_sum(const struct acts_sheet *sheet, struct err *err)
{
	size_t i = 0;

	do {
		int64_t part = i < sheet->row_count ? sheet->rows[i].part : 0, sum = 0;

		for (; i < sheet->row_count && sheet->rows[i].part == part; i++)
			if (sheet->rows[i].sums)
				sum += sheet->rows[i].cells[TOTAL];
		if (sum != sheet->total)
			return err_set(
				err, ERR_CONFLICT,
				"the rows sum to %" PRId64 ", but there are %" PRId64
				" replies; nothing is shown. Tell the makers of mercat",
				sum, sheet->total);
	} while (i < sheet->row_count);
	return true;
}

static bool adds_up(const struct acts_sheet *sheet, struct err *err)
{
	for (size_t i = 0; i < sheet->row_count; i++) {
		const struct acts_sheet_row *row = &sheet->rows[i];
		int64_t cells = 0;

		for (int c = 0; c < ACTS_SHEET_TYPES; c++)
			cells += row->cells[c];
		if (sheet->column_count > 1 && cells != row->cells[TOTAL])
			return err_set(err, ERR_CONFLICT,
				       "the row \"%s\" does not add up (%" PRId64
				       " against %" PRId64
				       "); nothing is shown. Tell the makers of mercat",
				       row->label, cells, row->cells[TOTAL]);
	}
	return parts_sum(sheet, err) && analysis_branches_hold(sheet, err);
}

static bool way_is_one(const char *by, struct err *err)
{
	AUTO(buf) ways = buf_new(400);

	for (size_t i = 0; acts_analysis_ways[i]; i++) {
		if (str_eq(by, acts_analysis_ways[i]))
			return true;
		buf_printf(ways, "%s%s", i ? ", " : "", acts_analysis_ways[i]);
	}
	return err_set(err, ERR_INPUT, "cannot count by \"%.40s\"; there are: %s", by,
		       buf_text(ways));
}

static bool fill(const struct analysis_asked *a, const char *by, struct acts_sheet *sheet,
		 struct err *err)
{
	static const struct {
		const char *by;
		enum sql_id id;
	} plain[] = {
		{"state", SQL_ANALYSIS_STATE},
		{"reason", SQL_ANALYSIS_REASON},
		{"type", SQL_ANALYSIS_TYPE},
		{"channel", SQL_ANALYSIS_CHANNEL},
		{"late", SQL_ANALYSIS_LATE},
		{"permission", SQL_ANALYSIS_PERMISSION},
		{"contact", SQL_ANALYSIS_CONTACT},
	};

	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (str_eq(by, plain[i].by))
			return plain_counts(a, plain[i].id, sheet, err);
	if (str_eq(by, "copies"))
		return copy_counts(a, sheet, err);
	if (str_starts(by, "campaign"))
		return campaign_counts(a, str_eq(by, "campaign-once"), sheet, err);
	if (str_eq(by, "day"))
		return day_counts(a, sheet, err);
	if (str_eq(by, "code") || str_eq(by, "code-type"))
		return analysis_codes(a, sheet, err);
	if (str_eq(by, "code-question"))
		return analysis_code_questions(a, sheet, err);
	if (str_eq(by, "question"))
		return question_counts(a, sheet, err);
	return tag_counts(a, sheet, err);
}

/* Types stand beside each other in these. */
static void set_columns(struct acts_sheet *sheet, const char *by)
{
	bool types = str_ends(by, "-type") || str_ends(by, "question");

	for (size_t i = 0; types && i < ACTS_SHEET_TYPES; i++)
		sheet->columns[i] = type_names[i];
	sheet->column_count = types ? ACTS_SHEET_TYPES + 1 : 1;
	sheet->columns[TOTAL] = "replies";
}

bool acts_analysis(struct acts *acts, struct arena *arena, const char *consultation,
		   const char *by, const char *state, struct acts_sheet *out,
		   struct err *err)
{
	struct analysis_asked a = {.acts = acts, .arena = arena, .state = state};
	struct acts_sheet sheet = {.label = by};
	AUTO(store_txn)
	t = store_snapshot(acts->store, err); /* one moment for all counts */
	struct store_row total;

	if (!acts_word_check("state of a reply", state, acts_response_states, err))
		return false;
	if (!t || !acts_consultation_named(acts, arena, consultation, &a.of, err) ||
	    !way_is_one(by, err))
		return false;
	if ((str_starts(by, "code") || str_starts(by, "tag")) &&
	    !acts_blind_not_in(acts, a.of.id, "figures about codes", err))
		return false;
	set_columns(&sheet, by);
	if (!fill(&a, by, &sheet, err) ||
	    !store_one(acts->store, arena, &total, err,
		       str_eq(by, "campaign-once") ? SQL_ANALYSIS_TOTAL_ONCE
						   : SQL_ANALYSIS_TOTAL,
		       "it", a.of.id, state))
		return false;
	sheet.title = arena_printf(arena, "%s: replies by %s", a.of.title, by);
	sheet.total = row_int(&total, "n");
	if (!adds_up(&sheet, err))
		return false;
	*out = sheet;
	return true;
}
