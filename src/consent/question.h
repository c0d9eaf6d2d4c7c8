/*
 * consent question - what of an answer is our question come back, or a mail program's own,
 * and what is left: the words of whoever answers.
 *
 * Not the mark in front of a line says that it is quoted, but its words: the letter that we
 * sent, whole and unchanged (consent/quote.h).
 * Attributions, pasted headers, devices' lines and the banners of gateways say nothing where
 * they are known to the last word (consent/machine.h); else they stand apart, under marks.
 * All else is left, wherever it stands: words, faces, addresses that are not of the letter.
 *
 * Ownership  results live in the arena.
 * Errors     none: what is not recognised is left.
 * Limits     5,000 words of the letter and of the answer; what is longer is left.
 */
#ifndef MERCAT_CONSENT_QUESTION_H
#define MERCAT_CONSENT_QUESTION_H

#include "base/arena.h"

/*
 * The letter that is answered. Any may be NULL: it is not known, and nothing is of it.
 * names: who sent it and who answers, by name and address, as programs say it of them.
 */
struct classify_question {
	const char *subject, *text, *html, *names;
};

struct question_rest {
	const char *words;     /* without quote signs; "" when nothing is left */
	const char *signature; /* what stands below "-- "; "" for none */
	const char *marks;     /* lines that begin as programs' do, and go on */
};

struct question_rest question_left(struct arena *arena, const char *text,
				   const struct classify_question *asked) MUST_USE;
/*
 * A subject that says nothing: none, or that of the question behind "Re:", with the tags of
 * gateways in front, cut short at its end or not. Else *out_words is what it says.
 */
bool question_is_subject(struct arena *arena, const char *subject,
			 const struct classify_question *asked,
			 const char **out_words) MUST_USE;

#endif
