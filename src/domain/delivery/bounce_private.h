/* bounce private - what the files of bounce.h share. */
#ifndef MERCAT_DOMAIN_BOUNCE_PRIVATE_H
#define MERCAT_DOMAIN_BOUNCE_PRIVATE_H

#include "domain/core/bounce_words.h"
#include "domain/core/skip.h"
#include "domain/delivery/bounce.h"

/* Whose mail came back, as a tag or the ledger proves it; subscription_id 0: nobody's. */
struct bounce_owner {
	int64_t delivery_id, probe_id, subscription_id, sent_at, active_since;
	const char *state, *address, *probe_state;
};

struct bounce_score {
	int64_t points, since;
	const char *day, *first_day;
};

/* One thing that came back, on its way to its effect. */
struct bounce_visit {
	struct operation *op;
	struct arena *arena;
	const char *source;
	int64_t inbound_id;
	bool is_notice; /* the whole mail says that nothing has failed (yet) */
	struct bounce_owner own;
	struct bounce_score score;
	bool has_points; /* score.points is to be kept in the row */
};

bool bounce_owner_read(struct bounce_visit *visit, enum sql_id question, int64_t id,
		       struct err *err) MUST_USE;
/* A tag is keyed and bound to what it is for: of an update's mail, or of a probe. */
bool bounce_owner_by_tag(struct bounce_visit *visit, const char *token,
			 struct err *err) MUST_USE;
/* Weighs it, does what follows, and keeps it. */
bool bounce_take_one(struct bounce_visit *visit, const struct mail_failed_recipient *f,
		     enum bounce_effect *effect, struct err *err) MUST_USE;
/* Off the list, with the evidence and whatever was still to be sent. */
bool bounce_take_off(struct bounce_visit *visit, const char *state, const char *how,
		     const char *basis, enum skip skip, struct err *err) MUST_USE;
bool bounce_keep(struct bounce_visit *visit, const struct mail_failed_recipient *f,
		 enum bounce_effect effect, struct err *err) MUST_USE;

/* Wipes out the points for mails sent before one that got through. */
bool bounce_forget(struct operation *op, int64_t subscription_id,
		   struct err *err) MUST_USE;
/* A row of the statement bounce_history as a sentence. */
const char *bounce_sentence(struct operation *op, struct arena *arena,
			    const struct store_row *row);

#endif
