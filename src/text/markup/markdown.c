#include "text/markup/markdown_tree.h"

#include "base/str.h"

enum { LINE_MAX_BYTES = 16000, BARS_MAX = 100, TABLES_MAX = 200, DEPTH_MAX = 100 };

/* The guards of the header's Limits, and plain text only. */
static bool lines_are_sane(const char *name, int line, const char *text, size_t len,
			   struct err *err)
{
	const char *end = text + len;
	int delimiter_rows = 0;

	for (const char *at = text, *next; at < end; at = next, line++) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t bars = 0, dashes = 0, others = 0;

		next = newline ? newline + 1 : end;
		if (next - at > LINE_MAX_BYTES)
			return err_set(
				err, ERR_INPUT,
				"%s:%d: the line is longer than %d bytes; break it up",
				name, line, LINE_MAX_BYTES);
		for (const char *c = at; c < next; c++) {
			unsigned char byte = (unsigned char)*c;

			if ((byte < 0x20 && byte != '\n' && byte != '\t' &&
			     !(byte == '\r' && c + 1 == newline)) ||
			    byte == 0x7F)
				return err_set(
					err, ERR_INPUT,
					"%s:%d: a control character (code %d); delete it",
					name, line, byte);
			bars += byte == '|';
			dashes += byte == '-';
			others += !strchr("|:-> *+.0123456789\t\r\n", byte);
		}
		if (bars > BARS_MAX)
			return err_set(err, ERR_INPUT,
				       "%s:%d: more than %d columns; split the table",
				       name, line, BARS_MAX);
		if (dashes && !others && (bars || memchr(at, ':', (size_t)(next - at))))
			delimiter_rows++;
		if (delimiter_rows > TABLES_MAX)
			return err_set(err, ERR_INPUT,
				       "%s:%d: more than %d tables; split the text", name,
				       line, TABLES_MAX);
	}
	return true;
}

/* The kinds that the library's iterator enters and never leaves. */
static bool is_leaf(cmark_node *node)
{
	switch (markdown_kind(node)) {
	case MD_CODE_BLOCK:
	case MD_HTML_BLOCK:
	case MD_RULE:
	case MD_TEXT:
	case MD_SOFT_BREAK:
	case MD_LINE_BREAK:
	case MD_CODE:
	case MD_HTML:
		return true;
	default:
		return false;
	}
}

