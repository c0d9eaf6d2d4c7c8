#include "text/charset/charset.h"
#include "base/str.h"
#include "text/charset/charset_guess.h"

#include <errno.h>
#include <iconv.h>

enum { NAME_ROOM = 40, CACHE_ROOM = 96 };

struct converter {
	char name[NAME_ROOM]; /* as mail writes it, lower case */
	iconv_t cd;           /* (iconv_t)-1: iconv does not know it */
	bool wide;            /* UTF-16 or UTF-32: NUL bytes are normal */
};

static struct converter cache[CACHE_ROOM];
static size_t cached;

/*
 * What mail says -> what glibc calls it. latin1 and ascii are read as their Windows
 * supersets, as every mail client does; so are the far-eastern sets.
 */
static const struct {
	const char *name, *iconv;
} aliases[] = {{"ansi_x3.4-1968", "CP1252"},
	       {"ascii", "CP1252"},
	       {"big5", "BIG5-HKSCS"},
	       {"big5-eten", "BIG5-HKSCS"},
	       {"cn-big5", "BIG5-HKSCS"},
	       {"chinese", "GB18030"},
	       {"cp-850", "CP850"},
	       {"cp1252", "CP1252"},
	       {"cp932", "CP932"},
	       {"cp936", "GB18030"},
	       {"cp949", "CP949"},
	       {"euc-kr", "CP949"},
	       {"euc_kr", "CP949"},
	       {"gb2312", "GB18030"},
	       {"gb_2312-80", "GB18030"},
	       {"gbk", "GB18030"},
	       {"hebrew", "ISO-8859-8"},
	       {"iso-2022-jp", "CP50221"},
	       {"iso-2022-jp-ms", "CP50221"},
	       {"iso-8859-1", "CP1252"},
	       {"iso-8859-1-windows-3.1-latin-1", "CP1252"},
	       {"iso-8859-6-e", "ISO-8859-6"},
	       {"iso-8859-6-i", "ISO-8859-6"},
	       {"iso-8859-8-e", "ISO-8859-8"},
	       {"iso-8859-8-i", "ISO-8859-8"},
	       {"iso-8859-9", "CP1254"},
	       {"iso-8859-11", "CP874"},
	       {"iso-latin-1", "CP1252"},
	       {"iso8859-1", "CP1252"},
	       {"iso8859_1", "CP1252"},
	       {"iso_8859-1", "CP1252"},
	       {"iso-ir-100", "CP1252"},
	       {"iso88591", "CP1252"},
	       {"8859-1", "CP1252"},
	       {"iso_8859-8-i", "ISO-8859-8"},
	       {"jis_encoding", "CP50221"},
	       {"jis_x0201", "CP932"},
	       {"koi8", "KOI8-R"},
	       {"korean", "CP949"},
	       {"ks_c_5601", "CP949"},
	       {"ks_c_5601-1987", "CP949"},
	       {"ks_c_5601-1989", "CP949"},
	       {"ksc5601", "CP949"},
	       {"ksc_5601", "CP949"},
	       {"latin-1", "CP1252"},
	       {"latin1", "CP1252"},
	       {"mac", "MACINTOSH"},
	       {"mac-roman", "MACINTOSH"},
	       {"macroman", "MACINTOSH"},
	       {"macos", "MACINTOSH"},
	       {"ms_kanji", "CP932"},
	       {"shift-jis", "CP932"},
	       {"shift_jis", "CP932"},
	       {"sjis", "CP932"},
	       {"x-sjis", "CP932"},
	       {"x-shift-jis", "CP932"},
	       {"windows-31j", "CP932"},
	       {"tis-620", "CP874"},
	       {"unicode", "UTF-16"},
	       {"unicode-1-1", "UTF-16"},
	       {"unicode-1-1-utf-7", "UTF-7"},
	       {"unicode-1-1-utf-8", "UTF-8"},
	       {"unknown-8bit", ""},
	       {"x-unknown", ""},
	       {"unknown", ""},
	       {"default", ""},
	       {"us-ascii", "CP1252"},
	       {"usascii", "CP1252"},
	       {"utf", "UTF-8"},
	       {"utf8", "UTF-8"},
	       {"utf8mb4", "UTF-8"},
	       {"utf-8-mac", "UTF-8"},
	       {"utf7", "UTF-7"},
	       {"utf16", "UTF-16"},
	       {"windows-874", "CP874"},
	       {"windows-936", "GB18030"},
	       {"windows-949", "CP949"},
	       {"x-big5", "BIG5-HKSCS"},
	       {"x-cp1250", "CP1250"},
	       {"x-cp1251", "CP1251"},
	       {"x-cp1252", "CP1252"},
	       {"x-ansi", "CP1252"},
	       {"x-euc", "EUC-JP"},
	       {"x-euc-jp", "EUC-JP"},
	       {"x-euc-tw", "EUC-TW"},
	       {"x-gbk", "GB18030"},
	       {"x-mac-ce", "MAC-CENTRALEUROPE"},
	       {"x-mac-roman", "MACINTOSH"},
	       {"x-mac-cyrillic", "MAC-CYRILLIC"},
	       {"x-mac-japanese", "CP932"},
	       {"x-user-defined", ""},
	       {"x-x-big5", "BIG5-HKSCS"},
	       {"x-windows-1252", "CP1252"},
	       {"x-windows-949", "CP949"}};

