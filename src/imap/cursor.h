/*
 * imap cursor - from where to read on in a mailbox that may have been rebuilt.
 *
 * A UID means something only together with the UIDVALIDITY it was given under.
 * Pure: no I/O; the store keeps the cursor, the role asks here after each login.
 *
 * Errors     none.
 * Source     RFC 3501 2.3.1.1; RFC 4549 section 3.
 * Limits     a server that shows a mail below a UID it showed before (none should)
 *            is only caught by a rescan.
 */
#ifndef MERCAT_IMAP_CURSOR_H
#define MERCAT_IMAP_CURSOR_H

#include "base/attr.h"

struct imap_cursor {
	uint32_t uidvalidity; /* 0: this mailbox was never read */
	uint32_t last_uid;    /* everything up to here is in the store */
};

enum imap_cursor_way {
	IMAP_CURSOR_FIRST, /* never read: from the beginning, nothing to compare with */
	IMAP_CURSOR_ON,    /* the same mailbox: everything after last_uid */
	IMAP_CURSOR_RESCAN /* rebuilt: from the beginning, known contents are known mails */
};

/* uidnext 0: the server did not say. out is where to begin: list after out->last_uid. */
enum imap_cursor_way imap_cursor_decide(struct imap_cursor stored, uint32_t uidvalidity,
					uint32_t uidnext, struct imap_cursor *out);

#endif
