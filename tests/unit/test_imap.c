/* The pure parts of src/imap: the filter before libetpan, and the cursor. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "imap/cursor.h"
#include "imap/answer_filter.h"
#include "imap/imap.h"
#include "imap/mailbox_session.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
	const char *name, *line;
	enum imap_want want;
	enum imap_line verdict;
	size_t literal; /* that must follow */
} lines[] = {
	{"greeting", "* OK hi\r\n", IMAP_WANT_GREETING, IMAP_LINE_KEEP, 0},
	{"greeting of another protocol", "220 hi\r\n", IMAP_WANT_GREETING, IMAP_LINE_BAD,
	 0},
	{"tagged answer", "12 OK done\r\n", IMAP_WANT_NOTHING, IMAP_LINE_KEEP, 0},
	{"continuation", "+ go\r\n", IMAP_WANT_NOTHING, IMAP_LINE_KEEP, 0},
	{"bare LF", "12 OK done\n", IMAP_WANT_NOTHING, IMAP_LINE_KEEP, 0},
	{"status nobody needs", "* OK still here\r\n", IMAP_WANT_NOTHING, IMAP_LINE_DROP,
	 0},
	{"status with a code", "* OK [UIDNEXT 4] x\r\n", IMAP_WANT_SELECT, IMAP_LINE_KEEP,
	 0},
	{"status that looks like a literal", "* OK x {5}\r\n", IMAP_WANT_SELECT,
	 IMAP_LINE_DROP, 0},
	{"BYE", "* BYE gone\r\n", IMAP_WANT_NOTHING, IMAP_LINE_BAD, 0},
	{"no IMAP", "hello\r\n", IMAP_WANT_NOTHING, IMAP_LINE_BAD, 0},
	{"a mail's content", "* 1 FETCH (UID 5 BODY[]<0> {7}\r\n", IMAP_WANT_BODIES,
	 IMAP_LINE_KEEP, 7},
	{"empty content", "* 1 FETCH (UID 5 BODY[] \"\")\r\n", IMAP_WANT_BODIES,
	 IMAP_LINE_KEEP, 0},
	{"content in quotes", "* 1 FETCH (BODY[] \"a (\\\" {5}\" UID 5)\r\n",
	 IMAP_WANT_BODIES, IMAP_LINE_KEEP, 0},
	{"no content", "* 1 FETCH (UID 5 BODY[] NIL)\r\n", IMAP_WANT_BODIES,
	 IMAP_LINE_KEEP, 0},
	{"flags only", "* 1 FETCH (UID 5 FLAGS (\\Seen))\r\n", IMAP_WANT_BODIES,
	 IMAP_LINE_DROP, 0},
	{"content where UIDs were asked for", "* 1 FETCH (BODY[] {7}\r\n", IMAP_WANT_UIDS,
	 IMAP_LINE_BAD, 0},
	{"a UID", "* 1 FETCH (UID 5)\r\n", IMAP_WANT_UIDS, IMAP_LINE_KEEP, 0},
	{"flags while UIDs are asked for", "* 1 FETCH (FLAGS ())\r\n", IMAP_WANT_UIDS,
	 IMAP_LINE_DROP, 0},
	{"literal too large", "* 1 FETCH (BODY[] {101}\r\n", IMAP_WANT_BODIES,
	 IMAP_LINE_BAD, 0},
	{"literal that wraps 32 bits", "* 1 FETCH (BODY[] {4294967297}\r\n",
	 IMAP_WANT_BODIES, IMAP_LINE_BAD, 0},
	{"negative literal", "* 1 FETCH (BODY[] {-5}\r\n", IMAP_WANT_BODIES,
	 IMAP_LINE_BAD, 0},
	{"literal for something else", "* 1 FETCH (X {5}\r\n", IMAP_WANT_BODIES,
	 IMAP_LINE_BAD, 0},
	{"part of a mail", "* 1 FETCH (BODY[1] {5}\r\n", IMAP_WANT_BODIES, IMAP_LINE_BAD,
	 0},
	{"BODYSTRUCTURE", "* 1 FETCH (BODYSTRUCTURE (NIL))\r\n", IMAP_WANT_BODIES,
	 IMAP_LINE_BAD, 0},
	{"BODY as structure", "* 1 FETCH (BODY (NIL))\r\n", IMAP_WANT_BODIES,
	 IMAP_LINE_BAD, 0},
	{"ENVELOPE", "* 1 FETCH (envelope (NIL))\r\n", IMAP_WANT_UIDS, IMAP_LINE_BAD, 0},
	{"brackets that stay open", "* 1 FETCH (UID 5 FLAGS (a)\r\n", IMAP_WANT_UIDS,
	 IMAP_LINE_BAD, 0},
	{"brackets that close twice", "* 1 FETCH (UID 5))\r\n", IMAP_WANT_UIDS,
	 IMAP_LINE_BAD, 0},
	{"FETCH without brackets", "* 1 FETCH\r\n", IMAP_WANT_UIDS, IMAP_LINE_BAD, 0},
	{"number that is none", "* 99999999999 EXISTS\r\n", IMAP_WANT_UIDS, IMAP_LINE_BAD,
	 0},
	{"dropped literal", "* LIST () \"/\" {3}\r\n", IMAP_WANT_NOTHING, IMAP_LINE_DROP,
	 3},
	{"empty line", "\r\n", IMAP_WANT_NOTHING, IMAP_LINE_BAD, 0},
};

