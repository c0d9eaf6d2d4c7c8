#include "tests/unit/domain_house.h"

#include "domain/subscribers/subscribe.h"
#include "base/str.h"

#include <inttypes.h>

static const char anna[] = "Anna@example.net";

static enum subscribe_result ask(const char *list_name)
{
	struct list list = house_list(list_name);
	enum subscribe_result result;
	struct err err = {0};

	ck_assert_msg(subscribe_request(&house.op, &list, 0,
					&(struct mail_message){.from = {.address = anna,
									.name = "Anna"}},
					&result, &err),
		      "%s", err.text);
	return result;
}

static enum confirm_result confirm(const char *token)
{
	enum confirm_result result;
	struct err err = {0};

	ck_assert_msg(subscribe_confirm(&house.op, token, "page", 0, &result, &err), "%s",
		      err.text);
	return result;
}

static const char *letter_token(void)
{
	struct mail_message m = house_notification("confirm");

	return house_token(m.reply_to.items[0].address, "+confirm-");
}

START_TEST(confirmation_says_what_it_is_and_carries_a_token)
{
	struct mail_message ask_mail, letter;
	const char *token;

	house_become(NULL);
	ask_mail = house_mail(anna, "children+join@lists.example.org", "Join", "");
	ck_assert_str_eq(house_taken(house_comes(&ask_mail)),
			 "subscribe: asked to join; a confirmation was sent");
	letter = house_notification("confirm");
	token = house_token(letter.reply_to.items[0].address, "children+confirm-");
	ck_assert_ptr_nonnull(token);
	ck_assert_uint_eq(strlen(token), SECRET_RANDOM_LEN);
	ck_assert_str_eq(letter.from.address, "children@lists.example.org");
	ck_assert_str_eq(letter.to.items[0].address, anna);
	ck_assert_str_eq(letter.in_reply_to, ask_mail.message_id);
	ck_assert_str_eq(letter.auto_submitted, "auto-replied");
	ck_assert(unit_says(letter.text,
			    "We keep your address to send you this, and a record"));
	ck_assert(unit_says(letter.text, "Monday 9 March 2026"));
	ck_assert_str_eq(house_text("SELECT sender FROM notification"), "");
	ck_assert_msg(
		!strstr(house_text("SELECT hex(token_hash) FROM confirmation"), token),
		"the store has the token itself");
	ck_assert_str_eq(house_state("children", anna), "pending");
}
END_TEST

/* Whose answer it is, what it says in its text and its HTML, and whether that confirms. */
static const struct {
	const char *from, *subject, *text, *html;
	bool confirms;
} heads[] = {
	{"anna@example.net", "Re: Please confirm", "", NULL, true},
	{"ANNA@Example.NET", "Re: Please confirm", "", NULL, true},
	{"anna+lists@example.net", "Re: Please confirm", "", NULL, true},
	{"anna@elsewhere.example", "Re: Please confirm", "", NULL, false},
	{"anna@elsewhere.example", "Re: Please confirm", "yes", NULL, false},
	{"", "Re: Please confirm", "", NULL, false},
	{"anna@example.net", "Re: Please confirm", "> Answer this mail\n>\n> to confirm.",
	 NULL, false},
	{"anna@example.net", "Re: Please confirm", "> Answer this mail\nWhy?", NULL,
	 false},
	{"anna@example.net", "Re: who are you", "", NULL, false},
	{"anna@example.net", "Re: yes", "", NULL, true},
	{"anna@example.net", "Re: Please confirm", "Yes", "<p>Yes</p>", true},
	{"anna@example.net", "Re: Please confirm", "Yes", "<p>No</p>", false},
	{"anna@example.net", "Re: Please confirm", "Yes", "<p>Yes, when I am back</p>",
	 false},
	{"anna@example.net", "Re: Please confirm", "yes\n-- \nunsubscribe me", NULL,
	 false},
};

