/* Days as spreadsheets and programs write them. */
#include "base/clock.h"
#include "base/str.h"
#include "roster/roster_private.h"

enum {
	SERIAL_LEAST = 20000, /* 1954, as a spreadsheet counts days */
	SERIAL_MOST = 80000,
	UNIX_DIGITS = 10,
	MILLI_DIGITS = 13,
	DAY_DIGITS = 8,
	SAID = 60
};

static int64_t day_at(int year, int month, int day, const char *zone)
{
	char text[CLOCK_TEXT];
	struct err bad = {0};
	int64_t at;

	if (year < 1900 || year > 2999 || month < 1 || month > CALENDAR_YEAR || day < 1 ||
	    day > calendar_days_in(year, month))
		return -1;
	(void)snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
	return clock_day_start(text, zone, &at, &bad) ? at : -1;
}

/* 46355 and 46355.4: days since 30 December 1899. */
static int64_t of_serial(int64_t days, const char *zone)
{
	enum { EPOCH_SERIAL = 25569 };
	int64_t at = (days - EPOCH_SERIAL) * DAY_S;
	struct calendar_day day = clock_calendar(at, "UTC");

	return day_at(day.year, day.month, day.day, zone);
}

static int64_t of_digits(const char *text, size_t digits, const char *zone)
{
	int64_t n = strtoll(text, NULL, 10);

	if (digits == UNIX_DIGITS)
		return n;
	if (digits == MILLI_DIGITS)
		return n / 1000;
	if (digits == DAY_DIGITS)
		return day_at((int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100),
			      zone);
	return n >= SERIAL_LEAST && n <= SERIAL_MOST ? of_serial(n, zone) : -1;
}

/* Three numbers that stand apart by one sign: "28/11/2025", "11-28-25 10:02". */
static bool three(const char *text, int n[3], size_t digits[3])
{
	const char *at = text;
	char sign = 0;

	for (int i = 0; i < 3; i++) {
		digits[i] = strspn(at, "0123456789");
		if (!digits[i] || digits[i] > 4)
			return false;
		n[i] = (int)strtol(at, NULL, 10);
		at += digits[i];
		if (i == 2)
			return !*at || str_is_space(*at) || *at == 'T' || *at == ',';
		if (!strchr("/.-", *at) || !*at || (i && *at != sign))
			return false;
		sign = *at++;
	}
	return false;
}

/* Where the words of a day end and those of a time begin. */
static void without_time(const char *text, char out[SAID])
{
	const char *colon;

	str_copy(out, SAID, text);
	colon = strchr(out, ':');
	if (!colon)
		return;
	out[colon - out] = '\0';
	for (char *end = out + strlen(out); end > out && str_is_digit(end[-1]);)
		*--end = '\0';
	(void)str_trim(out);
}

/* "Nov 28, 2025" -> "28 Nov 2025", which the calendar reads. */
static void month_ahead(const char *text, char out[SAID])
{
	size_t letters = 0;
	char *end = NULL;
	long day, year;

	str_copy(out, SAID, text);
	while (str_is_alpha(text[letters]))
		letters++;
	if (!letters || letters > 9)
		return;
	day = strtol(text + letters, &end, 10);
	if (day < 1 || day > 31)
		return;
	end += strspn(end, "stndrh, ");
	year = strtol(end, NULL, 10);
	if (year > 1900 && year < 3000)
		(void)snprintf(out, SAID, "%ld %.*s %ld", day, (int)letters, text, year);
}

static int64_t of_words(const char *text, const char *zone)
{
	char plain[SAID], turned[SAID];
	struct calendar_day day;
	size_t digits = 0;

	without_time(text, plain);
	month_ahead(plain, turned);
	for (char *c = turned; *c; c++) {
		digits += str_is_digit(*c);
		if (*c == '-')
			*c = ' ';
	}
	/* With its year, and a month that is named. */
	if (digits < 3 || !strpbrk(turned, "abcdefghijklmnopqrstuvwxyzABCDEFJMNOS") ||
	    !calendar_typed(str_trim(turned), (struct calendar_day){2000, 1, 1}, &day))
		return -1;
	return day_at(day.year, day.month, day.day, zone);
}

static int64_t of_three(const int n[3], const size_t digits[3], enum roster_days days,
			const char *zone)
{
	int year = digits[2] == 2 ? n[2] + (n[2] < 70 ? 2000 : 1900) : n[2];
	bool month_first = n[1] > CALENDAR_YEAR;

	if (digits[0] == 4)
		return day_at(n[0], n[1], n[2], zone);
	if (n[0] <= CALENDAR_YEAR && n[1] <= CALENDAR_YEAR && n[0] != n[1]) {
		if (days == ROSTER_DAYS_BOTH)
			return -1;
		month_first = days == ROSTER_MONTH_FIRST;
	}
	return month_first ? day_at(year, n[0], n[1], zone)
			   : day_at(year, n[1], n[0], zone);
}

static int64_t of_time(const char *text, const char *zone)
{
	char local[SAID] = "";
	struct err bad = {0};
	int64_t at;

	if (clock_from_rfc3339(text, &at, &bad))
		return at;
	bad = (struct err){0};
	/* "2025-11-28 10:02:33.5 UTC": to the minute, in our zone unless it says UTC. */
	if (strlen(text) < 16 || !str_is_digit(text[15]) || text[4] != '-')
		return -1;
	(void)snprintf(local, sizeof(local), "%.10s %.5s", text, text + 11);
	if (strstr(text, "UTC") || strstr(text, "+0000") || strstr(text, "+00"))
		zone = "UTC";
	return clock_from_local(local, zone, &at, NULL, &bad) ? at : -1;
}

bool roster_day(const char *text, enum roster_days days, const char *zone,
		int64_t *out_at)
{
	size_t digits = strspn(text, "0123456789"), len = strlen(text);
	size_t each[3];
	int64_t at = -1;
	int n[3];

	if (!len || len >= SAID)
		return false;
	if (digits == len || (digits == 5 && text[5] == '.'))
		at = of_digits(text, digits, zone);
	if (at < 0 && len > 10)
		at = of_time(text, zone);
	if (at < 0)
		at = three(text, n, each) ? of_three(n, each, days, zone)
					  : of_words(text, zone);
	if (at < 0)
		return false;
	*out_at = at;
	return true;
}
