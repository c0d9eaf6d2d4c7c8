#include "mail/decode/decode.h"
#include "base/str.h"

enum mail_encoding mail_encoding_of(const char *name)
{
	if (str_istarts(name, "base64") || str_istarts(name, "b64"))
		return MAIL_ENCODING_BASE64;
	if (str_istarts(name, "quoted"))
		return MAIL_ENCODING_QP;
	if (str_istarts(name, "x-uu") || str_istarts(name, "uu"))
		return MAIL_ENCODING_UU;
	return MAIL_ENCODING_NONE;
}

/* One more than the value, so that 0 is "none"; - and _ are those of the URL kind. */
static const unsigned char base64_values[256] = {
	['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,
	['G'] = 7,  ['H'] = 8,  ['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12,
	['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18,
	['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
	['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30,
	['e'] = 31, ['f'] = 32, ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36,
	['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42,
	['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
	['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54,
	['2'] = 55, ['3'] = 56, ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60,
	['8'] = 61, ['9'] = 62, ['+'] = 63, ['-'] = 63, ['/'] = 64, ['_'] = 64,
};

static inline int base64_value(char c)
{
	return base64_values[(unsigned char)c] - 1;
}

/* How many letters of base64 stand there, one behind the other: lines of code are long. */
static size_t base64_run(const char *bytes, size_t len)
{
	size_t n = 0;

	while (n + 4 <= len && base64_values[(unsigned char)bytes[n]] &&
	       base64_values[(unsigned char)bytes[n + 1]] &&
	       base64_values[(unsigned char)bytes[n + 2]] &&
	       base64_values[(unsigned char)bytes[n + 3]])
		n += 4;
	while (n < len && base64_values[(unsigned char)bytes[n]])
		n++;
	return n;
}

/* Whether it is base64 as far as it was read. */
struct base64_check {
	size_t letters;
	bool ended, wrong;
};

static void check_base64(struct base64_check *c, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len && !c->wrong; i++) {
		if (!c->ended) {
			size_t run = base64_run(bytes + i, len - i);

			c->letters += run;
			i += run;
			if (i == len)
				break;
		}
		if (str_is_space(bytes[i]))
			continue;
		if (bytes[i] == '=')
			c->ended = true;
		else if (c->ended || base64_value(bytes[i]) < 0)
			c->wrong = true;
		else
			c->letters++;
	}
}

static bool is_hex(char c)
{
	return str_is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

static bool is_quoted_printable(const char *bytes, size_t len)
{
	const char *at = bytes, *end = bytes + len;

	while ((at = memchr(at, '=', (size_t)(end - at)))) {
		at++;
		if (end - at >= 2 && is_hex(at[0]) && is_hex(at[1])) {
			at += 2;
			continue;
		}
		while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
			at++;
		if (at < end && *at != '\n')
			return false;
	}
	return true;
}

bool mail_decodes(const char *bytes, size_t len, const char *encoding)
{
	static const char *const plain[] = {"7bit", "8bit", "binary"};
	size_t end;

	switch (mail_encoding_of(encoding)) {
	case MAIL_ENCODING_BASE64:
		return mail_base64_look(bytes, len, &end);
	case MAIL_ENCODING_QP:
		return is_quoted_printable(bytes, len);
	case MAIL_ENCODING_UU:
		return false; /* what stands around its block is passed over */
	case MAIL_ENCODING_NONE:
		break;
	}
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (str_empty(encoding) || str_ieq(encoding, plain[i]))
			return true;
	return false;
}

/* Words with blanks between them: somebody's program coded nothing and said it did. */
static bool plain_words(const char *text, size_t len)
{
	size_t blanks = 0, looked;

	while (len && str_is_space(*text)) {
		text++;
		len--;
	}
	looked = len < 400 ? len : 400;
	/* What stands behind the padding is a list's footer. */
	if (looked && memchr(text, '=', looked))
		looked = (size_t)((const char *)memchr(text, '=', looked) - text);
	for (size_t i = 1; i < looked; i++)
		blanks += text[i] == ' ' && i + 1 < len &&
			  (base64_value(text[i - 1]) >= 0 ||
			   strchr(",.;:!?", text[i - 1])) &&
			  base64_value(text[i + 1]) >= 0;
	/* Base64 whose lines were joined has one in 76. */
	return blanks > 3 && blanks * 25 > looked;
}

static bool only_base64(const char *text, size_t len)
{
	size_t n = 0;

	while (len && (*text == '=' || str_is_space(*text))) {
		text++;
		len--;
	}
	for (size_t i = 0; i < len; i++) {
		if (base64_value(text[i]) < 0 && text[i] != '=' && !str_is_space(text[i]))
			return false;
		n += !str_is_space(text[i]);
	}
	return n % 4 == 0;
}

enum { CODE_LEAST = 20 }; /* letters in a row that are no word */

/* A line of words, and not of code, whose lines may have been joined by blanks. */
static bool is_words(const char *line, size_t len)
{
	size_t words = 0, letters = 0;
	bool odd = false;

	for (size_t i = 0; i < len; i++) {
		size_t run = base64_run(line + i, len - i);

		words += run && (i == 0 || str_is_space(line[i - 1]));
		letters += run;
		i += run;
		if (i == len)
			break;
		if (str_is_space(line[i]))
			continue;
		words += i == 0 || str_is_space(line[i - 1]);
		letters++;
		odd = odd || line[i] != '=';
	}
	return words && letters < words * CODE_LEAST && (words > 1 || odd);
}

/* The letters of a line that is nothing but letters, as most are; 0: it is another. */
static size_t code_line(const char *line, size_t len)
{
	size_t run = base64_run(line, len);

	return run >= CODE_LEAST && (run == len || (run + 1 == len && line[run] == '\r'))
		       ? run
		       : 0;
}

bool mail_base64_look(const char *bytes, size_t len, size_t *out_end)
{
	struct base64_check c = {0};
	bool words = plain_words(bytes, len);
	size_t end = len;

	for (size_t at = 0, n; at < len; at += n + 1) {
		const char *line = bytes + at, *stop = memchr(line, '\n', len - at);
		size_t letters;

		n = stop ? (size_t)(stop - line) : len - at;
		letters = c.ended ? 0 : code_line(line, n);
		c.letters += letters;
		if (!letters)
			check_base64(&c, line, n);
		if (words)
			continue;
		if (!letters && is_words(line, n))
			end = end < len ? end : at;
		else if (letters || (n >= CODE_LEAST && !memchr(line, ' ', n)))
			end = len;
	}
	*out_end = end;
	return !c.wrong && c.letters % 4 != 1;
}

/* Whole groups of four as three bytes, up to whatever is no letter of base64. */
static size_t base64_fours(char *to, const char *text, size_t len)
{
	const unsigned char *in = (const unsigned char *)text;
	size_t n = 0;

	for (; n < len / 4; n++, in += 4, to += 3) {
		unsigned a = base64_values[in[0]], b = base64_values[in[1]],
			 c = base64_values[in[2]], d = base64_values[in[3]], all;

		if (!a || !b || !c || !d)
			break;
		all = (a - 1) << 18 | (b - 1) << 12 | (c - 1) << 6 | (d - 1);
		to[0] = (char)(all >> 16);
		to[1] = (char)(all >> 8);
		to[2] = (char)all;
	}
	return n;
}

/*
 * After padding a new row begins, for some senders glue padded pieces together; but
 * plain words there are a footer that somebody put behind. Bits that are left over at
 * the very end are a cut tail, and still hold a byte or two.
 */
static size_t base64(char *to, const char *text, size_t len)
{
	unsigned bits = 0;
	int have = 0;
	size_t n = 0;
	bool padded = false;

	for (size_t i = 0; i < len; i++) {
		int v;

		if (have == 0 && i + 4 <= len) {
			size_t fours = base64_fours(to + n, text + i, len - i);

			n += fours * 3;
			i += fours * 4;
			if (i == len)
				break;
		}
		v = base64_value(text[i]);
		if (text[i] == '=') {
			have = 0;
			bits = 0;
			if (!padded && !only_base64(text + i, len - i))
				break;
			padded = true;
		}
		if (v < 0)
			continue;
		bits = bits << 6 | (unsigned)v;
		have += 6;
		if (have >= 8) {
			have -= 8;
			to[n++] = (char)(bits >> have);
			bits &= (1u << have) - 1;
		}
	}
	return n;
}

static int hex(char c)
{
	if (str_is_digit(c))
		return c - '0';
	c = str_lower_char(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static size_t q(char *to, const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '=' && i + 2 < len && hex(text[i + 1]) >= 0 &&
		    hex(text[i + 2]) >= 0) {
			to[n++] = (char)(hex(text[i + 1]) * 16 + hex(text[i + 2]));
			i += 2;
		} else {
			to[n++] = text[i] == '_' ? ' ' : text[i];
		}
	}
	return n;
}

/* The length of blanks and a line end at text, or 0: what may follow a soft "=". */
static size_t soft_break(const char *text, size_t len)
{
	size_t i = 0;

	while (i < len && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r'))
		i++;
	if (i == len)
		return i ? i : 1;
	return text[i] == '\n' ? i + 1 : 0;
}

static size_t quoted_printable(char *to, const char *text, size_t len)
{
	size_t n = 0, soft;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '=') {
			soft = soft_break(text + i + 1, len - i - 1);
			if (soft) {
				i += soft;
				continue;
			}
			if (i + 2 < len && hex(text[i + 1]) >= 0 &&
			    hex(text[i + 2]) >= 0) {
				to[n++] =
					(char)(hex(text[i + 1]) * 16 + hex(text[i + 2]));
				i += 2;
				continue;
			}
		} else if (text[i] == '\n') {
			/* Blanks before a line end were put there on the way. */
			size_t keep = n;

			while (keep && (to[keep - 1] == ' ' || to[keep - 1] == '\t'))
				keep--;
			n = keep;
		}
		to[n++] = text[i];
	}
	return n;
}

static unsigned uu_value(char c)
{
	return ((unsigned char)c - 32u) & 63;
}

static size_t uu_line(char *to, const char *line, size_t len)
{
	size_t want = len ? uu_value(line[0]) : 0, n = 0;

	/* Never more than the line holds, so that decoding in place stays behind. */
	if (len && want > (len - 1) * 3 / 4 + 2)
		want = (len - 1) * 3 / 4 + 2;
	for (size_t i = 1; i < len && n < want; i += 4) {
		unsigned v = 0;

		for (size_t j = 0; j < 4; j++)
			v = v << 6 | (i + j < len ? uu_value(line[i + j]) : 0);
		to[n++] = (char)(v >> 16);
		if (n < want)
			to[n++] = (char)(v >> 8);
		if (n < want)
			to[n++] = (char)v;
	}
	return n;
}

/* A line of 1 + 4k characters gives at most 3k bytes, so in place is safe. */
static size_t uudecode(char *to, const char *text, size_t len)
{
	const char *end = text + len;
	size_t n = 0;

	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t line = (size_t)((stop ? stop : end) - text);

		while (line && (text[line - 1] == '\r'))
			line--;
		if (line == 3 && memcmp(text, "end", 3) == 0)
			break;
		if (!(line > 6 && memcmp(text, "begin ", 6) == 0))
			n += uu_line(to + n, text, line);
		text = stop ? stop + 1 : end;
	}
	return n;
}

size_t mail_decode_in_place(char *bytes, size_t len, enum mail_encoding encoding)
{
	switch (encoding) {
	case MAIL_ENCODING_BASE64:
		return plain_words(bytes, len) ? len : base64(bytes, bytes, len);
	case MAIL_ENCODING_QP:
		return quoted_printable(bytes, bytes, len);
	case MAIL_ENCODING_UU:
		return uudecode(bytes, bytes, len);
	case MAIL_ENCODING_NONE:
		break;
	}
	return len;
}

void mail_decode_base64(struct buf *to, const char *text, size_t len)
{
	char *room = buf_reserve(to, len);

	if (room)
		buf_wrote(to, base64(room, text, len));
}

void mail_decode_q(struct buf *to, const char *text, size_t len)
{
	char *room = buf_reserve(to, len);

	if (room)
		buf_wrote(to, q(room, text, len));
}

static bool uu_begin(const char *line, size_t len, struct mail_uu_block *out)
{
	size_t at = 6;

	if (len < 11 || memcmp(line, "begin ", 6) != 0)
		return false;
	while (at < len && line[at] >= '0' && line[at] <= '7')
		at++;
	if (at < 9 || at > 10 || at + 1 >= len || line[at] != ' ')
		return false;
	out->name = line + at + 1;
	out->name_len = len - at - 1;
	return true;
}

/* A body line says how long it is; one that does not fit means this was no uuencode. */
static bool uu_body_line(const char *line, size_t len)
{
	size_t want = len ? (uu_value(line[0]) + 2) / 3 * 4 : 0;

	return len && line[0] >= ' ' && line[0] <= '`' && len + 2 >= want + 1 &&
	       len <= want + 4;
}

bool mail_uu_find(const char *text, size_t len, struct mail_uu_block *out)
{
	const char *end = text + len, *line = text;
	bool inside = false;

	while (line < end) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		size_t n = (size_t)((stop ? stop : end) - line);
		const char *next = stop ? stop + 1 : end;

		while (n && line[n - 1] == '\r')
			n--;
		if (!inside) {
			inside = n > 10 && line[0] == 'b' && uu_begin(line, n, out);
			out->start = line;
			out->body = next;
		} else if (n == 3 && memcmp(line, "end", 3) == 0) {
			out->body_end = line;
			out->end = next;
			return true;
		} else if (n && !uu_body_line(line, n)) {
			inside = false;
		}
		line = next;
	}
	return false;
}
