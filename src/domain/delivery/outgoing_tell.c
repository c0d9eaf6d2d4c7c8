/* Why mail waits, in words: the sender writes it down, the status reads it out. */
#include "domain/delivery/outgoing_private.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>

enum { SENTENCES_MOST = 40, WORDS_MOST = 64000, LATER_COUNTED = 20000 };

struct told {
	struct buf *all; /* for the comparison with what stands in the store */
	struct arena *arena;
	const char *words[SENTENCES_MOST];
	int64_t until_at[SENTENCES_MOST];
	size_t count;
};

static bool keep(void *with, const char *words, int64_t until_at, struct err *err)
{
	struct told *t = with;

	(void)err;
	if (t->count == SENTENCES_MOST)
		return true; /* enough for a person to read */
	buf_printf(t->all, "%s/%" PRId64 ";", words, until_at / 10);
	t->words[t->count] = arena_strdup(t->arena, words);
	t->until_at[t->count++] = until_at;
	return true;
}

static uint64_t hash_of(const struct buf *text)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < text->len; i++)
		hash = (hash ^ (unsigned char)text->bytes[i]) * 1099511628211u;
	return hash;
}

bool outgoing_tell(struct outgoing *o, const struct rate_limit *rate_limit,
		   int64_t now_ms, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(buf) all = buf_new(WORDS_MOST);
	AUTO(store_txn) txn = NULL;
	struct told t = {.all = all, .arena = arena};
	struct operation *a = o->op;

	if (!rate_limit_tell(rate_limit, now_ms, a->now, keep, &t, err))
		return false;
	if (hash_of(all) == o->told)
		return true;
	txn = store_begin(a->store, err);
	if (!txn || !store_run(a->store, err, SQL_RATE_LIMIT_CLEAR, ""))
		return false;
	for (size_t i = 0; i < t.count; i++)
		if (!store_run(a->store, err, SQL_RATE_LIMIT_ADD, "tii", t.words[i],
			       t.until_at[i], a->now))
			return false;
	if (!store_commit(&txn, err))
		return false;
	o->told = hash_of(all);
	return true;
}

bool outgoing_note_relay(struct outgoing *o, const char *name, enum outgoing_relay state,
			 struct err *err)
{
	struct operation *op = o->op;
	AUTO(store_txn) t = store_begin(op->store, err);

	return t &&
	       (state == OUTGOING_RELAY_LOST
			? store_run(op->store, err, SQL_RELAY_LOST, "ti", name, op->now)
			: store_run(op->store, err, SQL_RELAY_FOUND, "t", name)) &&
	       store_commit(&t, err);
}

/* ---- the reader's side ---- */

struct sentences {
	struct operation *op;
	struct arena *arena;
	const char **list;
	size_t count;
};

/* " until 10:42", with the day when it is another. */
static const char *until(struct sentences *s, int64_t at)
{
	const char *zone = s->op->settings->zone;
	char then[CLOCK_TEXT], now[CLOCK_TEXT];

	if (!at)
		return "";
	clock_local(at, zone, then);
	clock_local(s->op->now, zone, now);
	if (strncmp(then, now, 10) == 0)
		return arena_printf(s->arena, " until %.5s", then + 11);
	return arena_printf(s->arena, " until %.16s", then);
}

static void add(struct sentences *s, const char *words, int64_t until_at)
{
	s->list = arena_grow(s->arena, s->list, s->count, sizeof(*s->list));
	s->list[s->count++] = arena_printf(s->arena, "%s%s", words, until(s, until_at));
}

/* " wait because ...": one or many, and "or more" where the counting ended. */
static const char *many(struct sentences *s, int64_t n, int64_t all, const char *one,
			const char *more)
{
	return arena_printf(s->arena, "%" PRId64 "%s %s", n,
			    all == LATER_COUNTED ? " or more" : "", plural(n, one, more));
}

static bool add_later(struct sentences *s, int64_t bulletin, struct err *err)
{
	struct store_row row;
	int64_t n, deferred;

	if (!store_one(s->op->store, s->arena, &row, err, SQL_DELIVERY_LATER, "iii",
		       bulletin, s->op->now, (int64_t)LATER_COUNTED))
		return false;
	n = row_int(&row, "n");
	deferred = row_int(&row, "deferred");
	if (deferred)
		add(s,
		    many(s, deferred, n, "waits because a server said \"later\"",
			 "wait because a server said \"later\""),
		    deferred == n ? row_int(&row, "next_at") : 0);
	if (n > deferred)
		add(s,
		    many(s, n - deferred, n, "has a time of its own, the last one",
			 "have a time of their own, the last one"),
		    row_int(&row, "last_at"));
	return true;
}

bool outgoing_on_hold(struct operation *op, struct arena *arena,
		      const struct bulletin *bulletin, const char ***out,
		      size_t *out_count, struct err *err)
{
	struct sentences s = {.op = op, .arena = arena};
	struct outgoing quiet = {.op = op};
	struct store_table told;
	int64_t until_at;

	*out = NULL;
	*out_count = 0;
	if (!str_eq(bulletin->state, "sending"))
		return true;
	if (outgoing_quiet(&quiet, &until_at))
		add(&s, "no bulletin goes out in the quiet hours", until_at);
	if (!add_later(&s, bulletin->id, err) ||
	    !store_all(op->store, arena, &told, err, SQL_RATE_LIMIT_ALL, ""))
		return false;
	for (size_t i = 0; i < told.count; i++) {
		struct store_row row = table_row(&told, i);

		if (!row_int(&row, "until_at") || row_int(&row, "until_at") > op->now)
			add(&s, row_text(&row, "reason"), row_int(&row, "until_at"));
	}
	*out = s.list;
	*out_count = s.count;
	return true;
}
