/* Joining, confirming and leaving by a page; what a stranger may and may not cause. */
#include "tests/unit/domain_house.h"

#include "domain/core/language.h"
#include "domain/subscribers/subscribe.h"
#include "domain/subscribers/suppress.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

static const char anna[] = "anna@example.net";
static const struct topic_choice everything = {.all_topics = true};

static enum subscribe_result asks(const char *list, const char *address,
				  const struct topic_choice *choice)
{
	struct list l = house_list(list);
	enum subscribe_result result;
	struct err err = {0};

	house_become(NULL);
	ck_assert_msg(subscribe_by_page(&house.op, &l, address, choice, &result, &err),
		      "%s", err.text);
	return result;
}

/* What stands behind a path in the newest letter of a kind. */
static const char *token_of(const char *kind, const char *path)
{
	struct mail_message m = house_notification(kind);
	const char *at = strstr(m.text, path);

	ck_assert_msg(at != NULL, "no %s in the notification: %s", path, m.text);
	at += strlen(path);
	return arena_strndup(house.arena, at,
			     strspn(at, "abcdefghijklmnopqrstuvwxyz234567"));
}

static enum confirm_result confirms(const char *token)
{
	enum confirm_result result;
	struct err err = {0};

	ck_assert_msg(subscribe_confirm(&house.op, token, "page", 0, &result, &err), "%s",
		      err.text);
	return result;
}

static const char *what_is_set(const char *address)
{
	return house_text(
		"SELECT s.state || ' ' || s.frequency || ' ' || s.topics || ' ' || "
		"s.all_topics || ' ' || coalesce(p.language, '-') "
		"FROM subscription s JOIN person p ON p.id = s.person_id "
		"WHERE p.address_key = '%s'",
		address);
}

START_TEST(choice_takes_effect_when_confirmed)
{
	struct topic_choice choice = {
		.topics = 2, .frequency = "weekly", .language = "en"};
	struct consultation_question question;
	enum confirm_result state;
	struct err err = {0};
	const char *token;

	ck_assert_int_eq(asks("children", anna, &choice), SUBSCRIBE_ASKED);
	ck_assert_str_eq(what_is_set(anna), "pending each 0 1 -");
	token = token_of("confirm", "/confirm/");
	ck_assert(subscribe_question(&house.op, house.arena, token, &state, &question,
				     &err));
	ck_assert_int_eq(state, CONFIRM_DONE);
	ck_assert_str_eq(question.topics, "Hearings");
	ck_assert_str_eq(question.frequency, "weekly");
	ck_assert_str_eq(question.address, anna);
	ck_assert_str_eq(what_is_set(anna), "pending each 0 1 -");
	ck_assert_int_eq(confirms(token), CONFIRM_DONE);
	ck_assert_str_eq(what_is_set(anna), "active weekly 2 0 en");
	ck_assert_str_eq(
		house_text("SELECT basis || ', wording ' || wording_id || ', ' || how "
			   "FROM evidence WHERE event = 'confirmed'"),
		"consent; weekly; topics hearings, wording 1, page");
	ck_assert_int_eq(confirms(token), CONFIRM_USED);
}
END_TEST

START_TEST(confirmed_subscription_is_never_changed_by_asking_again)
{
	struct topic_choice other = {
		.topics = 1, .frequency = "monthly", .language = "en"};

	(void)asks("children", anna, &everything);
	(void)confirms(token_of("confirm", "/confirm/"));
	ck_assert_str_eq(what_is_set(anna), "active each 0 1 -");
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(asks("children", anna, &other), SUBSCRIBE_ALREADY);
	ck_assert_str_eq(what_is_set(anna), "active each 0 1 -");
	ck_assert_int_eq(house_notifications("confirm", anna), 1);
	ck_assert_int_eq(house_notifications("already-subscribed", anna), 1);
	house.op.now += HOUSE_DAY;
	(void)asks("children", anna, &other);
	ck_assert_int_eq(house_notifications("already-subscribed", anna), 2);
}
END_TEST

