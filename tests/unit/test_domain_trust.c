/* Nobody stands for their own work: who may approve a bulletin, whom a test of one goes to. */
#include "tests/unit/domain_house.h"

#include "base/str.h"
#include "domain/admin/account.h"
#include "domain/bulletins/bulletin_image.h"
#include "domain/core/audit.h"
#include "domain/subscribers/suppress.h"

#include <inttypes.h>

enum { STAFF = 4, STEPS = 60, ROUNDS = 40 };
static const char *const staff[STAFF] = {"jean", "olga", "rhona", "senga"};
static struct err err;

static void open_house(void)
{
	house_open();
	for (int i = 2; i < STAFF; i++)
		stage_hires(&house, staff[i]);
	(void)house_adds("children", "a@x.example", NULL);
}

static bool approve(const char *who, int64_t number)
{
	int64_t audience;

	house_become(who);
	return bulletin_approve(&house.op, "children", number, &audience, &err);
}

static bool edit(const char *who, int64_t number, int n)
{
	const char *text = arena_printf(
		house.arena, "---\nlist: children\ntitle: News\n---\nText %d\n", n);
	struct bulletin b;

	house_become(who);
	return bulletin_edit(&house.op, house.arena,
			     (struct bulletin_key){.list = "children", .number = number},
			     &(struct bulletin_file){
				     .name = "e.md", .text = text, .len = strlen(text)},
			     &b, &err);
}

/* The smallest PNG that is one. */
static bool attach(const char *who, int64_t number, const char *name)
{
	static const unsigned char png[] = {
		0x89, 'P', 'N', 'G',  '\r', '\n', 0x1a, '\n', 0,    0, 0, 13,
		'I',  'H', 'D', 'R',  0,    0,    0,    1,    0,    0, 0, 1,
		8,    6,   0,   0,    0,    0x1f, 0x15, 0xc4, 0x89, 0, 0, 0,
		10,   'I', 'D', 'A',  'T',  0x78, 0x9c, 0x63, 0,    1, 0, 0,
		5,    0,   1,   0x0d, 0x0a, 0x2d, 0xb4, 0,    0,    0, 0, 'I',
		'E',  'N', 'D', 0xae, 0x42, 0x60, 0x82};
	struct bulletin_image image;

	house_become(who);
	return bulletin_image_add(
		&house.op, house.arena,
		(struct bulletin_key){.list = "children", .number = number},
		&(struct bulletin_file){
			.name = name, .text = (const char *)png, .len = sizeof(png)},
		&image, &err);
}

static bool detach(const char *who, int64_t number, const char *name)
{
	house_become(who);
	return bulletin_image_remove(&house.op, "children", number, name, &err);
}

static bool own_work(const char *who, int64_t number)
{
	struct bulletin b;
	bool own = false;

	house_become(who);
	ck_assert_msg(
		bulletin_load(&house.op, house.arena, "children", number, &b, &err) &&
			bulletin_own_work(&house.op, &b, &own, &err),
		"%s", err.text);
	return own;
}

START_TEST(writer_between_two_saves_of_the_author_does_not_approve)
{
	int64_t n = house_drafts("children", NULL);

	if (_i)
		ck_assert_msg(attach("olga", n, "p.png"), "%s", err.text);
	else
		ck_assert(edit("olga", n, 1));
	ck_assert(edit("jean", n, 2));
	ck_assert(!approve("olga", n));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_msg(strstr(err.text, "changed by you"), "%s", err.text);
	ck_assert(own_work("olga", n));
	ck_assert(!own_work("rhona", n));
	/* Nor by another way into the store. */
	ck_assert(house_refuses(
		"INSERT INTO approval (bulletin_id, staff_id, at, content_hash, "
		"look_hash, audience, last_subscription) SELECT 1, id, 1, '', '', 1, 1 "
		"FROM staff WHERE name = 'olga'"));
	ck_assert_msg(approve("rhona", n), "%s", err.text);
	/* What was approved has been seen by another; what is changed after that has not. */
	ck_assert(edit("jean", n, 3));
	ck_assert(!own_work("olga", n));
	ck_assert(edit("rhona", n, 4));
	ck_assert(edit("jean", n, 5));
	ck_assert(!approve("rhona", n));
	ck_assert_msg(approve("olga", n), "%s", err.text);
}
END_TEST

/* What the house rules say, kept beside the program by the test itself. */
struct model {
	bool wrote[STAFF], picture, open; /* since the last approval */
	int last;                         /* who wrote last, at any time */
};