/* What is opened ahead of a sandbox: the sets that mail of the last decades names. */
static const char *const warm[] = {
	"utf-8",          "us-ascii",     "iso-8859-1",     "windows-1252",
	"iso-8859-15",    "utf-16",       "utf-16le",       "utf-16be",
	"utf-32",         "utf-7",        "iso-8859-2",     "iso-8859-3",
	"iso-8859-4",     "iso-8859-5",   "iso-8859-6",     "iso-8859-7",
	"iso-8859-8",     "iso-8859-8-i", "iso-8859-9",     "iso-8859-10",
	"iso-8859-11",    "iso-8859-13",  "iso-8859-14",    "iso-8859-16",
	"windows-1250",   "windows-1251", "windows-1253",   "windows-1254",
	"windows-1255",   "windows-1256", "windows-1257",   "windows-1258",
	"windows-874",    "koi8-r",       "koi8-u",         "iso-2022-jp",
	"shift_jis",      "euc-jp",       "gb2312",         "gbk",
	"gb18030",        "hz-gb-2312",   "big5",           "euc-kr",
	"ks_c_5601-1987", "iso-2022-kr",  "iso-2022-cn",    "iso-2022-jp-2",
	"iso-2022-jp-3",  "x-mac-roman",  "x-mac-cyrillic", "x-mac-ce",
	"cp437",          "cp850",        "cp852",          "cp866",
	"tis-620",        "viscii",       "euc-tw",         "johab",
	"armscii-8",      "utf-8-mac",    "euc-jp-ms"};

/* Lower case, no quotes and blanks, and without what follows a '*' (RFC 2231). */
static void tidy_name(const char *name, char out[NAME_ROOM])
{
	size_t n = 0;

	for (; name && *name && *name != '*' && n + 1 < NAME_ROOM; name++)
		if (!str_is_space(*name) && !strchr("\"'();,", *name))
			out[n++] = str_lower_char(*name);
	out[n] = '\0';
	if (str_starts(out, "charset="))
		memmove(out, out + 8, strlen(out + 8) + 1);
}

static const char *iconv_name(const char *tidy)
{
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		if (str_eq(aliases[i].name, tidy))
			return aliases[i].iconv;
	if (str_starts(tidy, "cp-"))
		return tidy + 3;
	return tidy;
}

/* Where glibc lacks a Microsoft variant, the plain set is the next best. */
static iconv_t open_or_plain(const char *tidy)
{
	const char *name = iconv_name(tidy);
	iconv_t cd = iconv_open("UTF-8", name);

	if (cd == (iconv_t)-1 && str_eq(name, "CP50221"))
		cd = iconv_open("UTF-8", "ISO-2022-JP-3");
	if (cd == (iconv_t)-1 && !str_eq(name, tidy))
		cd = iconv_open("UTF-8", tidy);
	return cd;
}

