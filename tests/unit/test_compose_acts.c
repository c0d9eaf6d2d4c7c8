/* What the communications team does with an update, below the pages: before and live. */
#include "tests/unit/domain_house.h"

#include "domain/bulletins/bulletin_audience.h"
#include "domain/bulletins/bulletin_check.h"
#include "domain/bulletins/bulletin_image.h"
#include "domain/delivery/bulletin_progress.h"
#include "domain/core/schedule.h"
#include "domain/subscribers/subscribe.h"
#include "base/str.h"

#include <inttypes.h>

enum { ROOM = 50 };

static struct err err;
static struct outgoing *out;
static struct incoming_mail mails[ROOM];
static size_t count;

static void open_all(void)
{
	house_open();
	out = outgoing_new(&house.op);
}

static void close_all(void)
{
	for (size_t i = 0; i < ROOM; i++)
		buf_clear(&mails[i].bytes);
	outgoing_free(&out);
	house_close();
}

static void claim(void)
{
	count = house_claims(out, mails, ROOM);
}

static void settle(size_t i, enum delivery_outcome fate, const char *reply)
{
	ck_assert_msg(house_settles(out, &mails[i], fate, reply, house.op.now + 30, &err),
		      "%s", err.text);
}

static struct bulletin the_bulletin(int64_t number)
{
	struct bulletin b;

	ck_assert_msg(bulletin_load(&house.op, house.arena, "children", number, &b, &err),
		      "%s", err.text);
	return b;
}

/* ---- pictures ---- */

static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x20\x08\2\0\0\0"
			  "\0\0\0\0\0\0\0\0IDAT\0\0\0\0\0\0\0\0IEND\0\0\0\0";

static bool attach(int64_t number, const char *name)
{
	struct bulletin_image image;

	return bulletin_image_add(
		&house.op, house.arena,
		(struct bulletin_key){.list = "children", .number = number},
		&(struct bulletin_file){
			.name = name, .text = png, .len = sizeof(png) - 1},
		&image, &err);
}

