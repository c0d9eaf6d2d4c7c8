#include "document/markup.h"
#include "base/str.h"
#include "document/entity.h"

enum { NAME_MOST = 16, QUOTE_MOST = 40, FAILS_MOST = 20 };

struct scan {
	const char *at, *end;
	struct buf *to;
	bool space, tab; /* owed before the next word */
	bool in_line;    /* something stands in this line */
	unsigned pre, quote, blocks;
	uint64_t indents; /* of the open blockquotes: those that only indent */
	/* What was looked for and is not there any more: nobody looks twice. */
	bool no_end, no_comment_end, no_silent_end;
	const char *dash, *comment_end; /* the next end of a comment; NULL: not known */
	unsigned fails;                 /* tags that never end */
};

struct span {
	const char *at;
	size_t len;
};

enum kept { ALT, VALUE, PLACEHOLDER, LABEL, TYPE, STYLE, CHECKED, CITE, CLASS, KEPT };

struct tag {
	char name[NAME_MOST];
	bool closes;
	struct span kept[KEPT]; /* attributes; at is NULL where there is none */
};

static const char *const kept_names[KEPT] = {
	[ALT] = "alt",         [VALUE] = "value", [PLACEHOLDER] = "placeholder",
	[LABEL] = "label",     [TYPE] = "type",   [STYLE] = "style",
	[CHECKED] = "checked", [CITE] = "cite",   [CLASS] = "class"};
/* These begin and end a line. */
static const char *const block_names[] = {
	"address", "article", "aside",    "blockquote", "body",     "br",
	"button",  "caption", "center",   "dd",         "details",  "dialog",
	"dir",     "div",     "dl",       "dt",         "fieldset", "figcaption",
	"figure",  "footer",  "form",     "frame",      "frameset", "h1",
	"h2",      "h3",      "h4",       "h5",         "h6",       "head",
	"header",  "hr",      "html",     "iframe",     "legend",   "li",
	"main",    "menu",    "nav",      "noembed",    "noframes", "noscript",
	"object",  "ol",      "optgroup", "option",     "p",        "plaintext",
	"pre",     "script",  "section",  "select",     "style",    "summary",
	"svg",     "table",   "tbody",    "template",   "text",     "textarea",
	"tfoot",   "thead",   "title",    "tr",         "ul",       "video",
	"xmp",     NULL};
static const char *const cell_names[] = {"td", "th", NULL};
/* Nobody ever reads what stands in these. */
static const char *const silent_names[] = {"script", "style", "title", NULL};
static const char *const strike_names[] = {"s", "strike", "del", NULL};

static void end_line(struct scan *s)
{
	if (s->in_line)
		buf_char(s->to, '\n');
	s->in_line = s->space = s->tab = false;
}

static void begin_word(struct scan *s)
{
	if (!s->in_line) {
		for (unsigned i = 0; i < s->quote; i++)
			buf_char(s->to, '>');
		if (s->quote)
			buf_char(s->to, ' ');
	} else if (s->tab || s->space) {
		buf_char(s->to, s->tab ? '\t' : ' ');
	}
	s->in_line = true;
	s->space = s->tab = false;
}

static bool is_blank(char c)
{
	return str_is_space(c) || c == '\f';
}

/* Shows nothing, and parts no word: of no width, soft hyphens, marks of direction. */
static bool shows_nothing(const char *letter, size_t len)
{
	static const char *const nothing[] = {
		"\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D",
		"\xE2\x80\x8E", "\xE2\x80\x8F", "\xC2\xAD",
		"\xEF\xBB\xBF", "\xCD\x8F",     "\xE2\x81\xA0"};

	if (len == 1)
		return (unsigned char)*letter < ' ' || *letter == '\x7F';
	if (!strchr("\xE2\xC2\xEF\xCD", *letter))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(nothing); i++)
		if (strlen(nothing[i]) == len && memcmp(nothing[i], letter, len) == 0)
			return true;
	return false;
}

static void say_letter(struct scan *s, const char *letter, size_t len)
{
	if (len == 1 && *letter == '\n' && s->pre) {
		end_line(s);
	} else if ((len == 1 && is_blank(*letter)) ||
		   (len == 2 && memcmp(letter, "\xC2\xA0", 2) == 0)) {
		s->space = true;
	} else if (!shows_nothing(letter, len)) {
		begin_word(s);
		buf_add(s->to, letter, len);
	}
}

/* As many as stand together of the letters that are nothing but letters. */
static size_t plain_letters(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && text[n] > ' ' && text[n] < '\x7F' && text[n] != '&')
		n++;
	return n;
}