static struct converter *converter(const char *name)
{
	char tidy[NAME_ROOM];
	struct converter *c;

	tidy_name(name, tidy);
	/* "koi8_r", "iso_8859_2": no set but the aliases has a name with '_'. */
	if (str_eq(iconv_name(tidy), tidy))
		for (char *p = tidy; *p; p++)
			if (*p == '_')
				*p = '-';
	if (!tidy[0] || strpbrk(tidy, "/ "))
		return NULL; /* glibc would take "utf-8//translit" */
	for (size_t i = 0; i < cached; i++)
		if (str_eq(cache[i].name, tidy))
			return cache[i].cd == (iconv_t)-1 ? NULL : &cache[i];
	if (!*iconv_name(tidy) || cached == CACHE_ROOM)
		return NULL;
	c = &cache[cached++];
	str_copy(c->name, sizeof(c->name), tidy);
	c->wide = str_ifind(iconv_name(tidy), "utf-16") ||
		  str_ifind(iconv_name(tidy), "utf-32") ||
		  str_ifind(iconv_name(tidy), "ucs");
	c->cd = open_or_plain(tidy);
	return c->cd == (iconv_t)-1 ? NULL : c;
}

void charset_warm(void)
{
	static const char sample[] = "a";
	char out[16];

	for (size_t i = 0; i < ARRAY_LEN(warm); i++) {
		struct converter *c = converter(warm[i]);
		char *in = (char *)(uintptr_t)sample, *to = out;
		size_t in_left = 1, left = sizeof(out);

		/* The first use may load what opening did not. */
		if (c)
			(void)iconv(c->cd, &in, &in_left, &to, &left);
	}
}

static bool plain_ascii(const char *bytes, size_t len)
{
	unsigned char all = 0;

	for (size_t i = 0; i < len; i++)
		all |= (unsigned char)bytes[i];
	return !(all & 0x80);
}

/* Nothing of it after all. */
static bool undo(struct buf *to, size_t start)
{
	to->len = start;
	if (to->bytes)
		to->bytes[start] = '\0';
	return false;
}

/* glibc makes numbers beyond U+10FFFF, and halves of UTF-16 letters, of some bytes. */
static bool made_text(struct buf *to, size_t start)
{
	return to->len == start || str_utf8_valid(to->bytes + start, to->len - start) ||
	       undo(to, start);
}

/*
 * All of it, with at most so many bytes that do not fit (each U+FFFD), or nothing. An
 * incomplete character at the very end is a cut text, not another charset.
 */
static bool convert(struct converter *c, struct buf *to, const char *bytes, size_t len,
		    size_t bad_allowed)
{
	char *in = (char *)(uintptr_t)bytes, *out;
	size_t in_left = len, left, start = to->len, room, done;

	(void)iconv(c->cd, NULL, NULL, NULL, NULL);
	while (in_left) {
		room = in_left * 2 + 64 < 65536 ? in_left * 2 + 64 : 65536;
		if (room > to->max - to->len)
			room = to->max - to->len;
		if (room < 8 || !(out = buf_reserve(to, room))) {
			to->cut = true;
			return true;
		}
		left = room;
		done = iconv(c->cd, &in, &in_left, &out, &left);
		buf_wrote(to, room - left);
		if (done != (size_t)-1 || errno == E2BIG)
			continue;
		if (errno == EINVAL && in_left < 4 && to->len > start &&
		    !plain_ascii(to->bytes + start, to->len - start)) {
			buf_str(to, "\xEF\xBF\xBD");
			return made_text(to, start);
		}
		if (bad_allowed-- == 0)
			return undo(to, start);
		buf_str(to, "\xEF\xBF\xBD");
		/* from_jis() made whole letters: a bad one takes no half of the next. */
		done = in_left > 1 && str_eq(c->name, "euc-jp-ms") ? 2 : 1;
		in += done;
		in_left -= done;
	}
	/* Sets with marks that follow their letter hold the last one back. */
	left = 16;
	if (to->max - to->len >= left && (out = buf_reserve(to, left))) {
		room = left;
		(void)iconv(c->cd, NULL, NULL, &out, &left);
		buf_wrote(to, room - left);
	}
	return made_text(to, start);
}

