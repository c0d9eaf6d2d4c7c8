#include "domain/responses/mail_thread.h"
#include "base/str.h"

/* More References than this come from no thread that people write. */
enum { LOOKED_AT_MOST = 20 };

static bool by_response(struct operation *op, struct arena *arena, int64_t response_id,
			int64_t *out_response_id, int64_t *out_consultation_id,
			struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_BY_ID, "i", response_id))
		return err_forgive(err, ERR_ABSENT);
	*out_response_id = response_id;
	*out_consultation_id = row_int(&row, "consultation_id");
	return true;
}

static bool by_message_id(struct operation *op, struct arena *arena, const char *id,
			  int64_t *out_response_id, int64_t *out_consultation_id,
			  struct err *err)
{
	struct store_row row;

	if (!str_starts(id, "l."))
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_NOTIFICATION_ANSWERED, "t", id))
		return err_forgive(err, ERR_ABSENT);
	*out_response_id = row_int(&row, "response_id");
	*out_consultation_id = row_int(&row, "consultation_id");
	return true;
}

bool mail_thread_find(struct operation *op, struct arena *arena,
		      const struct mail_message *m, const char *token,
		      int64_t *out_response_id, int64_t *out_consultation_id,
		      struct err *err)
{
	char *lower = arena_strdup(arena, str_or(token, ""));
	int64_t id;

	*out_response_id = *out_consultation_id = 0;
	str_lower(lower);
	if (*lower && secret_token_read(op->key, "response", lower, &id) &&
	    !by_response(op, arena, id, out_response_id, out_consultation_id, err))
		return false;
	if (!*out_response_id && m->in_reply_to &&
	    !by_message_id(op, arena, m->in_reply_to, out_response_id,
			   out_consultation_id, err))
		return false;
	/* The last one is the nearest. */
	for (size_t i = m->references.count, looked = 0;
	     i > 0 && looked < LOOKED_AT_MOST && !*out_response_id; i--, looked++)
		if (!by_message_id(op, arena, m->references.items[i - 1], out_response_id,
				   out_consultation_id, err))
			return false;
	return true;
}

static bool has_mark(struct arena *arena, const char *subject, const char *text)
{
	return str_ifind(subject, arena_printf(arena, "[%s]", text)) != NULL;
}

/* "cruelty-0147", not inside a longer word. */
static bool has_reference(const char *subject, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = subject; (at = str_ifind(at, name)); at++) {
		char before = at == subject ? ' ' : at[-1];

		if (at[len] == '-' && str_is_digit(at[len + 1]) && before != '-' &&
		    !str_is_alpha(before) && !str_is_digit(before))
			return true;
	}
	return false;
}

bool mail_thread_guess(struct operation *op, struct arena *arena, const char *subject,
		       const char **out_name, struct err *err)
{
	struct store_table all;
	const char *found = NULL;
	size_t count = 0;

	*out_name = NULL;
	if (str_empty(subject))
		return true;
	if (!store_all(op->store, arena, 0, &all, err, SQL_CONSULTATION_NAMES, ""))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		struct store_row row = table_row(&all, i);
		const char *name = row_text(&row, "name");

		if (!has_mark(arena, subject, name) &&
		    !has_mark(arena, subject, row_text(&row, "title")) &&
		    !has_reference(subject, name))
			continue;
		found = name;
		count++;
	}
	if (count == 1)
		*out_name = found;
	return true;
}
