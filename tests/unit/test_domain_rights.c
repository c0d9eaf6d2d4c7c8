/* Which role may do what and where: the whole matrix, and what grants do. */
#include "tests/unit/domain_house.h"

#include "domain/admin/rights.h"
#include "base/str.h"
#include "domain/responses/response.h"
#include "domain/subscribers/subscribe.h"

/* One letter for each role that has it: reader coder editor approver data-protection
 * safeguarding administrator. Said once more than in rights.c, so that a change there is meant. */
static const struct {
	enum right right;
	const char *roles;
} matrix[] = {
	{RIGHT_READ_RESPONSES, "rceads"},
	{RIGHT_SEE_RESPONDENTS, "eads"},
	{RIGHT_NOTE, "cead"},
	{RIGHT_CODE, "ce"},
	{RIGHT_SCREEN, "ce"},
	{RIGHT_CODE_FRAME, "e"},
	{RIGHT_WRITE, "e"},
	{RIGHT_SORT, "ed"},
	{RIGHT_CONSULT, "em"},
	{RIGHT_MODERATE, "ea"},
	{RIGHT_PUBLISH, "a"},
	{RIGHT_SEE_BULLETINS, "rceadm"},
	{RIGHT_EDIT_BULLETIN, "e"},
	{RIGHT_COMMENT, "ea"},
	{RIGHT_APPROVE, "a"},
	{RIGHT_SEND, "ea"},
	{RIGHT_SUBSCRIBERS, "ed"},
	{RIGHT_LIST, "m"},
	{RIGHT_ERASE, "d"},
	{RIGHT_SAFEGUARD, "s"},
	{RIGHT_AUDIT, "dm"},
	{RIGHT_ADMIN, "m"},
};
static const char letters[] = "rceadsm";

static void can(bool ok, const struct err *err)
{
	ck_assert_msg(ok, "%s", err->text);
}

static struct rights rights_of(const char *name)
{
	struct rights r;
	struct err err = {0};

	can(rights_load(&house.op, house.arena,
			house_int("SELECT id FROM staff WHERE name = '%s'", name), &r,
			&err),
	    &err);
	return r;
}

START_TEST(role_gives_what_the_matrix_says)
{
	ck_assert_uint_eq(ARRAY_LEN(matrix), RIGHT_COUNT);
	ck_assert_int_eq(matrix[_i].right, _i);
	for (int role = 0; role < ROLE_COUNT; role++) {
		bool want = strchr(matrix[_i].roles, letters[role]) != NULL;
		bool got = staff_role_gives((enum staff_role)role, matrix[_i].right);

		ck_assert_msg(got == want, "%s, \"%s\": got %d, want %d",
			      staff_role_name((enum staff_role)role),
			      right_name(matrix[_i].right), got, want);
	}
}
END_TEST

/* What olga was given, and what follows: of children, forum, cruelty and everywhere. */
static const struct {
	const char *role, *list, *consultation;
	enum right right;
	bool children, forum, cruelty, everywhere;
} places[] = {
	{"reader", NULL, NULL, RIGHT_READ_RESPONSES, true, true, true, true},
	{"reader", NULL, "cruelty", RIGHT_READ_RESPONSES, false, false, true, false},
	{"reader", NULL, "cruelty", RIGHT_SEE_RESPONDENTS, false, false, false, false},
	{"editor", "children", NULL, RIGHT_EDIT_BULLETIN, true, false, false, false},
	{"editor", "children", NULL, RIGHT_READ_RESPONSES, true, false, false, false},
	{"editor", "children", NULL, RIGHT_APPROVE, false, false, false, false},
	{"data protection", NULL, "cruelty", RIGHT_AUDIT, false, false, true, false},
	{"administrator", NULL, NULL, RIGHT_ADMIN, true, true, true, true},
};

START_TEST(grant_holds_where_it_was_given_and_nowhere_else)
{
	struct rights_scope scopes[4];
	struct rights r;
	struct err err = {0};
	const bool want[4] = {places[_i].children, places[_i].forum, places[_i].cruelty,
			      places[_i].everywhere};

	house_consults();
	scopes[0] = rights_on_list(house_list("children").id);
	scopes[1] = rights_on_list(house_list("forum").id);
	scopes[2] = rights_on_consultation(house_int("SELECT id FROM consultation"));
	scopes[3] = rights_everywhere();
	can(rights_grant(&house.op, "olga", places[_i].role, places[_i].list,
			 places[_i].consultation, &err),
	    &err);
	r = rights_of("olga");
	for (size_t i = 0; i < 4; i++) {
		ck_assert_msg(rights_have(&r, places[_i].right, scopes[i]) == want[i],
			      "row %d, place %zu: want %d", _i, i, want[i]);
	}
	r = rights_of("jean");
	ck_assert(!rights_anywhere(&r, places[_i].right));
}
END_TEST

