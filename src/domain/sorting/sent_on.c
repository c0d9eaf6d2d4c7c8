#include "domain/sorting/sent_on.h"
#include "domain/core/audit.h"
#include "domain/intake/reread.h"
#include "domain/responses/response_lock.h"
#include "base/str.h"
#include "mail/write/recipient.h"
#include "store/apart.h"

#include <inttypes.h>

struct saying {
	struct operation *op;
	const char *reference;
	const struct entry_said *said;
};

/* As response_take() gives it to one that comes. */
static const char *key_of(struct arena *arena, const struct response *r,
			  const struct entry_said *said)
{
	const char *key = said->address ? mail_address_key(arena, said->address) : NULL;

	return key ? key
		   : arena_printf(arena, "unknown sender of mail %" PRId64,
				  r->inbound_id);
}

/* The same was said before, as by a double click. */
static bool is_said(struct operation *op, struct arena *arena, int64_t inbound_id,
		    const struct entry_said *said, bool *out, struct err *err)
{
	struct store_row row;

	*out = false;
	if (!store_one(op->store, arena, &row, err, SQL_ENTRY_OF, "i", inbound_id))
		return err_forgive(err, ERR_ABSENT);
	*out = str_eq(row_text(&row, "how"), "sent on") &&
	       str_eq(row_text(&row, "channel"), said->channel) &&
	       str_eq(row_text(&row, "name"), said->name) &&
	       str_eq(row_text(&row, "organisation"), said->organisation) &&
	       str_eq(row_text(&row, "address"), said->address) &&
	       str_eq(row_text(&row, "type"), said->type) &&
	       str_eq(row_text(&row, "permission"), said->permission);
	return true;
}

static bool say_once(void *with, struct arena *arena, struct err *err)
{
	struct saying *what = with;
	struct operation *op = what->op;
	AUTO(buf) inverse = undo_new();
	AUTO(store_txn) t = NULL;
	struct entry_said said;
	struct response r;
	bool is_there;

	if (!entry_read(op, arena, what->said, &said, err))
		return false;
	t = response_lock_begin(op, arena, what->reference, &r, err);
	if (!t || !is_said(op, arena, r.inbound_id, &said, &is_there, err))
		return false;
	if (is_there)
		return true;
	return entry_pack(op, arena, &r, &said, inverse, err) &&
	       entry_send_on(op, arena, r.inbound_id, &said, err) &&
	       store_run(op->store, err, SQL_ENTRY_PLACE, "it", r.id, said.channel) &&
	       store_run(op->store, err, SQL_ENTRY_KEY, "it", r.respondent_id,
			 key_of(arena, &r, &said)) &&
	       entry_respondent(op, r.respondent_id, &said, err) &&
	       response_text_read_again(op, arena, r.id, err) &&
	       audit_record(op, err, "sent on", "response", r.id, "%s", said.channel) &&
	       undo_record(op, "sent on", inverse, err, "saying whose response %s is",
			   response_reference(arena, r.consultation, r.number)) &&
	       store_commit(&t, err);
}

bool sent_on_say(struct operation *op, const char *reference,
		 const struct entry_said *said, struct err *err)
{
	struct entry_said as = *said;
	struct saying what = {op, reference, &as};

	as.how = ENTRY_SENT_ON;
	return needs_staff(op, err) && apart_run(op->store, say_once, &what, err);
}
