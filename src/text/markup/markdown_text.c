#include "text/markup/markdown_tree.h"

#include "base/str.h"

enum {
	WIDTH = 72,
	LINE_MAX_BYTES = 980, /* a mail's 998 with something to spare */
	PREFIX_MAX_BYTES = 1200,
	COLUMNS_MAX = 101,
	INLINE_MAX = 4 * MARKDOWN_MAX_BYTES
};

/* Lines go out with a prefix ("> ", "  "); the first line of an item has its mark instead. */
struct writer {
	struct buf *out;
	struct buf first, rest;
	bool started; /* something stands above at this level */
};

static void blocks(struct writer *w, cmark_node *node, bool tight);

/* As much of a word as a line holds behind its prefix, whole characters. */
static size_t word_piece(const char *word, size_t len, size_t prefix)
{
	size_t room = prefix < LINE_MAX_BYTES - 300 ? LINE_MAX_BYTES - prefix : 300;
	size_t cut = len < room ? len : room;

	while (cut < len && cut > 1 && ((unsigned char)word[cut] & 0xC0) == 0x80)
		cut--;
	return cut;
}

static void trim_line(struct buf *out)
{
	while (out->len && out->bytes[out->len - 1] == ' ')
		out->bytes[--out->len] = '\0';
}

static void wrap(struct buf *out, const char *first, const char *rest, const char *text)
{
	size_t used = str_utf8_count(first, strlen(first)), start = used,
	       prefix = strlen(rest);

	buf_str(out, first);
	while (*text) {
		size_t len = strcspn(text, " \t\n"), piece;

		if (!len) {
			if (*text++ != '\n')
				continue;
			trim_line(out);
			buf_char(out, '\n');
			buf_str(out, rest);
			used = start = str_utf8_count(rest, strlen(rest));
			continue;
		}
		piece = word_piece(text, len, prefix);
		if (used > start && used + 1 + str_utf8_count(text, piece) > WIDTH) {
			trim_line(out);
			buf_char(out, '\n');
			buf_str(out, rest);
			used = start = str_utf8_count(rest, strlen(rest));
		} else if (used > start) {
			buf_char(out, ' ');
			used++;
		}
		buf_add(out, text, piece);
		used += str_utf8_count(text, piece);
		text += piece;
	}
	trim_line(out);
	buf_char(out, '\n');
}

void markdown_wrap_long(struct buf *out, const char *text)
{
	AUTO(buf) line = buf_new(INLINE_MAX);

	while (*text) {
		size_t len = strcspn(text, "\n"), indent = strspn(text, " ");
		size_t hang = str_starts(text + indent, "* ") ? 2 : 0;
		char first[] = "    ", rest[] = "      ";

		if (str_utf8_count(text, len) <= WIDTH || indent >= 4) {
			buf_add(out, text, len);
			buf_char(out, '\n');
		} else {
			buf_reset(line);
			buf_add(line, text + indent, len - indent);
			first[indent] = '\0';
			rest[indent + hang] = '\0';
			wrap(out, first, rest, buf_text(line));
		}
		text += len + (text[len] == '\n');
	}
}

void markdown_underline(struct buf *out, const char *text, char rule)
{
	size_t from = out->len, width = 0, line = 0;

	wrap(out, "", "", text);
	for (size_t i = from; i < out->len; i++) {
		line = out->bytes[i] == '\n'
			       ? 0
			       : line + (((unsigned char)out->bytes[i] & 0xC0) != 0x80);
		width = line > width ? line : width;
	}
	for (size_t i = 0; i < width && i < WIDTH; i++)
		buf_char(out, rule);
	buf_char(out, '\n');
}

static void inlines(cmark_node *node, struct buf *out);

static void show_link(cmark_node *node, struct buf *out)
{
	AUTO(buf) address = buf_new(MARKDOWN_MAX_BYTES);
	size_t from = out->len;
	const char *shown;

	inlines(node, out);
	if (!markdown_address(node, address))
		return;
	shown = buf_text(address);
	if (str_istarts(shown, "mailto:") || str_istarts(shown, "tel:"))
		shown = strchr(shown, ':') + 1;
	if (out->len == from)
		buf_str(out, shown);
	else if (!str_eq(buf_text(out) + from, shown) &&
		 !str_eq(buf_text(out) + from, buf_text(address)))
		buf_printf(out, " (%s)", shown);
}

static void inlines(cmark_node *node, struct buf *out)
{
	for (cmark_node *n = cmark_node_first_child(node); n; n = cmark_node_next(n)) {
		const char *literal = markdown_literal(n);

		switch (markdown_kind(n)) {
		case MD_TEXT:
		case MD_HTML:
		case MD_CODE:
			markdown_clean(out, literal, strlen(literal));
			break;
		case MD_SOFT_BREAK:
			buf_char(out, ' ');
			break;
		case MD_LINE_BREAK:
			buf_char(out, '\n');
			break;
		case MD_STRONG:
			buf_char(out, '*');
			inlines(n, out);
			buf_char(out, '*');
			break;
		case MD_EMPH:
			buf_char(out, '_');
			inlines(n, out);
			buf_char(out, '_');
			break;
		case MD_LINK:
			show_link(n, out);
			break;
		default:
			inlines(n, out);
		}
	}
}

