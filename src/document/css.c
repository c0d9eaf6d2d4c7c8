#include "document/css.h"
#include "base/buf.h"
#include "base/str.h"

enum { NAME_MOST = 60, SHEET_MOST = 1 << 20, COMPARISONS_MOST = 1 << 24 };

/* The last part of a selector; "" for what it does not ask. */
struct rule {
	char element[NAME_MOST], class[NAME_MOST], id[NAME_MOST], attribute[NAME_MOST];
};

struct css {
	struct arena *arena;
	struct rule *rules;
	size_t count;
	size_t left; /* comparisons, before all is in doubt */
	bool many;
};

struct css *css_new(struct arena *arena)
{
	struct css *css = arena_make(arena, struct css, 1);

	css->arena = arena;
	css->left = COMPARISONS_MOST;
	return css;
}

static unsigned hex_of(char c)
{
	return str_is_digit(c) ? (unsigned)(c - '0')
			       : (unsigned)(str_lower_char(c) - 'a' + 10);
}

static bool is_hex(char c)
{
	return str_is_digit(c) || (str_lower_char(c) >= 'a' && str_lower_char(c) <= 'f');
}

/* "\2d" and "\-" are a hyphen. Where the escape ends. */
static size_t unescape(const char *at, size_t len, struct buf *to)
{
	unsigned code = 0;
	size_t n = 1;

	while (n < len && n <= 6 && is_hex(at[n]))
		code = code * 16 + hex_of(at[n++]);
	if (n == 1) {
		if (len > 1)
			buf_char(to, str_lower_char(at[1]));
		return len > 1 ? 2 : 1;
	}
	buf_char(to, code && code < 0x80 ? str_lower_char((char)code) : '?');
	return n + (n < len && str_is_space(at[n]));
}

/* Lower case, without comments and escapes, blanks as one. */
static void plainly(const char *text, size_t len, struct buf *to)
{
	for (size_t i = 0; i < len;) {
		const char *end;

		if (text[i] == '/' && i + 1 < len && text[i + 1] == '*') {
			end = memmem(text + i + 2, len - i - 2, "*/", 2);
			i = end ? (size_t)(end - text) + 2 : len;
		} else if (text[i] == '\\') {
			i += unescape(text + i, len - i, to);
		} else {
			char c = str_is_space(text[i]) ? ' ' : str_lower_char(text[i]);

			if (c != ' ' || !to->len || to->bytes[to->len - 1] != ' ')
				buf_char(to, c);
			i++;
		}
	}
}

static const char *past_blanks(const char *at)
{
	while (*at == ' ')
		at++;
	return at;
}

/* "0", "0px", "0.0em", and not "0.9em". */
static bool is_nothing(const char *value)
{
	while (*value == '0' || *value == '.')
		value++;
	return !str_is_digit(*value) && value[-1] == '0';
}

static bool is_far_off(const char *value)
{
	return *value == '-' && strspn(value + 1, "0123456789") >= 3;
}

static bool is_white(const char *value)
{
	static const char *const whites[] = {"white",   "#fff",     "#fefefe", "#fdfdfd",
					     "rgb(255", "rgba(255", "snow",    "ivory"};

	for (size_t i = 0; i < ARRAY_LEN(whites); i++)
		if (str_istarts(value, whites[i]))
			return true;
	return false;
}

/* "transparent", "rgba(0,0,0,0)", "#0000" */
static bool is_clear(const char *value)
{
	const char *last, *end = value + strcspn(value, ";}");

	if (str_istarts(value, "transparent"))
		return true;
	if (!str_istarts(value, "rgba(") && !str_istarts(value, "hsla("))
		return false;
	for (last = end; last > value && last[-1] != ',' && last[-1] != '/';)
		last--;
	last = past_blanks(last);
	return *last == '0' && is_nothing(last);
}

bool css_is_pale(const char *colour)
{
	return colour && (is_white(colour) || is_clear(colour));
}

/* "1px", "0.1em": a letter that nobody can read. */
static bool is_tiny(const char *value)
{
	char *unit;
	double size = strtod(value, &unit);

	return (*value == '.' || str_is_digit(*value)) &&
	       ((size <= 2 && (str_starts(unit, "px") || str_starts(unit, "pt"))) ||
		(size <= 0.2 && (str_starts(unit, "em") || str_starts(unit, "rem"))) ||
		(size <= 10 && str_starts(unit, "%")));
}

