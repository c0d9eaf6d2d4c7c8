/*
 * backlog - how much waits: mail to be read and sorted, emails to go out, what is in doubt; and
 * when each mailbox was read last.
 *
 * Units      numbers of rows; times are unix seconds, 0: nothing waits.
 * Ownership  rows live in the arena.
 * Errors     of the store.
 */
#ifndef MERCAT_DOMAIN_BACKLOG_H
#define MERCAT_DOMAIN_BACKLOG_H

#include "domain/core/domain.h"

struct backlog {
	int64_t unread, unread_since;               /* taken in, not yet read */
	int64_t unsorted;                           /* for a person to sort */
	int64_t notifications, notifications_since; /* due, and not gone */
	int64_t notifications_in_doubt;
	int64_t deliveries, deliveries_in_doubt; /* of bulletins that are being sent */
	int64_t sending, on_hold;                /* bulletins */
};
bool backlog_now(struct operation *op, struct arena *arena, struct backlog *out,
		 struct err *err) MUST_USE;
/* Each mailbox of the settings that was ever read: name, seen_at. */
bool backlog_mailboxes(struct operation *op, struct arena *arena, struct store_table *out,
		       struct err *err) MUST_USE;

#endif
