/* When updates go out: quiet hours, spreading, and schedules around both clock changes. */
#include "tests/unit/domain_house.h"

#include "domain/delivery/outgoing.h"
#include "base/clock.h"
#include "base/str.h"

enum { HOUR = 3600 };

static struct err err;

/* How many go out at that moment, by a sender that has just begun. */
static size_t claimed_at(int64_t now)
{
	house.op.now = now;
	return house_delivers(NULL, HOUSE_MAILS);
}

static int64_t at(const char *rfc3339)
{
	int64_t out = 0;
	char text[CLOCK_TEXT];

	(void)snprintf(text, sizeof(text), "%.10s %.5s UTC", rfc3339, rfc3339 + 11);
	ck_assert_msg(clock_from_local(text, "UTC", &out, NULL, &err), "%s", err.text);
	return out + strtol(rfc3339 + 17, NULL, 10);
}

/* In London; the clocks go forward on 29 March 2026 at 01:00Z and back on 25 October. */
static const struct {
	const char *quiet, *now;
	const char *until; /* NULL: mail goes out */
} nights[] = {
	{"22:00-07:00", "2026-03-02T21:59:59Z", NULL},
	{"22:00-07:00", "2026-03-02T22:00:00Z", "2026-03-03T07:00:00Z"},
	{"22:00-07:00", "2026-03-03T06:59:59Z", "2026-03-03T07:00:00Z"},
	{"22:00-07:00", "2026-03-03T07:00:00Z", NULL},
	{"12:00-14:00", "2026-03-03T11:59:59Z", NULL},
	{"12:00-14:00", "2026-03-03T12:00:00Z", "2026-03-03T14:00:00Z"},
	{"12:00-14:00", "2026-03-03T14:00:00Z", NULL},
	/* A short night, and a long one. */
	{"22:00-07:00", "2026-03-28T22:00:00Z", "2026-03-29T06:00:00Z"},
	{"22:00-07:00", "2026-03-29T05:59:59Z", "2026-03-29T06:00:00Z"},
	{"22:00-07:00", "2026-03-29T06:00:00Z", NULL},
	{"22:00-07:00", "2026-03-29T20:59:59Z", NULL},
	{"22:00-07:00", "2026-03-29T21:00:00Z", "2026-03-30T06:00:00Z"},
	{"22:00-07:00", "2026-10-24T21:00:00Z", "2026-10-25T07:00:00Z"},
	{"22:00-07:00", "2026-10-25T06:59:59Z", "2026-10-25T07:00:00Z"},
	{"22:00-07:00", "2026-10-25T07:00:00Z", NULL},
	{"23:30-23:00", "2026-10-24T23:15:00Z", "2026-10-25T23:00:00Z"},
	{"23:30-23:00", "2026-10-25T23:45:00Z", "2026-10-26T23:00:00Z"},
	/* An end or a beginning that the clocks skip. */
	{"23:00-01:30", "2026-03-28T23:00:00Z", "2026-03-29T01:00:00Z"},
	{"23:00-01:30", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z"},
	{"23:00-01:30", "2026-03-29T01:00:00Z", NULL},
	{"23:00-01:30", "2026-03-29T12:00:00Z", NULL},
	{"01:30-05:00", "2026-03-29T00:59:59Z", NULL},
	{"01:30-05:00", "2026-03-29T01:00:00Z", "2026-03-29T04:00:00Z"},
	{"01:30-05:00", "2026-03-29T02:00:00Z", "2026-03-29T04:00:00Z"},
	{"01:30-05:00", "2026-03-29T04:00:00Z", NULL},
};

START_TEST(no_update_goes_out_in_quiet_hours)
{
	struct outgoing *out;
	int64_t due_at, now = at(nights[_i].now);

	(void)house_adds("children", "a@x.example", NULL);
	house_sends("children", house_drafts("children", NULL));
	house.settings->quiet = nights[_i].quiet;
	house.op.now = now;
	out = outgoing_new(&house.op);
	ck_assert(outgoing_next_due(out, &due_at, &err));
	outgoing_free(&out);
	if (nights[_i].until)
		ck_assert_msg(due_at == at(nights[_i].until),
			      "%s at %s: quiet until %lld, want %lld", nights[_i].quiet,
			      nights[_i].now, (long long)due_at,
			      (long long)at(nights[_i].until));
	ck_assert_msg(claimed_at(now) == !nights[_i].until, "%s at %s", nights[_i].quiet,
		      nights[_i].now);
	if (nights[_i].until) {
		ck_assert_uint_eq(claimed_at(at(nights[_i].until) - 1), 0);
		ck_assert_uint_eq(claimed_at(at(nights[_i].until)), 1);
	}
}
END_TEST

START_TEST(letters_go_out_in_quiet_hours)
{
	struct mail_message m =
		house_mail("a@x.example", "children+help@lists.example.org", "", "");

	house.settings->quiet = "00:00-23:59";
	(void)house_comes(&m);
	ck_assert_uint_eq(claimed_at(house.op.now), 1);
}
END_TEST

/* 400 people over 4 hours: each once, in each hour about a quarter, none after. */
START_TEST(update_is_spread_evenly_over_its_hours)
{
	int64_t begun, before = 0;

	house_do(
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i "
		"< 400) INSERT INTO person (address, address_key, created_at) "
		"SELECT 'p' || i || '@x.example', 'p' || i || '@x.example', 1 FROM n");
	house_do("INSERT INTO subscription (list_id, person_id, state, active_since, "
		 "changed_at) SELECT 1, id, 'active', 1, 1 FROM person");
	house.settings->spread_s = 4L * HOUR;
	house_sends("children", house_drafts("children", NULL));
	begun = house.op.now;
	for (int hour = 1; hour <= 4; hour++) {
		int64_t sent;

		(void)claimed_at(begun + hour * HOUR - 1);
		sent = house_int("SELECT count(*) FROM delivery WHERE state = 'sent'");
		ck_assert_msg(sent - before >= 98 && sent - before <= 102,
			      "%lld in hour %d", (long long)(sent - before), hour);
		before = sent;
	}
	ck_assert_int_eq(before, 400);
	ck_assert_uint_eq(claimed_at(begun + 9 * HOUR), 0);
	/* Also within an hour, and in the order of the rows, which the breaker counts on. */
	ck_assert_int_lt(
		house_int("SELECT max(n) FROM (SELECT count(*) AS n FROM delivery "
			  "GROUP BY due_at / 300)"),
		12);
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery a JOIN delivery b ON "
				   "b.id = a.id + 1 WHERE b.due_at < a.due_at"),
			 0);
}
END_TEST

