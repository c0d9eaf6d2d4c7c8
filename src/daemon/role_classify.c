/* classify: raw mail -> what it is -> the rows that it means. No network at all. */
#include "acts/inbound.h"
#include "base/clock.h"
#include "base/log.h"
#include "daemon/role.h"
#include "reader/reader.h"

#include <inttypes.h>

/* A batch is one child and one commit; what it holds is in memory about three times. */
enum { BATCH = 128, BATCH_BYTES = 4 << 20 };

struct batch {
	struct reader_mail mails[BATCH];
	int64_t ids[BATCH], kept_at[BATCH];
	bool cut[BATCH];
	size_t count;
};

static bool load(struct role_run *run, struct arena *arena, struct batch *b,
		 struct err *err)
{
	struct store_table t;

	if (!store_all(run->acts.store, arena, BATCH, &t, err, SQL_INBOUND_NEW_SOME, "ii",
		       (int64_t)BATCH, (int64_t)BATCH_BYTES))
		return false;
	b->count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		size_t len;
		const void *raw = row_bytes(&row, "bytes", &len);

		b->mails[i] = (struct reader_mail){raw ? raw : "", len};
		b->ids[i] = row_int(&row, "id");
		b->kept_at[i] = row_int(&row, "received_at");
		b->cut[i] = row_int(&row, "cut") == 1;
	}
	return true;
}

static void mark_cut(struct arena *arena, struct mail_message *m)
{
	m->limits_hit.items = arena_grow(arena, NULL, 0, sizeof(*m->limits_hit.items));
	m->limits_hit.items[0] = "size";
	m->limits_hit.count = 1;
}

/*
 * A mail whose acts fail for a reason of its own must neither stop the others nor be
 * lost: it is taken once more without its words, as unsorted for a person.
 */
static bool take(struct role_run *run, const struct batch *b, size_t i,
		 const struct mail_message *m, struct err *err)
{
	static const struct mail_message nothing = {.kind = MAIL_HUMAN};

	if (acts_inbound_take(&run->acts, b->ids[i], b->kept_at[i], m, err))
		return true;
	if (err->kind == ERR_AGAIN || err->kind == ERR_SYSTEM || err->kind == ERR_SETUP)
		return false;
	log_line(LOG_WARN, "mail %" PRId64 " is left to a person: %s", b->ids[i],
		 err->text);
	return acts_inbound_take(&run->acts, b->ids[i], b->kept_at[i], &nothing, err);
}

static bool one_batch(struct role_run *run, size_t *out_done, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	struct mail_message *read = arena_make(arena, struct mail_message, BATCH);
	AUTO(store_txn) t = NULL;
	struct batch b;

	*out_done = 0;
	if (!load(run, arena, &b, err))
		return false;
	if (b.count == 0)
		return true;
	if (!reader_read(run->reader, arena, b.mails, b.count, read, err))
		return false;
	run->acts.now = clock_now();
	t = store_begin(run->acts.store, err);
	if (!t)
		return false;
	for (size_t i = 0; i < b.count; i++) {
		if (b.cut[i] && !read[i].limits_hit.count)
			mark_cut(arena, &read[i]);
		if (!take(run, &b, i, &read[i], err))
			return false;
	}
	*out_done = b.count;
	return store_commit(&t, err);
}

static bool one_turn(struct role_run *run, bool *out_did, struct err *err)
{
	size_t done;

	if (!one_batch(run, &done, err))
		return false;
	if (done)
		log_line(LOG_DEBUG, "%zu mails read", done);
	*out_did = done > 0;
	return true;
}

bool role_classify(struct role_run *run, struct err *err)
{
	reader_brief(run->reader);
	return role_turns(run, one_turn, err);
}