START_TEST(one_confirmation_a_day_and_three_in_all_whatever_is_posted)
{
	for (int day = 0; day < 6; day++, house.op.now += HOUSE_DAY + 1)
		for (int n = 0; n < 5; n++) {
			(void)asks("children", anna, &everything);
			(void)asks("children", "ANNA@example.net", &everything);
		}
	ck_assert_int_eq(house_notifications("confirm", anna), 3);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), 1);
}
END_TEST

/* By mail too: the name beside an address is anybody's text. */
START_TEST(confirmation_has_no_text_of_its_sender)
{
	struct mail_message ask = house_mail(anna, "children+join@lists.example.org",
					     "Buy pills", "Buy pills");
	struct mail_message letter;

	ask.from.name = "Buy pills";
	house_become(NULL);
	(void)house_comes(&ask);
	letter = house_notification("confirm");
	ck_assert_ptr_null(letter.to.items[0].name);
	ck_assert(!unit_says(letter.text, "pills"));
	ck_assert_ptr_null(strstr(letter.html, "pills"));
	ck_assert_ptr_null(strstr(letter.subject, "pills"));
}
END_TEST

START_TEST(name_of_a_known_person_is_not_anybodys_to_set)
{
	struct mail_message again =
		house_mail(anna, "children+join@lists.example.org", "hello", "");

	(void)asks("children", anna, &everything);
	(void)confirms(token_of("confirm", "/confirm/"));
	again.from.name = "Somebody Else";
	(void)house_comes(&again);
	ck_assert_str_eq(house_text("SELECT coalesce(name, '-') FROM person"), "-");
}
END_TEST

static const struct {
	const char *name, *address;
	struct topic_choice choice;
	const char *says;
} refused[] = {
	{"no address", "anna", {.all_topics = true}, "anna"},
	{"two addresses", "a@example.net, b@example.net", {.all_topics = true}, "a@"},
	{"a frequency that is none", anna, {.frequency = "hourly"}, "hourly"},
	{"a topic that is none", anna, {.topics = 8}, "no such topic"},
	{"all bits", anna, {.topics = -1}, "no such topic"},
	{"a wording of another list", anna, {.wording_id = 2}, "wording"},
};

START_TEST(question_that_makes_no_sense_is_refused)
{
	struct list list = house_list("children");
	enum subscribe_result result;
	struct err err = {0};

	house_become(NULL);
	ck_assert_msg(!subscribe_by_page(&house.op, &list, refused[_i].address,
					 &refused[_i].choice, &result, &err),
		      "%s", refused[_i].name);
	ck_assert_msg(err.kind == ERR_INPUT && strstr(err.text, refused[_i].says),
		      "%s: %s", refused[_i].name, err.text);
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 0);
}
END_TEST

START_TEST(barred_address_gets_nothing_and_the_page_no_difference)
{
	struct err err = {0};
	int64_t lists;

	ck_assert(suppression_add(&house.op, anna, "asked for it", &lists, &err));
	ck_assert_int_eq(asks("children", anna, &everything), SUBSCRIBE_BARRED);
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), 0);
}
END_TEST

START_TEST(closed_list_takes_a_request_by_page)
{
	struct topic_choice choice = {.topics = 1, .frequency = "monthly"};

	ck_assert_int_eq(asks("forum", anna, &choice), SUBSCRIBE_WAITS);
	ck_assert_str_eq(what_is_set(anna), "requested monthly 1 0 -");
	ck_assert_int_eq(asks("forum", anna, &choice), SUBSCRIBE_WAITS);
	ck_assert_int_eq(house_notifications("closed-request", anna), 1);
}
END_TEST

