/* Consultations by a form: made, changed while a draft, and the clock that everybody reads. */
#include "tests/unit/domain_house.h"

#include "domain/admin/asked.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

static struct err err;

#define OK(what) ck_assert_msg(what, "%s", err.text)

static struct consultation_draft draft(void)
{
	return (struct consultation_draft){
		.name = "places",
		.title = "Safe places",
		.address = "places@lists.example.org",
		.introduction = "We *ask* about places.",
		.opens = "2026-03-09",
		.closes = "2026-03-31",
		.questions = "Which places are safe?\n"
			     "2) Should they be open longer? Please give your reasons.\n"
			     "\n"
			     "How do you get there?\n"
			     "[ ] On foot\n"
			     "   [ ] By bus\n"
			     "Is it far? Tell us why.\n"
			     "(open)\n"
			     "Anything else,\n"
			     "  or nothing?\n"};
}

static struct consultation named(const char *name)
{
	struct consultation c = {0};

	OK(consultation_named(&house.op, house.arena, name, &c, &err));
	return c;
}

/* "Which ...? / 2: Yes, No" of all questions. */
static const char *asked_of(const char *name)
{
	struct consultation c = named(name);
	struct asked asked;
	const char *text = "";

	OK(asked_load(&house.op, house.arena, c.id, &asked, &err));
	for (size_t i = 0; i < asked.count; i++) {
		const struct choice_asked *choice = &asked.questions[i].choice;

		text = arena_printf(house.arena, "%s%s|", text, asked.questions[i].text);
		for (size_t o = 0; o < choice->count; o++)
			text = arena_printf(house.arena, "%s%s%s", text,
					    choice->several ? "+" : "-",
					    choice->options[o]);
	}
	return text;
}

static const char questions[] =
	"Which places are safe?|"
	"Should they be open longer? Please give your reasons.|-Yes-No-Don't know"
	"How do you get there?|+On foot+By bus"
	"Is it far? Tell us why.|"
	"Anything else, or nothing?|";

START_TEST(form_makes_what_it_says)
{
	struct consultation_draft d = draft(), again;
	struct consultation c;

	OK(consultation_make(&house.op, &d, &err));
	c = named("places");
	ck_assert_str_eq(c.state, "draft");
	ck_assert_str_eq(c.introduction, "We *ask* about places.");
	ck_assert_str_eq(asked_of("places"), questions);
	/* What its form shows makes the same once more. */
	OK(consultation_as_draft(&house.op, house.arena, &c, &again, &err));
	ck_assert_str_eq(again.opens, "2026-03-09");
	ck_assert_str_eq(again.closes, "2026-03-31");
	OK(consultation_redraft(&house.op, "places", &again, &err));
	ck_assert_str_eq(asked_of("places"), questions);
}
END_TEST

