#include "tests/fuzz/fuzz.h"

#include "document/model.h"
#include "document/shown.h"
#include "text/markup/html.h"
#include "document/html_plain.h"
#include "document/markup.h"
#include "document/unsaid.h"
#include "text/markup/html_safe.h"

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

/* Nothing in it that a scanner of a few lines could take for something else. */
static bool is_clear(const char *html)
{
	static const char *const silent[] = {"<script", "<style", "<title", NULL};

	for (const char *const *s = silent; *s; s++)
		if (str_ifind(html, *s))
			return false;
	for (const char *at = strstr(html, "</"); at; at = strstr(at + 1, "</"))
		if (!str_is_alpha(at[2]))
			return false;
	return !html[strcspn(html, "&!?\"'")];
}

static bool is_letter(char c)
{
	return str_is_alpha(c) || str_is_digit(c);
}

/* Each letter that stands outside of tags is among the words, in its order. */
static void is_all_said(const char *html, const char *words)
{
	while (*html) {
		bool opens =
			*html == '<' && str_is_alpha(html[1] == '/' ? html[2] : html[1]);
		const char *end = opens ? strchr(html, '>') : NULL;

		if (end) {
			html = end + 1;
			continue;
		}
		if (is_letter(*html)) {
			words = strchr(words, *html);
			ASSERT(words);
			words++;
		}
		html++;
	}
}

static void is_said_or_unsaid(struct arena *a, const char *text, const char *words)
{
	AUTO(buf) more = buf_new(MOST);

	unsaid_lines(unsaid_new(a, words), words, more);
	ASSERT(!more->len);
	unsaid_lines(unsaid_new(a, text), words, more);
	fuzz_is_text_buf(more);
}

static void as_document(struct arena *a, const char *html, size_t len)
{
	struct document *d = document_new(a), *back;
	AUTO(buf) text = buf_new(MOST);
	AUTO(buf) packed = buf_new(MOST);
	AUTO(buf) again = buf_new(MOST);
	struct shown shown;

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
	shown_read(a, html, buf_text(text), &shown);
	ASSERT(!shown.packed ||
	       document_unpack(a, shown.packed, shown.packed_len, &back));
	buf_reset(text);
	(void)html_to_text(text, html, len);
	ASSERT(shown.text_cut || str_eq(shown.text, buf_text(text)));
}

void fuzz_html(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *html = fuzz_text(a, bytes, len);
	AUTO(buf) text = buf_new(MOST);
	AUTO(buf) words = buf_new(MOST);
	AUTO(buf) safe = buf_new(MOST);
	AUTO(buf) title = buf_new(MOST);

	(void)html_to_text(text, html, strlen(html));
	markup_words(words, html, strlen(html));
	fuzz_is_text_buf(words);
	if (!buf_cut(words)) {
		if (is_clear(html))
			is_all_said(html, buf_text(words));
		is_said_or_unsaid(a, buf_text(text), buf_text(words));
	}
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