START_TEST(answer_confirms_only_as_far_as_it_says_so)
{
	struct mail_message ask = house_mail(anna, "children+join@lists.example.org",
					     "Join", ""),
			    answer;

	house_become(NULL);
	(void)house_comes(&ask);
	answer = house_mail(heads[_i].from,
			    house_notification("confirm").reply_to.items[0].address,
			    heads[_i].subject, heads[_i].text);
	answer.html = heads[_i].html;
	(void)house_comes(&answer);
	ck_assert_msg(str_eq(house_state("children", anna), "active") ==
			      heads[_i].confirms,
		      "%s: %s", heads[_i].text, house_state("children", anna));
}
END_TEST

START_TEST(confirming_works_once_and_leaves_evidence)
{
	struct mail_message ask_mail, yes;
	const char *address;
	int64_t asked, confirmed;

	house_become(NULL);
	ask_mail = house_mail(anna, "children+join@lists.example.org", "Join", "");
	asked = house_comes(&ask_mail);
	house.op.now += 3600;
	address = house_notification("confirm").reply_to.items[0].address;
	yes = house_mail(anna, address, "Re: Please confirm", "");
	confirmed = house_comes(&yes);
	ck_assert_str_eq(house_taken(confirmed),
			 "confirm: confirmed; is a subscriber now");
	ck_assert_str_eq(house_state("children", anna), "active");
	ck_assert_int_eq(house_notifications("welcome", anna), 1);
	ck_assert_str_eq(
		house_text(
			"SELECT group_concat(event || ' ' || how || ' ' || wording_id || ' ' "
			"|| inbound_id || ' ' || coalesce(basis, '-') || ' ' || "
			"coalesce(given_at = at, '-'), '; ') FROM evidence"),
		arena_printf(house.arena,
			     "asked mail 1 %" PRId64 " - -; confirmed mail 1 %" PRId64
			     " consent 1",
			     asked, confirmed));
	house.op.now += 3600;
	ck_assert_str_eq(house_taken(house_comes(&yes)),
			 "confirm: confirmed before; nothing changed");
	ck_assert_int_eq(house_notifications("welcome", anna), 1);
	ck_assert_int_eq(house_int("SELECT active_since FROM subscription"),
			 house_int("SELECT at FROM evidence WHERE event = 'confirmed'"));
}
END_TEST

START_TEST(welcome_says_how_to_leave)
{
	struct mail_message letter;
	const char *token;
	int64_t subscription, id;

	house_become(NULL);
	subscription = house_joins("children", anna);
	letter = house_notification("welcome");
	token = house_token(strstr(letter.text, "children+leave-"), "children+leave-");
	ck_assert_ptr_nonnull(token);
	token = arena_strndup(house.arena, token, SECRET_TOKEN_LEN);
	ck_assert(secret_token_read(house.op.key, "leave", token, &id));
	ck_assert_int_eq(id, subscription);
}
END_TEST

START_TEST(token_that_mail_servers_folded_still_works)
{
	char *token;

	ck_assert_int_eq(ask("children"), SUBSCRIBE_ASKED);
	token = arena_strdup(house.arena, letter_token());
	for (char *c = token; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 32);
	{
		const char *to = arena_printf(
			house.arena, "CHILDREN+CONFIRM-%s@LISTS.example.org", token);
		struct mail_message yes = house_mail(anna, to, "Re:", "");

		ck_assert_str_eq(house_taken(house_comes(&yes)),
				 "confirm: confirmed; is a subscriber now");
	}
}
END_TEST

START_TEST(token_expires_and_a_new_question_is_asked_within_limits)
{
	const char *first;

	ck_assert_int_eq(ask("children"), SUBSCRIBE_ASKED);
	first = letter_token();
	house.op.now += 7 * HOUSE_DAY + 1;
	ck_assert_int_eq(confirm(first), CONFIRM_EXPIRED);
	ck_assert_str_eq(house_state("children", anna), "pending");
	ck_assert_int_eq(house_notifications("confirm", anna), 2);
	ck_assert_int_eq(confirm(first), CONFIRM_EXPIRED);
	ck_assert_int_eq(house_notifications("confirm", anna), 2);
	ck_assert_int_eq(confirm(letter_token()), CONFIRM_DONE);
}
END_TEST

