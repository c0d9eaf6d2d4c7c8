#include "form/pieces/row.h"
#include "base/utf8_cut.h"
#include "base/str.h"
#include "form/pieces/scan.h"

enum { JOINED_MOST = 700, PROSE_LINE = 45 };

/* One line of a cell, flattened; of a line that is too long for a row, a piece. */
struct line {
	char *text;
	unsigned *look;
	size_t len;
	bool piece; /* a later one */
};

/* The lines of one cell, or of one block outside a table. */
struct lines {
	struct line *items;
	size_t count;
};

struct flat {
	struct arena *arena;
	struct lines *to;
	char text[ROW_TEXT + 1];
	unsigned look[ROW_TEXT + 1];
	size_t len;
	bool piece; /* what is gathered goes on with a line */
};

static void begin_lines(struct flat *f, struct lines *to)
{
	f->to = to;
	f->len = 0;
	f->piece = false;
}

static void add_line(struct flat *f, size_t len)
{
	struct lines *to = f->to;
	struct line *l;

	to->items = arena_grow(f->arena, to->items, to->count, sizeof(*to->items));
	l = &to->items[to->count++];
	l->text = arena_strndup(f->arena, f->text, len);
	l->look = arena_memdup(f->arena, f->look, (len + 1) * sizeof(f->look[0]));
	l->len = len;
	l->piece = f->piece;
}

static void end_line(struct flat *f)
{
	f->text[f->len] = '\0';
	add_line(f, f->len);
	f->len = 0;
	f->piece = false;
}

/* Where a line that fills a row is best parted: behind a sentence, a word, a letter. */
static size_t best_part(const struct flat *f)
{
	size_t word = 0;

	for (size_t at = f->len - 1; at; at--) {
		if (!str_is_space(f->text[at]))
			continue;
		if (strchr(".!?", f->text[at - 1]))
			return at + 1;
		if (!word)
			word = at + 1;
	}
	return word ? word : utf8_whole(f->text, f->len);
}

/* The first part of what fills a row becomes a line, and what is left begins the next. */
static void part_line(struct flat *f)
{
	size_t at = best_part(f);

	add_line(f, at);
	f->len -= at;
	memmove(f->text, f->text + at, f->len);
	memmove(f->look, f->look + at, f->len * sizeof(f->look[0]));
	f->piece = true;
}

static void put(struct flat *f, const char *text, size_t len, unsigned look)
{
	while (len) {
		size_t n;

		if (f->len == ROW_TEXT)
			part_line(f);
		n = ROW_TEXT - f->len < len ? ROW_TEXT - f->len : len;
		memcpy(f->text + f->len, text, n);
		for (size_t i = 0; i < n; i++)
			f->look[f->len + i] = look;
		f->len += n;
		text += n;
		len -= n;
	}
}

/* Controls, and the blank that keeps a line together, are plain blanks: their bytes. */
static size_t odd_blank(const char *at)
{
	if (*at == '\xC2')
		return at[1] == '\xA0' ? 2 : 0;
	return *at == '\r' || (unsigned char)*at < 9;
}

static void put_words(struct flat *f, const struct document_run *run)
{
	const char *from = run->words, *at = from;

	for (size_t n; *at; at += n ? n : 1) {
		n = odd_blank(at);
		if (!n)
			continue;
		put(f, from, (size_t)(at - from), run->marks);
		put(f, " ", 1, run->marks);
		from = at + n;
	}
	put(f, from, (size_t)(at - from), run->marks);
}

static bool is_prompt(const char *value)
{
	return str_istarts(value, "choose ") || str_istarts(value, "select") ||
	       str_istarts(value, "please ") || str_istarts(value, "click ") ||
	       str_istarts(value, "-- ");
}

static void put_entry(struct flat *f, const struct document_run *run, bool alone)
{
	const struct document_entry *e = run->entry;
	static const char boxes[] = {[DOCUMENT_EMPTY] = MARK_BOX_EMPTY,
				     [DOCUMENT_TICKED] = MARK_BOX_TICKED,
				     [DOCUMENT_UNCLEAR] = MARK_BOX_UNCLEAR};

	if (!e)
		return;
	if (run->kind == DOCUMENT_BOX) {
		put(f, &boxes[e->state], 1, 0);
		if (alone && e->label) {
			put(f, " ", 1, 0);
			put(f, e->label, strlen(e->label), 0);
		}
		return;
	}
	if (alone && e->label) {
		put(f, e->label, strlen(e->label), 0);
		put(f, ": ", 2, 0);
	}
	if (str_blank(e->value) || is_prompt(e->value)) {
		put(f, " ____ ", 6, 0);
		return;
	}
	for (const char *at = e->value; *at; at++)
		put(f, (unsigned char)*at < ' ' ? " " : at, 1, 0);
}

