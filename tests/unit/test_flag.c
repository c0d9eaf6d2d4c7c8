/* Somebody may be at risk: flags, who is told of them, who may read what was written. */
#include "tests/unit/domain_house.h"

#include "base/str.h"
#include "domain/admin/account.h"
#include "domain/admin/rights.h"
#include "domain/core/undo.h"
#include "domain/sorting/undo_kinds.h"
#include "domain/personal/personal_data.h"
#include "domain/personal/personal_data_erase.h"
#include "domain/queue/needs.h"
#include "domain/responses/response.h"
#include "domain/responses/response_proposal.h"
#include "domain/safeguarding/flag_tell.h"
#include "domain/safeguarding/flag.h"
#include "domain/sorting/unsorted.h"

#include <inttypes.h>

static struct err err;

#define OK(call) ck_assert_msg((call), "%s", err.text)
#define REFUSED(call, kind_)                                        \
	do {                                                        \
		err = (struct err){0};                              \
		ck_assert(!(call));                                 \
		ck_assert_msg(err.kind == (kind_), "%s", err.text); \
	} while (0)

static const char lead[] = "lead@team.example", other[] = "other@team.example",
		  chief[] = "chief@team.example";
static const char danger[] =
	"The little boy next door is screaming every night and has bruises on his arms. I "
	"don't know who else to tell.\n";

static void grant(const char *who, const char *role, const char *consultation)
{
	OK(rights_grant(&house.op, who, role, NULL, consultation, &err));
}

static void takes_role(const char *who, const char *role)
{
	house_become("jean");
	OK(rights_revoke(&house.op, who, role, NULL, NULL, &err));
}

/* olga is the lead, rhona has the role too, tom is the administrator, jean an editor. */
static void begin(void)
{
	house_open();
	house_consults();
	stage_hires(&house, "rhona");
	stage_hires(&house, "tom");
	house_become("jean");
	OK(account_email(&house.op, "olga", lead, &err));
	OK(account_email(&house.op, "rhona", other, &err));
	OK(account_email(&house.op, "tom", chief, &err));
	grant("olga", "safeguarding", NULL);
	grant("rhona", "safeguarding", NULL);
	grant("tom", "administrator", NULL);
	grant("jean", "editor", NULL);
	house.settings->safeguarding_lead = "olga";
}

static int64_t response(const char *text)
{
	struct mail_message m = house_mail("jo@example.test", "cruelty@lists.example.org",
					   "What I think", text);

	return house_comes(&m);
}

static int64_t stray(const char *text)
{
	struct mail_message m =
		house_mail("jo@example.test", "nobody@lists.example.org", "Hello", text);

	return house_comes(&m);
}

/* As the clock does. */
static void tell(void)
{
	bool did;

	house_become(NULL);
	OK(flags_tell(&house.op, &did, &err));
	OK(flags_tell(&house.op, &did, &err));
	ck_assert(!did);
}

static int64_t told(const char *address)
{
	return house_notifications("flag", address);
}

static struct flag of(int64_t mail)
{
	struct flag f;

	OK(flag_of_mail(&house.op, house.arena, mail, &f, &err));
	return f;
}

static struct flag raises(const char *who, int64_t mail, const char *text)
{
	struct flag f;

	house_become(who);
	OK(flag_raise(&house.op, house.arena, mail, text, &f, &err));
	return f;
}

static void sees(const char *who, int64_t id)
{
	house_become(who);
	OK(flag_see(&house.op, house.arena, id, &err));
}

/* "proposed by - raised by jean seen by olga" */
static const char *steps(const struct flag *f)
{
	const char *all = "";
	struct store_table t;

	OK(flag_steps(&house.op, house.arena, f, &t, &err));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		all = arena_printf(house.arena, "%s%s%s by %s", all, i ? ", " : "",
				   row_text(&row, "what"),
				   str_or(row_text(&row, "staff"), "-"));
	}
	return all;
}

/* ---- where flags come from ---- */

