/* src/smtp with many connections at once: nobody waits for somebody else. */
#include "tests/unit/smtp_scene.h"

#include "base/clock.h"
#include "base/str.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

struct tally {
	int verdicts[5];
	int total;
	unsigned char seen[20000]; /* outcomes of each id */
};

/* Sends ids 0 .. count - 1 as fast as it goes, until so many outcomes are there. */
static void send_all(struct scene *scene, int count, int until, struct tally *tally)
{
	int64_t give_up_ms = clock_mono_ms() + SCENE_WAIT_MS;
	int next = 0;

	memset(tally, 0, sizeof(*tally));
	while (tally->total < until) {
		struct smtp_outcome out;

		ck_assert_msg(clock_mono_ms() < give_up_ms, "%d of %d after so long",
			      tally->total, until);
		smtp_pool_want(scene->pool, (size_t)(count - next));
		scene_turn(scene);
		while (smtp_pool_outcome(scene->pool, &out)) {
			tally->verdicts[out.verdict]++;
			tally->seen[out.id]++;
			tally->total++;
		}
		while (next < count && smtp_pool_ready(scene->pool)) {
			char to[64];
			struct smtp_mail mail = {.id = next,
						 .sender = "b@bench.example",
						 .recipient = to,
						 .bytes = scene->mail.bytes,
						 .len = scene->mail.len};

			(void)snprintf(to, sizeof(to), "%d@a.example", next++);
			smtp_pool_send(scene->pool, &mail, clock_mono_ms());
		}
	}
	for (int i = 0; i < count; i++)
		ck_assert_uint_le(tally->seen[i], 1);
}

static const struct {
	const char *args[4];
	int sent, refused, again, unsure; /* of 2000; -1: some */
} sinks[] = {
	{{NULL}, 2000, 0, 0, 0},         {{"-p"}, 2000, 0, 0, 0}, /* no PIPELINING */
	{{"-e"}, 2000, 0, 0, 0},                                  /* no EHLO at all */
	{{"-f", "rcpt"}, 0, 2000, 0, 0},                          /* 5yz */
	{{"-r", "mail"}, 0, 0, 2000, 0},                          /* 4yz */
	{{"-r", "."}, 0, 0, 2000, 0},    {{"-f", "data"}, 0, 2000, 0, 0},
	{{"-8"}, 2000, 0, 0, 0}, /* no 8BITMIME */
};

START_TEST(smtp_sink_has_them_all)
{
	static struct tally tally;
	struct scene scene = {0};

	scene_start_sink(&scene, sinks[_i].args);
	scene.relay.max_connections = 20;
	scene_pool(&scene);
	send_all(&scene, 2000, 2000, &tally);
	ck_assert_int_eq(tally.verdicts[SMTP_SENT], sinks[_i].sent);
	ck_assert_int_eq(tally.verdicts[SMTP_REFUSED], sinks[_i].refused);
	ck_assert_int_eq(tally.verdicts[SMTP_AGAIN], sinks[_i].again);
	ck_assert_int_eq(tally.verdicts[SMTP_UNSURE], sinks[_i].unsure);
	scene_end(&scene);
}
END_TEST

/* Each of these holds one connection up for longer than the whole test may take. */
static const struct {
	const char *rule;
	int held; /* mails without an outcome */
} stalls[] = {
	{"greet/3: stall", 0}, {"greet/5: flood 220-x\r\n", 0}, {"ehlo/7: stall", 0},
	{"mail/30: stall", 1}, {"rcpt/30: sleep 5000; ok", 1},  {"data/30: stall", 1},
	{"dot/30: stall", 1},  {"dot/30: raw 250-a; stall", 1}, {"rset/1: stall", 1},
};

