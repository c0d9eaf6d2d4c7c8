#include "form/pieces/attach.h"
#include "base/str.h"

static bool is_answer(const struct form_item *i)
{
	return i->kind == ITEM_TEXT &&
	       (i->label.kind == LABEL_YES || i->label.kind == LABEL_NO);
}

static bool is_choice(const struct form_item *i)
{
	return i->kind == ITEM_TEXT && i->label.kind == LABEL_CHOICE;
}

static bool is_heading(const struct form_item *i)
{
	return i->kind == ITEM_TEXT && i->label.kind == LABEL_HEADING;
}

static bool is_label(const struct form_item *i)
{
	return is_answer(i) || is_choice(i);
}

static bool is_other(const struct form_item *i)
{
	return i->kind == ITEM_TEXT &&
	       (i->label.kind == LABEL_NONE || i->label.kind == LABEL_NEITHER);
}

static bool is_colon(const struct form_row *row, const struct form_item *i)
{
	return i->kind == ITEM_LEAD && i->to > i->from &&
	       strchr(":=?", row->text[i->from]);
}

static struct form_unit *unit_of(struct form_units *u, const struct form_item *item)
{
	for (size_t i = 0; i < u->count; i++)
		if (u->items[i].item == item)
			return &u->items[i];
	return NULL;
}

/* Two marks in one place: two ticks are one, but a cross beside a crossed box may deny it. */
static enum mark_sign both(enum mark_sign a, enum mark_sign b)
{
	return a == b && a != MARK_CROSS ? a : MARK_UNCLEAR;
}

static void give(struct form_unit *unit, enum mark_sign sign)
{
	if (unit)
		unit->sign = unit->sign == MARK_ABSENT ? sign : both(unit->sign, sign);
}

/* A mark of words that nobody knows is one of the same list: nothing is clear then. */
static void give_to(struct form_units *u, const struct form_item *item,
		    enum mark_sign sign)
{
	if (is_other(item))
		u->lost = u->lost || sign != MARK_EMPTY;
	else
		give(unit_of(u, item), sign);
}

/* Marks and labels of one stretch, in their order. */
struct order {
	const struct form_item *of[ROW_ITEMS];
	size_t count, labels, marks;
};

static void in_order(const struct form_row *row, size_t from, size_t to,
		     struct order *out)
{
	out->count = out->labels = out->marks = 0;
	for (size_t i = from; i < to; i++) {
		const struct form_item *item = &row->items[i];

		if (is_heading(item) && !out->marks) {
			out->count = out->labels = 0; /* what it asks for comes now */
		} else if (is_label(item) || item->kind == ITEM_MARK ||
			   (is_other(item) && out->count)) {
			/* A mark may as well be that of words that nobody knows. */
			out->of[out->count++] = item;
			out->labels += item->kind != ITEM_MARK;
			out->marks += item->kind == ITEM_MARK;
		}
	}
}

static void attach_stretch(const struct form_row *row, size_t from, size_t to,
			   struct form_units *u)
{
	struct order o;
	bool first, last;

	in_order(row, from, to, &o);
	if (!o.marks || !o.labels)
		return;
	first = o.of[0]->kind == ITEM_MARK;
	last = o.of[o.count - 1]->kind == ITEM_MARK;
	for (size_t i = 0; i < o.count; i++) {
		if (o.of[i]->kind == ITEM_MARK)
			continue;
		if (first == last && o.labels > 1) {
			give_to(u, o.of[i], MARK_UNCLEAR);
			continue;
		}
		for (size_t j = i; first && j-- > 0 && o.of[j]->kind == ITEM_MARK;)
			give_to(u, o.of[i], o.of[j]->sign);
		for (size_t j = i + 1; last && j < o.count && o.of[j]->kind == ITEM_MARK;
		     j++)
			give_to(u, o.of[i], o.of[j]->sign);
	}
}

static size_t stretch_end(const struct form_row *row, size_t from)
{
	while (from < row->count && row->items[from].kind != ITEM_GAP)
		from++;
	return from;
}

/* Cells that hold a label with its mark stand for themselves; else the row is one. */
static void attach_cells(const struct form_row *row, struct form_units *u)
{
	bool mixed = false;
	struct order o;

	for (size_t i = 0; i < row->count; i = stretch_end(row, i) + 1) {
		in_order(row, i, stretch_end(row, i), &o);
		mixed = mixed || (o.marks && o.labels);
	}
	if (!mixed) {
		attach_stretch(row, 0, row->count, u);
		return;
	}
	for (size_t i = 0; i < row->count; i = stretch_end(row, i) + 1) {
		in_order(row, i, stretch_end(row, i), &o);
		attach_stretch(row, i, stretch_end(row, i), u);
		for (size_t j = 0; !o.labels && j < o.count; j++)
			u->lost = u->lost || o.of[j]->sign != MARK_EMPTY;
	}
}

