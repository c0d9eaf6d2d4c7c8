/* Heads of the audit that were kept outside: what they show, and what they cannot. */
#include "tests/unit/domain_house.h"

#include "base/fd.h"
#include "base/str.h"
#include "domain/core/audit.h"
#include "domain/core/audit_head.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { ROWS = 40 };
static const int more[] = {0, 1, 7, 39, 80}; /* rows written after others were cut off */

static struct audit_head heads[ROWS + 1]; /* heads[n]: when there were n rows */
static char file[128];
static struct err err;

#define OK(call) ck_assert_msg((call), "%s", err.text)

static void add(const char *detail)
{
	AUTO(store_txn) t = store_begin(house.op.store, &err);

	ck_assert(t);
	OK(audit_record(&house.op, &err, "tried", "list", 1, "%s", detail));
	OK(store_commit(&t, &err));
}

static int64_t rows(void)
{
	return house_int("SELECT count(*) FROM audit");
}

static void open_house(void)
{
	struct audit_head at;

	house_open();
	(void)snprintf(file, sizeof(file), "%s/heads", house.folder);
	while (rows() < ROWS)
		add("as it was");
	ck_assert_int_eq(rows(), ROWS);
	OK(audit_head_now(&house.op, &at, &err));
	ck_assert_int_eq(at.rows, ROWS);
	for (int64_t n = 1; n <= ROWS; n++) {
		heads[n].rows = n;
		str_copy(heads[n].hash, sizeof(heads[n].hash),
			 house_text("SELECT hash FROM audit WHERE id = %" PRId64, n));
	}
	ck_assert_str_eq(heads[ROWS].hash, at.hash);
	house_do("DROP TRIGGER audit_is_kept");
}

static void keep(int64_t n)
{
	OK(audit_head_keep(file, &heads[n], house.op.now + n, &err));
}

static bool stands(int64_t n)
{
	return audit_head_stands(&house.op, &heads[n], "kept", &err);
}

/*
 * Cut off behind row left, and new rows written that fit: the chain is whole, and of all heads
 * that were ever kept exactly those up to left stand.
 */
START_TEST(heads_stand_up_to_where_the_audit_was_left_alone)
{
	char ignored[SECRET_SHA256_HEX];
	int64_t left = _i / (int)ARRAY_LEN(more), again = more[_i % (int)ARRAY_LEN(more)];
	int64_t proved;

	house_do("DELETE FROM audit WHERE id > %" PRId64, left);
	for (int64_t i = 0; i < again; i++)
		add("as somebody wants it to have been");
	OK(audit_verify(&house.op, &proved, ignored, &err));
	ck_assert_int_eq(proved, left + again);
	for (int64_t n = 1; n <= ROWS; n++) {
		const char *said = n > left + again ? "was cut off" : "was written anew";

		ck_assert_msg(stands(n) == (n <= left), "left %" PRId64 " again %" PRId64
			      " head %" PRId64, left, again, n);
		if (n > left)
			ck_assert(err.kind == ERR_CONFLICT && strstr(err.text, said));
	}
}
END_TEST

START_TEST(file_of_heads_shows_what_one_head_would)
{
	struct audit_heads kept;
	int64_t left = 1 + _i, most = 0, n = 1 + _i % 9;

	for (int64_t i = 0; i < n; i++) {
		int64_t at = 1 + (_i * 7 + i * 11) % ROWS; /* in no order */

		keep(at);
		most = at > most ? at : most;
	}
	OK(audit_heads_stand(&house.op, file, &kept, &err));
	ck_assert(kept.count == n && kept.last.rows == most);
	ck_assert_int_eq(kept.last_at, house.op.now + most);
	house_do("DELETE FROM audit WHERE id > %" PRId64, left);
	ck_assert_int_eq(audit_heads_stand(&house.op, file, &kept, &err), most <= left);
	if (most > left) {
		ck_assert_int_eq(err.kind, ERR_CONFLICT);
		ck_assert_msg(strstr(err.text, file) && strstr(err.text, ", line "), "%s",
			      err.text);
	}
}
END_TEST

static void write_file(const char *text)
{
	OK(fd_write_file(file, text, strlen(text), 0600, &err));
}

