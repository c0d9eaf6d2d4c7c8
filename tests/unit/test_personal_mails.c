/* Whose a mail is: what access shows and erasing destroys, and what is left for a person. */
#include "tests/unit/domain_house.h"

#include "base/str.h"
#include "classify/classify.h"
#include "domain/intake/inbound.h"
#include "domain/sorting/unsorted.h"
#include "domain/personal/erasure_mail.h"
#include "domain/personal/personal_data.h"
#include "domain/personal/personal_data_erase.h"
#include "mail/read/read.h"

#include <inttypes.h>

#define HER "tamsin@home.example"
#define LIST "children@lists.example.org"
#define RISK                                                                            \
	"My own child tells me that he is beaten at school and is afraid. Please ring " \
	"me."

static struct err err;

#define OK(call) ck_assert_msg((call), "%s", err.text)

/* As it comes from a server: read, sorted, kept and taken. */
static int64_t posts(const char *head, const char *to, const char *text)
{
	static int n;
	const char *raw = arena_printf(
		house.arena, "Delivered-To: %s\r\n%s\r\n\r\n%s\r\n", to, head, text);
	struct arrival mail = {.mailbox_id = house.mailbox_id,
			       .uidvalidity = 1,
			       .item = arena_printf(house.arena, "7/%d", ++n),
			       .bytes = raw,
			       .len = strlen(raw)};
	struct mail_message m;
	int64_t id;
	bool is_new;

	OK(mail_read(raw, strlen(raw), house.arena, &m, &err));
	classify_message(house.arena, &m);
	m.seen.what = MAIL_SEEN_WORDS;
	OK(inbound_keep(&house.op, &mail, &is_new, &err));
	id = house_int("SELECT max(id) FROM inbound");
	OK(inbound_take(&house.op, id, house.op.now, &m, &err));
	return id;
}

static bool is_whole(int64_t id)
{
	return house_int(
		       "SELECT (p.text IS NOT NULL) + (length(r.bytes) > 0) FROM parsed p JOIN "
		       "inbound_raw r USING (inbound_id) WHERE p.inbound_id = %" PRId64,
		       id) == 2;
}

static bool is_blank(int64_t id)
{
	return house_int(
		       "SELECT (p.text IS NULL) + (length(r.bytes) = 0) + (i.taken_as <> "
		       "'unsorted') FROM parsed p JOIN inbound_raw r USING (inbound_id) JOIN "
		       "inbound i ON i.id = p.inbound_id WHERE p.inbound_id = %" PRId64,
		       id) == 3;
}

static const char *shown_to(const char *how)
{
	AUTO(buf) json = buf_new(4 << 20);
	struct json to;
	struct self_service self;
	struct personal_data held;

	OK(personal_data_whose(&house.op, HER, &self, &err));
	self.how = how;
	OK(personal_data_load(&house.op, house.arena, &self, &held, &err));
	json_begin(&to, json);
	personal_data_json(&house.op, &held, &to);
	return arena_strdup(house.arena, buf_text(json));
}

static struct erasure_receipt erased(void)
{
	struct erasure_receipt receipt;
	struct self_service self;

	OK(personal_data_whose(&house.op, HER, &self, &err));
	self.how = "page";
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	return receipt;
}

enum whose { HERS, JOINT, NAMED, OF_OTHERS };

