#include "form/pieces/scan.h"
#include "base/str.h"
#include "form/pieces/form_cuts.h"
#include "form/pieces/turned.h"

enum { HEADING_REACH = 7, LABEL_BYTES = 260 };

void form_scan_begin(struct form_scan *scan, struct arena *arena)
{
	*scan = (struct form_scan){
		.arena = arena, .under = FORM_FIELDS, .before = FORM_FIELDS};
}

/* What is being taken apart. */
struct piece {
	struct form_scan *scan;
	const struct form_row *row;
	unsigned column;
};

static struct form_item *add(struct piece *p, enum item_kind kind, size_t from, size_t to)
{
	struct form_item *item;

	if (p->scan->count == ROW_ITEMS) {
		p->scan->full = true;
		p->scan->lost = p->scan->lost || kind == ITEM_MARK;
		return NULL;
	}
	item = &p->scan->items[p->scan->count++];
	*item = (struct form_item){
		.kind = kind, .column = p->column, .from = from, .to = to};
	return item;
}

static void trim(const struct form_row *row, size_t *from, size_t *to)
{
	while (*from < *to && str_is_space(row->text[*from]))
		(*from)++;
	*to = *from + str_without_tail(row->text + *from, *to - *from);
}

static unsigned look_of(const struct form_row *row, size_t from, size_t to)
{
	enum {
		STRESS = DOCUMENT_UNDERLINED | DOCUMENT_BOLD | DOCUMENT_HIGHLIGHTED |
			 DOCUMENT_FRAMED
	};
	unsigned all = DOCUMENT_MARKS_ALL, any = 0, look = 0;

	for (size_t i = from; i < to; i++) {
		if (str_is_space(row->text[i]) ||
		    (!str_is_alpha(row->text[i]) && strchr("/.,;:*()-", row->text[i])))
			continue;
		all &= row->look[i];
		any |= row->look[i];
	}
	if (all == DOCUMENT_MARKS_ALL)
		return 0;
	if ((all & DOCUMENT_STRUCK) && !(any & DOCUMENT_DOUBTED))
		look |= LOOK_STRUCK;
	else if (any & (DOCUMENT_STRUCK | DOCUMENT_DOUBTED))
		look |= LOOK_PARTLY_STRUCK;
	if ((all & STRESS) && !(any & DOCUMENT_LINKED))
		look |= LOOK_STRESSED;
	return look;
}

/* Signs around a whole text that stress it or strike it out; their width in bytes. */
static size_t wrapping(const struct form_row *row, size_t from, size_t to,
		       unsigned *out_look)
{
	static const struct {
		const char *open, *close;
		unsigned look;
	} wraps[] = {{"**", "**", LOOK_STRESSED}, {"*", "*", LOOK_STRESSED},
		     {"__", "__", LOOK_STRESSED}, {"_", "_", LOOK_STRESSED},
		     {"~~", "~~", LOOK_STRUCK},   {"~", "~", LOOK_STRUCK},
		     {"--", "--", LOOK_STRUCK},   {"-", "-", LOOK_STRUCK},
		     {"[", "]", LOOK_STRESSED},   {"(", ")", LOOK_STRESSED},
		     {"{", "}", LOOK_STRESSED},   {">>", "<<", LOOK_STRESSED}};

	for (size_t i = 0; i < ARRAY_LEN(wraps); i++) {
		size_t n = strlen(wraps[i].open);

		if (to - from <= 2 * n ||
		    strncmp(row->text + from, wraps[i].open, n) != 0 ||
		    strncmp(row->text + to - n, wraps[i].close, n) != 0 ||
		    str_is_space(row->text[from + n]) ||
		    str_is_space(row->text[to - n - 1]) ||
		    memchr(row->text + from + n, wraps[i].open[0], to - from - 2 * n))
			continue;
		*out_look = wraps[i].look;
		return n;
	}
	return 0;
}

/* "- ", "(a) ", "1. ": what stands before an item of a list; digits count apart. */
static size_t bullet(const struct form_row *row, size_t from, size_t to, bool *out_number)
{
	static const char *const signs[] = {"- ", "* ", "• ", "· ", "– ", "o ", "▪ "};
	size_t at = from + (from < to && row->text[from] == '('), word = at;

	*out_number = false;
	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (to - from > strlen(signs[i]) &&
		    strncmp(row->text + from, signs[i], strlen(signs[i])) == 0)
			return strlen(signs[i]);
	while (at < to && at - word < 4 &&
	       (str_is_digit(row->text[at]) || str_is_alpha(row->text[at])))
		at++;
	if (at == word || at - word > 3 || at + 1 >= to || !strchr(".)", row->text[at]) ||
	    !str_is_space(row->text[at + 1]))
		return 0;
	*out_number = str_is_digit(row->text[word]);
	return *out_number || at - word == 1 ? at + 1 - from : 0;
}

