#include "text/charset/small_letters.h"
#include "base/str.h"

#include <glib.h>

/* The letter at text, if it is of those that nearly all texts have: ASCII, Latin-1 and general
 * punctuation. Its length; else 0. */
static size_t common_letter(const char *text, size_t len)
{
	unsigned char c = (unsigned char)text[0],
		      next = len > 1 ? (unsigned char)text[1] : 0;

	if (c < 0x80)
		return 1;
	if (c == 0xC2 || c == 0xC3)
		return (next & 0xC0) == 0x80 ? 2 : 0;
	return c == 0xE2 && (next == 0x80 || next == 0x81) && len > 2 &&
			       ((unsigned char)text[2] & 0xC0) == 0x80
		       ? 3
		       : 0;
}

/* Unicode's way takes a hundred times as long as the few letters that most texts have. */
char *small_letters(struct arena *arena, const char *text, size_t len)
{
	char *out = arena_strndup(arena, text, len), *low;

	for (size_t i = 0, n; i < len; i += n) {
		n = common_letter(out + i, len - i);
		if (!n) {
			low = g_utf8_strdown(text, (gssize)len);
			out = arena_strdup(arena, low);
			g_free(low);
			return out;
		}
		if (n == 1)
			out[i] = str_lower_char(out[i]);
		else if (out[i] == '\xC3' && (unsigned char)out[i + 1] <= 0x9E &&
			 out[i + 1] != '\x97') /* the sign of times */
			out[i + 1] = (char)(out[i + 1] + 0x20);
	}
	return out;
}
