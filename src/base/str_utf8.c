/* Where characters begin and end: for all, and for err.c, which str.c needs itself. */
#include "base/str.h"

#include <glib.h>

size_t str_utf8_char(const char *text, size_t len)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t need;
	uint32_t c;

	if (len == 0)
		return 0;
	if (s[0] < 0x80)
		return 1;
	if (s[0] >= 0xC2 && s[0] <= 0xDF)
		need = 2;
	else if (s[0] >= 0xE0 && s[0] <= 0xEF)
		need = 3;
	else if (s[0] >= 0xF0 && s[0] <= 0xF4)
		need = 4;
	else
		return 0;
	if (len < need)
		return 0;
	c = s[0] & (0xFFu >> (need + 1));
	for (size_t i = 1; i < need; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3F);
	}
	if ((need == 3 && c < 0x800) || (need == 4 && (c < 0x10000 || c > 0x10FFFF)) ||
	    (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	return need;
}

static bool begins_character(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

size_t str_utf8_count(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len && text[i]; i++)
		n += begins_character(text[i]);
	return n;
}

size_t str_utf8_bytes(const char *text, size_t characters)
{
	size_t i = 0;

	for (; text[i]; i++)
		if (begins_character(text[i]) && characters-- == 0)
			break;
	return i;
}

size_t str_walk_to(struct str_walk *walk, size_t characters)
{
	const char *text = walk->text;
	size_t i = walk->bytes, n = walk->characters;

	while (n > characters) {
		do
			i--;
		while (!begins_character(text[i]));
		n--;
	}
	while (n < characters && text[i]) {
		do
			i++;
		while (!begins_character(text[i]));
		n++;
	}
	walk->bytes = i;
	walk->characters = n;
	return i;
}

/* How many bytes at the start are ASCII, counted in eights: most text is nothing else. */
static size_t ascii_start(const char *text, size_t len)
{
	size_t n = 0;

	for (uint64_t eight; n + 8 <= len; n += 8) {
		memcpy(&eight, text + n, 8);
		if (eight & UINT64_C(0x8080808080808080))
			break;
	}
	return n;
}

bool str_utf8_valid(const char *text, size_t len)
{
	for (size_t n; len; text += n, len -= n) {
		n = ascii_start(text, len);
		if (n)
			continue;
		n = str_utf8_char(text, len);
		if (!n)
			return false;
	}
	return true;
}

bool str_is_bidi_control(const char *at, size_t len)
{
	unsigned char last;

	if (len < 3 || at[0] != '\xE2')
		return false;
	last = (unsigned char)at[2];
	return (at[1] == '\x80' && last >= 0xAA && last <= 0xAE) || /* U+202A-202E */
	       (at[1] == '\x81' && last >= 0xA6 && last <= 0xA9);   /* U+2066-2069 */
}

size_t str_unseen(const char *text, size_t len)
{
	size_t n = str_utf8_char(text, len);
	gunichar c = n ? g_utf8_get_char(text) : 0;

	if (!n)
		return 0;
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
	case G_UNICODE_SPACE_SEPARATOR:
		return n;
	default:
		return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 ? n : 0;
	}
}