enum where { IN_SHEET, IN_STYLE };

/* What one declaration does: "name" up to its colon, value behind it. */
static bool declaration_doubts(const char *name, size_t len, const char *value,
			       enum where where)
{
	static const struct {
		const char *name, *value;
		enum where least; /* what stands plainly in a style is known */
	} says[] = {{"text-decoration", "line-through", IN_SHEET},
		    {"text-decoration-line", "line-through", IN_SHEET},
		    {"display", "none", IN_SHEET},
		    {"visibility", "hidden", IN_STYLE},
		    {"visibility", "collapse", IN_STYLE},
		    {"mso-hide", "all", IN_SHEET},
		    {"text-line-through", "single", IN_STYLE},
		    {"text-line-through", "double", IN_STYLE},
		    {"content-visibility", "hidden", IN_STYLE},
		    {"-webkit-text-fill-color", "transparent", IN_STYLE},
		    {"text-decoration", "var(", IN_STYLE},
		    {"background", "gradient(", IN_STYLE},
		    {"background-image", "gradient(", IN_STYLE}};
	static const char *const nothings[] = {"opacity", "font-size", "font",
					       "max-height", "zoom"};
	static const char *const places[] = {"left",      "top",         "right",
					     "bottom",    "text-indent", "margin-left",
					     "margin-top"};
	static const char *const clips[] = {"clip", "clip-path", "transform", "mask",
					    "filter"};

	for (size_t i = 0; i < ARRAY_LEN(says); i++)
		if (strlen(says[i].name) == len && !memcmp(says[i].name, name, len) &&
		    (where == IN_SHEET || says[i].least == IN_STYLE) &&
		    memmem(value, strcspn(value, ";}"), says[i].value,
			   strlen(says[i].value)))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(nothings); i++)
		if (strlen(nothings[i]) == len && !memcmp(nothings[i], name, len) &&
		    *value == '0' && is_nothing(value))
			return true;
	if (len == 9 && !memcmp(name, "font-size", len) && is_tiny(value))
		return true;
	if (len == 5 && !memcmp(name, "color", len) && is_clear(value))
		return true;
	/* Words that a sheet puts before or behind. */
	if (len == 7 && !memcmp(name, "content", len) &&
	    (*value == '"' || *value == '\'') &&
	    str_is_alpha(value[1 + strspn(value + 1, " -.,")]))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (strlen(places[i]) == len && !memcmp(places[i], name, len) &&
		    is_far_off(value))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(clips); i++)
		if (strlen(clips[i]) == len && !memcmp(clips[i], name, len) &&
		    !str_starts(value, "none") && !str_starts(value, "auto"))
			return true;
	return false;
}

static bool is_same(const char *a, const char *b)
{
	size_t len = strcspn(a, " ;}!");

	return len && len == strcspn(b, " ;}!") && !memcmp(a, b, len);
}

/* Of "name: value; name: value", up to its end or a brace. */
static bool declarations_doubt(const char *at, enum where where)
{
	const char *end = at + strcspn(at, "}");
	const char *colour = NULL, *ground = NULL;

	while (at < end) {
		const char *name = past_blanks(at), *colon = name + strcspn(name, ":;}");
		size_t len = (size_t)(colon - name);

		if (*colon == ':') {
			const char *value = past_blanks(colon + 1);

			while (len && name[len - 1] == ' ')
				len--;
			if (declaration_doubts(name, len, value, where))
				return true;
			if (len == 5 && !memcmp(name, "color", 5))
				colour = value;
			if (len >= 10 && !memcmp(name, "background", 10))
				ground = value;
		}
		at = colon + strcspn(colon, ";}");
		at += *at == ';';
	}
	return colour &&
	       (ground ? is_same(colour, ground) : where == IN_STYLE && is_white(colour));
}

bool css_style_doubts(const char *style)
{
	AUTO(buf) plain = buf_new(SHEET_MOST);
	size_t len = strlen(style);

	plainly(style, len, plain);
	/* An escape or a comment hides from a plain look what stands there. */
	return declarations_doubt(buf_text(plain),
				  strchr(style, '\\') || strstr(style, "/*") ? IN_SHEET
									     : IN_STYLE);
}

/* Where the last part begins: behind blanks and combinators. */
static const char *last_part(const char *from, const char *end)
{
	const char *at = end;

	while (at > from && at[-1] == ' ')
		at--;
	while (at > from && !strchr(" >+~", at[-1]))
		at--;
	return at;
}

