/*
 * answers - parts a reply by the questions that it answers.
 *
 * A part begins where a line says which question comes ("Question 2:", "Q2", "2."), or
 * repeats its words, and ends where the next one begins. The heading and the repeated
 * question are no part of the answer; what stands before the first heading is general.
 * Bare numbers ("2.") count only where nothing clearer does and only upwards, so that a
 * list inside an answer does not part it.
 *
 * Units      positions are characters (not bytes) in the text, to is the first one
 *            after; questions count from 1, 0 is general.
 * Ownership  in the arena.
 * Limits     questions whose text is near another's are told apart by their numbers
 *            only. ANSWERS_MOST parts.
 */
#ifndef MERCAT_TEXT_ANSWERS_H
#define MERCAT_TEXT_ANSWERS_H

#include "base/arena.h"

enum { ANSWERS_MOST = 1000 };

struct answer_part {
	size_t question;
	size_t from, to;
	const char *how; /* "number", "question", "rest" */
};

struct answer_parts {
	struct answer_part *items;
	size_t count;
};

void answers_part(struct arena *arena, const char *text, const char *const *questions,
		  size_t question_count, struct answer_parts *out);
#endif