START_TEST(what_the_program_says_gets_a_flag_and_the_lead_is_told_at_once)
{
	int64_t mail = _i ? stray(danger) : response(danger);
	struct mail_message m;
	struct flag f;

	tell();
	f = of(mail);
	ck_assert_str_eq(f.state, "proposed");
	ck_assert_int_eq(f.due_at, house.op.now + DAY_S);
	ck_assert_ptr_null(f.raised_by);
	ck_assert_str_eq(steps(&f), "proposed by -");
	ck_assert_int_eq(told(NULL), 1);
	ck_assert_int_eq(told(lead), 1);
	m = house_notification("flag");
	ck_assert_str_eq(m.subject, "Flag 1 needs you now");
	ck_assert(strstr(m.text, "https://updates.example.org/staff/flags/1"));
	/* No word of the mail, no name, no reference of the response. */
	for (const char *const *w =
		     (const char *const[]){"boy", "bruise", "jo@", "What I", "Hello",
					   "cruelty", NULL};
	     *w; w++)
		ck_assert_msg(!strstr(m.text, *w) && !strstr(m.subject, *w), "%s", *w);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM notification WHERE kind = 'flag' "
			  "AND inbound_id IS NOT NULL"),
		0);
}
END_TEST

START_TEST(what_is_no_risk_has_none_and_anybody_may_raise_one)
{
	int64_t mail = response("We think that feelings should be named in the law.\n");
	struct flag f;

	tell();
	REFUSED(flag_of_mail(&house.op, house.arena, mail, &f, &err), ERR_ABSENT);
	err = (struct err){0};
	ck_assert_int_eq(told(NULL), 0);
	f = raises("jean", mail, "See the drawing.");
	ck_assert_str_eq(f.state, "open");
	ck_assert_str_eq(f.raised_by, "jean");
	tell();
	ck_assert_int_eq(told(lead), 1);
	house_become("jean");
	REFUSED(flag_raise(&house.op, house.arena, 4711, "", &f, &err), ERR_ABSENT);
}
END_TEST

START_TEST(two_who_raise_it_at_once_raise_the_same)
{
	int64_t mail = response("Words.\n");
	struct flag f = raises("jean", mail, "Look at the end."), g;

	house_become("olga");
	REFUSED(flag_raise(&house.op, house.arena, mail, " ", &g, &err), ERR_CONFLICT);
	ck_assert(strstr(err.text, "flag 1"));
	g = raises("olga", mail, "And at the beginning.");
	ck_assert_int_eq(f.id, g.id);
	ck_assert_int_eq(f.due_at, g.due_at);
	ck_assert_str_eq(steps(&g), "raised by jean, raised by olga");
	tell();
	ck_assert_int_eq(told(NULL), 1);
}
END_TEST

START_TEST(reading_a_mail_again_makes_no_second_flag)
{
	int64_t mail = response(danger);

	tell();
	house_become("jean");
	OK(response_proposal_decide(&house.op, "cruelty-0001", "risk", PROPOSAL_REFUSE,
				    &err));
	ck_assert_str_eq(of(mail).state, "dismissed");
	house_do("UPDATE proposal SET state = 'open', staff_id = NULL, at = NULL");
	tell();
	ck_assert_str_eq(of(mail).state, "dismissed");
	ck_assert_int_eq(house_int("SELECT count(*) FROM flag"), 1);
}
END_TEST

/* ---- a proposal is decided ---- */

START_TEST(a_proposal_that_is_decided_decides_its_flag_and_is_taken_back_with_it)
{
	int64_t mail = response(danger);
	const char *what;

	if (_i) /* decided before the clock came round, too */
		tell();
	house_become("jean");
	house.op.undo_kinds = undo_kinds;
	OK(response_proposal_decide(&house.op, "cruelty-0001", "risk", PROPOSAL_REFUSE,
				    &err));
	ck_assert_str_eq(of(mail).state, "dismissed");
	ck_assert_str_eq(house_text("SELECT s.name FROM flag_step p JOIN staff s ON "
				    "s.id = p.staff_id WHERE p.what = 'dismissed'"),
			 "jean");
	tell();
	ck_assert_int_eq(told(NULL), _i);
	house_become("jean");
	OK(undo_last(&house.op, house.arena, &what, &err));
	ck_assert_str_eq(of(mail).state, "proposed");
	OK(response_proposal_decide(&house.op, "cruelty-0001", "risk", PROPOSAL_ACCEPT,
				    &err));
	ck_assert_str_eq(of(mail).state, "open");
	ck_assert_str_eq(house_text("SELECT state FROM response"), "received");
}
END_TEST

