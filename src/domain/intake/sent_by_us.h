/*
 * sent by us - a mail of our own that came back into a mailbox that we read.
 *
 * What its fields say of it anybody can write; a form on a web site even sends from our own
 * address. Ours is what only we can have made: the keyed Message-ID of a bulletin to one
 * subscriber, or one that the store has as that of a notification, from an address of ours and
 * passed on by nobody. All else may hold the words of a person.
 *
 * Errors     of the store only.
 * Limits     whoever has such a mail can send its Message-ID again with other words; staff find
 *            it among what was dealt with (unsorted.h).
 */
#ifndef MERCAT_DOMAIN_SENT_BY_US_H
#define MERCAT_DOMAIN_SENT_BY_US_H

#include "domain/core/domain.h"
#include "mail/fields/message.h"

bool sent_by_us(struct operation *op, struct arena *arena, const struct mail_message *m,
		bool *out, struct err *err) MUST_USE;

#endif