static void read_label(struct piece *p, size_t from, size_t to, struct label *out)
{
	label_recall(&p->scan->memo, p->row->text + from, to - from, p->scan->under, out);
}

static void add_label(struct piece *p, size_t from, size_t to, const struct label *label,
		      unsigned look)
{
	struct form_item *item = add(p, ITEM_TEXT, from, to);

	if (!item) {
		p->scan->lost = true;
		return;
	}
	item->label = *label;
	item->look = look_of(p->row, from, to) | look;
	if (label->kind == LABEL_HEADING || label->kind == LABEL_CHOICE) {
		p->scan->under = label->field;
		p->scan->left = HEADING_REACH;
	}
}

/* The whole text as one label. */
static bool whole(struct piece *p, size_t from, size_t to)
{
	struct label label;
	unsigned look = 0;
	size_t n;
	bool number;

	n = bullet(p->row, from, to, &number);
	if (n) {
		from += n;
		trim(p->row, &from, &to);
		if (number) { /* "1. Yes" answers the first question, whatever that is */
			read_label(p, from, to, &label);
			if (label.kind != LABEL_CHOICE && label.kind != LABEL_HEADING)
				return false;
		}
	}
	n = wrapping(p->row, from, to, &look);
	if (n) {
		read_label(p, from + n, to - n, &label);
		if (label.kind == LABEL_CHOICE || label.kind == LABEL_YES ||
		    label.kind == LABEL_NO) {
			add_label(p, from + n, to - n, &label, look);
			return true;
		}
	}
	read_label(p, from, to, &label);
	if (label.kind == LABEL_NONE)
		return false;
	add_label(p, from, to, &label, 0);
	return true;
}

/* Are all of them labels, or any? */
static bool labelled(struct piece *p, struct form_cuts *c, bool all)
{
	bool known = all;

	for (size_t i = 0; i < c->count; i++)
		trim(p->row, &c->from[i], &c->to[i]);
	for (size_t i = 0; i < c->count && known == all; i++) {
		struct label label;

		read_label(p, c->from[i], c->to[i], &label);
		known = label.kind != LABEL_NONE;
	}
	return known;
}

static void take(struct piece *p, size_t from, size_t to, int depth);

/* "A / B": choices, or yes and no, side by side; each is one of its own. */
static bool list_cut(struct piece *p, size_t from, size_t to, int depth)
{
	static const char *const signs[] = {" / ", "/", ";"};
	uint64_t bytes = form_cut_bytes(p->row, from, to);

	for (size_t s = 0; s < ARRAY_LEN(signs); s++) {
		struct form_cuts c;
		size_t own = 0;

		if (!form_cut_may(bytes, signs[s]))
			continue;
		form_cut(p->row, from, to, signs[s], &c);
		for (size_t i = 0; c.count > 1 && i < c.count && own == i; i++) {
			struct label label;

			trim(p->row, &c.from[i], &c.to[i]);
			read_label(p, c.from[i], c.to[i], &label);
			own += label.kind == LABEL_CHOICE || label.kind == LABEL_YES ||
			       label.kind == LABEL_NO;
		}
		if (c.count < 2 || own < c.count)
			continue;
		for (size_t i = 0; i < c.count; i++)
			take(p, c.from[i], c.to[i], depth + 1);
		return true;
	}
	return false;
}

static bool soft_cut(struct piece *p, size_t from, size_t to, int depth)
{
	static const struct {
		const char *sign;
		bool lead, all;
	} signs[] = {{" - ", true, false}, {" – ", true, false},  {" — ", true, false},
		     {"..", true, false},  {" / ", false, false}, {"/", false, true},
		     {";", false, true},   {" or ", false, true}, {", ", false, true},
		     {"", false, true},    {"  ", false, false}};
	uint64_t bytes = form_cut_bytes(p->row, from, to);

	for (size_t s = 0; s < ARRAY_LEN(signs); s++) {
		struct form_cuts c;

		if (!form_cut_may(bytes, signs[s].sign))
			continue;
		form_cut(p->row, from, to, signs[s].sign, &c);
		if (c.count < 2 || !labelled(p, &c, signs[s].all))
			continue;
		for (size_t i = 0; i < c.count; i++) {
			if (i && signs[s].lead)
				(void)add(p, ITEM_LEAD, c.from[i], c.from[i]);
			take(p, c.from[i], c.to[i], depth + 1);
		}
		return true;
	}
	return false;
}

