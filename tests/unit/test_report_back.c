/* Report backs: who gets one, who may approve it, once each, and the way out of it. */
#include "tests/unit/response_scene.h"

#include "domain/admin/rights.h"
#include "domain/copies/copy_restore.h"
#include "domain/delivery/outgoing.h"
#include "domain/outcome/report_back_send.h"
#include "domain/queue/needs.h"
#include "domain/subscribers/suppress.h"
#include "base/str.h"
#include "mail/read/read.h"

#include <inttypes.h>
#include <sqlite3.h>

static struct stage scene;
static const struct report_back_of newest = {.consultation = "words"};
static struct err why;

#define REFUSED(call, kind_, part)                                                     \
	do {                                                                           \
		struct err err = {0};                                                  \
		ck_assert(!(call));                                                    \
		ck_assert_msg(err.kind == (kind_) && strstr(err.text, (part)) != NULL, \
			      "%s", err.text);                                         \
	} while (0)

/* Jean writes, and may not approve what he wrote; Bea and Cat may. */
static void begin(void)
{
	scene_open(&scene);
	for (const char *const *who = (const char *const[]){"Bea", "Cat", NULL}; *who;
	     who++) {
		stage_hires(&scene, *who);
		SCENE_OK(&scene,
			 rights_grant(&scene.op, *who, "approver", NULL, NULL, &err));
	}
}

static void end(void)
{
	stage_close(&scene);
}

static const char *reply(const char *from, const char *contact)
{
	const char *ref = scene_reply(
		&scene, from, "Good day.\n\n1. The buses are late every evening.\n");

	ck_assert_ptr_nonnull(ref);
	SCENE_OK(&scene, response_screen(&scene.op, ref, "included", NULL, &err));
	if (contact)
		SCENE_OK(&scene,
			 response_correct(&scene.op, ref, NULL, NULL, contact, &err));
	return ref;
}

static int64_t save(const char *subject, const char *text)
{
	const struct report_back_words w = {
		.consultation = "words", .subject = subject, .text = text};
	int64_t number = 0;

	SCENE_OK(&scene, report_back_save(&scene.op, &w, &number, &err));
	return number;
}

static bool change(int64_t number, const char *text, const char *seen, struct err *err)
{
	const struct report_back_words w = {.consultation = "words",
					    .subject = "What we did",
					    .text = text,
					    .seen = seen,
					    .number = number};
	int64_t ignored;

	return report_back_save(&scene.op, &w, &ignored, err);
}

static struct report_back now(void)
{
	struct report_back b = {0};

	SCENE_OK(&scene, report_back_get(&scene.op, scene.arena, &newest, &b, &err));
	return b;
}

static void approved(void)
{
	const char *subject, *text;
	struct consultation of;

	SCENE_OK(&scene, consultation_named(&scene.op, scene.arena, "words", &of, &err));
	SCENE_OK(&scene,
		 report_back_begin(&scene.op, scene.arena, &of, &subject, &text, &err));
	ck_assert(*subject && strstr(text, "## "));
	(void)save("What we did", "## We did\n\nMore [buses](https://bus.example/x).\n");
	SCENE_OK(&scene, report_back_ask(&scene.op, &newest, &err));
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, report_back_approve(&scene.op, &newest, NULL, &err));
	stage_become(&scene, NULL);
}

static void tend(void)
{
	bool did = true;

	for (int i = 0; did; i++) {
		ck_assert_int_lt(i, 100);
		SCENE_OK(&scene, report_backs_tend(&scene.op, &did, &err));
		if (now().state == REPORT_BACK_APPROVED && i > 10)
			break;
	}
}

