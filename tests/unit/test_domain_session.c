/* Signing in to the staff's pages, and everything that ends it. */
#include "tests/unit/domain_house.h"

#include "domain/core/audit.h"
#include "domain/admin/rights.h"
#include "domain/admin/session.h"
#include "domain/admin/account.h"
#include "domain/admin/totp.h"
#include "base/str.h"

#include <inttypes.h>

#define GOOD "three blue boats"

static char token[SESSION_TOKEN_LEN + 1];
static struct session session;
static struct err err;

static void can(bool ok)
{
	ck_assert_msg(ok, "%s", err.text);
}

static void begin(void)
{
	house_open();
	err = (struct err){0};
	can(account_password(&house.op, "olga", GOOD, &err));
	house.op.staff_id = 0;
	house.op.who = "page";
}

static bool sign_in(const char *name, const char *password, const char *code,
		    const char *source)
{
	struct sign_in in = {name, password, code, source};

	err = (struct err){0};
	return session_sign_in(&house.op, house.arena, &in, token, &session, &err);
}

static bool found(void)
{
	struct session s;

	err = (struct err){0};
	return session_find(&house.op, house.arena, token, &s, &err);
}

/* RFC 6238 appendix B, SHA-1: the last six of its eight digits. */
static const struct {
	int64_t at;
	const char *want;
} vectors[] = {
	{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
	{1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
};

START_TEST(code_is_that_of_the_rfc)
{
	static const char secret[] = "12345678901234567890";
	char got[TOTP_DIGITS + 1];
	int64_t step = 0, t = vectors[_i].at, now = t / TOTP_STEP_S;

	totp_code(secret, 20, now, got);
	ck_assert_str_eq(got, vectors[_i].want);
	for (int64_t off = now < 2 ? 0 : -2; off <= 2; off++)
		ck_assert_int_eq(
			totp_fits(secret, 20, got, t + off * TOTP_STEP_S, 0, &step),
			off >= -1 && off <= 1);
	ck_assert(!totp_fits(secret, 20, got, t, now, &step));
	ck_assert(totp_fits(secret, 20,
			    arena_printf(house.arena, " %.3s %s ", got, got + 3), t,
			    now - 1, &step));
	ck_assert_int_eq(step, now);
}
END_TEST

static const char *const no_codes[] = {"", "12345", "1234567", "12a456", NULL};

START_TEST(what_is_no_code_fits_never)
{
	int64_t step;

	ck_assert(!totp_fits("12345678901234567890", 20, no_codes[_i], 59, 0, &step));
}
END_TEST

START_TEST(sealed_text_opens_with_its_key_and_purpose_only)
{
	unsigned char key[SECRET_KEY_BYTES] = {1}, other[SECRET_KEY_BYTES] = {2};
	unsigned char sealed[5 + SECRET_SEAL_BYTES], out[5];

	secret_seal(key, "a", "hello", 5, sealed);
	ck_assert(secret_unseal(key, "a", sealed, sizeof(sealed), out));
	ck_assert_mem_eq(out, "hello", 5);
	ck_assert(!secret_unseal(key, "b", sealed, sizeof(sealed), out));
	ck_assert(!secret_unseal(other, "a", sealed, sizeof(sealed), out));
	ck_assert(!secret_unseal(key, "a", sealed, 10, out));
	sealed[sizeof(sealed) - 1] ^= 1;
	ck_assert(!secret_unseal(key, "a", sealed, sizeof(sealed), out));
}
END_TEST

START_TEST(right_password_opens_a_session_that_is_found)
{
	ck_assert(!sign_in("olga", "not that one at all", NULL, "198.51.100.7"));
	can(sign_in("olga", GOOD, NULL, "198.51.100.7"));
	ck_assert_str_eq(house.op.who, "olga");
	house.op.staff_id = 0;
	can(found());
	ck_assert_int_eq(house.op.staff_id, session.staff_id);
	ck_assert_int_eq(session.ends_at, house.op.now + 7200);
	ck_assert_str_eq(house_text("SELECT detail FROM audit WHERE event = 'signed in'"),
			 arena_printf(house.arena,
				      "session %" PRId64 ", 1 failures before",
				      session.id));
	ck_assert_int_eq(house_int("SELECT count(*) FROM session WHERE "
				   "instr(token_hash, CAST('%s' AS BLOB))",
				   token),
			 0);
	token[3] = token[3] == 'a' ? 'b' : 'a';
	ck_assert(!found());
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

static const struct {
	const char *name, *password;
} wrong[] = {
	{"olga", "three blue boat"},
	{"olga", ""},
	{"olga", NULL},
	{"jean", GOOD},
	{"nobody", GOOD},
	{"olgaa", GOOD},
	{"", GOOD},
	{NULL, GOOD},
};

START_TEST(what_is_wrong_is_never_told)
{
	ck_assert(!sign_in(wrong[_i].name, wrong[_i].password, NULL, "198.51.100.7"));
	ck_assert_int_eq(err.kind, ERR_REFUSED);
	ck_assert_str_eq(err.text,
			 "name, password or one-time code is wrong; look at each "
			 "and try again");
	ck_assert_int_eq(house_int("SELECT count(*) FROM session"), 0);
	ck_assert_int_eq(house.op.staff_id, 0);
}
END_TEST

/* What ends a session, done by the administrator beside it or by time. */
static const struct {
	const char *name;
	int what;
} enders[] = {{"new password", 0}, {"new second step", 1}, {"end of the account", 2},
	      {"sign-out", 3},     {"role taken away", 4}, {"idle", 5},
	      {"too old", 6}};

START_TEST(session_ends_at_once)
{
	const char *url;

	can(rights_grant(&house.op, "olga", "reader", NULL, NULL, &err));
	can(sign_in("olga", GOOD, NULL, "198.51.100.7"));
	can(found());
	switch (enders[_i].what) {
	case 0:
		can(account_password(&house.op, "olga", "four green boats", &err));
		break;
	case 1:
		can(account_totp(&house.op, house.arena, "olga", &url, &err));
		break;
	case 2:
		can(account_end(&house.op, "olga", &err));
		break;
	case 3:
		can(session_end(&house.op, token, &err));
		break;
	case 4:
		can(rights_revoke(&house.op, "olga", "reader", NULL, NULL, &err));
		break;
	case 5:
		house.op.now += 7199;
		can(found()); /* a sign of life: two hours more */
		house.op.now += 7199;
		can(found());
		house.op.now += 7200;
		break;
	default:
		for (int i = 0; i < 11; i++) {
			house.op.now += 3600;
			can(found());
		}
		house.op.now += 3600;
	}
	ck_assert_msg(!found(), "%s did not end it", enders[_i].name);
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

START_TEST(attempts_are_held_back_for_the_account_and_let_go)
{
	for (int i = 0; i < SIGN_IN_FREE; i++) {
		ck_assert(!sign_in("olga", "wrong", NULL,
				   arena_printf(house.arena, "198.51.100.%d", i)));
		ck_assert_int_eq(err.kind, ERR_REFUSED);
	}
	ck_assert(!sign_in("olga", GOOD, NULL, "203.0.113.1"));
	ck_assert_int_eq(err.kind, ERR_AGAIN);
	ck_assert_int_eq(house.op.wait_until, house.op.now + SIGN_IN_WAIT_S);
	house.op.now += SIGN_IN_WAIT_S + 1;
	ck_assert(!sign_in("olga", "wrong", NULL, "203.0.113.1"));
	ck_assert_int_eq(err.kind, ERR_REFUSED);
	house.op.now += SIGN_IN_WAIT_S + 1; /* the wait has doubled */
	ck_assert(!sign_in("olga", GOOD, NULL, "203.0.113.1"));
	ck_assert_int_eq(err.kind, ERR_AGAIN);
	house.op.now += SIGN_IN_WAIT_S;
	can(sign_in("olga", GOOD, NULL, "203.0.113.1"));
	ck_assert(!sign_in("olga", "wrong", NULL, "203.0.113.1")); /* counted anew */
	can(sign_in("olga", GOOD, NULL, "203.0.113.1"));
}
END_TEST

START_TEST(attempts_are_held_back_for_a_source_and_its_network)
{
	for (int i = 0; i < SIGN_IN_FREE_SOURCE; i++)
		ck_assert(!sign_in(arena_printf(house.arena, "name%d", i), "wrong", NULL,
				   arena_printf(house.arena, "2001:db8:0:1::%x", i + 1)));
	ck_assert_int_eq(err.kind, ERR_REFUSED);
	ck_assert(!sign_in("olga", GOOD, NULL, "2001:db8:0:1:ffff::9"));
	ck_assert_int_eq(err.kind, ERR_AGAIN);
	can(sign_in("olga", GOOD, NULL, "2001:db8:0:2::1"));
}
END_TEST

/* In whatever letters, or by their address; and all of that is one account's count. */
START_TEST(who_signs_in_types_a_name_or_an_address)
{
	can(account_email(&house.op, "olga", "olga@example.test", &err));
	can(sign_in("OLGA", GOOD, NULL, "198.51.100.7"));
	ck_assert_str_eq(session.name, "olga");
	can(sign_in("Olga@Example.test", GOOD, NULL, "198.51.100.7"));
	ck_assert_str_eq(session.name, "olga");
	for (int i = 0; i < SIGN_IN_FREE; i++)
		ck_assert(!sign_in(i % 2 ? "oLGA" : "olga@example.test", "wrong", NULL,
				   arena_printf(house.arena, "198.51.100.%d", i)));
	ck_assert(!sign_in("olga", GOOD, NULL, "203.0.113.1"));
	ck_assert_int_eq(err.kind, ERR_AGAIN);
	/* An address that two have is nobody's name. */
	house.op.now += 3600;
	can(account_email(&house.op, "jean", "olga@example.test", &err));
	ck_assert(!sign_in("olga@example.test", GOOD, NULL, "203.0.113.1"));
	ck_assert_int_eq(err.kind, ERR_REFUSED);
}
END_TEST

START_TEST(a_new_password_lets_the_locked_out_in)
{
	for (int i = 0; i < SIGN_IN_FREE; i++)
		ck_assert(!sign_in("olga", "wrong", NULL, "198.51.100.7"));
	can(account_password(&house.op, "olga", "four green boats", &err));
	can(sign_in("olga", "four green boats", NULL, "198.51.100.7"));
}
END_TEST

static void secret_of(const char *url, unsigned char out[TOTP_SECRET_BYTES])
{
	char *text = arena_strndup(house.arena, strstr(url, "?secret=") + 8, 32);

	str_lower(text);
	ck_assert(str_unbase32(out, TOTP_SECRET_BYTES, text));
}

START_TEST(second_step_is_asked_for_once_a_code)
{
	unsigned char secret[TOTP_SECRET_BYTES];
	char code[TOTP_DIGITS + 1];
	const char *url;
	size_t len = sizeof(secret);

	can(account_totp(&house.op, house.arena, "olga", &url, &err));
	ck_assert_msg(str_starts(url, "otpauth://totp/Child%20Protection%20Policy%20Team:"
				      "olga?secret="),
		      "%s", url);
	secret_of(url, secret);
	ck_assert_int_eq(
		house_int("SELECT instr(totp, CAST(x'%02x%02x%02x%02x' AS BLOB)) "
			  "FROM login WHERE totp IS NOT NULL",
			  secret[0], secret[1], secret[2], secret[3]),
		0);
	ck_assert(!sign_in("olga", GOOD, NULL, "198.51.100.7"));
	ck_assert(!sign_in("olga", GOOD, "000000x", "198.51.100.7"));
	totp_code(secret, len, house.op.now / TOTP_STEP_S, code);
	ck_assert(!sign_in("olga", "wrong", code, "198.51.100.7"));
	can(sign_in("olga", GOOD, code, "198.51.100.7"));
	ck_assert(!sign_in("olga", GOOD, code, "198.51.100.7")); /* the same once more */
	house.op.now += TOTP_STEP_S;
	totp_code(secret, len, house.op.now / TOTP_STEP_S, code);
	can(sign_in("olga", GOOD, code, "198.51.100.7"));
	can(account_totp_off(&house.op, "olga", &err));
	can(sign_in("olga", GOOD, NULL, "198.51.100.7"));
}
END_TEST

static const struct {
	const char *password;
	bool good;
} passwords[] = {
	{"elevenchars", false},
	{"twelve chars", true},
	{"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", false},
	{"bad \xFF\xFE utf-8 text", false},
	{"", false},
};

START_TEST(password_is_long_enough)
{
	ck_assert_int_eq(
		account_password(&house.op, "jean", passwords[_i].password, &err),
		passwords[_i].good);
	ck_assert_int_eq(err.kind, passwords[_i].good ? ERR_NONE : ERR_INPUT);
}
END_TEST

START_TEST(form_token_belongs_to_one_session)
{
	char one[SESSION_CSRF_LEN + 1], first[SESSION_TOKEN_LEN + 1];

	can(sign_in("olga", GOOD, NULL, "198.51.100.7"));
	session_csrf(&house.op, token, one);
	str_copy(first, sizeof(first), token);
	ck_assert(session_csrf_fits(&house.op, first, one));
	can(sign_in("olga", GOOD, NULL, "198.51.100.7"));
	ck_assert(!session_csrf_fits(&house.op, token, one));
	ck_assert(!session_csrf_fits(&house.op, first, NULL));
	ck_assert(!session_csrf_fits(&house.op, first, ""));
	ck_assert_ptr_null(strstr(one, first));
}
END_TEST

START_TEST(proxy_is_believed_only_where_it_is_set)
{
	ck_assert(!session_for_proxy(&house.op, house.arena,
				     &(struct proxied){.name = "jean", .source = ""},
				     token, &session, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
	house.settings->proxy_header = "X-Remote-User";
	can(session_for_proxy(&house.op, house.arena,
			      &(struct proxied){.name = "jean", .source = ""}, token,
			      &session, &err));
	ck_assert(session.by_proxy);
	can(found());
	ck_assert(!session_for_proxy(&house.op, house.arena,
				     &(struct proxied){.name = "nobody", .source = ""},
				     token, &session, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

START_TEST(who_has_ended_is_out_for_good)
{
	int64_t rows;

	can(account_end(&house.op, "olga", &err));
	ck_assert(!sign_in("olga", GOOD, NULL, "198.51.100.7"));
	house.settings->proxy_header = "X-Remote-User";
	ck_assert(!session_for_proxy(&house.op, house.arena,
				     &(struct proxied){.name = "olga", .source = ""},
				     token, &session, &err));
	ck_assert(!account_become(&house.op, house.arena, "olga", &err));
	ck_assert(!account_add(&house.op, "olga", NULL, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	can(audit_verify(&house.op, &rows, NULL, &err));
}
END_TEST

START_TEST(what_is_over_is_forgotten)
{
	ck_assert(!sign_in("olga", "wrong", NULL, "198.51.100.7"));
	can(sign_in("olga", GOOD, NULL, "198.51.100.7"));
	house.op.now += 2LL * HOUSE_DAY;
	can(sessions_tidy(&house.op, &err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM sign_in"), 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM session"), 1);
	house.op.now += 90LL * HOUSE_DAY;
	can(sessions_tidy(&house.op, &err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM session"), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("session");
	TCase *c = tcase_create("session");

	tcase_add_checked_fixture(c, begin, house_close);
	tcase_set_timeout(c, 60);
	UNIT_TABLE(c, code_is_that_of_the_rfc, vectors);
	UNIT_TABLE(c, what_is_no_code_fits_never, no_codes);
	tcase_add_test(c, sealed_text_opens_with_its_key_and_purpose_only);
	tcase_add_test(c, right_password_opens_a_session_that_is_found);
	UNIT_TABLE(c, what_is_wrong_is_never_told, wrong);
	UNIT_TABLE(c, session_ends_at_once, enders);
	tcase_add_test(c, attempts_are_held_back_for_the_account_and_let_go);
	tcase_add_test(c, attempts_are_held_back_for_a_source_and_its_network);
	tcase_add_test(c, who_signs_in_types_a_name_or_an_address);
	tcase_add_test(c, a_new_password_lets_the_locked_out_in);
	tcase_add_test(c, second_step_is_asked_for_once_a_code);
	UNIT_TABLE(c, password_is_long_enough, passwords);
	tcase_add_test(c, form_token_belongs_to_one_session);
	tcase_add_test(c, proxy_is_believed_only_where_it_is_set);
	tcase_add_test(c, what_is_over_is_forgotten);
	tcase_add_test(c, who_has_ended_is_out_for_good);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
