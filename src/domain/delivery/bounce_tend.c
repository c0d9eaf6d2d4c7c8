/* What the clock does about bounces: the other half of bounce.h. */
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/delivery/bounce_private.h"
#include "domain/admin/notification.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

enum {
	SOME = 100,         /* rows a transaction: others wait that long */
	UNSENT_WAIT_S = 60, /* between two looks at a letter that is still to be sent */
	BREAKER_FEWEST = 5, /* on a tiny list one bad address is no trouble of ours */
	BREAKER_IN_FLIGHT = 1000
};

/* What is left are points for mails sent after the one that got through. */
static bool forget(struct operation *op, struct arena *arena, int64_t subscription_id,
		   int64_t points, const struct store_row *through, struct err *err)
{
	int64_t since = row_int(through, "settled_at"), left;
	char first_day[CLOCK_TEXT];
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_BOUNCE_POINTS_SINCE, "ii",
		       subscription_id, since))
		return false;
	left = row_int(&row, "points") < points ? row_int(&row, "points") : points;
	clock_day(row_int(&row, "first_at"), op->settings->zone, first_day);
	return store_run(op->store, err, SQL_BOUNCE_SCORE_CLEAR, "iiit", subscription_id,
			 left, since, left ? first_day : NULL) &&
	       (left == points ||
		audit_record(op, err, "bounces forgotten", "subscription",
			     subscription_id,
			     "delivery %" PRId64 " got through: %" PRId64
			     " points, %" PRId64 " before",
			     row_int(through, "id"), left, points));
}

bool bounce_forget(struct operation *op, int64_t subscription_id, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct store_row score, through;

	if (!store_one(op->store, arena, &score, err, SQL_BOUNCE_SCORE_OF, "i",
		       subscription_id))
		return err_forgive(err, ERR_ABSENT);
	if (!row_int(&score, "points"))
		return true;
	if (!store_one(op->store, arena, &through, err, SQL_BOUNCE_GOT_THROUGH, "iii",
		       subscription_id, row_int(&score, "since"),
		       op->now - op->settings->bounce_forget_s))
		return err_forgive(err, ERR_ABSENT);
	return forget(op, arena, subscription_id, row_int(&score, "points"), &through,
		      err);
}

static bool forget_some(struct operation *op, struct arena *arena, bool *did,
			struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_BOUNCE_SCORES_TO_LOOK, "ii",
		       op->now, (int64_t)SOME))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		int64_t id = row_int(&row, "subscription_id");

		if (!bounce_forget(op, id, err) ||
		    !store_run(op->store, err, SQL_BOUNCE_SCORE_LOOK_AT, "ii", id,
			       op->now + DAY_S))
			return false;
		*did = true;
	}
	return true;
}

static bool end_probe(struct operation *op, int64_t probe_id, int64_t subscription_id,
		      const char *state, struct err *err)
{
	return store_run(op->store, err, SQL_PROBE_END, "iti", probe_id, state,
			 op->now) &&
	       audit_record(op, err, "probe ended", "subscription", subscription_id,
			    "probe %" PRId64 " %s", probe_id, state);
}

static bool queue_probe(struct operation *op, int64_t probe_id, int64_t subscription_id,
			const struct store_row *who, struct err *err)
{
	AUTO(arena) arena = arena_new(8192);
	char tag[SECRET_TOKEN_LEN + 1], leave[SECRET_TOKEN_LEN + 1];
	struct notification letter;
	struct list list;
	struct store_row made;

	if (!list_by_id(op, arena, row_int(who, "list_id"), &list, err))
		return false;
	secret_token(op->key, "probe", probe_id, tag);
	secret_token(op->key, "leave", subscription_id, leave);
	letter = (struct notification){
		.kind = NOTIFICATION_PROBE,
		.once = arena_printf(arena, "probe:%" PRId64, probe_id),
		.sender = address_with(arena, list.address,
				       arena_printf(arena, "b-%s", tag)),
		.to_address = row_text(who, "address"),
		.from_address = list.address,
		.from_name = list.from_name,
		.reply_to = list.owner,
		.leave_token = leave,
		.list = &list,
		.values.leave_address = address_with(
			arena, list.address, arena_printf(arena, "leave-%s", leave)),
	};
	return notification_queue(op, &letter, NULL, err) &&
	       store_one(op->store, arena, &made, err, SQL_NOTIFICATION_KNOWN, "t",
			 letter.once) &&
	       store_run(op->store, err, SQL_PROBE_OPENED, "ii", probe_id,
			 row_int(&made, "id")) &&
	       audit_record(op, err, "probe queued", "subscription", subscription_id,
			    "probe %" PRId64, probe_id);
}

/* One that cannot be written must not hold up the others. */
static bool send_probe(struct operation *op, int64_t probe_id, int64_t subscription_id,
		       const struct store_row *who, struct err *err)
{
	return queue_probe(op, probe_id, subscription_id, who, err) ||
	       (notification_unmade(err) &&
		end_probe(op, probe_id, subscription_id, "unclear", err));
}

