#include "mail/write/encode.h"

#include "base/str.h"

enum { LINE = 76, WORD_MAX = 75, ATOM_PHRASE_MAX = 60 };

static const char word_head_b[] = "=?UTF-8?B?", word_head_q[] = "=?UTF-8?Q?",
		  word_tail[] = "?=";
enum { WORD_FRAME = sizeof(word_head_b) - 1 + sizeof(word_tail) - 1 };

static void base64(struct buf *to, const unsigned char *bytes, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		size_t n = len - i < 3 ? len - i : 3;
		unsigned v = (unsigned)bytes[i] << 16 |
			     (n > 1 ? (unsigned)bytes[i + 1] << 8 : 0) |
			     (n > 2 ? bytes[i + 2] : 0);

		buf_char(to, digits[v >> 18 & 63]);
		buf_char(to, digits[v >> 12 & 63]);
		buf_char(to, n > 1 ? digits[v >> 6 & 63] : '=');
		buf_char(to, n > 2 ? digits[v & 63] : '=');
	}
}

void encode_base64(struct buf *to, const void *bytes, size_t len)
{
	enum { A_LINE = 57 };

	for (size_t at = 0; at < len; at += A_LINE) {
		base64(to, (const unsigned char *)bytes + at,
		       len - at < A_LINE ? len - at : A_LINE);
		buf_str(to, "\r\n");
	}
}

/* What may stand for itself in a Q word, also in a display name. */
static bool q_plain(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (c && strchr("!*+-/", c));
}

static size_t q_cost(const char *text, size_t len)
{
	size_t cost = 0;

	for (size_t i = 0; i < len; i++)
		cost += q_plain(text[i]) || text[i] == ' ' ? 1 : 3;
	return cost;
}

static void q_add(struct buf *to, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == ' ')
			buf_char(to, '_');
		else if (q_plain(text[i]))
			buf_char(to, text[i]);
		else
			buf_printf(to, "=%02X", (unsigned char)text[i]);
	}
}

/* The shorter of B and Q; the white space between two words is not part of the text. */
static void encoded_words(struct buf *to, const char *text, size_t used)
{
	size_t left = strlen(text);
	bool q = q_cost(text, left) <= (left + 2) / 3 * 4;

	while (left) {
		size_t room = used + WORD_FRAME + 12 < LINE ? LINE - used : 0;
		size_t take = 0, cost = 0;

		room = room > WORD_MAX ? WORD_MAX : room;
		while (take < left && room) {
			size_t n = str_utf8_char(text + take, left - take);
			size_t more;

			n = n ? n : 1;
			more = q ? cost + q_cost(text + take, n) : (take + n + 2) / 3 * 4;
			if (WORD_FRAME + more > room)
				break;
			cost = more;
			take += n;
		}
		if (take) {
			buf_str(to, q ? word_head_q : word_head_b);
			if (q)
				q_add(to, text, take);
			else
				base64(to, (const unsigned char *)text, take);
			buf_str(to, word_tail);
			text += take;
			left -= take;
		}
		if (left)
			buf_str(to, "\r\n ");
		used = 1;
	}
}

/* Whether a reader who unfolds gets exactly this back. */
static bool plain_unstructured(const char *text)
{
	size_t len = strlen(text), word = 0;

	if (len && (text[0] == ' ' || text[len - 1] == ' '))
		return false;
	for (size_t i = 0; i < len; i++) {
		word = text[i] == ' ' ? 0 : word + 1;
		if (text[i] < 0x20 || text[i] > 0x7E || word > LINE - 16 ||
		    (text[i] == ' ' && text[i + 1] == ' ') ||
		    (text[i] == '=' && text[i + 1] == '?'))
			return false;
	}
	return true;
}

void encode_unstructured(struct buf *to, const char *text, size_t used)
{
	if (!plain_unstructured(text)) {
		encoded_words(to, text, used);
		return;
	}
	while (*text) {
		size_t word = strcspn(text, " "), gap = text[word] == ' ';

		buf_add(to, text, word);
		used += word;
		text += word + gap;
		if (!gap)
			break;
		word = strcspn(text, " ");
		if (used + 1 + word > LINE) {
			buf_str(to, "\r\n");
			used = 0;
		}
		buf_char(to, ' ');
		used++;
	}
}

