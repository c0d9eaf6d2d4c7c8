#include "tests/fuzz/markup.h"

#include "base/err.h"
#include "base/str.h"

enum { DEPTH_MOST = 400, NAME_MOST = 12 };

static const char *const elements[] = {
	"a",  "blockquote", "br",    "code",   "del", "em",  "h1",    "h2",
	"h3", "h4",         "h5",    "h6",     "hr",  "img", "li",    "ol",
	"p",  "pre",        "s",     "strong", "sub", "sup", "table", "tbody",
	"td", "th",         "thead", "tr",     "ul",  "div", "span"};
static const char *const attributes[] = {
	"href",        "start",       "align",    "alt",       "style", "class",
	"src",         "width",       "height",   "scope",     "role",  "border",
	"cellpadding", "cellspacing", "tabindex", "aria-label"};

static bool is_listed(const char *const *list, size_t count, const char *name, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == len && strncmp(list[i], name, len) == 0)
			return true;
	return false;
}

static const char *attribute(const char *at)
{
	size_t len = strcspn(at, "= >");
	const char *value = at + len + 2;

	if (!is_listed(attributes, ARRAY_LEN(attributes), at, len) || at[len] != '=' ||
	    at[len + 1] != '"')
		PANIC("an attribute that is none of ours: %.60s", at);
	if (str_starts(at, "href") && !str_istarts(value, "http://") &&
	    !str_istarts(value, "https://") && !str_istarts(value, "mailto:") &&
	    !str_istarts(value, "tel:"))
		PANIC("a link that leads elsewhere: %.60s", value);
	value += strcspn(value, "\"");
	ASSERT(*value == '"');
	return value + 1;
}

void markup_is_ours(const char *html)
{
	char open[DEPTH_MOST][NAME_MOST];
	size_t depth = 0;

	for (const char *at = html; *at;) {
		bool ends = at[0] == '<' && at[1] == '/';
		const char *name = at + 1 + ends;
		size_t len = strcspn(name, " >/");

		ASSERT(*at != '>');
		if (*at++ != '<')
			continue;
		if (!is_listed(elements, ARRAY_LEN(elements), name, len))
			PANIC("an element that is none of ours: %.60s", name);
		at = name + len;
		if (ends) {
			if (!depth-- || strlen(open[depth]) != len ||
			    strncmp(open[depth], name, len) != 0)
				PANIC("%.12s ends and did not begin", name);
			ASSERT(*at++ == '>');
			continue;
		}
		while (*at == ' ' && at[1] != '/')
			at = attribute(at + 1);
		at += *at == ' ';
		at += *at == '/';
		ASSERT(*at == '>');
		if (at[-1] == '/' || str_starts(name, "br") || str_starts(name, "hr") ||
		    str_starts(name, "img")) {
			at++;
			continue;
		}
		ASSERT(depth < DEPTH_MOST && len < NAME_MOST);
		str_copy(open[depth], len + 1, name);
		open[depth++][len] = '\0';
		at++;
	}
	ASSERT(depth == 0);
}
