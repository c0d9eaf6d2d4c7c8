/* What somebody writes is kept, whatever is in it; what two write at once is kept twice. */
#include "tests/unit/domain_house.h"

#include "base/str.h"
#include "bulletin/version_diff.h"
#include "domain/bulletins/bulletin_check.h"
#include "domain/bulletins/bulletin_render.h"

static struct err err;

static struct bulletin load(int64_t number)
{
	struct bulletin b;

	ck_assert_msg(bulletin_load(&house.op, house.arena, "children", number, &b, &err),
		      "%s", err.text);
	return b;
}

/* As a form has it, opened when the bulletin had that hash. */
static struct bulletin_saving writes(const char *who, int64_t number, const char *seen,
				     const char *body)
{
	struct bulletin_saving s = {.list = "children", .number = number, .seen = seen};
	struct bulletin b = load(number);

	house_become(who);
	bulletin_fields_read(house.arena, b.source_text, &s.fields);
	s.fields.body = body;
	return s;
}

static void save(struct bulletin_saving *s, enum bulletin_saved outcome)
{
	ck_assert_msg(bulletin_save(&house.op, house.arena, s, &err), "%s", err.text);
	ck_assert_int_eq(s->outcome, outcome);
}

static bool approve(const char *who, int64_t number)
{
	int64_t audience;

	house_become(who);
	return bulletin_approve(&house.op, "children", number, &audience, &err);
}

/* Each is no bulletin that could be sent, and is kept as it is all the same. */
static const struct {
	const char *title, *topics, *body, *why;
	int line; /* of the text field; 0: none */
} unfinished[] = {
	{"", "", "Text", "it has no title yet", 0},
	{"News", "", "", "there is no text yet", 0},
	{"News", "neglect", "One\n\n## Second {hearings}", "the topic \"hearings\"", 3},
	{"News", "", "One\n\n## {neglect}", "the topic \"neglect\"", 3},
	{"News", "", "# A title\n\nText", "the title stands apart", 1},
	{"News", "a;b", "Text", "\"a;b\" is no topic", 0},
	{"", "", "", "it has no title yet", 0},
};

START_TEST(unfinished_text_is_kept_and_holds_up_approval_alone)
{
	int64_t n = house_drafts("children", NULL);
	struct bulletin_saving s = writes("jean", n, "", unfinished[_i].body);
	struct bulletin_findings found;
	struct bulletin_fields f;
	struct bulletin_mail mail;
	struct bulletin b;

	(void)house_adds("children", "a@x.example", NULL);
	house_become("jean");
	s.fields.title = unfinished[_i].title;
	s.fields.topics = unfinished[_i].topics;
	save(&s, BULLETIN_SAVED);
	b = load(n);
	bulletin_fields_read(house.arena, b.source_text, &f);
	ck_assert_str_eq(f.body, unfinished[_i].body);
	ck_assert_str_eq(f.title, unfinished[_i].title);
	ck_assert_str_eq(b.state, "draft");
	ck_assert_ptr_nonnull(b.source->unreadable);
	ck_assert_msg(strstr(b.source->unreadable, unfinished[_i].why), "%s",
		      b.source->unreadable);
	ck_assert_int_eq(b.source->unreadable_line,
			 unfinished[_i].line ? unfinished[_i].line + f.body_line - 1 : 0);
	ck_assert(!approve("olga", n));
	ck_assert_msg(strstr(err.text, unfinished[_i].why), "%s", err.text);
	ck_assert(!bulletin_render_mail(&house.op, house.arena, &b,
					&(struct bulletin_reading){0}, &mail, &err));
	ck_assert(bulletin_check_stored(&house.op, house.arena, &b, &found, &err));
	ck_assert_uint_eq(found.stops, 1);
	ck_assert(!strstr(found.items[0].text, "line:"));
	/* The next one begins all the same, and this one can be finished. */
	s = writes("jean", n, b.hash, "Text");
	s.fields.title = "News";
	s.fields.topics = "";
	save(&s, BULLETIN_SAVED);
	ck_assert_ptr_null(load(n).source->unreadable);
	ck_assert_msg(approve("olga", n), "%s", err.text);
}
END_TEST

START_TEST(nothing_changed_keeps_the_approval)
{
	int64_t n = house_drafts("children", NULL);
	struct bulletin_saving s;
	struct bulletin b;

	(void)house_adds("children", "a@x.example", NULL);
	ck_assert_msg(approve("olga", n), "%s", err.text);
	b = load(n);
	s = writes("jean", n, "an older one", "x");
	bulletin_fields_read(house.arena, b.source_text, &s.fields);
	s.fields.body = arena_printf(house.arena, "\n%s \n\n", s.fields.body);
	save(&s, BULLETIN_SAME);
	ck_assert_str_eq(house_bulletin("children", n), "approved");
	/* A page that was opened before that ends it only when it is told. */
	s = writes("jean", n, b.hash, "Other");
	s.state = "draft";
	save(&s, BULLETIN_MOVED);
	ck_assert_str_eq(s.now.state, "approved");
	ck_assert_str_eq(load(n).hash, b.hash);
	s.state = "approved";
	save(&s, BULLETIN_SAVED);
	ck_assert_str_eq(house_bulletin("children", n), "draft");
}
END_TEST