static bool is_atom_text(char c)
{
	return str_is_alpha(c) || str_is_digit(c) ||
	       (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

void encode_phrase(struct buf *to, const char *name, size_t used)
{
	bool atoms = true;

	if (!plain_unstructured(name) || strlen(name) > ATOM_PHRASE_MAX) {
		encoded_words(to, name, used);
		return;
	}
	for (const char *c = name; *c; c++)
		atoms = atoms && (is_atom_text(*c) || *c == ' ');
	if (atoms) {
		buf_str(to, name);
		return;
	}
	buf_char(to, '"');
	for (const char *c = name; *c; c++) {
		if (*c == '"' || *c == '\\')
			buf_char(to, '\\');
		buf_char(to, *c);
	}
	buf_char(to, '"');
}

static const char *mark_at(const char *text, const char *const *marks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (*text == *marks[i] && str_starts(text, marks[i]))
			return marks[i];
	return NULL;
}

static size_t line_end_len(const char *text)
{
	if (text[0] == '\r')
		return text[1] == '\n' ? 2 : 1;
	return text[0] == '\n';
}

/* One byte as it is written, in "unit". */
static void qp_unit(const char *text, size_t used, char unit[4])
{
	static const char hex[] = "0123456789ABCDEF";
	unsigned char c = (unsigned char)*text;
	bool last = line_end_len(text + 1) || !text[1];
	bool plain = (c >= 0x21 && c <= 0x7E && c != '=') ||
		     ((c == ' ' || c == '\t') && !last);

	if (!used && (c == '.' || str_starts(text, "From ")))
		plain = false;
	memset(unit, 0, 4);
	if (plain) {
		unit[0] = (char)c;
		return;
	}
	unit[0] = '=';
	unit[1] = hex[c >> 4];
	unit[2] = hex[c & 15];
}

/* How many bytes from here on stand as they are, of at most "room"; marks never do. */
static size_t plain_run(const bool plain[256], const char *text, size_t room)
{
	size_t n = 0;

	while (n < room && plain[(unsigned char)text[n]])
		n++;
	/* White space at the end of a line is written otherwise. */
	if (n && (text[n - 1] == ' ' || text[n - 1] == '\t') &&
	    (!text[n] || line_end_len(text + n)))
		n--;
	return n;
}

static void plain_bytes(bool plain[256], const char *const *marks, size_t mark_count)
{
	for (int c = 0; c < 256; c++)
		plain[c] = (c >= 0x20 && c <= 0x7E && c != '=') || c == '\t';
	for (size_t i = 0; i < mark_count; i++)
		plain[(unsigned char)*marks[i]] = false;
}

void encode_quoted_printable(struct buf *to, const char *text, const char *const *marks,
			     size_t mark_count)
{
	bool plain[256];
	size_t used = 0;

	plain_bytes(plain, marks, mark_count);
	while (*text) {
		const char *mark;
		size_t newline = line_end_len(text), len;
		char unit[4];

		if (newline) {
			buf_add(to, "\r\n", 2);
			used = 0;
			text += newline;
			continue;
		}
		/* One column is kept for the '=' of a soft break. */
		len = used || (*text != '.' && *text != 'F')
			      ? plain_run(plain, text, LINE - 1 - used)
			      : 0;
		if (len) {
			buf_add(to, text, len);
			used += len;
			text += len;
			continue;
		}
		mark = mark_at(text, marks, mark_count);
		qp_unit(text, used, unit);
		len = mark ? strlen(mark) : strlen(unit);
		if (used + len > LINE - 1) {
			buf_str(to, "=\r\n");
			used = 0;
			qp_unit(text, used, unit);
			len = mark ? len : strlen(unit);
		}
		buf_str(to, mark ? mark : unit);
		used += len;
		text += mark ? len : 1;
	}
}
