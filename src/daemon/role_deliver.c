/*
 * deliver: letters and the ledger -> relay -> outcome. One thread, many connections.
 *
 * Each turn: take the replies that came; settle them and claim the next mails in one
 * commit; only then write those mails. That commit is the group commit, and it is what
 * makes a kill at any moment lose nobody and double at most one mail a connection.
 */
#include "daemon/deliver.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>
#include <time.h>

enum {
	IDLE_MS = 60000,
	REPLIES_MS = 50, /* between two looks at the store while mails are out */
	NO_ROOM_MS = 250,
	RETRY_STORE_MS = 1000,
	WIND_DOWN_MS = 10000,
	COUNT_MOST = 1000,
	TELL_EACH_MS = 1000,
	GATHER_MOST_US = 300,
	GATHER_STEP_US = 100
};

static bool settle_all(struct deliver *d, struct err *err)
{
	for (size_t i = 0; i < d->settled_count; i++) {
		const struct deliver_place *p = d->settled[i];

		struct settled settled = {
			.kind = p->mail.kind,
			.id = p->mail.id,
			.fate = p->fate,
			.relay = p->by,
			.answer = p->answer,
			.retry_at = d->run->op.now + p->wait_s,
		};

		if (!outgoing_settle(d->outgoing, &settled, err))
			return false;
	}
	return true;
}

/* Settles what came back and claims what can go out now: the one commit of a turn. */
static bool settle_and_claim(struct deliver *d, struct err *err)
{
	AUTO(store_txn) t = NULL;
	size_t room = d->waiting > 0 ? deliver_room(d) : 0;
	int64_t from_us;
	bool more = false;

	if (!d->settled_count && !room)
		return true;
	t = store_begin(d->run->op.store, err);
	if (!t)
		return false;
	d->run->op.now = clock_now();
	if (!settle_all(d, err))
		return false;
	deliver_go_on(d);
	if (!deliver_take(d, room, &more, err)) {
		deliver_drop_taken(d);
		return false;
	}
	deliver_go_on(d);
	from_us = clock_mono_us();
	if (!store_commit(&t, err)) {
		deliver_drop_taken(d);
		return false;
	}
	d->commit_us = clock_mono_us() - from_us;
	deliver_forget_settled(d);
	if (!room)
		return true;
	d->waiting -= (int64_t)d->taken_count;
	if (!more || d->waiting < 0)
		d->waiting = 0;
	return true;
}

/* For whoever asks for the status; not more often than a person looks. */
static bool tell(struct deliver *d, struct err *err)
{
	int64_t now_ms = clock_mono_ms();
	bool busy = d->in_flight || d->settled_count || d->waiting > 0;

	/* Before a long sleep what stands there has to be right. */
	if (busy && now_ms - d->told_ms < TELL_EACH_MS)
		return true;
	d->told_ms = now_ms;
	return outgoing_tell(d->outgoing, d->rate_limit, now_ms, err);
}

static bool count_waiting(struct deliver *d, struct err *err)
{
	d->run->op.now = clock_now();
	if (d->winding_down)
		d->waiting = 0;
	else if (!outgoing_waiting(d->outgoing, COUNT_MOST, &d->waiting, err))
		return false;
	deliver_announce(d);
	return true;
}

static int64_t due_in_ms(struct deliver *d)
{
	struct err err;
	int64_t at, wait;

	if (!outgoing_next_due(d->outgoing, &at, &err) || at == 0)
		return IDLE_MS;
	wait = (at - clock_now()) * 1000;
	return wait < 0 ? 0 : wait < IDLE_MS ? wait : IDLE_MS;
}

/* True when it is time to stop. */
static bool wait_for_work(struct deliver *d)
{
	if (d->settled_count)
		return false; /* Maildirs answer at once */
	if (d->in_flight || d->waiting > 0) {
		deliver_wait(d, d->in_flight ? REPLIES_MS : NO_ROOM_MS);
		return loop_stopping(&d->run->loop);
	}
	if (d->run->once)
		return true;
	return loop_wait(&d->run->loop, clock_mono_ms() + due_in_ms(d), d->epoll_fd) ==
	       LOOP_STOP;
}

/*
 * Takes the replies. While more are out than came, waiting as long as a commit takes lets
 * more of them share it. Connections go on meanwhile: one whose relay is ready for the
 * text is not kept waiting for the commit of others.
 */
static void gather(struct deliver *d)
{
	int64_t left_us = d->commit_us < GATHER_MOST_US ? d->commit_us : GATHER_MOST_US;

	deliver_collect(d);
	while (left_us > 0 && d->settled_count && d->settled_count < d->in_flight) {
		struct timespec step = {
			.tv_nsec = (left_us < GATHER_STEP_US ? left_us : GATHER_STEP_US) *
				   1000};

		(void)nanosleep(&step, NULL);
		deliver_collect(d);
		left_us -= GATHER_STEP_US;
	}
}

static bool one_turn(struct deliver *d, struct err *err)
{
	int64_t version = store_version(d->run->op.store);

	gather(d);
	if (d->waiting <= 0 || version != d->run->loop.version) {
		d->run->loop.version = version;
		if (!count_waiting(d, err))
			return false;
	}
	if (!settle_and_claim(d, err))
		return false;
	deliver_write(d);
	return deliver_relays_note(d, err) && tell(d, err);
}

/* Mails under way get their replies awaited, so that nothing rests in doubt for a stop. */
static void wind_down(struct deliver *d)
{
	int64_t until = clock_mono_ms() + WIND_DOWN_MS;

	d->winding_down = true;
	while ((d->in_flight || d->settled_count) && clock_mono_ms() < until) {
		struct err err = {0};

		if (!one_turn(d, &err))
			log_line(LOG_WARN, "%s", err.text);
		if (d->in_flight)
			deliver_wait(d, REPLIES_MS);
	}
}

static bool deliver_loop(struct deliver *d, struct err *err)
{
	for (;;) {
		*err = (struct err){0};
		if (!one_turn(d, err)) {
			if (err->kind != ERR_AGAIN && err->kind != ERR_SYSTEM)
				return false;
			/* Full disk, locked store: what relays accepted stays in memory. */
			log_line(LOG_WARN, "%s", err->text);
			if (loop_sleep(&d->run->loop, RETRY_STORE_MS) == LOOP_STOP)
				break;
			continue;
		}
		if (wait_for_work(d))
			break;
		if (d->run->once && !d->in_flight && deliver_trouble(d))
			return err_set(err, ERR_AGAIN, "%s", deliver_trouble(d));
	}
	wind_down(d);
	return true;
}

bool role_deliver(struct role_run *run, struct err *err)
{
	struct deliver *d = NULL;
	int64_t found;
	bool ok;

	if (!deliver_new(run, &d, err))
		return false;
	ok = outgoing_recover(d->outgoing, &found, err);
	if (ok && found)
		log_line(
			LOG_WARN,
			"%" PRId64
			" mail%s under way when the sender last ended: marked as in doubt",
			found, plural(found, " was", "s were"));
	ok = ok && deliver_loop(d, err);
	deliver_free(&d);
	return ok;
}