static int64_t number_of(const char *sql)
{
	sqlite3_stmt *q = NULL;
	sqlite3 *db = NULL;
	int64_t n;

	ck_assert_int_eq(sqlite3_open(scene.path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	n = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return n;
}

static int64_t emails(const char *address)
{
	return number_of(arena_printf(
		scene.arena,
		"SELECT count(*) FROM notification WHERE kind = 'report-back' AND "
		"recipient = coalesce(nullif('%s', ''), recipient)",
		address));
}

static void run(const char *sql)
{
	sqlite3 *db = NULL;

	ck_assert_int_eq(sqlite3_open(scene.path, &db), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s",
		      sqlite3_errmsg(db));
	sqlite3_close(db);
}

static struct mail_message email_to(const char *address)
{
	struct mail_message m = {0};
	sqlite3_stmt *q = NULL;
	sqlite3 *db = NULL;

	ck_assert_int_eq(sqlite3_open(scene.path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(
				 db,
				 "SELECT mail FROM notification WHERE recipient = ?1 AND "
				 "kind = 'report-back'",
				 -1, &q, NULL),
			 SQLITE_OK);
	sqlite3_bind_text(q, 1, address, -1, SQLITE_STATIC);
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	ck_assert_msg(mail_read(sqlite3_column_blob(q, 0),
				(size_t)sqlite3_column_bytes(q, 0), scene.arena, &m,
				&why),
		      "%s", why.text);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return m;
}

/* The token behind "/contact/" in the text of an email. */
static const char *token_in(const struct mail_message *m)
{
	const char *at = strstr(m->text, "/contact/");

	ck_assert_ptr_nonnull(at);
	at += strlen("/contact/");
	return arena_strndup(scene.arena, at, strcspn(at, " \r\n"));
}

/* ---- who gets it ---- */

enum said { SAID_YES = 0, SAID_NO, SAID_DOUBT, SAID_NOTHING, SAIDS };

/* What one person may write: every way to say yes, no, something unclear or nothing, in up to
 * three responses, by two forms of the same address. */
START_TEST(every_person_gets_it_once_or_not_at_all)
{
	static const char *const contacts[SAIDS] = {"yes", "no", "unknown", NULL};
	int64_t gets = 0, no = 0, unknown = 0, people = 0;
	struct report_back_audience who;

	for (int a = 0; a < SAIDS; a++)
		for (int b = 0; b <= SAIDS; b++, people++) {
			bool is_yes = a == SAID_YES || b == SAID_YES;
			bool is_no = a == SAID_NO || b == SAID_NO;
			bool in_doubt = a == SAID_DOUBT || b == SAID_DOUBT;

			(void)reply(
				arena_printf(scene.arena, "p%d.%d@example.test", a, b),
				contacts[a]);
			if (b < SAIDS)
				(void)reply(arena_printf(scene.arena,
							 "P%d.%d+tag@Example.Test", a, b),
					    contacts[b]);
			gets += is_yes && !is_no && !in_doubt;
			no += is_no;
			unknown += !is_no && (!is_yes || in_doubt);
		}
	SCENE_OK(&scene, report_back_audience(&scene.op, scene.arena, 1, &who, &err));
	ck_assert_int_eq(who.mailboxes, people);
	ck_assert_int_eq(who.count, gets);
	ck_assert_int_eq(who.fates[REPORT_BACK_NO], no);
	ck_assert_int_eq(who.fates[REPORT_BACK_NOT_KNOWN], unknown);
	approved();
	tend();
	ck_assert_int_eq(now().recipients, gets);
	ck_assert_int_eq(emails(""), gets);
	ck_assert_int_eq(
		number_of("SELECT count(DISTINCT mailbox) FROM notification WHERE "
			  "kind = 'report-back'"),
		gets);
	ck_assert_int_eq(
		number_of("SELECT count(*) FROM notification t JOIN respondent x ON "
			  "x.mailbox = t.mailbox WHERE t.kind = 'report-back' AND "
			  "x.contact = 'no'"),
		0);
}
END_TEST

START_TEST(nobody_is_written_to_in_place_of_another)
{
	const char *excluded = reply("gone@example.test", "yes");
	const char *sent_on = reply("colleague@example.test", "yes");
	struct report_back_audience who;

	(void)reply("barred@example.test", "yes");
	(void)reply("Words+x@updates.example.test", "yes"); /* an address of ours */
	(void)reply("fine@example.test", "yes");
	SCENE_OK(&scene, response_screen(&scene.op, excluded, "excluded", "spam", &err));
	run(arena_printf(scene.arena,
			 "UPDATE parsed SET forwarded_address = 'who@example.test' WHERE "
			 "inbound_id = (SELECT inbound_id FROM response WHERE id = "
			 "%" PRId64 ")",
			 scene_id(&scene, sent_on)));
	SCENE_OK(&scene, suppression_add(&scene.op, "barred@example.test", "asked",
					 &(int64_t){0}, &err));
	SCENE_OK(&scene, report_back_audience(&scene.op, scene.arena, 1, &who, &err));
	ck_assert_int_eq(who.count, 1);
	ck_assert_int_eq(who.fates[REPORT_BACK_EXCLUDED], 1);
	ck_assert_int_eq(who.fates[REPORT_BACK_NO_ADDRESS], 2);
	ck_assert_int_eq(who.fates[REPORT_BACK_SUPPRESSED], 1);
	approved();
	tend();
	ck_assert_int_eq(emails(""), 1);
	ck_assert_int_eq(emails("fine@example.test"), 1);
}
END_TEST

/* ---- who may do what, and when ---- */

START_TEST(nobody_approves_what_they_wrote)
{
	(void)reply("a@example.test", "yes");
	(void)save("What we did", "We did it.\n");
	REFUSED(report_back_approve(&scene.op, &newest, NULL, &err), ERR_CONFLICT,
		"You wrote this report back");
	stage_become(&scene, "Bea");
	REFUSED(report_back_approve(&scene.op, &newest, NULL, &err), ERR_CONFLICT,
		"nobody has asked");
	SCENE_OK(&scene, report_back_ask(&scene.op, &newest, &err));
	REFUSED(report_back_ask(&scene.op, &newest, &err), ERR_CONFLICT,
		"waits for its approval already");
	/* A comma of hers is a word of hers, and what was asked about is no more. */
	SCENE_OK(&scene, change(1, "We did it, all.\n", NULL, &err));
	ck_assert_int_eq(now().state, REPORT_BACK_DRAFT);
	SCENE_OK(&scene, report_back_ask(&scene.op, &newest, &err));
	REFUSED(report_back_approve(&scene.op, &newest, NULL, &err), ERR_CONFLICT,
		"You wrote this report back");
	stage_become(&scene, "Cat");
	REFUSED(report_back_approve(&scene.op, &newest, "another hash", &err),
		ERR_CONFLICT, "Bea has changed it since you opened it");
	SCENE_OK(&scene, report_back_approve(&scene.op, &newest, now().hash, &err));
	REFUSED(report_back_approve(&scene.op, &newest, NULL, &err), ERR_CONFLICT,
		"Cat has approved report back 1 already");
	REFUSED(change(1, "Something else.\n", NULL, &err), ERR_CONFLICT,
		"cannot be changed any more");
}
END_TEST

START_TEST(what_was_approved_is_never_changed)
{
	sqlite3 *db = NULL;

	(void)reply("a@example.test", "yes");
	approved();
	ck_assert_int_eq(sqlite3_open(scene.path, &db), SQLITE_OK);
	ck_assert_int_eq(
		sqlite3_exec(db, "UPDATE report_back SET text = 'x'", NULL, NULL, NULL),
		SQLITE_CONSTRAINT);
	sqlite3_close(db);
}
END_TEST

START_TEST(an_old_tab_changes_nothing)
{
	const char *seen;

	(void)save("What we did", "One.\n");
	seen = arena_strdup(scene.arena, now().hash);
	SCENE_OK(&scene, change(1, "Two.\n", seen, &err));
	REFUSED(change(1, "Three.\n", seen, &err), ERR_CONFLICT, "has changed it since");
	ck_assert_str_eq(now().text, "Two.\n");
}
END_TEST

START_TEST(words_that_cannot_go_out_are_refused)
{
	static const struct {
		const char *subject, *text, *says;
	} bad[] = {{"", "x", "write a subject"},
		   {" \t ", "x", "the subject is one line"},
		   {"a\nBcc: all@example.test", "x", "the subject is one line"},
		   {"x", "", "write what you asked"},
		   {"x", " \n\n", "write what you asked"},
		   {"x", "a\x01", "control"},
		   {"\xff", "x", "UTF-8"}};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		const struct report_back_words w = {.consultation = "words",
						    .subject = bad[i].subject,
						    .text = bad[i].text};
		int64_t number;

		REFUSED(report_back_save(&scene.op, &w, &number, &err), ERR_INPUT,
			bad[i].says);
	}
	REFUSED(report_back_get(&scene.op, scene.arena, &newest, &(struct report_back){0},
				&err),
		ERR_ABSENT, "no report back yet");
}
END_TEST

START_TEST(it_goes_to_somebody_or_is_not_approved)
{
	(void)reply("a@example.test", NULL);
	(void)save("What we did", "We did it.\n");
	SCENE_OK(&scene, report_back_ask(&scene.op, &newest, &err));
	stage_become(&scene, "Bea");
	REFUSED(report_back_approve(&scene.op, &newest, NULL, &err), ERR_CONFLICT,
		"there is nobody to send it to");
	ck_assert_int_eq(now().state, REPORT_BACK_ASKED);
}
END_TEST

/* ---- how it goes out ---- */

static void settle_all(void)
{
	run("UPDATE notification SET state = 'sent', settled_at = 1, mail = NULL WHERE kind = "
	    "'report-back' AND state = 'queued'");
}

START_TEST(many_go_out_some_at_a_time_and_each_once)
{
	bool did = true;
	int64_t most = 0;

	for (int i = 0; i < 450; i++)
		(void)reply(arena_printf(scene.arena, "n%d@example.test", i), "yes");
	approved();
	for (int turn = 0; turn < 20 && now().state == REPORT_BACK_APPROVED; turn++) {
		int64_t queued;

		SCENE_OK(&scene, report_backs_tend(&scene.op, &did, &err));
		SCENE_OK(&scene, report_backs_tend(&scene.op, &did, &err));
		queued = number_of("SELECT count(*) FROM notification WHERE kind = "
				   "'report-back' AND state = 'queued'");
		most = queued > most ? queued : most;
		settle_all();
	}
	ck_assert_int_eq(now().state, REPORT_BACK_SENT);
	ck_assert_int_eq(most, 200);
	ck_assert_int_eq(emails(""), 450);
	SCENE_OK(&scene, report_backs_tend(&scene.op, &did, &err));
	ck_assert(!did);
	ck_assert_int_eq(emails(""), 450);
}
END_TEST

START_TEST(email_says_why_it_came_and_how_to_end_it)
{
	const char *ref = reply("a@example.test", "yes");
	struct mail_message m;

	approved();
	tend();
	m = email_to("a@example.test");
	ck_assert_str_eq(m.subject, "What we did");
	ck_assert_ptr_nonnull(strstr(m.text, "More buses (https://bus.example/x)."));
	ck_assert_ptr_nonnull(strstr(m.text, ref));
	ck_assert_ptr_nonnull(strstr(m.text, "agreed that we may contact you again"));
	ck_assert_int_eq(m.to.count, 1);
	ck_assert_ptr_nonnull(strstr(m.reply_to.items[0].address, "words+r-"));
	ck_assert_int_eq(
		number_of("SELECT count(*) FROM notification WHERE kind = "
			  "'report-back' AND instr(mail, 'List-Unsubscribe-Post: "
			  "List-Unsubscribe=One-Click') AND instr(mail, "
			  "'https://updates.example.test/contact/')"),
		1);
}
END_TEST

START_TEST(whoever_ends_it_is_written_to_no_more)
{
	const char *first = reply("a@example.test", "yes");
	const char *second = reply("A+more@example.test", NULL);
	struct contact_page page;
	const char *token;
	struct mail_message m;

	(void)reply("b@example.test", "yes");
	approved();
	tend();
	m = email_to("a@example.test");
	token = token_in(&m);
	settle_all();
	SCENE_OK(&scene, contact_find(&scene.op, scene.arena, token, &page, &err));
	ck_assert(page.is_written_to);
	ck_assert_str_eq(page.mailbox, "a@example.test");
	for (int twice = 0; twice < 2; twice++)
		SCENE_OK(&scene, contact_end(&scene.op, token, "one-click", &err));
	SCENE_OK(&scene, contact_find(&scene.op, scene.arena, token, &page, &err));
	ck_assert(!page.is_written_to);
	ck_assert_str_eq(scene_respondent(&scene, first, "contact"), "no");
	ck_assert_str_eq(scene_respondent(&scene, second, "contact"), "no");
	stage_become(&scene, "Cat");
	approved();
	tend();
	ck_assert_int_eq(emails("a@example.test"), 1);
	ck_assert_int_eq(emails("b@example.test"), 2);
	REFUSED(contact_find(&scene.op, scene.arena, "nosuchtoken", &page, &err),
		ERR_ABSENT, "no such link");
}
END_TEST

/* Taken back after the approval, before its email is made and after. */
START_TEST(what_is_taken_back_in_between_holds)
{
	const char *before = reply("before@example.test", "yes");
	const char *after = reply("after@example.test", "yes");
	struct incoming_mail place = {0}, *places[] = {&place};
	struct outgoing *outgoing = outgoing_new(&scene.op);
	struct rate_limit *limit;
	AUTO(store_txn) t = NULL;
	struct report_back sent;
	struct store_table rows;
	struct outgoing_taking taking = {
		.now_ms = 1000, .places = places, .most = 1, .count = 9};

	(void)before;
	approved();
	stage_become(&scene, "Bea");
	SCENE_OK(&scene,
		 response_correct(&scene.op, before, NULL, NULL, "unknown", &err));
	stage_become(&scene, NULL);
	tend();
	ck_assert_int_eq(emails("before@example.test"), 0);
	ck_assert_int_eq(emails("after@example.test"), 1);
	ck_assert_int_eq(number_of("SELECT count(*) FROM report_back_recipient WHERE "
				   "left_out = 'not known'"),
			 1);
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, response_correct(&scene.op, after, NULL, NULL, "no", &err));
	stage_become(&scene, NULL);
	sent = now();
	limit = rate_limit_new(scene.settings);
	taking.rate_limit = limit;
	t = store_begin(scene.op.store, &why);
	SCENE_OK(&scene, report_back_tally(&scene.op, scene.arena, &sent, &rows, &err));
	ck_assert_uint_ge(rows.count, 1);
	SCENE_OK(&scene, report_back_recipients(&scene.op, scene.arena, &sent,
						(struct report_back_page){.most = 10},
						&rows, &err));
	ck_assert_uint_ge(rows.count, 1);
	SCENE_OK(&scene, outgoing_take(outgoing, &taking, &err));
	SCENE_OK(&scene, store_commit(&t, &err));
	for (size_t i = 0; i < taking.count; i++)
		ck_assert_str_ne(places[i]->recipient, "after@example.test");
	ck_assert_int_eq(number_of("SELECT count(*) FROM notification WHERE kind = "
				   "'report-back' AND state = 'skipped'"),
			 1);
	buf_clear(&place.bytes);
	rate_limit_free(&limit);
	outgoing_free(&outgoing);
}
END_TEST

START_TEST(what_is_cancelled_goes_no_further)
{
	int64_t withdrawn = 0;
	bool did;

	for (int i = 0; i < 250; i++)
		(void)reply(arena_printf(scene.arena, "n%d@example.test", i), "yes");
	approved();
	SCENE_OK(&scene, report_backs_tend(&scene.op, &did, &err));
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, report_back_cancel(&scene.op, &newest, &withdrawn, &err));
	ck_assert_int_eq(withdrawn, 200);
	REFUSED(report_back_cancel(&scene.op, &newest, &withdrawn, &err), ERR_CONFLICT,
		"is not being sent");
	stage_become(&scene, NULL);
	SCENE_OK(&scene, report_backs_tend(&scene.op, &did, &err));
	ck_assert(!did);
	ck_assert_int_eq(emails(""), 200);
	ck_assert_int_eq(number_of("SELECT count(*) FROM notification WHERE kind = "
				   "'report-back' AND state = 'queued'"),
			 0);
}
END_TEST

