/*
 * consent tokens - the words of a text, folded, each with the clause that it stands in.
 *
 * A word is letters, digits and the marks on them, with apostrophes of one kind within it; a
 * clause ends at ".", ",", ";", ":", "!", "?", a dash between blanks, or a line's end where
 * the next line begins with a capital. An address (of mail or of a page) is one token.
 *
 * Ownership  in the arena.
 * Limits     2,000 tokens; more says that there were more.
 */
#ifndef MERCAT_CONSENT_TOKENS_H
#define MERCAT_CONSENT_TOKENS_H

#include "base/arena.h"
#include "base/attr.h"

struct token {
	const char *text;
	size_t clause;
	bool address;
};

struct tokens {
	struct token *at;
	size_t count;
	bool more;
	bool odd; /* besides words and plain marks it has others: a face, a "?" */
};

/* text: valid UTF-8. */
struct tokens tokens_of(struct arena *arena, const char *text) MUST_USE;

#endif
