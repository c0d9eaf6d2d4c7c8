/*
 * bounce - mails that come back and complaints, and what they do to a list.
 *
 * Three sources, one way through: bounce mails, refusals of the relay, feedback reports.
 * Each leaves a row with its effect; only a keyed tag of ours says whose it was, and
 * what carries none changes nothing.
 *
 *	address is gone, says a bounce -> a point, at most one a day and one a mail
 *	a mail got through             -> points for mails sent before it are forgotten
 *	bounce.points                  -> a probe: one letter with a tag of its own
 *	the probe is silent            -> alive; the points are forgotten
 *	the probe comes back too       -> the subscription is stopped
 *	a complaint                    -> left at once
 *
 * A point is for what the mail system calls failed (Action decides before any code),
 * for the reasons no_such_address, no_such_domain and moved, and about the subscriber's
 * own address. A full mailbox, a policy, a refused content or login (5.7.x), a broken
 * network never cost anything; nor does a mailbox that ours was passed on to, such as
 * one member's behind the address of a group.
 *
 * Units      days are those of the settings' zone.
 * Errors     of the store only; what a stranger wrote is never an error.
 * Source     how Mailman (days, probe), mlmmj (silence after a probe) and phpList (a
 *            delivered mail ends the count) do it; RFC 3464 2.3.3; RFC 5965.
 * Limits     a receiver that names another mailbox than the one we wrote to, as some
 *            do for forwarded mail, is never counted.
 */
#ifndef MERCAT_DOMAIN_BOUNCE_H
#define MERCAT_DOMAIN_BOUNCE_H

#include "domain/core/domain.h"
#include "mail/fields/message.h"
#include "smtp/smtp.h"

/*
 * A relay refused a mail for good; inside the transaction that settles its row. Without
 * the code of a server: nothing. Of a letter only a probe's and a digest's refusal has an
 * effect; once a delivery.
 */
bool bounce_delivery_refused(struct operation *op, int64_t delivery_id,
			     const struct smtp_answer *answer, struct err *err) MUST_USE;
bool bounce_notification_refused(struct operation *op, int64_t notification_id,
				 const struct smtp_answer *answer,
				 struct err *err) MUST_USE;

struct bounced_mail {
	int64_t inbound_id;
	const char *token; /* of the address that it came to, or NULL */
	const struct mail_message *m;
};
/* out_why lives in the arena. */
bool bounce_mail(struct operation *op, struct arena *arena,
		 const struct bounced_mail *mail, const char **out_why,
		 struct err *err) MUST_USE;
bool bounce_complaint(struct operation *op, struct arena *arena, int64_t inbound_id,
		      const struct mail_message *m, const char **out_why,
		      struct err *err) MUST_USE;

/*
 * The clock's, some rows at a time: sends probes, ends those that are silent, forgets
 * the points of those whom a mail has reached.
 */
bool bounces_tend(struct operation *op, bool *out_did, struct err *err) MUST_USE;

/*
 * The clock's: pauses a bulletin of whose last mails too many were refused. What was
 * settled before is not looked at again once a person has resumed it.
 */
bool bulletin_circuit_breaker(struct operation *op, bool *out_did,
			      struct err *err) MUST_USE;

struct bounce_filter {
	const char *list;    /* its name; NULL: any */
	const char *address; /* of the subscriber, or that it is about; NULL: any */
	int64_t most;
};
/* What came back or was refused, the newest first: the rows of "bounce_list", in the arena.
 * ERR_ABSENT no such list; ERR_INPUT no address. */
bool bounce_list(struct operation *op, struct arena *arena,
		 const struct bounce_filter *filter, struct store_table *out,
		 struct err *err) MUST_USE;
/* What one mail said that failed: the rows of "bounces_of". */
bool bounces_of_mail(struct operation *op, struct arena *arena, int64_t inbound_id,
		     struct store_table *out, struct err *err) MUST_USE;

/* Why was this person stopped? Columns happened_at, list, what; oldest first. ERR_ABSENT
   when the address was on no list. */
bool bounce_history(struct operation *op, struct arena *arena, const char *address,
		    struct store_table *out, struct err *err) MUST_USE;

#endif
