/* Sheets about what a reply may have several of; see domain/analysis/analysis.h. */
#include "domain/analysis/analysis_private.h"
#include "base/str.h"

#include <inttypes.h>

/* The last type is for what is none: such a sheet does not add up and is refused. */
enum { TOTAL = ANALYSIS_TOTAL, TYPES = ANALYSIS_TABLE_TYPES + 1, FLOORS_MOST = 40 };

/*
 * How many replies of each type have something, each reply once: cells[thing][type],
 * and for each thing the number of the last reply that was counted.
 */
struct tally {
	int64_t (*cells)[TYPES];
	uint32_t *last;
};

static struct tally tally_begin(const struct analysis_asked *a, size_t things)
{
	return (struct tally){
		arena_array(a->arena, things, sizeof(int64_t[TYPES])),
		arena_make(a->arena, uint32_t, things),
	};
}

static unsigned char type_of(const struct response_fact *f)
{
	return f->type < ANALYSIS_TABLE_TYPES ? f->type : ANALYSIS_TABLE_TYPES;
}

/* reply: from 1. */
static void tally_add(struct tally *t, size_t thing, uint32_t reply, unsigned char type)
{
	if (t->last[thing] == reply)
		return;
	t->last[thing] = reply;
	t->cells[thing][type]++;
}

static bool tally_any(const int64_t cells[TYPES])
{
	for (int i = 0; i < TYPES; i++)
		if (cells[i])
			return true;
	return false;
}

static void count_cells(struct analysis_row *row, const int64_t cells[TYPES])
{
	for (unsigned char i = 0; i < TYPES; i++)
		analysis_count(row, i, cells[i]);
}

/* A code and all above it. first: of the things that the codes are. */
static void add_branch(const struct analysis_asked *a, struct tally *t, size_t first,
		       size_t code, uint32_t reply, unsigned char type)
{
	for (int floor = 0; floor < FLOORS_MOST && code != SIZE_MAX; floor++) {
		if (!a->codes[code].stands)
			return;
		tally_add(t, first + code, reply, type);
		code = analysis_place(&a->code_places, a->codes[code].parent_id);
	}
}

/* "(any code)" and "(no code)", which part the replies. */
static void any_or_none(const struct analysis_asked *a, struct analysis_table *sheet,
			const char *any, const char *none)
{
	int64_t cells[2][TYPES] = {{0}};
	const struct response_fact *f;

	for (size_t at = 0; (f = analysis_next(a, &at));)
		cells[f->code_count == 0][type_of(f)]++;
	count_cells(analysis_row(a, sheet, any, true), cells[0]);
	count_cells(analysis_row(a, sheet, none, true), cells[1]);
}

void analysis_tags(const struct analysis_asked *a, struct analysis_table *sheet)
{
	struct tally t = tally_begin(a, a->code_count);
	const struct response_fact *f;
	uint32_t reply = 0;

	for (size_t at = 0; (f = analysis_next(a, &at));) {
		reply++;
		for (size_t i = 0; i < f->code_count; i++) {
			size_t code =
				analysis_place(&a->code_places, f->codes[i].code_id);

			if (code != SIZE_MAX)
				tally_add(&t, a->codes[code].name_at, reply, type_of(f));
		}
	}
	for (size_t i = 0; i < a->code_count; i++)
		if (tally_any(t.cells[i]))
			count_cells(analysis_row(a, sheet, a->codes[i].name, false),
				    t.cells[i]);
	sheet->note =
		"A response with several tags counts under each of them; \"(any tag)\" and "
		"\"(no tag)\" have each response once and sum to N.";
	any_or_none(a, sheet, "(any tag)", "(no tag)");
}

void analysis_codes(const struct analysis_asked *a, struct analysis_table *sheet)
{
	struct tally t = tally_begin(a, a->code_count);
	const struct response_fact *f;
	uint32_t reply = 0;

	for (size_t at = 0; (f = analysis_next(a, &at));) {
		reply++;
		for (size_t i = 0; i < f->code_count; i++)
			add_branch(a, &t, 0,
				   analysis_place(&a->code_places, f->codes[i].code_id),
				   reply, type_of(f));
	}
	for (size_t i = 0; i < a->frame_count; i++) {
		struct analysis_row *row =
			analysis_row(a, sheet, a->frame[i].name, false);

		row->code_id = a->frame[i].id;
		row->depth = a->frame[i].depth;
		count_cells(row, t.cells[analysis_place(&a->code_places, row->code_id)]);
	}
	sheet->note =
		"A code counts each response once that has it or a code below it; a "
		"response with several codes counts under each of them. \"(any code)\" "
		"and \"(no code)\" have each response once and sum to N.";
	any_or_none(a, sheet, "(any code)", "(no code)");
}

/* ---- by question ---- */

static void no_question(const struct analysis_asked *a, struct analysis_table *sheet)
{
	struct analysis_row *row = analysis_row(a, sheet, "(no question is asked)", true);
	const struct response_fact *f;

	for (size_t at = 0; (f = analysis_next(a, &at));)
		analysis_count(row, f->type, 1);
}

static void answered_rows(const struct analysis_asked *a, struct analysis_table *sheet,
			  int64_t position, int64_t cells[2][TYPES])
{
	for (int without = 0; without < 2; without++) {
		struct analysis_row *row;

		if (!tally_any(cells[without]))
			continue;
		row = analysis_row(a, sheet,
				   arena_printf(a->arena, "%" PRId64 " %s", position,
						without ? "not answered" : "answered"),
				   true);
		row->part = position;
		row->unanswered = without;
		count_cells(row, cells[without]);
	}
}

