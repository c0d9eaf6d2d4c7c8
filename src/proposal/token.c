#include "proposal/token.h"
#include "base/str.h"

enum {
	SLOTS = 1 << 13,
	WORD_MOST = 40,    /* bytes; a longer one is cut */
	LONG_WORD = 8,     /* letters: one of them may be wrong */
	STEM_LEAST = 1,    /* bytes of a beginning */
	FOUR_BYTES = 0xF0, /* begin here: signs and faces, no letters */
	GAP = 3,           /* words that "+" stands for */
	WIDE_GAP = 8,      /* "++" */
	CLASS_NAME = 12
};

struct entry {
	const char *word; /* not ended: len bytes */
	size_t len;
	uint64_t is, begins;  /* of the word itself, and of any that begins so */
	const char *spelling; /* what it stands for, up to a comma */
	struct entry *next;
};

struct lexicon {
	struct entry *slots[SLOTS];
	struct arena *arena;
};

static size_t slot_of(const char *word, size_t len)
{
	size_t hash = 5381;

	for (size_t i = 0; i < len; i++)
		hash = hash * 33 + (unsigned char)word[i];
	return hash % SLOTS;
}

static struct entry *find(const struct lexicon *l, const char *word, size_t len)
{
	struct entry *e = l->slots[slot_of(word, len)];

	while (e && (e->len != len || memcmp(e->word, word, len) != 0))
		e = e->next;
	return e;
}

static struct entry *entry_of(struct lexicon *l, const char *word, size_t len)
{
	struct entry *e = find(l, word, len);
	size_t slot = slot_of(word, len);

	if (e)
		return e;
	e = arena_make(l->arena, struct entry, 1);
	*e = (struct entry){.word = word, .len = len, .next = l->slots[slot]};
	l->slots[slot] = e;
	return e;
}

struct lexicon *lexicon_new(struct arena *arena)
{
	struct lexicon *l = arena_make(arena, struct lexicon, 1);

	l->arena = arena;
	for (size_t class = 0; class < TOKEN_CLASSES; class ++)
		for (const char *at = token_words[class]; *at;) {
			size_t len = strcspn(at, " ");
			bool open = len && at[len - 1] == '*';

			if (len > open) {
				struct entry *e = entry_of(l, at, len - open);

				*(open ? &e->begins : &e->is) |= (uint64_t)1 << class;
			}
			at += len + (at[len] == ' ');
		}
	for (const char *at = token_spellings; *at;) {
		size_t len = strcspn(at, "=");

		entry_of(l, at, len)->spelling = at + len + 1;
		at += strcspn(at, ",");
		at += *at == ',';
	}
	return l;
}

static uint64_t classes_of(const struct lexicon *l, const char *word, size_t len)
{
	const struct entry *e = find(l, word, len);
	uint64_t is = e ? e->is : 0;

	for (size_t n = len; n >= STEM_LEAST; n--) {
		e = find(l, word, n);
		if (e)
			is |= e->begins;
	}
	return is;
}

/* Is one letter wrong, missing, too many, or two of them changed round? */
static bool nearly(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t head = 0, tail = 0;

	if (a_len > b_len + 1 || b_len > a_len + 1)
		return false;
	while (head < a_len && head < b_len && a[head] == b[head])
		head++;
	while (tail < a_len - head && tail < b_len - head &&
	       a[a_len - 1 - tail] == b[b_len - 1 - tail])
		tail++;
	a_len -= head + tail;
	b_len -= head + tail;
	if (a_len <= 1 && b_len <= 1)
		return true;
	return a_len == 2 && b_len == 2 && a[head] == b[head + 1] &&
	       a[head + 1] == b[head];
}

/* A word is only taken for what is said to a team: of harm it must say so itself. */
static const uint64_t may_be_misspelt = TOKEN(PROCESS) | TOKEN(LIST) | TOKEN(COURTESY);

/* A long word as the known one that it nearly is. */
static const struct entry *misspelt(const struct lexicon *l, const char *word, size_t len)
{
	for (size_t class = 0; class < TOKEN_CLASSES; class ++)
		for (const char *at = token_words[class];
		     *at && may_be_misspelt >> class & 1;) {
			size_t n = strcspn(at, " ");

			if (n >= LONG_WORD && at[n - 1] != '*' && *at == *word &&
			    nearly(word, len, at, n))
				return find(l, at, n);
			at += n + (at[n] == ' ');
		}
	return NULL;
}

static uint32_t letter_bit(char c)
{
	return c >= 'a' && c <= 'z' ? (uint32_t)1 << (c - 'a') : 0;
}

