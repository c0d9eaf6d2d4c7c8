#include "domain/coding/coding.h"
#include "domain/coding/blind.h"
#include "domain/responses/response_lock.h"
#include "domain/coding/codeframe_private.h"
#include "domain/responses/response.h"
#include "domain/coding/sample.h"
#include "domain/core/undo.h"
#include "base/str.h"
#include "text/answer/answers.h"

#include <inttypes.h>

/* A person's coding, whole: for the store or, coded blindly, for their sample. */
static bool put(struct operation *op, struct arena *arena,
		const struct response_text *words, int64_t code_id,
		const struct coded_passage *where, int64_t *out_coding,
		int64_t *out_change, struct err *err)
{
	struct frame_coding coding = {.response_id = words->response_id,
				      .code_id = code_id,
				      .staff_id = op->staff_id,
				      .by_what = "person"};
	struct code code;
	int64_t sample;

	if (!code_get(op, arena, code_id, &code, err) ||
	    !codeframe_usable(&code, words->consultation_id, err) ||
	    !codeframe_passage(arena, words, where, &coding.where, &coding.mark, err) ||
	    !sample_blind(op, words->response_id, &sample, err))
		return false;
	if (sample) {
		if (!sample_put(op, arena,
				&(struct sample_coding){.sample_id = sample,
							.words = words,
							.code_id = code_id,
							.where = where},
				out_coding, err))
			return false;
		*out_coding = -*out_coding;
		return true;
	}
	return response_lock_check(op, words->response_id, err) &&
	       codeframe_coding_put(op, words, &code, &coding, out_change, out_coding,
				    err) &&
	       (!*out_change || codeframe_audit(op, *out_change, "coded", err));
}

bool coding_put(struct operation *op, const struct coding_new *new, int64_t *out_coding,
		int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 15);
	AUTO(store_txn) t = NULL;
	struct response r;
	struct response_text words;
	int64_t coding = 0, change = 0;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !response_find(op, arena, new->reference, &r, err) ||
	    !response_text_load(op, arena, r.id, &words, err) ||
	    !put(op, arena, &words, new->code_id, new->where, &coding, &change, err) ||
	    !store_commit(&t, err))
		return false;
	*out_coding = coding;
	if (out_change)
		*out_change = change;
	return true;
}

static bool put_each(struct operation *op, struct arena *arena,
		     const struct coding_new *codings, size_t *out_new, struct err *err)
{
	struct coding_new one = *codings;
	struct response r;
	int64_t coding, change;

	if (!one.code_id && (!response_find(op, arena, one.reference, &r, err) ||
			     !code_add(op,
				       &(struct code_new){.consultation = r.consultation,
							  .name = one.name},
				       &one.code_id, NULL, err)))
		return false;
	for (size_t i = 0; i < codings->count; i++) {
		one.where = &codings->where[i];
		if (!coding_put(op, &one, &coding, &change, err))
			return false;
		*out_new += change != 0 || coding < 0;
	}
	return true;
}

bool coding_put_all(struct operation *op, const struct coding_new *codings,
		    size_t *out_new, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct code code;
	bool ok;

	*out_new = 0;
	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t ||
	    (codings->code_id && !code_get(op, arena, codings->code_id, &code, err)))
		return false;
	if (codings->code_id && codings->count == 1) /* one act is its own undo */
		return put_each(op, arena, codings, out_new, err) &&
		       store_commit(&t, err);
	undo_gather(op);
	ok = put_each(op, arena, codings, out_new, err) &&
	     undo_gathered(op, err, "putting %s on %s",
			   codings->code_id ? code.name : codings->name,
			   codings->reference);
	undo_drop(op);
	return ok && store_commit(&t, err);
}

/* One that holds, of a reply that nobody else has open; and it must not be one that the
 * person codes blindly. */
static bool holding(struct operation *op, struct arena *arena, int64_t coding_id,
		    struct store_row *out, struct err *err)
{
	if (!store_one(op->store, arena, out, err, SQL_CODING_GET, "i", coding_id))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no coding %" PRId64,
					 coding_id)
			       : false;
	if (!sample_not_blind(op, row_int(out, "response_id"), err))
		return false;
	if (!row_null(out, "ended_at"))
		return err_set(err, ERR_CONFLICT, "that coding was ended already");
	return response_lock_check(op, row_int(out, "response_id"), err);
}

bool coding_end(struct operation *op, int64_t coding_id, int64_t *out_change,
		struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct store_row row;
	int64_t change = 0;

	if (out_change)
		*out_change = 0;
	if (!needs_staff(op, err))
		return false;
	if (coding_id < 0)
		return sample_take_off(op, -coding_id, err);
	t = store_begin(op->store, err);
	if (!t || !holding(op, arena, coding_id, &row, err) ||
	    !codeframe_begin(op, row_int(&row, "consultation_id"), "uncode", &change, err,
			     "took %s off %s", row_text(&row, "code"),
			     codeframe_reply(arena, &row)) ||
	    !codeframe_coding_stop(op, change, coding_id, 0, err) ||
	    !codeframe_audit(op, change, "uncoded", err) || !store_commit(&t, err))
		return false;
	if (out_change)
		*out_change = change;
	return true;
}

