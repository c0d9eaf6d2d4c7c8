#include "form/pieces/mark.h"
#include "base/str.h"

#include <pthread.h>

static const struct {
	const char *glyph;
	enum mark_sign sign;
} glyphs[] = {
	{"☐", MARK_EMPTY},
	{"□", MARK_EMPTY},
	{"▢", MARK_EMPTY},
	{"◻", MARK_EMPTY},
	{"⬜", MARK_EMPTY},
	{"❑", MARK_EMPTY},
	{"❏", MARK_EMPTY},
	{"❒", MARK_EMPTY},
	{"○", MARK_EMPTY},
	{"◯", MARK_EMPTY},
	{"⚪", MARK_EMPTY},
	{"⭘", MARK_EMPTY},
	{"☑", MARK_TICK},
	{"✓", MARK_TICK},
	{"✔", MARK_TICK},
	{"✅", MARK_TICK},
	{"🗹", MARK_TICK},
	{"√", MARK_TICK},
	{"■", MARK_TICK},
	{"◼", MARK_TICK},
	{"●", MARK_TICK},
	{"◉", MARK_TICK},
	{"⦿", MARK_TICK},
	{"⬤", MARK_TICK},
	{"🔘", MARK_TICK},
	{"☒", MARK_CROSS},
	{"⊠", MARK_CROSS},
	{"✗", MARK_CROSS},
	{"✘", MARK_CROSS},
	{"✕", MARK_CROSS},
	{"✖", MARK_CROSS},
	{"🗷", MARK_CROSS},
	{"❌", MARK_CROSS},
	{"🗴", MARK_CROSS},
	{"🗵", MARK_CROSS},
	{"×", MARK_CROSS},
	{"❎", MARK_CROSS},
	{"👎", MARK_DENIED},
	{"🚫", MARK_DENIED},
	{"⛔", MARK_DENIED},
	{"🛑", MARK_DENIED},
	{"🙅", MARK_DENIED},
	{"→", MARK_TICK},
	{"⇒", MARK_TICK},
	{"➔", MARK_TICK},
	{"➡", MARK_TICK},
	{"►", MARK_TICK},
	{"▶", MARK_TICK},
	{"←", MARK_TICK},
	{"⇐", MARK_TICK},
	{"◄", MARK_TICK},
	{"◀", MARK_TICK},
	{"⬅", MARK_TICK},
	{"👉", MARK_TICK},
	{"👈", MARK_TICK},
	{"»", MARK_TICK},
	{"«", MARK_TICK},
	{"\xEF\x83\xBE", MARK_TICK},  /* Wingdings: a ticked box */
	{"\xEF\x83\xBD", MARK_CROSS}, /* a crossed one */
	{"\xEF\x83\xBC", MARK_TICK},  /* a tick */
	{"\xEF\x82\xA8", MARK_EMPTY}, /* an empty one */
	{"\xEF\x81\xAF", MARK_EMPTY},
	{"\xEF\x82\x9F", MARK_ABSENT},
	{"þ", MARK_TICK},
	{"ý", MARK_CROSS},
	{"¨", MARK_EMPTY},
};

static bool blank_or_end(const char *text, size_t at, size_t len)
{
	return at >= len || str_is_space(text[at]) || (unsigned char)text[at] <= 4;
}

static bool apart(const char *text, size_t at, size_t n, size_t len)
{
	return (at == 0 || blank_or_end(text, at - 1, len)) &&
	       blank_or_end(text, at + n, len);
}

/* The first two bytes of all of them: letters with accents have others. */
static struct str_pairs glyph_begins;

static void note_glyphs(void)
{
	for (size_t i = 0; i < ARRAY_LEN(glyphs); i++)
		glyph_begins.behind[glyphs[i].glyph[0] & 63] |=
			UINT64_C(1) << (glyphs[i].glyph[1] & 63);
}

static bool may_be_glyph(const char *two)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	(void)pthread_once(&once, note_glyphs);
	return glyph_begins.behind[two[0] & 63] >> (two[1] & 63) & 1;
}

static size_t glyph_read(const char *text, size_t at, size_t len, enum mark_sign *out)
{
	if (at + 1 >= len || !may_be_glyph(text + at))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(glyphs); i++) {
		size_t n;
		bool letter;

		if (*glyphs[i].glyph != text[at])
			continue;
		n = strlen(glyphs[i].glyph);
		/* Latin letters that a lost font shows for a box are words elsewhere. */
		letter = n == 2;
		if (at + n > len || memcmp(text + at, glyphs[i].glyph, n) != 0 ||
		    glyphs[i].sign == MARK_ABSENT)
			continue;
		if (letter && !apart(text, at, n, len))
			return 0;
		*out = glyphs[i].sign;
		if (at + n + 3 <= len && memcmp(text + at + n, "\xEF\xB8\x8F", 3) == 0)
			n += 3; /* asks for the coloured form */
		return n;
	}
	return 0;
}

