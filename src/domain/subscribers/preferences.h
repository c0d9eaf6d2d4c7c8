/*
 * preferences - what people do about their own subscriptions, without a password.
 *
 * A link that is sent to one's own address (base_url/manage/TOKEN) opens everything about
 * that person: topics, how often, a pause, the name, the language, another address
 * (move.h), what is held (held.h), erasing (erase.h). The link is asked for at
 * base_url/manage, which bulletins name; so no mail that may be passed on carries it. The
 * welcome, which is of the person alone, has one of its own.
 *
 *	ask -> token (128 bits, only its hash is kept, bound to the purpose and person)
 *	    -> works any number of times until it expires (manage.link_expires)
 *
 * Finding changes nothing; every change is an act of its own with its evidence.
 * What is asked for an address that nobody has gets the same answer and costs the
 * same work.
 *
 * Who op   struct self_service, from a token (how "page") or, for the staff on the telephone,
 *            from an address (how "staff").
 * Errors     ERR_ABSENT a subscription that is not theirs; ERR_CONFLICT not in this state;
 *            ERR_INPUT what was asked is wrong.
 */
#ifndef MERCAT_DOMAIN_PREFERENCES_H
#define MERCAT_DOMAIN_PREFERENCES_H

#include "domain/admin/list.h"

extern const char *const frequencies[]; /* "each", "weekly", "monthly", NULL */

/* language: in which the page stands; NULL: what is known of the person. ERR_INPUT: no
   address. Whether anybody has it, nobody learns. */
bool preferences_link_ask(struct operation *op, const char *address, const char *language,
			  struct err *err) MUST_USE;

enum token_state { TOKEN_GOOD, TOKEN_USED, TOKEN_EXPIRED, TOKEN_UNKNOWN };

struct self_service {
	int64_t person_id;
	const char *how; /* "page" or "staff" */
	/* How they asked the staff for it, kept as evidence; or NULL. */
	const char *asked;
	/* Of somebody who is no subscriber and only wrote (person_id 0), else NULL. */
	const char *address;
};
/* *out is set only for TOKEN_GOOD. */
bool preferences_open(struct operation *op, const char *token,
		      enum token_state *out_state, struct self_service *out,
		      struct err *err) MUST_USE;
/* For the staff; ERR_ABSENT when nobody has that address. */
bool preferences_of_address(struct operation *op, const char *address,
			    struct self_service *out, struct err *err) MUST_USE;

struct preferences_of { /* one subscription */
	int64_t id;
	struct list list;
	const char *state;
	int64_t topics;
	bool all_topics;
	const char *frequency;
	int64_t paused_until;   /* 0: not paused; FOR_EVER when no end was set */
	int64_t next_digest_at; /* 0 for "each" */
};
#define FOR_EVER INT64_MAX

struct subscriber_mail {
	int64_t id;
	const char *address, *name, *language; /* name may be NULL */
	struct preferences_of *subscriptions;  /* by list name */
	size_t count;
};
bool preferences_load(struct operation *op, struct arena *arena,
		      const struct self_service *self, struct subscriber_mail *out,
		      struct err *err) MUST_USE;

bool preferences_topics(struct operation *op, const struct self_service *self,
			int64_t subscription_id, int64_t topics, enum topics_which which,
			struct err *err) MUST_USE;
/* What waits to be sent to them goes the new way, too. */
bool preferences_frequency(struct operation *op, const struct self_service *self,
			   int64_t subscription_id, const char *frequency,
			   struct err *err) MUST_USE;
/*
 * until_day "2026-04-01": the first day on which updates come again, in the settings'
 * zone; NULL or "": till they resume themselves. What is published meanwhile is not sent
 * later; what waits for their digest comes with the first one after the pause.
 */
bool preferences_pause(struct operation *op, const struct self_service *self,
		       int64_t subscription_id, const char *until_day,
		       struct err *err) MUST_USE;
bool preferences_resume(struct operation *op, const struct self_service *self,
			int64_t subscription_id, struct err *err) MUST_USE;
/* out_left: false when it was left before. */
bool preferences_leave(struct operation *op, const struct self_service *self,
		       int64_t subscription_id, const char *reason, bool *out_left,
		       struct err *err) MUST_USE;
/*
 * Back on an open list that they left, or that our mails could not reach them from, with what
 * they had chosen. wording_id: what stood beside the button. ERR_INPUT: that is not the list's
 * wording now.
 */
bool preferences_return(struct operation *op, const struct self_service *self,
			int64_t subscription_id, int64_t wording_id,
			struct err *err) MUST_USE;
/* NULL or "" takes the name away. */
bool preferences_name(struct operation *op, const struct self_service *self,
		      const char *name, struct err *err) MUST_USE;
bool preferences_language(struct operation *op, const struct self_service *self,
			  const char *language, struct err *err) MUST_USE;

/* The clock's: those whose day has come get updates again, and links that have run out go. */
bool preferences_tend(struct operation *op, bool *out_did, struct err *err) MUST_USE;

#endif
