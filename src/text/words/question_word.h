/*
 * question_word - what people call a question, and the label of an answer to one.
 *
 * Units      bytes.
 * Limits     the languages of the list: English, Scottish Gaelic and Irish, Welsh, German,
 *            Spanish, Polish, Norwegian and Danish, Italian, Dutch, Swedish.
 */
#ifndef MERCAT_TEXT_QUESTION_WORD_H
#define MERCAT_TEXT_QUESTION_WORD_H

#include "base/attr.h"

/* "question", "qn", "ceist": a word in lower case. */
bool question_word_is(const char *low) MUST_USE;
/* "Q1", "Question 2a", "Answer to question 3": what may stand before a colon and an answer. */
bool question_word_labels(const char *label, size_t len) MUST_USE;

#endif
