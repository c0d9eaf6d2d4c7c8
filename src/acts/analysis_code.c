/* Sheets about codes; see acts/analysis.h. */
#include "acts/analysis_inside.h"
#include "acts/codeframe.h"
#include "base/str.h"

#include <inttypes.h>

/* Codes in the order of their tree, those that a reply has. */
static bool used_codes(const struct analysis_asked *a, struct acts_code **out,
		       size_t *out_count, struct err *err)
{
	return acts_codeframe(a->acts, a->arena, a->of.id, out, out_count, err);
}

static void add_cells(struct acts_sheet_row *row, const struct store_table *t,
		      int64_t code_id, int64_t question)
{
	for (size_t i = 0; i < t->count; i++) {
		struct store_row cell = table_row(t, i);

		if (row_int(&cell, "code_id") == code_id &&
		    (!question || row_int(&cell, "position") == question))
			analysis_count(row, row_text(&cell, "type"), row_int(&cell, "n"));
	}
}

static bool has_cell(const struct store_table *t, int64_t code_id, int64_t question)
{
	for (size_t i = 0; i < t->count; i++) {
		struct store_row cell = table_row(t, i);

		if (row_int(&cell, "code_id") == code_id &&
		    row_int(&cell, "position") == question)
			return true;
	}
	return false;
}

bool analysis_codes(const struct analysis_asked *a, struct acts_sheet *sheet,
		    struct err *err)
{
	struct acts_code *codes;
	struct store_table t;
	size_t count;

	if (!used_codes(a, &codes, &count, err) ||
	    !store_all(a->acts->store, a->arena, 0, &t, err, SQL_ANALYSIS_CODE_TYPE, "it",
		       a->of.id, a->state))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct acts_sheet_row *row = analysis_row(a, sheet, codes[i].name, false);

		row->code_id = codes[i].id;
		row->depth = codes[i].depth;
		add_cells(row, &t, codes[i].id, 0);
	}
	sheet->note =
		"A code counts each reply once that has it or a code below it; a "
		"reply with several codes counts under each of them. \"(any code)\" "
		"and \"(no code)\" have each reply once and sum to N.";
	return analysis_any_or_none(a, sheet, "(any code)", "(no code)", err);
}

static void question_rows(const struct analysis_asked *a, struct acts_sheet *sheet,
			  int64_t question, const struct acts_code *codes, size_t count,
			  const struct store_table *coded)
{
	for (size_t i = 0; i < count; i++) {
		struct acts_sheet_row *row;

		if (!has_cell(coded, codes[i].id, question))
			continue;
		row = analysis_row(a, sheet,
				   arena_printf(a->arena, "%" PRId64 ": %s", question,
						codes[i].name),
				   false);
		row->code_id = codes[i].id;
		row->depth = codes[i].depth;
		row->part = question;
		add_cells(row, coded, codes[i].id, question);
	}
}

bool analysis_code_questions(const struct analysis_asked *a, struct acts_sheet *sheet,
			     struct err *err)
{
	static const char *const said[] = {"(any code)", "(answered, no code)",
					   "(not answered)"};
	struct acts_code *codes;
	struct store_table coded, parts;
	int64_t question = 0, last = -1;
	struct acts_sheet_row *row = NULL;
	size_t count;

	if (!used_codes(a, &codes, &count, err) ||
	    !store_all(a->acts->store, a->arena, 0, &coded, err,
		       SQL_ANALYSIS_CODE_QUESTION, "it", a->of.id, a->state) ||
	    !store_all(a->acts->store, a->arena, 0, &parts, err,
		       SQL_ANALYSIS_QUESTION_CODED, "it", a->of.id, a->state))
		return false;
	for (size_t i = 0; i < parts.count; i++) {
		struct store_row cell = table_row(&parts, i);
		int64_t how = row_int(&cell, "coded"),
			position = row_int(&cell, "position");

		if (position != question) {
			question = position;
			last = -1;
			question_rows(a, sheet, question, codes, count, &coded);
		}
		if (how != last || !row) {
			row = analysis_row(a, sheet,
					   arena_printf(a->arena, "%" PRId64 ": %s",
							question, said[how]),
					   true);
			row->part = question;
			last = how;
		}
		analysis_count(row, row_text(&cell, "type"), row_int(&cell, "n"));
	}
	sheet->note = "Codes on passages of the answer to each question. Each question "
		      "parts the replies anew: its rows in brackets sum to N.";
	return parts.count || analysis_no_question(a, sheet, err);
}

bool analysis_branches_hold(const struct acts_sheet *sheet, struct err *err)
{
	for (size_t i = 0; i < sheet->row_count; i++) {
		const struct acts_sheet_row *top = &sheet->rows[i];

		for (size_t k = i + 1; top->code_id && k < sheet->row_count; k++) {
			const struct acts_sheet_row *row = &sheet->rows[k];

			if (!row->code_id || row->depth <= top->depth ||
			    row->part != top->part)
				break;
			if (row->cells[ANALYSIS_TOTAL] > top->cells[ANALYSIS_TOTAL])
				return err_set(
					err, ERR_CONFLICT,
					"the code \"%s\" has more replies than \"%s\" above "
					"it; nothing is shown. Tell the makers of mercat",
					row->label, top->label);
		}
	}
	return true;
}
