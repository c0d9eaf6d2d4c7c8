#include "acts/sort.h"
#include "acts/audit.h"
#include "acts/reply.h"
#include "acts/response.h"
#include "base/str.h"

#include <inttypes.h>

/* As much of the mail as a reply needs, from what the reader found when it came. */
static void understood(const struct store_row *row, struct mail_message *out)
{
	*out = (struct mail_message){
		.kind = str_eq(row_text(row, "kind"), "human") ? MAIL_HUMAN : MAIL_LIST,
		.from = {.name = row_text(row, "from_name"),
			 .address = row_text(row, "from_address")},
		.subject = row_text(row, "subject"),
		.message_id = row_text(row, "message_id"),
		.text = row_text(row, "text"),
	};
}

bool acts_inbound_file(struct acts *acts, struct arena *arena, int64_t inbound_id,
		       const char *consultation, const char **out_reference,
		       struct err *err)
{
	AUTO(store_txn) t = NULL;
	struct acts_consultation c;
	struct mail_message m;
	struct store_row row, reply;
	const char *taken, *why;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_consultation_named(acts, arena, consultation, &c, err))
		return false;
	if (!store_one(acts->store, arena, &row, err, SQL_INBOUND_SHOW, "i", inbound_id))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no mail %" PRId64,
					 inbound_id)
			       : false;
	if (store_one(acts->store, arena, &reply, err, SQL_RESPONSE_OF_INBOUND, "i",
		      inbound_id))
		return err_set(err, ERR_CONFLICT,
			       "mail %" PRId64 " is the reply %s already", inbound_id,
			       acts_reference(arena, row_text(&reply, "consultation"),
					      row_int(&reply, "number")));
	if (err->kind != ERR_ABSENT)
		return false;
	if (!str_eq(row_text(&row, "state"), "done"))
		return err_set(err, ERR_CONFLICT,
			       "mail %" PRId64 " is not read yet; wait a moment",
			       inbound_id);
	understood(&row, &m);
	if (!acts_reply_take(acts, arena, inbound_id, row_int(&row, "received_at"), &c,
			     &m, &taken, &why, err))
		return false;
	if (!str_eq(taken, "reply"))
		return err_set(err, ERR_CONFLICT, "mail %" PRId64 " cannot be taken: %s",
			       inbound_id, why);
	if (!store_one(acts->store, arena, &reply, err, SQL_RESPONSE_OF_INBOUND, "i",
		       inbound_id) ||
	    !store_run(acts->store, err, SQL_INBOUND_RETAKE, "itt", inbound_id, taken,
		       arena_printf(arena, "%s, filed by the staff", why)) ||
	    !acts_audit(acts, err, "mail filed", "inbound", inbound_id,
			"%s -> reply in %s", row_text(&row, "taken_as"), c.name))
		return false;
	*out_reference = acts_reference(arena, row_text(&reply, "consultation"),
					row_int(&reply, "number"));
	return store_commit(&t, err);
}
