/* Signing in to the staff's pages, and everything that ends it. */
#include "tests/unit/acts_house.h"

#include "acts/audit.h"
#include "acts/rights.h"
#include "acts/session.h"
#include "acts/staff.h"
#include "base/str.h"
#include "base/totp.h"

#include <inttypes.h>

#define GOOD "three blue boats"

static char token[ACTS_SESSION_TOKEN_LEN + 1];
static struct acts_session session;
static struct err err;

static void can(bool ok)
{
	ck_assert_msg(ok, "%s", err.text);
}

static void begin(void)
{
	house_open();
	err = (struct err){0};
	can(acts_staff_password(&house.acts, "olga", GOOD, &err));
	house.acts.staff_id = 0;
	house.acts.who = "page";
}

static bool sign_in(const char *name, const char *password, const char *code,
		    const char *source)
{
	struct acts_sign_in in = {name, password, code, source};

	err = (struct err){0};
	return acts_session_sign_in(&house.acts, house.arena, &in, token, &session, &err);
}

static bool found(void)
{
	struct acts_session s;

	err = (struct err){0};
	return acts_session_find(&house.acts, house.arena, token, &s, &err);
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
	ck_assert_str_eq(house.acts.who, "olga");
	house.acts.staff_id = 0;
	can(found());
	ck_assert_int_eq(house.acts.staff_id, session.staff_id);
	ck_assert_int_eq(session.ends_at, house.acts.now + 7200);
	ck_assert_str_eq(house_text("SELECT detail FROM audit WHERE act = 'signed in'"),
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
	{"Olga", GOOD},
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
	ck_assert_int_eq(house.acts.staff_id, 0);
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

	can(acts_grant(&house.acts, "olga", "reader", NULL, NULL, &err));
	can(sign_in("olga", GOOD, NULL, "198.51.100.7"));
	can(found());
	switch (enders[_i].what) {
	case 0:
		can(acts_staff_password(&house.acts, "olga", "four green boats", &err));
		break;
	case 1:
		can(acts_staff_totp(&house.acts, house.arena, "olga", &url, &err));
		break;
	case 2:
		can(acts_staff_end(&house.acts, "olga", &err));
		break;
	case 3:
		can(acts_session_end(&house.acts, token, &err));
		break;
	case 4:
		can(acts_revoke(&house.acts, "olga", "reader", NULL, NULL, &err));
		break;
	case 5:
		house.acts.now += 7199;
		can(found()); /* a sign of life: two hours more */
		house.acts.now += 7199;
		can(found());
		house.acts.now += 7200;
		break;
	default:
		for (int i = 0; i < 11; i++) {
			house.acts.now += 3600;
			can(found());
		}
		house.acts.now += 3600;
	}
	ck_assert_msg(!found(), "%s did not end it", enders[_i].name);
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

START_TEST(attempts_are_held_back_for_the_account_and_let_go)
{
	for (int i = 0; i < ACTS_SIGN_IN_FREE; i++) {
		ck_assert(!sign_in("olga", "wrong", NULL,
				   arena_printf(house.arena, "198.51.100.%d", i)));
		ck_assert_int_eq(err.kind, ERR_REFUSED);
	}
	ck_assert(!sign_in("olga", GOOD, NULL, "203.0.113.1"));
	ck_assert_int_eq(err.kind, ERR_AGAIN);
	house.acts.now += ACTS_SIGN_IN_WAIT_S + 1;
	ck_assert(!sign_in("olga", "wrong", NULL, "203.0.113.1"));
	ck_assert_int_eq(err.kind, ERR_REFUSED);
	house.acts.now += ACTS_SIGN_IN_WAIT_S + 1; /* the wait has doubled */
	ck_assert(!sign_in("olga", GOOD, NULL, "203.0.113.1"));
	ck_assert_int_eq(err.kind, ERR_AGAIN);
	house.acts.now += ACTS_SIGN_IN_WAIT_S;
	can(sign_in("olga", GOOD, NULL, "203.0.113.1"));
	ck_assert(!sign_in("olga", "wrong", NULL, "203.0.113.1")); /* counted anew */
	can(sign_in("olga", GOOD, NULL, "203.0.113.1"));
}
END_TEST

START_TEST(attempts_are_held_back_for_a_source_and_its_network)
{
	for (int i = 0; i < ACTS_SIGN_IN_FREE_SOURCE; i++)
		ck_assert(!sign_in(arena_printf(house.arena, "name%d", i), "wrong", NULL,
				   arena_printf(house.arena, "2001:db8:0:1::%x", i + 1)));
	ck_assert_int_eq(err.kind, ERR_REFUSED);
	ck_assert(!sign_in("olga", GOOD, NULL, "2001:db8:0:1:ffff::9"));
	ck_assert_int_eq(err.kind, ERR_AGAIN);
	can(sign_in("olga", GOOD, NULL, "2001:db8:0:2::1"));
}
END_TEST

START_TEST(a_new_password_lets_the_locked_out_in)
{
	for (int i = 0; i < ACTS_SIGN_IN_FREE; i++)
		ck_assert(!sign_in("olga", "wrong", NULL, "198.51.100.7"));
	can(acts_staff_password(&house.acts, "olga", "four green boats", &err));
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

	can(acts_staff_totp(&house.acts, house.arena, "olga", &url, &err));
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
	totp_code(secret, len, house.acts.now / TOTP_STEP_S, code);
	ck_assert(!sign_in("olga", "wrong", code, "198.51.100.7"));
	can(sign_in("olga", GOOD, code, "198.51.100.7"));
	ck_assert(!sign_in("olga", GOOD, code, "198.51.100.7")); /* the same once more */
	house.acts.now += TOTP_STEP_S;
	totp_code(secret, len, house.acts.now / TOTP_STEP_S, code);
	can(sign_in("olga", GOOD, code, "198.51.100.7"));
	can(acts_staff_totp_off(&house.acts, "olga", &err));
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
		acts_staff_password(&house.acts, "jean", passwords[_i].password, &err),
		passwords[_i].good);
	ck_assert_int_eq(err.kind, passwords[_i].good ? ERR_NONE : ERR_INPUT);
}
END_TEST

START_TEST(form_token_belongs_to_one_session)
{
	char one[ACTS_SESSION_CSRF_LEN + 1], first[ACTS_SESSION_TOKEN_LEN + 1];

	can(sign_in("olga", GOOD, NULL, "198.51.100.7"));
	acts_session_csrf(&house.acts, token, one);
	str_copy(first, sizeof(first), token);
	ck_assert(acts_session_csrf_fits(&house.acts, first, one));
	can(sign_in("olga", GOOD, NULL, "198.51.100.7"));
	ck_assert(!acts_session_csrf_fits(&house.acts, token, one));
	ck_assert(!acts_session_csrf_fits(&house.acts, first, NULL));
	ck_assert(!acts_session_csrf_fits(&house.acts, first, ""));
	ck_assert_ptr_null(strstr(one, first));
}
END_TEST

START_TEST(proxy_is_believed_only_where_it_is_set)
{
	ck_assert(!acts_session_for_proxy(&house.acts, house.arena, "jean", "", token,
					  &session, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
	house.settings->proxy_header = "X-Remote-User";
	can(acts_session_for_proxy(&house.acts, house.arena, "jean", "", token, &session,
				   &err));
	ck_assert(session.by_proxy);
	can(found());
	ck_assert(!acts_session_for_proxy(&house.acts, house.arena, "nobody", "", token,
					  &session, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

START_TEST(who_has_ended_is_out_for_good)
{
	int64_t rows;

	can(acts_staff_end(&house.acts, "olga", &err));
	ck_assert(!sign_in("olga", GOOD, NULL, "198.51.100.7"));
	house.settings->proxy_header = "X-Remote-User";
	ck_assert(!acts_session_for_proxy(&house.acts, house.arena, "olga", "", token,
					  &session, &err));
	ck_assert(!acts_staff_become(&house.acts, house.arena, "olga", &err));
	ck_assert(!acts_staff_add(&house.acts, "olga", NULL, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	can(acts_audit_verify(&house.acts, &rows, NULL, &err));
}
END_TEST

START_TEST(what_is_over_is_forgotten)
{
	ck_assert(!sign_in("olga", "wrong", NULL, "198.51.100.7"));
	can(sign_in("olga", GOOD, NULL, "198.51.100.7"));
	house.acts.now += 2LL * HOUSE_DAY;
	can(acts_sessions_tidy(&house.acts, &err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM sign_in"), 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM session"), 1);
	house.acts.now += 90LL * HOUSE_DAY;
	can(acts_sessions_tidy(&house.acts, &err));
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
	tcase_add_test(c, a_new_password_lets_the_locked_out_in);
	tcase_add_test(c, second_step_is_asked_for_once_a_code);
	UNIT_TABLE(c, password_is_long_enough, passwords);
	tcase_add_test(c, form_token_belongs_to_one_session);
	tcase_add_test(c, proxy_is_believed_only_where_it_is_set);
	tcase_add_test(c, what_is_over_is_forgotten);
	tcase_add_test(c, who_has_ended_is_out_for_good);
	suite_add_tcase(suite, c);
	return unit_main(suite);
}
