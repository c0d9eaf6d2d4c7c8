#include "tests/unit/domain_house.h"

#include "domain/delivery/outgoing.h"
#include "domain/subscribers/subscribe.h"
#include "base/str.h"

#include <inttypes.h>

static const char anna[] = "anna@example.net";

static const char *leave_token(int64_t subscription)
{
	char token[SECRET_TOKEN_LEN + 1];

	secret_token(house.op.key, "leave", subscription, token);
	return arena_strdup(house.arena, token);
}

/* A mail from anna with this in it; what it was taken for. */
static const char *writes(const char *to, const char *in_reply_to, const char *text)
{
	struct mail_message m =
		house_mail(anna, to, in_reply_to ? "Re: News" : text, text);

	m.in_reply_to = in_reply_to;
	m.kind = MAIL_COMMAND;
	return house_taken(house_comes(&m));
}

enum way { BY_TOKEN, BY_UPPER_TOKEN, BY_ANSWER, BY_MACHINE, BY_ADDRESS, BY_COMMAND };

static const struct {
	const char *name;
	enum way way;
} ways[] = {{"token", BY_TOKEN},
	    {"token in capitals", BY_UPPER_TOKEN},
	    {"answer", BY_ANSWER},
	    {"machine with a token", BY_MACHINE}},
  unproven[] = {{"address", BY_ADDRESS}, {"command to the list", BY_COMMAND}};

static const char *leaves(enum way way, int64_t subscription)
{
	const char *token = leave_token(subscription);
	char message[SECRET_TOKEN_LEN + 1];
	struct mail_message m;

	switch (way) {
	case BY_TOKEN:
	case BY_MACHINE:
		m = house_mail("other@example.org",
			       arena_printf(house.arena,
					    "children+leave-%s@lists.example.org", token),
			       "", "");
		m.auto_submitted = way == BY_MACHINE ? "auto-generated" : NULL;
		return house_taken(house_comes(&m));
	case BY_UPPER_TOKEN: {
		char *upper = arena_strdup(house.arena, token);

		for (char *c = upper; *c; c++)
			if (*c >= 'a' && *c <= 'z')
				*c = (char)(*c - 32);
		return writes(arena_printf(house.arena,
					   "CHILDREN+LEAVE-%s@LISTS.EXAMPLE.ORG", upper),
			      NULL, "");
	}
	case BY_ADDRESS:
		return writes("children+leave@lists.example.org", NULL, "");
	case BY_COMMAND:
		return writes("children@lists.example.org", NULL, "unsubscribe");
	case BY_ANSWER:
		secret_token(
			house.op.key, "message",
			house_int(
				"SELECT id FROM delivery WHERE subscription_id = %" PRId64,
				subscription),
			message);
		return writes(
			"children@lists.example.org",
			arena_printf(house.arena, "u.%s@updates.example.org", message),
			"unsubscribe");
	}
	ck_abort();
}

START_TEST(every_way_of_leaving_works_once_and_for_all)
{
	enum way way = ways[_i].way;
	int64_t subscription = house_joins("children", anna);

	house_sends("children", house_drafts("children", NULL));
	house_become(NULL);
	ck_assert_str_eq(leaves(way, subscription), "unsubscribe: left the list");
	ck_assert_str_eq(house_state("children", anna), "unsubscribed");
	ck_assert_int_eq(house_notifications("unsubscribed", anna), 1);
	ck_assert_str_eq(house_text("SELECT state || ': ' || skip_reason FROM delivery"),
			 "skipped: unsubscribed");
	ck_assert_int_eq(
		house_int(
			"SELECT count(*) FROM evidence WHERE event = 'unsubscribed' AND how "
			"= 'mail' AND inbound_id IS NOT NULL"),
		1);
	for (int i = 0; i < 3; i++) {
		house.op.now += HOUSE_DAY;
		ck_assert_str_eq(leaves(way, subscription),
				 "unsubscribe: was not on the list, or had left");
	}
	ck_assert_msg(
		house_int(
			"SELECT count(*) FROM notification WHERE kind IN ('unsubscribed', "
			"'not-subscribed')") == 1,
		"%s: a second notification", ways[_i].name);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM evidence WHERE event = 'unsubscribed'"),
		1);
}
END_TEST

