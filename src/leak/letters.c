#include "leak/letters.h"
#include "base/log.h"
#include "base/str.h"
#include "document/entity.h"
#include "leak/fold.h"

enum { TAG_MOST = 1 << 12, ENTITY_MOST = 32, NAME_MOST = 16 };

/* Elements behind which another word begins; all others stand within words. With office files,
 * whose names have a prefix. */
static const char *const blocks[] = {
	"address", "article",    "aside",      "base",   "blockquote", "body", "br",
	"c",       "caption",    "cell",       "dd",     "div",        "dl",   "dt",
	"fig",     "figcaption", "figure",     "footer", "form",       "h",    "h1",
	"h2",      "h3",         "h4",         "h5",     "h6",         "head", "header",
	"hr",      "html",       "is",         "li",     "line",       "link", "main",
	"meta",    "nav",        "ol",         "p",      "pre",        "row",  "section",
	"si",      "table",      "tbl",        "td",     "tc",         "text", "th",
	"title",   "tab",        "table-cell", "tr",     "ul",         "desc", "style",
	"script",  "svg",        "option",     NULL};

struct reader {
	struct leak_letters *out;
	const char *text;
	size_t len, at;
	bool spaced, soft, block;
	int line_ends; /* since the last letter */
	bool no_end,
		no_comment_end; /* none stands in the rest: it is not looked for again */
	enum leak_class last;
};

/* --- one character ------------------------------------------------------- */

static uint32_t code_point(const unsigned char *b, size_t len)
{
	switch (len) {
	case 1:
		return b[0];
	case 2:
		return (uint32_t)(b[0] & 0x1f) << 6 | (b[1] & 0x3f);
	case 3:
		return (uint32_t)(b[0] & 0x0f) << 12 | (uint32_t)(b[1] & 0x3f) << 6 |
		       (b[2] & 0x3f);
	default:
		return (uint32_t)(b[0] & 0x07) << 18 | (uint32_t)(b[1] & 0x3f) << 12 |
		       (uint32_t)(b[2] & 0x3f) << 6 | (b[3] & 0x3f);
	}
}

/* windows-1252 differs from Latin-1 in signs alone, but for these. */
static uint32_t of_byte(unsigned char b)
{
	return b == 0x8a                ? 0x160
	       : b == 0x9a              ? 0x161
	       : b == 0x8e              ? 0x17d
	       : b == 0x9e              ? 0x17e
	       : b == 0x8c              ? 0x152
	       : b == 0x9c              ? 0x153
	       : b == 0x9f              ? 0x178
	       : b == 0x91 || b == 0x92 ? '\''
					: b;
}

