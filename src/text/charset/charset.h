/*
 * charset - bytes of any character set to UTF-8, losing no byte in silence.
 *
 * The declared charset is taken at its word only when every byte fits it; else
 * the bytes are tried as UTF-8 and then read as windows-1252, in which every byte
 * means something. Names that mail uses and iconv does not know have an alias.
 *
 * Ownership  converters stay open in the process for good (about 60 of them).
 * Errors     none: what is no text at all comes out as U+FFFD.
 * Source     RFC 2978 names, the WHATWG encoding labels, UTF-7 by RFC 2152.
 * Limits     after a sandbox that can open no file only charsets that
 *            charset_warm() opened convert; the others go the fallback way.
 */
#ifndef MERCAT_TEXT_CHARSET_H
#define MERCAT_TEXT_CHARSET_H

#include "base/buf.h"

/* Opens the converters that mail asks for, once, before a sandbox is entered. */
void charset_warm(void);

/* Appends the text as valid UTF-8 without NUL; name may be NULL, empty or nonsense. */
void charset_to_utf8(struct buf *to, const char *name, const void *bytes, size_t len);

#endif
