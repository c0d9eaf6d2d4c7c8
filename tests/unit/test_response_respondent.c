/* What a reply's form says becomes the respondent's, unless a person said otherwise. */
#include "tests/unit/response_scene.h"

#include "domain/intake/attachment_text.h"
#include "domain/campaigns/duplicate.h"
#include "base/str.h"

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	stage_close(&scene);
}

static const char *of(const char *reference, const char *column)
{
	return scene_respondent(&scene, reference, column);
}

static const char *said(const char *reference, const char *field, const char *column)
{
	struct store_table t;

	SCENE_OK(&scene, store_all(scene.op.store, scene.arena, &t, &err, SQL_SAID_OF,
				   "i", scene_id(&scene, reference)));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (str_eq(row_text(&row, "field"), field))
			return row_text(&row, column);
	}
	return NULL;
}

static const char form[] =
	"Name: Jean Roy\n[x] Individual\n[ ] Organisation\n\n"
	"[x] Publish response with name\n[ ] Do not publish response\n\n"
	"May we contact you again? Yes\n\n1. Tinker.\n";

START_TEST(a_form_in_the_mail_fills_the_respondent)
{
	const char *ref = scene_reply(&scene, "jean@example.test", form);

	ck_assert_str_eq(of(ref, "name"), "Jean Roy");
	ck_assert_str_eq(of(ref, "type"), "individual");
	ck_assert_str_eq(of(ref, "permission"), "name");
	ck_assert_str_eq(of(ref, "contact"), "yes");
	ck_assert_str_eq(said(ref, "permission", "place"), "mail, line 5");
}
END_TEST

START_TEST(a_form_in_a_file_is_read_and_named)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	static const char words[] = "\nOrganisation name: Rowan Trust\n"
				    "☐ Individual ☒ Organisation\n";
	struct mail_attachment file = {.name = "form.txt",
				       .type = "text/plain",
				       .sha256 = "00",
				       .bytes = words,
				       .size = sizeof(words) - 1,
				       .text = words};
	struct mail_message m = {.from = {.address = "rowan@example.test"},
				 .to = {&to, 1},
				 .text = "See the file.\n",
				 .attachments = &file,
				 .attachment_count = 1};
	const char *ref = "words-1";

	ck_assert_str_eq(scene_taken(&scene, scene_mail(&scene, &m), "taken_as"),
			 "response");
	ck_assert_str_eq(of(ref, "type"), "organisation");
	ck_assert_str_eq(of(ref, "organisation"), "Rowan Trust");
	ck_assert_str_eq(of(ref, "permission"), "unknown");
	ck_assert_str_eq(said(ref, "type", "place"), "form.txt, line 3");
}
END_TEST

/* A photograph of a form, whose words a program recognised; its first lines may be typed. */
static const char *photographed(const char *typed)
{
	static const char guess[] =
		"Name: Jean Roy\n[x] Individual\n"
		"[x] Publish response with name\n"
		"May we contact you again? Yes\n\n"
		"My stepfather hits me every night.\n\nJean Roy\nRowan Trust\n";
	static const char head[MAIL_ATTACHMENT_HEAD] = "\xff\xd8\xff\xe0";
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_attachment file = {.name = "form.jpg",
				       .type = "image/jpeg",
				       .sha256 = "00",
				       .size = 20000,
				       .head_only = true,
				       .bytes = head};
	struct mail_message m = {.from = {.address = "x@example.test"},
				 .to = {&to, 1},
				 .text = "See the photograph.",
				 .text_new = "See the photograph.",
				 .attachments = &file,
				 .attachment_count = 1};
	struct extract_result read = {.state = EXTRACT_UNREADABLE,
				      .source = "recognised",
				      .reason = "a program recognised its words",
				      .sure = 91};
	int64_t id = scene_mail(&scene, &m);
	char *text = arena_printf(scene.arena, "%s%s", typed, guess);

	read.text = text;
	read.recognised = text + strlen(typed);
	SCENE_OK(&scene, attachment_text_keep(&scene.op, id, 0, &read, &err));
	return "words-0001";
}

