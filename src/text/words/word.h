/*
 * word - a text as a row of words that can be compared: lower case, no punctuation.
 *
 * Letters and digits of every script make words; apostrophes vanish ("don't" is
 * "dont"), all else parts them. Case is folded for Latin (with its common accents),
 * Greek and Cyrillic; the rest is compared byte by byte.
 *
 * Units      from and to are byte positions in the text.
 * Ownership  the array is in the arena; the text is borrowed.
 */
#ifndef MERCAT_TEXT_WORD_H
#define MERCAT_TEXT_WORD_H

#include "base/arena.h"

struct word {
	uint64_t hash; /* of the folded word; never 0 */
	size_t from, to;
};

struct words {
	struct word *items;
	size_t count;
};

void words_read(struct arena *arena, const char *text, size_t len, struct words *out);

/* Hash of all words in their order: the same for texts that differ in nothing but
 * case, blanks and punctuation. */
uint64_t words_hash(const struct words *words);

#endif