START_TEST(expired_link_asks_anew_with_the_same_choice)
{
	struct topic_choice choice = {.topics = 4, .frequency = "monthly"};
	const char *token;

	(void)asks("children", anna, &choice);
	token = token_of("confirm", "/confirm/");
	house.op.now += house.settings->confirm_expires_s + 1;
	ck_assert_int_eq(confirms(token), CONFIRM_EXPIRED);
	ck_assert_int_eq(house_notifications("confirm", anna), 2);
	ck_assert_int_eq(confirms(token_of("confirm", "/confirm/")), CONFIRM_DONE);
	ck_assert_str_eq(what_is_set(anna), "active monthly 4 0 -");
}
END_TEST

START_TEST(leave_link_finds_and_leaves_again_and_again)
{
	static const struct leaving why = {.reason = "too many",
					   .words = "Too\r\nmany \x01 mails"};
	char token[SECRET_TOKEN_LEN + 1];
	struct unsubscribe_page page;
	struct err err = {0};
	bool left;

	house_become("jean");
	secret_token(house.op.key, "leave", house_adds("children", anna, "all"), token);
	house_become(NULL);
	for (int i = 0; i < 3; i++)
		ck_assert(unsubscribe_token_find(&house.op, house.arena, token, &page,
						 &err));
	ck_assert(page.listed);
	ck_assert_str_eq(page.address, "a...@example.net");
	ck_assert_str_eq(house_state("children", anna), "active");
	ck_assert(unsubscribe_by_token(&house.op, token, "one-click", &why, &left, &err));
	ck_assert(left);
	for (int i = 0; i < 3; i++) {
		ck_assert(unsubscribe_by_token(&house.op, token, "one-click", NULL, &left,
					       &err));
		ck_assert(!left);
	}
	ck_assert_str_eq(house_state("children", anna), "unsubscribed");
	ck_assert_str_eq(house_text("SELECT how || ': ' || basis FROM evidence "
				    "WHERE event = 'unsubscribed'"),
			 "one-click: Too many  mails");
	ck_assert_str_eq(house_text("SELECT group_concat(reason) FROM leaving"),
			 "too many");
	ck_assert_int_eq(house_notifications("unsubscribed", anna), 1);
	token[20] = token[20] == 'a' ? 'b' : 'a';
	ck_assert(!unsubscribe_by_token(&house.op, token, "page", NULL, &left, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

/* How somebody is off the list, and whether the leave link brings them back. */
static const struct {
	const char *name, *how; /* "asked": they never confirmed */
	int64_t later;
	bool returns;
} returns[] = {
	{"at once", "page", 60, true},
	{"by one click, within the day", "one-click", HOUSE_DAY - 60, true},
	{"after a day", "page", HOUSE_DAY + 60, false},
	{"taken off by the team", "removed", 60, false},
	{"never confirmed", "asked", 60, false},
};

START_TEST(who_left_takes_it_back_within_a_day)
{
	const struct topic_choice choice = {.topics = 2, .frequency = "weekly"};
	static const struct leaving why = {.reason = "never asked"};
	char token[SECRET_TOKEN_LEN + 1];
	struct list list = house_list("children");
	const char *how = returns[_i].how;
	struct unsubscribe_page page;
	struct err err = {0};
	bool did, back;

	(void)asks("children", anna, &choice);
	if (!str_eq(how, "asked"))
		(void)confirms(token_of("confirm", "/confirm/"));
	secret_token(house.op.key, "leave", house_int("SELECT id FROM subscription"),
		     token);
	if (str_eq(how, "removed")) {
		house_become("jean");
		ck_assert(subscriber_remove(&house.op, &list, anna, "x", &err));
		house_become(NULL);
	} else {
		ck_assert(unsubscribe_by_token(&house.op, token,
					       str_eq(how, "asked") ? "page" : how, &why,
					       &did, &err));
		ck_assert(did);
	}
	house.op.now += returns[_i].later;
	ck_assert(unsubscribe_token_find(&house.op, house.arena, token, &page, &err));
	ck_assert_int_eq(page.may_return, returns[_i].returns);
	ck_assert(unsubscribe_undo(&house.op, token, &back, &err));
	ck_assert_int_eq(back, returns[_i].returns);
	ck_assert_str_eq(house_state("children", anna), back ? "active" : "unsubscribed");
	if (!back)
		return;
	ck_assert_str_eq(what_is_set(anna), "active weekly 2 0 -");
	ck_assert_int_eq(house_notifications("welcome", anna), 2);
	ck_assert_int_eq(house_int("SELECT count(*) FROM leaving"), 0);
	ck_assert_str_eq(house_text("SELECT how || ': ' || basis || ', wording ' || "
				    "wording_id FROM evidence ORDER BY id DESC LIMIT 1"),
			 "page: took back that they had left, wording 1");
	ck_assert(unsubscribe_undo(&house.op, token, &back, &err) && !back);
}
END_TEST

START_TEST(who_is_barred_does_not_come_back)
{
	char token[SECRET_TOKEN_LEN + 1];
	struct err err = {0};
	int64_t lists;
	bool left, back;

	(void)asks("children", anna, &everything);
	(void)confirms(token_of("confirm", "/confirm/"));
	secret_token(house.op.key, "leave", house_int("SELECT id FROM subscription"),
		     token);
	ck_assert(unsubscribe_by_token(&house.op, token, "page", NULL, &left, &err));
	house_become("jean");
	ck_assert(suppression_add(&house.op, anna, "asked for it", &lists, &err));
	house_become(NULL);
	ck_assert(!unsubscribe_undo(&house.op, token, &back, &err) || !back);
	ck_assert_str_ne(house_state("children", anna), "active");
}
END_TEST

static struct languages *speaks(const char *languages)
{
	const char *source = str_or(getenv("MERCAT_SRCDIR"), ".");
	const char *build = str_or(getenv("MERCAT_BUILDDIR"), source);
	struct languages *all;
	struct err err = {0};

	house.settings->languages = languages;
	ck_assert_msg(languages_load(house.settings,
				     arena_printf(house.arena, "%s/templates", source),
				     arena_printf(house.arena, "%s/po/locale", build),
				     &house.op, &all, &err),
		      "%s", err.text);
	return all;
}

START_TEST(letters_are_in_the_language_that_was_chosen)
{
	struct topic_choice choice = {.all_topics = true, .language = "gd-GB"};
	struct languages *all = speaks("en, gd");
	struct mail_message letter;

	(void)asks("children", anna, &choice);
	letter = house_notification("confirm");
	ck_assert_msg(strstr(letter.subject, "Dearbhaibh"), "%s", letter.subject);
	ck_assert_msg(unit_says(letter.text, "DiLuain 2 dhen Mh\xC3\xA0rt 2026"), "%s",
		      letter.text);
	ck_assert(strstr(letter.html, "lang=\"gd\""));
	(void)confirms(token_of("confirm", "/confirm/"));
	ck_assert(
		strstr(house_notification("welcome").subject, "Tha sibh air an liosta"));
	(void)asks("children", "bob@example.net", &everything);
	ck_assert(strstr(house_notification("confirm").subject, "Please confirm"));
	languages_free(&all);
	house.op.languages = NULL;
	house.op.templates = house.templates;
}
END_TEST

static const struct {
	const char *field, *want;
} accepted[] = {
	{NULL, "en"},
	{"", "en"},
	{"gd", "gd"},
	{"gd-GB, en;q=0.5", "gd"},
	{"fr, de;q=0.9, gd;q=0.2", "gd"},
	{"en-GB,en;q=0.9,gd;q=0.8", "en"},
	{"gd;q=0, en", "en"},
	{"gdx", "en"},
	{";;;,,q=,gd;q=9999999999999", "gd"},
	{"*", "en"},
};

START_TEST(best_of_the_accepted_languages_is_taken)
{
	struct languages *all = speaks("en, gd");

	ck_assert_str_eq(language_accepted(&house.op, accepted[_i].field),
			 accepted[_i].want);
	languages_free(&all);
	house.op.languages = NULL;
	house.op.templates = house.templates;
}
END_TEST

START_TEST(language_without_a_catalogue_is_refused_by_name)
{
	struct languages *all;
	struct err err = {0};

	house.settings->languages = "en, cy";
	ck_assert(!languages_load(house.settings, "templates", "/nowhere", NULL, &all,
				  &err));
	languages_free(&all);
	house.settings->languages = "en, ../x";
	ck_assert(!languages_load(house.settings, "templates", "/nowhere", NULL, &all,
				  &err));
	languages_free(&all);
}
END_TEST

enum { ROUNDS = 81, KINDS = 5 };

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Unknown, subscribed, asked already, barred, and asked three times: whoever posts cannot
   tell which it was by the work that it took. The medians, measured side by side. */
START_TEST(answer_takes_as_long_for_known_and_unknown)
{
	static const char *const name[KINDS] = {"unknown", "subscribed", "pending",
						"barred", "too often"};
	static int64_t took[KINDS][ROUNDS];
	int64_t least = INT64_MAX, most = 0, lists;
	struct err err = {0};

	(void)house_adds("children", "subscribed@example.net", "all");
	ck_assert(
		suppression_add(&house.op, "barred@example.net", "asked", &lists, &err));
	(void)asks("children", "pending@example.net", &everything);
	for (int i = 0; i < 4; i++, house.op.now += HOUSE_DAY + 1)
		(void)asks("children", "too-often@example.net", &everything);
	for (int round = 0; round < ROUNDS; round++) {
		const char *who[KINDS] = {
			arena_printf(house.arena, "u%d@example.net", round),
			"subscribed@example.net", "pending@example.net",
			"barred@example.net", "too-often@example.net"};

		for (int kind = 0; kind < KINDS; kind++) {
			int64_t before = unit_cpu_us();

			(void)asks("children", who[kind], &everything);
			took[kind][round] = unit_cpu_us() - before;
		}
	}
	for (int kind = 0; kind < KINDS; kind++) {
		int64_t median;

		qsort(took[kind], ROUNDS, sizeof(took[kind][0]), by_size);
		median = took[kind][ROUNDS / 2];
		least = median < least ? median : least;
		most = median > most ? median : most;
		(void)fprintf(stderr, "# %s: %" PRId64 " us\n", name[kind], median);
	}
	ck_assert_msg(most < 2 * least, "from %" PRId64 " to %" PRId64 " us", least,
		      most);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("public join");
	TCase *tests = tcase_create("public join");

	tcase_add_checked_fixture(tests, house_open, house_close);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, choice_takes_effect_when_confirmed);
	tcase_add_test(tests, confirmed_subscription_is_never_changed_by_asking_again);
	tcase_add_test(tests, one_confirmation_a_day_and_three_in_all_whatever_is_posted);
	tcase_add_test(tests, confirmation_has_no_text_of_its_sender);
	tcase_add_test(tests, name_of_a_known_person_is_not_anybodys_to_set);
	UNIT_TABLE(tests, question_that_makes_no_sense_is_refused, refused);
	tcase_add_test(tests, barred_address_gets_nothing_and_the_page_no_difference);
	tcase_add_test(tests, closed_list_takes_a_request_by_page);
	tcase_add_test(tests, expired_link_asks_anew_with_the_same_choice);
	tcase_add_test(tests, leave_link_finds_and_leaves_again_and_again);
	UNIT_TABLE(tests, who_left_takes_it_back_within_a_day, returns);
	tcase_add_test(tests, who_is_barred_does_not_come_back);
	tcase_add_test(tests, letters_are_in_the_language_that_was_chosen);
	UNIT_TABLE(tests, best_of_the_accepted_languages_is_taken, accepted);
	tcase_add_test(tests, language_without_a_catalogue_is_refused_by_name);
	tcase_add_test(tests, answer_takes_as_long_for_known_and_unknown);
	suite_add_tcase(suite, tests);
	return unit_main_together(suite);
}
