#include "domain/intake/reread.h"
#include "domain/responses/response_answer.h"
#include "domain/coding/coding.h"
#include "domain/responses/duplicate.h"
#include "domain/responses/respondent.h"
#include "domain/responses/response_proposal.h"
#include "domain/intake/rule.h"

bool response_text_read_again(struct operation *op, struct arena *arena,
			      int64_t response_id, struct err *err)
{
	struct response_text words;

	return response_text_load(op, arena, response_id, &words, err) &&
	       respondent_read(op, arena, &words, err) &&
	       response_answer_read(op, arena, &words, err) &&
	       response_proposal_read(op, arena, &words, err) &&
	       response_duplicate_find(op, arena, &words, err) &&
	       codings_reread(op, arena, &words, err) &&
	       rules_apply(op, arena, &words, err);
}

bool reread_consultation(struct operation *op, int64_t consultation_id, int64_t *out_read,
			 struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(arena) one = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct store_table ids;

	if (!t || !store_all(op->store, arena, 0, &ids, err, SQL_RESPONSES_IN, "i",
			     consultation_id))
		return false;
	for (size_t i = 0; i < ids.count; i++) {
		struct store_row row = table_row(&ids, i);

		arena_reset(one);
		if (!response_text_read_again(op, one, row_int(&row, "id"), err))
			return false;
	}
	*out_read = (int64_t)ids.count;
	return store_commit(&t, err);
}

bool response_text_of_mail(struct operation *op, struct arena *arena, int64_t inbound_id,
			   struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_OF_INBOUND, "i",
		       inbound_id))
		return err_forgive(err, ERR_ABSENT);
	return response_text_read_again(op, arena, row_int(&row, "id"), err);
}

bool reread_proposal(struct operation *op, struct arena *arena, int64_t inbound_id,
		     struct err *err)
{
	struct response_text words;
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_OF_INBOUND, "i",
		       inbound_id))
		return err_forgive(err, ERR_ABSENT);
	return response_text_load(op, arena, row_int(&row, "id"), &words, err) &&
	       response_proposal_read(op, arena, &words, err);
}
