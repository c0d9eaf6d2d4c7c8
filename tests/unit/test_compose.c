#include "tests/unit/unit.h"

#include "base/clock.h"
#include "base/str.h"
#include "mail/write/compose.h"

#include <jansson.h>

static const char token_a[] = "aaaaaaaa22222222bbbbbbbb33333333cc";
static const char token_b[] = "zzzzzzzz77777777yyyyyyyy66666666xx";

static struct compose_mail list_mail(void)
{
	return (struct compose_mail){
		.from_name = "Policy team",
		.from_address = "updates@lists.example.org",
		.reply_to = "team@example.org",
		.subject = "Update #7",
		.list_id = "updates.lists.example.org",
		.list_name = "Policy updates",
		.list_help = "mailto:help@lists.example.org",
		.list_archive = "https://lists.example.org/updates",
		.list_post_no = true,
		.list_unsubscribe_https =
			"https://lists.example.org/leave/" COMPOSE_TOKEN_MARK,
		.list_unsubscribe_mailto =
			"mailto:leave+" COMPOSE_TOKEN_MARK "@lists.example.org",
		.text = "Hello\n.\n.dot\nFrom here\nLeave: https://lists.example.org/leave/" COMPOSE_TOKEN_MARK
			" choose " COMPOSE_TOKEN_2_MARK "\n",
		.html = "<p>Hello <a href=\"https://lists.example.org/leave/" COMPOSE_TOKEN_MARK
			"\">leave</a></p>\n",
	};
}

static void check_wire(const char *mail, size_t len)
{
	size_t line = 0;

	for (size_t i = 0; i < len; i++, line++) {
		unsigned char c = (unsigned char)mail[i];

		ck_assert_msg(c == '\t' || c == '\r' || c == '\n' ||
				      (c >= 0x20 && c < 0x7F),
			      "byte %d at %zu", c, i);
		if (line == 0)
			ck_assert_msg(c != '.' && strncmp(mail + i, "From ", 5) != 0,
				      "a line begins with %.5s", mail + i);
		if (c == '\r')
			ck_assert_msg(i + 1 < len && mail[i + 1] == '\n',
				      "bare CR at %zu", i);
		if (c != '\n')
			continue;
		ck_assert_msg(i && mail[i - 1] == '\r', "bare LF at %zu", i);
		ck_assert_uint_le(line, 998);
		line = (size_t)-1;
	}
	ck_assert(len > 2 && mail[len - 1] == '\n');
}

