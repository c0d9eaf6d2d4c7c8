/*
 * acts inbound - one mail that came in becomes what it means.
 *
 * acts_inbound_keep() puts raw bytes into the store, once for each mail of a mailbox;
 * acts_inbound_take() is called with what the reader understood and does what follows:
 * joins, leaves, makes a reply of it, records a bounce, or marks it unsorted for a
 * person. In one transaction, so that a kill leaves it new or wholly done.
 *
 * What a mail is about is told by the address it came to (acts/address.h), by our own
 * keyed token where there is one, never by a number that anybody may quote.
 * No automatic mail is ever answered (RFC 3834) or obeyed: an out-of-office note to a
 * confirm address confirms nothing.
 *
 * Errors     of the store only; a strange mail is recorded as what it is.
 */
#ifndef MERCAT_ACTS_INBOUND_H
#define MERCAT_ACTS_INBOUND_H

#include "acts/acts.h"
#include "mail/message.h"

struct acts_arrival {
	int64_t mailbox_id;
	int64_t uidvalidity; /* 0 for a Maildir */
	const char *item;    /* unique in its mailbox */
	const void *bytes;
	size_t len;
	bool cut;
	bool rebuilt; /* the mailbox was rebuilt: known bytes are known mails */
};

/* out_new: false when that mail was in the store already. */
bool acts_inbound_keep(struct acts *acts, const struct acts_arrival *mail, bool *out_new,
		       struct err *err) MUST_USE;

/* m as the reader gave it. */
bool acts_inbound_take(struct acts *acts, int64_t inbound_id, int64_t kept_at,
		       const struct mail_message *m, struct err *err) MUST_USE;
/* Only what is derived (parsed text, attachments): for a better parser. */
bool acts_inbound_rebuild(struct acts *acts, int64_t inbound_id,
			  const struct mail_message *m, struct err *err) MUST_USE;

#endif
