#include "domain/safeguarding/flag.h"
#include "domain/core/audit.h"
#include "domain/core/undo.h"
#include "domain/safeguarding/flag_private.h"
#include "base/str.h"

#include <inttypes.h>

enum { TAKEN_UP_AT_ONCE = 500 };

/* A flag as it is to be. */
struct flag_next {
	const char *state, *outcome;
	int64_t round, raised_at, due_at, seen_at, closed_at;
};

static bool set(struct operation *op, int64_t id, const struct flag_next *n,
		struct err *err)
{
	return store_run(op->store, err, SQL_FLAG_SET, "itiiizzt", id, n->state, n->round,
			 n->raised_at, n->due_at, n->seen_at, n->closed_at, n->outcome);
}

static struct flag_next as_it_is(const struct flag *f)
{
	return (struct flag_next){f->state,  f->outcome, f->round,    f->raised_at,
				  f->due_at, f->seen_at, f->closed_at};
}

static struct flag_next of_new_round(const struct operation *op, const struct flag *f)
{
	return (struct flag_next){.state = "open",
				  .round = f->round + 1,
				  .raised_at = op->now,
				  .due_at = op->now + op->settings->seen_within_s};
}

static bool check_text(const char *text, struct err *err)
{
	size_t len = strlen(text);

	if (!str_utf8_valid(text, len))
		return err_set(err, ERR_INPUT, "the text is not UTF-8");
	return str_utf8_count(text, SIZE_MAX) <= FLAG_TEXT_MOST ||
	       err_set(err, ERR_INPUT, "write at most %d characters", FLAG_TEXT_MOST);
}

/* Of those who deal with it; inside the transaction of what they do. */
static bool find_for(struct operation *op, struct arena *arena, int64_t id,
		     struct flag *out, struct err *err)
{
	return needs_staff(op, err) && flag_find(op, arena, id, out, err) &&
	       rights_ask(op, RIGHT_SAFEGUARD, out->scope, err);
}

static bool knows(const struct operation *op, const struct flag *f)
{
	struct err ignored = {0};

	return rights_ask(op, RIGHT_SAFEGUARD, f->scope, &ignored);
}

/* Whoever writes of it has seen it. */
static bool note_seen(struct operation *op, const struct flag *f, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct flag_next next = as_it_is(f);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_FLAG_SEEN_BY, "iii", f->id,
		       f->round, op->staff_id))
		return false;
	if (row_int(&row, "n"))
		return true;
	if (!f->seen_at)
		next.seen_at = op->now;
	return flag_step_keep(op, &(struct flag_step){f, "seen", f->round, NULL, NULL},
			      err) &&
	       set(op, f->id, &next, err);
}

static bool settle(struct operation *op, const struct flag *f, const char *as,
		   struct err *err)
{
	return store_run(op->store, err, SQL_FLAG_PROPOSAL_SETTLE, "itii", f->inbound_id,
			 as, op->staff_id, op->now);
}

/* What undo needs: which mail, what stood before, and after which step. */
static bool keep_inverse(struct operation *op, const struct flag *before,
			 const char *kind, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	AUTO(buf) inverse = undo_new();
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_FLAG_STEP_LAST, "i", before->id))
		return false;
	pack_int(inverse, before->inbound_id);
	pack_int(inverse, row_int(&row, "id"));
	pack_str(inverse, before->state);
	pack_str(inverse, before->outcome);
	pack_int(inverse, before->seen_at);
	return undo_record(op, kind, inverse, err, "what was decided of flag %" PRId64,
			   before->id);
}

static bool add(struct operation *op, int64_t inbound_id, const char *state,
		struct err *err)
{
	return store_run(op->store, err, SQL_FLAG_ADD, "itii", inbound_id, state, op->now,
			 op->now + op->settings->seen_within_s);
}

/* The flag of a mail, or a new one. */
static bool of_mail_or_new(struct operation *op, struct arena *arena, int64_t inbound_id,
			   const char *state, struct flag *out, bool *out_new,
			   struct err *err)
{
	struct store_row row;

	*out_new = false;
	if (flag_of_mail(op, arena, inbound_id, out, err))
		return true;
	if (!err_forgive(err, ERR_ABSENT))
		return false;
	*out_new = true;
	if (!store_one(op->store, arena, &row, err, SQL_FLAG_MAIL_PLACE, "i", inbound_id))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no such email")
			       : false;
	return add(op, inbound_id, state, err) &&
	       flag_of_mail(op, arena, inbound_id, out, err);
}

