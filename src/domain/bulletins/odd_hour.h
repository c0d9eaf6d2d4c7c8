/*
 * odd hour - what is odd about a moment at which a bulletin would go out.
 *
 * A team schedules in working hours; a slip of the finger chooses three in the morning or
 * Christmas. Nothing is forbidden: it is said before it is done.
 *
 * Source     Bank holidays of Scotland: Banking and Financial Dealings Act 1971, schedule 1,
 *            and St Andrew's Day Bank Holiday (Scotland) Act 2007, with the substitute days
 *            that follow those on a weekend. Days proclaimed for one year (a coronation) are
 *            not known.
 * Ownership  sentences live in the arena.
 */
#ifndef MERCAT_DOMAIN_ODD_HOUR_H
#define MERCAT_DOMAIN_ODD_HOUR_H

#include "base/arena.h"
#include "base/calendar.h"

enum { ODD_HOUR_MOST = 3 };

/* "Christmas Day", "the holiday for Boxing Day"; NULL: no holiday. */
const char *odd_hour_holiday(struct calendar_day day) MUST_USE;
/* Whole sentences: it is night then, a weekend, a bank holiday. How many. at: unix seconds. */
size_t odd_hour_tell(struct arena *arena, int64_t at, const char *zone,
		     const char *out[ODD_HOUR_MOST]) MUST_USE;

#endif
