#include "domain/bulletins/bulletin.h"
#include "bulletin/reuse.h"

bool bulletin_next(struct operation *op, struct arena *arena, const char *list,
		   const char **out_text, struct err *err)
{
	struct bulletin last;
	struct list of;
	struct store_row row;
	const char **names;
	size_t offered = 0;

	if (!list_named(op, arena, list, &of, err))
		return false;
	if (store_one(op->store, arena, &row, err, SQL_BULLETIN_LAST_OF, "i", of.id)) {
		if (!bulletin_by_id(op, arena, row_int(&row, "id"), &last, err))
			return false;
		if (!last.source->unreadable) {
			*out_text = bulletin_reuse(arena, last.source);
			return true;
		}
	} else if (!err_forgive(err, ERR_ABSENT)) {
		return false;
	}
	names = arena_make(arena, const char *, of.topic_count + 1);
	for (size_t i = 0; i < of.topic_count; i++)
		if (of.topics[i].is_offered)
			names[offered++] = of.topics[i].name;
	*out_text = bulletin_reuse_nothing(arena, of.name, names, offered);
	return true;
}

bool bulletin_untouched(struct operation *op, struct arena *arena,
			const struct list *list, const char *text, int64_t *out_number,
			struct err *err)
{
	struct store_row row;

	*out_number = 0;
	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_UNTOUCHED, "it",
		       list->id, text))
		return err_forgive(err, ERR_ABSENT);
	*out_number = row_int(&row, "number");
	return true;
}

bool bulletin_was_seen(struct operation *op, const struct bulletin *b, bool *out,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_WAS_SEEN, "i", b->id))
		return false;
	*out = row_int(&row, "seen") == 1;
	return true;
}