/* Our walkers recurse; the library does not. */
static bool depth_is_sane(struct markdown *md, const char *name, struct err *err)
{
	cmark_iter *iter = cmark_iter_new(md->document);
	int depth = 0, line = 0;
	cmark_event_type event;

	while (depth <= DEPTH_MAX &&
	       (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (event == CMARK_EVENT_EXIT)
			depth--;
		else if (!is_leaf(node))
			depth++;
		if (cmark_node_get_start_line(node) > 0)
			line = cmark_node_get_start_line(node);
	}
	cmark_iter_free(iter);
	if (depth > DEPTH_MAX)
		return err_set(err, ERR_INPUT,
			       "%s:%d: more than %d things inside each other", name,
			       line + md->first_line - 1, DEPTH_MAX);
	return true;
}

static cmark_node *parse(const char *text, size_t len)
{
	static const char *const extensions[] = {"table", "autolink"};
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	cmark_node *document;

	cmark_gfm_core_extensions_ensure_registered();
	for (size_t i = 0; i < ARRAY_LEN(extensions); i++) {
		cmark_syntax_extension *e = cmark_find_syntax_extension(extensions[i]);

		ASSERT(e && cmark_parser_attach_syntax_extension(parser, e));
	}
	cmark_parser_feed(parser, text, len);
	document = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	cmark_consolidate_text_nodes(document);
	return document;
}

bool markdown_parse(const char *name, int first_line, const char *text, size_t len,
		    struct markdown **out, struct err *err)
{
	AUTO(markdown) md = NULL;

	if (len > MARKDOWN_MAX_BYTES)
		return err_set(err, ERR_INPUT, "%s: larger than %d kB; shorten it", name,
			       MARKDOWN_MAX_BYTES / 1000);
	if (!str_utf8_valid(text, len))
		return err_set(err, ERR_INPUT, "%s: is not UTF-8 text; save it as UTF-8",
			       name);
	if (!lines_are_sane(name, first_line, text, len, err))
		return false;
	md = calloc(1, sizeof(*md));
	ASSERT(md);
	md->first_line = first_line;
	md->document = parse(text, len);
	if (!depth_is_sane(md, name, err))
		return false;
	for (cmark_node *n = cmark_node_first_child(md->document); n;
	     n = cmark_node_next(n))
		md->count++;
	md->blocks = calloc(md->count + 1, sizeof(cmark_node *));
	ASSERT(md->blocks);
	md->count = 0;
	for (cmark_node *n = cmark_node_first_child(md->document); n;
	     n = cmark_node_next(n))
		md->blocks[md->count++] = n;
	*out = md;
	md = NULL;
	return true;
}

void markdown_free(struct markdown **md)
{
	if (!*md)
		return;
	cmark_node_free((*md)->document);
	free((*md)->blocks);
	free(*md);
	*md = NULL;
}

size_t markdown_blocks(const struct markdown *md)
{
	return md->count;
}

int markdown_heading(const struct markdown *md, struct arena *arena, size_t block,
		     const char **out_text, int *out_line)
{
	AUTO(buf) text = buf_new(LINE_MAX_BYTES);
	cmark_node *node;

	ASSERT(block < md->count);
	node = md->blocks[block];
	if (markdown_kind(node) != MD_HEADING)
		return 0;
	markdown_plain(node, text);
	*out_text = arena_strdup(arena, buf_text(text));
	*out_line = cmark_node_get_start_line(node) + md->first_line - 1;
	return cmark_node_get_heading_level(node);
}

/* Nodes of extensions have no number that is known when compiling. */
enum markdown_kind markdown_kind(cmark_node *node)
{
	static const struct {
		cmark_node_type type;
		enum markdown_kind kind;
	} kinds[] = {
		{CMARK_NODE_PARAGRAPH, MD_PARAGRAPH},
		{CMARK_NODE_HEADING, MD_HEADING},
		{CMARK_NODE_BLOCK_QUOTE, MD_QUOTE},
		{CMARK_NODE_LIST, MD_LIST},
		{CMARK_NODE_ITEM, MD_ITEM},
		{CMARK_NODE_CODE_BLOCK, MD_CODE_BLOCK},
		{CMARK_NODE_HTML_BLOCK, MD_HTML_BLOCK},
		{CMARK_NODE_THEMATIC_BREAK, MD_RULE},
		{CMARK_NODE_TEXT, MD_TEXT},
		{CMARK_NODE_SOFTBREAK, MD_SOFT_BREAK},
		{CMARK_NODE_LINEBREAK, MD_LINE_BREAK},
		{CMARK_NODE_CODE, MD_CODE},
		{CMARK_NODE_HTML_INLINE, MD_HTML},
		{CMARK_NODE_EMPH, MD_EMPH},
		{CMARK_NODE_STRONG, MD_STRONG},
		{CMARK_NODE_LINK, MD_LINK},
		{CMARK_NODE_IMAGE, MD_IMAGE},
	};
	cmark_node_type type = cmark_node_get_type(node);
	const char *name;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i].type == type)
			return kinds[i].kind;
	name = cmark_node_get_type_string(node);
	if (str_eq(name, "table"))
		return MD_TABLE;
	if (str_eq(name, "table_row") || str_eq(name, "table_header"))
		return MD_ROW;
	return str_eq(name, "table_cell") ? MD_CELL : MD_OTHER;
}

const char *markdown_literal(cmark_node *node)
{
	const char *literal = cmark_node_get_literal(node);

	return literal ? literal : "";
}