START_TEST(unsorted_mail_is_dismissed_and_taken_back)
{
	int64_t mail = stray(danger), n;
	struct flag f;
	const char *what;

	tell();
	house_become("jean");
	house.op.undo_kinds = undo_kinds;
	OK(unsorted_at_risk(&house.op, house.arena, &n, &err));
	ck_assert_int_eq(n, 1);
	OK(flag_dismiss(&house.op, house.arena, mail, &err));
	OK(unsorted_at_risk(&house.op, house.arena, &n, &err));
	ck_assert_int_eq(n, 0);
	REFUSED(flag_dismiss(&house.op, house.arena, mail, &err), ERR_CONFLICT);
	err = (struct err){0};
	OK(undo_last(&house.op, house.arena, &what, &err));
	ck_assert_str_eq(of(mail).state, "proposed");
	OK(unsorted_at_risk(&house.op, house.arena, &n, &err));
	ck_assert_int_eq(n, 1);
	f = raises("jean", mail, "");
	REFUSED(flag_dismiss(&house.op, house.arena, mail, &err), ERR_CONFLICT);
	ck_assert(strstr(err.text, "was raised"));
	ck_assert_str_eq(steps(&f),
			 "proposed by -, dismissed by jean, taken back by jean, "
			 "raised by jean");
}
END_TEST

/* ---- seen, noted, closed, reopened ---- */

START_TEST(each_step_is_kept_with_who_and_when)
{
	int64_t mail = response(danger);
	struct flag f;

	tell();
	f = of(mail);
	sees("olga", f.id);
	sees("olga", f.id); /* a double click */
	ck_assert_int_eq(of(mail).seen_at, house.op.now);
	house.op.now += HOUR_S;
	sees("rhona", f.id);
	ck_assert_int_eq(of(mail).seen_at, house.op.now - HOUR_S);
	ck_assert_str_eq(of(mail).seen_by, "olga");
	house_become("olga");
	REFUSED(flag_note(&house.op, house.arena, f.id, " \n", &err), ERR_INPUT);
	REFUSED(flag_close(&house.op, house.arena, f.id, "gone", "", &err), ERR_INPUT);
	REFUSED(flag_close(&house.op, house.arena, f.id, NULL, "", &err), ERR_INPUT);
	err = (struct err){0};
	OK(flag_note(&house.op, house.arena, f.id, "Rang the duty team.", &err));
	OK(flag_close(&house.op, house.arena, f.id, "passed on", "Case 12.", &err));
	REFUSED(flag_close(&house.op, house.arena, f.id, "known", "", &err),
		ERR_CONFLICT);
	REFUSED(flag_see(&house.op, house.arena, f.id, &err), ERR_CONFLICT);
	err = (struct err){0};
	ck_assert_str_eq(of(mail).outcome, "passed on");
	/* What the program proposed is decided with it. */
	ck_assert_str_eq(house_text("SELECT state FROM proposal WHERE kind = 'risk'"),
			 "accepted");
	house.op.now += DAY_S;
	house_become("rhona");
	OK(flag_reopen(&house.op, house.arena, f.id, "They wrote again.", &err));
	REFUSED(flag_reopen(&house.op, house.arena, f.id, "", &err), ERR_CONFLICT);
	err = (struct err){0};
	f = of(mail);
	ck_assert_int_eq(f.round, 2);
	ck_assert_int_eq(f.due_at, house.op.now + DAY_S);
	ck_assert_str_eq(f.seen_by, "rhona");
	ck_assert_str_eq(steps(&f),
			 "proposed by -, seen by olga, seen by rhona, noted by "
			 "olga, closed by olga, reopened by rhona, seen by rhona");
	ck_assert(house_refuses("UPDATE flag_step SET text = 'other' WHERE id = 4"));
	ck_assert(house_refuses("DELETE FROM flag_step"));
	/* The audit has each of them, and none of their words. */
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit WHERE subject = 'flag'"),
			 7);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM audit WHERE detail LIKE '%%duty%%' "
			  "OR detail LIKE '%%wrote again%%'"),
		0);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM change WHERE said LIKE '%%duty%%'"), 0);
}
END_TEST

