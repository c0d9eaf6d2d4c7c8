/* What people change about themselves by a link to their own address; digests; erasure. */
#include "domain/core/schedule.h"
#include "tests/unit/domain_house.h"

#include "domain/bulletins/archive.h"
#include "domain/core/audit.h"
#include "domain/delivery/bounce.h"
#include "domain/bulletins/digest.h"
#include "domain/personal/personal_data_erase.h"
#include "domain/personal/personal_data.h"
#include "domain/subscribers/preferences.h"
#include "domain/subscribers/address_change.h"
#include "domain/subscribers/subscribe.h"
#include "domain/subscribers/suppress.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

static const char anna[] = "anna@example.net", bob[] = "bob@example.net";

static struct err err; /* each test has a process of its own */

#define OK(call) ck_assert_msg((call), "%s", err.text)

static const char *token_in(const char *text, const char *path)
{
	const char *at = strstr(text, path);

	ck_assert_msg(at != NULL, "no %s in: %s", path, text);
	at += strlen(path);
	return arena_strndup(house.arena, at,
			     strspn(at, "abcdefghijklmnopqrstuvwxyz234567"));
}

static const char *manage_token(const char *address)
{
	house_become(NULL);
	OK(preferences_link_ask(&house.op, address, NULL, &err));
	return token_in(house_notification("preferences").text, "/manage/");
}

static enum token_state state_of(const char *token, struct self_service *self)
{
	enum token_state state;

	OK(preferences_open(&house.op, token, &state, self, &err));
	return state;
}

static struct self_service self_of(const char *address)
{
	struct self_service self = {0};

	ck_assert_int_eq(state_of(manage_token(address), &self), TOKEN_GOOD);
	return self;
}

static const char *row_of(const char *address, int64_t number)
{
	return house_text(
		"SELECT d.state || ': ' || coalesce(d.skip_reason, "
		"d.frequency || iif(d.notification_id, ' gone', ''), d.reply, '-') FROM delivery d "
		"JOIN subscription s ON s.id = d.subscription_id "
		"JOIN person p ON p.id = s.person_id "
		"JOIN bulletin b ON b.id = d.bulletin_id "
		"WHERE p.address_key = '%s' AND b.number = %" PRId64,
		address, number);
}

START_TEST(manage_link_works_till_it_expires_and_only_for_its_owner)
{
	struct self_service self = {0};
	struct subscriber_mail person;
	const char *token;

	(void)house_adds("children", anna, "neglect");
	(void)house_adds("forum", anna, "all");
	token = manage_token("Anna@Example.Net");
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(state_of(token, &self), TOKEN_GOOD);
	OK(preferences_load(&house.op, house.arena, &self, &person, &err));
	ck_assert_uint_eq(person.count, 2);
	ck_assert_str_eq(person.address, anna);
	ck_assert_int_eq(person.subscriptions[0].topics, 1);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM link_token WHERE token_hash = '%s'",
			  token),
		0);
	ck_assert_int_eq(state_of("aaaaaaaaaaaaaaaaaaaaaaaaaa", &self), TOKEN_UNKNOWN);
	ck_assert_int_eq(state_of("", &self), TOKEN_UNKNOWN);
	house.op.now += house.settings->link_expires_s + 1;
	ck_assert_int_eq(state_of(token, &self), TOKEN_EXPIRED);
}
END_TEST

START_TEST(link_is_sent_three_times_a_day_and_to_nobody_unknown)
{
	(void)house_adds("children", anna, "all");
	house_become(NULL);
	for (int i = 0; i < 10; i++) {
		OK(preferences_link_ask(&house.op, anna, NULL, &err));
		OK(preferences_link_ask(&house.op, "nobody@example.net", NULL, &err));
	}
	ck_assert_int_eq(house_notifications("preferences", anna), 3);
	ck_assert_int_eq(house_notifications("preferences", NULL), 3);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), 1);
	house.op.now += HOUSE_DAY + 1;
	OK(preferences_link_ask(&house.op, anna, NULL, &err));
	ck_assert_int_eq(house_notifications("preferences", anna), 4);
}
END_TEST

enum { ROUNDS = 61 };

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

