/*
 * phrase - looks for phrases in text that people and machines wrapped, cased
 * and spaced as they liked.
 *
 * Ownership  folded text lives in the arena. A table of phrases ends with NULL.
 * Limits     a phrase has at least two bytes; text is looked at up to so many bytes.
 */
#ifndef MERCAT_CLASSIFY_PHRASE_H
#define MERCAT_CLASSIFY_PHRASE_H

#include "base/arena.h"

/* Lower case, every run of blanks and line ends one blank; "" for NULL. Valid UTF-8 in. */
const char *words_fold(struct arena *arena, const char *text, size_t max);

/* What a subject says behind "Re: " and the like; out_answers: there was such a mark. */
const char *words_subject(const char *subject, bool *out_answers);

/* The first phrase of the table that is in (folded) text, or NULL. */
const char *words_any(const char *folded, const char *const *phrases);
/* ... that text begins with. */
const char *words_begin(const char *folded, const char *const *phrases);

#endif
