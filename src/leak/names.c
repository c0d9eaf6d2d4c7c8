#include "leak/names.h"
#include "base/buf.h"
#include "base/err.h"
#include "leak/name_words.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	KEY_MOST = 6,  /* letters that patterns are kept together by */
	KEY_LEAST = 2, /* shorter ones are none */
	LETTERS_MOST = 250,
	POOL = 1 << 30,
	HEARD_AS_WORD = 3,
	BEFORE = 4, /* words that a first name may stand before the surname, and after */
	AFTER = 3
};

struct pattern {
	uint32_t text;
	uint8_t len, kind;
	uint8_t heard; /* in small letters */
	bool whole;    /* it is one word: no blank stands in it */
	int32_t of;
};

/* Patterns with the same first letters stand together. */
struct bucket {
	uint64_t key; /* 0: nothing stands here */
	uint32_t first, count;
};

struct leak_names {
	struct buf pool;
	struct pattern *list;
	size_t count, room;
	struct bucket *buckets;
	size_t bucket_mask;
	uint64_t *
		pairs; /* of names that are of one person, and of initials with surnames */
	size_t pair_count, pair_room;
	struct leak_letters letters; /* of what is being added */
};

struct leak_names *leak_names_new(void)
{
	struct leak_names *n = calloc(1, sizeof(*n));

	if (!n)
		PANIC("no memory for names");
	buf_init(&n->pool, POOL);
	return n;
}

void leak_names_free(struct leak_names **names)
{
	if (!names || !*names)
		return;
	buf_clear(&(*names)->pool);
	leak_letters_clear(&(*names)->letters);
	free((*names)->list);
	free((*names)->buckets);
	free((*names)->pairs);
	free(*names);
	*names = NULL;
}

size_t leak_names_bytes(const struct leak_names *n)
{
	return n->pool.room + n->room * sizeof(*n->list) +
	       (n->bucket_mask + 1) * sizeof(*n->buckets) +
	       n->pair_room * sizeof(*n->pairs);
}

static void *grown(void *array, size_t count, size_t *room, size_t item_bytes)
{
	void *moved;

	if (count < *room)
		return array;
	*room = *room ? *room * 2 : 256;
	moved = reallocarray(array, *room, item_bytes);
	if (!moved)
		PANIC("no memory for names");
	return moved;
}

static void add(struct leak_names *n, const struct pattern *what, const char *letters,
		size_t len)
{
	if (len < KEY_LEAST || len > LETTERS_MOST)
		return;
	n->list = grown(n->list, n->count, &n->room, sizeof(*n->list));
	n->list[n->count] = *what;
	n->list[n->count].text = (uint32_t)n->pool.len;
	n->list[n->count++].len = (uint8_t)len;
	buf_add(&n->pool, letters, len);
}

static uint64_t pair_of(uint64_t first, uint64_t last)
{
	uint64_t both[2] = {first, last}, h = XXH3_64bits(both, sizeof(both));

	return h ? h : 1;
}

static uint64_t word_hash(const char *letters, size_t len)
{
	return XXH3_64bits(letters, len);
}

static void add_pair(struct leak_names *n, const struct name_word *first,
		     const struct name_word *last)
{
	uint64_t surname = word_hash(last->letters, last->len);

	n->pairs = grown(n->pairs, n->pair_count + 1, &n->pair_room, sizeof(*n->pairs));
	n->pairs[n->pair_count++] =
		pair_of(word_hash(first->letters, first->len), surname);
	n->pairs = grown(n->pairs, n->pair_count + 1, &n->pair_room, sizeof(*n->pairs));
	n->pairs[n->pair_count++] = pair_of(word_hash(first->letters, 1), surname);
}

static void add_joined(struct leak_names *n, const struct name_word *words, size_t count,
		       const struct pattern *as)
{
	char joined[LETTERS_MOST + 1];
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		if (len + words[i].len > LETTERS_MOST)
			return;
		memcpy(joined + len, words[i].letters, words[i].len);
		len += words[i].len;
	}
	add(n, as, joined, len);
}

void leak_names_person(struct leak_names *n, const char *name, int64_t of)
{
	struct pattern whole = {.kind = LEAK_NAME, .of = (int32_t)of};
	struct pattern part = {.kind = LEAK_NAME_PART, .whole = true, .of = (int32_t)of};
	struct name_word w[NAME_WORDS];
	size_t count = name_words(name, w);

	if (!count)
		return;
	if (count == 1) {
		whole.whole = true;
		if (w[0].len >= NAME_LEAST)
			add_joined(n, w, 1, &whole);
		return;
	}
	add_joined(n, w, count, &whole);
	if (count == NAME_WORDS)
		return;
	for (size_t i = 0; i + 1 < count; i++) {
		const struct name_word two[] = {w[i], w[count - 1]};
		const struct name_word turned[] = {w[count - 1], w[i]};

		add_pair(n, &w[i], &w[count - 1]);
		if (w[i].len < 2)
			continue;
		add_joined(n, two, 2, &whole);
		add_joined(n, turned, 2, &whole);
	}
	if (w[count - 1].len >= NAME_LEAST)
		add_joined(n, &w[count - 1], 1, &part);
}

