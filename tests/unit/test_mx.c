/* src/mx and the groups of the rate limit by it, against a name server with a script. */
#include "tests/unit/unit.h"

#include "domain/delivery/rate_limit.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"
#include "mx/mx.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t server;
static char folder[UNIT_FOLDER], log_file[UNIT_FOLDER + 20], resolver[40];
static struct mx *mx;

static const char *const script[] = {
	"one.example=10:mx1.mail.receiver.example,20:backup.other.example",
	"two.example=20:backup.other.example,5:MX2.mail.receiver.example",
	"uk.example=10:in.big.gov.uk",
	"tie.example=10:b.second.example,10:a.first.example",
	"null.example=0:",
	"none.example=none",
	"broken.example=failure",
	"silent.example=silence",
	"late.example=late:200:10:mx.slow.example",
	"xn--bcher-kva.example=10:mx.books.example",
	"blank.example=10:a b.example",
	"angle.example=10:a<b>.example",
	"line.example=10:a\nb.example",
	"high.example=10:b\xc3\xbc.example",
};

static void start_server(void)
{
	const char *args[20] = {"/usr/bin/python3"};
	const char *from = getenv("MERCAT_SRCDIR");
	char program[512], port[16] = "";
	size_t len = 0;
	int ends[2], n = 1;

	unit_folder(folder, "mx");
	(void)snprintf(log_file, sizeof(log_file), "%s/log", folder);
	(void)snprintf(program, sizeof(program), "%s/tests/faults/dns_server.py",
		       from ? from : ".");
	args[n++] = program;
	args[n++] = log_file;
	for (size_t i = 0; i < ARRAY_LEN(script); i++)
		args[n++] = script[i];
	ck_assert_int_eq(pipe(ends), 0);
	server = fork();
	ck_assert_int_ge(server, 0);
	if (server == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)dup2(ends[1], STDOUT_FILENO);
		(void)execv(args[0], (char *const *)args);
		_exit(127);
	}
	(void)close(ends[1]);
	while (!strchr(port, '\n') && len + 1 < sizeof(port)) {
		ck_assert_msg(read(ends[0], port + len, 1) == 1,
			      "the server did not start");
		len++;
	}
	(void)close(ends[0]);
	(void)snprintf(resolver, sizeof(resolver), "127.0.0.1:%.*s", (int)(len - 1),
		       port);
}

static void setup(void)
{
	struct err err = {0};

	start_server();
	ck_assert_msg(mx_open(resolver, &mx, &err), "%s", err.text);
}

static void teardown(void)
{
	mx_close(&mx);
	(void)kill(server, SIGKILL);
	(void)waitpid(server, NULL, 0);
	(void)unlink(log_file);
	(void)rmdir(folder);
}

static int64_t now_ms = 1000000;

static void turn(void)
{
	struct pollfd p = {.fd = mx_fd(mx), .events = POLLIN};

	int64_t due_ms = mx_due_ms(mx, 20);

	ck_assert(due_ms >= 0 && due_ms <= 20);
	(void)poll(&p, 1, (int)due_ms);
	mx_turn(mx, now_ms);
}

/* Asks until it is settled, as the sender does. The clock stands, so that it is settled
 * by an answer, however long that takes, and never by the end of patience. */
static void settle(const char *domain, enum mx_answer *out, const char **name)
{
	*name = "";
	while ((*out = mx_receiver(mx, domain, now_ms, name)) == MX_ASKED)
		turn();
}

static const struct {
	const char *domain;
	enum mx_answer want;
	const char *name;
} receivers[] = {
	{"one.example", MX_KNOWN, "receiver.example"},
	{"ONE.Example", MX_KNOWN, "receiver.example"},
	{"two.example", MX_KNOWN, "receiver.example"},
	{"uk.example", MX_KNOWN, "big.gov.uk"},
	{"tie.example", MX_KNOWN, "first.example"},
	{"late.example", MX_KNOWN, "slow.example"},
	{"b\xc3\xbc"
	 "cher.example",
	 MX_KNOWN, "books.example"},
	{"null.example", MX_NONE, ""},
	{"blank.example", MX_NONE, ""},
	{"angle.example", MX_NONE, ""},
	{"line.example", MX_NONE, ""},
	{"high.example", MX_NONE, ""},
	{"none.example", MX_NONE, ""},
	{"absent.example", MX_NONE, ""},
	{"broken.example", MX_NONE, ""},
	{"-no-.-name-..", MX_NONE, ""},
};

