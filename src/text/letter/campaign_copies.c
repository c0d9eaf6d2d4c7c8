#include "text/letter/campaign_copies.h"
#include "base/err.h"

enum { FIRST_SLOTS = 1024, SCRATCH_BYTES = 1 << 20 };

/* One wording, however many texts have it. */
struct wording {
	uint64_t hash;
	int64_t id; /* of the first text that has it */
	size_t count, lot;
	bool empty, measured;
	struct campaign_copies_measure measure;
};

struct standard_shingle {
	uint64_t shingle;
	uint32_t standard;
	uint32_t next; /* of another standard text; 0: none, else its place + 1 */
};

/* Which place in an array has a key: open addressing, always half empty. */
struct index {
	uint32_t *slots; /* 0: free, else place + 1 */
	size_t room, used;
};

struct campaign_copies {
	struct arena *scratch, *own;
	struct shingles without;
	struct wording *wordings;
	struct shingle_sign *signs;
	size_t count, room;
	struct index by_hash;
	struct standard_shingle *parts;
	size_t part_count, part_room;
	struct index by_shingle;
	size_t *sizes; /* of the standard texts, in shingles */
	size_t *hits;
	size_t standard_count, standard_room;
};

static void *grown(void *items, size_t *room, size_t need, size_t item_bytes)
{
	size_t wanted = *room ? *room : 64;
	void *moved;

	if (need <= *room)
		return items;
	while (wanted < need)
		wanted *= 2;
	moved = reallocarray(items, wanted, item_bytes);
	ASSERT(moved);
	*room = wanted;
	return moved;
}

typedef uint64_t key_of_fn(const struct campaign_copies *c, size_t place);

static uint64_t wording_key(const struct campaign_copies *c, size_t place)
{
	return c->wordings[place].hash;
}

static uint64_t part_key(const struct campaign_copies *c, size_t place)
{
	return c->parts[place].shingle;
}

static uint32_t *slot_of(const struct campaign_copies *c, const struct index *in,
			 key_of_fn *key_of, uint64_t key)
{
	size_t at = (size_t)(key ^ key >> 32) & (in->room - 1);

	while (in->slots[at] && key_of(c, in->slots[at] - 1) != key)
		at = (at + 1) & (in->room - 1);
	return &in->slots[at];
}

static void index_add(const struct campaign_copies *c, struct index *in,
		      key_of_fn *key_of, size_t place)
{
	if (2 * (in->used + 1) > in->room) {
		struct index wider = {.room = in->room ? 2 * in->room : FIRST_SLOTS};

		wider.slots = calloc(wider.room, sizeof(*wider.slots));
		ASSERT(wider.slots);
		for (size_t i = 0; i < in->room; i++)
			if (in->slots[i])
				*slot_of(c, &wider, key_of, key_of(c, in->slots[i] - 1)) =
					in->slots[i];
		wider.used = in->used;
		free(in->slots);
		*in = wider;
	}
	*slot_of(c, in, key_of, key_of(c, place)) = (uint32_t)place + 1;
	in->used++;
}

static size_t index_find(const struct campaign_copies *c, const struct index *in,
			 key_of_fn *key_of, uint64_t key)
{
	return in->room ? *slot_of(c, in, key_of, key) : 0;
}

struct campaign_copies *campaign_copies_new(const char *without)
{
	struct campaign_copies *c = calloc(1, sizeof(*c));
	struct words words;

	ASSERT(c);
	c->own = arena_new(1 << 16);
	c->scratch = arena_new(SCRATCH_BYTES);
	if (without) {
		words_read(c->scratch, without, strlen(without), &words);
		shingles_of(c->own, &words, NULL, &c->without);
	}
	return c;
}

void campaign_copies_free(struct campaign_copies **campaign_copies)
{
	struct campaign_copies *c = *campaign_copies;

	*campaign_copies = NULL;
	if (!c)
		return;
	free(c->wordings);
	free(c->signs);
	free(c->by_hash.slots);
	free(c->parts);
	free(c->by_shingle.slots);
	free(c->sizes);
	free(c->hits);
	arena_free(&c->own);
	arena_free(&c->scratch);
	free(c);
}

static struct wording *wording_of(struct campaign_copies *c, const struct words *words)
{
	size_t place = index_find(c, &c->by_hash, wording_key, words_hash(words));

	return place ? &c->wordings[place - 1] : NULL;
}

static void read_text(struct campaign_copies *c, const char *text, struct words *out)
{
	arena_reset(c->scratch);
	words_read(c->scratch, text, strlen(text), out);
}

void campaign_copies_add(struct campaign_copies *c, int64_t id, const char *text)
{
	size_t sign_room = c->room;
	struct words words;
	struct shingles own;
	struct wording *known;

	read_text(c, text, &words);
	known = wording_of(c, &words);
	if (known) {
		known->count++;
		return;
	}
	c->wordings = grown(c->wordings, &c->room, c->count + 1, sizeof(*c->wordings));
	c->signs = grown(c->signs, &sign_room, c->count + 1, sizeof(*c->signs));
	shingles_of(c->scratch, &words, &c->without, &own);
	shingle_sign(&own, &c->signs[c->count]);
	c->wordings[c->count] = (struct wording){.hash = words_hash(&words),
						 .id = id,
						 .count = 1,
						 .lot = c->count,
						 .empty = own.count == 0};
	index_add(c, &c->by_hash, wording_key, c->count++);
}