/* --- addresses ----------------------------------------------------------- */

static void add_said(struct leak_names *n, const char *address, bool dots, int64_t of)
{
	const struct pattern as = {.kind = LEAK_EMAIL, .of = (int32_t)of};
	AUTO(buf) said = buf_new(2048);
	const char *at = strchr(address, '@');

	for (const char *c = address; *c; c++) {
		if (*c == '@')
			buf_str(said, " at ");
		else if (*c == '.' && dots && at && c > at)
			buf_str(said, " dot ");
		else
			buf_char(said, *c);
	}
	leak_letters_read(&n->letters, buf_text(said), said->len, LEAK_SEEN);
	add(n, &as, n->letters.letters, n->letters.count);
}

/* However its country and area begin. */
static void add_telephone(struct leak_names *n, const char *text, int64_t of)
{
	static const char *const ways[] = {"", "0", "44", "440", "0044"};
	const struct pattern as = {.kind = LEAK_TELEPHONE, .of = (int32_t)of};
	char digits[32];
	size_t len = 0;
	const char *bare = digits;

	for (const char *c = text; *c && len + 1 < sizeof(digits); c++)
		if (*c >= '0' && *c <= '9')
			digits[len++] = *c;
	digits[len] = '\0';
	if (len > 10 && strncmp(bare, "0044", 4) == 0)
		bare += 4;
	else if (len > 10 && strncmp(bare, "44", 2) == 0)
		bare += 2;
	bare += *bare == '0';
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		char way[48];
		int n_way = snprintf(way, sizeof(way), "%s%s", ways[i], bare);

		add(n, &as, way, (size_t)n_way);
	}
}

void leak_names_add(struct leak_names *n, enum leak_kind kind, const char *text,
		    int64_t of)
{
	struct pattern as = {.kind = (uint8_t)kind, .of = (int32_t)of};

	if (kind == LEAK_TELEPHONE) {
		add_telephone(n, text, of);
		return;
	}
	if (kind == LEAK_EMAIL) {
		add_said(n, text, true, of);
		add_said(n, text, false, of);
	}
	leak_letters_read(&n->letters, text, strlen(text), LEAK_SEEN);
	/* "Young" alone is that word, and no part of two. */
	as.whole = kind == LEAK_ORGANISATION &&
		   leak_word_end(&n->letters, 0) == n->letters.count;
	add(n, &as, n->letters.letters, n->letters.count);
}

/* --- sealed -------------------------------------------------------------- */

static size_t key_len(size_t len)
{
	return len < KEY_MOST ? len : KEY_MOST;
}

static uint64_t key_of(const char *letters, size_t len)
{
	uint64_t h = XXH3_64bits_withSeed(letters, len, len);

	return h ? h : 1;
}

static int by_letters(const void *a, const void *b, void *with)
{
	const struct pattern *x = a, *y = b;
	const struct leak_names *n = with;
	const char *at_x = n->pool.bytes + x->text, *at_y = n->pool.bytes + y->text;
	size_t kx = key_len(x->len), ky = key_len(y->len);
	int order;

	if (kx != ky)
		return kx < ky ? -1 : 1;
	order = memcmp(at_x, at_y, kx);
	if (order)
		return order;
	if (x->len != y->len) /* the longest first */
		return x->len > y->len ? -1 : 1;
	order = memcmp(at_x, at_y, x->len);
	if (order)
		return order;
	return x->kind != y->kind ? (int)x->kind - (int)y->kind
	       : x->of < y->of    ? -1
				  : x->of > y->of;
}

static bool same(const struct leak_names *n, const struct pattern *a,
		 const struct pattern *b)
{
	return a->len == b->len && a->kind == b->kind &&
	       memcmp(n->pool.bytes + a->text, n->pool.bytes + b->text, a->len) == 0;
}

static struct bucket *bucket_at(const struct leak_names *n, uint64_t key)
{
	size_t at = key & n->bucket_mask;

	while (n->buckets[at].key && n->buckets[at].key != key)
		at = (at + 1) & n->bucket_mask;
	return &n->buckets[at];
}