START_TEST(one_confirmation_a_day_and_so_many_in_all)
{
	int sent = 0;

	for (int hour = 0; hour < 24 * 10; hour += 3) {
		enum subscribe_result result = ask("children");

		ck_assert(result == SUBSCRIBE_ASKED || result == SUBSCRIBE_TOO_OFTEN);
		sent += result == SUBSCRIBE_ASKED;
		ck_assert_int_eq(house_notifications("confirm", anna), sent);
		ck_assert_msg(sent <= hour / 24 + 1, "%d sent in %d hours", sent, hour);
		house.op.now += 3 * 3600;
	}
	ck_assert_int_eq(sent, 3);
}
END_TEST

/* Forged requests must not make us write to somebody who never asked. */
START_TEST(asking_and_leaving_in_turn_sends_no_more)
{
	static const char *const lists[] = {"children", "forum"};
	struct list list = house_list(lists[_i]);
	enum unsubscribe_result left;
	struct err err = {0};

	for (int i = 0; i < 40; i++) {
		(void)ask(lists[_i]);
		ck_assert(unsubscribe_address(&house.op, &list, anna, 0, &left, &err));
		house.op.now += 60;
	}
	ck_assert_msg(house_notifications("confirm", anna) <= 1, "confirmations");
	ck_assert_int_le(house_int("SELECT count(*) FROM notification"), 12);
}
END_TEST

START_TEST(subscriber_who_asks_again_stays_as_they_are)
{
	int64_t since, evidence;

	(void)house_joins("children", anna);
	house_do("UPDATE subscription SET topics = 2, all_topics = 0");
	since = house_int("SELECT active_since FROM subscription");
	evidence = house_int("SELECT count(*) FROM evidence");
	for (int i = 0; i < 5; i++) {
		house.op.now += 600;
		ck_assert_int_eq(ask("children"), SUBSCRIBE_ALREADY);
	}
	ck_assert_int_eq(house_notifications("already-subscribed", anna), 1);
	ck_assert_int_eq(house_int("SELECT active_since FROM subscription"), since);
	ck_assert_int_eq(house_int("SELECT topics FROM subscription"), 2);
	ck_assert_int_eq(house_int("SELECT count(*) FROM evidence"), evidence);
}
END_TEST

START_TEST(who_left_may_join_again_by_a_new_question_only)
{
	const char *old, *unused;

	ck_assert_int_eq(ask("children"), SUBSCRIBE_ASKED);
	unused = letter_token();
	house.op.now += HOUSE_DAY + 1;
	ck_assert_int_eq(ask("children"), SUBSCRIBE_ASKED);
	old = letter_token();
	ck_assert_int_eq(confirm(old), CONFIRM_DONE);
	house_leaves("children", anna);
	ck_assert_int_eq(confirm(old), CONFIRM_USED);
	ck_assert_int_eq(confirm(unused), CONFIRM_USED);
	ck_assert_str_eq(house_state("children", anna), "unsubscribed");
	ck_assert_int_eq(ask("children"), SUBSCRIBE_ASKED);
	ck_assert_int_ne(confirm(old), CONFIRM_DONE);
	ck_assert_msg(confirm(unused) != CONFIRM_DONE,
		      "a question from before the leaving brought them back");
	ck_assert_int_eq(confirm(letter_token()), CONFIRM_DONE);
	ck_assert_str_eq(house_state("children", anna), "active");
}
END_TEST

