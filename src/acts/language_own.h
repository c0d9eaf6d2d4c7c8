/* acts language own - what language.c and its words share. */
#ifndef MERCAT_ACTS_LANGUAGE_OWN_H
#define MERCAT_ACTS_LANGUAGE_OWN_H

#include "acts/language.h"

extern const char *const acts_language_words[]; /* NULL at the end */

#endif
