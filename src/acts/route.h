/*
 * acts route - where a mail was meant to go, read from the addresses it came to.
 *
 * Looks at the delivery fields (Delivered-To, X-Original-To ...) before To and Cc, and
 * takes the first address that is ours; a mark that only a later field has is taken
 * too, and a consultation wins over the plain address of a list.
 */
#ifndef MERCAT_ACTS_ROUTE_H
#define MERCAT_ACTS_ROUTE_H

#include "acts/consultation.h"
#include "acts/list.h"
#include "mail/message.h"

enum acts_route_to { ACTS_TO_NOBODY, ACTS_TO_LIST, ACTS_TO_CONSULTATION };

enum acts_route_what {
	ACTS_WANTS_NOTHING, /* the plain address, or a mark that we do not know */
	ACTS_WANTS_JOIN,
	ACTS_WANTS_LEAVE,
	ACTS_WANTS_CONFIRM,
	ACTS_WANTS_HELP,
	ACTS_WANTS_OWNER,
	ACTS_WANTS_BOUNCE,
	ACTS_WANTS_THREAD
};

struct acts_route {
	enum acts_route_to to;
	enum acts_route_what what;
	const char *token; /* behind leave-, confirm-, b-, r-; or NULL */
	struct acts_list list;
	struct acts_consultation consultation;
};

bool acts_route_find(struct acts *acts, struct arena *arena, const struct mail_message *m,
		     struct acts_route *out, struct err *err) MUST_USE;
/* Does it say of itself that no person sent it (RFC 3834 section 2)? */
bool acts_mail_is_automatic(const struct mail_message *m) MUST_USE;
/* Is this one of our own addresses (a list's or a consultation's, with any mark)? */
bool acts_route_is_ours(struct acts *acts, struct arena *arena, const char *address,
			bool *out, struct err *err) MUST_USE;

#endif
