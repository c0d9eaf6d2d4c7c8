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

/*
 * "utf-16le" or "utf-16be" where the bytes are text of two bytes a letter: by the mark that
 * they begin with (its length in *out_mark, 0 without one), or since every second byte of
 * most letters is NUL and no other one is. NULL: they are not. out_mark may be NULL.
 */
const char *charset_wide(const char *bytes, size_t len, size_t *out_mark);

#endif