/* Local times on the days of both changes, and the day before and after each. */
static const struct {
	const char *when, *fires;
} schedules[] = {
	{"2026-03-28 01:30", "2026-03-28T01:30:00Z"},
	{"2026-03-29 00:59", "2026-03-29T00:59:00Z"},
	{"2026-03-29 02:00", "2026-03-29T01:00:00Z"},
	{"2026-03-29 09:00", "2026-03-29T08:00:00Z"},
	{"2026-03-30 09:00", "2026-03-30T08:00:00Z"},
	{"2026-10-24 09:00", "2026-10-24T08:00:00Z"},
	{"2026-10-25 00:30", "2026-10-24T23:30:00Z"},
	{"2026-10-25 01:30", "2026-10-25T00:30:00Z"}, /* comes twice: the first */
	{"2026-10-25 02:00", "2026-10-25T02:00:00Z"},
	{"2026-10-25 09:00", "2026-10-25T09:00:00Z"},
};

static void clock_turns(int64_t now)
{
	bool did = true;

	house.op.now = now;
	while (did)
		ck_assert_msg(bulletins_start_due(&house.op, &did, &err), "%s", err.text);
	for (did = true; did;)
		ck_assert_msg(bulletins_fill(&house.op, &did, &err), "%s", err.text);
}

START_TEST(schedule_fires_once_at_its_second)
{
	int64_t n = house_drafts("children", NULL), due_at, audience,
		fires = at(schedules[_i].fires);

	(void)house_adds("children", "a@x.example", NULL);
	house_become("olga");
	ck_assert(bulletin_approve(&house.op, "children", n, &audience, &err));
	ck_assert_msg(bulletin_schedule(&house.op, "children", n, schedules[_i].when,
					&due_at, &err),
		      "%s", err.text);
	house_become(NULL);
	clock_turns(fires - 1);
	ck_assert_str_eq(house_bulletin("children", n), "scheduled");
	/* An hour of turns, as when the same local hour comes again. */
	for (int i = 0; i <= 60; i++)
		clock_turns(fires + i * 60);
	ck_assert_str_eq(house_bulletin("children", n), "sending");
	ck_assert_int_eq(house_int("SELECT started_at FROM bulletin"), fires);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM audit WHERE event = 'bulletin sending'"),
		1);
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 1);
}
END_TEST

/* Approved, and sent by olga with a minute in which it can be stopped. */
static int64_t sent_with_grace(int64_t now)
{
	int64_t n = house_drafts("children", NULL), audience;

	(void)house_adds("children", "a@x.example", NULL);
	house.settings->grace_s = 60;
	house.op.now = now;
	house_become("olga");
	ck_assert(bulletin_approve(&house.op, "children", n, &audience, &err));
	ck_assert_msg(bulletin_send(&house.op, "children", n, &err), "%s", err.text);
	return n;
}

