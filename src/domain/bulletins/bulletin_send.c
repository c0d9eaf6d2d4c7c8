/* A bulletin goes out: at somebody's word, after its grace, or when its time comes. */
#include "domain/admin/notification.h"
#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/core/audit_head.h"
#include "domain/bulletins/bulletin.h"
#include "domain/core/schedule.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>

enum { FILL_STRETCH = 20000 }; /* subscriptions a transaction: others wait that long */

static struct store_txn *begin(struct operation *op, struct arena *arena,
			       const char *list, int64_t number, struct bulletin *b,
			       struct err *err)
{
	struct store_txn *t = needs_staff(op, err) ? store_begin(op->store, err) : NULL;

	if (t && !bulletin_load(op, arena, list, number, b, err))
		store_rollback(&t);
	return t;
}

static bool start(struct operation *op, const struct bulletin *b, struct err *err)
{
	return store_run(op->store, err, SQL_BULLETIN_START, "ii", b->id, op->now) &&
	       audit_record(op, err, "bulletin sending", "bulletin", b->id,
			    "%s -> sending", b->state);
}

/* It has a time in the store like any other that is scheduled, so that no kill shortens or
 * forgets the grace; the clock lets it go, and asks for approval and rights again. */
static bool start_after_grace(struct operation *op, const struct bulletin *b,
			      struct err *err)
{
	int64_t due_at = op->now + op->settings->grace_s;
	char words[CLOCK_TEXT];

	clock_long_time(due_at, op->settings->zone, words);
	return store_run(op->store, err, SQL_BULLETIN_GRACE, "iit", b->id, due_at,
			 op->settings->zone) &&
	       audit_record(op, err, "bulletin scheduled", "bulletin", b->id,
			    "to be sent at once, which can be stopped for %" PRId64
			    " s; due %s",
			    op->settings->grace_s, words);
}

static bool let_go(struct operation *op, const char *list, int64_t number,
		   enum bulletin_act act, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	AUTO(store_txn) t = begin(op, arena, list, number, &b, err);

	return t && bulletin_allows(&b, act, err) && bulletin_approved(op, &b, err) &&
	       (b.started_at || !op->settings->grace_s
			? start(op, &b, err)
			: start_after_grace(op, &b, err)) &&
	       store_commit(&t, err);
}

bool bulletin_send(struct operation *op, const char *list, int64_t number,
		   struct err *err)
{
	return let_go(op, list, number, BULLETIN_SEND, err);
}

bool bulletin_resume(struct operation *op, const char *list, int64_t number,
		     struct err *err)
{
	return let_go(op, list, number, BULLETIN_RESUME, err);
}

bool bulletin_in_grace(const struct operation *op, const struct bulletin *b)
{
	return str_eq(b->state, "scheduled") &&
	       b->due_at - op->now <= op->settings->grace_s;
}

/* At the time that it had, which is not lost by a slip. */
static bool schedule_again(struct operation *op, const struct bulletin *b,
			   struct err *err)
{
	char words[CLOCK_TEXT];

	clock_long_time(b->due_before, str_or(b->zone_before, op->settings->zone), words);
	return store_run(op->store, err, SQL_BULLETIN_SCHEDULE, "iit", b->id,
			 b->due_before, str_or(b->zone_before, op->settings->zone)) &&
	       audit_record(op, err, "bulletin scheduled", "bulletin", b->id,
			    "stopped in time; as before for %s", words);
}

bool bulletin_stop(struct operation *op, const char *list, int64_t number,
		   enum bulletin_stopped *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	AUTO(store_txn) t = begin(op, arena, list, number, &b, err);
	bool begun, later;

	if (!t)
		return false;
	begun = str_eq(b.state, "sending");
	if (!begun && !str_eq(b.state, "scheduled"))
		return err_set(err, ERR_CONFLICT,
			       "%s #%" PRId64 " is %s; there is nothing to stop",
			       b.list.name, b.number, b.state);
	later = !begun && b.due_before > op->now;
	*out = begun   ? BULLETIN_STOPPED_PAUSED
	       : later ? BULLETIN_STOPPED_FOR_LATER
		       : BULLETIN_STOPPED_IN_TIME;
	return (begun   ? bulletin_pause(op, list, number, err)
		: later ? schedule_again(op, &b, err)
			: bulletin_unschedule(op, list, number, err)) &&
	       store_commit(&t, err);
}

