#include "tests/unit/domain_house.h"

#include "domain/subscribers/subscribe.h"
#include "base/str.h"

#include <inttypes.h>

static struct err err;

static bool approve(const char *who, int64_t number)
{
	int64_t audience;

	house_become(who);
	return bulletin_approve(&house.op, "children", number, &audience, &err);
}

static bool edit(const char *who, int64_t number, const char *body)
{
	const char *text = arena_printf(
		house.arena, "---\nlist: children\ntitle: Edited\n---\n%s\n", body);
	struct bulletin b;

	house_become(who);
	return bulletin_edit(&house.op, house.arena,
			     (struct bulletin_key){.list = "children", .number = number},
			     &(struct bulletin_file){
				     .name = "e.md", .text = text, .len = strlen(text)},
			     &b, &err);
}

static void fill_all(void)
{
	bool did = true;

	while (did)
		ck_assert_msg(bulletins_fill(&house.op, &did, &err), "%s", err.text);
}

static const char *clock_turns(void)
{
	bool did;

	ck_assert_msg(bulletins_start_due(&house.op, &did, &err), "%s", err.text);
	fill_all();
	ck_assert_msg(bulletins_finish(&house.op, &did, &err), "%s", err.text);
	return house_bulletin("children", 1);
}

START_TEST(numbers_have_no_gaps)
{
	static const char forum[] = "## A {neglect}\n\ntext\n";

	ck_assert_int_eq(house_drafts("children", NULL), 1);
	ck_assert_int_eq(house_drafts("children", NULL), 2);
	ck_assert_int_eq(house_drafts("children", NULL), 3);
	ck_assert(bulletin_cancel(&house.op, "children", 2, &err));
	ck_assert_int_eq(house_drafts("children", NULL), 2);
	ck_assert_int_eq(house_drafts("children", NULL), 4);
	ck_assert_int_eq(house_drafts("forum", forum), 7);
	ck_assert_int_eq(house_drafts("forum", forum), 8);
	ck_assert(bulletin_cancel(&house.op, "forum", 7, &err));
	ck_assert_int_eq(house_drafts("forum", forum), 7);
}
END_TEST

START_TEST(number_of_what_went_out_is_never_used_again)
{
	(void)house_adds("children", "a@x.example", NULL);
	house_sends("children", house_drafts("children", NULL));
	ck_assert(bulletin_cancel(&house.op, "children", 1, &err));
	ck_assert_int_eq(house_drafts("children", NULL), 2);
	ck_assert_str_eq(house_text("SELECT state || ': ' || skip_reason FROM delivery"),
			 "skipped: cancelled");
}
END_TEST

START_TEST(a_second_person_approves)
{
	int64_t n = house_drafts("children", NULL);

	ck_assert(!approve("olga", n));
	ck_assert_msg(strstr(err.text, "nobody would get"), "%s", err.text);
	(void)house_adds("children", "a@x.example", NULL);
	ck_assert(!approve("jean", n));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert(!approve(NULL, n));
	ck_assert(edit("olga", n, "New"));
	ck_assert(!approve("olga", n));
	ck_assert(!approve("jean", n));
	stage_hires(&house, "rhona");
	ck_assert_msg(approve("rhona", n), "%s", err.text);
	ck_assert(!approve("rhona", n));
	ck_assert_str_eq(house_bulletin("children", n), "approved");
	ck_assert_int_eq(house_int("SELECT audience FROM approval"), 1);
	ck_assert(edit("jean", n, "Newer"));
	ck_assert_str_eq(house_bulletin("children", n), "draft");
	ck_assert(!bulletin_send(&house.op, "children", n, &err));
	ck_assert_msg(strstr(err.text, "not approved"), "%s", err.text);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM approval WHERE withdrawn_at IS NULL"), 0);
}
END_TEST

enum moment { BEFORE_APPROVAL, BEFORE_SENDING, BEFORE_DUE, MOMENTS };

