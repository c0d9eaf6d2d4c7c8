#include "acts/bulletin.h"
#include "acts/address.h"
#include "acts/audit.h"
#include "acts/letter.h"
#include "acts/schedule.h"
#include "base/clock.h"
#include "base/str.h"
#include "mail/compose.h"

#include <inttypes.h>

static bool parse(struct arena *arena, const char *file, const char *text, size_t len,
		  struct acts_bulletin *b, struct err *err)
{
	return bulletin_source_parse_with(arena, file, text, len, &b->images, &b->source,
					  err);
}

/* Parses the file and holds its front matter against the list. */
static bool read_file(struct acts *acts, struct arena *arena, const char *file,
		      const char *text, size_t len, struct acts_bulletin *b,
		      struct err *err)
{
	int64_t mask;
	bool all;

	if (!parse(arena, file, text, len, b, err))
		return false;
	if (!acts_list_named(acts, arena, b->source->list, &b->list, err))
		return err_prefix(err, "%s", file);
	for (size_t i = 0; i < b->source->topic_count; i++)
		if (!acts_topics_read(&b->list, b->source->topics[i], &mask, &all, err))
			return err_prefix(err, "%s", file);
	b->title = b->source->title;
	b->hash = b->source->hash;
	return true;
}

bool acts_bulletin_draft(struct acts *acts, struct arena *arena, const char *file,
			 const char *text, size_t len, struct acts_bulletin *out,
			 struct err *err)
{
	struct acts_bulletin b = {.state = "draft", .source_text = text};
	AUTO(store_txn) t = NULL;
	struct store_row row;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !read_file(acts, arena, file, text, len, &b, err) ||
	    !store_one(acts->store, arena, &row, err, SQL_BULLETIN_NEXT_NUMBER, "i",
		       b.list.id))
		return false;
	b.number = row_int(&row, "number");
	if (!store_run(acts->store, err, SQL_BULLETIN_ADD, "iitttii", b.list.id, b.number,
		       b.title, text, b.hash, acts->staff_id, acts->now))
		return false;
	b.id = store_last_id(acts->store);
	if (!acts_audit(acts, err, "bulletin drafted", "bulletin", b.id,
			"list %s, number %" PRId64 ", content %s", b.list.name, b.number,
			b.hash) ||
	    !store_commit(&t, err))
		return false;
	*out = b;
	return true;
}

static bool state_is(const struct acts_bulletin *b, const char *const *allowed)
{
	for (; *allowed; allowed++)
		if (str_eq(b->state, *allowed))
			return true;
	return false;
}

static bool refuse(const struct acts_bulletin *b, const char *what, struct err *err)
{
	return err_set(err, ERR_CONFLICT, "%s #%" PRId64 " is %s%s%s; it cannot be %s",
		       b->list.name, b->number, b->state, b->why_held ? ": " : "",
		       str_or(b->why_held, ""), what);
}

/* Staff, transaction, bulletin, state: what most acts begin with. */
static struct store_txn *begin_on(struct acts *acts, struct arena *arena,
				  const char *list, int64_t number,
				  const char *const *allowed, const char *what,
				  struct acts_bulletin *b, struct err *err)
{
	struct store_txn *t;

	if (!acts_needs_staff(acts, err))
		return NULL;
	t = store_begin(acts->store, err);
	if (!t)
		return NULL;
	if (!acts_bulletin_load(acts, arena, list, number, b, err) ||
	    (!state_is(b, allowed) && !refuse(b, what, err)))
		store_rollback(&t);
	return t;
}

bool acts_bulletin_edit(struct acts *acts, struct arena *arena, const char *list,
			int64_t number, const char *file, const char *text, size_t len,
			struct acts_bulletin *out, struct err *err)
{
	static const char *const allowed[] = {"draft", "approved", "scheduled", "held",
					      NULL};
	struct acts_bulletin old, b = {.state = "draft", .source_text = text};
	AUTO(store_txn)
	t = begin_on(acts, arena, list, number, allowed, "edited", &old, err);

	if (!t)
		return false;
	b.images = old.images;
	if (!read_file(acts, arena, file, text, len, &b, err))
		return false;
	if (old.started_at)
		return refuse(&old, "edited, since it has gone out to some", err);
	if (b.list.id != old.list.id)
		return err_set(err, ERR_INPUT,
			       "%s: the list is %s, but this update is of %s", file,
			       b.list.name, old.list.name);
	b.id = old.id;
	b.number = old.number;
	if (!store_run(acts->store, err, SQL_BULLETIN_EDIT, "itttii", b.id, b.title, text,
		       b.hash, acts->staff_id, acts->now) ||
	    !store_run(acts->store, err, SQL_APPROVAL_WITHDRAW, "ii", b.id, acts->now) ||
	    !acts_audit(acts, err, "bulletin edited", "bulletin", b.id,
			"content %s -> %s", old.hash, b.hash) ||
	    !store_commit(&t, err))
		return false;
	*out = b;
	return true;
}

