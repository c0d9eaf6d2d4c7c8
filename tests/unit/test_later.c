/* Whatever takes effect later than it was done asks then whether who did it still may. */
#include "tests/unit/domain_house.h"

#include "base/str.h"
#include "domain/admin/account.h"
#include "domain/admin/rights.h"
#include "domain/approval/approval.h"
#include "domain/queue/reply.h"
#include "domain/sorting/mail_reply.h"

static struct err err;
static int64_t n; /* the bulletin */

static void begin(void)
{
	house_open();
	stage_hires(&house, "rhona");
	stage_hires(&house, "iain");
	house_become("jean");
	ck_assert(rights_grant(&house.op, "jean", "editor", NULL, NULL, &err));
	ck_assert(rights_grant(&house.op, "rhona", "editor", NULL, NULL, &err));
	ck_assert(rights_grant(&house.op, "olga", "editor", NULL, NULL, &err));
	ck_assert(rights_grant(&house.op, "olga", "approver", NULL, NULL, &err));
	ck_assert(rights_grant(&house.op, "iain", "approver", NULL, NULL, &err));
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

static bool approve(const char *who)
{
	struct approval_of what = this();
	int64_t audience;

	house_become(who);
	return approval_give(&house.op, &what, &audience, &err);
}

static void change(const char *who, const char *body)
{
	struct bulletin_saving s = {.list = "children", .number = n};
	struct bulletin b = load();

	house_become(who);
	bulletin_fields_read(house.arena, b.source_text, &s.fields);
	s.fields.body = body;
	ck_assert_msg(bulletin_save(&house.op, house.arena, &s, &err), "%s", err.text);
	house.op.now += MINUTE_S;
}

/* ---- what is done at first ---- */

static void asks_to_agree(void)
{
	struct approval_of what;
	bool told;

	change("olga", "Text, with a comma");
	what = this();
	ck_assert_msg(approval_ask_to_agree(&house.op, &what, "jean", &told, &err), "%s",
		      err.text);
}

/* Rhona stands behind a comma of Olga's, which lets Olga approve. */
static void asks_about_the_changed(void)
{
	struct approval_of what;
	bool told;

	change("olga", "Text, with a comma");
	what = this();
	house_become("rhona");
	ck_assert_msg(approval_ask(&house.op, &what, "olga", &told, &err), "%s",
		      err.text);
}

static void approves(void)
{
	ck_assert_msg(approve("olga"), "%s", err.text);
}

static void is_scheduled_by(const char *who)
{
	int64_t due;

	approves();
	house_become(who);
	ck_assert_msg(bulletin_schedule(&house.op, "children", n, "2026-03-02 12:00",
					&due, &err),
		      "%s", err.text);
}

static void schedules(void)
{
	is_scheduled_by("rhona");
}

/* ---- what takes effect by it: false is a refusal ---- */

static bool is_agreed_to(void)
{
	struct approval_of what = this();
	int64_t audience;

	house_become("jean");
	return approval_agree(&house.op, &what, &audience, &err);
}

static bool is_approved(void)
{
	return approve("olga");
}

static bool is_sent(void)
{
	house_become("jean");
	return bulletin_send(&house.op, "children", n, &err);
}

static bool is_given_a_time(void)
{
	int64_t due;

	house_become("jean");
	return bulletin_schedule(&house.op, "children", n, "2026-03-02 12:00", &due,
				 &err);
}

static bool goes_by_itself(void)
{
	bool did;

	house.op.now += 3 * HOUR_S;
	house_become(NULL);
	ck_assert_msg(bulletins_start_due(&house.op, &did, &err), "%s", err.text);
	ck_assert(did);
	(void)err_set(&err, ERR_CONFLICT, "%s", str_or(load().hold_reason, ""));
	return str_eq(house_bulletin("children", n), "sending");
}

static const struct later {
	const char *what;
	void (*does)(void);
	const char *who, *role;
	bool (*takes_effect)(void);
	const char *refusal;
} acts[] = {
	{"an approval that waits for a colleague's agreement", asks_to_agree, "olga",
	 "approver", is_agreed_to, "olga may no longer approve"},
	{"an approval, as it is sent", approves, "olga", "approver", is_sent,
	 "approved by olga, who may no longer approve"},
	{"an approval, as it is scheduled", approves, "olga", "approver", is_given_a_time,
	 "approved by olga, who may no longer approve"},
	{"an approval, as its time comes", schedules, "olga", "approver", goes_by_itself,
	 "approved by olga, who may no longer approve"},
	{"a time that was set", schedules, "rhona", "editor", goes_by_itself,
	 "rhona, who scheduled it, may no longer send"},
	{"a question that lets the one who is asked approve their own comma",
	 asks_about_the_changed, "rhona", "editor", is_approved,
	 "a second person must approve it"},
};

static void take_role(const struct later *act)
{
	ck_assert_msg(rights_revoke(&house.op, act->who, act->role, NULL, NULL, &err),
		      "%s", err.text);
}

static void end_account(const struct later *act)
{
	ck_assert_msg(account_end(&house.op, act->who, &err), "%s", err.text);
}

static void walk(const struct later *act, void (*lose)(const struct later *))
{
	int64_t approvals;

	begin();
	act->does();
	house.op.now += MINUTE_S;
	house_become("iain");
	lose(act);
	approvals = house_int("SELECT count(*) FROM approval");
	ck_assert_msg(!act->takes_effect(), "%s took effect", act->what);
	ck_assert_msg(strstr(err.text, act->refusal), "%s: %s", act->what, err.text);
	ck_assert_int_eq(house_int("SELECT count(*) FROM approval"), approvals);
	house_close();
}

START_TEST(no_act_takes_effect_of_who_lost_its_right)
{
	walk(&acts[_i], take_role);
}
END_TEST

START_TEST(no_act_takes_effect_of_whose_account_has_ended)
{
	walk(&acts[_i], end_account);
}
END_TEST

/* A role that came back, and one that somebody else lost, are no reason. */
START_TEST(each_takes_effect_of_who_still_has_the_right)
{
	begin();
	acts[_i].does();
	house.op.now += MINUTE_S;
	house_become("iain");
	take_role(&acts[_i]);
	house.op.now += MINUTE_S;
	ck_assert(rights_grant(&house.op, acts[_i].who, acts[_i].role, NULL, NULL, &err));
	ck_assert_msg(acts[_i].takes_effect(), "%s: %s", acts[_i].what, err.text);
	house_close();
}
END_TEST

/* Whoever has begun to send it is not stopped half-way by who leaves. */
START_TEST(what_has_begun_goes_on)
{
	begin();
	approves();
	ck_assert(is_sent());
	house_become("jean");
	ck_assert(bulletin_pause(&house.op, "children", n, &err));
	ck_assert(account_end(&house.op, "olga", &err));
	ck_assert_msg(bulletin_resume(&house.op, "children", n, &err), "%s", err.text);
	house_close();
}
END_TEST

/* It is approved again by somebody who may, and goes. */
START_TEST(another_approval_mends_it)
{
	begin();
	is_scheduled_by("jean");
	house_become("jean");
	house.op.now += MINUTE_S;
	ck_assert(account_end(&house.op, "olga", &err));
	ck_assert_msg(approve("iain"), "%s", err.text);
	ck_assert_msg(goes_by_itself(), "%s", err.text);
	house_close();
}
END_TEST

/* A forward that has waited goes to nobody who may no longer read it. */
static void (*const losses[])(const struct later *) = {NULL, take_role, end_account};
static const struct later of_forward = {.who = "rhona", .role = "editor"};

static int64_t forwards_that_go(bool is_response, int loss)
{
	struct mail_message m;
	int64_t id;

	begin();
	house_consults();
	ck_assert(account_email(&house.op, "rhona", "rhona@team.example", &err));
	m = house_mail("a@home.example",
		       is_response ? "cruelty@lists.example.org"
				   : "children+owner@lists.example.org",
		       "A question", "Words of theirs.");
	id = house_comes(&m);
	house_become("jean");
	if (is_response)
		ck_assert_msg(
			reply_forward(&house.op, "cruelty-0001", "rhona", NULL, &err),
			"%s", err.text);
	else
		ck_assert_msg(mail_forward(&house.op, id, "rhona", NULL, &err), "%s",
			      err.text);
	house.op.now += MINUTE_S;
	house_become("iain");
	if (losses[loss])
		losses[loss](&of_forward);
	house_become(NULL);
	(void)house_delivers(NULL, HOUSE_MAILS);
	if (loss)
		ck_assert_str_eq(
			house_text("SELECT state || ', ' || reply_text || ', ' || "
				   "coalesce(mail, 'nothing') FROM notification WHERE "
				   "kind = 'forward'"),
			"skipped, they may no longer read it, nothing");
	return house_int("SELECT count(*) FROM notification WHERE kind = 'forward' AND "
			 "state = 'sent'");
}

START_TEST(a_forward_goes_to_who_may_still_read_it)
{
	ck_assert_int_eq(forwards_that_go(_i & 1, _i / 2), _i / 2 ? 0 : 1);
	house_close();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("later");
	TCase *tc = tcase_create("later");
	int count = (int)(sizeof(acts) / sizeof(acts[0]));

	tcase_add_loop_test(tc, no_act_takes_effect_of_who_lost_its_right, 0, count);
	tcase_add_loop_test(tc, no_act_takes_effect_of_whose_account_has_ended, 0, count);
	tcase_add_loop_test(tc, each_takes_effect_of_who_still_has_the_right, 0, count);
	tcase_add_loop_test(tc, a_forward_goes_to_who_may_still_read_it, 0, 6);
	tcase_add_test(tc, what_has_begun_goes_on);
	tcase_add_test(tc, another_approval_mends_it);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
