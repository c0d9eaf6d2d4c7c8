/*
 * response answer - which stretch of a reply answers which question.
 *
 * Apportioned when the reply is read (text/answer/answers.h); a person may move any boundary,
 * and from then on the machine leaves that reply alone until it is told to apportion it
 * anew. Stretches of one part never overlap; what belongs to no question is general.
 * What a person changed is ended, not deleted.
 *
 * Units      characters of the part's text, from 0; to is the first one after.
 * Errors     ERR_INPUT no such question, or from..to is not inside the text.
 */
#ifndef MERCAT_DOMAIN_RESPONSE_ANSWER_H
#define MERCAT_DOMAIN_RESPONSE_ANSWER_H

#include "domain/responses/response_text.h"

struct asked; /* domain/admin/asked.h */
struct answer_parts;

/* The answers in each part of it, from its words and the questions alone. In the arena, as
 * both must be. */
const struct answer_parts *response_answer_read(struct arena *arena,
						const struct response_text *words,
						const struct asked *asked);
/* Keeps them, where no person has apportioned it. */
bool response_answer_write(struct operation *op, struct arena *arena,
			   const struct response_text *words, const struct asked *asked,
			   const struct answer_parts *parts, struct err *err) MUST_USE;

struct answer_place {
	int64_t question; /* 0: general */
	int64_t part;     /* TEXT_PART_MAIL or a file's position */
	int64_t from, to; /* equal: that question is not answered in this part */
};
bool response_answer_set(struct operation *op, const char *reference,
			 const struct answer_place *place, struct err *err) MUST_USE;
/* Takes back what persons set. */
bool response_answer_anew(struct operation *op, const char *reference,
			  struct err *err) MUST_USE;

struct response_answer {
	int64_t question; /* 0: general */
	const char *asked, *part, *how, *text;
	int64_t from, to;
};

/* By question, general last. */
bool response_answer_list(struct operation *op, struct arena *arena, int64_t response_id,
			  struct response_answer **out, size_t *out_count,
			  struct err *err) MUST_USE;

#endif