/* To the address that takes them off. */
static const struct {
	const char *subject, *text;
	bool stays;
} said[] = {
	{"", "", false},
	{"unsubscribe", "", false},
	{"unsubscribe", "unsubscribe", false},
	{"", "Please take me off.", false},
	{"", "No more of these, please.", false},
	{"", "No thank you. Remove me.", false},
	{"", "I no longer wish to receive this", false},
	{"", "I do not want to stay on your list", false},
	{"", "I don't wish to remain subscribed, sorry", false},
	{"", "I subscribed by mistake, sorry", false},
	{"", "I signed up by accident; you keep sending me things", false},
	{"", "How does one unsubscribe?", false},
	{"", "I did not ask to be on this. Please unsubscribe me", false},
	{"", "I want to leave, not to stay", false},
	{"", "Why do you keep on writing? Stop sending this", false},
	{"", "Thank you for the good work over the years, goodbye", false},
	{"unsubscribe", "I want to stay anonymous", false},
	{"unsubscribe", "Please unsubscribe. I do want to remain a consultee.", false},
	{"unsubscribe", "I want out. Please keep my response.", false},
	{"unsubscribe", "I want to remain off the list", false},
	{"unsubscribe", "You keep me on this list against my will", false},
	{"", "Please stop these. Keep me informed about the consultation only.", false},
	{"", "Last time you did nothing: please cancel it", false},
	{"", "I do not want these", false},
	{"", "Why have you still not removed me?", false},
	{"", "You haven't unsubscribed me yet.", false},
	{"", "You did not stop.", false},
	{"", "I can't unsubscribe by the link!", false},
	{"", "I refuse to stay on this list", false},
	{"", "These mails never stop", false},
	{"", "You have not removed me. Please do not stop me from leaving.", false},
	{"", "Please don\u2019t remove me from the list", true},
	{"", "No", true},
	{"no!", "", true},
	{"", "No, I want to stay!", true},
	{"", "Sorry, I pressed unsubscribe by mistake", true},
	{"", "I did not ask to leave.", true},
	{"", "I DON'T\nWANT TO LEAVE", true},
	{"", "Please do not remove me from this list", true},
	{"", "please keep me on the list", true},
	{"", "I still want to receive the bulletin, please ignore the last mail", true},
	{"", "I didn't mean to unsubscribe", true},
	{"", "Would like to stay on the list please", true},
	{"Please keep me on the list", "", true},
	{"unsubscribe", "No, do not unsubscribe me, please", true},
	{"", "never unsubscribe me", true},
	{"", "Ich möchte bleiben", true},
	{"", "Chcę zostać na liście", true},
};

START_TEST(who_says_that_they_stay_is_taken_off_by_a_person_or_nobody)
{
	int64_t subscription = house_joins("children", anna);
	struct mail_message m = house_mail(
		anna,
		arena_printf(house.arena, "children+leave-%s@lists.example.org",
			     leave_token(subscription)),
		said[_i].subject, said[_i].text);
	const char *taken;

	house_become(NULL);
	taken = house_taken(house_comes(&m));
	ck_assert_msg(strstr(taken, said[_i].stays ? "unsorted: came to an address"
						   : ": left the list"),
		      "\"%s\" / \"%s\": %s", said[_i].subject, said[_i].text, taken);
	ck_assert_str_eq(house_state("children", anna),
			 said[_i].stays ? "active" : "unsubscribed");
}
END_TEST

/* A bulletin that was passed on brings its leave address to others. */
static const struct {
	const char *from, *subject, *text, *state, *taken;
} by_token[] = {
	{"anna@example.net", "", "", "unsubscribed", "unsubscribe: left"},
	{"Anna+news@example.net", "unsubscribe", "", "unsubscribed", "unsubscribe: left"},
	{"anna@example.net", "Re: News", "Unsubscribe\n\nThanks", "unsubscribed",
	 "unsubscribe: left"},
	{"anna@example.net", "Re: News", "Why would I want it", "unsubscribed",
	 "unsorted: left the list; it says more"},
	{"anna@example.net", "Re: News", "Not me!", "active", "unsorted: came to"},
	{"anna@example.net", "Re: News", "Please re-subscribe me.", "active",
	 "unsorted: came to"},
	{"bob@other.example", "", "", "unsubscribed", "unsubscribe: left"},
	{"bob@other.example", "unsubscribe", "Please unsubscribe me.", "unsubscribed",
	 "unsubscribe: left"},
	{"bob@other.example", "Re: News", "A boy in my class is not safe at home.",
	 "active",
	 "unsorted: came to an address that takes its reader off the list, from another"},
	{"bob@other.example", "A boy in my class is not safe at home", "", "active",
	 "unsorted: came to an address that takes its reader off the list, from another"},
	{"bob@other.example", "Re: News", "Interesting!", "active",
	 "unsorted: came to an address that takes its reader off the list, from another"},
};

