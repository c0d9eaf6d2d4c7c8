#include "acts/bulletin.h"
#include "bulletin/reuse.h"

bool acts_bulletin_next(struct acts *acts, struct arena *arena, const char *list,
			const char **out_text, struct err *err)
{
	struct acts_bulletin last;
	struct acts_list of;
	struct store_row row;

	if (!acts_list_named(acts, arena, list, &of, err))
		return false;
	if (store_one(acts->store, arena, &row, err, SQL_BULLETIN_LAST_OF, "i", of.id)) {
		if (!acts_bulletin_by_id(acts, arena, row_int(&row, "id"), &last, err))
			return false;
		*out_text = bulletin_reuse(arena, last.source);
		return true;
	}
	if (err->kind != ERR_ABSENT)
		return false;
	*out_text = bulletin_reuse_nothing(arena, of.name, (const char *const *)of.topics,
					   of.topic_count);
	return true;
}
