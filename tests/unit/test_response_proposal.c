/* What mails seem to be that are no response: kept, decided by a person, taken back. */
#include "domain/responses/response_proposal.h"
#include "tests/unit/response_scene.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/core/undo.h"
#include "domain/intake/reread.h"
#include "domain/sorting/unsorted.h"
#include "domain/queue/queue.h"

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	stage_close(&scene);
}

static const char thanks[] = "Thank you very much for the paper copy.\n";
static const char request[] =
	"I think that neglect should be named in the law.\n\n"
	"Under the Freedom of Information Act please also send me the minutes of your "
	"working group.\n";
static const char danger[] =
	"The little boy next door is screaming every night and has bruises on his arms. I "
	"don't know who else to tell.\n";
static const char plain[] = "We think that feelings should be named in the law.\n";

static const char *reply(const char *text)
{
	const char *reference = scene_reply(&scene, "jo@example.test", text);

	ck_assert_ptr_nonnull(reference);
	return reference;
}

/* "thanks whole open, risk beside refused" */
static const char *proposed(const char *reference)
{
	AUTO(buf) out = buf_new(1000);
	struct store_table t;

	SCENE_OK(&scene, response_proposal_list(&scene.op, scene.arena,
						scene_id(&scene, reference), &t, &err));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		buf_printf(out, "%s%s %s %s%s", i ? ", " : "", row_text(&row, "kind"),
			   row_int(&row, "whole") ? "whole" : "beside",
			   row_text(&row, "state"),
			   row_int(&row, "waits") ? "" : " (done)");
	}
	return arena_strdup(scene.arena, buf_text(out));
}

static const char *state(const char *reference)
{
	struct response r;

	SCENE_OK(&scene, response_find(&scene.op, scene.arena, reference, &r, &err));
	return arena_printf(scene.arena, "%s%s%s", r.state, r.reason ? ": " : "",
			    str_or(r.reason, ""));
}

static int64_t found(const char *what)
{
	const struct response_filter f = {.proposed = what};
	const struct response_look look = {
		.consultation = "words", .filter = &f, .who = true};
	int64_t n = -1;

	SCENE_OK(&scene, queue_count(&scene.op, &look, &n, &err));
	return n;
}

static void decide(const char *reference, const char *kind, enum proposal_decision what)
{
	SCENE_OK(&scene,
		 response_proposal_decide(&scene.op, reference, kind, what, &err));
}

static void undo(void)
{
	const char *what;

	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &what, &err));
}

START_TEST(a_mail_is_proposed_and_nothing_is_decided)
{
	const char *one = reply(thanks), *other = reply(plain);

	ck_assert_str_eq(proposed(one), "thanks whole open");
	ck_assert_str_eq(proposed(other), "");
	ck_assert_str_eq(state(one), "received");
	ck_assert_int_eq(found("thanks"), 1);
	ck_assert_int_eq(found("any"), 1);
	ck_assert_int_eq(found("question"), 0);
	ck_assert_int_eq(found(NULL), 2);
}
END_TEST

START_TEST(accepting_excludes_with_its_reason_and_one_undo_takes_both_back)
{
	const char *one = reply(thanks);

	decide(one, NULL, PROPOSAL_ACCEPT);
	ck_assert_str_eq(proposed(one), "thanks whole accepted (done)");
	ck_assert_str_eq(state(one), "excluded: not a response: thanks");
	ck_assert_int_eq(found("any"), 0);
	undo();
	ck_assert_str_eq(proposed(one), "thanks whole open");
	ck_assert_str_eq(state(one), "received");
}
END_TEST

START_TEST(what_was_refused_is_not_proposed_again)
{
	const char *one = reply(thanks);
	int64_t n;

	decide(one, "thanks", PROPOSAL_REFUSE);
	ck_assert_str_eq(state(one), "received");
	SCENE_OK(&scene, response_screen(&scene.op, one, "included", NULL, &err));
	SCENE_OK(&scene, response_screen(&scene.op, one, "received", NULL, &err));
	SCENE_OK(&scene, reread_consultation(&scene.op, 1, &n, &err));
	ck_assert_str_eq(proposed(one), "thanks whole refused (done)");
	ck_assert_int_eq(found("any"), 0);
}
END_TEST

START_TEST(including_it_ends_what_it_was_proposed_to_be)
{
	const char *one = reply(thanks);

	SCENE_OK(&scene, response_screen(&scene.op, one, "included", NULL, &err));
	ck_assert_str_eq(proposed(one), "thanks whole open (done)");
	ck_assert_int_eq(found("thanks"), 0);
}
END_TEST

/* Whatever becomes of the response, somebody must look. */
START_TEST(what_stands_beside_a_response_waits_for_a_person)
{
	const char *one = reply(request), *two = reply(danger);
	struct queue desk;

	ck_assert_str_eq(proposed(one), "information beside open");
	ck_assert_str_eq(proposed(two), "risk beside open");
	SCENE_OK(&scene, response_screen(&scene.op, one, "included", NULL, &err));
	SCENE_OK(&scene, response_screen(&scene.op, two, "excluded", "blank", &err));
	ck_assert_int_eq(found("information"), 1);
	ck_assert_int_eq(found("risk"), 1);
	SCENE_OK(&scene, queue_load(&scene.op, scene.arena, "words", &desk, &err));
	ck_assert_int_eq(desk.risk, 1);
	decide(one, NULL, PROPOSAL_ACCEPT);
	decide(two, "risk", PROPOSAL_ACCEPT);
	ck_assert_str_eq(state(one), "included");
	ck_assert_str_eq(state(two), "excluded: blank");
	ck_assert_int_eq(found("any"), 0);
	undo();
	ck_assert_int_eq(found("risk"), 1);
}
END_TEST

