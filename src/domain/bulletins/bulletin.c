#include "domain/bulletins/bulletin.h"
#include "base/clock.h"
#include "base/str.h"
#include "domain/admin/notification.h"
#include "domain/admin/rights.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/core/schedule.h"
#include "domain/core/skip.h"
#include "mail/write/compose.h"

#include <inttypes.h>

/* Parses the file and holds its front matter against the list. */
static bool read_file(struct operation *op, struct arena *arena,
		      const struct bulletin_file *file, struct bulletin *b,
		      struct err *err)
{
	int64_t mask;
	bool all;

	if (!bulletin_source_parse_with(arena, file, &b->images, &b->source, err))
		return false;
	if (!list_named(op, arena, b->source->list, &b->list, err))
		return err_prefix(err, "%s", file->name);
	for (size_t i = 0; i < b->source->topic_count; i++)
		if (!topics_read(&b->list, b->source->topics[i], &mask, &all, err))
			return err_prefix(err, "%s", file->name);
	b->title = b->source->title;
	b->hash = b->source->hash;
	return true;
}

bool bulletin_draft(struct operation *op, struct arena *arena,
		    const struct bulletin_file *file, struct bulletin *out,
		    struct err *err)
{
	struct bulletin b = {.state = "draft", .source_text = file->text};
	AUTO(store_txn) t = NULL;
	struct store_row row;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !read_file(op, arena, file, &b, err) ||
	    !store_one(op->store, arena, &row, err, SQL_BULLETIN_NEXT_NUMBER, "i",
		       b.list.id))
		return false;
	b.number = row_int(&row, "number");
	if (!store_run(op->store, err, SQL_BULLETIN_ADD, "iitttii", b.list.id, b.number,
		       b.title, file->text, b.hash, op->staff_id, op->now))
		return false;
	b.id = store_last_id(op->store);
	if (!audit_of(op, AUDITED_TEXT("bulletin drafted", b.id, b.hash), err,
		      "list %s, number %" PRId64 ", content %s", b.list.name, b.number,
		      b.hash) ||
	    !store_commit(&t, err))
		return false;
	*out = b;
	return true;
}

static bool state_is(const struct bulletin *b, const char *const *allowed)
{
	for (; *allowed; allowed++)
		if (str_eq(b->state, *allowed))
			return true;
	return false;
}

static bool refuse(const struct bulletin *b, const char *what, struct err *err)
{
	return err_set(err, ERR_CONFLICT, "%s #%" PRId64 " is %s%s%s; it cannot be %s",
		       b->list.name, b->number, b->state, b->hold_reason ? ": " : "",
		       str_or(b->hold_reason, ""), what);
}

/* Staff, transaction, bulletin, state: what most op begin with. */
static struct store_txn *begin_on(struct operation *op, struct arena *arena,
				  const char *list, int64_t number,
				  const char *const *allowed, const char *what,
				  struct bulletin *b, struct err *err)
{
	struct store_txn *t;

	if (!needs_staff(op, err))
		return NULL;
	t = store_begin(op->store, err);
	if (!t)
		return NULL;
	if (!bulletin_load(op, arena, list, number, b, err) ||
	    (!state_is(b, allowed) && !refuse(b, what, err)))
		store_rollback(&t);
	return t;
}

bool bulletin_edit(struct operation *op, struct arena *arena, struct bulletin_key key,
		   const struct bulletin_file *file, struct bulletin *out,
		   struct err *err)
{
	static const char *const allowed[] = {"draft", "approved", "scheduled", "on hold",
					      NULL};
	struct bulletin old, b = {.state = "draft", .source_text = file->text};
	AUTO(store_txn)
	t = begin_on(op, arena, key.list, key.number, allowed, "edited", &old, err);

	if (!t)
		return false;
	b.images = old.images;
	if (!read_file(op, arena, file, &b, err))
		return false;
	if (old.started_at)
		return refuse(&old, "edited, since it has gone out to some", err);
	if (b.list.id != old.list.id)
		return err_set(err, ERR_INPUT,
			       "%s: the list is %s, but this bulletin is of %s",
			       file->name, b.list.name, old.list.name);
	b.id = old.id;
	b.number = old.number;
	if (!store_run(op->store, err, SQL_BULLETIN_EDIT, "itttii", b.id, b.title,
		       file->text, b.hash, op->staff_id, op->now) ||
	    !store_run(op->store, err, SQL_APPROVAL_WITHDRAW, "ii", b.id, op->now) ||
	    !audit_of(op, AUDITED_TEXT("bulletin edited", b.id, b.hash), err,
		      "content %s -> %s", old.hash, b.hash) ||
	    !store_commit(&t, err))
		return false;
	*out = b;
	return true;
}