START_TEST(changed_content_is_not_sent)
{
	int64_t n = house_drafts("children", NULL);
	int64_t due_at;
	static const char tamper[] =
		"UPDATE bulletin SET source = replace(source, 'Perth', 'Hull')";

	(void)house_adds("children", "a@x.example", NULL);
	if (_i == BEFORE_APPROVAL) {
		house_do(tamper);
		ck_assert(!approve("olga", n));
		ck_assert_int_eq(err.kind, ERR_CONFLICT);
		return;
	}
	ck_assert_msg(approve("olga", n), "%s", err.text);
	if (_i == BEFORE_SENDING)
		house_do(tamper);
	if (_i == BEFORE_SENDING)
		ck_assert(!bulletin_send(&house.op, "children", n, &err));
	ck_assert_int_eq(bulletin_schedule(&house.op, "children", n, "2026-03-02 12:00",
					   &due_at, &err),
			 _i == BEFORE_DUE);
	house.op.now += 4 * 3600;
	house_become(NULL);
	if (_i == BEFORE_DUE) {
		house_do(tamper);
		ck_assert_str_eq(clock_turns(), "on hold");
	}
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 0);
}
END_TEST

START_TEST(source_that_cannot_be_read_any_more_is_held)
{
	int64_t due_at;

	(void)house_adds("children", "a@x.example", NULL);
	ck_assert(approve("olga", house_drafts("children", NULL)));
	ck_assert(bulletin_schedule(&house.op, "children", 1, "2026-03-02 12:00", &due_at,
				    &err));
	house_do("UPDATE bulletin SET source = 'nothing'");
	house.op.now = due_at;
	ck_assert_str_eq(clock_turns(), "on hold");
}
END_TEST

START_TEST(audience_is_that_of_the_approval)
{
	int64_t n;

	(void)house_adds("children", "stays@x.example", NULL);
	(void)house_adds("children", "leaves@x.example", NULL);
	(void)house_adds("children", "returns@x.example", NULL);
	house_leaves("children", "returns@x.example");
	n = house_drafts("children", NULL);
	ck_assert_msg(approve("olga", n), "%s", err.text);
	ck_assert_int_eq(house_int("SELECT audience FROM approval"), 2);
	house.op.now += 60;
	(void)house_adds("children", "new@x.example", NULL);
	(void)house_joins("children", "returns@x.example");
	house_leaves("children", "leaves@x.example");
	ck_assert(bulletin_send(&house.op, "children", n, &err));
	fill_all();
	ck_assert_str_eq(
		house_text("SELECT group_concat(address) FROM delivery d JOIN "
			   "subscription s ON s.id = d.subscription_id JOIN person p ON "
			   "p.id = s.person_id"),
		"stays@x.example");
	house_sends("children", house_drafts("children", NULL));
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery WHERE bulletin_id = 2"),
			 3);
}
END_TEST

static const struct {
	const char *body, *topics;
	bool gets;
} choices[] = {
	{NULL, "all", true},
	{NULL, "neglect", true},
	{NULL, "data", false}, /* a section for everyone alone is no reason to write */
	{"## All\n\nx\n", "data", true},
	{"## N {neglect}\n\nx\n", "all", true},
	{"## N {neglect}\n\nx\n", "neglect", true},
	{"## N {neglect}\n\nx\n", "neglect;data", true},
	{"## N {neglect}\n\nx\n", "hearings", false},
	{"## N {neglect}\n\nx\n\n## H {hearings}\n\ny\n", "data", false},
	{"Only an introduction.\n", "hearings", true},
};

START_TEST(who_wants_none_of_it_gets_no_mail)
{
	(void)house_adds("children", "all@x.example", "all");
	(void)house_adds("children", "one@x.example", choices[_i].topics);
	house_sends("children", house_drafts("children", choices[_i].body));
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM delivery WHERE subscription_id = 2"),
		choices[_i].gets);
	ck_assert_int_eq(house_int("SELECT audience FROM approval"),
			 1 + choices[_i].gets);
}
END_TEST

