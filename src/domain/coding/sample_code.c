/* What a second coder does, blindly; see domain/coding/sample.h. */
#include "domain/core/audit.h"
#include "domain/coding/codeframe_private.h"
#include "domain/responses/reference.h"
#include "domain/coding/sample.h"
#include "domain/core/undo.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>

/* The person who op is a coder of it, and not done. */
static bool may_code(struct operation *op, struct arena *arena, int64_t sample_id,
		     struct err *err)
{
	struct sample sample;
	struct store_table t;

	if (!needs_staff(op, err) || !sample_by_id(op, arena, sample_id, &sample, err) ||
	    !store_all(op->store, arena, &t, err, SQL_SAMPLE_CODERS, "i", sample_id))
		return false;
	if (sample.ended)
		return err_set(err, ERR_CONFLICT, "sample %" PRId64 " was given up",
			       sample.number);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (row_int(&row, "staff_id") != op->staff_id)
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
static bool remember(struct operation *op, int64_t sample_id, int64_t made,
		     const int64_t *ended, size_t count, const char *code,
		     const char *reference, struct err *err)
{
	AUTO(buf) inverse = undo_new();

	pack_int(inverse, sample_id);
	pack_int(inverse, made);
	undo_pack_ids(inverse, ended, count);
	return undo_record(op, "second coding", inverse, err, "%s %s %s %s",
			   made ? "put" : "took", code, made ? "on" : "off", reference);
}

/* Own codings of that code that overlap are ended; the passage is widened by them. */
static bool widen(struct operation *op, struct arena *arena, int64_t sample_id,
		  const struct response_text *words, int64_t code_id,
		  struct coded_passage *at, struct passage_mark *mark, int64_t **ended,
		  size_t *ended_count, struct err *err)
{
	struct coded_passage wide = *at;
	struct store_table own;

	*ended_count = 0;
	if (at->whole)
		return true;
	if (!store_all(op->store, arena, &own, err, SQL_SECOND_CODING_OVERLAPS, "iiiiiii",
		       sample_id, op->staff_id, words->response_id, code_id, at->part,
		       at->from, at->to))
		return false;
	for (size_t i = 0; i < own.count; i++) {
		struct store_row row = table_row(&own, i);
		int64_t from = row_int(&row, "from_char"), to = row_int(&row, "to_char");

		wide.from = from < wide.from ? from : wide.from;
		wide.to = to > wide.to ? to : wide.to;
		*ended = arena_grow(arena, *ended, *ended_count, sizeof(**ended));
		(*ended)[(*ended_count)++] = row_int(&row, "id");
		if (!store_run(op->store, err, SQL_SECOND_CODING_END, "iii",
			       row_int(&row, "id"), op->staff_id, op->now))
			return false;
	}
	return codeframe_passage(arena, words, &wide, at, mark, err);
}

bool sample_put(struct operation *op, struct arena *arena,
		const struct sample_coding *coding, int64_t *out_id, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	struct passage_mark mark;
	struct coded_passage at;
	struct code code;
	struct store_row row;
	int64_t *ended = NULL;
	size_t count;

	if (!t || !may_code(op, arena, coding->sample_id, err) ||
	    !code_get(op, arena, coding->code_id, &code, err) ||
	    !codeframe_usable(&code, coding->words->consultation_id, err) ||
	    !codeframe_passage(arena, coding->words, coding->where, &at, &mark, err))
		return false;
	if (store_one(op->store, arena, &row, err, SQL_SECOND_CODING_COVERS, "iiiiiiii",
		      coding->sample_id, op->staff_id, coding->words->response_id,
		      coding->code_id, (int64_t)at.whole, at.part, at.from, at.to)) {
		*out_id = row_int(&row, "id");
		return true;
	}
	if (!err_forgive(err, ERR_ABSENT) ||
	    !widen(op, arena, coding->sample_id, coding->words, coding->code_id, &at,
		   &mark, &ended, &count, err) ||
	    !store_run(op->store, err, SQL_SECOND_CODING_ADD, "iiiiiiiiiiii",
		       coding->sample_id, coding->words->response_id, coding->code_id,
		       (int64_t)at.whole, at.part, at.from, at.to,
		       (int64_t)mark.bytes_hash, (int64_t)mark.words_hash,
		       (int64_t)mark.words, op->staff_id, op->now))
		return false;
	*out_id = store_last_id(op->store);
	return audit_record(op, err, "coded blindly", "sample", coding->sample_id,
			    "second coding %" PRId64, *out_id) &&
	       remember(op, coding->sample_id, *out_id, ended, count, code.name,
			coding->words->reference, err) &&
	       store_commit(&t, err);
}

static bool own_row(struct operation *op, struct arena *arena, int64_t second_coding_id,
		    struct store_row *out, struct err *err)
{
	if (store_one(op->store, arena, out, err, SQL_SECOND_CODING_GET, "ii",
		      second_coding_id, op->staff_id))
		return true;
	return err->kind == ERR_ABSENT &&
	       err_set(err, ERR_CONFLICT,
		       "that double coding is not yours, or its sample is done");
}

bool sample_take_off(struct operation *op, int64_t second_coding_id, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct store_row row;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !own_row(op, arena, second_coding_id, &row, err) ||
	    !may_code(op, arena, row_int(&row, "sample_id"), err) ||
	    !store_run(op->store, err, SQL_SECOND_CODING_END, "iii", second_coding_id,
		       op->staff_id, op->now))
		return false;
	return audit_record(op, err, "uncoded blindly", "double coding", second_coding_id,
			    "%s", "") &&
	       remember(op, row_int(&row, "sample_id"), 0, &second_coding_id, 1,
			row_text(&row, "code"), codeframe_reply(arena, &row), err) &&
	       store_commit(&t, err);
}

