/*
 * chosen option - which options of a closed question an answer begins with.
 *
 * Read from boxes ("[ ] Yes [x] No"), from the option itself ("Yes. It saves
 * quarrels"), or from a sentence that begins with what means it ("We do not agree
 * because ..."). A list of options with none chosen is no choice; two of one that takes
 * one, "yes and no" and "it depends" are unclear: a person decides.
 *
 * Units      bytes of the text; an option counts from 1, as bit 0 of chosen.
 * Source     how people answer consultations; the languages are listed in
 *            chosen_option_words.c
 * Limits     CHOICE_OPTIONS_MOST options. What does not stand at the beginning of the
 *            answer is not looked for.
 */
#ifndef MERCAT_TEXT_CHOSEN_OPTION_H
#define MERCAT_TEXT_CHOSEN_OPTION_H

#include "base/arena.h"
#include "base/attr.h"

enum { CHOICE_OPTIONS_MOST = 32, CHOICE_WORDS_ROOM = 200 };

struct choice_asked {
	const char *const *options;
	size_t count; /* 0: an open question */
	bool several; /* it takes more than one */
};

struct choice_found {
	uint32_t
		chosen; /* bits; 0 with unclear: something was said and it is not clear */
	bool unclear;
	size_t from, to; /* where it stands; from the begin of the text */
	size_t past;     /* where the words of the answer begin */
};

/* text[0..len): an answer without its heading. All zero when nothing is chosen. */
void choice_read(struct arena *arena, const char *text, size_t len,
		 const struct choice_asked *asked, struct choice_found *out);

/* What words alone may mean, whatever they are asked. */
enum choice_sense { CHOICE_NO_SENSE, CHOICE_YES, CHOICE_NO, CHOICE_UNSURE, CHOICE_MIXED };

/* " words in lower case between blanks ": the longest beginning that has a sense, and
 * how many words that takes. */
enum choice_sense choice_sense_of(const char *words, size_t *out_words) MUST_USE;
/* "my answer is", "I would say": what may stand in front. Returns how many words. */
size_t choice_filler(const char *words) MUST_USE;
/* May the sentence go on with this word behind a bare "No"? */
bool choice_may_follow(const char *word) MUST_USE;

#endif