START_TEST(filter_judges_line)
{
	struct imap_filter f = {0};
	size_t len = strlen(lines[_i].line);
	char *exact = malloc(len); /* an over-read shows under ASan */
	enum imap_line got;

	memcpy(exact, lines[_i].line, len);
	imap_filter_begin(&f, lines[_i].want, 1, 100, 1000);
	got = imap_filter_line(&f, exact, len);
	ck_assert_msg(got == lines[_i].verdict, "%s: got %d (%s), want %d",
		      lines[_i].name, got, f.why, lines[_i].verdict);
	ck_assert_msg(f.literal_left == lines[_i].literal, "%s: literal of %zu",
		      lines[_i].name, f.literal_left);
	free(exact);
}
END_TEST

START_TEST(filter_keeps_count_of_mails_and_abilities)
{
	struct imap_filter f = {0};
	static const char *const said[] = {
		"* 12 EXISTS\r\n", "* 3 EXPUNGE\r\n",
		"* CAPABILITY IMAP4rev1 IDLE MOVEX UIDPLUS\r\n"};

	imap_filter_begin(&f, IMAP_WANT_NOTHING, 0, 0, 1000);
	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		ck_assert_int_eq(imap_filter_line(&f, said[i], strlen(said[i])),
				 IMAP_LINE_DROP);
	ck_assert_uint_eq(f.exists, 11);
	ck_assert(f.news && f.expunged);
	ck_assert_uint_eq(f.capabilities, IMAP_CAN_IDLE | IMAP_CAN_UIDPLUS);
}
END_TEST

START_TEST(filter_bounds_what_it_passes_on)
{
	struct imap_filter f = {0};
	static const char line[] = "* 1 FETCH (UID 5)\r\n";
	int kept = 0;

	imap_filter_begin(&f, IMAP_WANT_UIDS, 0, 0, 10 * (sizeof(line) - 1));
	while (imap_filter_line(&f, line, sizeof(line) - 1) == IMAP_LINE_KEEP)
		kept++;
	ck_assert_int_eq(kept, 10);
}
END_TEST

static const struct {
	const char *name;
	struct imap_cursor stored;
	uint32_t uidvalidity, uidnext;
	enum imap_cursor_way way;
	uint32_t last_uid;
} cursors[] = {
	{"never read", {0, 0}, 7, 100, IMAP_CURSOR_FIRST, 0},
	{"nothing new", {7, 99}, 7, 100, IMAP_CURSOR_ON, 99},
	{"new mails", {7, 50}, 7, 100, IMAP_CURSOR_ON, 50},
	{"server without UIDNEXT", {7, 50}, 7, 0, IMAP_CURSOR_ON, 50},
	{"rebuilt", {7, 50}, 8, 100, IMAP_CURSOR_RESCAN, 0},
	{"put back from a copy", {7, 150}, 7, 100, IMAP_CURSOR_RESCAN, 0},
	{"last UID given out again", {7, 100}, 7, 100, IMAP_CURSOR_RESCAN, 0},
};

