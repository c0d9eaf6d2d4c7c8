#include "domain/coding/suggestion.h"
#include "domain/coding/blind.h"
#include "domain/responses/response_lock.h"
#include "domain/admin/consultation.h"
#include "domain/coding/codeframe_private.h"
#include "base/str.h"

#include <inttypes.h>

bool suggestion_add(struct operation *op, struct arena *arena,
		    const struct suggestion_new *suggestion, bool *out_added,
		    struct err *err)
{
	struct coded_passage at;
	struct passage_mark mark;
	struct code code;
	struct store_row row;

	*out_added = false;
	if (!code_get(op, arena, suggestion->code_id, &code, err) ||
	    !codeframe_usable(&code, suggestion->words->consultation_id, err) ||
	    !codeframe_passage(arena, suggestion->words, suggestion->where, &at, &mark,
			       err))
		return false;
	if (store_one(op->store, arena, &row, err, SQL_SUGGESTION_BEFORE, "iiiiii",
		      suggestion->words->response_id, suggestion->code_id,
		      (int64_t)at.whole, at.part, at.from, at.to))
		return true;
	if (!err_forgive(err, ERR_ABSENT))
		return false;
	*out_added = true;
	return store_run(op->store, err, SQL_SUGGESTION_INSERT, "iiiiiiiiitti",
			 suggestion->words->response_id, suggestion->code_id,
			 (int64_t)at.whole, at.part, at.from, at.to,
			 (int64_t)mark.bytes_hash, (int64_t)mark.words_hash,
			 (int64_t)mark.words, suggestion->by_what, suggestion->because,
			 op->now);
}

static struct store_txn *begin_on(struct operation *op, struct arena *arena, int64_t id,
				  struct store_row *row, struct err *err)
{
	struct store_txn *t;

	if (!needs_staff(op, err))
		return NULL;
	t = store_begin(op->store, err);
	if (!t)
		return NULL;
	if (!store_one(op->store, arena, row, err, SQL_SUGGESTION_GET, "i", id)) {
		if (err->kind == ERR_ABSENT)
			err_set(err, ERR_ABSENT, "there is no such suggestion");
		store_rollback(&t);
	} else if (!str_eq(row_text(row, "state"), "open")) {
		err_set(err, ERR_CONFLICT, "that suggestion is %s already",
			row_text(row, "state"));
		store_rollback(&t);
	} else if (!response_lock_check(op, row_int(row, "response_id"), err) ||
		   !sample_not_blind(op, row_int(row, "response_id"), err)) {
		store_rollback(&t);
	}
	return t;
}

bool suggestion_accept(struct operation *op, int64_t suggestion_id, int64_t *out_coding,
		       int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 15);
	struct store_row row;
	AUTO(store_txn) t = begin_on(op, arena, suggestion_id, &row, err);
	struct frame_coding coding = {.staff_id = op->staff_id};
	struct coded_passage where;
	struct response_text words;
	struct code code;
	int64_t change;

	if (!t || !code_get(op, arena, row_int(&row, "code_id"), &code, err) ||
	    !codeframe_usable(&code, row_int(&row, "consultation_id"), err) ||
	    !response_text_load(op, arena, row_int(&row, "response_id"), &words, err))
		return false;
	codeframe_where(&row, &where);
	coding.response_id = words.response_id;
	coding.code_id = code.id;
	coding.by_what = row_text(&row, "by_what");
	coding.because = row_text(&row, "because");
	if (!codeframe_passage(arena, &words, &where, &coding.where, &coding.mark, err) ||
	    !codeframe_begin(op, words.consultation_id, "accept", &change, err,
			     "accepted %s on %s", code.name, words.reference) ||
	    !codeframe_covered(op, words.response_id, code.id, &coding.where, out_coding,
			       err) ||
	    (!*out_coding &&
	     !codeframe_coding_add(op, change, &coding, out_coding, err)) ||
	    !store_run(op->store, err, SQL_SUGGESTION_DECIDE, "iti", suggestion_id,
		       "accepted", change) ||
	    !codeframe_audit(op, change, "suggestion accepted", err) ||
	    !store_commit(&t, err))
		return false;
	if (out_change)
		*out_change = change;
	return true;
}

bool suggestion_refuse(struct operation *op, int64_t suggestion_id, int64_t *out_change,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct store_row row;
	AUTO(store_txn) t = begin_on(op, arena, suggestion_id, &row, err);
	int64_t change;

	if (!t ||
	    !codeframe_begin(op, row_int(&row, "consultation_id"), "refuse", &change, err,
			     "refused %s on %s", row_text(&row, "code"),
			     codeframe_reply(arena, &row)) ||
	    !store_run(op->store, err, SQL_SUGGESTION_DECIDE, "iti", suggestion_id,
		       "refused", change) ||
	    !codeframe_audit(op, change, "suggestion refused", err) ||
	    !store_commit(&t, err))
		return false;
	if (out_change)
		*out_change = change;
	return true;
}

bool suggestion_list(struct operation *op, struct arena *arena,
		     const struct suggestion_page *page, struct coded_quote **out,
		     size_t *out_count, struct err *err)
{
	struct consultation c;
	struct store_table rows;

	if (!consultation_named(op, arena, page->consultation, &c, err) ||
	    !store_all(op->store, arena, &rows, err, SQL_SUGGESTIONS_OPEN, "iiii", c.id,
		       page->after, op->staff_id, (int64_t)page->most))
		return false;
	*out = arena_make(arena, struct coded_quote, rows.count + 1);
	*out_count = rows.count;
	return codeframe_quotes(op, arena, &rows, *out, err);
}