START_TEST(role_that_was_taken_away_is_gone_and_ends_sessions)
{
	struct rights r;
	struct err err = {0};
	bool yes = true;

	can(rights_grant(&house.op, "olga", "coder", NULL, NULL, &err), &err);
	ck_assert(!rights_grant(&house.op, "olga", "coder", NULL, NULL, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	house_do(
		"INSERT INTO session (token_hash, staff_id, how, created_at, seen_at) "
		"SELECT zeroblob(32), id, 'password', 1, 1 FROM staff WHERE name = 'olga'");
	can(rights_revoke(&house.op, "olga", "coder", NULL, NULL, &err), &err);
	r = rights_of("olga");
	ck_assert_uint_eq(r.count, 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM session WHERE ended_at IS NULL"),
			 0);
	ck_assert(!rights_revoke(&house.op, "olga", "coder", NULL, NULL, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	house_become("olga");
	can(rights_may(&house.op, RIGHT_CODE, rights_everywhere(), &yes, &err), &err);
	ck_assert(!yes);
	ck_assert_str_eq(house_text("SELECT event FROM audit ORDER BY id DESC"),
			 "role taken away");
}
END_TEST

static const struct {
	const char *name, *role, *list, *consultation;
	enum err_kind want;
} wrong[] = {
	{"olga", "king", NULL, NULL, ERR_INPUT},
	{"olga", NULL, NULL, NULL, ERR_INPUT},
	{"nobody", "coder", NULL, NULL, ERR_ABSENT},
	{"olga", "coder", "no-such-list", NULL, ERR_ABSENT},
	{"olga", "coder", NULL, "no-such", ERR_ABSENT},
	{"olga", "coder", "children", "cruelty", ERR_INPUT},
	{"olga", "administrator", "children", NULL, ERR_INPUT},
};

START_TEST(grant_that_cannot_be_is_refused)
{
	struct err err = {0};

	ck_assert(!rights_grant(&house.op, wrong[_i].name, wrong[_i].role, wrong[_i].list,
				wrong[_i].consultation, &err));
	ck_assert_msg(err.kind == wrong[_i].want, "row %d: got %s (%s)", _i,
		      err_name(err.kind), err.text);
}
END_TEST

START_TEST(places_are_those_of_the_right)
{
	struct rights r;
	struct store_table t;
	struct err err = {0};

	house_consults();
	can(rights_grant(&house.op, "olga", "editor", "forum", NULL, &err), &err);
	r = rights_of("olga");
	can(rights_lists(&house.op, house.arena, &r, RIGHT_EDIT_BULLETIN, &t, &err),
	    &err);
	ck_assert_uint_eq(t.count, 1);
	ck_assert_str_eq(t.rows[0][1].text, "forum");
	can(rights_consultations(&house.op, house.arena, &r, RIGHT_READ_RESPONSES, &t,
				 &err),
	    &err);
	ck_assert_uint_eq(t.count, 0);
}
END_TEST

/* Who runs one list: an address that another list has reads as one that nobody has. */
START_TEST(who_is_known_elsewhere_reads_as_unknown)
{
	static const char *const addresses[] = {"ada@elsewhere.example",
						"eve@elsewhere.example"};
	struct list forum = house_list("forum");
	const char *said[2];

	(void)house_adds("children", addresses[0], NULL);
	for (size_t i = 0; i < 2; i++) {
		struct err err = {0};
		bool ok = _i == 0   ? subscriber_remove(&house.op, &forum, addresses[i],
							"x", &err)
			  : _i == 1 ? subscriber_topics(&house.op, &forum, addresses[i],
							NULL, &err)
				    : subscriber_accept(&house.op, &forum, addresses[i],
							_i == 2 ? SUBSCRIBER_ACCEPTED
								: SUBSCRIBER_REFUSED,
							&err);

		ck_assert(!ok);
		ck_assert_int_eq(err.kind, ERR_ABSENT);
		ck_assert(str_starts(err.text, addresses[i]));
		said[i] = arena_strdup(house.arena, err.text + strlen(addresses[i]));
	}
	ck_assert_str_eq(said[0], said[1]);
}
END_TEST

/* On a page a response is handed only to those who may read it. */
START_TEST(response_is_assigned_to_who_may_read_it)
{
	struct mail_message m =
		house_mail("a@x.example", "cruelty@lists.example.org", "s", "My view");
	struct rights rights;
	struct err err = {0};

	house_consults();
	(void)house_comes(&m);
	can(rights_grant(&house.op, "jean", "editor", NULL, NULL, &err), &err);
	rights = rights_of("jean");
	house.op.rights = &rights;
	ck_assert(!response_assign(&house.op, "cruelty-1", "olga", &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert(str_starts(err.text, "olga may not read the responses"));
	ck_assert_int_eq(house_int("SELECT count(*) FROM response WHERE assigned_to > 0"),
			 0);
	house.op.rights = NULL;
	err = (struct err){0};
	can(rights_grant(&house.op, "olga", "reader", NULL, "cruelty", &err), &err);
	house.op.rights = &rights;
	can(response_assign(&house.op, "cruelty-1", "olga", &err), &err);
	house.op.rights = NULL;
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rights");
	TCase *c = tcase_create("rights");

	tcase_add_checked_fixture(c, house_open, house_close);
	UNIT_TABLE(c, role_gives_what_the_matrix_says, matrix);
	UNIT_TABLE(c, grant_holds_where_it_was_given_and_nowhere_else, places);
	tcase_add_test(c, role_that_was_taken_away_is_gone_and_ends_sessions);
	UNIT_TABLE(c, grant_that_cannot_be_is_refused, wrong);
	tcase_add_test(c, places_are_those_of_the_right);
	tcase_add_loop_test(c, who_is_known_elsewhere_reads_as_unknown, 0, 4);
	tcase_add_test(c, response_is_assigned_to_who_may_read_it);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
