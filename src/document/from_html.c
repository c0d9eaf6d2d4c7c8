/* A document out of HTML, as a reader sees it; by SAX, no tree is built. */
#include "base/str.h"
#include "document/css.h"
#include "document/model.h"
#include "text/markup/html_parse.h"

#include <libxml/xmlstring.h>

enum { DEPTH_MAX = 400, VALUE_MOST = 1 << 16 };

struct walker {
	struct document *doc;
	unsigned marks[DEPTH_MAX + 2]; /* of what is open at each depth */
	int depth, silent, pre;
	unsigned list, last_marks;
	bool space, on_line, deep;
	unsigned fixed; /* no-break spaces owed before the next word */
	/* A choice or a text field that is open. */
	bool in_select, in_option, option_chosen, in_area;
	struct css *css; /* of all style elements */
	struct document_entry entry;
	const char *options[DOCUMENT_OPTIONS];
	struct buf text;
};

enum element_does {
	BLOCK = 1,
	HEADING,
	ITEM,
	LIST,
	TABLE,
	ROW,
	CELL,
	QUOTE,
	SILENT,
	STRIKE,
	INSERT,
	UNDERLINE,
	BOLD,
	ITALIC,
	HIGHLIGHT,
	LINK,
	BREAK,
	RULE,
	PICTURE,
	INPUT,
	SELECT,
	OPTION,
	AREA,
	PRE,
	UNSEEN /* by most, and by some */
};

static const struct {
	const char *name;
	enum element_does does;
} elements[] = {
	{"a", LINK},           {"address", BLOCK},   {"article", BLOCK},
	{"aside", BLOCK},      {"audio", SILENT},    {"b", BOLD},
	{"blockquote", QUOTE}, {"br", BREAK},        {"center", BLOCK},
	{"dd", BLOCK},         {"del", STRIKE},      {"div", BLOCK},
	{"dl", BLOCK},         {"dt", BLOCK},        {"em", ITALIC},
	{"fieldset", BLOCK},   {"figure", BLOCK},    {"footer", BLOCK},
	{"form", BLOCK},       {"h1", HEADING},      {"h2", HEADING},
	{"h3", HEADING},       {"h4", HEADING},      {"h5", HEADING},
	{"h6", HEADING},       {"head", SILENT},     {"header", BLOCK},
	{"hr", RULE},          {"i", ITALIC},        {"img", PICTURE},
	{"input", INPUT},      {"ins", INSERT},      {"legend", BLOCK},
	{"li", ITEM},          {"main", BLOCK},      {"mark", HIGHLIGHT},
	{"menu", LIST},        {"nav", BLOCK},       {"noframes", SILENT},
	{"canvas", UNSEEN},    {"details", UNSEEN},  {"dialog", UNSEEN},
	{"iframe", UNSEEN},    {"menclose", UNSEEN}, {"rp", UNSEEN},
	{"noscript", UNSEEN},  {"object", SILENT},   {"ol", LIST},
	{"option", OPTION},    {"p", BLOCK},         {"pre", PRE},
	{"s", STRIKE},         {"script", SILENT},   {"section", BLOCK},
	{"select", SELECT},    {"strike", STRIKE},   {"strong", BOLD},
	{"style", SILENT},     {"svg", SILENT},      {"table", TABLE},
	{"td", CELL},          {"template", SILENT}, {"textarea", AREA},
	{"th", CELL},          {"title", SILENT},    {"tr", ROW},
	{"u", UNDERLINE},      {"ul", LIST},         {"video", SILENT},
};

static enum element_does does_what(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(elements); i++)
		if (str_eq(name, elements[i].name))
			return elements[i].does;
	return 0;
}

static const char *attribute(const xmlChar **atts, const char *name)
{
	for (; atts && atts[0]; atts += 2)
		if (str_ieq((const char *)atts[0], name))
			return atts[1] ? (const char *)atts[1] : "";
	return NULL;
}

/* The value of one property of a style attribute, lower case without blanks. */
static bool property(const char *style, const char *name, char *to, size_t room)
{
	size_t len = strlen(name), n = 0;

	for (const char *at = style; (at = str_ifind(at, name)); at += len) {
		const char *value = at + len;

		if (at > style && (str_is_alpha(at[-1]) || at[-1] == '-'))
			continue;
		value += strspn(value, " \t\r\n");
		if (*value++ != ':')
			continue;
		for (; *value && *value != ';' && n + 1 < room; value++)
			if (!str_is_space(*value))
				to[n++] = str_lower_char(*value);
		to[n] = '\0';
		return true;
	}
	return false;
}

