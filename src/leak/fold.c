#include "leak/fold.h"

/* U+00C0 to U+024F, and U+1E00 to U+1EFF: without their accents; "": as they are. */
static const char latin[][3] = {
	"a",  "a",  "a",  "a",  "a", "a", "ae", "c",  "e",  "e",  "e",  "e",  "i",  "i",
	"i",  "i",  "d",  "n",  "o", "o", "o",  "o",  "o",  "",   "o",  "u",  "u",  "u",
	"u",  "y",  "th", "ss", "a", "a", "a",  "a",  "a",  "a",  "ae", "c",  "e",  "e",
	"e",  "e",  "i",  "i",  "i", "i", "d",  "n",  "o",  "o",  "o",  "o",  "o",  "",
	"o",  "u",  "u",  "u",  "u", "y", "th", "y",  "a",  "a",  "a",  "a",  "a",  "a",
	"c",  "c",  "c",  "c",  "c", "c", "c",  "c",  "d",  "d",  "d",  "d",  "e",  "e",
	"e",  "e",  "e",  "e",  "e", "e", "e",  "e",  "g",  "g",  "g",  "g",  "g",  "g",
	"g",  "g",  "h",  "h",  "h", "h", "i",  "i",  "i",  "i",  "i",  "i",  "i",  "i",
	"i",  "i",  "ij", "ij", "j", "j", "k",  "k",  "k",  "l",  "l",  "l",  "l",  "l",
	"l",  "l",  "l",  "l",  "l", "n", "n",  "n",  "n",  "n",  "n",  "n",  "n",  "n",
	"o",  "o",  "o",  "o",  "o", "o", "oe", "oe", "r",  "r",  "r",  "r",  "r",  "r",
	"s",  "s",  "s",  "s",  "s", "s", "s",  "s",  "t",  "t",  "t",  "t",  "t",  "t",
	"u",  "u",  "u",  "u",  "u", "u", "u",  "u",  "u",  "u",  "u",  "u",  "w",  "w",
	"y",  "y",  "y",  "z",  "z", "z", "z",  "z",  "z",  "s",  "b",  "b",  "b",  "b",
	"",   "",   "",   "c",  "c", "",  "d",  "d",  "d",  "",   "",   "e",  "",   "f",
	"f",  "",   "",   "",   "",  "i", "k",  "k",  "l",  "",   "",   "",   "n",  "",
	"o",  "o",  "",   "",   "p", "p", "",   "",   "",   "",   "",   "",   "t",  "t",
	"",   "u",  "u",  "",   "",  "y", "y",  "z",  "z",  "",   "",   "",   "",   "z",
	"",   "",   "ts", "",   "",  "",  "",   "",   "dz", "dz", "dz", "lj", "lj", "lj",
	"nj", "nj", "nj", "a",  "a", "i", "i",  "o",  "o",  "u",  "u",  "u",  "u",  "u",
	"u",  "u",  "u",  "u",  "u", "",  "a",  "a",  "a",  "a",  "ae", "ae", "g",  "g",
	"g",  "g",  "k",  "k",  "o", "o", "o",  "o",  "",   "",   "j",  "dz", "dz", "dz",
	"g",  "g",  "",   "",   "n", "n", "a",  "a",  "ae", "ae", "o",  "o",  "a",  "a",
	"a",  "a",  "e",  "e",  "e", "e", "i",  "i",  "i",  "i",  "o",  "o",  "o",  "o",
	"r",  "r",  "r",  "r",  "u", "u", "u",  "u",  "s",  "s",  "t",  "t",  "",   "",
	"h",  "h",  "n",  "d",  "",  "",  "z",  "z",  "a",  "a",  "e",  "e",  "o",  "o",
	"o",  "o",  "o",  "o",  "o", "o", "y",  "y",  "l",  "n",  "t",  "j",  "",   "",
	"",   "c",  "c",  "l",  "",  "",  "",   "",   "",   "b",  "",   "",   "e",  "e",
	"j",  "j",  "",   "",   "r", "r", "y",  "y"};

static const char latin_more[][3] = {
	"a", "a", "b", "b", "b", "b", "b", "b", "c", "c", "d", "d", "d", "d", "d",  "d",
	"d", "d", "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "f",  "f",
	"g", "g", "h", "h", "h", "h", "h", "h", "h", "h", "h", "h", "i", "i", "i",  "i",
	"k", "k", "k", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l", "l", "m",  "m",
	"m", "m", "m", "m", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o",  "o",
	"o", "o", "o", "o", "p", "p", "p", "p", "r", "r", "r", "r", "r", "r", "r",  "r",
	"s", "s", "s", "s", "s", "s", "s", "s", "s", "s", "t", "t", "t", "t", "t",  "t",
	"t", "t", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "v", "v", "v",  "v",
	"w", "w", "w", "w", "w", "w", "w", "w", "w", "w", "x", "x", "x", "x", "y",  "y",
	"z", "z", "z", "z", "z", "z", "h", "t", "w", "y", "a", "s", "",  "",  "ss", "",
	"a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a",  "a",
	"a", "a", "a", "a", "a", "a", "a", "a", "e", "e", "e", "e", "e", "e", "e",  "e",
	"e", "e", "e", "e", "e", "e", "e", "e", "i", "i", "i", "i", "o", "o", "o",  "o",
	"o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o",  "o",
	"o", "o", "o", "o", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u",  "u",
	"u", "u", "y", "y", "y", "y", "y", "y", "y", "y", "",  "",  "",  "",  "",   ""};

