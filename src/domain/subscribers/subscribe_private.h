/* subscribe private - what the files of subscribing share. */
#ifndef MERCAT_DOMAIN_SUBSCRIBE_PRIVATE_H
#define MERCAT_DOMAIN_SUBSCRIBE_PRIVATE_H

#include "domain/admin/notification.h"
#include "domain/subscribers/subscribe.h"
#include "domain/subscribers/subscription.h"

struct subscribe_ask {
	const char *how; /* "mail" or "page" */
	int64_t inbound_id;
	const char *in_reply_to;
	const struct topic_choice *choice; /* NULL: none was made */
	const struct topic_choice *kept; /* then: what they had when they left, or NULL */
	bool in_vain;                    /* all of it is undone: no limit holds it back */
};

/* Inside the caller's transaction. */
bool subscribe_ask(struct operation *op, const struct list *list, const char *address,
		   const char *name, const struct subscribe_ask *ask,
		   enum subscribe_result *out, struct err *err) MUST_USE;
struct confirmation_words {
	const char *address, *token, *wording;
};
/* The question to them, as of op->now. */
struct notification subscribe_confirmation(struct operation *op, struct arena *arena,
					   const struct list *list,
					   const struct subscribe_ask *ask,
					   const struct confirmation_words *words);
/* Of a row of confirmation; NULL when nothing was chosen. */
const struct topic_choice *subscribe_choice(struct arena *arena,
					    const struct store_row *row);

/*
 * Somebody who was on the list and shows that the mailbox is theirs is on it again, with what
 * they had chosen. wording_id: what they agreed to, or 0. ERR_CONFLICT for who may not be
 * written to.
 */
bool subscribe_again(struct operation *op, const struct list *list,
		     const struct subscription *m, int64_t wording_id, const char *basis,
		     struct err *err) MUST_USE;
/* What is set already for who comes back by mail: that stays. */
bool subscribe_kept(struct operation *op, struct arena *arena, int64_t subscription_id,
		    const struct topic_choice **out, struct err *err) MUST_USE;

#endif
