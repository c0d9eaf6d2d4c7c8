#include "domain/delivery/bulletin_progress.h"
#include "domain/delivery/bounce_private.h"
#include "domain/core/bounce_words.h"
#include "domain/delivery/outgoing.h"
#include "base/calendar.h"
#include "base/str.h"
#include "classify/reason.h"

#include <inttypes.h>

enum {
	WORDS_READ = 2000, /* different replies looked at */
	GROUPS_MOST = 20,  /* of each state */
	MINUTES_MOST = 120,
	AFTER_S = 30 * DAY_S, /* what comes back later is not told */
	KEY_MOST = 200,
	WORDS_MOST = 1000 /* of one reply */
};

/* ---- failures ---- */

/* A reply without what differs from one recipient to the next. */
static void reply_key(const char *reply, char key[KEY_MOST])
{
	size_t len = 0;

	for (const char *at = reply; *at && len < KEY_MOST - 4;) {
		size_t word = strcspn(at, " \t<>()[]\"'"), digits = 0;
		bool is_own = memchr(at, '@', word) != NULL, is_code;

		for (size_t i = 0; i < word; i++)
			digits += str_is_digit(at[i]);
		is_code = digits == word ? word <= 3
					 : strspn(at, "0123456789.") == word && word <= 9;
		is_own = is_own || (digits > 2 && !is_code);
		if (is_own)
			key[len++] = '~';
		else
			for (size_t i = 0; i < word && len < KEY_MOST - 4; i++)
				key[len++] = str_lower_char(at[i]);
		at += word;
		if (*at)
			key[len++] = *at++;
	}
	key[len] = '\0';
}

/* One row of the statement ledger_trouble. */
struct trouble {
	const char *state, *skipped, *words;
	int64_t code, n;
	bool given_up;
};

static const char *reason_of(struct arena *arena, const struct trouble *t)
{
	struct mail_failed_recipient f = {.action = "failed", .diagnostic = t->words};

	if (str_eq(t->state, "skipped"))
		return str_or(t->skipped, "no reason on record");
	if (t->given_up)
		return bounce_reason_words(MAIL_REASON_EXPIRED);
	if (!t->code)
		return "said by our own program";
	reason_decide(arena, NULL, &f);
	return bounce_reason_words(f.reason);
}

struct groups {
	struct failed_deliveries list[GROUPS_MOST];
	char keys[GROUPS_MOST][KEY_MOST];
	size_t count;
	int64_t told;
};

static void add_to_group(struct arena *arena, struct groups *g, const struct trouble *t)
{
	char key[KEY_MOST];
	size_t at = 0;

	reply_key(t->words, key);
	while (at < g->count && !str_eq(g->keys[at], key))
		at++;
	if (at == GROUPS_MOST)
		return; /* into "other" */
	if (at == g->count) {
		g->list[g->count++] =
			(struct failed_deliveries){.state = t->state,
						   .reason = reason_of(arena, t),
						   .words = t->words};
		str_copy(g->keys[at], KEY_MOST, key);
	}
	g->list[at].count += t->n;
	g->told += t->n;
}

static void put_failure(struct arena *arena, struct delivery_progress *p,
			struct failed_deliveries one)
{
	size_t at = p->failure_count;

	p->failures = arena_grow(arena, p->failures, at, sizeof(*p->failures));
	for (; at && p->failures[at - 1].count < one.count; at--)
		p->failures[at] = p->failures[at - 1];
	p->failures[at] = one;
	p->failure_count++;
}

static struct trouble trouble_of(struct arena *arena, const char *state,
				 const struct store_row *row)
{
	struct smtp_answer answer = {(int)row_int(row, "reply_code"),
				     row_text(row, "reply_status"),
				     row_text(row, "reply_text")};
	struct trouble t = {.state = state,
			    .skipped = row_text(row, "skipped"),
			    .code = answer.code,
			    .n = row_int(row, "n"),
			    .given_up = row_int(row, "given_up") == 1};
	char words[WORDS_MOST];

	smtp_answer_words(&answer, words, sizeof(words));
	t.words = str_eq(state, "skipped")
			  ? str_or(t.skipped, "")
			  : arena_printf(arena, "%s%s",
					 t.given_up ? "given up after many tries: " : "",
					 words);
	return t;
}

static bool add_failures(struct operation *op, struct arena *arena, int64_t id,
			 const char *state, int64_t all, struct delivery_progress *p,
			 struct err *err)
{
	struct groups *g = arena_make(arena, struct groups, 1);
	struct store_table t;
	struct trouble one;

