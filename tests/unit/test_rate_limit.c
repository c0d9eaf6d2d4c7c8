#include "tests/unit/unit.h"

#include "domain/delivery/rate_limit.h"
#include "base/str.h"

#include <unistd.h>

static struct settings *settings;
static struct rate_limit *rate_limit;

static void load(const char *text)
{
	char path[] = "/tmp/mercat-rate_limit-XXXXXX";
	int fd = mkstemp(path);
	struct err err = {0};
	bool ok;

	ck_assert_int_ge(fd, 0);
	ck_assert(dprintf(fd,
			  "organisation = \"O\"; base_url = \"https://u.example\";\n%s",
			  text) > 0);
	(void)close(fd);
	ok = settings_load(path, &settings, &err);
	(void)unlink(path);
	ck_assert_msg(ok, "%s", err.text);
	rate_limit = rate_limit_new(settings);
}

static void teardown(void)
{
	rate_limit_free(&rate_limit);
	settings_free(&settings);
}

#define RELAY(name, more) "{ name = \"" name "\"; host = \"h\"; " more " }"
#define ONE "relays = ( " RELAY("a", "connections = 3;") " );"

static enum rate_limit_answer ask(int64_t now_ms, const char *only, const char *address,
				  bool letter, struct rate_limit_ticket *ticket,
				  int64_t *at_ms)
{
	*at_ms = -1;
	return rate_limit_ask(
		rate_limit, now_ms,
		&(struct rate_limit_request){.only = only,
					     .address = address,
					     .what = letter ? RATE_LIMIT_NOTIFICATION
							    : RATE_LIMIT_BULLETIN},
		ticket, at_ms);
}

static void sent(int64_t now_ms, struct rate_limit_ticket *ticket)
{
	const struct smtp_outcome went = {.verdict = SMTP_SENT,
					  .answer = {250, "2.0.0", "ok"}};

	rate_limit_done(rate_limit, now_ms, ticket, &went);
}

/* Of 100 mails, how many go to a, b and c. */
static const struct {
	const char *name, *relays, *only;
	bool works[3];
	int want[3];
} shares[] = {
	{"equal",
	 RELAY("a", "") ", " RELAY("b", "") ", " RELAY("c", ""),
	 NULL,
	 {true, true, true},
	 {34, 33, 33}},
	{"by weight",
	 RELAY("a", "weight = 7;") ", " RELAY("b", "weight = 2;") ", " RELAY("c", ""),
	 NULL,
	 {true, true, true},
	 {70, 20, 10}},
	{"one is dead",
	 RELAY("a", "") ", " RELAY("b", "") ", " RELAY("c", ""),
	 NULL,
	 {true, false, true},
	 {50, 0, 50}},
	{"standby stands by",
	 RELAY("a", "") ", " RELAY("b", "weight = 0;") ", " RELAY("c", ""),
	 NULL,
	 {true, true, true},
	 {50, 0, 50}},
	{"standby stands in",
	 RELAY("a", "") ", " RELAY("b", "weight = 0;") ", " RELAY("c", ""),
	 NULL,
	 {false, true, false},
	 {0, 100, 0}},
	{"the list's own",
	 RELAY("a", "") ", " RELAY("b", "weight = 0;") ", " RELAY("c", ""),
	 "b",
	 {true, true, true},
	 {0, 100, 0}},
	{"the list's own is dead",
	 RELAY("a", "") ", " RELAY("b", "") ", " RELAY("c", ""),
	 "b",
	 {true, false, true},
	 {0, 0, 0}},
};

START_TEST(relays_share_the_work)
{
	struct rate_limit_ticket ticket;
	AUTO(buf) text = buf_new(2000);
	int got[3] = {0};
	int64_t at_ms;

	buf_printf(text, "relays = ( %s );", shares[_i].relays);
	load(buf_text(text));
	for (size_t i = 0; i < 3; i++)
		rate_limit_room(rate_limit, i, shares[_i].works[i] ? 100 : 0,
				shares[_i].works[i] ? RELAY_WORKS : RELAY_IN_TROUBLE);
	for (int n = 0; n < 100; n++)
		if (ask(0, shares[_i].only, "u@x.example", false, &ticket, &at_ms) ==
		    RATE_LIMIT_GO)
			got[ticket.relay]++;
	for (size_t i = 0; i < 3; i++)
		ck_assert_msg(got[i] == shares[_i].want[i],
			      "%s: relay %zu got %d, want %d", shares[_i].name, i, got[i],
			      shares[_i].want[i]);
}
END_TEST

