#include "base/str.h"
#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/leaks/leak.h"

#include <inttypes.h>

static bool is_meant(const struct leak_find *f, const struct leak_settling *what)
{
	return !f->reason == !!what->reason && str_ieq(f->words, what->words);
}

static bool settle_one(struct operation *op, const struct leak_find *f,
		       const struct leak_settling *what, struct err *err)
{
	if (what->reason)
		return store_run(op->store, err, SQL_LEAK_SETTLE, "ibtii",
				 what->consultation_id, f->mark, sizeof(f->mark),
				 what->reason, op->staff_id, op->now);
	return store_run(op->store, err, SQL_LEAK_UNSETTLE, "ib", what->consultation_id,
			 f->mark, sizeof(f->mark));
}

static bool reason_fits(const char *reason, struct err *err)
{
	if (!reason)
		return true;
	if (str_blank(reason))
		return err_set(err, ERR_INPUT, "Say why it may stand");
	return str_utf8_count(reason, strlen(reason)) <= LEAK_REASON_MOST ||
	       err_set(err, ERR_INPUT, "A reason has at most %d characters",
		       LEAK_REASON_MOST);
}

bool leak_settle(struct operation *op, const struct leak_found *found,
		 const struct leak_settling *what, size_t *out, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	size_t n = 0;

	if (!t || !needs_staff(op, err) ||
	    !rights_ask(op, RIGHT_PUBLISH, rights_on_consultation(what->consultation_id),
			err) ||
	    !reason_fits(what->reason, err))
		return false;
	for (size_t i = 0; i < found->count; i++) {
		const struct leak_find *f = &found->list[i];

		if (!is_meant(f, what))
			continue;
		if (!settle_one(op, f, what, err) ||
		    !audit_record(op, err,
				  what->reason ? "leak settled" : "leak open again",
				  "consultation", what->consultation_id,
				  "%s: response %" PRId64, leak_kind_words(f->kind),
				  f->response_id))
			return false;
		n++;
	}
	if (!n)
		return err_set(err, ERR_INPUT,
			       what->reason ? "nothing that is open says \"%s\""
					    : "nothing that was settled says \"%s\"",
			       what->words);
	*out = n;
	return store_commit(&t, err);
}