static size_t lot_of(struct campaign_copies *c, size_t i)
{
	while (c->wordings[i].lot != i) {
		c->wordings[i].lot = c->wordings[c->wordings[i].lot].lot;
		i = c->wordings[i].lot;
	}
	return i;
}

static void join(void *with, size_t one, size_t other)
{
	struct campaign_copies *c = with;
	size_t a = lot_of(c, one), b = lot_of(c, other);

	if (c->wordings[one].empty || c->wordings[other].empty)
		return;
	if (a < b)
		c->wordings[b].lot = a;
	else
		c->wordings[a].lot = b;
}

static int largest_first(const void *a, const void *b)
{
	const struct campaign_copies_lot *one = a, *other = b;

	if (one->count != other->count)
		return one->count > other->count ? -1 : 1;
	return one->id < other->id ? -1 : one->id > other->id;
}

/* The first ones, then any that is more frequent than the rarest of them. */
static void add_sample(struct campaign_copies_lot *lot, const struct wording *w)
{
	size_t at = lot->sampled;

	if (at == CAMPAIGN_COPIES_SAMPLE) {
		at = 0;
		for (size_t i = 1; i < CAMPAIGN_COPIES_SAMPLE; i++)
			if (lot->weights[i] < lot->weights[at])
				at = i;
		if (lot->weights[at] >= w->count)
			return;
	} else {
		lot->sampled++;
	}
	lot->sample[at] = w->id;
	lot->weights[at] = w->count;
}

void campaign_copies_gather(struct campaign_copies *c, double alike, size_t least,
			    struct campaign_copies_lot **out, size_t *out_count)
{
	struct campaign_copies_lot *lots =
		arena_make(c->own, struct campaign_copies_lot, c->count + 1);
	size_t *best = arena_make(c->own, size_t, c->count + 1), n = 0;

	shingle_pairs(c->signs, c->count, alike, join, c);
	for (size_t i = 0; i < c->count; i++) {
		size_t lot = lot_of(c, i);

		lots[lot].count += c->wordings[i].count;
		add_sample(&lots[lot], &c->wordings[i]);
		if (c->wordings[i].count > best[lot]) {
			best[lot] = c->wordings[i].count;
			lots[lot].id = c->wordings[i].id;
		}
	}
	for (size_t i = 0; i < c->count; i++)
		if (lots[i].count >= least && !c->wordings[i].empty)
			lots[n++] = lots[i];
	if (n)
		qsort(lots, n, sizeof(*lots), largest_first);
	*out = lots;
	*out_count = n;
}

int campaign_copies_standard(struct campaign_copies *c, const char *text, size_t least)
{
	size_t number = c->standard_count, hit_room = c->standard_room;
	struct words words;
	struct shingles own;

	read_text(c, text, &words);
	shingles_of(c->scratch, &words, &c->without, &own);
	if (own.count < least)
		return -1;
	c->sizes = grown(c->sizes, &c->standard_room, number + 1, sizeof(*c->sizes));
	c->hits = grown(c->hits, &hit_room, number + 1, sizeof(*c->hits));
	c->sizes[number] = own.count;
	c->hits[number] = 0;
	c->standard_count++;
	c->parts = grown(c->parts, &c->part_room, c->part_count + own.count,
			 sizeof(*c->parts));
	for (size_t i = 0; i < own.count; i++) {
		size_t place = index_find(c, &c->by_shingle, part_key, own.items[i]);
		struct standard_shingle *p = &c->parts[c->part_count++];

		*p = (struct standard_shingle){own.items[i], (uint32_t)number, 0};
		if (place) {
			p->next = c->parts[place - 1].next;
			c->parts[place - 1].next = (uint32_t)c->part_count;
		} else {
			index_add(c, &c->by_shingle, part_key, c->part_count - 1);
		}
	}
	for (size_t i = 0; i < c->count; i++)
		c->wordings[i].measured = false;
	return (int)number;
}

static void measure(struct campaign_copies *c, const struct shingles *own,
		    struct campaign_copies_measure *out)
{
	*out = (struct campaign_copies_measure){.standard = -1};
	for (size_t i = 0; i < own->count; i++)
		for (size_t p = index_find(c, &c->by_shingle, part_key, own->items[i]); p;
		     p = c->parts[p - 1].next)
			c->hits[c->parts[p - 1].standard]++;
	for (size_t s = 0; s < c->standard_count; s++) {
		size_t common = c->hits[s], all = own->count + c->sizes[s] - common;
		double alike = all ? (double)common / (double)all : 0;

		c->hits[s] = 0;
		if (!common || common < out->common ||
		    (common == out->common && alike <= out->alike))
			continue;
		*out = (struct campaign_copies_measure){
			(int)s, common, (double)common / (double)own->count,
			(double)common / (double)c->sizes[s], alike};
	}
}

void campaign_copies_measure(struct campaign_copies *c, const char *text,
			     struct campaign_copies_measure *out)
{
	struct words words;
	struct shingles own;
	struct wording *known;

	read_text(c, text, &words);
	known = wording_of(c, &words);
	if (known && known->measured) {
		*out = known->measure;
		return;
	}
	shingles_of(c->scratch, &words, &c->without, &own);
	measure(c, &own, out);
	if (known) {
		known->measure = *out;
		known->measured = true;
	}
}
