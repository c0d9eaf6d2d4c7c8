/*
 * acts answer - which stretch of a reply answers which question.
 *
 * Apportioned when the reply is read (text/answers.h); a person may move any boundary,
 * and from then on the machine leaves that reply alone until it is told to apportion it
 * anew. Stretches of one part never overlap; what belongs to no question is general.
 * What a person changed is ended, not deleted.
 *
 * Units      characters of the part's text, from 0; to is the first one after.
 * Errors     ERR_INPUT no such question, or from..to is not inside the text.
 */
#ifndef MERCAT_ACTS_ANSWER_H
#define MERCAT_ACTS_ANSWER_H

#include "acts/words.h"

bool acts_answer_read(struct acts *acts, struct arena *arena,
		      const struct acts_words *words, struct err *err) MUST_USE;

/* question 0: general. from equal to to: that question is not answered in this part.
 * part ACTS_PART_MAIL or a file's position. */
bool acts_answer_set(struct acts *acts, const char *reference, int64_t question,
		     int64_t part, int64_t from, int64_t to, struct err *err) MUST_USE;
/* Takes back what persons set. */
bool acts_answer_anew(struct acts *acts, const char *reference, struct err *err) MUST_USE;

struct acts_answer {
	int64_t question; /* 0: general */
	const char *asked, *part, *how, *text;
	int64_t from, to;
};

/* By question, general last. */
bool acts_answer_list(struct acts *acts, struct arena *arena, int64_t response_id,
		      struct acts_answer **out, size_t *out_count,
		      struct err *err) MUST_USE;

#endif
