/* language private - what language.c and its words share. */
#ifndef MERCAT_DOMAIN_LANGUAGE_PRIVATE_H
#define MERCAT_DOMAIN_LANGUAGE_PRIVATE_H

#include "domain/core/language.h"

extern const char *const language_words[]; /* NULL at the end */

#endif