static void attach_marks(const struct form_row *row, struct form_units *u)
{
	attach_cells(row, u);
	for (size_t i = 0; u->lost && i < u->count; i++)
		u->items[i].sign = MARK_UNCLEAR;
}

/* "Label:" with nothing behind it, or an empty cell beside it. */
static void find_slots(const struct form_row *row, struct form_units *u)
{
	for (size_t n = 0; n < u->count; n++) {
		size_t at = (size_t)(u->items[n].item - row->items);
		size_t next = at + 1;

		if (at >= 2 && row->items[at - 1].kind == ITEM_GAP &&
		    row->items[at - 2].kind == ITEM_BLANK)
			u->items[n].slot = true;
		if (next < row->count && row->items[next].kind == ITEM_LEAD) {
			next++;
			while (next < row->count && (row->items[next].kind == ITEM_GAP ||
						     row->items[next].kind == ITEM_BLANK))
				next++;
			if (next == row->count || row->items[next].kind == ITEM_LEAD)
				u->items[n].slot = true;
		} else if (next + 1 < row->count && row->items[next].kind == ITEM_GAP &&
			   row->items[next + 1].kind == ITEM_BLANK) {
			u->items[n].slot = true;
		}
	}
}

/* Yes and no belong to the choice or heading before them; how many follow it? */
static void find_asking(const struct form_row *row, struct form_units *u)
{
	const struct form_item *asking = NULL;

	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];
		struct form_unit *unit;

		if (is_choice(item) || is_heading(item))
			asking = item;
		if (!is_answer(item))
			continue;
		unit = unit_of(u, item);
		if (unit)
			unit->asking = asking;
	}
	/* "no - contact again": the answer stands first. */
	if (u->count && row->count >= 3 && is_answer(&row->items[0]) &&
	    row->items[1].kind == ITEM_LEAD && !u->items[0].asking &&
	    (is_choice(&row->items[2]) || is_heading(&row->items[2])))
		u->items[0].asking = &row->items[2];
}

static size_t answers_to(const struct form_units *u, const struct form_item *asking)
{
	size_t count = 0;

	for (size_t i = 0; i < u->count; i++)
		count += u->items[i].asking == asking && is_answer(u->items[i].item);
	return count;
}

static void remove_unit(struct form_units *u, size_t i)
{
	memmove(&u->items[i], &u->items[i + 1], (u->count - i - 1) * sizeof(u->items[0]));
	u->count--;
}

/* One yes or no behind a choice is its mark; two of them make it a question. */
static void fold_answers(struct form_units *u)
{
	for (size_t i = 0; i < u->count; i++) {
		const struct form_item *asking = u->items[i].asking;
		struct form_unit *choice;
		enum mark_sign sign;

		if (!asking || !is_choice(asking))
			continue;
		choice = unit_of(u, asking);
		if (!choice)
			continue; /* it became a question */
		if (answers_to(u, asking) > 1) {
			remove_unit(u, (size_t)(choice - u->items));
			i = (size_t)-1;
			continue;
		}
		sign = u->items[i].item->label.kind == LABEL_YES ? MARK_TICK
								 : MARK_DENIED;
		/* A marked "no" in the row of "contact again" is that no. */
		if (u->items[i].sign == MARK_EMPTY || u->items[i].slot) {
			choice->sign = MARK_EMPTY;
		} else if (u->items[i].sign == MARK_UNCLEAR ||
			   u->items[i].sign == MARK_DENIED ||
			   (u->items[i].item->look &
			    (LOOK_STRUCK | LOOK_PARTLY_STRUCK))) {
			choice->sign = MARK_UNCLEAR;
		} else {
			choice->slot = false;
			choice->worded = choice->sign == MARK_ABSENT;
			give(choice, sign);
		}
		remove_unit(u, i);
		i = (size_t)-1;
	}
}

