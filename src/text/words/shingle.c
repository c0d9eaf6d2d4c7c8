#include "text/words/shingle.h"
#include "base/err.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

/* splitmix64: the next of a fixed row of odd multipliers and offsets. */
static uint64_t next_constant(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static int by_value(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

	return one < other ? -1 : one > other;
}

static bool has(const struct shingles *in, uint64_t item)
{
	return in && in->count &&
	       bsearch(&item, in->items, in->count, sizeof(item), by_value);
}

void shingles_of(struct arena *arena, const struct words *words,
		 const struct shingles *without, struct shingles *out)
{
	size_t most = words->count >= SHINGLE_WORDS ? words->count - SHINGLE_WORDS + 1
		      : words->count                ? 1
						    : 0;
	size_t kept = 0;

	out->items = arena_make(arena, uint64_t, most + 1);
	for (size_t i = 0; i < most; i++) {
		uint64_t three[SHINGLE_WORDS] = {0}, item;

		for (size_t w = 0; w < SHINGLE_WORDS && i + w < words->count; w++)
			three[w] = words->items[i + w].hash;
		item = XXH3_64bits(three, sizeof(three));
		if (!has(without, item))
			out->items[kept++] = item;
	}
	if (kept)
		qsort(out->items, kept, sizeof(*out->items), by_value);
	out->count = kept ? 1 : 0;
	for (size_t i = 1; i < kept; i++)
		if (out->items[i] != out->items[i - 1])
			out->items[out->count++] = out->items[i];
}

size_t shingles_common(const struct shingles *one, const struct shingles *other)
{
	size_t common = 0, i = 0, j = 0;

	while (i < one->count && j < other->count) {
		uint64_t a = one->items[i], b = other->items[j];

		common += a == b;
		i += a <= b;
		j += b <= a;
	}
	return common;
}

double shingles_alike(const struct shingles *one, const struct shingles *other)
{
	size_t common = shingles_common(one, other);
	size_t all = one->count + other->count - common;

	return all ? (double)common / (double)all : 0;
}

void shingle_sign(const struct shingles *of, struct shingle_sign *out)
{
	uint32_t times[SHINGLE_HASHES], plus[SHINGLE_HASHES];
	uint64_t state = 0;

	for (size_t h = 0; h < SHINGLE_HASHES; h++) {
		times[h] = (uint32_t)next_constant(&state) | 1;
		plus[h] = (uint32_t)next_constant(&state);
		out->rows[h] = UINT32_MAX;
	}
	for (size_t i = 0; i < of->count; i++) {
		uint32_t low = (uint32_t)of->items[i],
			 high = (uint32_t)(of->items[i] >> 32);

		for (size_t h = 0; h < SHINGLE_HASHES; h++) {
			uint32_t v = low * times[h] + plus[h];

			v = (v ^ (v >> 15) ^ high) * times[h];
			out->rows[h] = v < out->rows[h] ? v : out->rows[h];
		}
	}
}

double shingle_sign_alike(const struct shingle_sign *one,
			  const struct shingle_sign *other)
{
	int same = 0;

	for (size_t h = 0; h < SHINGLE_HASHES; h++)
		same += one->rows[h] == other->rows[h];
	return (double)same / SHINGLE_HASHES;
}

struct place {
	uint64_t band;
	size_t text;
};

static int by_band(const void *a, const void *b)
{
	const struct place *one = a, *other = b;

	if (one->band != other->band)
		return one->band < other->band ? -1 : 1;
	return one->text < other->text ? -1 : one->text > other->text;
}

static void compare_run(const struct shingle_sign *signs, const struct place *run,
			size_t n, double least, shingle_pair_fn *found, void *with)
{
	for (size_t i = 1; i < n; i++)
		for (size_t j = 0; j < i && j < SHINGLE_COMPARE_MOST; j++) {
			/* With the first of the run, then with the nearest before. */
			size_t other = j < SHINGLE_COMPARE_MOST / 2
					       ? j
					       : i + j - SHINGLE_COMPARE_MOST;

			if (i <= SHINGLE_COMPARE_MOST)
				other = j;
			if (shingle_sign_alike(&signs[run[i].text],
					       &signs[run[other].text]) >= least)
				found(with, run[other].text, run[i].text);
		}
}

void shingle_pairs(const struct shingle_sign *signs, size_t count, double least,
		   shingle_pair_fn *found, void *with)
{
	struct place *places = calloc(count + 1, sizeof(*places));

	ASSERT(places);
	for (size_t b = 0; b < SHINGLE_BANDS && count; b++) {
		for (size_t i = 0; i < count; i++)
			places[i] = (struct place){
				XXH3_64bits(signs[i].rows + b * SHINGLE_ROWS,
					    SHINGLE_ROWS * sizeof(uint32_t)),
				i};
		qsort(places, count, sizeof(*places), by_band);
		for (size_t i = 0, run; i < count; i += run) {
			for (run = 1;
			     i + run < count && places[i + run].band == places[i].band;)
				run++;
			compare_run(signs, places + i, run, least, found, with);
		}
	}
	free(places);
}
