/*
 * acts manage - what people do about their own subscriptions, without a password.
 *
 * A link that is sent to one's own address (base_url/manage/TOKEN) opens everything about
 * that person: topics, how often, a pause, the name, the language, another address
 * (move.h), what is held (held.h), erasing (erase.h). The link is asked for at
 * base_url/manage, which mails name; so no mail that may be passed on carries it.
 *
 *	ask -> token (128 bits, only its hash is kept, bound to the purpose and person)
 *	    -> works any number of times until it expires (manage.link_expires)
 *
 * Finding changes nothing; every change is an act of its own with its evidence.
 * What is asked for an address that nobody has gets the same answer and costs the
 * same work.
 *
 * Who acts   struct acts_self, from a token (how "page") or, for the staff on the telephone,
 *            from an address (how "staff").
 * Errors     ERR_ABSENT a subscription that is not theirs; ERR_CONFLICT not in this state;
 *            ERR_INPUT what was asked is wrong.
 */
#ifndef MERCAT_ACTS_MANAGE_H
#define MERCAT_ACTS_MANAGE_H

#include "acts/list.h"

extern const char *const acts_frequencies[]; /* "each", "weekly", "monthly", NULL */

/* language: in which the page stands; NULL: what is known of the person. ERR_INPUT: no
   address. Whether anybody has it, nobody learns. */
bool acts_manage_link_ask(struct acts *acts, const char *address, const char *language,
			  struct err *err) MUST_USE;

enum acts_token_state {
	ACTS_TOKEN_GOOD,
	ACTS_TOKEN_USED,
	ACTS_TOKEN_EXPIRED,
	ACTS_TOKEN_UNKNOWN
};

struct acts_self {
	int64_t person_id;
	const char *how; /* "page" or "staff" */
};
/* *out is set only for ACTS_TOKEN_GOOD. */
bool acts_manage_open(struct acts *acts, const char *token,
		      enum acts_token_state *out_state, struct acts_self *out,
		      struct err *err) MUST_USE;
/* For the staff; ERR_ABSENT when nobody has that address. */
bool acts_manage_of_address(struct acts *acts, const char *address, struct acts_self *out,
			    struct err *err) MUST_USE;

struct acts_managed { /* one subscription */
	int64_t id;
	struct acts_list list;
	const char *state;
	int64_t topics;
	bool all_topics;
	const char *frequency;
	int64_t paused_until;   /* 0: not paused; ACTS_FOR_EVER when no end was set */
	int64_t next_digest_at; /* 0 for "each" */
};
#define ACTS_FOR_EVER INT64_MAX

struct acts_person {
	int64_t id;
	const char *address, *name, *language; /* name may be NULL */
	struct acts_managed *subscriptions;    /* by list name */
	size_t count;
};
bool acts_manage_load(struct acts *acts, struct arena *arena,
		      const struct acts_self *self, struct acts_person *out,
		      struct err *err) MUST_USE;

bool acts_manage_topics(struct acts *acts, const struct acts_self *self,
			int64_t subscription_id, int64_t topics, bool all_topics,
			struct err *err) MUST_USE;
/* What waits to be sent to them goes the new way, too. */
bool acts_manage_frequency(struct acts *acts, const struct acts_self *self,
			   int64_t subscription_id, const char *frequency,
			   struct err *err) MUST_USE;
/*
 * until_day "2026-04-01": the first day on which updates come again, in the settings'
 * zone; NULL or "": till they resume themselves. What is published meanwhile is not sent
 * later; what waits for their digest comes with the first one after the pause.
 */
bool acts_manage_pause(struct acts *acts, const struct acts_self *self,
		       int64_t subscription_id, const char *until_day,
		       struct err *err) MUST_USE;
bool acts_manage_resume(struct acts *acts, const struct acts_self *self,
			int64_t subscription_id, struct err *err) MUST_USE;
/* out_left: false when it was left before. */
bool acts_manage_leave(struct acts *acts, const struct acts_self *self,
		       int64_t subscription_id, const char *reason, bool *out_left,
		       struct err *err) MUST_USE;
/* NULL or "" takes the name away. */
bool acts_manage_name(struct acts *acts, const struct acts_self *self, const char *name,
		      struct err *err) MUST_USE;
bool acts_manage_language(struct acts *acts, const struct acts_self *self,
			  const char *language, struct err *err) MUST_USE;

/* The clock's: those whose day has come get updates again, and links that have run out go. */
bool acts_manage_tend(struct acts *acts, bool *out_did, struct err *err) MUST_USE;

#endif
