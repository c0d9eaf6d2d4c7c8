/* What lists and pages ask of the domain: mails as they are kept, mailboxes, the ledger. */
#include "tests/unit/domain_house.h"

#include "domain/bulletins/bulletin_list.h"
#include "domain/delivery/ledger.h"
#include "domain/intake/inbound.h"
#include "domain/intake/inbound_look.h"
#include "domain/intake/mailbox.h"
#include "base/str.h"

#include <inttypes.h>

static struct err err;

#define OK(call) ck_assert_msg((call), "%s: %s", #call, err.text)
#define REFUSED(call, kind_, words)                                                    \
	do {                                                                           \
		ck_assert_msg(!(call), "%s", #call);                                   \
		ck_assert_msg(err.kind == (kind_) && strstr(err.text, (words)),        \
			      "%s: got %s (%s)", #call, err_name(err.kind), err.text); \
		err = (struct err){0};                                                 \
	} while (0)

static int64_t keep(int64_t mailbox_id, const char *item, const char *bytes)
{
	struct arrival mail = {.mailbox_id = mailbox_id,
			       .item = item,
			       .bytes = bytes,
			       .len = strlen(bytes)};
	bool is_new;

	OK(inbound_keep(&house.op, &mail, &is_new, &err));
	ck_assert(is_new);
	return house_int("SELECT max(id) FROM inbound");
}

START_TEST(mailbox_is_read_on_from_where_it_was)
{
	struct mailbox box, again, read_to;

	REFUSED(mailbox_named(&house.op, "spare", &box, &err), ERR_ABSENT, "");
	OK(mailbox_open(&house.op, "spare", &box, &err));
	ck_assert(box.id > 0 && box.uidvalidity == 0 && box.last_uid == 0);
	read_to = (struct mailbox){.id = box.id, .uidvalidity = 7, .last_uid = 41};
	OK(mailbox_read_to(&house.op, &read_to, &err));
	ck_assert_int_eq(house_int("SELECT seen_at FROM mailbox WHERE name = 'spare'"),
			 house.op.now);
	OK(mailbox_open(&house.op, "spare", &again, &err));
	ck_assert(again.id == box.id && again.uidvalidity == 7 && again.last_uid == 41);
	OK(mailbox_named(&house.op, "spare", &again, &err));
	ck_assert(again.id == box.id && again.uidvalidity == 7 && again.last_uid == 41);
	ck_assert_int_eq(house_int("SELECT count(*) FROM mailbox WHERE name = 'spare'"),
			 1);
}
END_TEST

START_TEST(mailbox_knows_the_mails_that_were_taken)
{
	struct mailbox box, other;
	bool has = false;

	OK(mailbox_open(&house.op, "spare", &box, &err));
	OK(mailbox_open(&house.op, "other", &other, &err));
	(void)keep(box.id, "7/1", "one");
	OK(mailbox_has(&house.op, box.id, "7/1", &has, &err));
	ck_assert(has);
	OK(mailbox_has(&house.op, box.id, "7/2", &has, &err));
	ck_assert(!has);
	OK(mailbox_has(&house.op, other.id, "7/1", &has, &err));
	ck_assert(!has);
}
END_TEST

typedef bool some_fn(struct operation *op, struct arena *arena,
		     const struct inbound_some *which, struct inbound_mail **out,
		     size_t *out_count, struct err *err);

/* How much of three mails of ten bytes comes at once. */
static const struct {
	const char *name;
	some_fn *ask;
	int64_t passed; /* of the three */
	int64_t most, most_bytes;
	size_t want;
} portions[] = {
	{"all that is new", inbound_new, 0, 10, 100, 3},
	{"so many of it", inbound_new, 0, 2, 100, 2},
	{"what has the room", inbound_new, 0, 10, 20, 2},
	{"the first one always", inbound_new, 0, 10, 1, 1},
	{"what comes after", inbound_new, 2, 10, 100, 1},
	{"all that was read", inbound_done, 0, 10, 100, 3},
	{"so many of what was read", inbound_done, 0, 2, 100, 2},
	{"what was read until the room is taken", inbound_done, 0, 10, 15, 2},
	{"the first that was read", inbound_done, 0, 10, 1, 1},
	{"what was read after", inbound_done, 2, 10, 100, 1},
};

START_TEST(mails_come_in_their_order_a_portion_at_a_time)
{
	bool done = portions[_i].ask == inbound_done;
	struct inbound_some which = {.most = portions[_i].most,
				     .most_bytes = portions[_i].most_bytes};
	struct inbound_mail *got;
	int64_t ids[3], read;
	size_t count;

	for (int i = 0; i < 3; i++)
		ids[i] = keep(house.mailbox_id, arena_printf(house.arena, "look/%d", i),
			      arena_printf(house.arena, "mail of %02d", i));
	if (done)
		house_do(
			"UPDATE inbound SET state = 'done', kind = 'human', taken_as = 'unsorted'");
	OK(inbound_done_count(&house.op, &read, &err));
	ck_assert_int_eq(read, done ? 3 : 0);
	if (portions[_i].passed)
		which.after = ids[portions[_i].passed - 1];
	OK(portions[_i].ask(&house.op, house.arena, &which, &got, &count, &err));
	ck_assert_msg(count == portions[_i].want, "%s: got %zu, want %zu",
		      portions[_i].name, count, portions[_i].want);
	for (size_t i = 0; i < count; i++) {
		const char *want = arena_printf(house.arena, "mail of %02d",
						(int)(portions[_i].passed + (int64_t)i));

		ck_assert_int_eq(got[i].id, ids[portions[_i].passed + (int64_t)i]);
		ck_assert_int_eq(got[i].received_at, house.op.now);
		ck_assert(got[i].len == strlen(want) &&
			  memcmp(got[i].bytes, want, got[i].len) == 0);
	}
	/* Nothing is both. */
	which = (struct inbound_some){.most = 10, .most_bytes = 100};
	OK((done ? inbound_new : inbound_done)(&house.op, house.arena, &which, &got,
					       &count, &err));
	ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(mail_is_shown_as_it_is_kept_or_is_said_to_be_none)
{
	struct inbound_filter filter = {.most = 10};
	struct store_table t;
	struct store_row row;
	const void *bytes;
	size_t len;
	int64_t id = keep(house.mailbox_id, "look/1", "as it came");

	OK(inbound_raw(&house.op, house.arena, id, &bytes, &len, &err));
	ck_assert(len == 10 && memcmp(bytes, "as it came", len) == 0);
	OK(inbound_shown(&house.op, house.arena, id, &row, &err));
	ck_assert_str_eq(row_text(&row, "item"), "look/1");
	OK(inbound_files(&house.op, house.arena, id, &t, &err));
	ck_assert_uint_eq(t.count, 0);
	REFUSED(inbound_raw(&house.op, house.arena, id + 1, &bytes, &len, &err),
		ERR_ABSENT, "there is no mail");
	REFUSED(inbound_shown(&house.op, house.arena, id + 1, &row, &err), ERR_ABSENT,
		"there is no mail");
	OK(inbound_list(&house.op, house.arena, &filter, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	filter.taken_as = "unsorted";
	OK(inbound_list(&house.op, house.arena, &filter, &t, &err));
	ck_assert_uint_eq(t.count, 0);
	filter.taken_as = "lost";
	REFUSED(inbound_list(&house.op, house.arena, &filter, &t, &err), ERR_INPUT,
		"lost");
	filter = (struct inbound_filter){.kind = "martian", .most = 10};
	REFUSED(inbound_list(&house.op, house.arena, &filter, &t, &err), ERR_INPUT,
		"martian");
}
END_TEST

START_TEST(ledger_is_asked_by_state_address_and_page)
{
	struct ledger_filter filter = {.state = "queued"};
	struct bulletin b;
	struct store_table t;
	struct store_row row;
	int64_t subscription = house_adds("children", "ada@x.example", NULL);

	(void)house_adds("children", "bob@x.example", NULL);
	(void)house_drafts("children", "text\n");
	house_sends("children", 1);
	OK(bulletin_load(&house.op, house.arena, "children", 1, &b, &err));
	OK(ledger_list(&house.op, house.arena, b.id, &filter, &t, &err));
	ck_assert_uint_eq(t.count, 2);
	filter.address = "Bob@X.example";
	OK(ledger_list(&house.op, house.arena, b.id, &filter, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	row = table_row(&t, 0);
	ck_assert_str_eq(row_text(&row, "address"), "bob@x.example");
	OK(ledger_attempts(&house.op, house.arena, row_int(&row, "id"), &t, &err));
	ck_assert_uint_eq(t.count, 0);
	filter.address = "nobody";
	REFUSED(ledger_list(&house.op, house.arena, b.id, &filter, &t, &err), ERR_INPUT,
		"");
	filter = (struct ledger_filter){.after = subscription, .most = 10};
	OK(ledger_page(&house.op, house.arena, b.id, &filter, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	filter.state = "lost";
	REFUSED(ledger_page(&house.op, house.arena, b.id, &filter, &t, &err), ERR_INPUT,
		"lost");
	OK(ledger_of(&house.op, house.arena, subscription, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	row = table_row(&t, 0);
	ck_assert_int_eq(row_int(&row, "number"), 1);
}
END_TEST

START_TEST(bulletin_says_who_wrote_tested_and_approved_it)
{
	const char *const to[] = {"jean@gov.example"};
	struct bulletin_step step;
	struct store_table t;
	struct store_row row;
	struct bulletin b;

	(void)house_adds("children", "ada@x.example", NULL);
	(void)house_drafts("children", "text\n");
	house_do("UPDATE staff SET email = '%s' WHERE name = 'jean'", to[0]);
	OK(bulletin_load(&house.op, house.arena, "children", 1, &b, &err));
	OK(bulletin_written(&house.op, house.arena, &b, &step, &err));
	ck_assert_str_eq(step.who, "jean");
	ck_assert_int_eq(step.at, house.op.now);
	OK(bulletin_tested(&house.op, house.arena, &b, &step, &err));
	ck_assert_ptr_null(step.who);
	OK(bulletin_approval(&house.op, house.arena, b.id, &t, &err));
	ck_assert_uint_eq(t.count, 0);
	OK(bulletin_test(&house.op, "children", 1, to, 1, &err));
	OK(bulletin_tested(&house.op, house.arena, &b, &step, &err));
	ck_assert_str_eq(step.who, "jean");
	b.hash = "another text";
	OK(bulletin_tested(&house.op, house.arena, &b, &step, &err));
	ck_assert_ptr_null(step.who);
	house_sends("children", 1);
	OK(bulletin_approval(&house.op, house.arena, b.id, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	row = table_row(&t, 0);
	ck_assert_str_eq(row_text(&row, "staff"), "olga");
	OK(bulletin_list(&house.op, house.arena, NULL, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	OK(bulletin_list(&house.op, house.arena, "forum", &t, &err));
	ck_assert_uint_eq(t.count, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("domain look");
	TCase *t = tcase_create("look");

	tcase_add_checked_fixture(t, house_open, house_close);
	tcase_add_test(t, mailbox_is_read_on_from_where_it_was);
	tcase_add_test(t, mailbox_knows_the_mails_that_were_taken);
	tcase_add_loop_test(t, mails_come_in_their_order_a_portion_at_a_time, 0,
			    ARRAY_LEN(portions));
	tcase_add_test(t, mail_is_shown_as_it_is_kept_or_is_said_to_be_none);
	tcase_add_test(t, ledger_is_asked_by_state_address_and_page);
	tcase_add_test(t, bulletin_says_who_wrote_tested_and_approved_it);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
