/* Why did somebody get an update, or not? One sentence for each case. */
#include "base/str.h"
#include "domain/bulletins/bulletin.h"
#include "domain/core/plus_address.h"
#include "domain/core/bounce_words.h"
#include "domain/core/skip.h"
#include "domain/delivery/bounce_private.h"
#include "domain/delivery/outgoing.h"
#include "domain/delivery/timeline_private.h"

#include <inttypes.h>

struct question {
	struct operation *op;
	struct arena *arena;
	const char *address;
	struct bulletin bulletin;
	struct store_row subscription;
	int64_t approved_at; /* of the approval it went out by */
	struct delivery_told *out;
};

static bool say(struct question *q, enum delivery_reason why, const char *answer,
		const char *format, ...) PRINTF_LIKE(4, 5);
static bool say(struct question *q, enum delivery_reason why, const char *answer,
		const char *format, ...)
{
	AUTO(buf) text = buf_new(2000);
	va_list args;

	va_start(args, format);
	buf_vprintf(text, format, args);
	va_end(args);
	q->out->why = why;
	q->out->because = arena_strdup(q->arena, buf_text(text));
	q->out->words = arena_printf(q->arena, "%s: %s", answer, q->out->because);
	return true;
}

static const char *when(struct question *q, int64_t at)
{
	return timeline_when(q->op, q->arena, at);
}

const char *delivery_reason_name(enum delivery_reason why)
{
	static const char *const names[] = {[DELIVERY_REASON_SENT] = "sent",
					    [DELIVERY_REASON_COMING] = "coming",
					    [DELIVERY_REASON_DOUBT] = "doubt",
					    [DELIVERY_REASON_REFUSED] = "refused",
					    [DELIVERY_REASON_SKIPPED] = "skipped",
					    [DELIVERY_REASON_NEVER] = "never",
					    [DELIVERY_REASON_LATER] = "later",
					    [DELIVERY_REASON_NOT_ACTIVE] = "not active",
					    [DELIVERY_REASON_TOPICS] = "topics",
					    [DELIVERY_REASON_DIGEST] = "digest",
					    [DELIVERY_REASON_NOT_OUT] = "not out",
					    [DELIVERY_REASON_CANCELLED] = "cancelled",
					    [DELIVERY_REASON_UNKNOWN] = "unknown"};

	return names[why];
}

/* ---- a row of the ledger is there ---- */

static enum delivery_reason why_skipped(enum skip skip)
{
	switch (skip) {
	case SKIP_CANCELLED:
		return DELIVERY_REASON_CANCELLED;
	case SKIP_TOPICS:
		return DELIVERY_REASON_TOPICS;
	case SKIP_PAUSED:
		return DELIVERY_REASON_NOT_ACTIVE;
	default:
		return DELIVERY_REASON_SKIPPED;
	}
}

static enum delivery_reason why_of_row(const struct store_row *row)
{
	const char *state = row_text(row, "state");

	if (str_eq(state, "sent"))
		return DELIVERY_REASON_SENT;
	if (str_eq(state, "refused"))
		return DELIVERY_REASON_REFUSED;
	if (str_eq(state, "in doubt"))
		return DELIVERY_REASON_DOUBT;
	if (str_eq(state, "digest"))
		return DELIVERY_REASON_DIGEST;
	if (str_eq(state, "skipped"))
		return why_skipped(skip_named(row_text(row, "skip_reason")));
	return DELIVERY_REASON_COMING;
}

