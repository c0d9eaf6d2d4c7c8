#include "text/markup/markdown_tree.h"

#include "base/str.h"

/*
 * Outlook's Word engine wants margins on the elements themselves and borders of tables as
 * attributes; colours are left to the document's own style, for dark mode.
 */
enum element {
	EL_P,
	EL_HEADING,
	EL_LIST,
	EL_INNER_LIST,
	EL_ITEM,
	EL_QUOTE,
	EL_PRE,
	EL_CODE,
	EL_RULE,
	EL_TABLE,
	EL_CELL,
	EL_LINK,
	EL_IMAGE
};

enum { MAIL_WIDTH = 560 }; /* of a picture: what the usual layout has room for */

#define MONOSPACE "font-family:Consolas,Menlo,monospace;font-size:15px"

static const char *const mail_styles[] = {
	[EL_P] = "margin:0 0 16px 0",
	[EL_HEADING] = "margin:24px 0 8px 0;font-size:18px;line-height:24px",
	[EL_LIST] = "margin:0 0 16px 0;padding:0 0 0 24px",
	[EL_INNER_LIST] = "margin:8px 0 0 0;padding:0 0 0 24px",
	[EL_ITEM] = "margin:0 0 8px 0",
	[EL_QUOTE] = "margin:0 0 16px 0;padding:0 0 0 16px;border-left:4px solid #767676",
	[EL_PRE] = ("margin:0 0 16px 0;white-space:pre-wrap;" MONOSPACE),
	[EL_CODE] = MONOSPACE,
	[EL_RULE] = "margin:24px 0;border:0;border-top:1px solid #767676",
	[EL_TABLE] = "margin:0 0 16px 0;border-collapse:collapse;border-color:#767676",
	[EL_CELL] = "vertical-align:top",
	[EL_LINK] = "color:#0b5394;text-decoration:underline",
	[EL_IMAGE] = "max-width:100%;height:auto;border:0",
};

struct html {
	const struct markdown *md;
	struct buf *out;
	bool mail;
	int top;
};

static void block(struct html *h, cmark_node *node);
static void inlines(struct html *h, cmark_node *node);

static void escape(struct buf *to, const char *text)
{
	AUTO(buf) clean = buf_new(MARKDOWN_MAX_BYTES * 4);

	markdown_clean(clean, text, strlen(text));
	for (const char *c = buf_text(clean); *c; c++) {
		if (*c == '&')
			buf_str(to, "&amp;");
		else if (*c == '<')
			buf_str(to, "&lt;");
		else if (*c == '>')
			buf_str(to, "&gt;");
		else if (*c == '"')
			buf_str(to, "&quot;");
		else
			buf_char(to, *c);
	}
}

/* "<name attributes style>" */
static void start_tag(struct html *h, const char *name, const char *attributes,
		      enum element style)
{
	buf_printf(h->out, "<%s%s", name, attributes);
	if (h->mail)
		buf_printf(h->out, " style=\"%s\"", mail_styles[style]);
	buf_char(h->out, '>');
}

static void end_tag(struct html *h, const char *name)
{
	buf_printf(h->out, "</%s>", name);
}

static void blocks(struct html *h, cmark_node *node)
{
	for (cmark_node *n = cmark_node_first_child(node); n; n = cmark_node_next(n))
		block(h, n);
}

static void anchor(struct html *h, cmark_node *node)
{
	AUTO(buf) address = buf_new(MARKDOWN_MAX_BYTES);

	if (!markdown_address(node, address)) {
		inlines(h, node);
		return;
	}
	buf_str(h->out, "<a href=\"");
	escape(h->out, buf_text(address));
	buf_char(h->out, '"');
	if (h->mail)
		buf_printf(h->out, " style=\"%s\"", mail_styles[EL_LINK]);
	buf_char(h->out, '>');
	inlines(h, node);
	end_tag(h, "a");
}

static void image(struct html *h, cmark_node *node)
{
	const struct markdown_picture *p = markdown_picture_of(h->md, node);
	const char *src = !p ? NULL : h->mail ? p->mail_src : p->web_src;
	AUTO(buf) alt = buf_new(MARKDOWN_MAX_BYTES);
	int width = p ? p->width : 0, height = p ? p->height : 0;

	if (str_empty(src)) {
		inlines(h, node);
		return;
	}
	if (h->mail && width > MAIL_WIDTH) {
		height = (int)((int64_t)height * MAIL_WIDTH / width);
		width = MAIL_WIDTH;
	}
	markdown_plain(node, alt);
	buf_str(h->out, "<img src=\"");
	escape(h->out, src);
	buf_str(h->out, "\" alt=\"");
	escape(h->out, buf_text(alt));
	buf_printf(h->out, "\" width=\"%d\" height=\"%d\"", width, height ? height : 1);
	if (h->mail)
		buf_printf(h->out, " style=\"%s\"", mail_styles[EL_IMAGE]);
	buf_char(h->out, '>');
}

static void inline_node(struct html *h, cmark_node *node)
{
	switch (markdown_kind(node)) {
	case MD_TEXT:
	case MD_HTML:
		escape(h->out, markdown_literal(node));
		break;
	case MD_SOFT_BREAK:
		buf_char(h->out, '\n');
		break;
	case MD_LINE_BREAK:
		buf_str(h->out, "<br>\n");
		break;
	case MD_CODE:
		start_tag(h, "code", "", EL_CODE);
		escape(h->out, markdown_literal(node));
		end_tag(h, "code");
		break;
	case MD_EMPH:
		buf_str(h->out, "<em>");
		inlines(h, node);
		end_tag(h, "em");
		break;
	case MD_STRONG:
		buf_str(h->out, "<strong>");
		inlines(h, node);
		end_tag(h, "strong");
		break;
	case MD_LINK:
		anchor(h, node);
		break;
	case MD_IMAGE:
		image(h, node);
		break;
	default:
		inlines(h, node);
	}
}

