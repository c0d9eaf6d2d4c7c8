#include "doubts/weighed.h"
#include "base/str.h"
#include "doubts/alike.h"

#include <math.h>

enum {
	PIECE_LEAST = 4,
	LENGTHS = 6,
	CLASSES_APART = 4,
	SLOTS_LEAST = 128,
	SHORT_WORD = 4,
	SHAPE = 4,
	BYTE_FEATURES = 16,
	KNOWN_LEAST = 6 /* of fewer features nothing can be said */
};

struct word {
	char text[WEIGHED_LETTERS + 1];
	size_t len, stem;             /* stem: without its ending */
	const unsigned char *classes; /* of doubts/alike.h; NULL: none */
	bool capital;
};

struct words {
	struct word items[WEIGHED_WORDS + 2];
	size_t count;
};

/* FNV-1a, 32 bits. */
static uint32_t mix(uint32_t hash, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619U;
	return hash;
}

static uint32_t begin(const char *what)
{
	return mix(2166136261U, what, strlen(what));
}

/* A right single quotation mark is an apostrophe; other such signs part words. */
static size_t letter_at(const char *at, const char *end, char *out, size_t *out_len)
{
	unsigned char c = (unsigned char)*at;
	size_t len;

	*out_len = 1;
	*out = str_lower_char(*at);
	if (str_is_alpha(*at) || *at == '\'')
		return 1;
	if (c < 0x80)
		return 0;
	len = str_utf8_char(at, (size_t)(end - at));
	if (len == 3 && c == 0xE2 && (unsigned char)at[1] == 0x80) {
		*out = '\'';
		return (unsigned char)at[2] == 0x99 ? 3 : 0;
	}
	*out_len = len ? len : 1;
	return *out_len;
}

static size_t read_word(const char *at, const char *end, char *to, size_t *out_len)
{
	const char *from = at;
	size_t n = 0;

	if (str_is_digit(*at)) {
		while (at < end && str_is_digit(*at)) {
			if (n < WEIGHED_LETTERS)
				to[n++] = *at;
			at++;
		}
	} else {
		size_t step, len;
		char one;

		while (at < end && (step = letter_at(at, end, &one, &len))) {
			for (size_t i = 0; i < len && n < WEIGHED_LETTERS; i++)
				to[n++] = i ? at[i] : one;
			at += step;
		}
	}
	to[n] = '\0';
	*out_len = n;
	return (size_t)(at - from);
}

static void add_word(struct words *w, const char *word, size_t len, bool capital)
{
	struct word *one = &w->items[w->count++];

	one->capital = capital;
	memcpy(one->text, word, len);
	one->len = len;
	one->stem = alike_stem(word, len);
	one->classes = alike_classes(one->text, one->stem);
}

static void read_words(struct words *w, const char *at, const char *end)
{
	char word[WEIGHED_LETTERS + 1];

	w->count = 0;
	add_word(w, "^", 1, true);
	while (at < end && w->count <= WEIGHED_WORDS) {
		size_t len, step = read_word(at, end, word, &len);

		if (step && len) {
			add_word(w, word, len,
				 !(*at >= 'a' && *at <= 'z') && !(*at & 0x80));
			at += step;
			continue;
		}
		if (strchr("?!:()\"", *at) && *at)
			add_word(w, (const char[]){*at, '\0'}, 1, true);
		step = step ? step : str_utf8_char(at, (size_t)(end - at));
		at += step ? step : 1;
	}
	add_word(w, "$", 1, true);
}

/* Those that were found, each once. */
struct found {
	uint32_t *to;
	size_t count,
		slots; /* slots: so many of seen, which is cleared for each sentence */
	uint32_t seen[WEIGHED_FEATURES];
};

/* Room for twice what so many bytes can have; a long sentence fills it. */
static size_t slots_for(size_t len)
{
	size_t slots = SLOTS_LEAST;

	while (slots < WEIGHED_FEATURES && slots < len * BYTE_FEATURES)
		slots *= 2;
	return slots;
}

static void add(struct found *f, uint32_t hash)
{
	size_t at;

	hash = hash ? hash : 1;
	at = hash & (f->slots - 1);
	if (f->count >= f->slots / 2)
		return;
	while (f->seen[at] && f->seen[at] != hash)
		at = (at + 1) & (f->slots - 1);
	if (f->seen[at])
		return;
	f->seen[at] = hash;
	f->to[f->count++] = hash;
}

static uint32_t with(uint32_t hash, const struct word *word)
{
	return mix(mix(hash, word->text, word->stem), " ", 1);
}

/* Pieces of PIECE_LEAST letters, and the same with one more. */
static void add_pieces(struct found *f, const struct word *word)
{
	char edged[WEIGHED_LETTERS + 3];
	size_t all = word->len + 2;
	uint32_t from = begin("c");

	edged[0] = '<';
	memcpy(edged + 1, word->text, word->len);
	edged[word->len + 1] = '>';
	for (size_t i = 0; i + PIECE_LEAST <= all; i++) {
		uint32_t hash = mix(from, edged + i, PIECE_LEAST);

		add(f, hash);
		if (i + PIECE_LEAST < all)
			add(f, mix(hash, edged + i + PIECE_LEAST, 1));
	}
}

