/* Days, their names and numbers for people; days are compared with GLib's own calendar. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"

#include <glib.h>

START_TEST(each_day_of_eight_centuries_is_what_glib_says)
{
	struct calendar_day d = {1600, 1, 1};
	GDate *glib = g_date_new_dmy(1, G_DATE_JANUARY, 1600);

	for (int i = 0; i < 800 * 366; i++) {
		ck_assert_int_eq(d.year, g_date_get_year(glib));
		ck_assert_int_eq(d.month, (int)g_date_get_month(glib));
		ck_assert_int_eq(d.day, g_date_get_day(glib));
		ck_assert_int_eq(calendar_weekday(d) + 1, (int)g_date_get_weekday(glib));
		ck_assert_int_eq(calendar_days_in(d.year, d.month),
				 g_date_get_days_in_month(g_date_get_month(glib),
							  g_date_get_year(glib)));
		d = calendar_next(d);
		g_date_add_days(glib, 1);
	}
	g_date_free(glib);
}
END_TEST

static const struct {
	const char *text;
	int year, month, day; /* 0: none */
} typed[] = {
	{"2026-11-22", 2026, 11, 22},
	{"22/11/2026", 2026, 11, 22},
	{"22.11.26", 2026, 11, 22},
	{" 22-11-2026 ", 2026, 11, 22},
	{"22 November 2026", 2026, 11, 22},
	{"22nd of November 2026", 2026, 11, 22},
	{"November 22, 2026", 2026, 11, 22},
	{"Sunday, 22 nov 2026", 2026, 11, 22},
	{"3 Sept 2026", 2026, 9, 3},
	{"today", 2026, 3, 1},
	{"Yesterday", 2026, 2, 28},
	{"28 February", 2026, 2, 28},
	{"5 March", 2025, 3, 5}, /* of this year it is yet to come */
	{"1/3", 2026, 3, 1},
	{"29 February 2024", 2024, 2, 29},
	{"29 February 2026", 0, 0, 0},
	{"31/4/2026", 0, 0, 0},
	{"13/13/2026", 0, 0, 0},
	{"2026-22-11", 0, 0, 0},
	{"1/2/3", 0, 0, 0},
	{"1/2/202", 0, 0, 0},
	{"1 2 3 4", 0, 0, 0},
	{"22", 0, 0, 0},
	{"tomorrow", 0, 0, 0},
	{"today or so", 0, 0, 0},
	{"2026", 0, 0, 0},
	{"22 Nobember 2026", 0, 0, 0},
	{"99999999999/1/2026", 0, 0, 0},
	{"", 0, 0, 0},
	{NULL, 0, 0, 0},
};

START_TEST(a_day_is_read_as_people_write_it)
{
	const struct calendar_day today = {2026, 3, 1};
	struct calendar_day got = {0};
	bool is = calendar_typed(typed[_i].text, today, &got);

	ck_assert_msg(is == (typed[_i].year > 0), "%s", typed[_i].text);
	ck_assert_msg(!is || (got.year == typed[_i].year &&
			      got.month == typed[_i].month && got.day == typed[_i].day),
		      "%s: %d-%d-%d", typed[_i].text, got.year, got.month, got.day);
}
END_TEST

START_TEST(months_go_both_ways)
{
	const struct calendar_day from = {2024, 12, 31};

	for (int by = -40; by <= 40; by++) {
		struct calendar_day to = calendar_month_by(from, by);

		ck_assert_int_eq(to.day, 1);
		ck_assert_int_eq(to.year * 12 + to.month, 2024 * 12 + 12 + by);
		ck_assert(to.month >= 1 && to.month <= 12);
	}
}
END_TEST