static bool no_colour(const char *value)
{
	static const char *const none[] = {"transparent", "none",    "white",
					   "#fff",        "#ffffff", "inherit",
					   "initial",     "unset",   "auto"};

	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		if (str_eq(value, none[i]))
			return true;
	return str_starts(value, "rgb(255,255,255") ||
	       str_starts(value, "rgba(0,0,0,0") || str_starts(value, "url(") || !*value;
}

static bool has_border(const char *value)
{
	return *value && !str_starts(value, "none") && !str_starts(value, "0") &&
	       !strstr(value, "none") && !strstr(value, "hidden");
}

static unsigned marks_of(enum element_does does, const char *style)
{
	static const struct {
		enum element_does does;
		unsigned marks;
	} own[] = {{STRIKE, DOCUMENT_STRUCK},
		   {INSERT, DOCUMENT_INSERTED | DOCUMENT_UNDERLINED},
		   {UNDERLINE, DOCUMENT_UNDERLINED},
		   {BOLD, DOCUMENT_BOLD},
		   {ITALIC, DOCUMENT_ITALIC},
		   {HIGHLIGHT, DOCUMENT_HIGHLIGHTED},
		   {LINK, DOCUMENT_LINKED},
		   {UNSEEN, DOCUMENT_DOUBTED}};
	unsigned marks = 0;
	char value[100];

	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (own[i].does == does)
			marks |= own[i].marks;
	if (!style)
		return marks;
	if (css_style_doubts(style))
		marks |= DOCUMENT_DOUBTED;
	if (property(style, "text-decoration", value, sizeof(value)) ||
	    property(style, "text-decoration-line", value, sizeof(value))) {
		marks |= strstr(value, "line-through") ? DOCUMENT_STRUCK : 0;
		marks |= strstr(value, "underline") ? DOCUMENT_UNDERLINED : 0;
	}
	if (property(style, "font-weight", value, sizeof(value)) &&
	    (str_starts(value, "bold") || (value[0] >= '6' && strlen(value) == 3)))
		marks |= DOCUMENT_BOLD;
	if (does != TABLE && does != CELL && does != ROW && does != BLOCK) {
		if ((property(style, "background-color", value, sizeof(value)) ||
		     property(style, "background", value, sizeof(value))) &&
		    !no_colour(value))
			marks |= DOCUMENT_HIGHLIGHTED;
		if (property(style, "border", value, sizeof(value)) && has_border(value))
			marks |= DOCUMENT_FRAMED;
	}
	return marks;
}

static const char *attribute_of(const void *with, const char *name)
{
	return attribute((const xmlChar **)(uintptr_t)with, name);
}

static bool hidden(const xmlChar **atts, const char *style)
{
	char value[40];

	if (attribute(atts, "hidden"))
		return true;
	return style && ((property(style, "display", value, sizeof(value)) &&
			  str_starts(value, "none")) ||
			 (property(style, "mso-hide", value, sizeof(value)) &&
			  str_starts(value, "all")));
}

static void new_line(struct walker *w)
{
	w->space = false;
	w->fixed = 0;
	w->on_line = false;
}

static void pay_blanks(struct walker *w)
{
	if (w->fixed > 1 && w->on_line)
		document_words(w->doc, "        ", w->fixed < 8 ? w->fixed : 8, 0);
	else if ((w->space || w->fixed) && w->on_line)
		document_words(w->doc, " ", 1, 0);
	w->space = false;
	w->fixed = 0;
}

static void say_word(struct walker *w, const char *word, size_t len)
{
	unsigned marks = w->marks[w->depth];

	if (w->fixed > 1 && w->on_line) /* a gap that its writer made */
		document_words(w->doc, "        ", w->fixed < 8 ? w->fixed : 8, 0);
	else if ((w->space || w->fixed) && w->on_line)
		document_words(w->doc, " ", 1, marks & w->last_marks);
	w->fixed = 0;
	document_words(w->doc, word, len, marks);
	w->space = false;
	w->on_line = true;
	w->last_marks = marks;
}

