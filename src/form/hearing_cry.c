/* "No!" by itself: does it take back what stands above? */
#include "base/str.h"
#include "form/hearing.h"

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