START_TEST(closing_is_taken_back_unless_somebody_was_there_since)
{
	int64_t mail = response(danger);
	struct flag f;
	const char *what;

	tell();
	f = of(mail);
	house_become("olga");
	house.op.undo_kinds = undo_kinds;
	OK(flag_close(&house.op, house.arena, f.id, "no risk", "", &err));
	ck_assert_str_eq(house_text("SELECT state FROM proposal WHERE kind = 'risk'"),
			 "refused");
	if (_i) {
		house_become("rhona");
		OK(flag_note(&house.op, house.arena, f.id, "Are you sure?", &err));
		house_become("olga");
		REFUSED(undo_last(&house.op, house.arena, &what, &err), ERR_CONFLICT);
		ck_assert_str_eq(of(mail).state, "closed");
		return;
	}
	OK(undo_last(&house.op, house.arena, &what, &err));
	ck_assert_str_eq(what, "what was decided of flag 1");
	ck_assert_str_eq(of(mail).state, "proposed");
	ck_assert_str_eq(house_text("SELECT state FROM proposal WHERE kind = 'risk'"),
			 "open");
}
END_TEST

START_TEST(a_flag_that_has_ended_and_is_raised_again_is_told_anew)
{
	int64_t mail = response(danger);
	struct flag f;

	tell();
	f = of(mail);
	house_become("olga");
	OK(flag_close(&house.op, house.arena, f.id, "mistake", "", &err));
	tell();
	ck_assert_int_eq(told(NULL), 1);
	f = raises("jean", mail, "Read it to the end.");
	ck_assert_int_eq(f.round, 2);
	ck_assert_int_eq(f.seen_at, 0);
	tell();
	ck_assert_int_eq(told(lead), 2);
}
END_TEST

/* ---- who is told ---- */

START_TEST(without_a_lead_who_can_be_told_the_next_are)
{
	switch (_i) {
	case 0:
		house.settings->safeguarding_lead = "";
		break;
	case 1:
		house.settings->safeguarding_lead = "nobody of that name";
		break;
	case 2:
		takes_role("olga", "safeguarding");
		break;
	case 3:
		house_do("UPDATE staff SET email = NULL WHERE name = 'olga'");
		break;
	case 4: /* an address of a list is no place for it */
		house_do("UPDATE staff SET email = (SELECT min(address) FROM list) WHERE "
			 "name = 'olga'");
		break;
	default:
		house_become("jean");
		OK(account_end(&house.op, "olga", &err));
	}
	(void)response(danger);
	tell();
	ck_assert_int_eq(told(other), 1);
	ck_assert_int_eq(told(chief), 0);
	ck_assert_int_eq(told(NULL), _i == 0 || _i == 1 ? 2 : 1);
}
END_TEST

START_TEST(without_anybody_the_administrators_are_told_and_cannot_open_it)
{
	struct mail_message m;

	takes_role("olga", "safeguarding");
	takes_role("rhona", "safeguarding");
	(void)response(danger);
	tell();
	ck_assert_int_eq(told(NULL), 1);
	ck_assert_int_eq(told(chief), 1);
	m = house_notification("flag");
	ck_assert(strstr(m.text, "/staff/accounts"));
	ck_assert(!strstr(m.text, "/staff/flags/"));
}
END_TEST

static const char *refuses(const struct incoming_mail *mail)
{
	return str_eq(mail->recipient, lead) ? "550 5.1.1 no such person" : NULL;
}

