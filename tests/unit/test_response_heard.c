/*
 * Wherever somebody writes that their response is not to be published, it is heard: in every
 * field, beside every box, in the subject, the name of a file, the name that they send under,
 * inside of answers, and in a later email. What says no less there changes nothing.
 */
#include "tests/unit/response_scene.h"

#include "base/str.h"
#include "domain/intake/attachment_text.h"

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	stage_close(&scene);
}

/* What stands where; NULL: the usual. A file of no type that is known is never read. */
struct written {
	const char *from, *subject, *file, *name, *organisation, *email, *tick, *answer,
		*above, *below;
};

static int64_t people;

static const char *responds(const struct written *w)
{
	const char *address =
		arena_printf(scene.arena, "p%d@home.example", (int)++people);
	static const struct mail_address to_all = {.address = SCENE_ADDRESS};
	struct mail_address to = to_all;
	struct mail_attachment file = {.name = w->file, .type = "image/png"};
	const char *text = arena_printf(
		scene.arena,
		"%s\n\nYour name: %s\nOrganisation: %s\nEmail: %s\n\n[x] Individual\n"
		"[ ] Organisation\n\n[x] Publish response with name%s\n"
		"[ ] Publish response only (without name)\n[ ] Do not publish response\n\n"
		"May we contact you again? Yes\n\n1. Tinker is the word.\n\n"
		"2. It should be named. %s\n\n%s\n",
		str_or(w->above, ""), str_or(w->name, "Jean Roy"),
		str_or(w->organisation, ""), str_or(w->email, address),
		str_or(w->tick, ""), str_or(w->answer, ""), str_or(w->below, ""));
	struct mail_message m = {
		.from = {.name = str_or(w->from, "Jean Roy"), .address = address},
		.to = {&to, 1},
		.subject = str_or(w->subject, "My response"),
		.text = text,
		.text_new = text,
		.attachments = &file,
		.attachment_count = w->file ? 1 : 0,
	};
	int64_t inbound = scene_mail(&scene, &m);
	struct store_row row;

	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_OF_INBOUND, "i", inbound));
	return arena_printf(scene.arena, "words-%04d", (int)row_int(&row, "number"));
}

static const struct {
	const char *where;
	struct written w;
} heard[] = {
	{"name", {.name = "Rona Weir - do NOT publish my name"}},
	{"name", {.name = "Rona Weir (not to be published)"}},
	{"name", {.name = "Rona Weir (CONFIDENTIAL)"}},
	{"name", {.name = "A worried mum (I do not want to give my name)"}},
	{"name", {.name = "prefer not to say"}},
	{"below the name", {.name = "Rona Weir\nplease do not print my name"}},
	{"organisation", {.organisation = "(please do not name my employer) NHS Fife"}},
	{"organisation", {.organisation = "Confidential"}},
	{"email", {.email = "x@y.example please do not publish my response"}},
	{"beside the box", {.tick = " - on second thoughts no"}},
	{"subject", {.subject = "CONFIDENTIAL - Response: words"}},
	{"subject", {.subject = "Re: not for publication"}},
	{"file", {.file = "NOT_FOR_PUBLICATION.png"}},
	{"file", {.file = "my response confidential.png"}},
	{"From", {.from = "Jean Roy (CONFIDENTIAL)"}},
	{"From", {.from = "Not For Publication"}},
	{"From", {.from = "Name Withheld"}},
	{"From", {.from = "Please Dont Print"}},
	{"From", {.from = "Confidential Respondent"}},
	{"From", {.from = "Anonymous"}},
	{"answer", {.answer = "Do not publish."}},
	{"answer", {.answer = "CONFIDENTIAL"}},
	{"answer", {.answer = "No thanks to publishing."}},
	{"answer", {.answer = "This is just between you and me."}},
	{"answer", {.answer = "I am writing this without my employer's knowledge."}},
	{"answer",
	 {.answer = "Ich m\xC3\xB6"
		    "chte nicht, dass mein Name erscheint."}},
	{"above", {.above = "You can use what I said but not who said it."}},
	{"above", {.above = "NOT FOR PUBLICATION"}},
	{"below", {.below = "Sign me as Concerned Grandparent."}},
	{"below", {.below = "PS: mum's the word"}},
	{"below", {.below = "Embargoed until our annual meeting on 4 May."}},
};

