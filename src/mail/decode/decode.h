/*
 * mail decode - transfer encodings, forgiving: nothing that can be read is lost.
 *
 * Ownership  appended to the caller's buffer, or decoded in place.
 * Errors     none: what fits no encoding is passed over (base64) or kept as it is.
 * Source     RFC 2045 6.7 and 6.8, RFC 2047 4; uuencode by POSIX.
 */
#ifndef MERCAT_MAIL_DECODE_H
#define MERCAT_MAIL_DECODE_H

#include "base/buf.h"

enum mail_encoding {
	MAIL_ENCODING_NONE,
	MAIL_ENCODING_BASE64,
	MAIL_ENCODING_QP,
	MAIL_ENCODING_UU
};

enum mail_encoding mail_encoding_of(const char *name);

/* Decodes over itself; the result is never longer. Returns its length. */
size_t mail_decode_in_place(char *bytes, size_t len, enum mail_encoding encoding);

/* Whether these bytes are that encoding to the last, and it is one that we know. */
bool mail_decodes(const char *bytes, size_t len, const char *encoding) MUST_USE;
/*
 * The same of base64. out_end: where words begin that somebody put behind it, uncoded: a list's
 * footer, or what is to be read by few. len where there are none.
 */
bool mail_base64_look(const char *bytes, size_t len, size_t *out_end) MUST_USE;
void mail_decode_base64(struct buf *to, const char *text, size_t len);
void mail_decode_q(struct buf *to, const char *text, size_t len); /* '_' is a blank */

/*
 * A "begin 644 name" block in the text from *from on: its place, its name and what
 * it holds. Returns false when there is none that has an end.
 */
struct mail_uu_block {
	const char *start, *end; /* from "begin" to behind "end" and its line end */
	const char *name;
	size_t name_len;
	const char *body, *body_end;
};
bool mail_uu_find(const char *text, size_t len, struct mail_uu_block *out) MUST_USE;

#endif