START_TEST(who_stalls_holds_up_only_itself)
{
	static struct tally tally;
	const char *args[] = {stalls[_i].rule, "rcpt~1@: reply 550 no", NULL};
	struct scene scene = {0};
	int64_t from_ms = clock_mono_ms();

	scene_start(&scene, args);
	scene.relay.max_connections = 10;
	scene.relay.connect_ms = scene.relay.reply_ms = scene.relay.dot_ms = 20000;
	scene_pool(&scene);
	send_all(&scene, 400, 400 - stalls[_i].held, &tally);
	ck_assert_msg(clock_mono_ms() - from_ms < 4500, "%s: it took %lld ms",
		      stalls[_i].rule, (long long)(clock_mono_ms() - from_ms));
	ck_assert_int_ge(tally.verdicts[SMTP_SENT], 350);
	scene_end(&scene);
}
END_TEST

START_TEST(dropped_connections_lose_no_mail_and_no_outcome)
{
	static struct tally tally;
	const char *args[] = {"dot~7@: drop",
			      "mail~b@: ok",
			      "rcpt~8@: drop",
			      "data~3@: reset",
			      "rcpt~21@: reply 421 bye; drop",
			      NULL};
	struct scene scene = {0};
	int want_unsure = 0;

	scene_start(&scene, args);
	scene.relay.max_connections = 10;
	scene.relay.back_off_max_ms = 50;
	scene_pool(&scene);
	send_all(&scene, 500, 500, &tally);
	for (int i = 0; i < 500; i++)
		want_unsure += i % 10 == 7;
	ck_assert_int_eq(tally.verdicts[SMTP_UNSURE], want_unsure);
	ck_assert_int_eq(tally.verdicts[SMTP_REFUSED], 0);
	ck_assert_int_eq(tally.verdicts[SMTP_SENT], scene_logged(&scene, "TAKEN "));
	scene_end(&scene);
}
END_TEST

static void turn_for(struct scene *scene, int64_t ms)
{
	int64_t until_ms = clock_mono_ms() + ms;

	while (clock_mono_ms() < until_ms)
		scene_turn(scene);
}

START_TEST(a_421_while_idle_costs_the_next_mail_nothing)
{
	const char *args[] = {"dot/1: ok; sleep 100; reply 421 4.4.2 idle; drop", NULL};
	struct scene scene = {0};
	struct smtp_pool_state state;
	struct smtp_outcome out;
	AUTO(buf) got = buf_new(1000);

	scene_start(&scene, args);
	scene_pool(&scene);
	scene_send(&scene, 1, "x@a.example");
	scene_outcome(&scene, &out, got);
	turn_for(&scene, 400);
	smtp_pool_state(scene.pool, &state);
	ck_assert_uint_eq(state.ready + state.busy + state.connecting, 0);
	ck_assert_uint_eq(state.failures, 0);
	scene_send(&scene, 2, "x@a.example");
	scene_outcome(&scene, &out, got);
	ck_assert_str_eq(buf_text(got), "sent dot 250 2.0.0");
	scene_end(&scene);
}
END_TEST

START_TEST(who_has_nothing_to_do_says_quit)
{
	const char *args[] = {NULL};
	struct scene scene = {0};
	struct smtp_outcome out;

	scene_start(&scene, args);
	scene.relay.idle_ms = 100;
	scene_pool(&scene);
	scene_send(&scene, 1, "x@a.example");
	scene_outcome(&scene, &out, NULL);
	ck_assert_int_eq(scene_logged(&scene, "QUIT"), 0);
	turn_for(&scene, 400);
	ck_assert_int_eq(scene_logged(&scene, "C1 QUIT"), 1);
	ck_assert_uint_eq(smtp_pool_open(scene.pool), 0);
	scene_end(&scene);
}
END_TEST

START_TEST(the_limit_holds_and_stop_ends_what_is_open)
{
	static struct tally tally;
	const char *args[] = {"dot: sleep 5; ok", NULL};
	struct scene scene = {0};
	int64_t until_ms;

	scene_start(&scene, args);
	scene.relay.max_connections = 20;
	scene_pool(&scene);
	smtp_pool_limit(scene.pool, 3);
	send_all(&scene, 100, 100, &tally);
	ck_assert_int_eq(scene_logged(&scene, "C3 EHLO"), 2);
	ck_assert_int_eq(scene_logged(&scene, "C4 EHLO"), 0);
	smtp_pool_limit(scene.pool, 8);
	send_all(&scene, 200, 200, &tally);
	ck_assert_int_eq(scene_logged(&scene, "C8 EHLO"), 2);
	smtp_pool_limit(scene.pool, 1);
	send_all(&scene, 10, 10, &tally);
	turn_for(&scene, 100);
	ck_assert_int_eq(scene_logged(&scene, "QUIT"), 7);
	smtp_pool_stop(scene.pool, clock_mono_ms());
	until_ms = clock_mono_ms() + 2000;
	while (smtp_pool_open(scene.pool) && clock_mono_ms() < until_ms)
		scene_turn(&scene);
	ck_assert_uint_eq(smtp_pool_open(scene.pool), 0);
	ck_assert_int_eq(scene_logged(&scene, "QUIT"), 8);
	scene_end(&scene);
}
END_TEST

