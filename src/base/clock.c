#include "base/clock.h"
#include "base/str.h"

#include <glib.h>
#include <pthread.h>

int64_t clock_now(void)
{
	return time(NULL);
}

int64_t clock_mono_us(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t))
		PANIC("no clock");
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_mono_ms(void)
{
	return clock_mono_us() / 1000;
}

static void utc(int64_t at, struct tm *out)
{
	time_t t = (time_t)at;

	if (!gmtime_r(&t, out))
		memset(out, 0, sizeof(*out));
}

void clock_rfc3339(int64_t at, char out[CLOCK_TEXT])
{
	struct tm tm;

	utc(at, &tm);
	(void)snprintf(out, CLOCK_TEXT, "%04d-%02d-%02dT%02d:%02d:%02dZ",
		       tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		       tm.tm_min, tm.tm_sec);
}

void clock_rfc5322(int64_t at, char out[CLOCK_TEXT])
{
	struct calendar_day day;
	struct tm tm;

	utc(at, &tm);
	day = (struct calendar_day){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
	(void)snprintf(out, CLOCK_TEXT, "%.3s, %d %.3s %04d %02d:%02d:%02d +0000",
		       calendar_weekdays[calendar_weekday(day)], day.day,
		       calendar_months[tm.tm_mon], day.year, tm.tm_hour, tm.tm_min,
		       tm.tm_sec);
}

bool clock_from_rfc3339(const char *text, int64_t *out_at, struct err *err)
{
	GTimeZone *zone = g_time_zone_new_utc();
	GDateTime *t = g_date_time_new_from_iso8601(text, zone);

	g_time_zone_unref(zone);
	if (!t)
		return err_set(
			err, ERR_INPUT,
			"\"%.40s\" is not a time; write it as 2018-01-25T09:00:00Z",
			text);
	*out_at = g_date_time_to_unix(t);
	g_date_time_unref(t);
	return true;
}

/*
 * GLib reads a zone's file anew as soon as nobody holds the zone, which takes longer than
 * all else about a reply. So the first few that are asked for are held.
 */
static GTimeZone *zone_of(const char *name)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static GTimeZone *held[8];
	GTimeZone *z = g_time_zone_new_identifier(name);
	size_t i = 0;

	(void)pthread_mutex_lock(&lock);
	while (i < ARRAY_LEN(held) && held[i] && held[i] != z)
		i++;
	if (z && i < ARRAY_LEN(held) && !held[i])
		held[i] = g_time_zone_ref(z);
	(void)pthread_mutex_unlock(&lock);
	return z;
}

bool clock_zone_known(const char *zone)
{
	GTimeZone *z = str_empty(zone) ? NULL : zone_of(zone);

	if (!z)
		return false;
	g_time_zone_unref(z);
	return true;
}

/* NULL: a time that no calendar has. */
static GDateTime *local_of(int64_t at, const char *zone)
{
	GTimeZone *z = zone_of(str_or(zone, "UTC"));
	GDateTime *t = g_date_time_new_from_unix_utc(at), *local = NULL;

	if (!z)
		z = g_time_zone_new_utc();
	if (t) {
		local = g_date_time_to_timezone(t, z);
		g_date_time_unref(t);
	}
	g_time_zone_unref(z);
	return local;
}

static struct calendar_day day_of(GDateTime *t)
{
	struct calendar_day d;

	g_date_time_get_ymd(t, &d.year, &d.month, &d.day);
	return d;
}

struct calendar_day clock_calendar(int64_t at, const char *zone)
{
	GDateTime *t = local_of(at, zone);
	struct calendar_day d = {1970, 1, 1};

	if (t) {
		d = day_of(t);
		g_date_time_unref(t);
	}
	return d;
}

typedef void date_fn(struct calendar_day day, char out[CALENDAR_TEXT]);

/* between NULL: without the time of day. */
static void tell_local(int64_t at, const char *zone, date_fn *date, const char *between,
		       char out[CLOCK_TEXT])
{
	GDateTime *t = local_of(at, zone);
	size_t len;

	if (!t) {
		str_copy(out, CLOCK_TEXT, "an unknown time");
		return;
	}
	date(day_of(t), out);
	len = strlen(out);
	if (between)
		(void)snprintf(out + len, CLOCK_TEXT - len, "%s%02d:%02d %s", between,
			       g_date_time_get_hour(t), g_date_time_get_minute(t),
			       g_date_time_get_timezone_abbreviation(t));
	g_date_time_unref(t);
}

int64_t clock_days_between(int64_t from, int64_t to, const char *zone)
{
	return calendar_number(clock_calendar(to, zone)) -
	       calendar_number(clock_calendar(from, zone));
}

