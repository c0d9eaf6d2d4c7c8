#include "domain/queue/backlog.h"
#include "base/str.h"

bool backlog_now(struct operation *op, struct arena *arena, struct backlog *out,
		 struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_BACKLOG, "i", op->now))
		return false;
	*out = (struct backlog){
		.unread = row_int(&row, "unread"),
		.unread_since = row_int(&row, "unread_since"),
		.unsorted = row_int(&row, "unsorted"),
		.notifications = row_int(&row, "notifications"),
		.notifications_since = row_int(&row, "notifications_since"),
		.notifications_in_doubt = row_int(&row, "notifications_in_doubt"),
		.deliveries = row_int(&row, "deliveries"),
		.deliveries_in_doubt = row_int(&row, "deliveries_in_doubt"),
		.sending = row_int(&row, "sending"),
		.on_hold = row_int(&row, "on_hold")};
	return true;
}

bool backlog_mailboxes(struct operation *op, struct arena *arena, struct store_table *out,
		       struct err *err)
{
	const struct settings *s = op->settings;
	size_t kept = 0;

	if (!store_all(op->store, arena, out, err, SQL_BACKLOG_MAILBOXES, ""))
		return false;
	for (size_t i = 0; i < out->count; i++) {
		struct store_row row = table_row(out, i);

		for (size_t k = 0; k < s->mailbox_count; k++)
			if (str_eq(s->mailboxes[k].name, row_text(&row, "name"))) {
				out->rows[kept++] = out->rows[i];
				break;
			}
	}
	out->count = kept;
	return true;
}
