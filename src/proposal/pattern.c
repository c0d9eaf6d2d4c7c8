#include "proposal/pattern.h"
#include "base/str.h"

enum {
	GAP = 3,     /* words that "+" stands for */
	WIDE_GAP = 8 /* "++" */
};

struct word {
	const char *text; /* not ended: len bytes */
	size_t len;
	uint32_t hash;
	bool open; /* a word that begins so */
};

enum element_kind {
	ELEMENT_WORD,
	ELEMENT_BEGINS, /* "^" */
	ELEMENT_ENDS,   /* "$" */
	ELEMENT_GAP     /* "+" */
};

struct element {
	enum element_kind kind;
	size_t gap;
	bool any, may_miss, may_end; /* "_", "?x", "$|x" */
	uint64_t classes;
	struct word *words;
	size_t words_count;
};

/* What a word in one place must be: most patterns want one that is not there. */
struct need {
	struct token_signs signs;
	bool any;
};

enum { NEEDS = 3 };

struct pattern {
	struct need start; /* of the first word of a match */
	/* Of those that cannot miss, what the fewest words are, first. */
	struct token_signs needs[NEEDS];
	size_t needs_count;
	struct element *elements;
	size_t count;
};

/* What a sentence may have, each a row of bits: whose first need that is. */
enum {
	ROWS_CLASS = 256, /* behind those of the hashes */
	ROWS_LETTER = ROWS_CLASS + 64,
	ROWS = ROWS_LETTER + 32,
	TOGETHER = 64 /* patterns of one number of bits */
};

struct pattern_set {
	struct arena *arena;
	struct pattern *patterns;
	/* [ROWS] for each so many patterns: most sentences are asked no more than these. */
	uint64_t *meets;
	struct token_signs
		first; /* what any of them needs first: no other row meets one */
	size_t count;
};

static uint64_t class_named(const char *name, size_t len)
{
	for (size_t i = 0; i < TOKEN_CLASSES; i++)
		if (strlen(token_names[i]) == len && !memcmp(token_names[i], name, len))
			return (uint64_t)1 << i;
	return 0;
}

/* "a|b*|@class|_|$": what may stand in one place. */
static void read_choices(struct arena *arena, const char *at, const char *end,
			 struct element *out)
{
	while (at < end) {
		const char *bar = memchr(at, '|', (size_t)(end - at));
		size_t len = (size_t)((bar ? bar : end) - at);
		struct word *word;

		out->any |= len == 1 && *at == '_';
		out->may_end |= len == 1 && *at == '$';
		if (*at == '@') {
			out->classes |= class_named(at + 1, len - 1);
		} else if (len) {
			out->words = arena_grow(arena, out->words, out->words_count,
						sizeof(*out->words));
			word = &out->words[out->words_count++];
			word->open = at[len - 1] == '*';
			word->text = at;
			word->len = len - word->open;
			word->hash = token_hash(at, word->len);
		}
		at += len + 1;
	}
}

static struct element element_of(struct arena *arena, const char *at, size_t len)
{
	struct element e = {.kind = ELEMENT_WORD};

	if (*at == '^')
		e.kind = ELEMENT_BEGINS;
	else if (*at == '$' && len == 1)
		e.kind = ELEMENT_ENDS;
	else if (*at == '+')
		e = (struct element){.kind = ELEMENT_GAP,
				     .gap = len == 2 ? WIDE_GAP : GAP};
	else {
		e.may_miss = *at == '?';
		read_choices(arena, at + e.may_miss, at + len, &e);
	}
	return e;
}

static struct need need_of(const struct element *e)
{
	struct need n = {.any = e->kind != ELEMENT_WORD || e->any || e->may_miss ||
				e->may_end};

	n.signs.classes = e->classes;
	for (size_t i = 0; i < e->words_count; i++) {
		const struct word *word = &e->words[i];

		if (!word->open)
			token_sign_hash(&n.signs, word->hash);
		else if (word->len && token_letter_bit(*word->text))
			n.signs.letters |= token_letter_bit(*word->text);
		else
			n.any = true;
	}
	return n;
}

