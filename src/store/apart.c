#include "store/apart.h"
#include "store/store_private.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

struct kept {
	struct apart_key key;
	const void *found;
};

struct apart {
	struct arena *arena;
	struct kept *kept;
	size_t count;
	bool again;
};

void apart_key_bytes(struct apart_key *key, const void *bytes, size_t len)
{
	XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, len, key->low);

	key->high = (key->high ^ hash.high64) * XXH_PRIME64_1;
	key->low ^= hash.low64 + len;
}

void apart_key_begin(struct apart_key *key, const char *what)
{
	*key = (struct apart_key){0, 0};
	apart_key_bytes(key, what, strlen(what));
}

void apart_key_text(struct apart_key *key, const char *text)
{
	apart_key_int(key, text != NULL);
	apart_key_bytes(key, text ? text : "", text ? strlen(text) : 0);
}

void apart_key_int(struct apart_key *key, int64_t n)
{
	apart_key_bytes(key, &n, sizeof(n));
}

bool apart_run(struct store *store, apart_act_fn *act, void *with, struct err *err)
{
	AUTO(arena) arena = store->apart ? NULL : arena_new(1 << 14);
	struct apart apart = {.arena = arena};
	bool done;

	if (store->apart) /* what is kept must outlive this act */
		return act(with, store->apart->arena, err);
	if (store->depth)
		return act(with, arena, err);
	store->apart = &apart;
	do {
		apart.again = false;
		done = act(with, arena, err);
	} while (!done && apart.again && err_forgive(err, ERR_AGAIN));
	store->apart = NULL;
	return done;
}

static const void *known(const struct apart *a, const struct apart_key *key)
{
	for (size_t i = 0; i < a->count; i++)
		if (a->kept[i].key.high == key->high && a->kept[i].key.low == key->low)
			return a->kept[i].found;
	return NULL;
}

bool apart_found(struct store *store, const struct apart_work *work, const void **out,
		 struct err *err)
{
	struct apart *a = store->apart;
	bool leave = a && work->bytes >= APART_BYTES;

	*out = a ? known(a, &work->key) : NULL;
	if (*out)
		return true;
	if (leave)
		store_let_go(store);
	*out = work->run(work->with);
	ASSERT(*out);
	if (!leave)
		return true;
	a->kept = arena_grow(a->arena, a->kept, a->count, sizeof(*a->kept));
	a->kept[a->count++] = (struct kept){work->key, *out};
	a->again = true;
	return err_set(err, ERR_AGAIN, "the store was let go; it begins again");
}
