#include "domain/intake/inbound_look.h"

#include <inttypes.h>

bool inbound_list(struct operation *op, struct arena *arena,
		  const struct inbound_filter *filter, struct store_table *out,
		  struct err *err)
{
	return domain_word_check("kind of mail", filter->kind, inbound_kinds, err) &&
	       domain_word_check("thing that mail is taken for", filter->taken_as,
				 inbound_taken, err) &&
	       store_all(op->store, arena, out, err, SQL_INBOUND_LIST, "tti",
			 filter->kind, filter->taken_as, filter->most);
}

bool inbound_counts(struct operation *op, struct arena *arena, struct store_table *out,
		    struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_INBOUND_COUNTS, "");
}

bool inbound_unread(struct operation *op, int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(256);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_INBOUND_UNREAD, ""))
		return false;
	*out = row_int(&row, "n");
	return true;
}

/* One row about a mail; its absence in words. */
static bool row_of(struct operation *op, struct arena *arena, int64_t id,
		   enum sql_id statement, struct store_row *out, struct err *err)
{
	if (store_one(op->store, arena, out, err, statement, "i", id))
		return true;
	return err->kind == ERR_ABSENT
		       ? err_set(err, ERR_ABSENT, "there is no mail %" PRId64, id)
		       : false;
}

bool inbound_shown(struct operation *op, struct arena *arena, int64_t id,
		   struct store_row *out, struct err *err)
{
	return row_of(op, arena, id, SQL_INBOUND_SHOW, out, err);
}

struct rights_scope inbound_scope(const struct store_row *mail)
{
	if (row_int(mail, "consultation_id"))
		return rights_on_consultation(row_int(mail, "consultation_id"));
	return row_int(mail, "list_id") ? rights_on_list(row_int(mail, "list_id"))
					: rights_everywhere();
}

bool inbound_files(struct operation *op, struct arena *arena, int64_t id,
		   struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_ATTACHMENTS_OF, "i", id);
}

bool inbound_raw(struct operation *op, struct arena *arena, int64_t id,
		 const void **out_bytes, size_t *out_len, struct err *err)
{
	struct store_row row;

	if (!row_of(op, arena, id, SQL_INBOUND_RAW_OF, &row, err))
		return false;
	*out_bytes = row_bytes(&row, "bytes", out_len);
	if (!*out_bytes)
		*out_bytes = "";
	return true;
}

/* A row of id, received_at and cut, with its bytes. */
static bool read_mail(struct operation *op, struct arena *arena,
		      const struct store_row *row, struct inbound_mail *out,
		      struct err *err)
{
	out->id = row_int(row, "id");
	out->received_at = row_int(row, "received_at");
	out->cut = row_int(row, "cut") == 1;
	return inbound_raw(op, arena, out->id, &out->bytes, &out->len, err);
}

bool inbound_new(struct operation *op, struct arena *arena,
		 const struct inbound_some *which, struct inbound_mail **out,
		 size_t *out_count, struct err *err)
{
	struct store_table t;
	struct inbound_mail *mails;

	if (!store_all(op->store, arena, &t, err, SQL_INBOUND_NEW_SOME, "iii",
		       which->most, which->most_bytes, which->after))
		return false;
	mails = arena_make(arena, struct inbound_mail, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!read_mail(op, arena, &row, &mails[i], err))
			return false;
	}
	*out = mails;
	*out_count = t.count;
	return true;
}

bool inbound_done(struct operation *op, struct arena *arena,
		  const struct inbound_some *which, struct inbound_mail **out,
		  size_t *out_count, struct err *err)
{
	struct store_table t;
	struct inbound_mail *mails;
	int64_t bytes = 0;
	size_t n = 0;

	if (!store_all(op->store, arena, &t, err, SQL_INBOUND_TO_REBUILD, "ii",
		       which->after, which->most))
		return false;
	mails = arena_make(arena, struct inbound_mail, t.count + 1);
	for (; n < t.count && bytes < which->most_bytes; n++) {
		struct store_row row = table_row(&t, n);

		if (!read_mail(op, arena, &row, &mails[n], err))
			return false;
		bytes += (int64_t)mails[n].len;
	}
	*out = mails;
	*out_count = n;
	return true;
}

bool inbound_done_count(struct operation *op, int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_INBOUND_REBUILD_COUNT, ""))
		return false;
	*out = row_int(&row, "n");
	return true;
}
