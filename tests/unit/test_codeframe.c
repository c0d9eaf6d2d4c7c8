/* The code frame: a tree that is changed, and each change taken back. */
#include "domain/analysis/codeframe_count.h"
#include "domain/coding/tag.h"
#include "tests/unit/response_scene.h"

#include "domain/coding/coding.h"
#include "domain/coding/codeframe_log.h"
#include "domain/intake/rule.h"
#include "base/str.h"

#include <inttypes.h>

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	stage_close(&scene);
}

static struct code named(const char *name)
{
	struct code code;

	SCENE_OK(&scene, code_named(&scene.op, scene.arena, "words", name, &code, &err));
	return code;
}

/* "a(b(c) d)": names in the order of the tree; retired ones with a star. */
static const char *tree(void)
{
	AUTO(buf) out = buf_new(4000);
	struct code *codes;
	size_t count;
	int depth = 0;

	SCENE_OK(&scene, codeframe_load(&scene.op, scene.arena, 1, &codes, &count, &err));
	for (size_t i = 0; i < count; i++) {
		for (; depth > codes[i].depth; depth--)
			buf_char(out, ')');
		buf_printf(out, "%s%s%s",
			   codes[i].depth > depth ? "("
			   : i                    ? " "
						  : "",
			   codes[i].name, str_eq(codes[i].state, "retired") ? "*" : "");
		depth = codes[i].depth;
	}
	for (; depth > 0; depth--)
		buf_char(out, ')');
	return arena_strdup(scene.arena, buf_text(out));
}

/* "travel 0-7;": what holds on a reply, in order. */
static const char *coded(const char *ref)
{
	AUTO(buf) out = buf_new(4000);
	struct coding *c;
	size_t count;

	SCENE_OK(&scene, coding_list(&scene.op, scene.arena, scene_id(&scene, ref), &c,
				     &count, &err));
	for (size_t i = 0; i < count; i++) {
		buf_printf(out, "%s%s", i ? "; " : "", c[i].code);
		if (!c[i].where.whole)
			buf_printf(out, " %d-%d", (int)c[i].where.from,
				   (int)c[i].where.to);
	}
	return arena_strdup(scene.arena, buf_text(out));
}

#define UNDO(change) SCENE_OK(&scene, codeframe_undo(&scene.op, (change), &err))

