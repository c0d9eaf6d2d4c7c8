#include "domain/copies/copy_restore.h"
#include "base/clock.h"
#include "base/str.h"
#include "domain/bulletins/bulletin.h"
#include "domain/core/audit.h"
#include "domain/core/audit_head.h"
#include "domain/core/skip.h"
#include "domain/subscribers/subscription.h"

#include <inttypes.h>

enum { CLOCK_SLACK_S = DAY_S };

static bool last_alive(struct store *store, struct arena *arena, int64_t *out,
		       struct err *err)
{
	struct store_row row;

	*out = 0;
	if (!store_one(store, arena, &row, err, SQL_RESTORE_LAST, ""))
		return err_forgive(err, ERR_ABSENT);
	*out = row_int(&row, "at");
	return true;
}

static const char *const why_held[] = {
	[COPY_LEDGER_OLD] =
		"the store was restored from a copy: what was sent after it was made would "
		"be sent again",
	[COPY_LEDGER_CARRIED] =
		"the store was restored from a copy; who got this bulletin since is known, "
		"and resuming it sends it to the others",
};

static bool hold_bulletins(struct operation *op, struct arena *arena,
			   enum copy_ledger ledger, int64_t *out, struct err *err)
{
	struct store_table begun;

	if (!store_all(op->store, arena, &begun, err, SQL_RESTORE_BEGUN, "i", op->now))
		return false;
	for (size_t i = 0; i < begun.count; i++) {
		struct store_row row = table_row(&begun, i);

		if (!bulletin_hold(op, row_int(&row, "id"), why_held[ledger], err))
			return false;
	}
	*out = (int64_t)begun.count;
	return true;
}

static bool run_plain(struct operation *op, enum sql_id id, int64_t *out, struct err *err)
{
	if (!store_run(op->store, err, id, ""))
		return false;
	*out = store_changes(op->store);
	return true;
}

static bool run_counted(struct operation *op, enum sql_id id, int64_t *out,
			struct err *err)
{
	if (!store_run(op->store, err, id, "i", op->now))
		return false;
	*out = store_changes(op->store);
	return true;
}

static bool doubt_deliveries(struct operation *op, enum copy_ledger ledger, int64_t *out,
			     struct err *err)
{
	int64_t waiting = 0;

	if (!run_counted(op, SQL_RESTORE_DELIVERIES_DOUBT, out, err) ||
	    (ledger == COPY_LEDGER_OLD &&
	     !run_counted(op, SQL_RESTORE_DELIVERIES_WAITING, &waiting, err)))
		return false;
	*out += waiting;
	return true;
}

bool copy_hold(struct operation *op, const char *from, enum copy_ledger ledger,
	       struct copy_held *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	struct copy_held held = {0};
	struct store_row row;
	AUTO(store_txn) t = store_begin(op->store, err);

	if (!t || !last_alive(op->store, arena, &held.last_at, err) ||
	    !hold_bulletins(op, arena, ledger, &held.bulletins, err) ||
	    !doubt_deliveries(op, ledger, &held.deliveries, err) ||
	    !run_counted(op, SQL_RESTORE_NOTIFICATIONS_DOUBT, &held.notifications, err) ||
	    !run_plain(op, SQL_RESTORE_PUBLICATIONS_FALL, &held.published, err) ||
	    !run_plain(op, SQL_RESTORE_REPORT_BACKS, &held.told, err) ||
	    !run_counted(op, SQL_RESTORE_SESSIONS_END, &held.sessions, err) ||
	    !store_one(op->store, arena, &row, err, SQL_RESTORE_DIGESTS, "i", op->now))
		return false;
	held.digests = row_int(&row, "n");
	if (!audit_record(op, err, "restored", "store", 0,
			  "%s; on hold: %" PRId64 " bulletins; in doubt: %" PRId64
			  " mails of bulletins, %" PRId64 " notifications",
			  from, held.bulletins, held.deliveries, held.notifications) ||
	    !store_commit(&t, err))
		return false;
	*out = held;
	return true;
}

