#include "form/pieces/column_head.h"
#include "base/str.h"

static unsigned columns_of(const struct form_row *row)
{
	return row->count ? row->items[row->count - 1].column : 0;
}

/* Lines with columns are a table as far as no other stands between; rules do not count. */
void column_head_note(struct column_head *head, const struct form_row *row)
{
	if (row->rule && !row->table)
		return;
	if (!row->table && (row->blank || columns_of(row) < 2))
		head->row = NULL;
	else if (!head->row || head->row->table != row->table)
		head->row = row;
}

/* A row of the form itself is no head: a choice, or yes or no with its mark. */
static bool is_row_of_form(const struct form_row *row)
{
	bool answer = false, mark = false;

	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];

		if (item->kind == ITEM_TEXT && item->label.kind == LABEL_CHOICE)
			return true;
		mark = mark || item->kind == ITEM_MARK;
		answer = answer ||
			 (item->kind == ITEM_TEXT && (item->label.kind == LABEL_YES ||
						      item->label.kind == LABEL_NO));
	}
	return answer && mark;
}

/* "Please tick", "Your choice": asks for a mark, and says nothing of what it means. */
static bool only_asks(const struct form_row *row, const struct form_item *item)
{
	static const char *const words[] = {
		"please",   "tick", "mark", "choose",     "choice", "select",
		"one",      "box",  "your", "here",       "answer", "option",
		"response", "a",    "with", "in",         "the",    "x",
		"cross",    "only", "as",   "appropriate"};
	struct lexicon l;

	lexicon_read(row->text + item->from, item->to - item->from, &l);
	return lexicon_has_only(&l, words, ARRAY_LEN(words));
}

bool column_heads_answers(const struct form_row *row)
{
	bool yes = false, no = false;

	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];

		if (item->kind == ITEM_MARK ||
		    (item->kind == ITEM_TEXT && item->label.kind != LABEL_YES &&
		     item->label.kind != LABEL_NO))
			return false;
		yes = yes || (item->kind == ITEM_TEXT && item->label.kind == LABEL_YES);
		no = no || (item->kind == ITEM_TEXT && item->label.kind == LABEL_NO);
	}
	return yes && no && !row->table;
}

enum mark_sign column_sign(const struct column_head *of, const struct form_row *row,
			   const struct form_item *mark)
{
	const struct form_row *head = of->row;
	enum mark_sign sign = mark->sign;

	if (!head || head == row || sign == MARK_EMPTY || sign == MARK_ABSENT ||
	    is_row_of_form(head))
		return sign;
	for (size_t i = 0; i < head->count; i++) {
		const struct form_item *item = &head->items[i];

		if (item->column != mark->column)
			continue;
		if (item->kind == ITEM_MARK && item->sign != MARK_TICK &&
		    item->sign != MARK_EMPTY)
			sign = MARK_UNCLEAR; /* a column of crosses */
		if (item->kind != ITEM_TEXT || item->label.kind == LABEL_YES ||
		    item->label.kind == LABEL_HINT)
			continue;
		if (item->label.kind == LABEL_NO)
			sign = MARK_DENIED;
		else if (!only_asks(head, item))
			sign = MARK_UNCLEAR;
	}
	return sign;
}
