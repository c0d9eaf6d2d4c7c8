#include "domain/responses/response_lock.h"
#include "domain/core/audit.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

bool response_lock_of(struct operation *op, struct arena *arena, int64_t response_id,
		      struct response_lock *out, struct err *err)
{
	struct store_row row;

	*out = (struct response_lock){0};
	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_LOCK_OF, "ii",
		       response_id, op->now))
		return err_forgive(err, ERR_ABSENT);
	*out = (struct response_lock){
		.staff_id = row_int(&row, "staff_id"),
		.name = row_text(&row, "name"),
		.since_at = row_int(&row, "since_at"),
		.until_at = row_int(&row, "until_at"),
	};
	return true;
}

static bool taken(struct operation *op, const struct response_lock *c, struct err *err)
{
	char until[CLOCK_TEXT];

	op->kept_off = true;
	clock_local(c->until_at, op->settings->zone, until);
	return err_set(
		err, ERR_CONFLICT,
		"%s has this response open until %s; wait, ask them, or take it over",
		c->name, until);
}

bool response_lock_check(struct operation *op, int64_t response_id, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct response_lock c;

	if (!op->staff_id)
		return true;
	if (!response_lock_of(op, arena, response_id, &c, err))
		return false;
	return !c.staff_id || c.staff_id == op->staff_id || taken(op, &c, err);
}

bool response_lock_take(struct operation *op, struct arena *arena,
			const struct response_lock_asked *asked,
			struct response_lock *out, struct err *err)
{
	AUTO(store_txn) t = NULL;
	struct response r;
	struct response_lock c;
	bool others, own;

	if (asked->minutes < 1 || asked->minutes > RESPONSE_LOCK_MOST)
		return err_set(err, ERR_INPUT,
			       "a response can be locked for 1 to %d minutes",
			       RESPONSE_LOCK_MOST);
	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !response_find(op, arena, asked->reference, &r, err) ||
	    !response_lock_of(op, arena, r.id, &c, err))
		return false;
	own = c.staff_id == op->staff_id;
	others = c.staff_id && !own;
	if (others && !asked->over) {
		*out = c;
		return taken(op, &c, err);
	}
	*out = (struct response_lock){
		.staff_id = op->staff_id,
		.name = op->who,
		.since_at = own ? c.since_at : op->now,
		.until_at = op->now + asked->minutes * MINUTE_S,
	};
	return store_run(op->store, err, SQL_RESPONSE_LOCK_SET, "iiii", r.id,
			 out->staff_id, out->since_at, out->until_at) &&
	       (!others || audit_record(op, err, "lock taken over", "response", r.id,
					"from staff %" PRId64, c.staff_id)) &&
	       store_commit(&t, err);
}

bool response_lock_release(struct operation *op, const char *reference, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct response r;

	return needs_staff(op, err) && response_find(op, arena, reference, &r, err) &&
	       store_run(op->store, err, SQL_RESPONSE_LOCK_DROP, "ii", r.id,
			 op->staff_id);
}

struct store_txn *response_lock_begin(struct operation *op, struct arena *arena,
				      const char *reference, struct response *r,
				      struct err *err)
{
	struct store_txn *t;

	if (!needs_staff(op, err))
		return NULL;
	t = store_begin(op->store, err);
	if (t && (!response_find(op, arena, reference, r, err) ||
		  !response_lock_check(op, r->id, err)))
		store_rollback(&t);
	return t;
}
