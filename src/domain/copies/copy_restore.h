/*
 * copy restore - what must be held in a store that goes back in time, and what of the store
 * that it takes the place of goes along.
 *
 * A copy knows nothing of what was done after it was made. So nothing that may have gone out
 * since goes out by itself: what was being sent, or has come due, is put on hold; each mail
 * that was under way and each notification that waited is in doubt, for a person to settle, and
 * so is each mail of a bulletin that waited, unless the replaced store says who has got it.
 * Nothing is published until it is released anew, for it may have been withdrawn or forbidden
 * since; whose report back was still to be made gets none. Every session has ended. Mail that
 * came since is read again from the mailbox.
 *
 * When the store that is replaced can still be read, and goes on from the copy (the head of
 * the copy's audit stands in it), what people and staff took back since is taken back again:
 * who left or was stopped, who was suppressed, whose account or role ended. Who got a bulletin
 * since stands in the ledger, so that resuming it sends it to the others. Who was erased since is
 * named, for the erasing is an act of its own; so are bulletins that were sent since and are not
 * in the copy, or a draft there.
 *
 * Units      times are unix seconds.
 * Ownership  addresses of those who were erased live in the arena.
 * Errors     ERR_CONFLICT  the replaced store does not go on from this one; else the store's
 */
#ifndef MERCAT_DOMAIN_COPY_RESTORE_H
#define MERCAT_DOMAIN_COPY_RESTORE_H

#include "domain/core/domain.h"

struct copy_held {
	int64_t last_at;   /* of the newest row of its audit; 0: it has none */
	int64_t bulletins; /* on hold now */
	int64_t deliveries, notifications; /* in doubt now */
	int64_t digests; /* rows of bulletins that a digest was to bring by now: they will go */
	int64_t sessions;  /* ended */
	int64_t published; /* that wait to be released anew */
	int64_t told;      /* recipients of report backs that get none by themselves */
};
enum copy_ledger {
	COPY_LEDGER_OLD,    /* as the copy has it */
	COPY_LEDGER_CARRIED /* copy_carry() has brought it up */
};
/* In one transaction, with a row of the audit that says where it came from. */
bool copy_hold(struct operation *op, const char *from, enum copy_ledger ledger,
	       struct copy_held *out, struct err *err) MUST_USE;

struct copy_carried {
	int64_t gone, suppressed, staff, roles;
	int64_t delivered;   /* rows of the ledger that were tried since */
	const char **erased; /* addresses that replaced knows no more and the copy does */
	const char **sent;   /* "parks #14": sent since, and not in the copy as it was */
	size_t erased_count, sent_count;
};
/* Before copy_hold(): what the copy had of its own, since; in one transaction. */
bool copy_carry(struct operation *op, struct store *replaced, struct arena *arena,
		struct copy_carried *out, struct err *err) MUST_USE;

#endif
