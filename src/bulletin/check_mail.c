/* The mail as it will go out: subject, size, colours. */
#include "bulletin/check_private.h"

#include "base/str.h"
#include "text/figures/palette.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	SUBJECT_LONG = 70, /* characters; a phone shows about 40 */
	GMAIL_CUTS = 102000,
	GMAIL_NEAR = 90000,
	LARGE_TEXT_PX = 24
};

void check_subject(struct check *c)
{
	const char *subject = c->in->subject;
	size_t long_is;

	if (!subject)
		return;
	long_is = str_utf8_count(subject, SIZE_MAX);
	if (!*subject)
		STOP(c, "subject", 0, "The subject is empty.");
	if (long_is > SUBJECT_LONG)
		LOOK(c, "subject", 0,
		     "The subject has %zu characters: phones show about 40, most programs %d. "
		     "Put first what matters.",
		     long_is, SUBJECT_LONG);
	if (strchr(subject, '{') || strchr(subject, '}'))
		STOP(c, "subject", 0,
		     "The subject holds a mark that is not filled in: %.100s (there are {title}, "
		     "{number} and {list}).",
		     subject);
	if (str_istarts(subject, "re:") || str_istarts(subject, "fw:") ||
	    str_istarts(subject, "fwd:"))
		LOOK(c, "subject", 0, "The subject looks like an answer: %.100s",
		     subject);
	if (strstr(subject, "!!") || strstr(subject, "$$"))
		LOOK(c, "subject", 0,
		     "The subject may look like advertising to filters: %.100s", subject);
	if (check_clean(c, "subject"))
		FINE(c, "subject", "The subject is \"%.100s\" (%zu characters).", subject,
		     long_is);
}

void check_size(struct check *c)
{
	size_t len = c->in->html ? strlen(c->in->html) : 0;

	if (!len)
		return;
	if (len > GMAIL_CUTS)
		LOOK(c, "size", 0,
		     "The mail's HTML is %zu kB: Gmail shows only the first 102 kB, and hides "
		     "the end with the way to leave. Shorten it or send part of it.",
		     len / 1000);
	else if (len > GMAIL_NEAR)
		LOOK(c, "size", 0,
		     "The mail's HTML is %zu kB, near the 102 kB at which Gmail cuts.",
		     len / 1000);
	else
		FINE(c, "size", "The mail's HTML is %zu kB (Gmail cuts at 102 kB).",
		     (len + 999) / 1000);
}

/* ---- colours ---- */

/* The value of a property in a style attribute; false when it has none. */
static bool property(const char *style, size_t len, const char *name, char to[32])
{
	size_t n = strlen(name);

	for (const char *at = style, *end = style + len; at < end;) {
		size_t one = strcspn(at, ";\"");

		at += strspn(at, " ");
		if (strncasecmp(at, name, n) == 0 && at[n] == ':' && at + n < end) {
			const char *value = at + n + 1;
			size_t length;

			value += strspn(value, " ");
			length = strcspn(value, ";\" ");
			if (length > 31)
				return false;
			memcpy(to, value, length);
			to[length] = '\0';
			return true;
		}
		one = strcspn(at, ";\"");
		at += one + 1;
	}
	return false;
}

struct colours {
	char seen[24][2][32];
	size_t count;
	double least;
};

static bool seen_before(struct colours *s, const char *fore, const char *back)
{
	for (size_t i = 0; i < s->count; i++)
		if (str_eq(s->seen[i][0], fore) && str_eq(s->seen[i][1], back))
			return true;
	if (s->count < ARRAY_LEN(s->seen)) {
		str_copy(s->seen[s->count][0], 32, fore);
		str_copy(s->seen[s->count++][1], 32, back);
	}
	return false;
}

static void check_style(struct check *c, struct colours *s, const char *style, size_t len,
			const char *page)
{
	char fore[32], back[32], size[32] = "";
	double contrast, needed = 4.5;

	if (!property(style, len, "color", fore))
		return;
	if (!property(style, len, "background-color", back) &&
	    !property(style, len, "background", back))
		str_copy(back, sizeof(back), page);
	contrast = palette_contrast(fore, back);
	if (contrast == 0 || seen_before(s, fore, back))
		return;
	if (property(style, len, "font-size", size) &&
	    strtol(size, NULL, 10) >= LARGE_TEXT_PX)
		needed = 3;
	if (!(s->least > 0) || contrast < s->least)
		s->least = contrast;
	if (contrast < needed)
		LOOK(c, "contrast", 0,
		     "Text in %s on %s has a contrast of %.1f to 1: %.1f is the least that "
		     "many can read. The colours stand in the templates.",
		     fore, back, contrast, needed);
}

void check_contrast(struct check *c)
{
	const char *html = c->in->html, *body;
	struct colours s = {0};
	char page[32] = "#ffffff";

	if (!html)
		return;
	body = strstr(html, "<body");
	body = body ? body : html;
	for (const char *at = body; (at = strstr(at, "style=\"")) != NULL;) {
		size_t len;

		at += strlen("style=\"");
		len = strcspn(at, "\"");
		if (s.count == 0)
			(void)property(at, len, "background-color", page);
		check_style(c, &s, at, len, page);
		at += len;
	}
	if (s.count && check_clean(c, "contrast"))
		FINE(c, "contrast",
		     "The colours of the templates have a contrast of %.1f to 1 or more.",
		     s.least);
}
