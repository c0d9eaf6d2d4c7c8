/*
 * bulletin progress - how far an update is, and how it went: live and afterwards.
 *
 * Cheap however long the list is: totals and the rate come from a tally that the store
 * keeps as mails are accepted (bulletin_tally), the rest from an index of the few rows that had
 * trouble.
 * A page may ask every second.
 *
 * Ownership  results live in the arena.
 * Errors     ERR_ABSENT no such update; else of the store.
 * Limits     servers' words are grouped with numbers and addresses taken out of them;
 *            the 20 most frequent groups of each kind are told, the rest counted as "other".
 */
#ifndef MERCAT_DOMAIN_BULLETIN_PROGRESS_H
#define MERCAT_DOMAIN_BULLETIN_PROGRESS_H

#include "domain/bulletins/bulletin.h"

struct failed_deliveries {
	const char *state;  /* refused, deferred, skipped */
	const char *reason; /* "no such address", in our words */
	const char *words;  /* one server's whole reply, as an example */
	int64_t count;
};

struct delivery_progress_minute {
	int64_t at;   /* its first second */
	int64_t sent; /* mails accepted in it */
};

struct delivery_progress {
	const char *state, *hold_reason;
	bool filled;      /* every row of the ledger is written */
	int64_t audience; /* as approved; 0 without an approval */
	int64_t rows;     /* of the ledger so far */
	int64_t queued, sending, sent, doubt, deferred, refused, skipped, digest;
	int64_t doubted;                         /* rows found in doubt at least once */
	int64_t due_at, started_at, finished_at; /* 0: not */
	int64_t rate;                            /* accepted in the last 60 seconds */
	int64_t ends_at;                         /* at that rate; 0: cannot be said */
	int percent;                             /* settled rows of all that are to be */
	const char **held;                       /* what holds it back, as sentences */
	size_t held_count;
	struct failed_deliveries *failures; /* most first */
	size_t failure_count;
	struct delivery_progress_minute
		*minutes; /* the last two hours with any, oldest first */
	size_t minute_count;
};

bool bulletin_progress(struct operation *op, struct arena *arena, const char *list,
		       int64_t number, struct delivery_progress *out,
		       struct err *err) MUST_USE;

/* What there is to say when it has gone out (or while it does). */
struct leaving_count {
	const char *reason; /* "too many": of leaving_reasons (subscribe.h) */
	int64_t count;
};

struct bulletin_report_of {
	struct delivery_progress progress;
	const char *list, *title, *approved_by, *drafted_by;
	int64_t number, approved_at;
	int64_t last_sent_at;  /* the last mail accepted */
	int64_t waited_most_s; /* the longest a mail that arrived had been deferred */
	int64_t waited_rows;   /* mails that needed more than one try and arrived */
	int64_t came_back;     /* bounce mails about it afterwards, each person once */
	struct failed_deliveries *bounces; /* those by reason */
	size_t bounce_count;
	int64_t complaints; /* feedback reports, and who was taken off by one */
	int64_t left;       /* left by mail or page after getting it, before the next */
	struct leaving_count *reasons; /* of these, who said why; the most first */
	size_t reason_count;
	int64_t stopped;  /* taken off by bounces in that time */
	int64_t until_at; /* when "after it" ended: the next update; 0: still on */
};

bool bulletin_report(struct operation *op, struct arena *arena, const char *list,
		     int64_t number, struct bulletin_report_of *out,
		     struct err *err) MUST_USE;

#endif