struct audience bulletin_wanted_by(const struct bulletin *b)
{
	struct audience a = {.everyone = bulletin_wanted(b->source, 0)};

	for (size_t l = 0; l < b->list.topic_count; l++) {
		int64_t bit = (int64_t)1 << l;
		uint64_t choice = bulletin_choice(b, bit);

		if (choice && bulletin_wanted(b->source, choice))
			a.topics |= bit;
	}
	return a;
}

bool bulletin_audience(struct operation *op, const struct bulletin *b,
		       struct audience *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct audience a = bulletin_wanted_by(b);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_AUDIENCE_COUNT, "iiii",
		       b->list.id, a.topics, (int64_t)a.everyone, op->now))
		return false;
	a.count = row_int(&row, "audience");
	a.digests = row_int(&row, "digests");
	a.paused = row_int(&row, "paused");
	a.last_subscription = row_int(&row, "last");
	*out = a;
	return true;
}

/* The row's text against the row's hash: false when somebody changed it by hand. */
static bool is_as_written(const struct bulletin *b, struct err *err)
{
	return str_eq(b->hash, b->source->hash) ||
	       err_set(err, ERR_CONFLICT,
		       "%s #%" PRId64
		       " is not what its author wrote: its content was changed in the store; "
		       "write it again",
		       b->list.name, b->number);
}

/* What has begun keeps its audience. */
static bool audience_to_approve(struct operation *op, struct arena *arena,
				const struct bulletin *b, struct audience *out,
				struct err *err)
{
	struct store_row row;

	if (!b->started_at)
		return bulletin_audience(op, b, out, err);
	if (!store_one(op->store, arena, &row, err, SQL_APPROVAL_IN_FORCE, "i", b->id))
		return false;
	*out = (struct audience){.count = row_int(&row, "audience"),
				 .last_subscription = row_int(&row, "last_subscription")};
	return true;
}

bool bulletin_own_work(struct operation *op, const struct bulletin *b, bool *out,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;
	const char *lost;

	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_OWN_WORK, "ii", b->id,
		       op->staff_id))
		return false;
	*out = row_int(&row, "own") == 1;
	if (*out)
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_STOOD_FOR, "ii", b->id,
		       op->staff_id))
		return err_forgive(err, ERR_ABSENT);
	/* Nobody stands behind it any more but whoever changed it. */
	if (!rights_lost(op, arena,
			 &(struct rights_since){
				 row_int(&row, "asked_by"), RIGHT_EDIT_BULLETIN,
				 rights_on_list(b->list.id), row_int(&row, "at")},
			 &lost, err))
		return false;
	*out = lost != NULL;
	return true;
}

static bool is_of_another(struct operation *op, const struct bulletin *b, struct err *err)
{
	bool own;

	if (!bulletin_own_work(op, b, &own, err))
		return false;
	return !own || err_set(err, ERR_CONFLICT,
			       "%s #%" PRId64
			       " was written by you, or changed by you since it was last "
			       "approved; a second person must approve it, or ask you to "
			       "approve exactly these words",
			       b->list.name, b->number);
}

/* Approving the same for the same people once more says nothing new. */
static bool is_news(struct operation *op, struct arena *arena, const struct bulletin *b,
		    const struct audience *now, struct err *err)
{
	struct store_table joined;
	struct store_row row;
	struct err why = {0};

	if (!str_eq(b->state, "approved") && !str_eq(b->state, "scheduled"))
		return true;
	if (!bulletin_approved(op, b, &why))
		return why.kind == ERR_CONFLICT || (*err = why, false);
	if (!store_one(op->store, arena, &row, err, SQL_APPROVAL_IN_FORCE, "i", b->id) ||
	    !store_all(op->store, arena, &joined, err, SQL_AUDIENCE_JOINED_BY_CHOICE,
		       "iii", b->list.id, row_int(&row, "last_subscription"),
		       row_int(&row, "at")))
		return false;
	return joined.count || now->count != row_int(&row, "audience") ||
	       err_set(err, ERR_CONFLICT,
		       "%s #%" PRId64
		       " is approved already, as it is and for the same subscribers",
		       b->list.name, b->number);
}

/* A text that may be unfinished was not held against the list's topics when it was saved. */
static bool topics_are_known(const struct bulletin *b, struct err *err)
{
	int64_t mask;
	bool all;

	if (!bulletin_readable(b, err))
		return false;
	for (size_t i = 0; i < b->source->topic_count; i++)
		if (!topics_read(&b->list, b->source->topics[i], &mask, &all, err))
			return false;
	return true;
}

