#include "domain/subscribers/topic_change.h"
#include "domain/core/audit.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>

/* The list and one topic of it. */
struct place {
	struct list list;
	const struct topic *topic;
	size_t position;
};

static bool position_of(const struct list *list, const char *topic, size_t *out,
			struct err *err)
{
	int at = topic_position(list, topic);

	if (at < 0)
		return err_set(err, ERR_ABSENT,
			       "the list %s has no topic \"%.80s\"" HINT
			       "see: mercat topic list %s",
			       list->name, topic, list->name);
	*out = (size_t)at;
	return true;
}

static bool find(struct operation *op, struct arena *arena, const char *list,
		 const char *topic, struct place *out, struct err *err)
{
	if (!list_named(op, arena, list, &out->list, err) ||
	    !position_of(&out->list, topic, &out->position, err))
		return false;
	out->topic = &out->list.topics[out->position];
	return true;
}

/* The transaction of an act on one topic, with it; NULL: err says why. */
static struct store_txn *begin(struct operation *op, struct arena *arena,
			       const char *list, const char *topic, struct place *out,
			       struct err *err)
{
	struct store_txn *t = needs_staff(op, err) ? store_begin(op->store, err) : NULL;

	if (t && !find(op, arena, list, topic, out, err))
		store_rollback(&t);
	return t;
}

static bool nothing_waits(struct operation *op, struct arena *arena,
			  const struct list *list, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_UNDER_WAY, "i",
		       list->id))
		return err_forgive(err, ERR_ABSENT);
	return err_set(err, ERR_CONFLICT,
		       "No. %" PRId64
		       " of %s is %s, for those who have chosen its topics "
		       "now; merge or retire topics when it has gone out",
		       row_int(&row, "number"), list->name, row_text(&row, "state"));
}

bool topic_add(struct operation *op, const char *list, const char *title, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct list of;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	return t && list_named(op, arena, list, &of, err) &&
	       topic_new(op, of.id, title, err) &&
	       audit_record(op, err, "topic added", "list", of.id,
			    "position %zu, title %s", of.topic_count, title) &&
	       store_commit(&t, err);
}

bool topic_retitle(struct operation *op, const char *list, const char *topic,
		   const char *title, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct place p;

	t = begin(op, arena, list, topic, &p, err);
	return t && topic_title_fits(op, p.list.id, (int)p.position, title, err) &&
	       store_run(op->store, err, SQL_TOPIC_RETITLE, "iit", p.list.id,
			 (int64_t)p.position, title) &&
	       audit_record(op, err, "topic retitled", "list", p.list.id,
			    "position %zu, from %s to %s", p.position, p.topic->title,
			    title) &&
	       store_commit(&t, err);
}

static bool merge(struct operation *op, const struct place *p, size_t into, int64_t *out,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	const struct topic *to = &p->list.topics[into];
	int64_t from_bit = (int64_t)1 << p->position, to_bit = (int64_t)1 << into;
	const char *said =
		arena_printf(arena, "%s is now part of %s", p->topic->title, to->title);

	if (!store_run(op->store, err, SQL_TOPIC_MERGE_NOTE, "iiiit", p->list.id,
		       from_bit, op->now, op->staff_id, said))
		return false;
	*out = store_changes(op->store);
	return store_run(op->store, err, SQL_TOPIC_MERGE_CHOSEN, "iiii", p->list.id,
			 from_bit, to_bit, op->now) &&
	       store_run(op->store, err, SQL_TOPIC_MERGE_ASKED, "iii", p->list.id,
			 from_bit, to_bit) &&
	       store_run(op->store, err, SQL_TOPIC_MERGE, "iiii", p->list.id,
			 (int64_t)p->position, (int64_t)into, op->now) &&
	       audit_record(op, err, "topic merged", "list", p->list.id,
			    "position %zu into %zu, %" PRId64 " subscriptions",
			    p->position, into, *out);
}

bool topic_merge(struct operation *op, const char *list, const char *topic,
		 const char *into, int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct place p;
	size_t to = 0;

	t = begin(op, arena, list, topic, &p, err);
	if (!t || !position_of(&p.list, into, &to, err) ||
	    !nothing_waits(op, arena, &p.list, err))
		return false;
	to = p.list.topics[to].now;
	if (p.topic->now != p.position)
		return err_set(err, ERR_CONFLICT, "\"%s\" is part of \"%s\" already",
			       p.topic->title, p.list.topics[p.topic->now].title);
	if (to == p.position || !p.list.topics[to].is_offered)
		return err_set(err, ERR_CONFLICT,
			       "a topic is merged into another one that is offered, and "
			       "\"%s\" is not",
			       p.list.topics[to].title);
	return merge(op, &p, to, out, err) && store_commit(&t, err);
}

bool topic_chosen(struct operation *op, const struct list *list, size_t position,
		  struct topic_chosen *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	int64_t bit = (int64_t)1 << position, offered = 0;
	struct store_row row;

	for (size_t i = 0; i < list->topic_count; i++)
		if (list->topics[i].is_offered && i != position)
			offered |= (int64_t)1 << i;
	if (!store_one(op->store, arena, &row, err, SQL_TOPIC_CHOSEN, "iii", list->id,
		       bit, offered))
		return false;
	*out = (struct topic_chosen){row_int(&row, "by"), row_int(&row, "only_it")};
	return true;
}

bool topic_retire(struct operation *op, const char *list, const char *topic,
		  enum topic_left_with_nothing how, struct topic_chosen *out,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct place p;

	t = begin(op, arena, list, topic, &p, err);
	if (!t || !nothing_waits(op, arena, &p.list, err) ||
	    !topic_chosen(op, &p.list, p.position, out, err))
		return false;
	if (!p.topic->is_offered)
		return err_set(err, ERR_CONFLICT, "\"%s\" is no longer offered already",
			       p.topic->title);
	if (out->only_it && how == TOPIC_LEAVES_NOBODY)
		return err_set(
			err, ERR_CONFLICT,
			"%" PRId64 " subscriber%s chose \"%s\" and no other topic, "
			"and would get nothing any more; merge it into another one" HINT
			"or say --sure",
			out->only_it, plural(out->only_it, "", "s"), p.topic->title);
	return store_run(op->store, err, SQL_TOPIC_RETIRE, "iii", p.list.id,
			 (int64_t)p.position, op->now) &&
	       audit_record(op, err, "topic retired", "list", p.list.id,
			    "position %zu, chosen by %" PRId64 ", alone by %" PRId64,
			    p.position, out->by, out->only_it) &&
	       store_commit(&t, err);
}

bool topic_revive(struct operation *op, const char *list, const char *topic,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct place p;

	t = begin(op, arena, list, topic, &p, err);
	if (!t)
		return false;
	if (p.topic->is_offered)
		return err_set(err, ERR_CONFLICT, "\"%s\" is offered already",
			       p.topic->title);
	if (p.topic->now != p.position)
		return err_set(err, ERR_CONFLICT,
			       "\"%s\" is part of \"%s\"; add a new topic instead",
			       p.topic->title, p.list.topics[p.topic->now].title);
	return store_run(op->store, err, SQL_TOPIC_REVIVE, "ii", p.list.id,
			 (int64_t)p.position) &&
	       audit_record(op, err, "topic offered again", "list", p.list.id,
			    "position %zu", p.position) &&
	       store_commit(&t, err);
}

bool topic_list(struct operation *op, struct arena *arena, const char *list,
		struct store_table *out, struct err *err)
{
	struct list of;

	return list_named(op, arena, list, &of, err) &&
	       store_all(op->store, arena, out, err, SQL_TOPIC_LIST, "i", of.id);
}