START_TEST(preview_is_the_email_and_nobody_else_s_link)
{
	const struct report_back_words w = {
		.consultation = "words", .subject = "S", .text = "## We did\n\nIt.\n"};
	struct report_back_email email;

	SCENE_OK(&scene, report_back_preview(&scene.op, scene.arena, &w, &email, &err));
	ck_assert_str_eq(email.subject, "S");
	ck_assert_ptr_nonnull(strstr(email.text, "We did"));
	ck_assert_ptr_nonnull(strstr(email.text, "/contact/…"));
}
END_TEST

static bool waits_for(const char *who)
{
	struct needs needs;

	stage_become(&scene, who);
	SCENE_OK(&scene, needs_load(&scene.op, scene.arena, &needs, &err));
	for (size_t i = 0; i < needs.count; i++)
		if (needs.items[i].kind == NEED_REPORT_BACK)
			return true;
	return false;
}

START_TEST(what_waits_for_approval_is_said_to_who_may)
{
	const char *writer = scene.op.who;

	(void)reply("a@example.test", "yes");
	(void)save("What we did", "We did it.\n");
	ck_assert(!waits_for("Bea"));
	SCENE_OK(&scene, report_back_ask(&scene.op, &newest, &err));
	ck_assert(waits_for("Bea"));
	ck_assert(!waits_for(writer));
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, report_back_approve(&scene.op, &newest, NULL, &err));
	ck_assert(!waits_for("Cat"));
}
END_TEST