/* Text with its entities. */
static void say(struct scan *s, const char *text, size_t len)
{
	for (size_t i = 0, n, bytes; i < len; i += n) {
		char letter[ENTITY_BYTES];

		n = plain_letters(text + i, len - i);
		if (n) {
			begin_word(s);
			buf_add(s->to, text + i, n);
			continue;
		}
		n = text[i] == '&' ? entity_read(text + i, len - i, letter, &bytes) : 0;
		if (n) {
			say_letter(s, letter, bytes);
			continue;
		}
		n = str_utf8_char(text + i, len - i);
		n = n ? n : 1;
		say_letter(s, text + i, n);
	}
}

static void say_apart(struct scan *s, const struct span *words)
{
	s->space = true;
	say(s, words->at, words->len);
	s->space = true;
}

static void skip_blanks(struct scan *s)
{
	while (s->at < s->end && is_blank(*s->at))
		s->at++;
}

/* To the first of these; to the end where there is none. */
static struct span take_until(struct scan *s, const char *marks)
{
	struct span out = {.at = s->at};

	while (s->at < s->end && !is_blank(*s->at) && !(*s->at && strchr(marks, *s->at)))
		s->at++;
	out.len = (size_t)(s->at - out.at);
	return out;
}

/* False: a quote that never closes. */
static bool take_value(struct scan *s, struct span *out)
{
	const char *close;

	*out = (struct span){.at = ""};
	skip_blanks(s);
	if (s->at == s->end || *s->at != '=')
		return true;
	s->at++;
	skip_blanks(s);
	if (s->at == s->end)
		return false;
	if (*s->at != '"' && *s->at != '\'') {
		*out = take_until(s, ">");
		return true;
	}
	close = memchr(s->at + 1, *s->at, (size_t)(s->end - s->at - 1));
	if (!close)
		return false;
	*out = (struct span){s->at + 1, (size_t)(close - s->at - 1)};
	s->at = close + 1;
	return true;
}

/* To behind the ">" of a tag; false: there is none. */
static bool take_attributes(struct scan *s, struct tag *t)
{
	for (;;) {
		struct span name, value;

		while (s->at < s->end && (is_blank(*s->at) || *s->at == '/'))
			s->at++;
		if (s->at == s->end)
			return false;
		if (*s->at == '>') {
			s->at++;
			return true;
		}
		name.at = s->at++; /* "=" may begin a name */
		(void)take_until(s, "/>=");
		name.len = (size_t)(s->at - name.at);
		if (!take_value(s, &value))
			return false;
		for (size_t i = 0; i < KEPT; i++)
			if (strlen(kept_names[i]) == name.len && !t->kept[i].at &&
			    strncasecmp(kept_names[i], name.at, name.len) == 0)
				t->kept[i] = value;
	}
}

static bool span_is(const struct span *span, const char *word)
{
	return span->at && strlen(word) == span->len &&
	       strncasecmp(span->at, word, span->len) == 0;
}

static bool span_has(const struct span *span, const char *word)
{
	return span->at && str_ifind_near(span->at, span->len, word);
}

static void say_input(struct scan *s, const struct tag *t)
{
	const struct span *type = &t->kept[TYPE];
	const struct span box = {t->kept[CHECKED].at ? "[x]" : "[ ]", 3};

	if (span_is(type, "checkbox") || span_is(type, "radio")) {
		say_apart(s, &box);
	} else if (!span_is(type, "hidden")) {
		say_apart(s, &t->kept[PLACEHOLDER]);
		say_apart(s, &t->kept[VALUE]);
		say_apart(s, &t->kept[ALT]);
	}
}

/* "Indent more" of some programs: a wide margin without a line; nobody is quoted. */
static bool only_indents(const struct tag *t)
{
	const struct span *style = &t->kept[STYLE];

	return !t->kept[TYPE].at && !t->kept[CITE].at && !t->kept[CLASS].at &&
	       span_has(style, "margin") && !span_has(style, "border-left") &&
	       (span_has(style, "border:none") || span_has(style, "border: none") ||
		span_has(style, " 40px"));
}

static void quote(struct scan *s, const struct tag *t)
{
	if (!t->closes) {
		bool indents = only_indents(t);

		s->indents = s->indents << 1 | indents;
		s->blocks++;
		s->quote += !indents && s->quote < QUOTE_MOST;
	} else if (s->blocks) {
		s->quote -= !(s->indents & 1) && s->quote;
		s->indents >>= 1;
		s->blocks--;
	}
}

