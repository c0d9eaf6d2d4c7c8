/* A mail that came to none of our addresses: whose thread is it? */
#include "tests/unit/response_scene.h"

#include "domain/responses/mail_thread.h"
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

/* The Message-ID that the acknowledgement of a first reply has. */
static const char *acknowledged(const char **out_reference)
{
	struct response r;
	struct store_row row;

	*out_reference = scene_reply(&scene, "ada@example.test", "1. Tinker.\n");
	SCENE_OK(&scene, response_find(&scene.op, scene.arena, *out_reference, &r, &err));
	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_NOTIFICATION_OF_INBOUND, "i", r.inbound_id));
	return row_text(&row, "message_id");
}

static int64_t stray(const char *subject, const char *in_reply_to, const char *reference)
{
	struct mail_address to = {.address = "team@elsewhere.example.test"};
	struct mail_message m = {.from = {.address = "bob@example.test"},
				 .to = {&to, 1},
				 .subject = subject,
				 .in_reply_to = in_reply_to,
				 .references = {&reference, reference ? 1 : 0},
				 .text = "One more thought.\n"};

	return scene_mail(&scene, &m);
}

START_TEST(an_answer_to_our_acknowledgement_finds_its_consultation)
{
	const char *reference, *id = acknowledged(&reference);
	int64_t by_reply = stray("Re: hello", id, NULL);
	int64_t by_reference = stray("Re: hello", "other@example.test", id);

	ck_assert_str_eq(scene_taken(&scene, by_reply, "taken_as"), "response");
	ck_assert_str_eq(scene_taken(&scene, by_reply, "why"), "words-0002");
	ck_assert_str_eq(scene_taken(&scene, by_reference, "taken_as"), "response");
}
END_TEST

START_TEST(a_made_up_message_id_finds_nothing)
{
	const char *reference, *id = acknowledged(&reference);
	char *forged = arena_strdup(scene.arena, id);
	int64_t mail;

	forged[4] = forged[4] == 'a' ? 'b' : 'a';
	mail = stray("Re: hello", forged, NULL);
	ck_assert_str_eq(scene_taken(&scene, mail, "taken_as"), "unsorted");
}
END_TEST

static const struct {
	const char *subject, *guess;
} subjects[] = {
	{"Re: [words] my view", "words"},
	{"Re: [About WORDS] my view", "words"},
	{"Fwd: words-0001", "words"},
	{"about your reference WORDS-1", "words"},
	{"words", NULL},
	{"crosswords-12", NULL},
	{"the-words-0001", NULL},
	{"words-", NULL},
	{"[words] and [other]", NULL},
	{"", NULL},
};

START_TEST(a_subject_is_only_a_guess)
{
	const char *got;
	int64_t mail;

	scene_consult(&scene, "other", "1. Why?\n");
	(void)scene_reply(&scene, "ada@example.test", "1. Tinker.\n");
	SCENE_OK(&scene, mail_thread_guess(&scene.op, scene.arena, subjects[_i].subject,
					   &got, &err));
	ck_assert_msg(str_eq(got, subjects[_i].guess), "%s: got %s, want %s",
		      subjects[_i].subject, str_or(got, "none"),
		      str_or(subjects[_i].guess, "none"));
	mail = stray(subjects[_i].subject, NULL, NULL);
	ck_assert_str_eq(scene_taken(&scene, mail, "taken_as"), "unsorted");
	ck_assert_int_eq(strstr(scene_taken(&scene, mail, "why"), "file it there") !=
				 NULL,
			 got != NULL);
}
END_TEST

static const struct {
	const char *subject, *cc, *why;
} meant[] = {
	{"My view", NULL, "words-0001"},
	{"Re: [other] my view", NULL,
	 "other-0001; sent to the address of words, and its subject names other"},
	{"Re: [About Other] my view", NULL,
	 "other-0001; sent to the address of words, and its subject names other"},
	{"[words] and [other]", NULL, "words-0001"},
	{"about the other one", NULL, "words-0001"},
	{"other-0001", NULL, "words-0001"},
	{"My view", "other@updates.example.test",
	 "words-0001; sent to the address of other as well"},
	{"[other]", "other@updates.example.test",
	 "other-0001; sent to the address of words, and its subject names other"},
};

/* Of a title of several words: the subject is the title, and does not only speak of it. */
static const struct {
	const char *subject;
	bool there;
} titled[] = {
	{"About the other words", true},
	{"RE: Response to About the other words", true},
	{"our response to the consultation \"About the other words\"", true},
	{"About the other words - response", true},
	{"not about About the other words", false},
	{"I object to About the other words being confused with this", false},
	{"About the other wordsmiths", false},
	{"Why is this not in About the other words?", false},
	{"About the other words is a mess", false},
};

START_TEST(a_subject_that_speaks_of_another_title_files_nothing_there)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_message m = {.from = {.address = "bob@example.test"},
				 .to = {&to, 1},
				 .subject = titled[_i].subject,
				 .text = "1. It is old.\n"};
	const char *name;
	int64_t mail;

	SCENE_OK(&scene,
		 consultation_add(&scene.op, scene.arena, "c.md",
				  "---\nname: third\ntitle: About the other words\n"
				  "address: third@updates.example.test\n"
				  "opens: 2017-10-12\ncloses: 2017-12-08\n---\nText.\n\n"
				  "1. Why?\n",
				  &name, &err));
	SCENE_OK(&scene, consultation_open(&scene.op, name, &err));
	mail = scene_mail(&scene, &m);
	ck_assert_msg(str_starts(scene_taken(&scene, mail, "why"), "third-") ==
			      titled[_i].there,
		      "%s: %s", titled[_i].subject, scene_taken(&scene, mail, "why"));
}
END_TEST

START_TEST(a_response_is_filed_where_its_subject_says)
{
	struct mail_address to = {.address = SCENE_ADDRESS},
			    cc = {.address = meant[_i].cc};
	struct mail_message m = {.from = {.address = "bob@example.test"},
				 .to = {&to, 1},
				 .cc = {&cc, meant[_i].cc ? 1 : 0},
				 .subject = meant[_i].subject,
				 .text = "1. It is old.\n"};
	int64_t mail;

	scene_consult(&scene, "other", "1. Why?\n");
	mail = scene_mail(&scene, &m);
	ck_assert_str_eq(scene_taken(&scene, mail, "why"), meant[_i].why);
}
END_TEST

/* An answer to an acknowledgement stays where that was from, whatever its subject names. */
START_TEST(an_answer_to_our_acknowledgement_stays_in_its_thread)
{
	const char *reference, *id = acknowledged(&reference);
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_message m = {.from = {.address = "ada@example.test"},
				 .to = {&to, 1},
				 .in_reply_to = id,
				 .subject = "Re: [other]",
				 .text = "1. It is old.\n"};
	int64_t mail;

	scene_consult(&scene, "other", "1. Why?\n");
	mail = scene_mail(&scene, &m);
	ck_assert_str_eq(scene_taken(&scene, mail, "why"), "words-0002");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_thread");
	TCase *c = tcase_create("thread");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, an_answer_to_our_acknowledgement_finds_its_consultation);
	tcase_add_test(c, a_made_up_message_id_finds_nothing);
	UNIT_TABLE(c, a_subject_is_only_a_guess, subjects);
	UNIT_TABLE(c, a_response_is_filed_where_its_subject_says, meant);
	UNIT_TABLE(c, a_subject_that_speaks_of_another_title_files_nothing_there, titled);
	tcase_add_test(c, an_answer_to_our_acknowledgement_stays_in_its_thread);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
