/*
 * mail dsn - the fields of a delivery status notification, and what a returned mail
 * says about itself.
 *
 * Ownership  in the arena.
 * Errors     none: what is not there stays NULL.
 * Source     RFC 3464, RFC 6533 (global), RFC 3461 5; and their misprints: a
 *            recipient group that runs into the next one, addresses in brackets,
 *            "Final-Recipient: a@b" without a type.
 */
#ifndef MERCAT_MAIL_DSN_H
#define MERCAT_MAIL_DSN_H

#include "mail/fields/message.h"
#include "base/arena.h"

/* Adds the recipients of a message/delivery-status body to m->failed. */
void mail_dsn_read(struct arena *arena, const char *text, struct mail_message *m);

/* Takes Message-ID and To of the returned mail, whose text begins with its header. */
void mail_returned_read(struct arena *arena, const char *text, struct mail_message *m);

/* Adds one recipient; the caller fills it in. Never NULL. */
struct mail_failed_recipient *mail_failed_add(struct arena *arena,
					      struct mail_message *m);

/* "rfc822; <a@b>" -> "a@b"; NULL when there is nothing. */
const char *mail_dsn_address(struct arena *arena, const char *value);

#endif
