/* Standard letters: found, measured, shown with what a person added, counted both ways. */
#include "tests/unit/response_scene.h"

#include "domain/analysis/analysis.h"
#include "domain/campaigns/campaign.h"
#include "base/str.h"
#include "base/buf.h"

#include <inttypes.h>
#include <sys/wait.h>
#include <unistd.h>

static const char standard[] =
	"I ask you to keep the old words of the law, because the people who work with "
	"families know them well and every court has long since said what they mean to it. "
	"New words would be argued about for years, and children would wait for the answer.";
static const char own[] =
	"My daughter was eight when we first came to the hearing and nobody had told her what "
	"the room looked like, which is what I would change before any word of any act.";
static const char other[] =
	"As a teacher of forty years I have seen the reports go unread on desks; give schools "
	"one person to telephone and the rest will follow of itself.";

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	stage_close(&scene);
}

static const char *from_person(int n, const char *format, const char *more)
{
	return scene_reply(&scene, arena_printf(scene.arena, "p%d@example.test", n),
			   arena_printf(scene.arena, "%s%s\n", format, more));
}

static struct campaigns_found find(void)
{
	struct campaigns_found f = {0};

	SCENE_OK(&scene, campaign_find(&scene.op, "words", &f, &err));
	return f;
}

static int64_t counted(const char *label, const char **out_note)
{
	struct analysis_table sheet;

	SCENE_OK(&scene, analysis_load(&scene.op, scene.arena,
				       &(struct analysis_sheet_of){
					       .consultation = "words", .by = "campaign"},
				       &sheet, &err));
	*out_note = sheet.note;
	for (size_t i = 0; i < sheet.row_count; i++)
		if (str_eq(sheet.rows[i].label, label))
			return sheet.rows[i].cells[ANALYSIS_TABLE_TYPES];
	return 0;
}

START_TEST(a_standard_letter_is_found_with_its_variants)
{
	struct campaigns_found f;
	struct campaign_diff d;
	struct campaign_shown shown;
	struct err none = {0};
	struct consultation of;
	const char *modified, *quoted, *note;

	for (int i = 0; i < 5; i++)
		(void)from_person(i, standard, i % 2 ? "" : " THANK YOU.");
	modified = from_person(10, own, arena_printf(scene.arena, " %s", standard));
	quoted = from_person(11, "Which words are no longer understood? ", own);
	(void)from_person(12, "Which words are no longer understood? ", other);
	f = find();
	ck_assert_int_eq(f.replies, 8);
	ck_assert_int_eq(f.proposed, 1);
	ck_assert_int_eq(f.standard, 5);
	ck_assert_int_eq(f.modified, 1);
	SCENE_OK(&scene, campaign_diff(&scene.op, scene.arena, scene_id(&scene, modified),
				       &d, &err));
	ck_assert_str_eq(d.closeness, "modified");
	ck_assert(strstr(d.added, "My daughter was eight") != NULL);
	ck_assert(strstr(d.added, "every court has long") == NULL);
	ck_assert_uint_gt(d.piece_count, 1);
	ck_assert_int_eq(d.pieces[0].kind, DIFF_ADDED);
	ck_assert(str_starts(d.pieces[0].text, "My daughter"));
	ck_assert_int_eq(counted("perhaps 1 standard", &note), 5);
	SCENE_OK(&scene, consultation_named(&scene.op, scene.arena, "words", &of, &err));
	SCENE_OK(&scene, campaign_shown(&scene.op, scene.arena, &of, 1, &shown, &err));
	ck_assert_str_eq(row_text(&shown.campaign, "state"), "proposed");
	ck_assert_uint_ge(shown.members.count, CAMPAIGN_LEAST);
	ck_assert(!campaign_shown(&scene.op, scene.arena, &of, 9, &shown, &none));
	ck_assert_msg(none.kind == ERR_ABSENT &&
			      strstr(none.text, "there is no campaign 9"),
		      "got %s", none.text);
	SCENE_OK(&scene, campaign_decide(&scene.op, "words", 1, "confirmed", &err));
	ck_assert_int_eq(counted("1 standard", &note), 5);
	ck_assert_int_eq(counted("1 modified", &note), 1);
	ck_assert_int_eq(counted("(no campaign)", &note), 2);
	ck_assert(strstr(note, "4 instead of 8") != NULL);
	(void)quoted;
}
END_TEST

