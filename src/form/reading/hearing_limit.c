/*
 * Words that a form might offer ("Not for publication"), and none does.
 *
 * A few words read as a choice that nobody marked. In a list of choices that is one which was
 * left open. By itself it is what somebody wrote: what may be published is less than was chosen
 * elsewhere. It is of a list when choices of the same field stand beside it, among them the
 * freest, and the ones that were left open look as it does: where those have boxes, a colon or
 * a "no" behind them, words without any are none of them.
 *
 * Errors     none: in doubt it is a limit, and a person decides.
 */
#include "base/str.h"
#include "form/reading/group.h"
#include "form/reading/hearing.h"

/* What a row offers of permission. */
struct offer {
	struct form_bound bound;
	bool any;
	bool less;   /* than the freest, as far as it is understood */
	bool chosen; /* a tick, a yes, or it is typed behind what asks */
	bool open; /* a box, a colon, a "no": there is a place to choose it, and nobody did */
	bool named; /* "Marking: Confidential": behind words that are no label of a form */
};

static void read_mark(struct offer *o, enum mark_sign sign)
{
	bool chosen = sign == MARK_TICK || sign == MARK_CROSS || sign == MARK_UNCLEAR;

	o->chosen = o->chosen || chosen;
	o->open = o->open || !chosen;
}

/* Behind a choice stands what says whether it is chosen. */
static void read_behind(struct offer *o, const struct form_item *item)
{
	if (item->kind == ITEM_TEXT && item->label.kind == LABEL_YES)
		o->chosen = true;
	else
		o->open = o->open || item->kind != ITEM_TEXT ||
			  item->label.kind != LABEL_NONE;
}

/* "Consent to publish withdrawn": not understood. What is a sentence is heard as one. */
static bool is_cut_off(const struct form_row *row, const struct form_item *item)
{
	return item->label.doubtful && item->label.bound.high > FORM_NOTHING &&
	       !hearing_ends_sentence(row->text, row->text + row->len);
}

/* "none" is one below a heading that asks, and says nothing behind "Attached:". */
static bool is_choice_anywhere(const struct form_row *row, const struct form_item *item)
{
	struct label l;

	label_read(row->text + item->from, item->to - item->from, FORM_FIELDS, &l);
	return l.kind == LABEL_CHOICE && l.field == FORM_PERMISSION;
}

static struct offer read_offer(const struct form_row *row)
{
	struct offer o = {0};
	bool words = false, asked = false;

	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];

		if (item->kind == ITEM_MARK) {
			read_mark(&o, item->sign);
		} else if (o.any) {
			read_behind(&o, item);
		} else if (item->kind == ITEM_TEXT && item->label.kind == LABEL_CHOICE &&
			   item->label.field == FORM_PERMISSION) {
			o.any = true;
			o.bound = item->label.bound;
			o.less = o.bound.high < form_top(FORM_PERMISSION) ||
				 is_cut_off(row, item);
			o.named = words && is_choice_anywhere(row, item);
			o.chosen = o.chosen || asked;
		} else if (item->kind == ITEM_TEXT) {
			words = item->label.kind == LABEL_NONE;
			asked = item->label.kind == LABEL_HEADING;
		}
	}
	o.open = o.open && !o.chosen;
	return o;
}

/* The choices around one, as far as nothing else stands between. */
struct list {
	size_t bare, alike; /* with nothing to choose them by; of the same bound */
	bool freest, open;
	bool touches; /* one of them is the line above it or below */
	bool close;   /* they are lines of one paragraph themselves */
	bool apart;   /* one with nothing to choose it by begins in another column */
};

static size_t column(const struct form_row *row)
{
	return strspn(row->text, " \t");
}

static void add(struct list *l, const struct offer *o, const struct offer *own)
{
	bool bare = !o->chosen && !o->open;

	l->bare += bare;
	l->alike += bare && form_bound_same(o->bound, own->bound);
	l->freest = l->freest || !o->less;
	l->open = l->open || o->open;
}

static void look(const struct form_rows *rows, size_t number, int step,
		 const struct offer *own, struct list *l)
{
	bool touches = true, first = true;

	for (size_t i = number; step > 0 ? i + 1 < rows->count : i > 0;) {
		const struct form_row *row = &rows->items[i = step > 0 ? i + 1 : i - 1];
		struct offer o;

		if (row->blank) {
			touches = false;
			continue;
		}
		o = read_offer(row);
		if (!o.any || o.named)
			return;
		add(l, &o, own);
		l->touches = l->touches || (first && touches);
		l->close = l->close || (!first && touches);
		l->apart = l->apart || (!o.chosen && !o.open && o.less &&
					column(row) != column(&rows->items[number]));
		touches = true;
		first = false;
	}
}

bool hearing_is_limit(const struct form_rows *rows, size_t number)
{
	const struct form_row *row = &rows->items[number];
	struct offer own = read_offer(row);
	struct list l = {0};

	if (!own.any || own.chosen || !own.less)
		return false;
	if (own.named)
		return true;
	if (own.open)
		return false;
	look(rows, number, -1, &own, &l);
	look(rows, number, 1, &own, &l);
	if (!l.freest || l.open || l.alike || l.apart || (l.close && !l.touches))
		return true;
	/* The only one that was left open stands in its column. */
	return !l.bare && !(l.touches && column(row));
}
