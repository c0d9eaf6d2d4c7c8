/*
 * diff - what was added to a text and taken from it, word by word.
 *
 * Words are compared as text/words/word.h has them, so that case and punctuation are no
 * difference.
 *
 * Units      words of the old and of the new text, from 0; to is the first one after.
 * Ownership  in the arena.
 * Source     Myers, "An O(ND) difference algorithm and its variations" (1986).
 * Limits     texts that differ in more than DIFF_EDITS_MOST words are told apart as a
 *            whole, between what they have in common at both ends.
 */
#ifndef MERCAT_TEXT_DIFF_H
#define MERCAT_TEXT_DIFF_H

#include "text/words/word.h"

enum { DIFF_EDITS_MOST = 2000 };

enum diff_kind { DIFF_SAME, DIFF_ADDED, DIFF_REMOVED };

struct diff_run {
	enum diff_kind kind;
	size_t from, to; /* of the new text, or of the old where removed */
};

struct diff {
	struct diff_run *items;
	size_t count;
	size_t added, removed; /* words */
};

void diff_words(struct arena *arena, const struct words *old_text,
		const struct words *new_text, struct diff *out);

#endif