static bool from_ledger(struct question *q, const struct store_row *row, struct err *err)
{
	const char *number = arena_printf(q->arena, "No. %" PRId64, q->bulletin.number);
	const char *words = timeline_mail(q->op, q->arena, row, number);
	enum delivery_reason why = why_of_row(row);
	struct store_row bounce;

	if (why == DELIVERY_REASON_COMING &&
	    (str_eq(q->bulletin.state, "paused") || str_eq(q->bulletin.state, "on hold")))
		return say(q, why, "Not yet", "%s, and the bulletin is %s%s%s.", words,
			   q->bulletin.state, q->bulletin.hold_reason ? ": " : "",
			   str_or(q->bulletin.hold_reason, ""));
	if (why == DELIVERY_REASON_COMING)
		return say(q, why, "Not yet", "%s.", words);
	if (why == DELIVERY_REASON_DOUBT)
		return say(q, why, "Perhaps", "%s.", words);
	if (why == DELIVERY_REASON_DIGEST)
		return say(q, why, "Not by itself", "%s.", words);
	if (why != DELIVERY_REASON_SENT)
		return say(q, why, "No", "%s.", words);
	if (!store_one(q->op->store, q->arena, &bounce, err, SQL_WHY_BOUNCED, "i",
		       row_int(row, "id")))
		return err_forgive(err, ERR_ABSENT) &&
		       say(q, why, "Yes, as far as we know", "%s.", words);
	return say(q, DELIVERY_REASON_REFUSED, "Probably not",
		   "%s, but it came back on %s: %s (\"%.200s\").", words,
		   when(q, row_int(&bounce, "at")),
		   bounce_reason_words(mail_reason_named(row_text(&bounce, "reason"))),
		   str_or(row_text(&bounce, "diagnostic"), "no words"));
}

/* ---- there is none ---- */

static bool is_one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (str_eq(word, *list))
			return true;
	return false;
}

/* The newest act of the evidence that decided whether they were active at a time. */
static bool standing_at(struct question *q, int64_t at, struct store_row *out,
			bool *out_any, struct err *err)
{
	static const char *const deciding[] = {
		"asked",      "confirmed",    "added",   "imported", "accepted",
		"refused",    "unsubscribed", "removed", "bouncing", "paused",
		"suppressed", "resumed",      "erased",  NULL};
	struct store_table rows;

	*out_any = false;
	if (!store_all(q->op->store, q->arena, &rows, err, SQL_WHY_EVIDENCE, "ii",
		       row_int(&q->subscription, "id"), at))
		return false;
	for (size_t i = 0; i < rows.count && !*out_any; i++) {
		*out = table_row(&rows, i);
		*out_any = is_one_of(row_text(out, "event"), deciding);
	}
	return true;
}

static bool joined_later(struct question *q)
{
	int64_t since = row_int(&q->subscription, "active_since");

	if (!since)
		return say(q, DELIVERY_REASON_NEVER, "No",
			   "%s never became a subscriber of %s (%s).", q->address,
			   q->bulletin.list.name, row_text(&q->subscription, "state"));
	return say(
		q, DELIVERY_REASON_LATER, "No",
		"%s became a subscriber on %s, after No. %" PRId64 " was approved on %s.",
		q->address, when(q, since), q->bulletin.number, when(q, q->approved_at));
}

/* They were active when it was approved, and still it passed them by. */
static bool was_active(struct question *q, struct err *err)
{
	static const enum sql_id gone = SQL_GONE_BETWEEN;
	const struct bulletin *b = &q->bulletin;
	int64_t id = row_int(&q->subscription, "id"), changed;
	int64_t until = b->finished_at ? b->finished_at : q->op->now;
	bool all = row_int(&q->subscription, "all_topics") == 1;
	uint64_t choice = bulletin_choice(b, row_int(&q->subscription, "topics"));
	struct store_row row;

	if (store_one(q->op->store, q->arena, &row, err, gone, "iii", id, q->approved_at,
		      until))
		return say(q, DELIVERY_REASON_NOT_ACTIVE, "No",
			   "%s %s on %s, after No. %" PRId64
			   " was approved and before it went out.",
			   q->address,
			   timeline_act(q->arena, row_text(&row, "event"),
					row_text(&row, "how")),
			   when(q, row_int(&row, "at")), b->number);
	if (!err_forgive(err, ERR_ABSENT) ||
	    !store_one(q->op->store, q->arena, &row, err, SQL_TOPICS_CHANGED_AFTER, "ii",
		       id, q->approved_at))
		return false;
	changed = row_int(&row, "at");
	if (changed)
		return say(q, DELIVERY_REASON_TOPICS, "No",
			   "%s had other topics then, on which No. %" PRId64
			   " has no section; they were changed on %s.",
			   q->address, b->number, when(q, changed));
	if (!bulletin_wanted(b->source, all ? BULLETIN_ALL : choice))
		return say(q, DELIVERY_REASON_TOPICS, "No",
			   "%s has chosen %s, and No. %" PRId64
			   " has no section on that.",
			   q->address,
			   topics_titles(&b->list, q->arena,
					 row_int(&q->subscription, "topics")),
			   b->number);
	if (str_eq(b->state, "cancelled"))
		return say(q, DELIVERY_REASON_CANCELLED, "No",
			   "No. %" PRId64 " was cancelled before their turn.", b->number);
	return say(q, DELIVERY_REASON_UNKNOWN, "No",
		   "there is no row for %s in the ledger of No. %" PRId64
		   ", and nothing on record says why.",
		   q->address, b->number);
}

