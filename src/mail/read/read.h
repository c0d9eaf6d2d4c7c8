/*
 * mail read - bytes in, a struct mail_message out: what one mail says.
 *
 * The only folder that includes gmime.h. It parses what strangers wrote, so it runs
 * in a sandboxed, limited child (reader/). It takes any bytes and says what it can
 * read; what a limit cut off is named in limits_hit.
 *
 * Ownership  everything lives in the arena; bytes are borrowed and not kept.
 * Errors     ERR_INPUT only when the parser gives nothing at all.
 * Source     RFC 5322, 2045 to 2049, 2231, 3676 (format=flowed), 3462 (report),
 *            3464 (delivery status), 5965 (feedback), 8098 (disposition).
 *            GMime builds the tree of parts; line ends, headers, transfer
 *            decoding and charsets are ours (prepare, header, decode, text/charset),
 *            because there its answers were measured to lose text.
 * Limits     those of mail/decode/prepare.h; 100 levels of parts; 4 MB of text.
 */
#ifndef MERCAT_MAIL_READ_H
#define MERCAT_MAIL_READ_H

#include "mail/fields/message.h"
#include "base/arena.h"
#include "base/err.h"

void mail_read_setup(void); /* once in each process, before a sandbox */

bool mail_read(const void *bytes, size_t len, struct arena *arena,
	       struct mail_message *out, struct err *err) MUST_USE;

#endif