START_TEST(connections_are_the_limit_of_a_turn)
{
	struct rate_limit_ticket ticket;
	int64_t at_ms;

	load(ONE);
	rate_limit_room(rate_limit, 0, 3, RELAY_WORKS);
	ck_assert_uint_eq(rate_limit_all_room(rate_limit, 0), 3);
	for (int n = 0; n < 3; n++)
		ck_assert_int_eq(ask(0, NULL, "u@x.example", false, &ticket, &at_ms),
				 RATE_LIMIT_GO);
	ck_assert_int_eq(ask(0, NULL, "u@x.example", true, &ticket, &at_ms),
			 RATE_LIMIT_NO_ROOM);
}
END_TEST

START_TEST(minute_limit_of_a_relay_holds_updates_and_no_letters)
{
	struct rate_limit_ticket ticket;
	int64_t at_ms;
	int went = 0;

	load("relays = ( " RELAY("a", "per_minute = 60;") " );");
	for (int64_t now_ms = 0; now_ms < 60000; now_ms += 100) {
		rate_limit_room(rate_limit, 0, 5, RELAY_WORKS);
		if (ask(now_ms, NULL, "u@x.example", false, &ticket, &at_ms) ==
		    RATE_LIMIT_GO) {
			went++;
			sent(now_ms, &ticket);
		}
	}
	ck_assert_msg(went >= 60 && went <= 62, "%d in a minute", went);
	rate_limit_room(rate_limit, 0, 5, RELAY_WORKS);
	(void)ask(60000, NULL, "u@x.example", false, &ticket, &at_ms);
	ck_assert_int_eq(ask(60000, NULL, "l@x.example", true, &ticket, &at_ms),
			 RATE_LIMIT_GO);
}
END_TEST

START_TEST(who_waits_for_a_group_gets_a_time_of_their_own)
{
	struct rate_limit_ticket ticket;
	int64_t at_ms, before_ms = 0;
	int went = 0;

	load(ONE "groups = ( { name = \"g\"; domains = \"gmail.example, G2.example\"; "
		 "per_minute = 60; } );");
	for (int n = 0; n < 100; n++) {
		const char *address = n % 2 ? "u@GMAIL.example" : "u@g2.example";

		rate_limit_room(rate_limit, 0, 3, RELAY_WORKS);
		if (ask(0, NULL, address, false, &ticket, &at_ms) == RATE_LIMIT_GO) {
			went++;
			continue;
		}
		ck_assert_int_ge(at_ms, before_ms + (before_ms ? 1000 : 1));
		before_ms = at_ms;
	}
	ck_assert_int_le(went, 4);
	ck_assert_int_ge(before_ms, 95000);
	ck_assert_int_eq(ask(0, NULL, "u@else.example", false, &ticket, &at_ms),
			 RATE_LIMIT_GO);
}
END_TEST

static const struct {
	struct smtp_answer answer;
	bool want;
} replies[] = {
	{{451, "4.7.28", "unusual rate of mail"}, true},
	{{421, "4.7.0", "[TSS04] messages temporarily deferred"}, true},
	{{451, "", "Rate limit reached"}, true},
	{{550, "5.7.28", "too many messages"}, false},
	{{450, "4.2.0", "greylisted"}, false},
	{{250, "2.0.0", "throttled not at all"}, false},
	{{0, "", ""}, false},
};

START_TEST(replies_that_ask_for_less_are_known)
{
	ck_assert_int_eq(rate_limit_says_slower(&replies[_i].answer), replies[_i].want);
}
END_TEST

