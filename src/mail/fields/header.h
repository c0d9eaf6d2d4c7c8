/*
 * mail header - the values of header fields as text, as lenient as mail is wild.
 *
 * Ownership  results live in the arena, or are appended to a buffer.
 * Errors     none: what cannot be understood stays as it stood, as valid UTF-8.
 * Source     RFC 5322, RFC 2047 (encoded words, also broken ones: blanks inside,
 *            inside quotes, letters split between two of them), RFC 2231
 *            (parameters in pieces, with charset), and 8-bit headers in the
 *            charset of the text.
 */
#ifndef MERCAT_MAIL_HEADER_H
#define MERCAT_MAIL_HEADER_H

#include "mail/fields/message.h"
#include "base/arena.h"
#include "base/buf.h"

/* Unfolded, decoded, blanks trimmed; NULL for NULL. charset_hint (or NULL) is for bare
 * 8-bit bytes. */
const char *mail_header_text(struct arena *arena, const char *raw,
			     const char *charset_hint);

/* The parameter of a Content-Type or Content-Disposition value, decoded; or NULL. */
const char *mail_header_param(struct arena *arena, const char *raw, const char *name,
			      const char *charset_hint);
/* What stands before the first ';', lower case and without blanks: "text/plain"; or NULL. */
const char *mail_header_token(struct arena *arena, const char *raw);

/* All message ids in raw, without the angle brackets. */
struct mail_strings mail_header_ids(struct arena *arena, const char *raw);

#endif
