/* The staff are told what needs them: once a day, at once, never; the test sets the clock. */
#include "tests/unit/domain_house.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/admin/account.h"
#include "domain/admin/rights.h"
#include "domain/approval/approval.h"
#include "domain/queue/needs_tell.h"
#include "domain/responses/response.h"

#include <inttypes.h>

static struct err err;

#define OK(call) ck_assert_msg((call), "%s", err.text)

static const char jean[] = "jean@team.example", olga[] = "olga@team.example";

static void set_clock(const char *at)
{
	ck_assert(clock_from_rfc3339(at, &house.op.now, &err));
}

/* As the clock does it; how many rounds did something. */
static int tell(void)
{
	bool did = true;
	int n = 0;

	house_become(NULL);
	house.op.rights = NULL;
	for (; did && n < 20; n++)
		OK(needs_tell(&house.op, &did, &err));
	ck_assert_int_lt(n, 20);
	return n - 1;
}

static int64_t told(const char *address)
{
	return house_notifications("needs", address);
}

static void chooses(const char *who, const char *how, enum account_weekends weekends)
{
	house_become(who);
	OK(account_tell(&house.op, who, how, weekends, &err));
}

/* Both have an address and all roles; jean has written, olga may approve. */
static void furnish(void)
{
	static const char *const roles[] = {"editor", "approver", "administrator"};

	house_open();
	house_become("jean");
	OK(account_email(&house.op, "jean", jean, &err));
	OK(account_email(&house.op, "olga", olga, &err));
	for (size_t i = 0; i < ARRAY_LEN(roles); i++)
		OK(rights_grant(&house.op, "olga", roles[i], NULL, NULL, &err));
	OK(rights_grant(&house.op, "jean", "editor", NULL, NULL, &err));
}