START_TEST(an_email_that_is_refused_goes_to_the_next)
{
	(void)response(danger);
	tell();
	ck_assert_int_eq(told(other), 0);
	ck_assert_uint_gt(house_delivers(refuses, HOUSE_MAILS), 0);
	tell();
	ck_assert_int_eq(told(other), 1);
	ck_assert_int_eq(told(lead), 1);
	ck_assert_int_eq(of(house_int("SELECT inbound_id FROM flag")).untold, 0);
}
END_TEST

START_TEST(a_lead_who_loses_the_role_before_it_was_seen_is_followed_by_the_next)
{
	(void)response(danger);
	tell();
	takes_role("olga", "safeguarding");
	tell();
	ck_assert_int_eq(told(other), 1);
	/* What had not gone to them does not go. */
	ck_assert_str_eq(
		house_text("SELECT state FROM notification WHERE kind = 'flag' AND "
			   "recipient = '%s'",
			   lead),
		"skipped");
}
END_TEST

/* By losing the role, by leaving, and of what they had only noted. */
START_TEST(what_was_seen_by_nobody_who_still_deals_with_it_is_unseen_again)
{
	int64_t mail = response(danger);

	tell();
	sees("olga", of(mail).id);
	tell();
	ck_assert_int_eq(told(other), 0);
	ck_assert_int_ne(of(mail).seen_at, 0);
	if (_i == 0) {
		takes_role("olga", "safeguarding");
	} else {
		house_become("tom");
		OK(account_end(&house.op, "olga", &err));
	}
	tell();
	ck_assert_int_eq(of(mail).seen_at, 0);
	ck_assert_int_eq(told(other), 1);
	sees("rhona", of(mail).id);
	tell();
	ck_assert_int_ne(of(mail).seen_at, 0);
}
END_TEST

/* What somebody is working on is closed by whoever deals with it, and said to be so. */
START_TEST(what_was_seen_is_dismissed_by_nobody)
{
	int64_t mail = response(danger);

	tell();
	sees("olga", of(mail).id);
	house_become("jean");
	REFUSED(flag_dismiss(&house.op, house.arena, mail, &err), ERR_CONFLICT);
	ck_assert(strstr(err.text, "deals with it"));
	err = (struct err){0};
	/* The proposal may be refused all the same: the flag stays with them. */
	OK(response_proposal_decide(&house.op, "cruelty-0001", "risk", PROPOSAL_REFUSE,
				    &err));
	ck_assert_str_eq(of(mail).state, "proposed");
}
END_TEST

START_TEST(a_lead_with_another_address_is_told_there)
{
	(void)response(danger);
	tell();
	house_become("jean");
	OK(account_tell(&house.op, "olga", "never", ACCOUNT_WEEKDAYS, &err));
	tell();
	ck_assert_int_eq(told(NULL), 1); /* that is about other emails */
	house_become("jean");
	OK(account_email(&house.op, "olga", "new@team.example", &err));
	tell();
	ck_assert_int_eq(told("new@team.example"), 1);
	ck_assert_str_eq(
		house_text("SELECT state FROM notification WHERE recipient = '%s'", lead),
		"skipped");
	ck_assert_int_eq(told(other), 0);
}
END_TEST

START_TEST(a_lead_for_one_consultation_hears_of_no_other)
{
	takes_role("olga", "safeguarding");
	takes_role("rhona", "safeguarding");
	house_become("jean");
	grant("olga", "safeguarding", "cruelty");
	(void)stray(danger);
	tell();
	ck_assert_int_eq(told(lead), 0);
	ck_assert_int_eq(told(chief), 1);
	(void)response(danger);
	tell();
	ck_assert_int_eq(told(lead), 1);
}
END_TEST

/* ---- overdue ---- */

