#include "imap/cursor.h"

enum imap_cursor_way imap_cursor_decide(struct imap_cursor stored, uint32_t uidvalidity,
					uint32_t uidnext, struct imap_cursor *out)
{
	*out = (struct imap_cursor){.uidvalidity = uidvalidity};
	if (stored.uidvalidity == 0)
		return IMAP_CURSOR_FIRST;
	if (stored.uidvalidity != uidvalidity)
		return IMAP_CURSOR_RESCAN;
	/*
	 * UIDNEXT never falls within one UIDVALIDITY. If it did, the mailbox was put
	 * back from a copy without a new one, and numbers that we know are given out
	 * a second time for other mails.
	 */
	if (uidnext != 0 && uidnext <= stored.last_uid)
		return IMAP_CURSOR_RESCAN;
	out->last_uid = stored.last_uid;
	return IMAP_CURSOR_ON;
}
