/* Two codes become one, and one becomes two; see acts/codeframe.h. */
#include "acts/blind.h"
#include "acts/frame_inside.h"
#include "base/str.h"

#include <inttypes.h>

static bool carry_all(struct acts *acts, int64_t change, int64_t from, int64_t into,
		      struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	struct store_table codings;

	if (!store_all(acts->store, arena, 0, &codings, err, SQL_CODING_IDS_OF, "i",
		       from))
		return false;
	for (size_t i = 0; i < codings.count; i++) {
		AUTO(arena) one = arena_new(2048);
		struct store_row id = table_row(&codings, i), row;

		if (!store_one(acts->store, one, &row, err, SQL_CODING_GET, "i",
			       row_int(&id, "id")) ||
		    !acts_frame_coding_carry(acts, change, &row, into, err))
			return false;
	}
	return true;
}

static bool rehang_children(struct acts *acts, struct arena *arena, int64_t change,
			    int64_t from, int64_t into, struct err *err)
{
	struct store_table t;

	if (!store_all(acts->store, arena, 0, &t, err, SQL_CODE_CHILDREN, "i", from))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct acts_code child;

		if (!acts_code_get(acts, arena, row_int(&row, "id"), &child, err))
			return false;
		child.parent_id = into;
		if (!acts_frame_code_set(acts, change, &child, err))
			return false;
	}
	return true;
}

/* What is below the one must not hold the other. */
static bool apart(struct acts *acts, struct arena *arena, const struct acts_code *code,
		  const struct acts_code *into, struct err *err)
{
	struct store_table above;

	if (code->id == into->id)
		return err_set(err, ERR_INPUT, "a code cannot be merged into itself");
	if (!store_all(acts->store, arena, 0, &above, err, SQL_CODE_ABOVE, "i", into->id))
		return false;
	for (size_t i = 0; i < above.count; i++) {
		struct store_row row = table_row(&above, i);

		if (row_int(&row, "id") == code->id)
			return err_set(
				err, ERR_CONFLICT,
				"\"%.80s\" stands below \"%.80s\"; merge it the other "
				"way round, or move it first",
				into->name, code->name);
	}
	return true;
}

bool acts_code_merge(struct acts *acts, int64_t code_id, int64_t into_id,
		     int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = NULL;
	struct acts_code code, into;
	int64_t change;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_code_get(acts, arena, code_id, &code, err) ||
	    !acts_code_get(acts, arena, into_id, &into, err) ||
	    !acts_frame_usable(&into, code.consultation_id, err) ||
	    (!str_eq(code.state, "retired") &&
	     !acts_frame_usable(&code, code.consultation_id, err)) ||
	    !apart(acts, arena, &code, &into, err) ||
	    !acts_frame_begin(acts, code.consultation_id, "merge", &change, err,
			      "merged %s into %s", code.name, into.name) ||
	    !carry_all(acts, change, code.id, into.id, err) ||
	    !rehang_children(acts, arena, change, code.id, into.id, err))
		return false;
	code.state = "merged";
	code.merged_into = into.id;
	if (!acts_frame_code_set(acts, change, &code, err) ||
	    !acts_frame_audit(acts, change, "codes merged", err) ||
	    !store_commit(&t, err))
		return false;
	if (out_change)
		*out_change = change;
	return true;
}

static bool carry_chosen(struct acts *acts, int64_t change, const struct acts_code *from,
			 int64_t into, const int64_t *coding_ids, size_t count,
			 struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		AUTO(arena) one = arena_new(2048);
		struct store_row row;

		if (!store_one(acts->store, one, &row, err, SQL_CODING_GET, "i",
			       coding_ids[i]))
			return err->kind == ERR_ABSENT
				       ? err_set(err, ERR_ABSENT,
						 "there is no coding %" PRId64,
						 coding_ids[i])
				       : false;
		if (row_int(&row, "code_id") != from->id || !row_null(&row, "ended_at"))
			return err_set(err, ERR_CONFLICT,
				       "coding %" PRId64
				       " is none of \"%.80s\" that holds",
				       coding_ids[i], from->name);
		if (!acts_sample_not_blind(acts, row_int(&row, "response_id"), err) ||
		    !acts_frame_coding_carry(acts, change, &row, into, err))
			return false;
	}
	return true;
}

bool acts_code_split(struct acts *acts, int64_t code_id, const char *name, bool below,
		     const int64_t *coding_ids, size_t count, int64_t *out_id,
		     int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = NULL;
	struct acts_code code, made;
	struct store_table above;
	int64_t change;

	if (!acts_needs_staff(acts, err) || !acts_code_name_is_plain(name, err))
		return false;
	if (!count)
		return err_set(err, ERR_INPUT,
			       "choose the codings that the new code is to get");
	t = store_begin(acts->store, err);
	if (!t || !acts_code_get(acts, arena, code_id, &code, err) ||
	    !acts_frame_usable(&code, code.consultation_id, err) ||
	    !store_all(acts->store, arena, 0, &above, err, SQL_CODE_ABOVE, "i", code.id))
		return false;
	if (below && above.count >= ACTS_CODE_DEPTH)
		return err_set(err, ERR_CONFLICT,
			       "codes stand at most %d below each other",
			       ACTS_CODE_DEPTH);
	made = (struct acts_code){.consultation_id = code.consultation_id,
				  .name = name,
				  .parent_id = below ? code.id : code.parent_id,
				  .definition = "",
				  .examples = "",
				  .questions = below ? "" : code.questions};
	if (!acts_frame_begin(acts, code.consultation_id, "split", &change, err,
			      "split %s off %s", name, code.name) ||
	    !acts_code_insert(acts, arena, &made, change, err) ||
	    !carry_chosen(acts, change, &code, made.id, coding_ids, count, err) ||
	    !acts_frame_audit(acts, change, "code split", err) || !store_commit(&t, err))
		return false;
	*out_id = made.id;
	if (out_change)
		*out_change = change;
	return true;
}