START_TEST(words_of_somebody_else_take_nobody_off_and_are_seen)
{
	int64_t subscription = house_joins("children", anna);
	struct mail_message m = house_mail(
		by_token[_i].from,
		arena_printf(house.arena, "children+leave-%s@lists.example.org",
			     leave_token(subscription)),
		by_token[_i].subject, by_token[_i].text);
	const char *taken;

	house_become(NULL);
	taken = house_taken(house_comes(&m));
	ck_assert_msg(str_starts(taken, by_token[_i].taken), "\"%s\" / \"%s\": %s",
		      by_token[_i].subject, by_token[_i].text, taken);
	ck_assert_str_eq(house_state("children", anna), by_token[_i].state);
}
END_TEST

/* Whoever writes from their address takes nobody off: they are asked, and only the token of that
 * letter does it. */
START_TEST(who_has_no_token_takes_nobody_off)
{
	int64_t subscription = house_joins("children", anna);
	struct mail_message asked;
	const char *token;

	house_sends("children", house_drafts("children", NULL));
	house_become(NULL);
	for (int i = 0; i < 6; i++)
		ck_assert_str_eq(
			leaves(unproven[_i].way, subscription),
			i < 3 ? "unsubscribe: asked to leave; the subscriber was asked "
				"whether it was them"
			      : "unsubscribe: asked to leave again too soon; nothing "
				"was sent");
	ck_assert_str_eq(house_state("children", anna), "active");
	ck_assert_int_eq(house_notifications("unsubscribe-asked", anna), 3);
	ck_assert_int_eq(house_notifications("unsubscribed", NULL), 0);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM delivery WHERE state = 'skipped'"), 0);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM evidence WHERE event = 'unsubscribed'"),
		0);
	asked = house_notification("unsubscribe-asked");
	/* A robot that answers it says nothing for them. */
	ck_assert_ptr_null(strstr(asked.reply_to.items[0].address, "+leave-"));
	token = leave_token(subscription);
	ck_assert_ptr_nonnull(strstr(asked.text, token));
	ck_assert_str_eq(leaves(BY_TOKEN, subscription), "unsubscribe: left the list");
	ck_assert_int_eq(house_notifications("unsubscribed", anna), 1);
}
END_TEST

/* Whoever has a bulletin that was passed on takes nobody off with an answer to it. */
START_TEST(answer_of_another_address_asks_the_subscriber)
{
	int64_t subscription = house_adds("children", "role@example.org", NULL);

	(void)house_adds("children", anna, NULL);
	house_sends("children", house_drafts("children", NULL));
	ck_assert_str_eq(
		leaves(BY_ANSWER, subscription),
		"unsubscribe: asked to leave; the subscriber was asked whether it was "
		"them");
	ck_assert_str_eq(house_notification("unsubscribe-asked").to.items[0].address,
			 "role@example.org");
	ck_assert_str_eq(house_state("children", "role@example.org"), "active");
	ck_assert_str_eq(house_state("children", anna), "active");
}
END_TEST

static const struct {
	const char *name, *to;
} forged[] = {
	{"another purpose", "children+leave-%s@lists.example.org"},
	{"no token", "children+leave-aaaa@lists.example.org"},
	{"zeros", "children+leave-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lists.example.org"},
};

START_TEST(forged_token_moves_nobody)
{
	char token[SECRET_TOKEN_LEN + 1];
	const char *to = forged[_i].to;

	secret_token(house.op.key, "bounce", house_joins("children", anna), token);
	if (_i == 0)
		to = arena_printf(house.arena, "children+leave-%s@lists.example.org",
				  token);
	ck_assert_str_eq(writes(to, NULL, ""),
			 "unsorted: a leave token that we never made");
	ck_assert_msg(str_eq(house_state("children", anna), "active"), "%s",
		      forged[_i].name);
}
END_TEST

