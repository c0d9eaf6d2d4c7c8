#include "base/calendar.h"
#include "base/err.h"
#include "base/numeral.h"
#include "base/str.h"

#include <strings.h>

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
			n[part] = (int)numeral_with(n[part], text[i] - '0');
	}
	if (n[0] < 1 || n[1] < 1 || n[1] > CALENDAR_YEAR || n[2] < 1 ||
	    n[2] > calendar_days_in(n[0], n[1]))
		return false;
	*out = (struct calendar_day){n[0], n[1], n[2]};
	return true;
}

static bool is_day(struct calendar_day d)
{
	return d.year >= 1 && d.year <= 9999 && d.month >= 1 &&
	       d.month <= CALENDAR_YEAR && d.day >= 1 &&
	       d.day <= calendar_days_in(d.year, d.month);
}

static size_t letters(const char *at)
{
	size_t n = 0;

	while (str_lower_char(at[n]) >= 'a' && str_lower_char(at[n]) <= 'z')
		n++;
	return n;
}

/* A name, or three letters of it and more: its number, or -1. */
static int named(const char *word, size_t len, const char *const *names, int count)
{
	for (int i = 0; len >= 3 && i < count; i++)
		if (len <= strlen(names[i]) && strncasecmp(word, names[i], len) == 0)
			return i;
	return -1;
}

static bool is_word(const char *word, size_t len, const char *wanted)
{
	return len == strlen(wanted) && strncasecmp(word, wanted, len) == 0;
}

/* One day back from it. */
static struct calendar_day before(struct calendar_day d)
{
	if (d.day > 1) {
		d.day--;
		return d;
	}
	d = calendar_month_by(d, -1);
	d.day = calendar_days_in(d.year, d.month);
	return d;
}

/* The numbers and the month of a text, in their order. */
struct written {
	int numbers[3], count, month;
	size_t digits[3];
};

static bool read_number(const char **at, struct written *out)
{
	int64_t n = 0;
	size_t len = 0;

	for (; str_is_digit((*at)[len]); len++)
		n = numeral_with(n, (*at)[len] - '0');
	if (len > 4 || out->count == 3)
		return false;
	out->digits[out->count] = len;
	out->numbers[out->count++] = (int)n;
	*at += len;
	return true;
}

/* A month, a weekday, the end of "22nd", "of". */
static bool read_word(const char **at, struct written *out)
{
	static const char *const ends[] = {"st", "nd", "rd", "th", "of"};
	size_t len = letters(*at);
	int month = named(*at, len, calendar_months, CALENDAR_YEAR);
	bool known = named(*at, len, calendar_weekdays, CALENDAR_WEEK) >= 0;

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		known = known || is_word(*at, len, ends[i]);
	if (month >= 0 && !out->month)
		out->month = month + 1;
	else if (!known)
		return false;
	*at += len;
	return true;
}

static bool take_apart(const char *at, struct written *out)
{
	while (*at) {
		if (strchr(" ,./-", *at))
			at++;
		else if (!(str_is_digit(*at) ? read_number(&at, out)
					     : letters(at) && read_word(&at, out)))
			return false;
	}
	return true;
}

bool calendar_typed(const char *text, struct calendar_day today, struct calendar_day *out)
{
	struct written w = {0};
	struct calendar_day day = {.year = today.year};
	int at = 0;
	bool has_year;

	text = str_or(text, "");
	text += strspn(text, " ");
	if (is_word(text, letters(text), "today") ||
	    is_word(text, letters(text), "yesterday")) {
		*out = str_lower_char(*text) == 't' ? today : before(today);
		return !text[letters(text) + strspn(text + letters(text), " ")];
	}
	if (!take_apart(text, &w) || !w.count)
		return false;
	if (w.digits[0] == 4) { /* the year first: as computers write it */
		if (w.month || w.count != 3)
			return false;
		day = (struct calendar_day){w.numbers[0], w.numbers[1], w.numbers[2]};
		return is_day(day) && (*out = day, true);
	}
	day.day = w.numbers[at++];
	day.month = w.month ? w.month : at < w.count ? w.numbers[at++] : 0;
	has_year = at < w.count;
	if (has_year && w.digits[at] != 2 && w.digits[at] != 4)
		return false;
	if (has_year)
		day.year = w.numbers[at] + (w.digits[at] == 2 ? 2000 : 0), at++;
	if (at != w.count)
		return false;
	if (!has_year && is_day(day) && calendar_number(day) > calendar_number(today))
		day.year--;
	return is_day(day) && (*out = day, true);
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