static void inlines(struct html *h, cmark_node *node)
{
	for (cmark_node *n = cmark_node_first_child(node); n; n = cmark_node_next(n))
		inline_node(h, n);
}

static void list(struct html *h, cmark_node *node)
{
	bool tight = cmark_node_get_list_tight(node);
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);
	char from[32] = "";

	if (ordered && start != 1)
		(void)snprintf(from, sizeof(from), " start=\"%d\"", start);
	start_tag(h, ordered ? "ol" : "ul", from,
		  markdown_kind(cmark_node_parent(node)) == MD_ITEM ? EL_INNER_LIST
								    : EL_LIST);
	buf_char(h->out, '\n');
	for (cmark_node *item = cmark_node_first_child(node); item;
	     item = cmark_node_next(item)) {
		start_tag(h, "li", "", EL_ITEM);
		for (cmark_node *n = cmark_node_first_child(item); n;
		     n = cmark_node_next(n)) {
			if (!tight || markdown_kind(n) != MD_PARAGRAPH) {
				block(h, n);
				continue;
			}
			inlines(h, n);
			if (cmark_node_next(n))
				buf_char(h->out, '\n');
		}
		buf_str(h->out, "</li>\n");
	}
	buf_str(h->out, ordered ? "</ol>\n" : "</ul>\n");
}

/* Mail programs know the old attribute; in a page it is for the style sheet to say. */
static const char *alignment(const struct html *h, cmark_node *table, size_t column)
{
	const uint8_t *all = cmark_gfm_extensions_get_table_alignments(table);

	if (!all || column >= cmark_gfm_extensions_get_table_columns(table))
		return "";
	if (!h->mail)
		return all[column] == 'r'   ? " class=\"right\""
		       : all[column] == 'c' ? " class=\"center\""
					    : "";
	return all[column] == 'r'   ? " align=\"right\""
	       : all[column] == 'c' ? " align=\"center\""
				    : " align=\"left\"";
}

static void table(struct html *h, cmark_node *node)
{
	/* A table wider than a phone scrolls by itself; with the keyboard, too. */
	buf_str(h->out, h->mail ? "<div style=\"overflow-x:auto\">"
				: "<div class=\"table\" tabindex=\"0\">");
	start_tag(h, "table",
		  h->mail ? " border=\"1\" cellspacing=\"0\" cellpadding=\"8\"" : "",
		  EL_TABLE);
	buf_char(h->out, '\n');
	for (cmark_node *row = cmark_node_first_child(node); row;
	     row = cmark_node_next(row)) {
		bool head = cmark_gfm_extensions_get_table_row_is_header(row);
		size_t column = 0;

		buf_str(h->out, "<tr>");
		for (cmark_node *cell = cmark_node_first_child(row); cell;
		     cell = cmark_node_next(cell), column++) {
			char attributes[48];

			(void)snprintf(attributes, sizeof(attributes), "%s%s",
				       head ? " scope=\"col\"" : "",
				       alignment(h, node, column));
			start_tag(h, head ? "th" : "td", attributes, EL_CELL);
			inlines(h, cell);
			end_tag(h, head ? "th" : "td");
		}
		buf_str(h->out, "</tr>\n");
	}
	buf_str(h->out, "</table></div>\n");
}

static void heading(struct html *h, cmark_node *node)
{
	int level = cmark_node_get_heading_level(node);
	char name[4];

	level = level < h->top ? h->top : level;
	(void)snprintf(name, sizeof(name), "h%d", level > 6 ? 6 : level);
	start_tag(h, name, "", EL_HEADING);
	inlines(h, node);
	end_tag(h, name);
	buf_char(h->out, '\n');
}

static void wrapped(struct html *h, cmark_node *node, const char *name,
		    enum element style)
{
	start_tag(h, name, "", style);
	if (style == EL_QUOTE)
		blocks(h, node);
	else if (style == EL_PRE)
		escape(h->out, markdown_literal(node));
	else
		inlines(h, node);
	end_tag(h, name);
	buf_char(h->out, '\n');
}

static void block(struct html *h, cmark_node *node)
{
	switch (markdown_kind(node)) {
	case MD_PARAGRAPH:
		wrapped(h, node, "p", EL_P);
		break;
	case MD_HEADING:
		heading(h, node);
		break;
	case MD_QUOTE:
		wrapped(h, node, "blockquote", EL_QUOTE);
		break;
	case MD_LIST:
		list(h, node);
		break;
	case MD_CODE_BLOCK:
	case MD_HTML_BLOCK:
		wrapped(h, node, "pre", EL_PRE);
		break;
	case MD_RULE:
		start_tag(h, "hr", "", EL_RULE);
		buf_char(h->out, '\n');
		break;
	case MD_TABLE:
		table(h, node);
		break;
	default:
		blocks(h, node);
	}
}

void markdown_html(const struct markdown *md, size_t from, size_t to,
		   enum markdown_use use, int top, struct buf *out)
{
	struct html h = {.md = md, .out = out, .mail = use == MARKDOWN_MAIL, .top = top};

	ASSERT(from <= to && to <= md->count);
	for (size_t i = from; i < to; i++)
		block(&h, md->blocks[i]);
}