/* One letter as the programs of those who send and receive it make it. */
static const struct {
	const char *before, *link, *middle, *after, *closeness, *added;
} copies[] = {
	{"Dear Minister,\n\n", "https://halls.example/open", "",
	 "Sincerely\nKaja Sund\n1 Osier "
	 "Row, Thornwick ZZ1 4QT",
	 "standard", ""},
	{"Hello\n\n",
	 "https://gbr01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fhalls."
	 "example%2Fopen&data=05%7C02",
	 "", "Sincerely\nNils Bro", "standard", ""},
	{"", "https://urldefense.com/v3/__https://halls.example/open__;!!AbC!xyz", "",
	 "Sent from "
	 "my iPhone",
	 "standard", ""},
	{"CAUTION: This email originated from outside of the organisation. Do not click links.\n\n",
	 "https://halls.example/open?utm_source=a&fbclid=b", "",
	 "Pia Holm\n\nThis email and any "
	 "attachments are confidential.",
	 "standard", ""},
	{"To the team\n\n", "https://halls.example/open",
	 "My late father is buried within sight "
	 "of ours.\n\n",
	 "Regards\nOlav Myhre", "modified",
	 "My late father is buried within sight of ours\n"},
	{"Good day,\n\n", NULL, "", "Regards\nTiril Vang", "modified", ""},
};

static const char *letter(size_t n)
{
	const char *second =
		"Halls are where they meet after school, and the drivers of the "
		"rural bus wait there too; read more at ";

	return arena_printf(
		scene.arena,
		"%sI write to ask you to keep every village hall open to young peo\xE2\x80\x8Bple "
		"and to those who live alone on the hills.\n\n%s%s%s%sPlease do not make volunteers "
		"\xEF\xAC\x81ll in a form of forty pages before they may turn the key.\n\n%s\n",
		copies[n].before, copies[n].link ? second : "",
		str_or(copies[n].link, ""), copies[n].link ? ".\n\n" : "",
		copies[n].middle, copies[n].after);
}

START_TEST(copies_are_told_by_what_was_added_and_left_out)
{
	const char *refs[ARRAY_LEN(copies)];
	struct store_row row;

	for (size_t i = 0; i < ARRAY_LEN(copies); i++)
		refs[i] = from_person((int)i, letter(i), "");
	ck_assert_int_eq(find().proposed, 1);
	for (size_t i = 0; i < ARRAY_LEN(copies); i++) {
		struct campaign_diff d;

		SCENE_OK(&scene, campaign_diff(&scene.op, scene.arena,
					       scene_id(&scene, refs[i]), &d, &err));
		ck_assert_msg(str_eq(d.closeness, copies[i].closeness) &&
				      str_eq(d.added, copies[i].added),
			      "copy %zu is %s and adds \"%s\"", i, d.closeness, d.added);
	}
	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_CAMPAIGN_BY_NUMBER, "ii", (int64_t)1, (int64_t)1));
	ck_assert_ptr_null(strstr(row_text(&row, "standard"), "Sund"));
	ck_assert_ptr_null(strstr(row_text(&row, "standard"), "Osier"));
	ck_assert_ptr_null(strstr(row_text(&row, "standard"), "father"));
	ck_assert_ptr_null(strstr(row_text(&row, "standard"), "CAUTION"));
	ck_assert_ptr_nonnull(strstr(row_text(&row, "standard"), "where they meet"));
}
END_TEST

START_TEST(a_moved_paragraph_is_nobodys_added_words)
{
	static const char one[] =
		"Every plot should have a short agreement on one page only.";
	static const char two[] =
		"Nobody who is ill should lose a plot before two summers pass.";
	static const char three[] =
		"The waiting list should hang by the gate for all to read.";
	struct campaign_diff d;
	const char *moved;

	for (int i = 0; i < 4; i++)
		(void)from_person(
			i, arena_printf(scene.arena, "%s\n\n%s\n\n%s", one, two, three),
			"");
	moved = from_person(
		9, arena_printf(scene.arena, "%s\n\n%s\n\n%s", three, one, two), "");
	ck_assert_int_eq(find().proposed, 1);
	SCENE_OK(&scene, campaign_diff(&scene.op, scene.arena, scene_id(&scene, moved),
				       &d, &err));
	ck_assert_str_eq(d.added, "");
	ck_assert_str_eq(d.closeness, "modified");
}
END_TEST