/* More letters that are UTF-8 than bytes that are not: damaged, but UTF-8. */
static bool mostly_utf8(const char *bytes, size_t len)
{
	size_t good = 0, bad = 0, n;

	for (size_t i = 0; i < len; i += n ? n : 1) {
		n = str_utf8_char(bytes + i, len - i);
		if (n > 1)
			good++;
		else if (n == 0)
			bad++;
	}
	return good > bad;
}

/* The C1 codes that windows-1252 leaves open stay what latin-1 says they are. */
static void from_1252(struct buf *to, const char *bytes, size_t len)
{
	static const uint16_t high[32] = {
		0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
		0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

	for (size_t i = 0; i < len; i++) {
		unsigned char b = (unsigned char)bytes[i];

		if (b < 0x80)
			buf_char(to, bytes[i]);
		else
			str_utf8_add(to, b < 0xA0 ? high[b - 0x80] : b);
	}
}

/* NUL has no place in text: it becomes U+FFFD. */
static void without_nul(struct buf *to, size_t start)
{
	struct buf clean;

	if (to->len == start || !memchr(to->bytes + start, '\0', to->len - start))
		return;
	buf_init(&clean, to->max);
	str_utf8_clean(&clean, to->bytes + start, to->len - start);
	to->len = start;
	buf_add(to, clean.bytes, clean.len);
	buf_clear(&clean);
}

static bool any_of(const char *bytes, size_t len, const char *marks)
{
	for (; *marks; marks++)
		if (memchr(bytes, *marks, len))
			return true;
	return false;
}

/* Its bytes are all below 80: others under its name are not its letters. */
static bool seven_bits(const struct converter *c)
{
	static const char *const sets[] = {"us-ascii", "iso-2022-", "hz", "utf-7",
					   "utf7"};

	for (size_t i = 0; i < ARRAY_LEN(sets); i++)
		if (str_starts(c->name, sets[i]))
			return true;
	return false;
}

/* One byte a letter, so that every bytes make some letters: a label proves little. */
static bool one_byte_each(const struct converter *c)
{
	static const char *const sets[] = {"EUC",  "GB",    "BIG5",     "CP93", "CP94",
					   "CP95", "SJIS",  "ISO-2022", "HZ",   "UTF",
					   "UCS",  "JOHAB", "UHC",      "CP50"};
	const char *name = iconv_name(c->name);

	for (size_t i = 0; i < ARRAY_LEN(sets); i++)
		if (str_istarts(name, sets[i]))
			return false;
	return true;
}

/* Letters of several bytes, where all of it is UTF-8. */
static size_t utf8_letters(const char *bytes, size_t len)
{
	size_t letters = 0;

	for (size_t i = 0; i < len; i++)
		letters += ((unsigned char)bytes[i] & 0xC0) == 0xC0;
	return letters;
}

/* Text that is UTF-8 throughout is never latin-1, whatever its label says; a few
   letters of it may be another set's by chance. */
static bool is_utf8_despite(const struct converter *c, const char *bytes, size_t len)
{
	enum { BY_CHANCE = 4 };

	if (c->wide || !str_utf8_valid(bytes, len))
		return false;
	if (str_starts(c->name, "iso-8859-1") || str_eq(c->name, "us-ascii") ||
	    str_eq(c->name, "windows-1252") || str_starts(c->name, "utf"))
		return true;
	return one_byte_each(c) && utf8_letters(bytes, len) >= BY_CHANCE;
}

/* Which letters an escape of ISO-2022-JP announces; NULL: none of its own. */
static const struct shift {
	const char *escape;
	unsigned char bytes, before; /* of each letter; what EUC puts before it */
} shifts[] = {{"\x1B(B", 1, 0},     {"\x1B(J", 1, 0},  {"\x1B(H", 1, 0},
	      {"\x1B$@", 2, 0},     {"\x1B$B", 2, 0},  {"\x1B(I", 1, 0x8E},
	      {"\x1B$(D", 2, 0x8F}, {"\x1B$(B", 2, 0}, {"\x1B$(@", 2, 0}};

static const struct shift *shift_at(const char *at, size_t left)
{
	for (size_t i = 0; i < ARRAY_LEN(shifts); i++)
		if (left >= strlen(shifts[i].escape) &&
		    memcmp(at, shifts[i].escape, strlen(shifts[i].escape)) == 0)
			return &shifts[i];
	return NULL;
}

/*
 * ISO-2022-JP as EUC: programs put letters beyond JIS X 0208 in it (circled and roman
 * figures), which glibc knows in EUC only. False where it has escapes of other sets.
 */
static bool euc_of_jis(struct buf *euc, const char *bytes, size_t len)
{
	const struct shift *now = &shifts[0], *next;

	for (size_t i = 0; i < len;) {
		if (bytes[i] == '\x1B') {
			next = shift_at(bytes + i, len - i);
			if (!next)
				return false;
			now = next;
			i += strlen(now->escape);
			continue;
		}
		if (bytes[i] == '\n') /* a line begins in ASCII, ended or not */
			now = &shifts[0];
		if ((now->bytes == 1 && !now->before) || bytes[i] <= ' ') {
			buf_char(euc, bytes[i++]);
			continue;
		}
		if (now->before)
			buf_char(euc, (char)now->before);
		for (int n = 0; n < now->bytes && i < len; n++)
			buf_char(euc, (char)(bytes[i++] | 0x80));
	}
	return true;
}

static bool from_jis(struct buf *to, const char *bytes, size_t len)
{
	struct converter *c = converter("euc-jp-ms");
	struct buf euc;
	bool ok;

	if (!c)
		return false;
	buf_init(&euc, len * 2 + 2);
	ok = euc_of_jis(&euc, bytes, len) &&
	     convert(c, to, buf_text(&euc), euc.len, euc.len);
	buf_clear(&euc);
	return ok;
}

static void to_utf8(struct buf *to, const char *name, const char *bytes, size_t len)
{
	struct converter *c = converter(name);
	bool ascii = plain_ascii(bytes, len);

	if (!c && ascii && memmem(bytes, len, "\x1B$", 2))
		c = converter("iso-2022-jp");
	/* Escapes and '+' or '~' make other letters out of ASCII in the 7-bit sets. */
	if (ascii && (!c || (!c->wide && !any_of(bytes, len, "\x1B\x0E+~")))) {
		buf_add(to, bytes, len);
		return;
	}
	if (c && !ascii && is_utf8_despite(c, bytes, len)) {
		buf_add(to, bytes, len);
		return;
	}
	if (c && ascii && str_starts(c->name, "iso-2022-jp") && from_jis(to, bytes, len))
		return;
	/* A 7-bit set with 8-bit bytes is a label that somebody's program always puts. */
	if (c && !ascii && seven_bits(c))
		c = NULL;
	if (c && convert(c, to, bytes, len, 0))
		return;
	if (str_utf8_valid(bytes, len))
		buf_add(to, bytes, len);
	else if (mostly_utf8(bytes, len))
		str_utf8_clean(to, bytes, len);
	else if ((!c || str_starts(c->name, "utf")) &&
		 (name = charset_guess(bytes, len)) && (c = converter(name)) &&
		 convert(c, to, bytes, len, len / 50))
		return;
	else if (!c || str_starts(c->name, "utf") ||
		 !convert(c, to, bytes, len, len / 20))
		from_1252(to, bytes, len);
}

void charset_to_utf8(struct buf *to, const char *name, const void *bytes, size_t len)
{
	size_t start = to->len, marks = 0;

	if (len == 0)
		return;
	if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		to_utf8(to, "utf-8", (const char *)bytes + 3, len - 3);
	else
		to_utf8(to, name, bytes, len);
	/* Of the order of bytes, before a text: however many, they are none of it. */
	while (to->len - start - marks >= 3 &&
	       memcmp(to->bytes + start + marks, "\xEF\xBB\xBF", 3) == 0)
		marks += 3;
	if (marks) {
		to->len -= marks;
		memmove(to->bytes + start, to->bytes + start + marks, to->len - start);
		to->bytes[to->len] = '\0';
	}
	without_nul(to, start);
}
