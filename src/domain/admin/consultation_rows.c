/* Consultations, and what belongs to one, as rows. */
#include "domain/admin/consultation.h"
#include "base/clock.h"
#include "base/str.h"

void consultation_clock(const struct consultation *c, int64_t now,
			struct consultation_clock *out)
{
	*out = (struct consultation_clock){.is_draft = str_eq(c->state, "draft")};
	out->is_over =
		!out->is_draft && (!str_eq(c->state, "open") || now > c->closes_at);
	out->was_cut = out->is_over && c->closed_at && !str_eq(c->state, "open");
	if (out->is_over) {
		out->ended_at = out->was_cut ? c->closed_at : c->closes_at;
		out->report_days = CONSULTATION_REPORT_DAYS -
				   clock_days_between(out->ended_at, now, c->zone);
	} else {
		out->days_left = clock_days_between(now, c->closes_at, c->zone);
	}
}

bool consultations_all(struct operation *op, struct arena *arena, struct store_table *out,
		       struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_CONSULTATION_ALL, "");
}

bool consultation_row(struct operation *op, struct arena *arena, int64_t id,
		      struct store_row *out, struct err *err)
{
	return store_one(op->store, arena, out, err, SQL_CONSULTATION_BY_ID, "i", id);
}

bool consultation_questions(struct operation *op, struct arena *arena,
			    int64_t consultation_id, struct store_table *out,
			    struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_QUESTIONS_OF, "i",
			 consultation_id);
}

bool consultation_extensions(struct operation *op, struct arena *arena,
			     int64_t consultation_id, struct store_table *out,
			     struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_EXTENSIONS_OF, "i",
			 consultation_id);
}
