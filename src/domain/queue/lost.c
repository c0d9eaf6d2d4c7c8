#include "domain/queue/lost.h"
#include "base/str.h"

bool lost_note_role(struct operation *op, const char *name, enum lost_state state,
		    struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);

	return t &&
	       (state == LOST_LOST
			? store_run(op->store, err, SQL_ROLE_LOST, "ti", name, op->now)
			: store_run(op->store, err, SQL_ROLE_FOUND, "t", name)) &&
	       store_commit(&t, err);
}

bool lost_forget_roles(struct operation *op, struct err *err)
{
	return store_run(op->store, err, SQL_ROLE_FOUND, "t", NULL);
}

/* The store may know mailboxes and relays that the settings name no more. */
static bool is_in_use(const struct settings *s, const char *kind, const char *name)
{
	bool found = str_eq(kind, "role");

	for (size_t i = 0; str_eq(kind, "relay") && i < s->relay_count; i++)
		found = found || str_eq(s->relays[i].name, name);
	for (size_t i = 0; str_eq(kind, "mailbox") && i < s->mailbox_count; i++)
		found = found || str_eq(s->mailboxes[i].name, name);
	return found;
}

bool lost_for(struct operation *op, struct arena *arena, int64_t seconds,
	      struct store_table *out, struct err *err)
{
	size_t kept = 0;

	if (!store_all(op->store, arena, out, err, SQL_NEEDS_OF_TROUBLE, "i",
		       op->now - seconds))
		return false;
	for (size_t i = 0; i < out->count; i++) {
		struct store_row row = table_row(out, i);

		if (is_in_use(op->settings, row_text(&row, "kind"),
			      row_text(&row, "name")))
			out->rows[kept++] = out->rows[i];
	}
	out->count = kept;
	return true;
}

static bool tell(struct operation *op, const struct store_row *row, struct err *err)
{
	const char *kind = row_text(row, "kind");
	int64_t id = row_int(row, "id");

	return store_run(op->store, err, SQL_NEWS_ADD, "iti", (int64_t)0, kind, id) &&
	       store_run(op->store, err,
			 str_eq(kind, "role")    ? SQL_ROLE_TOLD
			 : str_eq(kind, "relay") ? SQL_RELAY_TOLD
						 : SQL_MAILBOX_TOLD,
			 "i", id);
}

bool lost_becomes_news(struct operation *op, int64_t seconds, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct store_table lost;

	if (!store_all(op->store, arena, &lost, err, SQL_TROUBLE_UNTOLD, "i",
		       op->now - seconds))
		return false;
	if (!lost.count)
		return true;
	t = store_begin(op->store, err);
	/* Again, now that nobody else can write: it may be found. */
	if (!t || !store_all(op->store, arena, &lost, err, SQL_TROUBLE_UNTOLD, "i",
			     op->now - seconds))
		return false;
	for (size_t i = 0; i < lost.count; i++) {
		struct store_row row = table_row(&lost, i);

		if (!tell(op, &row, err))
			return false;
	}
	return store_commit(&t, err);
}
