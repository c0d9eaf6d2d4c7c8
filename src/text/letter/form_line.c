#include "text/letter/form_line.h"
#include "base/str.h"

/* What programs and people make ticks of. The letters are what the symbol fonts of
 * word processors come out as. */
static const char *const ticked_marks[] = {"☒",
					   "☑",
					   "✓",
					   "✔",
					   "✗",
					   "✘",
					   "✅",
					   "❎",
					   "🗹",
					   "🗷",
					   "⊠",
					   "■",
					   "◼",
					   "●",
					   "◉",
					   "⦿",
					   "√",
					   "\xEF\x83\xBE" /* U+F0FE */,
					   "\xEF\x83\xBD" /* U+F0FD */,
					   "\xEF\x81\x94" /* U+F054 */,
					   "þ",
					   "ý"};
static const char *const empty_marks[] = {"☐",
					  "□",
					  "▢",
					  "◻",
					  "○",
					  "◯",
					  "❏",
					  "❑",
					  "\xEF\x82\xA8" /* U+F0A8 */,
					  "\xEF\x81\xAF" /* U+F06F */,
					  "¨"};
static const char *const ticks_in_brackets[] = {"x", "X", "*",   "v",   "V",  "•",
						"y", "Y", "yes", "Yes", "YES"};

static size_t one_of(const char *const *marks, size_t n, const char *at, size_t left)
{
	for (size_t i = 0; i < n && left; i++) {
		size_t len;

		if (*at != *marks[i])
			continue;
		len = strlen(marks[i]);
		if (len <= left && memcmp(at, marks[i], len) == 0)
			return len;
	}
	return 0;
}

static char closing(char open)
{
	return open == '[' ? ']' : open == '(' ? ')' : '\0';
}

/* "[x]", "( )", "[__]": what stands between must be a tick or nothing. */
static size_t bracket_box(const char *at, size_t left, bool *ticked)
{
	const char *end =
		closing(*at) ? memchr(at, closing(*at), left < 12 ? left : 12) : NULL;
	const char *in = at + 1;
	size_t len, mark;

	if (!end)
		return 0;
	while (in < end && (*in == ' ' || *in == '_' || *in == '\t'))
		in++;
	len = (size_t)(end - in);
	while (len && (in[len - 1] == ' ' || in[len - 1] == '_' || in[len - 1] == '\t'))
		len--;
	*ticked = len > 0;
	mark = one_of(ticks_in_brackets, ARRAY_LEN(ticks_in_brackets), in, len);
	if (mark != len)
		for (size_t i = 0; i < ARRAY_LEN(ticks_in_brackets) && mark != len; i++)
			if (strlen(ticks_in_brackets[i]) == len &&
			    memcmp(ticks_in_brackets[i], in, len) == 0)
				mark = len;
	if (mark != len)
		mark = one_of(ticked_marks, ARRAY_LEN(ticked_marks), in, len);
	if (mark == 0 && len &&
	    one_of(empty_marks, ARRAY_LEN(empty_marks), in, len) == len) {
		*ticked = false;
		mark = len;
	}
	return mark == len ? (size_t)(end + 1 - at) : 0;
}

static bool edge(const char *line, size_t len, size_t at)
{
	return at >= len || strchr(" \t:|.,;?", line[at]) != NULL;
}

/* A letter stands for a tick only where nothing touches it, at an end of its cell. */
static size_t bare_box(const char *line, size_t len, size_t at, bool *ticked)
{
	static const char *const letters[] = {"þ", "ý", "¨"};
	size_t size = one_of(letters, ARRAY_LEN(letters), line + at, len - at);
	bool alone = (at == 0 || strchr(" \t:|", line[at - 1])) &&
		     edge(line, len, at + (size ? size : 1));
	size_t before = at, after = at + (size ? size : 1);

	*ticked = size == 0 || line[at + 1] != '\xA8';
	if (!alone || (!size && line[at] != 'x' && line[at] != 'X'))
		return 0;
	while (before > 0 && str_is_space(line[before - 1]))
		before--;
	while (after < len && (str_is_space(line[after]) || line[after] == '.'))
		after++;
	if (size || before == 0 || after == len || line[before - 1] == ':' ||
	    line[after] == '\t' || line[after] == '|')
		return size ? size : 1;
	return 0;
}

/* Every mark above begins outside ASCII; the rest are brackets and the letter x. */
static bool may_begin_box(char c)
{
	return (c & 0x80) || c == '[' || c == '(' || c == 'x' || c == 'X';
}

/* Most of a line neither begins a box nor ends a cell: a blank does before another. */
static bool is_idle(const char *line, size_t len, size_t at)
{
	static const bool signs[128] = {
		['['] = true, ['('] = true,  ['x'] = true, ['X'] = true,
		['|'] = true, [':'] = true,  ['?'] = true, [';'] = true,
		['.'] = true, ['\t'] = true, ['!'] = true};
	char c = line[at];

	if (c == ' ')
		return at + 1 >= len || line[at + 1] != ' ';
	return !(c & 0x80) && !signs[(unsigned char)c];
}

static size_t box_at(const char *line, size_t len, size_t at, bool *ticked)
{
	size_t size;

	if (!may_begin_box(line[at]))
		return 0;
	size = bracket_box(line + at, len - at, ticked);
	if (size)
		return size;
	size = bare_box(line, len, at, ticked);
	if (size)
		return size;
	*ticked = true;
	size = one_of(ticked_marks, ARRAY_LEN(ticked_marks) - 2, line + at, len - at);
	if (size)
		return size;
	*ticked = false;
	return one_of(empty_marks, ARRAY_LEN(empty_marks) - 1, line + at, len - at);
}

