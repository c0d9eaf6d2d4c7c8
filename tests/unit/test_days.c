/* Letters and updates on days that are unlike others: the longest and the shortest name of
 * a day, both changes of the clocks, a leap day, the last second of a year. */
#include "tests/unit/domain_house.h"

#include "domain/subscribers/subscribe.h"
#include "base/clock.h"
#include "base/str.h"
#include "mail/read/read.h"

#include <inttypes.h>

enum { WIDEST = 72, WEEK = 7 * HOUSE_DAY };

static const struct {
	const char *now;  /* UTC */
	const char *date; /* in London */
	const char *week; /* a week of seconds later, with its time */
} days[] = {
	{"2026-09-23T12:00:00Z", "Wednesday 23 September 2026",
	 "Wednesday 30 September 2026, 13:00"},
	{"2026-11-28T12:00:00Z", "Saturday 28 November 2026",
	 "Saturday 5 December 2026, 12:00"},
	{"2026-05-01T12:00:00Z", "Friday 1 May 2026", "Friday 8 May 2026, 13:00"},
	/* the clocks go forward at 01:00Z on 29 March, and back on 25 October */
	{"2026-03-29T00:59:59Z", "Sunday 29 March 2026", "Sunday 5 April 2026, 01:59"},
	{"2026-03-29T01:00:00Z", "Sunday 29 March 2026", "Sunday 5 April 2026, 02:00"},
	{"2026-03-22T01:30:00Z", "Sunday 22 March 2026", "Sunday 29 March 2026, 02:30"},
	{"2026-10-24T23:30:00Z", "Sunday 25 October 2026",
	 "Saturday 31 October 2026, 23:30"},
	{"2026-10-25T00:59:59Z", "Sunday 25 October 2026",
	 "Sunday 1 November 2026, 00:59"},
	{"2026-10-25T01:00:00Z", "Sunday 25 October 2026",
	 "Sunday 1 November 2026, 01:00"},
	{"2028-02-29T12:00:00Z", "Tuesday 29 February 2028",
	 "Tuesday 7 March 2028, 12:00"},
	{"2028-02-22T23:59:59Z", "Tuesday 22 February 2028",
	 "Tuesday 29 February 2028, 23:59"},
	{"2026-12-31T23:59:59Z", "Thursday 31 December 2026",
	 "Thursday 7 January 2027, 23:59"},
	{"2027-01-01T00:00:00Z", "Friday 1 January 2027", "Friday 8 January 2027, 00:00"},
	/* a day in London that has begun while UTC has yesterday */
	{"2026-06-30T23:00:00Z", "Wednesday 1 July 2026", "Wednesday 8 July 2026, 00:00"},
};

static struct err err;

static int64_t begin_on(size_t i)
{
	ck_assert_msg(clock_from_rfc3339(days[i].now, &house.op.now, &err), "%s",
		      err.text);
	return house.op.now;
}

static void says(const struct mail_message *m, const char *words)
{
	ck_assert_msg(unit_says(m->text, words), "%s\nlacks: %s", m->text, words);
	ck_assert_msg(unit_says(m->html, words), "the HTML lacks: %s", words);
}

/* Wherever a date moved the ends of lines to, none is too long but one long word. */
static void is_narrow(const struct mail_message *m)
{
	for (const char *at = m->text; *at; at += strspn(at, "\n")) {
		size_t len = strcspn(at, "\n");

		ck_assert_msg(len <= WIDEST || !memchr(at, ' ', len), "%zu: %.*s", len,
			      (int)len, at);
		at += len;
	}
}

