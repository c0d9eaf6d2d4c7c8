/*
 * consent yes - is a text a yes, and nothing besides?
 *
 * A closed grammar: every word of it belongs to a phrase of the tables, at least one of
 * them says yes, and none asks. A word that is yes in one language and something else in
 * another ("tak", "da", "po", "igen") says yes only beside a word that settles which.
 *
 * Errors     none: what is not understood is no yes.
 * Limits     20 words.
 */
#ifndef MERCAT_CONSENT_YES_H
#define MERCAT_CONSENT_YES_H

#include "base/arena.h"

/* What may stand beside a yes; either may be NULL: nothing. */
struct yes_known {
	const char *names;  /* words of the name of whoever writes, who signs with it */
	const char *titles; /* of ours, one a line: what they say yes to */
};

/*
 * All words are those of a yes, of one language. text: valid UTF-8; what cannot be seen in it
 * is no yes.
 */
bool yes_is_all(struct arena *arena, const char *text,
		const struct yes_known *known) MUST_USE;
/* A mark of a question in any script. */
bool yes_is_asked(const char *text) MUST_USE;
/*
 * A sign that shows the words around it in another order, or carries letters that nobody
 * sees: what is read is not what was written (Unicode UAX #9, tag characters).
 */
bool yes_is_turned(const char *text) MUST_USE;

#endif