START_TEST(slots_are_filled_everywhere)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) out = buf_new(100000);
	struct compose_mail m = list_mail();
	struct compose_prepared *p = NULL;
	const char *values[COMPOSE_SLOTS] = {
		[COMPOSE_MESSAGE_ID] = "7.anna@lists.example.org",
		[COMPOSE_DATE] = "Thu, 25 Jan 2018 09:00:00 +0000",
		[COMPOSE_TOKEN] = token_a,
		[COMPOSE_TOKEN_2] = token_b};
	struct err err = {0};

	ck_assert(compose_address_header(a, "Anna", "anna@example.org",
					 &values[COMPOSE_TO], &err));
	ck_assert_msg(compose_prepare(a, &m, &p, &err), "%s", err.text);
	ck_assert_msg(compose_fill(p, values, out, &err), "%s", err.text);
	check_wire(buf_text(out), out->len);
	ck_assert(strstr(buf_text(out), "\r\nTo: Anna <anna@example.org>\r\n"));
	ck_assert(
		strstr(buf_text(out), "\r\nMessage-ID: <7.anna@lists.example.org>\r\n"));
	ck_assert(strstr(buf_text(out), "\r\nDate: Thu, 25 Jan 2018 09:00:00 +0000\r\n"));
	ck_assert(strstr(
		buf_text(out),
		"List-Unsubscribe: <https://lists.example.org/leave/aaaaaaaa22222222bbbb"
		"bbbb33333333cc>,\r\n <mailto:leave+aaaaaaaa22222222bbbbbbbb33333333cc@"
		"lists.example.org>\r\n"
		"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
	ck_assert(strstr(buf_text(out),
			 "List-Id: Policy updates\r\n <updates.lists.example.org>"));
	ck_assert(strstr(buf_text(out), "List-Post: NO\r\n"));
	/* In the text and in the HTML, unbroken. */
	size_t found = 0;
	for (const char *at = buf_text(out); (at = strstr(at, token_a)); at++)
		found++;
	ck_assert_uint_eq(found, 4);
	ck_assert(strstr(buf_text(out), token_b));
	ck_assert(!strstr(buf_text(out), "0mercat0"));
}
END_TEST

START_TEST(mark_is_never_broken)
{
	AUTO(arena) a = arena_new(4096);
	struct compose_mail m = list_mail();
	const char *values[COMPOSE_SLOTS] = {"anna@example.org", "1@example.org", "now",
					     token_a, token_b};
	struct err err = {0};

	m.html = NULL;
	for (int before = 0; before < 160; before++) {
		AUTO(buf) text = buf_new(1000);
		AUTO(buf) out = buf_new(100000);
		struct compose_prepared *p = NULL;
		const char *body;

		for (int i = 0; i < before; i++)
			buf_str(text, i % 3 ? "x" : "\xC3\xA9");
		buf_str(text, COMPOSE_TOKEN_MARK "yz" COMPOSE_TOKEN_2_MARK);
		m.text = buf_text(text);
		ck_assert(compose_prepare(a, &m, &p, &err));
		ck_assert(compose_fill(p, values, out, &err));
		body = strstr(buf_text(out), "\r\n\r\n");
		ck_assert(body && strstr(body, token_a) && strstr(body, token_b));
		for (const char *line = body + 4; *line; line = strchr(line, '\n') + 1)
			ck_assert_uint_le(strcspn(line, "\r"), 76);
	}
}
END_TEST

/* Each changes one thing of a good mail; "" is good, else the sentence begins so. */
static const struct {
	const char *name;
	size_t field; /* offset of a string in compose_mail */
	const char *value, *want;
} fields[] = {
	{"plain", offsetof(struct compose_mail, subject), "Hello", ""},
	{"subject CR LF", offsetof(struct compose_mail, subject),
	 "a\r\nBcc: b@example.org", "Subject: holds a line end"},
	{"subject LF", offsetof(struct compose_mail, subject), "a\nb",
	 "Subject: holds a line end"},
	{"subject control", offsetof(struct compose_mail, subject), "a\x1b[1m",
	 "Subject: holds a line end or control character (code 27)"},
	{"subject no UTF-8", offsetof(struct compose_mail, subject), "\xE9",
	 "Subject: is not UTF-8"},
	{"from name LF", offsetof(struct compose_mail, from_name), "a\nb",
	 "From: name: holds"},
	{"from address", offsetof(struct compose_mail, from_address), "a@b\r\nX: y",
	 "From: \"a@b??X: y\" is no"},
	{"reply-to", offsetof(struct compose_mail, reply_to), "a b",
	 "Reply-To: \"a b\" is no"},
	{"to", offsetof(struct compose_mail, to), "a@example.org\r\nBcc: x",
	 "To: is no field value"},
	{"to blank line", offsetof(struct compose_mail, to), "a\r\n \r\n x",
	 "To: is no field value"},
	{"to folded", offsetof(struct compose_mail, to), "Anna\r\n <a@example.org>", ""},
	{"to empty", offsetof(struct compose_mail, to), "", "To: is no field value"},
	{"message id", offsetof(struct compose_mail, message_id), "x@y>\r\nA: b",
	 "Message-ID: may hold neither"},
	{"message id without @", offsetof(struct compose_mail, message_id), "xy",
	 "Message-ID: \"xy\" is no Message-ID"},
	{"reply id", offsetof(struct compose_mail, in_reply_to), "x y@z",
	 "In-Reply-To: may hold"},
	{"list id", offsetof(struct compose_mail, list_id), "a>\r\nb",
	 "List-Id: may hold"},
	{"list name", offsetof(struct compose_mail, list_name), "a\rb",
	 "List-Id: holds a line end"},
	{"help", offsetof(struct compose_mail, list_help), "javascript:x",
	 "List-Help: \"javascript:x\" is neither"},
	{"one-click without TLS", offsetof(struct compose_mail, list_unsubscribe_https),
	 "http://example.org/x",
	 "List-Unsubscribe: the one-click link must begin with https://"},
	{"mailto with space", offsetof(struct compose_mail, list_unsubscribe_mailto),
	 "mailto:a b", "List-Unsubscribe: may hold neither"},
	{"auto-submitted", offsetof(struct compose_mail, auto_submitted), "no\r\nx",
	 "Auto-Submitted: may hold neither"},
	{"body no UTF-8", offsetof(struct compose_mail, text), "\xFF",
	 "the mail's text is not UTF-8"},
};

START_TEST(nothing_can_be_injected)
{
	AUTO(arena) a = arena_new(4096);
	struct compose_mail m = list_mail();
	struct compose_prepared *p = NULL;
	struct err err = {0};
	bool ok;

	*(const char **)(void *)((char *)&m + fields[_i].field) = fields[_i].value;
	ok = compose_prepare(a, &m, &p, &err);
	ck_assert_msg(ok == !*fields[_i].want && str_starts(err.text, fields[_i].want),
		      "%s: got %s, want %s", fields[_i].name, err.text, fields[_i].want);
	if (!ok)
		ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

static const struct {
	const char *name, *value;
	bool ok;
} extras[] = {
	{"X-Mercat-Update", "7", true},
	{"X-Mercat", "a\nb", false},
	{"Bcc", "a", false},
	{"Subject", "a", false},
	{"List-Whatever", "a", false},
	{"X Y", "a", false},
	{"X:Y", "a", false},
	{"", "a", false},
	{"X\r\nY", "a", false},
	{"Precedence", "bulk", true},
	{"Content-Language", "en", false},
};

START_TEST(extra_fields_are_checked)
{
	AUTO(arena) a = arena_new(4096);
	struct compose_mail m = list_mail();
	struct compose_field field = {extras[_i].name, extras[_i].value};
	struct compose_prepared *p = NULL;
	struct err err = {0};

	m.extra = &field;
	m.extra_count = 1;
	ck_assert_msg(compose_prepare(a, &m, &p, &err) == extras[_i].ok, "%s: %s",
		      extras[_i].name, err.text);
}
END_TEST

static const struct {
	const char *name;
	enum compose_slot slot;
	const char *value;
} bad_values[] = {
	{"none", COMPOSE_TO, NULL},
	{"injection", COMPOSE_TO, "a@example.org\r\nBcc: b@example.org"},
	{"raw UTF-8", COMPOSE_TO, "\xC3\xA9 <a@example.org>"},
	{"id", COMPOSE_MESSAGE_ID, "a@b\r\nX: y"},
	{"id none", COMPOSE_MESSAGE_ID, NULL},
	{"date", COMPOSE_DATE, "now\r\n\r\nbody"},
	{"short", COMPOSE_TOKEN, "abc"},
	{"breaks out", COMPOSE_TOKEN, "aaaaaaaa22222222bbbbbbbb33333333<>"},
	{"none", COMPOSE_TOKEN_2, NULL},
};

START_TEST(bad_slot_value_is_refused)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) out = buf_new(100000);
	struct compose_mail m = list_mail();
	struct compose_prepared *p = NULL;
	const char *values[COMPOSE_SLOTS] = {"anna@example.org", "1@example.org", "now",
					     token_a, token_b};
	struct err err = {0};

	ck_assert(compose_prepare(a, &m, &p, &err));
	ck_assert_msg(compose_fill(p, values, out, &err), "%s", err.text);
	values[bad_values[_i].slot] = bad_values[_i].value;
	ck_assert_msg(!compose_fill(p, values, out, &err), "%s", bad_values[_i].name);
	ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

START_TEST(mail_without_slots_needs_no_values)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) out = buf_new(100000);
	struct compose_mail m = {.from_address = "a@example.org",
				 .to = "b@example.org",
				 .subject = "",
				 .date_at = 1516870800,
				 .message_id = "1@example.org",
				 .auto_submitted = "auto-replied",
				 .text = "one\rtwo\n\r\nthree"};
	const char *none[COMPOSE_SLOTS] = {0};
	struct compose_prepared *p = NULL;
	struct err err = {0};

	ck_assert_msg(compose_prepare(a, &m, &p, &err), "%s", err.text);
	ck_assert_msg(compose_fill(p, none, out, &err), "%s", err.text);
	ck_assert_str_eq(
		buf_text(out),
		"From: a@example.org\r\nTo: b@example.org\r\nSubject: \r\n"
		"Date: Thu, 25 Jan 2018 09:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n"
		"Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
		"one\r\ntwo\r\n\r\nthree\r\n");
}
END_TEST

