#include "web/limit.h"
#include "base/err.h"
#include "base/codec/secret.h"
#include "base/str.h"

#include <arpa/inet.h>
#include <pthread.h>

enum { WAYS = 8, ROWS = 4096 };

struct bucket {
	uint64_t key; /* 0: free */
	int64_t at_ms;
	double left;
};

struct web_limit {
	pthread_mutex_t lock;
	unsigned char secret[SECRET_KEY_BYTES];
	double most;
	double each_ms;
	struct bucket rows[ROWS][WAYS];
};

struct web_limit *web_limit_new(int most, int64_t each_ms)
{
	struct web_limit *limit = calloc(1, sizeof(*limit));

	if (!limit || pthread_mutex_init(&limit->lock, NULL))
		PANIC("no memory for a limit");
	secret_random(limit->secret, sizeof(limit->secret));
	limit->most = most;
	limit->each_ms = (double)each_ms;
	return limit;
}

void web_limit_free(struct web_limit **limit)
{
	if (!*limit)
		return;
	(void)pthread_mutex_destroy(&(*limit)->lock);
	free(*limit);
	*limit = NULL;
}

/* The bucket of key in its row: its own, a free one, or the one touched longest ago. */
static struct bucket *find(struct bucket *row, uint64_t key)
{
	struct bucket *best = row;

	for (size_t i = 0; i < WAYS; i++) {
		if (row[i].key == key)
			return &row[i];
		if (!row[i].key || (best->key && row[i].at_ms < best->at_ms))
			best = &row[i];
	}
	return best;
}

bool web_limit_take(struct web_limit *limit, const char *key, int64_t now_ms)
{
	unsigned char hash[SECRET_SHA256_BYTES];
	struct bucket *b;
	uint64_t name, row;
	bool may;

	secret_hash(limit->secret, "limit", key, hash);
	memcpy(&name, hash, sizeof(name));
	memcpy(&row, hash + sizeof(name), sizeof(row));
	name |= 1;
	(void)pthread_mutex_lock(&limit->lock);
	b = find(limit->rows[row % ROWS], name);
	if (b->key != name)
		*b = (struct bucket){.key = name, .at_ms = now_ms, .left = limit->most};
	b->left += (double)(now_ms - b->at_ms) / limit->each_ms;
	if (b->left > limit->most)
		b->left = limit->most;
	b->at_ms = now_ms;
	may = b->left >= 1;
	if (may)
		b->left -= 1;
	(void)pthread_mutex_unlock(&limit->lock);
	return may;
}

void web_limit_network(const char *address, char *to, size_t room)
{
	unsigned char bytes[16];

	if (inet_pton(AF_INET6, address, bytes) != 1) {
		str_copy(to, room, address);
		return;
	}
	memset(bytes + 8, 0, 8);
	if (!inet_ntop(AF_INET6, bytes, to, (socklen_t)room))
		str_copy(to, room, address);
}
