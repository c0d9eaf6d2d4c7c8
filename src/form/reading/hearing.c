#include "form/pieces/mark.h"
#include "form/reading/hearing.h"
#include "base/str.h"
#include "doubts/doubts.h"
#include "form/reading/beside.h"
#include "form/prose/prose.h"
#include "form/reading/steps.h"
#include "form/pieces/turned.h"
#include "text/letter/frame.h"
#include "text/words/sentence.h"

enum { NEAR_ROWS = 3, BEHIND = 3, BODY = 400, WORD_LEAST = 4 };

static void doubt(struct hearing *h, enum form_field field, const struct form_row *row,
		  const char *words)
{
	if (h->out->doubts[field].words)
		return; /* it is in doubt already */
	h->out->doubts[field] =
		(struct form_reading){.field = field,
				      .how = FORM_WRITTEN,
				      .bound = {FORM_NOTHING, form_top(field)},
				      .doubtful = true,
				      .line = row->line,
				      .words = words};
}

/* Rows that hold labels were read as a form; a list is no sentence, whatever it says. */
static bool is_sentence(const struct form_row *row)
{
	if (row->blank || row->rule || row->quote || row->table || row->aside)
		return false;
	if (row->goes_on)
		return true;
	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];

		if (item->kind == ITEM_MARK || item->kind == ITEM_BLANK)
			return false;
		if (item->kind == ITEM_LEAD && item->to > item->from && item->from < 60)
			return false; /* a label with its value */
		if (item->kind == ITEM_TEXT && item->label.kind != LABEL_NONE &&
		    !(item->label.kind == LABEL_HEADING && row->count == 1 &&
		      item->label.own_voice))
			return false;
	}
	return true;
}

/* In quotes, or below "my sister wrote:": perhaps nobody's own words. */
static bool is_told(const struct hearing *h, const char *at)
{
	return h->told || strchr("\"'", *at) || str_starts(at, "“") ||
	       str_starts(at, "‘") || str_starts(at, "«");
}

static void hear_doubts(struct hearing *h, const struct form_row *row, const char *at,
			size_t len, unsigned place)
{
	enum doubts_of what;

	if (mark_not_chosen(at, len))
		return;

	if (h->out->doubts[FORM_PERMISSION].words && h->out->doubts[FORM_CONTACT].words)
		return;
	if (hearing_is_datum(at, len))
		return;
	what = doubts_hear(at, len, place);
	if (what == DOUBTS_NOTHING || frame_is_notice(at, len))
		return;
	at = arena_strndup(h->arena, at, len);
	if (what & DOUBTS_PUBLISHING)
		doubt(h, FORM_PERMISSION, row, at);
	/* What is said right below the question about contact may be said of that. */
	if (what & DOUBTS_CONTACT ||
	    (h->nearest == FORM_CONTACT && h->since <= NEAR_ROWS && !h->answers))
		doubt(h, FORM_CONTACT, row, at);
}

/* Where a clause ends that something else may follow, within a sentence; its end: nowhere. */
static const char *clause_end(const char *at, const char *end)
{
	static const char *const signs[] = {", ",  "; ",  " (",    " - ",
					    " – ", " — ", " but ", ": "};

	for (; at < end; at++)
		for (size_t i = 0; !str_is_alpha(*at) && i < ARRAY_LEN(signs); i++)
			if (str_starts(at, signs[i]))
				return at + strlen(signs[i]);
	return end;
}

/* What hangs behind a permission in its own sentence: "..., but he must not see it". */
static void hear_clauses(struct hearing *h, const struct form_row *row, const char *at,
			 size_t len)
{
	const char *end = at + len;

	while ((at = clause_end(at, end)) < end) {
		const char *to = clause_end(at, end);
		struct prose_reading r[PROSE_READINGS];

		if (!prose_read(at, (size_t)(to - at), FORM_FIELDS, r))
			hear_doubts(h, row, at, (size_t)(to - at), hearing_place(h));
	}
}

/* What a sentence says, and its words for what else is asked of them. */
static size_t read_words(const char *at, size_t len, struct lexicon *words,
			 struct prose_reading out[PROSE_READINGS])
{
	lexicon_read(at, len, words);
	return prose_read_words(at, len, words, FORM_FIELDS, out);
}

