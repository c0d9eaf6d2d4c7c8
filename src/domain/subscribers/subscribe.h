/*
 * subscribe - joining and leaving, each change with the evidence it rests on.
 *
 * Joining by mail: ask -> one confirmation (single use, expires, at most one a day and
 * join.confirm_most in all) -> confirm -> active and a welcome. A closed list: the
 * request waits for the staff. Asking again never changes a confirmed subscription.
 * Leaving works at once and for all; the second time changes nothing and says nothing.
 *
 * Source     UK GDPR art. 7 (proof of consent): wording and version, when, how, what on.
 */
#ifndef MERCAT_DOMAIN_SUBSCRIBE_H
#define MERCAT_DOMAIN_SUBSCRIBE_H

#include "domain/admin/list.h"
#include "mail/fields/message.h"
#include "mail/write/notification_mail.h"

/*
 * What somebody chose on a page. It takes effect when they confirm, and never changes
 * a subscription that is confirmed already. topics: bits by position in list->topics.
 */
struct topic_choice {
	int64_t topics;
	bool all_topics;
	const char *frequency; /* of frequencies; NULL: "each" */
	const char *language;  /* "gd"; NULL or one that is not offered: the usual one */
	int64_t wording_id; /* what was on the page; 0: the list's now. Kept as evidence */
};

enum subscribe_result {
	SUBSCRIBE_ASKED,     /* a confirmation is on its way */
	SUBSCRIBE_WAITS,     /* closed list: the staff decide */
	SUBSCRIBE_ALREADY,   /* is a subscriber */
	SUBSCRIBE_TOO_OFTEN, /* asked again too soon: nothing sent */
	SUBSCRIBE_BARRED     /* suppressed */
};

/* By a mail: m, kept as inbound_id. */
bool subscribe_request(struct operation *op, const struct list *list, int64_t inbound_id,
		       const struct mail_message *m, enum subscribe_result *out,
		       struct err *err) MUST_USE;

/*
 * The same from a page. Whatever *out is, the page says one and the same thing, and about
 * the same work was done: it tells nobody who is on a list. ERR_INPUT (say so on
 * the page) only for what shows in the question itself: no address, an unknown frequency or
 * wording, topics that the list does not have.
 */
bool subscribe_by_page(struct operation *op, const struct list *list, const char *address,
		       const struct topic_choice *choice, enum subscribe_result *out,
		       struct err *err) MUST_USE;

/* What a confirmation is about, for the page with the button; changes nothing. */
struct consultation_question {
	struct list list;
	const char *address; /* whole: whoever has the token has the mail */
	const char *language;
	const char *topics;    /* "neglect;hearings", NULL for all */
	const char *frequency; /* of frequencies */
	const char *wording;
	int64_t expires_at;
};

enum confirm_result {
	CONFIRM_DONE,
	CONFIRM_USED,    /* before: nothing changes */
	CONFIRM_EXPIRED, /* a new question was sent, within the limits */
	CONFIRM_UNKNOWN
};

/* out_state: CONFIRM_DONE stands for "can be confirmed"; *out is set but for UNKNOWN. */
bool subscribe_question(struct operation *op, struct arena *arena, const char *token,
			enum confirm_result *out_state, struct consultation_question *out,
			struct err *err) MUST_USE;
/*
 * What the letter with that question said: its subject as it was sent, the rest made anew of
 * what it was made of, for the text goes when a letter is sent. *out is empty for a token
 * that we never made; what cannot be made any more is NULL.
 */
bool subscribe_notification(struct operation *op, struct arena *arena, const char *token,
			    struct mail_notification_text *out, struct err *err) MUST_USE;
/* how: "mail" or "page". */
bool subscribe_confirm(struct operation *op, const char *token, const char *how,
		       int64_t inbound_id, enum confirm_result *out,
		       struct err *err) MUST_USE;

/* The answer was no: ends the request, keeps that it was refused, and writes nobody.
   CONFIRM_DONE: it was pending, and is no more. */
bool subscribe_refuse(struct operation *op, const char *token, int64_t inbound_id,
		      enum confirm_result *out, struct err *err) MUST_USE;

/* What is kept of how somebody left: by what, which mail (0: none), and why (or NULL). */
struct unsubscribe_how {
	const char *how;
	int64_t inbound_id;
	const char *reason;
};
/* out_left: false when there was nothing to leave any more. */
bool unsubscribe(struct operation *op, int64_t subscription_id,
		 const struct unsubscribe_how *by, bool *out_left,
		 struct err *err) MUST_USE;
