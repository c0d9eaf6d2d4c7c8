#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "settings/settings.h"

#include <unistd.h>

#define GOOD "organisation = \"Team\"; base_url = \"https://u.example\";\n"

static const struct {
	const char *name, *text, *want; /* want: part of the sentence, NULL for good */
} files[] = {
	{"least", GOOD, NULL},
	{"nothing", "", "organisation: is missing"},
	{"unknown key", GOOD "sendnig = 1;\n",
	 "test.conf:2: \"sendnig\" is not a setting"},
	{"unknown key in group", GOOD "sending: { speed = 3; };\n", "\"sending.speed\""},
	{"unknown key in mailbox",
	 GOOD "mailboxes = ( { name = \"a\"; hots = \"h\"; } );\n",
	 "\"hots\" is not a setting"},
	{"syntax", GOOD "zone = ;\n", "test.conf:2: syntax error"},
	{"number past 32 bits", GOOD "join: { confirm_most = 3000000000; };\n",
	 "join.confirm_most"},
	{"number past 32 bits, long", GOOD "join: { confirm_most = 3000000000L; };\n",
	 "not a whole number from 1 to 20"},
	{"number in quotes", GOOD "join: { confirm_most = \"3\"; };\n", "without quotes"},
	{"float", GOOD "join: { confirm_most = 2.0; };\n", "without quotes"},
	{"size without unit", GOOD "reading: { message_max = 5; };\n",
	 "must be text in quotes"},
	{"size too small", GOOD "reading: { message_max = \"1 kB\"; };\n",
	 "out of range"},
	{"duration", GOOD "sending: { retry_first = \"soon\"; };\n", "is not a duration"},
	{"zone", GOOD "zone = \"Europe/Atlantis\";\n", "is not a time zone"},
	{"choice", GOOD "sending: { in_doubt = \"maybe\"; };\n",
	 "is not one of resend|hold"},
	{"choice by its number", GOOD "log_level = \"0\";\n", "is not one of"},
	{"http", "organisation = \"T\"; base_url = \"http://u.example\";\n", "https://"},
	{"token command",
	 GOOD "mailboxes = ( { name = \"a\"; host = \"localhost\"; user = "
	      "\"u\"; auth = \"xoauth2\"; token_command = "
	      "\"/bin/token a\"; } );\n",
	 NULL},
	{"token command for a password",
	 GOOD "mailboxes = ( { name = \"a\"; host = \"localhost\"; user = \"u\"; "
	      "token_command = \"/bin/token\"; } );\n",
	 "mailboxes[0].token_command is for an auth"},
	{"token command without its path",
	 GOOD "mailboxes = ( { name = \"a\"; host = \"localhost\"; user = \"u\"; auth "
	      "= \"xoauth2\"; token_command = \"token\"; } );\n",
	 "must begin with its whole path"},
	{"token command and file",
	 GOOD "mailboxes = ( { name = \"a\"; host = \"localhost\"; user = \"u\"; auth "
	      "= \"xoauth2\"; password_file = \"/t\"; token_command = \"/bin/t\"; } "
	      ");\n",
	 "take one out"},
	{"token missing",
	 GOOD "mailboxes = ( { name = \"a\"; host = \"localhost\"; user = \"u\"; auth "
	      "= \"xoauth2\"; } );\n",
	 "mailboxes[0].password_file is missing"},
	{"imap without host", GOOD "mailboxes = ( { name = \"a\"; user = \"u\"; } );\n",
	 "mailboxes[0].host is missing"},
	{"maildir without path",
	 GOOD "relays = ( { name = \"a\"; kind = \"maildir\"; } );\n",
	 "relays[0].path is missing"},
	{"twice",
	 GOOD "relays = ( { name=\"a\"; host=\"h\"; }, { name=\"a\"; host=\"h\"; } );\n",
	 "two relays are named \"a\""},
	{"not a list", GOOD "relays = { name = \"a\"; };\n", "must be a list"},
	{"retry order",
	 GOOD "sending: { retry_first = \"1 h\"; retry_most = \"1 min\"; };\n",
	 "longer than"},
	{"quiet hours", GOOD "sending: { quiet = \"22:00-07:00\"; };\n", NULL},
	{"quiet hours of no clock", GOOD "sending: { quiet = \"22:00-24:00\"; };\n",
	 "write it as 22:00-07:00"},
	{"quiet hours cut short", GOOD "sending: { quiet = \"22:00\"; };\n",
	 "write it as 22:00-07:00"},
	{"a relay that discards needs nothing",
	 GOOD "relays = ( { name = \"a\"; kind = \"discard\"; } );\n", NULL},
	{"whom tests go to",
	 GOOD "bulletin: { test_recipients = \"a@x.example, b@y.example ,c@z.example\"; "
	      "tests_a_day = 5; test_recipients_kept = \"30 days\"; };\n",
	 NULL},
	{"whom tests go to, without an address",
	 GOOD "bulletin: { test_recipients = \"a@x.example, the boss\"; };\n",
	 "holds \"the boss\""},
	{"whom tests go to, half an address",
	 GOOD "bulletin: { test_recipients = \"a@\"; };\n", "holds \"a@\""},
	{"group without domains", GOOD "groups = ( { name = \"a\"; } );\n", "domains"},
	{"control character",
	 "organisation = \"a\\x01b\"; base_url = \"https://u.example\";\n",
	 "control character"},
};