/* Every way in which a head can name her, beside or as its author. */
static const struct {
	const char *name, *head;
	enum whose whose;
} heads[] = {
	{"from her", "From: T <" HER ">\r\nSubject: a", HERS},
	{"from her, answers elsewhere",
	 "From: " HER "\r\nReply-To: kit@z.example\r\nSubject: a", HERS},
	{"twice in From", "From: T <" HER ">, " HER "\r\nSubject: a", HERS},
	{"as a group of one", "From: us: T <" HER ">;\r\nSubject: a", HERS},
	{"no From, but a Sender", "Sender: " HER "\r\nSubject: a", HERS},
	{"by a form on our site",
	 "From: Form <" LIST ">\r\nReply-To: " HER "\r\nSubject: a", HERS},
	{"through a group that says so",
	 "From: T via Halls <halls@g.example>\r\nReply-To: " HER
	 "\r\nList-Id: <halls.g.example>\r\nSubject: a",
	 HERS},
	{"through a group, in its own field",
	 "From: Halls <halls@g.example>\r\nX-Original-From: T <" HER
	 ">\r\nList-Id: <halls.g.example>\r\nSubject: a",
	 HERS},
	{"answers to her", "From: Kit <kit@z.example>\r\nReply-To: " HER "\r\nSubject: a",
	 NAMED},
	{"answers to both",
	 "From: Kit <kit@z.example>\r\nReply-To: kit@z.example, " HER "\r\nSubject: a",
	 NAMED},
	{"claims to be passed on by a group",
	 "From: Kit <kit@z.example>\r\nX-Original-From: " HER "\r\nSubject: a", NAMED},
	{"copy to her", "From: Kit <kit@z.example>\r\nCc: T <" HER ">\r\nSubject: a",
	 NAMED},
	{"to her too", "From: Kit <kit@z.example>\r\nTo: " LIST ", " HER "\r\nSubject: a",
	 NAMED},
	{"sent by her for another",
	 "From: Kit <kit@z.example>\r\nSender: " HER "\r\nSubject: a", NAMED},
	{"a list wants answers at her address",
	 "From: Kit <kit@z.example>\r\nReply-To: " HER
	 "\r\nList-Id: <halls.g.example>\r\nSubject: a",
	 NAMED},
	{"two authors", "From: Kit <kit@z.example>, T <" HER ">\r\nSubject: a", JOINT},
	{"two authors, she first", "From: T <" HER ">, Kit <kit@z.example>\r\nSubject: a",
	 JOINT},
	{"two From fields", "From: Kit <kit@z.example>\r\nFrom: " HER "\r\nSubject: a",
	 JOINT},
	{"a form that names two",
	 "From: " LIST "\r\nReply-To: " HER ", kit@z.example\r\nSubject: a", JOINT},
	{"a name without an address",
	 "From: Kit Brown\r\nReply-To: " HER "\r\nSubject: a", JOINT},
	{"somebody else's", "From: Kit <kit@z.example>\r\nSubject: a", OF_OTHERS},
};
static const char *const texts[] = {"zzqvxjqkwhat I never told anybody",
				    "zzqvxjqk " RISK};

START_TEST(a_mail_is_of_its_only_author)
{
	size_t head = (size_t)_i / ARRAY_LEN(texts);
	const char *text = texts[(size_t)_i % ARRAY_LEN(texts)], *name = heads[head].name;
	enum whose whose = heads[head].whose;
	bool risk = strstr(text, RISK) != NULL;
	struct erasure_receipt receipt;
	int64_t id;

	(void)house_adds("children", HER, NULL);
	id = posts(heads[head].head, "children+owner@lists.example.org", text);
	ck_assert_int_eq(house_int("SELECT at_risk FROM inbound"), risk);
	ck_assert_msg((strstr(shown_to("page"), "zzqvxjqk") != NULL) == (whose == HERS),
		      "%s", name);
	ck_assert_msg((strstr(shown_to("staff"), "zzqvxjqk") != NULL) == (whose == HERS),
		      "%s", name);
	receipt = erased();
	ck_assert_msg(whose == HERS && !risk ? is_blank(id) : is_whole(id), "%s", name);
	ck_assert_msg(receipt.left.at_risk == (whose == HERS && risk) &&
			      receipt.left.joint == (whose == JOINT) &&
			      receipt.left.named == (whose == NAMED),
		      "%s: %d %d %d", name, (int)receipt.left.at_risk,
		      (int)receipt.left.joint, (int)receipt.left.named);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM erasure_mail WHERE decision IS NULL"),
		whose == OF_OTHERS || (whose == HERS && !risk) ? 0 : 1);
	/* What waits for staff waits as before. */
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM inbound WHERE taken_as = 'unsorted' AND "
			  "at_risk = 1"),
		risk);
}
END_TEST

static const char *leave_address(void)
{
	char token[SECRET_TOKEN_LEN + 1];

	secret_token(house.op.key, "leave", house_int("SELECT max(id) FROM subscription"),
		     token);
	return arena_printf(house.arena, "children+leave-%s@lists.example.org", token);
}

/* She passed a bulletin on; who got it answers, by an address that was made for her. */
START_TEST(a_tag_makes_nobody_an_author)
{
	struct erasure_receipt receipt;
	int64_t told, left;

	(void)house_adds("children", HER, NULL);
	told = posts("From: Bob <bob@z.example>\r\nSubject: Re: Next", leave_address(),
		     "zzqvxjqk " RISK);
	left = posts("From: Bob <bob@z.example>\r\nSubject: unsubscribe", leave_address(),
		     "unsubscribe");
	ck_assert_ptr_null(strstr(shown_to("page"), "zzqvxjqk"));
	receipt = erased();
	ck_assert(is_whole(told));
	ck_assert(is_whole(left));
	/* What took her off is counted; what only came to her address has no word of her. */
	ck_assert_int_eq(receipt.left.named, 1);
}
END_TEST

