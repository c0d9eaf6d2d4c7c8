/*
 * schedule - a local time read as a person means it, digest times, what is planned.
 *
 * Errors     ERR_INPUT a time that has passed, that the clocks skip, or that is none;
 *            the sentence says which, and what the nearest times are.
 * Ownership  results live in the arena.
 */
#ifndef MERCAT_DOMAIN_SCHEDULE_H
#define MERCAT_DOMAIN_SCHEDULE_H

#include "domain/core/domain.h"

struct time_words {
	int64_t at;
	const char *zone;
	const char *words; /* "Wednesday 25 November 2026, 09:00 GMT (Europe/London)" */
	const char *away;  /* "2 days 3 hours" from now */
	const char *note; /* it comes twice that night, quiet hours, ...; NULL: nothing */
};

/* when: "2026-11-25 09:00", also with a T, or with a zone behind it. */
bool schedule_read(struct operation *op, struct arena *arena, const char *when,
		   struct time_words *out, struct err *err) MUST_USE;

/* What is planned, or went out: of a bulletin, or of a consultation. */
struct schedule_event {
	int64_t at;
	/* "bulletin due", "bulletin sent", "bulletin on hold", "consultation opens",
	 * "consultation closes" */
	const char *kind;
	const char *name;                 /* of the list or consultation */
	int64_t list_id, consultation_id; /* one of the two; the other is 0 */
	int64_t number;                   /* of the bulletin, or 0 */
	const char *title, *state;
};
struct schedule_events {
	struct schedule_event *items;
	size_t count;
};
/* Those between two times, by time; one statement, however many there are. */
bool schedule_calendar(struct operation *op, struct arena *arena, int64_t from,
		       int64_t to, struct schedule_events *out, struct err *err) MUST_USE;

/* That time of day, "08:00", on the day that it is at a time, by the settings' zone; where the
 * clocks skip it, an hour later. */
int64_t schedule_on_day(const struct settings *settings, const char *time,
			int64_t at) MUST_USE;

/* The first digest time after "after"; 0 for "each". */
int64_t digest_next(const struct settings *settings, const char *frequency,
		    int64_t after);

#endif