START_TEST(two_who_write_at_once_lose_nothing)
{
	int64_t n = house_drafts("children", NULL), aside;
	const char *seen = load(n).hash;
	struct bulletin_saving s = writes("jean", n, seen, "Of Jean");
	struct store_row row;
	struct store_table t;
	struct bulletin b;

	save(&s, BULLETIN_SAVED);
	s = writes("olga", n, seen, "Of Olga");
	save(&s, BULLETIN_CLASHED);
	aside = s.aside_id;
	ck_assert_int_gt(aside, 0);
	b = load(n);
	ck_assert(strstr(b.source_text, "Of Jean") && !strstr(b.source_text, "Of Olga"));
	/* Olga writes on: the same version, not one more. */
	s.fields.body = "Of Olga, longer";
	save(&s, BULLETIN_CLASHED);
	ck_assert_int_eq(s.aside_id, aside);
	ck_assert(bulletin_aside(&house.op, house.arena, b.id, aside, &row, &err));
	ck_assert_ptr_nonnull(strstr(row_text(&row, "source"), "Of Olga, longer"));
	/* Having seen both, she puts hers in its place: Jean's is kept. */
	s.seen = s.over = b.hash;
	save(&s, BULLETIN_SAVED);
	ck_assert_ptr_nonnull(strstr(load(n).source_text, "Of Olga, longer"));
	ck_assert(bulletin_asides(&house.op, house.arena, b.id, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	row = table_row(&t, 0);
	ck_assert_str_eq(row_text(&row, "staff"), "jean");
	aside = row_int(&row, "id");
	ck_assert(bulletin_aside(&house.op, house.arena, b.id, aside, &row, &err));
	ck_assert_ptr_nonnull(strstr(row_text(&row, "source"), "Of Jean"));
	ck_assert(bulletin_aside_drop(&house.op, &b, aside, &err));
	ck_assert(!bulletin_aside(&house.op, house.arena, b.id, aside, &row, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

START_TEST(what_is_saved_by_itself_is_one_event_of_a_sitting)
{
	int64_t n = house_drafts("children", NULL);

	for (int i = 0; i < 5; i++) {
		struct bulletin_saving s = writes(
			"jean", n, load(n).hash, arena_printf(house.arena, "Text %d", i));

		s.by_itself = true;
		save(&s, BULLETIN_SAVED);
		house.op.now += MINUTE_S;
	}
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM audit WHERE event = 'bulletin edited'"),
		1);
	struct bulletin_saving s = writes("olga", n, load(n).hash, "Of Olga");

	s.by_itself = true;
	save(&s, BULLETIN_SAVED);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM audit WHERE event = 'bulletin edited'"),
		2);
}
END_TEST

START_TEST(what_has_begun_is_not_written_any_more)
{
	int64_t n = house_drafts("children", NULL);
	struct bulletin_saving s;

	(void)house_adds("children", "a@x.example", NULL);
	house_sends("children", n);
	s = writes("jean", n, "", "Too late");
	ck_assert(!bulletin_save(&house.op, house.arena, &s, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

/* Read into fields and written again, a file says the same. */
static const char *const files[] = {
	"---\nlist: x\ntitle: Rooms\n---\nText\n",
	"---\nlist: x\n# a note\ntitle: 'Quoted'\ntopics: [a, b]\n---\n\n\n## A {a}\n\nText\n",
	"---\r\nlist: x\r\ntitle: \"'Rooms'\"\r\n---\r\n\r\nText\r\n",
	"\xEF\xBB\xBF---\nlist: x\ntitle: Rooms: two\nsummary: s\nlanguage: gd\n---\nText",
};

START_TEST(file_is_the_same_through_its_fields)
{
	struct bulletin_source *before, *after;
	struct bulletin_fields f, again;
	const char *text;

	bulletin_fields_read(house.arena, files[_i], &f);
	text = bulletin_fields_write(house.arena, &f);
	bulletin_fields_read(house.arena, text, &again);
	ck_assert(bulletin_fields_same(&f, &again));
	ck_assert_str_eq(f.others, again.others);
	before = bulletin_source_draft(house.arena, files[_i], NULL);
	after = bulletin_source_draft(house.arena, text, NULL);
	ck_assert_ptr_null(before->unreadable);
	ck_assert_msg(!after->unreadable, "%s", after->unreadable);
	ck_assert_str_eq(before->title, after->title);
	ck_assert_uint_eq(before->topic_count, after->topic_count);
	ck_assert_str_eq(before->intro.text, after->intro.text);
}
END_TEST

static const struct {
	const char *text;
	bool is_file;
} pasted[] = {
	{"---\nlist: x\ntitle: y\n# note\n---\nText", true},
	{"---\ntitle: y\n---\nText", true},
	{"---\nThis stands between two lines.\n---\nText", false},
	{"---\nWarning: wet paint\n---\nText", false},
	{"---\ntitle: y\nWarning: wet paint\n---\nText", false},
	{"---\nsummary: s\n---\nText", false},
	{"---\ntitle: y\nText", false},
	{"Text", false},
	{"", false},
};

START_TEST(words_between_two_lines_are_no_keys)
{
	struct bulletin_fields f;

	bulletin_fields_read(house.arena, pasted[_i].text, &f);
	ck_assert_msg(bulletin_fields_of_file(&f) == pasted[_i].is_file, "%s",
		      pasted[_i].text);
}
END_TEST

static const struct {
	const char *before, *now, *want; /* +added+, -removed- */
} versions[] = {
	{"One two", "One, two", "One+,+ two"},
	{"one two", "One two", "-one-+One+ two"},
	{"One two three", "One three", "One- two- three"},
	{"One", "One", "One"},
	{"Fàilte oirbh", "Fàilte", "Fàilte- oirbh-"},
	/* Lines that a program broke are one paragraph; what Markdown keeps apart stays so. */
	{"One two\nthree four\n\nFive", "One two\nthree, four\n\nFive",
	 "One two three+,+ four\n\nFive"},
	{"## One\nTwo\nthree\n- four\n- five\n1. six  \nseven",
	 "## One\nTwo\nthree\n- four\n"
	 "- five\n1. six  \nseven",
	 "## One\nTwo three\n- four\n- five\n1. six  \nseven"},
	{"```\na\nb\n```", "```\na\nb\n```", "```\na\nb\n```"},
	{"| a |\n| b |\nc", "| a |\n| b |\nc", "| a |\n| b |\nc"},
};

static const char *file_of(const char *body)
{
	return arena_printf(house.arena, "---\nlist: x\ntitle: T\n---\n\n%s\n", body);
}

START_TEST(versions_are_compared_to_the_comma)
{
	AUTO(buf) out = buf_new(4096);
	struct version_diff d;
	const char *shown;

	version_diff(house.arena, file_of(versions[_i].before), file_of(versions[_i].now),
		     &d);
	for (size_t i = 0; i < d.count; i++) {
		const char *mark = d.pieces[i].kind == DIFF_ADDED     ? "+"
				   : d.pieces[i].kind == DIFF_REMOVED ? "-"
								      : "";

		buf_printf(out, "%s%s%s", mark, d.pieces[i].text, mark);
	}
	shown = buf_text(out);
	ck_assert_msg(str_starts(shown, "Title: T\n\n"), "%s", shown);
	shown = str_trim(arena_strdup(house.arena, shown + strlen("Title: T\n\n")));
	ck_assert_str_eq(shown, versions[_i].want);
}
END_TEST

/* What somebody else does with it before it is cancelled; NULL: nobody does. */
static const char *const seen_by[] = {
	NULL,
	"INSERT INTO bulletin_comment (bulletin_id, staff_id, at, text, content_hash) VALUES (1, 2, 1, 'x', 'x')",
	"UPDATE bulletin SET changed_by = 2",
	"INSERT INTO audit (at, who, event, subject, subject_id, detail, hash) VALUES (1, 'jean', "
	"'bulletin tested', 'bulletin', 1, '', 'x')",
	"INSERT INTO approval (bulletin_id, staff_id, at, content_hash, look_hash, audience, "
	"last_subscription, withdrawn_at) VALUES (1, 2, 1, 'x', 'x', 1, 1, 2)",
};

START_TEST(number_that_others_have_seen_is_given_to_no_other)
{
	int64_t n = house_drafts("children", NULL), next;
	struct bulletin b;
	bool seen;

	if (seen_by[_i])
		house_do("%s", seen_by[_i]);
	ck_assert(bulletin_load(&house.op, house.arena, "children", n, &b, &err));
	ck_assert_msg(bulletin_was_seen(&house.op, &b, &seen, &err), "%s", err.text);
	ck_assert(seen == (seen_by[_i] != NULL));
	ck_assert_msg(bulletin_cancel(&house.op, "children", n, &err), "%s", err.text);
	next = house_drafts("children", NULL);
	ck_assert_int_eq(next, seen ? n + 1 : n);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("bulletin save");
	TCase *tc = tcase_create("bulletin save");

	UNIT_TABLE(tc, number_that_others_have_seen_is_given_to_no_other, seen_by);
	suite_add_tcase(suite, tc);
	tcase_add_checked_fixture(tc, house_open, house_close);
	UNIT_TABLE(tc, unfinished_text_is_kept_and_holds_up_approval_alone, unfinished);
	tcase_add_test(tc, nothing_changed_keeps_the_approval);
	tcase_add_test(tc, two_who_write_at_once_lose_nothing);
	tcase_add_test(tc, what_is_saved_by_itself_is_one_event_of_a_sitting);
	tcase_add_test(tc, what_has_begun_is_not_written_any_more);
	UNIT_TABLE(tc, file_is_the_same_through_its_fields, files);
	UNIT_TABLE(tc, words_between_two_lines_are_no_keys, pasted);
	UNIT_TABLE(tc, versions_are_compared_to_the_comma, versions);
	return unit_main_together(suite);
}
