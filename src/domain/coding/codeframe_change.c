/* What a person does to the codes themselves; see domain/coding/codeframe.h. */
#include "domain/admin/consultation.h"
#include "domain/coding/codeframe_private.h"
#include "base/str.h"
#include "text/figures/palette.h"

#include <inttypes.h>

/* What becomes of one code; every field set. */
static bool set_code(struct operation *op, const struct code *c, struct err *err)
{
	return store_run(op->store, err, SQL_CODE_SET, "izttttttz", c->id, c->parent_id,
			 c->name, c->definition, c->examples, c->colour, c->questions,
			 c->state, c->merged_into);
}

bool codeframe_code_set(struct operation *op, int64_t change, const struct code *code,
			struct err *err)
{
	return codeframe_before(op, change, code->id, err) && set_code(op, code, err) &&
	       codeframe_after(op, change, code->id, err);
}

bool code_name_is_plain(const char *name, struct err *err)
{
	size_t len = strlen(name);
	bool ok = len >= 1 && str_utf8_valid(name, len) && name[0] != ' ' &&
		  name[len - 1] != ' ';

	for (size_t i = 0; ok && i < len; i++)
		ok = (unsigned char)name[i] >= 0x20 && name[i] != 0x7f && name[i] != ',';
	return (ok && str_utf8_count(name, len) <= CODE_NAME) ||
	       err_set(err, ERR_INPUT,
		       "a code has a name of 1 to %d characters, without comma, control "
		       "character or a blank at its ends",
		       CODE_NAME);
}

static bool text_is_plain(const char *what, const char *text, struct err *err)
{
	size_t len = text ? strlen(text) : 0;

	return (len <= CODE_TEXT && str_utf8_valid(text ? text : "", len)) ||
	       err_set(err, ERR_INPUT, "the %s of a code have at most %d bytes of UTF-8",
		       what, CODE_TEXT);
}

/* "3, 1" -> "1,3"; each must be asked. */
static bool read_questions(struct operation *op, struct arena *arena,
			   int64_t consultation_id, const char *text, const char **out,
			   struct err *err)
{
	AUTO(buf) list = buf_new(4000);
	bool *bound;
	struct store_table asked;

	*out = "";
	if (str_empty(text))
		return true;
	if (!consultation_questions(op, arena, consultation_id, &asked, err))
		return false;
	bound = arena_make(arena, bool, asked.count + 1);
	for (const char *at = text; *at;) {
		size_t len = strcspn(at, ",");
		char *one = str_trim(arena_strndup(arena, at, len));
		int64_t n;

		if (!str_to_int(one, 1, (int64_t)asked.count, &n, err))
			return err_set(err, ERR_INPUT,
				       "\"%.40s\" is no question; they are 1 to %zu, "
				       "parted by commas",
				       one, asked.count);
		bound[n] = true;
		at += len + (at[len] == ',');
	}
	for (size_t n = 1; n <= asked.count; n++)
		if (bound[n])
			buf_printf(list, "%s%zu", list->len ? "," : "", n);
	*out = arena_strdup(arena, buf_text(list));
	return true;
}

static bool apply_text(struct operation *op, struct arena *arena,
		       const struct code_text *text, struct code *code, struct err *err)
{
	if (!text)
		return true;
	if (!text_is_plain("definition", text->definition, err) ||
	    !text_is_plain("examples", text->examples, err))
		return false;
	if (text->colour && palette_find(text->colour) < 0) {
		AUTO(buf) names = buf_new(400);

		for (int i = 0; i < PALETTE_COLOURS; i++)
			buf_printf(names, "%s%s", i ? ", " : "", palette_colours[i].name);
		return err_set(err, ERR_INPUT,
			       "there is no colour \"%.20s\"; use one of %s",
			       text->colour, buf_text(names));
	}
	if (text->questions && !read_questions(op, arena, code->consultation_id,
					       text->questions, &code->questions, err))
		return false;
	code->definition = text->definition ? text->definition : code->definition;
	code->examples = text->examples ? text->examples : code->examples;
	code->colour = text->colour ? text->colour : code->colour;
	return true;
}

static bool name_is_free(const char *name, struct err *err)
{
	return err->kind == ERR_CONFLICT
		       ? err_set(err, ERR_CONFLICT,
				 "there is a code \"%.80s\" already (it may be retired, or "
				 "merged into another)",
				 name)
		       : false;
}

/* Where a code may stand: same consultation, a code that is one, not too deep, and not
 * below itself. */
static bool may_stand_below(struct operation *op, struct arena *arena,
			    const struct code *code, int64_t parent_id, struct err *err)
{
	struct code parent;
	struct store_table above, below;
	size_t height = 0;

	if (!parent_id)
		return true;
	if (!code_get(op, arena, parent_id, &parent, err) ||
	    !codeframe_usable(&parent, code->consultation_id, err) ||
	    !store_all(op->store, arena, &above, err, SQL_CODE_ABOVE, "i", parent_id))
		return false;
	for (size_t i = 0; i < above.count; i++) {
		struct store_row row = table_row(&above, i);

		if (code->id && row_int(&row, "id") == code->id)
			return err_set(
				err, ERR_CONFLICT,
				"\"%.80s\" stands below \"%.80s\"; a code cannot be "
				"moved into its own branch",
				parent.name, code->name);
	}
	if (code->id) {
		if (!store_all(op->store, arena, &below, err, SQL_CODE_BELOW, "i",
			       code->id))
			return false;
		for (size_t i = 0; i < below.count; i++) {
			struct store_row row = table_row(&below, i);

			height = (size_t)row_int(&row, "step");
		}
	}
	return above.count + height < CODE_DEPTH ||
	       err_set(err, ERR_CONFLICT, "codes stand at most %d below each other",
		       CODE_DEPTH);
}