START_TEST(picture_is_bound_by_the_approval)
{
	struct bulletin before, after;
	int64_t audience;

	(void)house_adds("children", "anna@example.org", "all");
	(void)house_drafts("children", "![A map of it](map.png)\n");
	before = the_bulletin(1);
	house_become("olga");
	ck_assert(bulletin_approve(&house.op, "children", 1, &audience, &err));
	house_become("jean");
	ck_assert_msg(attach(1, "map.png"), "%s", err.text);
	ck_assert_str_eq(house_bulletin("children", 1), "draft");
	ck_assert(!bulletin_send(&house.op, "children", 1, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	after = the_bulletin(1);
	ck_assert_str_ne(before.hash, after.hash);
	ck_assert_str_eq(after.hash, after.source->hash);
	ck_assert_uint_eq(after.images.count, 1);
	/* Somebody changes the picture past the program: nothing goes out. */
	house_become("olga");
	ck_assert(bulletin_approve(&house.op, "children", 1, &audience, &err));
	house_do("UPDATE bulletin_image SET hash = '%064d'", 7);
	house_become("jean");
	ck_assert(!bulletin_send(&house.op, "children", 1, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(who_attached_the_last_picture_does_not_approve)
{
	int64_t audience;

	(void)house_adds("children", "anna@example.org", "all");
	(void)house_drafts("children", "![A map of it](map.png)\n");
	house_become("olga");
	ck_assert(attach(1, "map.png"));
	ck_assert(!bulletin_approve(&house.op, "children", 1, &audience, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(picture_goes_with_the_mails_that_show_it)
{
	static const char body[] =
		"Hello.\n\n## Neglect {neglect}\n\n![A map of it](map.png)\n\n"
		"## Hearings {hearings}\n\nwords\n";
	const char *shown = NULL, *plain = NULL;

	(void)house_adds("children", "anna@example.org", "neglect");
	(void)house_adds("children", "ben@example.org", "hearings");
	(void)house_drafts("children", body);
	ck_assert_msg(attach(1, "map.png"), "%s", err.text);
	house_sends("children", 1);
	claim();
	ck_assert_uint_eq(count, 2);
	for (size_t i = 0; i < count; i++) {
		if (str_eq(mails[i].recipient, "anna@example.org"))
			shown = buf_text(&mails[i].bytes);
		else
			plain = buf_text(&mails[i].bytes);
	}
	ck_assert_ptr_nonnull(strstr(shown, "multipart/related; type=\"text/html\""));
	ck_assert_ptr_nonnull(strstr(shown, "Content-ID: <"));
	ck_assert_ptr_nonnull(strstr(shown, "filename=\"map.png\""));
	ck_assert_ptr_nonnull(strstr(shown, "iVBORw0KGgo"));
	ck_assert_ptr_nonnull(strstr(shown, "cid:"));
	ck_assert_ptr_null(strstr(plain, "multipart/related"));
	ck_assert_ptr_null(strstr(plain, "iVBORw0KGgo"));
}
END_TEST

START_TEST(picture_is_public_once_the_update_is)
{
	struct bulletin_image image, again;

	(void)house_adds("children", "anna@example.org", "all");
	(void)house_drafts("children", "![A map of it](map.png)\n");
	ck_assert(attach(1, "map.png"));
	ck_assert(
		bulletin_image_get(&house.op, house.arena,
				   (struct bulletin_key){.list = "children", .number = 1},
				   "MAP.png", &image, &err));
	ck_assert_uint_eq(image.size, sizeof(png) - 1);
	ck_assert_int_eq(memcmp(image.bytes, png, image.size), 0);
	ck_assert(
		!bulletin_image_public(&house.op, house.arena, image.hash, &again, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	house_sends("children", 1);
	ck_assert(
		bulletin_image_public(&house.op, house.arena, image.hash, &again, &err));
	ck_assert_str_eq(again.type, "image/png");
	ck_assert_str_eq(again.web_url,
			 arena_printf(house.arena,
				      "https://updates.example.org/image/%s.png",
				      image.hash));
	ck_assert(!attach(1, "other.png"));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert(!bulletin_image_remove(&house.op, "children", 1, "map.png", &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(pictures_have_limits_and_can_be_taken_off)
{
	struct bulletin first;
	struct bulletin_image image;

	(void)house_drafts("children", "text\n");
	first = the_bulletin(1);
	for (int i = 0; i < BULLETIN_IMAGES_MOST; i++)
		ck_assert(attach(1, arena_printf(house.arena, "p%d.png", i)));
	ck_assert(!attach(1, "more.png"));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_msg(attach(1, "P3.png"), "the same name takes its place: %s", err.text);
	ck_assert_int_eq(house_int("SELECT count(*) FROM bulletin_image"),
			 BULLETIN_IMAGES_MOST);
	ck_assert(!bulletin_image_add(
		&house.op, house.arena,
		(struct bulletin_key){.list = "children", .number = 1},
		&(struct bulletin_file){.name = "x.png", .text = "<svg/>", .len = 6},
		&image, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	for (int i = 0; i < BULLETIN_IMAGES_MOST; i++)
		ck_assert(bulletin_image_remove(&house.op, "children", 1,
						arena_printf(house.arena, "p%d.png", i),
						&err));
	ck_assert(!bulletin_image_remove(&house.op, "children", 1, "p1.png", &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert_str_eq(the_bulletin(1).hash, first.hash);
}
END_TEST

START_TEST(edit_keeps_the_pictures)
{
	static const char text[] =
		"---\nlist: children\ntitle: New\n---\n![A map](map.png)\n";
	struct bulletin b;

	(void)house_drafts("children", "text\n");
	ck_assert(attach(1, "map.png"));
	ck_assert(bulletin_edit(&house.op, house.arena,
				(struct bulletin_key){.list = "children", .number = 1},
				&(struct bulletin_file){.name = "u.md",
							.text = text,
							.len = strlen(text)},
				&b, &err));
	ck_assert_ptr_nonnull(strstr(the_bulletin(1).source->intro.mail_html, "<img"));
	ck_assert_str_eq(the_bulletin(1).hash, b.hash);
}
END_TEST

/* ---- checks ---- */

static struct bulletin_findings found;

static bool said(const char *rule, enum bulletin_level level, const char *words)
{
	for (size_t i = 0; i < found.count; i++)
		if (str_eq(found.items[i].rule, rule) && found.items[i].level == level &&
		    strstr(found.items[i].text, words))
			return true;
	for (size_t i = 0; i < found.count; i++)
		(void)fprintf(stderr, "# %s %s: %s\n",
			      bulletin_level_name(found.items[i].level),
			      found.items[i].rule, found.items[i].text);
	return false;
}

static void check(int64_t number)
{
	struct bulletin b = the_bulletin(number);

	ck_assert_msg(bulletin_check_stored(&house.op, house.arena, &b, &found, &err),
		      "%s", err.text);
}

static void finish(int64_t number)
{
	bool did;

	claim();
	for (size_t i = 0; i < count; i++)
		settle(i, SENT, "250 2.0.0 ok");
	ck_assert(bulletins_finish(&house.op, &did, &err));
	ck_assert_str_eq(house_bulletin("children", number), "sent");
}

START_TEST(checks_know_audience_and_relay)
{
	static const char body[] =
		"## Neglect {neglect}\n\nx\n\n## Hearings {hearings}\n\ny\n";

	(void)house_drafts("children", body);
	check(1);
	ck_assert(said("audience", BULLETIN_STOPS, "Nobody would get it"));
	ck_assert(said("topics", BULLETIN_LOOK,
		       "Nobody has chosen a topic of \"Neglect\""));
	(void)house_adds("children", "anna@example.org", "neglect");
	check(1);
	ck_assert(said("audience", BULLETIN_FINE,
		       "1 subscriber would get it. It is the first"));
	ck_assert(said("relay", BULLETIN_FINE, "Nothing holds mail back"));
	house_sends("children", 1);
	finish(1);
	for (int i = 0; i < 3; i++)
		(void)house_adds("children",
				 arena_printf(house.arena, "x%d@example.org", i), "all");
	(void)house_drafts("children", body);
	check(2);
	ck_assert(said("audience", BULLETIN_LOOK, "No. 1 went to 1 (+300 per cent"));
	house_do(
		"INSERT INTO rate_limit (reason, until_at, at) VALUES ('the relay main is away', 0, 1)");
	check(2);
	ck_assert(said("relay", BULLETIN_LOOK, "the relay main is away"));
}
END_TEST

START_TEST(checks_know_the_approval)
{
	int64_t audience;

	(void)house_adds("children", "anna@example.org", "all");
	(void)house_drafts("children", NULL);
	house_become("olga");
	ck_assert(bulletin_approve(&house.op, "children", 1, &audience, &err));
	check(1);
	ck_assert(said("approval", BULLETIN_FINE, "approved as it stands"));
	house_do("UPDATE bulletin SET source = source || 'more'");
	check(1);
	ck_assert(said("approval", BULLETIN_STOPS, "not what was approved"));
}
END_TEST

static const struct {
	const char *name, *list, *text, *rule, *words;
	enum bulletin_level level;
} unsaved[] = {
	{"no front matter", NULL, "hello", "front", "---", BULLETIN_STOPS},
	{"unknown list", NULL, "---\nlist: nowhere\ntitle: T\n---\nx\n", "front",
	 "nowhere", BULLETIN_STOPS},
	{"another list", "forum", "---\nlist: children\ntitle: T\n---\nx\n", "front",
	 "not \"forum\"", BULLETIN_STOPS},
	{"unknown topic", NULL, "---\nlist: children\ntitle: T\ntopics: fish\n---\nx\n",
	 "topics", "fish", BULLETIN_STOPS},
	{"well", "children", "---\nlist: children\ntitle: T\n---\nx\n", "size", "kB",
	 BULLETIN_FINE},
};

START_TEST(text_that_is_not_saved_is_checked)
{
	(void)house_adds("children", "anna@example.org", "all");
	ck_assert_msg(bulletin_check_stored_text(
			      &house.op, house.arena,
			      (struct bulletin_key){.list = unsaved[_i].list},
			      unsaved[_i].text, &found, &err),
		      "%s: %s", unsaved[_i].name, err.text);
	ck_assert_msg(said(unsaved[_i].rule, unsaved[_i].level, unsaved[_i].words), "%s",
		      unsaved[_i].name);
}
END_TEST

START_TEST(audience_tells_topics_reasons_and_last_time)
{
	static const char body[] = "## Neglect {neglect}\n\nx\n";
	struct audience bound;
	struct audience_tell a;
	struct list list = house_list("children");
	struct bulletin b;

	(void)house_adds("children", "all@example.org", "all");
	(void)house_adds("children", "neglect@example.org", "neglect");
	(void)house_adds("children", "both@example.org", "neglect,hearings");
	(void)house_adds("children", "hearings@example.org", "hearings");
	(void)house_adds("children", "gone@example.org", "all");
	ck_assert(subscriber_remove(&house.op, &list, "gone@example.org", "asked", &err));
	(void)house_drafts("children", body);
	b = the_bulletin(1);
	ck_assert(bulletin_audience_tell(&house.op, house.arena, &b, &a, &err));
	ck_assert(bulletin_audience(&house.op, &b, &bound, &err));
	ck_assert_int_eq(a.count, 3);
	ck_assert_int_eq(a.count, bound.count);
	ck_assert_int_eq(a.all_topics, 1);
	ck_assert_int_eq(a.approved_count, -1);
	ck_assert_int_eq(a.topics[0].chosen, 2);
	ck_assert_int_eq(a.topics[0].get, 3);
	ck_assert_uint_eq(a.topics[0].sections, 1);
	ck_assert_uint_eq(a.topics[1].sections, 0);
	ck_assert_int_eq(a.topics[1].chosen, 2);
	ck_assert_int_eq(a.topics[1].get, 0); /* nothing on it is in there */
	ck_assert_uint_eq(a.reason_count, 2);
	ck_assert_int_eq(a.reasons[0].count + a.reasons[1].count, 2);
	house_sends("children", 1);
	ck_assert(bulletin_audience_tell(&house.op, house.arena, &b, &a, &err));
	ck_assert_int_eq(a.approved_count, 3);
	(void)house_drafts("children", NULL);
	b = the_bulletin(2);
	ck_assert(bulletin_audience_tell(&house.op, house.arena, &b, &a, &err));
	ck_assert_int_eq(a.last_number, 1);
	ck_assert_int_eq(a.last_count, 3);
	ck_assert_int_eq(a.percent, 33);
	(void)house_adds("children", "more@example.org", "all");
	ck_assert(bulletin_audience_tell(&house.op, house.arena, &b, &a, &err));
	ck_assert_int_eq(a.percent, 67); /* 5 after 3: to the nearest, not cut */
}
END_TEST

/* Whom an approval was for is what every figure says from then on. */
START_TEST(audience_is_that_of_the_approval_once_there_is_one)
{
	static const char body[] = "## Neglect {neglect}\n\nx\n";
	struct audience_tell a;
	struct bulletin b;
	int64_t audience;

	(void)house_adds("children", "all@example.org", "all");
	(void)house_adds("children", "neglect@example.org", "neglect");
	(void)house_adds("children", "goes@example.org", "neglect");
	(void)house_drafts("children", body);
	house_become("olga");
	ck_assert(bulletin_approve(&house.op, "children", 1, &audience, &err));
	ck_assert(!bulletin_approve(&house.op, "children", 1, &audience, &err));
	ck_assert_msg(strstr(err.text, "approved already"), "%s", err.text);
	house.op.now += 60;
	for (int i = 0; i < 5; i++)
		(void)house_adds("children",
				 arena_printf(house.arena, "late%d@example.org", i),
				 "neglect");
	(void)house_adds("children", "other@example.org", "hearings");
	house_leaves("children", "goes@example.org");
	b = the_bulletin(1);
	ck_assert(bulletin_audience_tell(&house.op, house.arena, &b, &a, &err));
	ck_assert_int_eq(a.count, 3);
	ck_assert_int_eq(a.approved_count, 3);
	ck_assert_int_eq(a.goes_to, 2);
	ck_assert_int_eq(a.joined, 5);
	ck_assert_int_eq(a.now_count, 7);
	ck_assert_int_eq(a.all_topics, 1);
	ck_assert_int_eq(a.topics[0].chosen, 1);
	ck_assert_int_eq(a.topics[0].get, 2);
	ck_assert_uint_eq(a.reason_count, 2);
	ck_assert_int_eq(a.reasons[0].count, 1); /* who chose hearings alone */
	ck_assert_int_eq(a.reasons[1].count, 1); /* who left */
	check(1);
	ck_assert(said("audience", BULLETIN_FINE,
		       "3 subscribers get it, as approved. It is the first"));
	ck_assert(said("audience", BULLETIN_FINE, "5 have joined since"));
	/* Approved again, it is for those who are there now, and a time that was set stays. */
	ck_assert(bulletin_schedule(&house.op, "children", 1, "2099-01-05 09:00",
				    &audience, &err));
	ck_assert_msg(bulletin_approve(&house.op, "children", 1, &audience, &err), "%s",
		      err.text);
	ck_assert_int_eq(audience, 7);
	ck_assert_str_eq(house_bulletin("children", 1), "scheduled");
	ck_assert(bulletin_audience_tell(&house.op, house.arena, &b, &a, &err));
	ck_assert_int_eq(a.count, 7);
	ck_assert_int_eq(a.joined, 0);
	/* The approval is of one text: another has none, and is for who is there now. */
	(void)house_adds("children", "more@example.org", "all");
	b.source->hash[0] = 'x';
	ck_assert(bulletin_audience_tell(&house.op, house.arena, &b, &a, &err));
	ck_assert_int_eq(a.approved_count, -1);
	ck_assert_int_eq(a.count, 8);
}
END_TEST

/* ---- progress and report ---- */

static struct delivery_progress progress(int64_t number)
{
	struct delivery_progress p;

	ck_assert_msg(
		bulletin_progress(&house.op, house.arena, "children", number, &p, &err),
		"%s", err.text);
	return p;
}

/* What is told against the ledger itself. */
static void tally_fits(void)
{
	struct delivery_progress p = progress(1);
	const struct {
		const char *state;
		int64_t n;
	} all[] = {{"sent", p.sent},       {"refused", p.refused},
		   {"skipped", p.skipped}, {"deferred", p.deferred},
		   {"queued", p.queued},   {"sending", p.sending},
		   {"doubt", p.doubt},     {"digest", p.digest}};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		ck_assert_msg(all[i].n == house_int("SELECT count(*) FROM delivery "
						    "WHERE state = '%s'",
						    all[i].state),
			      "%s: %" PRId64, all[i].state, all[i].n);
	ck_assert_int_eq(p.rows, house_int("SELECT count(*) FROM delivery"));
}

static void ten_people(void)
{
	for (int i = 0; i < 10; i++)
		(void)house_adds("children",
				 arena_printf(house.arena, "p%d@example.org", i), "all");
}

START_TEST(progress_follows_the_ledger)
{
	struct delivery_progress p;

	ten_people();
	(void)house_drafts("children", NULL);
	p = progress(1);
	ck_assert_str_eq(p.state, "draft");
	ck_assert_int_eq(p.rows, 0);
	house_sends("children", 1);
	tally_fits();
	p = progress(1);
	ck_assert(p.filled);
	ck_assert_int_eq(p.audience, 10);
	ck_assert_int_eq(p.rows, 10);
	ck_assert_int_eq(p.queued, 10);
	claim();
	ck_assert_int_eq(progress(1).sending, 10);
	for (size_t i = 0; i < 4; i++)
		settle(i, SENT, "250 ok");
	settle(4, REFUSED, "550 5.1.1 <p4@example.org> no such user (id 18Qx77)");
	settle(5, REFUSED, "550 5.1.1 <p5@example.org> no such user (id 29Ry88)");
	settle(6, REFUSED, "554 5.7.1 blocked");
	settle(7, DEFERRED, "451 4.7.1 later please");
	tally_fits();
	p = progress(1);
	ck_assert_int_eq(p.sent, 4);
	ck_assert_int_eq(p.refused, 3);
	ck_assert_int_eq(p.deferred, 1);
	ck_assert_int_eq(p.sending, 2);
	ck_assert_int_eq(p.queued, 0);
	ck_assert_int_eq(p.percent, 70);
	ck_assert_int_eq(p.rate, 4);
	ck_assert_int_eq(p.ends_at, house.op.now + 45);
	ck_assert_uint_eq(p.failure_count, 3);
	ck_assert_int_eq(p.failures[0].count, 2);
	ck_assert_str_eq(p.failures[0].reason, "no such address");
	ck_assert_ptr_nonnull(strstr(p.failures[0].words, "no such user"));
	ck_assert_uint_eq(p.minute_count, 1);
	house.op.now += 30;
	ck_assert_int_eq(progress(1).rate, 4);
	house.op.now += 60;
	ck_assert_int_eq(progress(1).rate, 2);
	house.op.now += 3600;
	ck_assert_int_eq(progress(1).rate, 0);
	ck_assert_int_eq(progress(1).ends_at, 0);
	claim();
	ck_assert_int_eq(progress(1).deferred, 0);
	tally_fits();
	ck_assert(bulletin_cancel(&house.op, "children", 1, &err));
	tally_fits();
}
END_TEST

START_TEST(cancelling_moves_the_counts)
{
	ten_people();
	(void)house_drafts("children", NULL);
	house_sends("children", 1);
	claim();
	settle(0, SENT, "250 ok");
	settle(1, REFUSED, "550 no");
	ck_assert(bulletin_cancel(&house.op, "children", 1, &err));
	settle(2, DEFERRED, "451 later");
	tally_fits();
	ck_assert_int_eq(progress(1).skipped, 1);
}
END_TEST

START_TEST(report_tells_what_happened_afterwards)
{
	struct list list = house_list("children");
	int64_t subscription, delivery;
	struct bulletin_report_of r;
	bool left;

	ten_people();
	(void)house_drafts("children", NULL);
	ck_assert(!bulletin_report(&house.op, house.arena, "children", 1, &r, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	house_sends("children", 1);
	claim();
	settle(0, DEFERRED, "451 later");
	for (size_t i = 1; i < 9; i++)
		settle(i, SENT, "250 ok");
	settle(9, REFUSED, "550 5.1.1 no such user");
	house.op.now += 7200;
	finish(1);
	ck_assert_uint_eq(count, 1);
	house.op.now += 60;
	subscription =
		house_int("SELECT subscription_id FROM delivery WHERE state = 'sent' "
			  "ORDER BY id LIMIT 1");
	ck_assert(unsubscribe(&house.op, subscription,
			      &(struct unsubscribe_how){.how = "mail"}, &left, &err));
	ck_assert(subscriber_remove(&house.op, &list, "p5@example.org", "asked", &err));
	delivery = house_int("SELECT max(id) FROM delivery WHERE state = 'sent'");
	house_do(
		"INSERT INTO inbound (mailbox_id, uidvalidity, item, sha256, size, received_at)"
		" VALUES (1, 1, 'b', x'00', 1, 1)");
	house_do(
		"INSERT INTO bounce (at, source, inbound_id, delivery_id, subscription_id, "
		"verdict, reason, diagnostic, effect) SELECT %" PRId64
		", 'mail', 1, id, subscription_id, 'permanent', 'mailbox_full', "
		"'552 5.2.2 full', 'kept' FROM delivery WHERE id = %" PRId64,
		house.op.now, delivery);
	ck_assert_msg(bulletin_report(&house.op, house.arena, "children", 1, &r, &err),
		      "%s", err.text);
	ck_assert_str_eq(r.drafted_by, "jean");
	ck_assert_str_eq(r.approved_by, "olga");
	ck_assert_int_eq(r.progress.sent, 9);
	ck_assert_int_eq(r.progress.refused, 1);
	ck_assert_int_eq(r.waited_rows, 1);
	ck_assert_int_eq(r.waited_most_s, 7200);
	ck_assert_int_eq(r.came_back, 1);
	ck_assert_str_eq(r.bounces[0].reason, "the mailbox is full");
	ck_assert_int_eq(r.left, 1);
	ck_assert_int_eq(r.complaints, 0);
	ck_assert_int_eq(r.until_at, 0);
}
END_TEST

/* ---- times ---- */

static const struct {
	const char *when, *words; /* NULL: refused */
	int64_t at;
	const char *note; /* a part of the note or of the refusal */
} times[] = {
	{"2026-03-04 09:00", "Wednesday 4 March 2026, 09:00 GMT (Europe/London)",
	 1772614800, NULL},
	{"2026-03-04T09:00", "Wednesday 4 March 2026, 09:00 GMT (Europe/London)",
	 1772614800, NULL},
	{" 2026-07-01 09:00 ", "Wednesday 1 July 2026, 09:00 BST (Europe/London)",
	 1782892800, NULL},
	{"2026-03-04 09:00 America/New_York",
	 "Wednesday 4 March 2026, 09:00 EST (America/New_York)", 1772632800, NULL},
	{"2026-10-25 01:30", "Sunday 25 October 2026, 01:30 BST (Europe/London)",
	 1792888200, "comes twice"},
	{"2026-10-25 02:30", "Sunday 25 October 2026, 02:30 GMT (Europe/London)",
	 1792895400, NULL},
	{"2026-03-29 01:30", NULL, 0, "01:30"},
	{"2026-03-02 08:59", NULL, 0, "has passed"},
	{"next week", NULL, 0, "not a local time"},
};

START_TEST(moment_is_read_as_a_person_means_it)
{
	struct time_words m = {0};
	bool ok = schedule_read(&house.op, house.arena, times[_i].when, &m, &err);

	ck_assert_msg(ok == (times[_i].words != NULL), "%s: %s", times[_i].when,
		      err.text);
	if (!ok) {
		ck_assert_int_eq(err.kind, ERR_INPUT);
		ck_assert_msg(strstr(err.text, times[_i].note), "%s", err.text);
		return;
	}
	ck_assert_str_eq(m.words, times[_i].words);
	ck_assert_int_eq(m.at, times[_i].at);
	ck_assert_msg((m.note != NULL) == (times[_i].note != NULL), "%s", m.note);
	if (m.note)
		ck_assert_ptr_nonnull(strstr(m.note, times[_i].note));
}
END_TEST

START_TEST(calendar_lists_what_is_planned_and_what_went_out)
{
	struct schedule_events events;
	int64_t audience, due;

	(void)house_adds("children", "anna@example.org", "all");
	(void)house_drafts("children", NULL);
	(void)house_drafts("children", NULL);
	house_sends("children", 1);
	house_become("olga");
	ck_assert(bulletin_approve(&house.op, "children", 2, &audience, &err));
	ck_assert(bulletin_schedule(&house.op, "children", 2, "2026-03-05T10:00", &due,
				    &err));
	house_consults();
	ck_assert(schedule_calendar(&house.op, house.arena, house.op.now - 86400,
				    house.op.now + 60 * 86400, &events, &err));
	ck_assert_uint_eq(events.count, 3);
	for (size_t i = 0; i < events.count; i++) {
		static const char *const kinds[] = {"bulletin sent", "bulletin due",
						    "consultation closes"};

		ck_assert_str_eq(events.items[i].kind, kinds[i]);
		ck_assert_int_eq(!events.items[i].list_id, i == 2);
		ck_assert_int_eq(!events.items[i].consultation_id, i != 2);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("compose_acts");
	TCase *tc = tcase_create("compose_acts");

	tcase_add_checked_fixture(tc, open_all, close_all);
	tcase_add_test(tc, picture_is_bound_by_the_approval);
	tcase_add_test(tc, who_attached_the_last_picture_does_not_approve);
	tcase_add_test(tc, picture_goes_with_the_mails_that_show_it);
	tcase_add_test(tc, picture_is_public_once_the_update_is);
	tcase_add_test(tc, pictures_have_limits_and_can_be_taken_off);
	tcase_add_test(tc, edit_keeps_the_pictures);
	tcase_add_test(tc, checks_know_audience_and_relay);
	tcase_add_test(tc, checks_know_the_approval);
	UNIT_TABLE(tc, text_that_is_not_saved_is_checked, unsaved);
	tcase_add_test(tc, audience_tells_topics_reasons_and_last_time);
	tcase_add_test(tc, audience_is_that_of_the_approval_once_there_is_one);
	tcase_add_test(tc, progress_follows_the_ledger);
	tcase_add_test(tc, cancelling_moves_the_counts);
	tcase_add_test(tc, report_tells_what_happened_afterwards);
	UNIT_TABLE(tc, moment_is_read_as_a_person_means_it, times);
	tcase_add_test(tc, calendar_lists_what_is_planned_and_what_went_out);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