START_TEST(domain_has_the_receiver_that_its_best_mx_names)
{
	enum mx_answer got;
	const char *name;

	settle(receivers[_i].domain, &got, &name);
	ck_assert_msg(got == receivers[_i].want && str_eq(name, receivers[_i].name),
		      "%s: got %d \"%s\", want %d \"%s\"", receivers[_i].domain, got,
		      name, receivers[_i].want, receivers[_i].name);
}
END_TEST

START_TEST(silent_resolver_holds_up_for_a_while_and_never_blocks)
{
	int64_t from_ms = now_ms;
	const char *name = "";
	enum mx_answer got;

	/* Each call is one step of the clock: one that waited would end the patience of
	 * those beside it, and here it would never end. */
	for (; now_ms < from_ms + MX_WAIT_MS; now_ms += 10) {
		ck_assert_int_eq(mx_receiver(mx, "silent.example", now_ms, &name),
				 MX_ASKED);
		mx_turn(mx, now_ms);
	}
	ck_assert_int_eq(mx_receiver(mx, "silent.example", now_ms, &name), MX_NONE);
	/* Others are answered all the time. */
	settle("one.example", &got, &name);
	ck_assert_int_eq(got, MX_KNOWN);
}
END_TEST

START_TEST(what_was_answered_is_not_asked_again_for_an_hour)
{
	int64_t hour_ms = 3600 * 1000;
	AUTO(buf) asked = buf_new(10000);
	struct err err = {0};
	enum mx_answer got;
	const char *name;
	size_t times = 0;

	settle("one.example", &got, &name);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(mx_receiver(mx, "one.example", now_ms, &name), MX_KNOWN);
	/* When it is, the old answer holds until the new one is there. */
	ck_assert_int_eq(mx_receiver(mx, "one.example", now_ms + hour_ms, &name),
			 MX_KNOWN);
	for (int i = 0; i < 50 && times < 2; i++) {
		turn();
		buf_reset(asked);
		ck_assert(fd_read_file(log_file, asked, &err));
		times = 0;
		for (const char *at = buf_text(asked); (at = strstr(at, "one.example"));
		     at++)
			times++;
	}
	ck_assert_uint_eq(times, 2);
}
END_TEST

START_TEST(thirty_thousand_domains_are_bounded)
{
	char domain[64];
	const char *name;

	for (int i = 0; i < 30000; i++) {
		enum mx_answer got;

		(void)snprintf(domain, sizeof(domain), "d%d.silent.example", i);
		got = mx_receiver(mx, domain, now_ms, &name);
		ck_assert_int_eq(got, i < 20000 ? MX_ASKED : MX_NONE);
	}
}
END_TEST