static void say_tag(struct scan *s, const struct tag *t)
{
	static const struct span struck = {"~~", 2};

	if (str_in(t->name, block_names))
		end_line(s);
	else if (str_in(t->name, cell_names))
		s->tab = true;
	else if (str_in(t->name, strike_names))
		say(s, struck.at, struck.len);
	if (str_eq(t->name, "blockquote"))
		quote(s, t);
	else if (str_eq(t->name, "pre") && (s->pre || !t->closes))
		s->pre = t->closes ? s->pre - 1 : s->pre + 1;
	if (t->closes)
		return;
	if (str_eq(t->name, "input"))
		say_input(s, t);
	else if (str_eq(t->name, "option") || str_eq(t->name, "optgroup"))
		say_apart(s, &t->kept[LABEL]);
	else
		say_apart(s, &t->kept[ALT]);
}

/* To behind the closing tag of what nobody reads; one that never closes is read. */
static void skip_silent(struct scan *s, const char *name)
{
	size_t n = strlen(name);
	const char *at = s->at;

	while (!s->no_silent_end && (at = memchr(at, '<', (size_t)(s->end - at)))) {
		if ((size_t)(s->end - at) > n + 2 && at[1] == '/' &&
		    strncasecmp(at + 2, name, n) == 0 && !str_is_alpha(at[2 + n])) {
			s->at = at;
			return;
		}
		at++;
	}
	s->no_silent_end = true;
}

static bool take_tag(struct scan *s)
{
	const char *from = s->at;
	struct tag t = {.closes = *s->at == '/'};
	struct span name;

	s->at += t.closes;
	name = take_until(s, "/>");
	for (size_t i = 0; i < name.len && name.len < NAME_MOST; i++)
		t.name[i] = str_lower_char(name.at[i]);
	if (s->fails >= FAILS_MOST) {
		const char *end = memchr(s->at, '>', (size_t)(s->end - s->at));

		s->no_end = !end;
		s->at = end ? end + 1 : from;
		if (!end)
			return false;
	} else if (!take_attributes(s, &t)) {
		s->fails++;
		s->at = from;
		return false;
	}
	say_tag(s, &t);
	if (!t.closes && str_in(t.name, silent_names))
		skip_silent(s, t.name);
	return true;
}

/* Behind the next "-->" or "--!>"; NULL: there is none. */
static const char *comment_end(struct scan *s, const char *from)
{
	const char *dash = from;

	if (s->comment_end && from <= s->dash)
		return s->comment_end;
	while (!s->no_comment_end) {
		size_t n;

		dash = memmem(dash, (size_t)(s->end - dash), "--", 2);
		s->no_comment_end = !dash;
		if (!dash)
			break;
		n = dash + 2 < s->end && dash[2] == '!' ? 3 : 2;
		if (dash + n < s->end && dash[n] == '>') {
			s->dash = dash;
			return s->comment_end = dash + n + 1;
		}
		dash++;
	}
	return NULL;
}

/* At "!--". What one program takes for code is read, and one that never ends. */
static void take_comment(struct scan *s)
{
	const char *from = s->at + 3, *end, *open = NULL;

	if (from < s->end && *from == '>')
		end = from + 1;
	else if (s->end - from > 1 && from[0] == '-' && from[1] == '>')
		end = from + 2;
	else
		end = comment_end(s, from);
	s->at = end ? end : from;
	if (!end)
		return;
	while (from < end && is_blank(*from))
		from++;
	if (end - from > 3 && strncasecmp(from, "[if", 3) == 0)
		open = memchr(from, '>', (size_t)(end - from));
	if (open)
		s->at = open + 1;
}

/* Behind "<". What is no tag is text. */
static bool take_markup(struct scan *s)
{
	const char *close;

	if (s->at == s->end)
		return false;
	if (str_is_alpha(*s->at) ||
	    (*s->at == '/' && s->at + 1 < s->end && str_is_alpha(s->at[1])))
		return !s->no_end && take_tag(s);
	if (s->end - s->at >= 3 && memcmp(s->at, "!--", 3) == 0) {
		take_comment(s);
		return true;
	}
	if (s->end - s->at >= 8 && strncasecmp(s->at, "![cdata[", 8) == 0) {
		s->at += 8;
		return true;
	}
	if (s->no_end || (*s->at != '!' && *s->at != '?' && *s->at != '/'))
		return false;
	close = memchr(s->at, '>', (size_t)(s->end - s->at));
	s->no_end = !close;
	s->at = close ? close + 1 : s->at;
	return close;
}

void markup_words(struct buf *to, const char *html, size_t len)
{
	struct scan s = {.at = html, .end = html + len, .to = to};

	while (s.at < s.end) {
		const char *open = memchr(s.at, '<', (size_t)(s.end - s.at));

		say(&s, s.at, (size_t)((open ? open : s.end) - s.at));
		if (!open)
			break;
		s.at = open + 1;
		if (!take_markup(&s))
			say_letter(&s, "<", 1);
	}
	end_line(&s);
}
