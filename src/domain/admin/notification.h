/*
 * notification - one mail to one person: a confirmation, a welcome, an acknowledgement.
 *
 * Rendered from templates/mail, composed, and put into the ledger of letters inside
 * the transaction of the act it belongs to. "once" names what it answers; a second
 * letter with the same name is not made, whoever asks.
 *
 * There is no name beside the address in To, and no field for one: whoever writes from
 * another's address would have us bring them their words under our name. What else strangers
 * gave (the Message-ID that is answered) is mended or left out, so that nobody can keep a
 * letter from being made but by an address that is none.
 *
 * Automatic letters have a null envelope sender and say Auto-Submitted, so that no
 * machine answers them (RFC 3834). What a person writes says neither.
 */
#ifndef MERCAT_DOMAIN_NOTIFICATION_H
#define MERCAT_DOMAIN_NOTIFICATION_H

#include "domain/admin/list.h"
#include "mail/write/notification_mail.h"

struct notification {
	enum mail_notification kind;
	const char *once; /* "welcome:12" */
	const char *to_address;
	const char *from_address, *from_name;
	const char *reply_to; /* or NULL */
	const char
		*in_reply_to; /* Message-ID that it answers, without brackets, or NULL */
	const char *sender;   /* envelope sender, for a probe; NULL: the null sender */
	const char *leave_token; /* of the subscription, for List-Unsubscribe, or NULL */
	const char *contact_token; /* of a respondent: ends being contacted, or NULL */
	const char *language;      /* of the reader; NULL: the usual one */
	const struct list *list;   /* or NULL */
	int64_t consultation_id, inbound_id;
	bool by_person; /* no machine made it: it may be answered by one */
	struct mail_notification_values
		values; /* what is the same in all is filled in here */
};

/* out_new (may be NULL): false when it had been made before. */
bool notification_queue(struct operation *op, const struct notification *letter,
			bool *out_new, struct err *err) MUST_USE;
/* What it says, as it would be made now (op->now); nothing is kept. */
bool notification_says(struct operation *op, struct arena *arena,
		       const struct notification *letter,
		       struct mail_notification_text *out, struct err *err) MUST_USE;
/*
 * The same work for nothing, put into the ledger and taken back: a stranger cannot tell by the
 * time whether a letter was made. Inside a transaction.
 */
bool notification_spend(struct operation *op, const struct notification *letter,
			struct err *err) MUST_USE;
/* It failed because of what was to stand in it, or its template; nothing was changed. */
bool notification_unmade(struct err *err) MUST_USE;
/* One that rests in doubt: sent once more, or left as it is for good. */
bool notification_settle_doubt(struct operation *op, int64_t id, enum in_doubt decision,
			       struct err *err) MUST_USE;
/* Every one that rests in doubt, of a kind or (kind NULL) of any; how many in *out. ERR_INPUT:
 * there is no such kind. */
bool notification_settle_every_doubt(struct operation *op, const char *kind,
				     enum in_doubt decision, int64_t *out,
				     struct err *err) MUST_USE;
/* The newest most of them, in the arena: the rows of "notification_list". state NULL: any;
 * ERR_INPUT when there is none such. */
bool notification_list(struct operation *op, struct arena *arena, const char *state,
		       int64_t most, struct store_table *out, struct err *err) MUST_USE;
/*
 * May a stranger's address get one more letter of a kind today? Counted by the mailbox behind
 * it (mail_limit_key), and for all strangers together by the hour (sending.answers_an_hour).
 */
bool notification_allowed(struct operation *op, const char *address,
			  enum mail_notification kind, int64_t most_a_day, bool *out,
			  struct err *err) MUST_USE;

/* A letter of no list, to a person about themselves: who sends it, and who answers. */
bool notification_from_us(struct operation *op, struct arena *arena,
			  struct notification *letter, struct err *err) MUST_USE;

#endif