/* Silence is told from when the letter went; unsent at all, nothing is known. */
static bool listen(struct operation *op, const struct store_row *row, struct err *err)
{
	const struct settings *s = op->settings;
	int64_t id = row_int(row, "id"), subscription = row_int(row, "subscription_id");
	int64_t sent_at = row_int(row, "settled_at");
	bool sent = str_eq(row_text(row, "notification"), "sent");
	bool refused = str_eq(row_text(row, "notification"), "refused") ||
		       str_eq(row_text(row, "notification"), "skipped");

	if (sent && op->now < sent_at + s->probe_wait_s)
		return store_run(op->store, err, SQL_PROBE_LOOK_AT, "ii", id,
				 sent_at + s->probe_wait_s);
	if (!sent && !refused)
		return store_run(op->store, err, SQL_PROBE_LOOK_AT, "ii", id,
				 op->now + UNSENT_WAIT_S);
	return end_probe(op, id, subscription, sent ? "alive" : "unclear", err) &&
	       store_run(op->store, err, SQL_BOUNCE_SCORE_CLEAR, "iiit", subscription,
			 sent ? (int64_t)0 : s->bounce_points - 1,
			 sent ? sent_at : (int64_t)0, (char *)NULL);
}

static bool tend_probe(struct operation *op, const struct store_row *row, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	int64_t id = row_int(row, "id"), subscription = row_int(row, "subscription_id");
	const char *state;
	struct store_row who;

	if (!store_one(op->store, arena, &who, err, SQL_SUBSCRIPTION_BY_ID, "i",
		       subscription))
		return false;
	state = row_text(&who, "state");
	if (!str_eq(state, "active") && !str_eq(state, "paused"))
		return end_probe(op, id, subscription, "dropped", err);
	return str_eq(row_text(row, "state"), "due")
		       ? send_probe(op, id, subscription, &who, err)
		       : listen(op, row, err);
}

static bool tend_probes(struct operation *op, struct arena *arena, bool *did,
			struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_PROBES_TO_LOOK, "ii", op->now,
		       (int64_t)SOME))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!tend_probe(op, &row, err))
			return false;
		*did = true;
	}
	return true;
}

bool bounces_tend(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = NULL;
	struct store_row row;

	*out_did = false;
	if (!store_one(op->store, arena, &row, err, SQL_BOUNCES_TO_TEND, "i", op->now))
		return false;
	if (!row_int(&row, "any"))
		return true; /* most of the time, and without the writer's lock */
	t = store_begin(op->store, err);
	return t && forget_some(op, arena, out_did, err) &&
	       tend_probes(op, arena, out_did, err) && store_commit(&t, err);
}

static bool trip(struct operation *op, const struct store_row *b, int64_t next,
		 int64_t from, int64_t failed, int64_t looked_at, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	int64_t id = row_int(b, "id");
	struct store_row most, now;
	const char *why;

	if (!t || !store_one(op->store, arena, &now, err, SQL_BULLETIN_BY_ID, "i", id))
		return false;
	if (!str_eq(row_text(&now, "state"), "sending"))
		return true; /* a person was quicker */
	if (!store_one(op->store, arena, &most, err, SQL_BREAKER_REASON, "iii", id, next,
		       from))
		return false;
	why = arena_printf(
		arena,
		"%" PRId64 " of the last %" PRId64
		" mails were refused for good, more than "
		"%" PRId64
		" %%; most often: %s%s%s%s. Look at the relay and at what came back; "
		"then resume or cancel it",
		failed, looked_at, op->settings->breaker_share,
		bounce_reason_words(mail_reason_named(row_text(&most, "reason"))),
		row_null(&most, "status") ? "" : " (",
		str_or(row_text(&most, "status"), ""),
		row_null(&most, "status") ? "" : ")");
	return store_run(op->store, err, SQL_BULLETIN_STATE_SET, "itt", id, "on hold",
			 why) &&
	       store_run(op->store, err, SQL_BREAKER_TRIPPED, "ii", id, next) &&
	       audit_record(op, err, "bulletin put on hold", "bulletin", id, "%s", why) &&
	       store_commit(&t, err);
}

/* Of so many mails so many may fail, even when the list is shorter than the window. */
static bool too_many(const struct settings *s, int64_t failed, int64_t audience)
{
	int64_t rows = s->breaker_rows;

	if (audience > 0 && audience < rows)
		rows = audience;
	return failed >= BREAKER_FEWEST && failed * 100 > s->breaker_share * rows;
}

static bool look_at_one(struct operation *op, struct arena *arena,
			const struct store_row *b, bool *did, struct err *err)
{
	int64_t id = row_int(b, "id"), rows = op->settings->breaker_rows, next, from;
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_BREAKER_NEXT, "i", id))
		return err_forgive(err, ERR_ABSENT); /* nothing is left to hold */
	next = row_int(&row, "id");
	from = next - rows - BREAKER_IN_FLIGHT;
	if (from < row_int(b, "breaker_from"))
		from = row_int(b, "breaker_from");
	if (!store_one(op->store, arena, &row, err, SQL_BREAKER_WINDOW, "iiii", id, next,
		       from, rows))
		return false;
	if (!too_many(op->settings, row_int(&row, "failed"), row_int(b, "audience")))
		return true;
	*did = true;
	return trip(op, b, next, from, row_int(&row, "failed"), row_int(&row, "settled"),
		    err);
}

bool bulletin_circuit_breaker(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct store_table sending;

	*out_did = false;
	if (op->settings->breaker_share >= 100)
		return true;
	if (!store_all(op->store, arena, &sending, err, SQL_BREAKER_SENDING, ""))
		return false;
	for (size_t i = 0; i < sending.count; i++) {
		struct store_row row = table_row(&sending, i);

		if (!look_at_one(op, arena, &row, out_did, err))
			return false;
	}
	return true;
}