START_TEST(cursor_goes_on_or_begins_again)
{
	struct imap_cursor out;

	ck_assert_msg(imap_cursor_decide(cursors[_i].stored, cursors[_i].uidvalidity,
					 cursors[_i].uidnext, &out) == cursors[_i].way,
		      "%s", cursors[_i].name);
	ck_assert_uint_eq(out.last_uid, cursors[_i].last_uid);
	ck_assert_uint_eq(out.uidvalidity, cursors[_i].uidvalidity);
}
END_TEST

static const struct {
	const char *name;
	struct imap_account account;
} accounts[] = {
	{"no host", {.user = "u", .password = "p"}},
	{"no user", {.host = "localhost", .password = "p"}},
	{"no password", {.host = "localhost", .user = "u"}},
	{"port", {.host = "localhost", .user = "u", .password = "p", .port = 70000}},
	{"command in the user", {.host = "localhost", .user = "u\r\nx", .password = "p"}},
	{"command in the password",
	 {.host = "localhost", .user = "u", .password = "p\n"}},
	{"command in the folder",
	 {.host = "localhost", .user = "u", .password = "p", .folder = "a\r\nb"}},
	{"folder that is not ASCII",
	 {.host = "localhost", .user = "u", .password = "p", .folder = "caf\xC3\xA9"}},
	{"hasty watchdog",
	 {.host = "localhost",
	  .user = "u",
	  .password = "p",
	  .timeout_s = 5,
	  .watchdog_s = 5}},
};

START_TEST(account_that_makes_no_sense_is_refused)
{
	struct imap_session *s;
	struct err err = {0};

	ck_assert_msg(!imap_open(&accounts[_i].account, &s, &err), "%s",
		      accounts[_i].name);
	ck_assert_msg(err.kind == ERR_SETUP, "%s: %s", accounts[_i].name, err.text);
}
END_TEST

/* A wire between two ends of a socket pair, with what the server says put in. */
static struct imap_wire *wire_with(int *out_peer, int raise_to)
{
	struct imap_wire *w = malloc(sizeof(*w));
	int pair[2];

	ck_assert(w != NULL);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	imap_wire_init(w);
	w->fd = raise_to > 0 ? dup2(pair[0], raise_to) : pair[0];
	ck_assert_int_ge(w->fd, 0);
	*out_peer = pair[1];
	if (raise_to > 0)
		close(pair[0]);
	imap_filter_begin(&w->filter, IMAP_WANT_BODIES, 1, 100, 1000);
	imap_wire_begin(w, 300, 10000);
	return w;
}

START_TEST(end_of_stream_inside_a_literal_is_an_error)
{
	static const char cut[] = "* 1 FETCH (UID 5 BODY[] {50}\r\nabc";
	int peer;
	struct imap_wire *w = wire_with(&peer, 0);
	mailstream *stream = imap_wire_stream(w);
	char got[200];
	size_t total = 0;
	ssize_t n;

	ck_assert_int_eq(write(peer, cut, sizeof(cut) - 1), (ssize_t)sizeof(cut) - 1);
	close(peer);
	while ((n = mailstream_read(stream, got, 10)) > 0)
		total += (size_t)n;
	ck_assert_int_eq(n, -1); /* libetpan's own driver says 0, and is asked for ever */
	ck_assert_uint_eq(total, sizeof(cut) - 1);
	ck_assert_int_eq(w->kind, ERR_AGAIN);
	mailstream_close(stream);
	imap_wire_close(w);
	free(w);
}
END_TEST

/* libetpan follows a NULL in a list that does not end; what needs no code gets none. */
static const struct {
	enum imap_want want;
	const char *said, *seen;
} coded[] = {
	{IMAP_WANT_GREETING, "* OK [PERMANENTFLAGS ([CAPABILITY x] ready\r\n",
	 "* OK (PERMANENTFLAGS ((CAPABILITY x] ready\r\n"},
	{IMAP_WANT_GREETING, "* PREAUTH [BADCHARSET (a\r\n", "* PREAUTH (BADCHARSET (a\r\n"},
	{IMAP_WANT_SELECT, "* OK [UIDVALIDITY 7] [so]\r\n", "* OK [UIDVALIDITY 7] (so]\r\n"},
	{IMAP_WANT_SELECT, "* ok [uidnext 7] x\r\n", "* ok [uidnext 7] x\r\n"},
	{IMAP_WANT_SELECT, "* OK [UIDNEXT 7 (a\r\n", "* OK (UIDNEXT 7 (a\r\n"},
	{IMAP_WANT_SELECT, "* OK [UIDVALIDITY 99999999999]\r\n",
	 "* OK (UIDVALIDITY 99999999999]\r\n"},
	{IMAP_WANT_NOTHING, "4 OK [READ-WRITE] [a\r\n", "4 OK (READ-WRITE] (a\r\n"},
	{IMAP_WANT_NOTHING, "+ [BADCHARSET (\r\n", "+ (BADCHARSET (\r\n"},
	{IMAP_WANT_BODIES, "* 1 FETCH (UID 5 BODY[] \"[\")\r\n",
	 "* 1 FETCH (UID 5 BODY[] \"[\")\r\n"},
};

