/* One person's history, why they got no mail, finding people, imports with a preview. */
#include "tests/unit/domain_house.h"

#include "domain/imports/subscriber_import_preview.h"
#include "domain/subscribers/subscribe.h"
#include "domain/subscribers/subscriber_find.h"
#include "domain/subscribers/suppress.h"
#include "domain/delivery/timeline.h"
#include "base/str.h"

#include <inttypes.h>

enum { HOUR = 3600 };

static struct err err;

/* Those that are not named here stay with the relay. */
static const char *says(const struct incoming_mail *mail)
{
	static const char *const words[][2] = {
		{"sent@example.org", "250 2.0.0 taken as 77"},
		{"back@example.org", "250 2.0.0 taken as 78"},
		{"refused@example.org", "550 5.1.1 no such user"},
		{"deferred@example.org", "451 4.7.1 come back later"},
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(mail->recipient, words[i][0]))
			return words[i][1];
	return "";
}

static void takes_off(const char *address)
{
	struct list list = house_list("children");

	ck_assert_msg(subscriber_remove(&house.op, &list, address, "asked", &err), "%s",
		      err.text);
}

/* No. 1 about neglect is approved and sent; each of these has another history with it. */
static void no_one_goes_out(void)
{
	static const char *const all[] = {"sent",    "refused", "deferred", "doubt",
					  "between", "back",    "open"};
	struct list list = house_list("children");
	int64_t audience;
	bool did = true;

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		(void)house_adds("children",
				 arena_printf(house.arena, "%s@example.org", all[i]),
				 "all");
	(void)house_adds("children", "hearings@example.org", "hearings");
	(void)house_adds("children", "changed@example.org", "hearings");
	(void)house_adds("children", "left@example.org", "all");
	(void)house_comes(&(struct mail_message){
		.from = {"P", "pending@example.org"},
		.to = house_mail("pending@example.org", "children+join@lists.example.org",
				 "", "")
			      .to,
		.message_id = "p@x",
		.return_path = "pending@example.org",
		.text = "",
		.text_new = "",
		.subject = "join"});
	house.op.now += HOUR;
	house_become("jean");
	takes_off("left@example.org");
	(void)house_drafts("children", "## Neglect {neglect}\n\nx\n");
	house.op.now += HOUR;
	house_become("olga");
	ck_assert(bulletin_approve(&house.op, "children", 1, &audience, &err));
	house.op.now += HOUR;
	house_become("jean");
	(void)house_adds("children", "later@example.org", "all");
	takes_off("between@example.org");
	house.op.now += HOUR;
	ck_assert(bulletin_send(&house.op, "children", 1, &err));
	while (did)
		ck_assert(bulletins_fill(&house.op, &did, &err));
	(void)house_delivers(says, HOUSE_MAILS);
	house_do(
		"UPDATE delivery SET state = 'in doubt', doubt = 2 WHERE subscription_id IN "
		"(SELECT s.id FROM subscription s JOIN person p ON p.id = s.person_id "
		"WHERE p.address = 'doubt@example.org')");
	house_do(
		"INSERT INTO inbound (mailbox_id, uidvalidity, item, sha256, size, received_at)"
		" VALUES (1, 1, 'b', x'00', 1, 1)");
	house_do(
		"INSERT INTO bounce (at, source, inbound_id, delivery_id, subscription_id, "
		"verdict, reason, diagnostic, effect) SELECT %" PRId64
		", 'mail', (SELECT max(id) FROM inbound), d.id, d.subscription_id, 'permanent', "
		"'mailbox_full', '552 5.2.2 full', 'kept' FROM delivery d JOIN subscription s "
		"ON s.id = d.subscription_id JOIN person p ON p.id = s.person_id "
		"WHERE p.address = 'back@example.org'",
		house.op.now);
	house.op.now += HOUR;
	ck_assert(
		subscriber_topics(&house.op, &list, "changed@example.org", "all", &err));
	(void)house_drafts("children", "x\n");
}