static bool load(const char *text, struct settings **out, struct err *err)
{
	char folder[UNIT_FOLDER], path[UNIT_FOLDER + 20];
	bool ok;

	unit_folder(folder, "settings");
	(void)snprintf(path, sizeof(path), "%s/test.conf", folder);
	ck_assert(fd_write_file(path, text, strlen(text), 0600, err));
	ok = settings_load(path, out, err);
	unlink(path);
	rmdir(folder);
	return ok;
}

START_TEST(file_is_taken_whole_or_refused_with_place_and_cure)
{
	AUTO(settings) s = NULL;
	struct err err = {0};
	bool ok = load(files[_i].text, &s, &err);

	if (!files[_i].want) {
		ck_assert_msg(ok, "%s: %s", files[_i].name, err.text);
		return;
	}
	ck_assert_msg(!ok && err.kind == ERR_SETUP, "%s: was taken", files[_i].name);
	ck_assert_msg(strstr(err.text, files[_i].want) != NULL,
		      "%s: got \"%s\", want \"%s\"", files[_i].name, err.text,
		      files[_i].want);
	ck_assert_ptr_null(s);
}
END_TEST

START_TEST(defaults_and_units_arrive_in_the_struct)
{
	AUTO(settings) s = NULL;
	struct err err = {0};

	ck_assert_msg(
		load(GOOD
		     "mailboxes = ( { name = \"main\"; host = \"h\"; user = \"u\"; "
		     "poll = \"2 min\"; after = \"seen\"; } );\n"
		     "relays = ( { name = \"out\"; host = \"r\"; connections = 7; } );\n",
		     &s, &err),
		"%s", err.text);
	ck_assert_int_eq(s->confirm_expires_s, 7 * 86400);
	ck_assert_msg(settings_files_check(s, &err), "%s", err.text);
	ck_assert_int_eq(s->message_max_bytes, 50000000);
	ck_assert_str_eq(s->own_domain, "u.example");
	ck_assert_int_eq(s->mailboxes[0].poll_s, 120);
	ck_assert_int_eq(s->mailboxes[0].port, 993);
	ck_assert_int_eq(s->mailboxes[0].tls, SETTINGS_TLS_FULL);
	ck_assert_int_eq(s->mailboxes[0].after, SETTINGS_AFTER_SEEN);
	ck_assert_int_eq(s->relays[0].connections, 7);
	ck_assert_str_eq(s->relays[0].ehlo, "u.example");
}
END_TEST

/* The file that we print can be used as it is, and gives the defaults. */
START_TEST(printed_file_reads_back)
{
	AUTO(buf) conf = buf_new(1 << 16);
	AUTO(buf) now = buf_new(1 << 16);
	AUTO(settings) s = NULL;
	struct err err = {0};

	settings_print_conf(conf);
	ck_assert_msg(!strstr(buf_text(conf), "\"...\""), "a key without an example");
	ck_assert_msg(load(buf_text(conf), &s, &err), "%s", err.text);
	ck_assert_int_eq(s->mailbox_count, 1);
	ck_assert_int_eq(s->relay_count, 1);
	ck_assert_uint_eq(s->group_count, 1);
	settings_print_now(s, now);
	ck_assert_ptr_nonnull(strstr(buf_text(now), "sending.in_doubt = resend\n"));
	ck_assert_ptr_nonnull(strstr(buf_text(now), "sending.retry_most = 14400 s\n"));
	ck_assert_ptr_nonnull(strstr(buf_text(now), "log_level = info\n"));
	ck_assert_ptr_nonnull(strstr(buf_text(now), "mailboxes[0].port = 993\n"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("settings");
	TCase *tc = tcase_create("settings");

	UNIT_TABLE(tc, file_is_taken_whole_or_refused_with_place_and_cure, files);
	tcase_add_test(tc, defaults_and_units_arrive_in_the_struct);
	tcase_add_test(tc, printed_file_reads_back);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