/* "Individual yes", "Y Individual": an answer as the last or first word. */
static bool answer_beside(struct piece *p, size_t from, size_t to)
{
	const char *text = p->row->text;
	size_t last = to, first = from;
	struct label answer, rest;

	while (last > from && !str_is_space(text[last - 1]))
		last--;
	while (first < to && !str_is_space(text[first]))
		first++;
	if (last == from || first == to)
		return false;
	read_label(p, last, to, &answer);
	if (answer.kind == LABEL_YES || answer.kind == LABEL_NO) {
		read_label(p, from, last, &rest);
		if (rest.kind == LABEL_CHOICE || rest.kind == LABEL_HEADING) {
			add_label(p, from, last, &rest, 0);
			add_label(p, last, to, &answer, 0);
			return true;
		}
	}
	if (first - from > 3)
		return false;
	read_label(p, from, first, &answer);
	if (answer.kind != LABEL_YES && answer.kind != LABEL_NO)
		return false;
	read_label(p, first, to, &rest);
	if (rest.kind == LABEL_CHOICE) {
		add_label(p, from, first, &answer, 0);
		(void)add(p, ITEM_LEAD, first, first);
		add_label(p, first, to, &rest, 0);
		return true;
	}
	return false;
}

/* Where a colon, an equals sign or a question mark parts the text; to: nowhere. */
static size_t hard_cut(const struct form_row *row, size_t from, size_t to)
{
	int depth = 0;

	for (size_t i = from; i < to; i++) {
		char c = row->text[i];

		depth += c == '(' ? 1 : c == ')' && depth ? -1 : 0;
		if (depth)
			continue;
		if ((c == ':' && row->text[i + 1] != '/') || c == '=')
			return i;
		if (c == '?' && i + 1 < to)
			return i;
	}
	return to;
}

static void take(struct piece *p, size_t from, size_t to, int depth)
{
	enum form_field under = p->scan->under;
	size_t at;
	struct form_item *item;

	trim(p->row, &from, &to);
	if (from == to)
		return;
	at = hard_cut(p->row, from, to);
	if (at < to && depth < 12) {
		take(p, from, at + (p->row->text[at] == '?'), depth + 1);
		(void)add(p, ITEM_LEAD, at, at + 1);
		if (is_none_of_other(p->row->text, from, at, to)) {
			p->scan->under = FORM_FIELDS;
			take(p, at + 1, to, depth + 1);
			p->scan->under = under;
			return;
		}
		take(p, at + 1, to, depth + 1);
		return;
	}
	if (to - from <= LABEL_BYTES && depth < 12 &&
	    (list_cut(p, from, to, depth) || whole(p, from, to) ||
	     soft_cut(p, from, to, depth) || answer_beside(p, from, to)))
		return;
	item = add(p, ITEM_TEXT, from, to);
	if (item) {
		item->label.field = FORM_FIELDS;
		item->look = look_of(p->row, from, to);
	}
}

static size_t gap_at(const char *text, size_t at, size_t to)
{
	size_t n = text[at] == ' ' ? strspn(text + at, " ") : 0;

	return n >= 3 && at + n < to ? n : 0;
}

/* A mark that was struck out says neither. */
static enum mark_sign standing(const struct form_row *row, size_t from, size_t to,
			       enum mark_sign sign)
{
	bool struck = row->look[from] & (DOCUMENT_STRUCK | DOCUMENT_DOUBTED) &&
		      sign != MARK_EMPTY;

	return struck || mark_is_struck(row->text, from, to, row->len) ? MARK_UNCLEAR
								       : sign;
}

/* As mark_begins_none() has them, and blanks. */
static const bool passes[256] = {
	[' '] = true, ['A'] = true, ['B'] = true, ['C'] = true, ['D'] = true,
	['E'] = true, ['F'] = true, ['G'] = true, ['H'] = true, ['I'] = true,
	['J'] = true, ['K'] = true, ['L'] = true, ['M'] = true, ['N'] = true,
	['O'] = true, ['P'] = true, ['Q'] = true, ['R'] = true, ['S'] = true,
	['T'] = true, ['U'] = true, ['V'] = true, ['W'] = true, ['Y'] = true,
	['Z'] = true, ['a'] = true, ['b'] = true, ['c'] = true, ['d'] = true,
	['e'] = true, ['f'] = true, ['g'] = true, ['h'] = true, ['i'] = true,
	['j'] = true, ['k'] = true, ['l'] = true, ['m'] = true, ['n'] = true,
	['o'] = true, ['p'] = true, ['q'] = true, ['r'] = true, ['s'] = true,
	['t'] = true, ['u'] = true, ['v'] = true, ['w'] = true, ['y'] = true,
	['z'] = true};

