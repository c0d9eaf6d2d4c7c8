/*
 * sentence - a text of a mail, sentence by sentence.
 *
 * A sentence ends behind its mark and the blanks after it, at an empty line, at a line
 * that is short, and before a line that begins a list. A line that a mail program wrapped
 * goes on in the next.
 *
 * Source     RFC 3676, section 3, for how long such lines are: 66 to 78 characters.
 * Limits     no list of abbreviations: "Mr. Smith" is two.
 */
#ifndef MERCAT_TEXT_SENTENCE_H
#define MERCAT_TEXT_SENTENCE_H

#include <stddef.h>

/* Behind the sentence that begins at from, somewhere in text; at the end, its NUL. */
const char *sentence_end(const char *text, const char *from);

#endif
