#include "domain/analysis/analysis_private.h"
#include "domain/coding/blind.h"
#include "base/str.h"

#include <inttypes.h>
#include <stddef.h>

const char *const analysis_ways[] = {"state",      "reason",        "type",   "channel",
				     "permission", "contact",       "late",   "day",
				     "tag",        "tag-type",      "code",   "code-type",
				     "question",   "code-question", "choice", "copies",
				     "campaign",   "campaign-once", NULL};

const char *analysis_usual_state(const char *by)
{
	return str_eq(by, "state")    ? "any"
	       : str_eq(by, "reason") ? "excluded"
				      : "included";
}

enum { TOTAL = ANALYSIS_TOTAL };

/* ---- what is asked ---- */

static void place(struct analysis_places *p, int64_t id, size_t at)
{
	if (id > 0 && (uint64_t)id < p->count)
		p->at[id] = (uint32_t)at + 1;
}

/* Room for every id that a fact names. */
static void places_begin(struct arena *arena, struct analysis_places *p, int64_t most)
{
	p->count = (size_t)most + 1;
	p->at = arena_make(arena, uint32_t, p->count);
}

static bool read_codes(struct operation *op, struct analysis_asked *a, struct err *err)
{
	int64_t most = a->facts.max_code;
	struct store_table t;

	if (!codeframe_load(op, a->arena, a->of.id, &a->frame, &a->frame_count, err) ||
	    !store_all(op->store, a->arena, &t, err, SQL_FIGURES_CODES, "i", a->of.id))
		return false;
	a->codes = arena_make(a->arena, struct analysis_code, t.count);
	a->code_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct analysis_code *code = &a->codes[i];

		*code = (struct analysis_code){.id = row_int(&row, "id"),
					       .parent_id = row_int(&row, "parent_id"),
					       .name = row_text(&row, "name"),
					       .stands = row_int(&row, "stands") == 1,
					       .name_at = i};
		if (i && str_eq(code->name, code[-1].name))
			code->name_at = code[-1].name_at;
		most = code->id > most ? code->id : most;
	}
	places_begin(a->arena, &a->code_places, most);
	for (size_t i = 0; i < t.count; i++)
		place(&a->code_places, a->codes[i].id, i);
	return true;
}

static bool read_campaigns(struct operation *op, struct analysis_asked *a,
			   struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, a->arena, &t, err, SQL_FIGURES_CAMPAIGNS, "i",
		       a->of.id))
		return false;
	places_begin(a->arena, &a->campaign_places, a->facts.max_campaign);
	a->campaigns = arena_make(a->arena, struct analysis_campaign, t.count);
	a->campaign_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		const char *state = row_text(&row, "state");

		a->campaigns[i] = (struct analysis_campaign){
			.id = row_int(&row, "id"),
			.number = row_int(&row, "number"),
			.proposed = str_eq(state, "proposed"),
			.confirmed = str_eq(state, "confirmed"),
			.refused = str_eq(state, "refused")};
		place(&a->campaign_places, a->campaigns[i].id, i);
	}
	return true;
}

static bool read_questions(struct operation *op, struct analysis_asked *a,
			   struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, a->arena, &t, err, SQL_FIGURES_QUESTIONS, "i",
		       a->of.id))
		return false;
	places_begin(a->arena, &a->question_places, a->facts.max_question);
	a->questions = arena_make(a->arena, struct analysis_question, t.count);
	a->question_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		a->questions[i] = (struct analysis_question){row_int(&row, "id"),
							     row_int(&row, "position")};
		place(&a->question_places, a->questions[i].id, i);
	}
	return true;
}

static bool read_options(struct operation *op, struct analysis_asked *a, struct err *err)
{
	int64_t most = a->facts.max_option;
	struct store_table t;

	if (!store_all(op->store, a->arena, &t, err, SQL_FIGURES_OPTIONS, "i", a->of.id))
		return false;
	places_begin(a->arena, &a->option_places, most);
	a->options = arena_make(a->arena, struct analysis_option, t.count + 1);
	a->option_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		a->options[i] = (struct analysis_option){
			row_int(&row, "id"), row_int(&row, "question_id"),
			row_text(&row, "text"), row_int(&row, "several") == 1};
		place(&a->option_places, a->options[i].id, i);
	}
	return true;
}

bool analysis_begin(struct operation *op, struct arena *arena, const char *consultation,
		    const char *state, const struct analysis_asked **out, struct err *err)
{
	struct analysis_asked *a = arena_make(arena, struct analysis_asked, 1);
	AUTO(store_txn) t = store_snapshot(op->store, err); /* one moment for all */
	struct store_row total;

	*a = (struct analysis_asked){.arena = arena, .state = state, .wanted = -1};
	if (!domain_word_check("state of a response", state, response_states, err))
		return false;
	for (int i = 0; state && response_fact_states[i]; i++)
		if (str_eq(state, response_fact_states[i]))
			a->wanted = i;
	if (!t || !consultation_named(op, arena, consultation, &a->of, err) ||
	    !response_facts_load(op, arena, a->of.id, &a->facts, err) ||
	    !store_one(op->store, arena, &total, err, SQL_FIGURES_TOTAL, "it", a->of.id,
		       state) ||
	    !read_codes(op, a, err) || !read_campaigns(op, a, err) ||
	    !read_questions(op, a, err) || !read_options(op, a, err))
		return false;
	if (!blind_not_in(op, a->of.id, "counts of codes", &a->kept_back) &&
	    a->kept_back.kind != ERR_CONFLICT) {
		*err = a->kept_back;
		return false;
	}
	a->total = row_int(&total, "n");
	*out = a;
	return true;
}

