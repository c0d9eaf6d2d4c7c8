/*
 * clock - what time it is, and times as text.
 *
 * Only daemon/ and cli/ ask what time it is; everything below is handed it.
 *
 * Units      *_at are unix seconds UTC; *_ms are milliseconds.
 * Errors     a text that is no time, a zone that is unknown or a local time that
 *            does not exist: ERR_INPUT with a sentence.
 * Source     RFC 3339; RFC 5322 3.3; the tz database through GLib.
 */
#ifndef MERCAT_BASE_CLOCK_H
#define MERCAT_BASE_CLOCK_H

#include "base/calendar.h"
#include "base/err.h"

enum { CLOCK_TEXT = CALENDAR_TEXT }; /* room for every text made here */

int64_t clock_now(void);
int64_t clock_mono_ms(void); /* never goes back; for intervals */
int64_t clock_mono_us(void); /* the same, finer */

void clock_rfc3339(int64_t at, char out[CLOCK_TEXT]); /* 2018-01-25T09:00:00Z */
/* Thu, 25 Jan 2018 09:00:00 +0000 */
void clock_rfc5322(int64_t at, char out[CLOCK_TEXT]);
bool clock_from_rfc3339(const char *text, int64_t *out_at, struct err *err) MUST_USE;

bool clock_zone_known(const char *zone) MUST_USE;
/* Which day it is in that zone. */
struct calendar_day clock_calendar(int64_t at, const char *zone) MUST_USE;
/* How many days later the one is than the other, in that zone: 0 of one day. */
int64_t clock_days_between(int64_t from, int64_t to, const char *zone) MUST_USE;
/* "Friday 8 December 2017", "Friday 8 December 2017, 14:30" in that zone. */
void clock_long_date(int64_t at, const char *zone, char out[CLOCK_TEXT]);
void clock_long_time(int64_t at, const char *zone, char out[CLOCK_TEXT]);
/* "14:30:05 GMT" in that zone, of the day that everybody knows it is. */
void clock_exact_time(int64_t at, const char *zone, char out[CLOCK_TEXT]);
/* "2017-12-08", "2017-12-08 14:30 GMT" in that zone. */
void clock_day(int64_t at, const char *zone, char out[CLOCK_TEXT]);
void clock_local(int64_t at, const char *zone, char out[CLOCK_TEXT]);

/*
 * "2026-11-25 09:00" or "2026-11-25 09:00 Europe/London" -> unix seconds. A zone in
 * the text wins over the default. A time that the clocks skip is refused; one that
 * comes twice means the first. out_zone (room CLOCK_TEXT, or NULL) gets the zone used.
 */
bool clock_from_local(const char *text, const char *default_zone, int64_t *out_at,
		      char *out_zone, struct err *err) MUST_USE;
/* The last second of that day ("2017-12-08") in that zone: closing is inclusive. */
bool clock_day_end(const char *day, const char *zone, int64_t *out_at,
		   struct err *err) MUST_USE;
bool clock_day_start(const char *day, const char *zone, int64_t *out_at,
		     struct err *err) MUST_USE;

#endif