START_TEST(resolver_that_is_no_address_is_refused)
{
	struct mx *other = NULL;
	struct err err = {0};

	ck_assert(!mx_open("the usual one", &other, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
	ck_assert(str_ifind(err.text, "the usual one") != NULL);
}
END_TEST

/* ---- the groups of the rate limit ---- */

static struct settings *settings;
static struct rate_limit *rate_limit;

static void load_rate_limit(const char *more)
{
	char path[100];
	AUTO(buf) text = buf_new(4000);
	struct err err = {0};

	buf_printf(
		text,
		"organisation = \"O\"; base_url = \"https://u.example\"; relays = ( "
		"{ name = \"a\"; host = \"h\"; connections = 9; group_by = \"mx\"; } );"
		"%s",
		more);
	(void)snprintf(path, sizeof(path), "%s/conf", folder);
	ck_assert(fd_write_file(path, buf_text(text), text->len, 0600, &err));
	ck_assert_msg(settings_load(path, &settings, &err), "%s", err.text);
	(void)unlink(path);
	rate_limit = rate_limit_new(settings);
	ck_assert(rate_limit_wants_mx(rate_limit));
	rate_limit_lookups(rate_limit, mx);
	rate_limit_room(rate_limit, 0, 9, RELAY_WORKS);
}

static void free_rate_limit(void)
{
	rate_limit_free(&rate_limit);
	settings_free(&settings);
}

static enum rate_limit_answer ask(const char *address, bool letter)
{
	static const struct smtp_outcome went = {.verdict = SMTP_SENT,
						 .answer = {250, "", ""}};
	struct rate_limit_ticket ticket = {0};
	int64_t at_ms = 0;
	enum rate_limit_answer got = rate_limit_ask(
		rate_limit, now_ms,
		&(struct rate_limit_request){.address = address,
					     .what = letter ? RATE_LIMIT_NOTIFICATION
							    : RATE_LIMIT_BULLETIN},
		&ticket, &at_ms);

	if (got == RATE_LIMIT_GO) {
		rate_limit_done(rate_limit, now_ms, &ticket, &went);
		rate_limit_room(rate_limit, 0, 9, RELAY_WORKS);
	} else {
		ck_assert_int_gt(at_ms, now_ms);
	}
	return got;
}

static void know(const char *domain)
{
	enum mx_answer got;
	const char *name;

	settle(domain, &got, &name);
}

START_TEST(limit_a_minute_is_of_the_receiver)
{
	size_t went = 0;

	load_rate_limit("sending: { domain_per_minute = 20; };");
	ck_assert_int_eq(ask("u@one.example", false), RATE_LIMIT_LATER); /* a lookup */
	ck_assert_int_eq(ask("u@one.example", true),
			 RATE_LIMIT_GO); /* letters don't wait */
	know("one.example");
	know("two.example");
	know("uk.example");
	for (int i = 0; i < 10; i++)
		went += ask(i % 2 ? "u@one.example" : "u@two.example", false) ==
			RATE_LIMIT_GO;
	ck_assert_uint_eq(went, 1); /* 3 s a mail; a slack of 2 s */
	ck_assert_int_eq(ask("u@uk.example", false), RATE_LIMIT_GO);
	free_rate_limit();
}
END_TEST

START_TEST(who_asks_for_less_rests_with_all_its_domains)
{
	load_rate_limit("");
	ck_assert_int_eq(ask("u@one.example", false),
			 RATE_LIMIT_GO); /* no limit: no wait */
	know("one.example");             /* and yet it was asked for by then */
	know("two.example");
	know("uk.example");
	rate_limit_slow(rate_limit, now_ms, "u@one.example", "451 4.7.28 slower");
	ck_assert_int_eq(ask("u@one.example", false), RATE_LIMIT_LATER);
	ck_assert_int_eq(ask("u@two.example", false), RATE_LIMIT_LATER);
	ck_assert_int_eq(ask("u@receiver.example", true), RATE_LIMIT_LATER);
	ck_assert_int_eq(ask("u@uk.example", false), RATE_LIMIT_GO);
	free_rate_limit();
}
END_TEST

START_TEST(group_of_the_settings_may_name_a_receiver)
{
	load_rate_limit("groups = ( { name = \"Big\"; domains = \"receiver.example\"; "
			"per_minute = 20; } );");
	know("one.example");
	know("two.example");
	know("uk.example");
	ck_assert_int_eq(ask("u@one.example", false), RATE_LIMIT_GO);
	ck_assert_int_eq(ask("u@two.example", false), RATE_LIMIT_LATER);
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(ask("u@uk.example", false), RATE_LIMIT_GO);
	free_rate_limit();
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mx");
	TCase *c = tcase_create("receivers");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 30);
	UNIT_TABLE(c, domain_has_the_receiver_that_its_best_mx_names, receivers);
	tcase_add_test(c, silent_resolver_holds_up_for_a_while_and_never_blocks);
	tcase_add_test(c, what_was_answered_is_not_asked_again_for_an_hour);
	tcase_add_test(c, thirty_thousand_domains_are_bounded);
	tcase_add_test(c, resolver_that_is_no_address_is_refused);
	tcase_add_test(c, limit_a_minute_is_of_the_receiver);
	tcase_add_test(c, who_asks_for_less_rests_with_all_its_domains);
	tcase_add_test(c, group_of_the_settings_may_name_a_receiver);
	suite_add_tcase(s, c);
	return unit_main(s);
}
