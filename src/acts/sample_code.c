/* What a second coder does, blindly; see acts/sample.h. */
#include "acts/audit.h"
#include "acts/frame_inside.h"
#include "acts/reference.h"
#include "acts/sample.h"
#include "acts/undo.h"
#include "base/str.h"

#include <inttypes.h>

/* The person who acts is a coder of it, and not done. */
static bool may_code(struct acts *acts, struct arena *arena, int64_t sample_id,
		     struct err *err)
{
	struct acts_sample sample;
	struct store_table t;

	if (!acts_needs_staff(acts, err) ||
	    !acts_sample_by_id(acts, arena, sample_id, &sample, err) ||
	    !store_all(acts->store, arena, 0, &t, err, SQL_SAMPLE_CODERS, "i", sample_id))
		return false;
	if (sample.ended)
		return err_set(err, ERR_CONFLICT, "sample %" PRId64 " was given up",
			       sample.number);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (row_int(&row, "staff_id") != acts->staff_id)
			continue;
		return row_null(&row, "done_at") ||
		       err_set(err, ERR_CONFLICT,
			       "you are done with sample %" PRId64 " already",
			       sample.number);
	}
	return err_set(err, ERR_CONFLICT, "sample %" PRId64 " is not for you to code",
		       sample.number);
}

/* What an act made and what it ended, either of them 0 or empty. */
static bool remember(struct acts *acts, int64_t sample_id, int64_t made,
		     const int64_t *ended, size_t count, const char *code,
		     const char *reference, struct err *err)
{
	AUTO(buf) inverse = acts_undo_new();

	pack_int(inverse, sample_id);
	pack_int(inverse, made);
	acts_undo_pack_ids(inverse, ended, count);
	return acts_undo_record(acts, "second coding", inverse, err, "%s %s %s %s",
				made ? "put" : "took", code, made ? "on" : "off",
				reference);
}

/* Own codings of that code that overlap are ended; the passage is widened by them. */
static bool widen(struct acts *acts, struct arena *arena, int64_t sample_id,
		  const struct acts_words *words, int64_t code_id,
		  struct acts_passage *at, struct passage_mark *mark, int64_t **ended,
		  size_t *ended_count, struct err *err)
{
	struct acts_passage wide = *at;
	struct store_table own;

	*ended_count = 0;
	if (at->whole)
		return true;
	if (!store_all(acts->store, arena, 0, &own, err, SQL_SECOND_CODING_OVERLAPS,
		       "iiiiiii", sample_id, acts->staff_id, words->response_id, code_id,
		       at->part, at->from, at->to))
		return false;
	for (size_t i = 0; i < own.count; i++) {
		struct store_row row = table_row(&own, i);
		int64_t from = row_int(&row, "from_char"), to = row_int(&row, "to_char");

		wide.from = from < wide.from ? from : wide.from;
		wide.to = to > wide.to ? to : wide.to;
		*ended = arena_grow(arena, *ended, *ended_count, sizeof(**ended));
		(*ended)[(*ended_count)++] = row_int(&row, "id");
		if (!store_run(acts->store, err, SQL_SECOND_CODING_END, "iii",
			       row_int(&row, "id"), acts->staff_id, acts->now))
			return false;
	}
	return acts_frame_passage(arena, words, &wide, at, mark, err);
}

bool acts_sample_put(struct acts *acts, struct arena *arena, int64_t sample_id,
		     const struct acts_words *words, int64_t code_id,
		     const struct acts_passage *where, int64_t *out_id, struct err *err)
{
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct passage_mark mark;
	struct acts_passage at;
	struct acts_code code;
	struct store_row row;
	int64_t *ended = NULL;
	size_t count;

	if (!t || !may_code(acts, arena, sample_id, err) ||
	    !acts_code_get(acts, arena, code_id, &code, err) ||
	    !acts_frame_usable(&code, words->consultation_id, err) ||
	    !acts_frame_passage(arena, words, where, &at, &mark, err))
		return false;
	if (store_one(acts->store, arena, &row, err, SQL_SECOND_CODING_COVERS, "iiiiiiii",
		      sample_id, acts->staff_id, words->response_id, code_id,
		      (int64_t)at.whole, at.part, at.from, at.to)) {
		*out_id = row_int(&row, "id");
		return true;
	}
	if (err->kind != ERR_ABSENT ||
	    !widen(acts, arena, sample_id, words, code_id, &at, &mark, &ended, &count,
		   err) ||
	    !store_run(acts->store, err, SQL_SECOND_CODING_ADD, "iiiiiiiiiiii", sample_id,
		       words->response_id, code_id, (int64_t)at.whole, at.part, at.from,
		       at.to, (int64_t)mark.bytes_hash, (int64_t)mark.words_hash,
		       (int64_t)mark.words, acts->staff_id, acts->now))
		return false;
	*out_id = store_last_id(acts->store);
	return acts_audit(acts, err, "coded blindly", "sample", sample_id,
			  "second coding %" PRId64, *out_id) &&
	       remember(acts, sample_id, *out_id, ended, count, code.name,
			words->reference, err) &&
	       store_commit(&t, err);
}

