#include "domain/reports/report_known.h"
#include "domain/reports/report_grammar.h"
#include "base/str.h"

#include <inttypes.h>

enum { SHORT_WORDS = 3, NAME_LEAST = 3 };

static struct report_known *add(struct report_knowledge *k, const char *words,
				const struct report_table *t,
				const struct report_row *row, const char *figure)
{
	struct report_known *known;

	k->list = arena_grow(k->arena, k->list, k->count, sizeof(*k->list));
	known = &k->list[k->count++];
	*known = (struct report_known){.words = words,
				       .row = row,
				       .table = t,
				       .type = REPORT_NO_TYPE,
				       .figure = figure};
	return known;
}

static bool know_flow(struct report_figures *f, struct report_knowledge *k,
		      struct err *err)
{
	static const char *const removed[] = {"removed", "excluded"};
	struct report_row *all = arena_make(f->arena, struct report_row, 1);
	struct report_table *t;
	const struct report_row *analysed;

	if (!report_figures_table(f, REPORT_OF_RECEIVED, 0, &t, err))
		return false;
	analysed = report_row_named(t, "analysed");
	all->counts[REPORT_TOTAL].n = f->removed;
	add(k, "received", t, &t->base, "received");
	add(k, "analysed", t, analysed, "analysed");
	add(k, "included", t, analysed, "analysed");
	for (size_t i = 0; i < ARRAY_LEN(removed); i++)
		add(k, removed[i], t, all, "removed");
	for (size_t i = 0; i < t->count; i++)
		if (t->rows[i].removed)
			add(k, t->rows[i].name, t, &t->rows[i],
			    arena_printf(f->arena, "removed:%s",
					 report_value(f->arena, t->rows[i].name)));
	return true;
}

static bool know_types(struct report_figures *f, struct report_knowledge *k,
		       struct err *err)
{
	struct report_table *t;

	if (!report_figures_table(f, REPORT_OF_TYPE, 0, &t, err))
		return false;
	/* Of the third nobody speaks. */
	for (int type = 0; type < REPORT_TYPES - 1; type++) {
		struct report_row *none = arena_make(f->arena, struct report_row, 1);
		const struct report_row *row =
			report_row_named(t, respondent_types[type]);
		const char *figure =
			arena_printf(f->arena, "type:%s", respondent_types[type]);

		row = row ? row : none;
		add(k, arena_printf(f->arena, "%ss", respondent_types[type]), t, row,
		    figure)
			->type = type;
		add(k, respondent_types[type], t, row, figure)->type = type;
	}
	return true;
}

static bool know_channels(struct report_figures *f, struct report_knowledge *k,
			  struct err *err)
{
	struct report_table *t;

	if (!report_figures_table(f, REPORT_OF_CHANNEL, 0, &t, err))
		return false;
	for (size_t i = 0; i < t->count; i++)
		if (!str_eq(t->rows[i].name, "meeting"))
			add(k, t->rows[i].name, t, &t->rows[i],
			    arena_printf(f->arena, "channel:%s", t->rows[i].name));
	return true;
}

static void know_rows(struct report_knowledge *k, const struct report_table *t,
		      int64_t question)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct report_row *row = &t->rows[i];
		const char *value = report_value(k->arena, row->name);
		struct report_known *known;
		const char *figure;

		if (row->unanswered)
			figure = arena_printf(k->arena, "q%" PRId64 " unanswered",
					      question);
		else if (*row->name == '(' || str_eq(row->name, "answered"))
			continue;
		else if (row->code_id && !question)
			figure = arena_printf(k->arena, "code:%s", value);
		else if (row->code_id)
			figure = arena_printf(k->arena, "q%" PRId64 " code:%s", question,
					      value);
		else
			figure = arena_printf(k->arena, "q%" PRId64 ":%s", question,
					      value);
		if (row->code_id && strlen(row->name) < NAME_LEAST)
			continue;
		known = add(k, row->unanswered ? "not answered" : row->name, t, row,
			    figure);
		known->question = question;
		known->exact = strlen(known->words) <= SHORT_WORDS;
		if (row->unanswered) {
			known = add(k, "did not answer", t, row, figure);
			known->question = question;
		}
	}
}

