/* outgoing private - what the files outgoing*.c share and nobody else sees. */
#ifndef MERCAT_DOMAIN_OUTGOING_PRIVATE_H
#define MERCAT_DOMAIN_OUTGOING_PRIVATE_H

#include "domain/delivery/outgoing.h"
#include "mail/write/compose.h"
#include "mail/write/dkim.h"

enum { OUTGOING_BULLETINS = 4, OUTGOING_MAIL_MOST = 20 << 20 };

struct outgoing_variant {
	uint64_t sections;
	struct arena *arena;
	struct compose_prepared *prepared;
	int64_t used; /* turn, to know which to drop */
};

/* A bulletin as it is sent: parsed and prepared once. */
struct outgoing_bulletin {
	int64_t id;
	struct arena *arena;
	struct bulletin bulletin;
	const struct compose_picture *pictures; /* encoded once for all variants */
	struct outgoing_variant *variants;
	size_t variant_count;
	int64_t used; /* turn, to know which to drop */
};

struct outgoing {
	struct operation *op;
	struct outgoing_bulletin running[OUTGOING_BULLETINS];
	struct arena *turn; /* emptied at each claim */
	int64_t turns;
	int64_t quiet_until, quiet_asked_at; /* 0: not quiet */
	const struct dkim_keys *keys;        /* or NULL */
	struct buf signature;                /* of the mail at hand */
	uint64_t told; /* hash of the sentences that stand in the store */
};

/* *out is NULL when the bulletin had to be held: nothing of it goes out. */
bool outgoing_bulletin_of(struct outgoing *outgoing, int64_t id,
			  struct outgoing_bulletin **out, struct err *err) MUST_USE;

void outgoing_drop(struct outgoing_bulletin *running);

/* A recipient as the claim reads it; texts are borrowed. */
struct outgoing_recipient {
	int64_t delivery_id, subscription_id;
	uint64_t choice; /* of topics, as bits of the source */
	bool all_topics;
	const char *address, *name;
};

void outgoing_ready(struct incoming_mail *mail, enum incoming_kind kind, int64_t id,
		    const char *sender, const char *recipient);
/* The mail in the place is whole: its signature before it, the final dot behind it. */
void outgoing_finish(struct outgoing *outgoing, struct incoming_mail *mail);
/* True when the settings name this relay; NULL is any. */
bool outgoing_relay_known(const struct outgoing *outgoing, const char *relay);
bool outgoing_fill(struct outgoing *outgoing, struct outgoing_bulletin *running,
		   const struct outgoing_recipient *who, struct incoming_mail *mail,
		   struct err *err) MUST_USE;

/* True in quiet hours: no update goes out before *out_until. */
bool outgoing_quiet(struct outgoing *outgoing, int64_t *out_until);

#endif
