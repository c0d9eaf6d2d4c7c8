#include "domain/coding/codeframe_log.h"
#include "domain/core/audit.h"
#include "domain/coding/blind.h"
#include "domain/responses/response_lock.h"
#include "domain/admin/consultation.h"
#include "domain/coding/codeframe_private.h"
#include "domain/core/undo.h"
#include "base/str.h"

#include <inttypes.h>

bool codeframe_begin(struct operation *op, int64_t consultation_id, const char *what,
		     int64_t *out_change, struct err *err, const char *said, ...)
{
	const struct undo_frame frame = {consultation_id, what};
	AUTO(buf) text = buf_new(UNDO_SAID);
	va_list args;

	va_start(args, said);
	buf_vprintf(text, said, args);
	va_end(args);
	return undo_record_frame(op, &frame, out_change, err, "%s", buf_text(text));
}

bool codeframe_before(struct operation *op, int64_t change, int64_t code_id,
		      struct err *err)
{
	return store_run(op->store, err, SQL_FRAME_CHANGE_KEEP_CODE, "iit", change,
			 code_id, "before");
}

bool codeframe_after(struct operation *op, int64_t change, int64_t code_id,
		     struct err *err)
{
	return store_run(op->store, err, SQL_FRAME_CHANGE_KEEP_CODE, "iit", change,
			 code_id, "after");
}

bool codeframe_audit(struct operation *op, int64_t change, const char *what,
		     struct err *err)
{
	return audit_record(op, err, what, "frame change", change, "%s", "");
}

/* Who codes blindly sees of others only what was done to codes; their own changes all. */
static bool may_see(struct operation *op, const struct store_row *change, bool *out,
		    struct err *err)
{
	static const char *const of_codings[] = {"code",   "uncode", "place",    "accept",
						 "refuse", "recode", "reconcile"};
	int64_t blind;

	*out = true;
	if (row_int(change, "staff_id") == op->staff_id)
		return true;
	if (!blind_sample(op, row_int(change, "consultation_id"), &blind, err))
		return false;
	for (size_t i = 0; blind && i < ARRAY_LEN(of_codings); i++)
		*out = *out && !str_eq(row_text(change, "what"), of_codings[i]);
	return true;
}

/* Why it cannot be taken back: the newest change that stands on it, if there is one. */
static bool stands_in_the_way(struct operation *op, struct arena *arena,
			      const struct store_row *change, const char *otherwise,
			      struct err *err)
{
	struct store_row later;
	bool seen;

	if (store_one(op->store, arena, &later, err, SQL_FRAME_LATER, "ii",
		      row_int(change, "id"), row_int(change, "consultation_id"))) {
		if (!may_see(op, &later, &seen, err))
			return false;
		if (!seen)
			return err_set(
				err, ERR_CONFLICT,
				"\"%.160s\" cannot be taken back: a later change "
				"stands on it, which you can see when you are done "
				"with your double coding",
				row_text(change, "said"));
		return err_set(
			err, ERR_CONFLICT,
			"\"%.160s\" cannot be taken back: a later change stands on "
			"it (%" PRId64 ": %.160s); take that one back first",
			row_text(change, "said"), row_int(&later, "id"),
			row_text(&later, "said"));
	}
	return err->kind == ERR_ABSENT &&
	       err_set(err, ERR_CONFLICT, "\"%.160s\" cannot be taken back: %s",
		       row_text(change, "said"), otherwise);
}

static bool is_as_it_left_it(struct operation *op, struct arena *arena,
			     const struct store_row *change, struct err *err)
{
	int64_t id = row_int(change, "id");
	struct store_row stale;

	if (store_one(op->store, arena, &stale, err, SQL_FRAME_STALE_CODES, "i", id))
		return stands_in_the_way(op, arena, change,
					 arena_printf(arena,
						      "the code \"%s\" was changed since",
						      row_text(&stale, "name")),
					 err);
	if (!err_forgive(err, ERR_ABSENT))
		return false;
	if (store_one(op->store, arena, &stale, err, SQL_FRAME_STALE_CODINGS, "i", id))
		return stands_in_the_way(op, arena, change,
					 "passages coded with it were changed since",
					 err);
	return err_forgive(err, ERR_ABSENT);
}

/* Of one reply: who has it open must agree to it, as to any act. */
static bool nobody_has_it(struct operation *op, struct arena *arena, int64_t change,
			  struct err *err)
{
	struct store_row row;

	if (store_one(op->store, arena, &row, err, SQL_FRAME_CHANGE_REPLY, "i", change))
		return response_lock_check(op, row_int(&row, "response_id"), err);
	return err_forgive(err, ERR_ABSENT);
}

static bool set_back(struct operation *op, int64_t id, struct err *err)
{
	struct store *s = op->store;

	return store_run(s, err, SQL_FRAME_UNDO_CODES_MADE, "i", id) &&
	       store_run(s, err, SQL_FRAME_UNDO_CODES, "i", id) &&
	       store_run(s, err, SQL_FRAME_UNDO_CODINGS_MADE, "iii", id, op->staff_id,
			 op->now) &&
	       store_run(s, err, SQL_FRAME_UNDO_CODINGS_ENDED, "i", id) &&
	       store_run(s, err, SQL_FRAME_UNDO_CODINGS_PLACED, "i", id) &&
	       store_run(s, err, SQL_FRAME_UNDO_SUGGESTIONS, "i", id) &&
	       store_run(s, err, SQL_FRAME_UNDO_SETTLEMENTS, "ii", id, op->now);
}