/* One cell: its marks, and the texts between them. */
static void cell(struct piece *p, size_t from, size_t to, bool of_table)
{
	const char *text = p->row->text;
	size_t begin, i;
	enum mark_sign sign;
	struct form_item *item;

	trim(p->row, &from, &to);
	if (to - from > 2 && (text[from] == '-' || text[from] == '*') &&
	    text[from + 1] == ' ') {
		from += 2; /* of a list */
		trim(p->row, &from, &to);
	}
	if (of_table && to - from <= 6 && to > from) {
		struct label label;

		read_label(p, from, to, &label);
		sign = mark_of_cell(text + from, to - from);
		if (sign != MARK_ABSENT && label.kind != LABEL_YES &&
		    label.kind != LABEL_NO) {
			item = add(p, ITEM_MARK, from, to);
			if (item)
				item->sign = sign;
			return;
		}
	}
	for (begin = i = from; i < to;) {
		if (passes[(unsigned char)text[i]] &&
		    (text[i] != ' ' || text[i + 1] != ' ')) {
			i++; /* most letters, and a blank between words */
			continue;
		}
		/* Marks end where the cell does; a copy keeps the look-ahead inside. */
		size_t n = mark_begins_none(text[i])
				   ? 0
				   : mark_read(text + from, i - from, to - from, &sign);
		size_t gap = n ? 0 : gap_at(text, i, to);
		if (!n && !gap) {
			size_t one = (unsigned char)text[i] < 0x80
					     ? 1
					     : str_utf8_char(text + i, to - i);

			i += one ? one : 1;
			continue;
		}
		take(p, begin, i, 0);
		item = add(p, n ? ITEM_MARK : ITEM_GAP, i, i + n + gap);
		if (item)
			item->sign = n ? standing(p->row, i, i + n, sign) : MARK_ABSENT;
		i += n + gap;
		begin = i;
	}
	take(p, begin, to, 0);
}

/* More than one sentence, and no mark beside them: somebody is writing. */
static bool is_prose(const struct form_row *row)
{
	enum mark_sign sign;
	bool sentences = false;

	for (size_t i = 0; i < row->len; i++) {
		if (passes[(unsigned char)row->text[i]])
			continue;
		if (strchr("\t|:=", row->text[i]) ||
		    mark_read(row->text, i, row->len, &sign))
			return false;
		sentences =
			sentences || (i > 8 && strchr(".!", row->text[i]) &&
				      str_is_space(row->text[i + 1]) &&
				      row->text[i + 2 < row->len ? i + 2 : i] >= 'A' &&
				      row->text[i + 2 < row->len ? i + 2 : i] <= 'Z');
	}
	return sentences || row->len > 2 * LABEL_BYTES;
}

/*
 * "| A | B |" has bars around its cells, "A | B" and " | X" between them: where the row
 * before shows that bars only part, they do here.
 */
static bool has_border(struct form_scan *s, const struct form_row *row, size_t from)
{
	size_t end = str_without_tail(row->text, row->len);
	bool bars = memchr(row->text, '|', row->len) != NULL, border;

	border = bars && row->text[from] == '|' && end && row->text[end - 1] == '|' &&
		 !s->parting;
	s->parting = bars && !border;
	return border;
}

static void scan(struct form_scan *s, struct form_row *row)
{
	struct piece p = {s, row, 0};
	size_t from = strspn(row->text, " "), at;
	bool of_table = row->table || memchr(row->text, '\t', row->len) ||
			memchr(row->text, '|', row->len);
	bool bars = has_border(s, row, from);

	s->count = 0;
	s->full = s->lost = false;
	if (!row->table && is_prose(row)) {
		add(&p, ITEM_TEXT, from, row->len)->label.field = FORM_FIELDS;
		row->count = s->count;
		row->items = arena_memdup(s->arena, s->items, sizeof(s->items[0]));
		return;
	}
	if (row->table || !bars)
		from = row->table ? 0 : from;
	else
		from++;
	for (at = from;; at++) {
		if (at < row->len && row->text[at] != '\t' && row->text[at] != '|')
			continue;
		if (at == row->len && bars && at == from)
			break; /* behind the last bar */
		if (p.column)
			(void)add(&p, ITEM_GAP, from, from);
		p.column++;
		if (of_table &&
		    str_blank(arena_strndup(s->arena, row->text + from, at - from)))
			(void)add(&p, ITEM_BLANK, from, at);
		else
			cell(&p, from, at, of_table);
		if (at >= row->len)
			break;
		from = at + 1;
	}
	row->count = s->count;
	row->items = arena_memdup(s->arena, s->items, s->count * sizeof(s->items[0]) + 1);
	row->full = s->full;
	row->lost = s->lost;
}

void form_scan_row(struct form_scan *s, struct form_row *row)
{
	s->before = s->under;
	s->left_before = s->left;
	row->count = 0;
	if (row->blank || row->rule)
		return;
	if (s->left && --s->left == 0)
		s->under = FORM_FIELDS;
	scan(s, row);
}

void form_scan_again(struct form_scan *s, struct form_row *row)
{
	s->under = s->before;
	s->left = s->left_before;
	scan(s, row);
}
