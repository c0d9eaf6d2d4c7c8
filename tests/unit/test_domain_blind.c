/* What is kept from a second coder, from nobody else, and no longer than it must be; and
 * what they did blindly is taken back like any act. */
#include "domain/analysis/codeframe_count.h"
#include "domain/coding/tag.h"
#include "tests/unit/response_scene.h"

#include "domain/analysis/analysis.h"
#include "domain/coding/blind.h"
#include "domain/admin/consultation.h"
#include "domain/queue/queue.h"
#include "domain/coding/codeframe_log.h"
#include "domain/coding/recode.h"
#include "domain/coding/sample.h"
#include "domain/core/undo.h"

enum { REPLIES = 4 };

static struct stage scene;
static struct operation *op;
static int64_t sample, code;

static void become(const char *name)
{
	stage_become(&scene, name);
}

/* Ada put "travel" on the whole of words-0001 to 4; Bea codes all of them blindly. */
static void begin(void)
{
	scene_open(&scene);
	op = &scene.op;
	scene_sample(&scene, REPLIES, 0, &sample, &code);
}

static void end(void)
{
	stage_close(&scene);
}

static int64_t consultation(void)
{
	struct consultation c;

	SCENE_OK(&scene, consultation_named(op, scene.arena, "words", &c, &err));
	return c.id;
}

static bool count_codes(struct err *err)
{
	struct code *codes;
	size_t count;

	return codeframe_load(op, scene.arena, consultation(), &codes, &count, err) &&
	       codeframe_count(op, consultation(), codes, count, err);
}

static bool figures(struct err *err)
{
	struct analysis_table sheet;

	return analysis_load(
		op, scene.arena,
		&(struct analysis_sheet_of){.consultation = "words", .by = "code-type"},
		&sheet, err);
}

static bool tags(struct err *err)
{
	struct analysis_table sheet;

	return analysis_load(
		op, scene.arena,
		&(struct analysis_sheet_of){.consultation = "words", .by = "tag"}, &sheet,
		err);
}

static bool recode(struct err *err)
{
	struct recode how = {
		.consultation = "words", .filter = {.search = "buses"}, .code_id = code};
	struct recode_count count;

	return recode_count(op, &how, &count, err);
}

static bool agreement(struct err *err)
{
	struct sample_agreement_of *rows;
	size_t count;

	return sample_agreement(op, scene.arena, sample, &rows, &count, err);
}

static bool states(struct err *err)
{
	struct analysis_table sheet;

	return analysis_load(
		op, scene.arena,
		&(struct analysis_sheet_of){.consultation = "words", .by = "state"},
		&sheet, err);
}

static const struct {
	const char *name;
	bool (*ask)(struct err *err);
	bool kept; /* from who codes blindly */
	bool done; /* needs a second coder who is done */
} questions[] = {
	{"counts of the frame", count_codes, true, false},
	{"counts of codes", figures, true, false},
	{"counts of tags", tags, true, false},
	{"what a search would code", recode, true, false},
	{"agreement", agreement, true, true},
	{"counts of anything else", states, false, false},
};

START_TEST(kept_from_the_second_coder_alone_until_they_are_done)
{
	struct err no = {0};
	bool ok;

	become("Bea");
	ok = questions[_i].ask(&no);
	ck_assert_msg(ok != questions[_i].kept, "%s: %s", questions[_i].name, no.text);
	if (questions[_i].kept) {
		ck_assert_int_eq(no.kind, ERR_CONFLICT);
		ck_assert_msg(strstr(no.text, "blindly") != NULL, "%s", no.text);
	}
	become("Ada");
	no = (struct err){0};
	ck_assert_msg(questions[_i].ask(&no) != questions[_i].done, "%s: %s",
		      questions[_i].name, no.text);
	become("Bea");
	SCENE_OK(&scene, sample_coder_done(op, sample, &err));
	no = (struct err){0};
	ck_assert_msg(questions[_i].ask(&no), "%s: %s", questions[_i].name, no.text);
}
END_TEST

static int64_t codes_seen(const char *reference)
{
	struct coding *codings;
	size_t count;

	SCENE_OK(&scene, coding_list(op, scene.arena, scene_id(&scene, reference),
				     &codings, &count, &err));
	return (int64_t)count;
}

