/* classify: raw mail -> what it is -> the rows that it means. No network at all. */
#include "domain/intake/inbound.h"
#include "domain/intake/inbound_look.h"
#include "base/clock.h"
#include "base/log.h"
#include "daemon/role.h"
#include "process/in_hand.h"
#include "reader/reader.h"
#include "store/turn.h"

#include <inttypes.h>

/*
 * A batch is one child and one commit. While one is written the next is being read, so
 * what two of them hold is in memory at a time.
 */
enum { BATCH = 256, BATCH_BYTES = 6 << 20 };

struct batch {
	struct arena *arena;
	struct reader_mail mails[BATCH];
	int64_t ids[BATCH], kept_at[BATCH];
	bool cut[BATCH];
	size_t count;
};

static void batch_auto(struct batch **b)
{
	if (*b)
		arena_free(&(*b)->arena);
	free(*b);
	*b = NULL;
}

/* The mails after one of them, and a child that reads them; NULL: there are none. */
static bool begin(struct role_run *run, int64_t after, struct batch **out,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	AUTO(batch) b = calloc(1, sizeof(*b));
	const struct inbound_some next = {
		.after = after, .most = BATCH, .most_bytes = BATCH_BYTES};
	struct inbound_mail *mails;
	size_t count;

	*out = NULL;
	if (!b)
		PANIC("no memory for a batch of mails");
	if (!inbound_new(&run->op, arena, &next, &mails, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		b->mails[i].bytes = mails[i].bytes;
		b->mails[i].len = mails[i].len;
		b->ids[i] = mails[i].id;
		b->kept_at[i] = mails[i].received_at;
		b->cut[i] = mails[i].cut;
	}
	b->count = count;
	if (!b->count)
		return true;
	if (!reader_start(run->reader, b->mails, b->count, err))
		return false;
	b->arena = arena;
	arena = NULL;
	*out = b;
	b = NULL;
	return true;
}

static void mark_cut(struct arena *arena, struct mail_message *m)
{
	m->limits_hit.items = arena_grow(arena, NULL, 0, sizeof(*m->limits_hit.items));
	m->limits_hit.items[0] = "size";
	m->limits_hit.count = 1;
}

/*
 * A mail that cannot be taken for a reason of its own, or that has ended this role before,
 * must neither stop the others nor be lost: it is taken without its words, as unsorted for
 * a person, to be read first.
 */
static bool take(struct role_run *run, const struct batch *b, size_t i,
		 const struct mail_message *m, struct err *err)
{
	static const char *crash = "crash";
	const struct mail_message bare = {.kind = MAIL_HUMAN,
					  .from = m->from,
					  .subject = m->subject,
					  .limits_hit = {&crash, 1}};
	int64_t id = b->ids[i];
	bool taken = false;

	if (in_hand_crashes(id) < IN_HAND_OFTEN) {
		in_hand(id);
		taken = inbound_take(&run->op, id, b->kept_at[i], m, err);
		in_hand(0);
		if (!taken && (err->kind == ERR_AGAIN || err->kind == ERR_SYSTEM ||
			       err->kind == ERR_SETUP))
			return false;
	} else
		(void)err_set(err, ERR_INPUT,
			      "taking it has ended the program %" PRId64
			      " times; please report it, with the mail",
			      in_hand_crashes(id));
	if (taken)
		return true;
	log_line(LOG_WARN, "mail %" PRId64 " is left to a person: %s", id, err->text);
	return inbound_take(&run->op, id, b->kept_at[i], &bare, err);
}

static bool write(struct role_run *run, struct arena *arena, const struct batch *b,
		  struct mail_message *read, struct err *err)
{
	struct store_turn turn = {.store = run->op.store};
	bool ok = true;

	run->op.now = clock_now();
	for (size_t i = 0; ok && i < b->count; i++) {
		if (b->cut[i] && !read[i].limits_hit.count)
			mark_cut(arena, &read[i]);
		ok = store_turn_begin(&turn,
				      inbound_is_long(&read[i]) ? TURN_ALONE
								: TURN_TOGETHER,
				      err) &&
		     take(run, b, i, &read[i], err) && store_turn_done(&turn, err);
	}
	ok = ok && store_turn_end(&turn, err);
	store_turn_drop(&turn);
	return ok;
}

/* What the child told of the batch, then the next one begun, then the first one's rows. */
static bool one_batch(struct role_run *run, struct batch **now, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	struct mail_message *read = arena_make(arena, struct mail_message, BATCH);
	AUTO(batch) b = *now;

	*now = NULL;
	if (!reader_finish(run->reader, arena, read, err))
		return false;
	arena_free(&b->arena); /* the raw mails */
	if (!begin(run, b->ids[b->count - 1], now, err) ||
	    !write(run, arena, b, read, err))
		return false;
	log_line(LOG_DEBUG, "%zu mails read", b->count);
	return true;
}

static bool batches(struct role_run *run, struct batch **now, bool *out_did,
		    struct err *err)
{
	if (!begin(run, 0, now, err))
		return false;
	*out_did = *now != NULL;
	while (*now && !loop_stopping(&run->loop))
		if (!one_batch(run, now, err))
			return false;
	return true;
}

/* All that is there. What was begun and not written is new still, for the next time. */
static bool one_turn(struct role_run *run, bool *out_did, struct err *err)
{
	AUTO(batch) now = NULL;
	bool ok = batches(run, &now, out_did, err);

	reader_drop(run->reader);
	return ok;
}

bool role_classify(struct role_run *run, struct err *err)
{
	reader_brief(run->reader);
	return role_turns(run, one_turn, err);
}
