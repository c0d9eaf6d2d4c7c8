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

/*
 * What somebody chose on a page. It takes effect when they confirm, and never changes
 * a subscription that is confirmed already. topics: bits by position in list->topics.
 */
struct acts_choice {
	int64_t topics;
	bool all_topics;
	const char *frequency; /* of acts_frequencies; NULL: "each" */
	const char *language;  /* "gd"; NULL or one that is not offered: the usual one */
	int64_t wording_id; /* what was on the page; 0: the list's now. Kept as evidence */
};

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

/*
 * The same from a page. Whatever *out is, the page says one and the same thing, and about
 * the same work was done: it tells nobody who is on a list. ERR_INPUT (say so on
 * the page) only for what shows in the question itself: no address, an unknown frequency or
 * wording, topics that the list does not have.
 */
bool acts_join_page(struct acts *acts, const struct acts_list *list, const char *address,
		    const struct acts_choice *choice, enum acts_join_result *out,
		    struct err *err) MUST_USE;

/* What a confirmation is about, for the page with the button; changes nothing. */
struct acts_question {
	struct acts_list list;
	const char *address; /* whole: whoever has the token has the mail */
	const char *language;
	const char *topics;    /* "neglect;hearings", NULL for all */
	const char *frequency; /* of acts_frequencies */
	const char *wording;
	int64_t expires_at;
};

enum acts_confirm_result {
	ACTS_CONFIRM_DONE,
	ACTS_CONFIRM_USED,    /* before: nothing changes */
	ACTS_CONFIRM_EXPIRED, /* a new question was sent, within the limits */
	ACTS_CONFIRM_UNKNOWN
};

/* out_state: ACTS_CONFIRM_DONE stands for "can be confirmed"; *out is set but for UNKNOWN. */
bool acts_join_question(struct acts *acts, struct arena *arena, const char *token,
			enum acts_confirm_result *out_state, struct acts_question *out,
			struct err *err) MUST_USE;
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

/*
 * The token of a leave link, for the page with the button; changes nothing. False and
 * ERR_ABSENT: it is none of ours.
 */
struct acts_leave_page {
	int64_t subscription_id;
	struct acts_list list;
	const char *address; /* "a...@example.org": the mail may have been passed on */
	const char *language;
	bool listed; /* false: left before; say so, with thanks */
};
bool acts_leave_token_find(struct acts *acts, struct arena *arena, const char *token,
			   struct acts_leave_page *out, struct err *err) MUST_USE;
/*
 * how: "page" or "one-click". Any number of times; out_left is true the first time.
 * reason: what the person gave, or NULL; kept as evidence, at most 200 bytes of it.
 */
bool acts_leave_by_token(struct acts *acts, const char *token, const char *how,
			 const char *reason, bool *out_left, struct err *err) MUST_USE;

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
