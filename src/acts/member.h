/*
 * acts member - one address on one list, as the acts on subscriptions need it.
 *
 * For the acts that change subscriptions or write to subscribers; nobody else includes
 * it. All of it runs inside the caller's transaction.
 *
 * Ownership  a member's texts live in the arena it was loaded into.
 * Errors     ERR_INPUT a bad address; ERR_ABSENT nobody has it; the rest the store's.
 */
#ifndef MERCAT_ACTS_MEMBER_H
#define MERCAT_ACTS_MEMBER_H

#include "acts/letter.h"
#include "acts/list.h"

struct acts_member {
	int64_t person_id, subscription_id;
	const char *language;               /* NULL: the usual one */
	const char *address, *name, *state; /* state "" when there is no subscription */
};

/* make: a person whom nobody knew is made; otherwise ERR_ABSENT. */
bool acts_member_load(struct acts *acts, struct arena *arena,
		      const struct acts_list *list, const char *address, const char *name,
		      bool make, struct acts_member *out, struct err *err) MUST_USE;
bool acts_member_of(struct acts *acts, struct arena *arena, int64_t subscription_id,
		    struct acts_list *list, struct acts_member *out,
		    struct err *err) MUST_USE;

bool acts_member_state(struct acts *acts, int64_t subscription_id, const char *state,
		       bool becomes_active, struct err *err) MUST_USE;
/* Makes the subscription or moves it to this state. */
bool acts_member_enter(struct acts *acts, const struct acts_list *list,
		       struct acts_member *m, const char *state, bool active,
		       struct err *err) MUST_USE;
bool acts_member_evidence(struct acts *acts, int64_t subscription_id, const char *act,
			  const char *how, int64_t wording_id, int64_t inbound_id,
			  const char *basis, int64_t given_at, struct err *err) MUST_USE;
/* Questions that wait for an answer are void from now on. */
bool acts_member_void_questions(struct acts *acts, int64_t subscription_id,
				struct err *err) MUST_USE;

/* A letter that carries no secret: welcome, left, requested ... */
bool acts_member_tell(struct acts *acts, const struct acts_list *list,
		      const struct acts_member *m, enum mail_letter kind, const char *why,
		      int64_t once, int64_t inbound_id, const char *in_reply_to,
		      struct err *err) MUST_USE;

/* Is there anything to leave? */
bool acts_member_listed(const char *state);
/* The act of leaving, whole: state, evidence, ledger, letter, audit. */
bool acts_member_leaves(struct acts *acts, const struct acts_list *list,
			const struct acts_member *m, const char *act, const char *how,
			int64_t inbound_id, const char *reason, struct err *err) MUST_USE;

#endif
