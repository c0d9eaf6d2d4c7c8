#include "domain/campaigns/campaign.h"
#include "domain/admin/asked.h"
#include "domain/core/audit.h"
#include "domain/core/undo.h"
#include "base/str.h"

#include <inttypes.h>

static bool by_number(struct operation *op, struct arena *arena,
		      const struct consultation *c, int64_t number, struct store_row *out,
		      struct err *err)
{
	if (store_one(op->store, arena, out, err, SQL_CAMPAIGN_BY_NUMBER, "ii", c->id,
		      number))
		return true;
	return err->kind == ERR_ABSENT
		       ? err_set(err, ERR_ABSENT,
				 "there is no campaign %" PRId64 " in %s" HINT
				 "see: mercat campaign list %s",
				 number, c->name, c->name)
		       : false;
}

bool campaign_decide(struct operation *op, const char *consultation, int64_t number,
		     const char *state, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(buf) inverse = undo_new();
	AUTO(store_txn) t = NULL;
	struct consultation c;
	struct store_row row;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, consultation, &c, err))
		return false;
	if (!by_number(op, arena, &c, number, &row, err))
		return false;
	if (str_eq(row_text(&row, "state"), state))
		return true;
	pack_int(inverse, row_int(&row, "id"));
	pack_str(inverse, row_text(&row, "state"));
	pack_str(inverse, state);
	return store_run(op->store, err, SQL_CAMPAIGN_DECIDE, "itii", row_int(&row, "id"),
			 state, op->staff_id, op->now) &&
	       audit_record(op, err, "campaign decided", "campaign", row_int(&row, "id"),
			    "%s -> %s", row_text(&row, "state"), state) &&
	       undo_record(op, "campaign", inverse, err,
			   "decision on campaign %" PRId64 " of %s", number, c.name) &&
	       store_commit(&t, err);
}

bool campaign_list(struct operation *op, struct arena *arena, int64_t consultation_id,
		   struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_CAMPAIGN_LIST, "i",
			 consultation_id);
}

bool campaign_choices(struct operation *op, struct arena *arena, int64_t consultation_id,
		      struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_TRIAGE_CAMPAIGNS, "i",
			 consultation_id);
}

bool campaign_shown(struct operation *op, struct arena *arena,
		    const struct consultation *consultation, int64_t number,
		    struct campaign_shown *out, struct err *err)
{
	struct campaign_shown shown;

	if (!by_number(op, arena, consultation, number, &shown.campaign, err) ||
	    !store_all(op->store, arena, &shown.members, err, SQL_CAMPAIGN_MEMBERS, "i",
		       row_int(&shown.campaign, "id")))
		return false;
	*out = shown;
	return true;
}