START_TEST(nothing_is_allowed_by_words_that_a_program_guessed)
{
	const char *ref = photographed("");
	struct store_table t;
	struct store_row first;

	ck_assert_str_eq(of(ref, "permission"), "unknown");
	ck_assert_str_eq(of(ref, "contact"), "unknown");
	ck_assert_str_eq(of(ref, "type"), "unknown");
	ck_assert_ptr_null(of(ref, "name"));
	ck_assert_ptr_null(of(ref, "organisation"));
	/* But whoever may be at risk is seen. */
	SCENE_OK(&scene, store_all(scene.op.store, scene.arena, &t, &err,
				   SQL_PROPOSALS_OF, "i", scene_id(&scene, ref)));
	ck_assert_uint_ge(t.count, 1);
	first = table_row(&t, 0);
	ck_assert_str_eq(row_text(&first, "kind"), "risk");
}
END_TEST

START_TEST(what_was_typed_beside_them_counts)
{
	const char *ref =
		photographed("[x] Organisation\n[x] Do not publish response\n\n");

	ck_assert_str_eq(of(ref, "permission"), "none");
	ck_assert_str_eq(of(ref, "type"), "organisation");
	ck_assert_str_eq(of(ref, "contact"), "unknown");
}
END_TEST

START_TEST(a_later_mail_makes_an_earlier_one_stricter_and_never_freer)
{
	const char *first = scene_reply(&scene, "jean@example.test", form), *later;

	later = scene_reply(&scene, "jean@example.test",
			    "Please do not publish my response.\n");
	ck_assert_str_eq(of(first, "permission"), "none");
	ck_assert_str_eq(of(first, "type"), "individual");
	ck_assert_str_eq(said(first, "permission", "value"), "name");
	ck_assert_str_eq(of(later, "permission"), "none");
	/* A person decides that it is somebody else's: then it changes nothing. */
	SCENE_OK(&scene, response_duplicate_unlink(&scene.op, later, &err));
	ck_assert_str_eq(of(first, "permission"), "name");
	SCENE_OK(&scene,
		 response_duplicate_link(&scene.op, later, first, "amendment", &err));
	ck_assert_str_eq(of(first, "permission"), "none");
}
END_TEST

START_TEST(a_doubt_by_itself_is_said_as_such)
{
	const char *ref = scene_reply(&scene, "jean@example.test",
				      "I would like to withdraw my response.\n");

	ck_assert_str_eq(of(ref, "permission"), "unknown");
	ck_assert_str_eq(said(ref, "permission", "note"),
			 "nothing is chosen; a sentence may be about it");
}
END_TEST

START_TEST(a_forged_mail_gives_nothing_away)
{
	const char *none = scene_reply(&scene, "jean@example.test",
				       "Please do not publish my response.\n"),
		   *nothing = scene_reply(&scene, "kim@example.test", "1. Tinker.\n"),
		   *other = scene_reply(&scene, "jean@example.test", form);

	(void)scene_reply(&scene, "kim@example.test", form);
	ck_assert_str_eq(of(other, "permission"), "name");
	ck_assert_str_eq(of(none, "permission"), "none");
	ck_assert_str_eq(of(nothing, "permission"), "unknown");
	ck_assert_str_eq(of(nothing, "contact"), "unknown");
	ck_assert_ptr_null(of(nothing, "name"));
	ck_assert_ptr_null(of(none, "name"));
}
END_TEST

START_TEST(what_a_person_set_stays)
{
	const char *ref = scene_reply(&scene, "jean@example.test", "1. Tinker.\n"),
		   *later;

	ck_assert_str_eq(of(ref, "type"), "unknown");
	SCENE_OK(&scene, response_respondent(&scene.op, ref, NULL, "name", &err));
	later = scene_reply(&scene, "jean@example.test",
			    "Please do not publish my response.\n");
	ck_assert_str_eq(of(ref, "permission"), "name");
	ck_assert_str_eq(of(ref, "type"), "unknown");
	ck_assert_str_eq(of(later, "permission"), "none");
}
END_TEST

#define SAID "I have lived by the canal for six years, and the path floods.\n\n"

