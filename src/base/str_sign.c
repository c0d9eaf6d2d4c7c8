/* What of foreign words is not seen where they are shown. */
#include "base/str.h"

#include <glib.h>

enum {
	ZWNJ = 0x200C,
	ZWJ = 0x200D,
	TAG_FIRST = 0xE0000,
	TAG_LAST = 0xE007F,
	BLACK_FLAG_BYTES = 4
};

/* U+0600 and the like stand around numbers and are seen, though they are format signs. */
static bool is_seen_format(gunichar c)
{
	return (c >= 0x600 && c <= 0x605) || c == 0x6DD || c == 0x70F || c == 0x890 ||
	       c == 0x891 || c == 0x8E2 || c == 0x110BD || c == 0x110CD;
}

/* The flags of England, Scotland and Wales are a black flag with a name in tag letters. */
static size_t flag_bytes(const char *text, size_t len)
{
	static const char *const flags[] = {
		"\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
		"\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F",
		"\U0001F3F4\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F"};

	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		if (strlen(flags[i]) <= len &&
		    memcmp(text, flags[i], strlen(flags[i])) == 0)
			return strlen(flags[i]);
	return 0;
}

static bool is_in_flag(const char *text, size_t at, size_t len)
{
	static const char black[] = "\U0001F3F4";
	size_t from = at;

	/* Six tag letters of four bytes at most stand behind the flag. */
	for (size_t n = 0; n < 6 && from >= BLACK_FLAG_BYTES; n++) {
		from -= BLACK_FLAG_BYTES;
		if (memcmp(text + from, black, BLACK_FLAG_BYTES) == 0)
			return at < from + flag_bytes(text + from, len - from);
	}
	return false;
}

static gunichar before(const char *text, size_t at)
{
	size_t from = at;

	while (from && ((unsigned char)text[from - 1] & 0xC0) == 0x80)
		from--;
	return from && str_utf8_char(text + from - 1, at - from + 1)
		       ? g_utf8_get_char(text + from - 1)
		       : 0;
}

static gunichar behind(const char *text, size_t at, size_t len)
{
	at += str_utf8_char(text + at, len - at);
	return str_utf8_char(text + at, len - at) ? g_utf8_get_char(text + at) : 0;
}

/* Letters that are drawn otherwise when they are joined, or held apart. */
static bool is_joined(gunichar c)
{
	switch (g_unichar_get_script(c)) {
	case G_UNICODE_SCRIPT_ARABIC:
	case G_UNICODE_SCRIPT_SYRIAC:
	case G_UNICODE_SCRIPT_NKO:
	case G_UNICODE_SCRIPT_MONGOLIAN:
	case G_UNICODE_SCRIPT_DEVANAGARI:
	case G_UNICODE_SCRIPT_BENGALI:
	case G_UNICODE_SCRIPT_GURMUKHI:
	case G_UNICODE_SCRIPT_GUJARATI:
	case G_UNICODE_SCRIPT_ORIYA:
	case G_UNICODE_SCRIPT_TAMIL:
	case G_UNICODE_SCRIPT_TELUGU:
	case G_UNICODE_SCRIPT_KANNADA:
	case G_UNICODE_SCRIPT_MALAYALAM:
	case G_UNICODE_SCRIPT_SINHALA:
	case G_UNICODE_SCRIPT_KHMER:
	case G_UNICODE_SCRIPT_MYANMAR:
	case G_UNICODE_SCRIPT_TIBETAN:
		return g_unichar_isalpha(c) || g_unichar_ismark(c);
	default:
		return false;
	}
}

static bool is_face(gunichar c)
{
	return c == 0xFE0F || (c >= 0x1F3FB && c <= 0x1F3FF) ||
	       g_unichar_type(c) == G_UNICODE_OTHER_SYMBOL;
}

static bool is_joiner_needed(gunichar c, gunichar left, gunichar right)
{
	if (c == ZWJ && is_face(left) && is_face(right))
		return true;
	/* Behind a virama it makes the last letter of a word. */
	return is_joined(left) && (is_joined(right) || g_unichar_ismark(left));
}

enum str_sign str_sign_at(const char *text, size_t at, size_t len)
{
	size_t n = str_utf8_char(text + at, len - at);
	gunichar c;

	if (n < 2)
		return STR_SIGN_SHOWN;
	c = g_utf8_get_char(text + at);
	if (c >= TAG_FIRST && c <= TAG_LAST)
		return is_in_flag(text, at, len) ? STR_SIGN_SHOWN : STR_SIGN_MISLEADS;
	if (str_is_bidi_control(text + at, n) || c == 0x61C)
		return STR_SIGN_MISLEADS;
	switch (g_unichar_type(c)) {
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
		return STR_SIGN_LINE;
	case G_UNICODE_FORMAT:
		if (is_seen_format(c) ||
		    ((c == ZWJ || c == ZWNJ) &&
		     is_joiner_needed(c, before(text, at), behind(text, at, len))))
			return STR_SIGN_SHOWN;
		return STR_SIGN_UNSEEN;
	default:
		return STR_SIGN_SHOWN;
	}
}