	if (!all)
		return true;
	if (!store_all(op->store, arena, &t, err, SQL_LEDGER_TROUBLE, "iti", id, state,
		       (int64_t)WORDS_READ))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		one = trouble_of(arena, state, &row);
		add_to_group(arena, g, &one);
	}
	for (size_t i = 0; i < g->count; i++)
		put_failure(arena, p, g->list[i]);
	if (all > g->told)
		put_failure(arena, p,
			    (struct failed_deliveries){.state = state,
						       .reason = "other",
						       .words = "",
						       .count = all - g->told});
	return true;
}

/* ---- counts ---- */

/* What is not settled, not under way and in no digest has its turn still to come. */
static bool add_counts(struct operation *op, struct arena *arena,
		       const struct bulletin *b, struct delivery_progress *p,
		       struct err *err)
{
	struct store_table t;
	struct store_row row;
	int64_t rest;

	if (!store_all(op->store, arena, &t, err, SQL_TALLY_OF, "i", b->id) ||
	    !store_one(op->store, arena, &row, err, SQL_LEDGER_SMALL_COUNTS, "ii", b->id,
		       b->started_at))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row one = table_row(&t, i);

		if (str_eq(row_text(&one, "state"), "sent"))
			p->sent = row_int(&one, "n");
		else
			p->digest = row_int(&one, "n");
	}
	p->rows = row_int(&row, "ledger_rows");
	p->sending = row_int(&row, "sending");
	p->doubt = row_int(&row, "doubt");
	p->refused = row_int(&row, "refused");
	p->skipped = row_int(&row, "skipped");
	p->deferred = row_int(&row, "deferred");
	p->doubted = row_int(&row, "doubted");
	rest = p->rows - p->sent - p->refused - p->skipped - p->deferred - p->sending -
	       p->doubt;
	/* Who leaves before a digest is skipped: fewer are in it than were filled. */
	if (str_eq(b->state, "sent") || str_eq(b->state, "cancelled") || rest < p->digest)
		p->digest = rest;
	p->queued = rest - p->digest;
	return true;
}

/* The last whole minute's share and the running one make sixty seconds. */
static int64_t rate_of(const struct delivery_progress *p, int64_t now)
{
	int64_t into = now % 60, rate = 0;

	for (size_t i = 0; i < p->minute_count; i++) {
		if (p->minutes[i].at == now - into)
			rate += p->minutes[i].sent;
		else if (p->minutes[i].at == now - into - 60)
			rate += p->minutes[i].sent * (60 - into) / 60;
	}
	return rate;
}

static bool add_minutes(struct operation *op, struct arena *arena, int64_t id,
			struct delivery_progress *p, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_TALLY_MINUTES, "ii", id,
		       (int64_t)MINUTES_MOST))
		return false;
	p->minutes = arena_make(arena, struct delivery_progress_minute, t.count + 1);
	p->minute_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		p->minutes[t.count - 1 - i] = (struct delivery_progress_minute){
			row_int(&row, "minute") * 60, row_int(&row, "n")};
	}
	p->rate = rate_of(p, op->now);
	return true;
}

static void add_end(const struct bulletin *b, int64_t now, struct delivery_progress *p)
{
	int64_t all = !p->filled && p->audience > p->rows ? p->audience : p->rows;
	int64_t settled = p->sent + p->refused + p->skipped + p->digest;

	p->percent = all ? (int)(settled * 100 / all) : 0;
	if (p->rate && str_eq(b->state, "sending") && all > settled)
		p->ends_at = now + (all - settled) * 60 / p->rate;
}

static bool tell(struct operation *op, struct arena *arena, const struct bulletin *b,
		 struct delivery_progress *out, struct err *err)
{
	struct delivery_progress p = {.state = b->state,
				      .hold_reason = b->hold_reason,
				      .filled = b->filled,
				      .due_at = b->due_at,
				      .started_at = b->started_at,
				      .finished_at = b->finished_at};
	struct store_row row;

	if (store_one(op->store, arena, &row, err,
		      b->started_at ? SQL_APPROVAL_LAST : SQL_APPROVAL_IN_FORCE, "i",
		      b->id))
		p.audience = row_int(&row, "audience");
	else if (!err_forgive(err, ERR_ABSENT))
		return false;
	if (!add_counts(op, arena, b, &p, err) ||
	    !add_minutes(op, arena, b->id, &p, err) ||
	    !outgoing_on_hold(op, arena, b, &p.held, &p.held_count, err) ||
	    !add_failures(op, arena, b->id, "refused", p.refused, &p, err) ||
	    !add_failures(op, arena, b->id, "deferred", p.deferred, &p, err) ||
	    !add_failures(op, arena, b->id, "skipped", p.skipped, &p, err))
		return false;
	add_end(b, op->now, &p);
	*out = p;
	return true;
}