/*
 * A mail that says so and has no token of ours: anybody may have written it. Who gets the list
 * is asked by a mail with their token, at most some times a day; a request that waits ends.
 */
enum unsubscribe_result {
	UNSUBSCRIBE_NOTHING, /* was not on the list, or had left */
	UNSUBSCRIBE_LEFT,
	UNSUBSCRIBE_ASKED,
	UNSUBSCRIBE_TOO_OFTEN /* asked today already */
};
bool unsubscribe_address(struct operation *op, const struct list *list,
			 const char *address, int64_t inbound_id,
			 enum unsubscribe_result *out, struct err *err) MUST_USE;

/*
 * The token of a leave link, for the page with the button; changes nothing. False and
 * ERR_ABSENT: it is none of ours.
 */
struct unsubscribe_page {
	int64_t subscription_id;
	struct list list;
	const char *address; /* "a...@example.org": the mail may have been passed on */
	const char *language;
	bool listed;     /* false: left before; say so, with thanks */
	bool may_return; /* left by themselves, less than a day ago */
};
bool unsubscribe_token_find(struct operation *op, struct arena *arena, const char *token,
			    struct unsubscribe_page *out, struct err *err) MUST_USE;
/* "too many", "not relevant", "role changed", "never asked", NULL: counted for the team. */
extern const char *const leaving_reasons[];
struct leaving {
	const char *reason; /* of these, or NULL: another one is none */
	const char
		*words; /* of their own, or NULL; kept as evidence, at most 200 bytes */
};
/*
 * how: "page" or "one-click". Any number of times; out_left is true the first time.
 * why may be NULL.
 */
bool unsubscribe_by_token(struct operation *op, const char *token, const char *how,
			  const struct leaving *why, bool *out_left,
			  struct err *err) MUST_USE;
/*
 * They take it back within a day: on the list as before, with the topics that they had, and a
 * welcome. out_back: false when it was too late, or there was nothing to take back.
 */
bool unsubscribe_undo(struct operation *op, const char *token, bool *out_back,
		      struct err *err) MUST_USE;

struct subscriber_new {
	const char *address, *name;
	int64_t topics;
	bool all_topics;
	const char *how;       /* "staff" or "import" */
	const char *basis;     /* why we may write to them */
	int64_t wording_id;    /* or 0 */
	int64_t given_at;      /* when they agreed, or 0 */
	bool welcome;          /* send the welcome */
	const char *frequency; /* of frequencies; NULL: each */
	int64_t import_id;     /* the import that adds them, or 0 */
};

/*
 * By the staff. ERR_CONFLICT says so when the person left, was stopped or is
 * suppressed (they join again by themselves), or is on the list already.
 */
bool subscriber_add(struct operation *op, const struct list *list,
		    const struct subscriber_new *who, struct err *err) MUST_USE;
/* What of that holds for an address now, without changing anything. */
bool subscriber_addable(struct operation *op, const struct list *list,
			const char *address, struct err *err) MUST_USE;
/*
 * Who left or bounced where they come from is kept off as if they had here: nobody may add them,
 * and they may come back by themselves. how, basis and import_id count. ERR_CONFLICT when they are
 * on the list, or off it already.
 */
enum subscriber_gone { SUBSCRIBER_LEFT, SUBSCRIBER_BOUNCES };
bool subscriber_keep_off(struct operation *op, const struct list *list,
			 const struct subscriber_new *who, enum subscriber_gone gone,
			 struct err *err) MUST_USE;
/* What the staff decide about a request. */
enum subscriber_decision { SUBSCRIBER_REFUSED, SUBSCRIBER_ACCEPTED };
/* A request to a closed list. */
bool subscriber_accept(struct operation *op, const struct list *list, const char *address,
		       enum subscriber_decision decision, struct err *err) MUST_USE;
bool subscriber_remove(struct operation *op, const struct list *list, const char *address,
		       const char *reason, struct err *err) MUST_USE;
bool subscriber_topics(struct operation *op, const struct list *list, const char *address,
		       const char *topics, struct err *err) MUST_USE;

/* The row "subscription_by_key" of an address on a list; ERR_ABSENT. */
bool subscription_find(struct operation *op, struct arena *arena, const struct list *list,
		       const char *address, struct store_row *out,
		       struct err *err) MUST_USE;

#endif
