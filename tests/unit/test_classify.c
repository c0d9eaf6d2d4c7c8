#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/str.h"
#include "classify/classify.h"
#include "classify/reason.h"
#include "mail/read/read.h"

#define TO "To: updates@team.example.gov\n"
#define HUMAN "From: Ann <ann@example.org>\n" TO
#define DAEMON "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\n" TO
#define REPORT                                                                                 \
	DAEMON "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/report; "               \
	       "report-type=delivery-status; boundary=b\n\n--b\n\nnotice\n--b\nContent-Type: " \
	       "message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
#define END "\n--b--\n"

static const struct {
	const char *name, *mail;
	enum mail_kind kind;
	const char *failed; /* "address verdict reason" of the first */
} mails[] = {
	{"a person", HUMAN "Subject: Our view\n\nWe think that it is good.\n", MAIL_HUMAN,
	 NULL},
	{"speaks of bounces",
	 HUMAN "Subject: Undeliverable mail?\n\nYour message could not be "
	       "delivered to me last week.\n",
	 MAIL_HUMAN, NULL},
	{"answers a bounce",
	 HUMAN "Subject: Re: Delivery Status Notification (Failure)\n\nWhy?\n",
	 MAIL_HUMAN, NULL},
	{"is away and says so",
	 HUMAN "Subject: Next week\n\nI am on holiday next week.\n", MAIL_HUMAN, NULL},
	{"out of office talk", HUMAN "Subject: Out of office party\n\nCome along.\n",
	 MAIL_HUMAN, NULL},
	{"a ticket system's human",
	 HUMAN "Subject: Our view\nAuto-Submitted: auto-generated\n"
	       "\nWe think that it is good.\n",
	 MAIL_HUMAN, NULL},
	{"auto-replied", HUMAN "Subject: Re: x\nAuto-Submitted: auto-replied\n\nAway.\n",
	 MAIL_AUTOREPLY, NULL},
	{"auto-submitted no", HUMAN "Subject: x\nAuto-Submitted: no\n\nHello.\n",
	 MAIL_HUMAN, NULL},
	{"by subject", HUMAN "Subject: Automatic reply: Update 7\n\nI am away.\n",
	 MAIL_AUTOREPLY, NULL},
	{"by german subject",
	 HUMAN "Subject: Abwesenheitsnotiz: x\n\nIch bin abwesend.\n", MAIL_AUTOREPLY,
	 NULL},
	{"null sender, away",
	 "Return-Path: <>\n" HUMAN "Subject: Re: x\n\nI am out of the "
	 "office.\n",
	 MAIL_AUTOREPLY, NULL},
	{"x-autoreply", HUMAN "Subject: x\nX-Autoreply: yes\n\nThanks.\n", MAIL_AUTOREPLY,
	 NULL},
	{"list", HUMAN "Subject: x\nList-Id: <l.example.org>\n\nHello.\n", MAIL_LIST,
	 NULL},
	{"bulk", HUMAN "Subject: x\nPrecedence: bulk\n\nHello.\n", MAIL_LIST, NULL},
	{"command by subject", HUMAN "Subject: Unsubscribe\n\n", MAIL_COMMAND, NULL},
	{"command by text", HUMAN "Subject: Re: Update 7\n\nPlease remove me, thanks!\n",
	 MAIL_COMMAND, NULL},
	{"no command", HUMAN "Subject: Re: x\n\nPlease stop this policy, it harms us.\n",
	 MAIL_HUMAN, NULL},
	{"report",
	 REPORT "Final-Recipient: rfc822; a@b.org\nAction: failed\nStatus: 5.1.1\n"
		"Diagnostic-Code: smtp; 550 5.1.1 no such user\n" END,
	 MAIL_BOUNCE, "a@b.org permanent no_such_address"},
	{"report, misprinted",
	 REPORT "Action: Failed (x)\nStatus: 4.2.2 (full)\n"
		"Final-Recipient: RFC822;<a@b.org>\n" END,
	 MAIL_BOUNCE, "a@b.org transient mailbox_full"},
	{"delay",
	 REPORT "Final-Recipient: rfc822; a@b.org\nAction: delayed\nStatus: 4.4.1\n" END,
	 MAIL_DELAY, "a@b.org transient network"},
	{"delivered",
	 REPORT "Final-Recipient: rfc822; a@b.org\nAction: delivered\n"
		"Status: 2.0.0\n" END,
	 MAIL_DELIVERED, NULL},
	{"qmail",
	 DAEMON "Subject: failure notice\n\nHi. This is the qmail-send program at x.\n"
		"I'm afraid I wasn't able to deliver your message to the following "
		"addresses.\n\n<a@b.org>:\n192.0.2.1 does not like recipient.\n"
		"Remote host said: 550 unknown user\nGiving up on 192.0.2.1.\n\n"
		"--- Below this line is a copy of the message.\n\nReturn-Path: <u@t>\n"
		"To: a@b.org\n\nc@d.org\n",
	 MAIL_BOUNCE, "a@b.org permanent no_such_address"},
	{"exim",
	 DAEMON "Subject: Mail delivery failed: returning message to sender\n"
		"X-Failed-Recipients: a@b.org\n\nA message that you sent could not be "
		"delivered to one or more of its\nrecipients. The following address(es) "
		"failed:\n\n  a@b.org\n    host mx.b.org [192.0.2.1]: 552 5.2.2 mailbox "
		"full\n\n------ This is a copy of the message ------\n\nTo: a@b.org\n",
	 MAIL_BOUNCE, "a@b.org permanent mailbox_full"},
	{"exim's warning",
	 DAEMON "Subject: Warning: message x delayed 24 hours\n\nThe following "
		"address(es) have not yet been delivered:\n\n  a@b.org\n    "
		"Delay reason: Connection timed out\n",
	 MAIL_DELAY, "a@b.org transient network"},
	{"labels",
	 DAEMON "Subject: Undeliverable Mail\n\nUser mailbox exceeds allowed size: "
		"a@b.org\n\nOriginal message follows.\n\nTo: a@b.org\n",
	 MAIL_BOUNCE, "a@b.org permanent mailbox_full"},
	{"notes",
	 "Return-Path: <>\nFrom: A <a@b.org>\n" TO "Subject: DELIVERY FAILURE: User a "
	 "not listed in Domino Directory\n\nYour message\n\nwas not delivered to:\n\n"
	 "  a@b.org\n\nbecause:\n\n  User a not listed in Domino Directory\n",
	 MAIL_BOUNCE, "a@b.org permanent no_such_address"},
	{"try again",
	 DAEMON "Subject: Undelivered Mail Returned to Sender\n\nI'm sorry to have to "
		"inform you that it failed.\n\n<a@b.org>: Name service error for "
		"b.org: Host not found, try again\n",
	 MAIL_BOUNCE, "a@b.org transient network"},
	{"a postmaster's own view",
	 "From: postmaster@small.example\n" TO "Subject: Our reply\n\n"
	 "Your message to parents was good.\n",
	 MAIL_HUMAN, NULL},
	{"a forwarded bounce",
	 HUMAN "Subject: Fwd: Undelivered Mail Returned to Sender\n\nSee "
	       "below.\n\n> This is the mail system at host x.\n",
	 MAIL_HUMAN, NULL},
	{"german words",
	 DAEMON "Subject: Unzustellbar: Update 7\n\nIhre Nachricht konnte nicht "
		"zugestellt werden:\n\na@b.org\nEmpf\xC3\xA4nger unbekannt\n",
	 MAIL_BOUNCE, "a@b.org permanent no_such_address"},
	{"sender refused",
	 REPORT "Final-Recipient: rfc822; a@b.org\nAction: failed\n"
		"Status: 5.1.8\nDiagnostic-Code: smtp; 553 5.1.8 Domain of "
		"sender address does not exist\n" END,
	 MAIL_BOUNCE, "a@b.org permanent policy"},
	{"complaint",
	 "From: fbl@example.net\n" TO "Subject: x\nMIME-Version: 1.0\nContent-Type: "
	 "multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nx\n"
	 "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: Abuse\n"
	 "Original-Rcpt-To: <a@b.org>\nSource-IP: 192.0.2.1\n" END,
	 MAIL_COMPLAINT, NULL},
};