/* In the words of others, and in files; as an address of its own. */
static const struct {
	const char *name, *text;
	int named;
} namings[] = {
	{"in words", "ask tamsin@home.example about it", 1},
	{"in capitals, at the end", "ask TAMSIN@HOME.EXAMPLE.", 1},
	{"within another address", "ask a.tamsin@home.example", 0},
	{"by name alone", "ask Tamsin about it", 0},
};

START_TEST(what_others_say_of_them_is_counted_for_the_staff)
{
	struct personal_mails_left left;
	struct self_service self;
	struct erasure_receipt receipt;
	int64_t id;

	(void)house_adds("children", HER, NULL);
	id = posts("From: Kit <kit@z.example>\r\nSubject: a", LIST, namings[_i].text);
	OK(personal_data_whose(&house.op, HER, &self, &err));
	OK(personal_mails_count(&house.op, &self, &left, &err));
	ck_assert_int_eq(left.named, namings[_i].named);
	ck_assert_int_eq(
		house_int("SELECT (SELECT count(*) FROM erasing_mail) + (SELECT count(*) "
			  "FROM erasing_other) + (SELECT count(*) FROM "
			  "erasing_address)"),
		0);
	ck_assert_ptr_null(strstr(shown_to("page"), "about it"));
	receipt = erased();
	ck_assert_int_eq(receipt.left.named, namings[_i].named);
	ck_assert(is_whole(id));
}
END_TEST

/* Notices about mail to her: however they name her, they go, and what servers said of her. */
static const struct {
	const char *name, *fields, *returned;
	bool goes;
} notices[] = {
	{"as its recipient", "Final-Recipient: rfc822; " HER, "To: x@z.example", true},
	{"in the mail that came back", "Final-Recipient: rfc822; tq@in.example",
	 "To: Tamsin <" HER ">", true},
	{"in a copy of it", "Final-Recipient: rfc822; tq@in.example",
	 "To: x@z.example\r\nCc: y@z.example, TAMSIN@Home.Example", true},
	{"in another field of it", "Final-Recipient: rfc822; tq@in.example",
	 "X-Original-To: " HER "\r\nTo: x@z.example", true},
	{"as it was written first, in xtext",
	 "Original-Recipient: rfc822; tamsin+40home.example\r\nFinal-Recipient: rfc822; "
	 "tq@in.example",
	 "To: x@z.example", true},
	{"of somebody else", "Final-Recipient: rfc822; tq@in.example", "To: x@z.example",
	 false},
};

START_TEST(a_notice_goes_with_whom_it_is_about)
{
	const char *text = arena_printf(
		house.arena,
		"--Q\r\nContent-Type: text/plain\r\n\r\nIt did not go\r\n--Q\r\n"
		"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; in.example\r\n"
		"\r\n%s\r\nAction: failed\r\nStatus: 5.1.1\r\n"
		"Diagnostic-Code: smtp; 550 Tamsin Quill unknown\r\n\r\n--Q\r\n"
		"Content-Type: message/rfc822\r\n\r\n%s\r\nSubject: x\r\n\r\nhello\r\n--Q--",
		notices[_i].fields, notices[_i].returned);
	int64_t id;

	(void)house_adds("children", HER, NULL);
	id = posts(
		"Return-Path: <>\r\nFrom: MAILER-DAEMON@in.example\r\nSubject: Undelivered "
		"Mail\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; "
		"report-type=delivery-status; boundary=Q",
		LIST, text);
	ck_assert_str_eq(house_text("SELECT taken_as FROM inbound"), "bounce");
	(void)erased();
	ck_assert_msg(notices[_i].goes ? is_blank(id) : is_whole(id), "%s",
		      notices[_i].name);
	ck_assert_int_eq(
		house_int(
			"SELECT count(*) FROM bounce WHERE diagnostic LIKE '%%Tamsin%%'"),
		!notices[_i].goes);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM bounce WHERE address IS NOT NULL"),
		!notices[_i].goes);
}
END_TEST

/* Her office's program answers a bulletin, from an address that nobody knows to be hers. */
static const struct {
	const char *name, *head;
	bool named;
} answers[] = {
	{"to its sender", "In-Reply-To: <u.%s@lists.example.org>", true},
	{"to where it is returned", "X-Original-To: children+b-%s@lists.example.org",
	 true},
	{"to a notification", "In-Reply-To: <l.%s>", true},
	{"to nothing of ours", "In-Reply-To: <u.a%s@lists.example.org>", false},
};

