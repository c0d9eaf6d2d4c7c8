#include "base/calendar.h"
#include "base/str.h"
#include "base/utf8_cut.h"

#include <errno.h>
#include <inttypes.h>

bool str_in(const char *word, const char *const *list)
{
	for (; word && *list; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

bool str_ieq(const char *a, const char *b)
{
	if (a == b)
		return true;
	if (!a || !b)
		return false;
	for (; *a && str_lower_char(*a) == str_lower_char(*b); a++, b++)
		;
	return str_lower_char(*a) == str_lower_char(*b);
}

bool str_istarts(const char *text, const char *with)
{
	if (!text)
		return false;
	for (; *with; text++, with++)
		if (str_lower_char(*text) != str_lower_char(*with))
			return false;
	return true;
}

bool str_ends(const char *text, const char *with)
{
	size_t a = text ? strlen(text) : 0, b = strlen(with);

	return text && a >= b && strcmp(text + a - b, with) == 0;
}

bool str_iends(const char *text, const char *with)
{
	size_t a = text ? strlen(text) : 0, b = strlen(with);

	return text && a >= b && str_ieq(text + a - b, with);
}

const char *str_ifind_near(const char *text, size_t len, const char *what)
{
	char first = str_lower_char(*what);

	for (; text && *text && len; text++, len--)
		if ((!first || str_lower_char(*text) == first) && str_istarts(text, what))
			return text;
	return NULL;
}

const char *str_ifind(const char *text, const char *what)
{
	char first = str_lower_char(*what);
	const char either[] = {
		first, first >= 'a' && first <= 'z' ? (char)(first - 32) : first, '\0'};

	if (!text || !first)
		return str_empty(text) ? NULL : text;
	while ((text = strpbrk(text, either)) && !str_istarts(text, what))
		text++;
	return text;
}

void str_pairs_note(struct str_pairs *out, const char *text)
{
	memset(out, 0, sizeof(*out));
	for (; text[0] && text[1]; text++)
		out->behind[text[0] & 63] |= UINT64_C(1) << (text[1] & 63);
}

static bool may_hold(const struct str_pairs *p, const char *phrase)
{
	for (; phrase[0] && phrase[1]; phrase++)
		if (!(p->behind[phrase[0] & 63] >> (phrase[1] & 63) & 1))
			return false;
	return true;
}

const char *str_any_of(const struct str_pairs *p, const char *text,
		       const char *const *phrases)
{
	for (; *phrases; phrases++)
		if (may_hold(p, *phrases) && strstr(text, *phrases))
			return *phrases;
	return NULL;
}

bool str_empty(const char *text)
{
	return !text || !*text;
}

const char *str_or(const char *text, const char *otherwise)
{
	return str_empty(text) ? otherwise : text;
}

/* Eight at a time: in the top bit of each byte whether it is a capital. */
static uint64_t capitals(uint64_t eight)
{
	const uint64_t each = UINT64_C(0x0101010101010101), top = each * 0x80;
	uint64_t seven = eight & ~top;

	return ~eight & top &
	       ((seven + each * (0x80 - 'A')) ^ (seven + each * (0x7F - 'Z')));
}

void str_lower(char *text)
{
	size_t len = strlen(text);
	uint64_t eight;

	for (; len >= sizeof(eight); text += sizeof(eight), len -= sizeof(eight)) {
		memcpy(&eight, text, sizeof(eight));
		eight |= capitals(eight) >> 2;
		memcpy(text, &eight, sizeof(eight));
	}
	for (; len; text++, len--)
		*text = str_lower_char(*text);
}

bool str_blank(const char *text)
{
	while (text && str_is_space(*text))
		text++;
	return !text || !*text;
}

char *str_trim(char *text)
{
	size_t len;

	while (str_is_space(*text))
		text++;
	len = str_without_tail(text, strlen(text));
	if (text[len])
		text[len] = '\0';
	return text;
}

bool str_is_option(const char *word, const char *name)
{
	size_t len = strlen(name);

	return str_starts(word, "--") && strncmp(word + 2, name, len) == 0 &&
	       (!word[2 + len] || word[2 + len] == '=');
}

void str_copy(char *to, size_t room, const char *from)
{
	size_t len = strlen(str_or(from, ""));

	ASSERT(room > 0);
	if (len >= room)
		len = utf8_whole(from, room - 1);
	if (len)
		memcpy(to, from, len);
	to[len] = '\0';
}

void str_utf8_clean(struct buf *to, const char *text, size_t len)
{
	size_t good = 0;

	for (size_t at = 0, n; at <= len; at += n ? n : 1) {
		n = at < len && text[at] ? str_utf8_char(text + at, len - at) : 0;
		if (n)
			continue;
		buf_add(to, text + good, at - good);
		good = at + 1;
		if (at < len)
			buf_str(to, "\xEF\xBF\xBD");
	}
}

void str_utf8_add(struct buf *to, uint32_t c)
{
	char out[4];

	if (c < 0x80) {
		buf_char(to, (char)c);
		return;
	}
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = 0xFFFD;
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		buf_add(to, out, 2);
	} else if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		buf_add(to, out, 3);
	} else {
		out[0] = (char)(0xF0 | c >> 18);
		out[1] = (char)(0x80 | (c >> 12 & 0x3F));
		out[2] = (char)(0x80 | (c >> 6 & 0x3F));
		out[3] = (char)(0x80 | (c & 0x3F));
		buf_add(to, out, 4);
	}
}