static bool set_place(struct operation *op, int64_t change, int64_t coding_id,
		      const struct coded_passage *at, const struct passage_mark *mark,
		      struct err *err)
{
	return store_run(op->store, err, SQL_CODING_PLACE_KEEP, "iiz", coding_id, op->now,
			 change) &&
	       store_run(op->store, err, SQL_CODING_PLACE_SET, "iiiiiiit", coding_id,
			 at->part, at->from, at->to, (int64_t)mark->bytes_hash,
			 (int64_t)mark->words_hash, (int64_t)mark->words, "set") &&
	       store_run(op->store, err, SQL_FRAME_CHANGE_KEEP_CODING, "iit", change,
			 coding_id, "placed");
}

bool coding_place(struct operation *op, int64_t coding_id,
		  const struct coded_passage *where, int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 15);
	AUTO(store_txn) t = NULL;
	struct coded_passage at, before;
	struct passage_mark mark;
	struct response_text words;
	struct store_row row;
	int64_t change;

	if (out_change)
		*out_change = 0;
	if (!needs_staff(op, err))
		return false;
	if (coding_id < 0)
		return sample_place(op, -coding_id, where, err);
	t = store_begin(op->store, err);
	if (!t || !holding(op, arena, coding_id, &row, err) ||
	    !response_text_load(op, arena, row_int(&row, "response_id"), &words, err))
		return false;
	codeframe_where(&row, &before);
	if (where->whole || before.whole)
		return err_set(
			err, ERR_INPUT,
			"a code on the whole response has no place; put the code on "
			"the passage instead");
	if (!codeframe_passage(arena, &words, where, &at, &mark, err))
		return false;
	if (at.part == before.part && at.from == before.from && at.to == before.to &&
	    str_eq(row_text(&row, "placed"), "set"))
		return true;
	if (!codeframe_begin(op, words.consultation_id, "place", &change, err,
			     "placed %s anew on %s", row_text(&row, "code"),
			     words.reference) ||
	    !set_place(op, change, coding_id, &at, &mark, err) ||
	    !codeframe_audit(op, change, "coding placed", err) || !store_commit(&t, err))
		return false;
	if (out_change)
		*out_change = change;
	return true;
}

static int by_place(const void *a, const void *b)
{
	const struct coding *one = a, *other = b;
	const struct coded_passage *x = &one->where, *y = &other->where;

	if (x->whole != y->whole)
		return x->whole ? -1 : 1;
	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to > y->to ? -1 : 1;
	if (strcmp(one->code, other->code) != 0)
		return strcmp(one->code, other->code);
	return one->id < other->id ? -1 : one->id > other->id;
}

bool coding_list(struct operation *op, struct arena *arena, int64_t response_id,
		 struct coding **out, size_t *out_count, struct err *err)
{
	struct store_table t;
	int64_t sample;

	if (!sample_blind(op, response_id, &sample, err))
		return false;
	if (sample ? !store_all(op->store, arena, &t, err, SQL_CODINGS_SECOND_SHOWN,
				"iii", response_id, sample, op->staff_id)
		   : !store_all(op->store, arena, &t, err, SQL_CODINGS_SHOWN, "i",
				response_id))
		return false;
	*out = arena_make(arena, struct coding, t.count + 1);
	*out_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct coding *c = &(*out)[i];

		*c = (struct coding){
			.id = row_int(&row, "id"),
			.suggestion_id = row_int(&row, "suggestion_id"),
			.code_id = row_int(&row, "code_id"),
			.at = row_int(&row, "at"),
			.code = row_text(&row, "code"),
			.colour = row_text(&row, "colour"),
			.by_what = row_text(&row, "by_what"),
			.staff = row_text(&row, "staff"),
			.because = row_text(&row, "because"),
			.placed = row_text(&row, "placed"),
			.blind = sample != 0,
		};
		codeframe_where(&row, &c->where);
	}
	if (t.count)
		qsort(*out, t.count, sizeof(**out), by_place);
	return true;
}

void coding_segments(struct arena *arena, const struct coded_part *of,
		     struct segment **out, size_t *out_count)
{
	struct segment_span *spans =
		arena_make(arena, struct segment_span, of->count + 1);

	/* What stands elsewhere is an empty stretch here, so that indexes stay. */
	for (size_t i = 0; i < of->count; i++)
		if (!of->codings[i].where.whole &&
		    of->codings[i].where.part == of->part &&
		    !str_eq(of->codings[i].placed, "needs re-anchoring"))
			spans[i] = (struct segment_span){of->codings[i].where.from,
							 of->codings[i].where.to};
	segments_cut(arena, spans, of->count, of->chars, out, out_count);
}
