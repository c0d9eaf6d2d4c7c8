/*
 * response take - a mail to a consultation becomes a reply with a reference number.
 *
 * The time that counts is when the mail reached our own server, so that a mailbox which
 * was read late makes nobody late. Its sender gets one acknowledgement; automatic
 * mail, our own addresses and a sender past ACKNOWLEDGE_MOST a day get none. Where a person
 * says who it is from (domain/intake/entry.h), they say the day too, and whether it is
 * acknowledged. What was imported came when its old mailbox says (imported_mail.h).
 */
#ifndef MERCAT_DOMAIN_RESPONSE_TAKE_H
#define MERCAT_DOMAIN_RESPONSE_TAKE_H

#include "domain/admin/arrival.h"
#include "domain/intake/entry.h"

enum { ACKNOWLEDGE_MOST = 10 };

struct response_taking {
	int64_t inbound_id, kept_at;
	const struct consultation *consultation;
	const struct mail_message *m;
	const struct entry_said *said; /* by a person; NULL: the mail says it all */
	/* By hand: when it reached us, and the moment up to which that is in time: of a day
	 * its first. 0: as the mail has it. */
	int64_t received_at, in_time_at;
};

struct response_taken {
	const char *taken, *why; /* "response", "copy" or "unsorted", and why in words */
	int64_t response_id;     /* of a reply */
	/* As it was read, in the arena; NULL: no response was made of it. */
	const struct response_text *words;
	bool is_late, is_acknowledged;
};

bool response_take(struct operation *op, struct arena *arena,
		   const struct response_taking *what, struct response_taken *out,
		   struct err *err) MUST_USE;
/* The next number of a consultation, in the caller's transaction; none is given twice. */
bool response_number_take(struct operation *op, struct arena *arena,
			  int64_t consultation_id, int64_t *out,
			  struct err *err) MUST_USE;

#endif
