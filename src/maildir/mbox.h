/*
 * mbox - a mailbox in one file, mail after mail.
 *
 * A mail begins with a line "From SENDER DATE", at the start of the file or after an empty
 * line. One ">" is taken off lines such as ">From " and ">>From ", which the writers of these
 * files put there. What stands in Content-Length is not believed: mails are parted by those
 * lines alone, and a line without a date is none of them.
 *
 * Units      *_at unix seconds; the date of a "From " line counts as UTC unless it has a zone.
 * Ownership  mbox_open() gives it away, mbox_close() takes it back.
 * Errors     ERR_ABSENT no such file; ERR_INPUT it does not begin as an mbox does; ERR_SYSTEM
 * Source     RFC 4155, and the forms mboxo, mboxrd and mboxcl that preceded it
 * Limits     a mail is read up to the maximum of the buffer, which then says that it was cut
 */
#ifndef MERCAT_MAILDIR_MBOX_H
#define MERCAT_MAILDIR_MBOX_H

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

struct mbox;

bool mbox_open(const char *path, struct mbox **out, struct err *err) MUST_USE;
void mbox_close(struct mbox **mbox);
static inline void mbox_auto(struct mbox **mbox)
{
	mbox_close(mbox);
}

enum mbox_step { MBOX_FAILED = 0, MBOX_MAIL, MBOX_END };

/* The next mail takes the place of what is in to; out_at: of its "From " line, or 0. */
enum mbox_step mbox_next(struct mbox *mbox, struct buf *to, int64_t *out_at,
			 struct err *err) MUST_USE;
/* "From SENDER Wed Mar  4 09:00:00 2026"; out_at: its date. */
bool mbox_from_line(const char *line, int64_t *out_at) MUST_USE;

#endif