static void hear(struct hearing *h, const struct form_row *row, const char *at,
		 size_t len, bool part)
{
	struct prose_reading r[PROSE_READINGS];
	struct lexicon l;
	size_t n = read_words(at, len, &l, r);
	const char *words = n ? arena_strndup(h->arena, at, len) : NULL;
	bool told = is_told(h, at), said = false, given = false, contact = false;
	bool is_body = row->len > BODY && !h->behind;
	enum prose_doubt against;

	if (h->behind)
		h->behind--;
	for (size_t i = 0; i < n; i++) {
		form_add_reading(
			h->out,
			&(struct form_reading){.field = r[i].field,
					       .how = FORM_WRITTEN,
					       .bound = r[i].bound,
					       .doubtful = r[i].doubtful || part || told,
					       .line = row->line,
					       .words = words});
		said = said || r[i].field == FORM_PERMISSION;
		contact = contact || r[i].field == FORM_CONTACT;
		given = given || (r[i].field != FORM_TYPE && r[i].bound.low > 0);
		if (r[i].bound.low > 0)
			h->behind = BEHIND;
	}
	if (given && doubts_is_foreign(at, len))
		hear_doubts(h, row, at, len, hearing_place(h));
	else if (given)
		hear_clauses(h, row, at, len);
	if (said)
		return;
	against = prose_doubts_words(at, len, &l,
				     h->behind && !n ? PROSE_BEHIND : PROSE_ANYWHERE);
	if (against != PROSE_NO_DOUBT) {
		words = arena_strndup(h->arena, at, len);
		doubt(h, FORM_PERMISSION, row, words);
		if (against == PROSE_TAKEN_BACK)
			doubt(h, FORM_CONTACT, row, words);
	}
	/*
	 * What refuses to be contacted was understood, and a long paragraph is about the
	 * subject: both are heard for plain doubts alone.
	 */
	if (!given)
		hear_doubts(h, row, at, len,
			    hearing_place(h) | (contact || is_body ? DOUBTS_ANSWER : 0U) |
				    (n ? DOUBTS_VALUE : 0U) |
				    (is_body ? DOUBTS_BODY : 0U));
}

/* A sentence that is not whole may be turned by what is missing. */
static void read_sentences(struct hearing *h, const struct form_row *row,
			   const struct form_row *before)
{
	const char *first = row->text + strspn(row->text, " \t"), *at = first;

	if (hearing_is_datum(row->text, row->len))
		return; /* "Mrs J. Marsh" are no two sentences */
	while (*at) {
		const char *end = sentence_end(row->text, at);
		bool part = (at == first && before && before->cut) || (row->cut && !*end);

		hear(h, row, at, (size_t)(end - at), part);
		if (end == at)
			break;
		at = end;
	}
}

/* What stands beside a form allows nothing; what it refuses puts in doubt what is allowed. */
static void hear_words(struct hearing *h, const struct form_row *row, const char *at,
		       const char *end, unsigned place)
{
	while (at < end) {
		const char *to = sentence_end(row->text, at);
		struct prose_reading r[PROSE_READINGS];
		struct lexicon l;
		size_t n, len;

		to = to > end || to == at ? end : to;
		len = (size_t)(to - at);
		n = read_words(at, len, &l, r);
		for (size_t i = 0; i < n; i++)
			if (r[i].field != FORM_TYPE && r[i].bound.low <= 0)
				doubt(h, r[i].field, row,
				      arena_strndup(h->arena, at, len));
		if (!n &&
		    prose_doubts_words(at, len, &l, PROSE_ANYWHERE) != PROSE_NO_DOUBT)
			doubt(h, FORM_PERMISSION, row, arena_strndup(h->arena, at, len));
		if (!n)
			hear_doubts(h, row, at, len, place);
		at = to;
	}
}

static void hear_beside(struct hearing *h, const struct form_row *row, const char *at,
			const char *end)
{
	hear_words(h, row, at, end, hearing_place(h));
}

/* More than a postcode or a number. */
static bool has_word(const char *text, size_t len)
{
	for (size_t i = 0, letters = 0; i < len; i++) {
		letters = str_is_alpha(text[i]) ? letters + 1 : 0;
		if (letters == WORD_LEAST)
			return true;
	}
	return false;
}

/*
 * What stands in a field of who responds: "Ada Brock (not to be printed)". It allows nothing; a
 * name, an address or a number says nothing of it.
 */
static void hear_value(struct hearing *h, const struct form_row *row, size_t from)
{
	const char *text = row->text + from;
	size_t len = row->len - from;

	if (has_word(text, len) && !hearing_is_datum(text, len))
		hear_words(h, row, text, text + len, hearing_place(h) | DOUBTS_VALUE);
}

/* One cell: from its first item to its last. */
struct cell {
	size_t from, to;
	bool mark, label;
};

