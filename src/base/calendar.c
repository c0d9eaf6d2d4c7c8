#include "base/calendar.h"
#include "base/err.h"
#include "base/str.h"

enum { SUNDAY_FIRST = 6 };

#define PLAIN(name) name
const char *const calendar_weekdays[] = {CALENDAR_WEEKDAYS(PLAIN)};
const char *const calendar_months[] = {CALENDAR_MONTHS(PLAIN)};

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int calendar_days_in(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	ASSERT(month >= 1 && month <= CALENDAR_YEAR);
	return days[month - 1] + (month == 2 && is_leap(year));
}

/* By Sakamoto's way, which counts from Sunday. */
int calendar_weekday(struct calendar_day d)
{
	static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
	int year = d.month < 3 ? d.year - 1 : d.year;

	ASSERT(d.month >= 1 && d.month <= CALENDAR_YEAR);
	return (year + year / 4 - year / 100 + year / 400 + shift[d.month - 1] + d.day +
		SUNDAY_FIRST) %
	       CALENDAR_WEEK;
}

int64_t calendar_number(struct calendar_day d)
{
	int64_t before = d.year - 1;
	int64_t days = before * 365 + before / 4 - before / 100 + before / 400;

	for (int month = 1; month < d.month; month++)
		days += calendar_days_in(d.year, month);
	return days + d.day - 1;
}

struct calendar_day calendar_month_by(struct calendar_day d, int months)
{
	int all = d.year * CALENDAR_YEAR + d.month - 1 + months;

	return (struct calendar_day){all / CALENDAR_YEAR, all % CALENDAR_YEAR + 1, 1};
}

struct calendar_day calendar_next(struct calendar_day d)
{
	if (d.day >= calendar_days_in(d.year, d.month))
		return calendar_month_by(d, 1);
	d.day++;
	return d;
}

bool calendar_read(const char *text, struct calendar_day *out)
{
	static const char shape[] = "0000-00-00";
	int n[3] = {0};

	for (size_t i = 0, part = 0; shape[i]; i++) {
		if (!text || (shape[i] == '-' ? text[i] != '-' : !str_is_digit(text[i])))
			return false;
		if (shape[i] == '-')
			part++;
		else
			n[part] = n[part] * 10 + text[i] - '0';
	}
	if (n[0] < 1 || n[1] < 1 || n[1] > CALENDAR_YEAR || n[2] < 1 ||
	    n[2] > calendar_days_in(n[0], n[1]))
		return false;
	*out = (struct calendar_day){n[0], n[1], n[2]};
	return true;
}

static const char *month_of(struct calendar_day d)
{
	ASSERT(d.month >= 1 && d.month <= CALENDAR_YEAR);
	return calendar_months[d.month - 1];
}

void calendar_text(struct calendar_day d, char out[CALENDAR_TEXT])
{
	(void)snprintf(out, CALENDAR_TEXT, "%04d-%02d-%02d", d.year, d.month, d.day);
}

void calendar_long(struct calendar_day d, char out[CALENDAR_TEXT])
{
	(void)snprintf(out, CALENDAR_TEXT, "%s %d %s %d",
		       calendar_weekdays[calendar_weekday(d)], d.day, month_of(d),
		       d.year);
}

void calendar_short(struct calendar_day d, char out[CALENDAR_TEXT])
{
	(void)snprintf(out, CALENDAR_TEXT, "%d %.3s %d", d.day, month_of(d), d.year);
}

void calendar_in_year(struct calendar_day d, char out[CALENDAR_TEXT])
{
	(void)snprintf(out, CALENDAR_TEXT, "%d %.3s", d.day, month_of(d));
}

void calendar_month(struct calendar_day d, char out[CALENDAR_TEXT])
{
	(void)snprintf(out, CALENDAR_TEXT, "%s %d", month_of(d), d.year);
}