static void one_step(struct model *m, int64_t n, unsigned *seed, int step)
{
	int who = rand_r(seed) % STAFF, what = rand_r(seed) % 4;
	const char *name = staff[who];
	bool own = who == 0 || who == m->last || m->wrote[who], changed = false;

	if (what == 0) {
		changed = edit(name, n, step);
		ck_assert_msg(changed, "%s", err.text);
	} else if (what == 1) {
		changed =
			m->picture ? detach(name, n, "p.png") : attach(name, n, "p.png");
		ck_assert_msg(changed, "%s", err.text);
		m->picture = !m->picture;
	} else {
		ck_assert_int_eq(own_work(name, n), own);
		ck_assert_msg(approve(name, n) == (m->open && !own), "step %d: %s: %s",
			      step, name, err.text);
		if (m->open && !own)
			*m = (struct model){.picture = m->picture, .last = m->last};
	}
	if (changed) {
		m->wrote[who] = true;
		m->open = true;
		m->last = who;
	}
}

START_TEST(nobody_approves_what_they_changed_since_the_last_approval)
{
	for (unsigned round = 1; round <= ROUNDS; round++) {
		struct model m = {.wrote = {true}, .open = true};
		int64_t n = house_drafts("children", NULL);
		unsigned seed = round;

		for (int step = 0; step < STEPS; step++)
			one_step(&m, n, &seed, step);
		house_become("jean");
		ck_assert(bulletin_cancel(&house.op, "children", n, &err));
	}
}
END_TEST

static bool try_it(size_t count, const char *const *to)
{
	house_become("jean");
	return bulletin_test(&house.op, "children", 1, to, count, &err);
}

static bool try_one(const char *to)
{
	return try_it(1, &to);
}

START_TEST(test_goes_to_the_named_only)
{
	const char *named[] = {"Boss@y.example", "tester@y.example", "no address"};
	struct mail_message m;
	int64_t n = house_drafts("children", NULL);

	ck_assert(!try_it(3, named));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 0);
	ck_assert_msg(try_it(2, named), "%s", err.text);
	ck_assert_str_eq(house_text("SELECT group_concat(recipient) FROM notification"),
			 "Boss@y.example,tester@y.example");
	m = house_notification("test");
	ck_assert_msg(strstr(m.subject, "est"), "%s", m.subject);
	ck_assert_ptr_nonnull(strstr(m.text, "Marigold"));
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery"), 0);
	ck_assert_str_eq(house_bulletin("children", n), "draft");
}
END_TEST

/* Whether a test may go there; what is said when not. senga works here, rhona has left. */
static const struct {
	const char *name, *to, *says;
} testers[] = {
	{"staff", "senga@staff.example", NULL},
	{"staff in other letters", "Senga@STAFF.example", NULL},
	{"in the settings", "tester@y.example", NULL},
	{"in the settings in other letters", "BOSS@y.EXAMPLE", NULL},
	{"a subscriber", "a@x.example", "nobody else"},
	{"a stranger", "journalist@paper.example", "nobody else"},
	{"the domain of the staff", "someone@staff.example", "nobody else"},
	{"staff that has ended", "rhona@staff.example", "nobody else"},
	{"half of one in the settings", "ester@y.example", "nobody else"},
	{"with a tag", "tester+more@y.example", "nobody else"},
	{"suppressed, and of the staff", "olga@staff.example", "suppression list"},
	{"suppressed, and nobody's", "never@x.example", "suppression list"},
	{"no address", "tester", "no email address"},
};

START_TEST(test_goes_only_where_staff_and_settings_allow)
{
	int64_t lists, before;

	ck_assert(account_email(&house.op, "senga", "senga@staff.example", &err) &&
		  account_email(&house.op, "olga", "olga@staff.example", &err) &&
		  account_email(&house.op, "rhona", "rhona@staff.example", &err) &&
		  account_end(&house.op, "rhona", &err));
	ck_assert(
		suppression_add(&house.op, "never@x.example", "a court said so", &lists,
				&err) &&
		suppression_add(&house.op, "olga@staff.example", "asked", &lists, &err));
	(void)house_drafts("children", NULL);
	before = house_int("SELECT count(*) FROM audit");
	ck_assert_int_eq(try_one(testers[_i].to), !testers[_i].says);
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"),
			 !testers[_i].says);
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit"),
			 before + !testers[_i].says);
	ck_assert_msg(!testers[_i].says || strstr(err.text, testers[_i].says), "%s",
		      err.text);
}
END_TEST