START_TEST(once_a_day_with_what_waits_and_no_more)
{
	struct mail_message m;

	(void)house_drafts("children", NULL);
	set_clock("2026-03-03T07:59:59Z");
	ck_assert_int_eq(tell(), 0);
	set_clock("2026-03-03T08:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 1);
	ck_assert_int_eq(told(jean), 1);
	m = house_notification("needs");
	ck_assert_str_eq(m.subject, "1 thing needs you");
	ck_assert(
		strstr(m.text, "Child protection updates, since 2 Mar 2026, 09:00 GMT"));
	ck_assert(strstr(m.text, "https://updates.example.org/staff/lists/children/"));
	ck_assert_str_eq(m.to.items[0].address, olga);
	ck_assert(strstr(m.text, "waits for approval"));
	/* Again, after a restart, later on that day, and with something new. */
	ck_assert_int_eq(tell(), 0);
	set_clock("2026-03-03T23:59:59Z");
	house_become("jean");
	(void)house_drafts("forum", "Rooms are open.\n");
	ck_assert_int_eq(tell(), 0);
	ck_assert_int_eq(told(NULL), 2);
	set_clock("2026-03-04T08:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 2);
	ck_assert_str_eq(house_notification("needs").subject, "2 things need you");
}
END_TEST

START_TEST(none_when_nothing_waits_and_none_later_that_day)
{
	set_clock("2026-03-03T08:00:00Z");
	ck_assert_int_gt(tell(), 0); /* decided: none */
	ck_assert_int_eq(told(NULL), 0);
	(void)house_drafts("children", NULL);
	set_clock("2026-03-03T12:00:00Z");
	ck_assert_int_eq(tell(), 0);
	ck_assert_int_eq(told(NULL), 0);
}
END_TEST

START_TEST(a_day_that_is_found_late_is_told_on_that_day_alone)
{
	(void)house_drafts("children", NULL);
	set_clock("2026-03-03T21:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 1);
	/* Two days of outage are not two emails. */
	set_clock("2026-03-06T21:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 2);
}
END_TEST

START_TEST(monday_to_friday_unless_weekends_are_wanted)
{
	(void)house_drafts("children", NULL);
	chooses("olga", "daily", ACCOUNT_WEEKENDS);
	set_clock("2026-03-07T12:00:00Z"); /* a Saturday */
	(void)tell();
	set_clock("2026-03-08T12:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 2);
	ck_assert_int_eq(told(jean), 0);
	set_clock("2026-03-09T12:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(jean), 1);
}
END_TEST

/* Clocks change on Sundays; each such day is told once, at its hour. */
static const struct {
	const char *time, *before, *at, *later, *next;
} changes[] = {
	{"08:00", "2026-03-29T06:59:59Z", "2026-03-29T07:00:00Z", "2026-03-29T22:30:00Z",
	 "2026-03-30T07:00:00Z"},
	{"08:00", "2026-10-25T07:59:59Z", "2026-10-25T08:00:00Z", "2026-10-25T23:30:00Z",
	 "2026-10-26T08:00:00Z"},
	/* Skipped: an hour later. It comes twice: the first, and not again. */
	{"01:30", "2026-03-29T01:29:59Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z",
	 "2026-03-30T00:30:00Z"},
	{"01:30", "2026-10-25T00:29:59Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z",
	 "2026-10-26T01:30:00Z"},
};

START_TEST(days_on_which_the_clocks_change)
{
	chooses("olga", "daily", ACCOUNT_WEEKENDS);
	(void)house_drafts("children", NULL);
	house.settings->tell_time = changes[_i].time;
	set_clock(changes[_i].before);
	ck_assert_int_eq(tell(), 0);
	set_clock(changes[_i].at);
	(void)tell();
	ck_assert_int_eq(told(olga), 1);
	set_clock(changes[_i].later);
	ck_assert_int_eq(tell(), 0);
	ck_assert_int_eq(told(olga), 1);
	set_clock(changes[_i].next);
	(void)tell();
	ck_assert_int_eq(told(olga), 2);
}
END_TEST

START_TEST(a_clock_that_was_wrong_doubles_nothing_and_keeps_nobody_waiting)
{
	(void)house_drafts("children", NULL);
	set_clock("2026-03-03T09:00:00Z");
	(void)tell();
	set_clock("2027-03-03T09:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 2);
	set_clock("2026-03-03T09:05:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 2);
	set_clock("2026-03-04T09:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 3);
}
END_TEST

/* Wherever it ends, all of it is undone, and the next round does it once. */
static const char *const ends_at[] = {
	"BEFORE INSERT ON notification",     "AFTER INSERT ON notification",
	"BEFORE UPDATE ON staff_news",       "BEFORE UPDATE OF told_day ON staff",
	"AFTER UPDATE OF told_day ON staff",
};

START_TEST(whatever_ends_it_the_next_round_tells_once)
{
	bool did;

	chooses("olga", "at once", ACCOUNT_WEEKDAYS);
	(void)house_drafts("children", NULL);
	house_do("INSERT INTO staff_news SELECT id, 'request', 1, 1, NULL FROM staff "
		 "WHERE name = 'olga'");
	house_do("CREATE TRIGGER ends %s BEGIN SELECT RAISE (ABORT, 'killed'); END",
		 ends_at[_i]);
	set_clock("2026-03-03T08:00:00Z");
	house_become(NULL);
	ck_assert(!needs_tell(&house.op, &did, &err));
	ck_assert_int_eq(told(olga), 0);
	house_do("DROP TRIGGER ends");
	err = (struct err){0};
	(void)tell();
	ck_assert_int_eq(told(olga), 1);
	ck_assert_int_eq(told(jean), 1);
	ck_assert_int_eq(tell(), 0);
}
END_TEST

START_TEST(nobody_without_an_own_address_or_who_has_ended_or_wants_none)
{
	(void)house_drafts("children", NULL);
	house_become("jean");
	if (_i == 0)
		OK(account_email(&house.op, "olga", NULL, &err));
	else if (_i == 1)
		OK(account_email(&house.op, "olga", "children@lists.example.org", &err));
	else if (_i == 2)
		OK(account_email(&house.op, "olga", jean, &err));
	else if (_i == 3)
		OK(account_end(&house.op, "olga", &err));
	else if (_i == 4)
		OK(account_tell(&house.op, "olga", "never", ACCOUNT_WEEKDAYS, &err));
	else
		OK(rights_revoke(&house.op, "olga", "approver", NULL, NULL, &err));
	set_clock("2026-03-03T09:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 0);
	ck_assert_int_eq(told("children@lists.example.org"), 0);
	ck_assert_int_eq(told(jean), _i == 2 ? 0 : 1);
}
END_TEST

static void olga_is_told_no_more(int how)
{
	house_become("jean");
	if (how == 0)
		OK(rights_revoke(&house.op, "olga", "approver", NULL, NULL, &err));
	else if (how == 1)
		OK(account_tell(&house.op, "olga", "never", ACCOUNT_WEEKDAYS, &err));
	else if (how == 2)
		OK(account_email(&house.op, "olga", NULL, &err));
	else if (how == 3)
		OK(account_email(&house.op, "olga", "elsewhere@example.org", &err));
	else
		OK(account_end(&house.op, "olga", &err));
}

START_TEST(what_was_written_and_has_not_gone_ends_with_the_reason_for_it)
{
	(void)house_drafts("children", NULL);
	set_clock("2026-03-03T09:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 1);
	house_do(
		"INSERT INTO notification (kind, once, sender, recipient, subject, mail, "
		"message_id, state, due_at, created_at) SELECT 'approval', once || '+', "
		"sender, recipient, subject, mail, 'asked@example.org', state, due_at, "
		"created_at FROM notification WHERE recipient = '%s'",
		olga);
	olga_is_told_no_more(_i);
	ck_assert_str_eq(
		house_text("SELECT group_concat(state || coalesce(mail, ' gone')) "
			   "FROM notification WHERE recipient = '%s'",
			   olga),
		"skipped gone,skipped gone");
	ck_assert_str_eq(
		house_text("SELECT state FROM notification WHERE recipient = '%s'", jean),
		"queued");
}
END_TEST

START_TEST(who_came_after_the_hour_waits_for_the_next)
{
	(void)house_drafts("children", NULL);
	set_clock("2026-03-03T10:00:00Z");
	house_become("jean");
	OK(account_join(&house.op,
			&(struct account_new){.name = "new",
					      .email = "new@team.example",
					      .role = "approver"},
			&err));
	(void)tell();
	ck_assert_int_eq(told("new@team.example"), 0);
	ck_assert_int_eq(told(olga), 1);
	set_clock("2026-03-04T10:00:00Z");
	(void)tell();
	ck_assert_int_eq(told("new@team.example"), 1);
}
END_TEST

/* Decided for today, so that what follows is told at once or not at all. */
static void after_today(const char *how)
{
	chooses("olga", how, ACCOUNT_WEEKDAYS);
	set_clock("2026-03-03T09:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(NULL), 0);
}

static void asks(const char *address)
{
	struct mail_message ask =
		house_mail(address, "forum+join@lists.example.org", "", "");

	house_become(NULL);
	(void)house_comes(&ask);
	ck_assert_str_eq(house_state("forum", address), "requested");
}

START_TEST(a_request_is_told_at_once_and_many_within_an_hour_together)
{
	struct mail_message m;

	after_today("at once");
	asks("ben@example.org");
	(void)tell();
	m = house_notification("needs");
	ck_assert_str_eq(m.subject, "1 thing needs you now");
	ck_assert(strstr(m.text, "One request to subscribe"));
	ck_assert(!strstr(m.text, "ben@"));
	ck_assert_int_eq(told(jean), 0);
	for (int i = 0; i < 5; i++) {
		char address[40];

		(void)snprintf(address, sizeof(address), "p%d@example.org", i);
		house.op.now += 60;
		asks(address);
		(void)tell();
	}
	ck_assert_int_eq(told(olga), 1);
	set_clock("2026-03-03T10:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 2);
	ck_assert(strstr(house_notification("needs").text, "6 requests to subscribe"));
	set_clock("2026-03-03T12:00:00Z");
	ck_assert_int_eq(tell(), 0);
}
END_TEST

START_TEST(what_was_dealt_with_or_may_not_be_seen_is_not_told)
{
	after_today("at once");
	asks("ben@example.org");
	house_become("jean");
	if (_i == 0)
		house_do("UPDATE subscription SET state = 'refused' WHERE state = "
			 "'requested'");
	else
		OK(rights_revoke(&house.op, "olga", "editor", NULL, NULL, &err));
	(void)tell();
	ck_assert_int_eq(told(olga), 0);
	ck_assert_int_eq(tell(), 0);
}
END_TEST

START_TEST(who_did_not_ask_for_it_is_not_told_at_once)
{
	after_today(_i ? "never" : "daily");
	asks("ben@example.org");
	ck_assert_int_eq(tell(), 0);
	set_clock("2026-03-04T09:00:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), _i ? 0 : 1);
}
END_TEST

START_TEST(the_daily_one_says_what_was_new_too)
{
	chooses("olga", "at once", ACCOUNT_WEEKDAYS);
	set_clock("2026-03-03T08:00:00Z");
	asks("ben@example.org");
	(void)tell();
	ck_assert_int_eq(told(olga), 1);
	ck_assert_str_eq(house_notification("needs").subject, "1 thing needs you");
}
END_TEST

static const char *response(void)
{
	struct mail_message m =
		house_mail("anna@example.org", "cruelty@lists.example.org", "My view",
			   "I agree with all of it.");

	house_become(NULL);
	(void)house_comes(&m);
	return "cruelty-0001";
}

START_TEST(what_a_colleague_assigns_is_told_what_one_takes_is_not)
{
	const char *reference;
	struct mail_message m;

	house_consults();
	reference = response();
	after_today("at once");
	house_become("olga");
	OK(response_assign(&house.op, reference, "olga", &err));
	ck_assert_int_eq(tell(), 0);
	house_become("olga");
	OK(response_assign(&house.op, reference, NULL, &err));
	house_become("jean");
	OK(response_assign(&house.op, reference, "olga", &err));
	(void)tell();
	ck_assert_int_eq(told(olga), 1);
	m = house_notification("needs");
	ck_assert(strstr(m.text, "One response is assigned to you"));
	ck_assert(strstr(m.text,
			 "/staff/consultations/cruelty?state=received&assigned=olga"));
	ck_assert(!strstr(m.text, "anna") && !strstr(m.text, "agree"));
}
END_TEST

static void loses(const char *kind, int64_t at)
{
	if (str_eq(kind, "mailbox"))
		house_do("UPDATE mailbox SET lost_at = %" PRId64, at);
	else
		house_do("INSERT INTO %s (name, lost_at) VALUES ('main', %" PRId64 ") "
			 "ON CONFLICT (name) DO UPDATE SET lost_at = excluded.lost_at",
			 kind, at);
}

START_TEST(trouble_is_told_when_it_lasts_and_once)
{
	static const char *const kinds[] = {"relay", "mailbox", "role"};
	struct settings_mailbox box = {.name = house_text("SELECT name FROM mailbox")};
	struct mail_message m;

	house.settings->mailboxes = &box;
	house.settings->mailbox_count = 1;
	after_today("at once");
	loses(kinds[_i], house.op.now);
	house.op.now += house.settings->trouble_after_s - 1;
	ck_assert_int_eq(tell(), 0);
	house.op.now += 1;
	(void)tell();
	ck_assert_int_eq(told(olga), 1);
	m = house_notification("needs");
	ck_assert(strstr(m.text, _i < 2 ? "Urgent: No email can be"
					: "Urgent: The program cannot run its part"));
	ck_assert(strstr(m.text, "Since 3 Mar 2026, 09:00 GMT"));
	/* Up and down all day is one email, and the daily one. */
	for (int i = 0; i < 5; i++) {
		house.op.now += HOUR_S;
		house_do("UPDATE %s SET lost_at = NULL, is_told = 0", kinds[_i]);
		(void)tell();
		loses(kinds[_i], house.op.now);
		house.op.now += house.settings->trouble_after_s;
		(void)tell();
	}
	ck_assert_int_eq(told(olga), 1);
	set_clock("2026-03-04T08:30:00Z");
	(void)tell();
	ck_assert_int_eq(told(olga), 2);
	house.settings->mailbox_count = 0;
}
END_TEST

START_TEST(a_bulletin_that_is_put_on_hold_is_told_at_once)
{
	after_today("at once");
	house_become("jean");
	(void)house_adds("children", "anna@example.org", "all");
	house_sends("children", house_drafts("children", NULL));
	house_do(
		"UPDATE bulletin SET state = 'on hold', hold_reason = 'too many bounces'");
	(void)tell();
	ck_assert(strstr(house_notification("needs").text, "is on hold"));
	ck_assert_int_eq(told(olga), 1);
}
END_TEST

START_TEST(a_colleague_who_asks_is_heard_at_once_unless_one_chose_never)
{
	struct approval_of what = {"children", 0, NULL};
	bool tells;

	(void)house_adds("children", "anna@example.org", "all");
	what.number = house_drafts("children", NULL);
	chooses("olga", _i == 1 ? "never" : "daily", ACCOUNT_WEEKDAYS);
	house_become("jean");
	if (_i == 2)
		OK(account_email(&house.op, "olga", "Forum@lists.example.org", &err));
	OK(approval_ask(&house.op, &what, "olga", &tells, &err));
	ck_assert_int_eq(tells, !_i);
	ck_assert_int_eq(house_notifications("approval", NULL), !_i);
}
END_TEST

START_TEST(a_choice_is_one_of_three_and_in_the_audit)
{
	house_become("jean");
	ck_assert(!account_tell(&house.op, "olga", "hourly", ACCOUNT_WEEKDAYS, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert(!account_tell(&house.op, "nobody", "daily", ACCOUNT_WEEKDAYS, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	OK(account_tell(&house.op, "olga", "at once", ACCOUNT_WEEKENDS, &err));
	ck_assert_str_eq(
		house_text("SELECT detail FROM audit WHERE event = 'telling set' "
			   "ORDER BY id DESC LIMIT 1"),
		"at once, weekends too");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("needs tell");
	TCase *tc = tcase_create("needs tell");

	tcase_add_checked_fixture(tc, furnish, house_close);
	tcase_add_test(tc, once_a_day_with_what_waits_and_no_more);
	tcase_add_test(tc, none_when_nothing_waits_and_none_later_that_day);
	tcase_add_test(tc, a_day_that_is_found_late_is_told_on_that_day_alone);
	tcase_add_test(tc, monday_to_friday_unless_weekends_are_wanted);
	tcase_add_loop_test(tc, days_on_which_the_clocks_change, 0, ARRAY_LEN(changes));
	tcase_add_test(tc,
		       a_clock_that_was_wrong_doubles_nothing_and_keeps_nobody_waiting);
	tcase_add_loop_test(tc, whatever_ends_it_the_next_round_tells_once, 0,
			    ARRAY_LEN(ends_at));
	tcase_add_loop_test(
		tc, nobody_without_an_own_address_or_who_has_ended_or_wants_none, 0, 6);
	tcase_add_loop_test(
		tc, what_was_written_and_has_not_gone_ends_with_the_reason_for_it, 0, 5);
	tcase_add_test(tc, who_came_after_the_hour_waits_for_the_next);
	tcase_add_test(tc, a_request_is_told_at_once_and_many_within_an_hour_together);
	tcase_add_loop_test(tc, what_was_dealt_with_or_may_not_be_seen_is_not_told, 0, 2);
	tcase_add_loop_test(tc, who_did_not_ask_for_it_is_not_told_at_once, 0, 2);
	tcase_add_test(tc, the_daily_one_says_what_was_new_too);
	tcase_add_test(tc, what_a_colleague_assigns_is_told_what_one_takes_is_not);
	tcase_add_loop_test(tc, trouble_is_told_when_it_lasts_and_once, 0, 3);
	tcase_add_test(tc, a_bulletin_that_is_put_on_hold_is_told_at_once);
	tcase_add_loop_test(
		tc, a_colleague_who_asks_is_heard_at_once_unless_one_chose_never, 0, 3);
	tcase_add_test(tc, a_choice_is_one_of_three_and_in_the_audit);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