static const struct {
	const char *who;
	int64_t number;
	enum delivery_reason why;
	const char *words;
} whys[] = {
	{"sent", 1, DELIVERY_REASON_SENT,
	 "Yes, as far as we know: No. 1 was sent on Monday 2 March 2026, 13:00 GMT: \"main\" took "
	 "it and answered \"250 2.0.0 taken as 77\"."},
	{"refused", 1, DELIVERY_REASON_REFUSED,
	 "No: No. 1 was refused on Monday 2 March 2026, 13:00 GMT: \"550 5.1.1 no such user\"."},
	{"back", 1, DELIVERY_REASON_REFUSED, "but it came back on"},
	{"deferred", 1, DELIVERY_REASON_COMING,
	 "because a server said \"451 4.7.1 come back later\""},
	{"doubt", 1, DELIVERY_REASON_DOUBT, "Perhaps: No. 1 may or may not have arrived"},
	{"open", 1, DELIVERY_REASON_COMING, "Not yet: No. 1 is on its way."},
	{"between", 1, DELIVERY_REASON_NOT_ACTIVE,
	 "was taken off the list by the staff on Monday 2 March 2026, 12:00 GMT, after No. 1 was "
	 "approved and before it went out."},
	{"left", 1, DELIVERY_REASON_NOT_ACTIVE, "before No. 1 was approved."},
	{"later", 1, DELIVERY_REASON_LATER,
	 "became a subscriber on Monday 2 March 2026, 12:00 GMT, after No. 1 was approved on "
	 "Monday 2 March 2026, 11:00 GMT."},
	{"hearings", 1, DELIVERY_REASON_TOPICS,
	 "has chosen Hearings, and No. 1 has no section"},
	{"changed", 1, DELIVERY_REASON_TOPICS, "had other topics then"},
	{"pending", 1, DELIVERY_REASON_NEVER, "had not become a subscriber"},
	{"nobody", 1, DELIVERY_REASON_NEVER, "was never on the list children."},
	{"sent", 2, DELIVERY_REASON_NOT_OUT, "Not yet: No. 2 is draft."},
};

START_TEST(one_sentence_says_why)
{
	struct delivery_asked asked = {.list = "children", .number = whys[_i].number};
	struct delivery_told told = {.why = DELIVERY_REASON_UNKNOWN};

	no_one_goes_out();
	asked.address = arena_printf(house.arena, "%s@example.org", whys[_i].who);
	ck_assert_msg(delivery_reason_find(&house.op, house.arena, &asked, &told, &err),
		      "%s: %s", whys[_i].who, err.text);
	ck_assert_msg(told.why == whys[_i].why, "%s: %s, want %s: %s", whys[_i].who,
		      delivery_reason_name(told.why), delivery_reason_name(whys[_i].why),
		      told.words);
	ck_assert_msg(strstr(told.words, whys[_i].words), "%s: %s", whys[_i].who,
		      told.words);
	ck_assert_msg(
		str_ends(told.words, arena_printf(house.arena, ": %s", told.because)),
		"\"%s\" and \"%s\"", told.words, told.because);
}
END_TEST

