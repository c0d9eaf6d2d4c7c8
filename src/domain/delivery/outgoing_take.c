/* What goes out next: letters, then the ledger's rows, as far as the rate limit lets them. */
#include "base/clock.h"
#include "base/str.h"
#include "domain/admin/rights.h"
#include "domain/core/skip.h"
#include "domain/delivery/outgoing_private.h"
#include "domain/outcome/report_back_audience.h"

#include <inttypes.h>

enum {
	PUT_OFF_A_TURN = 2000, /* others want the store in between */
	QUIET_ASKED_EACH_S = 30,
	SKIPPED_MOST = 180,      /* minutes that clocks go forward, with room */
	NO_RELAY_WAIT_MS = 60000 /* a letter whose list names one that is not there */
};

enum look { TAKEN, PUT_OFF, SKIPPED, UNMADE, WITHDRAWN };

/* What the look at one row decided, carried out once the rows were read. */
struct decision {
	enum look look;
	int64_t id, due_at;
	enum skip skip;  /* of SKIPPED */
	const char *why; /* of UNMADE, WITHDRAWN */
};

struct claim {
	struct outgoing *outgoing;
	struct rate_limit *rate_limit;
	int64_t now_ms;
	struct incoming_mail *const *places;
	size_t most, count;
	struct decision *decisions;
	size_t decided, put_off;
	bool more;
};

static void decide(struct claim *c, struct decision decision)
{
	c->decisions = arena_grow(c->outgoing->turn, c->decisions, c->decided,
				  sizeof(*c->decisions));
	c->decisions[c->decided++] = decision;
	c->put_off += decision.look == PUT_OFF;
}

static int64_t due_at(const struct claim *c, int64_t at_ms)
{
	return c->outgoing->op->now + (at_ms - c->now_ms + 999) / 1000;
}

/* RATE_LIMIT_NO_ROOM leaves the row as it is and ends this look. */
static enum rate_limit_answer ask(struct claim *c, const char *relay, int64_t id,
				  const char *address, bool letter,
				  struct rate_limit_ticket *ticket)
{
	int64_t at_ms = c->now_ms + NO_RELAY_WAIT_MS;
	enum rate_limit_answer answer = RATE_LIMIT_LATER;

	if (outgoing_relay_known(c->outgoing, relay))
		answer = rate_limit_ask(c->rate_limit, c->now_ms,
					&(struct rate_limit_request){
						.only = relay,
						.address = address,
						.what = letter ? RATE_LIMIT_NOTIFICATION
							       : RATE_LIMIT_BULLETIN},
					ticket, &at_ms);
	if (answer == RATE_LIMIT_LATER)
		decide(c, (struct decision){
				  .look = PUT_OFF, .id = id, .due_at = due_at(c, at_ms)});
	return answer;
}

static bool carry_out(struct claim *c, enum sql_id take, enum sql_id put_off,
		      struct err *err)
{
	struct operation *a = c->outgoing->op;

	for (size_t i = 0; i < c->decided; i++) {
		const struct decision *d = &c->decisions[i];
		bool ok;

		if (d->look == TAKEN)
			ok = store_run(a->store, err, take, "ii", d->id, a->now);
		else if (d->look == PUT_OFF)
			ok = store_run(a->store, err, put_off, "ii", d->id, d->due_at);
		else if (d->look == SKIPPED)
			ok = store_run(a->store, err, SQL_DELIVERY_SKIP, "iit", d->id,
				       a->now, skip_name(d->skip));
		else if (d->look == WITHDRAWN)
			ok = store_run(a->store, err, SQL_NOTIFICATION_WITHDRAW, "iit",
				       d->id, a->now, d->why);
		else
			ok = store_run(a->store, err, SQL_DELIVERY_UNMADE, "iit", d->id,
				       a->now, d->why);
		if (!ok)
			return false;
	}
	c->decided = 0;
	c->decisions = NULL;
	return true;
}

/* ---- letters ---- */

static void take_letter(struct claim *c, const struct store_rows *rows,
			struct rate_limit_ticket ticket)
{
	struct incoming_mail *m = c->places[c->count++];
	int64_t id = store_rows_int(rows, 0);
	const void *bytes;
	size_t len;

	outgoing_ready(m, NOTIFICATION, id, store_rows_text(rows, 1),
		       store_rows_text(rows, 2));
	bytes = store_rows_bytes(rows, 3, &len);
	buf_add(&m->bytes, bytes, len);
	outgoing_finish(c->outgoing, m);
	m->ticket = ticket;
	decide(c, (struct decision){.look = TAKEN, .id = id});
}

/* A forward has waited: does somebody who has its address still work here, and may read it? */
static bool may_read_forward(struct claim *c, int64_t id, bool *out, struct err *err)
{
	struct operation *a = c->outgoing->op;
	AUTO(arena) arena = arena_new(2048);
	struct store_table people;

	*out = false;
	if (!store_all(a->store, arena, &people, err, SQL_NOTIFICATION_FORWARDED_TO, "i",
		       id))
		return false;
	for (size_t i = 0; !*out && i < people.count; i++) {
		struct store_row row = table_row(&people, i);
		int64_t of = row_int(&row, "consultation_id");
		int64_t list = row_int(&row, "list_id");
		struct rights rights;

		if (!rights_load(a, arena, row_int(&row, "staff_id"), &rights, err))
			return false;
		*out = rights_have(&rights,
				   row_null(&row, "response_id") ? RIGHT_SORT
								 : RIGHT_READ_RESPONSES,
				   of     ? rights_on_consultation(of)
				   : list ? rights_on_list(list)
					  : rights_everywhere());
	}
	return true;
}