START_TEST(closed_list_waits_for_the_staff)
{
	static const struct {
		bool accept;
		const char *state, *letter, *act;
	} ways[] = {{true, "active", "welcome", "accepted"},
		    {false, "refused", "closed-refused", "refused"}};
	struct list list = house_list("forum");
	struct err err = {0};

	house_become(NULL);
	ck_assert_int_eq(ask("forum"), SUBSCRIBE_WAITS);
	ck_assert_int_eq(ask("forum"), SUBSCRIBE_WAITS);
	ck_assert_int_eq(house_notifications("closed-request", anna), 1);
	ck_assert_int_eq(house_notifications("confirm", NULL), 0);
	ck_assert(!subscriber_accept(
		&house.op, &list, anna,
		ways[_i].accept ? SUBSCRIBER_ACCEPTED : SUBSCRIBER_REFUSED, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	house_become("jean");
	ck_assert(subscriber_accept(
		&house.op, &list, anna,
		ways[_i].accept ? SUBSCRIBER_ACCEPTED : SUBSCRIBER_REFUSED, &err));
	ck_assert_str_eq(house_state("forum", anna), ways[_i].state);
	ck_assert_int_eq(house_notifications(ways[_i].letter, anna), 1);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM evidence WHERE event = '%s' AND how = "
			  "'staff' AND staff_id = %" PRId64,
			  ways[_i].act, house.op.staff_id),
		1);
	ck_assert(!subscriber_accept(&house.op, &list, anna, SUBSCRIBER_ACCEPTED, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

/* What must not confirm, though it comes to the right address. */
static const struct {
	const char *name;
	enum mail_kind kind;
	const char *auto_submitted, *precedence, *return_path;
} machines[] = {
	{"out of office", MAIL_AUTOREPLY, "auto-replied", NULL, "a@b.example"},
	{"bounce", MAIL_BOUNCE, NULL, NULL, ""},
	{"delay", MAIL_DELAY, NULL, NULL, ""},
	{"receipt", MAIL_DELIVERED, NULL, NULL, ""},
	{"list", MAIL_LIST, NULL, "list", "a@b.example"},
	{"taken for human, says auto", MAIL_HUMAN, "auto-generated", NULL, "a@b.example"},
	{"taken for human, bulk", MAIL_HUMAN, NULL, "bulk", "a@b.example"},
	{"taken for human, null sender", MAIL_HUMAN, NULL, NULL, ""},
};

START_TEST(machines_confirm_and_join_nothing)
{
	struct mail_message yes, join;
	const char *to;

	ck_assert_int_eq(ask("children"), SUBSCRIBE_ASKED);
	to = house_notification("confirm").reply_to.items[0].address;
	yes = house_mail(anna, to, "Re: Please confirm", "yes");
	join = house_mail("new@example.net", "children+join@lists.example.org", "Join",
			  "");
	yes.kind = join.kind = machines[_i].kind;
	yes.auto_submitted = join.auto_submitted = machines[_i].auto_submitted;
	yes.precedence = join.precedence = machines[_i].precedence;
	yes.return_path = join.return_path = machines[_i].return_path;
	(void)house_comes(&yes);
	(void)house_comes(&join);
	ck_assert_msg(str_eq(house_state("children", anna), "pending"), "%s: confirmed",
		      machines[_i].name);
	ck_assert_msg(!*house_state("children", "new@example.net"), "%s: joined",
		      machines[_i].name);
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 1);
}
END_TEST

/* What people answer to a confirmation, and what becomes of the request. */
static const struct {
	const char *text, *state, *taken;
} answers[] = {
	{"", "active", "confirm: confirmed"},
	{"Yes", "active", "confirm: confirmed"},
	{"yes please!", "active", "confirm: confirmed"},
	{"I confirm my subscription. Many thanks", "active", "confirm: confirmed"},
	{"Ja, ich bestätige. Danke", "active", "confirm: confirmed"},
	{"Oui, merci", "active", "confirm: confirmed"},
	{"Sí, confirmo", "active", "confirm: confirmed"},
	{"Tak, potwierdzam", "active", "confirm: confirmed"},
	{"Yes, please subscribe me", "active", "confirm: confirmed"},
	{"Yes, that was me. Thanks!", "active", "confirm: confirmed"},
	{"Tak", "pending", "unsorted: answers"},
	{"Yes.\n> but only if it costs nothing", "pending", "unsorted: answers"},
	{"> NO WAY, I never asked for this\n> Remove me now", "unsubscribed",
	 "confirm: refused"},
	{"No problem, I confirm.", "pending", "unsorted: answers"},
	{"I don't want to miss it, so yes", "pending", "unsorted: answers"},
	{"-- \nA Person\n\nNo", "pending", "unsorted: answers"},
	{"someone.else@home.example", "pending", "unsorted: answers"},
	{"https://home.example/", "pending", "unsorted: answers"},
	{"Good morning\n\nYes", "active", "confirm: confirmed"},
	{"Absolutely", "active", "confirm: confirmed"},
	{"\U0001F44D\U0001F3FD", "active", "confirm: confirmed"},
	{"Confirmed. Thanks, Person", "active", "confirm: confirmed"},
	{"Yes\n\n-----Original Message-----\nActually no, I changed my mind", "pending",
	 "unsorted: answers"},
	{"Bai", "pending", "unsorted: answers"},
	{"OK?", "pending", "unsorted: answers"},
	{"Yes; really?", "pending", "unsorted: answers"},
	{"Please confirm it's from you.", "pending", "unsorted: answers"},
	{"Yes please confirm", "pending", "unsorted: answers"},
	{"Would you like me to confirm this subscription?", "pending",
	 "unsorted: answers"},
	{"Do you confirm that?", "pending", "unsorted: answers"},
	{"Yes \U0001F44E", "pending", "unsorted: answers"},
	{"да", "active", "confirm: confirmed"},
	{"Ydw, diolch", "active", "confirm: confirmed"},
	{"はい", "active", "confirm: confirmed"},
	{"This email originated outside your organisation.\n\nOK\n\nAnn Lane\nClerk | "
	 "Far Council\n\nThis message is intended solely for the addressee.",
	 "active", "confirm: confirmed"},
	{"No", "unsubscribed", "confirm: refused"},
	{"No! I never asked for this", "unsubscribed", "confirm: refused"},
	{"no thanks, I get enough mail", "unsubscribed", "confirm: refused"},
	{"unsubscribe", "unsubscribed", "confirm: refused"},
	{"Nein danke", "unsubscribed", "confirm: refused"},
	{"Je ne souhaite pas recevoir cela", "unsubscribed", "confirm: refused"},
	{"Somebody used my address for this.", "unsubscribed", "confirm: refused"},
	{"This is the wrong address, she moved away", "unsubscribed", "confirm: refused"},
	{"Dydw i ddim eisiau hyn", "unsubscribed", "confirm: refused"},
	{"Yes, but only the monthly one", "pending", "unsorted: answers"},
	{"What is this about?", "pending", "unsorted: answers"},
	{"I will be back on Monday.", "pending", "unsorted: answers"},
	{"Your request has been passed to a colleague.", "pending", "unsorted: answers"},
	{"yes we can talk about it first", "pending", "unsorted: answers"},
	{"Anna has left the school", "pending", "unsorted: answers"},
};

/* The subject is part of the answer, whatever mark stands in front. */
static const struct {
	const char *subject, *text, *state, *taken;
} subjects[] = {
	{"", "", "active", "confirm: confirmed"},
	{"yes", "", "active", "confirm: confirmed"},
	{"RE: Please confirm: Child protection updates", "", "active",
	 "confirm: confirmed"},
	{"AW: Please confirm: Child protection updates", "ja", "active",
	 "confirm: confirmed"},
	{"Antwort: Re: Please confirm", "", "active", "confirm: confirmed"},
	{"Re: yes please", "", "active", "confirm: confirmed"},
	{"UNSUBSCRIBE", "", "unsubscribed", "confirm: refused"},
	{"STOP", "", "unsubscribed", "confirm: refused"},
	{"Not me", "", "unsubscribed", "confirm: refused"},
	{"Re: Not me", "", "unsubscribed", "confirm: refused"},
	{"Re: unsubscribe", "", "unsubscribed", "confirm: refused"},
	{"I did not ask for this", "", "unsubscribed", "confirm: refused"},
	{"Re: Please confirm", "no", "unsubscribed", "confirm: refused"},
	{"UNSUBSCRIBE", "yes", "pending", "unsorted: answers"},
	{"yes", "no", "pending", "unsorted: answers"},
	{"Undeliverable: Please confirm", "", "pending", "unsorted: answers"},
	{"Read: Please confirm", "", "pending", "unsorted: answers"},
	{"Fwd: Please confirm", "", "pending", "unsorted: answers"},
	{"Out of office", "", "pending", "unsorted: answers"},
	{"Are you real?", "yes", "pending", "unsorted: answers"},
	{"Re: Please confirm: Child protection upd...", "", "active",
	 "confirm: confirmed"},
	{"Re: [EXTERNAL] Please  confirm:\tChild Protection Updates", "", "active",
	 "confirm: confirmed"},
	{"[EXT] RE: Re: Please confirm: Child protection updates", "", "active",
	 "confirm: confirmed"},
	{"\u56DE\u590D\uFF1APlease confirm: Child protection updates", "", "active",
	 "confirm: confirmed"},
	{"Re: Please confirm???", "", "pending", "unsorted: answers"},
	{"Re: Please confirm it is from you", "", "pending", "unsorted: answers"},
	{"Re: please", "", "pending", "unsorted: answers"},
	{"Re: please don't", "", "pending", "unsorted: answers"},
	{"Re: who are you?", "", "pending", "unsorted: answers"},
	{"Re: THIS IS A SCAM", "", "pending", "unsorted: answers"},
	{"Re: Jane has left the organisation", "", "pending", "unsorted: answers"},
	{"AW: Abwesend: Please confirm: Child protection updates", "", "pending",
	 "unsorted: answers"},
	{"[not me] Re: Please confirm", "", "pending", "unsorted: answers"},
	{"[my parents] Re: Please confirm", "", "pending", "unsorted: answers"},
};

START_TEST(subject_of_an_answer_counts)
{
	struct mail_message m;
	const char *to, *taken;

	ck_assert_int_eq(ask("children"), SUBSCRIBE_ASKED);
	to = house_notification("confirm").reply_to.items[0].address;
	m = house_mail(anna, to, subjects[_i].subject, subjects[_i].text);
	if (!*subjects[_i].text)
		m.text_new = NULL;
	taken = house_taken(house_comes(&m));
	ck_assert_msg(str_starts(taken, subjects[_i].taken), "%s / %s: %s",
		      subjects[_i].subject, subjects[_i].text, taken);
	ck_assert_msg(str_eq(house_state("children", anna), subjects[_i].state),
		      "%s / %s: %s", subjects[_i].subject, subjects[_i].text,
		      house_state("children", anna));
}
END_TEST

START_TEST(only_yes_confirms_and_no_ends_it)
{
	struct mail_message m;
	const char *to, *taken;

	ck_assert_int_eq(ask("children"), SUBSCRIBE_ASKED);
	to = house_notification("confirm").reply_to.items[0].address;
	m = house_mail(anna, to, "Re: Please confirm", answers[_i].text);
	if (!*answers[_i].text)
		m.text_new = NULL;
	taken = house_taken(house_comes(&m));
	ck_assert_msg(str_starts(taken, answers[_i].taken), "%s: %s", answers[_i].text,
		      taken);
	ck_assert_msg(str_eq(house_state("children", anna), answers[_i].state), "%s: %s",
		      answers[_i].text, house_state("children", anna));
	/* Whoever refuses hears nothing more, and that they did is kept. */
	if (str_eq(answers[_i].state, "unsubscribed")) {
		ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 1);
		ck_assert_int_eq(house_int("SELECT count(*) FROM evidence WHERE event = "
					   "'refused'"),
				 1);
		m = house_mail(anna, to, "Re: Please confirm", "yes");
		(void)house_comes(&m);
		ck_assert_str_eq(house_state("children", anna), "unsubscribed");
	}
}
END_TEST

static const char *const wrong_tokens[] = {"abcdefghijklmnopqrstuvwxyz",
					   "",
					   "a",
					   "abcdefghijklmnopqrstuvwxyz234567abcdefghijk",
					   "%s%n",
					   "';--"};

START_TEST(wrong_token_is_left_for_a_person)
{
	const char *to = arena_printf(
		house.arena, "children+confirm-%s@lists.example.org", wrong_tokens[_i]);
	struct mail_message m = house_mail(anna, to, "Re:", "yes");

	ck_assert_msg(str_starts(house_taken(house_comes(&m)), "unsorted: "), "%s",
		      house_taken(1));
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 0);
}
END_TEST

