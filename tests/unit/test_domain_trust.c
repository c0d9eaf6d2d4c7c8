/* Nobody stands for their own work: who may approve a bulletin, whom a test of one goes to. */
#include "tests/unit/domain_house.h"

#include "base/str.h"
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
		ck_assert_msg(account_add(&house.op, staff[i], NULL, &err), "%s",
			      err.text);
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
	return bulletin_edit(&house.op, house.arena, "children", number, "e.md", text,
			     strlen(text), &b, &err);
}

/* The smallest PNG that is one. */
static bool attach(const char *who, int64_t number, const char *name)
{
	static const unsigned char png[] = {
		0x89, 'P',  'N',  'G',  '\r', '\n', 0x1a, '\n', 0,    0,    0,    13,
		'I',  'H',  'D',  'R',  0,    0,    0,    1,    0,    0,    0,    1,
		8,    6,    0,    0,    0,    0x1f, 0x15, 0xc4, 0x89, 0,    0,    0,
		13,   'I',  'D',  'A',  'T',  0x78, 0x9c, 0x63, 0,    1,    0,    0,
		5,    0,    1,    0x0d, 0x0a, 0x2d, 0xb4, 0,    0,    0,    0,    'I',
		'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82};
	struct bulletin_image image;

	house_become(who);
	return bulletin_image_add(&house.op, house.arena, "children", number, name, png,
				  sizeof(png), &image, &err);
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
	ck_assert_msg(bulletin_load(&house.op, house.arena, "children", number, &b,
				    &err) &&
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
		changed = m->picture ? detach(name, n, "p.png")
				     : attach(name, n, "p.png");
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

int main(void)
{
	Suite *suite = suite_create("domain trust");
	TCase *t = tcase_create("trust");

	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, open_house, house_close);
	tcase_add_loop_test(t, writer_between_two_saves_of_the_author_does_not_approve, 0,
			    2);
	tcase_add_test(t, nobody_approves_what_they_changed_since_the_last_approval);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