static size_t read_cell(const struct form_row *row, size_t i, struct cell *out)
{
	*out = (struct cell){0};
	for (; i < row->count && row->items[i].kind != ITEM_GAP; i++) {
		const struct form_item *item = &row->items[i];

		if (item->kind == ITEM_TEXT && !out->to)
			out->from = item->from;
		if (item->kind == ITEM_TEXT)
			out->to = item->to;
		out->mark = out->mark || item->kind == ITEM_MARK;
		out->label = out->label ||
			     (item->kind == ITEM_TEXT && item->label.kind != LABEL_NONE);
	}
	return i + 1;
}

/*
 * What stands in cells beside the marks and labels of a row. Behind a label a cell may have
 * any words; what reads like a sentence there is one. Words behind a mark are heard alone.
 */
static void hear_others(struct hearing *h, const struct form_row *row)
{
	bool label = false;

	for (size_t i = 0; i < row->count;) {
		size_t next;
		struct cell c;

		next = read_cell(row, i, &c);
		if (!c.mark && c.to && (row->table || label) &&
		    (!c.label || (label && hearing_ends_sentence(row->text + c.from,
								 row->text + c.to))))
			hear_beside(h, row, row->text + c.from, row->text + c.to);
		for (; c.mark && i + 1 < next && i < row->count; i++)
			if (row->items[i].kind == ITEM_TEXT && label &&
			    row->items[i].label.kind == LABEL_NONE)
				hear_beside(h, row, row->text + row->items[i].from,
					    row->text + row->items[i].to);
			else
				label = label || (row->items[i].kind == ITEM_TEXT &&
						  row->items[i].label.kind != LABEL_NONE);
		label = label || c.label;
		i = next;
	}
}

/* A sentence of somebody's own that was read as what the form offers: "You may publish it." */
static const struct form_item *own_label(const struct form_row *row)
{
	const struct form_item *own = NULL;

	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];

		if (item->kind == ITEM_MARK)
			return NULL;
		if (item->kind == ITEM_TEXT && item->label.kind == LABEL_CHOICE &&
		    item->label.own_voice)
			own = item;
	}
	return own;
}

/* What the choices have of this row already leaves no more than it says. */
static bool is_heard(const struct hearing *h, const struct form_row *row)
{
	for (size_t i = 0; i < h->out->count; i++)
		if (h->out->readings[i].field == FORM_PERMISSION &&
		    h->out->readings[i].line == row->line &&
		    (h->out->readings[i].doubtful ||
		     h->out->readings[i].bound.high < form_top(FORM_PERMISSION)))
			return true;
	return false;
}

/* A sentence that sounds like a choice may leave less than what is chosen, and gives nothing. */
static void hear_less(struct hearing *h, const struct form_row *row, const char *text)
{
	struct prose_reading r[PROSE_READINGS];
	size_t n = prose_read(text, strlen(text), FORM_FIELDS, r);

	for (size_t i = 0; i < n; i++) {
		if (r[i].field == FORM_TYPE)
			continue;
		if (r[i].doubtful || r[i].bound.high == 0)
			doubt(h, r[i].field, row, text);
		else if (r[i].bound.high < form_top(r[i].field))
			form_add_reading(h->out,
					 &(struct form_reading){
						 .field = r[i].field,
						 .how = FORM_WRITTEN,
						 .bound = {FORM_NOTHING, r[i].bound.high},
						 .line = row->line,
						 .words = text});
	}
}

