/*
 * bulletin audience - who gets an update, who not and why, and last time.
 *
 * Once exactly this text is approved, who gets it are those of the approval, and every figure
 * is theirs: who has joined since gets the next one. Before that it is who would get it now.
 * "Last time" is the newest update of the list before this one that has gone out.
 *
 * Ownership  results live in the arena.
 * Errors     of the store.
 * Limits     who leaves, pauses or chooses differently after the approval is not written to,
 *            or is, as they say at that moment: goes_to counts them as they are now.
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
	int64_t count;          /* approved for; without an approval, now_count */
	int64_t goes_to;        /* count, less who has left or paused since */
	int64_t joined;         /* since the approval; they would get it, too */
	int64_t now_count;      /* would get it now: what an approval binds */
	int64_t all_topics;     /* of goes_to, who take everything */
	int64_t approved_count; /* -1 when no approval of this text is in force */
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
