#include "domain/intake/mailbox.h"

bool mailbox_named(struct operation *op, const char *name, struct mailbox *out,
		   struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_MAILBOX_BY_NAME, "t", name))
		return false;
	*out = (struct mailbox){
		.id = row_int(&row, "id"),
		.uidvalidity = row_int(&row, "uidvalidity"),
		.last_uid = row_int(&row, "last_uid"),
	};
	return true;
}

bool mailbox_open(struct operation *op, const char *name, struct mailbox *out,
		  struct err *err)
{
	return store_run(op->store, err, SQL_MAILBOX_ENSURE, "t", name) &&
	       mailbox_named(op, name, out, err);
}

bool mailbox_read_to(struct operation *op, const struct mailbox *mailbox, struct err *err)
{
	return store_run(op->store, err, SQL_MAILBOX_CURSOR, "iiii", mailbox->id,
			 mailbox->uidvalidity, mailbox->last_uid, op->now);
}

bool mailbox_has(struct operation *op, int64_t mailbox_id, const char *item, bool *out,
		 struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;
	bool has = store_one(op->store, arena, &row, err, SQL_INBOUND_HAS, "it",
			     mailbox_id, item);

	if (!has && !err_forgive(err, ERR_ABSENT))
		return false;
	*out = has;
	return true;
}

bool mailbox_note(struct operation *op, int64_t mailbox_id, enum mailbox_state now,
		  enum mailbox_state *io_known, struct err *err)
{
	AUTO(store_txn) t = NULL;

	if (now == *io_known)
		return true;
	t = store_begin(op->store, err);
	if (!t ||
	    !(now == MAILBOX_LOST
		      ? store_run(op->store, err, SQL_MAILBOX_LOST, "ii", mailbox_id,
				  op->now)
		      : store_run(op->store, err, SQL_MAILBOX_FOUND, "i", mailbox_id)) ||
	    !store_commit(&t, err))
		return false;
	*io_known = now;
	return true;
}
