#include "acts/reread.h"
#include "acts/answer.h"
#include "acts/coding.h"
#include "acts/duplicate.h"
#include "acts/respondent.h"
#include "acts/rule.h"

bool acts_words_read_again(struct acts *acts, struct arena *arena, int64_t response_id,
			   struct err *err)
{
	struct acts_words words;

	return acts_words_load(acts, arena, response_id, &words, err) &&
	       acts_respondent_read(acts, arena, &words, err) &&
	       acts_answer_read(acts, arena, &words, err) &&
	       acts_duplicate_find(acts, arena, &words, err) &&
	       acts_codings_reread(acts, arena, &words, err) &&
	       acts_rules_apply(acts, arena, &words, err);
}

bool acts_words_of_mail(struct acts *acts, struct arena *arena, int64_t inbound_id,
			struct err *err)
{
	struct store_row row;

	if (!store_one(acts->store, arena, &row, err, SQL_RESPONSE_OF_INBOUND, "i",
		       inbound_id))
		return err->kind == ERR_ABSENT;
	return acts_words_read_again(acts, arena, row_int(&row, "id"), err);
}
