#include "document/entity.h"
#include "base/buf.h"
#include "base/str.h"

#include <libxml/HTMLparser.h>

enum {
	NAME_LEAST = 2,
	NAME_MOST = 8,  /* "thetasym" */
	SHORT_MOST = 6, /* of those that old pages write without a semicolon */
	SLOTS = 1024,
	VALUE_FIRST = 34,  /* '"' */
	VALUE_LAST = 9830, /* the diamond */
	DIGITS_MOST = 10
};

static const htmlEntityDesc *slots[SLOTS];

static unsigned slot_of(const char *name, size_t len)
{
	unsigned n = 0;

	for (size_t i = 0; i < len; i++)
		n = n * 31 + (unsigned char)name[i];
	return n % SLOTS;
}

void entity_warm(void)
{
	static bool warm;

	if (warm)
		return;
	for (unsigned v = VALUE_FIRST; v <= VALUE_LAST; v++) {
		const htmlEntityDesc *e = htmlEntityValueLookup(v);
		unsigned at;

		if (!e)
			continue;
		at = slot_of(e->name, strlen(e->name));
		while (slots[at])
			at = (at + 1) % SLOTS;
		slots[at] = e;
	}
	warm = true;
}

static uint32_t named(const char *name, size_t len)
{
	entity_warm();
	for (unsigned at = slot_of(name, len); slots[at]; at = (at + 1) % SLOTS)
		if (strlen(slots[at]->name) == len &&
		    memcmp(slots[at]->name, name, len) == 0)
			return slots[at]->value;
	return 0;
}

static size_t give(uint32_t letter, char out[ENTITY_BYTES])
{
	struct buf one;
	size_t len;

	buf_init(&one, ENTITY_BYTES);
	str_utf8_add(&one, letter);
	len = one.len;
	memcpy(out, buf_text(&one), len);
	buf_clear(&one);
	return len;
}

/* What Windows has at 128 to 159, which is what is meant. */
static uint32_t as_meant(uint32_t n)
{
	static const uint16_t windows[] = {
		0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
		0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
		0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

	return n >= 0x80 && n < 0xA0 ? windows[n - 0x80] : n;
}

static int digit_of(char c, unsigned base)
{
	int v = str_is_digit(c)                 ? c - '0'
		: str_is_alpha(c) && base == 16 ? str_lower_char(c) - 'a' + 10
						: -1;

	return v < (int)base ? v : -1;
}

static size_t numbered(const char *text, size_t len, char out[ENTITY_BYTES],
		       size_t *out_len)
{
	unsigned base = len > 2 && str_lower_char(text[2]) == 'x' ? 16 : 10;
	size_t from = base == 16 ? 3 : 2, i = from;
	uint64_t n = 0;

	for (; i < len && i < from + DIGITS_MOST && digit_of(text[i], base) >= 0; i++)
		n = n * base + (unsigned)digit_of(text[i], base);
	if (i == from)
		return 0;
	n = n > 0x10FFFF ? 0xFFFD : as_meant((uint32_t)n);
	*out_len = give((uint32_t)n, out);
	return i + (i < len && text[i] == ';');
}

size_t entity_read(const char *text, size_t len, char out[ENTITY_BYTES], size_t *out_len)
{
	size_t n = 0;
	uint32_t letter;

	if (len < 3)
		return 0;
	if (text[1] == '#')
		return numbered(text, len, out, out_len);
	while (1 + n < len && n <= NAME_MOST &&
	       (str_is_alpha(text[1 + n]) || str_is_digit(text[1 + n])))
		n++;
	if (1 + n < len && text[1 + n] == ';') {
		letter = n <= NAME_MOST ? named(text + 1, n) : 0;
		if (!letter)
			return 0;
		*out_len = give(letter, out);
		return n + 2;
	}
	for (n = n < SHORT_MOST ? n : SHORT_MOST; n >= NAME_LEAST; n--) {
		letter = named(text + 1, n);
		if (letter && letter < 0x100) {
			*out_len = give(letter, out);
			return n + 1;
		}
	}
	return 0;
}
