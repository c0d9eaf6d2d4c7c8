/*
 * consent yes_words - the words of a yes, by language.
 *
 * What says yes in one language and thanks in another says neither: Polish "ja dziękuję" is
 * no yes, though German "ja" is one. So the words of an answer are all of one language.
 * A word of two languages that says yes in one of them alone is in no table by itself
 * ("tak", "da", "tha").
 */
#ifndef MERCAT_CONSENT_YES_WORDS_H
#define MERCAT_CONSENT_YES_WORDS_H

#include <stddef.h>

/* A thumb that points up, of any colour, is a word. */
#define YES_THUMB "thumbup"

/* Phrases in small letters, their words one blank apart; NULL at the end of each table. */
struct yes_tongue {
	const char *const
		*yes; /* a whole phrase, by the writer, of what they do or did */
	const char *const *about;   /* what is said yes to: only behind a yes */
	const char *const *manners; /* please, thanks, greetings */
};

extern const struct yes_tongue yes_tongues[];
extern const size_t yes_tongue_count;

#endif
