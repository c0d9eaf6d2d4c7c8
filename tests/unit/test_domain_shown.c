/* What pages, commands and roles ask of the domain, on a store where it finds something. */
#include "tests/unit/domain_house.h"

#include "domain/admin/account.h"
#include "domain/admin/attempt.h"
#include "domain/admin/consultation.h"
#include "domain/admin/notification.h"
#include "domain/admin/session.h"
#include "domain/approval/approval.h"
#include "domain/bulletins/archive.h"
#include "domain/bulletins/bulletin_list.h"
#include "domain/campaigns/campaign.h"
#include "domain/coding/codeframe.h"
#include "domain/coding/coding.h"
#include "domain/coding/tag.h"
#include "domain/core/audit.h"
#include "domain/core/undo.h"
#include "domain/delivery/bounce.h"
#include "domain/delivery/outgoing.h"
#include "domain/intake/attachment_text.h"
#include "domain/intake/inbound_look.h"
#include "domain/intake/mailbox.h"
#include "domain/intake/rule.h"
#include "domain/publication/publication.h"
#include "domain/publication/published.h"
#include "domain/queue/backlog.h"
#include "domain/queue/lost.h"
#include "domain/responses/mail_thread.h"
#include "domain/responses/reference.h"
#include "domain/responses/response_proposal.h"
#include "domain/responses/response_record.h"
#include "domain/sorting/mail_reply.h"
#include "domain/sorting/typed_scan.h"
#include "domain/sorting/unsorted.h"
#include "domain/subscribers/address_change.h"
#include "domain/subscribers/subscriber_find.h"
#include "domain/subscribers/suppress.h"
#include "base/str.h"
#include "doctor/status.h"
#include "store/store.h"

static struct err err;

