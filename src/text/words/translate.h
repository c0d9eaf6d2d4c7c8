/*
 * text translate - the words of a language, from the catalogue that msgfmt made.
 *
 * A thin door to GNU gettext, for the time while the program has one thread and still
 * sees its files: text_translate_begin(), any number of questions, text_translate_end().
 * One language at a time.
 *
 * Ownership  what is answered lives as long as the program.
 * Errors     ERR_SETUP there is no catalogue for that language.
 * Source     gettext manual 11.2; LANGUAGE decides where the locale is not plain C, which
 *            C.UTF-8 of glibc 2.36 is not.
 */
#ifndef MERCAT_TEXT_TRANSLATE_H
#define MERCAT_TEXT_TRANSLATE_H

#include "base/err.h"

/* folder has LANGUAGE/LC_MESSAGES/mercat.mo. "en" needs none: words stay as they are. */
bool text_translate_begin(const char *folder, const char *language,
			  struct err *err) MUST_USE;
const char *text_translate(const char *words); /* the words themselves when unknown */
void text_translate_end(void);

#endif