bool sample_place(struct operation *op, int64_t second_coding_id,
		  const struct coded_passage *where, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 15);
	AUTO(store_txn) t = NULL;
	struct response_text words;
	struct store_row row;
	int64_t id;
	bool ok;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !own_row(op, arena, second_coding_id, &row, err) ||
	    !response_text_load(op, arena, row_int(&row, "response_id"), &words, err))
		return false;
	undo_gather(op);
	ok = sample_take_off(op, second_coding_id, err) &&
	     sample_put(op, arena,
			&(struct sample_coding){.sample_id = row_int(&row, "sample_id"),
						.words = &words,
						.code_id = row_int(&row, "code_id"),
						.where = where},
			&id, err) &&
	     undo_gathered(op, err, "placed %s anew on %s", row_text(&row, "code"),
			   words.reference);
	undo_drop(op);
	return ok && store_commit(&t, err);
}

bool sample_tag(struct operation *op, const struct sample_tagging *tagging,
		bool *out_changed, struct err *err)
{
	bool on = tagging->change == TAG_PUT_ON;
	static const struct coded_passage whole = {.whole = true};
	AUTO(arena) arena = arena_new(1 << 15);
	struct response_text words;
	struct store_row row;
	int64_t id;
	bool there;

	there = store_one(op->store, arena, &row, err, SQL_SECOND_CODING_WHOLE, "iiii",
			  tagging->sample_id, op->staff_id, tagging->response_id,
			  tagging->code_id);
	if (!there && !err_forgive(err, ERR_ABSENT))
		return false;
	*err = (struct err){0};
	*out_changed = there != on;
	if (there == on)
		return true;
	if (!on)
		return sample_take_off(op, row_int(&row, "id"), err);
	return response_text_load(op, arena, tagging->response_id, &words, err) &&
	       sample_put(op, arena,
			  &(struct sample_coding){.sample_id = tagging->sample_id,
						  .words = &words,
						  .code_id = tagging->code_id,
						  .where = &whole},
			  &id, err);
}

/* sample, what was made or 0, ids of what was ended */
bool sample_undo_coding(struct operation *op, struct arena *arena, struct unpack *inverse,
			struct err *err)
{
	int64_t sample_id, made, *ended;
	size_t count;

	if (!unpack_int(inverse, 0, INT64_MAX, &sample_id) ||
	    !unpack_int(inverse, 0, INT64_MAX, &made) ||
	    !undo_unpack_ids(inverse, arena, &ended, &count))
		return undo_damaged(err);
	if (!may_code(op, arena, sample_id, err))
		return false;
	if (made && !store_run(op->store, err, SQL_SECOND_CODING_END, "iii", made,
			       op->staff_id, op->now))
		return false;
	if (made && store_changes(op->store) != 1)
		return undo_moved_on(err);
	for (size_t i = 0; i < count; i++)
		if (!store_run(op->store, err, SQL_SECOND_CODING_REOPEN, "ii", ended[i],
			       op->staff_id) ||
		    store_changes(op->store) != 1)
			return err->kind ? false : undo_moved_on(err);
	return audit_record(op, err, "taken back", "sample", sample_id, "%s",
			    "double coding");
}