/* Who answered: one row, whatever they said. */
static void know_answering(struct report_knowledge *k, const struct report_table *t,
			   int64_t question)
{
	struct report_row *row = arena_make(k->arena, struct report_row, 1);

	row->counts[REPORT_TOTAL] = t->answering;
	add(k, "answered", t, row,
	    arena_printf(k->arena, "q%" PRId64 " answered", question))
		->question = question;
}

bool report_know(struct report_figures *f, struct report_knowledge *out, struct err *err)
{
	struct report_table *t;

	*out = (struct report_knowledge){.arena = f->arena,
					 .received = f->received,
					 .analysed = f->analysed_count};
	if (!know_flow(f, out, err) || !know_types(f, out, err) ||
	    !know_channels(f, out, err) ||
	    !report_figures_table(f, REPORT_OF_CODE, 0, &t, err))
		return false;
	for (size_t i = 0; i < f->question_count; i++) {
		int64_t n = f->questions[i].position;
		struct report_table *codes;

		if (!report_figures_table(f, REPORT_OF_QUESTION, n, &t, err) ||
		    !report_figures_table(f, REPORT_OF_QUESTION_CODE, n, &codes, err))
			return false;
		know_rows(out, t, n);
		know_answering(out, t, n);
		know_rows(out, codes, n);
	}
	if (!report_figures_table(f, REPORT_OF_CODE, 0, &t, err))
		return false;
	know_rows(out, t, 0);
	return true;
}

/* ---- right or wrong ---- */

static bool share_fits(const struct report_number *n, const struct report_count *part,
		       const struct report_count *of)
{
	double share;

	if (of->n <= 0)
		return false;
	share = (double)part->n * 100 / (double)of->n;
	if (n->than == REPORT_MORE_THAN)
		return share > n->share;
	if (n->than == REPORT_LESS_THAN)
		return share < n->share;
	return share >= n->share - n->slack && share <= n->share + n->slack;
}

static bool is_right(const struct report_known *k, int type,
		     const struct report_number *number)
{
	const struct report_count *n = &k->row->counts[type < 0 ? REPORT_TOTAL : type];
	const struct report_count *all =
		&k->table->base.counts[type < 0 ? REPORT_TOTAL : type];

	if (number->kind == REPORT_COUNT_TYPED)
		return number->n == n->n &&
		       (!number->of || number->of == all->n ||
			number->of == k->table->answering.n ||
			number->of == k->row->counts[REPORT_TOTAL].n ||
			number->of == k->table->base.counts[REPORT_TOTAL].n);
	return share_fits(number, n, all) ||
	       share_fits(number, n, &k->table->answering) ||
	       (type >= 0 &&
		(share_fits(number, n, &k->row->counts[REPORT_TOTAL]) ||
		 share_fits(number, n, &k->table->base.counts[REPORT_TOTAL])));
}

enum report_verdict report_compare(const struct report_known *known, int type,
				   const struct report_number *number)
{
	if (!is_right(known, type, number))
		return REPORT_IS_WRONG;
	return known->row->counts[type < 0 ? REPORT_TOTAL : type].seen ? REPORT_IS_HIDDEN
								       : REPORT_IS_RIGHT;
}

const char *report_right_words(struct arena *arena, const struct report_known *known,
			       int type)
{
	const struct report_table *t = known->table;
	int at = type < 0 ? REPORT_TOTAL : type;
	const struct report_count *n = &known->row->counts[at];
	const char *count = report_count_words(arena, t, n);

	if (n->seen)
		return count;
	return arena_printf(
		arena, "%s of %s (%s)", count,
		report_count_words(arena, t, &t->base.counts[at]),
		str_or(report_share_words(arena, n, &t->base.counts[at]), "0.0%"));
}
