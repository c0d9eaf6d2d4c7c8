/* src/smtp: encryption, certificates, login, and relays that cannot be reached. */
#include "tests/unit/smtp_scene.h"

#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"

enum login { NOBODY, PASSWORD, TOKEN };

/* "u:p" is the login everywhere; never is a text that must not be in the server's log. */
static const struct connect {
	const char *name, *certificate;
	const char *args[5];
	enum smtp_tls tls;
	bool trusted;
	enum login login;
	enum err_kind want; /* ERR_NONE: a mail goes through */
	const char *text, *never;
} connects[] = {
	{"STARTTLS",
	 "IP:127.0.0.1",
	 {"--tls=starttls"},
	 SMTP_TLS_STARTTLS,
	 true,
	 NOBODY,
	 ERR_NONE,
	 "",
	 "NOTHING"},
	{"STARTTLS and login",
	 "IP:127.0.0.1",
	 {"--tls=starttls", "--auth=u:p", "--auth-required"},
	 SMTP_TLS_STARTTLS,
	 true,
	 PASSWORD,
	 ERR_NONE,
	 "",
	 "NOTHING"},
	{"TLS from the start, and login",
	 "IP:127.0.0.1",
	 {"--tls=wrapped", "--auth=u:p", "--auth-required"},
	 SMTP_TLS_WRAPPED,
	 true,
	 PASSWORD,
	 ERR_NONE,
	 "",
	 "STARTTLS"},
	{"a certificate that nobody vouches for",
	 "IP:127.0.0.1",
	 {"--tls=starttls", "--auth=u:p"},
	 SMTP_TLS_STARTTLS,
	 false,
	 PASSWORD,
	 ERR_SETUP,
	 "certificate",
	 "AUTH"},
	{"a certificate for another name",
	 "DNS:other.example",
	 {"--tls=starttls", "--auth=u:p"},
	 SMTP_TLS_STARTTLS,
	 true,
	 PASSWORD,
	 ERR_SETUP,
	 "certificate",
	 "AUTH"},
	{"the same, TLS from the start",
	 "DNS:other.example",
	 {"--tls=wrapped"},
	 SMTP_TLS_WRAPPED,
	 true,
	 NOBODY,
	 ERR_SETUP,
	 "certificate",
	 "MAIL"},
	{"STARTTLS wanted and not offered",
	 NULL,
	 {"--auth=u:p"},
	 SMTP_TLS_STARTTLS,
	 false,
	 PASSWORD,
	 ERR_SETUP,
	 "STARTTLS",
	 "AUTH"},
	{"STARTTLS refused",
	 "IP:127.0.0.1",
	 {"--tls=starttls", "--auth=u:p", "starttls: reply 454 not now"},
	 SMTP_TLS_STARTTLS,
	 true,
	 PASSWORD,
	 ERR_SETUP,
	 "STARTTLS",
	 "AUTH"},
	{"plain text slipped in behind STARTTLS",
	 "IP:127.0.0.1",
	 {"--tls=starttls", "--inject", "--auth=u:p"},
	 SMTP_TLS_STARTTLS,
	 true,
	 PASSWORD,
	 ERR_AGAIN,
	 "",
	 "AUTH"},
	{"TLS from the start to a server that speaks plain",
	 NULL,
	 {NULL},
	 SMTP_TLS_WRAPPED,
	 false,
	 NOBODY,
	 ERR_AGAIN,
	 "",
	 "MAIL"},
	{"login",
	 NULL,
	 {"--auth=u:p", "--auth-required"},
	 SMTP_TLS_NONE,
	 false,
	 PASSWORD,
	 ERR_NONE,
	 "",
	 "NOTHING"},
	{"login with a token",
	 NULL,
	 {"--auth=u:p", "--auth-required"},
	 SMTP_TLS_NONE,
	 false,
	 TOKEN,
	 ERR_NONE,
	 "",
	 "AUTH PLAIN"},
	{"a token that is refused",
	 NULL,
	 {"--auth=u:q"},
	 SMTP_TLS_NONE,
	 false,
	 TOKEN,
	 ERR_SETUP,
	 "535",
	 "MAIL"},
	{"login refused",
	 NULL,
	 {"--auth=u:q"},
	 SMTP_TLS_NONE,
	 false,
	 PASSWORD,
	 ERR_SETUP,
	 "535 5.7.8 wrong",
	 "MAIL"},
	{"login refused, then silence",
	 NULL,
	 {"--auth=u:p", "auth: reply 535 no; stall"},
	 SMTP_TLS_NONE,
	 false,
	 PASSWORD,
	 ERR_SETUP,
	 "535",
	 "MAIL"},
	{"login refused for now",
	 NULL,
	 {"--auth=u:p", "auth: reply 454 4.7.0 later"},
	 SMTP_TLS_NONE,
	 false,
	 PASSWORD,
	 ERR_AGAIN,
	 "454",
	 "MAIL"},
	{"a user is set and no login offered",
	 NULL,
	 {NULL},
	 SMTP_TLS_NONE,
	 false,
	 PASSWORD,
	 ERR_SETUP,
	 "no login",
	 "MAIL"},
	{"greeted with 554",
	 NULL,
	 {"greet: reply 554 5.7.1 go|away"},
	 SMTP_TLS_NONE,
	 false,
	 NOBODY,
	 ERR_AGAIN,
	 "554 5.7.1 go",
	 "MAIL"},
	{"greeted with 421 and closed",
	 NULL,
	 {"greet: reply 421 too many; drop"},
	 SMTP_TLS_NONE,
	 false,
	 NOBODY,
	 ERR_AGAIN,
	 "421 too many",
	 "MAIL"},
	{"greeted with nothing",
	 NULL,
	 {"greet: stall"},
	 SMTP_TLS_NONE,
	 false,
	 NOBODY,
	 ERR_AGAIN,
	 "did not come through",
	 "MAIL"},
	{"greeted with garbage",
	 NULL,
	 {"greet: flood x"},
	 SMTP_TLS_NONE,
	 false,
	 NOBODY,
	 ERR_AGAIN,
	 "",
	 "MAIL"},
	{"silence in the TLS handshake",
	 "IP:127.0.0.1",
	 {"--tls=starttls", "starttls: reply 220 go; stall"},
	 SMTP_TLS_STARTTLS,
	 true,
	 NOBODY,
	 ERR_AGAIN,
	 "did not come through",
	 "MAIL"},
	{"silence at login",
	 NULL,
	 {"--auth=u:p", "auth: stall"},
	 SMTP_TLS_NONE,
	 false,
	 PASSWORD,
	 ERR_AGAIN,
	 "did not come through",
	 "MAIL"},
	{"our own EHLO is not answered",
	 NULL,
	 {"ehlo/2: stall"},
	 SMTP_TLS_NONE,
	 false,
	 NOBODY,
	 ERR_AGAIN,
	 "did not come through",
	 "MAIL"},
	{"closed after login",
	 NULL,
	 {"ehlo/2: drop"},
	 SMTP_TLS_NONE,
	 false,
	 NOBODY,
	 ERR_AGAIN,
	 "closed",
	 "MAIL"},
};