START_TEST(token_of_a_subscription_that_is_not_there_is_kept_for_a_person)
{
	ck_assert(str_starts(leaves(BY_TOKEN, 4711), "unsorted: "));
}
END_TEST

START_TEST(unknown_address_gets_one_letter_a_day)
{
	static const char *const spellings[] = {"anna@example.net", "Anna@Example.NET"};

	for (int hour = 0; hour < 49; hour += 6) {
		struct mail_message m =
			house_mail(spellings[hour / 6 % 2],
				   "children+leave@lists.example.org", "", "");

		(void)house_comes(&m);
		ck_assert_int_eq(house_notifications("not-subscribed", anna),
				 hour / 24 + 1);
		house.op.now += 6 * 3600;
	}
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), 0);
}
END_TEST

START_TEST(who_only_asked_may_leave_too)
{
	struct list list = house_list(_i ? "forum" : "children");
	struct mail_message m = house_mail(
		anna, arena_printf(house.arena, "%s+join@lists.example.org", list.name),
		"", "");
	enum unsubscribe_result left;
	struct err err = {0};

	(void)house_comes(&m);
	ck_assert(unsubscribe_address(&house.op, &list, anna, 0, &left, &err));
	ck_assert_int_eq(left, UNSUBSCRIBE_LEFT);
	ck_assert_str_eq(house_state(list.name, anna), "unsubscribed");
}
END_TEST

