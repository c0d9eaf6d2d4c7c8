/* Nights, weekends and the bank holidays of Scotland, as gov.uk and mygov.scot list them. */
#include "tests/unit/unit.h"

#include "domain/bulletins/odd_hour.h"
#include "base/clock.h"
#include "base/str.h"

static const struct {
	const char *day, *holiday; /* NULL: none */
} days[] = {
	{"2022-01-03", "the holiday for New Year's Day"},
	{"2022-01-04", "the holiday for 2 January"},
	{"2022-04-15", "Good Friday"},
	{"2022-04-18", NULL}, /* Easter Monday is none in Scotland */
	{"2022-12-26", "Boxing Day"},
	{"2022-12-27", "the holiday for Christmas Day"},
	{"2022-12-28", NULL},
	{"2023-01-01", "New Year's Day"},
	{"2023-01-02", "2 January"},
	{"2023-01-03", "the holiday for New Year's Day"},
	{"2023-01-04", NULL},
	{"2024-03-29", "Good Friday"},
	{"2024-11-30", "St Andrew's Day"},
	{"2024-12-02", "the holiday for St Andrew's Day"},
	{"2025-12-01", "the holiday for St Andrew's Day"},
	{"2025-12-02", NULL},
	{"2026-01-01", "New Year's Day"},
	{"2026-01-02", "2 January"},
	{"2026-01-05", NULL},
	{"2026-04-03", "Good Friday"},
	{"2026-05-04", "the early May holiday"},
	{"2026-05-11", NULL},
	{"2026-05-25", "the spring holiday"},
	{"2026-08-03", "the summer holiday"},
	{"2026-08-31", NULL}, /* that is England's */
	{"2026-11-30", "St Andrew's Day"},
	{"2026-12-07", NULL},
	{"2026-12-25", "Christmas Day"},
	{"2026-12-28", "the holiday for Boxing Day"},
	{"2026-12-29", NULL},
	{"2027-01-04", "the holiday for 2 January"},
	{"2027-03-26", "Good Friday"},
	{"2027-12-27", "the holiday for Christmas Day"},
	{"2027-12-28", "the holiday for Boxing Day"},
	{"2038-04-23", "Good Friday"},
	{"2049-04-16", "Good Friday"},
};

START_TEST(holidays_are_those_of_scotland)
{
	struct calendar_day day;
	const char *found;

	ck_assert(calendar_read(days[_i].day, &day));
	found = odd_hour_holiday(day);
	ck_assert_msg(found == days[_i].holiday || str_eq(found, days[_i].holiday),
		      "%s: %s", days[_i].day, str_or(found, "none"));
}
END_TEST

static const struct {
	const char *when;
	const char *said[ODD_HOUR_MOST];
} moments[] = {
	{"2026-12-09 09:00", {0}},
	{"2026-12-09 07:00", {0}},
	{"2026-12-09 06:59", {"It is 06:59 then"}},
	{"2026-12-09 20:59", {0}},
	{"2026-12-09 21:00", {"It is 21:00 then"}},
	{"2026-12-12 12:00", {"a Saturday"}},
	{"2026-12-25 03:00", {"It is 03:00 then", "Christmas Day"}},
	{"2027-12-26 23:30", {"It is 23:30 then", "a Sunday", "Boxing Day"}},
	/* Summer time: 06:30 in London is 05:30 of UTC, and 07:30 is no night. */
	{"2026-07-01 06:30", {"It is 06:30 then"}},
	{"2026-07-01 07:30", {0}},
};

START_TEST(what_is_odd_about_a_moment_is_said)
{
	AUTO(arena) arena = arena_new(512);
	const char *said[ODD_HOUR_MOST];
	struct err err;
	size_t n, want = 0;
	int64_t at;

	ck_assert(clock_from_local(moments[_i].when, "Europe/London", &at, NULL, &err));
	n = odd_hour_tell(arena, at, "Europe/London", said);
	while (want < ODD_HOUR_MOST && moments[_i].said[want])
		want++;
	ck_assert_uint_eq(n, want);
	for (size_t i = 0; i < n; i++)
		ck_assert_msg(strstr(said[i], moments[_i].said[i]), "%s: %s",
			      moments[_i].when, said[i]);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("odd hour");
	TCase *c = tcase_create("odd hour");

	UNIT_TABLE(c, holidays_are_those_of_scotland, days);
	UNIT_TABLE(c, what_is_odd_about_a_moment_is_said, moments);
	suite_add_tcase(s, c);
	return unit_run(srunner_create(s));
}
