#include "document/html_plain.h"
#include "base/attr.h"
#include "base/str.h"

enum { LENGTH_MOST = 512 << 10, NAME_MOST = 24, STYLE_MOST = 2000 };

struct scan {
	const char *at, *end;
	struct buf *title;
	struct html_plain seen;
	bool silent; /* within a comment for one program: no words may stand here */
	bool closed; /* behind the end of the page */
};

/* Hold running text, or are the frame of it. "hr" and "img" are looked at by themselves. */
static const char *const elements[] = {"a",
				       "abbr",
				       "address",
				       "article",
				       "b",
				       "base",
				       "basefont",
				       "bdi",
				       "big",
				       "blockquote",
				       "body",
				       "br",
				       "caption",
				       "center",
				       "cite",
				       "code",
				       "col",
				       "colgroup",
				       "dd",
				       "dfn",
				       "div",
				       "dl",
				       "dt",
				       "em",
				       "figure",
				       "font",
				       "footer",
				       "h1",
				       "h2",
				       "h3",
				       "h4",
				       "h5",
				       "h6",
				       "head",
				       "header",
				       "hr",
				       "html",
				       "i",
				       "kbd",
				       "li",
				       "link",
				       "main",
				       "meta",
				       "nobr",
				       "ol",
				       "p",
				       "pre",
				       "q",
				       "samp",
				       "section",
				       "small",
				       "span",
				       "strong",
				       "sub",
				       "sup",
				       "table",
				       "tbody",
				       "td",
				       "tfoot",
				       "th",
				       "thead",
				       "time",
				       "tr",
				       "tt",
				       "u",
				       "ul",
				       "var",
				       "wbr",
				       "o:p",
				       "st1:city",
				       "st1:place",
				       "st1:date",
				       "st1:personname",
				       NULL};
/* Words in these are shown by some program to somebody. */
static const char *const speaking[] = {
	"title",   "value",   "placeholder",  "label",    "aria-label",
	"summary", "content", "data-content", "alt-text", NULL};

static bool says_more(struct scan *s)
{
	s->seen.says_more = true;
	return false;
}

/* To behind the next what, in any case of letters; false: it is not there. */
static bool skip_past(struct scan *s, const char *what)
{
	size_t n = strlen(what);

	for (; s->at + n <= s->end; s->at++)
		if (strncasecmp(s->at, what, n) == 0) {
			s->at += n;
			return true;
		}
	return says_more(s);
}

static bool is_property(const char *at, size_t len)
{
	return at[len + strspn(at + len, " \t\n")] == ':';
}

/* A style that brings words or pictures in, strikes them out, or turns them round. */
static bool style_says_more(const char *style, size_t len)
{
	static const char *const marks[] = {
		"line-through",   "@import",   "content",
		"quotes",         "image-set", "element(",
		"bidi-override",  "symbols(",  "mso-highlight",
		"@counter-style", "\\",        NULL};
	struct buf copy;
	const char *text, *at;
	bool more = false;

	buf_init(&copy, LENGTH_MOST + 1);
	buf_add(&copy, style, len);
	text = buf_text(&copy);
	for (const char *const *mark = marks; *mark && !more; mark++)
		/* Word names its own properties "v\:*" and "mso-ascii-font-family". */
		for (at = text; !more && (at = str_ifind(at, *mark)); at++)
			more = !(**mark == '\\' && at[1] == ':') &&
			       !((str_eq(*mark, "content") || str_eq(*mark, "quotes")) &&
				 !is_property(at, strlen(*mark)));
	for (at = text; !more && (at = str_ifind(at, "list-style")); at++)
		more = memchr(at, '"', strcspn(at, ";}")) ||
		       memchr(at, '\'', strcspn(at, ";}"));
	for (at = text; !more && (at = str_ifind(at, "url(")); at += 4)
		more = at[4 + strspn(at + 4, "\"' ")] != '#';
	buf_clear(&copy);
	return more;
}