/* The bytes of a blank, also one that keeps a line together, of a stroke or a dot. */
static size_t filler(const char *two, char one, size_t len)
{
	if (str_is_space(one) || one == '_' || one == '.')
		return 1;
	return len > 1 && two[0] == '\xC2' && two[1] == '\xA0' ? 2 : 0;
}

/* What stands between two brackets or two strokes. */
static enum mark_sign inner_sign(const char *text, size_t len)
{
	static const struct {
		const char *inner;
		enum mark_sign sign;
	} inners[] = {{"", MARK_EMPTY},    {"x", MARK_CROSS},     {"xx", MARK_CROSS},
		      {"xxx", MARK_CROSS}, {"v", MARK_TICK},      {"*", MARK_TICK},
		      {"**", MARK_TICK},   {"+", MARK_TICK},      {"#", MARK_TICK},
		      {"o", MARK_TICK},    {"y", MARK_TICK},      {"yes", MARK_TICK},
		      {"•", MARK_TICK},    {"/", MARK_UNCLEAR},   {"\\", MARK_UNCLEAR},
		      {"n", MARK_DENIED},  {"no", MARK_DENIED},   {"?", MARK_UNCLEAR},
		      {"-", MARK_UNCLEAR}, {"–", MARK_UNCLEAR},   {"n/a", MARK_UNCLEAR},
		      {"tick", MARK_TICK}, {"ticked", MARK_TICK}, {"ok", MARK_TICK}};
	enum mark_sign sign;
	size_t n;

	while (len && (n = filler(text, text[0], len)) > 0) {
		text += n;
		len -= n;
	}
	while (len && (n = filler(len > 1 ? text + len - 2 : "", text[len - 1], len)) > 0)
		len -= n;
	for (size_t i = 0; i < ARRAY_LEN(inners); i++)
		if (strlen(inners[i].inner) == len) {
			size_t j = 0;

			while (j < len && str_lower_char(text[j]) == inners[i].inner[j])
				j++;
			if (j == len)
				return inners[i].sign;
		}
	if (glyph_read(text, 0, len, &sign) == len)
		return sign;
	return MARK_ABSENT;
}

static size_t bracket_read(const char *text, size_t at, size_t len, enum mark_sign *out)
{
	static const char opens[] = "[({<", closes[] = "])}>";
	const char *open = strchr(opens, text[at]);
	size_t end = at + 1;

	if (!text[at] || !open)
		return 0;
	while (end < len && end - at < 14 && text[end] != closes[open - opens])
		end++;
	if (end >= len || text[end] != closes[open - opens])
		return 0;
	if (*open == '<' && end == at + 1)
		return 0;
	*out = inner_sign(text + at + 1, end - at - 1);
	if (*out == MARK_ABSENT || (*open == '<' && *out == MARK_EMPTY))
		return 0;
	return end + 1 - at;
}

/* "_x_", "___", "..X..": a place made of strokes or dots, with or without a mark. */
static size_t stroke_read(const char *text, size_t at, size_t len, enum mark_sign *out)
{
	char stroke = text[at];
	size_t end = at, marks = 0, strokes = 0;

	if ((stroke != '_' && stroke != '.') || (at && !blank_or_end(text, at - 1, len)))
		return 0;
	while (end < len && text[end] == stroke) {
		end++;
		strokes++;
	}
	while (end + marks < len && marks < 4 && text[end + marks] != stroke &&
	       !str_is_space(text[end + marks]))
		marks++;
	if (marks && end + marks < len && text[end + marks] == stroke) {
		*out = inner_sign(text + end, marks);
		end += marks;
		while (end < len && text[end] == stroke)
			end++;
		if (*out == MARK_ABSENT || *out == MARK_EMPTY ||
		    !blank_or_end(text, end, len))
			return 0;
		return end - at;
	}
	*out = MARK_EMPTY;
	return stroke == '_' && strokes >= 2 ? strokes : 0;
}

static size_t arrow_read(const char *text, size_t at, size_t len, enum mark_sign *out)
{
	size_t n = 0, heads = 0, stars = 0;

	while (at + n < len && strchr("-=<>*~", text[at + n]) && text[at + n]) {
		heads += text[at + n] == '<' || text[at + n] == '>';
		stars += text[at + n] == '*';
		n++;
	}
	if (!apart(text, at, n, len))
		return 0;
	*out = MARK_TICK;
	if (stars >= 2 && stars == n)
		return n;
	return n >= 2 && heads && !stars ? n : 0;
}