START_TEST(link_takes_as_long_to_ask_for_an_address_that_nobody_has)
{
	static int64_t took[2][ROUNDS];
	int64_t known, unknown;

	(void)house_adds("children", anna, "all");
	house_become(NULL);
	for (int i = 0; i < ROUNDS; i++, house.op.now += HOUSE_DAY + 1)
		for (int kind = 0; kind < 2; kind++) {
			int64_t before = unit_cpu_us();

			OK(preferences_link_ask(&house.op,
						kind ? "nobody@example.net" : anna, NULL,
						&err));
			took[kind][i] = unit_cpu_us() - before;
		}
	for (int kind = 0; kind < 2; kind++)
		qsort(took[kind], ROUNDS, sizeof(took[kind][0]), by_size);
	known = took[0][ROUNDS / 2];
	unknown = took[1][ROUNDS / 2];
	(void)fprintf(stderr, "# known %" PRId64 " us, unknown %" PRId64 " us\n", known,
		      unknown);
	ck_assert_msg(known < 3 * unknown && unknown < 3 * known,
		      "known %" PRId64 " us, unknown %" PRId64 " us", known, unknown);
}
END_TEST

START_TEST(nobody_changes_what_is_anothers)
{
	int64_t bobs = house_adds("children", bob, "all");
	struct self_service self;
	bool left;

	house_become("jean");
	(void)house_adds("children", anna, "all");
	self = self_of(anna);
	ck_assert(!preferences_topics(&house.op, &self, bobs, 1, TOPICS_CHOSEN, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert(!preferences_frequency(&house.op, &self, bobs, "weekly", &err));
	ck_assert(!preferences_pause(&house.op, &self, bobs, NULL, &err));
	ck_assert(!preferences_resume(&house.op, &self, bobs, &err));
	ck_assert(!preferences_leave(&house.op, &self, bobs, NULL, &left, &err));
	ck_assert(!preferences_topics(&house.op, &self, 999, 1, TOPICS_CHOSEN, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM evidence WHERE subscription_id = "
			  "%" PRId64,
			  bobs),
		1);
}
END_TEST

START_TEST(changes_leave_evidence)
{
	int64_t id = house_adds("children", anna, "all");
	struct self_service self = self_of(anna);
	struct err refused = {0};
	bool left;

	OK(preferences_topics(&house.op, &self, id, 5, TOPICS_CHOSEN, &err));
	OK(preferences_topics(&house.op, &self, id, 5, TOPICS_CHOSEN, &err));
	OK(preferences_frequency(&house.op, &self, id, "monthly", &err));
	OK(preferences_name(&house.op, &self, "Anna Smith", &err));
	OK(preferences_language(&house.op, &self, "en", &err));
	OK(preferences_pause(&house.op, &self, id, "2026-04-01", &err));
	OK(preferences_resume(&house.op, &self, id, &err));
	OK(preferences_leave(&house.op, &self, id, "moved away", &left, &err));
	ck_assert(left);
	ck_assert(!preferences_pause(&house.op, &self, id, NULL, &refused));
	ck_assert_int_eq(refused.kind, ERR_CONFLICT);
	ck_assert(!preferences_topics(&house.op, &self, id, 8, TOPICS_CHOSEN, &refused));
	ck_assert_str_eq(
		house_text(
			"SELECT group_concat(event || ' ' || how || ' ' || "
			"coalesce(basis, '-'), '; ') FROM evidence WHERE event <> 'added'"),
		"topics page neglect;data; frequency page monthly; name page -; "
		"language page -; paused page 2026-04-01; resumed page -; "
		"unsubscribed page moved away");
	ck_assert_str_eq(house_text("SELECT name FROM person"), "Anna Smith");
}
END_TEST

START_TEST(pause_ends_by_itself_and_what_came_meanwhile_is_not_sent)
{
	int64_t id = house_adds("children", anna, "all"), number;
	struct self_service self;
	struct err refused = {0};
	bool did;

	(void)house_adds("children", bob, "all");
	self = self_of(anna);
	ck_assert(!preferences_pause(&house.op, &self, id, "2026-03-02", &refused));
	ck_assert_int_eq(refused.kind, ERR_INPUT);
	OK(preferences_pause(&house.op, &self, id, "2026-03-10", &err));
	number = house_drafts("children", NULL);
	house_sends("children", number);
	ck_assert_str_eq(row_of(anna, number), "skipped: paused");
	ck_assert_str_eq(row_of(bob, number), "queued: -");
	house_become(NULL);
	OK(preferences_tend(&house.op, &did, &err));
	ck_assert(!did);
	/* Midnight of the day in London is UTC in March. */
	OK(clock_from_rfc3339("2026-03-10T00:00:00Z", &house.op.now, &err));
	OK(preferences_tend(&house.op, &did, &err));
	ck_assert(did);
	ck_assert_str_eq(house_state("children", anna), "active");
	ck_assert_str_eq(house_text("SELECT how FROM evidence WHERE event = 'resumed'"),
			 "clock");
	OK(preferences_tend(&house.op, &did, &err));
	ck_assert(!did);
}
END_TEST

START_TEST(what_is_queued_follows_a_pause_and_a_new_frequency)
{
	int64_t a = house_adds("children", anna, "all");
	int64_t b = house_adds("children", bob, "all"), number;
	struct self_service self;

	number = house_drafts("children", NULL);
	house_sends("children", number);
	self = self_of(anna);
	OK(preferences_pause(&house.op, &self, a, NULL, &err));
	self = self_of(bob);
	OK(preferences_frequency(&house.op, &self, b, "weekly", &err));
	ck_assert_str_eq(row_of(anna, number), "skipped: paused");
	ck_assert_str_eq(row_of(bob, number), "digest: weekly");
}
END_TEST

/* Zone Europe/London; digest.weekday monday, digest.time as given. */
static const struct {
	const char *name, *frequency, *time, *after, *want;
} digests[] = {
	{"each has none", "each", "08:00", "2026-03-02T09:00:00Z", NULL},
	{"the next Monday", "weekly", "08:00", "2026-03-02T09:00:00Z",
	 "2026-03-09T08:00:00Z"},
	{"later the same day", "weekly", "08:00", "2026-03-02T07:59:59Z",
	 "2026-03-02T08:00:00Z"},
	{"not at the very second", "weekly", "08:00", "2026-03-02T08:00:00Z",
	 "2026-03-09T08:00:00Z"},
	{"over the clocks going forward", "weekly", "08:00", "2026-03-28T12:00:00Z",
	 "2026-03-30T07:00:00Z"},
	{"over the clocks going back", "weekly", "08:00", "2026-10-24T12:00:00Z",
	 "2026-10-26T08:00:00Z"},
	{"first Monday of a month", "monthly", "08:00", "2026-03-02T09:00:00Z",
	 "2026-04-06T07:00:00Z"},
	{"over the end of a year", "monthly", "08:00", "2026-12-08T00:00:00Z",
	 "2027-01-04T08:00:00Z"},
	{"just after midnight", "weekly", "00:00", "2026-07-05T22:59:59Z",
	 "2026-07-05T23:00:00Z"},
	{"just before midnight", "weekly", "23:59", "2026-07-06T12:00:00Z",
	 "2026-07-06T22:59:00Z"},
};

START_TEST(digest_comes_on_its_day_at_its_hour)
{
	int64_t after, want = 0, got;

	house.settings->digest_time = digests[_i].time;
	ck_assert(clock_from_rfc3339(digests[_i].after, &after, &err));
	if (digests[_i].want)
		ck_assert(clock_from_rfc3339(digests[_i].want, &want, &err));
	got = digest_next(house.settings, digests[_i].frequency, after);
	ck_assert_msg(got == want, "%s: got %" PRId64 ", want %" PRId64, digests[_i].name,
		      got, want);
}
END_TEST

/* A time of day that the clocks skip on that Sunday: an hour later, not never. */
START_TEST(digest_at_a_skipped_hour_comes_an_hour_later)
{
	int64_t after, want;

	house.settings->digest_weekday = 6;
	house.settings->digest_time = "01:30";
	ck_assert(clock_from_rfc3339("2026-03-28T12:00:00Z", &after, &err));
	ck_assert(clock_from_rfc3339("2026-03-29T01:30:00Z", &want, &err));
	ck_assert_int_eq(digest_next(house.settings, "weekly", after), want);
}
END_TEST

static int rounds(void)
{
	bool did = true;
	int n = 0;

	house_become(NULL);
	for (; did && n < 20; n++)
		OK(digests_send(&house.op, &did, &err));
	return n;
}

static int64_t weekly(const char *address, const char *topics)
{
	int64_t id = house_adds("children", address, topics);
	struct self_service self = self_of(address);

	OK(preferences_frequency(&house.op, &self, id, "weekly", &err));
	house_become("jean");
	return id;
}

START_TEST(digest_has_what_is_new_once_and_nothing_new_is_no_mail)
{
	int64_t first, second;
	struct mail_message letter;

	(void)house_adds("children", bob, "all");
	(void)weekly(anna, "neglect");
	(void)rounds();
	ck_assert_int_eq(house_notifications("digest", NULL), 0);
	first = house_drafts("children", NULL);
	house_sends("children", first);
	house.op.now += HOUSE_DAY;
	second = house_drafts("children", NULL);
	house_sends("children", second);
	ck_assert_str_eq(row_of(anna, first), "digest: weekly");
	(void)rounds();
	ck_assert_int_eq(house_notifications("digest", NULL), 0);
	house.op.now += 6 * (int64_t)HOUSE_DAY;
	(void)rounds();
	(void)rounds();
	ck_assert_int_eq(house_notifications("digest", anna), 1);
	ck_assert_int_eq(house_notifications("digest", NULL), 1);
	letter = house_notification("digest");
	ck_assert(unit_says(letter.text, "No. 1: News") &&
		  unit_says(letter.text, "No. 2: News"));
	ck_assert(unit_says(letter.text, "Neglect") &&
		  unit_says(letter.text, "For everyone"));
	ck_assert(!unit_says(letter.text, "Hearings"));
	ck_assert(unit_says(letter.text, "https://updates.example.org/lists/children/2"));
	ck_assert_str_eq(row_of(anna, first), "digest: weekly gone");
	ck_assert_str_eq(
		house_text("SELECT CAST(mail AS TEXT) LIKE '%%List-Unsubscribe-Post: "
			   "List-Unsubscribe=One-Click%%' FROM notification "
			   "WHERE kind = 'digest'"),
		"1");
	house.op.now += 7 * (int64_t)HOUSE_DAY;
	(void)rounds();
	ck_assert_int_eq(house_notifications("digest", NULL), 1);
}
END_TEST

START_TEST(digest_that_comes_back_counts_like_an_update)
{
	int64_t id = weekly(anna, "all"), number;
	struct mail_message bounce;
	struct smtp_answer answer;
	const char *sender;

	number = house_drafts("children", NULL);
	house_sends("children", number);
	house.op.now += 7 * (int64_t)HOUSE_DAY;
	(void)rounds();
	sender = house_text("SELECT sender FROM notification WHERE kind = 'digest'");
	ck_assert_msg(str_starts(sender, "children+b-"), "%s", sender);
	bounce = house_mail("", sender, "Undelivered", "");
	bounce.kind = MAIL_BOUNCE;
	bounce.failed = arena_make(house.arena, struct mail_failed_recipient, 1);
	bounce.failed[0] =
		(struct mail_failed_recipient){.address = anna,
					       .action = "failed",
					       .status = "5.1.1",
					       .verdict = MAIL_PERMANENT,
					       .reason = MAIL_REASON_NO_SUCH_ADDRESS};
	bounce.failed_count = 1;
	(void)house_comes(&bounce);
	ck_assert_int_eq(
		house_int("SELECT points FROM bounce_score WHERE subscription_id = "
			  "%" PRId64,
			  id),
		1);
	house_become(NULL);
	answer = house_answer("550 5.1.1 no such user");
	OK(bounce_notification_refused(
		&house.op, house_int("SELECT id FROM notification WHERE kind = 'digest'"),
		&answer, &err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM bounce WHERE source = 'smtp'"),
			 1);
}
END_TEST

START_TEST(digest_waits_for_the_end_of_a_pause_and_of_an_update_s)
{
	int64_t id = weekly(anna, "all"), number;
	struct self_service self;
	bool did;

	number = house_drafts("children", NULL);
	house_sends("children", number);
	self = self_of(anna);
	OK(preferences_pause(&house.op, &self, id, "2026-03-11", &err));
	house.op.now += 7 * (int64_t)HOUSE_DAY;
	(void)rounds();
	ck_assert_int_eq(house_notifications("digest", NULL), 0);
	ck_assert_str_eq(row_of(anna, number), "digest: weekly");
	house.op.now += 7 * (int64_t)HOUSE_DAY;
	OK(preferences_tend(&house.op, &did, &err));
	house_do("UPDATE bulletin SET state = 'on hold'");
	(void)rounds();
	ck_assert_int_eq(house_notifications("digest", NULL), 0);
	house_do("UPDATE bulletin SET state = 'sending'");
	house.op.now += 7 * (int64_t)HOUSE_DAY;
	(void)rounds();
	ck_assert_int_eq(house_notifications("digest", anna), 1);
}
END_TEST

START_TEST(other_letters_go_before_digests)
{
	struct outgoing *outgoing = outgoing_new(&house.op);
	struct incoming_mail mails[4] = {0};
	int64_t number;

	(void)weekly(anna, "all");
	number = house_drafts("children", NULL);
	house_sends("children", number);
	house.op.now += 7 * (int64_t)HOUSE_DAY;
	(void)rounds();
	house_do("UPDATE notification SET state = 'sent' WHERE kind <> 'digest'");
	house.op.now += 60;
	(void)manage_token(anna);
	ck_assert_uint_eq(house_claims(outgoing, mails, 1), 1);
	ck_assert_str_eq(
		house_text("SELECT kind FROM notification WHERE state = 'sending'"),
		"preferences");
	ck_assert_uint_eq(house_claims(outgoing, mails + 1, 2), 1);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM notification WHERE state = 'sending' AND "
			  "kind = 'digest'"),
		1);
	for (size_t i = 0; i < ARRAY_LEN(mails); i++)
		buf_clear(&mails[i].bytes);
	outgoing_free(&outgoing);
}
END_TEST

START_TEST(who_left_gets_no_digest_and_the_ledger_says_so)
{
	int64_t id = weekly(anna, "all"), number;
	bool left;

	number = house_drafts("children", NULL);
	house_sends("children", number);
	OK(unsubscribe(&house.op, id, &(struct unsubscribe_how){.how = "page"}, &left,
		       &err));
	ck_assert_str_eq(row_of(anna, number), "skipped: unsubscribed");
	house.op.now += 7 * (int64_t)HOUSE_DAY;
	(void)rounds();
	ck_assert_int_eq(house_notifications("digest", NULL), 0);
}
END_TEST

START_TEST(audience_counts_digests_and_names_the_paused)
{
	struct audience a;
	struct bulletin b;
	struct self_service self;
	int64_t id = house_adds("children", bob, "all"), number;

	(void)weekly(anna, "all");
	(void)house_adds("children", "cat@example.net", "all");
	self = self_of(bob);
	OK(preferences_pause(&house.op, &self, id, NULL, &err));
	number = house_drafts("children", NULL);
	OK(bulletin_load(&house.op, house.arena, "children", number, &b, &err));
	OK(bulletin_audience(&house.op, &b, &a, &err));
	ck_assert_int_eq(a.count, 2);
	ck_assert_int_eq(a.digests, 1);
	ck_assert_int_eq(a.paused, 1);
	house_sends("children", number);
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 3);
}
END_TEST