/* Inside a transaction; nothing is said to undo. */
static bool raise(struct operation *op, struct arena *arena, int64_t inbound_id,
		  const char *text, struct flag *out, struct err *err)
{
	struct flag f;
	struct flag_next next;
	bool is_new;

	if (!of_mail_or_new(op, arena, inbound_id, "open", &f, &is_new, err))
		return false;
	if (!is_new && str_eq(f.state, "open") && str_blank(text))
		return err_set(err, ERR_CONFLICT,
			       "it is flagged already, as flag %" PRId64, f.id);
	next = f.is_open ? as_it_is(&f) : of_new_round(op, &f);
	next.state = "open";
	if (!set(op, f.id, &next, err) ||
	    !flag_step_keep(op, &(struct flag_step){&f, "raised", next.round, text, NULL},
			    err) ||
	    !settle(op, &f, "accepted", err) || !flag_find(op, arena, f.id, out, err))
		return false;
	return !op->rights || !knows(op, out) ||
	       (note_seen(op, out, err) && flag_find(op, arena, f.id, out, err));
}

bool flag_raise(struct operation *op, struct arena *arena, int64_t inbound_id,
		const char *text, struct flag *out, struct err *err)
{
	AUTO(store_txn) t = NULL;

	if (!needs_staff(op, err) || !check_text(text, err))
		return false;
	t = store_begin(op->store, err);
	return t && raise(op, arena, inbound_id, text, out, err) &&
	       undo_final(op, err, "flag %" PRId64 ", which others have been told of",
			  out->id) &&
	       store_commit(&t, err);
}

/* It has ended, as decided. */
static bool end(struct operation *op, const struct flag *f, const char *outcome,
		const char *text, struct err *err)
{
	const char *state = outcome ? "closed" : "dismissed";
	struct flag_next next = as_it_is(f);
	const struct flag_step step = {f, state, f->round, text, outcome};
	bool refuse =
		!outcome || str_eq(outcome, "no risk") || str_eq(outcome, "mistake");

	next.state = state;
	next.outcome = outcome;
	next.closed_at = op->now;
	if (!next.seen_at && outcome)
		next.seen_at = op->now;
	return set(op, f->id, &next, err) && flag_step_keep(op, &step, err) &&
	       settle(op, f, refuse ? "refused" : "accepted", err);
}

bool flag_dismiss(struct operation *op, struct arena *arena, int64_t inbound_id,
		  struct err *err)
{
	AUTO(store_txn) t = NULL;
	struct flag f;
	bool is_new;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !of_mail_or_new(op, arena, inbound_id, "proposed", &f, &is_new, err))
		return false;
	if (!str_eq(f.state, "proposed"))
		return err_set(err, ERR_CONFLICT,
			       f.is_open ? "flag %" PRId64
					   " was raised: the safeguarding lead closes it"
					 : "flag %" PRId64 " has been dealt with already",
			       f.id);
	if (f.seen_at)
		return err_set(err, ERR_CONFLICT,
			       "flag %" PRId64
			       " was seen by whoever deals with it: they close it",
			       f.id);
	return end(op, &f, NULL, NULL, err) &&
	       keep_inverse(op, &f, f.response_id ? "flag of response" : "flag of mail",
			    err) &&
	       store_commit(&t, err);
}

bool flag_decided(struct operation *op, int64_t inbound_id, enum flag_decision decision,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct flag f;
	bool is_new;

	if (!of_mail_or_new(op, arena, inbound_id, "proposed", &f, &is_new, err))
		return false;
	if (!str_eq(f.state, "proposed") || (f.seen_at && decision != FLAG_RAISED))
		return true;
	return decision == FLAG_RAISED ? raise(op, arena, inbound_id, "", &f, err)
				       : end(op, &f, NULL, NULL, err);
}

/* As it was before, unless somebody was there since. */
static bool back(struct operation *op, const struct flag *f, const struct flag_next *to,
		 struct err *err)
{
	const struct flag_step step = {f, "taken back", f->round, NULL, NULL};

	return set(op, f->id, to, err) && flag_step_keep(op, &step, err);
}

bool flag_dismiss_back(struct operation *op, int64_t inbound_id, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct flag_next next;
	struct flag f;

	if (!flag_of_mail(op, arena, inbound_id, &f, err))
		return err_forgive(err, ERR_ABSENT);
	if (!str_eq(f.state, "dismissed"))
		return true;
	next = as_it_is(&f);
	next.state = "proposed";
	next.closed_at = 0;
	return back(op, &f, &next, err);
}

bool flag_undo(struct operation *op, struct arena *arena, struct unpack *inverse,
	       struct err *err)
{
	const char *state, *outcome;
	int64_t inbound_id, step, seen_at;
	struct flag_next next;
	struct store_row row;
	struct flag f;

