#include "domain/intake/sent_by_us.h"
#include "domain/admin/arrival.h"
#include "base/str.h"

/* What passes a mail on puts itself into one of these. */
static bool is_as_sent(const struct mail_message *m)
{
	return !m->via && m->beside.count == 0 && m->authors.count <= 1 &&
	       !str_empty(m->from.address) && !str_empty(m->message_id);
}

bool sent_by_us(struct operation *op, struct arena *arena, const struct mail_message *m,
		bool *out, struct err *err)
{
	const char *id = m->message_id;
	struct store_row row;
	int64_t delivery_id;
	bool ours = false;

	*out = false;
	if (!is_as_sent(m) ||
	    !arrival_route_is_ours(op, arena, m->from.address, &ours, err))
		return !is_as_sent(m);
	if (!ours)
		return true;
	if (str_starts(id, "u.")) {
		*out = secret_token_read(
			op->key, "message",
			arena_strndup(arena, id + 2, strcspn(id + 2, "@")), &delivery_id);
		return true;
	}
	if (!store_one(op->store, arena, &row, err, SQL_NOTIFICATION_BY_MESSAGE_ID, "t",
		       id))
		return err_forgive(err, ERR_ABSENT);
	*out = true;
	return true;
}
