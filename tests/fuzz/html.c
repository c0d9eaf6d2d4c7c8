#include "tests/fuzz/fuzz.h"

#include "document/model.h"
#include "document/shown.h"
#include "text/html.h"
#include "document/html_plain.h"
#include "text/html_safe.h"

enum { MOST = 1 << 22 };

/* Has it this name, whatever follows? */
static bool is_one_of(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (str_istarts(name, *list) && !str_is_alpha(name[strlen(*list)]) &&
		    !str_is_digit(name[strlen(*list)]))
			return true;
	return false;
}

/* Behind the tag that begins at "at": nothing in it may load, run or lead anywhere. */
static const char *tag(const char *at)
{
	static const char *const never[] = {
		"script", "style", "link",   "base",     "iframe", "object", "embed",
		"form",   "input", "button", "svg",      "math",   "video",  "audio",
		"source", "meta",  "title",  "template", NULL};
	static const char *const attributes[] = {
		"align",  "alt",     "bgcolor", "border", "cellpadding", "cellspacing",
		"color",  "colspan", "dir",     "face",   "height",      "lang",
		"nowrap", "rowspan", "size",    "span",   "src",         "start",
		"style",  "title",   "valign",  "width",  NULL};

	at += at[1] == '/' ? 2 : 1;
	ASSERT(str_is_alpha(*at) && !is_one_of(at, never));
	while (str_is_alpha(*at) || str_is_digit(*at))
		at++;
	while (*at == ' ') {
		const char *name = ++at, *value;

		at += strcspn(at, "=\">");
		ASSERT(*at == '=' && at[1] == '"' && is_one_of(name, attributes));
		value = at += 2;
		at += strcspn(at, "\"");
		ASSERT(*at == '"');
		if (str_starts(name, "src"))
			ASSERT(str_istarts(value, "data:image/"));
		if (str_starts(name, "style"))
			for (const char *c = value; c < at; c++)
				ASSERT(!str_istarts(c, "url(") && *c != '\\' &&
				       *c != '@');
		at++;
	}
	ASSERT(*at == '>');
	return at + 1;
}

/* Reads what html_safe() wrote, in the one form that it writes. */
static void is_harmless(const char *html)
{
	const char *at = strstr(html, "<body>");

	ASSERT(at && str_ends(html, "</body></html>\n"));
	for (at += 6; *at && !str_starts(at, "</html>");)
		at = *at == '<' ? tag(at) : at + 1;
	ASSERT(str_eq(at, "</html>\n"));
}

static void as_document(struct arena *a, const char *html, size_t len)
{
	struct document *d = document_new(a), *back;
	AUTO(buf) text = buf_new(MOST);
	AUTO(buf) packed = buf_new(MOST);
	AUTO(buf) again = buf_new(MOST);
	const char *shown;
	size_t shown_len;

	document_from_html(d, html, len);
	document_text_of(d, text);
	fuzz_is_text_buf(text);
	document_pack(d, packed);
	if (buf_cut(packed))
		return;
	ASSERT(document_unpack(a, buf_text(packed), packed->len, &back));
	document_pack(back, again);
	ASSERT(again->len == packed->len &&
	       memcmp(buf_text(again), buf_text(packed), again->len) == 0);
	shown_read(a, html, buf_text(text), &shown, &shown_len);
	ASSERT(!shown || document_unpack(a, shown, shown_len, &back));
}

void fuzz_html(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *html = fuzz_text(a, bytes, len);
	AUTO(buf) text = buf_new(MOST);
	AUTO(buf) safe = buf_new(MOST);
	AUTO(buf) title = buf_new(MOST);

	(void)html_to_text(text, html, strlen(html));
	(void)!html_plain_look(html, strlen(html), title).says_more;
	fuzz_is_text_buf(text);
	html_safe(safe, html, strlen(html));
	fuzz_is_text_buf(safe);
	if (!buf_cut(safe))
		is_harmless(buf_text(safe));
}

void fuzz_html_document(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *html = fuzz_text(a, bytes, len);

	as_document(a, html, strlen(html));
}
