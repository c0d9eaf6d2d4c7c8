#include "doubts/word_index.h"
#include "base/arena.h"
#include "base/err.h"

struct word_slots {
	struct arena *arena;
	size_t count;   /* a power of two, at least twice the words */
	uint16_t *at;   /* number of the word and one; 0: free */
	uint16_t *hash; /* its upper half: that words differ is seen without them */
};

static uint32_t hash_of(const char *word)
{
	uint32_t hash = 5381;

	for (; *word; word++)
		hash = hash * 33 ^ (unsigned char)*word;
	return hash ^ hash >> 11;
}

static const char *word_at(const struct word_index *x, size_t i)
{
	return *(const char *const *)((const char *)x->table + i * x->stride);
}

static struct word_slots *read_table(const struct word_index *x)
{
	struct arena *arena = arena_new(1 << 14);
	struct word_slots *s = arena_make(arena, struct word_slots, 1);

	s->arena = arena;
	for (s->count = 64; s->count < *x->count * 2;)
		s->count *= 2;
	s->at = arena_make(arena, uint16_t, s->count);
	s->hash = arena_make(arena, uint16_t, s->count);
	ASSERT(*x->count < UINT16_MAX);
	for (size_t i = 0; i < *x->count; i++) {
		uint32_t hash = hash_of(word_at(x, i));
		size_t slot = hash & (s->count - 1);

		while (s->at[slot])
			slot = (slot + 1) & (s->count - 1);
		s->at[slot] = (uint16_t)(i + 1);
		s->hash[slot] = (uint16_t)(hash >> 16);
	}
	return s;
}

/* Two threads may read it at once: one reading stays. */
static const struct word_slots *slots_of(struct word_index *x)
{
	const struct word_slots *s = atomic_load(&x->slots);
	struct word_slots *mine;
	struct arena *arena;

	if (s)
		return s;
	mine = read_table(x);
	if (atomic_compare_exchange_strong(&x->slots, &s, mine))
		return mine;
	arena = mine->arena;
	arena_free(&arena);
	return s;
}

/* As strcmp() == 0, which costs more to call than such short words take. */
static bool is_same(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

const void *word_index_find(struct word_index *x, const char *word)
{
	const struct word_slots *s = slots_of(x);
	uint32_t hash = hash_of(word);

	for (size_t slot = hash & (s->count - 1); s->at[slot];
	     slot = (slot + 1) & (s->count - 1))
		if (s->hash[slot] == (uint16_t)(hash >> 16) &&
		    is_same(word, word_at(x, s->at[slot] - 1U)))
			return (const char *)x->table + (s->at[slot] - 1U) * x->stride;
	return NULL;
}
