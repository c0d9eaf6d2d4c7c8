#include "text/words/word.h"
#include "base/str.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { WORD_BYTES_MOST = 64 };

static uint32_t code_point(const char *at, size_t len)
{
	const unsigned char *b = (const unsigned char *)at;

	switch (len) {
	case 2:
		return (uint32_t)(b[0] & 0x1f) << 6 | (b[1] & 0x3f);
	case 3:
		return (uint32_t)(b[0] & 0x0f) << 12 | (uint32_t)(b[1] & 0x3f) << 6 |
		       (b[2] & 0x3f);
	default:
		return 0x10000; /* no case there that people write mails in */
	}
}

/* Blanks, dashes, quotes, bullets and other signs beyond ASCII. */
static bool parts_words(uint32_t c)
{
	return c < 0xaa || c == 0xab || (c > 0xab && c < 0xb5) || c == 0xb6 ||
	       c == 0xb7 || c == 0xbb || c == 0xbf || c == 0xd7 || c == 0xf7 ||
	       (c >= 0x2000 && c <= 0x2bff) || (c >= 0x3000 && c <= 0x3004) ||
	       (c >= 0x3008 && c <= 0x3020) || (c >= 0xe000 && c <= 0xf8ff) ||
	       c == 0xfeff || c == 0xfffd || (c >= 0xff00 && c <= 0xff0f);
}

static uint32_t fold(uint32_t c)
{
	if ((c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x391 && c <= 0x3a9) ||
	    (c >= 0x410 && c <= 0x42f))
		return c + 32;
	if (c >= 0x400 && c <= 0x40f)
		return c + 80;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177) ||
	    (c >= 0x1e00 && c <= 0x1eff))
		return c | 1;
	return c;
}

/* What a word is the same without: U+2019, the soft hyphen, and characters without a
 * width that break words where a line may end. */
static bool is_nothing(const char *at, size_t len)
{
	static const char *const marks[] = {
		"\xE2\x80\x99", "\xC2\xAD",     "\xE2\x80\x8B", "\xE2\x80\x8C",
		"\xE2\x80\x8D", "\xE2\x81\xA0", "\xEF\xBB\xBF"};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (strlen(marks[i]) == len && memcmp(at, marks[i], len) == 0)
			return true;
	return false;
}

/* U+FB00 to U+FB06 */
static const char *const ligatures[8] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st", ""};

/*
 * A character that is no ASCII letter or digit into the folded word: 0 when it parts
 * words, else its length.
 */
static size_t take(const char *at, size_t left, char *word, size_t *word_len)
{
	size_t len;
	uint32_t c;

	if (!(*at & 0x80))
		return *at == '\'' ? 1 : 0;
	len = str_utf8_char(at, left);
	if (is_nothing(at, len))
		return len;
	if (len == 3 && memcmp(at, "\xEF\xAC", 2) == 0 && (unsigned char)at[2] <= 0x86) {
		const char *letters = ligatures[(unsigned char)at[2] & 7];

		for (; *letters && *word_len < WORD_BYTES_MOST; letters++)
			word[(*word_len)++] = *letters;
		return len;
	}
	if (len < 2)
		return 0;
	c = code_point(at, len);
	if (parts_words(c))
		return 0;
	c = fold(c);
	if (*word_len + 4 > WORD_BYTES_MOST)
		return len;
	if (len == 2) {
		word[(*word_len)++] = (char)(0xc0 | c >> 6);
		word[(*word_len)++] = (char)(0x80 | (c & 0x3f));
	} else {
		memcpy(word + *word_len, at, len);
		*word_len += len;
	}
	return len;
}

void words_read(struct arena *arena, const char *text, size_t len, struct words *out)
{
	char word[WORD_BYTES_MOST + 8];
	struct word *items;
	size_t room = 16, count = 0;

	/* Every word but the first has a byte before it that is no letter or digit. */
	for (size_t i = 0; i < len; i++)
		room += !str_word_letter(text[i]);
	items = arena_make(arena, struct word, room);
	for (size_t at = 0; at < len;) {
		size_t word_len = 0, from = at;

		while (at < len) {
			char plain = str_word_letter(text[at]);
			size_t step = 1;

			if (!plain)
				step = take(text + at, len - at, word, &word_len);
			else if (word_len < WORD_BYTES_MOST)
				word[word_len++] = plain;
			if (!step)
				break;
			at += step;
		}
		if (word_len) {
			uint64_t h = XXH3_64bits(word, word_len);

			ASSERT(count < room);
			items[count++] = (struct word){h ? h : 1, from, at};
		} else if (at == from) {
			at++;
		}
	}
	out->items = items;
	out->count = count;
}

uint64_t words_hash(const struct words *words)
{
	uint64_t h = XXH3_64bits_withSeed("", 0, words->count);

	for (size_t i = 0; i < words->count; i++)
		h = XXH3_64bits_withSeed(&words->items[i].hash, sizeof(uint64_t), h);
	return h;
}
