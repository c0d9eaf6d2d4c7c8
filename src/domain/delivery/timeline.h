/*
 * timeline - one person's history, and why they did or did not get an update.
 *
 * The timeline is what the store knows of an address, as sentences, oldest first:
 * asked, confirmed, topics, each update got or not and why, bounces, probes, stopped,
 * left, letters. delivery_reason_find() answers one question in one sentence.
 *
 * Ownership  results live in the arena.
 * Errors     ERR_INPUT   no address
 *            ERR_ABSENT  on no list and never was (timeline); no such update (why)
 * Limits     what was true then is read from the evidence; which topics somebody had
 *            at the time is only known as far as the evidence says when they changed.
 *            1000 events.
 */
#ifndef MERCAT_DOMAIN_TIMELINE_H
#define MERCAT_DOMAIN_TIMELINE_H

#include "domain/core/domain.h"

struct audit_event {
	int64_t at;
	const char *list; /* its name; "" for what is of no list */
	/* "subscribed" "changed" "bulletin" "bounce" "probe" "unsubscribed" "notification" */
	const char *kind;
	const char *words; /* a sentence */
	int64_t number;    /* of a bulletin, else 0 */
};

bool timeline_load(struct operation *op, struct arena *arena, const char *address,
		   struct audit_event **out, size_t *out_count, struct err *err) MUST_USE;

enum delivery_reason {
	DELIVERY_REASON_SENT,    /* got it, as far as we know */
	DELIVERY_REASON_COMING,  /* waits, or is under way */
	DELIVERY_REASON_DOUBT,   /* may or may not have it */
	DELIVERY_REASON_REFUSED, /* the words of the server */
	DELIVERY_REASON_SKIPPED, /* was to get it; left or changed topics before its turn */
	DELIVERY_REASON_NEVER,   /* never on the list, or never confirmed */
	DELIVERY_REASON_LATER,   /* became a subscriber after the approval */
	DELIVERY_REASON_NOT_ACTIVE, /* had left, was paused, stopped, suppressed by then */
	DELIVERY_REASON_TOPICS,     /* had chosen topics that it has no section on */
	DELIVERY_REASON_DIGEST,     /* gets a digest in place of each update */
	DELIVERY_REASON_NOT_OUT, /* the update has not gone out (yet), or was cancelled */
	DELIVERY_REASON_CANCELLED, /* it was cancelled before their turn */
	DELIVERY_REASON_UNKNOWN    /* nothing on record explains it */
};

/* Whether somebody got a bulletin. */
struct delivery_asked {
	const char *address, *list;
	int64_t number;
};

struct delivery_told {
	enum delivery_reason why;
	const char *words;   /* "No: anna@... left by mail on ..." */
	const char *because; /* the same without the "No: " */
};
bool delivery_reason_find(struct operation *op, struct arena *arena,
			  const struct delivery_asked *asked, struct delivery_told *out,
			  struct err *err) MUST_USE;
/* "sent", "topics", ...: for JSON and class names. */
const char *delivery_reason_name(enum delivery_reason why);

#endif