static void undo(const char *want)
{
	const char *what;

	SCENE_OK(&scene, undo_last(op, scene.arena, &what, &err));
	ck_assert_str_eq(what, want);
}

START_TEST(what_is_coded_blindly_is_taken_back_act_by_act)
{
	struct coded_passage first = {.part = TEXT_PART_MAIL, .from = 0, .to = 9};
	struct coded_passage wider = {.part = TEXT_PART_MAIL, .from = 4, .to = 14};
	struct sample_unit *units;
	int64_t id, before;
	bool changed;
	size_t count;

	become("Bea");
	before = codes_seen("words-0001");
	ck_assert_int_eq(before, 0);
	SCENE_OK(&scene, coding_put(op,
				    &(struct coding_new){.reference = "words-0001",
							 .code_id = code,
							 .where = &first},
				    &id, NULL, &err));
	ck_assert_int_lt(id, 0);
	/* It overlaps one's own: that is ended, and both are one act. */
	SCENE_OK(&scene, coding_put(op,
				    &(struct coding_new){.reference = "words-0001",
							 .code_id = code,
							 .where = &wider},
				    &id, NULL, &err));
	ck_assert_int_eq(codes_seen("words-0001"), 1);
	SCENE_OK(&scene,
		 response_tag(op, "words-0002", "travel", TAG_PUT_ON, &changed, &err));
	ck_assert(changed);
	SCENE_OK(&scene, coding_place(op, id, &first, NULL, &err));
	SCENE_OK(&scene, sample_unit_done(op, sample, 1, SAMPLE_UNIT_DONE, &err));
	undo("unit 1 done");
	SCENE_OK(&scene, sample_units(op, scene.arena,
				      (struct sample_share){.sample_id = sample,
							    .staff_id = op->staff_id},
				      &units, &count, &err));
	ck_assert(!units[0].done);
	undo("placed travel anew on words-0001");
	undo("put travel on words-0002");
	ck_assert_int_eq(codes_seen("words-0002"), 0);
	undo("put travel on words-0001");
	ck_assert_int_eq(codes_seen("words-0001"), 1);
	undo("put travel on words-0001");
	ck_assert_int_eq(codes_seen("words-0001"), 0);
	/* Nothing of it counted, nor was anything of Ada's touched. */
	become("Ada");
	for (int i = 1; i <= REPLIES; i++)
		ck_assert_int_eq(codes_seen(arena_printf(scene.arena, "words-%04d", i)),
				 1);
}
END_TEST

START_TEST(a_second_coders_undo_does_not_reach_past_the_end)
{
	const char *what;
	struct err no = {0};

	become("Bea");
	SCENE_OK(&scene, sample_coder_done(op, sample, &err));
	ck_assert(!undo_last(op, scene.arena, &what, &no));
	ck_assert_msg(strstr(no.text, "cannot be taken back") != NULL, "%s", no.text);
}
END_TEST

START_TEST(changes_of_others_codings_are_not_there)
{
	struct codeframe_change *changes;
	struct err no = {0};
	size_t count;

	SCENE_OK(&scene, codeframe_changes(op, scene.arena,
					   &(struct codeframe_page){
						   .consultation = "words", .most = 100},
					   &changes, &count, &err));
	ck_assert_uint_eq(count, REPLIES + 1);
	become("Bea");
	ck_assert(!codeframe_undo(op, changes[0].id, &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	SCENE_OK(&scene, codeframe_changes(op, scene.arena,
					   &(struct codeframe_page){
						   .consultation = "words", .most = 100},
					   &changes, &count, &err));
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(changes[0].what, "add");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("blind");
	TCase *c = tcase_create("blind");

	tcase_add_checked_fixture(c, begin, end);
	tcase_set_timeout(c, 60);
	UNIT_TABLE(c, kept_from_the_second_coder_alone_until_they_are_done, questions);
	tcase_add_test(c, what_is_coded_blindly_is_taken_back_act_by_act);
	tcase_add_test(c, a_second_coders_undo_does_not_reach_past_the_end);
	tcase_add_test(c, changes_of_others_codings_are_not_there);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