/* A report back has waited: is whoever gets it still to be contacted? */
static bool may_be_told_back(struct claim *c, int64_t id, bool *out, struct err *err)
{
	struct operation *a = c->outgoing->op;
	AUTO(arena) arena = arena_new(1024);
	enum report_back_fate fate;
	struct store_row row;

	*out = false;
	if (!store_one(a->store, arena, &row, err, SQL_NOTIFICATION_TELLS_BACK, "i", id))
		return err_forgive(err, ERR_ABSENT);
	if (!report_back_fate_of(a, row_int(&row, "response_id"), &fate, err))
		return false;
	*out = fate == REPORT_BACK_GETS && str_eq(row_text(&row, "state"), "approved");
	return true;
}

/* Withdrawn, where nobody who may read it or wants it would get it any more. */
static bool look_again(struct claim *c, const struct store_rows *rows, bool *out_goes,
		       struct err *err)
{
	const char *kind = store_rows_text(rows, 5), *why = "they may no longer read it";
	int64_t id = store_rows_int(rows, 0);
	bool looked = true;

	*out_goes = true;
	if (str_eq(kind, "forward")) {
		looked = may_read_forward(c, id, out_goes, err);
	} else if (str_eq(kind, "report-back")) {
		looked = may_be_told_back(c, id, out_goes, err);
		why = "they are not to be contacted any more";
	}
	if (looked && !*out_goes)
		decide(c, (struct decision){.look = WITHDRAWN, .id = id, .why = why});
	return looked;
}

/* Digests and report backs are many: they come after the other letters and keep to the limits
 * of updates. */
static bool claim_letters(struct claim *c, bool digests, struct err *err)
{
	struct operation *a = c->outgoing->op;
	struct store_rows rows;
	enum store_step step = STORE_ROW;
	size_t seen = 0;

	if (!store_rows_begin(a->store, &rows, err,
			      digests ? SQL_NOTIFICATION_DUE_DIGEST
				      : SQL_NOTIFICATION_DUE,
			      "ii", a->now, (int64_t)(c->most + PUT_OFF_A_TURN)))
		return false;
	while (c->count < c->most && (step = store_rows_next(&rows, err)) == STORE_ROW) {
		struct rate_limit_ticket ticket;
		bool goes;

		seen++;
		if (!look_again(c, &rows, &goes, err)) {
			store_rows_end(&rows);
			return false;
		}
		if (goes &&
		    ask(c, store_rows_text(&rows, 4), store_rows_int(&rows, 0),
			store_rows_text(&rows, 2), !digests, &ticket) == RATE_LIMIT_GO)
			take_letter(c, &rows, ticket);
	}
	if (step == STORE_FAILED)
		return false;
	store_rows_end(&rows);
	return !seen ||
	       carry_out(c, SQL_NOTIFICATION_TAKE, SQL_NOTIFICATION_PUT_OFF, err);
}

/* ---- the ledger ---- */

static bool take_row(struct claim *c, struct outgoing_bulletin *r,
		     const struct outgoing_recipient *who,
		     struct rate_limit_ticket ticket, struct err *err)
{
	struct incoming_mail *m = c->places[c->count];
	struct err why = {0};

	if (outgoing_fill(c->outgoing, r, who, m, &why)) {
		m->ticket = ticket;
		c->count++;
		decide(c, (struct decision){.look = TAKEN, .id = who->delivery_id});
		return true;
	}
	rate_limit_done(c->rate_limit, c->now_ms, &ticket, NULL);
	if (why.kind != ERR_INPUT) {
		*err = why;
		return false;
	}
	decide(c, (struct decision){.look = UNMADE,
				    .id = who->delivery_id,
				    .why = arena_strdup(c->outgoing->turn, why.text)});
	return true;
}

static bool look_at_row(struct claim *c, struct outgoing_bulletin *r,
			const struct store_rows *rows, enum rate_limit_answer *out_answer,
			struct err *err)
{
	struct outgoing_recipient who = {
		.delivery_id = store_rows_int(rows, 0),
		.subscription_id = store_rows_int(rows, 1),
		.choice = bulletin_choice(&r->bulletin, store_rows_int(rows, 3)),
		.all_topics = store_rows_int(rows, 4) == 1,
		.address = store_rows_text(rows, 5),
		.name = store_rows_text(rows, 6),
	};
	struct rate_limit_ticket ticket;
	bool active = store_rows_int(rows, 2) == 1;