static const struct {
	const char *from, *text, *name, *organisation, *type;
} people[] = {
	{NULL, "Dear team,\n\n" SAID "Kind regards\nBertram Oakes\n", "Bertram Oakes",
	 NULL, "unknown"},
	{"Ines Farrow",
	 SAID "Yours sincerely\nInes Farrow\nTreasurer\nThornwick Allotment "
	      "Society\nTel. 01632 960001\n",
	 "Ines Farrow", "Thornwick Allotment Society", "unknown"},
	{"Ines",
	 "Our members met and want it mended.\n\nYours sincerely\nInes Farrow\n"
	 "Treasurer, Thornwick Allotment Society\n",
	 "Ines Farrow", "Thornwick Allotment Society", "organisation"},
	{"Info", SAID "Best wishes,\n\nOla Berg\n", "Ola Berg", NULL, "unknown"},
	{"Clerk of the Reed Society", SAID "Best wishes\nAnders Friis\n", "Anders Friis",
	 "Clerk of the Reed Society", "unknown"},
	{"Friis, Anders", SAID, "Anders Friis", NULL, "unknown"},
	{"Solveig Dahl", SAID "Solveig\n", "Solveig Dahl", NULL, "unknown"},
	{"S. Dahl", SAID "Solveig Dahl\n", "Solveig Dahl", NULL, "unknown"},
	{NULL, "I, Maja Lunde, live by the canal. The path floods.\n", "Maja Lunde", NULL,
	 "unknown"},
	{NULL, SAID "For and on behalf of the Towpath Users\nHelge Stene\n",
	 "Helge Stene", "Towpath Users", "organisation"},
	{"Helge Stene", SAID "Helge Stene\nSecretary\nTowpath Users\n", "Helge Stene",
	 "Towpath Users", "unknown"},
	{"Unni Bakke",
	 SAID "Mit freundlichen Gr\xC3\xBC\xC3\x9F"
	      "en\nUnni Bakke\n",
	 "Unni Bakke", NULL, "unknown"},
	/* the name of the form, whatever the form calls it */
	{NULL,
	 "[ ] Individual\n[x] Organisation\nFull name or organisation's name: Thornwick "
	 "Beekeepers\n\n" SAID "Ada Brock\n",
	 "Ada Brock", "Thornwick Beekeepers", "organisation"},
	{"Ada Brock",
	 "[ ] Individual\n[x] Organisation\nFull name or organisation's name: "
	 "Riverside\n\n" SAID,
	 "Ada Brock", "Riverside", "organisation"},
	{NULL,
	 "[x] Individual\n[ ] Organisation\nFull name or organisation's name: Ada Brock\n\n" SAID
	 "Kind regards\nAda Brock\nTeacher\nReed School\n",
	 "Ada Brock", NULL, "individual"},
	{"Ada Brock", "Name: Ada Brock\nOrganisation: no\n\n" SAID, "Ada Brock", NULL,
	 "unknown"},
	{NULL,
	 "Full name or organisation's name: Otter Project\n[x] Organisation\n[ ] Individual\n"
	 "Contact name: Wim Jansen\n\n" SAID,
	 "Wim Jansen", "Otter Project", "organisation"},
	{"Secretary",
	 SAID "Many thanks,\n\nDr Ivo Marsh | Head of Policy | Lockside Housing Trust\n",
	 "Dr Ivo Marsh", "Lockside Housing Trust", "unknown"},
	/* degrees, sections and families */
	{"Dr Oona Vik", SAID "Dr Oona Vik MBChB MRCGP\nGP Partner\nLock Street Surgery\n",
	 "Dr Oona Vik", "Lock Street Surgery", "unknown"},
	{"Lars Holm",
	 "The path should be lit.\n\nLars Holm\nTeam Leader, Road Safety\nThornwick "
	 "Council\n",
	 "Lars Holm", "Thornwick Council", "organisation"},
	{"Rolf & Ane Foster", SAID "Kind regards\nAne Foster\n", "Ane Foster", NULL,
	 "unknown"},
	{"Miss D Foss", SAID "Dagny Foss\n", "Dagny Foss", NULL, "unknown"},
	{"Elin Dale",
	 "All twelve households would welcome it.\n\nFor the Osier Row Residents' "
	 "Association\nElin Dale, secretary\n",
	 "Elin Dale", "Osier Row Residents' Association", "organisation"},
	{"OULD Ned [Staff]", SAID "Yours faithfully,\nNed Ould\n", "Ned Ould", NULL,
	 "unknown"},
	{"Beate Lund (Social Care)",
	 "The path should be lit.\n\nBeate Lund | Kinship Team Manager | Thornwick Council | "
	 "01632 960222\n",
	 "Beate Lund", "Thornwick Council", "organisation"},
	{"margaret.t.finch", SAID "M. T. Finch (Mrs)\n", "M. T. Finch", NULL, "unknown"},
	{"Carl Wynn",
	 "I send this for my mother, Edna Wynn, who has no email.\n\nThe path floods.\n\n"
	 "Edna Wynn\n",
	 "Edna Wynn", NULL, "unknown"},
	{"Osier Row Community Council", SAID "Osier Row Community Council\n", NULL,
	 "Osier Row Community Council", "organisation"},
	{"Policy",
	 "Lock Keepers' Union response\n\nThe path should be lit.\n\nFor more about this "
	 "response please contact:\nAoife Lane, Policy Officer\naoife@lock.example\n",
	 "Aoife Lane", "Lock Keepers' Union", "organisation"},
	{"Una Speir",
	 "The path should be lit.\n\nUna Speir\nOn behalf of the board of Larch Family Centre\n",
	 "Una Speir", "Larch Family Centre", "organisation"},
	{"Beth Howell",
	 "I am responding as an individual, though I teach at Reed School.\n\n" SAID
	 "Beth Howell\n",
	 "Beth Howell", NULL, "individual"},
	/* who speaks, and for whom */
	{"Kari Lien",
	 "We have mended the path twice, and our wardens walk it.\n\nKari Lien\nClerk\n"
	 "Thornwick Council\n",
	 "Kari Lien", "Thornwick Council", "organisation"},
	{"Kari Lien",
	 "I write in a personal capacity. We need a path.\n\nKari Lien\nClerk\nThornwick "
	 "Council\n",
	 "Kari Lien", NULL, "individual"},
	/* no names */
	{"Ingeborg Tang",
	 "I have lived by the canal for six years, and you should not print\n"
	 "my name.\n\nBest wishes\nIngeborg Tang\n",
	 "Ingeborg Tang", NULL, "unknown"},
	{NULL, SAID "Kind regards\n", NULL, NULL, "unknown"},
	{"Jo Low", "See above.\n\nMany thanks for all your work\n", "Jo Low", NULL,
	 "unknown"},
};

