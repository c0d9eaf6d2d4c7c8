/*
 * mail encode - text in the forms that mail is written in.
 *
 * Units      used: characters that already stand in the line.
 * Errors     none here: input is valid UTF-8 without control characters (header
 *            forms) or valid UTF-8 (body); compose checks that first.
 * Source     RFC 2047 (encoded words of whole characters), RFC 2045 6.7, RFC 5322 2.2.3.
 */
#ifndef MERCAT_MAIL_ENCODE_H
#define MERCAT_MAIL_ENCODE_H

#include "base/buf.h"

/* Subject and the like: as it is where that comes back exactly, else encoded words. */
void encode_unstructured(struct buf *to, const char *text, size_t used);
/* A display name: as it is, in quotes, or as encoded words. */
void encode_phrase(struct buf *to, const char *name, size_t used);
/*
 * Quoted-printable with CRLF; CR, LF and CRLF are each one line end. The strings of
 * marks stand unbroken. No line begins with '.' or "From ".
 */
void encode_quoted_printable(struct buf *to, const char *text, const char *const *marks,
			     size_t mark_count);

/* Base64 in lines of 76 with CRLF behind each (RFC 2045 6.8). */
void encode_base64(struct buf *to, const void *bytes, size_t len);

#endif
