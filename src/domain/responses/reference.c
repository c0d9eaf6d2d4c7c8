#include "domain/responses/reference.h"
#include "base/str.h"

#include <inttypes.h>

const char *response_reference(struct arena *arena, const char *consultation,
			       int64_t number)
{
	return arena_printf(arena, "%s-%04" PRId64, consultation, number);
}

/* "Cruelty-147" as "cruelty" and 147. */
static bool read_reference(struct arena *arena, const char *reference,
			   const char **out_consultation, int64_t *out_number,
			   struct err *err)
{
	char *name = arena_strdup(arena, reference), *dash = strrchr(name, '-');
	struct err ignored;

	if (!dash || !str_to_int(dash + 1, 1, INT32_MAX, out_number, &ignored))
		return err_set(err, ERR_INPUT,
			       "\"%.60s\" is not a reference; it looks like cruelty-0147",
			       reference);
	*dash = '\0';
	str_lower(name);
	*out_consultation = name;
	return true;
}

static bool by(struct operation *op, struct arena *arena, enum sql_id statement,
	       const char *reference, struct response *out, struct err *err)
{
	const char *name;
	struct store_row row;
	int64_t number;

	if (!read_reference(arena, reference, &name, &number, err))
		return false;
	if (!store_one(op->store, arena, &row, err, statement, "ti", name, number))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no response %.60s",
					 reference)
			       : false;
	*out = (struct response){
		.id = row_int(&row, "id"),
		.inbound_id = row_int(&row, "inbound_id"),
		.consultation_id = row_int(&row, "consultation_id"),
		.respondent_id = row_int(&row, "respondent_id"),
		.assigned_to = row_int(&row, "assigned_to"),
		.number = row_int(&row, "number"),
		.received_at = row_int(&row, "received_at"),
		.consultation = row_text(&row, "consultation"),
		.state = row_text(&row, "state"),
		.reason = row_text(&row, "reason"),
		.assigned = row_text(&row, "assigned"),
		.type = row_text(&row, "type"),
		.contact = row_text(&row, "contact"),
		.name = row_text(&row, "respondent"),
		.organisation = row_text(&row, "organisation"),
		.permission = row_text(&row, "permission"),
		.channel = row_text(&row, "channel"),
		.late = row_int(&row, "late") == 1,
	};
	return true;
}

bool response_moved_to(struct operation *op, struct arena *arena, const char *reference,
		       struct response *out, struct err *err)
{
	return by(op, arena, SQL_RESPONSE_FIND_MOVED, reference, out, err);
}

bool response_find(struct operation *op, struct arena *arena, const char *reference,
		   struct response *out, struct err *err)
{
	if (by(op, arena, SQL_RESPONSE_FIND, reference, out, err))
		return true;
	if (!err_forgive(err, ERR_ABSENT) ||
	    !response_moved_to(op, arena, reference, out, err))
		return false;
	return !op->rights ||
	       err_set(err, ERR_ABSENT, "%.60s was moved to another consultation",
		       reference);
}