/* Running text on a ground that no paper has: somebody has marked it. */
static bool is_highlight(const char *element, const char *style, size_t len)
{
	static const char *const inlines[] = {"span",   "font", "b",   "i", "u",
					      "strong", "em",   "big", NULL};
	static const char *const paper[] = {"white",   "#fff",        "rgb(255",
					    "inherit", "transparent", "none",
					    "initial", "var(",        NULL};
	static const char ground[] = "background";
	char copy[STYLE_MOST];

	if (!str_in(element, inlines))
		return false;
	if (len >= sizeof(copy))
		return true;
	memcpy(copy, style, len);
	copy[len] = '\0';
	for (const char *at = copy; (at = str_ifind(at, ground)); at += strlen(ground)) {
		const char *value = strchr(at, ':');
		bool known = false;

		if (!value)
			return false;
		value += 1 + strspn(value + 1, " \t\r\n");
		for (const char *const *one = paper; *one && !known; one++)
			known = str_istarts(value, *one);
		if (!known || (str_istarts(value, "rgb(255") &&
			       !str_istarts(value, "rgb(255, 255, 255") &&
			       !str_istarts(value, "rgb(255,255,255")))
			return true;
		if (str_istarts(value, "#fff") && !str_istarts(value, "#ffffff") &&
		    (str_is_digit(value[4]) ||
		     (value[4] && strchr("abcdefABCDEF", value[4]))))
			return true;
	}
	return false;
}

static bool has_words(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (str_is_alpha(text[i]) || str_is_digit(text[i]) ||
		    (unsigned char)text[i] >= 0x80)
			return true;
	return false;
}

/* A name in lower case; "" when there is none, or it is too long to be known. */
static void take_name(struct scan *s, char out[NAME_MOST])
{
	size_t n = 0;

	while (s->at < s->end && !strchr(" \t\r\n\f/>=<\"'", *s->at)) {
		if (n + 1 < NAME_MOST)
			out[n] = str_lower_char(*s->at);
		n++;
		s->at++;
	}
	out[n < NAME_MOST ? n : 0] = '\0';
}

static void skip_blanks(struct scan *s)
{
	while (s->at < s->end && *s->at && strchr(" \t\r\n\f/", *s->at))
		s->at++;
}

static bool take_value(struct scan *s, const char **out, size_t *out_len)
{
	const char *from;

	*out = s->at;
	*out_len = 0;
	if (s->at == s->end || *s->at != '=')
		return true;
	s->at++;
	while (s->at < s->end && str_is_space(*s->at))
		s->at++;
	if (s->at == s->end)
		return says_more(s);
	if (*s->at == '"' || *s->at == '\'') {
		const char quote = *s->at++;
		const char *close = memchr(s->at, quote, (size_t)(s->end - s->at));

		if (!close)
			return says_more(s);
		*out = s->at;
		*out_len = (size_t)(close - s->at);
		s->at = close + 1;
		return true;
	}
	from = s->at;
	while (s->at < s->end && *s->at && !strchr(" \t\r\n\f>", *s->at))
		s->at++;
	*out = from;
	*out_len = (size_t)(s->at - from);
	return true;
}

/* Outlook puts a link's address into its title as well. */
static bool tells_address(const char *element, const char *name, const char *value,
			  size_t len)
{
	return str_eq(element, "a") && str_eq(name, "title") &&
	       !memchr(value, ' ', len) &&
	       (memmem(value, len, "://", 3) ||
		(len > 7 && strncasecmp(value, "mailto:", 7) == 0));
}

static bool take_attributes(struct scan *s, const char *element)
{
	for (;;) {
		char name[NAME_MOST];
		const char *value;
		size_t len;

		skip_blanks(s);
		if (s->at == s->end)
			return says_more(s);
		if (*s->at == '>') {
			s->at++;
			return true;
		}
		if (*s->at == '<' || *s->at == '"' || *s->at == '\'' || *s->at == '=')
			return says_more(s);
		take_name(s, name);
		if (!*name)
			return says_more(s);
		while (s->at < s->end && str_is_space(*s->at))
			s->at++;
		if (!take_value(s, &value, &len))
			return false;
		if ((str_in(name, speaking) &&
		     !tells_address(element, name, value, len) &&
		     !str_eq(element, "meta") && has_words(value, len)) ||
		    (str_eq(name, "style") &&
		     (style_says_more(value, len) || is_highlight(element, value, len))))
			return says_more(s);
		if (str_eq(name, "hidden"))
			return says_more(s);
		if (str_eq(name, "background") && len)
			s->seen.pictures = true;
	}
}

