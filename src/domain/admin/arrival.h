/*
 * arrival - where a mail was meant to go, read from the addresses it came to.
 *
 * Looks at the delivery fields (Delivered-To, X-Original-To ...) before To and Cc, and
 * takes the first address that is ours; a mark that only a later field has is taken
 * too, and a consultation wins over the plain address of a list.
 */
#ifndef MERCAT_DOMAIN_ARRIVAL_H
#define MERCAT_DOMAIN_ARRIVAL_H

#include "domain/admin/consultation.h"
#include "domain/admin/list.h"
#include "mail/fields/message.h"

enum arrival_route_to { TO_NOBODY, TO_LIST, TO_CONSULTATION };

enum arrival_route_what {
	WANTS_NOTHING, /* the plain address, or a mark that we do not know */
	WANTS_JOIN,
	WANTS_LEAVE,
	WANTS_CONFIRM,
	WANTS_HELP,
	WANTS_OWNER,
	WANTS_BOUNCE,
	WANTS_THREAD
};

struct arrival_route {
	enum arrival_route_to to;
	enum arrival_route_what what;
	const char *token; /* behind leave-, confirm-, b-, r-; or NULL */
	struct list list;
	struct consultation consultation;
};

bool arrival_route_find(struct operation *op, struct arena *arena,
			const struct mail_message *m, struct arrival_route *out,
			struct err *err) MUST_USE;
/* Does it say of itself that no person sent it (RFC 3834 section 2)? */
bool incoming_is_automatic(const struct mail_message *m) MUST_USE;
/* Is this one of our own addresses (a list's or a consultation's, with any mark)? */
bool arrival_route_is_ours(struct operation *op, struct arena *arena, const char *address,
			   bool *out, struct err *err) MUST_USE;

#endif
