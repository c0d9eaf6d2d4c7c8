#include "mail/spoken.h"
#include "base/str.h"

#include <glib.h>

enum { PARAGRAPHS_MAX = 200, CLOSING_LINES = 6, CLOSING_WIDTH = 70 };

struct paragraph {
	const char *text;
	size_t len;
};

static const char *const banners[] = {"originated from outside",
				      "originated outside",
				      "external email",
				      "external e-mail",
				      "external sender",
				      "external mail",
				      "sent from outside",
				      "came from outside",
				      "outside of the organi",
				      "outside your organi",
				      "do not click",
				      "don't often get email",
				      "don't usually get email",
				      "learn why this is important",
				      "sender you have not",
				      "not trusted sender",
				      "caution:",
				      "externe e-mail",
				      "externer absender",
				      "von außerhalb",
				      "expéditeur externe",
				      "provient de l'ext",
				      "courriel externe",
				      "correo externo",
				      "remitente externo",
				      "mittente esterno",
				      "externe afzender",
				      "ekstern avsender",
				      "ekstern afsender",
				      "extern avsändare",
				      NULL};

static const char *const footers[] = {"confidential",
				      "intended solely",
				      "intended only",
				      "intended for the",
				      "disclaimer",
				      "scanned for virus",
				      "been scanned",
				      "received it in error",
				      "in error please",
				      "please consider the environment",
				      "think before you print",
				      "registered office",
				      "registered in england",
				      "company number",
				      "registered charity",
				      "views expressed",
				      "virus-free",
				      "vertraulich",
				      "nur für den",
				      "confidentiel",
				      "destiné exclusivement",
				      "confidencial",
				      "riservat",
				      "vertrouwelijk",
				      "fortrolig",
				      "konfidentiell",
				      "luottamuksell",
				      "poufn",
				      "конфиденциальн",
				      NULL};

static bool any_of(const char *folded, const char *const *words)
{
	for (; *words; words++)
		if (strstr(folded, *words))
			return true;
	return false;
}

static const char *fold(struct arena *arena, const struct paragraph *p)
{
	enum { LOOK_AT = 600 };
	size_t len = p->len < LOOK_AT ? p->len : LOOK_AT;
	char *flat, *low;
	const char *out;

	while (len && len < p->len && ((unsigned char)p->text[len] & 0xC0) == 0x80)
		len--;
	flat = arena_strndup(arena, p->text, len);
	for (char *c = flat; *c; c++)
		if (str_is_space(*c))
			*c = ' ';
	low = g_utf8_strdown(flat, -1);
	out = arena_strdup(arena, low);
	g_free(low);
	return out;
}

static size_t split(const char *text, struct paragraph *out)
{
	size_t count = 0;

	while (*text && count < PARAGRAPHS_MAX) {
		const char *end;

		text += strspn(text, "\r\n");
		end = count + 1 < PARAGRAPHS_MAX ? strstr(text, "\n\n") : NULL;
		end = end ? end : text + strlen(text);
		if (end > text)
			out[count++] = (struct paragraph){text, (size_t)(end - text)};
		text = end;
	}
	return count;
}

/* "Jo Bloggs / Head of Service | Anytown": lines of names, posts and numbers. */
static bool is_closing(const struct paragraph *p)
{
	const char *line = p->text, *end = p->text + p->len;
	size_t lines = 0, words = 0, names = 0;

	while (line < end) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		size_t len = (size_t)((stop ? stop : end) - line);

		if (++lines > CLOSING_LINES || len > CLOSING_WIDTH ||
		    (len && strchr("?!;", line[len - 1])))
			return false;
		for (size_t i = 0; i < len; i++) {
			bool begins = i == 0 || str_is_space(line[i - 1]);

			if (!begins || str_is_space(line[i]))
				continue;
			words++;
			names += (line[i] >= 'A' && line[i] <= 'Z') ||
				 !str_is_alpha(line[i]);
		}
		line += len + 1;
	}
	return lines > 1 && names * 10 >= words * 6;
}

/* A banner may share its paragraph with what follows it: then its lines go. */
static void skip_banner_lines(struct arena *arena, struct paragraph *p)
{
	for (;;) {
		const char *stop = memchr(p->text, '\n', p->len);
		struct paragraph line = {p->text,
					 stop ? (size_t)(stop - p->text) : p->len};

		if (!stop || !any_of(fold(arena, &line), banners))
			return;
		p->len -= line.len + 1;
		p->text = stop + 1;
	}
}

static bool is_rule(const struct paragraph *p)
{
	for (size_t i = 0; i < p->len; i++)
		if (!strchr("-_=* \t\r", p->text[i]))
			return false;
	return true;
}

const char *mail_spoken(struct arena *arena, const char *text)
{
	struct paragraph p[PARAGRAPHS_MAX];
	size_t count = split(str_or(text, ""), p), from = 0, to = count;
	const char *end;

	while (from < count) {
		skip_banner_lines(arena, &p[from]);
		if (!any_of(fold(arena, &p[from]), banners) && !is_rule(&p[from]))
			break;
		from++;
	}
	while (to > from + 1 && (is_rule(&p[to - 1]) || is_closing(&p[to - 1]) ||
				 any_of(fold(arena, &p[to - 1]), footers)))
		to--;
	if (from >= to)
		return "";
	end = p[to - 1].text + p[to - 1].len;
	return arena_strndup(arena, p[from].text, (size_t)(end - p[from].text));
}
