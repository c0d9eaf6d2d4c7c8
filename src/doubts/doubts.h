/*
 * doubts - does a sentence put in doubt what its writer allows?
 *
 * Beside a permission people write of what they fear, on which condition they gave it, for
 * whom they speak, or that they take it back; mostly without a word of publishing. Such a
 * sentence says nothing by itself: it makes what was given elsewhere not known, for a person
 * to look. It is told by who speaks, of what, and with which turn (doubts/spoken.h), so that
 * what somebody thinks of a subject ("children are afraid of court") stays what it is. A
 * sentence in another language than English is in doubt because it is not understood.
 *
 * Errors     none.
 * Limits     English; a sentence is judged in pieces of SPOKEN_WORDS words. What is said in
 *            words that no table has, and of nobody, is not heard.
 */
#ifndef MERCAT_DOUBTS_DOUBTS_H
#define MERCAT_DOUBTS_DOUBTS_H

#include "base/attr.h"

enum doubts_of { DOUBTS_NOTHING, DOUBTS_PUBLISHING, DOUBTS_CONTACT, DOUBTS_ALL };

/* Where the sentence stands. */
enum doubts_place {
	DOUBTS_ANSWER = 1, /* it may answer a question: half a sentence is whole there */
	DOUBTS_THEIR_LANGUAGE =
		2,       /* the form is not in English either, and was understood */
	DOUBTS_BODY = 4, /* one of many in a long paragraph, which is about the subject */
	DOUBTS_TITLE =
		16, /* a subject or the name of a file: what is not understood is none */
	DOUBTS_VALUE = 32, /* behind a label: a name or a word is whole there */
	DOUBTS_OTHERS = 8  /* whoever sends it on writes so: the rules alone are asked */
};

/* places: bits of enum doubts_place. */
enum doubts_of doubts_hear(const char *sentence, size_t len, unsigned places) MUST_USE;

/* Are all of its words known, and the examples sure that it says nothing of a permission? */
bool doubts_is_plain(const char *words, size_t len) MUST_USE;

/* Is it in another language than English, as far as that can be told? */
bool doubts_is_foreign(const char *sentence, size_t len) MUST_USE;

#endif
