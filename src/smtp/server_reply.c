#include "smtp/server_reply.h"

#include "base/numeral.h"
#include "base/str.h"

void smtp_reader_reset(struct smtp_reader *reader)
{
	reader->from = reader->to = 0;
	reader->inside = false;
}

char *smtp_reader_room(struct smtp_reader *reader, size_t *out_len)
{
	if (reader->from) {
		reader->to -= reader->from;
		memmove(reader->in, reader->in + reader->from, reader->to);
		reader->from = 0;
	}
	*out_len = sizeof(reader->in) - reader->to;
	return reader->in + reader->to;
}

void smtp_reader_wrote(struct smtp_reader *reader, size_t len)
{
	ASSERT(len <= sizeof(reader->in) - reader->to);
	reader->to += len;
}

/* The words come from outside: what is no text becomes '?', tabs become spaces. */
static void add_words(struct smtp_reply *reply, const char *words, size_t len)
{
	char *to = reply->text + reply->text_len;
	char *end = reply->text + sizeof(reply->text) - 1;

	if (reply->lines && to < end)
		*to++ = '\n';
	for (size_t i = 0; i < len && to < end;) {
		unsigned char c = (unsigned char)words[i];
		size_t whole = c < 0x80 ? 1 : str_utf8_char(words + i, len - i);

		if (whole > (size_t)(end - to))
			break;
		if (c == '\t')
			*to++ = ' ';
		else if (!whole || c < 0x20 || c == 0x7F ||
			 (c == 0xC2 && whole == 2 && (unsigned char)words[i + 1] < 0xA0))
			*to++ = '?';
		else
			for (size_t k = 0; k < whole; k++)
				*to++ = words[i + k];
		i += whole ? whole : 1;
	}
	*to = '\0';
	reply->text_len = (size_t)(to - reply->text);
}

/* "5.1.1 words": the class has to be the reply code's own (RFC 2034 4). */
static void find_status(struct smtp_reply *reply)
{
	const char *at = reply->text;
	size_t len = 0;
	int dots = 0;

	reply->status[0] = '\0';
	if (at[0] != '0' + reply->code / 100 || at[1] != '.')
		return;
	for (; str_is_digit(at[len]) || at[len] == '.'; len++) {
		bool dot = at[len] == '.';

		if (len + 1 >= sizeof(reply->status) ||
		    (dot && !str_is_digit(at[len + 1])))
			return;
		dots += dot;
	}
	if (dots != 2 || (at[len] && at[len] != ' ' && at[len] != '\n'))
		return;
	memcpy(reply->status, at, len);
	reply->status[len] = '\0';
}

static bool read_line(struct smtp_reader *reader, const char *line, size_t len,
		      bool *out_last)
{
	struct smtp_reply *reply = &reader->reply;
	int code;

	if (len < 3 || line[0] < '2' || line[0] > '5' || !str_is_digit(line[1]) ||
	    !str_is_digit(line[2]))
		return false;
	if (len > 3 && line[3] != ' ' && line[3] != '-')
		return false;
	code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
	if (!reader->inside) {
		reader->inside = true;
		reply->code = code;
		reply->lines = 0;
		reply->text_len = 0;
		reply->text[0] = '\0';
	}
	if (code != reply->code || reply->lines == SMTP_REPLY_LINES)
		return false;
	add_words(reply, line + (len > 3 ? 4 : 3), len > 3 ? len - 4 : 0);
	reply->lines++;
	*out_last = len == 3 || line[3] == ' ';
	return true;
}

enum smtp_read smtp_reader_next(struct smtp_reader *reader)
{
	for (;;) {
		const char *line = reader->in + reader->from;
		size_t rest = reader->to - reader->from;
		const char *end = rest ? memchr(line, '\n', rest) : NULL;
		size_t len;
		bool last = false;

		if (!end)
			return rest == sizeof(reader->in) ? SMTP_READ_GARBAGE
							  : SMTP_READ_MORE;
		len = (size_t)(end - line);
		reader->from += len + 1;
		if (len && line[len - 1] == '\r')
			len--;
		if (!read_line(reader, line, len, &last))
			return SMTP_READ_GARBAGE;
		if (!last)
			continue;
		reader->inside = false;
		find_status(&reader->reply);
		return SMTP_READ_REPLY;
	}
}

static bool is_keyword(const char *line, size_t len, const char *keyword)
{
	size_t want = strlen(keyword);

	return len >= want && !strncasecmp(line, keyword, want) &&
	       (len == want || line[want] == ' ' || line[want] == '=');
}

/* " 35882577"; what no number can hold is no limit, and of several the last counts. */
static int64_t read_size(const char *text, size_t len)
{
	int64_t size = 0;

	for (size_t i = 1; i < len && str_is_digit(text[i]); i++)
		size = numeral_with(size, text[i] - '0');
	return size == INT64_MAX ? 0 : size;
}

void smtp_offer_read(const struct smtp_reply *reply, struct smtp_offer *out)
{
	const char *line = strchr(reply->text, '\n'); /* the first line is a greeting */

	memset(out, 0, sizeof(*out));
	while (line) {
		const char *next = strchr(++line, '\n');
		size_t len = next ? (size_t)(next - line) : strlen(line);

		out->pipelining |= is_keyword(line, len, "PIPELINING");
		out->eight_bit |= is_keyword(line, len, "8BITMIME");
		out->utf8 |= is_keyword(line, len, "SMTPUTF8");
		out->enhanced |= is_keyword(line, len, "ENHANCEDSTATUSCODES");
		out->auth |= is_keyword(line, len, "AUTH");
		if (is_keyword(line, len, "SIZE")) {
			out->size = true;
			out->size_max = read_size(line + 4, len - 4);
		}
		line = next;
	}
}