/* A blank of any kind, or nothing at all to a reader: its length, else 0. */
static size_t blank_at(const char *text, size_t len, bool *out_seen)
{
	static const char *const blanks[] = {"\xC2\xA0", "\xE2\x80\x82", "\xE2\x80\x83",
					     "\xE2\x80\x89", "\xE2\x80\xAF"};
	static const char *const nothing[] = {"\xE2\x80\x8B", "\xE2\x80\x8C",
					      "\xE2\x80\x8D", "\xC2\xAD", "\xEF\xBB\xBF"};

	*out_seen = true;
	if (str_is_space(*text))
		return 1;
	*out_seen = false;
	if (!(*text & 0x80)) /* most of any text, and none of these */
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(blanks); i++)
		if (len >= strlen(blanks[i]) &&
		    memcmp(text, blanks[i], strlen(blanks[i])) == 0) {
			*out_seen = true;
			return strlen(blanks[i]);
		}
	for (size_t i = 0; i < ARRAY_LEN(nothing); i++)
		if (len >= strlen(nothing[i]) &&
		    memcmp(text, nothing[i], strlen(nothing[i])) == 0)
			return strlen(nothing[i]);
	return 0;
}

static void take_blank(struct walker *w, char first, bool seen)
{
	if (!seen)
		return;
	if (str_is_space(first) && !w->fixed)
		w->space = true;
	else
		w->fixed += w->fixed < 100;
}

static void say(struct walker *w, const char *text, size_t len)
{
	size_t i = 0, n, skip;
	bool seen;

	while (i < len) {
		if (w->pre && text[i] == '\n') {
			document_break(w->doc);
			new_line(w);
			i++;
			continue;
		}
		skip = blank_at(text + i, len - i, &seen);
		if (skip) {
			if (w->pre && seen)
				say_word(w, " ", 1);
			else
				take_blank(w, text[i], seen);
			i += skip;
			continue;
		}
		for (n = 1; i + n < len && !blank_at(text + i + n, len - i - n, &seen);)
			n++;
		say_word(w, text + i, n);
		i += n;
	}
}

static void input(struct walker *w, const xmlChar **atts)
{
	const char *type = str_or(attribute(atts, "type"), "text");
	struct document_entry e = {.name = attribute(atts, "name"),
				   .label = attribute(atts, "title"),
				   .value = attribute(atts, "value")};

	if (str_ieq(type, "hidden") || str_ieq(type, "submit") ||
	    str_ieq(type, "button") || str_ieq(type, "image") || str_ieq(type, "reset"))
		return;
	pay_blanks(w);
	if (str_ieq(type, "checkbox") || str_ieq(type, "radio")) {
		e.state = attribute(atts, "checked") ? DOCUMENT_TICKED : DOCUMENT_EMPTY;
		document_box(w->doc, &e);
	} else {
		document_field(w->doc, &e);
	}
	w->on_line = true;
}

static void begin_block(struct walker *w, enum element_does does)
{
	new_line(w);
	switch (does) {
	case HEADING:
		document_block(w->doc, DOCUMENT_HEADING, 1);
		break;
	case ITEM:
		document_block(w->doc, DOCUMENT_ITEM, w->list ? w->list : 1);
		break;
	case TABLE:
		document_table(w->doc);
		break;
	case ROW:
		document_row(w->doc);
		break;
	case RULE:
		document_block(w->doc, DOCUMENT_RULE, 0);
		break;
	case QUOTE:
		document_quote(w->doc, 1);
		break;
	default:
		document_end_block(w->doc);
	}
	w->list += does == LIST && w->list < 100;
	w->pre += does == PRE;
}

static void begin_special(struct walker *w, enum element_does does, const xmlChar **atts)
{
	const char *span = attribute(atts, "colspan"), *alt;

	switch (does) {
	case CELL:
		new_line(w);
		document_cell(w->doc, span ? (unsigned)strtoul(span, NULL, 10) : 1);
		break;
	case BREAK:
		document_break(w->doc);
		new_line(w);
		break;
	case PICTURE:
		alt = attribute(atts, "alt");
		if (!str_empty(alt))
			say(w, alt, strlen(alt));
		break;
	case INPUT:
		input(w, atts);
		break;
	case SELECT:
	case AREA:
		w->in_select = does == SELECT;
		w->in_area = does == AREA;
		w->entry = (struct document_entry){
			.name = arena_strdup(w->doc->arena, attribute(atts, "name")),
			.options = w->options};
		buf_reset(&w->text);
		break;
	case OPTION:
		w->in_option = true;
		w->option_chosen = attribute(atts, "selected") != NULL;
		buf_reset(&w->text);
		break;
	default:
		break;
	}
}