START_TEST(line_that_a_full_disk_cut_spoils_no_other)
{
	char whole[AUDIT_HEAD_TEXT], text[300];
	struct audit_heads kept;
	size_t len;

	audit_head_print(&heads[3], whole);
	len = (size_t)snprintf(text, sizeof(text), "2026-03-02T09:00:00Z %s\n", whole);
	for (size_t cut = 1; cut < len - 1; cut++) {
		text[cut] = '\0';
		write_file(text);
		keep(5);
		ck_assert(!audit_heads_stand(&house.op, file, &kept, &err));
		ck_assert_msg(err.kind == ERR_INPUT && strstr(err.text, "line 1"), "%s",
			      err.text);
		(void)snprintf(text, sizeof(text), "2026-03-02T09:00:00Z %s\n", whole);
	}
	/* Without its newline alone it is whole. */
	text[len - 1] = '\0';
	write_file(text);
	keep(5);
	OK(audit_heads_stand(&house.op, file, &kept, &err));
	ck_assert(kept.count == 2 && kept.last.rows == 5);
}
END_TEST

static const char *const no_heads[] = {
	"", "1", ":", "1:", "0:%", "-1:%", "1:%0", "x:%", "1 %", "1:%:", "1.5:%",
	"99999999999999999999:%",
	"1:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"};

START_TEST(what_is_no_head_is_said_to_be_none)
{
	char text[200];
	const char *hash = strchr(no_heads[_i], '%');
	struct audit_head out = {.rows = 77}, back;
	int before = hash ? (int)(hash - no_heads[_i]) : (int)strlen(no_heads[_i]);

	(void)snprintf(text, sizeof(text), "%.*s%s%s", before, no_heads[_i],
		       hash ? heads[1].hash : "", hash ? hash + 1 : "");
	ck_assert_msg(!audit_head_read(text, &out, &err), "%s", text);
	ck_assert(err.kind == ERR_INPUT && out.rows == 77);
	/* And one that is, with blanks around it, as it is copied out of a mail. */
	(void)snprintf(text, sizeof(text), "  12:%s\n", heads[12].hash);
	OK(audit_head_read(text, &back, &err));
	ck_assert_int_eq(back.rows, 12);
	ck_assert_str_eq(back.hash, heads[12].hash);
}
END_TEST

START_TEST(file_that_is_not_there_or_cannot_be_written_says_so)
{
	struct audit_heads kept;
	char below[160];

	ck_assert(!audit_heads_stand(&house.op, file, &kept, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	(void)snprintf(below, sizeof(below), "%s/none/heads", house.folder);
	ck_assert(!audit_head_keep(below, &heads[1], 0, &err));
	ck_assert(err.kind == ERR_ABSENT && strstr(err.text, below));
}
END_TEST

/* The mail that says that a bulletin is sent carries the head of after it. */
START_TEST(who_sends_is_told_with_the_head)
{
	int64_t number;
	struct mail_message m;
	char text[AUDIT_HEAD_TEXT];
	struct audit_head now;
	bool did;

	house.settings->audit_head_to = _i ? "archive@elsewhere.example" : "";
	for (int i = 0; i < 3; i++)
		(void)house_adds("children",
				 arena_printf(house.arena, "a%d@x.example", i), NULL);
	number = house_drafts("children", NULL);
	house_sends("children", number);
	(void)house_delivers(NULL, 10);
	OK(bulletins_finish(&house.op, &did, &err));
	ck_assert(did);
	ck_assert_str_eq(house_bulletin("children", number), "sent");
	ck_assert_int_eq(house_notifications("bulletin-sent", NULL), _i);
	if (!_i)
		return;
	m = house_notification("bulletin-sent");
	OK(audit_head_now(&house.op, &now, &err));
	audit_head_print(&now, text);
	ck_assert_msg(strstr(m.text, text) != NULL, "%s", m.text);
	ck_assert(strstr(m.text, "Sent: 3\n") && !strstr(m.text, "Refused"));
	ck_assert_int_eq(house_notifications("bulletin-sent", "archive@elsewhere.example"), 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("audit head");
	TCase *t = tcase_create("head");

	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, open_house, house_close);
	tcase_add_loop_test(t, heads_stand_up_to_where_the_audit_was_left_alone, 0,
			    ROWS * (int)ARRAY_LEN(more));
	tcase_add_loop_test(t, file_of_heads_shows_what_one_head_would, 0, ROWS);
	tcase_add_test(t, line_that_a_full_disk_cut_spoils_no_other);
	UNIT_TABLE(t, what_is_no_head_is_said_to_be_none, no_heads);
	tcase_add_test(t, file_that_is_not_there_or_cannot_be_written_says_so);
	tcase_add_loop_test(t, who_sends_is_told_with_the_head, 0, 2);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
