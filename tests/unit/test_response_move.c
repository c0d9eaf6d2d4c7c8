/* A response that belongs to another consultation: moved, found by both references, undone. */
#include "tests/unit/response_scene.h"

#include "base/str.h"
#include "domain/admin/consultation.h"
#include "domain/admin/rights.h"
#include "domain/analysis/analysis.h"
#include "domain/coding/tag.h"
#include "domain/core/undo.h"
#include "domain/sorting/response_move.h"
#include "domain/queue/queue.h"

static struct stage scene;
static struct err no;
static const char *one, *moved;

static void begin(void)
{
	scene_open(&scene);
	scene_consult(&scene, "hall", "1. When should it open?\n");
	one = scene_reply(&scene, "ada@example.test", "1. Tinker.\n");
	no = (struct err){0};
}

static void end(void)
{
	stage_close(&scene);
}

static void move_to(const char *reference, const char *consultation)
{
	SCENE_OK(&scene, response_move(&scene.op, scene.arena, reference, consultation,
				       &moved, &err));
}

static bool moves(const char *reference, const char *consultation)
{
	no = (struct err){0};
	return response_move(&scene.op, scene.arena, reference, consultation, &moved,
			     &no);
}

static void tag(const char *reference, const char *name)
{
	bool changed;

	SCENE_OK(&scene,
		 response_tag(&scene.op, reference, name, TAG_PUT_ON, &changed, &err));
	ck_assert(changed);
}

static int64_t many(enum sql_id statement, int64_t of)
{
	struct store_table t;

	SCENE_OK(&scene,
		 store_all(scene.op.store, scene.arena, &t, &err, statement, "i", of));
	return (int64_t)t.count;
}

static struct response found(const char *reference)
{
	struct response r = {0};

	SCENE_OK(&scene, response_find(&scene.op, scene.arena, reference, &r, &err));
	return r;
}

static int64_t in_queue(const char *consultation)
{
	static const struct response_filter everything;
	const struct response_look look = {consultation, &everything, true, false};
	struct store_table t;

	SCENE_OK(&scene, response_list(&scene.op, scene.arena, &look, 0, &t, &err));
	return (int64_t)t.count;
}

static int64_t analysed(const char *consultation)
{
	struct analysis_table sheet;

	SCENE_OK(&scene,
		 analysis_load(&scene.op, scene.arena,
			       &(struct analysis_sheet_of){.consultation = consultation,
							   .by = "type"},
			       &sheet, &err));
	return sheet.total;
}

static const char *undo(void)
{
	const char *what = NULL;

	no = (struct err){0};
	return undo_last(&scene.op, scene.arena, &what, &no) ? what : NULL;
}

START_TEST(both_references_lead_to_it_and_it_is_new_there)
{
	SCENE_OK(&scene, response_screen(&scene.op, one, "included", NULL, &err));
	ck_assert_int_eq(analysed("words"), 1);
	move_to(one, "hall");
	ck_assert_str_eq(moved, "hall-0001");
	ck_assert_int_eq(found("words-1").id, found("hall-1").id);
	ck_assert_str_eq(found("words-1").consultation, "hall");
	ck_assert_str_eq(found(moved).state, "received");
	ck_assert_int_eq(in_queue("words"), 0);
	ck_assert_int_eq(in_queue("hall"), 1);
	ck_assert_int_eq(analysed("words"), 0);
	ck_assert_int_eq(analysed("hall"), 1);
}
END_TEST

START_TEST(no_number_is_given_twice)
{
	move_to(one, "hall");
	ck_assert_str_eq(scene_reply(&scene, "bob@example.test", "1. Cad.\n"),
			 "words-0002");
	move_to(moved, "words");
	ck_assert_str_eq(moved, "words-0003");
	ck_assert_int_eq(found("words-1").id, found("words-3").id);
	ck_assert_int_eq(found("hall-1").id, found("words-3").id);
}
END_TEST

