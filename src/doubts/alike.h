/*
 * doubts alike - words that are about the same, whatever they say of it.
 *
 * People find other words each time: "void", "cancelled" and "overtaken" say the same of a
 * form. Sentences are weighed by such classes of words, too (doubts/weighed.h), so that what
 * the examples teach of one word holds for those that are like it.
 *
 * Limits     English; a word is in two classes at most.
 */
#ifndef MERCAT_DOUBTS_ALIKE_H
#define MERCAT_DOUBTS_ALIKE_H

#include "base/attr.h"

#include <stddef.h>

enum { ALIKE_CLASSES = 2 };

/* So many letters of word[0..len) are left without its ending. */
size_t alike_stem(const char *word, size_t len) MUST_USE;

/* The classes of word[0..len), or NULL. */
const unsigned char *alike_classes(const char *word, size_t len) MUST_USE;

/* Is there a word that no name has: of a state ("void"), of secrecy, of publishing, a no? */
bool alike_turns(const char *words, size_t len) MUST_USE;

#endif
