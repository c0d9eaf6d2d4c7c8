/* src/smtp against a server that does what a script says, and what becomes of the mail. */
#include "tests/unit/smtp_scene.h"

#include "base/clock.h"
#include "base/str.h"

/*
 * Mails to the recipients go one after the other over one connection; each has the
 * outcome that stands beside it; the server has taken so many, over so many
 * connections.
 */
static const struct fault {
	const char *name;
	const char *args[6];
	struct {
		const char *recipient, *want, *text;
	} mails[4];
	int taken, connections;
} faults[] = {
	{"all is well, one connection",
	 {NULL},
	 {{"x@a.example", "sent dot 250 2.0.0", "taken"},
	  {"y@a.example", "sent dot 250 2.0.0", ""}},
	 2,
	 1},
	{"without pipelining",
	 {"--no-pipelining"},
	 {{"x@a.example", "sent dot 250 2.0.0", ""},
	  {"y@a.example", "sent dot 250 2.0.0", ""}},
	 2,
	 1},
	{"a server that knows only HELO",
	 {"--helo-only"},
	 {{"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
	{"a refused recipient costs no connection",
	 {"rcpt~bad: reply 550 5.1.1 no such|user here"},
	 {{"bad@a.example", "refused RCPT 550 5.1.1", "no such\nuser here"},
	  {"x@a.example", "sent dot 250 2.0.0", ""},
	  {"bad2@a.example", "refused RCPT 550 5.1.1", ""}},
	 1,
	 1},
	{"a refused recipient without pipelining",
	 {"--no-pipelining", "rcpt~bad: reply 550 5.1.1 no such user"},
	 {{"bad@a.example", "refused RCPT 550 5.1.1", "no such user"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
	{"recipient refused, but DATA is answered 354: a lone dot",
	 {"rcpt~bad: reply 450 4.2.1 later", "data/1: reply 354 go on"},
	 {{"bad@a.example", "again RCPT 450 4.2.1", "later"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
	{"recipient refused, 354, and the lone dot is said to be taken",
	 {"rcpt~bad: reply 550 no", "data/1: reply 354 go on", "dot/1: reply 250 fine"},
	 {{"bad@a.example", "refused RCPT 550", "no"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
	{"4yz to the recipient is for later",
	 {"rcpt/1: reply 451 4.7.1 greylisted"},
	 {{"x@a.example", "again RCPT 451 4.7.1", "greylisted"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
	{"a refused sender is not the recipient's fault",
	 {"mail/1: reply 553 5.7.1 not you"},
	 {{"x@a.example", "refused MAIL 553 5.7.1 trouble", "not you"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
	{"a login that is missing is for an operator",
	 {"--auth-required"},
	 {{"x@a.example", "setup MAIL 530 5.7.0 trouble", "log in"}},
	 0,
	 1},
	{"DATA refused",
	 {"data/1: reply 452 4.3.1 no room"},
	 {{"x@a.example", "again DATA 452 4.3.1", ""},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
	{"DATA answered with 250 is out of step",
	 {"data/1: reply 250 what"},
	 {{"x@a.example", "again DATA 0 trouble", "DATA with 250"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 2},
	{"the text is refused",
	 {"dot/1: reply 554 5.7.1 spam", "dot/2: reply 451 4.3.0 busy"},
	 {{"x@a.example", "refused dot 554 5.7.1", "spam"},
	  {"x@a.example", "again dot 451 4.3.0", "busy"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
	{"the connection goes after the final dot, before the reply",
	 {"dot/1: drop"},
	 {{"x@a.example", "unsure dot 0 trouble", "may have been delivered"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 2},
	{"the connection is reset after the final dot",
	 {"dot/1: reset"},
	 {{"x@a.example", "unsure dot 0 trouble", "may have been delivered"}},
	 0,
	 1},
	{"the connection goes right after the reply to the final dot",
	 {"dot/1: ok; drop"},
	 {{"x@a.example", "sent dot 250 2.0.0", ""},
	  {"y@a.example", "sent dot 250 2.0.0", ""}},
	 2,
	 2},
	{"no reply to the final dot in time",
	 {"dot/1: stall"},
	 {{"x@a.example", "unsure dot 0 trouble", "no answer"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 2},
	{"half a reply to the final dot",
	 {"dot/1: raw 250-2.0.0 tak; drop"},
	 {{"x@a.example", "unsure dot 0 trouble", ""}},
	 0,
	 1},
	{"garbage in answer to the final dot",
	 {"dot/1: raw hello\\r\\n"},
	 {{"x@a.example", "unsure dot 0 trouble", "no SMTP reply"}},
	 0,
	 1},
	{"the final dot is answered 354",
	 {"dot/1: reply 354 again"},
	 {{"x@a.example", "unsure dot 0 trouble", "354"}},
	 0,
	 1},
	{"an endless line",
	 {"rcpt/1: flood x"},
	 {{"x@a.example", "again RCPT 0 trouble", "no SMTP reply"}},
	 0,
	 1},
	{"an endless reply of many lines",
	 {"rcpt/1: flood 250-more\r\n"},
	 {{"x@a.example", "again RCPT 0 trouble", "no SMTP reply"}},
	 0,
	 1},
	{"codes that differ in one reply",
	 {"rcpt/1: raw 250-yes\\r\\n550 no\\r\\n"},
	 {{"x@a.example", "again RCPT 0 trouble", "no SMTP reply"}},
	 0,
	 1},
	{"dropped at MAIL on a fresh connection",
	 {"mail/1: drop"},
	 {{"x@a.example", "again MAIL 0 trouble", "not delivered"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 2},
	{"421 to MAIL on a connection that had worked: at once on a new one",
	 {"mail/2: reply 421 4.7.0 too many mails; drop"},
	 {{"x@a.example", "sent dot 250 2.0.0", ""},
	  {"y@a.example", "again MAIL 421 4.7.0 trouble at-once", "too many"},
	  {"y@a.example", "sent dot 250 2.0.0", ""}},
	 2,
	 2},
	{"421 to RCPT",
	 {"rcpt/1: reply 421 4.3.2 going down"},
	 {{"x@a.example", "again RCPT 421 4.3.2 trouble", "going down"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 2},
	{"421 to the final dot: it was not taken",
	 {"dot/1: reply 421 4.3.2 going down; drop"},
	 {{"x@a.example", "again dot 421 4.3.2 trouble", "going down"}},
	 0,
	 1},
	{"a reply too many does not pass for another mail's",
	 {"dot/1: reply 250 taken; reply 250 and again"},
	 {{"x@a.example", "sent dot 250", "taken"},
	  {"y@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 2},
	{"no answer to RCPT",
	 {"rcpt/1: stall"},
	 {{"x@a.example", "again RCPT 0 trouble", "no answer to RCPT"}},
	 0,
	 1},
	{"says PIPELINING and loses the rest of a group: next time one by one",
	 {"--lie"},
	 {{"x@a.example", "again RCPT 0 trouble", "no answer"},
	  {"x@a.example", "sent dot 250 2.0.0", ""},
	  {"y@a.example", "sent dot 250 2.0.0", ""}},
	 2,
	 2},
	{"too large for what EHLO said",
	 {"--size=20"},
	 {{"x@a.example", "refused MAIL 0 trouble", "at most 20"}},
	 0,
	 1},
	{"too large, said at MAIL",
	 {"mail/1: reply 552 5.3.4 too big"},
	 {{"x@a.example", "refused MAIL 552 5.3.4 trouble", "too big"}},
	 0,
	 1},
	{"no address at all",
	 {NULL},
	 {{"x@a.example>\r\nRSET", "refused RCPT 0", "no address"},
	  {"x y@a.example", "refused RCPT 0", "no address"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
	{"letters outside ASCII before the @, and no SMTPUTF8",
	 {NULL},
	 {{"j\xC3\xB6rg@a.example", "refused RCPT 0", "SMTPUTF8"},
	  {"x@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
	{"letters outside ASCII before the @, with SMTPUTF8",
	 {"--utf8"},
	 {{"j\xC3\xB6rg@a.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
	{"a domain outside ASCII goes as A-labels",
	 {"rcpt~xn--mnchen-3ya.example: ok", "rcpt: reply 550 wrong"},
	 {{"x@m\xC3\xBCnchen.example", "sent dot 250 2.0.0", ""}},
	 1,
	 1},
};

START_TEST(the_outcome_is_what_happened)
{
	const struct fault *fault = &faults[_i];
	struct scene scene = {0};
	struct smtp_outcome out;
	AUTO(buf) got = buf_new(1000);
	int sent = 0;

	scene_start(&scene, fault->args);
	scene_pool(&scene);
	for (int i = 0; i < 4 && fault->mails[i].recipient; i++) {
		do { /* as any caller: a connection that died unseen is no outcome yet */
			scene_send(&scene, 100 + i, fault->mails[i].recipient);
			scene_outcome(&scene, &out, got);
		} while (out.at_once && !strstr(fault->mails[i].want, "at-once"));
		ck_assert_msg(str_eq(buf_text(got), fault->mails[i].want),
			      "%s, mail %d: got \"%s\" (%s), want \"%s\"", fault->name, i,
			      buf_text(got), out.answer.text, fault->mails[i].want);
		ck_assert_msg(strstr(out.answer.text, fault->mails[i].text) != NULL,
			      "%s, mail %d: \"%s\" does not say \"%s\"", fault->name, i,
			      out.answer.text, fault->mails[i].text);
		ck_assert_int_eq(out.id, 100 + i);
		ck_assert_str_eq(out.relay, "a");
		sent += out.verdict == SMTP_SENT;
	}
	ck_assert_msg(scene_logged(&scene, "TAKEN ") == fault->taken,
		      "%s: %d taken, want %d", fault->name,
		      scene_logged(&scene, "TAKEN "), fault->taken);
	ck_assert_int_ge(sent, fault->taken);
	for (int i = 1; i < 6; i++) {
		char hello[32];

		(void)snprintf(hello, sizeof(hello), "C%d EHLO we.example", i);
		ck_assert_msg(
			(scene_logged(&scene, hello) > 0) == (i <= fault->connections),
			"%s: connection %d of %d", fault->name, i, fault->connections);
	}
	scene_end(&scene);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("smtp faults");
	TCase *t = tcase_create("outcomes");

	smtp_setup();
	tcase_set_timeout(t, 60);
	UNIT_TABLE(t, the_outcome_is_what_happened, faults);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
