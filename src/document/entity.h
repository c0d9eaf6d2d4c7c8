/*
 * entity - a character reference of HTML as a letter: "&eacute;", "&#233;", "&#xE9;", and
 * "&nbsp" without its semicolon.
 *
 * Ownership  the first call, or entity_warm() before processes part, builds a table.
 * Errors     none: what is no reference is 0.
 * Source     HTML 4.01, 24; numbers from 128 to 159 are those of windows-1252 (WHATWG,
 *            13.2.5.80).
 * Limits     the 253 names of HTML 4 and "apos".
 */
#ifndef MERCAT_DOCUMENT_ENTITY_H
#define MERCAT_DOCUMENT_ENTITY_H

#include "base/attr.h"

#include <stddef.h>

enum { ENTITY_BYTES = 8 };

void entity_warm(void);
/* text begins with "&". How much of it is a reference; its letter goes to out, as UTF-8. */
size_t entity_read(const char *text, size_t len, char out[ENTITY_BYTES],
		   size_t *out_len) MUST_USE;

#endif
