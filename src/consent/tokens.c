#include "consent/tokens.h"
#include "base/str.h"

#include <glib.h>

enum { TOKENS_MOST = 2000 };

static bool is_letter(gunichar c)
{
	return g_unichar_isalnum(c) || g_unichar_ismark(c) || c == '\'' || c == 0x2019;
}

static bool ends_clause(gunichar c)
{
	static const gunichar marks[] = {'.',    ',',    ';',    ':',    '!',    '?',
					 0x2026, 0x3001, 0x3002, 0xFF01, 0xFF0C, 0xFF0E,
					 0x060C, 0x06D4, 0x0964, 0x2013, 0x2014, '(',
					 ')',    '"',    0x201C, 0x201D, '|',    '/'};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (c == marks[i])
			return true;
	return false;
}

/* Parts words and says nothing, in whatever script. */
static bool is_plain(gunichar c)
{
	if (c < 0x80)
		return c != '?';
	return ends_clause(c) || g_unichar_isspace(c) ||
	       g_unichar_type(c) == G_UNICODE_FORMAT || (c >= 0x2010 && c <= 0x2027) ||
	       c == 0xAB || c == 0xBB || c == 0xB7;
}

static const char *folded(struct arena *arena, const char *from, size_t len)
{
	char *wide = g_utf8_normalize(from, (gssize)len, G_NORMALIZE_ALL_COMPOSE);
	char *low = wide ? g_utf8_casefold(wide, -1) : NULL;
	char *out = arena_strdup(arena, low ? low : ""), *to = out;

	g_free(wide);
	g_free(low);
	for (const char *at = out; *at; at++)
		if (str_starts(at, "\xE2\x80\x99")) {
			*to++ = '\'';
			at += 2;
		} else {
			*to++ = *at;
		}
	*to = '\0';
	return out;
}

static void add(struct arena *arena, struct tokens *t, const char *from, size_t len,
		struct token like)
{
	if (t->count == TOKENS_MOST) {
		t->more = true;
		return;
	}
	like.text = folded(arena, from, len);
	t->at = arena_grow(arena, t->at, t->count, sizeof(*t->at));
	t->at[t->count++] = like;
}

static bool is_address(const char *chunk, size_t len)
{
	return memmem(chunk, len, "://", 3) || memchr(chunk, '@', len);
}

/* Of a chunk without blanks; what clause goes on behind it. */
static size_t add_chunk(struct arena *arena, struct tokens *t, const char *at, size_t len,
			size_t clause)
{
	const char *end = at + len;

	if (is_address(at, len)) {
		add(arena, t, at, len, (struct token){.clause = clause, .address = true});
		return clause;
	}
	if (len == 1 && *at == '-')
		return clause + 1;
	while (at < end) {
		const char *from = at;

		while (at < end && is_letter(g_utf8_get_char(at)))
			at = g_utf8_next_char(at);
		if (at > from)
			add(arena, t, from, (size_t)(at - from),
			    (struct token){.clause = clause});
		for (; at < end && !is_letter(g_utf8_get_char(at));
		     at = g_utf8_next_char(at)) {
			clause += ends_clause(g_utf8_get_char(at));
			t->odd = t->odd || !is_plain(g_utf8_get_char(at));
		}
	}
	return clause;
}

struct tokens tokens_of(struct arena *arena, const char *text)
{
	static const char blanks[] = " \t\r\n";
	struct tokens t = {0};
	size_t clause = 0;

	while (*text && !t.more) {
		size_t space = strspn(text, blanks), len;
		bool line = memchr(text, '\n', space) != NULL;

		text += space;
		len = strcspn(text, blanks);
		clause += line && g_unichar_isupper(g_utf8_get_char(text));
		clause = add_chunk(arena, &t, text, len, clause);
		text += len;
	}
	return t;
}
