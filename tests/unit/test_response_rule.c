/* The team's own rules: matched, applied once, tried without a change. */
#include "domain/coding/tag.h"
#include "tests/unit/response_scene.h"

#include "domain/intake/rule.h"
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

static const struct {
	const char *field, *has;
	bool want;
} looks[] = {
	{"sender", "@EXAMPLE.test", true}, {"sender", "@other.test", false},
	{"subject", "my ANSWER", true},    {"subject", "swer", false},
	{"text", "bus-pass", true},        {"text", "bus", true},
	{"text", "pass bus", false},       {"header:x-team", "Blue", true},
	{"header:X-Team", "red", false},   {"header:X-Body", "1", false},
	{"header:Team", "blue", false},
};

static struct rule rule_for(const char *field, const char *has, const char *act,
			    const char *value)
{
	return (struct rule){.name = "one",
			     .consultation = "words",
			     .field = field,
			     .has = has,
			     .act = act,
			     .value = value};
}

static const char *reply(void)
{
	return scene_reply(&scene, "ada@example.test", "1. The bus pass!\n");
}

static const char *tags(const char *reference)
{
	AUTO(buf) out = buf_new(1000);
	struct store_table t;

	SCENE_OK(&scene, store_all(scene.op.store, scene.arena, &t, &err, SQL_CODINGS_OF,
				   "i", scene_id(&scene, reference)));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		buf_printf(out, "%s by %s;", row_text(&row, "tag"),
			   row_text(&row, "by_what"));
	}
	return arena_strdup(scene.arena, buf_text(out));
}

START_TEST(a_rule_matches_what_it_says)
{
	struct rule rule = rule_for(looks[_i].field, looks[_i].has, "tag", "travel");
	const char *ref = reply();
	struct store_table tried;
	int64_t *ids;
	size_t count;

	SCENE_OK(&scene, rule_tried(&scene.op, scene.arena, &rule, &tried, &err));
	ck_assert_uint_eq(tried.count, looks[_i].want);
	if (looks[_i].want) {
		struct store_row row = table_row(&tried, 0);

		ck_assert_str_eq(row_text(&row, "reference"), ref);
		ck_assert_ptr_nonnull(row_text(&row, "from_address"));
	}
	SCENE_OK(&scene, rule_try(&scene.op, scene.arena, &rule, &ids, &count, &err));
	ck_assert_msg((count == 1) == looks[_i].want, "%s has %s", looks[_i].field,
		      looks[_i].has);
	ck_assert_str_eq(tags(ref), "");
}
END_TEST

START_TEST(a_rule_tags_what_comes_in_and_once_only)
{
	struct rule rule = rule_for("text", "bus pass", "tag", "travel");
	const char *before = reply(), *after;
	int64_t count;
	bool changed;

	SCENE_OK(&scene, rule_add(&scene.op, &rule, &err));
	after = reply();
	ck_assert_str_eq(tags(before), "");
	ck_assert_str_eq(tags(after), "travel by rule;");
	SCENE_OK(&scene,
		 response_tag(&scene.op, after, "travel", TAG_TAKE_OFF, &changed, &err));
	SCENE_OK(&scene, rule_run(&scene.op, "one", &count, &err));
	ck_assert_int_eq(count, 1);
	ck_assert_str_eq(tags(before), "travel by rule;");
	ck_assert_str_eq(tags(after), "");
}
END_TEST

START_TEST(a_rule_assigns_only_what_nobody_has)
{
	struct rule rule = rule_for("sender", "example", "assign", "Bea");
	const char *mine = reply(), *free_one = reply();
	struct response r;
	int64_t count;

	stage_hires(&scene, "Bea");
	SCENE_OK(&scene, response_assign(&scene.op, mine, "Ada", &err));
	SCENE_OK(&scene, rule_add(&scene.op, &rule, &err));
	SCENE_OK(&scene, rule_run(&scene.op, "one", &count, &err));
	SCENE_OK(&scene, response_find(&scene.op, scene.arena, mine, &r, &err));
	ck_assert_str_eq(r.assigned, "Ada");
	SCENE_OK(&scene, response_find(&scene.op, scene.arena, free_one, &r, &err));
	ck_assert_str_eq(r.assigned, "Bea");
}
END_TEST

START_TEST(marked_replies_can_be_listed)
{
	static const struct {
		const char *marked;
		size_t want;
	} asked[] = {{NULL, 2}, {"", 1}, {"urgent", 1}, {"odd", 0}};
	struct rule rule = rule_for("text", "bus", "mark", "urgent");

	(void)reply();
	SCENE_OK(&scene, rule_add(&scene.op, &rule, &err));
	(void)reply();
	for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
		struct response_filter f = {.mark = asked[i].marked};
		struct response_look look = {.filter = &f};
		struct store_table t;

		SCENE_OK(&scene,
			 response_list(&scene.op, scene.arena, &look, 0, &t, &err));
		ck_assert_uint_eq(t.count, asked[i].want);
	}
}
END_TEST

START_TEST(a_removed_rule_does_nothing_more)
{
	struct rule rule = rule_for("text", "bus", "tag", "travel");

	SCENE_OK(&scene, rule_add(&scene.op, &rule, &err));
	SCENE_OK(&scene, rule_remove(&scene.op, "one", &err));
	ck_assert_str_eq(tags(reply()), "");
	SCENE_OK(&scene, rule_add(&scene.op, &rule, &err));
}
END_TEST

static const struct {
	const char *field, *has, *act, *value;
	enum err_kind want;
} bad[] = {
	{"colour", "red", "tag", "x", ERR_INPUT},
	{"header:", "red", "tag", "x", ERR_INPUT},
	{"text", "", "tag", "x", ERR_INPUT},
	{"text", "...", "tag", "x", ERR_INPUT},
	{"text", "red", "delete", "x", ERR_INPUT},
	{"text", "red", "tag", "", ERR_INPUT},
	{"text", "red", "tag", "a,b", ERR_INPUT},
	{"text", "red", "assign", "Zoe", ERR_ABSENT},
};

START_TEST(what_is_no_rule_is_refused)
{
	struct rule rule =
		rule_for(bad[_i].field, bad[_i].has, bad[_i].act, bad[_i].value);
	struct err no = {0};

	ck_assert(!rule_add(&scene.op, &rule, &no));
	ck_assert_int_eq(no.kind, bad[_i].want);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_rule");
	TCase *c = tcase_create("rule");

	tcase_add_checked_fixture(c, begin, end);
	UNIT_TABLE(c, a_rule_matches_what_it_says, looks);
	tcase_add_test(c, marked_replies_can_be_listed);
	tcase_add_test(c, a_rule_tags_what_comes_in_and_once_only);
	tcase_add_test(c, a_rule_assigns_only_what_nobody_has);
	tcase_add_test(c, a_removed_rule_does_nothing_more);
	UNIT_TABLE(c, what_is_no_rule_is_refused, bad);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
