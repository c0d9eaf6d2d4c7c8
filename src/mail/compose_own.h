/* compose own - what compose.c and compose_picture.c share. */
#ifndef MERCAT_MAIL_COMPOSE_OWN_H
#define MERCAT_MAIL_COMPOSE_OWN_H

#include "mail/compose.h"

enum { COMPOSE_MAX_BYTES = 10000000, COMPOSE_WORD_MAX = 900 };

/* Between the HTML and its pictures; "=_" stands in no encoded text. */
#define COMPOSE_RELATED "=_mercat_with_pictures_=_"

/* Printable ASCII without spaces and angle brackets: URIs, Message-IDs, list ids. */
bool compose_check_word(const char *field, const char *value, size_t max,
			struct err *err) MUST_USE;

#endif