static bool own_row(struct acts *acts, struct arena *arena, int64_t second_coding_id,
		    struct store_row *out, struct err *err)
{
	if (store_one(acts->store, arena, out, err, SQL_SECOND_CODING_GET, "ii",
		      second_coding_id, acts->staff_id))
		return true;
	return err->kind == ERR_ABSENT &&
	       err_set(err, ERR_CONFLICT,
		       "that second coding is not yours, or its sample is done");
}

bool acts_sample_take_off(struct acts *acts, int64_t second_coding_id, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct store_row row;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !own_row(acts, arena, second_coding_id, &row, err) ||
	    !may_code(acts, arena, row_int(&row, "sample_id"), err) ||
	    !store_run(acts->store, err, SQL_SECOND_CODING_END, "iii", second_coding_id,
		       acts->staff_id, acts->now))
		return false;
	return acts_audit(acts, err, "uncoded blindly", "second coding", second_coding_id,
			  "%s", "") &&
	       remember(acts, row_int(&row, "sample_id"), 0, &second_coding_id, 1,
			row_text(&row, "code"), acts_frame_reply(arena, &row), err) &&
	       store_commit(&t, err);
}

bool acts_sample_place(struct acts *acts, int64_t second_coding_id,
		       const struct acts_passage *where, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 15);
	AUTO(store_txn) t = NULL;
	struct acts_words words;
	struct store_row row;
	int64_t id;
	bool ok;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !own_row(acts, arena, second_coding_id, &row, err) ||
	    !acts_words_load(acts, arena, row_int(&row, "response_id"), &words, err))
		return false;
	acts_undo_gather(acts);
	ok = acts_sample_take_off(acts, second_coding_id, err) &&
	     acts_sample_put(acts, arena, row_int(&row, "sample_id"), &words,
			     row_int(&row, "code_id"), where, &id, err) &&
	     acts_undo_gathered(acts, err, "placed %s anew on %s", row_text(&row, "code"),
				words.reference);
	acts_undo_drop(acts);
	return ok && store_commit(&t, err);
}

bool acts_sample_tag(struct acts *acts, int64_t sample_id, int64_t response_id,
		     int64_t code_id, bool on, bool *out_changed, struct err *err)
{
	static const struct acts_passage whole = {.whole = true};
	AUTO(arena) arena = arena_new(1 << 15);
	struct acts_words words;
	struct store_row row;
	int64_t id;
	bool there;

	there = store_one(acts->store, arena, &row, err, SQL_SECOND_CODING_WHOLE, "iiii",
			  sample_id, acts->staff_id, response_id, code_id);
	if (!there && err->kind != ERR_ABSENT)
		return false;
	*err = (struct err){0};
	*out_changed = there != on;
	if (there == on)
		return true;
	if (!on)
		return acts_sample_take_off(acts, row_int(&row, "id"), err);
	return acts_words_load(acts, arena, response_id, &words, err) &&
	       acts_sample_put(acts, arena, sample_id, &words, code_id, &whole, &id, err);
}

/* sample, what was made or 0, ids of what was ended */
bool acts_sample_undo_coding(struct acts *acts, struct arena *arena,
			     struct unpack *inverse, struct err *err)
{
	int64_t sample_id, made, *ended;
	size_t count;

