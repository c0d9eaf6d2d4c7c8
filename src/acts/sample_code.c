/* What a second coder does, blindly; see acts/sample.h. */
#include "acts/audit.h"
#include "acts/frame_inside.h"
#include "acts/response.h"
#include "acts/sample.h"
#include "base/str.h"

#include <inttypes.h>

bool acts_sample_blind(struct acts *acts, int64_t response_id, int64_t *out_sample,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out_sample = 0;
	if (!acts->staff_id)
		return true;
	if (!store_one(acts->store, arena, &row, err, SQL_SAMPLE_BLIND, "ii", response_id,
		       acts->staff_id))
		return err->kind == ERR_ABSENT;
	*out_sample = row_int(&row, "sample_id");
	return true;
}

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

/* Own codings of that code that overlap are ended; the passage is widened by them. */
static bool widen(struct acts *acts, struct arena *arena, int64_t sample_id,
		  const struct acts_words *words, int64_t code_id,
		  struct acts_passage *at, struct passage_mark *mark, struct err *err)
{
	struct acts_passage wide = *at;
	struct store_table own;

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
	    !widen(acts, arena, sample_id, words, code_id, &at, &mark, err) ||
	    !store_run(acts->store, err, SQL_SECOND_CODING_ADD, "iiiiiiiiiiii", sample_id,
		       words->response_id, code_id, (int64_t)at.whole, at.part, at.from,
		       at.to, (int64_t)mark.bytes_hash, (int64_t)mark.words_hash,
		       (int64_t)mark.words, acts->staff_id, acts->now))
		return false;
	*out_id = store_last_id(acts->store);
	return acts_audit(acts, err, "coded blindly", "sample", sample_id,
			  "second coding %" PRId64, *out_id) &&
	       store_commit(&t, err);
}

bool acts_sample_take_off(struct acts *acts, int64_t second_coding_id, struct err *err)
{
	AUTO(store_txn) t = NULL;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !store_run(acts->store, err, SQL_SECOND_CODING_END, "iii",
			     second_coding_id, acts->staff_id, acts->now))
		return false;
	if (store_changes(acts->store) == 0)
		return err_set(err, ERR_CONFLICT,
			       "that second coding is not yours, or its sample is done");
	return acts_audit(acts, err, "uncoded blindly", "second coding", second_coding_id,
			  "%s", "") &&
	       store_commit(&t, err);
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

bool acts_sample_unit_done(struct acts *acts, int64_t sample_id, int64_t position,
			   bool done, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct store_row row;

	if (!t || !may_code(acts, arena, sample_id, err))
		return false;
	if (!store_one(acts->store, arena, &row, err, SQL_SAMPLE_UNIT_GET, "ii",
		       sample_id, position))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "the sample has no unit %" PRId64, position)
			       : false;
	return (done ? store_run(acts->store, err, SQL_SAMPLE_UNIT_DONE, "iiii",
				 sample_id, position, acts->staff_id, acts->now)
		     : store_run(acts->store, err, SQL_SAMPLE_UNIT_NOT_DONE, "iii",
				 sample_id, position, acts->staff_id)) &&
	       acts_audit(acts, err, done ? "unit done" : "unit not done", "sample",
			  sample_id, "unit %" PRId64, position) &&
	       store_commit(&t, err);
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
	       store_commit(&t, err);
}