static bool is_block(enum element_does does)
{
	return does == BLOCK || does == HEADING || does == ITEM || does == LIST ||
	       does == TABLE || does == ROW || does == RULE || does == QUOTE ||
	       does == PRE;
}

static bool on_start(void *ctx, const xmlChar *xml_name, const xmlChar **atts)
{
	struct walker *w = ctx;
	enum element_does does = does_what((const char *)xml_name);
	const char *style = attribute(atts, "style");

	if (++w->depth > DEPTH_MAX) {
		w->deep = true;
		w->depth = DEPTH_MAX;
		return false;
	}
	w->marks[w->depth] = w->marks[w->depth - 1];
	if (w->silent)
		return true;
	if (does == SILENT || hidden(atts, style)) {
		w->silent = w->depth;
		return true;
	}
	w->marks[w->depth] |= marks_of(does, style);
	if (css_doubts(w->css, (const char *)xml_name, attribute_of, atts) ||
	    css_is_pale(attribute(atts, "color")))
		w->marks[w->depth] |= DOCUMENT_DOUBTED;
	if (is_block(does))
		begin_block(w, does);
	else
		begin_special(w, does, atts);
	return true;
}

static char *typed(struct walker *w)
{
	w->doc->cut = w->doc->cut || buf_cut(&w->text);
	return str_trim(arena_strdup(w->doc->arena, buf_text(&w->text)));
}

static void end_option(struct walker *w)
{
	char *text;

	if (!w->in_option)
		return;
	text = typed(w);
	if (w->entry.option_count < DOCUMENT_OPTIONS)
		w->options[w->entry.option_count++] = text;
	/* Of two that are chosen neither counts. */
	if (w->option_chosen)
		w->entry.value = w->entry.value ? "" : text;
	w->in_option = false;
	buf_reset(&w->text);
}

static void end_field(struct walker *w)
{
	end_option(w);
	pay_blanks(w);
	if (w->in_area)
		w->entry.value = typed(w);
	document_field(w->doc, &w->entry);
	w->in_select = w->in_area = false;
	w->on_line = true;
}

static void end_element(struct walker *w, enum element_does does)
{
	if (does == OPTION)
		end_option(w);
	else if ((does == SELECT && w->in_select) || (does == AREA && w->in_area))
		end_field(w);
	else if (does == TABLE)
		document_end_table(w->doc);
	else if (does == QUOTE)
		document_quote(w->doc, -1);
	else if (is_block(does) && does != RULE)
		document_end_block(w->doc);
	if (does == LIST && w->list)
		w->list--;
	if (does == PRE && w->pre)
		w->pre--;
	if (is_block(does))
		new_line(w);
}

static void on_end(void *ctx, const xmlChar *xml_name)
{
	struct walker *w = ctx;

	if (w->depth == 0)
		return;
	if (w->silent) {
		if (w->depth-- <= w->silent)
			w->silent = 0;
		return;
	}
	end_element(w, does_what((const char *)xml_name));
	w->depth--;
}

static void on_text(void *ctx, const char *text, size_t len)
{
	struct walker *w = ctx;

	if (w->silent)
		return;
	if (w->in_option || w->in_area)
		buf_add(&w->text, text, len);
	else if (!w->in_select)
		say(w, text, len);
}

void document_html_begin(struct document *d, const char *html, size_t len,
			 struct html_listener *out)
{
	struct walker *w = arena_make(d->arena, struct walker, 1);

	w->doc = d;
	w->css = css_new(d->arena);
	css_add_all(w->css, html, len);
	buf_init(&w->text, VALUE_MOST);
	*out = (struct html_listener){w, on_start, on_end, on_text};
}

void document_html_end(struct document *d, const struct html_listener *listener,
		       size_t left)
{
	struct walker *w = listener->with;

	buf_clear(&w->text);
	if (w->deep || left)
		d->cut = true;
}

void document_from_html(struct document *d, const char *html, size_t len)
{
	struct html_listener listener;

	if (len == 0)
		return;
	document_html_begin(d, html, len, &listener);
	document_html_end(d, &listener, len - html_parse(html, len, &listener, 1));
}
