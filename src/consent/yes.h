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

/* text: valid UTF-8. names: words that may stand below it; NULL: none. */
bool yes_is_all(struct arena *arena, const char *text, const char *names) MUST_USE;
/* A mark of a question in any script. */
bool yes_is_asked(const char *text) MUST_USE;

#endif
