#include "domain/intake/reread.h"
#include "domain/admin/asked.h"
#include "domain/responses/response_answer.h"
#include "domain/coding/coding.h"
#include "domain/campaigns/duplicate.h"
#include "domain/publication/redaction.h"
#include "domain/responses/respondent.h"
#include "domain/responses/response_proposal.h"
#include "domain/intake/rule.h"

enum { TOGETHER = 16 }; /* are written with one commit */

/* All that is read in a response, whatever the store holds beside it. */
struct reading {
	struct arena *arena;
	const struct response_text *words;
	const struct asked *asked;
	const struct respondent_found *respondent;
	const struct answer_parts *answers; /* of each part */
	struct response_prints prints;
};

static const void *read_all(void *with)
{
	struct reading *r = with;

	r->respondent = respondent_read(r->arena, r->words);
	r->answers = response_answer_read(r->arena, r->words, r->asked);
	response_prints_read(r->words, &r->prints);
	return r;
}

static bool keep(struct operation *op, struct arena *arena,
		 const struct response_text *words, const struct asked *asked,
		 const struct reading *r, struct err *err)
{
	return respondent_write(op, arena, words, r->respondent, err) &&
	       response_answer_write(op, arena, words, asked, r->answers, err) &&
	       response_proposal_read(op, arena, words, err) &&
	       response_duplicate_find(op, arena, words, &r->prints, err) &&
	       codings_reread(op, arena, words, err) &&
	       redactions_reread(op, arena, words, err) &&
	       rules_apply(op, arena, words, err);
}

static bool read_words(struct operation *op, struct arena *arena,
		       const struct response_text *words, struct err *err)
{
	struct asked *asked = arena_make(arena, struct asked, 1);
	struct reading *reading = arena_make(arena, struct reading, 1);
	struct apart_work work = {
		.bytes = response_text_bytes(words), .run = read_all, .with = reading};
	const void *found;

	*reading = (struct reading){.arena = arena, .words = words, .asked = asked};
	if (!asked_load(op, arena, words->consultation_id, asked, err))
		return false;
	apart_key_begin(&work.key, "response");
	response_text_key(&work.key, words);
	asked_key(&work.key, asked->questions, asked->count);
	/* What was found is kept by the questions as they stand now: their rows may be new. */
	return apart_found(op->store, &work, &found, err) &&
	       keep(op, arena, words, asked, found, err);
}

bool response_text_read_new(struct operation *op, struct arena *arena,
			    int64_t response_id, const struct response_text **out,
			    struct err *err)
{
	struct response_text *words = arena_make(arena, struct response_text, 1);

	*out = words;
	return response_text_load(op, arena, response_id, words, err) &&
	       read_words(op, arena, words, err);
}

bool response_text_read_again(struct operation *op, struct arena *arena,
			      int64_t response_id, struct err *err)
{
	const struct response_text *words;

	return response_text_read_new(op, arena, response_id, &words, err);
}

/* Some of a consultation's, for apart_run(). */
struct some {
	struct operation *op;
	const struct store_table *ids;
	size_t from, to;
};

static bool read_some(void *with, struct arena *arena, struct err *err)
{
	struct some *some = with;
	struct operation *op = some->op;
	AUTO(store_txn) t = store_begin(op->store, err);

	if (!t)
		return false;
	for (size_t i = some->from; i < some->to; i++) {
		struct store_row row = table_row(some->ids, i);
		struct response_text *words = arena_make(arena, struct response_text, 1);
		bool is_long;

		if (!response_text_load(op, arena, row_int(&row, "id"), words, err))
			return false;
		/* A long one by itself: what is read apart makes the act begin again. */
		is_long = response_text_bytes(words) >= APART_BYTES;
		if (is_long && i > some->from) {
			some->to = i;
			break;
		}
		if (!read_words(op, arena, words, err))
			return false;
		if (is_long)
			some->to = i + 1;
	}
	return store_commit(&t, err);
}

bool reread_consultation(struct operation *op, int64_t consultation_id, int64_t *out_read,
			 struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	struct store_table ids;

	if (!store_all(op->store, arena, &ids, err, SQL_RESPONSES_IN, "i",
		       consultation_id))
		return false;
	for (size_t i = 0; i < ids.count;) {
		struct some some = {op, &ids, i,
				    i + TOGETHER < ids.count ? i + TOGETHER : ids.count};

		if (!apart_run(op->store, read_some, &some, err))
			return false;
		i = some.to;
	}
	*out_read = (int64_t)ids.count;
	return true;
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
