/*
 * acts timeline - one person's history, and why they did or did not get an update.
 *
 * The timeline is what the store knows of an address, as sentences, oldest first:
 * asked, confirmed, topics, each update got or not and why, bounces, probes, stopped,
 * left, letters. acts_why() answers one question in one sentence.
 *
 * Ownership  results live in the arena.
 * Errors     ERR_INPUT   no address
 *            ERR_ABSENT  on no list and never was (timeline); no such update (why)
 * Limits     what was true then is read from the evidence; which topics somebody had
 *            at the time is only known as far as the evidence says when they changed.
 *            1000 events.
 */
#ifndef MERCAT_ACTS_TIMELINE_H
#define MERCAT_ACTS_TIMELINE_H

#include "acts/acts.h"

struct acts_event {
	int64_t at;
	const char *list; /* its name; "" for what is of no list */
	const char
		*kind; /* "joined" "changed" "update" "bounce" "probe" "left" "letter" */
	const char *words; /* a sentence */
	int64_t number;    /* of an update, else 0 */
};

bool acts_timeline(struct acts *acts, struct arena *arena, const char *address,
		   struct acts_event **out, size_t *out_count, struct err *err) MUST_USE;

enum acts_why {
	ACTS_WHY_SENT,       /* got it, as far as we know */
	ACTS_WHY_COMING,     /* waits, or is under way */
	ACTS_WHY_DOUBT,      /* may or may not have it */
	ACTS_WHY_REFUSED,    /* the words of the server */
	ACTS_WHY_SKIPPED,    /* was to get it; left or changed topics before its turn */
	ACTS_WHY_NEVER,      /* never on the list, or never confirmed */
	ACTS_WHY_LATER,      /* became a subscriber after the approval */
	ACTS_WHY_NOT_ACTIVE, /* had left, was paused, stopped, suppressed by then */
	ACTS_WHY_TOPICS,     /* had chosen topics that it has no section on */
	ACTS_WHY_DIGEST,     /* gets a digest in place of each update */
	ACTS_WHY_NOT_OUT,    /* the update has not gone out (yet), or was cancelled */
	ACTS_WHY_CANCELLED,  /* it was cancelled before their turn */
	ACTS_WHY_UNKNOWN     /* nothing on record explains it */
};

bool acts_why(struct acts *acts, struct arena *arena, const char *address,
	      const char *list, int64_t number, enum acts_why *out,
	      const char **out_words, struct err *err) MUST_USE;
/* "sent", "topics", ...: for JSON and class names. */
const char *acts_why_name(enum acts_why why);

#endif