/* For compose_decodes.py: a JSON object a line in, "OK bytes" and the mail, or "NO why", out. */
static void compose_line(struct arena *a, json_t *in)
{
	AUTO(buf) out = buf_new(20000000);
	struct compose_mail m = list_mail();
	struct compose_prepared *p = NULL;
	const char *values[COMPOSE_SLOTS] = {NULL, "1@example.org",
					     "Thu, 25 Jan 2018 09:00:00 +0000", token_a,
					     token_b};
	const char *html = json_string_value(json_object_get(in, "html"));
	struct err err = {0};

	m.subject = json_string_value(json_object_get(in, "subject"));
	m.from_name = json_string_value(json_object_get(in, "from_name"));
	m.list_name = m.from_name;
	m.text = json_string_value(json_object_get(in, "text"));
	m.html = html;
	if (compose_address_header(a, json_string_value(json_object_get(in, "to_name")),
				   json_string_value(json_object_get(in, "to_address")),
				   &values[COMPOSE_TO], &err) &&
	    compose_prepare(a, &m, &p, &err) && compose_fill(p, values, out, &err)) {
		(void)printf("OK %zu\n", out->len);
		(void)fwrite(out->bytes, 1, out->len, stdout);
	} else {
		(void)printf("NO %s\n", err.text);
	}
}

static int compose_lines(void)
{
	AUTO(arena) a = arena_new(65536);
	json_t *in;

	while ((in = json_loadf(stdin, JSON_DISABLE_EOF_CHECK, NULL))) {
		arena_reset(a);
		compose_line(a, in);
		json_decref(in);
	}
	return 0;
}

int main(int argc, char **argv)
{
	Suite *suite = suite_create("compose");
	TCase *tc = tcase_create("compose");

	suite_add_tcase(suite, tc);
	tcase_add_test(tc, slots_are_filled_everywhere);
	tcase_add_test(tc, mark_is_never_broken);
	UNIT_TABLE(tc, nothing_can_be_injected, fields);
	UNIT_TABLE(tc, extra_fields_are_checked, extras);
	UNIT_TABLE(tc, bad_slot_value_is_refused, bad_values);
	tcase_add_test(tc, mail_without_slots_needs_no_values);
	if (argc == 2 && str_eq(argv[1], "--compose")) {
		srunner_free(srunner_create(suite));
		return compose_lines();
	}
	return unit_main_together(suite);
}
