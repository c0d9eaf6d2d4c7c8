/*
 * inbound - one mail that came in becomes what it means.
 *
 * inbound_keep() puts raw bytes into the store, once for each mail of a mailbox;
 * inbound_take() is called with what the reader understood and does what follows:
 * joins, leaves, makes a reply of it, records a bounce, or marks it unsorted for a
 * person. In one transaction, so that a kill leaves it new or wholly done.
 *
 * What a mail is about is told by the address it came to (domain/core/plus_address.h), by our own
 * keyed token where there is one, never by a number that anybody may quote.
 * No automatic mail is ever answered (RFC 3834) or obeyed: an out-of-office note to a
 * confirm address confirms nothing.
 *
 * Errors     of the store only; a strange mail is recorded as what it is.
 */
#ifndef MERCAT_DOMAIN_INBOUND_H
#define MERCAT_DOMAIN_INBOUND_H

#include "domain/core/domain.h"
#include "mail/fields/message.h"

struct arrival {
	int64_t mailbox_id;
	int64_t uidvalidity; /* 0 for a Maildir */
	const char *item;    /* unique in its mailbox */
	const void *bytes;
	size_t len;
	bool cut;
	bool rebuilt; /* the mailbox was rebuilt: known bytes are known mails */
};

/* out_new: false when that mail was in the store already. */
bool inbound_keep(struct operation *op, const struct arrival *mail, bool *out_new,
		  struct err *err) MUST_USE;

/* What was read out of a mail, as what a person said of it makes it (entry.h); inside a
 * transaction, once for each. */
bool inbound_keep_parsed(struct operation *op, struct arena *arena, int64_t id,
			 const struct mail_message *as_read, struct err *err) MUST_USE;

/* There is much to read in it: it is taken, or read anew, in a transaction of its own. */
bool inbound_is_long(const struct mail_message *m) MUST_USE;
/* m as the reader gave it. */
bool inbound_take(struct operation *op, int64_t inbound_id, int64_t kept_at,
		  const struct mail_message *m, struct err *err) MUST_USE;
/* Only what is derived (parsed text, attachments): for a better parser. */
bool inbound_rebuild(struct operation *op, int64_t inbound_id,
		     const struct mail_message *m, struct err *err) MUST_USE;

#endif