/* What has begun or has a time keeps it. */
static const char *state_approved(const struct bulletin *b)
{
	if (b->started_at)
		return "paused";
	return str_eq(b->state, "scheduled") ? "scheduled" : "approved";
}

bool bulletin_approve(struct operation *op, const char *list, int64_t number,
		      int64_t *out_audience, struct err *err)
{
	static const char *const allowed[] = {"draft", "approved", "scheduled", "on hold",
					      NULL};
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	AUTO(store_txn)
	t = begin_on(op, arena, list, number, allowed, "approved", &b, err);
	char look[SECRET_SHA256_HEX];
	struct audience a;

	if (!t || !topics_are_known(&b, err) ||
	    !audience_to_approve(op, arena, &b, &a, err) ||
	    !bulletin_look(op, &b, look, err))
		return false;
	if (!is_as_written(&b, err))
		return false;
	if (!is_of_another(op, &b, err) || !is_news(op, arena, &b, &a, err))
		return false;
	if (a.count == 0)
		return err_set(err, ERR_CONFLICT,
			       "nobody would get %s #%" PRId64
			       ": no subscriber wants its sections",
			       b.list.name, b.number);
	if (!store_run(op->store, err, SQL_APPROVAL_WITHDRAW, "ii", b.id, op->now) ||
	    !store_run(op->store, err, SQL_APPROVAL_ADD, "iiittii", b.id, op->staff_id,
		       op->now, b.hash, look, a.count, a.last_subscription) ||
	    !store_run(op->store, err, SQL_VERSION_ADD, "iiittt", b.id, op->staff_id,
		       op->now, "approved", b.source_text, b.hash) ||
	    !store_run(op->store, err, SQL_REQUEST_END, "iit", b.id, op->now,
		       "approved") ||
	    !store_run(op->store, err, SQL_BULLETIN_STATE_SET, "itt", b.id,
		       state_approved(&b), (char *)NULL) ||
	    !audit_of(op, AUDITED_TEXT("bulletin approved", b.id, b.hash), err,
		      "content %s, look %s, audience %" PRId64, b.hash, look, a.count) ||
	    !store_commit(&t, err))
		return false;
	*out_audience = a.count;
	return true;
}

/* What has begun was let go by an approval that held then. */
static bool approver_still_may(struct operation *op, struct arena *arena,
			       const struct bulletin *b, const struct store_row *approval,
			       struct err *err)
{
	const struct rights_since held = {row_int(approval, "staff_id"), RIGHT_APPROVE,
					  rights_on_list(b->list.id),
					  row_int(approval, "at")};
	const char *lost;

	if (b->started_at)
		return true;
	if (!rights_lost(op, arena, &held, &lost, err))
		return false;
	return !lost ||
	       err_set(err, ERR_CONFLICT,
		       "%s #%" PRId64 " was approved by %s, who may no longer approve "
		       "bulletins of this list; have it approved again",
		       b->list.name, b->number, lost);
}

bool bulletin_approved(struct operation *op, const struct bulletin *b, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	char look[SECRET_SHA256_HEX];
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_APPROVAL_IN_FORCE, "i", b->id))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_CONFLICT,
					 "%s #%" PRId64
					 " is not approved; a second person does it",
					 b->list.name, b->number)
			       : false;
	if (!str_eq(row_text(&row, "content_hash"), b->source->hash) ||
	    !str_eq(b->hash, b->source->hash))
		return err_set(err, ERR_CONFLICT,
			       "%s #%" PRId64
			       " is not what was approved: its content has changed; have "
			       "it approved again",
			       b->list.name, b->number);
	return approver_still_may(op, arena, b, &row, err) &&
	       bulletin_look(op, b, look, err) &&
	       (str_eq(row_text(&row, "look_hash"), look) ||
		err_set(err, ERR_CONFLICT,
			"%s #%" PRId64
			" would not look as it was approved: the templates, the list's "
			"names and addresses or the organisation's have changed since; "
			"put them back, or look at it and have it approved again",
			b->list.name, b->number));
}

static const struct {
	const char *const *from; /* states */
	const char *what;
} acts[BULLETIN_ACTS] = {
	[BULLETIN_SCHEDULE] = {(const char *const[]){"draft", "approved", "scheduled",
						     "on hold", NULL},
			       "scheduled"},
	[BULLETIN_UNSCHEDULE] = {(const char *const[]){"scheduled", NULL}, "unscheduled"},
	[BULLETIN_SEND] = {(const char *const[]){"draft", "approved", "scheduled", NULL},
			   "sent"},
	[BULLETIN_RESUME] = {(const char *const[]){"paused", "on hold", NULL}, "resumed"},
	[BULLETIN_CANCEL] = {(const char *const[]){"draft", "approved", "scheduled",
						   "sending", "paused", "on hold", NULL},
			     "cancelled"},
};

