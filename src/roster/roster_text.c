/* Bytes of a file as text in UTF-8. */
#include "base/str.h"
#include "roster/roster_private.h"
#include "text/charset/charset.h"
#include "text/charset/charset_guess.h"

enum { LOOKED_AT = 2000, TEXT_MOST = 1 << 30, SENTENCE_ROOM = 80 };

/* Of every two bytes one is zero, as in UTF-16 of English: which one, or NULL for neither. */
static const char *wide_name(const char *bytes, size_t len)
{
	size_t even = 0, odd = 0, most = len < LOOKED_AT ? len : LOOKED_AT;

	if (len >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0)
		return "utf-16le";
	if (len >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0)
		return "utf-16be";
	for (size_t i = 0; i + 1 < most; i += 2) {
		even += !bytes[i];
		odd += !bytes[i + 1];
	}
	if (odd > most / 4 && !even)
		return "utf-16le";
	return even > most / 4 && !odd ? "utf-16be" : NULL;
}

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
}

/* Files that hold no text, by how they begin, and what a person does about it. */
static const struct {
	const char *begins;
	size_t len;
	const char *why;
} others[] = {
	{"\xD0\xCF\x11\xE0", 4,
	 "this is a workbook of a spreadsheet program: save it there as CSV, and choose that file"},
	{"%PDF", 4, "this is a PDF; choose the file that it was made of"},
	{"\x1F\x8B", 2, "this is an archive: open it, and choose the file in it"},
	{"SQLite format", 13,
	 "this is a database: export its subscribers, and choose that file"},
};

const char *roster_no_text(const char *bytes, size_t len)
{
	size_t odd = 0, most = len < LOOKED_AT ? len : LOOKED_AT;

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (len >= others[i].len &&
		    memcmp(bytes, others[i].begins, others[i].len) == 0)
			return others[i].why;
	if (len >= 4 && memcmp(bytes, "PK\3\4", 4) == 0)
		return memmem(bytes, len, "[Content_Types]", 15) ||
				       memmem(bytes, len, "opendocument", 12)
			       ? others[0].why
			       : others[2].why;
	if (wide_name(bytes, len))
		return NULL;
	for (size_t i = 0; i < most; i++)
		odd += is_control(bytes[i]) && bytes[i] != '\r';
	return odd > most / 20 + 4
		       ? "this is no text: export it as CSV, and choose that file"
		       : NULL;
}

/* What turns words round, which no page shows as it is. */
static bool misleads(const char *text, size_t at, size_t len)
{
	return (unsigned char)text[at] >= 0xC2 &&
	       str_sign_at(text, at, len) == STR_SIGN_MISLEADS;
}

/* Nothing in it that has to be another byte. */
static bool is_plain(const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((is_control(bytes[i]) &&
		     (bytes[i] != '\r' || i + 1 == len || bytes[i + 1] != '\n')) ||
		    misleads(bytes, i, len))
			return false;
	return true;
}

/*
 * Line ends as LF, and for every other control character, and what turns words round, U+FFFD,
 * which is told of: a form that carries the text on would change them.
 */
static void put_plain(struct buf *to, const char *text, size_t len)
{
	size_t from = 0;

	for (size_t i = 0; i < len; i++) {
		bool unfit = misleads(text, i, len);

		if (!unfit && !is_control(text[i]))
			continue;
		buf_add(to, text + from, i - from);
		if (text[i] != '\r')
			buf_str(to, "\xEF\xBF\xBD");
		else if (i + 1 == len || text[i + 1] != '\n')
			buf_char(to, '\n');
		i += unfit ? str_utf8_char(text + i, len - i) - 1 : 0;
		from = i + 1;
	}
	buf_add(to, text + from, len - from);
}

void roster_text(struct roster *r, struct arena *arena, const char *bytes, size_t len)
{
	const char *wide = wide_name(bytes, len);
	AUTO(buf) text = buf_new(TEXT_MOST);
	AUTO(buf) plain = buf_new(TEXT_MOST);

	if (!wide && len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	r->charset = wide ? "UTF-16" : "UTF-8";
	if (!wide && str_utf8_valid(bytes, len) && is_plain(bytes, len)) {
		r->text = bytes;
		r->end = bytes + len;
		return;
	}
	if (wide || !str_utf8_valid(bytes, len)) {
		charset_to_utf8(text, wide, bytes, len);
		if (!wide && !memmem(buf_text(text), text->len, "\xEF\xBF\xBD", 3))
			r->charset = str_or(charset_guess(bytes, len), "Windows-1252");
		bytes = buf_text(text);
		len = text->len;
	}
	put_plain(plain, bytes, len);
	r->text = arena_strndup(arena, buf_text(plain), plain->len);
	r->end = r->text + plain->len;
}

const char *roster_line_end(const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));

	return newline ? newline + 1 : end;
}

const char *roster_trimmed(struct arena *arena, const char *text)
{
	const char *end = text + strlen(text), *last;
	size_t n;

	while (text < end && (n = str_unseen(text, (size_t)(end - text))))
		text += n;
	for (last = end; last > text;) {
		const char *at = last - 1;

		while (at > text && ((unsigned char)*at & 0xC0) == 0x80)
			at--;
		if (str_unseen(at, (size_t)(last - at)) != (size_t)(last - at))
			break;
		last = at;
	}
	return arena_strndup(arena, text, (size_t)(last - text));
}

const char *roster_short(struct arena *arena, const char *text)
{
	char cut[SENTENCE_ROOM];

	str_copy(cut, sizeof(cut), text);
	return arena_strdup(arena, cut);
}

bool roster_has_at(const char *text, size_t len)
{
	return memchr(text, '@', len) != NULL;
}