/* Each class of a word, and with those of the words behind it; and between which words. */
static void add_classes(struct found *f, const struct words *w, size_t at)
{
	const unsigned char *here = w->items[at].classes;

	for (size_t c = 0; here && c < ALIKE_CLASSES && here[c]; c++) {
		uint32_t one = mix(begin("a"), (const char *)&here[c], 1);

		add(f, one);
		add(f, with(mix(one, "<", 1), &w->items[at - 1]));
		add(f, with(mix(one, ">", 1), &w->items[at + 1]));
		for (size_t i = at + 1; i < w->count && i <= at + CLASSES_APART; i++) {
			const unsigned char *next = w->items[i].classes;

			for (size_t d = 0; next && d < ALIKE_CLASSES && next[d]; d++)
				add(f, mix(mix(one, i == at + 1 ? "+" : "-", 1),
					   (const char *)&next[d], 1));
		}
	}
}

/* A word as its first class, itself when it is short, or as some word. */
static uint32_t shaped(uint32_t hash, const struct word *word)
{
	if (word->classes && word->classes[0])
		return mix(hash, (const char[]){'#', (char)word->classes[0]}, 2);
	if (word->len <= SHORT_WORD)
		return with(hash, word);
	return mix(hash, "?", 1);
}

static void add_shapes(struct found *f, const struct words *w, size_t at)
{
	uint32_t hash = begin("s");

	for (size_t n = 0; n < SHAPE && at + n < w->count; n++) {
		hash = shaped(hash, &w->items[at + n]);
		if (n > 0)
			add(f, hash);
	}
}

static size_t length_class(size_t count)
{
	size_t n = 0;

	while (count > 1 && n < LENGTHS) {
		count /= 2;
		n++;
	}
	return n;
}

size_t weighed_read(const char *sentence, size_t len, enum weighed_place place,
		    uint32_t out[WEIGHED_FEATURES])
{
	const char *here = place == WEIGHED_ANSWER ? "a" : "o";
	struct found f;
	struct words w;
	uint32_t length;

	f.to = out;
	f.count = 0;
	f.slots = slots_for(len);
	memset(f.seen, 0, f.slots * sizeof(*f.seen));
	read_words(&w, sentence, sentence + len);
	for (size_t i = 0; i < w.count; i++) {
		const struct word *word = &w.items[i];
		bool inner = i > 0 && i + 1 < w.count;

		if (inner) {
			add(&f, with(begin("w"), word));
			add(&f, with(mix(begin("w"), here, 1), word));
			add_pieces(&f, word);
			add_classes(&f, &w, i);
		}
		add_shapes(&f, &w, i);
		if (i + 1 < w.count) {
			add(&f, with(with(begin("b"), word), word + 1));
			add(&f, with(with(mix(begin("b"), here, 1), word), word + 1));
		}
		if (i + 2 < w.count)
			add(&f, with(with(with(begin("t"), word), word + 1), word + 2));
		if (inner && i + 3 < w.count)
			add(&f, with(with(begin("k"), word), word + 2));
	}
	length = mix(begin("l"), (const char[]){(char)('0' + length_class(w.count - 1))},
		     1);
	add(&f, length);
	add(&f, mix(length, here, 1));
	return f.count;
}

double weighed_share(size_t known)
{
	return 1 / sqrt((double)known + 1);
}

enum { AHEAD = 8 };

/* The table is larger than what is near a processor: each look would wait for it. */
static void fetch(const struct weighed *table, uint32_t hash)
{
	__builtin_prefetch(&table->features[hash & (table->slots - 1)]);
}

static const struct weighed_feature *find(const struct weighed *table, uint32_t hash)
{
	size_t at = hash & (table->slots - 1);

	while (table->features[at].hash && table->features[at].hash != hash)
		at = (at + 1) & (table->slots - 1);
	return table->features[at].hash ? &table->features[at] : NULL;
}

void weighed_judge(const char *sentence, size_t len, enum weighed_place place,
		   double out[WEIGHED_OUTPUTS])
{
	uint32_t has[WEIGHED_FEATURES];
	size_t count = weighed_read(sentence, len, place, has), known = 0;
	double sums[WEIGHED_OUTPUTS] = {0};

	for (size_t i = 0; i < count && i < AHEAD; i++)
		fetch(&weighed_shipped, has[i]);
	for (size_t i = 0; i < count; i++) {
		const struct weighed_feature *f = find(&weighed_shipped, has[i]);

		if (i + AHEAD < count)
			fetch(&weighed_shipped, has[i + AHEAD]);
		if (!f)
			continue;
		known++;
		for (int k = 0; k < WEIGHED_OUTPUTS; k++)
			sums[k] += (double)f->weights[k];
	}
	for (int k = 0; k < WEIGHED_OUTPUTS; k++)
		out[k] = known < KNOWN_LEAST
				 ? 0
				 : 1 / (1 + exp(-(sums[k] * weighed_share(known) +
						  (double)weighed_shipped.bias[k])));
}

void weighed_count_words(const char *sentence, size_t len, struct weighed_words *out)
{
	struct words w;

	*out = (struct weighed_words){0};
	read_words(&w, sentence, sentence + len);
	for (size_t i = 1; i + 1 < w.count; i++) {
		const struct word *word = &w.items[i];
		bool first = i == 1 && w.count > 3 && !w.items[2].capital;

		if (word->capital && !(first && str_is_alpha(word->text[0])))
			continue;
		if (find(&weighed_shipped, with(begin("w"), word)))
			out->known++;
		else
			out->strange++;
	}
}
