/*
 * leak name words - the names in what somebody is called: "QUARRY, Olive (Mrs)" is olive quarry.
 *
 * Units      letters as of leak/letters.h; the surname is the last.
 * Ownership  nothing is kept.
 * Errors     none: what has no letters has no names.
 * Limits     NAME_WORDS; of more the first ones are given.
 */
#ifndef MERCAT_LEAK_NAME_WORDS_H
#define MERCAT_LEAK_NAME_WORDS_H

#include "base/attr.h"

enum { NAME_WORDS = 6, NAME_LETTERS = 40, NAME_LEAST = 3 };

struct name_word {
	char letters[NAME_LETTERS];
	size_t len;
};

size_t name_words(const char *name, struct name_word out[NAME_WORDS]) MUST_USE;
/* mr, dr, councillor */
bool name_is_title(const char *letters, size_t len) MUST_USE;

#endif