START_TEST(staff_take_off_with_a_reason)
{
	struct list list = house_list("children");
	struct err err = {0};

	(void)house_adds("children", anna, NULL);
	ck_assert(!subscriber_remove(&house.op, &list, anna, "", &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert(subscriber_remove(&house.op, &list, anna, "asked by letter", &err));
	ck_assert_str_eq(house_text("SELECT basis FROM evidence WHERE event = 'removed'"),
			 "asked by letter");
	ck_assert(!subscriber_remove(&house.op, &list, anna, "again", &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert(!subscriber_add(
		&house.op, &list,
		&(struct subscriber_new){.address = anna, .how = "staff", .basis = "x"},
		&err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

static const struct {
	const char *name, *address, *person, *basis;
	enum err_kind want;
} added[] = {
	{"good", "b@example.org", "Bob", "telephone", ERR_NONE},
	{"no basis", "b@example.org", "Bob", "", ERR_INPUT},
	{"no address", "bob", "Bob", "telephone", ERR_INPUT},
	{"control character", "b@example.org", "Bob\nBcc: c@example.org", "x", ERR_INPUT},
	{"on it already", "ANNA@example.net", NULL, "telephone", ERR_CONFLICT},
};

START_TEST(staff_add_with_a_basis)
{
	struct list list = house_list("children");
	struct subscriber_new who = {.address = added[_i].address,
				     .name = added[_i].person,
				     .basis = added[_i].basis,
				     .all_topics = true,
				     .how = "staff",
				     .welcome = true};
	struct err err = {0};
	bool ok;

	(void)house_adds("children", anna, NULL);
	ok = subscriber_add(&house.op, &list, &who, &err);
	ck_assert_msg(ok ? added[_i].want == ERR_NONE : err.kind == added[_i].want,
		      "%s: got %s (%s)", added[_i].name, err_name(err.kind), err.text);
	ck_assert_int_eq(house_notifications("welcome", NULL), ok);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), 1 + ok);
}
END_TEST

START_TEST(only_staff_add_and_remove)
{
	struct list list = house_list("children");
	struct subscriber_new who = {.address = anna, .how = "staff", .basis = "x"};
	struct err err = {0};

	house_become(NULL);
	ck_assert(!subscriber_add(&house.op, &list, &who, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert(!subscriber_remove(&house.op, &list, anna, "x", &err));
	ck_assert(!subscriber_topics(&house.op, &list, anna, "all", &err));
	ck_assert(!subscriber_accept(&house.op, &list, anna, SUBSCRIBER_ACCEPTED, &err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM subscription"), 0);
}
END_TEST

START_TEST(a_mail_leaves_the_staff_member_acting)
{
	struct mail_message m =
		house_mail(anna, "children+help@lists.example.org", "", "");
	int64_t jean = house.op.staff_id;

	(void)house_comes(&m);
	ck_assert_int_eq(house.op.staff_id, jean);
	ck_assert_str_eq(house.op.who, "jean");
}
END_TEST

static const struct {
	const char *name;
	struct list_new list;
	enum err_kind want;
} lists[] = {
	{"good",
	 {.name = "a", .title = "A", .address = "a@l.example", .relay = "other"},
	 ERR_NONE},
	{"capitals in the address",
	 {.name = "a", .title = "A", .address = "Aa@L.example"},
	 ERR_NONE},
	{"line end in the title",
	 {.name = "a", .title = "A\nB", .address = "a@l.example"},
	 ERR_INPUT},
	{"line end in the sender",
	 {.name = "a", .title = "A", .address = "a@l.example", .from_name = "x\ry"},
	 ERR_INPUT},
	{"unknown relay",
	 {.name = "a", .title = "A", .address = "a@l.example", .relay = "none"},
	 ERR_INPUT},
	{"plus in the address",
	 {.name = "a", .title = "A", .address = "a+b@l.example"},
	 ERR_INPUT},
	{"long local part",
	 {.name = "a", .title = "A", .address = "abcdefghijklmnopq@l.example"},
	 ERR_INPUT},
	{"topic twice",
	 {.name = "a", .title = "A", .address = "a@l.example", .topics = "x,x"},
	 ERR_INPUT},
	{"name taken",
	 {.name = "forum", .title = "A", .address = "a@l.example"},
	 ERR_CONFLICT},
	{"address taken",
	 {.name = "a", .title = "A", .address = "Forum@lists.example.org"},
	 ERR_CONFLICT},
	{"address of a consultation",
	 {.name = "a", .title = "A", .address = "cruelty@lists.example.org"},
	 ERR_CONFLICT},
};

START_TEST(list_is_made_as_a_whole_or_not)
{
	int64_t before = house_int("SELECT count(*) FROM list");
	struct err err = {0};
	bool ok;

	house_consults();
	ok = list_add(&house.op, &lists[_i].list, &err);
	ck_assert_msg(ok ? lists[_i].want == ERR_NONE : err.kind == lists[_i].want,
		      "%s: got %s (%s)", lists[_i].name, err_name(err.kind), err.text);
	ck_assert_int_eq(house_int("SELECT count(*) FROM list"), before + ok);
	if (ok) {
		struct mail_message m = house_mail(anna, "aA+JOIN@l.EXAMPLE", "", "");

		if (_i == 0)
			m.to.items[0].address = "a+join@l.example";
		ck_assert_str_eq(house_taken(house_comes(&m)),
				 "subscribe: asked to join; a confirmation was sent");
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("op leave");
	TCase *t = tcase_create("leave");

	tcase_add_checked_fixture(t, house_open, house_close);
	UNIT_TABLE(t, every_way_of_leaving_works_once_and_for_all, ways);
	UNIT_TABLE(t, who_has_no_token_takes_nobody_off, unproven);
	UNIT_TABLE(t, who_says_that_they_stay_is_taken_off_by_a_person_or_nobody, said);
	UNIT_TABLE(t, words_of_somebody_else_take_nobody_off_and_are_seen, by_token);
	tcase_add_test(t, answer_of_another_address_asks_the_subscriber);
	UNIT_TABLE(t, forged_token_moves_nobody, forged);
	tcase_add_test(t, token_of_a_subscription_that_is_not_there_is_kept_for_a_person);
	tcase_add_test(t, unknown_address_gets_one_letter_a_day);
	tcase_add_loop_test(t, who_only_asked_may_leave_too, 0, 2);
	tcase_add_test(t, staff_take_off_with_a_reason);
	UNIT_TABLE(t, staff_add_with_a_basis, added);
	tcase_add_test(t, only_staff_add_and_remove);
	tcase_add_test(t, a_mail_leaves_the_staff_member_acting);
	UNIT_TABLE(t, list_is_made_as_a_whole_or_not, lists);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
