#include "acts/frame_change.h"
#include "acts/audit.h"
#include "acts/blind.h"
#include "acts/claim.h"
#include "acts/consultation.h"
#include "acts/frame_inside.h"
#include "acts/undo.h"
#include "base/str.h"

#include <inttypes.h>

enum { SAID_BYTES = 400 };

bool acts_frame_begin(struct acts *acts, int64_t consultation_id, const char *what,
		      int64_t *out_change, struct err *err, const char *said, ...)
{
	AUTO(buf) text = buf_new(SAID_BYTES);
	AUTO(buf) inverse = acts_undo_new();
	char line[SAID_BYTES];
	va_list args;

	va_start(args, said);
	buf_vprintf(text, said, args);
	va_end(args);
	str_copy(line, sizeof(line), buf_text(text));
	if (!store_run(acts->store, err, SQL_FRAME_CHANGE_ADD, "ittii", consultation_id,
		       what, line, acts->staff_id, acts->now))
		return false;
	*out_change = store_last_id(acts->store);
	pack_int(inverse, *out_change);
	return acts_undo_record(acts, "frame", inverse, err, "%s", line);
}

bool acts_frame_before(struct acts *acts, int64_t change, int64_t code_id,
		       struct err *err)
{
	return store_run(acts->store, err, SQL_FRAME_CHANGE_KEEP_CODE, "iit", change,
			 code_id, "before");
}

bool acts_frame_after(struct acts *acts, int64_t change, int64_t code_id, struct err *err)
{
	return store_run(acts->store, err, SQL_FRAME_CHANGE_KEEP_CODE, "iit", change,
			 code_id, "after");
}

bool acts_frame_audit(struct acts *acts, int64_t change, const char *what,
		      struct err *err)
{
	return acts_audit(acts, err, what, "frame change", change, "%s", "");
}

/* Who codes blindly sees of others only what was done to codes; their own changes all. */
static bool may_see(struct acts *acts, const struct store_row *change, bool *out,
		    struct err *err)
{
	static const char *const of_codings[] = {"code",   "uncode", "place", "accept",
						 "refuse", "recode", "settle"};
	int64_t blind;

	*out = true;
	if (row_int(change, "staff_id") == acts->staff_id)
		return true;
	if (!acts_blind_sample(acts, row_int(change, "consultation_id"), &blind, err))
		return false;
	for (size_t i = 0; blind && i < ARRAY_LEN(of_codings); i++)
		*out = *out && !str_eq(row_text(change, "what"), of_codings[i]);
	return true;
}

/* Why it cannot be taken back: the newest change that stands on it, if there is one. */
static bool stands_in_the_way(struct acts *acts, struct arena *arena,
			      const struct store_row *change, const char *otherwise,
			      struct err *err)
{
	struct store_row later;
	bool seen;

