#include "text/charset/charset_guess.h"
#include "base/str.h"

/* What the bytes above ASCII are like, counted once. */
struct high_bytes {
	size_t all, letters;        /* letters: those of ASCII */
	size_t low_half, high_half; /* C0 to DF, E0 on: Cyrillic letters by their case */
	size_t below;               /* A1 to BF: hardly ever Cyrillic */
	size_t euc_kana, sjis_kana;
	bool even; /* they stand in runs of even length, none of them below A1 */
};

static struct high_bytes count_high(const char *bytes, size_t len)
{
	struct high_bytes h = {.even = true};
	size_t run = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char b = (unsigned char)bytes[i];
		unsigned char next = i + 1 < len ? (unsigned char)bytes[i + 1] : 0;

		if (b < 0x80 && run % 2)
			h.even = false;
		run = b < 0x80 ? 0 : run + 1;
		h.even = h.even && (b < 0x80 || b >= 0xA1);
		h.all += b >= 0x80;
		h.letters += str_is_alpha(bytes[i]);
		h.below += b >= 0xA1 && b < 0xC0;
		h.low_half += b >= 0xC0 && b <= 0xDF;
		h.high_half += b >= 0xE0;
		if ((b == 0xA4 || b == 0xA5) && next >= 0xA1 && next <= 0xF6)
			h.euc_kana++;
		if ((b == 0x82 && next >= 0x9F && next <= 0xF1) ||
		    (b == 0x83 && next >= 0x40 && next <= 0x96))
			h.sjis_kana++;
	}
	return h;
}

enum { FEW_BYTES = 12, PAIRS_ENOUGH = 10, PAIRS_FEWEST = 3 };

/*
 * Two bytes a letter throughout, as Chinese and Korean text has it; or NULL. Of a few
 * letters all must be pairs of the commonest kind: a subject has no more.
 */
static const char *guess_pairs(const char *bytes, size_t len, const struct high_bytes *h)
{
	size_t pairs = 0, low = 0, hangul = 0, common = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char lead = (unsigned char)bytes[i];
		unsigned char trail = i + 1 < len ? (unsigned char)bytes[i + 1] : 0xA1;

		if (lead < 0x80)
			continue;
		if (lead < 0xA1 || trail < 0x40 || (trail > 0x7E && trail < 0xA1))
			return NULL;
		pairs++;
		low += trail < 0x80;
		hangul += lead >= 0xB0 && lead <= 0xC8;
		common += lead <= 0xD7;
		i++;
	}
	if (pairs < PAIRS_ENOUGH &&
	    (pairs < PAIRS_FEWEST || !h->even || h->below == 0 || common < pairs))
		return NULL;
	if (low * 10 > pairs)
		return "big5";
	return hangul * 10 > pairs * 8 ? "euc-kr" : "gb18030";
}

const char *charset_guess(const char *bytes, size_t len)
{
	struct high_bytes h = count_high(bytes, len);
	bool few = h.all<FEW_BYTES, mostly = h.all> h.letters;

	if (few && (h.all < 4 || !mostly))
		return NULL;
	if (h.euc_kana * 8 > h.all && h.euc_kana > h.sjis_kana &&
	    (!few || (h.even && h.euc_kana > 1)))
		return "euc-jp";
	if (h.sjis_kana * 8 > h.all && (!few || h.sjis_kana > 1))
		return "shift_jis";
	if (mostly && guess_pairs(bytes, len, &h))
		return guess_pairs(bytes, len, &h);
	if (mostly && (h.high_half + h.low_half) * 10 > h.all * 9 &&
	    (!few || (h.all > 5 && h.below == 0)))
		return h.high_half > h.low_half ? "windows-1251" : "koi8-r";
	return NULL;
}

enum { WIDE_LOOK = 1024, WIDE_LEAST = 8 };

const char *charset_wide(const char *bytes, size_t len, size_t *out_mark)
{
	size_t look = (len < WIDE_LOOK ? len : WIDE_LOOK) & ~(size_t)1;
	size_t first = 0, second = 0;

	if (out_mark)
		*out_mark = 2;
	if (len >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0)
		return "utf-16le";
	if (len >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0)
		return "utf-16be";
	if (out_mark)
		*out_mark = 0;
	for (size_t i = 0; i < look; i += 2) {
		first += bytes[i] == '\0';
		second += bytes[i + 1] == '\0';
	}
	/* Three letters of four at least are western, if only its blanks and marks are. */
	if (len % 2 || look < WIDE_LEAST || (first && second) ||
	    (first + second) * 4 < look / 2 * 3)
		return NULL;
	return second ? "utf-16le" : "utf-16be";
}