static const char *needs_of(const char *who)
{
	struct rights rights;
	struct needs found;
	const char *all = "";

	house_become(who);
	OK(rights_load(&house.op, house.arena, house.op.staff_id, &rights, &err));
	house.op.rights = &rights;
	OK(needs_load(&house.op, house.arena, &found, &err));
	house.op.rights = NULL;
	for (size_t i = 0; i < found.count; i++)
		if (strstr(need_name(found.items[i].kind), "flag"))
			all = arena_printf(house.arena, "%s%s%s", all, *all ? ", " : "",
					   need_name(found.items[i].kind));
	return all;
}

START_TEST(what_nobody_has_seen_in_time_is_said_to_all_who_can_act)
{
	int64_t mail = response(danger);
	struct flag_trouble trouble;

	tell();
	ck_assert_str_eq(needs_of("olga"), "flag unseen");
	ck_assert_str_eq(needs_of("tom"), "");
	ck_assert_str_eq(needs_of("jean"), "");
	house.op.now += DAY_S - 1;
	tell();
	ck_assert(!of(mail).is_overdue);
	ck_assert_int_eq(told(NULL), 1);
	house.op.now++;
	tell();
	ck_assert(of(mail).is_overdue);
	ck_assert_int_eq(told(lead), 2);
	ck_assert_int_eq(told(other), 1);
	ck_assert_int_eq(told(chief), 1);
	ck_assert(
		strstr(house_text("SELECT group_concat(subject) FROM notification WHERE "
				  "kind = 'flag'"),
		       "Overdue: Flag 1 needs you now"));
	ck_assert_str_eq(needs_of("olga"), "flag overdue");
	ck_assert_str_eq(needs_of("tom"), "flag late, flag untold");
	ck_assert_str_eq(needs_of("jean"), "");
	OK(flag_trouble_now(&house.op, house.arena, &trouble, &err));
	ck_assert_int_eq(trouble.overdue, 1);
	sees("rhona", of(mail).id);
	ck_assert_str_eq(needs_of("olga"), "flag open");
	OK(flag_trouble_now(&house.op, house.arena, &trouble, &err));
	ck_assert_int_eq(trouble.overdue, 0);
	tell();
	ck_assert_int_eq(told(NULL), 4);
}
END_TEST

START_TEST(the_time_is_that_of_the_settings)
{
	int64_t mail;

	house.settings->seen_within_s = HOUR_S;
	mail = response(danger);
	tell();
	ck_assert_int_eq(of(mail).due_at, house.op.now + HOUR_S);
}
END_TEST

START_TEST(when_nobody_can_be_told_administrators_see_it_on_home)
{
	struct flag_trouble trouble;

	house_do("UPDATE staff SET email = NULL");
	(void)response(danger);
	tell();
	ck_assert_int_eq(told(NULL), 0);
	ck_assert_str_eq(needs_of("tom"), "flag untold");
	ck_assert_str_eq(needs_of("olga"), "flag unseen");
	OK(flag_trouble_now(&house.op, house.arena, &trouble, &err));
	ck_assert_int_eq(trouble.untold, 1);
	house_become("jean");
	OK(account_email(&house.op, "olga", lead, &err));
	tell();
	ck_assert_str_eq(needs_of("tom"), "");
}
END_TEST

/* ---- who may ---- */