static const char *filled(const char *head, const char *with)
{
	const char *at = strstr(head, "%s");

	return arena_printf(house.arena, "%.*s%s%s", (int)(at - head), head, with,
			    at + 2);
}

START_TEST(an_automatic_reply_is_about_whom_our_mail_went_to)
{
	static const char *const kinds[] = {"message", "bounce", "notification",
					    "message"};
	const char *given;
	char token[SECRET_TOKEN_LEN + 1];
	int64_t id;

	(void)house_joins("children", HER); /* its confirmation is a notification */
	house_sends("children", house_drafts("children", NULL));
	secret_token(house.op.key, kinds[_i], house_int("SELECT max(id) FROM delivery"),
		     token);
	given = _i == 2 ? house_text(
				  "SELECT substr(message_id, 3) FROM notification WHERE "
				  "recipient = '" HER "'")
			: token;
	id = posts(
		arena_printf(house.arena,
			     "From: \"T. Quill\" <tq@office.example>\r\nAuto-Submitted: "
			     "auto-replied\r\n%s\r\nSubject: Out of office",
			     filled(answers[_i].head, given)),
		LIST, "Tamsin is away until Monday.");
	ck_assert_str_eq(
		house_text("SELECT taken_as FROM inbound WHERE id = %" PRId64, id),
		"autoreply");
	ck_assert_int_eq(erased().left.named, answers[_i].named);
	ck_assert(is_whole(id));
}
END_TEST

/* Once a person has put it aside it was looked at, and goes with its writer. */
START_TEST(what_was_looked_at_goes)
{
	int64_t id;

	(void)house_adds("children", HER, NULL);
	id = posts("From: " HER "\r\nSubject: a", LIST, RISK);
	OK(inbound_discard(&house.op, id, "the school was told", &err));
	ck_assert_int_eq(erased().left.at_risk, 0);
	ck_assert(is_blank(id));
}
END_TEST

/* What an erasure left: read, and decided by somebody who may. */
START_TEST(a_person_decides_what_was_left)
{
	enum erasure_decision decision = _i % 2 ? ERASURE_ERASE : ERASURE_KEEP;
	static const char *const left[] = {
		"From: " HER "\r\nSubject: a",
		"From: Kit <kit@z.example>, " HER "\r\nSubject: a",
		"From: Kit <kit@z.example>\r\nReply-To: " HER "\r\nSubject: a"};
	struct store_table waits;
	int64_t id;

	(void)house_adds("children", HER, NULL);
	id = posts(left[_i / 2], LIST, RISK);
	(void)erased();
	house_do("UPDATE erasure SET words = 'gone'");
	OK(erasure_mail_waits(&house.op, house.arena, id, &waits, &err));
	ck_assert_uint_eq(waits.count, 1);
	house_become(NULL);
	ck_assert(!erasure_mail_decide(&house.op, id, decision, &err));
	ck_assert(is_whole(id));
	house_become("jean");
	err = (struct err){0};
	OK(erasure_mail_decide(&house.op, id, decision, &err));
	ck_assert(decision == ERASURE_ERASE ? is_blank(id) : is_whole(id));
	ck_assert_str_eq(house_text("SELECT words FROM erasure"),
			 decision == ERASURE_ERASE ? "left" : "gone");
	ck_assert_int_eq(house_int("SELECT count(*) > 0 FROM mail_writer"),
			 decision == ERASURE_KEEP);
	ck_assert(!erasure_mail_decide(&house.op, id, decision, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM audit WHERE event IN ('mail erased', "
			  "'mail kept from erasure')"),
		1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("personal mails");
	TCase *t = tcase_create("mails");

	tcase_set_timeout(t, 120);
	mail_read_setup();
	tcase_add_checked_fixture(t, house_open, house_close);
	tcase_add_loop_test(t, a_mail_is_of_its_only_author, 0,
			    (int)(ARRAY_LEN(heads) * ARRAY_LEN(texts)));
	tcase_add_test(t, a_tag_makes_nobody_an_author);
	UNIT_TABLE(t, what_others_say_of_them_is_counted_for_the_staff, namings);
	UNIT_TABLE(t, a_notice_goes_with_whom_it_is_about, notices);
	UNIT_TABLE(t, an_automatic_reply_is_about_whom_our_mail_went_to, answers);
	tcase_add_test(t, what_was_looked_at_goes);
	tcase_add_loop_test(t, a_person_decides_what_was_left, 0, 6);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
