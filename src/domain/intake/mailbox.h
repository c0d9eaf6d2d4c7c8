/*
 * mailbox - how far each mailbox has been read, and which of its mails are in the store.
 *
 * Mails are taken by their number (IMAP: "uidvalidity/uid") or name (Maildir), each once.
 *
 * Errors     of the store.
 */
#ifndef MERCAT_DOMAIN_MAILBOX_H
#define MERCAT_DOMAIN_MAILBOX_H

#include "domain/core/domain.h"

struct mailbox {
	int64_t id;
	int64_t uidvalidity, last_uid; /* 0: nothing was read yet, or it is a Maildir */
};

/* By the name that the settings give it: how far it has been read. ERR_ABSENT */
bool mailbox_named(struct operation *op, const char *name, struct mailbox *out,
		   struct err *err) MUST_USE;
/* The same; it is made when it is not there yet. */
bool mailbox_open(struct operation *op, const char *name, struct mailbox *out,
		  struct err *err) MUST_USE;
/* Read as far as this, at the operation's moment; in the caller's transaction. */
bool mailbox_read_to(struct operation *op, const struct mailbox *mailbox,
		     struct err *err) MUST_USE;
/* Whether that mail of it was taken. */
bool mailbox_has(struct operation *op, int64_t mailbox_id, const char *item, bool *out,
		 struct err *err) MUST_USE;
/* Whether it can be read: noted when that is not known already, with when it was lost; those who
 * see to it are told when it lasts (domain/queue/needs.h). */
enum mailbox_state { MAILBOX_UNKNOWN = 0, MAILBOX_FOUND, MAILBOX_LOST };
bool mailbox_note(struct operation *op, int64_t mailbox_id, enum mailbox_state now,
		  enum mailbox_state *io_known, struct err *err) MUST_USE;

#endif