#define OK(call) ck_assert_msg((call), "%s: %s", #call, err.text)
#define REFUSED(call, kind_)                                                 \
	do {                                                                 \
		ck_assert_msg(!(call), "%s", #call);                         \
		ck_assert_msg(err.kind == (kind_), "%s: got %s (%s)", #call, \
			      err_name(err.kind), err.text);                 \
		err = (struct err){0};                                       \
	} while (0)

static const char anna[] = "anna@example.org";

static const char *cell(const struct store_table *t, size_t row, const char *column)
{
	struct store_row r = table_row(t, row);

	return str_or(row_text(&r, column), "");
}

START_TEST(who_is_there_is_listed)
{
	struct store_table t;
	int64_t n;
	bool any;

	OK(account_list(&house.op, house.arena, &t, &err));
	ck_assert_uint_ge(t.count, 2);
	ck_assert_str_eq(cell(&t, 0, "name"), "jean");
	(void)house_joins("children", anna);
	OK(notification_list(&house.op, house.arena, NULL, 10, &t, &err));
	ck_assert_uint_ge(t.count, 1);
	REFUSED(notification_list(&house.op, house.arena, "lost", 10, &t, &err),
		ERR_INPUT);
	OK(suppression_any(&house.op, &any, &err));
	ck_assert(!any);
	OK(suppression_add(&house.op, "no@example.org", "asked us", &n, &err));
	OK(suppression_list(&house.op, house.arena, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	ck_assert_str_eq(cell(&t, 0, "reason"), "asked us");
	REFUSED(attempt_wrong(&err), ERR_REFUSED);
	REFUSED(undo_moved_on(&err), ERR_CONFLICT);
	REFUSED(undo_damaged(&err), ERR_SYSTEM);
}
END_TEST

START_TEST(own_password_is_asked_for_again)
{
	struct sign_in asked = {
		.name = "jean", .password = "a long password", .source = "192.0.2.1"};

	OK(account_password(&house.op, "jean", "a long password", &err));
	OK(attempt_own_password(&house.op, house.arena, &asked, &err));
	asked.password = "another password";
	REFUSED(attempt_own_password(&house.op, house.arena, &asked, &err), ERR_REFUSED);
}
END_TEST

START_TEST(form_is_taken_once)
{
	AUTO(store_txn) t = NULL;
	bool first, took;

	OK(session_took_form(&house.op, "a form", &took, &err));
	ck_assert(!took);
	t = store_begin(house.op.store, &err);
	ck_assert_ptr_nonnull(t);
	OK(session_takes_form(&house.op, "a form", &first, &err));
	ck_assert(first);
	OK(session_takes_form(&house.op, "a form", &first, &err));
	ck_assert(!first);
	OK(store_commit(&t, &err));
	OK(session_took_form(&house.op, "a form", &took, &err));
	ck_assert(took);
}
END_TEST

START_TEST(list_and_who_is_on_it_are_shown)
{
	struct list list = house_list("children");
	int64_t subscription = house_adds("children", anna, "neglect"), person;
	struct subscriber_filter all = {.list_id = list.id, .most = 10};
	struct store_table t;
	struct store_row row;
	const char *now;

	person = house_int("SELECT id FROM person WHERE address_key = '%s'", anna);
	OK(lists_all(&house.op, house.arena, &t, &err));
	ck_assert_uint_eq(t.count, 2);
	ck_assert_str_eq(cell(&t, 0, "name"), "children");
	OK(list_shown(&house.op, house.arena, "children", &row, &err));
	REFUSED(list_shown(&house.op, house.arena, "nobody", &row, &err), ERR_ABSENT);
	OK(subscribers_by_state(&house.op, house.arena, list.id, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	ck_assert_str_eq(cell(&t, 0, "state"), "active");
	OK(subscriber_list(&house.op, house.arena, &all, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	OK(person_by_id(&house.op, house.arena, person, &row, &err));
	REFUSED(person_by_id(&house.op, house.arena, 999, &row, &err), ERR_ABSENT);
	OK(person_on_list(&house.op, house.arena, list.id, person, &row, &err));
	REFUSED(person_on_list(&house.op, house.arena, house_list("forum").id, person,
			       &row, &err),
		ERR_ABSENT);
	OK(subscriptions_of_key(&house.op, house.arena, anna, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	OK(evidence_of(&house.op, house.arena, subscription, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	OK(person_formerly(&house.op, house.arena, "former@example.org", &now, &err));
	ck_assert_ptr_null(now);
}
END_TEST

START_TEST(subscriber_changes_what_they_asked_for)
{
	struct self_service self;
	struct address_change change;
	struct list list = house_list("children");
	int64_t subscription = house_joins("children", anna);

	OK(preferences_of_address(&house.op, anna, &self, &err));
	OK(address_change_open(&house.op, house.arena, &self, &change, &err));
	ck_assert_ptr_null(change.new_address);
	OK(address_change_cancel(&house.op, &self, &err));
	house_leaves("children", anna);
	ck_assert_str_eq(house_state("children", anna), "unsubscribed");
	REFUSED(preferences_return(&house.op, &self, subscription, list.wording_id + 99,
				   &err),
		ERR_INPUT);
	OK(preferences_return(&house.op, &self, subscription, list.wording_id, &err));
	ck_assert_str_eq(house_state("children", anna), "active");
}
END_TEST

START_TEST(bulletin_is_begun_found_and_asked_about)
{
	struct list list = house_list("children");
	struct wording wording;
	struct bulletin b;
	struct store_table t;
	const char *text;
	int64_t number;
	bool needs;

	OK(archive_wording(&house.op, house.arena, &list, &wording, &err));
	ck_assert(*wording.text);
	OK(bulletin_next(&house.op, house.arena, "children", &text, &err));
	ck_assert(str_starts(text, "---\n"));
	REFUSED(bulletin_next(&house.op, house.arena, "nobody", &text, &err), ERR_ABSENT);
	OK(bulletin_untouched(&house.op, house.arena, &list, text, &number, &err));
	ck_assert_int_eq(number, 0);
	number = house_drafts("children", NULL);
	OK(bulletin_search(&house.op, house.arena, "no such word", &t, &err));
	ck_assert_uint_eq(t.count, 0);
	OK(bulletin_load(&house.op, house.arena, "children", number, &b, &err));
	OK(bulletin_search(&house.op, house.arena, b.title, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	OK(approval_needs_agreement(&house.op, &b, &needs, &err));
	ck_assert(!needs);
}
END_TEST

START_TEST(audit_says_when_and_what_was_done)
{
	struct audit_acts acts = {.subject = "bulletin", .named = "bulletin *"};
	struct store_table t;
	struct bulletin b;
	int64_t at, last;

	OK(audit_backup_at(&house.op, &at, &err));
	ck_assert_int_eq(at, 0);
	OK(bulletin_load(&house.op, house.arena, "children",
			 house_drafts("children", NULL), &b, &err));
	OK(audit_last_at(&house.op, &at, &err));
	ck_assert_int_eq(at, house.op.now);
	acts.subject_id = b.id;
	OK(audit_acts_last(&house.op, &acts, &last, &err));
	ck_assert_int_gt(last, 0);
	OK(audit_acts_since(&house.op, house.arena, &acts, 0, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	OK(audit_acts_since(&house.op, house.arena, &acts, last, &t, &err));
	ck_assert_uint_eq(t.count, 0);
}
END_TEST

START_TEST(what_waits_and_what_is_lost_is_noted)
{
	struct outgoing *out = outgoing_new(&house.op);
	struct rate_limit *limit = rate_limit_new(house.settings);
	enum mailbox_state known = MAILBOX_UNKNOWN;
	struct store_table t;
	struct mailbox box;
	int64_t n;

	(void)house_adds("children", anna, "all");
	(void)house_drafts("children", NULL);
	house_sends("children", 1);
	OK(outgoing_waiting(out, 10, &n, &err));
	ck_assert_int_eq(n, 1);
	OK(outgoing_tell(out, limit, 1000, &err));
	OK(outgoing_note_relay(out, house.settings->relays[0].name, OUTGOING_RELAY_LOST,
			       &err));
	OK(lost_note_role(&house.op, "web", LOST_LOST, &err));
	OK(mailbox_open(&house.op, "main", &box, &err));
	OK(mailbox_note(&house.op, box.id, MAILBOX_LOST, &known, &err));
	ck_assert_int_eq(known, MAILBOX_LOST);
	OK(lost_for(&house.op, house.arena, 0, &t, &err));
	ck_assert_uint_ge(t.count, 1);
	n = (int64_t)t.count;
	OK(lost_forget_roles(&house.op, &err));
	OK(lost_for(&house.op, house.arena, 0, &t, &err));
	ck_assert_int_eq((int64_t)t.count, n - 1);
	outgoing_free(&out);
	rate_limit_free(&limit);
}
END_TEST

static int64_t writes(const char *from, const char *text)
{
	struct mail_message m =
		house_mail(from, "cruelty@lists.example.org", "My view", text);

	return house_comes(&m);
}

START_TEST(response_is_shown_with_its_mail)
{
	int64_t mail, n;
	struct response r;
	struct response_record record;
	struct response_mail original;
	struct store_table t;

	house_consults();
	mail = writes(anna, "Buses are late.");
	ck_assert_int_eq(house_int("SELECT count(*) FROM response"), 1);
	OK(response_find(&house.op, house.arena, "cruelty-0001", &r, &err));
	OK(response_record_load(&house.op, house.arena, &r, &record, &err));
	ck_assert_uint_eq(record.notes.count, 0);
	OK(response_mail(&house.op, house.arena, r.id, &original, &err));
	ck_assert_str_eq(original.subject, "My view");
	REFUSED(response_mail(&house.op, house.arena, 999, &original, &err), ERR_ABSENT);
	OK(mail_letters(&house.op, house.arena, mail, &t, &err));
	OK(inbound_counts(&house.op, house.arena, &t, &err));
	ck_assert_uint_ge(t.count, 1);
	OK(inbound_unread(&house.op, &n, &err));
	ck_assert_int_eq(n, 0);
	OK(unsorted_erasing(&house.op, house.arena, &n, &err));
	ck_assert_int_eq(n, 0);
	OK(bounces_of_mail(&house.op, house.arena, mail, &t, &err));
	ck_assert_uint_eq(t.count, 0);
	OK(bounce_list(&house.op, house.arena, &(struct bounce_filter){.most = 10}, &t,
		       &err));
	ck_assert_uint_eq(t.count, 0);
	REFUSED(bounce_list(&house.op, house.arena,
			    &(struct bounce_filter){.list = "nobody", .most = 10}, &t,
			    &err),
		ERR_ABSENT);
}
END_TEST

START_TEST(what_waits_is_counted)
{
	struct status status;
	struct backlog now;
	struct store_table t;

	house_consults();
	(void)writes(anna, "Buses are late.");
	OK(backlog_now(&house.op, house.arena, &now, &err));
	ck_assert(now.unread == 0 && now.sending == 0 && now.notifications >= 1);
	OK(backlog_mailboxes(&house.op, house.arena, &t, &err));
	ck_assert_uint_le(t.count, house.settings->mailbox_count);
	OK(status_read(&house.op, house.arena, &status, &err));
	ck_assert_uint_gt(status.count, 0);
}
END_TEST

START_TEST(mail_is_meant_for_the_one_that_it_names)
{
	struct consultation c;
	struct mail_message m =
		house_mail(anna, "cruelty@lists.example.org", "Hello", "Words.");
	const char *note;

	house_consults();
	OK(consultation_named(&house.op, house.arena, "cruelty", &c, &err));
	OK(mail_thread_meant(&house.op, house.arena, &m, &c, &note, &err));
	ck_assert_ptr_null(note);
	ck_assert_str_eq(c.name, "cruelty");
}
END_TEST

START_TEST(consultation_and_what_hangs_on_it_are_listed)
{
	struct code_merge_counts counts;
	struct coded_passage whole = {.whole = true};
	int64_t id, bus, train, coding, change;
	struct store_table t;
	struct code code;

	house_consults();
	(void)writes(anna, "Buses are late.");
	OK(consultations_all(&house.op, house.arena, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	id = house_int("SELECT id FROM consultation");
	OK(consultation_extensions(&house.op, house.arena, id, &t, &err));
	ck_assert_uint_eq(t.count, 0);
	OK(campaign_list(&house.op, house.arena, id, &t, &err));
	ck_assert_uint_eq(t.count, 0);
	OK(campaign_choices(&house.op, house.arena, id, &t, &err));
	ck_assert_uint_eq(t.count, 0);
	OK(rule_list(&house.op, house.arena, &t, &err));
	ck_assert_uint_eq(t.count, 0);
	OK(response_proposals_in(&house.op, house.arena, "cruelty", NULL, &t, &err));
	REFUSED(response_proposals_in(&house.op, house.arena, "nobody", NULL, &t, &err),
		ERR_ABSENT);
	OK(code_add(&house.op,
		    &(struct code_new){.consultation = "cruelty", .name = "bus"}, &bus,
		    NULL, &err));
	OK(code_add(&house.op,
		    &(struct code_new){.consultation = "cruelty", .name = "train"},
		    &train, NULL, &err));
	OK(coding_put(&house.op,
		      &(struct coding_new){.reference = "cruelty-0001",
					   .code_id = bus,
					   .where = &whole},
		      &coding, &change, &err));
	OK(tag_choices(&house.op, house.arena, id, &t, &err));
	ck_assert_uint_eq(t.count, 2);
	ck_assert_str_eq(cell(&t, 0, "name"), "bus");
	OK(code_get(&house.op, house.arena, bus, &code, &err));
	OK(code_merge_count(&house.op, &code, train, &counts, &err));
	ck_assert(counts.passages == 1 && counts.own == 1 && counts.other == 0);
}
END_TEST

START_TEST(what_is_published_is_counted_and_written)
{
	AUTO(buf) csv = buf_new(1 << 16);
	struct published_filter any = {.question = -1, .most = 10};
	struct publication_preview preview;
	struct publication_whole whole;
	struct published_item item;
	struct publication *p;
	struct store_table t;
	int64_t id, *counts;
	size_t count;

	house_consults();
	(void)writes(anna, "Buses are late.");
	id = house_int("SELECT id FROM consultation");
	OK(publication_list(
		&house.op, house.arena,
		&(struct publication_look){.consultation = "cruelty", .most = 10}, &p,
		&count, &err));
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(p[0].reference, "cruelty-0001");
	REFUSED(publication_list(
			&house.op, house.arena,
			&(struct publication_look){.consultation = "nobody", .most = 10},
			&p, &count, &err),
		ERR_ABSENT);
	OK(publication_preview(&house.op, house.arena, &p[0], "anonymous", &preview,
			       &err));
	OK(publication_counts(&house.op, house.arena, "cruelty", &counts, &err));
	OK(publication_whole(&house.op, house.arena, id, &whole, &err));
	ck_assert_int_eq(whole.released_at, 0);
	OK(publication_whole_set(&house.op, "cruelty", PUBLICATION_RELEASE_ALL, &err));
	OK(publication_whole(&house.op, house.arena, id, &whole, &err));
	ck_assert_int_eq(whole.released_at, house.op.now);
	REFUSED(published_find(&house.op, house.arena, id, "nothing", &item, &err),
		ERR_ABSENT);
	OK(published_organisations(&house.op, house.arena, id, &t, &err));
	ck_assert_uint_eq(t.count, 0);
	OK(published_csv(&house.op, house.arena, id, &any, csv, &err));
}
END_TEST

START_TEST(file_that_waits_is_read_or_given_up)
{
	struct mail_attachment file = {.name = "a.pdf",
				       .type = "application/pdf",
				       .bytes = "%PDF-1.4\n",
				       .size = 9,
				       .sha256 = "00"};
	struct mail_message m =
		house_mail(anna, "cruelty@lists.example.org", "My view", "See the file.");
	struct waiting_text waiting;
	int64_t first, second;

	house_consults();
	REFUSED(attachment_text_next(&house.op, house.arena, &waiting, &err), ERR_ABSENT);
	m.attachments = &file;
	m.attachment_count = 1;
	first = house_comes(&m);
	second = house_comes(&m);
	OK(attachment_text_next(&house.op, house.arena, &waiting, &err));
	ck_assert(waiting.inbound_id == first && waiting.count == 1);
	OK(attachment_text_give_up(&house.op, first, "it is no PDF", &err));
	OK(attachment_text_next(&house.op, house.arena, &waiting, &err));
	ck_assert_int_eq(waiting.inbound_id, second);
	OK(attachment_text_abandon(&house.op, second, "reading it ended the program",
				   &err));
	REFUSED(attachment_text_next(&house.op, house.arena, &waiting, &err), ERR_ABSENT);
}
END_TEST

START_TEST(scan_becomes_pages_beside_a_response)
{
	struct typed_file file = {.name = "letter.pdf",
				  .type = "application/pdf",
				  .bytes = "%PDF-",
				  .len = 5};
	struct scan_chosen chosen = {.token = "abcdefgh12", .files = &file, .count = 1};
	struct scan_picture drawn = {.bytes = "PNG", .len = 3}, page;
	struct scan_waiting waiting;
	const char *token;
	struct scan scan;
	int64_t mail;

	house_consults();
	mail = writes(anna, "Buses are late.");
	chosen.consultation_id = house_int("SELECT id FROM consultation");
	REFUSED(scan_next(&house.op, house.arena, &waiting, &err), ERR_ABSENT);
	OK(scan_keep(&house.op, &chosen, &err));
	OK(scan_next(&house.op, house.arena, &waiting, &err));
	ck_assert(waiting.len == 5 && !memcmp(waiting.bytes, "%PDF-", 5));
	OK(scan_page_keep(&house.op, waiting.id, 1, &drawn, &err));
	OK(scan_end(&house.op, waiting.id, NULL, &err));
	OK(scan_look(&house.op, house.arena, chosen.consultation_id, chosen.token, &scan,
		     &err));
	ck_assert(scan.pages == 1 && !scan.is_waiting && scan.files.count == 1);
	OK(scan_page(&house.op, house.arena, &scan, 1, &page, &err));
	ck_assert(page.len == 3 && !memcmp(page.bytes, "PNG", 3));
	REFUSED(scan_page(&house.op, house.arena, &scan, 2, &page, &err), ERR_ABSENT);
	chosen.files = NULL;
	chosen.count = 0;
	OK(scan_files(&house.op, house.arena, &chosen, &err));
	ck_assert_uint_eq(chosen.count, 1);
	REFUSED(scan_of_mail(&house.op, house.arena, mail, &token, &err), ERR_ABSENT);
	OK(scan_added(&house.op, chosen.consultation_id, chosen.token, mail, &err));
	OK(scan_of_mail(&house.op, house.arena, mail, &token, &err));
	ck_assert_str_eq(token, "abcdefgh12");
	OK(scans_forget(&house.op, &err));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("op shown");
	TCase *tc = tcase_create("shown");

	tcase_add_checked_fixture(tc, house_open, house_close);
	tcase_add_test(tc, who_is_there_is_listed);
	tcase_add_test(tc, own_password_is_asked_for_again);
	tcase_add_test(tc, form_is_taken_once);
	tcase_add_test(tc, list_and_who_is_on_it_are_shown);
	tcase_add_test(tc, subscriber_changes_what_they_asked_for);
	tcase_add_test(tc, bulletin_is_begun_found_and_asked_about);
	tcase_add_test(tc, audit_says_when_and_what_was_done);
	tcase_add_test(tc, what_waits_and_what_is_lost_is_noted);
	tcase_add_test(tc, response_is_shown_with_its_mail);
	tcase_add_test(tc, what_waits_is_counted);
	tcase_add_test(tc, mail_is_meant_for_the_one_that_it_names);
	tcase_add_test(tc, consultation_and_what_hangs_on_it_are_listed);
	tcase_add_test(tc, what_is_published_is_counted_and_written);
	tcase_add_test(tc, file_that_waits_is_read_or_given_up);
	tcase_add_test(tc, scan_becomes_pages_beside_a_response);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