bool bulletin_hold(struct operation *op, int64_t id, const char *why, struct err *err)
{
	return store_run(op->store, err, SQL_BULLETIN_STATE_SET, "itt", id, "on hold",
			 why) &&
	       audit_record(op, err, "bulletin put on hold", "bulletin", id, "%s", why);
}

/* Its time is when it is sent: whoever gave it that time may still send. out_held as below. */
static bool scheduler_still_may(struct operation *op, struct arena *arena,
				const struct bulletin *b, const char **out_held,
				struct err *err)
{
	struct rights_since held = {.right = RIGHT_SEND,
				    .scope = rights_on_list(b->list.id)};
	struct store_row row;
	const char *lost;

	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_SCHEDULED_BY, "i",
		       b->id))
		return err_forgive(err, ERR_ABSENT);
	held.staff_id = row_int(&row, "staff_id");
	held.at = row_int(&row, "at");
	if (!rights_lost(op, arena, &held, &lost, err))
		return false;
	if (lost)
		*out_held = arena_printf(arena,
					 "%s, who scheduled it, may no longer send "
					 "bulletins of this list; a person must resume "
					 "or cancel it",
					 lost);
	return true;
}

/* out_held: why a scheduled update must not begin by itself; NULL: it may. */
static bool may_begin(struct operation *op, struct arena *arena, int64_t id,
		      const char **out_held, struct err *err)
{
	struct bulletin b;
	struct err why = {0};
	char late[NUMERAL_TEXT];

	if (!bulletin_by_id(op, arena, id, &b, &why)) {
		*out_held = "its content cannot be read any more";
		return why.kind == ERR_INPUT || (*err = why, false);
	}
	if (op->now - b.due_at > op->settings->schedule_late_s) {
		numeral_duration(op->now - b.due_at, late);
		*out_held =
			arena_printf(arena,
				     "found %s after its time; a person must resume or "
				     "cancel it",
				     late);
		return true;
	}
	*out_held = NULL;
	if (bulletin_approved(op, &b, &why))
		return scheduler_still_may(op, arena, &b, out_held, err);
	*out_held = arena_strdup(arena, why.text);
	return why.kind == ERR_CONFLICT || why.kind == ERR_INPUT || (*err = why, false);
}

bool bulletins_start_due(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct store_row due;
	const char *held;
	int64_t id;

	*out_did = false;
	if (!store_one(op->store, arena, &due, err, SQL_BULLETIN_DUE, "i", op->now))
		return err_forgive(err, ERR_ABSENT);
	t = store_begin(op->store, err);
	if (!t)
		return false;
	/* Again, now that nobody else can write: a person may have been quicker. */
	if (!store_one(op->store, arena, &due, err, SQL_BULLETIN_DUE, "i", op->now))
		return err_forgive(err, ERR_ABSENT);
	id = row_int(&due, "id");
	if (!may_begin(op, arena, id, &held, err))
		return false;
	*out_did = true;
	if (held)
		return bulletin_hold(op, id, held, err) && store_commit(&t, err);
	return store_run(op->store, err, SQL_BULLETIN_START, "ii", id, op->now) &&
	       audit_record(op, err, "bulletin sending", "bulletin", id,
			    "as scheduled") &&
	       store_commit(&t, err);
}

