/*
 * sentence - a text of a mail without the lines that its program made: sentence by sentence,
 * or unwrapped.
 *
 * A sentence ends behind its mark and the blanks after it, at an empty line, at a line
 * that is short, and before a line that begins a list. A line that a mail program wrapped
 * goes on in the next.
 *
 * A program wraps a paragraph before the word that no longer fits. Unwrapped, such a line end
 * is a blank, so that the text flows in whatever width it is shown; every other one stays: of
 * short lines, before an item of a list, a quotation or a "label: value", around empty lines.
 * One byte stands for one byte: every place in the text is the same before and after.
 *
 * Ownership  copies lie in the arena.
 * Errors     none. The text is UTF-8; line ends are LF.
 * Source     RFC 3676, section 3, for how long such lines are: 66 to 78 characters.
 * Limits     no list of abbreviations: "Mr. Smith" is two. A paragraph with a line over 120
 *            characters is taken as its writer left it, and lines of a narrow column (under 50
 *            characters) as meant. A line that its writer ended where a program would have
 *            done so is joined to the next.
 */
#ifndef MERCAT_TEXT_SENTENCE_H
#define MERCAT_TEXT_SENTENCE_H

#include "base/arena.h"

/* Behind the sentence that begins at from, somewhere in text; at the end, its NUL. */
const char *sentence_end(const char *text, const char *from);

/* Of a whole letter, which shows by its other lines how wide its program wrapped. */
char *unwrap_letter(struct arena *a, const char *text) MUST_USE;
/* Of a passage out of one, whose first and last line may be parts of lines: only empty lines
 * and items of lists stay apart. */
char *unwrap_passage(struct arena *a, const char *text) MUST_USE;

#endif
