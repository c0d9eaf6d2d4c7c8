#include "domain/personal/erasure_mail.h"
#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/intake/inbound_look.h"
#include "domain/personal/personal_mails.h"
#include "base/str.h"

#include <inttypes.h>

bool erasure_mail_waits(struct operation *op, struct arena *arena, int64_t inbound_id,
			struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_ERASURE_MAIL_WAITS, "i",
			 inbound_id);
}

static bool blank(struct operation *op, int64_t inbound_id, struct err *err)
{
	return store_run(op->store, err, SQL_ERASING_MAIL_ADD, "i", inbound_id) &&
	       personal_mails_still(op, 0, err) && personal_mails_blank(op, err) &&
	       personal_mails_drop(op, err) &&
	       store_run(op->store, err, SQL_ERASURE_MAIL_WORDS, "i", inbound_id);
}

bool erasure_mail_decide(struct operation *op, int64_t inbound_id,
			 enum erasure_decision decision, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	bool erase = decision == ERASURE_ERASE;
	AUTO(store_txn) t = NULL;
	struct store_table waits;
	struct store_row mail;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !inbound_shown(op, arena, inbound_id, &mail, err) ||
	    !rights_ask(op, RIGHT_ERASE, inbound_scope(&mail), err) ||
	    !erasure_mail_waits(op, arena, inbound_id, &waits, err))
		return false;
	if (!waits.count)
		return err_set(err, ERR_ABSENT,
			       "no erasure waits for a decision about mail %" PRId64,
			       inbound_id);
	if (erase && str_eq(row_text(&mail, "taken_as"), "response"))
		return err_set(err, ERR_CONFLICT,
			       "mail %" PRId64 " is a response by now, and part of a "
			       "record: it can only be kept",
			       inbound_id);
	return (!erase || blank(op, inbound_id, err)) &&
	       store_run(op->store, err, SQL_ERASURE_MAIL_DECIDE, "itii", inbound_id,
			 erase ? "erased" : "kept", op->staff_id, op->now) &&
	       audit_record(op, err, erase ? "mail erased" : "mail kept from erasure",
			    "inbound", inbound_id, "%zu erasures asked for it",
			    waits.count) &&
	       store_commit(&t, err);
}