START_TEST(what_it_was_coded_stays_in_its_history_and_holds_nowhere)
{
	int64_t id = scene_id(&scene, one);
	struct store_table history;

	tag(one, "travel");
	ck_assert_int_eq(many(SQL_ANSWER_IDS_HOLDING, id) > 0, 1);
	move_to(one, "hall");
	ck_assert_int_eq(many(SQL_MOVING_CODINGS, id), 0);
	ck_assert_int_eq(many(SQL_CODINGS_OF, id), 0);
	SCENE_OK(&scene, store_all(scene.op.store, scene.arena, &history, &err,
				   SQL_MOVING_OF, "i", id));
	ck_assert_int_eq(history.count, 1);
	ck_assert_str_eq(history.rows[0][5].text, "travel");
	/* The questions are those of the other consultation, asked of the same words. */
	ck_assert_int_eq(many(SQL_ANSWER_IDS_HOLDING, id) > 0, 1);
}
END_TEST

START_TEST(undone_it_is_as_it_was)
{
	int64_t id = scene_id(&scene, one);
	int64_t answers = many(SQL_ANSWER_IDS_HOLDING, id);

	SCENE_OK(&scene, response_screen(&scene.op, one, "included", NULL, &err));
	tag(one, "travel");
	move_to(one, "hall");
	ck_assert_str_eq(undo(), "moving words-0001 to hall");
	ck_assert_str_eq(found("words-1").consultation, "words");
	ck_assert_str_eq(found("words-1").state, "included");
	ck_assert_int_eq(found("hall-1").id, id);
	ck_assert_int_eq(many(SQL_CODINGS_OF, id), 1);
	ck_assert_int_eq(many(SQL_ANSWER_IDS_HOLDING, id), answers);
	ck_assert_int_eq(in_queue("words"), 1);
	ck_assert_int_eq(in_queue("hall"), 0);
	ck_assert_int_eq(analysed("words"), 1);
	ck_assert_int_eq(many(SQL_MOVING_OF, id), 0);
}
END_TEST

START_TEST(undo_never_takes_away_what_was_coded_there)
{
	move_to(one, "hall");
	stage_hires(&scene, "Bea");
	stage_become(&scene, "Bea");
	tag(moved, "hours");
	stage_become(&scene, "Ada");
	ck_assert(!undo());
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_str_eq(found("words-1").consultation, "hall");
	ck_assert_int_eq(many(SQL_CODINGS_OF, found("hall-1").id), 1);
}
END_TEST

START_TEST(a_code_of_the_old_frame_is_not_brought_back)
{
	bool changed;

	tag(one, "travel");
	SCENE_OK(&scene,
		 response_tag(&scene.op, one, "travel", TAG_TAKE_OFF, &changed, &err));
	stage_hires(&scene, "Bea");
	stage_become(&scene, "Bea");
	move_to(one, "hall");
	stage_become(&scene, "Ada");
	ck_assert(!undo());
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_int_eq(many(SQL_MOVING_CODINGS, found("hall-1").id), 0);
}
END_TEST

START_TEST(a_draft_the_same_place_and_nowhere_are_refused)
{
	ck_assert(!moves(one, "words"));
	ck_assert_int_eq(no.kind, ERR_INPUT);
	ck_assert(!moves(one, "nowhere"));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	ck_assert(!moves("words-9", "hall"));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	ck_assert_str_eq(found(one).consultation, "words");
}
END_TEST

START_TEST(what_is_in_a_sample_stays)
{
	int64_t sample, code;

	scene_sample(&scene, 2, 0, &sample, &code);
	ck_assert(!moves("words-2", "hall"));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
}
END_TEST

/* The rights of one role in one place, for whoever acts. */
static struct rights *only_in(const char *consultation)
{
	struct rights *rights = arena_make(scene.arena, struct rights, 1);
	struct consultation c;

	SCENE_OK(&scene,
		 consultation_named(&scene.op, scene.arena, consultation, &c, &err));
	rights->staff_id = scene.op.staff_id;
	rights->items = arena_make(scene.arena, struct rights_granted, 1);
	rights->items[0] = (struct rights_granted){
		ROLE_EDITOR, rights_on_consultation(c.id), consultation};
	rights->count = 1;
	return rights;
}