START_TEST(only_who_has_the_right_there_reads_what_was_written)
{
	static const struct {
		const char *role, *list, *consultation;
		bool may;
	} roles[] = {{"reader", NULL, NULL, false},
		     {"coder", NULL, NULL, false},
		     {"editor", NULL, NULL, false},
		     {"approver", NULL, NULL, false},
		     {"data protection", NULL, NULL, false},
		     {"administrator", NULL, NULL, false},
		     {"safeguarding", NULL, NULL, true},
		     {"safeguarding", NULL, "cruelty", true},
		     {"safeguarding", "children", NULL, false}};
	int64_t mail = response(danger);
	struct store_table t;
	struct rights rights;
	struct flags flags;
	struct flag f;

	tell();
	f = of(mail);
	house_become("jean");
	stage_hires(&house, "una");
	OK(rights_grant(&house.op, "una", roles[_i].role, roles[_i].list,
			roles[_i].consultation, &err));
	house_become("una");
	OK(rights_load(&house.op, house.arena, house.op.staff_id, &rights, &err));
	house.op.rights = &rights;
	err = (struct err){0};
	OK(flag_list(&house.op, house.arena, FLAGS_OPEN, 10, &flags, &err));
	ck_assert_uint_eq(flags.count, roles[_i].may);
	ck_assert_int_eq(flag_steps(&house.op, house.arena, &f, &t, &err), roles[_i].may);
	err = (struct err){0};
	ck_assert_int_eq(flag_words(&house.op, house.arena, &f, &t, &err), roles[_i].may);
	err = (struct err){0};
	ck_assert_int_eq(flag_see(&house.op, house.arena, f.id, &err), roles[_i].may);
	err = (struct err){0};
	ck_assert_int_eq(flag_note(&house.op, house.arena, f.id, "x", &err),
			 roles[_i].may);
	err = (struct err){0};
	ck_assert_int_eq(flag_close(&house.op, house.arena, f.id, "known", "", &err),
			 roles[_i].may);
	err = (struct err){0};
	ck_assert_int_eq(flag_reopen(&house.op, house.arena, f.id, "", &err),
			 roles[_i].may);
	house.op.rights = NULL;
}
END_TEST

START_TEST(no_other_statement_knows_of_what_was_written)
{
	int mine = 0;

	for (int id = 0; id < SQL_COUNT; id++) {
		const struct sql_statement *s = &sql_statements[id];
		bool reads = strstr(s->text, "flag_step") != NULL;

		ck_assert_msg(!reads || strncmp(s->name, "flag", 4) == 0, "%s", s->name);
		mine += reads;
	}
	ck_assert_int_gt(mine, 5);
}
END_TEST

/* ---- what becomes of the mail ---- */

START_TEST(a_response_that_is_excluded_keeps_its_flag)
{
	int64_t mail = response(danger);

	tell();
	house_become("jean");
	OK(response_screen(&house.op, "cruelty-0001", "excluded", "not a response",
			   &err));
	ck_assert(of(mail).is_open);
	ck_assert_str_eq(needs_of("olga"), "flag unseen");
}
END_TEST

/* Her mail waits for a person, and once its flag is closed it goes like any other. */
START_TEST(mail_that_is_flagged_waits_when_its_writer_is_erased)
{
	struct mail_message m =
		house_mail("anna@example.org", "nobody@lists.example.org", "Hello",
			   "Nothing that a program would hear.\n");
	struct self_service self;
	struct erasure_receipt receipt;
	int64_t mail;
	struct flag f;

	(void)house_joins("children", "anna@example.org");
	mail = house_comes(&m);
	f = raises("jean", mail, "I know this family.");
	if (_i) {
		house_become("olga");
		OK(flag_close(&house.op, house.arena, f.id, "supported", "Spoke to her.",
			      &err));
	}
	house_become("jean");
	OK(personal_data_whose(&house.op, "anna@example.org", &self, &err));
	self.how = "page";
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_int_eq(house_int("SELECT length(bytes) > 0 FROM inbound_raw WHERE "
				   "inbound_id = %" PRId64,
				   mail),
			 !_i);
	ck_assert_int_eq(receipt.left.at_risk, !_i);
	/* What was done about her stays: somebody answers for it. */
	ck_assert_int_eq(house_int("SELECT count(*) FROM flag_step WHERE text <> ''"),
			 1 + _i);
	ck_assert_int_eq(of(mail).id, f.id);
}
END_TEST

START_TEST(a_flag_of_unsorted_mail_goes_with_it_when_it_is_filed)
{
	int64_t mail = stray(danger);
	const char *reference;
	struct flag f;

	tell();
	house_become("jean");
	OK(inbound_file(&house.op, house.arena, mail, "cruelty", &reference, &err));
	f = of(mail);
	ck_assert_str_eq(f.reference, reference);
	ck_assert_int_eq(f.scope.kind, SCOPE_CONSULTATION);
	tell();
	ck_assert_int_eq(house_int("SELECT count(*) FROM flag"), 1);
}
END_TEST