/* "A / B / C (leave one): B": what stands before the last colon is only named. */
static void keep_behind_colon(const struct form_row *row, struct form_units *u)
{
	size_t colon = row->count, before = 0;
	const struct form_item *at;

	for (size_t i = 0; i < row->count; i++)
		if (is_colon(row, &row->items[i]))
			colon = i;
	if (colon == row->count)
		return;
	at = &row->items[colon];
	for (size_t i = 0; i < u->count; i++)
		before += u->items[i].item < at;
	if (before < 2)
		return;
	for (size_t i = 0; i < u->count && u->items[i].item < at; i++)
		if (u->items[i].sign != MARK_ABSENT || u->items[i].item->look)
			return; /* they are marked themselves */
	while (u->count && u->items[0].item < at)
		remove_unit(u, 0);
	u->listed = true;
	for (size_t i = 0; i < u->count; i++)
		u->items[i].typed = true;
}

/*
 * "You may print my name: the text alone is fine": the label says what is asked, and what
 * stands behind its colon is the answer.
 */
static void label_by_colon(const struct form_row *row, struct form_units *u)
{
	for (size_t i = 0; i < u->count; i++) {
		const struct form_item *item = u->items[i].item, *next;
		size_t at = (size_t)(item - row->items);

		if (!is_choice(item) || u->items[i].sign != MARK_ABSENT ||
		    at + 2 >= row->count || !is_colon(row, &row->items[at + 1]))
			continue;
		next = &row->items[at + 2];
		if (!is_other(next) &&
		    !(is_choice(next) && next->label.field == item->label.field))
			continue;
		u->words = next;
		u->words_of = item;
		while (i < u->count)
			remove_unit(u, i);
		return;
	}
}

static void find_words(const struct form_row *row, struct form_units *u)
{
	const struct form_item *label = NULL;
	bool colon = false;

	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];

		if (is_heading(item) || is_choice(item)) {
			label = item;
			colon = false;
		} else if (item->kind == ITEM_LEAD || item->kind == ITEM_GAP) {
			colon = label != NULL;
		} else if (is_other(item) && label && colon && !u->words) {
			u->words = item;
			u->words_of = label;
		}
	}
}

/* "My choice: ..." : a label of known words that deny nothing, whatever it is about. */
static bool is_known_label(const struct form_row *row, size_t i)
{
	struct lexicon l;

	if (!is_other(&row->items[i]) || i + 1 >= row->count ||
	    !is_colon(row, &row->items[i + 1]))
		return false;
	lexicon_read(row->text + row->items[i].from,
		     row->items[i].to - row->items[i].from, &l);
	return l.count <= 8 && !l.has[WORD_UNKNOWN] && !l.has[WORD_NOT] &&
	       !l.has[WORD_OFF] && !l.has[WORD_IF] && !l.has[WORD_BUT];
}

static void find_typed(const struct form_row *row, struct form_units *u)
{
	size_t others = 0;

	for (size_t i = 0; i < row->count; i++) /* a label of its own is no sibling */
		others += is_other(&row->items[i]) &&
			  !(i + 1 < row->count && row->items[i + 1].kind == ITEM_LEAD);
	for (size_t i = 0; i < u->count; i++) {
		if (u->heading && u->items[i].item > u->heading)
			u->items[i].typed = true;
		for (size_t j = 0; &row->items[j] < u->items[i].item; j++)
			if (is_choice(u->items[i].item) && is_known_label(row, j))
				u->items[i].typed = true;
		u->items[i].sibling = others > 0;
	}
}

static void mark_of_heading(const struct form_row *row, struct form_units *u)
{
	bool marks = false, labels = u->count > 0;
	enum mark_sign sign = MARK_ABSENT;

	for (size_t i = 0; i < row->count; i++) {
		if (row->items[i].kind != ITEM_MARK)
			continue;
		sign = marks ? both(sign, row->items[i].sign) : row->items[i].sign;
		marks = true;
	}
	if (!labels && marks && u->heading)
		u->heading_sign = sign;
	u->marks_alone = marks && !labels && !u->heading;
}

void form_attach(const struct form_row *row, struct form_units *out)
{
	*out = (struct form_units){0};
	for (size_t i = 0; i < row->count; i++) {
		if (is_heading(&row->items[i]))
			out->heading = &row->items[i];
		if (is_label(&row->items[i]))
			out->items[out->count++].item = &row->items[i];
	}
	attach_marks(row, out);
	find_slots(row, out);
	find_asking(row, out);
	find_typed(row, out);
	fold_answers(out);
	keep_behind_colon(row, out);
	label_by_colon(row, out);
	find_words(row, out);
	mark_of_heading(row, out);
}
