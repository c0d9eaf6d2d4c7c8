#include "domain/past/imported_mail.h"
#include "base/str.h"

#include <inttypes.h>

const char *imported_mail_hashes(struct arena *arena, const struct mail_message *m)
{
	AUTO(buf) all = buf_new(1 << 20);

	for (size_t i = 0; i < m->attachment_count; i++)
		buf_printf(all, "%s%s", i ? "," : "", m->attachments[i].sha256);
	return arena_strdup(arena, buf_text(all));
}

bool imported_mail_find(struct operation *op, int64_t inbound_id,
			struct imported_mail *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out = (struct imported_mail){0};
	if (!store_one(op->store, arena, &row, err, SQL_IMPORTED_MAIL_OF, "i",
		       inbound_id))
		return err_forgive(err, ERR_ABSENT);
	*out = (struct imported_mail){.consultation_id = row_int(&row, "consultation_id"),
				      .arrived_at = row_int(&row, "arrived_at"),
				      .acknowledged = row_int(&row, "acknowledged") != 0};
	return true;
}

/* By what was read in both. Without a sender, or an id or a moment, none is known by it. */
static bool find_twin(struct operation *op, struct arena *arena, struct imported_way *way,
		      struct err *err)
{
	const struct mail_message *m = way->m;
	bool named = !str_empty(m->message_id);
	struct store_row row;

	if (str_empty(m->from.address) || (!named && m->date_at <= 0))
		return true;
	if (!store_one(
		    op->store, arena, &row, err,
		    named ? SQL_IMPORTED_MAIL_TWIN : SQL_IMPORTED_MAIL_UNNAMED, "ittttii",
		    way->inbound_id,
		    named ? m->message_id : arena_printf(arena, "%" PRId64, m->date_at),
		    m->from.address, str_or(m->text, ""), imported_mail_hashes(arena, m),
		    (int64_t)(way->imported.consultation_id != 0),
		    way->route.consultation.id))
		return err_forgive(err, ERR_ABSENT);
	way->copy = arena_printf(arena, "the same mail as %" PRId64,
				 row_int(&row, "inbound_id"));
	return true;
}

static bool put_route(struct operation *op, struct arena *arena, struct imported_way *way,
		      struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_ID, "i",
		       way->imported.consultation_id))
		return false;
	way->route = (struct arrival_route){.to = TO_CONSULTATION};
	consultation_read(&row, &way->route.consultation);
	return true;
}

bool imported_mail_way(struct operation *op, struct arena *arena,
		       struct imported_way *way, struct err *err)
{
	way->copy = NULL;
	if (!imported_mail_find(op, way->inbound_id, &way->imported, err) ||
	    !(way->imported.consultation_id
		      ? put_route(op, arena, way, err)
		      : arrival_route_find(op, arena, way->m, &way->route, err)))
		return false;
	return way->route.to == TO_LIST || find_twin(op, arena, way, err);
}
