/* Limits hold one mailbox however it is written, and all strangers together. */
#include "tests/unit/domain_house.h"

#include "base/str.h"
#include "domain/subscribers/preferences.h"
#include "domain/subscribers/subscribe.h"

#include <inttypes.h>

enum { ASKS = 40 };
static const char tagged[] = "anna+7@xn--bcher-kva.example";
static struct err err;

#define OK(call) ck_assert_msg((call), "%s", err.text)

/* The nth way of writing anna@bücher.example. */
static const char *form(int n)
{
	static const char *const locals[] = {"anna",       "ANNA",   "\"anna\"",
					     "\"a\\nna\"", "anna+T", "\"anna+T\"",
					     "Anna+x.T"};
	static const char *const domains[] = {
		"b\xC3\xBC\x63her.example", "xn--bcher-kva.example",
		"B\xC3\x9C\x43HER.Example", "XN--bcher-KVA.example"};
	AUTO(buf) to = buf_new(400);

	for (const char *c = locals[n % (int)ARRAY_LEN(locals)]; *c; c++) {
		if (*c == 'T')
			buf_printf(to, "%d", n);
		else
			buf_char(to, *c);
	}
	buf_printf(to, "@%s", domains[n % (int)ARRAY_LEN(domains)]);
	return arena_strdup(house.arena, buf_text(to));
}

static void comes(const char *from, const char *to, const char *says)
{
	struct mail_message m = house_mail(from, to, says, says);

	(void)house_comes(&m);
}

static void joins(const char *list, const char *address)
{
	struct list l = house_list(list);
	const struct topic_choice all = {.all_topics = true};
	enum subscribe_result result;

	OK(subscribe_by_page(&house.op, &l, address, &all, &result, &err));
}

static void asks_help(const char *from)
{
	comes(from, "children+help@lists.example.org", "help");
}

static void asks_to_leave(const char *from)
{
	comes(from, "children+leave@lists.example.org", "unsubscribe");
}

static void joins_by_mail(const char *from)
{
	comes(from, "children+join@lists.example.org", "hello");
}

static void joins_by_page(const char *from)
{
	joins("children", from);
}

static void joins_closed(const char *from)
{
	joins("forum", from);
}

static void answers(const char *from)
{
	static int n;

	comes(from, "cruelty@lists.example.org",
	      arena_printf(house.arena, "My view, in words of my own: %d", ++n));
}

static const struct {
	const char *name;
	void (*ask)(const char *from);
	const char *kind;
	int64_t most;
} doors[] = {
	{"help", asks_help, "help", 1},
	{"leave", asks_to_leave, "not-subscribed", 1},
	{"join by mail", joins_by_mail, "confirm", 6},
	{"join on the page", joins_by_page, "confirm", 6},
	{"a closed list", joins_closed, "closed-request", 6},
	{"a response", answers, "acknowledgement", 10},
};

START_TEST(one_mailbox_is_written_to_so_often_however_it_writes_itself)
{
	int64_t letters;

	house_consults();
	house_become(NULL);
	for (int n = 0; n < ASKS; n++)
		doors[_i].ask(form(n));
	letters = house_int("SELECT count(*) FROM notification");
	ck_assert_int_gt(letters, 0);
	ck_assert_int_le(letters, doors[_i].most);
	ck_assert_int_eq(house_notifications(doors[_i].kind, NULL), letters);
	/* Of whom nothing is sent to, no row is made; what they answered is all there. */
	ck_assert_int_le(house_int("SELECT count(*) FROM person"), letters);
	ck_assert_int_eq(house_int("SELECT count(*) FROM response"),
			 doors[_i].ask == answers ? ASKS : 0);
	/* Nobody else is held back by that, and a day later neither are they. */
	doors[_i].ask("ben@xn--bcher-kva.example");
	ck_assert_int_eq(house_notifications(doors[_i].kind, NULL), letters + 1);
	house.op.now += HOUSE_DAY + 1;
	doors[_i].ask("anna+new@xn--bcher-kva.example");
	ck_assert_int_eq(house_notifications(doors[_i].kind, NULL), letters + 2);
}
END_TEST

/* Two people to us, and one who reads both. */
START_TEST(links_to_ones_own_page_are_counted_by_the_mailbox)
{
	(void)house_adds("children", form(0), NULL);
	(void)house_adds("children", tagged, NULL);
	house_become(NULL);
	for (int n = 0; n < ASKS; n++)
		OK(preferences_link_ask(&house.op, n % 2 ? form(0) : tagged, NULL, &err));
	ck_assert_int_eq(house_notifications("preferences", NULL), 3);
}
END_TEST

START_TEST(all_strangers_together_are_answered_so_often_an_hour)
{
	house_consults();
	house_become(NULL);
	house.settings->answers_an_hour = 5;
	for (int n = 0; n < 12; n++)
		doors[_i].ask(arena_printf(house.arena, "p%d@x%d.example", n, n));
	ck_assert_int_eq(house_notifications(doors[_i].kind, NULL), 5);
	ck_assert_int_eq(house_int("SELECT count(*) FROM response"),
			 doors[_i].ask == answers ? 12 : 0);
	house.op.now += 3601;
	doors[_i].ask("later@x.example");
	ck_assert_int_eq(house_notifications(doors[_i].kind, NULL), 6);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("limits");
	TCase *t = tcase_create("limits");

	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, house_open, house_close);
	UNIT_TABLE(t, one_mailbox_is_written_to_so_often_however_it_writes_itself, doors);
	tcase_add_test(t, links_to_ones_own_page_are_counted_by_the_mailbox);
	UNIT_TABLE(t, all_strangers_together_are_answered_so_often_an_hour, doors);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
