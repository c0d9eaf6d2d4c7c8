#include "text/markup/html_safe.h"
#include "base/str.h"
#include "text/markup/html_parse.h"

enum { DEPTH_MAX = 400, INPUT_MAX = 8 << 20, STYLE_MOST = 2000, TITLE_MOST = 500 };

struct builder {
	struct buf *to;
	/* What was opened for each open element: NULL when it is not on the list. */
	const char *open[DEPTH_MAX];
	size_t depth, silent; /* silent: the depth at which silence began; 0: none */
	bool cut;
};

static const char *const elements[] = {
	"a",          "abbr",   "address", "article", "aside",  "b",    "bdi",  "big",
	"blockquote", "body",   "br",      "caption", "center", "cite", "code", "col",
	"colgroup",   "dd",     "del",     "dfn",     "div",    "dl",   "dt",   "em",
	"figcaption", "figure", "font",    "footer",  "h1",     "h2",   "h3",   "h4",
	"h5",         "h6",     "header",  "hr",      "i",      "img",  "ins",  "kbd",
	"li",         "main",   "ol",      "p",       "pre",    "q",    "s",    "samp",
	"section",    "small",  "span",    "strike",  "strong", "sub",  "sup",  "table",
	"tbody",      "td",     "tfoot",   "th",      "thead",  "tr",   "tt",   "u",
	"ul",         "var",    "wbr"};
static const char *const empty_elements[] = {"br", "col", "hr", "img", "wbr"};
/* What stands in these was never meant to be read. */
static const char *const silent_elements[] = {
	"applet", "audio",   "canvas",   "frameset", "head",   "iframe",
	"math",   "noembed", "noframes", "noscript", "object", "script",
	"style",  "svg",     "template", "title",    "video"};
/* With values of letters, digits and a few signs. */
static const char *const attributes[] = {
	"align",   "bgcolor", "border", "cellpadding", "cellspacing", "color",
	"colspan", "dir",     "face",   "height",      "lang",        "nowrap",
	"rowspan", "size",    "span",   "start",       "valign",      "width"};
static const char *const properties[] = {"background-color", "border",
					 "border-bottom",    "border-collapse",
					 "border-color",     "border-left",
					 "border-right",     "border-spacing",
					 "border-style",     "border-top",
					 "border-width",     "color",
					 "direction",        "font",
					 "font-family",      "font-size",
					 "font-style",       "font-variant",
					 "font-weight",      "height",
					 "letter-spacing",   "line-height",
					 "list-style-type",  "margin",
					 "margin-bottom",    "margin-left",
					 "margin-right",     "margin-top",
					 "max-width",        "min-width",
					 "padding",          "padding-bottom",
					 "padding-left",     "padding-right",
					 "padding-top",      "table-layout",
					 "text-align",       "text-decoration",
					 "text-indent",      "text-transform",
					 "unicode-bidi",     "vertical-align",
					 "white-space",      "width",
					 "word-break",       "word-wrap"};
static const char *const pictures[] = {
	"data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,",
	"data:image/webp;base64,"};

/* As the list has it, or NULL. */
static const char *listed(const char *const *list, size_t count, const char *name,
			  size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == len && !strncasecmp(list[i], name, len))
			return list[i];
	return NULL;
}

#define LISTED(list, name) listed(list, ARRAY_LEN(list), name, strlen(name))

/* What turns words round or hides letters shows, what nobody sees is left out. */
static size_t put_sign(struct buf *to, const char *text, size_t at, size_t len)
{
	size_t n = str_utf8_char(text + at, len - at);
	enum str_sign sign = n > 1 ? str_sign_at(text, at, len) : STR_SIGN_SHOWN;

	if (sign == STR_SIGN_SHOWN)
		return 0;
	if (sign == STR_SIGN_MISLEADS)
		buf_str(to, "\xEF\xBF\xBD");
	if (sign == STR_SIGN_LINE)
		buf_char(to, '\n');
	return n;
}

static void escape(struct buf *to, const char *text, size_t len)
{
	for (size_t i = 0, sign; i < len; i += sign ? sign : 1) {
		sign = put_sign(to, text, i, len);
		if (sign)
			continue;
		switch (text[i]) {
		case '&':
			buf_str(to, "&amp;");
			break;
		case '<':
			buf_str(to, "&lt;");
			break;
		case '>':
			buf_str(to, "&gt;");
			break;
		case '"':
			buf_str(to, "&quot;");
			break;
		default:
			buf_char(to, text[i]);
		}
	}
}

static void put_attribute(struct builder *b, const char *name, const char *value,
			  size_t len)
{
	buf_printf(b->to, " %s=\"", name);
	escape(b->to, value, len);
	buf_char(b->to, '"');
}

/* Nothing in it can call, quote, escape or comment. */
static bool is_plain(const char *value, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!str_is_alpha(value[i]) && !str_is_digit(value[i]) &&
		    !strchr(" #%.,-+'!", value[i]))
			return false;
	return true;
}

static bool is_colour(const char *value, size_t len)
{
	static const char digits[] = "0123456789., %";
	size_t name = 0, inside;

	if (len > 5 && !strncasecmp(value, "rgba(", 5))
		name = 5;
	else if (len > 4 && !strncasecmp(value, "rgb(", 4))
		name = 4;
	if (!name)
		return false;
	inside = strspn(value + name, digits);
	return name + inside + 1 == len && value[len - 1] == ')';
}