static void add(struct arena *arena, const struct lexicon *l, const char *word,
		size_t len, bool begins, struct tokens *t)
{
	struct token *one;

	if (t->count == TOKEN_MOST || !len)
		return;
	t->items = arena_grow(arena, t->items, t->count, sizeof(*t->items));
	one = &t->items[t->count++];
	*one = (struct token){.is = classes_of(l, word, len), .begins = begins};
	if (!one->is && len >= LONG_WORD && !find(l, word, len)) {
		const struct entry *e = misspelt(l, word, len);

		if (e) {
			word = e->word;
			len = e->len;
			one->is = classes_of(l, word, len);
		}
	}
	one->word = arena_strndup(arena, word, len);
	t->has |= one->is;
	t->letters |= letter_bit(*word);
}

/* What a spelling stands for is one word or several. */
static void add_spelt(struct arena *arena, const struct lexicon *l, const char *word,
		      size_t len, bool begins, struct tokens *t)
{
	const struct entry *e = find(l, word, len);

	if (!e || !e->spelling) {
		add(arena, l, word, len, begins, t);
		return;
	}
	for (const char *at = e->spelling; *at && *at != ',';) {
		size_t n = strcspn(at, " ,");

		add(arena, l, at, n, begins, t);
		begins = false;
		at += n + (at[n] == ' ');
	}
}

/* What stands behind an apostrophe. */
static const struct {
	const char *end, *stands_for;
} contractions[] = {{"n't", "not"},  {"'re", "are"},  {"'ll", "will"},
		    {"'ve", "have"}, {"'d", "would"}, {"'m", "am"}};

static const char *const with_is[] = {"it",   "that",  "there", "what", "who",
				      "he",   "she",   "here",  "how",  "where",
				      "when", "there", "this"};

static void add_contracted(struct arena *arena, const struct lexicon *l, const char *word,
			   size_t len, bool begins, struct tokens *t)
{
	char plain[WORD_MOST];
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(contractions); i++) {
		size_t end = strlen(contractions[i].end);

		if (len <= end || memcmp(word + len - end, contractions[i].end, end) != 0)
			continue;
		add_spelt(arena, l, word, len - end, begins, t);
		add(arena, l, contractions[i].stands_for,
		    strlen(contractions[i].stands_for), false, t);
		return;
	}
	if (len > 2 && !memcmp(word + len - 2, "'s", 2)) {
		len -= 2;
		add_spelt(arena, l, word, len, begins, t);
		for (size_t i = 0; i < ARRAY_LEN(with_is); i++)
			if (strlen(with_is[i]) == len && !memcmp(with_is[i], word, len))
				add(arena, l, "is", 2, false, t);
		return;
	}
	for (size_t i = 0; i < len; i++)
		if (word[i] != '\'')
			plain[n++] = word[i];
	add_spelt(arena, l, plain, n, begins, t);
}

/* How many bytes of a word stand at p; it is written to one. */
static size_t letter(const char *p, size_t left, char *one)
{
	unsigned char c = (unsigned char)*p;

	*one = str_lower_char(*p);
	if (str_is_alpha(*p) || str_is_digit(*p) || *p == '\'' || *p == '$')
		return 1;
	if (left >= 3 &&
	    (str_starts(p, "\xE2\x80\x99") || str_starts(p, "\xE2\x80\x98"))) {
		*one = '\'';
		return 3;
	}
	if (str_starts(p, "\xC2\xA3") || str_starts(p, "\xE2\x82\xAC")) {
		*one = '$'; /* any money */
		return str_starts(p, "\xC2\xA3") ? 2 : 3;
	}
	return c >= 0xC3 && c != 0xE2 && c < FOUR_BYTES ? 1
	       : c >= 0x80 && c < 0xC0                  ? 1
							: 0;
}

/* An address or a link is one word, whatever it says. */
static bool is_link(const char *text, size_t len)
{
	return len > 6 && (str_istarts(text, "http") || str_istarts(text, "www."));
}

/* Up to the next blank. */
static size_t run_of(const char *text, size_t len)
{
	size_t run = 0;

	while (run < len && !memchr(" \t\r\n", text[run], 4))
		run++;
	return run;
}

void token_read(struct arena *arena, const struct lexicon *l, const char *text,
		size_t len, struct tokens *out)
{
	struct tokens t = {0};
	bool begins = true;

	/* The run that is read ends at end; it is looked through for an address once. */
	for (size_t at = 0, end = 0; at < len && t.count < TOKEN_MOST;) {
		char word[WORD_MOST];
		size_t n = 0, step;
		bool address = at >= end;
		const char *alone;

		end = at >= end ? at + run_of(text + at, len - at) : end;
		alone = address && memchr(text + at, '@', end - at) ? "emailaddress"
			: is_link(text + at, end - at)              ? "weblink"
								    : NULL;
		if (alone) {
			add(arena, l, alone, strlen(alone), begins, &t);
			begins = false;
			at = end;
			continue;
		}
		while (at < len && (step = letter(text + at, len - at, &word[n]))) {
			n += n + 1 < sizeof(word);
			at += step;
		}
		while (n && word[n - 1] == '\'')
			n--;
		if (n) {
			const char *from = *word == '\'' ? word + 1 : word;

			add_contracted(arena, l, from, n - (*word == '\''), begins, &t);
			begins = false;
			continue;
		}
		begins |= text[at] && strchr(",;:.!?-(\n", text[at]);
		begins |= str_starts(text + at, "\xE2\x80\x93");
		at += (unsigned char)text[at] >= FOUR_BYTES && len - at >= 4 ? 4 : 1;
	}
	*out = t;
}

