/*
 * answers - parts a response by the questions that it answers.
 *
 * A part begins where a line or a sentence says which question comes ("Question 2:",
 * "On the second question, ..."), repeats its words, or is its name ("Waiting list:"),
 * and ends where the next one begins. The heading, the repeated question, what was
 * chosen of a closed question, and the frame of the letter (text/letter/frame.h) are no part of
 * the answer; what belongs to no question is general. Bare numbers, roman ones and
 * letters count only where nothing clearer does and only upwards, so that a list inside
 * an answer does not part it.
 *
 * Units      positions are characters (not bytes) in the text, to is the first one
 *            after; questions and options count from 1, question 0 is general.
 * Ownership  in the arena.
 * Limits     questions whose text is near another's are told apart by their numbers
 *            only. ANSWERS_MOST parts. An answer to several questions at once is
 *            general: a person apportions it.
 */
#ifndef MERCAT_TEXT_ANSWERS_H
#define MERCAT_TEXT_ANSWERS_H

#include "text/answer/chosen_option.h"
#include "text/letter/frame_book.h"

enum { ANSWERS_MOST = 1000 };

struct answer_question {
	const char *text;
	struct choice_asked choice; /* its options, when it is closed */
};

struct answer_part {
	size_t question;
	size_t from, to;
	const char *how; /* "number", "question", "rest" */
};

/* What was chosen of a closed question. */
struct answer_choice {
	size_t question;
	uint32_t chosen; /* bits, from option 1 on; 0: unclear */
	size_t from, to;
};

struct answer_parts {
	struct answer_part *items;
	struct answer_choice *choices;
	size_t count, choice_count;
};

/* letter: the book of the letter that text is of. */
void answers_part(struct arena *arena, const char *text, struct frame_book *letter,
		  const struct answer_question *questions, size_t question_count,
		  struct answer_parts *out);
#endif
