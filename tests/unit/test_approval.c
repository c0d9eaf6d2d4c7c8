/* A colleague is asked about a bulletin, and approves, returns or corrects it. */
#include "tests/unit/domain_house.h"

#include "base/str.h"
#include "domain/admin/account.h"
#include "domain/admin/rights.h"
#include "domain/approval/approval.h"
#include "domain/queue/needs.h"

static struct err err;
static int64_t n; /* the bulletin */

static void begin(void)
{
	house_open();
	stage_hires(&house, "rhona");
	house_become("jean");
	ck_assert(rights_grant(&house.op, "jean", "editor", NULL, NULL, &err));
	ck_assert(rights_grant(&house.op, "olga", "editor", NULL, NULL, &err));
	ck_assert(rights_grant(&house.op, "olga", "approver", NULL, NULL, &err));
	ck_assert(account_email(&house.op, "olga", "olga@team.example", &err));
	ck_assert(account_email(&house.op, "jean", "jean@team.example", &err));
	(void)house_adds("children", "a@x.example", NULL);
	n = house_drafts("children", NULL);
}

static struct bulletin load(void)
{
	struct bulletin b;

	ck_assert_msg(bulletin_load(&house.op, house.arena, "children", n, &b, &err),
		      "%s", err.text);
	return b;
}

static struct approval_of this(void)
{
	return (struct approval_of){"children", n, load().hash};
}

static bool ask(const char *who, const char *of)
{
	struct approval_of what = this();
	bool told;

	house_become(who);
	return approval_ask(&house.op, &what, of, &told, &err);
}

static bool ask_to_agree(const char *who, const char *of)
{
	struct approval_of what = this();
	bool told;

	house_become(who);
	return approval_ask_to_agree(&house.op, &what, of, &told, &err);
}

static bool approve(const char *who)
{
	struct approval_of what = this();
	int64_t audience;

	house_become(who);
	return approval_give(&house.op, &what, &audience, &err);
}

static bool agree(const char *who)
{
	struct approval_of what = this();
	int64_t audience;

	house_become(who);
	return approval_agree(&house.op, &what, &audience, &err);
}

static bool give_back(const char *who, const char *comment)
{
	struct approval_of what = this();

	house_become(who);
	return approval_return(&house.op, &what, comment, &err);
}

static void write_body(const char *who, const char *body)
{
	struct bulletin_saving s = {.list = "children", .number = n};
	struct bulletin b = load();

	house_become(who);
	bulletin_fields_read(house.arena, b.source_text, &s.fields);
	s.fields.body = body;
	ck_assert_msg(bulletin_save(&house.op, house.arena, &s, &err), "%s", err.text);
	ck_assert_int_eq(s.outcome, BULLETIN_SAVED);
	house.op.now += MINUTE_S;
}

static const char *needs(const char *who)
{
	static const char *const names[NEED_KINDS] = {
		[NEED_ASKED] = "asked",       [NEED_AGREE] = "agree",
		[NEED_RETURNED] = "returned", [NEED_APPROVE] = "approve",
		[NEED_DRAFT] = "draft",
	};
	struct rights rights;
	struct needs found;
	const char *all = "";

	house_become(who);
	ck_assert(rights_load(&house.op, house.arena, house.op.staff_id, &rights, &err));
	house.op.rights = &rights;
	ck_assert_msg(needs_load(&house.op, house.arena, &found, &err), "%s", err.text);
	house.op.rights = NULL;
	for (size_t i = 0; i < found.count; i++)
		if (names[found.items[i].kind])
			all = arena_printf(house.arena, "%s%s%s", all, *all ? " " : "",
					   names[found.items[i].kind]);
	return all;
}

static int64_t mails(const char *to, const char *subject)
{
	return house_int("SELECT count(*) FROM notification WHERE kind = 'approval' AND "
			 "recipient = '%s@team.example' AND subject LIKE '%s%%'",
			 to, subject);
}

static int64_t events(const char *event)
{
	return house_int("SELECT count(*) FROM audit WHERE event = '%s'", event);
}

START_TEST(colleague_who_is_asked_has_it_on_home_and_by_email)
{
	struct approval_request last;
	struct bulletin b;

	ck_assert_str_eq(needs("olga"), "approve");
	ck_assert_msg(ask("jean", "olga"), "%s", err.text);
	ck_assert(ask("jean", "olga")); /* a second click */
	ck_assert_int_eq(mails("olga", "Please approve: No. 1: News"), 1);
	ck_assert_int_eq(events("approval asked for"), 1);
	ck_assert_str_eq(needs("olga"), "asked");
	ck_assert_str_eq(needs("jean"), "");
	b = load();
	ck_assert(approval_request(&house.op, house.arena, &b, &last, &err));
	ck_assert(last.is_open && last.is_of_this && !last.to_agree);
	ck_assert_str_eq(last.by, "jean");
	ck_assert_msg(approve("olga"), "%s", err.text);
	ck_assert_str_eq(house_bulletin("children", n), "approved");
	ck_assert_int_eq(mails("jean", "Approved: No. 1: News"), 1);
	ck_assert_str_eq(house_text("SELECT outcome FROM approval_request"), "approved");
	ck_assert_str_eq(needs("olga"), "");
}
END_TEST