static const struct {
	const char *at, *zone;
	const char *text, *names, *brief, *this_year, *month, *time;
} days[] = {
	/* the longest and the shortest */
	{"2026-09-23T11:00:00Z", "Europe/London", "2026-09-23",
	 "Wednesday 23 September 2026", "23 Sep 2026", "23 Sep", "September 2026",
	 "Wednesday 23 September 2026, 12:00 BST"},
	{"2026-05-01T11:00:00Z", "Europe/London", "2026-05-01", "Friday 1 May 2026",
	 "1 May 2026", "1 May", "May 2026", "Friday 1 May 2026, 12:00 BST"},
	/* forward at 01:00Z on 29 March, back at 01:00Z on 25 October */
	{"2026-03-29T00:59:59Z", "Europe/London", "2026-03-29", "Sunday 29 March 2026",
	 "29 Mar 2026", "29 Mar", "March 2026", "Sunday 29 March 2026, 00:59 GMT"},
	{"2026-03-29T01:00:00Z", "Europe/London", "2026-03-29", "Sunday 29 March 2026",
	 "29 Mar 2026", "29 Mar", "March 2026", "Sunday 29 March 2026, 02:00 BST"},
	{"2026-10-25T00:30:00Z", "Europe/London", "2026-10-25", "Sunday 25 October 2026",
	 "25 Oct 2026", "25 Oct", "October 2026", "Sunday 25 October 2026, 01:30 BST"},
	{"2026-10-25T01:30:00Z", "Europe/London", "2026-10-25", "Sunday 25 October 2026",
	 "25 Oct 2026", "25 Oct", "October 2026", "Sunday 25 October 2026, 01:30 GMT"},
	{"2026-10-24T23:30:00Z", "Europe/London", "2026-10-25", "Sunday 25 October 2026",
	 "25 Oct 2026", "25 Oct", "October 2026", "Sunday 25 October 2026, 00:30 BST"},
	/* leap days, and the ends of years */
	{"2028-02-29T23:59:59Z", "Europe/London", "2028-02-29",
	 "Tuesday 29 February 2028", "29 Feb 2028", "29 Feb", "February 2028",
	 "Tuesday 29 February 2028, 23:59 GMT"},
	{"2000-02-29T12:00:00Z", "UTC", "2000-02-29", "Tuesday 29 February 2000",
	 "29 Feb 2000", "29 Feb", "February 2000", "Tuesday 29 February 2000, 12:00 UTC"},
	{"2026-12-31T23:59:59Z", "UTC", "2026-12-31", "Thursday 31 December 2026",
	 "31 Dec 2026", "31 Dec", "December 2026",
	 "Thursday 31 December 2026, 23:59 UTC"},
	{"2026-12-31T23:59:59Z", "Europe/Berlin", "2027-01-01", "Friday 1 January 2027",
	 "1 Jan 2027", "1 Jan", "January 2027", "Friday 1 January 2027, 00:59 CET"},
};

START_TEST(day_is_called_by_its_name)
{
	char got[CLOCK_TEXT];
	struct calendar_day d, back;
	struct err err = {0};
	int64_t at = 0;

	ck_assert(clock_from_rfc3339(days[_i].at, &at, &err));
	d = clock_calendar(at, days[_i].zone);
	calendar_text(d, got);
	ck_assert_str_eq(got, days[_i].text);
	ck_assert(calendar_read(got, &back));
	ck_assert_mem_eq(&back, &d, sizeof(d));
	calendar_long(d, got);
	ck_assert_str_eq(got, days[_i].names);
	calendar_short(d, got);
	ck_assert_str_eq(got, days[_i].brief);
	calendar_in_year(d, got);
	ck_assert_str_eq(got, days[_i].this_year);
	calendar_month(d, got);
	ck_assert_str_eq(got, days[_i].month);
	clock_day(at, days[_i].zone, got);
	ck_assert_str_eq(got, days[_i].text);
	clock_long_date(at, days[_i].zone, got);
	ck_assert_str_eq(got, days[_i].names);
	clock_long_time(at, days[_i].zone, got);
	ck_assert_str_eq(got, days[_i].time);
	clock_local(at, days[_i].zone, got);
	ck_assert(str_starts(got, days[_i].text));
	ck_assert(str_ends(got, strrchr(days[_i].time, ',') + 1));
}
END_TEST

static const char *const no_days[] = {
	"2026-02-29", "2026-04-31", "1900-02-29", "2026-13-01",
	"2026-00-10", "2026-01-00", "0000-01-01", "2026-1-01",
	"2026/01/01", "26-01-01",   "2026-01-1",  "",
	"today",      "+026-01-01", "2026-01- 1", NULL};

