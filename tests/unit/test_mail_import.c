/* An old mailbox: what an mbox holds, and what its mails become in a consultation. */
#include "tests/unit/domain_house.h"

#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"
#include "classify/classify.h"
#include "domain/intake/inbound.h"
#include "domain/sorting/mail_import.h"
#include "mail/read/read.h"
#include "maildir/mbox.h"

#include <inttypes.h>

static const struct {
	const char *line, *at; /* NULL: it begins no mail */
} from_lines[] = {
	{"From a@x.example Wed Mar  4 09:00:00 2026", "2026-03-04T09:00:00Z"},
	{"From - Wed Mar 04 09:00:00 2026\r\n", "2026-03-04T09:00:00Z"},
	{"From 17@xxx Wed Mar 04 09:00:00 +0100 2026\n", "2026-03-04T09:00:00Z"},
	{"From \"a b\"@x.example Wed Mar 4 09:00 2026\n", "2026-03-04T09:00:00Z"},
	{"From a@x.example Wed Mar  4 09:00:00 GMT 2026", "2026-03-04T09:00:00Z"},
	{"From a@x.example Wed Mar  4 09:00:00 2026 +0100", "2026-03-04T08:00:00Z"},
	{"From MAILER-DAEMON Thu Feb 29 23:59:59 2024", "2024-02-29T23:59:59Z"},
	{"From the committee we heard on Wed Mar 4 that", NULL},
	{"From Wed to Fri the hall is closed", NULL},
	{"From a@x.example Wed Mar 44 09:00:00 2026", NULL},
	{"From a@x.example Wed Mar  4 29:00:00 2026", NULL},
	{"From a@x.example Sun Feb 29 09:00:00 2026", NULL},
	{"From: a@x.example", NULL},
	{">From a@x.example Wed Mar  4 09:00:00 2026", NULL},
	{"", NULL},
};

START_TEST(line_before_a_mail_is_known)
{
	char text[CLOCK_TEXT];
	int64_t at;
	bool is = mbox_from_line(from_lines[_i].line, &at);

	ck_assert_msg(is == (from_lines[_i].at != NULL), "%s", from_lines[_i].line);
	if (!is)
		return;
	clock_rfc3339(at, text);
	ck_assert_str_eq(text, from_lines[_i].at);
}
END_TEST

#define BEGINS "From a@x.example Wed Mar  4 09:00:00 2026\n"

/* Mails with bars between them. */
static const struct {
	const char *file, *mails;
} boxes[] = {
	{"", ""},
	{"\n\n", ""},
	{BEGINS "A: 1\n\none\n\n" BEGINS "A: 2\n\ntwo\n", "A: 1\n\none\n|A: 2\n\ntwo\n|"},
	{BEGINS "A: 1\r\n\r\none\r\n\r\n" BEGINS "A: 2\r\n\r\ntwo\r\n\r\n",
	 "A: 1\r\n\r\none\r\n|A: 2\r\n\r\ntwo\r\n|"},
	{BEGINS "A: 1\n\n>From the hall\n>>From me\n> From you\n\n",
	 "A: 1\n\nFrom the hall\n>From me\n> From you\n|"},
	{BEGINS "A: 1\n\nFrom the hall,\n\nFrom Wed Mar on\n",
	 "A: 1\n\nFrom the hall,\n\nFrom Wed Mar on\n|"},
	{BEGINS "A: 1\n\nnot after an empty line\n" BEGINS,
	 "A: 1\n\nnot after an empty line\n" BEGINS "|"},
	{BEGINS "\n" BEGINS "A: 2\n\nno end", "|A: 2\n\nno end|"},
	{"\n\n" BEGINS "A: 1\n\ntwo lines\n\n\n", "A: 1\n\ntwo lines\n\n|"},
	{BEGINS "A: 1\nContent-Length: 900\n\none\n\n" BEGINS "A: 2\n\ntwo\n",
	 "A: 1\nContent-Length: 900\n\none\n|A: 2\n\ntwo\n|"},
};

static const char *a_file(const char *content, size_t len)
{
	static char path[UNIT_FOLDER + 10];
	struct err err = {0};

	(void)snprintf(path, sizeof(path), "%s/mbox", house.folder);
	ck_assert_msg(fd_write_file(path, content, len, 0600, &err), "%s", err.text);
	return path;
}

START_TEST(mails_of_a_box_are_parted)
{
	const char *path = a_file(boxes[_i].file, strlen(boxes[_i].file));
	AUTO(buf) mail = buf_new(10000);
	AUTO(buf) all = buf_new(10000);
	AUTO(mbox) box = NULL;
	struct err err = {0};
	enum mbox_step step;
	int64_t at;

	ck_assert_msg(mbox_open(path, &box, &err), "%s", err.text);
	while ((step = mbox_next(box, mail, &at, &err)) == MBOX_MAIL) {
		ck_assert_int_gt(at, 0);
		buf_printf(all, "%s|", buf_text(mail));
	}
	ck_assert_int_eq(step, MBOX_END);
	ck_assert_int_eq(mbox_next(box, mail, &at, &err), MBOX_END);
	ck_assert_str_eq(buf_text(all), boxes[_i].mails);
}
END_TEST