/* The prefix of the next line, which is then that of an item's later lines. */
static void take_first(struct writer *w, struct buf *prefix)
{
	buf_reset(prefix);
	buf_add(prefix, w->first.bytes, w->first.len);
	buf_reset(&w->first);
	buf_add(&w->first, w->rest.bytes, w->rest.len);
}

static void part(struct writer *w, bool tight)
{
	if (w->started && !tight) {
		size_t from = w->out->len;

		buf_add(w->out, w->rest.bytes, w->rest.len);
		while (w->out->len > from && w->out->bytes[w->out->len - 1] == ' ')
			w->out->bytes[--w->out->len] = '\0';
		buf_char(w->out, '\n');
	}
	w->started = true;
}

static void paragraph(struct writer *w, const char *text)
{
	AUTO(buf) prefix = buf_new(PREFIX_MAX_BYTES);

	take_first(w, prefix);
	wrap(w->out, buf_text(prefix), buf_text(&w->rest), text);
}

static void heading(struct writer *w, cmark_node *node)
{
	AUTO(buf) text = buf_new(INLINE_MAX);
	AUTO(buf) lines = buf_new(INLINE_MAX);
	char rule = cmark_node_get_heading_level(node) < 3 ? '-' : '.';

	inlines(node, text);
	markdown_underline(lines, buf_text(text), rule);
	for (char *line = lines->bytes, *end; line && *line; line = end + 1) {
		AUTO(buf) prefix = buf_new(PREFIX_MAX_BYTES);

		end = strchr(line, '\n');
		take_first(w, prefix);
		buf_add(w->out, prefix->bytes, prefix->len);
		buf_add(w->out, line, (size_t)(end - line) + 1);
	}
}

/* Code keeps its lines; one too long for a mail is cut. */
static void code(struct writer *w, cmark_node *node)
{
	AUTO(buf) clean = buf_new(INLINE_MAX);
	AUTO(buf) prefix = buf_new(PREFIX_MAX_BYTES);
	const char *literal = markdown_literal(node);

	markdown_clean(clean, literal, strlen(literal));
	for (const char *line = buf_text(clean); *line;) {
		size_t len = strcspn(line, "\n"),
		       piece = word_piece(line, len, w->rest.len + 4);

		take_first(w, prefix);
		buf_printf(w->out, "%s%s%.*s\n", buf_text(prefix), len ? "    " : "",
			   (int)piece, line);
		line += piece;
		line += *line == '\n' && piece == len;
	}
}

/* Blocks behind a mark: "> ", "* ", "12. ". */
static void behind(struct writer *w, cmark_node *node, const char *first,
		   const char *rest, bool tight)
{
	size_t had = w->rest.len;

	buf_str(&w->first, first);
	buf_str(&w->rest, rest);
	w->started = false;
	blocks(w, node, tight);
	if (!w->started) /* nothing in it: its mark still shows */
		paragraph(w, "");
	w->started = true;
	w->rest.len = had;
	w->rest.bytes[had] = '\0';
	buf_reset(&w->first);
	buf_add(&w->first, w->rest.bytes, w->rest.len);
}

static void list(struct writer *w, cmark_node *node)
{
	bool tight = cmark_node_get_list_tight(node);
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int number = cmark_node_get_list_start(node);
	static const char spaces[] = "                "; /* as wide as the widest mark */

	for (cmark_node *item = cmark_node_first_child(node); item;
	     item = cmark_node_next(item), number++) {
		char mark[24] = "* ";

		if (ordered)
			(void)snprintf(mark, sizeof(mark), "%d. ", number);
		if (cmark_node_previous(item))
			part(w, tight);
		ASSERT(strlen(mark) < sizeof(spaces));
		behind(w, item, mark, spaces + sizeof(spaces) - 1 - strlen(mark), tight);
	}
}

static const char *cell_text(cmark_node *cell, struct buf *text)
{
	buf_reset(text);
	if (cell)
		inlines(cell, text);
	for (char *c = text->bytes; c && *c; c++)
		if (*c == '\n')
			*c = ' ';
	return buf_text(text);
}

static void pad(struct buf *to, size_t count, char with)
{
	for (size_t i = 0; i < count; i++)
		buf_char(to, with);
}

static void table_line(cmark_node *row, const size_t *widths, const uint8_t *align,
		       size_t columns, struct buf *line)
{
	AUTO(buf) text = buf_new(INLINE_MAX);
	cmark_node *cell = cmark_node_first_child(row);

	for (size_t c = 0; c < columns; c++, cell = cell ? cmark_node_next(cell) : NULL) {
		const char *shown = cell_text(cell, text);
		size_t gap = widths[c] - str_utf8_count(shown, strlen(shown));
		size_t before = align[c] == 'r' ? gap : align[c] == 'c' ? gap / 2 : 0;

		pad(line, before + (c ? 2 : 0), ' ');
		buf_str(line, shown);
		pad(line, gap - before, ' ');
	}
	trim_line(line);
}