static bool no_words(const struct document_block *b)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->runs[i].kind == DOCUMENT_WORDS && !str_blank(b->runs[i].words))
			return false;
	return true;
}

static void block_lines(struct flat *f, const struct document_block *b, struct lines *to)
{
	bool alone = no_words(b);

	begin_lines(f, to);
	for (size_t i = 0; i < b->count; i++) {
		const struct document_run *run = &b->runs[i];

		if (run->kind == DOCUMENT_BREAK)
			end_line(f);
		else if (run->kind == DOCUMENT_WORDS)
			put_words(f, run);
		else
			put_entry(f, run, alone);
	}
	end_line(f);
}

static struct form_row *add_row(struct arena *arena, struct form_rows *out,
				const struct document_block *b, const struct line *l)
{
	struct form_row *row;

	out->items = arena_grow(arena, out->items, out->count, sizeof(*out->items));
	row = &out->items[out->count++];
	row->text = l->text;
	row->look = l->look;
	row->len = l->len;
	row->line = row->last_line = b->line;
	row->table = b->table;
	row->number = b->row;
	row->quote = b->quote;
	row->list = b->kind == DOCUMENT_ITEM;
	row->aside = b->kind == DOCUMENT_ASIDE;
	row->rule = b->kind == DOCUMENT_RULE;
	row->blank = str_blank(l->text);
	row->goes_on = l->piece;
	return row;
}

/* Cells side by side in one line, parted by tabs. */
static void join_cells(struct flat *f, const struct lines *cells, size_t count,
		       size_t number, struct line *out)
{
	struct lines one = {0};

	begin_lines(f, &one);
	for (size_t i = 0; i < count; i++) {
		const struct line *l = &cells[i].items[number];

		if (i)
			put(f, "\t", 1, 0);
		for (size_t j = 0; j < l->len; j++)
			put(f, l->text[j] == '\t' ? " " : l->text + j, 1, l->look[j]);
	}
	end_line(f);
	*out = one.items[0];
}

/* Do the cells have as many lines, and is there room for those of each side by side? */
static bool fit_together(const struct lines *cells, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (cells[i].count != cells[0].count)
			return false;
	for (size_t n = 0; n < cells[0].count; n++) {
		size_t len = count;

		for (size_t i = 0; i < count; i++)
			len += cells[i].items[n].len;
		if (len > ROW_TEXT)
			return false;
	}
	return true;
}

/* Blank lines at the end of a cell say nothing. */
static void trim_cell(struct lines *cell)
{
	while (cell->count > 1 && str_blank(cell->items[cell->count - 1].text))
		cell->count--;
}

static void table_row(struct flat *f, struct form_rows *out,
		      const struct document_block *b, struct lines *cells, size_t count)
{
	bool together = fit_together(cells, count);
	struct line joined;

	if (!together) {
		for (size_t i = 0; i < count; i++)
			trim_cell(&cells[i]);
		together = fit_together(cells, count);
	}
	if (together) {
		for (size_t n = 0; n < cells[0].count; n++) {
			join_cells(f, cells, count, n, &joined);
			(void)add_row(f->arena, out, b, &joined);
		}
		return;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < cells[i].count; n++)
			(void)add_row(f->arena, out, b, &cells[i].items[n]);
}

enum { CELLS_MOST = 40 };

/* All blocks of one row of a table; returns how many. */
static size_t take_table_row(struct flat *f, const struct document *doc, size_t from,
			     struct form_rows *out)
{
	struct lines cells[CELLS_MOST] = {0};
	const struct document_block *first = &doc->blocks[from];
	size_t i = from, count = 0;
	unsigned column = 0;

	for (; i < doc->count; i++) {
		const struct document_block *b = &doc->blocks[i];

		if (b->table != first->table || b->row != first->row)
			break;
		/* What stands in no cell, a caption perhaps, has the column 0. */
		if (!count || (b->column != column && count < CELLS_MOST)) {
			count++;
			column = b->column;
		}
		block_lines(f, b, &cells[count - 1]);
	}
	table_row(f, out, first, cells, count);
	return i - from;
}