START_TEST(only_codes_that_are_needed_reach_the_library)
{
	size_t len = strlen(coded[_i].said), total = 0;
	char got[200] = "";
	int peer;
	struct imap_wire *w = wire_with(&peer, 0);
	mailstream *stream = imap_wire_stream(w);
	ssize_t n;

	imap_filter_begin(&w->filter, coded[_i].want, 1, 100, 1000);
	ck_assert_int_eq(write(peer, coded[_i].said, len), (ssize_t)len);
	close(peer);
	while ((n = mailstream_read(stream, got + total, sizeof(got) - 1 - total)) > 0)
		total += (size_t)n;
	ck_assert_str_eq(got, coded[_i].seen);
	mailstream_close(stream);
	imap_wire_close(w);
	free(w);
}
END_TEST

START_TEST(writing_to_a_closed_connection_raises_no_signal)
{
	int peer;
	struct imap_wire *w = wire_with(&peer, 0);
	mailstream *stream = imap_wire_stream(w);

	(void)signal(SIGPIPE, SIG_DFL);
	close(peer);
	ck_assert_int_eq((int)mailstream_write(stream, "1 NOOP\r\n", 8), 8);
	ck_assert_int_eq(mailstream_flush(stream), -1);
	ck_assert_int_eq(w->kind, ERR_AGAIN);
	mailstream_close(stream);
	imap_wire_close(w);
	free(w);
}
END_TEST

START_TEST(descriptor_above_1024_works)
{
	struct rlimit limit = {2048, 2048};
	char got[20] = "";
	int peer;
	struct imap_wire *w;
	mailstream *stream;

	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	w = wire_with(&peer, 1500);
	stream = imap_wire_stream(w);
	ck_assert_int_eq(write(peer, "1 OK x\r\n", 8), 8);
	ck_assert_int_eq((int)mailstream_read(stream, got, 8), 8);
	ck_assert_str_eq(got, "1 OK x\r\n");
	ck_assert_int_eq((int)mailstream_read(stream, got, 8), -1); /* 300 ms later */
	mailstream_close(stream);
	imap_wire_close(w);
	close(peer);
	free(w);
}
END_TEST

/* The watchdog runs during a command and not after it. */
START_TEST(watchdog_ends_a_process_that_spins)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		struct imap_session *s = calloc(1, sizeof(*s));

		(void)signal(SIGALRM, SIG_DFL);
		s->account.timeout_s = 0;
		s->account.watchdog_s = 1;
		imap_begin(s, IMAP_WANT_NOTHING, 0, 0, 0);
		for (int64_t until = clock_mono_ms() + 5000; clock_mono_ms() < until;)
			;
		_exit(1);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGALRM);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("imap");
	TCase *tc = tcase_create("imap");

	tcase_set_timeout(tc, 20);
	UNIT_TABLE(tc, filter_judges_line, lines);
	tcase_add_test(tc, filter_keeps_count_of_mails_and_abilities);
	tcase_add_test(tc, filter_bounds_what_it_passes_on);
	UNIT_TABLE(tc, cursor_goes_on_or_begins_again, cursors);
	UNIT_TABLE(tc, account_that_makes_no_sense_is_refused, accounts);
	tcase_add_test(tc, end_of_stream_inside_a_literal_is_an_error);
	UNIT_TABLE(tc, only_codes_that_are_needed_reach_the_library, coded);
	tcase_add_test(tc, writing_to_a_closed_connection_raises_no_signal);
	tcase_add_test(tc, descriptor_above_1024_works);
	tcase_add_test(tc, watchdog_ends_a_process_that_spins);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