bool sample_units(struct operation *op, struct arena *arena, struct sample_share share,
		  struct sample_unit **out, size_t *out_count, struct err *err)
{
	struct sample sample;
	struct store_table t;

	if (!sample_by_id(op, arena, share.sample_id, &sample, err) ||
	    !store_all(op->store, arena, &t, err, SQL_SAMPLE_UNITS, "ii", share.sample_id,
		       share.staff_id))
		return false;
	*out = arena_make(arena, struct sample_unit, t.count + 1);
	*out_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		(*out)[i] = (struct sample_unit){
			.position = row_int(&row, "position"),
			.response_id = row_int(&row, "response_id"),
			.question = sample.question,
			.reference = response_reference(arena, sample.consultation,
							row_int(&row, "number")),
			.done = row_int(&row, "done") == 1,
		};
	}
	return true;
}

static bool set_done(struct operation *op, int64_t sample_id, int64_t position, bool done,
		     struct err *err)
{
	if (!done)
		return store_run(op->store, err, SQL_SAMPLE_UNIT_NOT_DONE, "iii",
				 sample_id, position, op->staff_id);
	return store_run(op->store, err, SQL_SAMPLE_UNIT_DONE, "iiii", sample_id,
			 position, op->staff_id, op->now);
}

bool sample_unit_done(struct operation *op, int64_t sample_id, int64_t position,
		      enum sample_unit_state state, struct err *err)
{
	bool done = state == SAMPLE_UNIT_DONE;
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	AUTO(buf) inverse = undo_new();
	struct store_row row;

	if (!t || !may_code(op, arena, sample_id, err))
		return false;
	if (!store_one(op->store, arena, &row, err, SQL_SAMPLE_UNIT_GET, "ii", sample_id,
		       position))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "the sample has no unit %" PRId64, position)
			       : false;
	if (!set_done(op, sample_id, position, done, err))
		return false;
	if (store_changes(op->store) == 0)
		return true;
	pack_int(inverse, sample_id);
	pack_int(inverse, position);
	pack_int(inverse, done);
	return audit_record(op, err, done ? "unit done" : "unit not done", "sample",
			    sample_id, "unit %" PRId64, position) &&
	       undo_record(op, "unit", inverse, err, "unit %" PRId64 " %s", position,
			   done ? "done" : "not done") &&
	       store_commit(&t, err);
}

/* sample, position, was it made done? */
bool sample_undo_unit(struct operation *op, struct arena *arena, struct unpack *inverse,
		      struct err *err)
{
	int64_t sample_id, position, done;

	if (!unpack_int(inverse, 0, INT64_MAX, &sample_id) ||
	    !unpack_int(inverse, 0, INT64_MAX, &position) ||
	    !unpack_int(inverse, 0, 1, &done))
		return undo_damaged(err);
	if (!may_code(op, arena, sample_id, err) ||
	    !set_done(op, sample_id, position, !done, err))
		return false;
	return store_changes(op->store) == 1
		       ? audit_record(op, err, "taken back", "sample", sample_id,
				      "unit %" PRId64, position)
		       : undo_moved_on(err);
}

/* Codes on a unit that nobody said to be done count nowhere, and cannot be got back later. */
static bool nothing_is_lost(struct operation *op, struct arena *arena, int64_t sample_id,
			    struct err *err)
{
	struct store_row row;
	int64_t n;

	if (!store_one(op->store, arena, &row, err, SQL_SAMPLE_UNITS_LEFT, "ii",
		       sample_id, op->staff_id))
		return false;
	n = row_int(&row, "n");
	return n == 0 ||
	       err_set(err, ERR_CONFLICT,
		       "you have coded %s %.200s and not said that %s done, so the codes on "
		       "%s would be lost; say that %s done first, or take the codes off",
		       plural(n, "unit", "units"), row_text(&row, "units"),
		       plural(n, "it is", "they are"), plural(n, "it", "them"),
		       plural(n, "it is", "they are"));
}

bool sample_coder_done(struct operation *op, int64_t sample_id, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);

	return t && may_code(op, arena, sample_id, err) &&
	       nothing_is_lost(op, arena, sample_id, err) &&
	       store_run(op->store, err, SQL_SAMPLE_CODER_DONE, "iii", sample_id,
			 op->staff_id, op->now) &&
	       audit_record(op, err, "double coding done", "sample", sample_id, "%s",
			    "") &&
	       undo_final(op, err, "saying that the double coding is done") &&
	       store_commit(&t, err);
}
