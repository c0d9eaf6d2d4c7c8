/* Responses that are put in by hand, and emails that were sent on for somebody else. */
#include "tests/unit/response_scene.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/admin/notification.h"
#include "domain/core/undo.h"
#include "domain/intake/inbound.h"
#include "domain/intake/inbound_look.h"
#include "domain/queue/response_view.h"
#include "domain/responses/response_text.h"
#include "domain/sorting/entered.h"
#include "domain/sorting/sent_on.h"
#include "domain/sorting/unsorted.h"
#include "mail/read/read.h"

static struct stage scene;
static struct err no;

static void begin(void)
{
	scene_open(&scene);
	no = (struct err){0};
}

static void end(void)
{
	stage_close(&scene);
}

static struct entered letter(void)
{
	return (struct entered){
		.consultation = "words",
		.said = {.channel = "paper",
			 .name = "Olive Quarry",
			 .organisation = "Fenside Players",
			 .type = "organisation",
			 .permission = "without name",
			 .address = "olive@fenside.example",
			 .acknowledge = ENTRY_ACKNOWLEDGE},
		.received = "5 December 2017",
		.text = "> We think 'wilful' is not understood.\n\nOn Monday, Ada wrote:\n"
			"2. Yes, it should be named.\n-- \nOlive Quarry\n",
		.once = "abcdef0123456789",
	};
}

static bool adds(const struct entered *what, struct entered_added *out)
{
	struct mail_message m;
	struct entered_made made;

	no = (struct err){0};
	if (!entered_make(&scene.op, scene.arena, what, &made, &no))
		return false;
	SCENE_OK(&scene, mail_read(made.bytes, made.len, scene.arena, &m, &err));
	return entered_add(&scene.op, scene.arena, &made, &m, out, &no);
}

static const char *added(const struct entered *what)
{
	struct entered_added out;

	ck_assert_msg(adds(what, &out), "%s", no.text);
	return out.reference;
}

static struct response_view seen(const char *reference)
{
	struct response_view view;

	SCENE_OK(&scene, response_view_load(&scene.op, scene.arena, reference,
					    VIEW_WITH_NAMES, &view, &err));
	return view;
}

static int64_t counted(enum sql_id statement, const char *letters, int64_t id)
{
	struct store_table t;

	SCENE_OK(&scene, store_all(scene.op.store, scene.arena, &t, &err, statement,
				   letters, id));
	return (int64_t)t.count;
}

START_TEST(a_letter_is_a_response_of_who_wrote_it)
{
	struct entered what = letter();
	struct entered_added out;
	struct response_view view;
	struct store_row row;

	ck_assert_msg(adds(&what, &out), "%s", no.text);
	ck_assert_str_eq(out.reference, "words-0001");
	ck_assert(!out.was_there && !out.is_late && !out.is_early);
	ck_assert(out.is_acknowledged);
	view = seen(out.reference);
	ck_assert_str_eq(view.who.name, "Olive Quarry");
	ck_assert_str_eq(view.who.organisation, "Fenside Players");
	ck_assert_str_eq(view.who.address, "olive@fenside.example");
	ck_assert_str_eq(view.who.type, "organisation");
	ck_assert_str_eq(view.who.permission, "without name");
	ck_assert_ptr_null(view.who.forwarded_by);
	/* All of it was typed: nothing is a quote. */
	ck_assert_ptr_nonnull(strstr(view.text_new, "wilful"));
	ck_assert_ptr_nonnull(strstr(view.text_new, "named"));
	ck_assert_str_eq(view.text_quoted, "");
	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_BY_ID, "i", view.response.id));
	ck_assert_str_eq(row_text(&row, "channel"), "paper");
	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err, SQL_ENTRY_OF,
				   "i", view.response.inbound_id));
	ck_assert_str_eq(row_text(&row, "staff"), "Ada");
	ck_assert_int_eq(row_int(&row, "at"), scene.op.now);
}
END_TEST

START_TEST(the_same_form_twice_is_one_response)
{
	struct entered what = letter(), other = letter();
	struct entered_added first, second;

	ck_assert(adds(&what, &first) && adds(&what, &second));
	ck_assert_str_eq(first.reference, second.reference);
	ck_assert(second.was_there);
	other.text = "Something else altogether.";
	ck_assert(!adds(&other, &second));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(no.text, "words-0001"));
	other.once = "fedcba9876543210";
	ck_assert_str_eq(added(&other), "words-0002");
}
END_TEST