static uint64_t class_named(const char *name, size_t len)
{
	for (size_t i = 0; i < TOKEN_CLASSES; i++)
		if (*token_names[i] == *name && strlen(token_names[i]) == len &&
		    !memcmp(token_names[i], name, len))
			return (uint64_t)1 << i;
	return 0;
}

/* Is a word what one element wants, of which several may be given? */
static bool is_one_of(const struct token *t, const char *element, size_t len)
{
	size_t word = strlen(t->word);

	for (const char *end = element + len; element < end;) {
		size_t n = 0;

		while (element + n < end && element[n] != '|')
			n++;
		if (*element == '@' && t->is & class_named(element + 1, n - 1))
			return true;
		if (n == 1 && *element == '_')
			return true;
		if (n && element[n - 1] == '*'
			    ? word >= n - 1 && !memcmp(t->word, element, n - 1)
			    : word == n && !memcmp(t->word, element, n))
			return true;
		element += n + 1;
	}
	return false;
}

/* May the sentence end instead: "$|more"? */
static bool or_end(const char *element, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (element[i] == '$' && (!i || element[i - 1] == '|') &&
		    (i + 1 == len || element[i + 1] == '|'))
			return true;
	return false;
}

/* What is left of a pattern, from word at on. */
static bool matches(const struct tokens *t, size_t at, const char *pattern,
		    const char *end)
{
	size_t len = 0, gap = 0;
	const char *rest;

	while (pattern < end && *pattern == ' ')
		pattern++;
	if (pattern == end)
		return true;
	while (pattern + len < end && pattern[len] != ' ')
		len++;
	rest = pattern + len;
	if (*pattern == '^')
		return at < t->count && t->items[at].begins && matches(t, at, rest, end);
	if (*pattern == '$' && len == 1)
		return at == t->count;
	if (*pattern == '+') {
		for (gap = 0; gap <= (len == 2 ? WIDE_GAP : GAP); gap++)
			if (at + gap <= t->count && matches(t, at + gap, rest, end))
				return true;
		return false;
	}
	if (*pattern == '?' && matches(t, at, rest, end))
		return true;
	if (*pattern == '?') {
		pattern++;
		len--;
	}
	if (at == t->count)
		return or_end(pattern, len) && matches(t, at, rest, end);
	return is_one_of(&t->items[at], pattern, len) && matches(t, at + 1, rest, end);
}

/* What the first word of a match must be: most patterns begin with none that is there. */
struct start {
	uint32_t letters; /* that it begins with, "a" in the lowest bit */
	uint64_t classes;
	bool any;
};

static struct start start_of(const char *pattern, const char *end)
{
	struct start s = {0};

	if (end - pattern > 1 && *pattern == '^') /* stands before a word, at its place */
		for (pattern++; pattern < end && *pattern == ' ';)
			pattern++;
	for (const char *at = pattern; at < end && *at != ' ';) {
		size_t n = 0;

		while (at + n < end && at[n] != ' ' && at[n] != '|')
			n++;
		if (*at == '@')
			s.classes |= class_named(at + 1, n - 1);
		else if (letter_bit(*at))
			s.letters |= letter_bit(*at);
		else
			s.any = true;
		at += n;
		at += at < end && *at == '|';
	}
	return s;
}

static bool stands(const struct tokens *t, const char *pattern, const char *end)
{
	struct start s;

	while (pattern < end && *pattern == ' ')
		pattern++;
	s = start_of(pattern, end);
	if (pattern == end || !(s.any || t->has & s.classes || t->letters & s.letters))
		return false;
	for (size_t i = 0; i < t->count; i++)
		if ((s.any || t->items[i].is & s.classes ||
		     letter_bit(*t->items[i].word) & s.letters) &&
		    matches(t, i, pattern, end))
			return true;
	return false;
}

size_t token_matches(const struct tokens *t, const char *patterns, size_t most)
{
	size_t n = 0;

	for (const char *at = patterns; *at && n < most;) {
		const char *end = at + strcspn(at, ",");

		n += stands(t, at, end);
		at = end + (*end == ',');
	}
	return n;
}

bool token_match(const struct tokens *t, const char *patterns)
{
	return token_matches(t, patterns, 1);
}

size_t token_count(const struct tokens *t, uint64_t classes)
{
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++)
		n += (t->items[i].is & classes) != 0;
	return n;
}