void clock_long_date(int64_t at, const char *zone, char out[CLOCK_TEXT])
{
	tell_local(at, zone, calendar_long, NULL, out);
}

void clock_long_time(int64_t at, const char *zone, char out[CLOCK_TEXT])
{
	tell_local(at, zone, calendar_long, ", ", out);
}

void clock_day(int64_t at, const char *zone, char out[CLOCK_TEXT])
{
	tell_local(at, zone, calendar_text, NULL, out);
}

void clock_local(int64_t at, const char *zone, char out[CLOCK_TEXT])
{
	tell_local(at, zone, calendar_text, " ", out);
}

void clock_exact_time(int64_t at, const char *zone, char out[CLOCK_TEXT])
{
	char local[CLOCK_TEXT]; /* "2017-12-08 14:30 GMT" */

	clock_local(at, zone, local);
	(void)snprintf(out, CLOCK_TEXT, "%.5s:%02d %s", local + 11, (int)(at % 60),
		       local + 17);
}

static int64_t local_to_unix(GTimeZone *z, const int f[6], bool *exists)
{
	GDateTime *t = g_date_time_new(z, f[0], f[1], f[2], f[3], f[4], f[5]), *early;
	int64_t at;

	*exists =
		t && g_date_time_get_hour(t) == f[3] && g_date_time_get_minute(t) == f[4];
	if (!t)
		return 0;
	at = g_date_time_to_unix(t);
	/* Where the clocks go back, the same wall time an hour before means the first. */
	early = g_date_time_add_hours(t, -1);
	if (early) {
		if (g_date_time_get_hour(early) == f[3] &&
		    g_date_time_get_minute(early) == f[4])
			at -= HOUR_S;
		g_date_time_unref(early);
	}
	g_date_time_unref(t);
	return at;
}

static bool from_fields(const int f[6], const char *zone, const char *text,
			int64_t *out_at, struct err *err)
{
	GTimeZone *z = str_empty(zone) ? NULL : zone_of(zone);
	bool exists;
	int64_t at;

	if (!z)
		return err_set(
			err, ERR_INPUT,
			"\"%.60s\" is not a time zone; write one such as Europe/London",
			str_or(zone, ""));
	at = local_to_unix(z, f, &exists);
	g_time_zone_unref(z);
	if (at == 0 && !exists)
		return err_set(err, ERR_INPUT, "\"%.40s\" is no %s", text,
			       f[3] > 23 || f[4] > 59 || f[5] > 59
				       ? "time of day: they go from 00:00 to 23:59"
				       : "day of the calendar");
	if (!exists)
		return err_set(
			err, ERR_INPUT,
			"\"%.40s\" does not exist in %s: the clocks go forward over it; "
			"choose a time an hour earlier or later",
			text, zone);
	*out_at = at;
	return true;
}

bool clock_from_local(const char *text, const char *default_zone, int64_t *out_at,
		      char *out_zone, struct err *err)
{
	int f[6] = {0}, used = 0;
	char zone[CLOCK_TEXT];

	if (sscanf(text, "%4d-%2d-%2d %2d:%2d%n", &f[0], &f[1], &f[2], &f[3], &f[4],
		   &used) != 5 ||
	    used < 14 || (text[used] && text[used] != ' ') || f[0] < 1970)
		return err_set(
			err, ERR_INPUT,
			"\"%.60s\" is not a local time; write it as "
			"\"2026-11-25 09:00\" or \"2026-11-25 09:00 Europe/London\"",
			text);
	while (text[used] == ' ')
		used++;
	str_copy(zone, sizeof(zone), str_or(text + used, default_zone));
	if (!from_fields(f, zone, text, out_at, err))
		return false;
	if (out_zone)
		str_copy(out_zone, CLOCK_TEXT, zone);
	return true;
}

static bool day_fields(const char *day, int f[6], struct err *err)
{
	int used = 0;

	if (sscanf(day, "%4d-%2d-%2d%n", &f[0], &f[1], &f[2], &used) != 3 || used != 10 ||
	    day[used] || f[0] < 1970)
		return err_set(err, ERR_INPUT,
			       "\"%.60s\" is not a day; write it as 2017-12-08", day);
	return true;
}

bool clock_day_start(const char *day, const char *zone, int64_t *out_at, struct err *err)
{
	int f[6] = {0};

	return day_fields(day, f, err) && from_fields(f, zone, day, out_at, err);
}

bool clock_day_end(const char *day, const char *zone, int64_t *out_at, struct err *err)
{
	int f[6] = {0, 0, 0, 23, 59, 59};

	return day_fields(day, f, err) && from_fields(f, zone, day, out_at, err);
}