/* The ledger is not written at a stroke: others must get at the store in between. */
bool bulletins_fill(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct store_row row, approval;
	struct audience a;
	struct bulletin b;
	int64_t to, last, rows;

	*out_did = false;
	if (!t)
		return false;
	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_TO_FILL, ""))
		return err_forgive(err, ERR_ABSENT);
	if (!bulletin_by_id(op, arena, row_int(&row, "id"), &b, err) ||
	    !store_one(op->store, arena, &approval, err, SQL_APPROVAL_IN_FORCE, "i",
		       b.id))
		return false;
	a = bulletin_wanted_by(&b);
	last = row_int(&approval, "last_subscription");
	to = b.filled_to + FILL_STRETCH;
	*out_did = true;
	if (!store_run(op->store, err, SQL_AUDIENCE_FILL, "iiiiiiiiiiiiii", b.id,
		       b.list.id, a.topics, (int64_t)a.everyone, row_int(&approval, "at"),
		       last, b.filled_to, to, b.started_at, op->settings->spread_s,
		       row_int(&row, "filled_rows"), row_int(&approval, "audience"),
		       digest_next(op->settings, "weekly", op->now),
		       digest_next(op->settings, "monthly", op->now)))
		return false;
	rows = store_changes(op->store);
	return store_run(op->store, err, SQL_TALLY_DIGESTS, "iii", b.id, b.filled_to,
			 to) &&
	       store_run(op->store, err, SQL_BULLETIN_FILLED_TO, "iiii", b.id, to,
			 (int64_t)(to >= last), rows) &&
	       store_commit(&t, err);
}

static const char *some(struct arena *arena, int64_t n)
{
	return n > 0 ? arena_printf(arena, "%" PRId64, n) : NULL;
}

/*
 * Those who send are told, with the head of the audit as it stands now: a mailbox that is
 * kept elsewhere then holds what the store's writer cannot change (audit_head.h).
 */
static bool tell(struct operation *op, struct arena *arena, int64_t id, struct err *err)
{
	char text[AUDIT_HEAD_TEXT];
	struct audit_head head;
	struct store_row n;
	struct bulletin b;
	struct notification letter;
	int64_t sent, digests;

	if (!*op->settings->audit_head_to)
		return true;
	if (!audit_head_now(op, &head, err) || !bulletin_by_id(op, arena, id, &b, err) ||
	    !store_one(op->store, arena, &n, err, SQL_BULLETIN_SENT_COUNTS, "i", id))
		return false;
	audit_head_print(&head, text);
	sent = row_int(&n, "sent");
	digests = row_int(&n, "digests");
	letter = (struct notification){
		.kind = NOTIFICATION_BULLETIN_SENT,
		.once = arena_printf(arena, "bulletin-sent:%" PRId64 ":%" PRId64, id,
				     head.rows),
		.to_address = op->settings->audit_head_to,
		.from_address = b.list.address,
		.from_name = b.list.from_name,
		.reply_to = b.list.owner,
		.list = &b.list,
		.values = {.bulletin = arena_printf(arena, "No. %" PRId64 ": %s",
						    b.number, b.title),
			   .sent = arena_printf(arena, "%" PRId64, sent),
			   .in_digests = some(arena, digests),
			   .not_sent = some(arena, row_int(&n, "rows") - sent - digests),
			   .ledger_url = arena_printf(
				   arena,
				   "%s/staff/lists/%s/bulletins/%" PRId64 "/report",
				   op->settings->base_url, b.list.name, b.number),
			   .audit_head = text},
	};
	/* An address that is none keeps no bulletin from being finished. */
	return notification_queue(op, &letter, NULL, err) || notification_unmade(err);
}

bool bulletins_finish(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct store_table ready, done;

	*out_did = false;
	if (!store_all(op->store, arena, &ready, err, SQL_BULLETIN_FINISHABLE, ""))
		return false;
	if (!ready.count)
		return true;
	t = store_begin(op->store, err);
	if (!t ||
	    !store_all(op->store, arena, &done, err, SQL_BULLETIN_FINISH, "i", op->now))
		return false;
	for (size_t i = 0; i < done.count; i++) {
		struct store_row row = table_row(&done, i);

		if (!audit_record(op, err, "bulletin sent", "bulletin",
				  row_int(&row, "id"),
				  "every row of its ledger is settled") ||
		    !tell(op, arena, row_int(&row, "id"), err))
			return false;
	}
	*out_did = true;
	return store_commit(&t, err);
}