/* A bare x is one only at an end of its text: "x Individual", "Individual x". */
static size_t letter_read(const char *text, size_t at, size_t len, enum mark_sign *out)
{
	size_t before = at, after = at + 1;

	if ((text[at] != 'x' && text[at] != 'X') || !apart(text, at, 1, len))
		return 0;
	before = str_without_tail(text, before);
	while (after < len && str_is_space(text[after]))
		after++;
	*out = MARK_CROSS;
	return before == 0 || after == len || at - before >= 2 || after - at >= 3 ? 1 : 0;
}

/* Most letters begin none, and each of a form is asked. */
static bool may_begin(char c)
{
	switch (c) {
	case '[':
	case '(':
	case '{':
	case '<':
	case '>':
	case '_':
	case '.':
	case 'x':
	case 'X':
	case '-':
	case '=':
	case '*':
		return true;
	default:
		return (unsigned char)c >= 0x80;
	}
}

size_t mark_read(const char *text, size_t at, size_t len, enum mark_sign *out)
{
	size_t n;

	switch (text[at]) {
	case MARK_BOX_EMPTY:
		*out = MARK_EMPTY;
		return 1;
	case MARK_BOX_TICKED:
		*out = MARK_TICK;
		return 1;
	case MARK_BOX_UNCLEAR:
		*out = MARK_UNCLEAR;
		return 1;
	default:
		break;
	}
	if (!may_begin(text[at]))
		return 0;
	if ((n = bracket_read(text, at, len, out)) ||
	    (n = stroke_read(text, at, len, out)) ||
	    (n = letter_read(text, at, len, out)))
		return n;
	if ((unsigned char)text[at] >= 0x80)
		return glyph_read(text, at, len, out);
	return strchr("-=<>*", text[at]) ? arrow_read(text, at, len, out) : 0;
}

enum mark_sign mark_of_cell(const char *text, size_t len)
{
	static const char *const not_marks[] = {"-", "--", "?", "0",  "n/a", "na",
						"–", "—",  "/", "\\", "no",  "n"};
	enum mark_sign sign;
	size_t n;

	while (len && str_is_space(*text)) {
		text++;
		len--;
	}
	len = str_without_tail(text, len);
	if (len == 0)
		return MARK_EMPTY;
	n = mark_read(text, 0, len, &sign);
	if (n == len)
		return sign;
	for (size_t i = 0; i < ARRAY_LEN(not_marks); i++)
		if (strlen(not_marks[i]) == len && strncmp(text, not_marks[i], len) == 0)
			return str_starts(not_marks[i], "n") ? MARK_ABSENT : MARK_UNCLEAR;
	sign = inner_sign(text, len);
	if (sign != MARK_ABSENT && sign != MARK_EMPTY)
		return sign;
	return str_utf8_count(text, len) == 1 ? MARK_TICK : MARK_ABSENT;
}

bool mark_is_struck(const char *text, size_t from, size_t to, size_t len)
{
	static const char *const strokes[] = {"~~", "--", "~", "-"};
	enum mark_sign sign;

	if (mark_read(text, from, len, &sign) && sign == MARK_EMPTY)
		return false;
	while (len > to && str_is_space(text[len - 1]))
		len--;
	for (size_t i = 0; i < ARRAY_LEN(strokes); i++) {
		size_t n = strlen(strokes[i]);

		if (from < n || strncmp(text + from - n, strokes[i], n) != 0)
			continue;
		if ((to + n <= len && strncmp(text + to, strokes[i], n) == 0) ||
		    (len >= to + n && strncmp(text + len - n, strokes[i], n) == 0))
			return true;
	}
	return false;
}

enum { LABEL_WORDS = 4 };

bool mark_not_chosen(const char *at, size_t len)
{
	size_t from = 0, mark;
	enum mark_sign sign;

	while (from < len && (at[from] == ' ' || at[from] == '\t'))
		from++;
	mark = mark_read(at, from, len, &sign);
	if (!mark || sign != MARK_EMPTY || mark_is_struck(at, from, from + mark, len))
		return false;
	/* Behind a label somebody may go on in words of their own. */
	for (size_t i = from + mark, words = 0; i < len; i++) {
		words += !str_is_space(at[i]) && (i == 0 || str_is_space(at[i - 1]));
		if (words > LABEL_WORDS)
			return false;
	}
	return true;
}