static void wait_for_trouble(struct scene *scene, struct smtp_pool_state *out)
{
	int64_t until_ms = clock_mono_ms() + SCENE_WAIT_MS;

	smtp_pool_want(scene->pool, 1);
	do {
		scene_turn(scene);
		smtp_pool_state(scene->pool, out);
		ck_assert_msg(clock_mono_ms() < until_ms, "nothing happens");
	} while (!out->failures && !out->ready);
}

START_TEST(a_connection_is_safe_or_none)
{
	const struct connect *c = &connects[_i];
	struct scene scene = {0};
	struct smtp_pool_state state;
	struct smtp_outcome out;
	char ca[128];

	if (c->certificate)
		scene_certify(&scene, c->certificate);
	scene_start(&scene, c->args);
	(void)snprintf(ca, sizeof(ca), "%s/cert.pem", scene.folder);
	scene.relay.tls = c->tls;
	scene.relay.ca_file = c->trusted ? ca : NULL;
	scene.relay.user = c->login ? "u" : NULL;
	scene.relay.password = c->login ? "p" : NULL;
	scene.relay.login_options = c->login == TOKEN ? "AUTH=XOAUTH2" : NULL;
	scene.relay.back_off_min_ms = 60000;
	scene_pool(&scene);
	wait_for_trouble(&scene, &state);
	ck_assert_msg(state.trouble == c->want, "%s: got %s (%s), want %s", c->name,
		      err_name(state.trouble), state.trouble_text, err_name(c->want));
	ck_assert_msg(strstr(state.trouble_text, c->text) != NULL,
		      "%s: \"%s\" has no \"%s\"", c->name, state.trouble_text, c->text);
	if (c->want == ERR_NONE) {
		scene_send(&scene, 1, "x@a.example");
		scene_outcome(&scene, &out, NULL);
		ck_assert_msg(out.verdict == SMTP_SENT, "%s: %s", c->name, out.answer.text);
	}
	ck_assert_msg(!scene_logged(&scene, c->never), "%s: it said %s", c->name,
		      c->never);
	scene_end(&scene);
}
END_TEST