/* Whatever a person writes, the pieces are what was compared; signs in it are no marks. */
START_TEST(words_between_brackets_are_the_writers_own)
{
	static const char mine[] =
		"I wrote [-nothing-] here and [+all of+] this myself, too";
	AUTO(buf) added = buf_new(1000);
	struct campaign_diff d;
	const char *ref;

	for (int i = 0; i < 4; i++)
		(void)from_person(i, standard, "");
	ref = from_person(9, standard, arena_printf(scene.arena, "\n\n%s", mine));
	ck_assert_int_eq(find().proposed, 1);
	SCENE_OK(&scene,
		 campaign_diff(&scene.op, scene.arena, scene_id(&scene, ref), &d, &err));
	for (size_t i = 0; i < d.piece_count; i++) {
		ck_assert_int_ne(d.pieces[i].kind, DIFF_REMOVED);
		if (d.pieces[i].kind == DIFF_ADDED)
			buf_printf(added, "%s%s", added->len ? " " : "",
				   d.pieces[i].text);
	}
	ck_assert_str_eq(buf_text(added), mine);
}
END_TEST

START_TEST(finding_again_changes_nothing_that_a_person_decided)
{
	const char *note;

	for (int i = 0; i < 4; i++)
		(void)from_person(i, standard, "");
	ck_assert_int_eq(find().proposed, 1);
	SCENE_OK(&scene, campaign_decide(&scene.op, "words", 1, "refused", &err));
	(void)from_person(5, standard, "");
	ck_assert_int_eq(find().proposed, 0);
	ck_assert_int_eq(counted("(no campaign)", &note), 5);
	SCENE_OK(&scene, campaign_decide(&scene.op, "words", 1, "confirmed", &err));
	ck_assert_int_eq(find().standard, 5);
	ck_assert_int_eq(counted("1 standard", &note), 5);
}
END_TEST

static const struct {
	const char *name, *text;
	int senders, copies;
} none[] = {
	{"two people", standard, 2, 1},
	{"one person many times", standard, 1, 6},
	{"a few words", "I agree with all of it.", 6, 1},
	{"only the questions",
	 "Which words are no longer understood? Should neglect of feelings "
	 "be named in the law? Is there anything else that you want to "
	 "tell us?",
	 6, 1},
};

START_TEST(no_campaign_of_what_is_none)
{
	for (int i = 0; i < none[_i].senders; i++)
		for (int k = 0; k < none[_i].copies; k++)
			(void)from_person(i, none[_i].text, "");
	ck_assert_msg(find().proposed == 0, "%s", none[_i].name);
}
END_TEST

/* Everybody sends the same form back; filled in anyhow, it makes nobody a campaigner. */
static const char *with_form(int n, const char *opinion)
{
	return arena_printf(
		scene.arena,
		"Respondent Information Form\n"
		"Please Note this form must be completed and returned with your response.\n"
		"Full name or organisation's name: Person Number%d Far\n"
		"%s Individual\n%s Organisation\n"
		"The Scottish Government would like your permission to publish your "
		"consultation response. Please indicate your publishing preference:\n"
		"%s Publish response with name\n%s Do not publish response\n"
		"We will share your response internally with other Scottish Government "
		"policy teams who may be addressing the issues you discuss. They may wish "
		"to contact you again in the future, but we require your permission to do "
		"so. Are you content for Scottish Government to contact you again in "
		"relation to this consultation exercise?\n%s Yes\n%s No\n\n%s",
		n, n % 2 ? "☒" : "☐", n % 2 ? "☐" : "☒", n % 3 ? "☒" : "☐",
		n % 3 ? "☐" : "☒", n % 2 ? "[x]" : "[ ]", n % 2 ? "[ ]" : "[x]", opinion);
}

START_TEST(a_form_makes_no_campaign)
{
	static const char *const opinions[] = {
		standard, own, other,
		"Ask the children themselves: they told us that a smaller room and a "
		"known face would have done more than any paper that we sent home."};
	struct campaigns_found f;

	for (int i = 0; i < (int)ARRAY_LEN(opinions); i++)
		(void)from_person(i, with_form(i, opinions[i]), "");
	f = find();
	ck_assert_int_eq(f.proposed, 0);
	ck_assert_int_eq(f.standard + f.modified + f.look, 0);
}
END_TEST

START_TEST(a_letter_is_found_whatever_its_form_says)
{
	struct campaigns_found f;

	for (int i = 0; i < 4; i++)
		(void)from_person(i, with_form(i, standard), "");
	(void)from_person(9, standard, "");
	f = find();
	ck_assert_int_eq(f.proposed, 1);
	ck_assert_int_eq(f.standard, 5);
}
END_TEST