bool str_to_int(const char *text, int64_t min, int64_t max, int64_t *out, struct err *err)
{
	char *end;
	long long n;

	errno = 0;
	n = text ? strtoll(text, &end, 10) : 0;
	if (str_empty(text) || *end || errno ||
	    !(str_is_digit(*text) || (*text == '-' && str_is_digit(text[1]))) ||
	    n < min || n > max)
		return err_set(err, ERR_INPUT,
			       "\"%.60s\" is not a whole number from %" PRId64
			       " to %" PRId64,
			       str_or(text, ""), min, max);
	*out = n;
	return true;
}

struct unit {
	const char *name;
	int64_t factor;
};

static bool with_unit(const char *text, const struct unit *units, size_t n_units,
		      const char *wanted, int64_t *out, struct err *err)
{
	char *end = NULL;
	long long n;

	errno = 0;
	n = text && str_is_digit(*text) ? strtoll(text, &end, 10) : -1;
	if (n < 0 || errno)
		goto bad;
	while (*end == ' ')
		end++;
	for (size_t i = 0; i < n_units; i++) {
		if (!str_ieq(end, units[i].name))
			continue;
		if (n > INT64_MAX / units[i].factor)
			goto bad;
		*out = n * units[i].factor;
		return true;
	}
bad:
	return err_set(err, ERR_INPUT, "\"%.60s\" is not %s", str_or(text, ""), wanted);
}

bool str_to_size(const char *text, int64_t *out_bytes, struct err *err)
{
	static const struct unit units[] = {
		{"B", 1},      {"kB", 1000},     {"MB", 1000000},  {"GB", 1000000000},
		{"KiB", 1024}, {"MiB", 1 << 20}, {"GiB", 1 << 30},
	};

	return with_unit(text, units, ARRAY_LEN(units),
			 "a size; write a number and B, kB, MB or GB, as in \"20 MB\"",
			 out_bytes, err);
}

bool str_to_duration(const char *text, int64_t *out_s, struct err *err)
{
	static const struct unit units[] = {
		{"s", 1},
		{"second", 1},
		{"seconds", 1},
		{"m", 60},
		{"min", 60},
		{"minute", 60},
		{"minutes", 60},
		{"h", HOUR_S},
		{"hour", HOUR_S},
		{"hours", HOUR_S},
		{"d", DAY_S},
		{"day", DAY_S},
		{"days", DAY_S},
		{"w", CALENDAR_WEEK * DAY_S},
		{"week", CALENDAR_WEEK * DAY_S},
		{"weeks", CALENDAR_WEEK * DAY_S},
	};

	return with_unit(
		text, units, ARRAY_LEN(units),
		"a duration; write a number and s, min, h, days or weeks, as in \"4 h\"",
		out_s, err);
}

void str_hex(char *to, const void *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *from = bytes;

	for (size_t i = 0; i < len; i++) {
		*to++ = digits[from[i] >> 4];
		*to++ = digits[from[i] & 15];
	}
	*to = '\0';
}

void str_base32(char *to, const void *bytes, size_t len)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	const unsigned char *from = bytes;
	unsigned have = 0, bits = 0;

	for (size_t i = 0; i < len; i++) {
		have = have << 8 | from[i];
		for (bits += 8; bits >= 5; bits -= 5)
			*to++ = letters[have >> (bits - 5) & 31];
		have &= (1u << bits) - 1;
	}
	if (bits)
		*to++ = letters[have << (5 - bits) & 31];
	*to = '\0';
}

bool str_unbase32(void *to, size_t len, const char *text)
{
	unsigned char *out = to;
	unsigned have = 0, bits = 0, value;
	size_t n = 0;

	for (; *text; text++) {
		char c = str_lower_char(*text);

		if (c >= 'a' && c <= 'z')
			value = (unsigned)(c - 'a');
		else if (c >= '2' && c <= '7')
			value = (unsigned)(c - '2') + 26;
		else
			return false;
		have = have << 5 | value;
		bits += 5;
		if (bits >= 8) {
			if (n == len)
				return false;
			bits -= 8;
			out[n++] = (unsigned char)(have >> bits);
			have &= (1u << bits) - 1;
		}
	}
	return n == len && bits < 5 && have == 0;
}

void str_add_url(struct buf *to, const char *text)
{
	for (; *text; text++)
		if (str_is_alpha(*text) || str_is_digit(*text) || strchr("-._~", *text))
			buf_char(to, *text);
		else
			buf_printf(to, "%%%02X", (unsigned char)*text);
}

const char str_word_letters[256] = {
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5',
	['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9', ['A'] = 'a', ['B'] = 'b',
	['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h',
	['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n',
	['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
	['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
	['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f',
	['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l',
	['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r',
	['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x',
	['y'] = 'y', ['z'] = 'z'};
