#include "form/column_head.h"
#include "base/str.h"

static unsigned columns_of(const struct form_row *row)
{
	return row->count ? row->items[row->count - 1].column : 0;
}

static bool is_of_table(const struct form_rows *rows, size_t number,
			const struct form_row *row)
{
	const struct form_row *other = &rows->items[number];

	return row->table ? other->table == row->table
			  : !other->table && !other->blank &&
				    (other->rule || columns_of(other) > 1);
}

/* The first row of the same table, by its number; of lines, of those with columns above. */
static size_t first_of(const struct form_rows *rows, size_t number)
{
	const struct form_row *row = &rows->items[number];
	size_t first = number;

	for (size_t i = number; i-- > 0 && is_of_table(rows, i, row);)
		first = rows->items[i].rule ? first : i;
	return first;
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
	for (size_t w = 0; w < l.count; w++) {
		bool known = false;

		for (size_t i = 0; i < ARRAY_LEN(words) && !known; i++)
			known = str_eq(l.words[w].text, words[i]);
		if (!known)
			return false;
	}
	return true;
}

enum mark_sign column_sign(const struct form_rows *rows, size_t number,
			   const struct form_item *mark)
{
	size_t first = first_of(rows, number);
	const struct form_row *head = &rows->items[first];
	enum mark_sign sign = mark->sign;

	if (first == number || sign == MARK_EMPTY || sign == MARK_ABSENT ||
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