	if (!unpack_int(inverse, 0, INT64_MAX, &sample_id) ||
	    !unpack_int(inverse, 0, INT64_MAX, &made) ||
	    !acts_undo_unpack_ids(inverse, arena, &ended, &count))
		return err_set(err, ERR_SYSTEM, "what was to be taken back is damaged");
	if (!may_code(acts, arena, sample_id, err))
		return false;
	if (made && !store_run(acts->store, err, SQL_SECOND_CODING_END, "iii", made,
			       acts->staff_id, acts->now))
		return false;
	if (made && store_changes(acts->store) != 1)
		return acts_undo_moved_on(err);
	for (size_t i = 0; i < count; i++)
		if (!store_run(acts->store, err, SQL_SECOND_CODING_REOPEN, "ii", ended[i],
			       acts->staff_id) ||
		    store_changes(acts->store) != 1)
			return err->kind ? false : acts_undo_moved_on(err);
	return acts_audit(acts, err, "taken back", "sample", sample_id, "%s",
			  "a second coding");
}

bool acts_sample_units(struct acts *acts, struct arena *arena, int64_t sample_id,
		       int64_t staff_id, struct acts_sample_unit **out, size_t *out_count,
		       struct err *err)
{
	struct acts_sample sample;
	struct store_table t;

	if (!acts_sample_by_id(acts, arena, sample_id, &sample, err) ||
	    !store_all(acts->store, arena, 0, &t, err, SQL_SAMPLE_UNITS, "ii", sample_id,
		       staff_id))
		return false;
	*out = arena_make(arena, struct acts_sample_unit, t.count + 1);
	*out_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		(*out)[i] = (struct acts_sample_unit){
			.position = row_int(&row, "position"),
			.response_id = row_int(&row, "response_id"),
			.question = sample.question,
			.reference = acts_reference(arena, sample.consultation,
						    row_int(&row, "number")),
			.done = row_int(&row, "done") == 1,
		};
	}
	return true;
}

static bool set_done(struct acts *acts, int64_t sample_id, int64_t position, bool done,
		     struct err *err)
{
	if (!done)
		return store_run(acts->store, err, SQL_SAMPLE_UNIT_NOT_DONE, "iii",
				 sample_id, position, acts->staff_id);
	return store_run(acts->store, err, SQL_SAMPLE_UNIT_DONE, "iiii", sample_id,
			 position, acts->staff_id, acts->now);
}

bool acts_sample_unit_done(struct acts *acts, int64_t sample_id, int64_t position,
			   bool done, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	AUTO(buf) inverse = acts_undo_new();
	struct store_row row;

	if (!t || !may_code(acts, arena, sample_id, err))
		return false;
	if (!store_one(acts->store, arena, &row, err, SQL_SAMPLE_UNIT_GET, "ii",
		       sample_id, position))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "the sample has no unit %" PRId64, position)
			       : false;
	if (!set_done(acts, sample_id, position, done, err))
		return false;
	if (store_changes(acts->store) == 0)
		return true;
	pack_int(inverse, sample_id);
	pack_int(inverse, position);
	pack_int(inverse, done);
	return acts_audit(acts, err, done ? "unit done" : "unit not done", "sample",
			  sample_id, "unit %" PRId64, position) &&
	       acts_undo_record(acts, "unit", inverse, err, "unit %" PRId64 " %s",
				position, done ? "done" : "not done") &&
	       store_commit(&t, err);
}

/* sample, position, was it made done? */
bool acts_sample_undo_unit(struct acts *acts, struct arena *arena, struct unpack *inverse,
			   struct err *err)
{
	int64_t sample_id, position, done;

	if (!unpack_int(inverse, 0, INT64_MAX, &sample_id) ||
	    !unpack_int(inverse, 0, INT64_MAX, &position) ||
	    !unpack_int(inverse, 0, 1, &done))
		return err_set(err, ERR_SYSTEM, "what was to be taken back is damaged");
	if (!may_code(acts, arena, sample_id, err) ||
	    !set_done(acts, sample_id, position, !done, err))
		return false;
	return store_changes(acts->store) == 1
		       ? acts_audit(acts, err, "taken back", "sample", sample_id,
				    "unit %" PRId64, position)
		       : acts_undo_moved_on(err);
}

bool acts_sample_coder_done(struct acts *acts, int64_t sample_id, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);

	return t && may_code(acts, arena, sample_id, err) &&
	       store_run(acts->store, err, SQL_SAMPLE_CODER_DONE, "iii", sample_id,
			 acts->staff_id, acts->now) &&
	       acts_audit(acts, err, "second coding done", "sample", sample_id, "%s",
			  "") &&
	       acts_undo_final(acts, err, "saying that the second coding is done") &&
	       store_commit(&t, err);
}
