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
	uint32_t letters;                /* letters_in() */
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

/* A bit for each letter that a word has, whichever share one. */
static uint32_t letters_in(const char *word, size_t len)
{
	uint32_t has = 0;

	for (size_t i = 0; i < len; i++)
		has |= (uint32_t)1 << ((unsigned char)word[i] & 31);
	return has;
}

/* One letter that is wrong takes one away, and brings another. */
static bool letters_near(uint32_t a, uint32_t b)
{
	uint32_t apart = a ^ b;

	apart &= apart - 1;
	apart &= apart - 1;
	return !apart;
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

		*m = (struct misspellable){
			.word = word, .len = len, .letters = letters_in(word, len)};
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

/* A word as it is read, letter by letter. */
struct heard {
	const char *word;
	size_t len;
	uint32_t hash;
	uint64_t opens; /* a bit for each beginning that may stand for a class */
};

static inline void hear(const struct lexicon *l, struct heard *h, char c)
{
	h->hash = token_hash_step(h->hash, c);
	h->len++;
	h->opens |= (uint64_t)may_be_open(l, h->hash) << h->len;
}

static struct heard hear_word(const struct lexicon *l, const char *word, size_t len)
{
	struct heard h = {.word = word, .hash = TOKEN_HASH};

	ASSERT(len <= WORD_MOST);
	while (h.len < len)
		hear(l, &h, word[h.len]);
	return h;
}

static struct entry *find_heard(const struct lexicon *l, const struct heard *h)
{
	return find_hashed(l, h->word, h->len, h->hash);
}

/* e: the word as it is known, or NULL */
static uint64_t classes_of(const struct lexicon *l, const struct heard *h,
			   const struct entry *e)
{
	uint64_t is = e ? e->begins | e->is : 0;
	uint64_t left = h->opens & (((uint64_t)1 << h->len) - 1); /* and not the whole */

	for (; left; left &= left - 1) {
		const struct entry *open =
			find(l, h->word, (size_t)__builtin_ctzll(left));

		is |= open ? open->begins : 0;
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

/* A long word as the known one that it nearly is. */
static const struct entry *misspelt(const struct lexicon *l, const char *word, size_t len)
{
	unsigned letter = (unsigned)*word - 'a';
	uint32_t has = letters_in(word, len);

	if (letter >= LETTERS)
		return NULL;
	for (const struct misspellable *m = l->long_words[letter]; m; m = m->next)
		if (letters_near(has, m->letters) && nearly(word, len, m->word, m->len))
			return find(l, m->word, m->len);
	return NULL;
}

/* What is being read; it is kept when its length is known. */
struct reading {
	const struct lexicon *lexicon;
	struct token items[TOKEN_MOST];
	char words[TOKEN_MOST * (WORD_MOST + 1)];
	size_t count, used;
	struct token_signs signs; /* of all of them */
};

/* e: the word as it is known, or NULL */
static void add(struct reading *r, struct heard h, const struct entry *e, bool begins)
{
	struct token *one = &r->items[r->count];
	uint64_t is;

	if (r->count == TOKEN_MOST || !h.len)
		return;
	is = classes_of(r->lexicon, &h, e);
	if (!is && !e && h.len >= LONG_WORD) {
		e = misspelt(r->lexicon, h.word, h.len);
		if (e) {
			h = hear_word(r->lexicon, e->word, e->len);
			is = classes_of(r->lexicon, &h, e);
		}
	}
	*one = (struct token){.word = r->words + r->used,
			      .len = h.len,
			      .hash = h.hash,
			      .is = is,
			      .begins = begins};
	memcpy(r->words + r->used, h.word, h.len);
	r->words[r->used + h.len] = '\0';
	r->used += h.len + 1;
	r->count++;
	r->signs.classes |= is;
	r->signs.letters |= token_letter_bit(*one->word);
	token_sign_hash(&r->signs, h.hash);
}

static void add_plain(struct reading *r, const char *word, size_t len, bool begins)
{
	struct heard h = hear_word(r->lexicon, word, len);

	add(r, h, find_heard(r->lexicon, &h), begins);
}

/* What a spelling stands for is one word or several. */
static void add_heard(struct reading *r, const struct heard *h, bool begins)
{
	const struct entry *e = find_heard(r->lexicon, h);

	if (!e || !e->spelling) {
		add(r, *h, e, begins);
		return;
	}
	for (const char *at = e->spelling; *at && *at != ',';) {
		size_t n = strcspn(at, " ,");

		add_plain(r, at, n, begins);
		begins = false;
		at += n + (at[n] == ' ');
	}
}

static void add_spelt(struct reading *r, const char *word, size_t len, bool begins)
{
	struct heard h = hear_word(r->lexicon, word, len);

	add_heard(r, &h, begins);
}

/* What stands behind an apostrophe. */
static const struct {
	const char *end, *stands_for;
} contractions[] = {{"n't", "not"},  {"'re", "are"},  {"'ll", "will"},
		    {"'ve", "have"}, {"'d", "would"}, {"'m", "am"}};

static const char *const with_is[] = {"it",   "that",  "there", "what", "who",
				      "he",   "she",   "here",  "how",  "where",
				      "when", "there", "this"};

/* A word that has an apostrophe. */
static void add_contracted(struct reading *r, const char *word, size_t len, bool begins)
{
	char plain[WORD_MOST];
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(contractions); i++) {
		size_t end = strlen(contractions[i].end);

		if (len <= end || memcmp(word + len - end, contractions[i].end, end) != 0)
			continue;
		add_spelt(r, word, len - end, begins);
		add_plain(r, contractions[i].stands_for,
			  strlen(contractions[i].stands_for), false);
		return;
	}
	if (len > 2 && !memcmp(word + len - 2, "'s", 2)) {
		len -= 2;
		add_spelt(r, word, len, begins);
		for (size_t i = 0; i < ARRAY_LEN(with_is); i++)
			if (strlen(with_is[i]) == len && !memcmp(with_is[i], word, len))
				add_plain(r, "is", 2, false);
		return;
	}
	for (size_t i = 0; i < len; i++)
		if (word[i] != '\'')
			plain[n++] = word[i];
	add_spelt(r, plain, n, begins);
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
	char first = str_lower_char(*text);

	return len > 6 && ((first == 'h' && str_istarts(text, "http")) ||
			   (first == 'w' && str_istarts(text, "www.")));
}

static bool ends_run(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Up to the next blank. */
static size_t run_of(const char *text, size_t len)
{
	size_t run = 0;

	while (run < len && !ends_run(text[run]))
		run++;
	return run;
}

/* The word that stands at text, in small letters; false: none, or only apostrophes. */
static bool word_at(struct reading *r, const char *text, size_t len, bool begins,
		    size_t *out_bytes)
{
	struct heard h = {.hash = TOKEN_HASH};
	bool apostrophe = false;
	char word[WORD_MOST];
	size_t at = 0, step;

	for (h.word = word; at < len; at += step) {
		char c = str_word_letter(text[at]); /* most are these */

		step = c ? 1 : letter(text + at, len - at, &c);
		if (!step)
			break;
		apostrophe |= c == '\'';
		word[h.len] = c;
		if (h.len + 1 < sizeof(word))
			hear(r->lexicon, &h, c);
	}
	*out_bytes = at;
	if (h.len && !apostrophe)
		add_heard(r, &h, begins);
	if (!apostrophe)
		return h.len;
	while (h.len && word[h.len - 1] == '\'')
		h.len--;
	if (!h.len)
		return false;
	if (*word == '\'') {
		h.word++;
		h.len--;
	}
	if (memchr(h.word, '\'', h.len))
		add_contracted(r, h.word, h.len, begins);
	else
		add_spelt(r, h.word, h.len, begins);
	return true;
}

static void keep(struct arena *arena, const struct reading *r, struct tokens *out)
{
	const char *words;

	*out = (struct tokens){
		.count = r->count, .has = r->signs.classes, .signs = r->signs};
	if (!r->count)
		return;
	words = arena_memdup(arena, r->words, r->used);
	out->items = arena_memdup(arena, r->items, r->count * sizeof(*out->items));
	for (size_t i = 0; i < out->count; i++)
		out->items[i].word = words + (r->items[i].word - r->words);
}

/* The run of letters that begins or goes on here as one word, if it is one; *io_end is where
 * the run ends that was looked at last. */
static const char *alone(const char *text, size_t at, size_t len, size_t *io_end)
{
	bool begins = at >= *io_end;

	if (begins)
		*io_end = at + run_of(text + at, len - at);
	if (begins && memchr(text + at, '@', *io_end - at))
		return "emailaddress";
	return is_link(text + at, *io_end - at) ? "weblink" : NULL;
}

void token_read(struct arena *arena, const char *text, size_t len, struct tokens *out)
{
	bool addresses = memchr(text, '@', len) != NULL, begins = true;
	struct reading r;

	r.lexicon = lexicon_known();
	r.count = r.used = 0;
	r.signs = (struct token_signs){0};
	for (size_t at = 0, end = 0, n; at < len && r.count < TOKEN_MOST;) {
		char first = str_lower_char(text[at]);
		const char *one = NULL;

		if (ends_run(first)) {
			begins |= first == '\n';
			at++;
			continue;
		}
		if (addresses || first == 'h' || first == 'w')
			one = alone(text, at, len, &end);
		if (one) {
			add_plain(&r, one, strlen(one), begins);
			begins = false;
			at = end;
			continue;
		}
		if (word_at(&r, text + at, len - at, begins, &n)) {
			begins = false;
			at += n;
			continue;
		}
		at += n;
		begins |= text[at] && strchr(",;:.!?-(\n", text[at]);
		begins |= str_starts(text + at, "\xE2\x80\x93");
		at += (unsigned char)text[at] >= FOUR_BYTES && len - at >= 4 ? 4 : 1;
	}
	keep(arena, &r, out);
}

size_t token_count(const struct tokens *t, uint64_t classes)
{
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++)
		n += (t->items[i].is & classes) != 0;
	return n;
}
