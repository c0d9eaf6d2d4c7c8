/*
 * mail reply - an email that nobody could sort is answered, or forwarded to a colleague.
 *
 * It stays where it is: a person files it or puts it aside all the same. A reply goes to who
 * sent it, threaded under their email, from the list or the consultation that it came to; else
 * from a consultation of those who may write for it. What it said is kept
 * (domain/queue/reply.h), and the same words go once.
 *
 * It is forwarded to colleagues who may sort what came to that place. What went cannot be
 * taken back, and undo says so. Who is bound by rights needs RIGHT_WRITE there.
 *
 * Ownership  in the arena; what is asked borrows its texts.
 * Errors     ERR_INPUT     no subject, no text, no address of ours
 *            ERR_CONFLICT  there is nobody to write to; the same went before; it is a response
 *                          by now; a right is missing
 *            ERR_ABSENT    no such mail or colleague
 * Limits     a subject 200 bytes, a text 20,000, a note 4,000
 */
#ifndef MERCAT_DOMAIN_MAIL_REPLY_H
#define MERCAT_DOMAIN_MAIL_REPLY_H

#include "domain/admin/rights.h"

/* An address of ours that it may be answered from. */
struct mail_reply_from {
	const char *title, *address, *reply_to;
	int64_t consultation_id; /* 0: of a list */
};

struct mail_reply_begun {
	const char *to; /* NULL: nobody can be written to */
	const char *subject, *text;
	struct mail_reply_from
		*from; /* the first is where it came to, where that is known */
	size_t from_count;
};
bool mail_reply_begin(struct operation *op, struct arena *arena, int64_t inbound_id,
		      struct mail_reply_begun *out, struct err *err) MUST_USE;

struct mail_reply {
	int64_t inbound_id;
	const char *from; /* one of the addresses above */
	const char *subject, *text;
};
bool mail_reply_send(struct operation *op, const struct mail_reply *reply,
		     struct err *err) MUST_USE;

/* note: what the colleague should know, or NULL. */
bool mail_forward(struct operation *op, int64_t inbound_id, const char *to,
		  const char *note, struct err *err) MUST_USE;
/* What we sent about it: the rows of "queue_notifications_of". */
bool mail_letters(struct operation *op, struct arena *arena, int64_t inbound_id,
		  struct store_table *out, struct err *err) MUST_USE;

#endif
