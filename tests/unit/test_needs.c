/* What waits for one person: of what they may see, and nothing that another has to do. */
#include "tests/unit/domain_house.h"

#include "domain/bulletins/bulletin.h"
#include "domain/queue/needs.h"
#include "base/str.h"

static struct err err;

static struct needs load(const char *who)
{
	struct needs needs;

	house_become(who);
	ck_assert_msg(needs_load(&house.op, house.arena, &needs, &err), "%s", err.text);
	return needs;
}

static const struct need *of(const struct needs *needs, enum need_kind kind)
{
	for (size_t i = 0; i < needs->count; i++)
		if (needs->items[i].kind == kind)
			return &needs->items[i];
	return NULL;
}

/* As a page binds whoever asks: one role, in one place or everywhere. */
static void bind_to(enum staff_role role, struct rights_scope scope)
{
	static struct rights_granted grant;
	static struct rights rights;

	grant = (struct rights_granted){.role = role, .scope = scope};
	rights = (struct rights){.items = &grant, .count = 1};
	house.op.rights = &rights;
}

static int64_t id_of(const char *list)
{
	return house_list(list).id;
}

START_TEST(a_draft_waits_for_others_and_is_the_writers)
{
	int64_t n = house_drafts("children", NULL), audience;
	struct needs needs = load("jean");

	(void)house_adds("children", "anna@example.org", "all");
	ck_assert_uint_eq(needs.count, 1);
	ck_assert_int_eq(needs.items[0].kind, NEED_DRAFT);
	ck_assert_int_eq(needs.items[0].number, n);
	needs = load("olga");
	ck_assert_uint_eq(needs.count, 1);
	ck_assert_int_eq(needs.items[0].kind, NEED_APPROVE);
	ck_assert_str_eq(needs.items[0].place, "children");
	ck_assert_str_eq(needs.items[0].who, "jean");
	ck_assert_int_eq(needs.items[0].since_at, house.op.now);
	ck_assert(bulletin_approve(&house.op, "children", n, &audience, &err));
	ck_assert_uint_eq(load("olga").count, 0);
	ck_assert_uint_eq(load("jean").count, 0);
}
END_TEST

START_TEST(whoever_changed_it_does_not_wait_to_approve_it)
{
	struct needs needs;

	(void)house_drafts("children", NULL);
	needs = load("olga");
	ck_assert(of(&needs, NEED_APPROVE));
	/* One that nobody has written yet waits for nobody but who began it. */
	house_do("UPDATE bulletin SET title = '[title of this bulletin]'");
	ck_assert_uint_eq(load("olga").count, 0);
	needs = load("jean");
	ck_assert_str_eq(need_says(house.arena, of(&needs, NEED_DRAFT)),
			 "Bulletin 1, without a title yet, is your draft");
	house_do("UPDATE bulletin SET title = 'Rooms'");
	house_do("INSERT INTO bulletin_change (bulletin_id, staff_id, at, approval_id) "
		 "SELECT 1, id, 1, 0 FROM staff WHERE name = 'olga'");
	needs = load("olga");
	ck_assert(!of(&needs, NEED_APPROVE));
}
END_TEST

START_TEST(what_stopped_waits_for_who_may_send)
{
	struct needs needs;

	(void)house_adds("children", "anna@example.org", "all");
	(void)house_adds("children", "ben@example.org", "all");
	house_sends("children", house_drafts("children", NULL));
	house_do("UPDATE delivery SET state = 'in doubt'");
	house_do(
		"UPDATE bulletin SET state = 'on hold', hold_reason = 'too many bounces'");
	needs = load("jean");
	ck_assert_uint_eq(needs.count, 2);
	ck_assert_str_eq(of(&needs, NEED_HELD)->who, "too many bounces");
	ck_assert_int_eq(of(&needs, NEED_DOUBT)->count, 2);
	bind_to(ROLE_READER, rights_everywhere());
	ck_assert_uint_eq(load("jean").count, 0);
}
END_TEST

START_TEST(requests_and_bounces_wait_list_by_list)
{
	struct needs needs;

	(void)house_adds("children", "anna@example.org", "all");
	(void)house_adds("forum", "ben@example.org", NULL);
	(void)house_adds("forum", "cat@example.org", NULL);
	house_do("UPDATE subscription SET state = 'requested', active_since = NULL "
		 "WHERE list_id = %lld",
		 (long long)id_of("forum"));
	house_do(
		"INSERT INTO bounce_score (subscription_id, points, day, first_day, since) "
		"VALUES (1, 2, '2026-02-20', '2026-02-18', 1)");
	needs = load("jean");
	ck_assert_uint_eq(needs.count, 2);
	ck_assert_int_eq(of(&needs, NEED_REQUEST)->count, 2);
	ck_assert_str_eq(of(&needs, NEED_REQUEST)->place, "forum");
	ck_assert_int_eq(of(&needs, NEED_BOUNCE)->count, 1);
	ck_assert_int_eq(of(&needs, NEED_BOUNCE)->since_at, 1771372800);
	bind_to(ROLE_EDITOR, rights_on_list(id_of("children")));
	needs = load("jean");
	ck_assert_uint_eq(needs.count, 1);
	ck_assert_int_eq(needs.items[0].kind, NEED_BOUNCE);
	bind_to(ROLE_EDITOR, rights_on_consultation(1));
	ck_assert_uint_eq(load("jean").count, 0);
}
END_TEST