/* What was read as a part of a form may be a sentence all the same, when nothing is marked. */
static void hear_label(struct hearing *h, const struct form_row *row, bool alone)
{
	const struct form_item *own = own_label(row);
	const char *text = row->text + strspn(row->text, " \t");
	bool one = row->count == 1;
	size_t value;
	struct lexicon l;

	lexicon_read(row->text, row->len, &l);
	if (hearing_is_cry(h, row) ||
	    (hearing_is_limit(h->rows, (size_t)(row - h->rows->items)) &&
	     !is_heard(h, row))) {
		doubt(h, FORM_PERMISSION, row, text);
	} else if (own) {
		if (is_told(h, text) || prose_reports(&l))
			doubt(h, own->label.field, row, text);
		if (alone && own->label.field == FORM_PERMISSION &&
		    str_istarts(text, "please ") && l.has[WORD_NOT])
			doubt(h, FORM_PERMISSION, row, text);
		h->behind = BEHIND;
	} else if (one && row->items[0].label.kind == LABEL_CHOICE && alone &&
		   row->text[row->len - 1] == '.') { /* a label has no full stop */
		if (prose_doubts(text, strlen(text), PROSE_ANYWHERE) != PROSE_NO_DOUBT)
			doubt(h, FORM_PERMISSION, row, text);
	} else if (one && row->items[0].label.kind == LABEL_HINT &&
		   prose_doubts(text, strlen(text), PROSE_ANYWHERE) == PROSE_TAKEN_BACK) {
		doubt(h, FORM_PERMISSION, row, text);
	}
	if (hearing_is_label_said(h, row, &l))
		hear_doubts(h, row, text, strlen(text), hearing_place(h));
	else if ((value = form_row_value(row)) != 0)
		hear_value(h, row, value);
	else if (hearing_is_labelled_value(row) && !str_is_digit(*text) &&
		 !row_says_no(row))
		hear_words(h, row, text, row->text + row->len,
			   hearing_place(h) | DOUBTS_VALUE);
	else if (hearing_is_labelled_value(row))
		hear_doubts(h, row, text, strlen(text), h->places | DOUBTS_ANSWER);
	else if (!str_is_digit(*text) && !row_says_no(row) &&
		 hearing_is_said_with_labels(h, row))
		hear_beside(h, row, text, row->text + row->len);
	if (one && row->items[0].label.kind == LABEL_CHOICE && !h->full_stops &&
	    hearing_ends_sentence(text, text + strlen(text)))
		hear_less(h, row, text);
	hear_others(h, row);
}

/* "My sister wrote to you:", and what she wrote below. */
static bool tells(const struct form_row *row)
{
	size_t len = row->len;
	struct lexicon l;

	len = str_without_tail(row->text, len);
	if (!len || row->text[len - 1] != ':')
		return false;
	lexicon_read(row->text, len, &l);
	return prose_reports(&l);
}

/* "[ ] NO!!!", "[ ] Do not publish (my choice)": the box is empty, and it was meant. */
static bool is_stressed_unmarked(const struct form_row *row)
{
	bool empty = false;

	for (size_t i = 0; i < row->count; i++) {
		if (row->items[i].kind != ITEM_MARK)
			continue;
		if (row->items[i].sign != MARK_EMPTY)
			return false;
		empty = true;
	}
	return empty && choice_is_stressed(row);
}

static void hear_row(struct hearing *h, size_t number)
{
	const struct form_row *row = &h->rows->items[number];
	bool alone = (!number || row[-1].blank) &&
		     (number + 1 == h->rows->count || row[1].blank);

	if (row->blank || row->rule || row->quote)
		return;
	if (is_stressed_unmarked(row) || row_is_signed(row) ||
	    row_denies(row, h->answers ? TURNED_AMONG_ANSWERS : TURNED_BESIDE))
		doubt(h, FORM_PERMISSION, row, row->text);
	if (is_stressed_unmarked(row) || prose_wants_peace(row->text, row->len))
		doubt(h, FORM_CONTACT, row, row->text);
	if (is_sentence(row) || hearing_is_postscript(row))
		read_sentences(h, row, number ? row - 1 : NULL);
	else if (row->aside)
		hear_beside(h, row, row->text, row->text + row->len);
	else if (row->table && hearing_is_cry(h, row))
		doubt(h, FORM_PERMISSION, row, row->text);
	else if (row->table)
		hear_others(h, row);
	else
		hear_label(h, row, alone);
}

/* Lines beside what was chosen or typed, once all is read. */
static void hear_neighbours(struct hearing *h)
{
	size_t row = 0;

	for (size_t i = 0; i < h->out->count; i++) {
		const struct form_reading *r = &h->out->readings[i];
		const struct form_row *odd;

		if (r->field == FORM_TYPE || r->bound.low <= 0 || r->doubtful)
			continue;
		for (row = 0;
		     row < h->rows->count && h->rows->items[row].line != r->line;)
			row++;
		if (row == h->rows->count)
			continue;
		odd = beside_in_doubt(h->rows, row, r);
		if (odd)
			doubt(h, r->field, odd, odd->text);
	}
}

void form_hear(struct arena *arena, const struct form_rows *rows, struct form *out)
{
	struct hearing *h = arena_make(arena, struct hearing, 1);

	h->arena = arena;
	h->out = out;
	h->rows = rows;
	hearing_look_over(h);
	for (size_t i = 0; i < rows->count; i++) {
		hearing_find_place(h, i);
		hear_row(h, i);
		if (!rows->items[i].blank)
			h->told = tells(&rows->items[i]);
	}
	hear_neighbours(h);
}
