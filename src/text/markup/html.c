#include "text/markup/html.h"
#include "base/str.h"

#include <libxml/xmlstring.h>

enum { DEPTH_MAX = 400, QUOTE_MAX = 40 };

struct walker {
	struct buf *to;
	int depth;
	int silent;       /* depth at which silence began, 0 = speaking */
	int pre, quote;   /* how many of these are open */
	uint64_t indents; /* of the open blockquotes, the innermost lowest: those that
			     only indent */
	int blocks;
	int struck;      /* depth at which words are struck out, 0 = none */
	bool strike_due; /* the mark before the first of them is owed */
	int wanted;      /* line ends owed before the next text */
	bool space;      /* a blank owed before the next text */
	bool at_start;   /* nothing on this line yet */
	bool deep;
	size_t link_from; /* where the text of the open link began */
	char href[512];
};

enum { SILENT = 1, LINE = 2, PARAGRAPH = 4, CELL = 8 };

static const struct {
	const char *name;
	int does;
} elements[] = {{"address", LINE},
		{"article", LINE},
		{"aside", LINE},
		{"audio", SILENT},
		{"blockquote", PARAGRAPH},
		{"center", LINE},
		{"dd", LINE},
		{"dir", LINE},
		{"div", LINE},
		{"dl", PARAGRAPH},
		{"dt", LINE},
		{"fieldset", LINE},
		{"figure", LINE},
		{"footer", LINE},
		{"form", LINE},
		{"h1", PARAGRAPH},
		{"h2", PARAGRAPH},
		{"h3", PARAGRAPH},
		{"h4", PARAGRAPH},
		{"h5", PARAGRAPH},
		{"h6", PARAGRAPH},
		{"head", SILENT},
		{"header", LINE},
		{"hr", LINE},
		{"li", LINE},
		{"main", LINE},
		{"menu", LINE},
		{"nav", LINE},
		{"noframes", SILENT},
		{"object", SILENT},
		{"ol", PARAGRAPH},
		{"option", LINE},
		{"p", PARAGRAPH},
		{"pre", PARAGRAPH},
		{"script", SILENT},
		{"section", LINE},
		{"style", SILENT},
		{"svg", SILENT},
		{"table", LINE},
		{"td", CELL},
		{"template", SILENT},
		{"textarea", LINE},
		{"th", CELL},
		{"title", SILENT},
		{"tr", LINE},
		{"ul", PARAGRAPH},
		{"video", SILENT}};

static int what_it_does(const char *name)
{
	size_t from = 0, to = ARRAY_LEN(elements);

	while (from < to) {
		size_t mid = (from + to) / 2;
		int way = strcmp(name, elements[mid].name);

		if (way == 0)
			return elements[mid].does;
		if (way < 0)
			to = mid;
		else
			from = mid + 1;
	}
	return 0;
}

static void break_line(struct walker *w, int lines)
{
	w->space = false;
	if (w->wanted < lines)
		w->wanted = lines;
}

/* Pays the line ends, quote marks and the blank that are owed before text. */
static void pay(struct walker *w)
{
	bool began = w->to->len == 0;

	if (w->wanted && !began) {
		for (int i = 0; i < w->wanted; i++) {
			buf_char(w->to, '\n');
			if (i + 1 < w->wanted)
				for (int q = 0; q < w->quote; q++)
					buf_char(w->to, '>');
		}
		w->at_start = true;
	}
	if (began)
		w->at_start = true;
	w->wanted = 0;
	if (w->at_start && w->quote) {
		for (int q = 0; q < w->quote; q++)
			buf_char(w->to, '>');
		buf_char(w->to, ' ');
	} else if (w->space && !w->at_start) {
		buf_char(w->to, ' ');
	}
	w->space = false;
	w->at_start = false;
}

