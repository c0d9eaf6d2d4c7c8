#include "acts/claim.h"
#include "acts/audit.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

enum { MINUTE_S = 60 };

bool acts_claim_of(struct acts *acts, struct arena *arena, int64_t response_id,
		   struct acts_claim *out, struct err *err)
{
	struct store_row row;

	*out = (struct acts_claim){0};
	if (!store_one(acts->store, arena, &row, err, SQL_CLAIM_OF, "ii", response_id,
		       acts->now))
		return err->kind == ERR_ABSENT;
	*out = (struct acts_claim){
		.staff_id = row_int(&row, "staff_id"),
		.name = row_text(&row, "name"),
		.since_at = row_int(&row, "since_at"),
		.until_at = row_int(&row, "until_at"),
	};
	return true;
}

static bool taken(struct acts *acts, const struct acts_claim *c, struct err *err)
{
	char until[CLOCK_TEXT];

	acts->kept_off = true;
	clock_local(c->until_at, acts->settings->zone, until);
	return err_set(err, ERR_CONFLICT,
		       "%s has this reply open until %s; wait, ask them, or take it over",
		       c->name, until);
}

bool acts_claim_check(struct acts *acts, int64_t response_id, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct acts_claim c;

	if (!acts->staff_id)
		return true;
	if (!acts_claim_of(acts, arena, response_id, &c, err))
		return false;
	return !c.staff_id || c.staff_id == acts->staff_id || taken(acts, &c, err);
}

bool acts_claim_take(struct acts *acts, struct arena *arena, const char *reference,
		     int64_t minutes, bool over, struct acts_claim *out, struct err *err)
{
	AUTO(store_txn) t = NULL;
	struct acts_response r;
	struct acts_claim c;
	bool others, own;

	if (minutes < 1 || minutes > ACTS_CLAIM_MOST)
		return err_set(err, ERR_INPUT, "a reply is held for 1 to %d minutes",
			       ACTS_CLAIM_MOST);
	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_response_find(acts, arena, reference, &r, err) ||
	    !acts_claim_of(acts, arena, r.id, &c, err))
		return false;
	own = c.staff_id == acts->staff_id;
	others = c.staff_id && !own;
	if (others && !over) {
		*out = c;
		return taken(acts, &c, err);
	}
	*out = (struct acts_claim){
		.staff_id = acts->staff_id,
		.name = acts->who,
		.since_at = own ? c.since_at : acts->now,
		.until_at = acts->now + minutes * MINUTE_S,
	};
	return store_run(acts->store, err, SQL_CLAIM_SET, "iiii", r.id, out->staff_id,
			 out->since_at, out->until_at) &&
	       (!others || acts_audit(acts, err, "claim taken over", "response", r.id,
				      "from staff %" PRId64, c.staff_id)) &&
	       store_commit(&t, err);
}

bool acts_claim_release(struct acts *acts, const char *reference, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct acts_response r;

	return acts_needs_staff(acts, err) &&
	       acts_response_find(acts, arena, reference, &r, err) &&
	       store_run(acts->store, err, SQL_CLAIM_DROP, "ii", r.id, acts->staff_id);
}

struct store_txn *acts_claim_begin(struct acts *acts, struct arena *arena,
				   const char *reference, struct acts_response *r,
				   struct err *err)
{
	struct store_txn *t;

	if (!acts_needs_staff(acts, err))
		return NULL;
	t = store_begin(acts->store, err);
	if (t && (!acts_response_find(acts, arena, reference, r, err) ||
		  !acts_claim_check(acts, r->id, err)))
		store_rollback(&t);
	return t;
}
