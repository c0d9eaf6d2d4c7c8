#include "mail/decode/enriched.h"
#include "base/str.h"

enum { COMMAND_MAX = 64 };

static bool is_command(const char *at, size_t len, const char *name)
{
	return len == strlen(name) && strncasecmp(at, name, len) == 0;
}

/* The length of "<command>" at text, or 0 when none is there. */
static size_t command_len(const char *text, const char *end)
{
	size_t n = 1;

	if (end - text < 3 || (!str_is_alpha(text[1]) && text[1] != '/'))
		return 0;
	while (text + n < end && n < COMMAND_MAX && text[n] != '>' && text[n] != '<' &&
	       !str_is_space(text[n]))
		n++;
	return text + n < end && text[n] == '>' ? n + 1 : 0;
}

/* What a run of line ends says: one is a blank, n are n - 1. */
static size_t line_ends(struct buf *to, const char *text, const char *end)
{
	size_t n = 0;

	while (text + n < end && text[n] == '\n')
		n++;
	if (n == 1)
		buf_char(to, ' ');
	for (size_t i = 1; i < n; i++)
		buf_char(to, '\n');
	return n;
}

void mail_enriched_text(struct buf *to, const char *text, size_t len,
			enum mail_enriched kind)
{
	bool richtext = kind == MAIL_RICHTEXT;
	const char *end = text + len;
	size_t hidden = 0, as_is = 0;

	while (text < end) {
		size_t n = *text == '<' ? command_len(text, end) : 0;

		if (n) {
			const char *name = text + 1;
			size_t name_len = n - 2;
			bool closes = *name == '/';

			name += closes;
			name_len -= closes;
			if (is_command(name, name_len, "param") ||
			    is_command(name, name_len, "comment"))
				hidden = closes ? 0 : 1;
			else if (is_command(name, name_len, "nofill"))
				as_is = !closes;
			else if (is_command(name, name_len, "nl") ||
				 (richtext && is_command(name, name_len, "paragraph")))
				buf_char(to, '\n');
			else if (is_command(name, name_len, "lt"))
				buf_char(to, '<');
		} else if (*text == '\n' && !hidden && !as_is) {
			if (richtext)
				buf_char(to, ' ');
			n = richtext ? 1 : line_ends(to, text, end);
		} else {
			n = !richtext && text + 1 < end && text[0] == '<' &&
					    text[1] == '<'
				    ? 2
				    : 1;
			if (!hidden)
				buf_char(to, *text);
		}
		text += n;
	}
	buf_char(to, '\n');
}