START_TEST(what_cannot_be_decided_says_so)
{
	const char *one = reply(thanks), *other = reply(plain);
	struct err no = {0};

	ck_assert(
		!response_proposal_decide(&scene.op, one, "joke", PROPOSAL_ACCEPT, &no));
	ck_assert_int_eq(no.kind, ERR_INPUT);
	no = (struct err){0};
	ck_assert(
		!response_proposal_decide(&scene.op, other, NULL, PROPOSAL_ACCEPT, &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	decide(one, NULL, PROPOSAL_ACCEPT);
	no = (struct err){0};
	ck_assert(!response_proposal_decide(&scene.op, one, NULL, PROPOSAL_REFUSE, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(what_a_person_files_is_a_response)
{
	struct mail_message m = {
		.from = {.address = "jo@example.test"},
		.text = thanks,
		.text_new = thanks,
	};
	int64_t id = scene_mail(&scene, &m);
	const char *reference;

	SCENE_OK(&scene,
		 inbound_file(&scene.op, scene.arena, id, "words", &reference, &err));
	ck_assert_str_eq(proposed(reference), "thanks whole refused (done)");
}
END_TEST

/* Mails that nobody foresaw: the team's word for them is learned. */
static const char *const parrots[] = {
	"The parrots of the loch want seven combs by Hogmanay.",
	"Seven combs for the parrots, and a kettle by the loch.",
	"By Hogmanay the parrots shall have combs and a kettle.",
	"A kettle and seven combs are wanted at the loch by Hogmanay.",
	"Parrots of the loch! Combs by Hogmanay, seven of them.",
	"The kettle of the parrots wants combs, seven, at the loch.",
};

static const char asks_again[] =
	"Seven more combs by Hogmanay for the parrots of the loch.";

static void teach(const char *state, const char *reason)
{
	for (size_t i = 0; i < ARRAY_LEN(parrots); i++)
		SCENE_OK(&scene, response_screen(&scene.op, reply(parrots[i]), state,
						 reason, &err));
}

START_TEST(what_the_team_decides_is_proposed_later)
{
	const char *one;

	ck_assert_str_eq(proposed(reply(asks_again)), "");
	teach("excluded", "not a response: advertisement");
	ck_assert_str_eq(proposed(reply(asks_again)), ""); /* within the hour */
	scene.op.now += LESSONS_EVERY_SECONDS;
	one = reply(asks_again);
	ck_assert_str_eq(proposed(one), "advertisement whole open");
	ck_assert_str_eq(state(one), "received");
}
END_TEST

START_TEST(what_is_excluded_for_another_reason_teaches_nothing)
{
	teach("excluded", "in a language of parrots");
	scene.op.now += LESSONS_EVERY_SECONDS;
	ck_assert_str_eq(proposed(reply(asks_again)), "");
}
END_TEST

START_TEST(what_is_taken_back_is_forgotten)
{
	teach("excluded", "not a response: advertisement");
	scene.op.now += LESSONS_EVERY_SECONDS;
	ck_assert_str_eq(proposed(reply(asks_again)), "advertisement whole open");
	for (size_t i = 0; i < ARRAY_LEN(parrots); i++)
		undo();
	ck_assert_str_eq(proposed(reply(asks_again)), "");
}
END_TEST

static const struct {
	const char *received, *due;
} dates[] = {
	{"2026-11-02", "2026-11-30"}, /* Monday to Monday */
	{"2026-11-06", "2026-12-04"}, /* Friday */
	{"2026-11-07", "2026-12-04"}, /* Saturday, Sunday: as if on Friday */
	{"2026-11-08", "2026-12-04"}, {"2026-11-09", "2026-12-07"},
};

START_TEST(an_answer_is_due_in_twenty_working_days)
{
	int64_t at;

	SCENE_OK(&scene, clock_day_start(dates[_i].received, "Europe/London", &at, &err));
	ck_assert_str_eq(response_proposal_due(scene.arena, at + 3600, "Europe/London"),
			 dates[_i].due);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_proposal");
	TCase *c = tcase_create("proposal");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, a_mail_is_proposed_and_nothing_is_decided);
	tcase_add_test(c,
		       accepting_excludes_with_its_reason_and_one_undo_takes_both_back);
	tcase_add_test(c, what_was_refused_is_not_proposed_again);
	tcase_add_test(c, including_it_ends_what_it_was_proposed_to_be);
	tcase_add_test(c, what_stands_beside_a_response_waits_for_a_person);
	tcase_add_test(c, what_cannot_be_decided_says_so);
	tcase_add_test(c, what_a_person_files_is_a_response);
	tcase_add_test(c, what_the_team_decides_is_proposed_later);
	tcase_add_test(c, what_is_excluded_for_another_reason_teaches_nothing);
	tcase_add_test(c, what_is_taken_back_is_forgotten);
	UNIT_TABLE(c, an_answer_is_due_in_twenty_working_days, dates);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
