/* Flags as they are kept: found, listed, with their steps; and how a step is kept. */
#include "domain/core/audit.h"
#include "domain/safeguarding/flag_private.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdio.h>

enum { EVENT_TEXT = 40 };

const char *const flag_outcomes[] = {"passed on", "known",   "supported",
				     "no risk",   "mistake", NULL};

const char *flag_outcome_says(const char *outcome)
{
	static const char *const says[] = {
		"Passed on to the police, social work or another service",
		"Known already to a service that is acting on it",
		"Spoken to or given details of support; nothing more is needed from us",
		"Nobody is at risk", "Flagged by mistake"};

	for (size_t i = 0; flag_outcomes[i]; i++)
		if (str_eq(flag_outcomes[i], outcome))
			return says[i];
	return "";
}

void flag_read(const struct operation *op, const struct store_row *row, struct flag *out)
{
	int64_t consultation = row_int(row, "consultation_id"),
		list = row_int(row, "list_id");

	*out = (struct flag){.id = row_int(row, "id"),
			     .inbound_id = row_int(row, "inbound_id"),
			     .state = row_text(row, "state"),
			     .round = row_int(row, "round"),
			     .raised_at = row_int(row, "raised_at"),
			     .due_at = row_int(row, "due_at"),
			     .seen_at = row_int(row, "seen_at"),
			     .closed_at = row_int(row, "closed_at"),
			     .outcome = row_text(row, "outcome"),
			     .raised_by = row_text(row, "raised_by"),
			     .seen_by = row_text(row, "seen_by"),
			     .response_id = row_int(row, "response_id"),
			     .consultation = row_text(row, "consultation"),
			     .number = row_int(row, "number"),
			     .received_at = row_int(row, "received_at"),
			     .untold = row_int(row, "untold")};
	out->reference = out->response_id ? row_text(row, "reference") : NULL;
	out->scope = consultation ? rights_on_consultation(consultation)
		     : list       ? rights_on_list(list)
				  : rights_everywhere();
	out->is_open = str_eq(out->state, "proposed") || str_eq(out->state, "open");
	out->is_overdue = out->is_open && !out->seen_at && out->due_at <= op->now;
	if (str_eq(row_text(row, "raised_how"), "proposed"))
		out->raised_by = NULL;
}

static bool one(struct operation *op, struct arena *arena, enum sql_id statement,
		int64_t id, struct flag *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, statement, "i", id))
		return false;
	flag_read(op, &row, out);
	return true;
}

bool flag_find(struct operation *op, struct arena *arena, int64_t id, struct flag *out,
	       struct err *err)
{
	return one(op, arena, SQL_FLAG_BY_ID, id, out, err) ||
	       (err->kind == ERR_ABSENT &&
		err_set(err, ERR_ABSENT, "there is no flag %" PRId64, id));
}

bool flag_of_mail(struct operation *op, struct arena *arena, int64_t inbound_id,
		  struct flag *out, struct err *err)
{
	return one(op, arena, SQL_FLAG_OF_MAIL, inbound_id, out, err);
}

bool flag_list(struct operation *op, struct arena *arena, enum flag_view view,
	       int64_t most, struct flags *out, struct err *err)
{
	struct rights_places where = rights_places(op, arena, RIGHT_SAFEGUARD);
	struct store_table t;

	if (!store_all(op->store, arena, &t, err,
		       view == FLAGS_OPEN ? SQL_FLAGS_OPEN : SQL_FLAGS_ENDED, "iitt",
		       most, (int64_t)where.everywhere, where.lists, where.consultations))
		return false;
	*out = (struct flags){arena_make(arena, struct flag, t.count + 1), t.count};
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		flag_read(op, &row, &out->items[i]);
	}
	return true;
}

bool flag_steps(struct operation *op, struct arena *arena, const struct flag *flag,
		struct store_table *out, struct err *err)
{
	return rights_ask(op, RIGHT_SAFEGUARD, flag->scope, err) &&
	       store_all(op->store, arena, out, err, SQL_FLAG_STEPS, "i", flag->id);
}

bool flag_words(struct operation *op, struct arena *arena, const struct flag *flag,
		struct store_table *out, struct err *err)
{
	return rights_ask(op, RIGHT_SAFEGUARD, flag->scope, err) &&
	       store_all(op->store, arena, out, err, SQL_FLAG_WORDS, "i",
			 flag->inbound_id);
}

bool flag_step_keep(struct operation *op, const struct flag_step *step, struct err *err)
{
	char event[EVENT_TEXT];

	(void)snprintf(event, sizeof(event), "flag %s", step->what);
	return store_run(op->store, err, SQL_FLAG_STEP_ADD, "itizitt", step->flag->id,
			 step->what, step->round, op->staff_id, op->now,
			 str_or(step->text, ""), step->outcome) &&
	       audit_record(op, err, event, "flag", step->flag->id, "%s",
			    str_or(step->outcome, ""));
}