void analysis_questions(const struct analysis_asked *a, struct analysis_table *sheet)
{
	int64_t(*cells)[2][TYPES] =
		arena_array(a->arena, a->question_count, sizeof(int64_t[2][TYPES]));
	uint32_t *answered = arena_make(a->arena, uint32_t, a->question_count), reply = 0;
	const struct response_fact *f;

	for (size_t at = 0; (f = analysis_next(a, &at));) {
		reply++;
		for (size_t i = 0; i < f->question_count; i++) {
			size_t q = analysis_place(&a->question_places, f->questions[i]);

			if (q != SIZE_MAX)
				answered[q] = reply;
		}
		for (size_t q = 0; q < a->question_count; q++)
			cells[q][answered[q] != reply][type_of(f)]++;
	}
	for (size_t q = 0; q < a->question_count; q++)
		answered_rows(a, sheet, a->questions[q].position, cells[q]);
	sheet->note = "Each question parts the responses anew: its two rows sum to N.";
	if (!a->question_count)
		no_question(a, sheet);
}

/* Its answer has a code, it has none, there is no answer. */
enum { CODED, UNCODED, UNANSWERED, WAYS };

struct by_question {
	struct tally codes;         /* thing: question * code_count + code */
	uint32_t *coded, *answered; /* the last reply that was */
	int64_t (*parts)[WAYS][TYPES];
};

static void add_reply(const struct analysis_asked *a, struct by_question *b,
		      const struct response_fact *f, uint32_t reply)
{
	for (size_t i = 0; i < f->code_count; i++) {
		const struct response_fact_code *code = &f->codes[i];
		size_t q = analysis_place(&a->question_places, code->question_id);

		if (q == SIZE_MAX)
			continue;
		b->coded[q] = reply;
		add_branch(a, &b->codes, q * a->code_count,
			   analysis_place(&a->code_places, code->code_id), reply,
			   type_of(f));
	}
	for (size_t i = 0; i < f->question_count; i++) {
		size_t q = analysis_place(&a->question_places, f->questions[i]);

		if (q != SIZE_MAX)
			b->answered[q] = reply;
	}
	for (size_t q = 0; q < a->question_count; q++) {
		int way = b->coded[q] == reply      ? CODED
			  : b->answered[q] == reply ? UNCODED
						    : UNANSWERED;

		b->parts[q][way][type_of(f)]++;
	}
}

static void question_rows(const struct analysis_asked *a, const struct by_question *b,
			  size_t q, struct analysis_table *sheet)
{
	static const char *const said[] = {"(any code)", "(answered, no code)",
					   "(not answered)"};
	int64_t position = a->questions[q].position;
	struct analysis_row *row;

	for (size_t i = 0; i < a->frame_count; i++) {
		const struct code *code = &a->frame[i];
		size_t at = analysis_place(&a->code_places, code->id);
		const int64_t *cells = b->codes.cells[q * a->code_count + at];

		if (!tally_any(cells))
			continue;
		row = analysis_row(
			a, sheet,
			arena_printf(a->arena, "%" PRId64 ": %s", position, code->name),
			false);
		row->code_id = code->id;
		row->depth = code->depth;
		row->part = position;
		count_cells(row, cells);
	}
	for (int way = 0; way < WAYS; way++) {
		if (!tally_any(b->parts[q][way]))
			continue;
		row = analysis_row(
			a, sheet,
			arena_printf(a->arena, "%" PRId64 ": %s", position, said[way]),
			true);
		row->part = position;
		row->unanswered = way == UNANSWERED;
		count_cells(row, b->parts[q][way]);
	}
}

void analysis_code_questions(const struct analysis_asked *a, struct analysis_table *sheet)
{
	struct by_question b = {
		.codes = tally_begin(a, a->question_count * a->code_count),
		.coded = arena_make(a->arena, uint32_t, a->question_count),
		.answered = arena_make(a->arena, uint32_t, a->question_count),
		.parts = arena_array(a->arena, a->question_count,
				     sizeof(int64_t[WAYS][TYPES])),
	};
	const struct response_fact *f;
	uint32_t reply = 0;

	for (size_t at = 0; (f = analysis_next(a, &at));)
		add_reply(a, &b, f, ++reply);
	for (size_t q = 0; q < a->question_count; q++)
		question_rows(a, &b, q, sheet);
	sheet->note = "Codes on passages of the answer to each question. Each question "
		      "parts the responses anew: its rows in brackets sum to N.";
	if (!a->question_count)
		no_question(a, sheet);
}

bool analysis_branches_hold(const struct analysis_table *sheet, struct err *err)
{
	for (size_t i = 0; i < sheet->row_count; i++) {
		const struct analysis_row *top = &sheet->rows[i];

		for (size_t k = i + 1; top->code_id && k < sheet->row_count; k++) {
			const struct analysis_row *row = &sheet->rows[k];

			if (!row->code_id || row->depth <= top->depth ||
			    row->part != top->part)
				break;
			if (row->cells[TOTAL] > top->cells[TOTAL])
				return err_set(
					err, ERR_CONFLICT,
					"the code \"%s\" has more responses than \"%s\" above "
					"it; nothing is shown. This is a bug in mercat: please report it",
					row->label, top->label);
		}
	}
	return true;
}