/* Ten minutes nothing, then one at a time, then one more after a while. */
START_TEST(receiver_that_asked_for_less_is_approached_slowly)
{
	enum { REST = 600000 };
	struct rate_limit_ticket tickets[3];
	int64_t at_ms;

	load(ONE);
	rate_limit_slow(rate_limit, 0, "u@big.example", "451 4.7.28 slower");
	rate_limit_room(rate_limit, 0, 3, RELAY_WORKS);
	ck_assert_int_eq(ask(1, NULL, "v@big.example", false, tickets, &at_ms),
			 RATE_LIMIT_LATER);
	ck_assert_int_ge(at_ms, REST);
	ck_assert_int_eq(ask(1, NULL, "l@big.example", true, tickets, &at_ms),
			 RATE_LIMIT_LATER);
	ck_assert_int_eq(ask(1, NULL, "v@other.example", false, tickets, &at_ms),
			 RATE_LIMIT_GO);
	sent(1, tickets);
	for (int n = 0; n < 20; n++) {
		rate_limit_room(rate_limit, 0, 3, RELAY_WORKS);
		ck_assert_int_eq(ask(REST, NULL, "v@big.example", false, tickets, &at_ms),
				 RATE_LIMIT_GO);
		ck_assert_int_eq(
			ask(REST, NULL, "v@big.example", false, tickets + 1, &at_ms),
			RATE_LIMIT_LATER);
		sent(REST, tickets);
	}
	rate_limit_room(rate_limit, 0, 3, RELAY_WORKS);
	for (int n = 0; n < 3; n++)
		ck_assert_int_eq(
			ask(REST, NULL, "v@big.example", false, tickets + n, &at_ms),
			n < 2 ? RATE_LIMIT_GO : RATE_LIMIT_LATER);
}
END_TEST

START_TEST(relay_that_asked_for_less_rests_and_the_other_goes_on)
{
	static const struct smtp_outcome slower = {.verdict = SMTP_AGAIN,
						   .answer = {421, "4.7.28", "slower"},
						   .relay_trouble = true};
	struct rate_limit_ticket ticket;
	int64_t at_ms;

	load("relays = ( " RELAY("a", "") ", " RELAY("b", "") " );");
	rate_limit_room(rate_limit, 0, 5, RELAY_WORKS);
	rate_limit_room(rate_limit, 1, 5, RELAY_WORKS);
	ck_assert_int_eq(ask(0, "a", "u@x.example", false, &ticket, &at_ms),
			 RATE_LIMIT_GO);
	rate_limit_done(rate_limit, 0, &ticket, &slower);
	ck_assert_uint_eq(rate_limit_connections(rate_limit, 0, 1000), 0);
	ck_assert_uint_eq(rate_limit_connections(rate_limit, 0, 600000), 1);
	ck_assert_int_eq(ask(1000, NULL, "u@x.example", false, &ticket, &at_ms),
			 RATE_LIMIT_GO);
	ck_assert_uint_eq(ticket.relay, 1);
}
END_TEST

static bool collect(void *with, const char *words, int64_t until_at, struct err *err)
{
	(void)err;
	buf_printf(with, "%s/%lld;", words, (long long)until_at);
	return true;
}

START_TEST(limits_are_told_in_words)
{
	AUTO(buf) said = buf_new(4000);
	struct rate_limit_ticket ticket;
	struct err err = {0};
	int64_t at_ms;

	load(ONE);
	rate_limit_room(rate_limit, 0, 1, RELAY_WORKS);
	ck_assert_int_eq(ask(0, NULL, "u@x.example", false, &ticket, &at_ms),
			 RATE_LIMIT_GO);
	rate_limit_slow(rate_limit, 0, "u@big.example", "451 slower");
	ck_assert(rate_limit_tell(rate_limit, 0, 1000, collect, said, &err));
	ck_assert_str_eq(
		buf_text(said),
		"all 1 connections to relay a are waiting for its answers/0;"
		"big.example asked for less (451 slower); it will start again with "
		"one connection, and gets nothing/1600;");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rate_limit");
	TCase *tc = tcase_create("rate_limit");

	tcase_add_checked_fixture(tc, NULL, teardown);
	UNIT_TABLE(tc, relays_share_the_work, shares);
	tcase_add_test(tc, connections_are_the_limit_of_a_turn);
	tcase_add_test(tc, minute_limit_of_a_relay_holds_updates_and_no_letters);
	tcase_add_test(tc, who_waits_for_a_group_gets_a_time_of_their_own);
	UNIT_TABLE(tc, replies_that_ask_for_less_are_known, replies);
	tcase_add_test(tc, receiver_that_asked_for_less_is_approached_slowly);
	tcase_add_test(tc, relay_that_asked_for_less_rests_and_the_other_goes_on);
	tcase_add_test(tc, limits_are_told_in_words);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
