#include "proposal/token.h"
#include "base/str.h"

#include <pthread.h>

enum {
	SLOTS = 1 << 13,
	WORD_MOST = 40, /* bytes; a longer one is cut */
	LONG_WORD = 8,  /* letters: one of them may be wrong */
	LETTERS = 26,
	FOUR_BYTES = 0xF0 /* begin here: signs and faces, no letters */
};

struct entry {
	const char *word; /* not ended: len bytes */
	size_t len;
	uint64_t is, begins;  /* of the word itself, and of any that begins so */
	const char *spelling; /* what it stands for, up to a comma */
	struct entry *next;
};

/* A long word that may be written with one letter wrong. */
struct misspellable {
	const char *word;
	size_t len;
	const struct misspellable *next; /* that begins with the same letter */
};

struct lexicon {
	struct entry *slots[SLOTS];
	uint64_t open[SLOTS / 64]; /* slots that have a word of which others begin */
	const struct misspellable *long_words[LETTERS];
	struct arena *arena;
};

uint32_t token_hash(const char *word, size_t len)
{
	uint32_t hash = TOKEN_HASH;

	for (size_t i = 0; i < len; i++)
		hash = token_hash_step(hash, word[i]);
	return hash;
}

static struct entry *find_hashed(const struct lexicon *l, const char *word, size_t len,
				 uint32_t hash)
{
	struct entry *e = l->slots[hash % SLOTS];

	while (e && (e->len != len || memcmp(e->word, word, len) != 0))
		e = e->next;
	return e;
}

static struct entry *find(const struct lexicon *l, const char *word, size_t len)
{
	return find_hashed(l, word, len, token_hash(word, len));
}

static struct entry *entry_of(struct lexicon *l, const char *word, size_t len)
{
	struct entry *e = find(l, word, len);
	size_t slot = token_hash(word, len) % SLOTS;

	if (e)
		return e;
	e = arena_make(l->arena, struct entry, 1);
	*e = (struct entry){.word = word, .len = len, .next = l->slots[slot]};
	l->slots[slot] = e;
	return e;
}

static void note_open(struct lexicon *l, uint32_t hash)
{
	l->open[hash % SLOTS / 64] |= (uint64_t)1 << hash % 64;
}

/* May a word with a beginning of that hash be of a class by its beginning? */
static bool may_be_open(const struct lexicon *l, uint32_t hash)
{
	return l->open[hash % SLOTS / 64] >> hash % 64 & 1;
}

/* A word is only taken for what is said to a team: of harm it must say so itself. */
static const uint64_t may_be_misspelt = TOKEN(PROCESS) | TOKEN(LIST) | TOKEN(COURTESY);

/* last: where the next that begins with each letter goes, so that the first known is first. */
static void add_word(struct lexicon *l, enum token_class class, const char *word,
		     size_t len, const struct misspellable ***last)
{
	bool open = len && word[len - 1] == '*';
	unsigned letter = (unsigned)*word - 'a';

	if (len > open) {
		struct entry *e = entry_of(l, word, len - open);

		*(open ? &e->begins : &e->is) |= (uint64_t)1 << class;
		if (open)
			note_open(l, token_hash(word, len - open));
	}
	if (len >= LONG_WORD && !open && may_be_misspelt >> class & 1 &&
	    letter < LETTERS) {
		struct misspellable *m = arena_make(l->arena, struct misspellable, 1);

		*m = (struct misspellable){.word = word, .len = len};
		*last[letter] = m;
		last[letter] = &m->next;
	}
}

static struct lexicon *lexicon_new(struct arena *arena)
{
	struct lexicon *l = arena_make(arena, struct lexicon, 1);
	const struct misspellable **last[LETTERS];

	l->arena = arena;
	for (size_t i = 0; i < LETTERS; i++)
		last[i] = &l->long_words[i];
	for (size_t class = 0; class < TOKEN_CLASSES; class ++)
		for (const char *at = token_words[class]; *at;) {
			size_t len = strcspn(at, " ");

			if (len)
				add_word(l, (enum token_class) class, at, len, last);
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

static const struct lexicon *known;

static void make_known(void)
{
	known = lexicon_new(arena_new(1 << 17));
}

static const struct lexicon *lexicon_known(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	(void)pthread_once(&once, make_known);
	return known;
}

static uint64_t classes_of(const struct lexicon *l, const char *word, size_t len,
			   uint32_t *out_hash)
{
	uint32_t hash = TOKEN_HASH;
	uint64_t is = 0;

	for (size_t n = 1; n <= len; n++) {
		const struct entry *e;

		hash = token_hash_step(hash, word[n - 1]);
		if (n < len && !may_be_open(l, hash))
			continue;
		e = find_hashed(l, word, n, hash);
		if (e)
			is |= e->begins | (n == len ? e->is : 0);
	}
	*out_hash = hash;
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

/* A long word as the known one that it nearly is. */
static const struct entry *misspelt(const struct lexicon *l, const char *word, size_t len)
{
	unsigned letter = (unsigned)*word - 'a';

	if (letter >= LETTERS)
		return NULL;
	for (const struct misspellable *m = l->long_words[letter]; m; m = m->next)
		if (nearly(word, len, m->word, m->len))
			return find(l, m->word, m->len);
	return NULL;
}

static void add(struct arena *arena, const struct lexicon *l, const char *word,
		size_t len, bool begins, struct tokens *t)
{
	struct token *one;

	if (t->count == TOKEN_MOST || !len)
		return;
	t->items = arena_grow(arena, t->items, t->count, sizeof(*t->items));
	one = &t->items[t->count++];
	one->begins = begins;
	one->is = classes_of(l, word, len, &one->hash);
	if (!one->is && len >= LONG_WORD && !find_hashed(l, word, len, one->hash)) {
		const struct entry *e = misspelt(l, word, len);

		if (e) {
			word = e->word;
			len = e->len;
			one->is = classes_of(l, word, len, &one->hash);
		}
	}
	one->word = arena_strndup(arena, word, len);
	one->len = len;
	t->has |= one->is;
	t->signs.classes |= one->is;
	t->signs.letters |= token_letter_bit(*word);
	token_sign_hash(&t->signs, one->hash);
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

	if (!memchr(word, '\'', len)) {
		add_spelt(arena, l, word, len, begins, t);
		return;
	}
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
	static const bool ends[256] = {
		[' '] = true, ['\t'] = true, ['\r'] = true, ['\n'] = true};
	size_t run = 0;

	while (run < len && !ends[(unsigned char)text[run]])
		run++;
	return run;
}

void token_read(struct arena *arena, const char *text, size_t len, struct tokens *out)
{
	const struct lexicon *l = lexicon_known();
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
		for (; at < len; at += step) {
			if (str_is_alpha(text[at]) || str_is_digit(text[at])) {
				word[n] = str_lower_char(text[at]); /* most are these */
				step = 1;
			} else {
				step = letter(text + at, len - at, &word[n]);
			}
			if (!step)
				break;
			n += n + 1 < sizeof(word);
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

size_t token_count(const struct tokens *t, uint64_t classes)
{
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++)
		n += (t->items[i].is & classes) != 0;
	return n;
}