START_TEST(nobody_is_written_to_unless_asked)
{
	struct entered what = letter();
	struct entered_added out;

	what.said.acknowledge = ENTRY_SILENT;
	ck_assert_msg(adds(&what, &out), "%s", no.text);
	ck_assert(!out.is_acknowledged);
	what.once = "0000000000000002";
	what.said.acknowledge = ENTRY_ACKNOWLEDGE;
	what.said.address = " ";
	ck_assert_msg(adds(&what, &out), "%s", no.text);
	ck_assert(!out.is_acknowledged);
	ck_assert_ptr_null(seen(out.reference).who.address);
}
END_TEST

/* Nothing but a text: a letter that nobody signed. */
START_TEST(who_is_not_known_stays_so)
{
	struct entered what = {.consultation = "words",
			       .said = {.channel = "meeting"},
			       .received = "yesterday",
			       .text = "The hall is cold.",
			       .once = "0000000000000003"};
	struct response_view view = seen(added(&what));

	ck_assert_ptr_null(view.who.name);
	ck_assert_ptr_null(view.who.address);
	ck_assert_str_eq(view.who.permission, "unknown");
	ck_assert_str_eq(view.who.type, "unknown");
}
END_TEST

static const struct {
	const char *received;
	bool good, late, early;
} days[] = {
	{"8 October 2017", true, false, true},
	{"12 October 2017", true, false, false},
	{"7/12/2017", true, false, false},
	{"today", true, false, false},
	{"8/12/2017", false, false, false}, /* tomorrow */
	{"", false, false, false},
	{"32 March 2017", false, false, false},
	{"a while ago", false, false, false},
};

START_TEST(the_day_is_when_it_reached_us)
{
	struct entered what = letter();
	struct entered_added out;
	bool good;

	what.received = days[_i].received;
	good = adds(&what, &out);
	ck_assert_msg(good == days[_i].good, "%s: %s", days[_i].received, no.text);
	if (!good) {
		ck_assert_int_eq(no.kind, ERR_INPUT);
		return;
	}
	ck_assert_msg(out.is_late == days[_i].late && out.is_early == days[_i].early,
		      "%s: late %d, early %d", days[_i].received, out.is_late,
		      out.is_early);
}
END_TEST

/* On the last day is in time, at whatever hour; the day after is late. */
START_TEST(the_last_day_is_in_time)
{
	struct entered what = letter();
	struct entered_added out;

	scene.op.now += 10 * DAY_S;
	what.received = "8 December 2017";
	ck_assert(adds(&what, &out) && !out.is_late);
	what.received = "9 December 2017";
	what.once = "0000000000000004";
	ck_assert(adds(&what, &out) && out.is_late);
}
END_TEST

static const struct {
	const char *name;
	struct entry_said said;
	const char *text, *once;
} wrongs[] = {
	{"no channel", {.channel = ""}, "x", "0123456789"},
	{"a channel that is none", {.channel = "pigeon"}, "x", "0123456789"},
	{"a type", {.channel = "paper", .type = "both"}, "x", "0123456789"},
	{"a permission", {.channel = "paper", .permission = "maybe"}, "x", "0123456789"},
	{"no address", {.channel = "paper", .address = "olive"}, "x", "0123456789"},
	{"ours", {.channel = "paper", .address = SCENE_ADDRESS}, "x", "0123456789"},
	{"two lines", {.channel = "paper", .name = "a\nb"}, "x", "0123456789"},
	{"nothing in it", {.channel = "paper"}, " \n", "0123456789"},
	{"no form", {.channel = "paper"}, "x", "../../etc"},
};

START_TEST(what_is_wrong_is_said_and_nothing_is_kept)
{
	struct entered what = {.consultation = "words",
			       .said = wrongs[_i].said,
			       .received = "today",
			       .text = wrongs[_i].text,
			       .once = wrongs[_i].once};
	struct entered_added out;

	ck_assert_msg(!adds(&what, &out), "%s", wrongs[_i].name);
	ck_assert_msg(no.kind == ERR_INPUT, "%s: %s", wrongs[_i].name, no.text);
	ck_assert_int_eq(counted(SQL_RESPONSES_IN, "i", 1), 0);
}
END_TEST