START_TEST(two_campaigns_are_two)
{
	struct campaigns_found f;

	for (int i = 0; i < 4; i++) {
		(void)from_person(i, standard, "");
		(void)from_person(20 + i, other, "");
		(void)from_person(40 + i, own, i ? "" : " And so on.");
	}
	/* One who adds a sentence is not the standard text any more, however alike. */
	(void)from_person(60, standard,
			  " I was such a child, and I waited for two years.");
	f = find();
	ck_assert_int_eq(f.proposed, 3);
	ck_assert_int_eq(f.standard, 11);
	ck_assert_int_eq(f.modified, 2);
}
END_TEST

static struct operation other_process(void)
{
	struct operation op = scene.op;

	SCENE_OK(&scene, store_open(settings_store_path(scene.settings), STORE_EXISTING,
				    &op.store, &err));
	return op;
}

/* Long letters of many people take long to compare, and nobody waits for it. Held is told in
 * this thread's own processor time, which no load changes. */
START_TEST(comparing_keeps_nobody_from_writing)
{
	AUTO(buf) text = buf_new(1 << 20);
	struct campaigns_found f;
	struct operation op;
	int64_t began, all, held;

	for (int i = 0; i < 400; i++)
		buf_printf(text, "Hall %d of %d stays open for %d.\n", i, i * 7, i * 31);
	for (int i = 0; i < 12; i++)
		(void)from_person(i, buf_text(text),
				  arena_printf(scene.arena, "\nHall %d is mine.", i));
	op = other_process();
	began = unit_own_us();
	SCENE_OK(&scene, campaign_find(&op, "words", &f, &err));
	all = unit_own_us() - began;
	held = store_held_most_us(op.store);
	store_close(&op.store);
	ck_assert_int_eq(f.proposed, 1);
	ck_assert_msg(held * 3 < all,
		      "the store was held for %" PRId64 " of %" PRId64 " microseconds",
		      held, all);
}
END_TEST

/* What did not change is not written again, so every count that hangs on it stands. */
START_TEST(finding_again_writes_only_what_changed)
{
	int64_t before, first, again;

	for (int i = 0; i < 30; i++)
		(void)from_person(i, standard, "");
	before = store_statements(scene.op.store);
	ck_assert_int_eq(find().standard, 30);
	first = store_statements(scene.op.store) - before;
	before = store_statements(scene.op.store);
	ck_assert_int_eq(find().standard, 30);
	again = store_statements(scene.op.store) - before;
	ck_assert_msg(again <= first - 30, "%" PRId64 " statements, and then %" PRId64,
		      first, again);
	(void)from_person(40, standard, "");
	ck_assert_int_eq(find().standard, 31);
}
END_TEST

/* Finding reads before it writes, and somebody decides in between, again and again. */
START_TEST(decisions_beside_it_are_not_lost)
{
	int status;
	pid_t pid;

	for (int i = 0; i < 12; i++)
		(void)from_person(i, standard, "");
	ck_assert_int_eq(find().proposed, 1);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (!pid) {
		struct operation op = other_process();
		struct err err = {0};
		bool ok = true;

		for (int i = 0; ok && i <= 40; i++)
			ok = campaign_decide(&op, "words", 1,
					     i % 2 ? "refused" : "confirmed", &err);
		_exit(ok ? 0 : 1);
	}
	for (int i = 0; i < 20; i++) {
		struct campaigns_found f;
		struct err busy = {0};

		(void)from_person(50 + i, standard, "");
		if (!campaign_find(&scene.op, "words", &f, &busy))
			ck_assert_int_eq(busy.kind, ERR_CONFLICT);
		else
			ck_assert_int_eq(f.proposed, 0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(find().standard, 32);
}
END_TEST

START_TEST(a_campaign_that_is_not_there_is_said)
{
	struct err no = {0};

	ck_assert(!campaign_decide(&scene.op, "words", 7, "confirmed", &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_campaign");
	TCase *c = tcase_create("campaign");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, a_form_makes_no_campaign);
	tcase_add_test(c, a_letter_is_found_whatever_its_form_says);
	tcase_add_test(c, a_standard_letter_is_found_with_its_variants);
	tcase_add_test(c, copies_are_told_by_what_was_added_and_left_out);
	tcase_add_test(c, a_moved_paragraph_is_nobodys_added_words);
	tcase_add_test(c, words_between_brackets_are_the_writers_own);
	tcase_add_test(c, finding_again_changes_nothing_that_a_person_decided);
	UNIT_TABLE(c, no_campaign_of_what_is_none, none);
	tcase_add_test(c, two_campaigns_are_two);
	tcase_add_test(c, comparing_keeps_nobody_from_writing);
	tcase_add_test(c, finding_again_writes_only_what_changed);
	tcase_add_test(c, decisions_beside_it_are_not_lost);
	tcase_add_test(c, a_campaign_that_is_not_there_is_said);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
