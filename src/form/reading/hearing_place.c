/* Where a row stands: among the answers to questions, near the form, in a postscript. */
#include "base/str.h"
#include "doubts/doubts.h"
#include "form/reading/hearing.h"
#include "text/letter/frame.h"

enum { NEAR_FORM = 15, NEAR_TOP = 6, NEAR_END = 12, NOTE_BYTES = 160 };

bool hearing_ends_sentence(const char *from, const char *to)
{
	while (to > from && str_is_space(to[-1]))
		to--;
	return to > from && strchr(".!?", to[-1]);
}

/* An answer to a question, or far from all that allows something. */
unsigned hearing_place(const struct hearing *h)
{
	return h->places | (h->answers || h->since > NEAR_FORM ? DOUBTS_ANSWER : 0U);
}

/* "Question 3", "Q3:", "4. ...": what follows answers it. */
static bool asks_something(const struct form_row *row)
{
	static const char *const begins[] = {
		"question ", "q",         "answer ",   "ceist ",   "frage ", "cwestiwn ",
		"pytanie ",  "sporsmal ", "spørsmål ", "section ", "part ",  "chapter "};
	const char *at = row->text + strspn(row->text, " \t*#-");

	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_istarts(at, begins[i]) && str_is_digit(at[strlen(begins[i])]))
			return true;
	return str_is_digit(*at) && strchr(".):", at[strspn(at, "0123456789")]);
}

bool hearing_is_postscript(const struct form_row *row)
{
	static const char *const begins[] = {"ps ",   "ps:", "ps.", "ps,", "p.s",  "pps",
					     "p.p.s", "nb ", "nb:", "n.b", "note:"};
	const char *at = row->text + strspn(row->text, " \t");

	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_istarts(at, begins[i]))
			return !row->quote && !row->table && !row->aside;
	return false;
}

/* Behind these a letter is about itself again. */
static bool ends_answers(const struct form_row *row)
{
	const char *at = row->text + strspn(row->text, " \t");
	size_t len = strlen(at);

	return hearing_is_postscript(row) || str_starts(at, "--") ||
	       (len < NOTE_BYTES && frame_is_closing(at, len));
}

/* A heading or choice about permission or contact. */
static bool is_label_of_form(const struct form_item *item)
{
	return item->kind == ITEM_TEXT &&
	       (item->label.kind == LABEL_CHOICE || item->label.kind == LABEL_HEADING) &&
	       item->label.field != FORM_TYPE;
}

static const struct form_item *label_of_form(const struct form_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (is_label_of_form(&row->items[i]))
			return &row->items[i];
	return NULL;
}

static bool is_of_form(const struct form_row *row)
{
	return label_of_form(row) != NULL;
}

/* All labels of the row, which has marks or asks something. */
static bool is_foreign(const struct form_row *row)
{
	bool marked = false, label = false;

	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];

		marked = marked || item->kind == ITEM_MARK ||
			 item->label.kind == LABEL_HEADING ||
			 item->label.kind == LABEL_YES || item->label.kind == LABEL_NO;
		if (!is_label_of_form(item))
			continue;
		label = true;
		if (!doubts_is_foreign(row->text + item->from, item->to - item->from))
			return false;
	}
	return label && marked && !hearing_is_postscript(row);
}

static bool is_choice_with_stop(const struct form_row *row)
{
	if (!hearing_ends_sentence(row->text, row->text + row->len))
		return false;
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind == ITEM_TEXT &&
		    row->items[i].label.kind == LABEL_CHOICE &&
		    row->items[i].label.field == FORM_PERMISSION &&
		    !row->items[i].label.doubtful)
			return true;
	return false;
}

static bool has_mark(const struct form_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind == ITEM_MARK)
			return true;
	return false;
}

/* What the rows together show of how this form is written. */
void hearing_look_over(struct hearing *h)
{
	bool stop = false; /* of the row before */

	h->since = NEAR_FORM - NEAR_TOP;
	for (size_t i = 0; i < h->rows->count; i++) {
		const struct form_row *row = &h->rows->items[i];
		bool before = stop;

		h->left += !row->blank;
		stop = row->blank && before;
		if (!is_of_form(row))
			continue;
		stop = is_choice_with_stop(row);
		if (stop && (row->count > 1 || before))
			h->full_stops = true;
		h->marked = h->marked || has_mark(row);
		if (is_foreign(row))
			h->places |= DOUBTS_THEIR_LANGUAGE;
	}
}

static size_t next_of_form(const struct form_rows *rows, size_t from)
{
	size_t words = 0;

	for (; from < rows->count && words <= NEAR_FORM; from++) {
		if (is_of_form(&rows->items[from]))
			return words;
		words += !rows->items[from].blank;
	}
	return words;
}

/* Where among the answers and the rows of the form does this row stand? */
void hearing_find_place(struct hearing *h, size_t number)
{
	const struct form_row *row = &h->rows->items[number];

	if (row->blank)
		return;
	h->left--;
	if (is_of_form(row)) {
		h->answers = false;
		h->since = 0;
		h->nearest = label_of_form(row)->label.field;
		return;
	}
	h->since++;
	if (h->answers || h->since > NEAR_FORM) {
		bool ends = ends_answers(row);

		h->answers = h->answers && !ends;
		if (h->since > NEAR_FORM && (h->left < NEAR_END || ends ||
					     next_of_form(h->rows, number) <= NEAR_FORM))
			h->since = 1;
	}
	if (!h->answers)
		h->answers = asks_something(row);
}
