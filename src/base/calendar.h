/*
 * calendar - the names of days and months, and what the calendar says of them.
 *
 * The one place that knows them: whatever shows, reads or counts days asks here, and
 * base/clock.h turns a time into a day of a zone.
 *
 * Units      months 1 to 12, weekdays from Monday, 0, to Sunday, 6; years from 1 on.
 * Errors     calendar_read() is false for what is no day.
 * Source     the Gregorian calendar, also for days before it; ISO 8601.
 */
#ifndef MERCAT_BASE_CALENDAR_H
#define MERCAT_BASE_CALENDAR_H

#include "base/attr.h"

#include <stdint.h>

enum {
	MINUTE_S = 60,
	HOUR_S = 60 * MINUTE_S,
	DAY_S = 24 * HOUR_S,
	CALENDAR_WEEK = 7,
	CALENDAR_YEAR = 12,
	CALENDAR_TEXT = 64 /* room for every text made here */
};

/* In English, as they stand in a date; their first three letters are their short names. N_:
 * what is put around each (tools/translations finds words of letters and pages by N_()). */
#define CALENDAR_WEEKDAYS(N_)                                                       \
	N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), \
		N_("Saturday"), N_("Sunday")
#define CALENDAR_MONTHS(N_)                                                             \
	N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), \
		N_("July"), N_("August"), N_("September"), N_("October"),               \
		N_("November"), N_("December")
extern const char *const calendar_weekdays[CALENDAR_WEEK];
extern const char *const calendar_months[CALENDAR_YEAR];

struct calendar_day {
	int year, month, day;
};

int calendar_days_in(int year, int month) MUST_USE;
int calendar_weekday(struct calendar_day day) MUST_USE;
/* Days since the first of year 1: for the days between two. */
int64_t calendar_number(struct calendar_day day) MUST_USE;
struct calendar_day calendar_next(struct calendar_day day) MUST_USE;
/* The same month so many months later, or earlier; its first day. */
struct calendar_day calendar_month_by(struct calendar_day day, int months) MUST_USE;

/* What a text begins with: "2026-11-22". */
bool calendar_read(const char *text, struct calendar_day *out) MUST_USE;
/* As people write one, the day before the month: "2026-11-22", "22/11/2026", "22.11.26",
 * "22 November 2026", "Sunday, 22nd Nov", "22 Nov", "today", "yesterday". Without a year it is
 * the last such day up to today. */
bool calendar_typed(const char *text, struct calendar_day today,
		    struct calendar_day *out) MUST_USE;
void calendar_text(struct calendar_day day, char out[CALENDAR_TEXT]); /* "2026-11-02" */
void calendar_long(struct calendar_day day,
		   char out[CALENDAR_TEXT]); /* "Monday 2 November 2026" */
void calendar_short(struct calendar_day day, char out[CALENDAR_TEXT]); /* "2 Nov 2026" */
void calendar_in_year(struct calendar_day day, char out[CALENDAR_TEXT]); /* "2 Nov" */
void calendar_month(struct calendar_day day,
		    char out[CALENDAR_TEXT]); /* "November 2026" */

#endif