static void say(struct walker *w, const char *text, size_t len)
{
	for (size_t i = 0, n; i < len; i += n) {
		n = 1;
		if (w->pre && text[i] == '\n') {
			w->wanted++;
			w->space = false;
			continue;
		}
		if (str_is_space(text[i]) && !w->pre) {
			w->space = true;
			continue;
		}
		while (i + n < len && !str_is_space(text[i + n]))
			n++;
		pay(w);
		if (w->strike_due)
			buf_add(w->to, "~~", 2);
		w->strike_due = false;
		buf_add(w->to, text + i, n);
	}
}

static const char *attribute(const xmlChar **atts, const char *name)
{
	for (; atts && atts[0]; atts += 2)
		if (str_ieq((const char *)atts[0], name))
			return atts[1] ? (const char *)atts[1] : "";
	return NULL;
}

static bool hidden(const xmlChar **atts)
{
	const char *all = attribute(atts, "style"), *style = str_ifind(all, "display");

	if (attribute(atts, "hidden") || str_ifind(all, "mso-hide:all") ||
	    str_ifind(all, "mso-hide: all"))
		return true;
	if (!style)
		return false;
	style += 7;
	style += strspn(style, " \t:");
	return str_istarts(style, "none");
}

/* "Indent more" of Gmail and Apple: a wide margin without a line; nobody is quoted. */
static bool only_indents(const xmlChar **atts)
{
	const char *style = attribute(atts, "style");

	return style && !attribute(atts, "type") && !attribute(atts, "cite") &&
	       !attribute(atts, "class") && str_ifind(style, "margin") &&
	       (str_ifind(style, "border:none") || str_ifind(style, "border: none") ||
		str_ifind(style, " 40px")) &&
	       !str_ifind(style, "border-left");
}

/* Words that are crossed out turn the meaning: they stand between "~~". */
static bool strikes(const char *name, const xmlChar **atts)
{
	return str_eq(name, "s") || str_eq(name, "strike") || str_eq(name, "del") ||
	       str_ifind(attribute(atts, "style"), "line-through");
}

static void end_strike(struct walker *w)
{
	if (!w->strike_due)
		buf_add(w->to, "~~", 2);
	w->strike_due = false;
	w->struck = 0;
}

static void begin_quote(struct walker *w, const xmlChar **atts)
{
	bool indents = only_indents(atts);

	w->indents = w->indents << 1 | indents;
	w->blocks++;
	w->quote += !indents && w->quote < QUOTE_MAX;
}

static void end_quote(struct walker *w)
{
	bool indents = w->indents & 1;

	if (w->blocks == 0)
		return;
	w->blocks--;
	w->indents >>= 1;
	w->quote -= !indents && w->quote > 0;
}

static void begin_special(struct walker *w, const char *name, const xmlChar **atts)
{
	const char *text;

	if (str_eq(name, "br")) {
		w->wanted++;
		w->space = false;
	} else if (str_eq(name, "li")) {
		say(w, "-", 1);
		w->space = true;
	} else if (str_eq(name, "pre")) {
		w->pre++;
	} else if (str_eq(name, "blockquote")) {
		begin_quote(w, atts);
	} else if (str_eq(name, "hr")) {
		say(w, "________________________________", 32);
		break_line(w, 1);
	} else if (str_eq(name, "img")) {
		text = attribute(atts, "alt");
		if (!str_empty(text))
			say(w, text, strlen(text));
	} else if (str_eq(name, "a")) {
		text = attribute(atts, "href");
		str_copy(w->href, sizeof(w->href), text);
		w->link_from = w->to->len;
	}
}

static bool on_start(void *ctx, const xmlChar *xml_name, const xmlChar **atts)
{
	struct walker *w = ctx;
	const char *name = (const char *)xml_name;
	int does = what_it_does(name);

	if (++w->depth > DEPTH_MAX) {
		w->deep = true;
		return false;
	}
	if (w->silent)
		return true;
	if ((does & SILENT) || hidden(atts)) {
		w->silent = w->depth;
		return true;
	}
	if (does & (LINE | PARAGRAPH))
		break_line(w, does & PARAGRAPH ? 2 : 1);
	if ((does & CELL) && !w->at_start && !w->wanted && w->to->len)
		w->space = true;
	if (!w->struck && strikes(name, atts)) {
		w->struck = w->depth;
		w->strike_due = true;
	}
	if (str_eq(name, "ins") && !w->at_start)
		w->space = true;
	begin_special(w, name, atts);
	return true;
}

