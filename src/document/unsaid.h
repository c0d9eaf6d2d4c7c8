/*
 * unsaid - the lines of one text that say what another does not.
 *
 * For two versions of the same mail: its plain text, and what its layout shows. They are the
 * same words, broken into lines, marked and linked in their own ways, and then nothing is
 * unsaid. Compared are words, without regard to case, marks, addresses of links, signs of
 * quotes and lists, and the ends of lines. A line is said when all its words stand one behind
 * the other in the other text, every four neighbours of it; a few words by themselves ("No",
 * "Do not publish") only where they are a whole sentence or a whole line there too, for
 * within a longer one they may mean something else.
 *
 * Ownership  the words of said hang in the arena; the text is read once, when it is told.
 * Errors     none.
 * Limits     none; time grows with the lengths alone. Two different words are taken for one
 *            another once in 2^60.
 */
#ifndef MERCAT_DOCUMENT_UNSAID_H
#define MERCAT_DOCUMENT_UNSAID_H

#include "base/arena.h"
#include "base/buf.h"

struct unsaid *unsaid_new(struct arena *arena, const char *said);
/* What else is said, as if it stood below the rest. */
void unsaid_add(struct unsaid *u, const char *said);

/* Appends the lines of shown that are not said, each with its line end. */
void unsaid_lines(const struct unsaid *said, const char *shown, struct buf *to);

#endif