static enum address_change_result moves(const char *token)
{
	enum address_change_result result;

	house_become(NULL);
	OK(address_change_confirm(&house.op, token, &result, &err));
	return result;
}

static const char *move_token(const char *kind)
{
	return token_in(house_notification(kind).text, "/address/");
}

START_TEST(address_moves_only_when_both_have_said_yes)
{
	static const char elsewhere[] = "anna@elsewhere.example";
	const char *first = _i ? "move-old" : "move-new",
		   *then = _i ? "move-new" : "move-old";
	enum token_state state;
	struct self_service self, ignored;
	struct address_change move;
	const char *manage;

	(void)house_adds("children", anna, "all");
	manage = manage_token(anna);
	ck_assert_int_eq(state_of(manage, &self), TOKEN_GOOD);
	OK(address_change_ask(&house.op, &self, elsewhere, &err));
	ck_assert_int_eq(house_notifications("move-old", anna), 1);
	ck_assert_int_eq(house_notifications("move-new", elsewhere), 1);
	ck_assert(!unit_says(house_notification("move-new").text, anna));
	OK(address_change_find(&house.op, house.arena, move_token(first), &state, &move,
			       &err));
	ck_assert(state == TOKEN_GOOD && move.is_old == (_i == 1) && !move.done);
	/* Neither is a link to manage with. */
	ck_assert_int_eq(state_of(move_token(first), &ignored), TOKEN_UNKNOWN);
	ck_assert_int_eq(moves(move_token(first)), ADDRESS_CHANGE_WAITS);
	ck_assert_int_eq(moves(move_token(first)), ADDRESS_CHANGE_AGAIN);
	ck_assert_str_eq(house_text("SELECT address FROM person"), anna);
	ck_assert_int_eq(moves(move_token(then)), ADDRESS_CHANGE_DONE);
	ck_assert_int_eq(moves(move_token(then)), ADDRESS_CHANGE_AGAIN);
	ck_assert_str_eq(house_text("SELECT address || ' ' || address_key FROM person"),
			 "anna@elsewhere.example anna@elsewhere.example");
	ck_assert_int_eq(house_notifications("moved", anna), 1);
	ck_assert_str_eq(house_text("SELECT how FROM evidence WHERE event = 'address'"),
			 "page");
	/* Links that went to the old mailbox open nothing more. */
	ck_assert_int_eq(state_of(manage, &ignored), TOKEN_EXPIRED);
}
END_TEST