static void refuses_undo(int64_t change, const char *because)
{
	struct err no = {0};

	ck_assert(!codeframe_undo(&scene.op, change, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_msg(str_ifind(no.text, because) != NULL,
		      "\"%s\" says nothing of \"%s\"", no.text, because);
}

static const char text[] = "The buses are late and the fares are high.\n";

START_TEST(codes_stand_in_a_tree_by_name)
{
	int64_t travel = scene_code(&scene, "travel", 0),
		buses = scene_code(&scene, "buses", travel);

	(void)scene_code(&scene, "night", buses);
	(void)scene_code(&scene, "air", travel);
	(void)scene_code(&scene, "money", 0);
	ck_assert_str_eq(tree(), "money travel(air buses(night))");
}
END_TEST

START_TEST(a_code_is_renamed_and_that_is_taken_back)
{
	int64_t id = scene_code(&scene, "travel", 0), change;

	SCENE_OK(&scene, code_rename(&scene.op, id, "transport", &change, &err));
	ck_assert_str_eq(tree(), "transport");
	ck_assert_int_eq(named("travel").id, id);
	UNDO(change);
	ck_assert_str_eq(tree(), "travel");
	refuses_undo(change, "already");
	SCENE_OK(&scene, code_rename(&scene.op, id, "travel", &change, &err));
	ck_assert_int_eq(change, 0);
}
END_TEST

START_TEST(moves_make_no_circle)
{
	int64_t a = scene_code(&scene, "a", 0), b = scene_code(&scene, "b", a),
		c = scene_code(&scene, "c", b), change;
	struct err no = {0};

	ck_assert(!code_move(&scene.op, a, c, &change, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert(!code_move(&scene.op, a, a, &change, &no));
	SCENE_OK(&scene, code_move(&scene.op, b, 0, &change, &err));
	ck_assert_str_eq(tree(), "a b(c)");
	UNDO(change);
	ck_assert_str_eq(tree(), "a(b(c))");
}
END_TEST

START_TEST(a_move_is_not_taken_back_into_a_circle)
{
	int64_t a = scene_code(&scene, "a", 0), b = scene_code(&scene, "b", a), up, under;

	SCENE_OK(&scene, code_move(&scene.op, b, 0, &up, &err));
	SCENE_OK(&scene, code_move(&scene.op, a, b, &under, &err));
	ck_assert_str_eq(tree(), "b(a)");
	refuses_undo(up, "below itself");
	ck_assert_str_eq(tree(), "b(a)");
	UNDO(under);
	UNDO(up);
	ck_assert_str_eq(tree(), "a(b)");
}
END_TEST

START_TEST(the_tree_has_a_depth)
{
	int64_t id = 0, change, other, below;
	struct err no = {0};

	for (int i = 0; i < CODE_DEPTH; i++)
		id = scene_code(&scene, arena_printf(scene.arena, "c%d", i), id);
	ck_assert(!code_add(&scene.op,
			    &(struct code_new){.consultation = "words",
					       .name = "too deep",
					       .parent_id = id},
			    &other, NULL, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	other = scene_code(&scene, "other", 0);
	below = scene_code(&scene, "below", other);
	ck_assert(!code_move(&scene.op, other, named("c10").id, &change, &no));
	SCENE_OK(&scene, code_move(&scene.op, below, named("c10").id, &change, &err));
}
END_TEST

START_TEST(a_merge_carries_codings_and_what_is_below)
{
	const char *one = scene_reply(&scene, "a@example.test", text);
	const char *two = scene_reply(&scene, "b@example.test", text);
	int64_t a = scene_code(&scene, "a", 0), b = scene_code(&scene, "b", 0), change;

	(void)scene_code(&scene, "below", a);
	(void)scene_put(&scene, one, a, 4, 9, NULL);
	(void)scene_put(&scene, one, b, 4, 9, NULL);
	(void)scene_put(&scene, one, a, 0, 13, NULL);
	(void)scene_put(&scene, two, a, 0, 0, NULL);
	SCENE_OK(&scene, code_merge(&scene.op, a, b, &change, &err));
	ck_assert_str_eq(tree(), "b(below)");
	ck_assert_str_eq(coded(one), "b 0-13; b 4-9");
	ck_assert_str_eq(coded(two), "b");
	ck_assert_int_eq(named("a").id, b);
	UNDO(change);
	ck_assert_str_eq(tree(), "a(below) b");
	ck_assert_str_eq(coded(one), "a 0-13; b 4-9");
	ck_assert_str_eq(coded(two), "a");
}
END_TEST

START_TEST(what_stands_on_a_merge_keeps_it)
{
	const char *one = scene_reply(&scene, "a@example.test", text);
	int64_t a = scene_code(&scene, "a", 0), b = scene_code(&scene, "b", 0),
		c = scene_code(&scene, "c", 0), first, second, off;
	struct coding *codings;
	size_t count;

	(void)scene_put(&scene, one, a, 4, 9, NULL);
	SCENE_OK(&scene, code_merge(&scene.op, a, b, &first, &err));
	SCENE_OK(&scene, code_merge(&scene.op, b, c, &second, &err));
	ck_assert_int_eq(named("a").id, c);
	refuses_undo(first, "merged b into c");
	UNDO(second);
	ck_assert_str_eq(coded(one), "b 4-9");
	SCENE_OK(&scene, coding_list(&scene.op, scene.arena, scene_id(&scene, one),
				     &codings, &count, &err));
	SCENE_OK(&scene, coding_end(&scene.op, codings[0].id, &off, &err));
	refuses_undo(first, "took b off");
	UNDO(off);
	UNDO(first);
	ck_assert_str_eq(coded(one), "a 4-9");
}
END_TEST

START_TEST(a_code_is_not_merged_into_its_own_branch)
{
	int64_t a = scene_code(&scene, "a", 0), b = scene_code(&scene, "b", a), change;
	struct err no = {0};

	ck_assert(!code_merge(&scene.op, a, b, &change, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert(!code_merge(&scene.op, a, a, &change, &no));
	SCENE_OK(&scene, code_merge(&scene.op, b, a, &change, &err));
	ck_assert_str_eq(tree(), "a");
	ck_assert(!code_rename(&scene.op, b, "b2", &change, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(a_split_gives_chosen_codings_to_a_new_code)
{
	const char *one = scene_reply(&scene, "a@example.test", text);
	int64_t a = scene_code(&scene, "a", 0),
		keep = scene_put(&scene, one, a, 4, 9, NULL),
		go = scene_put(&scene, one, a, 27, 32, NULL);
	int64_t made, change;
	struct err no = {0};

	SCENE_OK(&scene, code_split(&scene.op, a,
				    &(struct code_part){.name = "fares",
							.place = CODE_BELOW,
							.coding_ids = &go,
							.count = 1},
				    &made, &change, &err));
	ck_assert_str_eq(tree(), "a(fares)");
	ck_assert_str_eq(coded(one), "a 4-9; fares 27-32");
	(void)scene_put(&scene, one, made, 0, 3, NULL);
	refuses_undo(change, "fares");
	ck_assert(!code_split(&scene.op, a,
			      &(struct code_part){.name = "fares",
						  .place = CODE_BELOW,
						  .coding_ids = &keep,
						  .count = 1},
			      &made, &change, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert(!code_split(&scene.op, a,
			      &(struct code_part){.name = "more",
						  .place = CODE_BELOW,
						  .coding_ids = &go,
						  .count = 1},
			      &made, &change, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_str_eq(tree(), "a(fares)");
}
END_TEST

START_TEST(a_split_is_taken_back_whole)
{
	const char *one = scene_reply(&scene, "a@example.test", text);
	int64_t a = scene_code(&scene, "a", 0),
		go = scene_put(&scene, one, a, 27, 32, NULL), made, change;

	SCENE_OK(&scene, code_split(&scene.op, a,
				    &(struct code_part){.name = "fares",
							.place = CODE_BESIDE,
							.coding_ids = &go,
							.count = 1},
				    &made, &change, &err));
	ck_assert_str_eq(tree(), "a fares");
	UNDO(change);
	ck_assert_str_eq(tree(), "a");
	ck_assert_str_eq(coded(one), "a 27-32");
	(void)scene_code(&scene, "fares", 0);
}
END_TEST

START_TEST(an_added_code_is_taken_back_while_nothing_hangs_on_it)
{
	const char *one = scene_reply(&scene, "a@example.test", text);
	int64_t id, below, change, change_below, coding;

	SCENE_OK(&scene,
		 code_add(&scene.op,
			  &(struct code_new){.consultation = "words", .name = "a"}, &id,
			  &change, &err));
	SCENE_OK(&scene,
		 code_add(&scene.op,
			  &(struct code_new){
				  .consultation = "words", .name = "b", .parent_id = id},
			  &below, &change_below, &err));
	refuses_undo(change, "codes below it");
	UNDO(change_below);
	coding = scene_put(&scene, one, id, 0, 0, NULL);
	refuses_undo(change, "codings");
	SCENE_OK(&scene, coding_end(&scene.op, coding, NULL, &err));
	UNDO(change);
	ck_assert_str_eq(tree(), "");
	(void)scene_code(&scene, "a", 0);
}
END_TEST

START_TEST(a_retired_code_counts_and_is_put_no_more)
{
	const char *one = scene_reply(&scene, "a@example.test", text);
	int64_t id = scene_code(&scene, "a", 0), change, coding;
	struct coded_passage where = {.part = TEXT_PART_MAIL, .from = 4, .to = 9};
	struct err no = {0};
	bool changed;

	(void)scene_put(&scene, one, id, 0, 3, NULL);
	SCENE_OK(&scene, code_retire(&scene.op, id, CODE_RETIRED, &change, &err));
	ck_assert_str_eq(tree(), "a*");
	ck_assert_str_eq(coded(one), "a 0-3");
	ck_assert(!coding_put(
		&scene.op,
		&(struct coding_new){.reference = one, .code_id = id, .where = &where},
		&coding, NULL, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert(!response_tag(&scene.op, one, "a", TAG_PUT_ON, &changed, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	UNDO(change);
	(void)scene_put(&scene, one, id, 4, 9, NULL);
}
END_TEST

START_TEST(rules_go_on_by_a_former_name)
{
	struct rule rule = {.name = "r",
			    .field = "text",
			    .has = "buses",
			    .act = "tag",
			    .value = "travel"};
	int64_t id = scene_code(&scene, "travel", 0),
		other = scene_code(&scene, "cost", 0), change;

	SCENE_OK(&scene, rule_add(&scene.op, &rule, &err));
	SCENE_OK(&scene, code_rename(&scene.op, id, "transport", &change, &err));
	ck_assert_str_eq(coded(scene_reply(&scene, "a@example.test", text)), "transport");
	SCENE_OK(&scene, code_merge(&scene.op, id, other, &change, &err));
	ck_assert_str_eq(coded(scene_reply(&scene, "b@example.test", text)), "cost");
	SCENE_OK(&scene, code_retire(&scene.op, other, CODE_RETIRED, &change, &err));
	ck_assert_str_eq(coded(scene_reply(&scene, "c@example.test", text)), "");
	ck_assert_str_eq(tree(), "cost*");
}
END_TEST

static const struct {
	const char *name, *colour, *questions;
	enum err_kind want;
} bad[] = {
	{"", NULL, NULL, ERR_INPUT},     {"a,b", NULL, NULL, ERR_INPUT},
	{" a", NULL, NULL, ERR_INPUT},   {"a\nb", NULL, NULL, ERR_INPUT},
	{"\xff", NULL, NULL, ERR_INPUT}, {"taken", NULL, NULL, ERR_CONFLICT},
	{"a", "mauve", NULL, ERR_INPUT}, {"a", NULL, "4", ERR_INPUT},
	{"a", NULL, "1,x", ERR_INPUT},   {"a", NULL, "0", ERR_INPUT},
};

START_TEST(what_is_no_code_is_refused)
{
	struct code_text t = {.colour = bad[_i].colour, .questions = bad[_i].questions};
	struct err no = {0};
	int64_t id;

	(void)scene_code(&scene, "taken", 0);
	ck_assert(!code_add(&scene.op,
			    &(struct code_new){.consultation = "words",
					       .name = bad[_i].name,
					       .text = &t},
			    &id, NULL, &no));
	ck_assert_msg(no.kind == bad[_i].want, "%s: %s", bad[_i].name, no.text);
	ck_assert_str_eq(tree(), "taken");
}
END_TEST

START_TEST(a_code_serves_the_questions_that_it_is_bound_to)
{
	struct code_text bound = {.questions = " 3,1"}, none = {.questions = ""};
	int64_t id, below, change;
	struct code *codes;
	size_t count;

	SCENE_OK(&scene,
		 code_add(&scene.op,
			  &(struct code_new){
				  .consultation = "words", .name = "a", .text = &bound},
			  &id, NULL, &err));
	below = scene_code(&scene, "b", id);
	(void)scene_code(&scene, "free", 0);
	SCENE_OK(&scene, codeframe_load(&scene.op, scene.arena, 1, &codes, &count, &err));
	ck_assert_uint_eq(count, 3);
	ck_assert_str_eq(codes[0].questions, "1,3");
	ck_assert_int_eq(codes[1].id, below);
	ck_assert_str_eq(codes[0].all_questions, "1,3");
	ck_assert_str_eq(codes[1].all_questions, "1,3");
	ck_assert_str_eq(str_or(codes[2].all_questions, ""), "");
	SCENE_OK(&scene, code_describe(&scene.op, id, &none, &change, &err));
	ck_assert_str_eq(named("a").questions, "");
	UNDO(change);
	ck_assert_str_eq(named("a").questions, "1,3");
}
END_TEST

START_TEST(a_branch_counts_a_reply_once)
{
	const char *one = scene_reply(&scene, "a@example.test", text);
	const char *two = scene_reply(&scene, "b@example.test", text);
	int64_t a = scene_code(&scene, "a", 0), b = scene_code(&scene, "b", a),
		c = scene_code(&scene, "c", b);
	struct code *codes;
	size_t count;

	(void)scene_put(&scene, one, a, 0, 0, NULL);
	(void)scene_put(&scene, one, b, 0, 3, NULL);
	(void)scene_put(&scene, one, b, 4, 9, NULL);
	(void)scene_put(&scene, two, c, 4, 9, NULL);
	SCENE_OK(&scene, codeframe_load(&scene.op, scene.arena, 1, &codes, &count, &err));
	SCENE_OK(&scene, codeframe_count(&scene.op, 1, codes, count, &err));
	ck_assert_int_eq(codes[0].own, 1);
	ck_assert_int_eq(codes[0].whole, 2);
	ck_assert_int_eq(codes[0].quotes, 0);
	ck_assert_int_eq(codes[1].own, 1);
	ck_assert_int_eq(codes[1].whole, 2);
	ck_assert_int_eq(codes[1].quotes, 2);
	ck_assert_int_eq(codes[2].whole, 1);
}
END_TEST

START_TEST(changes_are_listed_and_ones_own_last_is_known)
{
	struct codeframe_change *changes, last;
	int64_t a = scene_code(&scene, "a", 0), change;
	size_t count;

	SCENE_OK(&scene, code_rename(&scene.op, a, "b", &change, &err));
	SCENE_OK(&scene, codeframe_changes(&scene.op, scene.arena,
					   &(struct codeframe_page){
						   .consultation = "words", .most = 10},
					   &changes, &count, &err));
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(changes[0].said, "renamed a to b");
	ck_assert_str_eq(changes[0].staff, "Ada");
	SCENE_OK(&scene, codeframe_last(&scene.op, scene.arena, "words", &last, &err));
	ck_assert_int_eq(last.id, change);
	UNDO(change);
	SCENE_OK(&scene, codeframe_last(&scene.op, scene.arena, "words", &last, &err));
	ck_assert_str_eq(last.said, "added a");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("codeframe");
	TCase *c = tcase_create("codeframe");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, codes_stand_in_a_tree_by_name);
	tcase_add_test(c, a_code_is_renamed_and_that_is_taken_back);
	tcase_add_test(c, moves_make_no_circle);
	tcase_add_test(c, a_move_is_not_taken_back_into_a_circle);
	tcase_add_test(c, the_tree_has_a_depth);
	tcase_add_test(c, a_merge_carries_codings_and_what_is_below);
	tcase_add_test(c, what_stands_on_a_merge_keeps_it);
	tcase_add_test(c, a_code_is_not_merged_into_its_own_branch);
	tcase_add_test(c, a_split_gives_chosen_codings_to_a_new_code);
	tcase_add_test(c, a_split_is_taken_back_whole);
	tcase_add_test(c, an_added_code_is_taken_back_while_nothing_hangs_on_it);
	tcase_add_test(c, a_retired_code_counts_and_is_put_no_more);
	tcase_add_test(c, rules_go_on_by_a_former_name);
	UNIT_TABLE(c, what_is_no_code_is_refused, bad);
	tcase_add_test(c, a_code_serves_the_questions_that_it_is_bound_to);
	tcase_add_test(c, a_branch_counts_a_reply_once);
	tcase_add_test(c, changes_are_listed_and_ones_own_last_is_known);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