/* A person said that both are of one writer, who wrote from two mailboxes. */
START_TEST(a_no_holds_for_what_is_linked_to_it)
{
	const char *yes = reply("one@example.test", "yes");
	const char *no = reply("other@example.test", "no");
	struct report_back_audience who;

	SCENE_OK(&scene, report_back_audience(&scene.op, scene.arena, 1, &who, &err));
	ck_assert_int_eq(who.count, 1);
	run(arena_printf(
		scene.arena,
		"DELETE FROM link; INSERT INTO link (response_id, of_id, as_what, state, by_what, at) "
		"VALUES (%" PRId64 ", %" PRId64 ", 'amendment', 'holds', 'person', 1)",
		scene_id(&scene, no), scene_id(&scene, yes)));
	SCENE_OK(&scene, report_back_audience(&scene.op, scene.arena, 1, &who, &err));
	ck_assert_int_eq(who.count, 0);
	ck_assert_int_eq(who.fates[REPORT_BACK_NO], 2);
}
END_TEST

START_TEST(a_restored_store_tells_nobody_twice)
{
	struct copy_held held;
	bool did;

	for (int i = 0; i < 250; i++)
		(void)reply(arena_printf(scene.arena, "n%d@example.test", i), "yes");
	approved();
	SCENE_OK(&scene, report_backs_tend(&scene.op, &did, &err));
	SCENE_OK(&scene, copy_hold(&scene.op, "a copy", COPY_LEDGER_OLD, &held, &err));
	ck_assert_int_eq(held.told, 50);
	tend();
	ck_assert_int_eq(emails(""), 200);
	ck_assert_int_eq(number_of("SELECT count(*) FROM notification WHERE kind = "
				   "'report-back' AND state <> 'in doubt'"),
			 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("report_back");
	TCase *tc = tcase_create("report_back");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_set_timeout(tc, 0);
	tcase_add_test(tc, every_person_gets_it_once_or_not_at_all);
	tcase_add_test(tc, nobody_is_written_to_in_place_of_another);
	tcase_add_test(tc, nobody_approves_what_they_wrote);
	tcase_add_test(tc, what_waits_for_approval_is_said_to_who_may);
	tcase_add_test(tc, a_no_holds_for_what_is_linked_to_it);
	tcase_add_test(tc, a_restored_store_tells_nobody_twice);
	tcase_add_test(tc, what_was_approved_is_never_changed);
	tcase_add_test(tc, an_old_tab_changes_nothing);
	tcase_add_test(tc, words_that_cannot_go_out_are_refused);
	tcase_add_test(tc, it_goes_to_somebody_or_is_not_approved);
	tcase_add_test(tc, many_go_out_some_at_a_time_and_each_once);
	tcase_add_test(tc, email_says_why_it_came_and_how_to_end_it);
	tcase_add_test(tc, preview_is_the_email_and_nobody_else_s_link);
	tcase_add_test(tc, whoever_ends_it_is_written_to_no_more);
	tcase_add_test(tc, what_is_taken_back_in_between_holds);
	tcase_add_test(tc, what_is_cancelled_goes_no_further);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