START_TEST(later_question_voids_an_earlier_one)
{
	struct self_service self;
	const char *old;

	(void)house_adds("children", anna, "all");
	self = self_of(anna);
	OK(address_change_ask(&house.op, &self, "first@example.org", &err));
	old = move_token("move-new");
	OK(address_change_ask(&house.op, &self, "second@example.org", &err));
	ck_assert_int_eq(moves(old), ADDRESS_CHANGE_EXPIRED);
	ck_assert_int_eq(moves("aaaaaaaaaaaaaaaaaaaaaaaaaa"), ADDRESS_CHANGE_UNKNOWN);
}
END_TEST

static const struct {
	const char *name, *sql;
	enum address_change_result want;
} others[] = {
	{"who is on a list keeps it", "SELECT 1", ADDRESS_CHANGE_TAKEN},
	{"who has left makes room",
	 "UPDATE subscription SET state = 'unsubscribed' WHERE person_id = 2",
	 ADDRESS_CHANGE_DONE},
};

START_TEST(address_of_somebody_else)
{
	struct self_service self;

	(void)house_adds("children", anna, "all");
	(void)house_adds("children", bob, "all");
	house_do("%s", others[_i].sql);
	self = self_of(anna);
	OK(address_change_ask(&house.op, &self, bob, &err));
	ck_assert_int_eq(moves(move_token("move-old")), ADDRESS_CHANGE_WAITS);
	ck_assert_msg(moves(move_token("move-new")) == others[_i].want, "%s",
		      others[_i].name);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM person WHERE address_key = '%s'", bob),
		1);
}
END_TEST