/* How many sentences may have it: a class or a beginning is that of many words. */
static size_t breadth(const struct token_signs *s)
{
	enum { MANY = 64 };
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(s->hashes); i++)
		n += (size_t)__builtin_popcountll(s->hashes[i]);
	return n + MANY * (size_t)(__builtin_popcountll(s->classes) +
				   __builtin_popcount(s->letters));
}

static void add_need(struct pattern *p, const struct token_signs *signs)
{
	size_t at = p->needs_count;

	while (at && breadth(signs) < breadth(&p->needs[at - 1]))
		at--;
	if (at == NEEDS)
		return;
	p->needs_count += p->needs_count < NEEDS;
	memmove(&p->needs[at + 1], &p->needs[at],
		(p->needs_count - at - 1) * sizeof(*signs));
	p->needs[at] = *signs;
}

static void find_needs(struct pattern *p)
{
	const struct element *first = p->elements;

	if (p->count > 1 && first->kind == ELEMENT_BEGINS) /* at its place */
		first++;
	p->start = need_of(first);
	for (size_t i = 0; i < p->count && p->elements[i].kind != ELEMENT_ENDS; i++) {
		struct need n = need_of(&p->elements[i]);

		if (!n.any)
			add_need(p, &n.signs);
	}
}

static struct pattern pattern_of(struct arena *arena, const char *at, const char *end)
{
	struct pattern p = {0};

	while (at < end) {
		const char *blank = memchr(at, ' ', (size_t)(end - at));
		size_t len = (size_t)((blank ? blank : end) - at);

		if (len) {
			p.elements = arena_grow(arena, p.elements, p.count,
						sizeof(*p.elements));
			p.elements[p.count++] = element_of(arena, at, len);
		}
		at += len + 1;
	}
	if (p.count)
		find_needs(&p);
	return p;
}

/* Of what needs no word: it meets whatever has one. */
static const struct token_signs any_sign = {
	.hashes = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};

/* The rows of what is there; returns how many. */
static size_t rows_of(const struct token_signs *s, uint16_t rows[ROWS])
{
	const uint64_t parts[] = {s->hashes[0], s->hashes[1], s->hashes[2],
				  s->hashes[3], s->classes,   s->letters};
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		for (uint64_t left = parts[i]; left; left &= left - 1)
			rows[n++] = (uint16_t)(i * 64 + (size_t)__builtin_ctzll(left));
	return n;
}

static void add_signs(struct token_signs *to, const struct token_signs *more)
{
	for (size_t i = 0; i < ARRAY_LEN(to->hashes); i++)
		to->hashes[i] |= more->hashes[i];
	to->classes |= more->classes;
	to->letters |= more->letters;
}

static struct token_signs signs_common(const struct token_signs *a,
				       const struct token_signs *b)
{
	struct token_signs common = {.classes = a->classes & b->classes,
				     .letters = a->letters & b->letters};

	for (size_t i = 0; i < ARRAY_LEN(common.hashes); i++)
		common.hashes[i] = a->hashes[i] & b->hashes[i];
	return common;
}

static void note_meets(struct pattern_set *set)
{
	uint16_t rows[ROWS];

	set->meets = arena_make(set->arena, uint64_t,
				(set->count + TOGETHER - 1) / TOGETHER * ROWS);
	for (size_t i = 0; i < set->count; i++) {
		const struct pattern *p = &set->patterns[i];
		const struct token_signs *need =
			p->needs_count ? &p->needs[0] : &any_sign;
		size_t n = rows_of(need, rows);

		add_signs(&set->first, need);
		for (size_t r = 0; r < n; r++)
			set->meets[i / TOGETHER * ROWS + rows[r]] |= UINT64_C(1)
								     << i % TOGETHER;
	}
}

