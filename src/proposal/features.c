#include "proposal/features.h"
#include "base/str.h"

enum {
	STEM_LEAST = 3, /* letters that stay when an ending goes */
	STEM_ROOM = 64,
	SHOUTED = 4, /* capitals that make a sentence one in capitals */
	FNV_START = 0x811C9DC5,
	FNV_STEP = 0x01000193
};

/* How long a sentence is: up to so many words, and longer. */
static const size_t lengths[] = {2, 5, 10, 20};

/* Longest first, of what begins alike. */
static const char *const endings[] = {"ations", "ation", "ingly", "ments", "ment", "ings",
				      "ing",    "ies",   "ied",   "ers",   "est",  "ed",
				      "er",     "es",    "ly",    "s",     "e",    "y"};

struct reading {
	struct arena *arena;
	struct sentence_features *to;
	bool subject;
};

static uint32_t hash_of(uint32_t hash, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * FNV_STEP;
	return hash;
}

/* kind: one letter for each kind of feature. */
static void add(const struct reading *r, char kind, const char *a, const char *b,
		const char *word)
{
	struct sentence_features *to = r->to;
	char head[2] = {r->subject ? 'S' : 's', kind};
	uint32_t hash = hash_of(FNV_START, head, sizeof(head));

	hash = hash_of(hash, a, strlen(a) + 1);
	hash = hash_of(hash, b, strlen(b));
	to->items = arena_grow(r->arena, to->items, to->count, sizeof(*to->items));
	to->items[to->count++] = (struct feature){.hash = hash, .word = word};
}

static void add_number(const struct reading *r, char kind, size_t number)
{
	char text[2] = {(char)('A' + number), '\0'};

	add(r, kind, text, "", NULL);
}

static void add_stem(const struct reading *r, const char *word)
{
	size_t len = strlen(word);
	char stem[STEM_ROOM];

	if (len <= STEM_LEAST || len >= sizeof(stem))
		return;
	memcpy(stem, word, len + 1);
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t end = strlen(endings[i]);

		if (len >= end + STEM_LEAST && !strcmp(stem + len - end, endings[i])) {
			stem[len - end] = '\0';
			break;
		}
	}
	add(r, 'p', stem, "", word);
}

/* A word's first class, or the word. */
static const char *class_of(const struct token *t)
{
	for (size_t i = 0; i < TOKEN_CLASSES; i++)
		if (t->is & ((uint64_t)1 << i) && i != TOKEN_BE)
			return token_names[i];
	return t->word;
}

static void add_words(const struct reading *r, const struct tokens *t)
{
	const char *before = "^";
	bool was_class = false;

	for (size_t i = 0; i < t->count; i++) {
		const char *word = t->items[i].word, *class = class_of(&t->items[i]);

		add(r, 'w', word, "", word);
		add_stem(r, word);
		if (class != word || was_class)
			add(r, 'g', before, class, NULL);
		for (size_t k = 0; k < TOKEN_CLASSES; k++)
			if (t->items[i].is & ((uint64_t)1 << k))
				add_number(r, 'c', k);
		if (str_is_digit(*word))
			add(r, 'x', "number", "", NULL);
		if (strchr(word, '$'))
			add(r, 'x', "money", "", NULL);
		before = class;
		was_class = class != word;
	}
}

/* What is seen of a sentence before it is read. */
static void add_signs(const struct reading *r, const char *text, size_t len)
{
	size_t upper = 0, lower = 0;

	if (memchr(text, '%', len))
		add(r, 'x', "percent", "", NULL);
	if (memchr(text, '!', len))
		add(r, 'x', "called", "", NULL);
	if (memchr(text, ':', len))
		add(r, 'x', "colon", "", NULL);
	for (size_t i = 0; i < len; i++) {
		upper += text[i] >= 'A' && text[i] <= 'Z';
		lower += text[i] >= 'a' && text[i] <= 'z';
	}
	if (upper > lower && upper > SHOUTED)
		add(r, 'x', "capitals", "", NULL);
}

static void add_roles(const struct reading *r, unsigned roles)
{
	for (size_t i = 0; roles >> i; i++)
		if (roles >> i & 1)
			add_number(r, 'r', i);
}

static void add_sentence(const struct reading *r, const struct look *l, size_t at)
{
	const struct speech_sentence *s = &l->s.items[at];
	size_t from = s->from, to = s->to, length = 0;

	add_words(r, &l->tokens[at]);
	add_roles(r, l->roles[at]);
	add_signs(r, l->said + from, to - from + (l->said[to] != '\0'));
	if (s->question)
		add(r, 'q', "", "", NULL);
	if (s->yes_or_no)
		add(r, 'y', "", "", NULL);
	while (length < ARRAY_LEN(lengths) && l->tokens[at].count > lengths[length])
		length++;
	add_number(r, 'n', length);
}

void features_read(struct arena *arena, const struct look *l, struct mail_features *out)
{
	struct mail_features f = {
		.sentences = arena_make(arena, struct sentence_features, l->s.count + 1)};
	struct reading r = {.arena = arena, .to = &f.subject, .subject = true};

	add_words(&r, &l->subject_tokens);
	add_roles(&r, l->subject);
	r.subject = false;
	for (size_t i = 0; i < l->s.count; i++) {
		if (l->s.items[i].pasted)
			continue;
		r.to = &f.sentences[f.count++];
		r.to->at = i;
		add_sentence(&r, l, i);
	}
	*out = f;
}