START_TEST(what_is_no_box_is_said_so)
{
	static const char *const files[] = {"Subject: one mail\n\nwords\n", "a,b\n1,2\n",
					    "From here on\n"};
	AUTO(mbox) box = NULL;
	struct err err = {0};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		ck_assert(!mbox_open(a_file(files[i], strlen(files[i])), &box, &err));
		ck_assert_int_eq(err.kind, ERR_INPUT);
	}
	ck_assert(!mbox_open("/nowhere/mbox", &box, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

START_TEST(long_mail_is_cut_and_the_next_is_whole)
{
	AUTO(buf) mail = buf_new(40);
	AUTO(mbox) box = NULL;
	struct err err = {0};
	int64_t at;
	static const char file[] =
		BEGINS "A: 1\n\n0123456789012345678901234567890123456789\n\n" BEGINS
		       "A: 2\n\ntwo\n";

	ck_assert(mbox_open(a_file(file, strlen(file)), &box, &err));
	ck_assert_int_eq(mbox_next(box, mail, &at, &err), MBOX_MAIL);
	ck_assert(buf_cut(mail));
	ck_assert_int_eq(mbox_next(box, mail, &at, &err), MBOX_MAIL);
	ck_assert(!buf_cut(mail));
	ck_assert_str_eq(buf_text(mail), "A: 2\n\ntwo\n");
}
END_TEST

/* What became of the mail that is kept last, as the daemon would have it. */
static const char *taken_last(const char *raw)
{
	int64_t id = house_int("SELECT max(id) FROM inbound");
	struct mail_message m;
	struct err err = {0};

	ck_assert(mail_read(raw, strlen(raw), house.arena, &m, &err));
	classify_message(house.arena, &m);
	ck_assert_msg(inbound_take(&house.op, id, house.op.now, &m, &err), "%s",
		      err.text);
	return house_taken(id);
}

static const char old[] = "From: Jo <jo@x.example>\nTo: old.box@gov.example\n"
			  "Subject: Places\nDate: Wed, 04 Feb 2026 09:00:00 +0000\n"
			  "Message-ID: <1@x.example>\n\nKeep the hall open.\n";

static struct mail_import import_begin(bool acknowledge)
{
	struct mail_import into;
	struct err err = {0};

	ck_assert_msg(mail_import_begin(&house.op, house.arena, "cruelty", &into, &err),
		      "%s", err.text);
	into.acknowledge = acknowledge;
	return into;
}

static void put(struct mail_import *into, const char *raw, int64_t at)
{
	const struct mail_old mail = {raw, strlen(raw), at, false};
	AUTO(store_txn) t = NULL;
	struct err err = {0};

	t = into->only_look ? NULL : store_begin(house.op.store, &err);
	ck_assert_msg(mail_import_keep(&house.op, into, &mail, &err), "%s", err.text);
	ck_assert(into->only_look || store_commit(&t, &err));
}

START_TEST(old_mail_becomes_a_response_of_its_day)
{
	AUTO(store_txn) t = NULL;
	struct mail_import into;
	struct err err = {0};

	house_consults();
	into = import_begin(false);
	put(&into, old, house.op.now - 20 * HOUSE_DAY);
	t = store_begin(house.op.store, &err);
	ck_assert_msg(mail_import_end(&house.op, &into, &err) && store_commit(&t, &err),
		      "%s", err.text);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM audit WHERE event = 'mail imported'"), 1);
	ck_assert_str_eq(taken_last(old), "response: cruelty-0001");
	ck_assert_int_eq(house_int("SELECT received_at FROM response"),
			 house.op.now - 20 * HOUSE_DAY);
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 0);
	ck_assert_str_eq(house_text("SELECT from_address FROM parsed"), "jo@x.example");
}
END_TEST

START_TEST(acknowledgement_is_sent_when_it_is_asked_for)
{
	struct mail_import into;

	house_consults();
	into = import_begin(true);
	put(&into, old, 0);
	(void)taken_last(old);
	ck_assert_int_eq(house_notifications("acknowledgement", "jo@x.example"), 1);
	/* Without a word of the folder it came when its sender sent it. */
	ck_assert_str_eq(
		house_text("SELECT datetime(received_at, 'unixepoch') FROM response"),
		"2026-02-04 09:00:00");
}
END_TEST

/* The same mail, as programs change it when they keep it. */
static const char *const shapes[] = {
	"From: Jo <jo@x.example>\r\nTo: old.box@gov.example\r\n"
	"Subject: Places\r\nDate: Wed, 04 Feb 2026 09:00:00 +0000\r\n"
	"Message-ID: <1@x.example>\r\n\r\nKeep the hall open.\r\n",
	"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n"
	"From: Jo <jo@x.example>\nTo: old.box@gov.example\n"
	"Subject: Places\nDate: Wed, 04 Feb 2026 09:00:00 +0000\n"
	"Message-ID: <1@x.example>\nStatus: RO\nX-Keywords: a\n b\n\nKeep the hall open.\n\n",
};

START_TEST(nothing_is_kept_twice)
{
	struct mail_import into;

	house_consults();
	into = import_begin(false);
	put(&into, old, 0);
	(void)taken_last(old);
	put(&into, shapes[_i], 0);
	ck_assert_int_eq(into.kept, 1);
	ck_assert_int_eq(into.known, 1);
	ck_assert_int_eq(house_int("SELECT count(*) FROM inbound"), 1);
	into = import_begin(false);
	put(&into, old, 0);
	ck_assert_int_eq(into.known, 1);
	/* Later it comes by the mailbox, with what its way put in front. */
	ck_assert_str_eq(house_taken(house_comes(&(struct mail_message){
				 .kind = MAIL_HUMAN,
				 .from = {.name = "Jo", .address = "jo@x.example"},
				 .to = {&(struct mail_address){
						.address = "cruelty@lists.example.org"},
					1},
				 .subject = "Places",
				 .message_id = "1@x.example",
				 .date_at = 1770195600,
				 .text = "Keep the hall open.\n"})),
			 "copy: the same mail as 1");
	ck_assert_int_eq(house_int("SELECT count(*) FROM response"), 1);
}
END_TEST

START_TEST(mail_without_an_id_is_known_by_sender_and_moment)
{
	static const char bare[] = "From: Jo <jo@x.example>\nSubject: Places\n"
				   "Date: Wed, 04 Feb 2026 09:00:00 +0000\n\nKeep it.\n";
	struct mail_message m = house_mail("jo@x.example", "cruelty@lists.example.org",
					   "Places", "Keep it.\n");
	struct mail_import into;

	house_consults();
	m.message_id = NULL;
	m.date_at = 1770195600;
	ck_assert_str_eq(house_taken(house_comes(&m)), "response: cruelty-0001");
	into = import_begin(false);
	put(&into, bare, 0);
	ck_assert_str_eq(taken_last(bare), "copy: the same mail as 1");
	m.date_at++;
	ck_assert_str_eq(house_taken(house_comes(&m)), "response: cruelty-0002");
}
END_TEST

START_TEST(old_mail_does_nothing_to_lists)
{
	static const char bounce[] =
		"Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nTo: children@lists.example.org\n"
		"Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
		"--b\n\nThis mail could not be delivered.\n\n--b\n"
		"Content-Type: message/delivery-status\n\nReporting-MTA: dns; x.example\n\n"
		"Final-Recipient: rfc822; sub@x.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n";
	static const char leaves[] =
		"From: sub@x.example\nTo: children+leave@lists.example.org\n"
		"Message-ID: <2@x.example>\nSubject: unsubscribe\n\nunsubscribe\n";
	struct mail_import into;

	house_consults();
	(void)house_adds("children", "sub@x.example", NULL);
	into = import_begin(true);
	put(&into, bounce, 0);
	ck_assert_str_eq(taken_last(bounce),
			 "bounce: from an old mailbox; nothing was done on it");
	put(&into, leaves, 0);
	ck_assert(str_starts(taken_last(leaves), "unsorted: a command word"));
	ck_assert_str_eq(house_state("children", "sub@x.example"), "active");
	ck_assert_int_eq(house_int("SELECT count(*) FROM bounce"), 0);
}
END_TEST

START_TEST(looking_changes_nothing)
{
	struct mail_import into;

	house_consults();
	into = import_begin(false);
	into.only_look = true;
	put(&into, old, 0);
	ck_assert_int_eq(into.kept, 1);
	ck_assert_int_eq(house_int("SELECT count(*) FROM inbound"), 0);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM mailbox WHERE name = 'imported'"), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mail_import");
	TCase *boxes_case = tcase_create("mbox"), *old_case = tcase_create("import");

	suite_add_tcase(suite, boxes_case);
	suite_add_tcase(suite, old_case);
	tcase_add_checked_fixture(boxes_case, house_open, house_close);
	tcase_add_checked_fixture(old_case, house_open, house_close);
	UNIT_TABLE(boxes_case, line_before_a_mail_is_known, from_lines);
	UNIT_TABLE(boxes_case, mails_of_a_box_are_parted, boxes);
	tcase_add_test(boxes_case, what_is_no_box_is_said_so);
	tcase_add_test(boxes_case, long_mail_is_cut_and_the_next_is_whole);
	tcase_add_test(old_case, old_mail_becomes_a_response_of_its_day);
	tcase_add_test(old_case, acknowledgement_is_sent_when_it_is_asked_for);
	UNIT_TABLE(old_case, nothing_is_kept_twice, shapes);
	tcase_add_test(old_case, mail_without_an_id_is_known_by_sender_and_moment);
	tcase_add_test(old_case, old_mail_does_nothing_to_lists);
	tcase_add_test(old_case, looking_changes_nothing);
	return unit_main_together(suite);
}