static const struct {
	const char *name;
	struct smtp_relay relay;
	const char *text;
} settings[] = {
	{"no name",
	 {.host = "localhost", .ehlo_name = "we.example", .max_connections = 1},
	 "name"},
	{"clear text to another machine",
	 {.name = "a",
	  .host = "mail.example",
	  .ehlo_name = "we.example",
	  .max_connections = 1,
	  .tls = SMTP_TLS_NONE},
	 "turn tls on"},
	{"no EHLO name",
	 {.name = "a", .host = "localhost", .max_connections = 1},
	 "EHLO"},
	{"a line end in the EHLO name",
	 {.name = "a",
	  .host = "localhost",
	  .ehlo_name = "we\r\nRSET",
	  .max_connections = 1},
	 "EHLO"},
	{"a path for a host",
	 {.name = "a",
	  .host = "localhost/x",
	  .ehlo_name = "we.example",
	  .max_connections = 1},
	 "host name"},
	{"a login in the host",
	 {.name = "a",
	  .host = "u@localhost",
	  .ehlo_name = "we.example",
	  .max_connections = 1},
	 "host name"},
	{"no connections",
	 {.name = "a", .host = "localhost", .ehlo_name = "we.example"},
	 "connections"},
	{"a port that is none",
	 {.name = "a",
	  .host = "localhost",
	  .port = 70000,
	  .ehlo_name = "we.example",
	  .max_connections = 1},
	 "port"},
	{"a user without a password",
	 {.name = "a",
	  .host = "localhost",
	  .ehlo_name = "we.example",
	  .max_connections = 1,
	  .user = "u"},
	 "password"},
};

START_TEST(settings_that_cannot_work_are_refused_with_a_sentence)
{
	struct err err = {0};
	struct smtp_pool *pool = smtp_pool_new(&settings[_i].relay, &err);

	ck_assert_msg(!pool && err.kind == ERR_SETUP, "%s", settings[_i].name);
	ck_assert_msg(strstr(err.text, settings[_i].text) != NULL, "%s: %s",
		      settings[_i].name, err.text);
}
END_TEST

START_TEST(a_relay_that_is_down_is_tried_less_and_less_often)
{
	struct scene scene = {0};
	struct smtp_pool_state state;
	int64_t waits[5], until_ms = clock_mono_ms() + SCENE_WAIT_MS;
	const char *args[] = {NULL};
	unsigned seen = 0;

	scene_start(&scene, args);
	scene.relay.port = 1; /* nobody listens there */
	scene_pool(&scene);
	smtp_pool_want(scene.pool, 100);
	while (seen < 5) {
		scene_turn(&scene);
		smtp_pool_state(scene.pool, &state);
		ck_assert(clock_mono_ms() < until_ms);
		ck_assert_uint_le(state.connecting, 1);
		if (state.failures == seen)
			continue;
		ck_assert_uint_eq(state.failures, seen + 1);
		waits[seen++] = state.next_attempt_ms - clock_mono_ms();
		ck_assert_msg(strstr(state.trouble_text, "relay a: ") != NULL, "%s",
			      state.trouble_text);
	}
	for (unsigned i = 0; i < 5; i++) {
		int64_t want_ms = i < 3 ? 50 << i : 400;

		ck_assert_msg(waits[i] <= want_ms && waits[i] > want_ms - 40,
			      "%u: %lld ms", i, (long long)waits[i]);
	}
	scene_end(&scene);
}
END_TEST

static const struct {
	const char *rule, *want;
} breaks[] = {
	{"mail/2: drop", "again MAIL 0 trouble at-once"},
	{"rcpt/2: reset", "again RCPT 0 trouble at-once"},
	{"body: reset", "again dot 0 trouble"},
	{"body: drop", "again dot 0 trouble"},
	{"body: stall", "again dot 0 trouble"},
	{"dot/2: drop", "unsure dot 0 trouble"},
	{"dot/2: reset", "unsure dot 0 trouble"},
	{"dot/2: stall", "unsure dot 0 trouble"},
	{"dot/2: raw 250 o; drop", "unsure dot 0 trouble"},
	{"dot/2: reply 554 5.7.1 no; drop", "refused dot 554 5.7.1"},
};