static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

struct span {
	uint32_t from, to;
};

static bool is_in(uint32_t c, const struct span *spans, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (c >= spans[i].from && c <= spans[i].to)
			return true;
	return false;
}

/* Accents that stand by themselves, and what has no width. */
static const struct span nothing[] = {
	{0xad, 0xad},      {0x300, 0x36f},   {0x180e, 0x180e}, {0x1ab0, 0x1aff},
	{0x1dc0, 0x1dff},  {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f},
	{0x20d0, 0x20ff},  {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff},
	{0xe0000, 0xe0fff}};
static const struct span joins[] = {
	{0x2010, 0x2011}, {0x2018, 0x2019}, {0x201b, 0x201b}, {0x2bc, 0x2bc}};
static const struct span parts[] = {{0x80, 0xa9},     {0xab, 0xb4},     {0xb6, 0xb9},
				    {0xbb, 0xbf},     {0xd7, 0xd7},     {0xf7, 0xf7},
				    {0x2000, 0x2bff}, {0x3000, 0x3020}, {0xe000, 0xf8ff},
				    {0xff00, 0xff0f}, {0xff1a, 0xff20}, {0xff3b, 0xff40},
				    {0xff5b, 0xff65}, {0xfffd, 0xffff}};
static const struct span alone[] = {
	{0xe00, 0xeff}, {0x3040, 0x30ff}, {0x3400, 0x9fff}, {0x20000, 0x3ffff}};

static size_t put_utf8(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | (c >> 18 & 7));
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* What looks like ASCII and is another character: as ASCII; else itself. */
static uint32_t plain(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		return c - 0xff01 + '!';
	if (c >= 0x1d7ce && c <= 0x1d7ff)
		return '0' + (c - 0x1d7ce) % 10;
	if (c >= 0x1d400 && c <= 0x1d6a3) {
		uint32_t letter = (c - 0x1d400) % 52;

		return letter < 26 ? 'A' + letter : 'a' + letter - 26;
	}
	if (c >= 0x660 && c <= 0x669)
		return '0' + c - 0x660;
	if (c >= 0x6f0 && c <= 0x6f9)
		return '0' + c - 0x6f0;
	return c;
}

static enum leak_class ascii(uint32_t c, char *out)
{
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
		out[0] = (char)c;
		return c <= '9' ? LEAK_DIGIT : LEAK_SMALL;
	}
	if (c >= 'A' && c <= 'Z') {
		out[0] = (char)(c + 32);
		return LEAK_BIG;
	}
	return c == '-' || c == '\'' || c == '`' ? LEAK_JOINS : LEAK_PARTS;
}

static bool is_capital(uint32_t c)
{
	if (c < 0x100)
		return c <= 0xde;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
		return c & 1;
	return !(c & 1);
}

/* Latin with accents; false where the table has nothing. */
static bool accented(uint32_t c, char *out, enum leak_class *out_class)
{
	const char *with = c >= 0xc0 && c < 0xc0 + ARRAY_LEN(latin) ? latin[c - 0xc0]
			   : c >= 0x1e00 && c < 0x1e00 + ARRAY_LEN(latin_more)
				   ? latin_more[c - 0x1e00]
				   : "";

	if (!*with)
		return false;
	memcpy(out, with, strlen(with));
	*out_class = is_capital(c) ? LEAK_BIG : LEAK_SMALL;
	return true;
}

/* Greek and Cyrillic, in small letters. */
static uint32_t small(uint32_t c)
{
	if ((c >= 0x391 && c <= 0x3ab) || (c >= 0x410 && c <= 0x42f))
		return c + 32;
	if (c >= 0x400 && c <= 0x40f)
		return c + 80;
	if (c >= 0x460 && c <= 0x52f)
		return c | 1;
	return c;
}

enum leak_class leak_fold(uint32_t c, char out[LEAK_FOLDED])
{
	enum leak_class as;

	memset(out, 0, LEAK_FOLDED);
	c = plain(c);
	if (c < 0x80)
		return ascii(c, out);
	if (accented(c, out, &as))
		return as;
	if (c >= 0xfb00 && c < 0xfb00 + ARRAY_LEN(ligatures)) {
		memcpy(out, ligatures[c - 0xfb00], strlen(ligatures[c - 0xfb00]));
		return LEAK_SMALL;
	}
	if (is_in(c, nothing, ARRAY_LEN(nothing)))
		return LEAK_NOTHING;
	if (is_in(c, joins, ARRAY_LEN(joins)))
		return LEAK_JOINS;
	if (is_in(c, parts, ARRAY_LEN(parts)))
		return LEAK_PARTS;
	(void)put_utf8(small(c), out);
	if (is_in(c, alone, ARRAY_LEN(alone)))
		return LEAK_ALONE;
	return small(c) == c ? LEAK_SMALL : LEAK_BIG;
}