START_TEST(what_asks_for_less_is_heard_anywhere)
{
	const char *ref = responds(&heard[_i].w);

	ck_assert_msg(!str_eq(scene_respondent(&scene, ref, "permission"), "name"),
		      "case %d in %s is passed over", _i, heard[_i].where);
}
END_TEST

static const struct written plain[] = {
	{0},
	{.name = "Rona Weir"},
	{.name = "Dr R. M. Weir"},
	{.name = "Si\xC3\xA2n O'Neil"},
	{.organisation = "The Private Landlords Group"},
	{.organisation = "Confidential Inquiry into Farm Accidents"},
	{.email = "rona.weir@home.example (home)"},
	{.subject = "Re: my response to your consultation"},
	{.subject = "how I see the law on hearings"},
	{.file = "consultation response v3 final.png"},
	{.file = "IMG_20260301_0912.png"},
	{.from = "Rona M. Weir"},
	{.from = "Norman Nott"},
	{.from = "Weir, Rona"},
	{.from = "Fenside Trust"},
	{.answer = "Children's names should never be in the papers."},
	{.answer = "Kindly."},
	{.answer = "We share records only with consent."},
	{.above = "Please find my answers below."},
	{.below = "Many thanks for the chance to comment."},
	{.below = "I am happy for my name to appear."},
};

START_TEST(what_says_no_less_changes_nothing)
{
	const char *ref = responds(&plain[_i]);

	ck_assert_msg(str_eq(scene_respondent(&scene, ref, "permission"), "name"),
		      "case %d is %s", _i, scene_respondent(&scene, ref, "permission"));
	ck_assert_str_eq(scene_respondent(&scene, ref, "contact"), "yes");
}
END_TEST

static const struct {
	const char *type;
	const char *permission;
} unread[] = {
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	 "unknown"},
	{"application/x-rar", "unknown"},
	{"application/pdf", "unknown"},
	{"image/jpeg", "name"},
	{"video/mp4", "name"},
};

/* A document may say anything; a picture beside a response is a picture. */
START_TEST(what_nobody_could_read_is_in_doubt)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_attachment file = {.name = "more.bin",
				       .type = unread[_i].type,
				       .sha256 = "00",
				       .size = 4,
				       .bytes = "\1\2\3\4"};
	struct mail_message m = {
		.from = {"Jean Roy", "jean@example.test"},
		.to = {&to, 1},
		.subject = "My response",
		.text = "[x] Publish response with name\n[ ] Do not publish response\n",
		.attachments = &file,
		.attachment_count = 1};
	struct extract_result read = {.state = EXTRACT_UNREADABLE,
				      .source = "office",
				      .reason = "it is damaged"};
	int64_t id;

	m.text_new = m.text;
	id = scene_mail(&scene, &m);
	SCENE_OK(&scene, attachment_text_keep(&scene.op, id, 0, &read, &err));
	ck_assert_str_eq(scene_respondent(&scene, "words-0001", "permission"),
			 unread[_i].permission);
}
END_TEST

static const char *const later[] = {
	"I would like to withdraw my response.\n",
	"Please delete what I sent you last week.\n",
	"Please keep this confidential after all.\n",
	"I have changed my mind about my name.\n",
};

START_TEST(what_is_taken_back_later_is_in_doubt)
{
	static const char form[] = "[x] Publish response with name\n"
				   "[ ] Do not publish response\n\n1. Tinker.\n";
	const char *first = scene_reply(&scene, "jean@example.test", form);

	ck_assert_str_eq(scene_respondent(&scene, first, "permission"), "name");
	(void)scene_reply(&scene, "jean@example.test", later[_i]);
	ck_assert_msg(!str_eq(scene_respondent(&scene, first, "permission"), "name"),
		      "still with name after: %s", later[_i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_heard");
	TCase *c = tcase_create("heard");

	tcase_add_checked_fixture(c, begin, end);
	UNIT_TABLE(c, what_asks_for_less_is_heard_anywhere, heard);
	UNIT_TABLE(c, what_says_no_less_changes_nothing, plain);
	UNIT_TABLE(c, what_nobody_could_read_is_in_doubt, unread);
	UNIT_TABLE(c, what_is_taken_back_later_is_in_doubt, later);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