static const struct {
	const char *when;
	int64_t due_at; /* 0: refused */
} whens[] = {
	{"2026-03-02 09:01", 1772442060},
	{"2026-03-28 09:00", 1774688400}, /* GMT */
	{"2026-03-29 09:00", 1774771200}, /* summer time from that morning */
	{"2026-03-29 01:30", 0},          /* the clocks skip it */
	{"2026-10-25 01:30", 1792888200}, /* comes twice: the first */
	{"2026-10-25 09:00", 1792918800},
	{"2026-03-29 09:00 Europe/Athens", 1774764000},
	{"2026-03-29 09:00 Mars/Base", 0},
	{"2026-03-02 09:00", 0}, /* now */
	{"2026-03-02 08:59", 0},
	{"2025-03-02 09:00", 0},
	{"tomorrow", 0},
	{"", 0},
	{"2026-02-30 09:00", 0},
};

START_TEST(schedule_takes_local_time)
{
	int64_t n = house_drafts("children", NULL), due_at = 0;
	bool ok;

	(void)house_adds("children", "a@x.example", NULL);
	ck_assert_msg(approve("olga", n), "%s", err.text);
	ok = bulletin_schedule(&house.op, "children", n, whens[_i].when, &due_at, &err);
	ck_assert_msg(ok == (whens[_i].due_at != 0), "%s: %s", whens[_i].when, err.text);
	ck_assert_msg(ok || err.kind == ERR_INPUT, "%s: %s", whens[_i].when,
		      err_name(err.kind));
	ck_assert_int_eq(due_at, whens[_i].due_at);
	if (!ok)
		return;
	house_become(NULL);
	house.op.now = due_at - 1;
	ck_assert_str_eq(clock_turns(), "scheduled");
	house.op.now = due_at + 12 * 3600;
	ck_assert_str_eq(clock_turns(), "sending");
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 1);
}
END_TEST

START_TEST(late_schedule_is_held_for_a_person)
{
	int64_t n = house_drafts("children", NULL), due_at;

	(void)house_adds("children", "a@x.example", NULL);
	ck_assert(approve("olga", n));
	ck_assert(bulletin_schedule(&house.op, "children", n, "2026-03-02 12:00", &due_at,
				    &err));
	house_become(NULL);
	house.op.now = due_at + 12 * 3600 + 1;
	ck_assert_str_eq(clock_turns(), "on hold");
	ck_assert_ptr_nonnull(
		strstr(house_text("SELECT hold_reason FROM bulletin"), "found 12 hours"));
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 0);
	house_become("jean");
	ck_assert(!bulletin_send(&house.op, "children", n, &err));
	ck_assert_msg(bulletin_resume(&house.op, "children", n, &err), "%s", err.text);
	ck_assert_str_eq(clock_turns(), "sending");
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 1);
}
END_TEST

/* What somebody may do to it between approval and sending, and back again. */
static const struct {
	const char *name, *change, *back; /* SQL; or NULL for another template */
} looks[] = {
	{"a template", NULL, NULL},
	{"the sender's name", "UPDATE list SET from_name = 'Somebody'",
	 "UPDATE list SET from_name = 'Child Protection Policy Team'"},
	{"the list's title", "UPDATE list SET title = 'Other' WHERE id = 1",
	 "UPDATE list SET title = 'Child protection updates' WHERE id = 1"},
	{"the list's address", "UPDATE list SET address = 'x@y.example' WHERE id = 1",
	 "UPDATE list SET address = 'children@lists.example.org' WHERE id = 1"},
};

/* With one template of the updates changed, in a place that no rendering may show. */
static struct template_library *other_templates(void)
{
	struct template_library *library = template_library_new();

	ck_assert(template_library_add(library, "bulletin/more.html",
				       "{{#never}}x{{/never}}", &err));
	ck_assert(template_library_add_folder(
		library,
		arena_printf(house.arena, "%s/templates",
			     str_or(getenv("MERCAT_SRCDIR"), ".")),
		&err));
	return library;
}

