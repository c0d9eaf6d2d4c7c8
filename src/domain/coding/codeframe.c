#include "domain/coding/codeframe.h"
#include "domain/admin/consultation.h"
#include "base/str.h"
#include "text/figures/palette.h"

#include <inttypes.h>

static void read_code(const struct store_row *row, struct code *out)
{
	*out = (struct code){
		.id = row_int(row, "id"),
		.consultation_id = row_int(row, "consultation_id"),
		.parent_id = row_int(row, "parent_id"),
		.name = row_text(row, "name"),
		.definition = row_text(row, "definition"),
		.examples = row_text(row, "examples"),
		.colour = row_text(row, "colour"),
		.state = row_text(row, "state"),
		.questions = row_text(row, "questions"),
		.all_questions = row_text(row, "questions"),
		.merged_into = row_int(row, "merged_into"),
	};
}

bool code_get(struct operation *op, struct arena *arena, int64_t code_id,
	      struct code *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_CODE_GET, "i", code_id))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no such code")
			       : false;
	read_code(&row, out);
	return true;
}

/* By its name, or the name that it had; *out 0: there is none. */
static bool find(struct operation *op, struct arena *arena, int64_t consultation_id,
		 const char *name, int64_t *out, struct err *err)
{
	static const enum sql_id ways[] = {SQL_CODE_BY_NAME, SQL_CODE_BY_FORMER_NAME};
	struct store_row row;

	*out = 0;
	for (size_t i = 0; i < ARRAY_LEN(ways) && !*out; i++) {
		if (store_one(op->store, arena, &row, err, ways[i], "it", consultation_id,
			      name))
			*out = row_int(&row, "id");
		else if (!err_forgive(err, ERR_ABSENT))
			return false;
	}
	if (!*out)
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_CODE_LAST, "i", *out))
		return false;
	*out = row_int(&row, "id");
	return true;
}

bool code_named(struct operation *op, struct arena *arena, const char *consultation,
		const char *name, struct code *out, struct err *err)
{
	struct consultation c;
	int64_t id;

	if (!consultation_named(op, arena, consultation, &c, err) ||
	    !find(op, arena, c.id, name, &id, err))
		return false;
	if (id && !code_get(op, arena, id, out, err))
		return false;
	if (!id || str_eq(out->state, "undone"))
		return err_set(err, ERR_ABSENT,
			       "there is no code \"%.80s\" in %s" HINT
			       "see: mercat code list %s",
			       name, consultation, consultation);
	return true;
}

bool code_for_tag(struct operation *op, struct arena *arena, const struct code_tag *tag,
		  int64_t *out, struct err *err)
{
	bool make = tag->missing == CODE_MAKE;
	struct code code;
	struct store_row row;

	if (!find(op, arena, tag->consultation_id, tag->name, out, err))
		return false;
	if (*out) {
		if (!code_get(op, arena, *out, &code, err))
			return false;
		if (str_eq(code.state, "undone"))
			*out = 0;
		else if (make && !str_eq(code.state, "live"))
			return err_set(err, ERR_CONFLICT,
				       "\"%.80s\" is retired; revive it first" HINT
				       "mercat code revive",
				       tag->name);
	}
	if (*out || !make)
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_CODE_COUNT, "i",
		       tag->consultation_id) ||
	    !store_run(op->store, err, SQL_CODE_ADD, "itztttti", tag->consultation_id,
		       tag->name, (int64_t)0, "", "",
		       palette_colours[row_int(&row, "n") % PALETTE_COLOURS].name, "",
		       op->now))
		return false;
	*out = store_last_id(op->store);
	return true;
}

/* The codes below one parent go to out in their order, each before its own. */
static void place_below(const struct code *all, size_t count, size_t parent,
			struct code *out, size_t *out_count)
{
	size_t self = *out_count - 1;
	int depth = *out_count ? out[self].depth + 1 : 0;
	const char *questions = *out_count ? out[self].all_questions : "";
	int64_t parent_id = parent < count ? all[parent].id : 0;

	for (size_t i = 0; i < count; i++) {
		struct code *code;

		if (all[i].parent_id != parent_id || depth > CODE_DEPTH)
			continue;
		code = &out[(*out_count)++];
		*code = all[i];
		code->depth = parent < count ? depth : 0;
		if (parent < count && !code->questions[0])
			code->all_questions = questions;
		place_below(all, count, i, out, out_count);
	}
}

bool codeframe_load(struct operation *op, struct arena *arena, int64_t consultation_id,
		    struct code **out, size_t *out_count, struct err *err)
{
	struct code *all;
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_CODES_OF, "i", consultation_id))
		return false;
	all = arena_make(arena, struct code, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		read_code(&row, &all[i]);
	}
	*out = arena_make(arena, struct code, t.count + 1);
	*out_count = 0;
	place_below(all, t.count, t.count, *out, out_count);
	return true;
}

bool codeframe_usable(const struct code *code, int64_t consultation_id, struct err *err)
{
	if (code->consultation_id != consultation_id)
		return err_set(err, ERR_CONFLICT,
			       "the code \"%.80s\" is of another consultation",
			       code->name);
	return str_eq(code->state, "live") ||
	       err_set(err, ERR_CONFLICT, "the code \"%.80s\" is %s%s", code->name,
		       str_eq(code->state, "undone") ? "taken back" : code->state,
		       str_eq(code->state, "retired") ? "; revive it first" : "");
}