void markdown_clean(struct buf *to, const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t n = str_utf8_char(text + at, len - at);
		unsigned char c = (unsigned char)text[at];
		bool c1 = n == 2 && c == 0xC2 && (unsigned char)text[at + 1] < 0xA0;

		if (!n)
			n = 1;
		else if (c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7F && !c1))
			buf_add(to, text + at, n);
		at += n;
	}
}

void markdown_plain(cmark_node *node, struct buf *out)
{
	for (cmark_node *n = cmark_node_first_child(node); n; n = cmark_node_next(n)) {
		switch (markdown_kind(n)) {
		case MD_TEXT:
		case MD_CODE:
		case MD_HTML:
			markdown_clean(out, markdown_literal(n),
				       strlen(markdown_literal(n)));
			break;
		case MD_SOFT_BREAK:
		case MD_LINE_BREAK:
			buf_char(out, ' ');
			break;
		default:
			markdown_plain(n, out);
		}
	}
}

bool markdown_address(cmark_node *link, struct buf *out)
{
	static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:"};
	const char *url = cmark_node_get_url(link);
	bool known = false;

	for (size_t i = 0; i < ARRAY_LEN(schemes) && url; i++)
		known = known ||
			(str_istarts(url, schemes[i]) && url[strlen(schemes[i])]);
	if (!known)
		return false;
	for (const char *c = url; *c; c++) {
		unsigned char byte = (unsigned char)*c;

		if (byte <= 0x20 || byte >= 0x7F || strchr("<>\"'`\\^{}|", byte))
			buf_printf(out, "%%%02X", byte);
		else
			buf_char(out, *c);
	}
	return true;
}

void markdown_pictures(struct markdown *md, const struct markdown_picture *list,
		       size_t count)
{
	md->pictures = list;
	md->picture_count = count;
}

const struct markdown_picture *markdown_picture_of(const struct markdown *md,
						   cmark_node *image)
{
	const char *name = str_or(cmark_node_get_url(image), "");

	for (size_t i = 0; i < md->picture_count; i++)
		if (str_ieq(md->pictures[i].name, name))
			return &md->pictures[i];
	return NULL;
}

static const char *note_for(const struct markdown *md, cmark_node *node)
{
	static const char *const vague[] = {"here",      "click here", "link",
					    "this link", "read more",  "more",
					    "this page"};
	AUTO(buf) address = buf_new(LINE_MAX_BYTES);
	AUTO(buf) text = buf_new(LINE_MAX_BYTES);

	switch (markdown_kind(node)) {
	case MD_IMAGE:
		markdown_plain(node, text);
		if (text->len && markdown_picture_of(md, node))
			return NULL;
		return text->len
			       ? "This image is not attached, so only its description is sent."
			       : "An image has no description: write what it shows.";
	case MD_HTML:
	case MD_HTML_BLOCK:
		return "HTML is shown as the text it is: use Markdown for it.";
	case MD_LINK:
		if (!markdown_address(node, address))
			return "This link does not start with https://, http://, mailto: or tel:, "
			       "so only its text is sent.";
		markdown_plain(node, text);
		if (!text->len)
			return "A link has no text: say where it goes.";
		for (size_t i = 0; i < ARRAY_LEN(vague); i++)
			if (str_ieq(buf_text(text), vague[i]))
				return "The text of this link does not say where it goes.";
		return NULL;
	default:
		return NULL;
	}
}

size_t markdown_notes(const struct markdown *md, struct arena *arena,
		      struct markdown_note **out)
{
	cmark_iter *iter = cmark_iter_new(md->document);
	struct markdown_note *notes = NULL;
	size_t count = 0;
	int line = 0;
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		const char *note = event == CMARK_EVENT_ENTER ? note_for(md, node) : NULL;

		if (cmark_node_get_start_line(node) > 0)
			line = cmark_node_get_start_line(node);
		if (!note)
			continue;
		notes = arena_grow(arena, notes, count, sizeof(*notes));
		notes[count++] = (struct markdown_note){line + md->first_line - 1, note};
	}
	cmark_iter_free(iter);
	*out = notes;
	return count;
}