static const struct {
	const char *name, *address;
	bool joins;
} senders[] = {
	{"none", NULL, false},
	{"empty", "", false},
	{"words", "no address at all", false},
	{"two ats", "a@b@c", false},
	{"header in it", "a@example.net\r\nBcc: b@example.net", false},
	{"local only", "root", false},
	{"quoted", "\"a b\"@example.net", false},
	{"idn",
	 "a@b\xC3\xBC"
	 "cher.example",
	 true},
};

START_TEST(strange_sender_does_no_harm)
{
	struct mail_message m = house_mail(senders[_i].address,
					   "children+join@lists.example.org", "", "");
	const char *taken = house_taken(house_comes(&m));

	ck_assert_msg(str_starts(taken, senders[_i].joins ? "subscribe: " : "unsorted: "),
		      "%s: %s", senders[_i].name, taken);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), senders[_i].joins);
}
END_TEST

static const char *const names[] = {"line\nend", "\x01\x02", "tab\there", "\xE2\x80\xAE",
				    "Anna <x@y.example>, \"B\""};

START_TEST(hostile_name_still_gets_its_letters)
{
	struct mail_message m =
		house_mail(anna, "children+join@lists.example.org", "Join", "");
	AUTO(buf) longer = buf_new(20000);

	for (int i = 0; i < 10000; i++)
		buf_char(longer, 'x');
	m.from.name = _i < (int)ARRAY_LEN(names) ? names[_i] : buf_text(longer);
	m.message_id = _i % 2 ? "no\r\nBcc: x@y.example" : buf_text(longer);
	ck_assert_str_eq(house_taken(house_comes(&m)),
			 "subscribe: asked to join; a confirmation was sent");
	ck_assert_int_eq(confirm(letter_token()), CONFIRM_DONE);
	ck_assert_int_le(house_int("SELECT coalesce(max(length(name)), 0) FROM person"),
			 200);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("op join");
	TCase *t = tcase_create("join");

	tcase_add_checked_fixture(t, house_open, house_close);
	tcase_add_test(t, confirmation_says_what_it_is_and_carries_a_token);
	UNIT_TABLE(t, answer_confirms_only_as_far_as_it_says_so, heads);
	tcase_add_test(t, confirming_works_once_and_leaves_evidence);
	tcase_add_test(t, welcome_says_how_to_leave);
	tcase_add_test(t, token_that_mail_servers_folded_still_works);
	tcase_add_test(t, token_expires_and_a_new_question_is_asked_within_limits);
	tcase_add_test(t, one_confirmation_a_day_and_so_many_in_all);
	tcase_add_loop_test(t, asking_and_leaving_in_turn_sends_no_more, 0, 2);
	tcase_add_test(t, subscriber_who_asks_again_stays_as_they_are);
	tcase_add_test(t, who_left_may_join_again_by_a_new_question_only);
	tcase_add_loop_test(t, closed_list_waits_for_the_staff, 0, 2);
	UNIT_TABLE(t, machines_confirm_and_join_nothing, machines);
	UNIT_TABLE(t, only_yes_confirms_and_no_ends_it, answers);
	UNIT_TABLE(t, subject_of_an_answer_counts, subjects);
	UNIT_TABLE(t, wrong_token_is_left_for_a_person, wrong_tokens);
	UNIT_TABLE(t, strange_sender_does_no_harm, senders);
	tcase_add_loop_test(t, hostile_name_still_gets_its_letters, 0,
			    (int)ARRAY_LEN(names) + 1);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