START_TEST(nothing_of_a_list_that_one_may_not_see)
{
	struct needs needs;

	(void)house_drafts("children", NULL);
	bind_to(ROLE_APPROVER, rights_on_list(id_of("forum")));
	ck_assert_uint_eq(load("olga").count, 0);
	bind_to(ROLE_APPROVER, rights_on_list(id_of("children")));
	needs = load("olga");
	ck_assert_uint_eq(needs.count, 1);
}
END_TEST

START_TEST(what_asks_for_information_waits_for_who_screens)
{
	struct mail_message m =
		house_mail("anna@example.org", "cruelty@lists.example.org", "A question",
			   "Please tell me what you hold.");
	struct needs needs;

	house_consults();
	(void)house_comes(&m);
	house_do("DELETE FROM proposal");
	house_do("INSERT INTO proposal (response_id, kind, whole, sign, words) "
		 "VALUES (1, 'information', 1, 'names act', 'what you hold')");
	needs = load("jean");
	ck_assert_uint_eq(needs.count, 1);
	ck_assert_int_eq(needs.items[0].kind, NEED_INFORM);
	ck_assert_str_eq(
		need_says(house.arena, &needs.items[0]),
		"One response may be a request for information, to be answered by "
		"30 Mar 2026");
	ck_assert_str_eq(need_path(&house.op, house.arena, &needs.items[0]),
			 "/staff/consultations/cruelty?proposed=information");
	bind_to(ROLE_READER, rights_everywhere());
	ck_assert_uint_eq(load("jean").count, 0);
}
END_TEST

START_TEST(what_is_lost_waits_for_administrators_when_it_lasts)
{
	struct needs needs;

	house_do("INSERT INTO relay (name, lost_at) VALUES ('main', %lld), ('gone', 1)",
		 (long long)house.op.now);
	house_do("INSERT INTO role (name, lost_at) VALUES ('collect main', %lld)",
		 (long long)house.op.now + 5);
	ck_assert_uint_eq(load("jean").count, 0);
	house.op.now += house.settings->trouble_after_s;
	needs = load("jean");
	ck_assert_uint_eq(needs.count,
			  1); /* one that the settings name no more is none */
	ck_assert_str_eq(need_says(house.arena, &needs.items[0]),
			 "No email can be handed to the relay “main”");
	house.op.now += 5;
	needs = load("jean");
	ck_assert_int_eq(needs.items[0].kind, NEED_ROLE);
	bind_to(ROLE_ADMINISTRATOR, rights_everywhere());
	ck_assert_uint_eq(load("jean").count, 2);
	bind_to(ROLE_EDITOR, rights_everywhere());
	ck_assert_uint_eq(load("jean").count, 0);
}
END_TEST

/* No kind without its sentence, its name and its place. */
START_TEST(each_need_says_what_and_where)
{
	house_become("jean");
	for (int kind = 0; kind < NEED_KINDS; kind++)
		for (int64_t n = 1; n <= 1234; n += 1233) {
			const struct need need = {.kind = (enum need_kind)kind,
						  .place = "children",
						  .number = 7,
						  .what = "Rooms",
						  .count = n};
			const char *says = need_says(house.arena, &need);

			ck_assert_uint_gt(strlen(says), 12);
			ck_assert(!strstr(says, "(null)"));
			ck_assert(str_starts(need_path(&house.op, house.arena, &need),
					     "/staff/"));
			ck_assert_ptr_nonnull(need_name(need.kind));
		}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("needs");
	TCase *tc = tcase_create("needs");

	tcase_add_checked_fixture(tc, house_open, house_close);
	tcase_add_test(tc, a_draft_waits_for_others_and_is_the_writers);
	tcase_add_test(tc, whoever_changed_it_does_not_wait_to_approve_it);
	tcase_add_test(tc, what_stopped_waits_for_who_may_send);
	tcase_add_test(tc, requests_and_bounces_wait_list_by_list);
	tcase_add_test(tc, nothing_of_a_list_that_one_may_not_see);
	tcase_add_test(tc, what_asks_for_information_waits_for_who_screens);
	tcase_add_test(tc, what_is_lost_waits_for_administrators_when_it_lasts);
	tcase_add_test(tc, each_need_says_what_and_where);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
