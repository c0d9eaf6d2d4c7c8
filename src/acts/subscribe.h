/*
 * acts subscribe - joining and leaving, each change with the evidence it rests on.
 *
 * Joining by mail: ask -> one confirmation (single use, expires, at most one a day and
 * join.confirm_most in all) -> confirm -> active and a welcome. A closed list: the
 * request waits for the staff. Asking again never changes a confirmed subscription.
 * Leaving works at once and for all; the second time changes nothing and says nothing.
 *
 * Source     UK GDPR art. 7 (proof of consent): wording and version, when, how, what on.
 */
#ifndef MERCAT_ACTS_SUBSCRIBE_H
#define MERCAT_ACTS_SUBSCRIBE_H

#include "acts/list.h"

enum acts_join_result {
	ACTS_JOIN_ASKED,     /* a confirmation is on its way */
	ACTS_JOIN_WAITS,     /* closed list: the staff decide */
	ACTS_JOIN_ALREADY,   /* is a subscriber */
	ACTS_JOIN_TOO_OFTEN, /* asked again too soon: nothing sent */
	ACTS_JOIN_BARRED     /* suppressed */
};

/* in_reply_to: Message-ID of the asking mail, or NULL. */
bool acts_join_ask(struct acts *acts, const struct acts_list *list, const char *address,
		   const char *name, int64_t inbound_id, const char *in_reply_to,
		   enum acts_join_result *out, struct err *err) MUST_USE;

enum acts_confirm_result {
	ACTS_CONFIRM_DONE,
	ACTS_CONFIRM_USED,    /* before: nothing changes */
	ACTS_CONFIRM_EXPIRED, /* a new question was sent, within the limits */
	ACTS_CONFIRM_UNKNOWN
};

/* how: "mail" or "page". */
bool acts_join_confirm(struct acts *acts, const char *token, const char *how,
		       int64_t inbound_id, enum acts_confirm_result *out,
		       struct err *err) MUST_USE;

/* out_left: false when there was nothing to leave any more. */
bool acts_leave(struct acts *acts, int64_t subscription_id, const char *how,
		int64_t inbound_id, const char *reason, bool *out_left,
		struct err *err) MUST_USE;
bool acts_leave_address(struct acts *acts, const struct acts_list *list,
			const char *address, int64_t inbound_id, bool *out_left,
			struct err *err) MUST_USE;

struct acts_subscriber_new {
	const char *address, *name;
	int64_t topics;
	bool all_topics;
	const char *how;    /* "staff" or "import" */
	const char *basis;  /* why we may write to them */
	int64_t wording_id; /* or 0 */
	int64_t given_at;   /* when they agreed, or 0 */
	bool welcome;       /* send the welcome */
};

/*
 * By the staff. ERR_CONFLICT says so when the person left, was stopped or is
 * suppressed (they join again by themselves), or is on the list already.
 */
bool acts_subscriber_add(struct acts *acts, const struct acts_list *list,
			 const struct acts_subscriber_new *who, struct err *err) MUST_USE;
/* A request to a closed list. */
bool acts_subscriber_accept(struct acts *acts, const struct acts_list *list,
			    const char *address, bool accept, struct err *err) MUST_USE;
bool acts_subscriber_remove(struct acts *acts, const struct acts_list *list,
			    const char *address, const char *reason,
			    struct err *err) MUST_USE;
bool acts_subscriber_topics(struct acts *acts, const struct acts_list *list,
			    const char *address, const char *topics,
			    struct err *err) MUST_USE;

/* The row "subscription_by_key" of an address on a list; ERR_ABSENT. */
bool acts_subscription_find(struct acts *acts, struct arena *arena,
			    const struct acts_list *list, const char *address,
			    struct store_row *out, struct err *err) MUST_USE;

#endif
