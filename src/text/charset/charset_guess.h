/*
 * text charset guess - the letters of bytes that nobody named.
 *
 * Japanese, Chinese, Korean and Russian mail of old came so, and shows itself by the
 * bytes that its commonest letters are made of. A subject has few of them: then all
 * must fit.
 *
 * Ownership  the name is a constant.
 * Errors     none: NULL is western, as far as one can tell.
 */
#ifndef MERCAT_TEXT_CHARSET_GUESS_H
#define MERCAT_TEXT_CHARSET_GUESS_H

#include <stddef.h>

const char *charset_guess(const char *bytes, size_t len);

#endif
