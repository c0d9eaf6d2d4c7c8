/*
 * classify reason - why a mail did not get through, in one of thirteen words.
 *
 * Only no_such_address, no_such_domain and moved mean that the address is gone. The
 * text of the refusal decides where it says something; then the enhanced status code;
 * then the general tone of the text.
 *
 * Source     RFC 3463 and the IANA registry of enhanced status codes, RFC 5321 4.2,
 *            RFC 7505 (null MX), and how mail systems word their refusals.
 */
#ifndef MERCAT_CLASSIFY_REASON_H
#define MERCAT_CLASSIFY_REASON_H

#include "mail/message.h"
#include "base/arena.h"

/* Fills status, smtp_code, verdict and reason of r from what is there; text is more
   to go by (the notice itself) when the diagnostic says nothing. */
void reason_decide(struct arena *arena, const char *text,
		   struct mail_failed_recipient *r);

#endif
