/*
 * bulletin audience - who would get an update now, who not and why, and last time.
 *
 * "Last time" is the newest update of the list before this one that has gone out.
 *
 * Ownership  results live in the arena.
 * Errors     of the store.
 * Limits     counts are of this moment; who is written to is decided by the approval.
 *            Counting is one pass over the list's active subscriptions (5.5 million: some
 *            seconds); ask for it when a person looks, not in a loop.
 */
#ifndef MERCAT_DOMAIN_BULLETIN_AUDIENCE_H
#define MERCAT_DOMAIN_BULLETIN_AUDIENCE_H

#include "domain/bulletins/bulletin.h"

struct audience_topic {
	const char *name; /* its title */
	bool is_offered;
	int64_t chosen;  /* active subscribers who chose it themselves */
	int64_t get;     /* its sections: the same and those who take everything */
	size_t sections; /* of this update */
};

/* Why somebody of the list does not get it: a sentence to count behind. */
struct audience_reason {
	const char *state; /* paused, left, stopped ... or "topics", "digest" */
	const char *words; /* "have chosen topics that it has no section on" */
	int64_t count;
};

struct audience_tell {
	int64_t count;          /* would get it now: what an approval binds */
	int64_t all_topics;     /* of those, who take everything */
	int64_t approved_count; /* -1 when no approval is in force */
	int64_t last_number;    /* 0: the first of its list */
	int64_t last_count;     /* rows of its ledger */
	int percent;            /* count against last_count: +12, -3; 0 without a last */
	struct audience_topic *topics;
	size_t topic_count;
	struct audience_reason *reasons; /* most first */
	size_t reason_count;
};

bool bulletin_audience_tell(struct operation *op, struct arena *arena,
			    const struct bulletin *bulletin, struct audience_tell *out,
			    struct err *err) MUST_USE;

/* Compares the tally that this counts by with the subscriptions: ERR_CONFLICT. */
bool bulletin_audience_check(struct operation *op, struct err *err) MUST_USE;

#endif