struct carrying {
	struct operation *op;
	struct arena *arena;
	struct store *replaced;
	struct copy_carried *out;
};

/* The same rows have the same ids, for the one store goes on from the other. */
static bool goes_on_from(struct carrying *c, struct err *err)
{
	struct operation of_replaced = *c->op;
	struct audit_head head;

	of_replaced.store = c->replaced;
	return audit_head_now(c->op, &head, err) &&
	       (head.rows == 0 ||
		audit_head_stands(&of_replaced, &head, "the copy", err));
}

static bool carry_suppressed(void *with, const struct store_row *row, struct err *err)
{
	struct carrying *c = with;
	AUTO(arena) arena = arena_new(1024);
	struct store_row there;
	size_t len;
	const void *hash = row_bytes(row, "hash", &len);

	if (store_one(c->op->store, arena, &there, err, SQL_SUPPRESSION_OF, "b", hash,
		      len))
		return true;
	if (!err_forgive(err, ERR_ABSENT) ||
	    !store_run(c->op->store, err, SQL_SUPPRESSION_ADD, "btzi", hash, len,
		       row_text(row, "reason"),
		       row_null(row, "staff_id") ? 0 : row_int(row, "staff_id"),
		       row_int(row, "created_at")))
		return false;
	c->out->suppressed++;
	return true;
}

/* As it was there, with the evidence of it; no letter says so a second time. */
static bool carry_gone(void *with, const struct store_row *row, struct err *err)
{
	struct carrying *c = with;
	AUTO(arena) arena = arena_new(1024);
	int64_t id = row_int(row, "id"), now = c->op->now;
	const char *state = row_text(row, "state");
	struct store_row here;
	bool ok;

	if (!store_one(c->op->store, arena, &here, err, SQL_RESTORE_SUBSCRIPTION, "i",
		       id))
		return err_forgive(err, ERR_ABSENT);
	if (str_eq(row_text(&here, "state"), state) ||
	    row_int(&here, "person_id") != row_int(row, "person_id") ||
	    row_int(&here, "list_id") != row_int(row, "list_id"))
		return true;
	c->op->now = row_int(row, "at");
	ok = subscription_state(c->op, id, state, false, err) &&
	     subscription_void_questions(c->op, id, err) &&
	     store_run(c->op->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit", id, now,
		       skip_name(SKIP_LEFT)) &&
	     subscription_evidence(c->op, id,
				   &(struct evidence){.act = row_text(row, "event"),
						      .how = row_text(row, "how")},
				   err);
	c->op->now = now;
	c->out->gone += ok;
	return ok;
}

static bool carry_staff(void *with, const struct store_row *row, struct err *err)
{
	struct carrying *c = with;

	if (!store_run(c->op->store, err, SQL_RESTORE_STAFF_END, "iti",
		       row_int(row, "id"), row_text(row, "name"),
		       row_int(row, "ended_at")))
		return false;
	c->out->staff += store_changes(c->op->store);
	return true;
}

static bool carry_role(void *with, const struct store_row *row, struct err *err)
{
	struct carrying *c = with;

	if (!store_run(c->op->store, err, SQL_RESTORE_GRANTED_END, "iizi",
		       row_int(row, "id"), row_int(row, "staff_id"),
		       row_null(row, "ended_by") ? 0 : row_int(row, "ended_by"),
		       row_int(row, "ended_at")))
		return false;
	c->out->roles += store_changes(c->op->store);
	return true;
}

struct carrying_ledger {
	struct carrying *c;
	int64_t bulletin_id, rows;
};

static int64_t number_or_none(const struct store_row *row, const char *name)
{
	return row_null(row, name) ? 0 : row_int(row, name);
}

static bool carry_delivery(void *with, const struct store_row *row, struct err *err)
{
	struct carrying_ledger *l = with;

	if (!store_run(l->c->op->store, err, SQL_RESTORE_DELIVERY, "iitiiizztztti",
		       l->bulletin_id, row_int(row, "subscription_id"),
		       row_text(row, "state"), row_int(row, "attempts"),
		       row_int(row, "doubt"), row_int(row, "due_at"),
		       number_or_none(row, "started_at"),
		       number_or_none(row, "settled_at"), row_text(row, "relay"),
		       number_or_none(row, "reply_code"), row_text(row, "reply_status"),
		       row_text(row, "reply_text"), row_int(row, "given_up")))
		return false;
	l->rows += store_changes(l->c->op->store);
	return true;
}

