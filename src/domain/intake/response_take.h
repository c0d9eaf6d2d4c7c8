/*
 * response take - a mail to a consultation becomes a reply with a reference number.
 *
 * The time that counts is when the mail reached our own server, so that a mailbox which
 * was read late makes nobody late. Its sender gets one acknowledgement; automatic
 * mail, our own addresses and a sender past ACKNOWLEDGE_MOST a day get none.
 */
#ifndef MERCAT_DOMAIN_RESPONSE_TAKE_H
#define MERCAT_DOMAIN_RESPONSE_TAKE_H

#include "domain/admin/arrival.h"

enum { ACKNOWLEDGE_MOST = 10 };

/* out_taken: "reply", "copy" or "unsorted", and out_why in words. */
bool response_take(struct operation *op, struct arena *arena, int64_t inbound_id,
		   int64_t kept_at, const struct consultation *consultation,
		   const struct mail_message *m, const char **out_taken,
		   const char **out_why, struct err *err) MUST_USE;

#endif