	*out_answer = RATE_LIMIT_GO;
	if (!active || !bulletin_wanted(r->bulletin.source,
					who.all_topics ? BULLETIN_ALL : who.choice)) {
		decide(c,
		       (struct decision){.look = SKIPPED,
					 .id = who.delivery_id,
					 .skip = active ? SKIP_TOPICS : SKIP_NOT_ACTIVE});
		return true;
	}
	*out_answer = ask(c, r->bulletin.list.relay, who.delivery_id, who.address, false,
			  &ticket);
	return *out_answer != RATE_LIMIT_GO || take_row(c, r, &who, ticket, err);
}

static bool claim_bulletin(struct claim *c, int64_t id, struct err *err)
{
	struct outgoing *o = c->outgoing;
	enum rate_limit_answer answer = RATE_LIMIT_GO;
	struct outgoing_bulletin *r;
	struct store_rows rows;

	if (!outgoing_bulletin_of(o, id, &r, err))
		return false;
	if (!r)
		return true;
	r->used = o->turns;
	if (!store_rows_begin(o->op->store, &rows, err, SQL_DELIVERY_DUE, "iii", id,
			      o->op->now, (int64_t)(c->most - c->count + PUT_OFF_A_TURN)))
		return false;
	while (c->count < c->most && c->put_off < PUT_OFF_A_TURN &&
	       answer != RATE_LIMIT_NO_ROOM) {
		enum store_step step = store_rows_next(&rows, err);

		if (step == STORE_FAILED)
			return false;
		if (step == STORE_END)
			break;
		if (!look_at_row(c, r, &rows, &answer, err)) {
			store_rows_end(&rows);
			return false;
		}
	}
	c->more = c->more || rows.statement;
	store_rows_end(&rows);
	return carry_out(c, SQL_DELIVERY_TAKE, SQL_DELIVERY_PUT_OFF, err);
}

/*
 * The day's text and a time of it -> unix seconds. A time that the clocks skip is the
 * first one after it that they show.
 */
static int64_t on_day(const char *local, const char *clock, const char *zone)
{
	int minutes = ((clock[0] - '0') * 10 + clock[1] - '0') * 60 +
		      (clock[3] - '0') * 10 + clock[4] - '0';
	struct err ignored;
	int64_t at = 0;

	for (int later = 0; later < SKIPPED_MOST && minutes < 24 * 60; later++) {
		char text[CLOCK_TEXT];

		(void)snprintf(text, sizeof(text), "%.10s %02d:%02d", local, minutes / 60,
			       minutes % 60);
		if (clock_from_local(text, zone, &at, NULL, &ignored))
			return at;
		minutes++;
	}
	return at;
}

bool outgoing_quiet(struct outgoing *o, int64_t *out_until)
{
	const struct settings *s = o->op->settings;
	int64_t now = o->op->now;
	char local[CLOCK_TEXT], tomorrow[CLOCK_TEXT];
	int64_t from, to;

	*out_until = o->quiet_until;
	if (!*s->quiet)
		return false;
	if (now < o->quiet_asked_at + QUIET_ASKED_EACH_S && now >= o->quiet_asked_at)
		return o->quiet_until > now;
	o->quiet_asked_at = now;
	clock_local(now, s->zone, local);
	/* From noon, since a day has 23 to 25 hours. */
	clock_local(on_day(local, "12:00", s->zone) + DAY_S, s->zone, tomorrow);
	from = on_day(local, s->quiet, s->zone);
	to = on_day(local, s->quiet + 6, s->zone);
	if (from <= to) /* within one day */
		o->quiet_until = now >= from && now < to ? to : 0;
	else if (now < to)
		o->quiet_until = to;
	else
		o->quiet_until =
			now >= from ? on_day(tomorrow, s->quiet + 6, s->zone) : 0;
	*out_until = o->quiet_until;
	return o->quiet_until > now;
}

static bool claim_rows(struct claim *c, struct err *err)
{
	struct outgoing *o = c->outgoing;
	struct store_table sending;
	int64_t until;

	if (outgoing_quiet(o, &until))
		return true;
	if (!store_all(o->op->store, o->turn, &sending, err, SQL_BULLETIN_SENDING, ""))
		return false;
	for (size_t i = 0; c->count < c->most && i < sending.count; i++) {
		struct store_row row = table_row(&sending, i);

		if (!claim_bulletin(c, row_int(&row, "id"), err))
			return false;
	}
	return true;
}

bool outgoing_take(struct outgoing *o, struct outgoing_taking *taking, struct err *err)
{
	struct claim c = {.outgoing = o,
			  .rate_limit = taking->rate_limit,
			  .now_ms = taking->now_ms,
			  .places = taking->places,
			  .most = taking->most};
	bool ok;

	arena_reset(o->turn);
	o->turns++;
	ok = !taking->most ||
	     (claim_letters(&c, false, err) &&
	      (c.count == taking->most || claim_letters(&c, true, err)) &&
	      (c.count == taking->most || claim_rows(&c, err)));
	if (!ok) /* the transaction is undone, so are the tickets */
		for (size_t i = 0; i < c.count; i++)
			rate_limit_done(taking->rate_limit, taking->now_ms,
					&taking->places[i]->ticket, NULL);
	taking->count = ok ? c.count : 0;
	taking->more = c.more || c.count == taking->most;
	return ok;
}