START_TEST(cancelled_update_says_so)
{
	struct delivery_asked asked = {"sent@example.org", "children", 2};
	struct delivery_told told;

	no_one_goes_out();
	ck_assert(bulletin_cancel(&house.op, "children", 2, &err));
	ck_assert(delivery_reason_find(&house.op, house.arena, &asked, &told, &err));
	ck_assert_int_eq(told.why, DELIVERY_REASON_NOT_OUT);
	ck_assert_ptr_nonnull(strstr(told.words, "was cancelled before it went out"));
	asked.number = 9;
	ck_assert(!delivery_reason_find(&house.op, house.arena, &asked, &told, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

START_TEST(timeline_is_in_order_and_in_words)
{
	static const char *const want[] = {
		"Was added by jean; basis: asked by telephone",
		"No. 1 \"News\" was refused",
		"No. 1 was refused by the relay: no such address",
		"Was taken off the list by jean; basis: asked",
	};
	struct audit_event *events;
	size_t n, next = 0;

	no_one_goes_out();
	takes_off("refused@example.org");
	ck_assert_msg(timeline_load(&house.op, house.arena, "Refused@Example.org",
				    &events, &n, &err),
		      "%s", err.text);
	for (size_t i = 0; i < n; i++) {
		ck_assert_msg(!i || events[i].at >= events[i - 1].at, "%s",
			      events[i].words);
		if (next < ARRAY_LEN(want) && strstr(events[i].words, want[next]))
			next++;
	}
	if (next < ARRAY_LEN(want))
		for (size_t i = 0; i < n; i++)
			(void)fprintf(stderr, "# %s\n", events[i].words);
	ck_assert_msg(next == ARRAY_LEN(want), "missing: %s", want[next]);
	ck_assert(timeline_load(&house.op, house.arena, "hearings@example.org", &events,
				&n, &err));
	ck_assert_ptr_nonnull(strstr(events[n - 1].words, "did not go to them: "));
	ck_assert_int_eq(events[n - 1].number, 1);
	ck_assert(!timeline_load(&house.op, house.arena, "nobody@example.org", &events,
				 &n, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

/* ---- imports ---- */

static const char file[] = "address,basis\n"
			   "one@example.org,consent\n"
			   "two@example.org,consent\n"
			   "here@example.org,consent\n"
			   "no address,consent\n"
			   "three@example.org,\n";

static struct subscriber_import planned(const struct list *list, const char *text,
					bool leave_out)
{
	struct subscriber_import plan;

	ck_assert_msg(subscriber_import_open(house.arena, list, text, strlen(text), &plan,
					     &err),
		      "%s", err.text);
	plan.leave_out_bad = leave_out;
	return plan;
}

START_TEST(preview_changes_nothing_and_binds)
{
	struct list list = house_list("children");
	struct subscriber_import plan = planned(&list, file, true);
	struct subscriber_import_preview p = {0};
	struct subscriber_import_line *passed;
	struct subscriber_import_result done;
	int64_t rows;

	p.shown[SUBSCRIBER_IMPORT_PASSED].most = 10;
	p.shown[SUBSCRIBER_IMPORT_BAD].from = 1;
	p.shown[SUBSCRIBER_IMPORT_BAD].most = 10;
	(void)house_adds("children", "here@example.org", "all");
	rows = house_int("SELECT count(*) FROM audit");
	ck_assert_msg(
		subscriber_import_preview(&house.op, house.arena, &list, &plan, &p, &err),
		"%s", err.text);
	ck_assert(p.would_happen);
	ck_assert_int_eq(p.counts.added, 2);
	ck_assert_int_eq(p.counts.passed_over, 1);
	ck_assert_int_eq(p.counts.bad, 2);
	ck_assert_uint_eq(p.shown[SUBSCRIBER_IMPORT_ADDED].count, 0);
	ck_assert_uint_eq(p.shown[SUBSCRIBER_IMPORT_PASSED].count, 1);
	passed = p.shown[SUBSCRIBER_IMPORT_PASSED].lines;
	ck_assert_int_eq(passed->row->line, 4);
	ck_assert_int_eq(passed->reason, IMPORT_ALREADY);
	ck_assert_str_eq(passed->address, "here@example.org");
	ck_assert_ptr_nonnull(strstr(passed->why, "already"));
	/* The second of the bad ones: the window begins there. */
	ck_assert_uint_eq(p.shown[SUBSCRIBER_IMPORT_BAD].count, 1);
	ck_assert_int_eq(p.shown[SUBSCRIBER_IMPORT_BAD].lines->reason, IMPORT_NO_BASIS);
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit"), rows);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), 1);
	ck_assert_int_eq(house_int("SELECT count(*) FROM import"), 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person_search"), 1);
	ck_assert_msg(
		subscriber_import_bound(&house.op, &list, &plan, p.digest, &done, &err),
		"%s", err.text);
	ck_assert_int_eq(done.added, 2);
	ck_assert_str_eq(house_state("children", "two@example.org"), "active");
}
END_TEST

static void somebody_joins(struct subscriber_import *plan)
{
	(void)plan;
	(void)house_adds("children", "two@example.org", "all");
}
static void nothing_happens(struct subscriber_import *plan)
{
	(void)plan;
}
static void bad_ones_count(struct subscriber_import *plan)
{
	plan->leave_out_bad = false;
}
static void basis_is_another(struct subscriber_import *plan)
{
	plan->basis = "public task";
}
static void column_is_left_out(struct subscriber_import *plan)
{
	roster_use(&plan->roster, 1, ROSTER_SOURCE);
}
static void row_is_put_right(struct subscriber_import *plan)
{
	ck_assert(roster_edits_read(&plan->roster, house.arena,
				    "1,uno@example.org,consent\n", &err));
}

static const struct {
	const char *name, *shown, *done;
	void (*meanwhile)(struct subscriber_import *plan);
} changes[] = {
	{"the list changed", file, file, somebody_joins},
	{"the file changed", file, "address,basis\none@example.org,public task\n",
	 nothing_happens},
	{"bad lines left out or not", "address,basis\none@example.org,consent\n",
	 "address,basis\none@example.org,consent\n", bad_ones_count},
	{"another basis for all", file, file, basis_is_another},
	{"a column is another thing", file, file, column_is_left_out},
	{"a row is put right", file, file, row_is_put_right},
};

START_TEST(import_is_refused_when_it_would_come_out_otherwise)
{
	struct list list = house_list("children");
	struct subscriber_import plan = planned(&list, changes[_i].shown, true);
	struct subscriber_import_preview p = {0};
	struct subscriber_import_result done;

	ck_assert(subscriber_import_preview(&house.op, house.arena, &list, &plan, &p,
					    &err));
	plan = planned(&list, changes[_i].done, true);
	changes[_i].meanwhile(&plan);
	ck_assert_msg(
		!subscriber_import_bound(&house.op, &list, &plan, p.digest, &done, &err),
		"%s", changes[_i].name);
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_str_eq(house_state("children", "one@example.org"), "");
}
END_TEST

START_TEST(preview_of_bad_lines_tells_them_all)
{
	struct list list = house_list("children");
	struct subscriber_import plan = planned(&list, file, false);
	struct subscriber_import_preview p = {0};

	ck_assert(subscriber_import_preview(&house.op, house.arena, &list, &plan, &p,
					    &err));
	ck_assert(!p.would_happen);
	ck_assert_int_eq(p.counts.bad, 2);
	ck_assert_uint_eq(p.reason_count, 2);
	ck_assert(!subscriber_import_open(house.arena, &list, "x,y\n", 4, &plan, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

/* ---- finding ---- */

static const char *found(const char *list, const char *state, const char *text,
			 int64_t most, int pages_most)
{
	struct find_page page = {.most = most};
	const char *all = "";
	struct list l;

	if (list)
		l = house_list(list);
	do {
		struct store_table t;

		ck_assert_msg(subscriber_find(&house.op, house.arena,
					      &(struct subscriber_search){
						      .list = list ? &l : NULL,
						      .state = state,
						      .text = text,
						      .page = page},
					      &t, &page.after, &err),
			      "%s: %s", text, err.text);
		for (size_t i = 0; i < t.count; i++) {
			struct store_row row = table_row(&t, i);

			all = arena_printf(house.arena, "%s%s%.*s", all, *all ? " " : "",
					   (int)strcspn(row_text(&row, "address"), "@"),
					   row_text(&row, "address"));
		}
		all = arena_printf(house.arena, "%s |", all);
	} while (page.after && --pages_most);
	return all;
}

static void some_people(void)
{
	static const char *const people[] = {"anna", "hannah", "ben", "benno", "zoe"};
	struct list list = house_list("children");

	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		(void)house_adds("children",
				 arena_printf(house.arena, "%s@example.org", people[i]),
				 "all");
	(void)house_adds("forum", "anna@example.org", "all");
	house_do(
		"UPDATE person SET name = 'Zo\xC3\xAB Smith_100%%' WHERE address LIKE 'zoe%%'");
	ck_assert(subscriber_remove(&house.op, &list, "ben@example.org", "x", &err));
}

static const struct {
	const char *list, *state, *text, *want;
	int64_t most;
} finds[] = {
	{"children", NULL, "", "anna hannah ben benno zoe |", 50},
	{"children", NULL, NULL, "anna hannah | ben benno | zoe |", 2},
	{"children", "active", NULL, "anna hannah | benno zoe |", 2},
	{NULL, NULL, NULL, "anna hannah ben | benno zoe anna |", 3},
	{"children", NULL, "ann", "anna hannah |", 50},
	{NULL, NULL, "ANN", "anna | anna | hannah |", 1},
	{"forum", NULL, "ann", "anna |", 50},
	{NULL, NULL, "a", "anna anna |", 50},
	{NULL, NULL, "be", "ben | benno |", 1},
	{NULL, "unsubscribed", "be", "ben |", 50},
	{NULL, NULL, "smith", "zoe |", 50},
	{NULL, NULL, "Zo\xC3\xAB", "zoe |", 50},
	{NULL, NULL, "h_100%", "zoe |", 50},
	{NULL, NULL, "%%%", " |", 50},
	{NULL, NULL, "nobody", " |", 50},
	{NULL, NULL, "' OR 1=1 --", " |", 50},
	{NULL, NULL, "\"ann\" OR", " |", 50},
};

START_TEST(people_are_found_page_by_page)
{
	some_people();
	ck_assert_str_eq(found(finds[_i].list, finds[_i].state, finds[_i].text,
			       finds[_i].most, 10),
			 finds[_i].want);
}
END_TEST

START_TEST(index_of_people_follows_every_change)
{
	some_people();
	house_do(
		"UPDATE person SET address = 'erased-1', address_key = 'erased-1', name = NULL "
		"WHERE address LIKE 'zoe%%'");
	ck_assert_str_eq(found(NULL, NULL, "smith", 50, 10), " |");
	ck_assert_str_eq(found(NULL, NULL, "zoe", 50, 10), " |");
	ck_assert_str_eq(found(NULL, NULL, "erased", 50, 10), "erased-1 |");
	house_do(
		"INSERT INTO person_search (person_search, rank) VALUES ('integrity-check', 1)");
}
END_TEST

START_TEST(page_and_state_that_are_not_there_are_refused)
{
	struct find_page page = {.after = 999};
	struct store_table t;
	int64_t next;

	some_people();
	ck_assert(
		!subscriber_find(&house.op, house.arena,
				 &(struct subscriber_search){.text = "ann", .page = page},
				 &t, &next, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	page.after = 0;
	ck_assert(!subscriber_find(
		&house.op, house.arena,
		&(struct subscriber_search){.state = "gone", .text = "ann", .page = page},
		&t, &next, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

START_TEST(suppressions_and_bounces_come_page_by_page)
{
	struct find_page page = {.most = 2};
	struct store_table t;
	struct store_row row;
	int64_t lists, next;

	no_one_goes_out();
	for (int i = 0; i < 3; i++)
		ck_assert(suppression_add(&house.op,
					  arena_printf(house.arena, "s%d@example.org", i),
					  "asked", &lists, &err));
	ck_assert(suppression_page(&house.op, house.arena, page, &t, &next, &err));
	ck_assert_uint_eq(t.count, 2);
	page.after = next;
	ck_assert(suppression_page(&house.op, house.arena, page, &t, &next, &err));
	ck_assert_uint_eq(t.count, 1);
	ck_assert_int_eq(next, 0);
	page.after = 0;
	ck_assert(bounce_page(&house.op, house.arena,
			      &(struct bounce_find){.list = "children", .page = page}, &t,
			      &next, &err));
	ck_assert_uint_eq(t.count, 2);
	row = table_row(&t, 0);
	ck_assert_str_eq(row_text(&row, "address"), "back@example.org");
	ck_assert_int_eq(row_int(&row, "number"), 1);
	ck_assert_ptr_nonnull(strstr(row_text(&row, "words"), "the mailbox is full"));
	ck_assert(bounce_page(&house.op, house.arena,
			      &(struct bounce_find){.list = "forum", .page = page}, &t,
			      &next, &err));
	ck_assert_uint_eq(t.count, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("person_acts");
	TCase *tc = tcase_create("person_acts");

	tcase_add_checked_fixture(tc, house_open, house_close);
	UNIT_TABLE(tc, one_sentence_says_why, whys);
	tcase_add_test(tc, cancelled_update_says_so);
	tcase_add_test(tc, timeline_is_in_order_and_in_words);
	tcase_add_test(tc, preview_changes_nothing_and_binds);
	UNIT_TABLE(tc, import_is_refused_when_it_would_come_out_otherwise, changes);
	tcase_add_test(tc, preview_of_bad_lines_tells_them_all);
	UNIT_TABLE(tc, people_are_found_page_by_page, finds);
	tcase_add_test(tc, index_of_people_follows_every_change);
	tcase_add_test(tc, page_and_state_that_are_not_there_are_refused);
	tcase_add_test(tc, suppressions_and_bounces_come_page_by_page);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