START_TEST(files_are_kept_as_they_are)
{
	static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
	const struct typed_file files[] = {
		{"C:\\scans\\Brief an uns \xc3\xa4.png", "image/png", png, sizeof(png)},
		{"notes.txt", NULL, "It is cold.\n", 12}};
	struct entered what = letter();
	struct response_view view;
	struct store_row row;

	what.text = NULL;
	what.files = files;
	what.file_count = 2;
	view = seen(added(&what));
	ck_assert_uint_eq(view.files.count, 2);
	row = table_row(&view.files, 0);
	ck_assert_str_eq(row_text(&row, "name"), "Brief an uns \xc3\xa4.png");
	ck_assert_str_eq(row_text(&row, "type"), "image/png");
	ck_assert_int_eq(row_int(&row, "size"), sizeof(png));
	row = table_row(&view.files, 1);
	ck_assert_str_eq(row_text(&row, "type"), "text/plain");
}
END_TEST

/* A better parser, or the same once more, changes nothing of what was said. */
START_TEST(reading_anew_keeps_what_was_said)
{
	struct entered what = letter();
	struct response_view view = seen(added(&what));
	struct mail_message m;
	const void *bytes;
	size_t len;

	SCENE_OK(&scene, inbound_raw(&scene.op, scene.arena, view.response.inbound_id,
				     &bytes, &len, &err));
	SCENE_OK(&scene, mail_read(bytes, len, scene.arena, &m, &err));
	SCENE_OK(&scene, inbound_rebuild(&scene.op, view.response.inbound_id, &m, &err));
	view = seen("words-0001");
	ck_assert_str_eq(view.who.name, "Olive Quarry");
	ck_assert_str_eq(view.who.permission, "without name");
	ck_assert_str_eq(view.text_quoted, "");
	ck_assert_ptr_nonnull(strstr(view.text_new, "wilful"));
}
END_TEST

START_TEST(adding_is_taken_back_by_excluding_it)
{
	struct entered what = letter();
	struct response r;
	const char *said;

	(void)added(&what);
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &said, &err));
	ck_assert_str_eq(said, "adding words-0001");
	SCENE_OK(&scene, response_find(&scene.op, scene.arena, "words-1", &r, &err));
	ck_assert_str_eq(r.state, "excluded");
	ck_assert_str_eq(r.reason, "put in by mistake");
}
END_TEST

START_TEST(a_draft_takes_none)
{
	struct entered what = letter();
	struct entered_added out;
	const char *name, *text = "---\nname: later\ntitle: Later\naddress: "
				  "later@updates.example.test\nopens: 2018-01-12\n"
				  "closes: 2018-02-08\n---\n\nWe ask.\n\n1. Why?\n";

	SCENE_OK(&scene,
		 consultation_add(&scene.op, scene.arena, "f.md", text, &name, &err));
	what.consultation = "later";
	ck_assert(!adds(&what, &out));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
}
END_TEST

/* ---- sent on ---- */

#define COLLEAGUE "clerk@council.example"

static const struct entry_said hers = {.channel = "paper",
				       .name = "Olive Quarry",
				       .address = "olive@fenside.example",
				       .type = "individual"};

START_TEST(what_a_colleague_sent_on_is_somebody_elses)
{
	const char *ref =
		scene_reply(&scene, COLLEAGUE,
			    "Olive rang. You may publish this response with my name.\n");
	struct response_view view = seen(ref);
	const char *said;

	ck_assert_str_eq(view.who.address, COLLEAGUE);
	ck_assert_str_eq(view.who.permission, "name");
	SCENE_OK(&scene, sent_on_say(&scene.op, ref, &hers, &err));
	view = seen(ref);
	ck_assert_str_eq(view.who.name, "Olive Quarry");
	ck_assert_str_eq(view.who.address, "olive@fenside.example");
	ck_assert_str_eq(view.who.forwarded_by, COLLEAGUE);
	/* Who sends it on allows nothing for her. */
	ck_assert_str_eq(view.who.permission, "unknown");
	ck_assert_ptr_nonnull(strstr(view.text, "Olive rang"));
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &said, &err));
	view = seen(ref);
	ck_assert_str_eq(view.who.address, COLLEAGUE);
	ck_assert_str_eq(view.who.permission, "name");
	ck_assert_ptr_null(view.who.forwarded_by);
	ck_assert_int_eq(counted(SQL_ENTRY_OF, "i", view.response.inbound_id), 0);
}
END_TEST

START_TEST(it_can_be_said_again_and_taken_back_in_turns)
{
	const char *ref = scene_reply(&scene, COLLEAGUE, "It is cold in there.\n"), *said;
	struct entry_said again = hers;

	SCENE_OK(&scene, sent_on_say(&scene.op, ref, &hers, &err));
	SCENE_OK(&scene, sent_on_say(&scene.op, ref, &hers, &err)); /* a double click */
	scene.op.now += 60;
	again.name = "Oliver Quarry";
	again.channel = "telephone";
	SCENE_OK(&scene, sent_on_say(&scene.op, ref, &again, &err));
	ck_assert_str_eq(seen(ref).who.name, "Oliver Quarry");
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &said, &err));
	ck_assert_str_eq(seen(ref).who.name, "Olive Quarry");
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &said, &err));
	ck_assert_ptr_null(seen(ref).who.forwarded_by);
}
END_TEST

