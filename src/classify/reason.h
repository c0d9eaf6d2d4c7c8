/*
 * classify reason - why a mail did not get through, in one of thirteen words.
 *
 * Only no_such_address, no_such_domain and moved mean that the address is gone. The
 * text of the refusal decides where it says something; then the enhanced status code;
 * then the general tone of the text.
 *
 * What a server said is judged, not what a relay put around it; a prefix ("Recipient
 * address rejected:") is no reason; where a reply names nobody but us, its recipient may
 * be well. Without any code an unknown reason is not known to be permanent.
 *
 * Source     RFC 3463 and the IANA registry of enhanced status codes, RFC 5321 4.2,
 *            RFC 7505 (null MX), and how mail systems word their refusals.
 */
#ifndef MERCAT_CLASSIFY_REASON_H
#define MERCAT_CLASSIFY_REASON_H

#include "mail/fields/message.h"
#include "base/arena.h"

struct reason_about {
	const char *notice; /* more to go by where the diagnostic says nothing, or NULL */
	struct mail_strings ours; /* addresses that we write from */
};

/* Fills status, smtp_code, verdict and reason of r from what is there; about is NULL
   where nothing more is known. */
void reason_decide(struct arena *arena, const struct reason_about *about,
		   struct mail_failed_recipient *r);

#endif