bool bulletin_allows(const struct bulletin *b, enum bulletin_act act, struct err *err)
{
	if (act == BULLETIN_SCHEDULE && b->started_at && state_is(b, acts[act].from))
		return refuse(b, "scheduled, since it has begun; use resume", err);
	return state_is(b, acts[act].from) || refuse(b, acts[act].what, err);
}

static struct store_txn *begin_act(struct operation *op, struct arena *arena,
				   const char *list, int64_t number,
				   enum bulletin_act act, struct bulletin *b,
				   struct err *err)
{
	return begin_on(op, arena, list, number, acts[act].from, acts[act].what, b, err);
}

bool bulletin_schedule(struct operation *op, const char *list, int64_t number,
		       const char *when, int64_t *out_due_at, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct time_words due;
	struct bulletin b;
	AUTO(store_txn)
	t = begin_act(op, arena, list, number, BULLETIN_SCHEDULE, &b, err);

	if (!t || !bulletin_approved(op, &b, err) ||
	    !schedule_read(op, arena, when, &due, err) ||
	    !bulletin_allows(&b, BULLETIN_SCHEDULE, err))
		return false;
	if (!store_run(op->store, err, SQL_BULLETIN_SCHEDULE, "iit", b.id, due.at,
		       due.zone) ||
	    !audit_record(op, err, "bulletin scheduled", "bulletin", b.id, "due %s",
			  due.words) ||
	    !store_commit(&t, err))
		return false;
	*out_due_at = due.at;
	return true;
}

bool bulletin_unschedule(struct operation *op, const char *list, int64_t number,
			 struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	AUTO(store_txn)
	t = begin_act(op, arena, list, number, BULLETIN_UNSCHEDULE, &b, err);

	return t && store_run(op->store, err, SQL_BULLETIN_UNSCHEDULE, "i", b.id) &&
	       audit_record(op, err, "bulletin unscheduled", "bulletin", b.id,
			    "scheduled -> approved") &&
	       store_commit(&t, err);
}

static bool move(struct operation *op, const struct bulletin *b, const char *to,
		 struct err *err)
{
	return store_run(op->store, err, SQL_BULLETIN_STATE_SET, "itt", b->id, to,
			 (char *)NULL) &&
	       audit_record(op, err, "bulletin state", "bulletin", b->id, "%s -> %s",
			    b->state, to);
}

bool bulletin_pause(struct operation *op, const char *list, int64_t number,
		    struct err *err)
{
	static const char *const allowed[] = {"sending", NULL};
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	AUTO(store_txn)
	t = begin_on(op, arena, list, number, allowed, "paused", &b, err);

	return t && move(op, &b, "paused", err) && store_commit(&t, err);
}

bool bulletin_cancel(struct operation *op, const char *list, int64_t number,
		     struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	AUTO(store_txn)
	t = begin_act(op, arena, list, number, BULLETIN_CANCEL, &b, err);

	return t &&
	       store_run(op->store, err, SQL_DELIVERY_SKIP_OPEN, "iit", b.id, op->now,
			 skip_name(SKIP_CANCELLED)) &&
	       store_run(op->store, err, SQL_APPROVAL_WITHDRAW, "ii", b.id, op->now) &&
	       move(op, &b, "cancelled", err) && store_commit(&t, err);
}

bool bulletin_settle_in_doubt(struct operation *op, const char *list, int64_t number,
			      enum in_doubt decision, int64_t *out_rows, struct err *err)
{
	static const char *const allowed_again[] = {"sending", "paused", "on hold", NULL};
	static const char *const allowed[] = {"sending", "paused", "on hold", "cancelled",
					      NULL};
	bool again = decision == IN_DOUBT_SEND_AGAIN;
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	AUTO(store_txn)
	t = begin_on(op, arena, list, number, again ? allowed_again : allowed, "settled",
		     &b, err);

	if (!t ||
	    !store_run(op->store, err,
		       again ? SQL_DELIVERY_RELEASE_DOUBT : SQL_DELIVERY_LEAVE_DOUBT,
		       "ii", b.id, op->now))
		return false;
	*out_rows = store_changes(op->store);
	return audit_record(op, err, "doubt settled", "bulletin", b.id,
			    "%" PRId64 " rows %s", *out_rows,
			    again ? "sent again" : "left") &&
	       store_commit(&t, err);
}