static void put_line(struct writer *w, const struct buf *line)
{
	AUTO(buf) prefix = buf_new(PREFIX_MAX_BYTES);

	take_first(w, prefix);
	buf_printf(w->out, "%s%s\n", buf_text(prefix), buf_text(line));
}

/* A table too wide for a line: each row as "heading: value" lines. */
static void tall_table(struct writer *w, cmark_node *node)
{
	cmark_node *head = cmark_node_first_child(node);
	AUTO(buf) name = buf_new(INLINE_MAX);
	AUTO(buf) text = buf_new(INLINE_MAX);
	AUTO(buf) line = buf_new(INLINE_MAX);

	if (!cmark_node_next(head)) {
		for (cmark_node *c = cmark_node_first_child(head); c;
		     c = cmark_node_next(c))
			paragraph(w, cell_text(c, text));
		return;
	}
	for (cmark_node *row = cmark_node_next(head); row; row = cmark_node_next(row)) {
		cmark_node *title = cmark_node_first_child(head);

		if (cmark_node_previous(row) != head)
			part(w, false);
		for (cmark_node *cell = cmark_node_first_child(row); cell;
		     cell = cmark_node_next(cell)) {
			buf_reset(line);
			buf_printf(line, "%s: %s", cell_text(title, name),
				   cell_text(cell, text));
			paragraph(w, name->len ? buf_text(line) : buf_text(text));
			title = title ? cmark_node_next(title) : NULL;
		}
	}
}

static void table(struct writer *w, cmark_node *node)
{
	size_t widths[COLUMNS_MAX] = {0}, sum = 0;
	size_t columns = cmark_gfm_extensions_get_table_columns(node);
	const uint8_t *align = cmark_gfm_extensions_get_table_alignments(node);
	AUTO(buf) text = buf_new(INLINE_MAX);
	AUTO(buf) line = buf_new(INLINE_MAX);

	ASSERT(columns <= COLUMNS_MAX);
	for (cmark_node *row = cmark_node_first_child(node); row;
	     row = cmark_node_next(row)) {
		cmark_node *cell = cmark_node_first_child(row);

		for (size_t c = 0; c < columns && cell;
		     c++, cell = cmark_node_next(cell)) {
			const char *shown = cell_text(cell, text);
			size_t width = str_utf8_count(shown, strlen(shown));

			widths[c] = width > widths[c] ? width : widths[c];
		}
	}
	for (size_t c = 0; c < columns; c++)
		sum += widths[c] + (c ? 2 : 0);
	if (sum + str_utf8_count(buf_text(&w->rest), w->rest.len) > WIDTH) {
		tall_table(w, node);
		return;
	}
	for (cmark_node *row = cmark_node_first_child(node); row;
	     row = cmark_node_next(row)) {
		buf_reset(line);
		table_line(row, widths, align, columns, line);
		put_line(w, line);
		if (!cmark_gfm_extensions_get_table_row_is_header(row))
			continue;
		buf_reset(line);
		for (size_t c = 0; c < columns; c++) {
			buf_str(line, c ? "  " : "");
			pad(line, widths[c], '-');
		}
		put_line(w, line);
	}
}

static void block(struct writer *w, cmark_node *node)
{
	AUTO(buf) text = buf_new(INLINE_MAX);

	switch (markdown_kind(node)) {
	case MD_PARAGRAPH:
		inlines(node, text);
		paragraph(w, buf_text(text));
		break;
	case MD_HEADING:
		heading(w, node);
		break;
	case MD_QUOTE:
		behind(w, node, "> ", "> ", false);
		break;
	case MD_LIST:
		list(w, node);
		break;
	case MD_CODE_BLOCK:
	case MD_HTML_BLOCK:
		code(w, node);
		break;
	case MD_RULE:
		paragraph(w, "* * *");
		break;
	case MD_TABLE:
		table(w, node);
		break;
	default:
		blocks(w, node, false);
	}
}

static void blocks(struct writer *w, cmark_node *node, bool tight)
{
	for (cmark_node *n = cmark_node_first_child(node); n; n = cmark_node_next(n)) {
		part(w, tight);
		block(w, n);
	}
}

void markdown_text(const struct markdown *md, size_t from, size_t to, struct buf *out)
{
	struct writer w = {.out = out};

	ASSERT(from <= to && to <= md->count);
	buf_init(&w.first, PREFIX_MAX_BYTES);
	buf_init(&w.rest, PREFIX_MAX_BYTES);
	buf_str(&w.rest, "");
	for (size_t i = from; i < to; i++) {
		part(&w, false);
		block(&w, md->blocks[i]);
	}
	buf_clear(&w.first);
	buf_clear(&w.rest);
}