START_TEST(mail_is_taken_for_what_it_is)
{
	AUTO(arena) a = arena_new(4096);
	struct mail_message m;
	struct err err = {0};
	const char *got = NULL;

	mail_read_setup();
	ck_assert(mail_read(mails[_i].mail, strlen(mails[_i].mail), a, &m, &err));
	classify_message(a, &m);
	ck_assert_msg(m.kind == mails[_i].kind, "%s: got %s (%s)", mails[_i].name,
		      mail_kind_name(m.kind), m.reasons.count ? m.reasons.items[0] : "");
	if (m.failed_count)
		got = arena_printf(a, "%s %s %s", str_or(m.failed[0].address, "?"),
				   mail_verdict_name(m.failed[0].verdict),
				   mail_reason_name(m.failed[0].reason));
	ck_assert_msg(str_eq(got, mails[_i].failed), "%s: got %s", mails[_i].name,
		      str_or(got, "nobody"));
	ck_assert_msg(m.kind == MAIL_HUMAN || m.reasons.count, "%s: no reason",
		      mails[_i].name);
	if (m.kind == MAIL_COMPLAINT) {
		ck_assert_str_eq(m.complaint.type, "abuse");
		ck_assert_str_eq(m.complaint.original_recipient, "a@b.org");
		ck_assert_str_eq(m.complaint.source_ip, "192.0.2.1");
	}
}
END_TEST

