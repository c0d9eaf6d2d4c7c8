/* Sheets about closed questions; see domain/analysis/analysis.h. */
#include "domain/analysis/analysis_private.h"
#include "base/str.h"

#include <inttypes.h>

enum { TYPES = ANALYSIS_TABLE_TYPES + 1, PER_CENT = 100, TENTHS = 10 };

/* Beside the options: how else a reply may stand to a closed question. */
enum { ANY, UNCLEAR, NO_CHOICE, NO_ANSWER, OTHERS };

struct counts {
	int64_t (*options)[TYPES];
	int64_t (*others)[OTHERS][TYPES]; /* by question */
};

static unsigned char type_of(const struct response_fact *f)
{
	return f->type < ANALYSIS_TABLE_TYPES ? f->type : ANALYSIS_TABLE_TYPES;
}

static bool answers(const struct response_fact *f, int64_t question_id)
{
	for (size_t i = 0; i < f->question_count; i++)
		if (f->questions[i] == question_id)
			return true;
	return false;
}

static void add_reply(const struct analysis_asked *a, struct counts *n,
		      const struct response_fact *f)
{
	for (size_t q = 0; q < a->question_count; q++) {
		int64_t id = a->questions[q].id;
		bool chosen = false, unclear = false;
		int way;

		for (size_t i = 0; i < f->choice_count; i++) {
			size_t option;

			if (f->choices[i].question_id != id)
				continue;
			option = analysis_place(&a->option_places,
						f->choices[i].option_id);
			chosen = chosen || option != SIZE_MAX;
			unclear = unclear || option == SIZE_MAX;
			if (option != SIZE_MAX)
				n->options[option][type_of(f)]++;
		}
		way = chosen           ? ANY
		      : unclear        ? UNCLEAR
		      : answers(f, id) ? NO_CHOICE
				       : NO_ANSWER;
		n->others[q][way][type_of(f)]++;
	}
}

static int64_t sum(const int64_t cells[TYPES])
{
	int64_t all = 0;

	for (int i = 0; i < TYPES; i++)
		all += cells[i];
	return all;
}

static struct analysis_row *add_row(const struct analysis_asked *a,
				    struct analysis_table *sheet, size_t q,
				    const char *label, const int64_t cells[TYPES],
				    bool sums)
{
	int64_t position = a->questions[q].position;
	struct analysis_row *row = analysis_row(
		a, sheet, arena_printf(a->arena, "%" PRId64 ": %s", position, label),
		sums);

	row->part = position;
	for (unsigned char i = 0; i < TYPES; i++)
		analysis_count(row, i, cells[i]);
	return row;
}

/* Every option, chosen or not: a zero is an answer too. */
static void question_rows(const struct analysis_asked *a, const struct counts *n,
			  size_t q, struct analysis_table *sheet)
{
	static const char *const said[OTHERS] = {
		"(any option)", "(unclear)", "(answered, no option)", "(not answered)"};
	size_t first = sheet->row_count;
	bool closed = false, several = false;
	int64_t answering = sum(n->others[q][ANY]) + sum(n->others[q][UNCLEAR]) +
			    sum(n->others[q][NO_CHOICE]);

	for (size_t o = 0; o < a->option_count; o++) {
		if (a->options[o].question_id != a->questions[q].id)
			continue;
		closed = true;
		several = a->options[o].several;
		(void)add_row(a, sheet, q, a->options[o].text, n->options[o], !several);
	}
	if (!closed)
		return;
	for (int way = several ? ANY : UNCLEAR; way < OTHERS; way++)
		if (way == ANY || sum(n->others[q][way]))
			add_row(a, sheet, q, said[way], n->others[q][way], true)
				->unanswered = way == NO_ANSWER;
	for (size_t i = first; i < sheet->row_count; i++)
		sheet->rows[i].answering = answering;
}

void analysis_choices(const struct analysis_asked *a, struct analysis_table *sheet)
{
	struct counts n = {
		arena_array(a->arena, a->option_count + 1, sizeof(int64_t[TYPES])),
		arena_array(a->arena, a->question_count + 1,
			    sizeof(int64_t[OTHERS][TYPES])),
	};
	const struct response_fact *f;

	for (size_t at = 0; (f = analysis_next(a, &at));)
		add_reply(a, &n, f);
	for (size_t q = 0; q < a->question_count; q++)
		question_rows(a, &n, q, sheet);
	sheet->shares = true;
	sheet->note =
		"Each closed question parts the responses anew: its rows sum to N, of a "
		"question that takes several options those in brackets do. Shares are "
		"rounded to one place and need not sum to 100.";
	if (!sheet->row_count) {
		struct analysis_row *row =
			analysis_row(a, sheet, "(no question is closed)", true);

		for (size_t at = 0; (f = analysis_next(a, &at));)
			analysis_count(row, f->type, 1);
	}
}

const char *analysis_table_share(struct arena *arena, int64_t part, int64_t of)
{
	int64_t tenths;

	if (of <= 0)
		return "";
	tenths = (part * PER_CENT * TENTHS * 2 + of) / (of * 2);
	return arena_printf(arena, "%" PRId64 ".%" PRId64, tenths / TENTHS,
			    tenths % TENTHS);
}
