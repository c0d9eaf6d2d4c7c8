/*
 * consent machine - lines that programs put into an answer, known to the last word.
 *
 * mail/read/reply_marks.h takes a line for a program's by its beginning or its shape, which is
 * right where a text is to be shown. Where silence is consent a line says nothing only when
 * each of its words does: "Sent from my iPhone" does, "Sent from my iPhone and please do not
 * add me" does not.
 *
 * Errors     none: what is not known to its last word is not known.
 * Limits     months, days and devices in the languages of the tables.
 */
#ifndef MERCAT_CONSENT_MACHINE_H
#define MERCAT_CONSENT_MACHINE_H

#include "base/arena.h"
#include "consent/tokens.h"
#include "mail/read/reply_marks.h"

/*
 * A run of lines of one kind; known says whether a word, or an address, is of the letter
 * that is answered, its sender, or whoever answers.
 */
typedef bool machine_known(const void *letter, const struct token *said);
bool machine_line_is_known(struct arena *arena, enum reply_kind kind, const char *text,
			   machine_known *known, const void *letter) MUST_USE;
/* A line by which a telephone or a mail program signs, below "-- " as well. */
bool machine_device_is_known(struct arena *arena, const char *line) MUST_USE;
/* A gateway's warning, all of whose words are those that such warnings have. */
bool machine_banner_is_known(struct arena *arena, const char *paragraph) MUST_USE;

#endif