static int by_number(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

void leak_names_seal(struct leak_names *n)
{
	size_t kept = 0, buckets = 64;

	if (n->count)
		qsort_r(n->list, n->count, sizeof(*n->list), by_letters, n);
	for (size_t i = 0; i < n->count; i++)
		if (!kept || !same(n, &n->list[kept - 1], &n->list[i]))
			n->list[kept++] = n->list[i];
	n->count = kept;
	while (buckets < 2 * kept)
		buckets *= 2;
	free(n->buckets);
	n->buckets = calloc(buckets, sizeof(*n->buckets));
	if (!n->buckets)
		PANIC("no memory for names");
	n->bucket_mask = buckets - 1;
	for (size_t i = 0; i < kept; i++) {
		const struct pattern *p = &n->list[i];
		uint64_t key = key_of(n->pool.bytes + p->text, key_len(p->len));
		struct bucket *b = bucket_at(n, key);

		if (!b->key)
			*b = (struct bucket){.key = key, .first = (uint32_t)i};
		b->count++;
	}
	if (n->pair_count)
		qsort(n->pairs, n->pair_count, sizeof(*n->pairs), by_number);
}

static bool is_pair(const struct leak_names *n, uint64_t first, uint64_t last)
{
	uint64_t key = pair_of(first, last);

	return n->pair_count &&
	       bsearch(&key, n->pairs, n->pair_count, sizeof(key), by_number);
}

/* --- found --------------------------------------------------------------- */

static bool has_blank(const struct leak_letters *l, size_t from, size_t to)
{
	for (size_t i = from + 1; i < to; i++)
		if (l->marks[i] & LEAK_SPACED)
			return true;
	return false;
}

static bool stands_at(const struct leak_names *n, const struct leak_letters *l,
		      const struct pattern *p, size_t at)
{
	return at + p->len <= l->count && (l->marks[at + p->len] & LEAK_BOUND) &&
	       memcmp(l->letters + at, n->pool.bytes + p->text, p->len) == 0 &&
	       (!p->whole || !has_blank(l, at, at + p->len));
}

/* A first name, an initial or a title that makes a name of a surname; moves hit's ends. */
static bool is_named(const struct leak_names *n, const struct leak_letters *l,
		     struct leak_hit *hit)
{
	uint64_t surname = word_hash(l->letters + hit->from, hit->to - hit->from);
	size_t at = hit->from;

	for (int i = 0; i < BEFORE && at > 0; i++) {
		size_t end = at;

		at = leak_word_begin(l, at - 1);
		if (i == 0 && name_is_title(l->letters + at, end - at)) {
			hit->from = at;
			return true;
		}
		if ((l->marks[at] & LEAK_CAPITAL) &&
		    is_pair(n, word_hash(l->letters + at, end - at), surname)) {
			hit->from = at;
			return true;
		}
	}
	at = hit->to;
	for (int i = 0; i < AFTER && at < l->count; i++) {
		size_t begin = at;

		at = leak_word_end(l, at);
		if (at - begin > 1 && (l->marks[begin] & LEAK_CAPITAL) &&
		    is_pair(n, word_hash(l->letters + begin, at - begin), surname)) {
			hit->to = at;
			return true;
		}
	}
	return false;
}

static bool counts(const struct leak_names *n, const struct leak_letters *l,
		   const struct pattern *p, struct leak_hit *hit)
{
	if (p->kind != LEAK_NAME_PART)
		return true;
	if (!(l->marks[hit->from] & LEAK_CAPITAL))
		return false;
	if (is_named(n, l, hit)) {
		hit->kind = LEAK_NAME;
		return true;
	}
	return p->heard < HEARD_AS_WORD;
}

/* The longest that stands there. */
static bool find_at(const struct leak_names *n, const struct leak_letters *l, size_t at,
		    struct leak_hit *out)
{
	bool any = false;

	for (size_t k = KEY_LEAST; k <= KEY_MOST && at + k <= l->count; k++) {
		const struct bucket *b = bucket_at(n, key_of(l->letters + at, k));

		for (size_t i = 0; b->key && i < b->count; i++) {
			const struct pattern *p = &n->list[b->first + i];
			struct leak_hit hit = {p->kind, at, at + p->len, p->of};

			if ((any && hit.to < out->to) || !stands_at(n, l, p, at) ||
			    !counts(n, l, p, &hit))
				continue;
			if (any && hit.to == out->to && out->kind <= hit.kind)
				continue;
			*out = hit;
			any = true;
		}
	}
	return any;
}

void leak_names_find(struct leak_names *n, const struct leak_letters *l,
		     leak_hit_fn *found, void *with)
{
	size_t told = 0;

	for (size_t at = 0; n->count && at < l->count; at++) {
		struct leak_hit hit;

		if (!(l->marks[at] & LEAK_BOUND) || !find_at(n, l, at, &hit) ||
		    hit.to <= told)
			continue;
		found(with, &hit);
		told = hit.to;
	}
}

void leak_names_hear(struct leak_names *n, const struct leak_letters *l)
{
	for (size_t at = 0; n->count && at < l->count; at++) {
		size_t end;
		struct bucket *b;

		if (!(l->marks[at] & LEAK_SPACED) || (l->marks[at] & LEAK_CAPITAL))
			continue;
		end = leak_word_end(l, at);
		if (end - at < KEY_LEAST)
			continue;
		b = bucket_at(n, key_of(l->letters + at, key_len(end - at)));
		for (size_t i = 0; b->key && i < b->count; i++) {
			struct pattern *p = &n->list[b->first + i];

			if (p->kind == LEAK_NAME_PART && p->len == end - at &&
			    p->heard < HEARD_AS_WORD &&
			    memcmp(l->letters + at, n->pool.bytes + p->text, p->len) == 0)
				p->heard++;
		}
	}
}
