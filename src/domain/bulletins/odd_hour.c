#include "domain/bulletins/odd_hour.h"
#include "base/clock.h"
#include "base/str.h"

enum {
	MONDAY = 0,
	FRIDAY = 4,
	SATURDAY = 5,
	SUNDAY = 6,
	JANUARY = 1,
	MAY = 5,
	AUGUST = 8,
	NOVEMBER = 11,
	DECEMBER = 12,
	CHRISTMAS = 25,
	ST_ANDREW = 30,
	LAST_WEEK_OF_MAY = 25
};

/* Two days that follow each other, with what stands for them when they are on a weekend. */
static const char *of_pair(struct calendar_day day, int first,
			   const char *const names[2][2])
{
	static const int stands_in[CALENDAR_WEEK][2] = {
		[FRIDAY] = {0, 3}, [SATURDAY] = {2, 3}, [SUNDAY] = {2, 0}};
	int weekday = calendar_weekday((struct calendar_day){day.year, day.month, first});

	for (int i = 0; i < 2; i++) {
		if (day.day == first + i)
			return names[i][0];
		if (stands_in[weekday][i] && day.day == first + stands_in[weekday][i])
			return names[i][1];
	}
	return NULL;
}

/* Two days before Easter, by the anonymous Gregorian reckoning. */
static bool is_good_friday(struct calendar_day day)
{
	int a = day.year % 19, b = day.year / 100, c = day.year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int easter = h + l - 7 * m + 22; /* of March: 32 is the first of April */
	int of_march = day.month == 3 ? day.day : day.month == 4 ? day.day + 31 : 0;

	return of_march && of_march == easter - 2;
}

const char *odd_hour_holiday(struct calendar_day day)
{
	static const char *const year_begins[2][2] = {
		{"New Year's Day", "the holiday for New Year's Day"},
		{"2 January", "the holiday for 2 January"}};
	static const char *const christmas[2][2] = {
		{"Christmas Day", "the holiday for Christmas Day"},
		{"Boxing Day", "the holiday for Boxing Day"}};
	int weekday = calendar_weekday(day);
	bool first_monday = weekday == MONDAY && day.day <= CALENDAR_WEEK;

	if (is_good_friday(day))
		return "Good Friday";
	switch (day.month) {
	case JANUARY:
		return of_pair(day, 1, year_begins);
	case MAY:
		if (first_monday)
			return "the early May holiday";
		return weekday == MONDAY && day.day >= LAST_WEEK_OF_MAY
			       ? "the spring holiday"
			       : NULL;
	case AUGUST:
		return first_monday ? "the summer holiday" : NULL;
	case NOVEMBER:
		return day.day == ST_ANDREW ? "St Andrew's Day" : NULL;
	case DECEMBER:
		/* The Monday after a St Andrew's Day on Saturday or Sunday. */
		if (weekday == MONDAY && day.day <= 2)
			return "the holiday for St Andrew's Day";
		return of_pair(day, CHRISTMAS, christmas);
	default:
		return NULL;
	}
}

size_t odd_hour_tell(struct arena *arena, int64_t at, const char *zone,
		     const char *out[ODD_HOUR_MOST])
{
	struct calendar_day day = clock_calendar(at, zone);
	const char *holiday = odd_hour_holiday(day);
	int weekday = calendar_weekday(day);
	char local[CLOCK_TEXT];
	const char *time = local + strlen("2017-12-08 ");
	size_t n = 0;

	clock_local(at, zone, local);
	if (strncmp(time, "07:00", 5) < 0 || strncmp(time, "21:00", 5) >= 0)
		out[n++] = arena_printf(arena, "It is %.5s then, at night.", time);
	if (weekday >= SATURDAY)
		out[n++] = arena_printf(arena, "That day is a %s.",
					calendar_weekdays[weekday]);
	if (holiday)
		out[n++] = arena_printf(arena,
					"That day is a bank holiday in Scotland: "
					"%s.",
					holiday);
	return n;
}