/* The first mail is short, the second fills all buffers; nothing here ignores SIGPIPE. */
START_TEST(an_encrypted_connection_breaks_like_a_plain_one)
{
	const char *args[] = {"--tls=wrapped", "--size-hint=200000", breaks[_i].rule,
			      NULL};
	struct scene scene = {0};
	struct smtp_outcome out;
	AUTO(buf) got = buf_new(1000);
	char ca[128];

	scene_certify(&scene, "IP:127.0.0.1");
	scene_start(&scene, args);
	(void)snprintf(ca, sizeof(ca), "%s/cert.pem", scene.folder);
	scene.relay.tls = SMTP_TLS_WRAPPED;
	scene.relay.ca_file = ca;
	scene_pool(&scene);
	scene_send(&scene, 1, "x@a.example");
	scene_outcome(&scene, &out, got);
	ck_assert_str_eq(buf_text(got), "sent dot 250 2.0.0");
	buf_reset(&scene.mail);
	for (int i = 0; i < 400000; i++)
		buf_str(&scene.mail, "more than all buffers on the way can hold\r\n");
	smtp_finish(&scene.mail);
	scene_send(&scene, 2, "x@a.example");
	scene_outcome(&scene, &out, got);
	ck_assert_msg(str_starts(buf_text(got), breaks[_i].want), "%s: got %s (%s)",
		      breaks[_i].rule, buf_text(got), out.answer.text);
	scene_end(&scene);
}
END_TEST

START_TEST(a_wrapped_relay_that_is_slow_to_read_gets_the_mail_whole)
{
	static const char *const plain[] = {"--size-hint=200000", "body: sleep 300",
					    NULL};
	static const char *const tls[] = {"--tls=wrapped", "--size-hint=200000",
					  "body: sleep 300", NULL};
	struct scene scene = {0};
	struct smtp_outcome out;
	AUTO(buf) mail = buf_new(16 << 20);
	char ca[128], want[200], hex[SECRET_SHA256_HEX];

	if (_i)
		scene_certify(&scene, "IP:127.0.0.1");
	scene_start(&scene, _i ? tls : plain);
	(void)snprintf(ca, sizeof(ca), "%s/cert.pem", scene.folder);
	scene.relay.tls = _i ? SMTP_TLS_WRAPPED : SMTP_TLS_NONE;
	scene.relay.ca_file = ca;
	scene.relay.reply_ms = scene.relay.dot_ms = 30000; /* it is slow on purpose */
	buf_str(mail, "Subject: long\r\n\r\n");
	for (int i = 0; i < 150000; i++)
		buf_printf(mail, "%s line %d of a mail that fills every buffer\r\n",
			   i % 7 ? "a" : ".", i);
	/* The server's body ends before the last line end. */
	secret_sha256_hex(mail->bytes, mail->len - 2, hex);
	buf_reset(&scene.mail);
	smtp_stuff(&scene.mail, mail->bytes, mail->len);
	smtp_finish(&scene.mail);
	scene_pool(&scene);
	for (int i = 0; i < 2; i++) {
		scene_send(&scene, 1, "x@a.example");
		scene_outcome(&scene, &out, NULL);
		ck_assert_msg(out.verdict == SMTP_SENT, "%s", out.answer.text);
	}
	(void)snprintf(want, sizeof(want), "%zu %s", mail->len - 2, hex);
	ck_assert_int_eq(scene_logged(&scene, want), 2);
	scene_end(&scene);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("smtp connect");
	TCase *t = tcase_create("connect");

	smtp_setup();
	tcase_set_timeout(t, 60);
	UNIT_TABLE(t, a_connection_is_safe_or_none, connects);
	UNIT_TABLE(t, settings_that_cannot_work_are_refused_with_a_sentence, settings);
	UNIT_TABLE(t, an_encrypted_connection_breaks_like_a_plain_one, breaks);
	tcase_add_test(t, a_relay_that_is_down_is_tried_less_and_less_often);
	tcase_add_loop_test(t, a_wrapped_relay_that_is_slow_to_read_gets_the_mail_whole,
			    0, 2);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