/* Its last letter, behind which only quotes and blanks follow; NUL: there is none. */
static char last_letter(const struct form_row *row)
{
	size_t len = row->len;

	while (len &&
	       (str_is_space(row->text[len - 1]) || strchr("\"')*_", row->text[len - 1])))
		len--;
	return len ? row->text[len - 1] : '\0';
}

static bool ends_sentence(const struct form_row *row)
{
	static const char *const stops[] = {"\xE0\xA5\xA4", "\xDB\x94", "\xE3\x80\x82",
					    "\xD8\x9F"}; /* danda, Arabic and CJK stops */
	char last = last_letter(row);

	for (size_t i = 0; i < ARRAY_LEN(stops); i++)
		if (row->len >= strlen(stops[i]) &&
		    memcmp(row->text + row->len - strlen(stops[i]), stops[i],
			   strlen(stops[i])) == 0)
			return true;

	return last && strchr(".:?!;=|", last);
}

static bool ends_whole(const struct form_row *row)
{
	char last = last_letter(row);

	return last && strchr(".?!", last);
}

static bool ends_within(const struct form_row *row)
{
	static const char *const within[] = {
		"to",   "be",      "with", "my", "the",  "a",    "an",  "of",   "for",
		"or",   "and",     "not",  "in", "on",   "by",   "as",  "is",   "our",
		"your", "without", "you",  "at", "that", "from", "any", "under"};
	size_t end = row->len, from;

	end = str_without_tail(row->text, end);
	from = end;
	while (from && str_is_alpha(row->text[from - 1]))
		from--;
	for (size_t i = 0; i < ARRAY_LEN(within); i++)
		if (end - from == strlen(within[i]) && from &&
		    strncmp(row->text + from, within[i], end - from) == 0)
			return true;
	return row->len && (strchr(",/", row->text[end ? end - 1 : 0]) ||
			    (strrchr(row->text, '(') && !strrchr(row->text, ')')));
}

static bool has_kind(const struct form_row *row, enum label_kind kind)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind == ITEM_TEXT && row->items[i].label.kind == kind)
			return true;
	return false;
}

static bool has_item(const struct form_row *row, enum item_kind kind)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind == kind)
			return true;
	return false;
}

bool form_row_is_form(const struct form_row *row)
{
	if (row->goes_on)
		return false;
	return has_item(row, ITEM_MARK) || has_kind(row, LABEL_CHOICE) ||
	       has_kind(row, LABEL_HEADING) || has_kind(row, LABEL_YES) ||
	       has_kind(row, LABEL_NO) || has_kind(row, LABEL_HINT);
}

/* "Postcode: ..." begins something of its own. */
static bool is_labelled(const struct form_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind == ITEM_LEAD &&
		    strchr(":=", row->text[row->items[i].from]))
			return row->items[i].from < 60;
	return false;
}

/* "(without name)": the rest of a label, on a line of its own. */
static bool in_brackets(const struct form_row *row)
{
	const char *from = row->text + strspn(row->text, " "), *end = strchr(from, ')');

	return *from == '(' && end && str_blank(end + 1) && end - from > 3;
}

/*
 * "with my name ✘    without my" and, below, "name ✔": a label that was wrapped among those of
 * a row with marks. Its rest begins the next row, in small letters, and has marks behind it.
 */
static bool label_goes_on(const struct form_row *a, const struct form_row *b)
{
	size_t last = a->count;

	while (last && a->items[last - 1].kind == ITEM_GAP)
		last--;
	return last && b->count && has_item(a, ITEM_MARK) &&
	       a->items[last - 1].kind == ITEM_TEXT && b->items[0].kind == ITEM_TEXT &&
	       b->items[0].label.kind != LABEL_HEADING && !is_labelled(b);
}