static bool without_row(struct question *q, struct err *err)
{
	const struct bulletin *b = &q->bulletin;
	struct store_row act;
	const char *what;
	bool any;

	if (!b->filled && !str_eq(b->state, "cancelled"))
		return say(q, DELIVERY_REASON_COMING, "Not yet",
			   "the ledger of No. %" PRId64
			   " is being written; ask again in a minute.",
			   b->number);
	if (!standing_at(q, q->approved_at, &act, &any, err))
		return false;
	if (!any)
		return joined_later(q);
	what = row_text(&act, "event");
	if (str_eq(what, "asked") || str_eq(what, "refused"))
		return row_int(&q->subscription, "active_since") > q->approved_at
			       ? joined_later(q)
			       : say(q, DELIVERY_REASON_NEVER, "No",
				     "%s had asked to join, but had not become a subscriber "
				     "when No. %" PRId64 " was approved on %s.",
				     q->address, b->number, when(q, q->approved_at));
	if (is_one_of(what,
		      (const char *const[]){"unsubscribed", "removed", "bouncing",
					    "paused", "suppressed", "erased", NULL}))
		return say(q, DELIVERY_REASON_NOT_ACTIVE, "No",
			   "%s %s on %s, before No. %" PRId64 " was approved.",
			   q->address,
			   timeline_act(q->arena, what, row_text(&act, "how")),
			   when(q, row_int(&act, "at")), b->number);
	return was_active(q, err);
}

static bool not_out(struct question *q)
{
	const struct bulletin *b = &q->bulletin;

	if (str_eq(b->state, "scheduled"))
		return say(q, DELIVERY_REASON_NOT_OUT, "Not yet",
			   "No. %" PRId64 " is to go out on %s.", b->number,
			   when(q, b->due_at));
	return say(q, DELIVERY_REASON_NOT_OUT,
		   str_eq(b->state, "cancelled") ? "No" : "Not yet",
		   "No. %" PRId64 " %s%s%s.", b->number,
		   str_eq(b->state, "cancelled")
			   ? "was cancelled before it went out"
			   : arena_printf(q->arena, "is %s", b->state),
		   b->hold_reason ? ": " : "", str_or(b->hold_reason, ""));
}

bool delivery_reason_find(struct operation *op, struct arena *arena,
			  const struct delivery_asked *asked, struct delivery_told *out,
			  struct err *err)
{
	struct question q = {.op = op, .arena = arena, .out = out};
	struct store_row row;
	const char *key;

	if (!address_read(arena, asked->address, &key, &q.address, err) ||
	    !bulletin_load(op, arena, asked->list, asked->number, &q.bulletin, err))
		return false;
	if (!store_one(op->store, arena, &q.subscription, err, SQL_SUBSCRIPTION_BY_KEY,
		       "it", q.bulletin.list.id, key))
		return err_forgive(err, ERR_ABSENT) &&
		       say(&q, DELIVERY_REASON_NEVER, "No",
			   "%s was never on the list %s.", q.address,
			   q.bulletin.list.name);
	if (store_one(op->store, arena, &row, err, SQL_WHY_LEDGER, "ii", q.bulletin.id,
		      row_int(&q.subscription, "id")))
		return from_ledger(&q, &row, err);
	if (!err_forgive(err, ERR_ABSENT))
		return false;
	if (!q.bulletin.started_at)
		return not_out(&q);
	q.approved_at = q.bulletin.started_at;
	if (store_one(op->store, arena, &row, err, SQL_APPROVAL_LAST, "i", q.bulletin.id))
		q.approved_at = row_int(&row, "at");
	else if (!err_forgive(err, ERR_ABSENT))
		return false;
	return without_row(&q, err);
}