START_TEST(tests_of_a_day_end_somewhere)
{
	const char *many[BULLETIN_TEST_MOST + 1],
		*same[3] = {"boss@y.example", "tester@y.example", "Boss@Y.example"};

	(void)house_drafts("children", NULL);
	for (size_t i = 0; i < ARRAY_LEN(many); i++)
		many[i] = "tester@y.example";
	ck_assert(!try_it(ARRAY_LEN(many), many));
	ck_assert_msg(strstr(err.text, "10 addresses at most"), "%s", err.text);
	ck_assert(try_it(3, same)); /* two mails, as they are two people */
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 2);
	ck_assert(try_it(2, same));
	ck_assert(!try_it(2, same));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_msg(strstr(err.text, "4 mails of tests"), "%s", err.text);
	ck_assert(try_it(1, same));
	/* Whoever asks, and for whatever bulletin. */
	(void)house_drafts("children", NULL);
	house_become("olga");
	ck_assert(!bulletin_test(&house.op, "children", 2, same, 1, &err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 5);
	house.op.now += HOUSE_DAY;
	ck_assert_msg(try_it(2, same), "%s", err.text);
}
END_TEST

static const char *audit_says(void)
{
	struct store_table t;
	struct store_row row;

	ck_assert(store_all(house.op.store, house.arena, &t, &err, SQL_AUDIT_LIST,
			    "tziiii", "bulletin", (int64_t)0, (int64_t)1, (int64_t)0,
			    house.op.staff_id, INT64_MAX));
	row = table_row(&t, 0);
	return str_or(row_text(&row, "recipients"), "");
}

/* The audit's own row holds the digest of the hashes that are kept. */
static bool digest_fits(void)
{
	unsigned char hashes[2 * SECRET_SHA256_BYTES];
	char digest[SECRET_SHA256_HEX];

	for (int i = 0; i < 2; i++)
		secret_hash(house.op.key, "test recipient",
			    i ? "tester@y.example" : "boss@y.example",
			    hashes + (size_t)i * SECRET_SHA256_BYTES);
	secret_sha256_hex(hashes, sizeof(hashes), digest);
	return strstr(house_text(
			      "SELECT detail FROM audit WHERE event = 'bulletin tested'"),
		      digest) != NULL;
}

START_TEST(audit_names_whom_a_test_went_to_for_a_time)
{
	const char *to[] = {"boss@y.example", "tester@y.example"};
	int64_t rows;
	bool did;

	(void)house_drafts("children", NULL);
	ck_assert(try_it(2, to));
	ck_assert_str_eq(audit_says(), "boss@y.example, tester@y.example");
	ck_assert(digest_fits());
	ck_assert(house_refuses("UPDATE test_recipient SET address = 'other@x.example'"));
	ck_assert(house_refuses("UPDATE test_recipient SET hash = zeroblob(32)"));
	ck_assert(house_refuses("DELETE FROM test_recipient"));
	house.op.now += 30 * HOUSE_DAY;
	/* One of which nobody knows yet whether it went is still needed. */
	ck_assert(bulletin_tests_forget(&house.op, &did, &err) && !did);
	ck_assert_uint_eq(house_delivers(NULL, 10), 2);
	ck_assert(bulletin_tests_forget(&house.op, &did, &err) && did);
	ck_assert(bulletin_tests_forget(&house.op, &did, &err) && !did);
	ck_assert_msg(!strchr(audit_says(), '@') && strstr(audit_says(), "hash "), "%s",
		      audit_says());
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification WHERE recipient <> "
				   "'erased' OR subject <> ''"),
			 0);
	ck_assert(digest_fits());
	ck_assert_msg(audit_verify(&house.op, &rows, NULL, &err), "%s", err.text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("domain trust");
	TCase *t = tcase_create("trust");

	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, open_house, house_close);
	tcase_add_loop_test(t, writer_between_two_saves_of_the_author_does_not_approve, 0,
			    2);
	tcase_add_test(t, nobody_approves_what_they_changed_since_the_last_approval);
	tcase_add_test(t, test_goes_to_the_named_only);
	UNIT_TABLE(t, test_goes_only_where_staff_and_settings_allow, testers);
	tcase_add_test(t, tests_of_a_day_end_somewhere);
	tcase_add_test(t, audit_names_whom_a_test_went_to_for_a_time);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