/* A code that stands below itself after all is a circle that another move made. */
static bool trees_are_whole(struct operation *op, struct arena *arena, int64_t change,
			    bool *out, struct err *err)
{
	struct store_table codes, above;

	*out = true;
	if (!store_all(op->store, arena, &codes, err, SQL_FRAME_CHANGE_CODES, "i",
		       change))
		return false;
	for (size_t i = 0; i < codes.count && *out; i++) {
		struct store_row code = table_row(&codes, i);

		if (!store_all(op->store, arena, &above, err, SQL_CODE_ABOVE, "i",
			       row_int(&code, "id")))
			return false;
		*out = above.count <= CODE_DEPTH;
	}
	return true;
}

static bool nothing_is_loose(struct operation *op, struct arena *arena,
			     const struct store_row *change, struct err *err)
{
	int64_t id = row_int(change, "id");
	struct store_row loose;
	bool whole;

	if (store_one(op->store, arena, &loose, err, SQL_FRAME_LOOSE, "i", id))
		return stands_in_the_way(
			op, arena, change,
			arena_printf(arena, "the code \"%s\" has %s since",
				     row_text(&loose, "name"), row_text(&loose, "what")),
			err);
	if (!err_forgive(err, ERR_ABSENT) || !trees_are_whole(op, arena, id, &whole, err))
		return false;
	return whole || stands_in_the_way(op, arena, change,
					  "the codes were moved since, and it would "
					  "stand below itself",
					  err);
}

static bool no_such(int64_t change_id, struct err *err)
{
	return err_set(err, ERR_ABSENT,
		       "there is no change %" PRId64 HINT "see: mercat code changes",
		       change_id);
}

/* The change as it is, when whoever asks may know of it. */
static bool find(struct operation *op, struct arena *arena, int64_t change_id,
		 struct store_row *out, struct err *err)
{
	bool seen;

	if (!store_one(op->store, arena, out, err, SQL_FRAME_CHANGE_GET, "i", change_id))
		return err->kind == ERR_ABSENT && no_such(change_id, err);
	return may_see(op, out, &seen, err) && (seen || no_such(change_id, err));
}

bool codeframe_revert(struct operation *op, struct arena *arena, struct unpack *inverse,
		      struct err *err)
{
	struct store_row change;
	int64_t id;

	if (!unpack_int(inverse, 0, INT64_MAX, &id))
		return undo_damaged(err);
	if (!find(op, arena, id, &change, err))
		return false;
	if (!row_null(&change, "undone_at"))
		return err_set(err, ERR_CONFLICT,
			       "\"%.160s\" was taken back already; do it once more "
			       "instead",
			       row_text(&change, "said"));
	if (!nobody_has_it(op, arena, id, err) ||
	    !is_as_it_left_it(op, arena, &change, err))
		return false;
	if (!set_back(op, id, err))
		return err->kind == ERR_CONFLICT
			       ? stands_in_the_way(op, arena, &change,
						   "a name or a tag of it was given "
						   "again since",
						   err)
			       : false;
	return nothing_is_loose(op, arena, &change, err) &&
	       codeframe_audit(op, id, "taken back", err);
}

bool codeframe_undo(struct operation *op, int64_t change_id, struct err *err)
{
	return undo_one(op, "frame", change_id, err);
}

static bool list(struct operation *op, struct arena *arena, const char *consultation,
		 int64_t before, size_t most, bool mine, struct codeframe_change **out,
		 size_t *out_count, struct err *err)
{
	struct consultation c;
	struct store_table t;
	int64_t blind;

	if (!consultation_named(op, arena, consultation, &c, err) ||
	    !blind_sample(op, c.id, &blind, err) ||
	    !store_all(op->store, arena, &t, err, SQL_FRAME_CHANGES, "iiizii", c.id,
		       before > 0 ? before : INT64_MAX, (int64_t)most,
		       mine ? op->staff_id : (int64_t)0, (int64_t)mine,
		       blind ? op->staff_id : (int64_t)0))
		return false;
	*out = arena_make(arena, struct codeframe_change, t.count + 1);
	*out_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		(*out)[i] = (struct codeframe_change){
			.id = row_int(&row, "id"),
			.at = row_int(&row, "at"),
			.undone_at = row_int(&row, "undone_at"),
			.what = row_text(&row, "what"),
			.said = row_text(&row, "said"),
			.staff = str_or(row_text(&row, "staff"), ""),
			.codings = blind ? 0 : row_int(&row, "codings"),
		};
	}
	return true;
}

bool codeframe_changes(struct operation *op, struct arena *arena,
		       const struct codeframe_page *page, struct codeframe_change **out,
		       size_t *out_count, struct err *err)
{
	return list(op, arena, page->consultation, page->before, page->most, false, out,
		    out_count, err);
}

bool codeframe_last(struct operation *op, struct arena *arena, const char *consultation,
		    struct codeframe_change *out, struct err *err)
{
	struct codeframe_change *items;
	size_t count;

	if (!needs_staff(op, err) ||
	    !list(op, arena, consultation, 0, 1, true, &items, &count, err))
		return false;
	if (!count)
		return err_set(err, ERR_ABSENT,
			       "there is no change of yours in %s to take back",
			       consultation);
	*out = items[0];
	return true;
}