struct acts_audience acts_bulletin_wanted_by(const struct acts_bulletin *b)
{
	struct acts_audience a = {.everyone = bulletin_wanted(b->source, 0, false)};

	for (size_t l = 0; l < b->list.topic_count; l++) {
		int64_t bit = (int64_t)1 << l;
		uint64_t choice = acts_bulletin_choice(b, bit);

		if (choice && bulletin_wanted(b->source, choice, false))
			a.topics |= bit;
	}
	return a;
}

bool acts_bulletin_audience(struct acts *acts, const struct acts_bulletin *b,
			    struct acts_audience *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct acts_audience a = acts_bulletin_wanted_by(b);
	struct store_row row;

	if (!store_one(acts->store, arena, &row, err, SQL_AUDIENCE_COUNT, "iiii",
		       b->list.id, a.topics, (int64_t)a.everyone, acts->now))
		return false;
	a.count = row_int(&row, "audience");
	a.digests = row_int(&row, "digests");
	a.paused = row_int(&row, "paused");
	a.last_subscription = row_int(&row, "last");
	*out = a;
	return true;
}

/* The row's text against the row's hash: false when somebody changed it by hand. */
static bool is_as_written(const struct acts_bulletin *b, struct err *err)
{
	return str_eq(b->hash, b->source->hash) ||
	       err_set(err, ERR_CONFLICT,
		       "%s #%" PRId64
		       " is not what its author wrote: its content was changed in the store; "
		       "write it again",
		       b->list.name, b->number);
}

/* What has begun keeps its audience. */
static bool audience_to_approve(struct acts *acts, struct arena *arena,
				const struct acts_bulletin *b, struct acts_audience *out,
				struct err *err)
{
	struct store_row row;

	if (!b->started_at)
		return acts_bulletin_audience(acts, b, out, err);
	if (!store_one(acts->store, arena, &row, err, SQL_APPROVAL_IN_FORCE, "i", b->id))
		return false;
	*out = (struct acts_audience){.count = row_int(&row, "audience"),
				      .last_subscription =
					      row_int(&row, "last_subscription")};
	return true;
}

bool acts_bulletin_approve(struct acts *acts, const char *list, int64_t number,
			   int64_t *out_audience, struct err *err)
{
	static const char *const allowed[] = {"draft", "held", NULL};
	AUTO(arena) arena = arena_new(1 << 16);
	struct acts_bulletin b;
	AUTO(store_txn)
	t = begin_on(acts, arena, list, number, allowed, "approved", &b, err);
	char look[SECRET_SHA256_HEX];
	struct acts_audience a;

	if (!t || !audience_to_approve(acts, arena, &b, &a, err) ||
	    !acts_bulletin_look(acts, &b, look, err))
		return false;
	if (!is_as_written(&b, err))
		return false;
	if (acts->staff_id == b.created_by || acts->staff_id == b.changed_by)
		return err_set(err, ERR_CONFLICT,
			       "%s #%" PRId64
			       " was written by you; a second person must approve it",
			       b.list.name, b.number);
	if (a.count == 0)
		return err_set(err, ERR_CONFLICT,
			       "nobody would get %s #%" PRId64
			       ": no subscriber wants its sections",
			       b.list.name, b.number);
	if (!store_run(acts->store, err, SQL_APPROVAL_WITHDRAW, "ii", b.id, acts->now) ||
	    !store_run(acts->store, err, SQL_APPROVAL_ADD, "iiittii", b.id,
		       acts->staff_id, acts->now, b.hash, look, a.count,
		       a.last_subscription) ||
	    !store_run(acts->store, err, SQL_BULLETIN_STATE_SET, "itt", b.id,
		       b.started_at ? "paused" : "approved", (char *)NULL) ||
	    !acts_audit(acts, err, "bulletin approved", "bulletin", b.id,
			"content %s, look %s, audience %" PRId64, b.hash, look,
			a.count) ||
	    !store_commit(&t, err))
		return false;
	*out_audience = a.count;
	return true;
}

bool acts_bulletin_approved(struct acts *acts, const struct acts_bulletin *b,
			    struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	char look[SECRET_SHA256_HEX];
	struct store_row row;

	if (!store_one(acts->store, arena, &row, err, SQL_APPROVAL_IN_FORCE, "i", b->id))
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
	return acts_bulletin_look(acts, b, look, err) &&
	       (str_eq(row_text(&row, "look_hash"), look) ||
		err_set(err, ERR_CONFLICT,
			"%s #%" PRId64
			" would not look as it was approved: the templates, the list's "
			"names and addresses or the organisation's have changed since; "
			"put them back, or look at it and have it approved again",
			b->list.name, b->number));
}