static bool carry_ledger(struct carrying *c, struct err *err)
{
	struct store_table unfinished;

	if (!store_all(c->op->store, c->arena, &unfinished, err, SQL_RESTORE_UNFINISHED,
		       ""))
		return false;
	for (size_t i = 0; i < unfinished.count; i++) {
		struct store_row row = table_row(&unfinished, i);
		struct carrying_ledger l = {c, row_int(&row, "id"), 0};
		const char *state = row_text(&row, "state");

		if (!store_each(c->replaced, carry_delivery, &l, err, SQL_RESTORE_TRIED,
				"i", l.bulletin_id))
			return false;
		/* It has begun since; that somebody resumes it is an act of theirs. */
		if (l.rows && (str_eq(state, "approved") || str_eq(state, "scheduled")) &&
		    !bulletin_hold(c->op, l.bulletin_id, why_held[COPY_LEDGER_CARRIED],
				   err))
			return false;
		c->out->delivered += l.rows;
	}
	return true;
}

static bool find_sent(void *with, const struct store_row *row, struct err *err)
{
	struct carrying *c = with;
	struct copy_carried *out = c->out;
	const char *list = row_text(row, "list");
	int64_t number = row_int(row, "number");
	struct store_row here;

	if (!store_one(c->op->store, c->arena, &here, err, SQL_RESTORE_BULLETIN, "iti",
		       row_int(row, "id"), list, number))
		return false;
	if (row_int(&here, "n"))
		return true;
	out->sent = arena_grow(c->arena, out->sent, out->sent_count, sizeof(*out->sent));
	out->sent[out->sent_count++] =
		arena_printf(c->arena, "%s #%" PRId64, list, number);
	return true;
}

/* Whom the copy still knows. */
static bool find_erased(void *with, const struct store_row *row, struct err *err)
{
	struct carrying *c = with;
	struct copy_carried *out = c->out;
	struct store_row here;

	if (!store_one(c->op->store, c->arena, &here, err, SQL_RESTORE_PERSON, "i",
		       row_int(row, "id")))
		return err_forgive(err, ERR_ABSENT);
	if (row_int(&here, "created_at") != row_int(row, "created_at"))
		return true;
	out->erased = arena_grow(c->arena, out->erased, out->erased_count,
				 sizeof(*out->erased));
	out->erased[out->erased_count++] = row_text(&here, "address");
	return true;
}

bool copy_carry(struct operation *op, struct store *replaced, struct arena *arena,
		struct copy_carried *out, struct err *err)
{
	struct copy_carried carried = {0};
	struct carrying c = {op, arena, replaced, &carried};
	int64_t since;
	AUTO(store_txn) t = store_begin(op->store, err);

	if (!t || !goes_on_from(&c, err) || !last_alive(op->store, arena, &since, err))
		return false;
	since -= CLOCK_SLACK_S;
	if (!store_each(replaced, carry_staff, &c, err, SQL_RESTORE_STAFF_ENDED, "") ||
	    !store_each(replaced, carry_role, &c, err, SQL_RESTORE_GRANTED_ENDED, "") ||
	    !store_each(replaced, carry_suppressed, &c, err, SQL_RESTORE_SUPPRESSED,
			"") ||
	    !carry_ledger(&c, err) ||
	    !store_each(replaced, carry_gone, &c, err, SQL_RESTORE_GONE, "i", since) ||
	    !store_each(replaced, find_sent, &c, err, SQL_RESTORE_SENT_SINCE, "i",
			since) ||
	    !store_each(replaced, find_erased, &c, err, SQL_RESTORE_ERASED, "i", since) ||
	    !store_commit(&t, err))
		return false;
	*out = carried;
	return true;
}
