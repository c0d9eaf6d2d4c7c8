#include "leak/passages.h"
#include "base/err.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { ROOM_FIRST = 1024 };

struct slot {
	uint64_t key; /* 0: empty */
	int32_t of;   /* 0: heard in nothing that is closed */
	bool open;
};

struct leak_passages {
	struct slot *slots;
	size_t mask, count;
};

static struct slot *slots_new(size_t room)
{
	struct slot *slots = calloc(room, sizeof(*slots));

	if (!slots)
		PANIC("no memory for passages");
	return slots;
}

struct leak_passages *leak_passages_new(void)
{
	struct leak_passages *p = calloc(1, sizeof(*p));

	if (!p)
		PANIC("no memory for passages");
	p->slots = slots_new(ROOM_FIRST);
	p->mask = ROOM_FIRST - 1;
	return p;
}

void leak_passages_free(struct leak_passages **passages)
{
	if (!passages || !*passages)
		return;
	free((*passages)->slots);
	free(*passages);
	*passages = NULL;
}

size_t leak_passages_bytes(const struct leak_passages *p)
{
	return (p->mask + 1) * sizeof(*p->slots);
}

static struct slot *slot_of(const struct leak_passages *p, uint64_t key)
{
	size_t at = key & p->mask;

	while (p->slots[at].key && p->slots[at].key != key)
		at = (at + 1) & p->mask;
	return &p->slots[at];
}

static void grow(struct leak_passages *p)
{
	struct leak_passages wider = {.mask = 2 * p->mask + 1, .count = p->count};

	wider.slots = slots_new(wider.mask + 1);
	for (size_t i = 0; i <= p->mask; i++)
		if (p->slots[i].key)
			*slot_of(&wider, p->slots[i].key) = p->slots[i];
	free(p->slots);
	*p = wider;
}

/* The words of a text, one after the other, with the last so many of them. */
struct walk {
	const struct leak_letters *l;
	size_t at;
	uint64_t words[PASSAGE_WORDS]; /* in turn */
	size_t begins[PASSAGE_WORDS];
	size_t count;
};

/* The next passage: its key, from its first word to the end of its last; false at the end. */
static bool walk_on(struct walk *w, uint64_t *out_key, size_t *out_from, size_t *out_to)
{
	const struct leak_letters *l = w->l;

	while (w->at < l->count) {
		uint64_t row[PASSAGE_WORDS];
		size_t end = leak_word_end(l, w->at), place = w->count % PASSAGE_WORDS;

		w->words[place] = XXH3_64bits(l->letters + w->at, end - w->at);
		w->begins[place] = w->at;
		w->at = end;
		if (++w->count < PASSAGE_WORDS)
			continue;
		for (size_t i = 0; i < PASSAGE_WORDS; i++)
			row[i] = w->words[(w->count + i) % PASSAGE_WORDS];
		*out_key = XXH3_64bits(row, sizeof(row));
		*out_key = *out_key ? *out_key : 1;
		*out_from = w->begins[w->count % PASSAGE_WORDS];
		*out_to = end;
		return true;
	}
	return false;
}

void leak_passages_watch(struct leak_passages *p, const struct leak_letters *l)
{
	struct walk w = {.l = l};
	uint64_t key;
	size_t from, to;

	while (walk_on(&w, &key, &from, &to)) {
		struct slot *slot = slot_of(p, key);

		if (slot->key)
			continue;
		slot->key = key;
		if (++p->count * 2 > p->mask)
			grow(p);
	}
}

void leak_passages_hear(struct leak_passages *p, const struct leak_letters *l,
			enum leak_heard how, int64_t of)
{
	struct walk w = {.l = l};
	uint64_t key;
	size_t from, to;

	while (p->count && walk_on(&w, &key, &from, &to)) {
		struct slot *slot = slot_of(p, key);

		if (!slot->key)
			continue;
		if (how == LEAK_HEARD_OPEN)
			slot->open = true;
		else if (!slot->of)
			slot->of = (int32_t)of;
	}
}

void leak_passages_find(const struct leak_passages *p, const struct leak_letters *l,
			leak_hit_fn *found, void *with)
{
	struct leak_hit hit = {.kind = LEAK_PASSAGE};
	struct walk w = {.l = l};
	uint64_t key;
	size_t from, to;
	bool any = false;

	while (walk_on(&w, &key, &from, &to)) {
		const struct slot *slot = slot_of(p, key);

		if (!slot->key || !slot->of || slot->open)
			continue;
		if (any && from < hit.to && slot->of == hit.of) {
			hit.to = to;
			continue;
		}
		if (any)
			found(with, &hit);
		hit = (struct leak_hit){LEAK_PASSAGE, from, to, slot->of};
		any = true;
	}
	if (any)
		found(with, &hit);
}