bool acts_bulletin_schedule(struct acts *acts, const char *list, int64_t number,
			    const char *when, int64_t *out_due_at, struct err *err)
{
	static const char *const allowed[] = {"draft", "approved", "scheduled", "held",
					      NULL};
	AUTO(arena) arena = arena_new(1 << 16);
	struct acts_moment due;
	struct acts_bulletin b;
	AUTO(store_txn)
	t = begin_on(acts, arena, list, number, allowed, "scheduled", &b, err);

	if (!t || !acts_bulletin_approved(acts, &b, err) ||
	    !acts_schedule_read(acts, arena, when, &due, err))
		return false;
	if (b.started_at)
		return refuse(&b, "scheduled, since it has begun; use resume", err);
	if (!store_run(acts->store, err, SQL_BULLETIN_SCHEDULE, "iit", b.id, due.at,
		       due.zone) ||
	    !acts_audit(acts, err, "bulletin scheduled", "bulletin", b.id, "due %s",
			due.words) ||
	    !store_commit(&t, err))
		return false;
	*out_due_at = due.at;
	return true;
}

static bool start(struct acts *acts, const struct acts_bulletin *b, struct err *err)
{
	return acts_bulletin_approved(acts, b, err) &&
	       store_run(acts->store, err, SQL_BULLETIN_START, "ii", b->id, acts->now) &&
	       acts_audit(acts, err, "bulletin sending", "bulletin", b->id,
			  "%s -> sending", b->state);
}

bool acts_bulletin_send(struct acts *acts, const char *list, int64_t number,
			struct err *err)
{
	static const char *const allowed[] = {"draft", "approved", "scheduled", NULL};
	AUTO(arena) arena = arena_new(1 << 16);
	struct acts_bulletin b;
	AUTO(store_txn) t = begin_on(acts, arena, list, number, allowed, "sent", &b, err);

	return t && start(acts, &b, err) && store_commit(&t, err);
}

static bool move(struct acts *acts, const struct acts_bulletin *b, const char *to,
		 struct err *err)
{
	return store_run(acts->store, err, SQL_BULLETIN_STATE_SET, "itt", b->id, to,
			 (char *)NULL) &&
	       acts_audit(acts, err, "bulletin state", "bulletin", b->id, "%s -> %s",
			  b->state, to);
}

bool acts_bulletin_pause(struct acts *acts, const char *list, int64_t number,
			 struct err *err)
{
	static const char *const allowed[] = {"sending", NULL};
	AUTO(arena) arena = arena_new(1 << 16);
	struct acts_bulletin b;
	AUTO(store_txn)
	t = begin_on(acts, arena, list, number, allowed, "paused", &b, err);

	return t && move(acts, &b, "paused", err) && store_commit(&t, err);
}

bool acts_bulletin_resume(struct acts *acts, const char *list, int64_t number,
			  struct err *err)
{
	static const char *const allowed[] = {"paused", "held", NULL};
	AUTO(arena) arena = arena_new(1 << 16);
	struct acts_bulletin b;
	AUTO(store_txn)
	t = begin_on(acts, arena, list, number, allowed, "resumed", &b, err);

	return t && start(acts, &b, err) && store_commit(&t, err);
}

bool acts_bulletin_cancel(struct acts *acts, const char *list, int64_t number,
			  struct err *err)
{
	static const char *const allowed[] = {
		"draft", "approved", "scheduled", "sending", "paused", "held", NULL};
	AUTO(arena) arena = arena_new(1 << 16);
	struct acts_bulletin b;
	AUTO(store_txn)
	t = begin_on(acts, arena, list, number, allowed, "cancelled", &b, err);

	return t &&
	       store_run(acts->store, err, SQL_DELIVERY_SKIP_OPEN, "iit", b.id, acts->now,
			 "the update was cancelled") &&
	       store_run(acts->store, err, SQL_APPROVAL_WITHDRAW, "ii", b.id,
			 acts->now) &&
	       move(acts, &b, "cancelled", err) && store_commit(&t, err);
}

bool acts_bulletin_settle_doubt(struct acts *acts, const char *list, int64_t number,
				bool send_again, int64_t *out_rows, struct err *err)
{
	static const char *const allowed_again[] = {"sending", "paused", "held", NULL};
	static const char *const allowed[] = {"sending", "paused", "held", "cancelled",
					      NULL};
	AUTO(arena) arena = arena_new(1 << 16);
	struct acts_bulletin b;
	AUTO(store_txn)
	t = begin_on(acts, arena, list, number, send_again ? allowed_again : allowed,
		     "settled", &b, err);

	if (!t || !store_run(acts->store, err, SQL_DELIVERY_RELEASE_DOUBT, "iti", b.id,
			     send_again ? "deferred" : "skipped", acts->now))
		return false;
	*out_rows = store_changes(acts->store);
	return acts_audit(acts, err, "doubt settled", "bulletin", b.id,
			  "%" PRId64 " rows %s", *out_rows,
			  send_again ? "sent again" : "left") &&
	       store_commit(&t, err);
}