static void change_look(const char *sql, const struct template_library *library)
{
	if (sql)
		house_do("%s", sql);
	else
		house.op.templates = library;
}

START_TEST(approval_binds_how_it_looks)
{
	const struct template_library *own = house.op.templates;
	AUTO(template_library) other = other_templates();
	int64_t due_at, n = house_drafts("children", NULL);

	(void)house_adds("children", "a@x.example", NULL);
	ck_assert(approve("olga", n));
	change_look(looks[_i].change, other);
	ck_assert(!bulletin_send(&house.op, "children", n, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_msg(strstr(err.text, "would not look as it was approved"), "%s: %s",
		      looks[_i].name, err.text);
	ck_assert(!bulletin_schedule(&house.op, "children", n, "2026-03-03 09:00",
				     &due_at, &err));
	change_look(looks[_i].back, own);
	ck_assert_msg(bulletin_schedule(&house.op, "children", n, "2026-03-03 09:00",
					&due_at, &err),
		      "%s put back: %s", looks[_i].name, err.text);
	/* And when it is due: held, until a second person approves it as it is now. */
	change_look(looks[_i].change, other);
	house.op.now = due_at;
	ck_assert_str_eq(clock_turns(), "on hold");
	ck_assert_ptr_nonnull(strstr(house_text("SELECT hold_reason FROM bulletin"),
				     "would not look as it was approved"));
	ck_assert(!bulletin_resume(&house.op, "children", n, &err));
	ck_assert(!approve("jean", n));
	ck_assert_msg(approve("olga", n), "%s", err.text);
	ck_assert_str_eq(house_bulletin("children", n), "approved");
	ck_assert(bulletin_send(&house.op, "children", n, &err));
	house.op.templates = own;
}
END_TEST

START_TEST(what_has_begun_keeps_its_audience_when_approved_again)
{
	const struct template_library *own = house.op.templates;
	AUTO(template_library) other = other_templates();
	int64_t n = house_drafts("children", NULL);

	(void)house_adds("children", "a@x.example", NULL);
	ck_assert(approve("olga", n));
	ck_assert(bulletin_send(&house.op, "children", n, &err));
	ck_assert(bulletin_hold(&house.op, 1, "for a test", &err));
	house.op.templates = other;
	(void)house_adds("children", "late@x.example", NULL);
	ck_assert(!bulletin_resume(&house.op, "children", n, &err));
	ck_assert_msg(approve("olga", n), "%s", err.text);
	ck_assert_str_eq(house_bulletin("children", n), "paused");
	ck_assert(bulletin_resume(&house.op, "children", n, &err));
	fill_all();
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 1);
	house.op.templates = own;
}
END_TEST

enum act { EDIT, APPROVE, SCHEDULE, UNSCHEDULE, SEND, PAUSE, RESUME, CANCEL, ACTS };

static const struct {
	const char *state;
	bool allowed[ACTS]; /* in that order */
} doors[] = {
	{"draft", {1, 1, 0, 0, 0, 0, 0, 1}},
	{"approved", {1, 0, 1, 0, 1, 0, 0, 1}},
	{"scheduled", {1, 0, 1, 1, 1, 0, 0, 1}},
	{"sending", {0, 0, 0, 0, 0, 1, 0, 1}},
	{"paused", {0, 0, 0, 0, 0, 0, 1, 1}},
	{"sent", {0}},
	{"cancelled", {0}},
	{"on hold", {1, 1, 1, 0, 0, 0, 1, 1}},
};

static void bring_to(const char *state)
{
	int64_t due_at, n = house_drafts("children", NULL);

	(void)house_adds("children", "a@x.example", NULL);
	if (str_eq(state, "draft"))
		return;
	ck_assert(approve("olga", n));
	if (str_eq(state, "scheduled") || str_eq(state, "on hold"))
		ck_assert(bulletin_schedule(&house.op, "children", n, "2026-03-03 09:00",
					    &due_at, &err));
	if (str_eq(state, "on hold")) {
		house.op.now += 9 * HOUSE_DAY;
		(void)clock_turns();
	}
	if (str_eq(state, "cancelled"))
		ck_assert(bulletin_cancel(&house.op, "children", n, &err));
	if (str_eq(state, "sending") || str_eq(state, "paused") ||
	    str_eq(state, "sent")) {
		ck_assert(bulletin_send(&house.op, "children", n, &err));
		fill_all();
	}
	if (str_eq(state, "paused"))
		ck_assert(bulletin_pause(&house.op, "children", n, &err));
	if (str_eq(state, "sent")) {
		house_do("UPDATE delivery SET state = 'sent'");
		(void)clock_turns();
	}
}

static bool do_act(enum act act)
{
	int64_t due_at;
	struct operation *a = &house.op;

	switch (act) {
	case EDIT:
		return edit("jean", 1, "x");
	case APPROVE:
		return approve("olga", 1);
	case SCHEDULE:
		return bulletin_schedule(a, "children", 1, "2026-06-03 09:00", &due_at,
					 &err);
	case UNSCHEDULE:
		return bulletin_unschedule(a, "children", 1, &err);
	case SEND:
		return bulletin_send(a, "children", 1, &err);
	case PAUSE:
		return bulletin_pause(a, "children", 1, &err);
	case RESUME:
		return bulletin_resume(a, "children", 1, &err);
	default:
		return bulletin_cancel(a, "children", 1, &err);
	}
}

START_TEST(only_the_acts_of_a_state_are_allowed)
{
	const char *state = doors[_i / ACTS].state;
	enum act act = (enum act)(_i % ACTS);
	int64_t audits;
	bool ok;

	bring_to(state);
	ck_assert_str_eq(house_bulletin("children", 1), state);
	audits = house_int("SELECT count(*) FROM audit");
	ok = do_act(act);
	ck_assert_msg(ok == doors[_i / ACTS].allowed[act], "%s, act %d: %s", state, act,
		      ok ? "allowed" : err.text);
	ck_assert_msg(ok || err.kind == ERR_CONFLICT, "%s", err_name(err.kind));
	if (!ok)
		ck_assert_str_eq(house_bulletin("children", 1), state);
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit"), audits + ok);
}
END_TEST

START_TEST(unscheduled_it_is_approved_and_has_no_time)
{
	struct bulletin b;
	int64_t due_at;

	bring_to("scheduled");
	ck_assert(bulletin_load(&house.op, house.arena, "children", 1, &b, &err));
	due_at = b.due_at;
	ck_assert(bulletin_unschedule(&house.op, "children", 1, &err));
	ck_assert(bulletin_load(&house.op, house.arena, "children", 1, &b, &err));
	ck_assert_str_eq(b.state, "approved");
	ck_assert_int_eq(b.due_at, 0);
	ck_assert(bulletin_approved(&house.op, &b, &err));
	house.op.now = due_at + 1;
	ck_assert_str_eq(clock_turns(), "approved");
	ck_assert(bulletin_send(&house.op, "children", 1, &err));
}
END_TEST

/* What a page asks beforehand is what the act then says. */
START_TEST(asked_beforehand_the_answer_is_that_of_the_act)
{
	static const enum act same[BULLETIN_ACTS] = {SCHEDULE, UNSCHEDULE, SEND, RESUME,
						     CANCEL};
	struct bulletin b;

	bring_to(doors[_i].state);
	ck_assert(bulletin_load(&house.op, house.arena, "children", 1, &b, &err));
	for (int i = 0; i < BULLETIN_ACTS; i++) {
		bool may = bulletin_allows(&b, (enum bulletin_act)i, &err);

		/* A draft only lacks its approval. */
		ck_assert_msg(may == (doors[_i].allowed[same[i]] ||
				      (str_eq(b.state, "draft") &&
				       (same[i] == SCHEDULE || same[i] == SEND))),
			      "%s, act %d", b.state, i);
	}
}
END_TEST

START_TEST(sent_is_impossible_while_a_row_is_open)
{
	static const char *const open[] = {"queued", "deferred", "sending", "in doubt"};

	(void)house_adds("children", "a@x.example", NULL);
	(void)house_adds("children", "b@x.example", NULL);
	house_sends("children", house_drafts("children", NULL));
	house_do("UPDATE delivery SET state = 'sent' WHERE id = 1");
	house_do("UPDATE delivery SET state = '%s' WHERE id = 2", open[_i]);
	ck_assert(house_refuses("UPDATE bulletin SET state = 'sent'"));
	ck_assert_str_eq(clock_turns(), "sending");
	house_do("UPDATE delivery SET state = 'refused' WHERE id = 2");
	ck_assert_str_eq(clock_turns(), "sent");
}
END_TEST

START_TEST(sent_is_impossible_before_the_ledger_is_whole)
{
	bool did;

	(void)house_adds("children", "a@x.example", NULL);
	ck_assert(approve("olga", house_drafts("children", NULL)));
	ck_assert(bulletin_send(&house.op, "children", 1, &err));
	ck_assert(bulletins_finish(&house.op, &did, &err) && !did);
	ck_assert(house_refuses("UPDATE bulletin SET state = 'sent'"));
}
END_TEST

START_TEST(long_list_is_filled_in_stretches)
{
	bool did = true;
	int turns = 0;

	house_do(
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
		"45000) INSERT INTO person (address, address_key, created_at) "
		"SELECT 'p' || i || '@x.example', 'p' || i || '@x.example', 1 FROM n");
	house_do(
		"INSERT INTO subscription (list_id, person_id, state, active_since, changed_at) "
		"SELECT 1 + (id %% 9 = 0), id, CASE WHEN id %% 10 = 0 THEN 'unsubscribed' ELSE 'active' "
		"END, 1, 1 FROM person");
	ck_assert(approve("olga", house_drafts("children", NULL)));
	ck_assert(bulletin_send(&house.op, "children", 1, &err));
	for (; did; turns++)
		ck_assert_msg(bulletins_fill(&house.op, &did, &err), "%s", err.text);
	ck_assert_int_eq(turns, 4);
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 36000);
	ck_assert_int_eq(house_int("SELECT audience FROM approval"), 36000);
	ck_assert_int_eq(house_int("SELECT filled FROM bulletin"), 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("op bulletin");
	TCase *t = tcase_create("bulletin");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, house_open, house_close);
	tcase_add_test(t, numbers_have_no_gaps);
	tcase_add_test(t, number_of_what_went_out_is_never_used_again);
	tcase_add_test(t, a_second_person_approves);
	tcase_add_loop_test(t, changed_content_is_not_sent, 0, MOMENTS);
	tcase_add_test(t, source_that_cannot_be_read_any_more_is_held);
	tcase_add_test(t, audience_is_that_of_the_approval);
	UNIT_TABLE(t, approval_binds_how_it_looks, looks);
	tcase_add_test(t, what_has_begun_keeps_its_audience_when_approved_again);
	UNIT_TABLE(t, who_wants_none_of_it_gets_no_mail, choices);
	UNIT_TABLE(t, schedule_takes_local_time, whens);
	tcase_add_test(t, late_schedule_is_held_for_a_person);
	tcase_add_test(t, unscheduled_it_is_approved_and_has_no_time);
	UNIT_TABLE(t, asked_beforehand_the_answer_is_that_of_the_act, doors);
	tcase_add_loop_test(t, only_the_acts_of_a_state_are_allowed, 0,
			    (int)ARRAY_LEN(doors) * ACTS);
	tcase_add_loop_test(t, sent_is_impossible_while_a_row_is_open, 0, 4);
	tcase_add_test(t, sent_is_impossible_before_the_ledger_is_whole);
	tcase_add_test(t, long_list_is_filled_in_stretches);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
