/*
 * consent quote - how much of an answer is the letter that it answers, come back.
 *
 * A quote that says nothing is the whole letter: its words in their order, none left out and
 * none in other letters, with the signs that stand between them there. Of its beginning the
 * heading may be gone. Whoever leaves a sentence out, or puts a cross beside one, says
 * something by it; then nothing of it is the letter's.
 *
 * Signs are compared without what programs change: quote signs, brackets around addresses,
 * stars for what was bold, bullets, lines drawn between paragraphs, curled quotation marks.
 *
 * Ownership  in the arena.
 * Errors     none: what is not recognised is the writer's.
 * Limits     5,000 words of the letter and of the answer; "more" says that there were more.
 */
#ifndef MERCAT_CONSENT_QUOTE_H
#define MERCAT_CONSENT_QUOTE_H

#include "consent/answered_mail.h"

enum { QUOTE_SIGNS = 48 };

struct quote_word {
	const char *text, *signs; /* what stands before it, back to the word before */
	size_t line;
	size_t of; /* which of the letter's, if ours */
	bool ours, beside_address;
};

struct quote_words {
	struct quote_word *at;
	size_t count;
	bool more;                          /* than can be compared */
	const struct answered_mail *letter; /* whose addresses go; NULL: all do */
	char signs[QUOTE_SIGNS];            /* behind the last word */
	size_t signs_len;
	bool address; /* so an address */
};

/* The words of a line, or of several. */
void quote_add(struct arena *arena, struct quote_words *w, const char *text, size_t len,
	       size_t line);
/* Marks which words of the answer are of the letter; of its text or of its HTML. */
void quote_mark(struct arena *arena, struct quote_words *answer,
		const struct classify_question *asked);
/* A line with no word: addresses of the letter, what programs put around them, or a rule. */
bool quote_says_nothing(struct arena *arena, const char *line, size_t len,
			const struct answered_mail *letter) MUST_USE;

#endif