static const struct pattern_set *read_set(const char *text)
{
	enum { CHUNK = 1 << 14 };
	struct arena *arena = arena_new(CHUNK);
	struct pattern_set *set = arena_make(arena, struct pattern_set, 1);

	set->arena = arena;
	for (const char *at = text; *at;) {
		const char *end = at + strcspn(at, ",");
		struct pattern p = pattern_of(arena, at, end);

		if (p.count) {
			set->patterns = arena_grow(arena, set->patterns, set->count,
						   sizeof(*set->patterns));
			set->patterns[set->count++] = p;
		}
		at = end + (*end == ',');
	}
	note_meets(set);
	return set;
}

/* Two threads may read it at once: one reading stays. */
static const struct pattern_set *set_of(struct patterns *patterns)
{
	const struct pattern_set *set = atomic_load(&patterns->set), *mine;
	struct arena *arena;

	if (set)
		return set;
	mine = read_set(patterns->text);
	if (atomic_compare_exchange_strong(&patterns->set, &set, mine))
		return mine;
	arena = mine->arena;
	arena_free(&arena);
	return set;
}

static bool is_word(const struct token *t, const struct word *w)
{
	if (w->open)
		return t->len >= w->len && !memcmp(t->word, w->text, w->len);
	return t->hash == w->hash && t->len == w->len &&
	       !memcmp(t->word, w->text, w->len);
}

static bool is_one_of(const struct token *t, const struct element *e)
{
	if (e->any || t->is & e->classes)
		return true;
	for (size_t i = 0; i < e->words_count; i++)
		if (is_word(t, &e->words[i]))
			return true;
	return false;
}

/* What is left of a pattern, from word at on. */
static bool matches(const struct tokens *t, size_t at, const struct element *e,
		    const struct element *end)
{
	for (; e < end; e++) {
		if (e->kind == ELEMENT_ENDS)
			return at == t->count;
		if (e->kind == ELEMENT_BEGINS) {
			if (at == t->count || !t->items[at].begins)
				return false;
			continue;
		}
		if (e->kind == ELEMENT_GAP) {
			for (size_t gap = 0; gap <= e->gap && at + gap <= t->count; gap++)
				if (matches(t, at + gap, e + 1, end))
					return true;
			return false;
		}
		if (e->may_miss && matches(t, at, e + 1, end))
			return true;
		if (at == t->count) {
			if (!e->may_end)
				return false;
			continue;
		}
		if (!is_one_of(&t->items[at], e))
			return false;
		at++;
	}
	return true;
}

static bool may_start(const struct need *n, const struct token *t)
{
	return n->any || t->is & n->signs.classes ||
	       token_signed_hash(&n->signs, t->hash) ||
	       token_letter_bit(*t->word) & n->signs.letters;
}

static bool stands(const struct tokens *t, const struct pattern *p)
{
	for (size_t i = 1; i < p->needs_count; i++)
		if (!token_signs_meet(&p->needs[i], &t->signs))
			return false;
	for (size_t i = 0; i < t->count; i++)
		if (may_start(&p->start, &t->items[i]) &&
		    matches(t, i, p->elements, p->elements + p->count))
			return true;
	return false;
}

size_t pattern_matches(const struct tokens *t, struct patterns *patterns, size_t most)
{
	const struct pattern_set *set = set_of(patterns);
	uint16_t rows[ROWS];
	struct token_signs there = signs_common(&t->signs, &set->first);
	size_t count = rows_of(&there, rows), n = 0;

	for (size_t from = 0; count && from < set->count && n < most; from += TOGETHER) {
		const uint64_t *meets = &set->meets[from / TOGETHER * ROWS];
		uint64_t may = 0;

		for (size_t r = 0; r < count; r++)
			may |= meets[rows[r]];
		for (; may && n < most; may &= may - 1)
			n += stands(t,
				    &set->patterns[from + (size_t)__builtin_ctzll(may)]);
	}
	return n;
}

bool pattern_match(const struct tokens *t, struct patterns *patterns)
{
	return pattern_matches(t, patterns, 1);
}
