/* What carries the words of an erased mail on, to whomever, goes with it and is not sent. */
#include "tests/unit/domain_house.h"

#include "base/str.h"
#include "domain/admin/account.h"
#include "domain/admin/rights.h"
#include "domain/personal/erasure_mail.h"
#include "domain/personal/personal_data.h"
#include "domain/personal/personal_data_erase.h"
#include "domain/sorting/mail_reply.h"
#include "mail/write/notification_mail.h"

#include <inttypes.h>

static const char her[] = "zzqvxjqk@home.example", owner[] = "children@lists.example.org",
		  colleague[] = "olga@team.example";
static struct err err;

#define OK(call) ck_assert_msg((call), "%s", err.text)

static void begin(void)
{
	house_open();
	house_become("jean");
	OK(rights_grant(&house.op, "olga", "editor", NULL, NULL, &err));
	OK(account_email(&house.op, "olga", colleague, &err));
}

/* An unsorted mail; its id. */
static int64_t writes(const char *from, const char *says)
{
	struct mail_message m = house_mail(from, owner, says, says);
	int64_t id;

	m.from.name = "Zzqvxjqk Wexford";
	id = house_comes(&m);
	house_do("UPDATE inbound SET taken_as = 'unsorted' WHERE id = %" PRId64, id);
	return id;
}

/* Beside the receipt, which goes to her. */
static int64_t left(void)
{
	return house_int(
		"SELECT count(*) FROM notification WHERE (kind <> 'erased' OR once GLOB "
		"'planted:*') AND instr(lower(subject || "
		"coalesce(CAST(mail AS TEXT), '') || coalesce(reply_text, '')), 'zzqvxjqk')");
}

static bool erase(const char *address, struct erasure_receipt *receipt)
{
	struct self_service self;

	OK(personal_data_whose(&house.op, address, &self, &err));
	return personal_data_erase(&house.op, &self, receipt, &err);
}

static const char *kind_of(int i)
{
	return i == NOTIFICATION_COUNT
		       ? "test"
		       : mail_notification_name((enum mail_notification)i);
}

static const struct {
	const char *name;
	bool waits, is_under_way;
} states[] = {
	{"queued", true, false},   {"deferred", true, false}, {"in doubt", true, false},
	{"sending", false, true},  {"sent", false, false},    {"refused", false, false},
	{"skipped", false, false},
};
enum { STATES = sizeof(states) / sizeof(states[0]) };

/* A notification of each kind, in that state, that carries the words of mail id to somebody. */
static void plant(int64_t id, const char *to, const char *state)
{
	for (int kind = 0; kind <= NOTIFICATION_COUNT; kind++)
		house_do(
			"INSERT INTO notification (kind, once, sender, recipient, subject, mail, "
			"message_id, inbound_id, state, created_at, due_at, reply_text) VALUES "
			"('%s', 'planted:%s:%d', '', '%s', 'For you: Zzqvxjqk', "
			"CAST('zzqvxjqkwords' AS BLOB), 'm%d', %" PRId64
			", '%s', 1, 1, 'zzqvxjqk, come again')",
			kind_of(kind), to, kind, to, kind, id, state);
	house_do(
		"INSERT INTO reply (notification_id, inbound_id, staff_id, at, text) SELECT "
		"max(id), %" PRId64
		", (SELECT min(id) FROM staff), 1, 'Dear Zzqvxjqk' FROM notification",
		id);
}

static void expect_withdrawn(const char *reason, size_t state)
{
	int64_t all = NOTIFICATION_COUNT + 1;

	ck_assert_int_eq(left(), 0);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM reply WHERE text LIKE '%%Zzqvxjqk%%'"),
		0);
	ck_assert_int_eq(
		house_int(
			"SELECT count(*) FROM notification WHERE once GLOB 'planted:*' "
			"AND state = 'skipped' AND reply_text = '%s' AND settled_at > 0",
			reason),
		states[state].waits ? all : 0);
	ck_assert_int_eq(
		house_int(
			"SELECT count(*) FROM notification WHERE once GLOB 'planted:*' AND "
			"state IN ('queued', 'deferred', 'in doubt')"),
		0);
}