/* Does the sentence of this row go on in the next? */
static bool wrapped(const struct form_row *a, const struct form_row *b)
{
	const char *at = b->text + strspn(b->text, " ");
	bool form_b = form_row_is_form(b), marked_b = has_item(b, ITEM_MARK);
	/* "I" is a capital that may stand anywhere in a sentence. */
	bool small = (*at >= 'a' && *at <= 'z') || (*at == 'I' && strchr(" '", at[1]) &&
						    !form_b && !form_row_is_form(a));

	if (a->blank || b->blank || a->rule || b->rule || a->table || b->table ||
	    a->quote != b->quote || b->list || a->aside != b->aside || ends_sentence(a))
		return false;
	if (marked_b)
		return small && label_goes_on(a, b);
	if (is_labelled(b))
		return false;
	if (ends_within(a) || *at == '/')
		return true;
	if (in_brackets(b) && !has_kind(b, LABEL_HINT) && !has_kind(b, LABEL_YES) &&
	    !has_kind(b, LABEL_NO))
		return true;
	if (small && strstr(a->text, " / ") && strstr(b->text, " / "))
		return true;
	if (has_item(a, ITEM_LEAD) && a->len < PROSE_LINE)
		return false; /* a label with its value */
	if (small && a->len >= PROSE_LINE && b->count && b->items[0].kind == ITEM_TEXT &&
	    b->items[0].label.kind == LABEL_NONE)
		return true;
	if (has_item(b, ITEM_LEAD))
		return false;
	if (form_row_is_form(a))
		return small && !form_b;
	return small || a->len >= PROSE_LINE + 10;
}

static void join_rows(struct arena *arena, struct form_row *a, const struct form_row *b)
{
	size_t skip = strspn(b->text, " "), len = a->len + 1 + b->len - skip;
	char *text = arena_alloc(arena, len + 1);
	unsigned *look = arena_make(arena, unsigned, len + 1);

	memcpy(text, a->text, a->len);
	memcpy(look, a->look, a->len * sizeof(*look));
	text[a->len] = ' ';
	look[a->len] = a->len ? a->look[a->len - 1] : 0;
	memcpy(text + a->len + 1, b->text + skip, b->len - skip);
	memcpy(look + a->len + 1, b->look + skip, (b->len - skip) * sizeof(*look));
	a->text = text;
	a->look = look;
	a->len = len;
	a->last_line = b->last_line;
}

/* Puts wrapped lines together and reads what stands in each row. */
static void scan_rows(struct arena *arena, struct form_rows *rows)
{
	struct form_scan scan;
	size_t kept = 0;

	form_scan_begin(&scan, arena);
	for (size_t i = 0; i < rows->count; i++) {
		struct form_row *last = kept ? &rows->items[kept - 1] : NULL;
		struct form_row *row = &rows->items[kept];
		bool piece;

		*row = rows->items[i];
		piece = row->goes_on;
		form_scan_row(&scan, row);
		if (last && wrapped(last, row)) {
			if (last->len + row->len < JOINED_MOST) {
				join_rows(arena, last, row);
				form_scan_again(&scan, last);
				continue;
			}
			row->goes_on = true;
		}
		/* Marks are read wherever they stand. */
		row->goes_on = row->goes_on && !has_item(row, ITEM_MARK);
		if (last && (row->goes_on || piece))
			last->cut = !ends_whole(last);
		/* Whether a label or a mark goes with the other part, nobody can say. */
		if (last && last->cut)
			rows->cut = rows->cut || form_row_is_form(last) ||
				    form_row_is_form(row);
		kept++;
	}
	for (size_t i = 0; i < kept; i++)
		rows->cut = rows->cut || rows->items[i].lost ||
			    (rows->items[i].full && form_row_is_form(&rows->items[i]));
	rows->count = kept;
}

void form_rows_read(struct arena *arena, const struct document *doc,
		    struct form_rows *out)
{
	struct flat *f = arena_make(arena, struct flat, 1);

	*out = (struct form_rows){0};
	f->arena = arena;
	for (size_t i = 0; i < doc->count;) {
		const struct document_block *b = &doc->blocks[i];
		struct lines lines = {0};

		if (out->count > 50000) {
			out->cut = true;
			break;
		}
		if (b->table) {
			i += take_table_row(f, doc, i, out);
			continue;
		}
		block_lines(f, b, &lines);
		for (size_t n = 0, line = b->line; n < lines.count; n++) {
			struct form_row *row = add_row(arena, out, b, &lines.items[n]);

			row->list = row->list && n == 0;
			line += n && !lines.items[n].piece;
			row->line = row->last_line = line;
		}
		i++;
	}
	scan_rows(arena, out);
}
