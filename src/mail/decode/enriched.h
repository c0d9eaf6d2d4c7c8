/*
 * mail enriched - text/enriched and the older text/richtext as plain text.
 *
 * Commands in angle brackets go, with what stands in <param>. In enriched text a single
 * line end is a blank and each further one a line end; in richtext lines end at <nl>.
 *
 * Ownership  what is written hangs in the buffer that was handed in.
 * Errors     none: a bracket that is never closed is text.
 * Why not GMime's filter for it: that one makes HTML, which would have to be made text again.
 * Source     RFC 1896, RFC 1341 7.1.3.
 */
#ifndef MERCAT_MAIL_ENRICHED_H
#define MERCAT_MAIL_ENRICHED_H

#include "base/buf.h"

/* RFC 1896, or the richtext of RFC 1341 before it. */
enum mail_enriched { MAIL_ENRICHED, MAIL_RICHTEXT };
void mail_enriched_text(struct buf *to, const char *text, size_t len,
			enum mail_enriched kind);

#endif