START_TEST(what_carries_their_words_goes_in_every_state)
{
	int64_t id = writes(her, "zzqvxjqkwords");
	struct erasure_receipt receipt;
	const char *now;

	plant(id, colleague, states[_i].name);
	if (states[_i].is_under_way) {
		ck_assert(!erase(her, &receipt));
		ck_assert_int_eq(err.kind, ERR_CONFLICT);
		ck_assert_int_gt(left(), 0);
		return;
	}
	OK(erase(her, &receipt));
	expect_withdrawn("its mail was erased", (size_t)_i);
	now = arena_printf(house.arena, "now withdrawn: %d", NOTIFICATION_COUNT + 1);
	ck_assert_int_eq(receipt.withdrawn,
			 states[_i].waits ? NOTIFICATION_COUNT + 1 : 0);
	ck_assert_str_eq(house_text("SELECT DISTINCT recipient FROM notification WHERE "
				    "once GLOB 'planted:*'"),
			 colleague);
	ck_assert_int_eq(strstr(house_notification("erased").text, now) != NULL,
			 states[_i].waits);
}
END_TEST

START_TEST(what_is_to_them_goes_in_every_state)
{
	struct erasure_receipt receipt;
	int64_t id = writes("somebody@z.example", "a question");

	(void)house_adds("children", her, NULL);
	plant(id, her, states[_i].name);
	if (states[_i].is_under_way) {
		ck_assert(!erase(her, &receipt));
		return;
	}
	OK(erase(her, &receipt));
	expect_withdrawn("its recipient was erased", (size_t)_i);
	ck_assert_int_eq(receipt.withdrawn,
			 states[_i].waits ? NOTIFICATION_COUNT + 1 : 0);
}
END_TEST

/* Of others' mail, what waits to others stays. */
START_TEST(what_carries_words_of_others_is_sent)
{
	struct erasure_receipt receipt;

	plant(writes("somebody@z.example", "a question"), colleague, "queued");
	(void)house_adds("children", her, NULL);
	OK(erase(her, &receipt));
	ck_assert_int_eq(receipt.withdrawn, 0);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM notification WHERE state = 'queued' AND "
			  "once GLOB 'planted:*'"),
		NOTIFICATION_COUNT + 1);
}
END_TEST

/* As it happens: a forward waits for a mailbox that does not answer, and a reply. */
START_TEST(a_forward_that_waits_is_never_sent)
{
	int64_t id = writes(her, "zzqvxjqkwords");
	const struct mail_reply reply = {.inbound_id = id,
					 .from = owner,
					 .subject = "Re: it",
					 .text = "Dear Zzqvxjqk"};
	struct erasure_receipt receipt;

	OK(mail_forward(&house.op, id, "olga", "Zzqvxjqk rang, too", &err));
	OK(mail_reply_send(&house.op, &reply, &err));
	ck_assert_int_gt(left(), 0);
	OK(erase(her, &receipt));
	ck_assert_int_eq(left(), 0);
	ck_assert_int_eq(receipt.withdrawn, 2);
	ck_assert_str_eq(
		house_text(
			"SELECT detail LIKE '%% withdrawn: 2 notifications' FROM audit "
			"WHERE event = 'person erased'"),
		"1");
	house.op.now += HOUSE_DAY;
	(void)house_delivers(NULL, HOUSE_MAILS);
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification WHERE state = "
				   "'sent'"),
			 1); /* the receipt */
}
END_TEST

/* A mail of another that names her, which a person erases later. */
START_TEST(a_forward_goes_with_a_mail_that_a_person_erases)
{
	int64_t id = writes("neighbour@z.example",
			    "zzqvxjqk@home.example is my neighbour, zzqvxjqkwords");
	struct erasure_receipt receipt;

	(void)house_adds("children", her, NULL);
	OK(erase(her, &receipt));
	plant(id, colleague, states[_i].name);
	if (states[_i].is_under_way) {
		ck_assert(!erasure_mail_decide(&house.op, id, ERASURE_ERASE, &err));
		ck_assert_int_eq(err.kind, ERR_CONFLICT);
		return;
	}
	OK(erasure_mail_decide(&house.op, id, ERASURE_ERASE, &err));
	expect_withdrawn("its mail was erased", (size_t)_i);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("erased waiting");
	TCase *tc = tcase_create("erased waiting");

	tcase_add_checked_fixture(tc, begin, house_close);
	tcase_add_loop_test(tc, what_carries_their_words_goes_in_every_state, 0, STATES);
	tcase_add_loop_test(tc, what_is_to_them_goes_in_every_state, 0, STATES);
	tcase_add_test(tc, what_carries_words_of_others_is_sent);
	tcase_add_test(tc, a_forward_that_waits_is_never_sent);
	tcase_add_loop_test(tc, a_forward_goes_with_a_mail_that_a_person_erases, 0,
			    STATES);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