static void end_link(struct walker *w)
{
	bool web = str_istarts(w->href, "http://") || str_istarts(w->href, "https://");

	if (web && w->to->len == w->link_from)
		say(w, w->href, strlen(w->href));
	w->href[0] = '\0';
}

static void on_end(void *ctx, const xmlChar *xml_name)
{
	struct walker *w = ctx;
	const char *name = (const char *)xml_name;
	int does = what_it_does(name);

	if (w->silent) {
		if (w->depth-- <= w->silent)
			w->silent = 0;
		return;
	}
	if (w->struck == w->depth)
		end_strike(w);
	w->depth--;
	if (str_eq(name, "pre") && w->pre)
		w->pre--;
	if (str_eq(name, "a"))
		end_link(w);
	if (does & (LINE | PARAGRAPH))
		break_line(w, does & PARAGRAPH ? 2 : 1);
	if (str_eq(name, "blockquote"))
		end_quote(w);
}

static void on_text(void *ctx, const char *text, size_t len)
{
	struct walker *w = ctx;

	if (!w->silent)
		say(w, text, len);
}

/* What is left when the structure is not worth following: the text without the tags. */
static void drop_tags(struct buf *to, const char *html, size_t len)
{
	const char *end = html + len, *open;

	while (html < end) {
		open = memchr(html, '<', (size_t)(end - html));
		buf_add(to, html, (size_t)((open ? open : end) - html));
		if (!open)
			return;
		html = memchr(open, '>', (size_t)(end - open));
		if (!html)
			return;
		buf_char(to, ' ');
		html++;
	}
}

/* A no-break space is a blank to whoever reads or searches the text. */
static void plain_blanks(struct buf *to, size_t from)
{
	char *at, *out, *end;

	if (to->len == from)
		return;
	end = to->bytes + to->len;
	for (at = out = to->bytes + from; at < end; at++) {
		if (at + 1 < end && at[0] == '\xC2' && at[1] == '\xA0') {
			*out++ = ' ';
			at++;
		} else if (at + 2 < end && memcmp(at, "\xE2\x80\x8B", 3) == 0) {
			at += 2; /* zero-width space */
		} else {
			*out++ = *at;
		}
	}
	*out = '\0';
	to->len = (size_t)(out - to->bytes);
}

struct html_text {
	struct walker walker;
	struct buf own;
};

struct html_text *html_text_new(struct arena *arena, size_t max,
				struct html_listener *out_listener)
{
	struct html_text *t = arena_make(arena, struct html_text, 1);

	buf_init(&t->own, max);
	t->walker = (struct walker){.to = &t->own, .at_start = true};
	*out_listener = (struct html_listener){&t->walker, on_start, on_end, on_text};
	return t;
}

bool html_text_end(struct html_text *t, const char *html, size_t len, size_t was_read,
		   struct buf *to)
{
	size_t from = to->len;

	if (was_read < len) {
		buf_char(&t->own, '\n');
		drop_tags(&t->own, html + was_read, len - was_read);
	}
	buf_add(to, t->own.bytes, t->own.len);
	to->cut |= t->own.cut;
	buf_clear(&t->own);
	plain_blanks(to, from);
	return t->walker.deep || was_read < len;
}

bool html_to_text(struct buf *to, const char *html, size_t len)
{
	AUTO(arena) arena = arena_new(sizeof(struct html_text) * 2);
	struct html_listener listener;
	struct html_text *t = html_text_new(arena, to->max - to->len, &listener);

	return html_text_end(t, html, len, html_parse(html, len, &listener, 1), to);
}