	if (store_one(acts->store, arena, &later, err, SQL_FRAME_LATER, "ii",
		      row_int(change, "id"), row_int(change, "consultation_id"))) {
		if (!may_see(acts, &later, &seen, err))
			return false;
		if (!seen)
			return err_set(
				err, ERR_CONFLICT,
				"\"%.160s\" cannot be taken back: a later change "
				"stands on it, which you can see when you are done "
				"with your second coding",
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

static bool is_as_it_left_it(struct acts *acts, struct arena *arena,
			     const struct store_row *change, struct err *err)
{
	int64_t id = row_int(change, "id");
	struct store_row stale;

	if (store_one(acts->store, arena, &stale, err, SQL_FRAME_STALE_CODES, "i", id))
		return stands_in_the_way(acts, arena, change,
					 arena_printf(arena,
						      "the code \"%s\" was changed since",
						      row_text(&stale, "name")),
					 err);
	if (err->kind != ERR_ABSENT)
		return false;
	if (store_one(acts->store, arena, &stale, err, SQL_FRAME_STALE_CODINGS, "i", id))
		return stands_in_the_way(acts, arena, change,
					 "codings of it were changed since", err);
	return err->kind == ERR_ABSENT;
}

/* Of one reply: who has it open must agree to it, as to any act. */
static bool nobody_has_it(struct acts *acts, struct arena *arena, int64_t change,
			  struct err *err)
{
	struct store_row row;

	if (store_one(acts->store, arena, &row, err, SQL_FRAME_CHANGE_REPLY, "i", change))
		return acts_claim_check(acts, row_int(&row, "response_id"), err);
	return err->kind == ERR_ABSENT;
}

/* The undo of whoever made it does not wait for it any more. */
static bool undo_knows(struct acts *acts, const struct store_row *change, struct err *err)
{
	AUTO(buf) inverse = acts_undo_new();

	pack_int(inverse, row_int(change, "id"));
	return acts_undo_was_done(acts, row_int(change, "staff_id"), "frame", inverse,
				  err);
}

static bool set_back(struct acts *acts, int64_t id, struct err *err)
{
	struct store *s = acts->store;

	return store_run(s, err, SQL_FRAME_UNDO_CODES_MADE, "i", id) &&
	       store_run(s, err, SQL_FRAME_UNDO_CODES, "i", id) &&
	       store_run(s, err, SQL_FRAME_UNDO_CODINGS_MADE, "iii", id, acts->staff_id,
			 acts->now) &&
	       store_run(s, err, SQL_FRAME_UNDO_CODINGS_ENDED, "i", id) &&
	       store_run(s, err, SQL_FRAME_UNDO_CODINGS_PLACED, "i", id) &&
	       store_run(s, err, SQL_FRAME_UNDO_SUGGESTIONS, "i", id) &&
	       store_run(s, err, SQL_FRAME_UNDO_SETTLEMENTS, "ii", id, acts->now);
}

/* A code that stands below itself after all is a circle that another move made. */
static bool trees_are_whole(struct acts *acts, struct arena *arena, int64_t change,
			    bool *out, struct err *err)
{
	struct store_table codes, above;

	*out = true;
	if (!store_all(acts->store, arena, 0, &codes, err, SQL_FRAME_CHANGE_CODES, "i",
		       change))
		return false;
	for (size_t i = 0; i < codes.count && *out; i++) {
		struct store_row code = table_row(&codes, i);

		if (!store_all(acts->store, arena, 0, &above, err, SQL_CODE_ABOVE, "i",
			       row_int(&code, "id")))
			return false;
		*out = above.count <= ACTS_CODE_DEPTH;
	}
	return true;
}

static bool nothing_is_loose(struct acts *acts, struct arena *arena,
			     const struct store_row *change, struct err *err)
{
	int64_t id = row_int(change, "id");
	struct store_row loose;
	bool whole;

	if (store_one(acts->store, arena, &loose, err, SQL_FRAME_LOOSE, "i", id))
		return stands_in_the_way(
			acts, arena, change,
			arena_printf(arena, "the code \"%s\" has %s since",
				     row_text(&loose, "name"), row_text(&loose, "what")),
			err);
	if (err->kind != ERR_ABSENT || !trees_are_whole(acts, arena, id, &whole, err))
		return false;
	return whole || stands_in_the_way(acts, arena, change,
					  "the codes were moved since, and it would "
					  "stand below itself",
					  err);
}

bool acts_frame_undo(struct acts *acts, int64_t change_id, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct store_row change;
	bool seen = false;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t)
		return false;
	if (store_one(acts->store, arena, &change, err, SQL_FRAME_CHANGE_GET, "i",
		      change_id) &&
	    !may_see(acts, &change, &seen, err))
		return false;
	if (!seen)
		return !err->kind || err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "there is no change %" PRId64
					 "; see: mercat code changes",
					 change_id)
			       : false;
	if (!row_null(&change, "undone_at"))
		return err_set(err, ERR_CONFLICT,
			       "\"%.160s\" was taken back already; do it once more "
			       "instead",
			       row_text(&change, "said"));
	if (!nobody_has_it(acts, arena, change_id, err) ||
	    !is_as_it_left_it(acts, arena, &change, err))
		return false;
	if (!set_back(acts, change_id, err))
		return err->kind == ERR_CONFLICT
			       ? stands_in_the_way(acts, arena, &change,
						   "a name or a tag of it was given "
						   "again since",
						   err)
			       : false;
	return nothing_is_loose(acts, arena, &change, err) &&
	       store_run(acts->store, err, SQL_FRAME_UNDONE, "iii", change_id,
			 acts->staff_id, acts->now) &&
	       undo_knows(acts, &change, err) &&
	       acts_frame_audit(acts, change_id, "taken back", err) &&
	       store_commit(&t, err);
}

static bool list(struct acts *acts, struct arena *arena, const char *consultation,
		 int64_t before, size_t most, bool mine, struct acts_frame_change **out,
		 size_t *out_count, struct err *err)
{
	struct acts_consultation c;
	struct store_table t;
	int64_t blind;

	if (!acts_consultation_named(acts, arena, consultation, &c, err) ||
	    !acts_blind_sample(acts, c.id, &blind, err) ||
	    !store_all(acts->store, arena, 0, &t, err, SQL_FRAME_CHANGES, "iiizii", c.id,
		       before > 0 ? before : INT64_MAX, (int64_t)most,
		       mine ? acts->staff_id : (int64_t)0, (int64_t)mine,
		       blind ? acts->staff_id : (int64_t)0))
		return false;
	*out = arena_make(arena, struct acts_frame_change, t.count + 1);
	*out_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		(*out)[i] = (struct acts_frame_change){
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

bool acts_frame_changes(struct acts *acts, struct arena *arena, const char *consultation,
			int64_t before, size_t most, struct acts_frame_change **out,
			size_t *out_count, struct err *err)
{
	return list(acts, arena, consultation, before, most, false, out, out_count, err);
}

bool acts_frame_last(struct acts *acts, struct arena *arena, const char *consultation,
		     struct acts_frame_change *out, struct err *err)
{
	struct acts_frame_change *items;
	size_t count;

	if (!acts_needs_staff(acts, err) ||
	    !list(acts, arena, consultation, 0, 1, true, &items, &count, err))
		return false;
	if (!count)
		return err_set(err, ERR_ABSENT,
			       "there is no change of yours in %s to take back",
			       consultation);
	*out = items[0];
	return true;
}
