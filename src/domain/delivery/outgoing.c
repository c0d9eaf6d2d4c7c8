#include "domain/delivery/outgoing_private.h"
#include "domain/delivery/bounce.h"
#include "base/str.h"

enum { REPLY_MOST = 500 };

struct outgoing *outgoing_new(struct operation *op)
{
	struct outgoing *o = calloc(1, sizeof(*o));

	if (!o)
		PANIC("no memory");
	o->op = op;
	o->turn = arena_new(1 << 16);
	buf_init(&o->signature, 1 << 16);
	return o;
}

void outgoing_free(struct outgoing **outgoing)
{
	if (!outgoing || !*outgoing)
		return;
	for (size_t i = 0; i < OUTGOING_BULLETINS; i++)
		outgoing_drop(&(*outgoing)->running[i]);
	arena_free(&(*outgoing)->turn);
	buf_clear(&(*outgoing)->signature);
	free(*outgoing);
	*outgoing = NULL;
}

void outgoing_sign_with(struct outgoing *o, const struct dkim_keys *keys)
{
	o->keys = keys;
}

static const struct {
	enum sql_id settle, defer, give_back, first_try, doubt;
} ledger[] = {
	[NOTIFICATION] = {SQL_NOTIFICATION_SETTLE, SQL_NOTIFICATION_DEFER,
			  SQL_NOTIFICATION_GIVE_BACK, SQL_NOTIFICATION_FIRST_TRY,
			  SQL_NOTIFICATION_DOUBT},
	[DELIVERY] = {SQL_DELIVERY_SETTLE, SQL_DELIVERY_DEFER, SQL_DELIVERY_GIVE_BACK,
		      SQL_DELIVERY_FIRST_TRY, SQL_DELIVERY_DOUBT},
};

static bool note_attempt(struct operation *a, const struct settled *s,
			 const char *outcome, struct err *err)
{
	return store_run(a->store, err, SQL_ATTEMPT_ADD, "zzittztt",
			 s->kind == DELIVERY ? s->id : (int64_t)0,
			 s->kind == NOTIFICATION ? s->id : (int64_t)0, a->now, s->relay,
			 outcome, (int64_t)s->answer.code, s->answer.status,
			 s->answer.text);
}

static bool to_doubt(struct operation *a, enum incoming_kind kind, int64_t id,
		     int64_t due_at, struct err *err)
{
	const char *state =
		a->settings->in_doubt == SETTINGS_DOUBT_HOLD ? "in doubt" : "deferred";

	return store_run(a->store, err, ledger[kind].doubt, "iti", id, state, due_at);
}

static bool recover_kind(struct outgoing *o, enum incoming_kind kind, int64_t *found,
			 struct err *err)
{
	struct operation *a = o->op;
	struct store_table t;

	if (!store_all(a->store, o->turn, &t, err,
		       kind == NOTIFICATION ? SQL_NOTIFICATION_FOUND_OPEN
					    : SQL_DELIVERY_FOUND_OPEN,
		       ""))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct settled s = {
			.kind = kind,
			.id = row_int(&row, "id"),
			.answer.text = "found under way with nobody sending it",
		};

		if (!note_attempt(a, &s, "found", err) ||
		    !to_doubt(a, kind, s.id, a->now, err))
			return false;
		(*found)++;
	}
	return true;
}

bool outgoing_recover(struct outgoing *o, int64_t *out_found, struct err *err)
{
	AUTO(store_txn) t = store_begin(o->op->store, err);

	*out_found = 0;
	arena_reset(o->turn);
	return t && recover_kind(o, NOTIFICATION, out_found, err) &&
	       recover_kind(o, DELIVERY, out_found, err) && store_commit(&t, err);
}

/* 1, 2, 4 ... times retry_first, never over retry_most. */
static int64_t back_off(const struct settings *s, int64_t attempts)
{
	int64_t wait = s->retry_first_s;

	for (int64_t i = 1; i < attempts && wait < s->retry_most_s; i++)
		wait *= 2;
	return wait < s->retry_most_s ? wait : s->retry_most_s;
}

