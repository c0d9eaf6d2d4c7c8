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

/*
 * What is planned and what went out between two times, for a calendar: columns at, kind
 * ("bulletin due", "bulletin sent", "bulletin on hold", "consultation opens", "consultation
 * closes"), list (or the consultation's name), number (0), title, state; by time.
 */
bool schedule_calendar(struct operation *op, struct arena *arena, int64_t from,
		       int64_t to, struct store_table *out, struct err *err) MUST_USE;

/* The first digest time after "after"; 0 for "each". */
int64_t digest_next(const struct settings *settings, const char *frequency,
		    int64_t after);

#endif