bool bulletin_progress(struct operation *op, struct arena *arena, const char *list,
		       int64_t number, struct delivery_progress *out, struct err *err)
{
	struct bulletin b;

	return bulletin_load(op, arena, list, number, &b, err) &&
	       tell(op, arena, &b, out, err);
}

/* ---- the report ---- */

static bool add_bounces(struct operation *op, struct arena *arena, int64_t id,
			struct bulletin_report_of *r, int64_t until, struct err *err)
{
	struct store_table t;
	struct store_row row;

	if (!store_all(op->store, arena, &t, err, SQL_REPORT_BOUNCES, "iiii", id,
		       r->progress.started_at, until, (int64_t)GROUPS_MOST) ||
	    !store_one(op->store, arena, &row, err, SQL_REPORT_COMPLAINTS, "iii", id,
		       r->progress.started_at, until))
		return false;
	r->complaints = row_int(&row, "n");
	r->bounces = arena_make(arena, struct failed_deliveries, t.count + 1);
	r->bounce_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row one = table_row(&t, i);

		r->bounces[i] = (struct failed_deliveries){
			.state = "came back",
			.reason = bounce_reason_words(
				mail_reason_named(row_text(&one, "reason"))),
			.words = str_or(row_text(&one, "words"), ""),
			.count = row_int(&one, "n")};
		r->came_back += r->bounces[i].count;
	}
	return true;
}

static bool add_reasons(struct operation *op, struct arena *arena, int64_t id,
			struct bulletin_report_of *r, int64_t until, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_REPORT_REASONS, "iii", id,
		       r->progress.started_at, until))
		return false;
	r->reasons = arena_make(arena, struct leaving_count, t.count + 1);
	r->reason_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		r->reasons[i] = (struct leaving_count){row_text(&row, "reason"),
						       row_int(&row, "n")};
	}
	return true;
}

static bool add_afterwards(struct operation *op, struct arena *arena,
			   const struct bulletin *b, struct bulletin_report_of *r,
			   struct err *err)
{
	int64_t begun = b->started_at, until;
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_BEGAN_AFTER, "ii",
		       b->list.id, begun))
		return false;
	r->until_at = row_int(&row, "at");
	until = r->until_at ? r->until_at : op->now + 1;
	if (until > begun + AFTER_S)
		until = begun + AFTER_S;
	if (!store_one(op->store, arena, &row, err, SQL_REPORT_GONE, "iii", b->id, begun,
		       until))
		return false;
	r->left = row_int(&row, "left_it");
	r->stopped = row_int(&row, "stopped");
	if (!add_reasons(op, arena, b->id, r, until, err))
		return false;
	if (!store_one(op->store, arena, &row, err, SQL_LEDGER_WAITED, "ii", b->id,
		       begun))
		return false;
	r->waited_rows = row_int(&row, "n");
	r->waited_most_s = row_int(&row, "most");
	if (r->progress.minute_count)
		r->last_sent_at = r->progress.minutes[r->progress.minute_count - 1].at;
	return add_bounces(op, arena, b->id, r, begun + AFTER_S, err);
}

bool bulletin_report(struct operation *op, struct arena *arena, const char *list,
		     int64_t number, struct bulletin_report_of *out, struct err *err)
{
	struct bulletin_report_of r = {0};
	struct bulletin b;
	struct store_row row;

	if (!bulletin_load(op, arena, list, number, &b, err))
		return false;
	if (!b.started_at)
		return err_set(err, ERR_CONFLICT,
			       "%s #%" PRId64 " is %s: there is nothing to report yet",
			       list, number, b.state);
	if (!tell(op, arena, &b, &r.progress, err) ||
	    !store_one(op->store, arena, &row, err, SQL_BULLETIN_PEOPLE, "i", b.id))
		return false;
	r.list = b.list.name;
	r.title = b.title;
	r.number = b.number;
	r.drafted_by = row_text(&row, "drafted_by");
	r.approved_by = str_or(row_text(&row, "approved_by"), "");
	r.approved_at = row_int(&row, "approved_at");
	if (!add_afterwards(op, arena, &b, &r, err))
		return false;
	*out = r;
	return true;
}
