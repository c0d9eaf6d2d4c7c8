#include "acts/suggestion.h"
#include "acts/blind.h"
#include "acts/claim.h"
#include "acts/consultation.h"
#include "acts/frame_inside.h"
#include "base/str.h"

#include <inttypes.h>

bool acts_suggestion_add(struct acts *acts, struct arena *arena,
			 const struct acts_words *words, int64_t code_id,
			 const struct acts_passage *where, const char *by_what,
			 const char *because, bool *out_added, struct err *err)
{
	struct acts_passage at;
	struct passage_mark mark;
	struct acts_code code;
	struct store_row row;

	*out_added = false;
	if (!acts_code_get(acts, arena, code_id, &code, err) ||
	    !acts_frame_usable(&code, words->consultation_id, err) ||
	    !acts_frame_passage(arena, words, where, &at, &mark, err))
		return false;
	if (store_one(acts->store, arena, &row, err, SQL_SUGGESTION_BEFORE, "iiiiii",
		      words->response_id, code_id, (int64_t)at.whole, at.part, at.from,
		      at.to))
		return true;
	if (err->kind != ERR_ABSENT)
		return false;
	*out_added = true;
	return store_run(acts->store, err, SQL_SUGGESTION_INSERT, "iiiiiiiiitti",
			 words->response_id, code_id, (int64_t)at.whole, at.part, at.from,
			 at.to, (int64_t)mark.bytes_hash, (int64_t)mark.words_hash,
			 (int64_t)mark.words, by_what, because, acts->now);
}

static struct store_txn *begin_on(struct acts *acts, struct arena *arena, int64_t id,
				  struct store_row *row, struct err *err)
{
	struct store_txn *t;

	if (!acts_needs_staff(acts, err))
		return NULL;
	t = store_begin(acts->store, err);
	if (!t)
		return NULL;
	if (!store_one(acts->store, arena, row, err, SQL_SUGGESTION_GET, "i", id)) {
		if (err->kind == ERR_ABSENT)
			err_set(err, ERR_ABSENT, "there is no such suggestion");
		store_rollback(&t);
	} else if (!str_eq(row_text(row, "state"), "open")) {
		err_set(err, ERR_CONFLICT, "that suggestion is %s already",
			row_text(row, "state"));
		store_rollback(&t);
	} else if (!acts_claim_check(acts, row_int(row, "response_id"), err) ||
		   !acts_sample_not_blind(acts, row_int(row, "response_id"), err)) {
		store_rollback(&t);
	}
	return t;
}

bool acts_suggestion_accept(struct acts *acts, int64_t suggestion_id, int64_t *out_coding,
			    int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 15);
	struct store_row row;
	AUTO(store_txn) t = begin_on(acts, arena, suggestion_id, &row, err);
	struct frame_coding coding = {.staff_id = acts->staff_id};
	struct acts_passage where;
	struct acts_words words;
	struct acts_code code;
	int64_t change;

	if (!t || !acts_code_get(acts, arena, row_int(&row, "code_id"), &code, err) ||
	    !acts_frame_usable(&code, row_int(&row, "consultation_id"), err) ||
	    !acts_words_load(acts, arena, row_int(&row, "response_id"), &words, err))
		return false;
	acts_frame_where(&row, &where);
	coding.response_id = words.response_id;
	coding.code_id = code.id;
	coding.by_what = row_text(&row, "by_what");
	coding.because = row_text(&row, "because");
	if (!acts_frame_passage(arena, &words, &where, &coding.where, &coding.mark,
				err) ||
	    !acts_frame_begin(acts, words.consultation_id, "accept", &change, err,
			      "accepted %s on %s", code.name, words.reference) ||
	    !acts_frame_covered(acts, words.response_id, code.id, &coding.where,
				out_coding, err) ||
	    (!*out_coding &&
	     !acts_frame_coding_add(acts, change, &coding, out_coding, err)) ||
	    !store_run(acts->store, err, SQL_SUGGESTION_DECIDE, "iti", suggestion_id,
		       "accepted", change) ||
	    !acts_frame_audit(acts, change, "suggestion accepted", err) ||
	    !store_commit(&t, err))
		return false;
	if (out_change)
		*out_change = change;
	return true;
}

bool acts_suggestion_refuse(struct acts *acts, int64_t suggestion_id, int64_t *out_change,
			    struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct store_row row;
	AUTO(store_txn) t = begin_on(acts, arena, suggestion_id, &row, err);
	int64_t change;

	if (!t ||
	    !acts_frame_begin(acts, row_int(&row, "consultation_id"), "refuse", &change,
			      err, "refused %s on %s", row_text(&row, "code"),
			      acts_frame_reply(arena, &row)) ||
	    !store_run(acts->store, err, SQL_SUGGESTION_DECIDE, "iti", suggestion_id,
		       "refused", change) ||
	    !acts_frame_audit(acts, change, "suggestion refused", err) ||
	    !store_commit(&t, err))
		return false;
	if (out_change)
		*out_change = change;
	return true;
}

bool acts_suggestions(struct acts *acts, struct arena *arena, const char *consultation,
		      int64_t after, size_t most, struct acts_quote **out,
		      size_t *out_count, struct err *err)
{
	struct acts_consultation c;
	struct store_table rows;

	if (!acts_consultation_named(acts, arena, consultation, &c, err) ||
	    !store_all(acts->store, arena, 0, &rows, err, SQL_SUGGESTIONS_OPEN, "iiii",
		       c.id, after, acts->staff_id, (int64_t)most))
		return false;
	*out = arena_make(arena, struct acts_quote, rows.count + 1);
	*out_count = rows.count;
	return acts_frame_quotes(acts, arena, &rows, *out, err);
}