static const struct {
	const char *subject, *text;
	enum classify_command want;
} commands[] = {
	{"unsubscribe", NULL, CLASSIFY_LEAVE},
	{"UNSUBSCRIBE!", "", CLASSIFY_LEAVE},
	{NULL, "Please unsubscribe me.\n\nThank you", CLASSIFY_LEAVE},
	{"Re: Update", "STOP", CLASSIFY_LEAVE},
	{"Re: unsubscribe", "What is this?", CLASSIFY_NO_COMMAND},
	{"subscribe", NULL, CLASSIFY_JOIN},
	{"Join", "Hello", CLASSIFY_JOIN},
	{"Re: Please confirm", "confirm", CLASSIFY_CONFIRM},
	{"help", NULL, CLASSIFY_HELP},
	{"Help us to stop this", NULL, CLASSIFY_NO_COMMAND},
	{NULL, "Stop the closure of our school", CLASSIFY_NO_COMMAND},
	{"Hello", "Thank you", CLASSIFY_NO_COMMAND},
	{NULL, NULL, CLASSIFY_NO_COMMAND},
};

START_TEST(command_is_the_whole_of_what_is_said)
{
	struct mail_message m = {.subject = commands[_i].subject,
				 .text_new = commands[_i].text};

	ck_assert_msg(classify_command_of(&m) == commands[_i].want,
		      "\"%s\", \"%s\": got %d", str_or(commands[_i].subject, ""),
		      str_or(commands[_i].text, ""), (int)classify_command_of(&m));
}
END_TEST

static const struct {
	const char *status, *diagnostic, *want;
} reasons[] = {
	{"5.1.1", NULL, "no_such_address"},
	{"5.1.2", NULL, "no_such_domain"},
	{"5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found",
	 "no_such_address"},
	{"5.1.6", NULL, "moved"},
	{"5.7.1", "550 5.7.1 <a@b>: Recipient address rejected: User unknown",
	 "no_such_address"},
	{"5.7.26", "550-5.7.26 This mail is unauthenticated", "authentication"},
	{"5.0.0", "552 message size exceeds limit", "too_large"},
	{"5.2.1", "550 5.2.1 account is disabled", "disabled"},
	{"4.7.28", NULL, "rate"},
	{NULL, "connect to b.org[192.0.2.1]:25: Connection refused", "network"},
	{NULL, "retry timeout exceeded", "expired"},
	{"5.7.1", "554 5.7.1 Message rejected as spam", "content"},
	{"5.0.0", "550 5.1.1 unknown", "no_such_address"},
	{"5.0.0", "550 see https://example.org/no-such-user", "other"},
	{NULL, NULL, "other"},
};

START_TEST(refusal_has_one_reason)
{
	AUTO(arena) a = arena_new(1024);
	struct mail_failed_recipient r = {.status = reasons[_i].status,
					  .diagnostic = reasons[_i].diagnostic};

	reason_decide(a, NULL, &r);
	ck_assert_msg(r.reason == mail_reason_named(reasons[_i].want), "%s %s: got %s",
		      str_or(reasons[_i].status, ""), str_or(reasons[_i].diagnostic, ""),
		      mail_reason_name(r.reason));
}
END_TEST

/* Fields that programs alone write: the mail stays a person's, and it is known. */
START_TEST(field_of_a_program_is_known_on_a_persons_mail)
{
	static const struct {
		const char *name;
		bool known;
	} heads[] = {{"X-Zendesk-From-Account-Id", true},
		     {"x-loop", true},
		     {"X-RT-Loop-Prevention", true},
		     {"X-Auto-Response-Suppress", false},
		     {"X-Mailer", false}};

	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		AUTO(arena) a = arena_new(1024);
		struct mail_field field = {heads[i].name, "all"};
		struct mail_message m = {.text = "Some words",
					 .text_new = "Some words",
					 .fields = &field,
					 .field_count = 1};

		classify_message(a, &m);
		ck_assert_int_eq(m.kind, MAIL_HUMAN);
		ck_assert_msg(!!m.machine == heads[i].known, "%s", heads[i].name);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("classify");
	TCase *tc = tcase_create("classify");

	tcase_add_test(tc, field_of_a_program_is_known_on_a_persons_mail);

	UNIT_TABLE(tc, mail_is_taken_for_what_it_is, mails);
	UNIT_TABLE(tc, command_is_the_whole_of_what_is_said, commands);
	UNIT_TABLE(tc, refusal_has_one_reason, reasons);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
