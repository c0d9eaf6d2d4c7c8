/*
 * letter_core - what the copies of a standard letter share, and what one of them adds.
 *
 * A text is compared without its frame (text/letter/frame.h) and with every link as the word
 * "link", because mail systems rewrite links and append what nobody wrote.
 *
 * The standard text is what most of the copies have, read off the copy that has most of
 * it: no name, address or sentence of one person. What somebody added is what stands in
 * their copy and not in the standard text; a paragraph that was only moved is none.
 *
 * Units      words.
 * Ownership  in the arena.
 * Limits     shared words that stand in fewer than LETTER_CORE_WORDS words in a row
 *            beside each other count as one person's.
 */
#ifndef MERCAT_TEXT_LETTER_CORE_H
#define MERCAT_TEXT_LETTER_CORE_H

#include "text/words/diff.h"
#include "text/words/shingle.h"
#include "base/attr.h"

enum { LETTER_CORE_WORDS = 3 };

/* The words of a mail as they are compared; files: the text of its files, or "". */
char *letter_core_words(struct arena *arena, const char *mail, const char *who,
			const char *files) MUST_USE;

/* The same without what stands in asked (the questions, a form's own wording), in place. */
void letter_core_drop(struct arena *arena, char *text, const struct shingles *asked);

/* texts as letter_core_words() gives them; weights: how many people sent each. "" when
 * they share nothing. */
const char *letter_core_shared(struct arena *arena, const char *const *texts,
			       const size_t *weights, size_t count) MUST_USE;

struct letter_difference {
	size_t added, removed, moved; /* words */
	struct diff runs;             /* of the standard's words and the text's */
	bool *is_moved; /* by run: its words stand elsewhere in the standard */
	struct words standard, own;
};

void letter_core_compare(struct arena *arena, const char *standard, const char *text,
			 struct letter_difference *out);

#endif