START_TEST(draft_is_changed_and_what_is_public_is_not)
{
	struct consultation_draft d = draft();
	struct err no = {0};

	OK(consultation_make(&house.op, &d, &err));
	d.title = "Safer places";
	d.address = "safer@lists.example.org";
	d.closes = "2026-04-10";
	d.questions = "One?\n( ) Yes\n( ) No";
	OK(consultation_redraft(&house.op, "places", &d, &err));
	ck_assert_str_eq(named("places").title, "Safer places");
	ck_assert_str_eq(named("places").address, "safer@lists.example.org");
	ck_assert_str_eq(asked_of("places"), "One?|-Yes-No");
	ck_assert_int_eq(house_int("SELECT count(*) FROM question_option"), 2);
	/* Opened before its first day, it has opened on this one. */
	OK(consultation_open(&house.op, "places", &err));
	ck_assert_int_eq(named("places").opens_at,
			 house_int("SELECT unixepoch('2026-03-02')"));
	ck_assert(!consultation_redraft(&house.op, "places", &d, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(questions_stay_where_something_goes_by_them)
{
	struct consultation_draft d = draft();
	struct err no = {0};

	OK(consultation_make(&house.op, &d, &err));
	house_do("INSERT INTO code (consultation_id, name, definition, examples, colour, "
		 "questions, created_at) SELECT id, 'a', '', '', 'c1', '2', 0 FROM "
		 "consultation WHERE name = 'places'");
	d.title = "Another title";
	OK(consultation_redraft(&house.op, "places", &d, &err));
	d.questions = "Only one?";
	ck_assert(!consultation_redraft(&house.op, "places", &d, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_str_eq(asked_of("places"), questions);
}
END_TEST

static const struct {
	enum consultation_field field;
	const char *value, *why;
} wrong[] = {
	{CONSULTATION_TITLE, "", "needs a title"},
	{CONSULTATION_TITLE, " \n", "needs a title"},
	{CONSULTATION_NAME, "Safe Places", "small letters"},
	{CONSULTATION_NAME, "new", "cannot be the name"},
	{CONSULTATION_NAME, "cruelty", "has it already"},
	{CONSULTATION_ADDRESS, "places", "no @"},
	{CONSULTATION_ADDRESS, "a+b@lists.example.org", "no +"},
	{CONSULTATION_ADDRESS, "cruelty@lists.example.org", "has it already"},
	{CONSULTATION_ADDRESS, "children@lists.example.org", "address of the list"},
	{CONSULTATION_INTRODUCTION, "", "what it is about"},
	{CONSULTATION_OPENS, "", "first day"},
	{CONSULTATION_OPENS, "tomorrow", ""},
	{CONSULTATION_OPENS, "2026-02-30", ""},
	{CONSULTATION_CLOSES, "", "last day"},
	{CONSULTATION_CLOSES, "2026-03-08", "before it opens"},
	{CONSULTATION_QUESTIONS, "( ) Yes\nWhat?", "line 1"},
	{CONSULTATION_QUESTIONS, "What?\n( ) Yes\n[ ] No", "line 3"},
	{CONSULTATION_QUESTIONS, "What?\n( ) Yes\n( ) yes", "line 3: this option"},
};

static void set(struct consultation_draft *d, enum consultation_field field,
		const char *value)
{
	const char **const fields[CONSULTATION_FIELDS] = {
		[CONSULTATION_TITLE] = &d->title,
		[CONSULTATION_NAME] = &d->name,
		[CONSULTATION_ADDRESS] = &d->address,
		[CONSULTATION_INTRODUCTION] = &d->introduction,
		[CONSULTATION_OPENS] = &d->opens,
		[CONSULTATION_CLOSES] = &d->closes,
		[CONSULTATION_QUESTIONS] = &d->questions};

	*fields[field] = value;
}

/* On one line, or on many: each is put behind the ones before it. */
START_TEST(question_has_an_end)
{
	static const size_t widths[] = {1, 3, 60, 4000, 19000};

	house_consults();
	for (size_t w = 0; w < ARRAY_LEN(widths); w++) {
		struct consultation_draft d = draft();
		struct err no = {0};
		char *text = arena_make(house.arena, char, 20001);

		for (size_t i = 0; i < 20000; i++)
			text[i] = i % (widths[w] + 2) < widths[w]    ? 'a'
				  : i % (widths[w] + 2) == widths[w] ? '\n'
								     : ' ';
		d.questions = text;
		ck_assert(!consultation_make(&house.op, &d, &no));
		ck_assert_int_eq(no.kind, ERR_INPUT);
		ck_assert_msg(strstr(no.text, "at most 4000 bytes; what explains it"),
			      "%zu: %s", widths[w], no.text);
	}
}
END_TEST

/* Of one field that is wrong, that field alone says so, and nothing is made. */
START_TEST(wrong_field_says_why)
{
	struct consultation_draft d = draft();
	struct err no = {0};

	house_consults();
	set(&d, wrong[_i].field, wrong[_i].value);
	for (int f = 0; f < CONSULTATION_FIELDS; f++) {
		bool ok = consultation_field_check(&house.op, &d,
						   (enum consultation_field)f, NULL, &no);

		ck_assert_msg(ok == ((int)wrong[_i].field != f), "%s: field %d: %s",
			      wrong[_i].value, f, no.text);
		if (!ok)
			ck_assert_msg(strstr(no.text, wrong[_i].why) != NULL, "%s",
				      no.text);
	}
	ck_assert(!consultation_make(&house.op, &d, &no));
	ck_assert_int_eq(house_int("SELECT count(*) FROM consultation"), 1);
}
END_TEST

/* London's clocks go forward on 29 March 2026, and back on 25 October. */
static const struct {
	const char *closes, *now; /* UTC */
	bool is_over;
	int64_t left; /* or the days to the report */
} clocks[] = {
	{"2026-04-02", "2026-03-31T22:59:59Z", false, 2},
	{"2026-04-02", "2026-03-31T23:00:00Z", false, 1}, /* 1 April in London */
	{"2026-04-02", "2026-04-01T22:59:59Z", false, 1},
	{"2026-04-02", "2026-04-01T23:00:00Z", false, 0},
	{"2026-04-02", "2026-04-02T22:59:59Z", false, 0}, /* the last second */
	{"2026-04-02", "2026-04-02T23:00:00Z", true, 83},
	{"2026-03-29", "2026-03-28T23:59:59Z", false, 1},
	{"2026-03-29", "2026-03-29T00:00:00Z", false, 0},
	{"2026-03-29", "2026-03-29T22:59:59Z", false, 0}, /* a day of 23 hours */
	{"2026-03-29", "2026-03-29T23:00:00Z", true, 83},
	{"2026-03-30", "2026-03-29T00:30:00Z", false, 1},
	{"2026-10-25", "2026-10-24T22:59:59Z", false, 1},
	{"2026-10-25", "2026-10-24T23:00:00Z", false, 0}, /* a day of 25 hours */
	{"2026-10-25", "2026-10-25T23:59:59Z", false, 0},
	{"2026-10-25", "2026-10-26T00:00:00Z", true, 83},
	{"2026-10-26", "2026-10-25T23:59:59Z", false, 1},
	{"2027-03-01", "2026-12-31T23:59:59Z", false, 60},
	{"2026-04-02", "2026-06-25T12:00:00Z", true, 0}, /* 84 days later */
	{"2026-04-02", "2026-06-27T12:00:00Z", true, -2},
};

START_TEST(clock_never_says_more_than_there_is)
{
	struct consultation c = {.state = "open", .zone = "Europe/London"};
	struct consultation_clock k;
	int64_t now;

	OK(clock_day_end(clocks[_i].closes, c.zone, &c.closes_at, &err));
	OK(clock_from_rfc3339(clocks[_i].now, &now, &err));
	consultation_clock(&c, now, &k);
	ck_assert_msg(k.is_over == clocks[_i].is_over, "%s", clocks[_i].now);
	ck_assert_int_eq(k.is_over ? k.report_days : k.days_left, clocks[_i].left);
	if (!k.is_over)
		ck_assert_int_le(k.days_left * HOUSE_DAY, c.closes_at + HOUSE_DAY - now);
	else
		ck_assert(k.ended_at == c.closes_at && !k.was_cut);
	c.state = "draft";
	consultation_clock(&c, now, &k);
	ck_assert(k.is_draft && !k.is_over);
}
END_TEST

/* By a person before the last day: it ended then; on a later day: on its last one. */
START_TEST(closed_one_says_when_it_closed)
{
	struct consultation_clock k;
	struct consultation c;

	house_consults();
	c = named("cruelty");
	house.op.now = c.closes_at + (_i ? HOUSE_DAY : -HOUSE_DAY);
	OK(consultation_close(&house.op, "cruelty", &err));
	c = named("cruelty");
	consultation_clock(&c, house.op.now + HOUSE_DAY, &k);
	ck_assert(k.is_over && k.was_cut == !_i);
	ck_assert_int_eq(k.ended_at, _i ? c.closes_at : house.op.now);
	/* Given a later day it counts down again, and forgets that it was closed. */
	OK(consultation_extend(&house.op, "cruelty", "2026-04-30", &err));
	c = named("cruelty");
	consultation_clock(&c, house.op.now, &k);
	ck_assert(!k.is_over && k.days_left >= 29);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("consultation");
	TCase *tc = tcase_create("consultation");

	tcase_add_checked_fixture(tc, house_open, house_close);
	tcase_add_test(tc, form_makes_what_it_says);
	tcase_add_test(tc, draft_is_changed_and_what_is_public_is_not);
	tcase_add_test(tc, questions_stay_where_something_goes_by_them);
	tcase_add_test(tc, question_has_an_end);
	UNIT_TABLE(tc, wrong_field_says_why, wrong);
	UNIT_TABLE(tc, clock_never_says_more_than_there_is, clocks);
	tcase_add_loop_test(tc, closed_one_says_when_it_closed, 0, 2);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