static bool settle(struct operation *a, const struct settled *s, const char *state,
		   bool given_up, struct err *err)
{
	return store_run(a->store, err, ledger[s->kind].settle, "ititztti", s->id, state,
			 a->now, s->relay, (int64_t)s->answer.code, s->answer.status,
			 s->answer.text, (int64_t)given_up);
}

static bool defer(struct outgoing *o, const struct settled *s, struct err *err)
{
	struct operation *a = o->op;
	struct store_row row;

	if (!store_one(a->store, o->turn, &row, err, ledger[s->kind].first_try, "i",
		       s->id))
		return false;
	if (a->now - row_int(&row, "at") >= a->settings->retry_for_s)
		return settle(a, s, "refused", true, err);
	return note_attempt(a, s, "deferred", err) &&
	       store_run(a->store, err, ledger[s->kind].defer, "iitztt", s->id,
			 a->now + back_off(a->settings, row_int(&row, "attempts")),
			 s->relay, (int64_t)s->answer.code, s->answer.status,
			 s->answer.text);
}

/* The words on one line and not over long; nothing where there is nothing. */
static void cut_answer(struct smtp_answer *answer, char text[REPLY_MOST])
{
	str_copy(text, REPLY_MOST, answer->text);
	for (char *at = text; *at; at++)
		if ((unsigned char)*at < 0x20)
			*at = ' ';
	answer->text = *text || answer->code ? text : NULL;
	if (str_empty(answer->status))
		answer->status = NULL;
}

bool outgoing_settle(struct outgoing *o, const struct settled *settled, struct err *err)
{
	struct settled s = *settled;
	struct operation *a = o->op;
	char text[REPLY_MOST];

	cut_answer(&s.answer, text);
	switch (s.fate) {
	case SENT:
		return settle(a, &s, "sent", false, err) &&
		       (s.kind != DELIVERY || !store_changes(a->store) ||
			store_run(a->store, err, SQL_TALLY_SENT, "ii", s.id, a->now));
	case REFUSED:
		return settle(a, &s, "refused", false, err) &&
		       (s.kind == NOTIFICATION
				? bounce_notification_refused(a, s.id, &s.answer, err)
				: bounce_delivery_refused(a, s.id, &s.answer, err));
	case DEFERRED:
		return defer(o, &s, err);
	case UNSURE:
		return note_attempt(a, &s, "in doubt", err) &&
		       to_doubt(a, s.kind, s.id, a->now + a->settings->retry_first_s,
				err);
	case UNTOUCHED:
		return store_run(a->store, err, ledger[s.kind].give_back, "ii", s.id,
				 s.retry_at);
	}
	PANIC("no such outcome");
}

bool outgoing_waiting(struct outgoing *o, int64_t most, int64_t *out, struct err *err)
{
	struct store_rows rows;
	enum store_step step;
	int64_t until;

	*out = 0;
	if (!store_rows_begin(o->op->store, &rows, err, SQL_OUTGOING_WAITING, "iii",
			      o->op->now, most,
			      outgoing_quiet(o, &until) ? (int64_t)0 : most))
		return false;
	step = store_rows_next(&rows, err);
	if (step == STORE_FAILED)
		return false;
	if (step == STORE_ROW)
		*out = store_rows_int(&rows, 0);
	store_rows_end(&rows);
	return true;
}

bool outgoing_next_due(struct outgoing *o, int64_t *out_at, struct err *err)
{
	static const enum sql_id asked[] = {SQL_NOTIFICATION_NEXT_DUE,
					    SQL_DELIVERY_NEXT_DUE};

	*out_at = 0;
	for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
		struct store_rows rows;
		enum store_step step;
		int64_t at = 0, until;

		if (!store_rows_begin(o->op->store, &rows, err, asked[i], ""))
			return false;
		step = store_rows_next(&rows, err);
		if (step == STORE_FAILED)
			return false;
		if (step == STORE_ROW)
			at = store_rows_int(&rows, 0);
		store_rows_end(&rows);
		if (asked[i] == SQL_DELIVERY_NEXT_DUE && outgoing_quiet(o, &until) &&
		    at && at < until)
			at = until;
		if (at && (!*out_at || at < *out_at))
			*out_at = at;
	}
	return true;
}