/* "'", and U+2019, the apostrophe that word processors type. */
static size_t apostrophe(const char *at, size_t left)
{
	return *at == '\'' ? 1 : left >= 3 && memcmp(at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* With one of these begins a word of every label that form_label_read() knows. */
static bool begins_label(const char *word)
{
	static const char begins[][5] = {"publ", "name", "anon", "cont",
					 "indi", "orga", "resp"};

	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (memcmp(word, begins[i], 4) == 0)
			return true;
	return false;
}

static void words_of(struct form_item *item, const char *text, size_t len)
{
	size_t n = 0, word = 0;

	item->words[n++] = ' ';
	for (size_t i = 0; i < len && n + 3 < FORM_WORDS_ROOM; i++) {
		char c = text[i];

		if (str_is_alpha(c) || str_is_digit(c) ||
		    ((c & 0x80) && !apostrophe(text + i, len - i))) {
			if (!word)
				word = n;
			item->words[n++] = str_lower_char(c);
		} else if (apostrophe(text + i, len - i)) {
			i += apostrophe(text + i, len - i) - 1;
		} else if (word) {
			item->word_count++;
			item->like_label |=
				n - word >= 4 && begins_label(item->words + word);
			item->words[n++] = ' ';
			word = 0;
		}
	}
	if (word) {
		item->word_count++;
		item->like_label |= n - word >= 4 && begins_label(item->words + word);
		item->words[n++] = ' ';
	}
	item->words[n] = '\0';
}

static bool may_begin_label(char c)
{
	switch (str_lower_char(c)) {
	case 'a':
	case 'c':
	case 'i':
	case 'n':
	case 'o':
	case 'p':
	case 'r':
		return true;
	default:
		return false;
	}
}

/*
 * May it be a label, or an answer, which is one word? Most sentences are seen to be neither
 * before their words are written down.
 */
static bool may_be_label(const char *text, size_t len)
{
	size_t words = 0;
	bool inside = false;

	for (size_t i = 0; i < len; i++) {
		char c = text[i], four[4];

		if (c == '\'' || c == '\xE2')
			return true; /* an apostrophe is left out of its word */
		if (!str_is_alpha(c) && !str_is_digit(c) && !(c & 0x80)) {
			inside = false;
			continue;
		}
		if (inside)
			continue;
		inside = true;
		words++;
		if (len - i < sizeof(four) || !may_begin_label(c))
			continue;
		for (size_t n = 0; n < sizeof(four); n++)
			four[n] = str_lower_char(text[i + n]);
		if (begins_label(four))
			return true;
	}
	return words <= 1;
}

/* False: it is no label, and no answer. */
static bool add_text(struct form_line *out, const char *text, size_t len, bool question)
{
	struct form_item *item = &out->items[out->count];

	if (out->count == FORM_ITEMS_MOST)
		return true;
	/* Not as a whole: its room for words is large, and words_of() ends them. */
	item->kind = FORM_TEXT;
	item->ticked = false;
	item->question = question;
	item->like_label = false;
	item->word_count = 0;
	words_of(item, text, len);
	if (!item->word_count)
		return true;
	if (str_eq(item->words, " yes ") || str_eq(item->words, " y "))
		item->kind = FORM_YES;
	else if (str_eq(item->words, " no ") || str_eq(item->words, " n "))
		item->kind = FORM_NO;
	out->only_boxes = false;
	out->count++;
	return item->like_label || item->kind != FORM_TEXT;
}

/* Where one cell or sentence ends and the next begins; 0 when not here. */
static size_t cut_at(const char *line, size_t len, size_t at)
{
	bool end = at + 1 >= len || str_is_space(line[at + 1]);

	if (line[at] == '\t' || line[at] == '|' || line[at] == ':' || line[at] == '?' ||
	    line[at] == ';')
		return 1;
	if ((line[at] == '.' || line[at] == '!') && end)
		return 1;
	if (line[at] == ' ' && at + 1 < len && line[at + 1] == ' ')
		return 2;
	return 0;
}

enum reading { READ_ALL, READ_LABELS };

/* False: of labels only, the line is none. */
static bool take_text(struct form_line *out, const char *text, size_t len, bool question,
		      enum reading what)
{
	if (what == READ_LABELS && out->count < FORM_ITEMS_MOST &&
	    !may_be_label(text, len))
		return false;
	return add_text(out, text, len, question) || what == READ_ALL;
}

static bool read_line(const char *line, size_t len, enum reading what,
		      struct form_line *out)
{
	size_t from = 0;

	out->count = out->boxes = 0;
	out->only_boxes = true;
	for (size_t at = 0; at < len;) {
		bool ticked = false;
		size_t box, cut = 0;

		if (is_idle(line, len, at)) {
			at++;
			continue;
		}
		box = box_at(line, len, at, &ticked);
		if (!box)
			cut = cut_at(line, len, at);
		if (!box && !cut) {
			at++;
			continue;
		}
		if (!take_text(out, line + from, at - from, cut && line[at] == '?', what))
			return false;
		if (box && out->count < FORM_ITEMS_MOST) {
			out->items[out->count++] =
				(struct form_item){.kind = FORM_BOX, .ticked = ticked};
			out->boxes++;
		}
		at += box + cut;
		from = at;
	}
	if (!take_text(out, line + from, len - from, false, what))
		return false;
	out->only_boxes = out->only_boxes && out->boxes > 0;
	return true;
}

void form_line_read(const char *line, size_t len, struct form_line *out)
{
	(void)read_line(line, len, READ_ALL, out);
}

bool form_line_labels(const char *line, size_t len, struct form_line *out)
{
	return read_line(line, len, READ_LABELS, out);
}