START_TEST(what_is_wrong_with_the_lead_is_said)
{
	struct flag_lead now;

	OK(flag_lead_now(&house.op, house.arena, &now, &err));
	ck_assert(strstr(now.wrong, "no password yet"));
	house_do("INSERT INTO login (staff_id, password) SELECT id, 'x' FROM staff WHERE "
		 "name = 'olga'");
	OK(flag_lead_now(&house.op, house.arena, &now, &err));
	ck_assert_ptr_null(now.wrong);
	house_do("UPDATE staff SET email = NULL WHERE name = 'olga'");
	OK(flag_lead_now(&house.op, house.arena, &now, &err));
	ck_assert(strstr(now.wrong, "no email address"));
	takes_role("olga", "safeguarding");
	OK(flag_lead_now(&house.op, house.arena, &now, &err));
	ck_assert(strstr(now.wrong, "role safeguarding"));
	house.settings->safeguarding_lead = "Nemo";
	OK(flag_lead_now(&house.op, house.arena, &now, &err));
	ck_assert(strstr(now.wrong, "no account \"Nemo\""));
	house.settings->safeguarding_lead = "";
	OK(flag_lead_now(&house.op, house.arena, &now, &err));
	ck_assert_ptr_null(now.name);
	ck_assert(now.wrong);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("flag");
	TCase *tc = tcase_create("flag");

	tcase_add_checked_fixture(tc, begin, house_close);
	tcase_add_loop_test(
		tc, what_the_program_says_gets_a_flag_and_the_lead_is_told_at_once, 0, 2);
	tcase_add_test(tc, what_is_no_risk_has_none_and_anybody_may_raise_one);
	tcase_add_test(tc, two_who_raise_it_at_once_raise_the_same);
	tcase_add_test(tc, reading_a_mail_again_makes_no_second_flag);
	tcase_add_loop_test(
		tc, a_proposal_that_is_decided_decides_its_flag_and_is_taken_back_with_it,
		0, 2);
	tcase_add_test(tc, unsorted_mail_is_dismissed_and_taken_back);
	tcase_add_test(tc, each_step_is_kept_with_who_and_when);
	tcase_add_loop_test(tc, closing_is_taken_back_unless_somebody_was_there_since, 0,
			    2);
	tcase_add_test(tc, a_flag_that_has_ended_and_is_raised_again_is_told_anew);
	tcase_add_loop_test(tc, without_a_lead_who_can_be_told_the_next_are, 0, 6);
	tcase_add_test(tc,
		       without_anybody_the_administrators_are_told_and_cannot_open_it);
	tcase_add_test(tc, an_email_that_is_refused_goes_to_the_next);
	tcase_add_test(
		tc, a_lead_who_loses_the_role_before_it_was_seen_is_followed_by_the_next);
	tcase_add_loop_test(
		tc, what_was_seen_by_nobody_who_still_deals_with_it_is_unseen_again, 0,
		2);
	tcase_add_test(tc, what_was_seen_is_dismissed_by_nobody);
	tcase_add_test(tc, a_lead_with_another_address_is_told_there);
	tcase_add_test(tc, a_lead_for_one_consultation_hears_of_no_other);
	tcase_add_test(tc, what_nobody_has_seen_in_time_is_said_to_all_who_can_act);
	tcase_add_test(tc, the_time_is_that_of_the_settings);
	tcase_add_test(tc, when_nobody_can_be_told_administrators_see_it_on_home);
	tcase_add_loop_test(tc, only_who_has_the_right_there_reads_what_was_written, 0,
			    9);
	tcase_add_test(tc, no_other_statement_knows_of_what_was_written);
	tcase_add_test(tc, a_response_that_is_excluded_keeps_its_flag);
	tcase_add_loop_test(tc, mail_that_is_flagged_waits_when_its_writer_is_erased, 0,
			    2);
	tcase_add_test(tc, a_flag_of_unsorted_mail_goes_with_it_when_it_is_filed);
	tcase_add_test(tc, what_is_wrong_with_the_lead_is_said);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
