/* What each of these acts begins with, and the emails to who is asked and to who asked. */
#include "domain/approval/approval_private.h"
#include "domain/admin/notification.h"
#include "base/str.h"

#include <inttypes.h>

struct store_txn *approval_begin(struct operation *op, struct arena *arena,
				 const struct approval_of *what, struct bulletin *b,
				 struct err *err)
{
	struct store_txn *t;

	if (!needs_staff(op, err))
		return NULL;
	t = store_begin(op->store, err);
	if (!t)
		return NULL;
	if (!bulletin_load(op, arena, what->list, what->number, b, err) ||
	    (*str_or(what->seen, "") && !str_eq(what->seen, b->hash) &&
	     !err_set(err, ERR_CONFLICT,
		      "The bulletin was changed while you looked at it. Look at it as it "
		      "is now, and do it once more.")))
		store_rollback(&t);
	return t;
}

bool approval_tell(struct operation *op, const struct bulletin *b,
		   const struct approval_mail *mail, bool *out_told, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	struct store_row row;

	*out_told = false;
	if (!store_one(op->store, arena, &row, err, SQL_REQUEST_ADDRESS, "i", mail->to))
		return err_forgive(err, ERR_ABSENT);
	const struct notification letter = {
		.kind = NOTIFICATION_APPROVAL,
		.once = arena_printf(arena, "approval:%" PRId64 ":%d", mail->request_id,
				     (int)mail->what),
		.to_address = row_text(&row, "email"),
		.from_address = b->list.address,
		.from_name = b->list.from_name,
		.reply_to = b->list.owner,
		.list = &b->list,
		.values = {.approval = mail->what,
			   .colleague = op->who,
			   .bulletin = arena_printf(arena, "No. %" PRId64 ": %s",
						    b->number, b->title),
			   .message = mail->comment,
			   .page_url = arena_printf(
				   arena, "%s/staff/lists/%s/bulletins/%" PRId64,
				   op->settings->base_url, b->list.name, b->number)},
	};

	/* An address that is none keeps nobody from asking. */
	if (!notification_queue(op, &letter, NULL, err))
		return notification_unmade(err);
	*out_told = true;
	return true;
}