/* Asked for, confirmed in the last second that it may be, welcomed. */
START_TEST(somebody_joins_on_that_day)
{
	static const char ann[] = "ann@example.net";
	struct mail_message ask, question, welcome;
	int64_t now = begin_on((size_t)_i);
	enum confirm_result result;

	house_become(NULL);
	ask = house_mail(ann, "children+join@lists.example.org", "join", "");
	ck_assert_str_eq(house_taken(house_comes(&ask)),
			 "subscribe: asked to join; a confirmation was sent");
	question = house_notification("confirm");
	says(&question,
	     arena_printf(house.arena, "On %s we were asked to send", days[_i].date));
	says(&question, house_list("children").title);
	says(&question, arena_printf(house.arena, "until %s", days[_i].week));
	is_narrow(&question);
	house.op.now = now + WEEK;
	ck_assert_msg(subscribe_confirm(&house.op,
					house_token(question.reply_to.items[0].address,
						    "+confirm-"),
					"page", 0, &result, &err),
		      "%s", err.text);
	ck_assert_int_eq(result, CONFIRM_DONE);
	ck_assert_str_eq(house_state("children", ann), "active");
	welcome = house_notification("welcome");
	is_narrow(&welcome);
}
END_TEST

START_TEST(link_has_ended_a_second_after_its_week)
{
	struct mail_message ask;
	int64_t now = begin_on((size_t)_i);
	enum confirm_result result;
	const char *token;

	house_become(NULL);
	ask = house_mail("ann@example.net", "children+join@lists.example.org", "join",
			 "");
	(void)house_comes(&ask);
	token = house_token(house_notification("confirm").reply_to.items[0].address,
			    "+confirm-");
	house.op.now = now + WEEK + 1;
	ck_assert_msg(subscribe_confirm(&house.op, token, "page", 0, &result, &err), "%s",
		      err.text);
	ck_assert_int_ne(result, CONFIRM_DONE);
	ck_assert_str_eq(house_state("children", "ann@example.net"), "pending");
}
END_TEST

/* An update has the date of the day on which it goes out. */
START_TEST(update_goes_out_on_that_day)
{
	static struct incoming_mail mails[2];
	struct outgoing *out;
	struct mail_message m;
	char rfc5322[CLOCK_TEXT];

	(void)begin_on((size_t)_i);
	(void)house_adds("children", "ann@example.net", NULL);
	house_sends("children", house_drafts("children", NULL));
	out = outgoing_new(&house.op);
	ck_assert_uint_eq(house_claims(out, mails, 2), 1);
	ck_assert(mail_read(mails[0].bytes.bytes, mails[0].bytes.len, house.arena, &m,
			    &err));
	clock_rfc5322(house.op.now, rfc5322);
	ck_assert_int_eq(m.date_at, house.op.now);
	says(&m, days[_i].date);
	is_narrow(&m);
	buf_clear(&mails[0].bytes);
	outgoing_free(&out);
}
END_TEST

/* A reply on the last day is in time, whatever hour that day ends at in UTC. */
START_TEST(reply_is_in_time_until_its_day_ends)
{
	struct mail_message reply, thanks;
	int64_t ends;
	char day[CLOCK_TEXT];

	house_consults();
	(void)begin_on((size_t)_i);
	clock_day(house.op.now, "Europe/London", day);
	ck_assert(clock_day_end(day, "Europe/London", &ends, &err));
	house_do("UPDATE consultation SET closes_at = %" PRId64, ends);
	for (int late = 0; late < 2; late++) {
		house.op.now = ends + late;
		reply = house_mail(late ? "ann@example.net" : "bob@example.net",
				   "cruelty@lists.example.org", "My words",
				   late ? "Too late.\n" : "In time.\n");
		(void)house_comes(&reply);
		thanks = house_notification("acknowledgement");
		says(&thanks,
		     arena_printf(house.arena, "%s %s", late ? "closed on" : "open until",
				  days[_i].date));
		is_narrow(&thanks);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("days");
	TCase *t = tcase_create("days");

	tcase_add_checked_fixture(t, house_open, house_close);
	UNIT_TABLE(t, somebody_joins_on_that_day, days);
	UNIT_TABLE(t, link_has_ended_a_second_after_its_week, days);
	UNIT_TABLE(t, update_goes_out_on_that_day, days);
	UNIT_TABLE(t, reply_is_in_time_until_its_day_ends, days);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