static size_t name_length(const char *at, const char *end)
{
	size_t n = 0;

	while (at + n < end && (str_is_alpha(at[n]) || str_is_digit(at[n]) ||
				strchr("-_", at[n]) || at[n] & 0x80))
		n++;
	return n;
}

static void keep_name(char to[NAME_MOST], const char *at, size_t len)
{
	if (*to)
		return; /* one of several classes is enough */
	memcpy(to, at, len < NAME_MOST ? len : NAME_MOST - 1);
	to[len < NAME_MOST ? len : NAME_MOST - 1] = '\0';
}

static void read_selector(const char *from, const char *end, struct rule *out)
{
	*out = (struct rule){0};
	for (const char *at = last_part(from, end); at < end;) {
		char sign = *at;
		bool named = strchr(".#[", sign) != NULL;
		size_t len = name_length(at + named, end);

		if (sign == '.')
			keep_name(out->class, at + 1, len);
		else if (sign == '#')
			keep_name(out->id, at + 1, len);
		else if (sign == '[')
			keep_name(out->attribute, at + 1, len);
		else if (sign == ':')
			return; /* ":hover" and its like: whatever it asks */
		else if (sign != '*')
			keep_name(out->element, at, len);
		at += len + (named || !len);
		if (sign == '[')
			at += strcspn(at, "]") + 1;
	}
}

static void add_selectors(struct css *css, const char *from, const char *end)
{
	while (from < end) {
		const char *comma = memchr(from, ',', (size_t)(end - from));
		const char *to = comma ? comma : end;

		if (css->count == CSS_RULES) {
			css->many = true;
			return;
		}
		css->rules = arena_grow(css->arena, css->rules, css->count,
					sizeof(*css->rules));
		read_selector(from, to, &css->rules[css->count++]);
		from = to + 1;
	}
}

void css_add(struct css *css, const char *sheet, size_t len)
{
	AUTO(buf) plain = buf_new(SHEET_MOST);
	const char *at;

	plainly(sheet, len, plain);
	css->many = css->many || buf_cut(plain);
	for (at = buf_text(plain); *at;) {
		const char *from = past_blanks(at), *end;

		if (*from ==
		    '@') { /* "@import ...;" is passed by, "@media ... {" gone into */
			end = from + strcspn(from, ";{}");
		} else {
			end = from + strcspn(from, "{}");
			if (*end == '{') {
				if (declarations_doubt(end + 1, IN_SHEET))
					add_selectors(css, from, end);
				end += strcspn(end, "}");
			}
		}
		at = end + (*end != '\0');
	}
}

void css_add_all(struct css *css, const char *html, size_t len)
{
	const char *end = html + len, *at = html;

	while ((at = memchr(at, '<', (size_t)(end - at)))) {
		const char *from, *to;

		at++;
		if (end - at < 6 || strncasecmp(at, "style", 5) != 0)
			continue;
		from = memchr(at, '>', (size_t)(end - at));
		if (!from)
			return;
		for (to = from; to < end && !(end - to >= 7 && *to == '<' &&
					      strncasecmp(to, "</style", 7) == 0);)
			to++;
		css_add(css, from + 1, to > from ? (size_t)(to - from) - 1 : 0);
		at = to;
	}
}

static bool has_class(const char *classes, const char *class)
{
	size_t len = strlen(class);

	for (const char *at = str_or(classes, ""); *at;) {
		size_t n = strcspn(at, " \t\r\n\f");

		if (n == len && strncasecmp(at, class, n) == 0)
			return true;
		at += n;
		at += strspn(at, " \t\r\n\f");
	}
	return false;
}

bool css_doubts(struct css *css, const char *element, css_attribute *attribute,
		const void *with)
{
	const char *class, *id;

	if (css->many || !css->count)
		return css->many;
	css->many = css->left < css->count;
	css->left -= css->many ? 0 : css->count;
	class = attribute(with, "class");
	id = attribute(with, "id");
	for (size_t i = 0; i < css->count; i++) {
		const struct rule *r = &css->rules[i];

		if ((!*r->element || str_ieq(r->element, element)) &&
		    (!*r->class || has_class(class, r->class)) &&
		    (!*r->id || str_ieq(id, r->id)) &&
		    (!*r->attribute || attribute(with, r->attribute)))
			return true;
	}
	return css->many;
}