/* With Nagle's algorithm on, a mail may wait 40 ms for a delayed acknowledgement. */
START_TEST(no_mail_waits_for_an_acknowledgement)
{
	const char *args[] = {NULL};
	struct scene scene = {0};
	struct smtp_outcome out;
	int found = 0;

	scene_start(&scene, args);
	scene_pool(&scene);
	scene_send(&scene, 1, "x@a.example");
	scene_outcome(&scene, &out, NULL);
	for (int fd = 0; fd < 256; fd++) {
		struct sockaddr_in peer = {0};
		socklen_t peer_len = sizeof(peer), len = sizeof(int);
		int on = 0;

		if (getpeername(fd, (struct sockaddr *)&peer, &peer_len) ||
		    ntohs(peer.sin_port) != scene.relay.port)
			continue;
		ck_assert_int_eq(getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, &len), 0);
		ck_assert_int_ne(on, 0);
		found++;
	}
	ck_assert_int_eq(found, 1);
	scene_end(&scene);
}
END_TEST

START_TEST(waiting_for_a_slow_relay_costs_next_to_nothing)
{
	const char *args[] = {"greet: sleep 500; ok", NULL};
	struct scene scene = {0};
	int64_t until_ms = clock_mono_ms() + SCENE_WAIT_MS;
	int turns = 0;

	scene_start(&scene, args);
	scene.relay.max_connections = 20;
	scene_pool(&scene);
	while (!smtp_pool_ready(scene.pool) && clock_mono_ms() < until_ms) {
		smtp_pool_want(scene.pool, 100);
		scene_turn(&scene);
		turns++;
	}
	ck_assert_int_lt(turns, 60);
	scene_end(&scene);
}
END_TEST

START_TEST(a_name_with_two_addresses_is_tried_at_both)
{
	const char *args[] = {NULL};
	struct scene scene = {0};
	struct smtp_outcome out;

	scene_start(&scene, args); /* listens on 127.0.0.1 and not on ::1 */
	scene.relay.host = "localhost";
	scene_pool(&scene);
	scene_send(&scene, 1, "x@a.example");
	scene_outcome(&scene, &out, NULL);
	ck_assert_int_eq(out.verdict, SMTP_SENT);
	scene_end(&scene);
}
END_TEST

START_TEST(a_name_that_does_not_resolve_holds_nobody_up)
{
	const char *args[] = {NULL};
	struct scene scene = {0};
	struct smtp_pool_state state;
	int64_t from_ms;

	scene_start(&scene, args);
	scene.relay.host = "nowhere.invalid";
	scene.relay.tls = SMTP_TLS_STARTTLS;
	scene.relay.connect_ms = 300;
	scene_pool(&scene);
	smtp_pool_want(scene.pool, 1);
	from_ms = clock_mono_ms();
	do {
		scene_turn(&scene);
		smtp_pool_state(scene.pool, &state);
	} while (!state.failures && clock_mono_ms() < from_ms + SCENE_WAIT_MS);
	ck_assert_int_eq(state.trouble, ERR_AGAIN);
	ck_assert_int_lt(clock_mono_ms() - from_ms, 1500);
	scene_end(&scene);
}
END_TEST

