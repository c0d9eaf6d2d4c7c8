#include "mail/reply_shape.h"
#include "base/str.h"

#include <glib.h>

enum {
	NAME_BYTES = 60, /* of a field, in letters of three bytes */
	NAME_WORDS = 4,
	FIELDS_ENOUGH = 4,
	FIGURES = 3, /* of a date, at least */
	RUN_LINES = 3,
	RUN_BYTES = 400
};

/* Figures of any script. */
static size_t figures(const char *text, size_t len)
{
	size_t n = 0;

	for (const char *at = text; at < text + len; at = g_utf8_next_char(at))
		n += g_unichar_isdigit(g_utf8_get_char_validated(at, text + len - at)) !=
		     FALSE;
	return n;
}

/* Where the value of "Name: value" begins; NULL: it is no such line. */
static const char *value_of(const struct reply_line *line)
{
	const char *text = line->text, *end = text + line->len, *name, *at;
	size_t words = 1;

	while (text < end && (str_is_space(*text) || strchr("*>_", *text)))
		text++;
	name = text;
	for (at = name; at < end && at - name < NAME_BYTES; at++) {
		if (*at == ':')
			break;
		if (end - at > 2 && memcmp(at, "\xEF\xBC\x9A", 3) == 0)
			break;
		if (strchr("@<>,?!;()", *at) || str_is_digit(*at))
			return NULL;
		words += *at == ' ';
	}
	if (at == name || at >= end || at - name >= NAME_BYTES || words > NAME_WORDS)
		return NULL;
	at += *at == ':' ? 1 : 3;
	while (at < end && (*at == '*' || str_is_space(*at)))
		at++;
	return at;
}

/* "A Name <a@b>", and nothing more. */
static bool is_mailbox(const char *value, const char *end)
{
	const char *open = memchr(value, '<', (size_t)(end - value));
	const char *at = memchr(value, '@', (size_t)(end - value));

	return open && at && at > open && memchr(at, '>', (size_t)(end - at));
}

/* The last line of a header that begins here, or begin when none does. */
static size_t header_to(const struct reply_line *lines, size_t begin, size_t count)
{
	size_t fields = 0, i = begin;
	bool dated = false;

	for (;
	     i < count && (lines[i].kind == REPLY_TEXT || lines[i].kind == REPLY_MOBILE);
	     i++) {
		const char *end = lines[i].text + lines[i].len;
		const char *value = value_of(&lines[i]);

		if (!value || (fields == 0 && !is_mailbox(value, end)))
			break;
		if (fields && !memchr(value, '@', (size_t)(end - value)))
			dated = dated || figures(value, (size_t)(end - value)) >= FIGURES;
		fields++;
	}
	return fields >= FIELDS_ENOUGH && dated ? i : begin;
}

static bool quote_follows(const struct reply_line *lines, size_t i, size_t count)
{
	while (i < count && lines[i].kind == REPLY_BLANK)
		i++;
	return i < count && lines[i].kind == REPLY_QUOTE;
}

static bool ends_with_colon(const struct reply_line *line)
{
	size_t len = line->len;

	while (len && (str_is_space(line->text[len - 1]) || line->text[len - 1] == '*'))
		len--;
	while (len > 2 && memcmp(line->text + len - 3, "\xE2\x80", 2) == 0)
		len -= 3; /* a mark of direction */
	return len && (line->text[len - 1] == ':' ||
		       (len > 2 && memcmp(line->text + len - 3, "\xEF\xBC\x9A", 3) == 0));
}

/* The first of the lines that name who wrote the quote below and when; last + 1: none. */
static size_t attribution_from(const struct reply_line *lines, size_t last)
{
	size_t from = last + 1, seen = 0, bytes = 0;
	bool mailbox = false;

	for (size_t i = last + 1; i-- > 0 && last - i < RUN_LINES;) {
		if (lines[i].kind != REPLY_TEXT || (bytes += lines[i].len) > RUN_BYTES)
			break;
		seen += figures(lines[i].text, lines[i].len);
		mailbox = mailbox || (memchr(lines[i].text, '@', lines[i].len) &&
				      memchr(lines[i].text, '>', lines[i].len));
		if (mailbox && seen >= FIGURES &&
		    is_mailbox(lines[i].text, lines[last].text + lines[last].len)) {
			from = i;
			break;
		}
	}
	return from;
}

void reply_mark_shapes(struct reply_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t to = lines[i].kind == REPLY_TEXT ? header_to(lines, i, count) : i;

		for (; i < to; i++)
			lines[i].kind = REPLY_HEADER;
		if (i < count && lines[i].kind == REPLY_TEXT &&
		    ends_with_colon(&lines[i]) && quote_follows(lines, i + 1, count))
			for (size_t k = attribution_from(lines, i); k <= i; k++)
				lines[k].kind = REPLY_ATTRIBUTION;
	}
}
