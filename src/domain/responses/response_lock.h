/*
 * response lock - a person has a reply open, so that two do not collide.
 *
 * A claim holds for some minutes and is renewed while the page is open. Another person
 * sees who has it; what they do to it is refused with a sentence until the claim runs
 * out, is given back, or they take it over, which is in the audit. A claim that ran out
 * stands in nobody's way. Every act on a reply looks (response_lock_check).
 *
 * Units      minutes, 1 to RESPONSE_LOCK_MOST
 * Errors     ERR_CONFLICT  somebody else has it: who, and until when
 */
#ifndef MERCAT_DOMAIN_RESPONSE_LOCK_H
#define MERCAT_DOMAIN_RESPONSE_LOCK_H

#include "domain/responses/reference.h"

enum { RESPONSE_LOCK_MINUTES = 5, RESPONSE_LOCK_MOST = 60 };

struct response_lock {
	int64_t staff_id; /* 0: nobody has it */
	const char *name;
	int64_t since_at, until_at;
};

struct response_lock_asked {
	const char *reference;
	int64_t minutes; /* 1 to RESPONSE_LOCK_MOST */
	bool over;       /* also when somebody else has it */
};
/* Takes or renews it. On ERR_CONFLICT out says who has it, too. */
bool response_lock_take(struct operation *op, struct arena *arena,
			const struct response_lock_asked *asked,
			struct response_lock *out, struct err *err) MUST_USE;
/* Gives it back; somebody else's stays. */
bool response_lock_release(struct operation *op, const char *reference,
			   struct err *err) MUST_USE;
/* Who has it now. */
bool response_lock_of(struct operation *op, struct arena *arena, int64_t response_id,
		      struct response_lock *out, struct err *err) MUST_USE;
/* ERR_CONFLICT when another person than who acts has it; inside the transaction. */
bool response_lock_check(struct operation *op, int64_t response_id,
			 struct err *err) MUST_USE;
/* What every act below begins with: a person, a transaction, the reply. */
struct store_txn *response_lock_begin(struct operation *op, struct arena *arena,
				      const char *reference, struct response *out,
				      struct err *err) MUST_USE;

#endif