START_TEST(everything_held_is_shown_and_then_erased)
{
	struct mail_message reply =
		house_mail(anna, "cruelty@lists.example.org", "My view",
			   "I think that the words are old.");
	struct erasure_receipt receipt;
	AUTO(buf) json = buf_new(1 << 20);
	struct json to;
	struct self_service self;
	struct personal_data held;
	int64_t number, audit;
	bool did;

	house_consults();
	house_become(NULL);
	(void)house_joins("children", anna);
	(void)house_comes(&reply);
	house_become("jean");
	number = house_drafts("children", NULL);
	house_sends("children", number);
	house_do(
		"UPDATE delivery SET state = 'sent', reply_text = '<anna@example.net> ok'");
	self = self_of(anna);
	OK(preferences_name(&house.op, &self, "Anna Smith", &err));
	OK(personal_data_load(&house.op, house.arena, &self, &held, &err));
	json_begin(&to, json);
	personal_data_json(&house.op, &held, &to);
	static const char *const must[] = {"\"address\":\"anna@example.net\"",
					   "Anna Smith",
					   "\"topics\":\"all\"",
					   "We keep your address",
					   "cruelty-0001",
					   "\"event\":\"confirmed\"",
					   "\"kind\":\"welcome\"",
					   "\"number\":1"};
	for (size_t i = 0; i < ARRAY_LEN(must); i++)
		ck_assert_msg(strstr(buf_text(json), must[i]) != NULL, "no %s in %s",
			      must[i], buf_text(json));

	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_msg(str_starts(receipt.number, "E-1-"), "%s", receipt.number);
	ck_assert(unit_says(house_notification("erased").text, receipt.number));
	ck_assert(unit_says(house_notification("erased").text,
			    "Not erased: your responses"));
	house_do(
		"UPDATE notification SET state = 'sent', settled_at = 1 WHERE kind = 'erased'");
	house.op.now += 61;
	did = true;
	for (int turns = 0; did; turns++) {
		ck_assert_int_lt(turns, 20);
		OK(personal_data_erase_tend(&house.op, &did, &err));
	}
	/* Nothing of hers is left but in her reply to the consultation. */
	ck_assert_int_eq(
		house_int(
			"SELECT (SELECT count(*) FROM person WHERE address LIKE '%%anna%%' "
			"OR name LIKE '%%anna%%' OR address_key LIKE '%%anna%%') "
			"+ (SELECT count(*) FROM notification WHERE recipient LIKE '%%anna%%' AND "
			"kind <> 'acknowledgement') "
			"+ (SELECT count(*) FROM delivery WHERE reply LIKE '%%anna%%') "
			"+ (SELECT count(*) FROM parsed WHERE from_address LIKE '%%anna%%' "
			"AND inbound_id NOT IN (SELECT inbound_id FROM response)) "
			"+ (SELECT count(*) FROM audit WHERE detail LIKE '%%anna%%')"),
		0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM response"), 1);
	ck_assert_int_eq(
		house_int("SELECT length(text) > 5 FROM parsed WHERE inbound_id = "
			  "(SELECT inbound_id FROM response)"),
		1);
	ck_assert_str_eq(house_text("SELECT state FROM subscription"), "unsubscribed");
	ck_assert(audit_verify(&house.op, &audit, NULL, &err));
	ck_assert(!personal_data_erase(&house.op, &self, &receipt, &err));
}
END_TEST

START_TEST(erased_are_not_imported_but_join_again_themselves)
{
	struct subscriber_new who = {
		.address = anna, .how = "staff", .basis = "asked by telephone"};
	struct list list = house_list("children");
	struct topic_choice choice = {.all_topics = true};
	enum confirm_result confirmed;
	enum subscribe_result joined;
	struct erasure_receipt receipt;
	struct self_service self;

	(void)house_adds("children", anna, "all");
	self = self_of(anna);
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	house_become("jean");
	ck_assert(!subscriber_add(&house.op, &list, &who, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	house_become(NULL);
	OK(subscribe_by_page(&house.op, &list, anna, &choice, &joined, &err));
	ck_assert_int_eq(joined, SUBSCRIBE_ASKED);
	OK(subscribe_confirm(&house.op,
			     token_in(house_notification("confirm").text, "/confirm/"),
			     "page", 0, &confirmed, &err));
	ck_assert_int_eq(confirmed, CONFIRM_DONE);
	ck_assert_int_eq(house_int("SELECT count(*) FROM suppression"), 0);
	ck_assert_str_eq(house_state("children", anna), "active");
}
END_TEST

START_TEST(mail_under_way_puts_off_erasing)
{
	struct erasure_receipt receipt;
	struct self_service self;

	(void)house_adds("children", anna, "all");
	self = self_of(anna);
	house_do("UPDATE notification SET state = 'sending' WHERE kind = 'preferences'");
	ck_assert(!personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_str_eq(house_state("children", anna), "active");
}
END_TEST

START_TEST(archive_shows_what_is_published_and_nothing_else)
{
	struct archive_bulletin update;
	struct archive_list *lists;
	struct archived *updates;
	struct list list;
	size_t count;

	(void)house_adds("children", anna, "all");
	for (int i = 0; i < 3; i++)
		house_sends("children", house_drafts("children", NULL));
	(void)house_drafts("children", NULL);
	OK(list_describe(&house.op, "children", "What it is about.", &err));
	list = house_list("children");
	ck_assert_str_eq(list.description, "What it is about.");
	OK(archive_lists(&house.op, house.arena, &lists, &count, &err));
	ck_assert_uint_eq(count, 1); /* the forum is closed: private */
	ck_assert_int_eq(lists[0].updates, 3);
	ck_assert_int_eq(lists[0].latest.number, 3);
	OK(list_show_to(&house.op, "forum", "public", &err));
	OK(archive_lists(&house.op, house.arena, &lists, &count, &err));
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(lists[1].latest.number, 0);
	OK(archive_bulletins(&house.op, house.arena,
			     &(struct archive_page){.list = &list, .most = 2}, &updates,
			     &count, &err));
	ck_assert(count == 2 && updates[0].number == 3 && updates[1].number == 2);
	OK(archive_bulletins(
		&house.op, house.arena,
		&(struct archive_page){.list = &list, .before = 2, .most = 2}, &updates,
		&count, &err));
	ck_assert(count == 1 && updates[0].number == 1);
	OK(archive_bulletin(&house.op, house.arena, "children", 2, &update, &err));
	ck_assert(update.older == 1 && update.newer == 3);
	ck_assert(strstr(update.bulletin.source->sections[1].body.web_html, "Marigold"));
	ck_assert(
		!archive_bulletin(&house.op, house.arena, "children", 4, &update, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

START_TEST(consultation_is_public_once_open_and_says_later_what_was_decided)
{
	struct archive_consultation *all, one;
	size_t count;

	house_consults();
	OK(archive_consultations(&house.op, house.arena,
				 &(struct archive_page){.most = 10}, &all, &count, &err));
	ck_assert_uint_eq(count, 1);
	ck_assert(all[0].is_open && all[0].question_count == 2 && !all[0].outcome);
	ck_assert(strstr(all[0].introduction_html, "<p>The law uses old words."));
	ck_assert(!consultation_outcome(&house.op, "cruelty", "We changed it.", &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	OK(consultation_close(&house.op, "cruelty", &err));
	OK(consultation_outcome(&house.op, "cruelty",
				"We **changed** it. <script>x</script>", &err));
	OK(archive_consultation(&house.op, house.arena, "cruelty", &one, &err));
	ck_assert(!one.is_open);
	ck_assert(strstr(one.outcome_html, "<strong>changed</strong>"));
	ck_assert_ptr_null(strstr(one.outcome_html, "<script"));
	ck_assert(!archive_consultation(&house.op, house.arena, "other", &one, &err));
	OK(archive_consultations(
		&house.op, house.arena,
		&(struct archive_page){.before = all[0].consultation.id, .most = 10},
		&all, &count, &err));
	ck_assert_uint_eq(count, 0);
}
END_TEST

/* What everybody reads is the day on which it ended, whenever somebody noted that. */
START_TEST(consultation_ended_on_its_last_day_or_before)
{
	struct consultation c;

	house_consults();
	OK(consultation_named(&house.op, house.arena, "cruelty", &c, &err));
	house.op.now = c.closes_at + (_i ? -HOUSE_DAY : HOUSE_DAY);
	OK(consultation_close(&house.op, "cruelty", &err));
	OK(consultation_named(&house.op, house.arena, "cruelty", &c, &err));
	ck_assert_int_eq(c.closed_at, _i ? house.op.now : 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("public self");
	TCase *t = tcase_create("public self");

	tcase_add_checked_fixture(t, house_open, house_close);
	tcase_add_loop_test(t, consultation_ended_on_its_last_day_or_before, 0, 2);
	tcase_add_test(t, manage_link_works_till_it_expires_and_only_for_its_owner);
	tcase_add_test(t, link_is_sent_three_times_a_day_and_to_nobody_unknown);
	tcase_add_test(t, link_takes_as_long_to_ask_for_an_address_that_nobody_has);
	tcase_add_test(t, nobody_changes_what_is_anothers);
	tcase_add_test(t, changes_leave_evidence);
	tcase_add_test(t, pause_ends_by_itself_and_what_came_meanwhile_is_not_sent);
	tcase_add_test(t, what_is_queued_follows_a_pause_and_a_new_frequency);
	UNIT_TABLE(t, digest_comes_on_its_day_at_its_hour, digests);
	tcase_add_test(t, digest_at_a_skipped_hour_comes_an_hour_later);
	tcase_add_test(t, digest_has_what_is_new_once_and_nothing_new_is_no_mail);
	tcase_add_test(t, digest_that_comes_back_counts_like_an_update);
	tcase_add_test(t, digest_waits_for_the_end_of_a_pause_and_of_an_update_s);
	tcase_add_test(t, other_letters_go_before_digests);
	tcase_add_test(t, who_left_gets_no_digest_and_the_ledger_says_so);
	tcase_add_test(t, audience_counts_digests_and_names_the_paused);
	tcase_add_loop_test(t, address_moves_only_when_both_have_said_yes, 0, 2);
	tcase_add_test(t, later_question_voids_an_earlier_one);
	UNIT_TABLE(t, address_of_somebody_else, others);
	tcase_add_test(t, everything_held_is_shown_and_then_erased);
	tcase_add_test(t, erased_are_not_imported_but_join_again_themselves);
	tcase_add_test(t, mail_under_way_puts_off_erasing);
	tcase_add_test(t, archive_shows_what_is_published_and_nothing_else);
	tcase_add_test(t,
		       consultation_is_public_once_open_and_says_later_what_was_decided);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
