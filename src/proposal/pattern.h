/*
 * pattern - rows of words that a sentence is looked through for.
 *
 * A pattern is a row of elements between blanks, several patterns with commas between:
 *
 *   word      that word; "word*" one that begins so; "a|b" either
 *   @class    a word of that class; also as one of several: "me|@list"
 *   _         any one word;  +  none to three words;  ++  none to eight
 *   ^         here a clause begins;  $  here the sentence ends; also "$|word"
 *   ?x        x or nothing
 *
 * They are written as text and read once, when they are first asked for: what is asked of
 * each sentence of each mail is then a look at numbers.
 *
 * Ownership  the caller owns the tokens; a struct patterns is static, and what is read of it
 *            is kept until the process ends.
 * Limits     safe from any thread.
 */
#ifndef MERCAT_PROPOSAL_PATTERN_H
#define MERCAT_PROPOSAL_PATTERN_H

#include "proposal/token.h"

#include <stdatomic.h>

struct patterns {
	const char *text;
	_Atomic(const struct pattern_set *) set; /* NULL: not read yet */
};

/* Does any of the patterns stand anywhere in the sentence? */
bool pattern_match(const struct tokens *t, struct patterns *patterns) MUST_USE;
/* How many of them do; it stops at most. */
size_t pattern_matches(const struct tokens *t, struct patterns *patterns,
		       size_t most) MUST_USE;

#endif