int64_t analysis_total(const struct analysis_asked *asked)
{
	return asked->total;
}

/* ---- sheets ---- */

/* Every part of the sheet by itself: rows of one part stand together. */
static bool parts_sum(const struct analysis_table *sheet, struct err *err)
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
				" responses; nothing is shown. This is a bug in mercat: please report it",
				sum, sheet->total);
	} while (i < sheet->row_count);
	return true;
}

static bool adds_up(const struct analysis_table *sheet, struct err *err)
{
	for (size_t i = 0; i < sheet->row_count; i++) {
		const struct analysis_row *row = &sheet->rows[i];
		int64_t cells = 0;

		for (int c = 0; c < ANALYSIS_TABLE_TYPES; c++)
			cells += row->cells[c];
		if (sheet->column_count > 1 && cells != row->cells[TOTAL])
			return err_set(
				err, ERR_CONFLICT,
				"the row \"%s\" does not add up (%" PRId64
				" against %" PRId64
				"); nothing is shown. This is a bug in mercat: please report it",
				row->label, cells, row->cells[TOTAL]);
	}
	return parts_sum(sheet, err) && analysis_branches_hold(sheet, err);
}

static bool way_is_one(const char *by, struct err *err)
{
	AUTO(buf) ways = buf_new(400);

	for (size_t i = 0; analysis_ways[i]; i++) {
		if (str_eq(by, analysis_ways[i]))
			return true;
		buf_printf(ways, "%s%s", i ? ", " : "", analysis_ways[i]);
	}
	return err_set(err, ERR_INPUT, "cannot count by \"%.40s\"; there are: %s", by,
		       buf_text(ways));
}

static void fill(const struct analysis_asked *a, const char *by,
		 struct analysis_table *sheet)
{
	static const char *const lateness[] = {"in time", "late", NULL};
	static const struct analysis_words words[] = {
		{"state", offsetof(struct response_fact, state), response_fact_states},
		{"type", offsetof(struct response_fact, type), response_fact_types},
		{"channel", offsetof(struct response_fact, channel),
		 response_fact_channels},
		{"late", offsetof(struct response_fact, late), lateness},
		{"permission", offsetof(struct response_fact, permission),
		 response_fact_permissions},
		{"contact", offsetof(struct response_fact, contact),
		 response_fact_contacts},
	};
	static const struct {
		const char *by;
		void (*fill)(const struct analysis_asked *, struct analysis_table *);
	} ways[] = {
		{"reason", analysis_reasons},
		{"day", analysis_days},
		{"copies", analysis_copies},
		{"tag", analysis_tags},
		{"tag-type", analysis_tags},
		{"code", analysis_codes},
		{"code-type", analysis_codes},
		{"question", analysis_questions},
		{"code-question", analysis_code_questions},
		{"choice", analysis_choices},
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(by, words[i].by))
			analysis_by_word(a, &words[i], sheet);
	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (str_eq(by, ways[i].by))
			ways[i].fill(a, sheet);
	if (str_starts(by, "campaign"))
		analysis_campaigns(a, str_eq(by, "campaign-once"), sheet);
}

/* Types stand beside each other in these. */
static void set_columns(struct analysis_table *sheet, const char *by)
{
	bool types =
		str_ends(by, "-type") || str_ends(by, "question") || str_eq(by, "choice");

	for (size_t i = 0; types && i < ANALYSIS_TABLE_TYPES; i++)
		sheet->columns[i] = response_fact_types[i];
	sheet->column_count = types ? ANALYSIS_TABLE_TYPES + 1 : 1;
	sheet->columns[TOTAL] = "responses";
}

bool analysis_table_make(const struct analysis_asked *a, const char *by,
			 struct analysis_table *out, struct err *err)
{
	struct analysis_table sheet = {.label = by};

	if (!way_is_one(by, err))
		return false;
	if (a->kept_back.kind && (str_starts(by, "code") || str_starts(by, "tag"))) {
		*err = a->kept_back;
		return false;
	}
	set_columns(&sheet, by);
	fill(a, by, &sheet);
	sheet.title = arena_printf(a->arena, "%s: responses by %s", a->of.title, by);
	sheet.total =
		strcmp(by, "campaign-once") == 0 ? analysis_total_once(a) : a->total;
	if (!adds_up(&sheet, err))
		return false;
	*out = sheet;
	return true;
}

bool analysis_load(struct operation *op, struct arena *arena,
		   const struct analysis_sheet_of *sheet, struct analysis_table *out,
		   struct err *err)
{
	const struct analysis_asked *a;

	return analysis_begin(op, arena, sheet->consultation, sheet->state, &a, err) &&
	       analysis_table_make(a, sheet->by, out, err);
}