START_TEST(stop_lets_a_mail_that_is_under_way_end)
{
	const char *args[] = {"dot: sleep 300; ok", NULL};
	struct scene scene = {0};
	struct smtp_outcome out;

	scene_start(&scene, args);
	scene_pool(&scene);
	scene_send(&scene, 1, "x@a.example");
	turn_for(&scene, 60);
	smtp_pool_stop(scene.pool, clock_mono_ms());
	scene_outcome(&scene, &out, NULL);
	ck_assert_int_eq(out.verdict, SMTP_SENT);
	ck_assert_uint_eq(smtp_pool_ready(scene.pool), 0);
	turn_for(&scene, 100);
	ck_assert_uint_eq(smtp_pool_open(scene.pool), 0);
	scene_end(&scene);
}
END_TEST

START_TEST(a_relay_that_allows_few_connections_is_not_hammered)
{
	static struct tally tally;
	const char *args[] = {"greet/1: ok", "greet/2: ok",
			      "greet: reply 421 too many; drop", "dot: sleep 10; ok",
			      NULL};
	struct scene scene = {0};
	struct smtp_pool_state state;

	scene_start(&scene, args);
	scene.relay.max_connections = 20;
	scene.relay.back_off_min_ms = 300;
	scene.relay.back_off_max_ms = 10000;
	scene_pool(&scene);
	send_all(&scene, 200, 200, &tally); /* about a second with two */
	ck_assert_int_eq(tally.verdicts[SMTP_SENT], 200);
	smtp_pool_state(scene.pool, &state);
	ck_assert_uint_ge(state.failures, 1);
	ck_assert_uint_le(state.failures, 4);
	scene_end(&scene);
}
END_TEST

static const struct {
	const char *rule, *want;
} middles[] = {
	{"body: drop", "again dot 0 trouble"},
	{"body: reset", "again dot 0 trouble"},
	{"body: stall", "again dot 0 trouble"},
	{"body: reply 552 5.3.4 too big; sleep 100; drop", "refused dot 552 5.3.4"},
	{"body: reply 452 4.3.1 full; sleep 100; drop", "again dot 452 4.3.1"},
	{"body: reply 250 thanks; sleep 100; drop", "again dot 0 trouble"},
};

START_TEST(what_happens_in_the_middle_of_a_text_is_never_unsure)
{
	const char *args[] = {middles[_i].rule, "--size-hint=2000", NULL};
	struct scene scene = {0};
	struct smtp_outcome out;
	AUTO(buf) got = buf_new(1000);

	scene_start(&scene, args);
	buf_reset(&scene.mail);
	for (int i = 0; i < 500000; i++)
		buf_str(&scene.mail, "more than all buffers on the way can hold\r\n");
	smtp_finish(&scene.mail);
	scene_pool(&scene);
	scene_send(&scene, 1, "x@a.example");
	scene_outcome(&scene, &out, got);
	ck_assert_msg(str_eq(buf_text(got), middles[_i].want), "%s: got %s (%s)",
		      middles[_i].rule, buf_text(got), out.answer.text);
	scene_end(&scene);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("smtp pool");
	TCase *t = tcase_create("pool");

	smtp_setup();
	tcase_set_timeout(t, 60);
	UNIT_TABLE(t, smtp_sink_has_them_all, sinks);
	UNIT_TABLE(t, who_stalls_holds_up_only_itself, stalls);
	UNIT_TABLE(t, what_happens_in_the_middle_of_a_text_is_never_unsure, middles);
	tcase_add_test(t, dropped_connections_lose_no_mail_and_no_outcome);
	tcase_add_test(t, a_421_while_idle_costs_the_next_mail_nothing);
	tcase_add_test(t, who_has_nothing_to_do_says_quit);
	tcase_add_test(t, the_limit_holds_and_stop_ends_what_is_open);
	tcase_add_test(t, no_mail_waits_for_an_acknowledgement);
	tcase_add_test(t, waiting_for_a_slow_relay_costs_next_to_nothing);
	tcase_add_test(t, a_name_with_two_addresses_is_tried_at_both);
	tcase_add_test(t, a_name_that_does_not_resolve_holds_nobody_up);
	tcase_add_test(t, stop_lets_a_mail_that_is_under_way_end);
	tcase_add_test(t, a_relay_that_allows_few_connections_is_not_hammered);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