	if (!unpack_int(inverse, 0, INT64_MAX, &inbound_id) ||
	    !unpack_int(inverse, 0, INT64_MAX, &step) ||
	    !unpack_str(inverse, arena, &state) ||
	    !unpack_str(inverse, arena, &outcome) ||
	    !unpack_int(inverse, 0, INT64_MAX, &seen_at))
		return undo_damaged(err);
	if (!flag_of_mail(op, arena, inbound_id, &f, err) ||
	    !store_one(op->store, arena, &row, err, SQL_FLAG_STEP_LAST, "i", f.id))
		return false;
	if (row_int(&row, "id") != step)
		return undo_moved_on(err);
	next = as_it_is(&f);
	next.state = state;
	next.outcome = outcome;
	next.seen_at = seen_at;
	next.closed_at = 0;
	return back(op, &f, &next, err) &&
	       (!f.response_id || !str_eq(state, "proposed") ||
		store_run(op->store, err, SQL_PROPOSAL_REOPEN, "itt", f.response_id,
			  "risk",
			  str_eq(f.outcome, "no risk") || !f.outcome ||
					  str_eq(f.outcome, "mistake")
				  ? "refused"
				  : "accepted"));
}

bool flag_see(struct operation *op, struct arena *arena, int64_t id, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	struct flag f;

	if (!t || !find_for(op, arena, id, &f, err))
		return false;
	if (!f.is_open)
		return err_set(err, ERR_CONFLICT, "flag %" PRId64 " has ended", id);
	return note_seen(op, &f, err) && store_commit(&t, err);
}

bool flag_note(struct operation *op, struct arena *arena, int64_t id, const char *text,
	       struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	struct flag f;

	if (!t || !find_for(op, arena, id, &f, err))
		return false;
	if (str_blank(text))
		return err_set(err, ERR_INPUT, "write what was done, or what is known");
	return check_text(text, err) && (!f.is_open || note_seen(op, &f, err)) &&
	       flag_step_keep(op, &(struct flag_step){&f, "noted", f.round, text, NULL},
			      err) &&
	       store_commit(&t, err);
}

bool flag_close(struct operation *op, struct arena *arena, int64_t id,
		const char *outcome, const char *text, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	struct flag f, seen;

	if (!t || !find_for(op, arena, id, &f, err))
		return false;
	if (str_empty(outcome))
		return err_set(err, ERR_INPUT, "say what became of it");
	if (!domain_word_check("outcome", outcome, flag_outcomes, err) ||
	    !check_text(text, err))
		return false;
	if (!f.is_open)
		return err_set(err, ERR_CONFLICT, "flag %" PRId64 " has ended already",
			       id);
	return note_seen(op, &f, err) && flag_find(op, arena, id, &seen, err) &&
	       end(op, &seen, outcome, text, err) &&
	       keep_inverse(op, &seen, "flag", err) && store_commit(&t, err);
}

bool flag_reopen(struct operation *op, struct arena *arena, int64_t id, const char *text,
		 struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	struct flag_next next;
	struct flag f, now;

	if (!t || !find_for(op, arena, id, &f, err) || !check_text(text, err))
		return false;
	if (f.is_open)
		return err_set(err, ERR_CONFLICT, "flag %" PRId64 " is open", id);
	next = of_new_round(op, &f);
	if (!set(op, id, &next, err) ||
	    !flag_step_keep(op,
			    &(struct flag_step){&f, "reopened", next.round, text, NULL},
			    err) ||
	    !flag_find(op, arena, id, &now, err))
		return false;
	/* Whoever reopens it has seen it. */
	return note_seen(op, &now, err) &&
	       undo_final(op, err, "flag %" PRId64 ", which was reopened", id) &&
	       store_commit(&t, err);
}

bool flag_take_up(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct store_table mails;

	*out_did = false;
	if (!store_all(op->store, arena, &mails, err, SQL_FLAGS_PROPOSED, "i",
		       (int64_t)TAKEN_UP_AT_ONCE))
		return false;
	if (!mails.count)
		return true;
	t = store_begin(op->store, err);
	if (!t)
		return false;
	for (size_t i = 0; i < mails.count; i++) {
		struct store_row row = table_row(&mails, i);
		struct flag f;
		bool is_new;

		if (!of_mail_or_new(op, arena, row_int(&row, "id"), "proposed", &f,
				    &is_new, err) ||
		    (is_new &&
		     !flag_step_keep(op,
				     &(struct flag_step){&f, "proposed", 1, NULL, NULL},
				     err)))
			return false;
	}
	*out_did = true;
	return store_commit(&t, err);
}