START_TEST(it_takes_the_right_on_both_sides)
{
	const char *sides[] = {"words", "hall"};

	for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
		scene.op.rights = only_in(sides[i]);
		ck_assert(!moves(one, "hall"));
		ck_assert_int_eq(no.kind, ERR_CONFLICT);
	}
	scene.op.rights = NULL;
	ck_assert_str_eq(found(one).consultation, "words");
}
END_TEST

START_TEST(a_reference_shows_nothing_to_who_is_bound_by_rights)
{
	struct response r;

	move_to(one, "hall");
	scene.op.rights = only_in("words");
	ck_assert(!response_find(&scene.op, scene.arena, one, &r, &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	scene.op.rights = NULL;
}
END_TEST

/* An answer to the acknowledgement of what was moved, at the address that it names. */
START_TEST(the_respondent_s_next_mail_follows_it)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_message m = {.from = {.address = "ada@example.test"},
				 .to = {&to, 1},
				 .subject = "Re: your response",
				 .text = "And one more thought.\n"};
	struct store_row row;
	int64_t mail;

	SCENE_OK(&scene,
		 store_one(scene.op.store, scene.arena, &row, &err,
			   SQL_NOTIFICATION_OF_INBOUND, "i", found(one).inbound_id));
	m.in_reply_to = row_text(&row, "message_id");
	move_to(one, "hall");
	mail = scene_mail(&scene, &m);
	ck_assert_str_eq(scene_taken(&scene, mail, "taken_as"), "response");
	ck_assert_ptr_nonnull(strstr(scene_taken(&scene, mail, "why"), "hall-0002"));
	ck_assert_ptr_nonnull(strstr(scene_taken(&scene, mail, "why"), "moved to hall"));
}
END_TEST

static const struct {
	const char *from, *taken;
} named[] = {
	{"ada@example.test", "hall-0002; sent to words"},
	{"bob@example.test", "words-0002; its subject names words-0001, which was moved"},
};

START_TEST(a_reference_in_the_subject_leads_to_it_from_its_own_sender_only)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_message m = {.from = {.address = named[_i].from},
				 .to = {&to, 1},
				 .subject = "About words-0001",
				 .text = "And one more thought.\n"};

	move_to(one, "hall");
	ck_assert_ptr_nonnull(strstr(scene_taken(&scene, scene_mail(&scene, &m), "why"),
				     named[_i].taken));
}
END_TEST

START_TEST(who_wrote_twice_is_two_people_apart_and_one_again)
{
	const char *two = scene_reply(&scene, "ada@example.test", "1. Cad, rather.\n");
	const char *three = scene_reply(&scene, "ada@example.test", "1. Bounder.\n");

	ck_assert_int_eq(analysed("words"), 3);
	move_to(one, "hall");
	ck_assert_str_eq(undo(), "moving words-0001 to hall");
	ck_assert_int_eq(found(three).respondent_id != found(two).respondent_id, 1);
	ck_assert_int_eq(many(SQL_MOVING_SAME_SENDERS, found(one).respondent_id), 2);
	move_to(one, "hall");
	ck_assert_int_eq(many(SQL_MOVING_SAME_SENDERS, found(two).respondent_id), 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_move");
	TCase *tc = tcase_create("move");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, both_references_lead_to_it_and_it_is_new_there);
	tcase_add_test(tc, no_number_is_given_twice);
	tcase_add_test(tc, what_it_was_coded_stays_in_its_history_and_holds_nowhere);
	tcase_add_test(tc, undone_it_is_as_it_was);
	tcase_add_test(tc, undo_never_takes_away_what_was_coded_there);
	tcase_add_test(tc, a_code_of_the_old_frame_is_not_brought_back);
	tcase_add_test(tc, a_draft_the_same_place_and_nowhere_are_refused);
	tcase_add_test(tc, what_is_in_a_sample_stays);
	tcase_add_test(tc, it_takes_the_right_on_both_sides);
	tcase_add_test(tc, a_reference_shows_nothing_to_who_is_bound_by_rights);
	tcase_add_test(tc, the_respondent_s_next_mail_follows_it);
	UNIT_TABLE(tc, a_reference_in_the_subject_leads_to_it_from_its_own_sender_only,
		   named);
	tcase_add_test(tc, who_wrote_twice_is_two_people_apart_and_one_again);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