static bool take_raw(struct scan *s, const char *close, struct buf *words)
{
	const char *from = s->at;
	size_t len;

	if (!skip_past(s, close))
		return false;
	len = (size_t)(s->at - from) - strlen(close);
	if (words)
		buf_add(words, from, len);
	else if (style_says_more(from, len))
		return says_more(s);
	return skip_past(s, ">");
}

static bool take_tag(struct scan *s)
{
	char name[NAME_MOST];
	bool closes = s->at < s->end && *s->at == '/';

	s->at += closes;
	take_name(s, name);
	if (str_eq(name, "xml") && s->silent)
		return closes ? skip_past(s, ">") : take_raw(s, "</xml", NULL);
	if (str_eq(name, "style") || str_eq(name, "title")) {
		if (!take_attributes(s, name))
			return false;
		if (closes)
			return says_more(s);
		return str_eq(name, "style") ? take_raw(s, "</style", NULL)
					     : take_raw(s, "</title", s->title);
	}
	if (str_eq(name, "img")) {
		s->seen.pictures = true;
		return take_attributes(s, name);
	}
	if (!str_in(name, elements) &&
	    !(s->silent && (str_starts(name, "o:") || str_starts(name, "v:") ||
			    str_starts(name, "w:"))))
		return says_more(s);
	s->closed |= closes && (str_eq(name, "html") || str_eq(name, "body"));
	return take_attributes(s, name);
}

static bool scan(struct scan *s);

/* What stands in a comment is shown to nobody, but "[if mso]" is, by one program. */
static bool take_comment(struct scan *s)
{
	const char *from = s->at;
	size_t len;

	if (!skip_past(s, "-->"))
		return false;
	len = (size_t)(s->at - from) - 3;
	if (len && *from == '>')
		return says_more(s); /* "<!-->" ends at once for a browser */
	if (memmem(from, len, "--!>", 4))
		return says_more(s);
	while (len && str_is_space(*from)) {
		from++;
		len--;
	}
	if (len > 3 && strncasecmp(from, "[if", 3) == 0) {
		const char *open = memchr(from, '>', len);
		struct scan inner = {
			.end = from + len, .title = s->title, .silent = true};

		const char *ending = "<![endif]";
		size_t n = strlen(ending);

		if (!open || len < n || strncasecmp(from + len - n, ending, n) != 0)
			return says_more(s);
		inner.at = open + 1;
		inner.end -= n;
		if (inner.at > inner.end)
			return says_more(s);
		if (!scan(&inner))
			return says_more(s);
		s->seen.pictures |= inner.seen.pictures;
	}
	return true;
}

/* "<!doctype>", "<![if ...]>", "<?xml ...?>": no words of anybody. */
static bool take_declaration(struct scan *s)
{
	if (s->end - s->at >= 3 && memcmp(s->at, "!--", 3) == 0) {
		s->at += 3;
		return take_comment(s);
	}
	if (s->end - s->at >= 8 && strncasecmp(s->at, "![cdata[", 8) == 0)
		return says_more(s);
	return skip_past(s, ">");
}

static bool scan(struct scan *s)
{
	while (s->at < s->end) {
		const char *open = memchr(s->at, '<', (size_t)(s->end - s->at));
		size_t len = (size_t)((open ? open : s->end) - s->at);

		if (memchr(s->at, '\0', len) ||
		    ((s->silent || s->closed) && has_words(s->at, len)))
			return says_more(s);
		if (!open)
			return true;
		s->at = open + 1;
		if (s->at < s->end && (*s->at == '!' || *s->at == '?')) {
			if (!take_declaration(s))
				return false;
		} else if (!take_tag(s)) {
			return false;
		}
	}
	return true;
}

struct html_plain html_plain_look(const char *html, size_t len, struct buf *title)
{
	struct scan s = {.at = html, .end = html + len, .title = title};

	if (len > LENGTH_MOST)
		return (struct html_plain){.says_more = true};
	if (!scan(&s))
		s.seen.says_more = true;
	return s.seen;
}