bool code_insert(struct operation *op, struct arena *arena, struct code *code,
		 int64_t change, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_CODE_COUNT, "i",
		       code->consultation_id))
		return false;
	if (row_int(&row, "n") >= CODES_MOST)
		return err_set(err, ERR_CONFLICT, "a consultation has at most %d codes",
			       CODES_MOST);
	if (!code->colour)
		code->colour = palette_colours[row_int(&row, "n") % PALETTE_COLOURS].name;
	if (!store_run(op->store, err, SQL_CODE_ADD, "itztttti", code->consultation_id,
		       code->name, code->parent_id, code->definition, code->examples,
		       code->colour, code->questions, op->now))
		return name_is_free(code->name, err);
	code->id = store_last_id(op->store);
	return codeframe_after(op, change, code->id, err);
}

bool code_add(struct operation *op, const struct code_new *new, int64_t *out_id,
	      int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct consultation c;
	struct code code = {.name = new->name,
			    .parent_id = new->parent_id,
			    .definition = "",
			    .examples = "",
			    .questions = ""};
	int64_t change;

	if (!needs_staff(op, err) || !code_name_is_plain(new->name, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, new->consultation, &c, err))
		return false;
	code.consultation_id = c.id;
	if (!apply_text(op, arena, new->text, &code, err) ||
	    !may_stand_below(op, arena, &code, new->parent_id, err) ||
	    !codeframe_begin(op, c.id, "add", &change, err, "added %s", new->name) ||
	    !code_insert(op, arena, &code, change, err) ||
	    !codeframe_audit(op, change, "code added", err) || !store_commit(&t, err))
		return false;
	*out_id = code.id;
	if (out_change)
		*out_change = change;
	return true;
}

/* What every act on one code begins with; merged and undone ones are none. */
static struct store_txn *begin_on(struct operation *op, struct arena *arena,
				  int64_t code_id, struct code *code, int64_t *out_change,
				  struct err *err)
{
	struct store_txn *t;

	if (out_change)
		*out_change = 0;
	if (!needs_staff(op, err))
		return NULL;
	t = store_begin(op->store, err);
	if (t && (!code_get(op, arena, code_id, code, err) ||
		  (!str_eq(code->state, "retired") &&
		   !codeframe_usable(code, code->consultation_id, err))))
		store_rollback(&t);
	return t;
}

/* What every act on one code ends with. */
static bool finish(struct operation *op, struct store_txn **t, int64_t change,
		   const struct code *code, const char *what, int64_t *out_change,
		   struct err *err)
{
	if (!codeframe_code_set(op, change, code, err))
		return name_is_free(code->name, err);
	if (!codeframe_audit(op, change, what, err) || !store_commit(t, err))
		return false;
	if (out_change)
		*out_change = change;
	return true;
}

bool code_rename(struct operation *op, int64_t code_id, const char *name,
		 int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct code code;
	int64_t change;

	if (!code_name_is_plain(name, err))
		return false;
	t = begin_on(op, arena, code_id, &code, out_change, err);
	if (!t)
		return false;
	if (str_eq(code.name, name))
		return true;
	if (!codeframe_begin(op, code.consultation_id, "rename", &change, err,
			     "renamed %s to %s", code.name, name))
		return false;
	code.name = name;
	return finish(op, &t, change, &code, "code renamed", out_change, err);
}

bool code_describe(struct operation *op, int64_t code_id, const struct code_text *text,
		   int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct code code, before;
	AUTO(store_txn) t = begin_on(op, arena, code_id, &code, out_change, err);
	int64_t change;

	if (!t)
		return false;
	before = code;
	if (!apply_text(op, arena, text, &code, err))
		return false;
	if (str_eq(before.definition, code.definition) &&
	    str_eq(before.examples, code.examples) &&
	    str_eq(before.colour, code.colour) &&
	    str_eq(before.questions, code.questions))
		return true;
	return codeframe_begin(op, code.consultation_id, "describe", &change, err,
			       "described %s", code.name) &&
	       finish(op, &t, change, &code, "code described", out_change, err);
}

bool code_move(struct operation *op, int64_t code_id, int64_t parent_id,
	       int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct code code, parent;
	AUTO(store_txn) t = begin_on(op, arena, code_id, &code, out_change, err);
	int64_t change;

	if (!t || !may_stand_below(op, arena, &code, parent_id, err))
		return false;
	if (code.parent_id == parent_id)
		return true;
	if (parent_id && !code_get(op, arena, parent_id, &parent, err))
		return false;
	if (!codeframe_begin(op, code.consultation_id, "move", &change, err,
			     "moved %s %s%s", code.name,
			     parent_id ? "below " : "to the top",
			     parent_id ? parent.name : ""))
		return false;
	code.parent_id = parent_id;
	return finish(op, &t, change, &code, "code moved", out_change, err);
}

bool code_retire(struct operation *op, int64_t code_id, enum code_use use,
		 int64_t *out_change, struct err *err)
{
	bool retired = use == CODE_RETIRED;
	AUTO(arena) arena = arena_new(4096);
	struct code code;
	AUTO(store_txn) t = begin_on(op, arena, code_id, &code, out_change, err);
	int64_t change;

	if (!t)
		return false;
	if (str_eq(code.state, "retired") == retired)
		return true;
	if (!codeframe_begin(op, code.consultation_id, retired ? "retire" : "revive",
			     &change, err, "%s %s", retired ? "retired" : "revived",
			     code.name))
		return false;
	code.state = retired ? "retired" : "live";
	return finish(op, &t, change, &code, retired ? "code retired" : "code revived",
		      out_change, err);
}