START_TEST(what_is_no_day_is_not_read)
{
	struct calendar_day d;

	ck_assert(!calendar_read(no_days[_i], &d));
}
END_TEST

static const struct {
	int64_t n;
	const char *grouped, *size, *duration;
} numbers[] = {
	{0, "0", "0 bytes", "0 seconds"},
	{1, "1", "1 byte", "1 second"},
	{61, "61", "61 bytes", "1 minute 1 second"},
	{999, "999", "999 bytes", "16 minutes 39 seconds"},
	{1000, "1,000", "1000 bytes", "16 minutes 40 seconds"},
	{1024, "1,024", "1 kB", "17 minutes 4 seconds"},
	{1025, "1,025", "2 kB", "17 minutes 5 seconds"},
	{7200, "7,200", "8 kB", "2 hours"},
	{93784, "93,784", "92 kB", "1 day 2 hours"},
	{1 << 20, "1,048,576", "1.0 MB", "12 days 3 hours"},
	{1234567890, "1,234,567,890", "1177.4 MB", "14288 days 23 hours"},
	{INT64_MAX, "9,223,372,036,854,775,807", "8796093022208.0 MB",
	 "106751991167300 days 15 hours"},
};

START_TEST(number_is_told_in_one_way)
{
	char got[NUMERAL_TEXT];

	numeral_grouped(numbers[_i].n, got);
	ck_assert_str_eq(got, numbers[_i].grouped);
	if (numbers[_i].n) {
		numeral_grouped(-numbers[_i].n, got);
		ck_assert_int_eq(got[0], '-');
		ck_assert_str_eq(got + 1, numbers[_i].grouped);
	}
	numeral_size(numbers[_i].n, got);
	ck_assert_str_eq(got, numbers[_i].size);
	numeral_duration(numbers[_i].n, got);
	ck_assert_str_eq(got, numbers[_i].duration);
}
END_TEST

START_TEST(least_number_of_all_has_room)
{
	char got[NUMERAL_TEXT];

	numeral_grouped(INT64_MIN, got);
	ck_assert_str_eq(got, "-9,223,372,036,854,775,808");
}
END_TEST

START_TEST(no_number_of_digits_is_too_many)
{
	int64_t n = 0;

	for (int i = 0; i < 18; i++) {
		n = numeral_with(n, 9);
		ck_assert_int_eq(n % 10, 9);
	}
	ck_assert_int_eq(n, INT64_C(999999999999999999));
	for (int i = 0; i < 100; i++)
		n = numeral_with(n, 9);
	ck_assert_int_eq(n, INT64_MAX);
	ck_assert_int_eq(numeral_with(INT64_MAX / 10, 7), INT64_MAX);
	ck_assert_int_eq(numeral_with(INT64_MAX / 10, 6), INT64_MAX - 1);
	ck_assert_int_eq(numeral_with(INT64_MAX / 10, 8), INT64_MAX);
}
END_TEST

START_TEST(one_is_one_and_all_else_is_many)
{
	static const int64_t many[] = {0, 2, 11, 21, 101, -1};

	ck_assert_str_eq(plural(1, "day", "days"), "day");
	for (size_t i = 0; i < ARRAY_LEN(many); i++)
		ck_assert_str_eq(plural(many[i], "day", "days"), "days");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("calendar");
	TCase *tc = tcase_create("calendar");

	suite_add_tcase(suite, tc);
	tcase_add_loop_test(tc, a_day_is_read_as_people_write_it, 0, ARRAY_LEN(typed));
	tcase_add_test(tc, each_day_of_eight_centuries_is_what_glib_says);
	tcase_add_test(tc, months_go_both_ways);
	UNIT_TABLE(tc, day_is_called_by_its_name, days);
	UNIT_TABLE(tc, what_is_no_day_is_not_read, no_days);
	UNIT_TABLE(tc, number_is_told_in_one_way, numbers);
	tcase_add_test(tc, least_number_of_all_has_room);
	tcase_add_test(tc, no_number_of_digits_is_too_many);
	tcase_add_test(tc, one_is_one_and_all_else_is_many);
	return unit_main_together(suite);
}
