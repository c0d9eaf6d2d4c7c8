/* Two codes become one, and one becomes two; see domain/coding/codeframe.h. */
#include "domain/coding/blind.h"
#include "domain/coding/codeframe_private.h"
#include "base/str.h"

#include <inttypes.h>

static bool carry_all(struct operation *op, int64_t change, int64_t from, int64_t into,
		      struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	struct store_table codings;

	if (!store_all(op->store, arena, &codings, err, SQL_CODING_IDS_OF, "i", from))
		return false;
	for (size_t i = 0; i < codings.count; i++) {
		AUTO(arena) one = arena_new(2048);
		struct store_row id = table_row(&codings, i), row;

		if (!store_one(op->store, one, &row, err, SQL_CODING_GET, "i",
			       row_int(&id, "id")) ||
		    !codeframe_coding_carry(op, change, &row, into, err))
			return false;
	}
	return true;
}

static bool rehang_children(struct operation *op, struct arena *arena, int64_t change,
			    int64_t from, int64_t into, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_CODE_CHILDREN, "i", from))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct code child;

		if (!code_get(op, arena, row_int(&row, "id"), &child, err))
			return false;
		child.parent_id = into;
		if (!codeframe_code_set(op, change, &child, err))
			return false;
	}
	return true;
}

/* What is below the one must not hold the other. */
static bool apart(struct operation *op, struct arena *arena, const struct code *code,
		  const struct code *into, struct err *err)
{
	struct store_table above;

	if (code->id == into->id)
		return err_set(err, ERR_INPUT, "a code cannot be merged into itself");
	if (!store_all(op->store, arena, &above, err, SQL_CODE_ABOVE, "i", into->id))
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

bool code_merge(struct operation *op, int64_t code_id, int64_t into_id,
		int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = NULL;
	struct code code, into;
	int64_t change;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !code_get(op, arena, code_id, &code, err) ||
	    !code_get(op, arena, into_id, &into, err) ||
	    !codeframe_usable(&into, code.consultation_id, err) ||
	    (!str_eq(code.state, "retired") &&
	     !codeframe_usable(&code, code.consultation_id, err)) ||
	    !apart(op, arena, &code, &into, err) ||
	    !codeframe_begin(op, code.consultation_id, "merge", &change, err,
			     "merged %s into %s", code.name, into.name) ||
	    !carry_all(op, change, code.id, into.id, err) ||
	    !rehang_children(op, arena, change, code.id, into.id, err))
		return false;
	code.state = "merged";
	code.merged_into = into.id;
	if (!codeframe_code_set(op, change, &code, err) ||
	    !codeframe_audit(op, change, "codes merged", err) || !store_commit(&t, err))
		return false;
	if (out_change)
		*out_change = change;
	return true;
}

static bool carry_chosen(struct operation *op, int64_t change, const struct code *from,
			 int64_t into, const int64_t *coding_ids, size_t count,
			 struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		AUTO(arena) one = arena_new(2048);
		struct store_row row;

		if (!store_one(op->store, one, &row, err, SQL_CODING_GET, "i",
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
		if (!sample_not_blind(op, row_int(&row, "response_id"), err) ||
		    !codeframe_coding_carry(op, change, &row, into, err))
			return false;
	}
	return true;
}

bool code_split(struct operation *op, int64_t code_id, const struct code_part *part,
		int64_t *out_id, int64_t *out_change, struct err *err)
{
	bool below = part->place == CODE_BELOW;
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = NULL;
	struct code code, made;
	struct store_table above;
	int64_t change;

	if (!needs_staff(op, err) || !code_name_is_plain(part->name, err))
		return false;
	if (!part->count)
		return err_set(err, ERR_INPUT,
			       "choose the coded passages that the new code is to get");
	t = store_begin(op->store, err);
	if (!t || !code_get(op, arena, code_id, &code, err) ||
	    !codeframe_usable(&code, code.consultation_id, err) ||
	    !store_all(op->store, arena, &above, err, SQL_CODE_ABOVE, "i", code.id))
		return false;
	if (below && above.count >= CODE_DEPTH)
		return err_set(err, ERR_CONFLICT,
			       "codes stand at most %d below each other", CODE_DEPTH);
	made = (struct code){.consultation_id = code.consultation_id,
			     .name = part->name,
			     .parent_id = below ? code.id : code.parent_id,
			     .definition = "",
			     .examples = "",
			     .questions = below ? "" : code.questions};
	if (!codeframe_begin(op, code.consultation_id, "split", &change, err,
			     "split %s off %s", part->name, code.name) ||
	    !code_insert(op, arena, &made, change, err) ||
	    !carry_chosen(op, change, &code, made.id, part->coding_ids, part->count,
			  err) ||
	    !codeframe_audit(op, change, "code split", err) || !store_commit(&t, err))
		return false;
	*out_id = made.id;
	if (out_change)
		*out_change = change;
	return true;
}

bool code_merge_count(struct operation *op, const struct code *code, int64_t into,
		      struct code_merge_counts *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct store_row row;

	if (!blind_not_in(op, code->consultation_id, "counts of codes", err) ||
	    !store_one(op->store, arena, &row, err, SQL_CODE_MERGE_COUNTS, "ii", code->id,
		       into))
		return false;
	*out = (struct code_merge_counts){row_int(&row, "passages"), row_int(&row, "own"),
					  row_int(&row, "other"), row_int(&row, "both")};
	return true;
}