START_TEST(only_who_may_approve_can_be_asked)
{
	struct store_table t;
	struct bulletin b = load();

	ck_assert(approval_colleagues(&house.op, house.arena, &b, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	ck_assert(!ask("jean", "rhona")); /* no role */
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert(!ask("jean", "jean"));
	ck_assert(!ask("jean", ""));
	ck_assert(!ask("jean", "nobody"));
	ck_assert_int_eq(events("approval asked for"), 0);
}
END_TEST

START_TEST(what_must_be_mended_gates_asking)
{
	write_body("jean", "One {");
	ck_assert_msg(ask("jean", "olga"), "%s", err.text);
	write_body("jean", "## A {nothing}");
	ck_assert(!ask("jean", "olga"));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_msg(strstr(err.text, "It cannot be approved yet"), "%s", err.text);
	ck_assert(!approve("olga"));
}
END_TEST

START_TEST(words_that_were_not_seen_are_not_asked_about)
{
	struct approval_of what = this();
	int64_t audience;
	bool told;

	what.seen = arena_strdup(house.arena, what.seen);
	write_body("jean", "Other");
	ck_assert(!approval_ask(&house.op, &what, "olga", &told, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert(ask("jean", "olga"));
	house_become("olga");
	ck_assert(!approval_give(&house.op, &what, &audience, &err));
	ck_assert(!approval_return(&house.op, &what, "No", &err));
	ck_assert(!approval_comment(&house.op, &what, "No", &err));
}
END_TEST

START_TEST(returned_with_what_should_change)
{
	struct store_table t;
	struct store_row row;
	struct bulletin b;

	ck_assert(ask("jean", "olga"));
	ck_assert(!give_back("olga", " \n"));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_msg(give_back("olga", "Shorten it."), "%s", err.text);
	ck_assert_msg(give_back("olga", "Shorten it."), "%s", err.text);
	ck_assert_int_eq(events("bulletin returned"), 1);
	ck_assert_int_eq(mails("jean", "Returned with comments"), 1);
	ck_assert_str_eq(needs("jean"), "returned");
	ck_assert_str_eq(needs("olga"), "");
	b = load();
	ck_assert(approval_comments(&house.op, house.arena, &b, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	row = table_row(&t, 0);
	ck_assert_str_eq(row_text(&row, "text"), "Shorten it.");
	ck_assert_int_eq(row_int(&row, "is_return"), 1);
	write_body("jean", "Short");
	ck_assert_str_eq(needs("olga"), "approve");
	ck_assert(ask("jean", "olga"));
	ck_assert_str_eq(needs("olga"), "asked");
	ck_assert_str_eq(needs("jean"), "");
	ck_assert_msg(approve("olga"), "%s", err.text);
}
END_TEST

/* A team of two: whoever corrected a comma cannot approve alone, and need not. */
START_TEST(correction_of_the_approver_is_agreed_to)
{
	struct approval_request last;
	struct bulletin b;

	ck_assert(ask("jean", "olga"));
	write_body("olga", "Text, with a comma");
	ck_assert(!approve("olga"));
	ck_assert(!ask_to_agree("olga", "rhona"));
	ck_assert(!ask_to_agree("jean", "olga"));
	ck_assert_msg(ask_to_agree("olga", "jean"), "%s", err.text);
	ck_assert(ask_to_agree("olga", "jean"));
	ck_assert_int_eq(events("agreement asked for"), 1);
	ck_assert_int_eq(mails("jean", "Do you agree"), 1);
	ck_assert_str_eq(needs("jean"), "agree");
	ck_assert_str_eq(needs("olga"), "");
	ck_assert_str_eq(house_bulletin("children", n), "draft");
	ck_assert(!agree("olga"));
	ck_assert(!approve("olga")); /* still not alone */
	/* Who joins meanwhile is not in what the approver saw. */
	house.op.now += MINUTE_S;
	(void)house_adds("children", "late@x.example", NULL);
	ck_assert_msg(agree("jean"), "%s", err.text);
	ck_assert_msg(agree("jean"), "%s", err.text);
	b = load();
	ck_assert_str_eq(b.state, "approved");
	ck_assert_msg(bulletin_approved(&house.op, &b, &err), "%s", err.text);
	ck_assert_str_eq(
		house_text("SELECT s.name || ', ' || a.audience || ', ' || g.name FROM "
			   "approval a JOIN staff s ON s.id = a.staff_id JOIN staff g "
			   "ON g.id = a.agreed_by"),
		"olga, 1, jean");
	ck_assert_int_eq(mails("olga", "Approved"), 1);
	ck_assert_str_eq(
		house_text("SELECT who FROM audit WHERE event = 'bulletin approved'"),
		"jean");
	ck_assert(approval_request(&house.op, house.arena, &b, &last, &err));
	ck_assert_str_eq(last.outcome, "approved");
}
END_TEST

START_TEST(changed_again_is_agreed_to_by_nobody)
{
	ck_assert(ask("jean", "olga"));
	write_body("olga", "Text, with a comma");
	ck_assert(ask_to_agree("olga", "jean"));
	write_body("jean", "Text; with a semicolon");
	ck_assert(!agree("jean"));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_str_eq(needs("jean"), "draft");
	/* Asking about exactly these words is standing behind them: the comma, too. */
	ck_assert(!approve("olga"));
	ck_assert_msg(ask("jean", "olga"), "%s", err.text);
	ck_assert_msg(approve("olga"), "%s", err.text);
	/* Nor by another way into the store. */
	write_body("olga", "Text once more");
	ck_assert(house_refuses(
		"INSERT INTO approval (bulletin_id, staff_id, at, content_hash, look_hash, "
		"audience, last_subscription, agreed_by) SELECT 1, s.id, 1, b.content_hash, '', "
		"1, 1, j.id FROM staff s, staff j, bulletin b WHERE s.name = 'olga' AND j.name "
		"= 'jean'"));
}
END_TEST

START_TEST(who_began_it_never_approves_it)
{
	struct approval_of what;
	bool told;

	ck_assert(rights_grant(&house.op, "jean", "approver", NULL, NULL, &err));
	write_body("olga", "Of Olga");
	what = this();
	house_become("olga");
	ck_assert(!approval_ask(&house.op, &what, "jean", &told, &err));
	ck_assert(!approve("jean"));
	ck_assert(!ask_to_agree("jean", "olga"));
	/* Olga corrected it without being asked: Jean asks, and then she may. */
	ck_assert(!approve("olga"));
	ck_assert(ask("jean", "olga"));
	ck_assert_msg(approve("olga"), "%s", err.text);
}
END_TEST

START_TEST(words_of_last_time_are_kept_to_compare)
{
	struct approval_words words;
	struct bulletin b = load();

	ck_assert(approval_last_words(&house.op, house.arena, &b, &words, &err));
	ck_assert_ptr_null(words.source);
	write_body("jean", "First words");
	ck_assert(ask("jean", "olga"));
	write_body("olga", "Second words");
	b = load();
	ck_assert(approval_last_words(&house.op, house.arena, &b, &words, &err));
	ck_assert_str_eq(words.kind, "asked");
	ck_assert_ptr_nonnull(strstr(words.source, "First words"));
	ck_assert(ask_to_agree("olga", "jean"));
	ck_assert(approval_last_words(&house.op, house.arena, &b, &words, &err));
	ck_assert_ptr_nonnull(strstr(words.source, "First words"));
	ck_assert(agree("jean"));
	write_body("jean", "Third words");
	ck_assert(approval_last_words(&house.op, house.arena, &b, &words, &err));
	ck_assert_str_eq(words.kind, "approved");
	ck_assert_str_eq(words.who, "olga");
	ck_assert_ptr_nonnull(strstr(words.source, "Second words"));
}
END_TEST

START_TEST(comments_are_kept_once)
{
	struct approval_of what = this();
	struct store_table t;
	struct bulletin b = load();
	char *much = arena_alloc(house.arena, APPROVAL_COMMENT_MOST + 2);

	house_become("olga");
	ck_assert(approval_comment(&house.op, &what, "Is the date right?", &err));
	ck_assert(approval_comment(&house.op, &what, "Is the date right?", &err));
	ck_assert(!approval_comment(&house.op, &what, "", &err));
	memset(much, 'x', APPROVAL_COMMENT_MOST + 1);
	much[APPROVAL_COMMENT_MOST + 1] = '\0';
	ck_assert(!approval_comment(&house.op, &what, much, &err));
	ck_assert(approval_comments(&house.op, house.arena, &b, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	ck_assert_int_eq(events("bulletin commented on"), 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("approval");
	TCase *tc = tcase_create("approval");

	suite_add_tcase(suite, tc);
	tcase_add_checked_fixture(tc, begin, house_close);
	tcase_add_test(tc, colleague_who_is_asked_has_it_on_home_and_by_email);
	tcase_add_test(tc, only_who_may_approve_can_be_asked);
	tcase_add_test(tc, what_must_be_mended_gates_asking);
	tcase_add_test(tc, words_that_were_not_seen_are_not_asked_about);
	tcase_add_test(tc, returned_with_what_should_change);
	tcase_add_test(tc, correction_of_the_approver_is_agreed_to);
	tcase_add_test(tc, changed_again_is_agreed_to_by_nobody);
	tcase_add_test(tc, who_began_it_never_approves_it);
	tcase_add_test(tc, words_of_last_time_are_kept_to_compare);
	tcase_add_test(tc, comments_are_kept_once);
	return unit_main_together(suite);
}
