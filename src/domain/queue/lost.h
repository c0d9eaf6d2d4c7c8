/*
 * lost - mailboxes that cannot be read, relays that take no mail, roles of the daemon that do
 * not run, each with since when.
 *
 * The roles note it: collect of its mailbox (domain/intake/mailbox.h), deliver of its relays
 * (domain/delivery/outgoing.h), the master of all roles. What lasts longer than
 * staff.trouble_after waits for the administrators (domain/queue/needs.h).
 *
 * Ownership  rows live in the arena.
 * Errors     of the store.
 */
#ifndef MERCAT_DOMAIN_LOST_H
#define MERCAT_DOMAIN_LOST_H

#include "domain/core/domain.h"

enum lost_state { LOST_FOUND = 0, LOST_LOST };

/* A role by its name in the log, "collect main". */
bool lost_note_role(struct operation *op, const char *name, enum lost_state state,
		    struct err *err) MUST_USE;
/* The master begins: nothing is known of any. */
bool lost_forget_roles(struct operation *op, struct err *err) MUST_USE;

/* What has been lost for at least so many seconds, and is still in use: kind ("role", "relay",
 * "mailbox"), name, at; the longest first. */
bool lost_for(struct operation *op, struct arena *arena, int64_t seconds,
	      struct store_table *out, struct err *err) MUST_USE;
/* What has become so long lost is news to who is told at once; once until it is found again. */
bool lost_becomes_news(struct operation *op, int64_t seconds, struct err *err) MUST_USE;

#endif
