/* A text as characters, and what was found in it. */
#include "domain/publication/redaction_find_private.h"
#include "base/str.h"

#include <glib.h>

enum {
	ASCII_END = 0x80,
	SOFT_HYPHEN = 0xAD,
	GRAPHEME_JOINER = 0x34F,
	DASH_FIRST = 0x2010,
	DASH_LAST = 0x2015,
	MINUS = 0x2212
};

/* ASCII is most of every text. */
bool glyph_is_digit(uint32_t c)
{
	return c < ASCII_END ? str_is_digit((char)c) : g_unichar_isdigit(c);
}

bool glyph_is_letter(uint32_t c)
{
	return c < ASCII_END ? str_is_alpha((char)c)
			     : g_unichar_isalpha(c) || g_unichar_ismark(c);
}

bool glyph_is_upper(uint32_t c)
{
	return c < ASCII_END ? c >= 'A' && c <= 'Z'
			     : g_unichar_isupper(c) || g_unichar_istitle(c);
}

bool glyph_is_blank(uint32_t c)
{
	return c < ASCII_END ? str_is_space((char)c) : g_unichar_isspace(c);
}

bool glyph_is_dash(uint32_t c)
{
	return c == '-' || (c >= DASH_FIRST && c <= DASH_LAST) || c == MINUS;
}

bool glyph_is_hidden(uint32_t c)
{
	return c >= ASCII_END && (c == SOFT_HYPHEN || c == GRAPHEME_JOINER ||
				  g_unichar_type(c) == G_UNICODE_FORMAT);
}

int64_t glyphs_have(const struct glyphs *t, int64_t at, const char *words)
{
	int64_t i = at;

	if (at && (glyph_is_letter(t->at[at - 1]) || glyph_is_digit(t->at[at - 1])))
		return 0;
	for (const char *c = words; *c; c++, i++) {
		if (*c == ' ' && glyph_is_blank(t->at[i]))
			continue;
		if (i >= t->count || t->at[i] > 0x7F ||
		    str_lower_char((char)t->at[i]) != *c)
			return 0;
	}
	return glyph_is_letter(t->at[i]) ? 0 : i - at;
}

int64_t glyphs_have_any(const struct glyphs *t, int64_t at, const char *const *words)
{
	int64_t longest = 0;

	if (!glyph_is_letter(t->at[at]))
		return 0;
	for (size_t i = 0; words[i]; i++) {
		int64_t len = glyphs_have(t, at, words[i]);

		if (len > longest)
			longest = len;
	}
	return longest;
}

void finding_add(struct finding_list *l, enum redaction_kind kind, int64_t from,
		 int64_t to)
{
	while (from < to && glyph_is_blank(l->text.at[from]))
		from++;
	while (to > from && glyph_is_blank(l->text.at[to - 1]))
		to--;
	if (from >= to)
		return;
	l->items = arena_grow(l->text.arena, l->items, l->count, sizeof(*l->items));
	l->items[l->count++] = (struct redaction_found){from, to, kind};
}
