/*
 * subscription - one address on one list, as what acts on subscriptions need it.
 *
 * For the op that change subscriptions or write to subscribers; nobody else includes
 * it. All of it runs inside the caller's transaction.
 *
 * Ownership  a member's texts live in the arena it was loaded into.
 * Errors     ERR_INPUT a bad address; ERR_ABSENT it is not on the list, be it on another or
 *            known to nobody; the rest the store's.
 */
#ifndef MERCAT_DOMAIN_SUBSCRIPTION_H
#define MERCAT_DOMAIN_SUBSCRIPTION_H

#include "domain/admin/notification.h"
#include "domain/admin/list.h"
#include "domain/subscribers/preferences.h"

struct subscription {
	int64_t person_id, subscription_id;
	const char *language;               /* NULL: the usual one */
	const char *address, *name, *state; /* state "" when there is no subscription */
};

/* What becomes of one that is not there: it is absent, or made. */
enum subscription_missing { SUBSCRIPTION_FIND, SUBSCRIPTION_MAKE };
struct subscription_who {
	const char *address, *name; /* the name may be NULL */
	enum subscription_missing missing;
};
/* make: a person whom nobody knew is made; otherwise ERR_ABSENT. */
bool subscription_load(struct operation *op, struct arena *arena, const struct list *list,
		       const struct subscription_who *who, struct subscription *out,
		       struct err *err) MUST_USE;
bool subscription_of(struct operation *op, struct arena *arena, int64_t subscription_id,
		     struct list *list, struct subscription *out,
		     struct err *err) MUST_USE;

/* Whether the subscription begins to run with its new state. */
enum subscription_start { SUBSCRIPTION_STARTED_BEFORE, SUBSCRIPTION_STARTS_NOW };
bool subscription_state(struct operation *op, int64_t subscription_id, const char *state,
			enum subscription_start start, struct err *err) MUST_USE;
/* Makes the subscription or moves it to this state. */
bool subscription_enter(struct operation *op, const struct list *list,
			struct subscription *m, const char *state,
			enum subscription_start start, struct err *err) MUST_USE;
/* What shows that something was asked for or done; what there is not is 0 or NULL. */
struct evidence {
	const char *act, *how;
	int64_t wording_id, inbound_id;
	const char *basis;
	int64_t given_at;
};
bool subscription_evidence(struct operation *op, int64_t subscription_id,
			   const struct evidence *evidence, struct err *err) MUST_USE;
/* A change of the person is evidence of each of their subscriptions. */
bool self_service_note(struct operation *op, const struct self_service *self,
		       const char *act, struct err *err) MUST_USE;
/* Questions that wait for an answer are void from now on. */
bool subscription_void_questions(struct operation *op, int64_t subscription_id,
				 struct err *err) MUST_USE;

struct subscription_letter {
	enum mail_notification kind;
	const char *why; /* or NULL */
	int64_t once;    /* one letter of the kind for each of these numbers */
	int64_t inbound_id;
	const char *in_reply_to; /* Message-ID, or NULL */
};
/* Welcome, with the link to their own page; already subscribed; left, requested ... */
bool subscription_tell(struct operation *op, const struct list *list,
		       const struct subscription *m,
		       const struct subscription_letter *tell, struct err *err) MUST_USE;

/* Is there anything to leave? */
bool subscription_listed(const char *state);
struct subscription_leaving {
	const char *act, *how;
	int64_t inbound_id; /* 0: no mail */
	const char *reason; /* or NULL */
};
/* The act of leaving, whole: state, evidence, ledger, letter, audit. */
bool subscription_leaves(struct operation *op, const struct list *list,
			 const struct subscription *m,
			 const struct subscription_leaving *leaving,
			 struct err *err) MUST_USE;

#endif