/* Somebody has corrected the name since: that is not overwritten. */
START_TEST(what_was_corrected_since_stays)
{
	const char *ref = scene_reply(&scene, COLLEAGUE, "It is cold in there.\n"), *said;

	SCENE_OK(&scene, sent_on_say(&scene.op, ref, &hers, &err));
	SCENE_OK(&scene,
		 response_correct(&scene.op, ref, "Olivia Quarry", NULL, NULL, &err));
	ck_assert(!undo_last(&scene.op, scene.arena, &said, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_str_eq(seen(ref).who.name, "Olivia Quarry");
}
END_TEST

START_TEST(whose_it_is_must_be_said)
{
	const char *ref = scene_reply(&scene, COLLEAGUE, "It is cold in there.\n");
	struct entry_said nobody = {.channel = "paper"};
	struct entered what = letter();

	ck_assert(!sent_on_say(&scene.op, ref, &nobody, &no));
	ck_assert_int_eq(no.kind, ERR_INPUT);
	ck_assert(!sent_on_say(&scene.op, added(&what), &hers, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(unsorted_mail_is_filed_for_somebody_else)
{
	struct mail_address to = {.address = "elsewhere@updates.example.test"};
	struct mail_attachment scan = {
		.name = "scan.png", .type = "image/png", .size = 4};
	struct mail_message m = {.from = {"Clerk", COLLEAGUE},
				 .subject = "Letter of Olive",
				 .to = {&to, 1},
				 .text = "Please see attached.\n",
				 .attachments = &scan,
				 .attachment_count = 1};
	struct entry_said said = hers;
	struct unsorted_filing filing = {scene_mail(&scene, &m), "words", &said};
	struct response_text words;
	struct response_view view;
	struct store_row row;
	const char *ref;

	said.acknowledge = ENTRY_ACKNOWLEDGE;
	SCENE_OK(&scene, inbound_file_as(&scene.op, scene.arena, &filing, &ref, &err));
	view = seen(ref);
	ck_assert_str_eq(view.who.name, "Olive Quarry");
	ck_assert_str_eq(view.who.forwarded_by, COLLEAGUE);
	ck_assert_uint_eq(view.letters.count, 1);
	row = table_row(&view.letters, 0);
	ck_assert_str_eq(row_text(&row, "recipient"), "olive@fenside.example");
	SCENE_OK(&scene, response_text_load(&scene.op, scene.arena, view.response.id,
					    &words, &err));
	ck_assert_str_eq(words.note, "Please see attached.");
	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_BY_ID, "i", view.response.id));
	ck_assert_str_eq(row_text(&row, "channel"), "paper");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("entered");
	TCase *c = tcase_create("by hand");

	mail_read_setup();
	tcase_add_checked_fixture(c, begin, end);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, a_letter_is_a_response_of_who_wrote_it);
	tcase_add_test(c, the_same_form_twice_is_one_response);
	tcase_add_test(c, nobody_is_written_to_unless_asked);
	tcase_add_test(c, who_is_not_known_stays_so);
	tcase_add_loop_test(c, the_day_is_when_it_reached_us, 0, ARRAY_LEN(days));
	tcase_add_test(c, the_last_day_is_in_time);
	tcase_add_loop_test(c, what_is_wrong_is_said_and_nothing_is_kept, 0,
			    ARRAY_LEN(wrongs));
	tcase_add_test(c, files_are_kept_as_they_are);
	tcase_add_test(c, reading_anew_keeps_what_was_said);
	tcase_add_test(c, adding_is_taken_back_by_excluding_it);
	tcase_add_test(c, a_draft_takes_none);
	suite_add_tcase(s, c);
	c = tcase_create("sent on");
	tcase_add_checked_fixture(c, begin, end);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, what_a_colleague_sent_on_is_somebody_elses);
	tcase_add_test(c, it_can_be_said_again_and_taken_back_in_turns);
	tcase_add_test(c, what_was_corrected_since_stays);
	tcase_add_test(c, whose_it_is_must_be_said);
	tcase_add_test(c, unsorted_mail_is_filed_for_somebody_else);
	suite_add_tcase(s, c);
	return unit_main_together(s);
}