START_TEST(what_is_sent_now_can_be_stopped_for_a_minute)
{
	int64_t now = at("2026-03-03T10:00:07Z"), n = sent_with_grace(now);
	enum bulletin_stopped stopped;
	struct bulletin b;

	ck_assert(bulletin_load(&house.op, house.arena, "children", n, &b, &err));
	ck_assert(bulletin_in_grace(&house.op, &b));
	ck_assert_int_eq(b.due_at, now + 60);
	house_become(NULL);
	clock_turns(now + 59);
	ck_assert_str_eq(house_bulletin("children", n), "scheduled");
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 0);
	house_become("jean"); /* another than who sent it */
	ck_assert_msg(bulletin_stop(&house.op, "children", n, &stopped, &err), "%s",
		      err.text);
	ck_assert_int_eq(stopped, BULLETIN_STOPPED_IN_TIME);
	ck_assert_str_eq(house_bulletin("children", n), "approved");
	house_become(NULL);
	clock_turns(now + 600);
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 0);
	house_become("olga");
	ck_assert(!bulletin_stop(&house.op, "children", n, &stopped, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

/* Sent at once by a slip, twice, days before its time. */
START_TEST(what_is_stopped_in_time_goes_when_it_was_to_go)
{
	int64_t now = at("2026-03-03T10:00:07Z"), later = at("2026-03-09T09:00:00Z"), due;
	int64_t n = house_drafts("children", NULL), audience;
	enum bulletin_stopped stopped;

	(void)house_adds("children", "a@x.example", NULL);
	house.settings->grace_s = 60;
	house.op.now = now;
	house_become("olga");
	ck_assert(bulletin_approve(&house.op, "children", n, &audience, &err));
	ck_assert_msg(bulletin_schedule(&house.op, "children", n, "2026-03-09 09:00",
					&due, &err),
		      "%s", err.text);
	ck_assert_int_eq(due, later);
	ck_assert(bulletin_send(&house.op, "children", n, &err));
	house.op.now = now + 5;
	ck_assert(bulletin_send(&house.op, "children", n, &err));
	ck_assert(bulletin_stop(&house.op, "children", n, &stopped, &err));
	ck_assert_int_eq(stopped, BULLETIN_STOPPED_FOR_LATER);
	ck_assert_str_eq(house_bulletin("children", n), "scheduled");
	ck_assert_int_eq(house_int("SELECT due_at FROM bulletin"), later);
	/* Stopped again, it has no time. */
	ck_assert(bulletin_stop(&house.op, "children", n, &stopped, &err));
	ck_assert_int_eq(stopped, BULLETIN_STOPPED_IN_TIME);
	ck_assert_str_eq(house_bulletin("children", n), "approved");
}
END_TEST

START_TEST(what_had_begun_when_it_was_stopped_is_paused)
{
	int64_t now = at("2026-03-03T10:00:00Z"), n = sent_with_grace(now);
	enum bulletin_stopped stopped;

	house_become(NULL);
	clock_turns(now + 60);
	ck_assert_str_eq(house_bulletin("children", n), "sending");
	ck_assert_int_eq(house_int("SELECT started_at FROM bulletin"), now + 60);
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 1);
	house_become("jean");
	ck_assert(bulletin_stop(&house.op, "children", n, &stopped, &err));
	ck_assert_int_eq(stopped, BULLETIN_STOPPED_PAUSED);
	ck_assert_str_eq(house_bulletin("children", n), "paused");
	/* What has begun goes on without another minute. */
	ck_assert(bulletin_resume(&house.op, "children", n, &err));
	ck_assert_str_eq(house_bulletin("children", n), "sending");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("op when");
	TCase *c = tcase_create("when");

	tcase_set_timeout(c, 60);
	tcase_add_checked_fixture(c, house_open, house_close);
	UNIT_TABLE(c, no_update_goes_out_in_quiet_hours, nights);
	tcase_add_test(c, letters_go_out_in_quiet_hours);
	tcase_add_test(c, update_is_spread_evenly_over_its_hours);
	UNIT_TABLE(c, schedule_fires_once_at_its_second, schedules);
	tcase_add_test(c, what_is_sent_now_can_be_stopped_for_a_minute);
	tcase_add_test(c, what_is_stopped_in_time_goes_when_it_was_to_go);
	tcase_add_test(c, what_had_begun_when_it_was_stopped_is_paused);
	suite_add_tcase(s, c);
	return unit_main_together(s);
}
