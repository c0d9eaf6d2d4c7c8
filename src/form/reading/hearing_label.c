/* Parts of a form that stand there as sentences: "No!" by itself, a question of somebody's own. */
#include "base/str.h"
#include "doubts/alike.h"
#include "doubts/doubts.h"
#include "form/reading/hearing.h"
#include "form/prose/prose.h"
#include "text/letter/frame.h"

static const struct form_row *said_before(const struct form_rows *rows,
					  const struct form_row *row)
{
	while (row-- > rows->items)
		if (!row->blank)
			return row;
	return NULL;
}

/* Does it ask, with nothing that was chosen behind it? */
static bool only_asks(const struct form_row *row)
{
	bool heading = false;

	for (size_t i = 0; row && i < row->count; i++) {
		if (row->items[i].kind != ITEM_TEXT)
			continue;
		heading = heading || row->items[i].label.kind == LABEL_HEADING;
		if (row->items[i].label.kind == LABEL_CHOICE)
			return false;
	}
	return heading;
}

/* Does the row go on with an open list, or ask? */
static bool leaves_open(const struct form_row *row)
{
	size_t len = row->len;

	len = str_without_tail(row->text, len);
	if (len && strchr("?:", row->text[len - 1]))
		return true;
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind == ITEM_TEXT)
			return row->items[i].label.kind == LABEL_YES ||
			       row->items[i].label.kind == LABEL_NO || only_asks(row);
	return false;
}

/* Is something allowed in this row, as far as it was read? */
static bool allows(const struct hearing *h, const struct form_row *row)
{
	for (size_t i = 0; i < h->out->count; i++)
		if (h->out->readings[i].field == FORM_PERMISSION &&
		    h->out->readings[i].line == row->line &&
		    h->out->readings[i].bound.low > 0)
			return true;
	return false;
}

/* In the paragraph of a form that allows something, behind its last line. */
static bool is_below_allowed(const struct hearing *h, const struct form_row *row)
{
	while (row-- > h->rows->items && !row->blank && !leaves_open(row))
		if (allows(h, row))
			return true;
	return false;
}

static bool stands_alone(const struct form_rows *rows, const struct form_row *row)
{
	return (row == rows->items || row[-1].blank) &&
	       (row + 1 == rows->items + rows->count || row[1].blank);
}

/* "No!" or "Nope." on a line of its own that answers no question. */
bool hearing_is_cry(const struct hearing *h, const struct form_row *row)
{
	const struct form_row *before = said_before(h->rows, row);
	const char *text = row->text + strspn(row->text, " \t");

	if (!row->count || h->answers || only_asks(before))
		return false;
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind != ITEM_TEXT ||
		    row->items[i].label.kind != LABEL_NO)
			return false;
	return row->table || stands_alone(h->rows, row) ||
	       hearing_ends_sentence(text, text + strlen(text)) ||
	       is_below_allowed(h, row);
}

static const struct form_row *said_behind(const struct form_rows *rows, size_t number)
{
	while (++number < rows->count)
		if (!rows->items[number].blank)
			return &rows->items[number];
	return NULL;
}

/*
 * "Is it possible to stay unnamed?": a question of the respondent's, for no part of a form
 * follows, or it is none that a form asks.
 */
static bool is_own_question(const struct hearing *h, const struct form_row *row,
			    const struct lexicon *l)
{
	static const char *const theirs[] = {
		"your",   "we",        "us",      "published", "are you",
		"do you", "would you", "you may", "you like",  "have you"};
	static const char *const verbs[] = {"is",   "does",  "will", "who",
					    "what", "could", "can"};
	const struct form_row *next =
		said_behind(h->rows, (size_t)(row - h->rows->items));

	if (row->items[0].label.kind != LABEL_HEADING || !row->items[0].label.asks)
		return false;
	if (!next || !form_row_is_form(next))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(theirs); i++)
		if (lexicon_has(l, theirs[i]))
			return false;
	return lexicon_has_one(l, verbs, ARRAY_LEN(verbs));
}

/* One piece that was read as a label: does it stand there as a sentence? */
bool hearing_is_label_said(const struct hearing *h, const struct form_row *row,
			   const struct lexicon *l)
{
	const struct form_item *item = row->items;
	const char *text = row->text;
	struct prose_reading r[PROSE_READINGS];

	if (row->count != 1 || item->kind != ITEM_TEXT)
		return false;
	switch (item->label.kind) {
	case LABEL_HINT:
		return l->has[WORD_MINE] || lexicon_has(l, "that") ||
		       lexicon_has(l, "it");
	case LABEL_CHOICE:
		return !h->full_stops && hearing_ends_sentence(text, text + row->len) &&
		       !prose_read(text, row->len, FORM_FIELDS, r);
	case LABEL_HEADING:
		return is_own_question(h, row, l);
	default:
		return false;
	}
}

/* "Age: 12": a label that is none of this form, with its value. */
bool hearing_is_labelled_value(const struct form_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind == ITEM_MARK ||
		    (row->items[i].kind == ITEM_TEXT &&
		     row->items[i].label.kind != LABEL_NONE))
			return false;
	return row->count > 0;
}

/*
 * "How will our names be displayed? Full name or just surname?": words of a form among others,
 * and nothing was marked or chosen there.
 */
bool hearing_is_said_with_labels(const struct hearing *h, const struct form_row *row)
{
	bool other = false;

	if (h->places & DOUBTS_THEIR_LANGUAGE && doubts_is_foreign(row->text, row->len))
		return false;
	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];

		if (item->kind == ITEM_MARK || item->kind == ITEM_BLANK ||
		    item->kind == ITEM_GAP ||
		    (item->kind == ITEM_TEXT &&
		     (item->label.kind == LABEL_YES || item->label.kind == LABEL_NO)))
			return false;
		other = other ||
			(item->kind == ITEM_TEXT && item->label.kind == LABEL_NONE);
	}
	for (size_t i = 0; i < h->out->count; i++)
		if (h->out->readings[i].line == row->line)
			return false;
	return other;
}

/* A postcode or a date: each of its words has a figure. */
static bool is_figures(const char *text, size_t len)
{
	bool figure = false;

	for (size_t i = 0; i <= len; i++) {
		if (i < len && !str_is_space(text[i])) {
			figure = figure || str_is_digit(text[i]);
			continue;
		}
		if (!figure)
			return false;
		figure = false;
	}
	return len > 0;
}

/* A name, or an address by itself. */
bool hearing_is_datum(const char *text, size_t len)
{
	while (len && str_is_space(*text)) {
		text++;
		len--;
	}
	len = str_without_tail(text, len);
	if (!len || is_figures(text, len))
		return len > 0;
	if (memchr(text, '@', len))
		return !memchr(text, ' ', len);
	return str_is_alpha(*text) && frame_is_name(text, len) && !alike_turns(text, len);
}