START_TEST(who_answers_is_read_from_form_signature_and_from)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_message m = {
		.from = {.name = people[_i].from, .address = "somebody@example.test"},
		.to = {&to, 1},
		.text = people[_i].text};
	const char *ref = "words-1";

	(void)scene_mail(&scene, &m);
	ck_assert_pstr_eq(of(ref, "name"), people[_i].name);
	ck_assert_pstr_eq(of(ref, "organisation"), people[_i].organisation);
	ck_assert_str_eq(of(ref, "type"), people[_i].type);
}
END_TEST

START_TEST(names_that_a_person_corrected_stay)
{
	const char *ref = scene_reply(&scene, "jean@example.test", form);

	SCENE_OK(&scene, response_correct(&scene.op, ref, "Jeanne Roy", "Rowan Trust",
					  "no", &err));
	(void)scene_reply(&scene, "jean@example.test", form);
	ck_assert_str_eq(of(ref, "name"), "Jeanne Roy");
	ck_assert_str_eq(of(ref, "organisation"), "Rowan Trust");
	ck_assert_str_eq(of(ref, "contact"), "no");
	ck_assert_str_eq(of(ref, "type"), "individual");
	SCENE_OK(&scene, response_correct(&scene.op, ref, NULL, "", NULL, &err));
	ck_assert_ptr_null(of(ref, "organisation"));
	ck_assert_str_eq(of(ref, "name"), "Jeanne Roy");
}
END_TEST

static const struct {
	const char *name, *organisation, *contact;
} unfit[] = {
	{"two\nlines", NULL, NULL},
	{NULL, "a\tb\x01", NULL},
	{NULL, NULL, "perhaps"},
};

START_TEST(unfit_corrections_are_refused)
{
	const char *ref = scene_reply(&scene, "jean@example.test", form);
	struct err err = {0};

	ck_assert(!response_correct(&scene.op, ref, unfit[_i].name,
				    unfit[_i].organisation, unfit[_i].contact, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_str_eq(of(ref, "name"), "Jean Roy");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_respondent");
	TCase *c = tcase_create("respondent");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, a_form_in_the_mail_fills_the_respondent);
	tcase_add_test(c, a_form_in_a_file_is_read_and_named);
	tcase_add_test(c, nothing_is_allowed_by_words_that_a_program_guessed);
	tcase_add_test(c, what_was_typed_beside_them_counts);
	tcase_add_test(c, a_later_mail_makes_an_earlier_one_stricter_and_never_freer);
	tcase_add_test(c, a_doubt_by_itself_is_said_as_such);
	tcase_add_test(c, a_forged_mail_gives_nothing_away);
	UNIT_TABLE(c, who_answers_is_read_from_form_signature_and_from, people);
	tcase_add_test(c, what_a_person_set_stays);
	tcase_add_test(c, names_that_a_person_corrected_stay);
	UNIT_TABLE(c, unfit_corrections_are_refused, unfit);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