static const char *trimmed(const char *text, const char *end, size_t *out_len)
{
	while (text < end && str_is_space(*text))
		text++;
	while (end > text && str_is_space(end[-1]))
		end--;
	*out_len = (size_t)(end - text);
	return text;
}

/* "name: value; name: value", those that are on the list. */
static void put_style(struct builder *b, const char *style)
{
	AUTO(buf) good = buf_new(STYLE_MOST);

	while (*style) {
		const char *end = style + strcspn(style, ";");
		const char *colon = memchr(style, ':', (size_t)(end - style));
		const char *name, *value;
		size_t name_len, len;

		if (colon) {
			name = trimmed(style, colon, &name_len);
			value = trimmed(colon + 1, end, &len);
			name = listed(properties, ARRAY_LEN(properties), name, name_len);
			if (name && len &&
			    (is_plain(value, len) || is_colour(value, len)))
				buf_printf(good, "%s: %.*s; ", name, (int)len, value);
		}
		style = end + (*end == ';');
	}
	if (good->len && !buf_cut(good))
		put_attribute(b, "style", buf_text(good), good->len - 1);
}

/* A picture that is in the mail's own HTML; base64 and nothing behind it. */
static bool put_picture(struct builder *b, const char *src)
{
	for (size_t i = 0; i < ARRAY_LEN(pictures); i++) {
		size_t head = strlen(pictures[i]), len = strlen(src);

		if (!str_istarts(src, pictures[i]))
			continue;
		for (size_t at = head; at < len; at++)
			if (!str_is_alpha(src[at]) && !str_is_digit(src[at]) &&
			    !strchr("+/= \t\r\n", src[at]))
				return false;
		put_attribute(b, "src", src, len);
		return true;
	}
	return false;
}

static const char *value_of(const unsigned char **atts, const char *name)
{
	for (; atts && atts[0]; atts += 2)
		if (str_ieq((const char *)atts[0], name))
			return atts[1] ? (const char *)atts[1] : "";
	return NULL;
}

static void put_attributes(struct builder *b, const unsigned char **atts)
{
	for (; atts && atts[0]; atts += 2) {
		const char *name = LISTED(attributes, (const char *)atts[0]);
		const char *value = atts[1] ? (const char *)atts[1] : "";

		if (name && is_plain(value, strlen(value)))
			put_attribute(b, name, value, strlen(value));
		else if (str_ieq((const char *)atts[0], "style"))
			put_style(b, value);
	}
}

static void put_start(struct builder *b, const char *name, const unsigned char **atts)
{
	const char *href = str_eq(name, "a") ? value_of(atts, "href") : NULL;
	const char *alt = str_eq(name, "img") ? str_or(value_of(atts, "alt"), "") : NULL;
	const char *src = alt ? str_or(value_of(atts, "src"), "") : NULL;

	buf_printf(b->to, "<%s", name);
	put_attributes(b, atts);
	if (!str_empty(href))
		put_attribute(b, "title", href, str_utf8_bytes(href, TITLE_MOST));
	if (alt) {
		(void)put_picture(b, src);
		put_attribute(b, "alt", alt, strlen(alt));
	}
	buf_char(b->to, '>');
}

static bool on_start(void *with, const unsigned char *xml_name,
		     const unsigned char **atts)
{
	struct builder *b = with;
	const char *name = LISTED(elements, (const char *)xml_name);

	if (b->depth == DEPTH_MAX) {
		b->cut = true;
		return false;
	}
	if (!b->silent && LISTED(silent_elements, (const char *)xml_name))
		b->silent = b->depth + 1;
	if (b->silent || (name && str_eq(name, "body")))
		name = NULL;
	b->open[b->depth++] = name && !LISTED(empty_elements, name) ? name : NULL;
	if (name)
		put_start(b, name, atts);
	return true;
}

static void close_one(struct builder *b)
{
	const char *name = b->open[--b->depth];

	if (name)
		buf_printf(b->to, "</%s>", name);
	if (b->depth < b->silent)
		b->silent = 0;
}

static void on_end(void *with, const unsigned char *name UNUSED)
{
	struct builder *b = with;

	if (b->depth)
		close_one(b);
}

static void on_text(void *with, const char *text, size_t len)
{
	struct builder *b = with;

	if (!b->silent)
		escape(b->to, text, len);
}

static void parse(struct builder *b, const char *html, size_t len)
{
	const struct html_listener listener = {
		.with = b, .begin = on_start, .end = on_end, .text = on_text};

	if (!html_parse(html, len, &listener, 1))
		b->cut = true;
}

void html_safe(struct buf *to, const char *html, size_t len)
{
	struct builder b = {.to = to, .cut = len > INPUT_MAX};

	buf_str(to, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
		    "<title>Layout of the mail</title></head><body>");
	if (len)
		parse(&b, html, len < INPUT_MAX ? len : INPUT_MAX);
	while (b.depth)
		close_one(&b);
	if (b.cut)
		buf_str(to, "<p>The rest of this layout cannot be shown.</p>");
	buf_str(to, "</body></html>\n");
}
