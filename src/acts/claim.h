/*
 * acts claim - a person has a reply open, so that two do not collide.
 *
 * A claim holds for some minutes and is renewed while the page is open. Another person
 * sees who has it; what they do to it is refused with a sentence until the claim runs
 * out, is given back, or they take it over, which is in the audit. A claim that ran out
 * stands in nobody's way. Every act on a reply looks (acts_claim_check).
 *
 * Units      minutes, 1 to ACTS_CLAIM_MOST
 * Errors     ERR_CONFLICT  somebody else has it: who, and until when
 */
#ifndef MERCAT_ACTS_CLAIM_H
#define MERCAT_ACTS_CLAIM_H

#include "acts/reference.h"

enum { ACTS_CLAIM_MINUTES = 5, ACTS_CLAIM_MOST = 60 };

struct acts_claim {
	int64_t staff_id; /* 0: nobody has it */
	const char *name;
	int64_t since_at, until_at;
};

/* Takes or renews it. On ERR_CONFLICT out says who has it, too; over: take it anyway. */
bool acts_claim_take(struct acts *acts, struct arena *arena, const char *reference,
		     int64_t minutes, bool over, struct acts_claim *out,
		     struct err *err) MUST_USE;
/* Gives it back; somebody else's stays. */
bool acts_claim_release(struct acts *acts, const char *reference,
			struct err *err) MUST_USE;
/* Who has it now. */
bool acts_claim_of(struct acts *acts, struct arena *arena, int64_t response_id,
		   struct acts_claim *out, struct err *err) MUST_USE;
/* ERR_CONFLICT when another person than who acts has it; inside the act. */
bool acts_claim_check(struct acts *acts, int64_t response_id, struct err *err) MUST_USE;
/* What every act below begins with: a person, a transaction, the reply. */
struct store_txn *acts_claim_begin(struct acts *acts, struct arena *arena,
				   const char *reference, struct acts_response *out,
				   struct err *err) MUST_USE;

#endif
