/*
 * outgoing - the ledger's rows as mails ready for a relay, and what became of them.
 *
 * An update is rendered once for each set of sections that subscribers get; a recipient
 * costs a few copies into that. Mails of a turn are claimed together and settled
 * together: the caller opens one transaction, settles, claims, commits, and only
 * then lets the relay have the next mails (see "Exactly what may be lost or doubled"
 * in src/README.md).
 *
 * Order      letters before any update, always, and digests the last of them; updates in
 *            the order they were begun.
 * Limits     the rate limit says which relay carries a mail, and what has to wait; what waits
 *            gets a later time in the ledger and was not tried. Digests keep to the limits of
 *            updates. In quiet hours only letters go out.
 * Content    an update whose text is not what was approved is held, before a mail of it;
 *            so is one whose list goes through a relay that the settings do not name.
 * Ownership  the outgoing borrows op and the rate limit. A place for a mail is the caller's,
 *            zeroed before its first use; its bytes are a buffer that is used again for
 *            the next mail, and the caller clears it in the end.
 * Errors     of the store and of rendering; a row that cannot be rendered is refused with
 *            the reason in its ledger row, the rest goes on.
 */
#ifndef MERCAT_DOMAIN_OUTGOING_H
#define MERCAT_DOMAIN_OUTGOING_H

#include "domain/bulletins/bulletin.h"
#include "domain/delivery/rate_limit.h"

struct outgoing;

enum incoming_kind { NOTIFICATION, DELIVERY };

struct incoming_mail {
	enum incoming_kind kind;
	int64_t id; /* of the letter or the delivery */
	char sender[260], recipient[260];
	struct rate_limit_ticket
		ticket;   /* which relay carries it; for rate_limit_done() */
	struct buf bytes; /* CRLF, dots stuffed, with the final dot */
};

enum delivery_outcome {
	SENT,
	REFUSED,  /* never again */
	DEFERRED, /* this recipient later: back-off, and giving up in the end */
	UNSURE,   /* the relay may have it: in doubt, sent again once, then held */
	UNTOUCHED /* nothing of it was sent and it is not the recipient's fault */
};

struct dkim_keys;

struct outgoing *outgoing_new(struct operation *op) MUST_USE;
void outgoing_free(struct outgoing **outgoing);
/* From here on mails are signed whose From a key fits; borrowed. */
void outgoing_sign_with(struct outgoing *outgoing, const struct dkim_keys *keys);

/* At start, before anything is claimed: rows under way that nobody is sending. */
bool outgoing_recover(struct outgoing *outgoing, int64_t *out_found,
		      struct err *err) MUST_USE;

struct outgoing_taking {
	struct rate_limit *rate_limit;
	int64_t now_ms;
	struct incoming_mail *const *places; /* most of them */
	size_t most;
	/* out */
	size_t count;
	bool more; /* there may be rows that nobody has looked at yet */
};
/*
 * Claims up to most mails into places[]; inside the caller's transaction. Rows of people
 * who left meanwhile are settled as skipped and do not count.
 */
bool outgoing_take(struct outgoing *outgoing, struct outgoing_taking *taking,
		   struct err *err) MUST_USE;
/* What became of one; texts are borrowed for the call. */
struct settled {
	enum incoming_kind kind;
	int64_t id;
	enum delivery_outcome fate;
	const char *relay;
	struct smtp_answer answer;
	int64_t retry_at; /* of UNTOUCHED */
};
bool outgoing_settle(struct outgoing *outgoing, const struct settled *settled,
		     struct err *err) MUST_USE;

/* How many mails could go out now, counted up to most. */
bool outgoing_waiting(struct outgoing *outgoing, int64_t most, int64_t *out,
		      struct err *err) MUST_USE;
/* When the next row will be due; 0: nothing waits. */
bool outgoing_next_due(struct outgoing *outgoing, int64_t *out_at,
		       struct err *err) MUST_USE;

/*
 * What holds mail back, for whoever asks in another process: written when it changed.
 */
bool outgoing_tell(struct outgoing *outgoing, const struct rate_limit *rate_limit,
		   int64_t now_ms, struct err *err) MUST_USE;
/* "held back by: ..." sentences on an update that is being sent, in local time. */
bool outgoing_on_hold(struct operation *op, struct arena *arena,
		      const struct bulletin *bulletin, const char ***out,
		      size_t *out_count, struct err *err) MUST_USE;

/* Whether a relay takes mail: noted, with when it was lost; those who see to it are told when it
 * lasts (domain/queue/needs.h). */
enum outgoing_relay {
	OUTGOING_RELAY_UNKNOWN = 0,
	OUTGOING_RELAY_FOUND,
	OUTGOING_RELAY_LOST
};
bool outgoing_note_relay(struct outgoing *outgoing, const char *name,
			 enum outgoing_relay state, struct err *err) MUST_USE;

#endif