static int hex(char c)
{
	return str_is_digit(c)        ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

static size_t utf8_at(const char *text, size_t len, uint32_t *out)
{
	size_t n = str_utf8_char(text, len);

	*out = n ? code_point((const unsigned char *)text, n)
		 : of_byte((unsigned char)*text);
	return n ? n : 1;
}

/* "&lstrok;" and its like, which HTML 4 did not have: a letter and what is put to it. */
static bool is_accent(const char *name, size_t len)
{
	static const char *const accents[] = {
		"grave", "acute", "circ", "tilde", "uml",  "cedil", "ring", "caron",
		"strok", "breve", "dot",  "macr",  "ogon", "dblac", "slash"};

	for (size_t i = 0; i < ARRAY_LEN(accents); i++)
		if (strlen(accents[i]) == len && !memcmp(accents[i], name, len))
			return true;
	return false;
}

static size_t reference_at(const char *text, size_t len, uint32_t *out)
{
	char letter[ENTITY_BYTES];
	size_t letter_len = 0, n = entity_read(text, len, letter, &letter_len), name = 1;

	if (n && letter_len) {
		(void)utf8_at(letter, letter_len, out);
		return n;
	}
	while (name < len && name < ENTITY_MOST && str_is_alpha(text[name]))
		name++;
	if (name < 3 || name >= len || text[name] != ';')
		return 0;
	/* The name of a sign that is not known is no word of the text. */
	*out = is_accent(text + 2, name - 2) ? (unsigned char)text[1] : 0x200b;
	return name + 1;
}

/* "%C3%AB" */
static size_t percent_at(const char *text, size_t len, uint32_t *out)
{
	char bytes[4];
	size_t n = 0, whole;

	while (n < sizeof(bytes) && n * 3 + 2 < len && text[n * 3] == '%' &&
	       hex(text[n * 3 + 1]) >= 0 && hex(text[n * 3 + 2]) >= 0) {
		bytes[n] = (char)(hex(text[n * 3 + 1]) << 4 | hex(text[n * 3 + 2]));
		n++;
	}
	if (!n)
		return 0;
	whole = utf8_at(bytes, n, out);
	return whole * 3;
}

/* backslash, u, four digits */
static size_t escape_at(const char *text, size_t len, uint32_t *out)
{
	uint32_t c = 0;

	if (len < 6 || text[1] != 'u')
		return 0;
	for (size_t i = 2; i < 6; i++) {
		if (hex(text[i]) < 0)
			return 0;
		c = c << 4 | (uint32_t)hex(text[i]);
	}
	*out = c;
	return 6;
}

/* How much of the text the next character takes; out: which one it is. */
static size_t character_at(const char *text, size_t len, uint32_t *out)
{
	size_t n = 0;

	if (*text == '&')
		n = reference_at(text, len, out);
	else if (*text == '%')
		n = percent_at(text, len, out);
	else if (*text == '\\')
		n = escape_at(text, len, out);
	return n ? n : utf8_at(text, len, out);
}

/* --- letters ------------------------------------------------------------- */

static bool parts_from(enum leak_class last, enum leak_class now)
{
	return last == LEAK_ALONE || now == LEAK_ALONE ||
	       (last == LEAK_DIGIT) != (now == LEAK_DIGIT) ||
	       (last == LEAK_SMALL && now == LEAK_BIG);
}

static void put(struct reader *r, const char *letters, enum leak_class as, size_t at)
{
	struct leak_letters *l = r->out;
	unsigned char mark = r->spaced || !l->count ? LEAK_BOUND | LEAK_SPACED
			     : r->soft || parts_from(r->last, as) ? LEAK_BOUND
								  : 0;

	if (as == LEAK_BIG)
		mark |= LEAK_CAPITAL;
	if (r->block || r->line_ends > 1)
		mark |= LEAK_BLOCK;
	for (; *letters && l->count + 1 < l->room; letters++, mark = 0) {
		l->letters[l->count] = *letters;
		l->marks[l->count] = mark;
		l->at[l->count] = (uint32_t)at;
		l->ends[l->count++] = (uint32_t)r->at;
	}
	r->spaced = r->soft = r->block = false;
	r->line_ends = 0;
	r->last = as;
}

/* A hyphen at the end of a line: the word goes on in the next one. */
static bool breaks_line(struct reader *r)
{
	size_t at = r->at;

	while (at < r->len && (r->text[at] == ' ' || r->text[at] == '\r'))
		at++;
	if (at >= r->len || r->text[at] != '\n')
		return false;
	while (at < r->len && str_is_space(r->text[at]))
		at++;
	r->at = at;
	return true;
}

static bool letter_is_next(const struct reader *r)
{
	char folded[LEAK_FOLDED];
	uint32_t c;

	if (r->at >= r->len)
		return false;
	(void)character_at(r->text + r->at, r->len - r->at, &c);
	return leak_fold(c, folded) >= LEAK_SMALL;
}

static void take(struct reader *r)
{
	char folded[LEAK_FOLDED];
	size_t from = r->at;
	enum leak_class as;
	uint32_t c;

	r->at += character_at(r->text + r->at, r->len - r->at, &c);
	as = leak_fold(c, folded);
	r->line_ends += c == '\n';
	if (as >= LEAK_SMALL)
		put(r, folded, as, from);
	else if (as == LEAK_JOINS && !r->spaced && (breaks_line(r) || letter_is_next(r)))
		r->soft = true;
	else if (as == LEAK_NOTHING)
		r->soft = true;
	else
		r->spaced = true;
}

/* --- tags ---------------------------------------------------------------- */

static size_t behind(const char *text, size_t len, const char *what, bool *none)
{
	const char *end = *none ? NULL : memmem(text, len, what, strlen(what));

	*none = !end;
	return end ? (size_t)(end - text) + strlen(what) : 0;
}

/* The length of a tag or comment that begins here; 0: none does. */
static size_t tag_at(struct reader *r, const char *text, size_t len)
{
	size_t most = len < TAG_MOST ? len : TAG_MOST;
	char quote = 0;

	if (len < 4 || !(str_is_alpha(text[1]) || memchr("/!?", text[1], 3)))
		return 0;
	if (memcmp(text, "<!--", 4) == 0)
		return behind(text, len, "-->", &r->no_comment_end);
	for (size_t i = 1; i < most; i++) {
		if (quote)
			quote = text[i] == quote ? 0 : quote;
		else if (text[i] == '"' || text[i] == '\'')
			quote = text[i - 1] == '=' ? text[i] : 0;
		else if (text[i] == '>')
			return i + 1;
	}
	return behind(text, len, ">", &r->no_end);
}

static bool is_block(const char *tag, size_t len)
{
	char name[NAME_MOST] = "";
	size_t n = 0, at = 1;

	at += at < len && tag[at] == '/';
	for (; at < len && n + 1 < sizeof(name); at++) {
		if (tag[at] == ':')
			n = 0;
		else if (str_is_alpha(tag[at]) || str_is_digit(tag[at]) || tag[at] == '-')
			name[n++] = str_lower_char(tag[at]);
		else
			break;
	}
	name[n] = '\0';
	return str_in(name, blocks);
}

static void take_tag(struct reader *r, size_t len, enum leak_side side)
{
	size_t end = r->at + len;

	if (side == LEAK_SEEN) {
		if (is_block(r->text + r->at, len))
			r->spaced = r->block = true;
		r->soft = true;
		r->at = end;
		return;
	}
	r->spaced = true;
	while (r->at < end)
		take(r);
	r->spaced = true;
}

static void make_room(struct leak_letters *l, size_t len)
{
	/* A byte of windows-1252 may be two letters. */
	size_t room = 2 * len + 2;

	l->count = 0;
	if (room <= l->room)
		return;
	leak_letters_clear(l);
	l->letters = malloc(room);
	l->marks = malloc(room);
	l->at = calloc(room, sizeof(*l->at));
	l->ends = calloc(room, sizeof(*l->ends));
	if (!l->letters || !l->marks || !l->at || !l->ends)
		PANIC("no memory for the letters of a text");
	l->room = room;
}

void leak_letters_read(struct leak_letters *out, const char *text, size_t len,
		       enum leak_side side)
{
	struct reader r = {.out = out,
			   .text = text,
			   .len = len < LEAK_TEXT_MOST ? len : LEAK_TEXT_MOST,
			   .spaced = true};

	make_room(out, r.len);
	while (r.at < r.len) {
		const char *next = text + r.at;
		size_t tag = 0;

		if (side == LEAK_UNSEEN && *next != '<') {
			next = memchr(next, '<', r.len - r.at);
			r.at = next ? (size_t)(next - text) : r.len;
			continue;
		}
		if (*next == '<')
			tag = tag_at(&r, next, r.len - r.at);
		if (tag)
			take_tag(&r, tag, side);
		else if (side == LEAK_SEEN)
			take(&r);
		else
			r.at++;
	}
	out->marks[out->count] = LEAK_BOUND | LEAK_SPACED;
}

void leak_letters_clear(struct leak_letters *l)
{
	free(l->letters);
	free(l->marks);
	free(l->at);
	free(l->ends);
	*l = (struct leak_letters){0};
}

size_t leak_word_begin(const struct leak_letters *l, size_t at)
{
	while (at > 0 && !(l->marks[at] & LEAK_SPACED))
		at--;
	return at;
}

size_t leak_word_end(const struct leak_letters *l, size_t at)
{
	do
		at++;
	while (at < l->count && !(l->marks[at] & LEAK_SPACED));
	return at < l->count ? at : l->count;
}
