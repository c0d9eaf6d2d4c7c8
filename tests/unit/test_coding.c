/* Codes on passages: put, joined, ended, found again, quoted, suggested. */
#include "domain/coding/tag.h"
#include "tests/unit/response_scene.h"

#include "domain/responses/response_answer.h"
#include "domain/coding/coding.h"
#include "domain/coding/codeframe_log.h"
#include "domain/intake/inbound.h"
#include "domain/coding/suggestion.h"
#include "base/str.h"

#include <inttypes.h>

static struct stage scene;
static const char *ref; /* a reply that says text */
static int64_t code;

static const char text[] = "The buses are late and the fares are high.\n\n"
			   "We want more buses at night.\n";

static void begin(void)
{
	scene_open(&scene);
	ref = scene_reply(&scene, "a@example.test", text);
	code = scene_code(&scene, "travel", 0);
}

static void end(void)
{
	stage_close(&scene);
}

static void become(const char *name)
{
	struct store_row row;
	struct err none = {0};

	if (!store_one(scene.op.store, scene.arena, &row, &none, SQL_STAFF_BY_NAME, "t",
		       name))
		stage_hires(&scene, name);
	stage_become(&scene, name);
}

static struct coded_passage at(int64_t from, int64_t to)
{
	return (struct coded_passage){
		.whole = to == 0, .part = TEXT_PART_MAIL, .from = from, .to = to};
}

static const char *coded(void)
{
	AUTO(buf) out = buf_new(4000);
	struct coding *c;
	size_t count;

	SCENE_OK(&scene, coding_list(&scene.op, scene.arena, scene_id(&scene, ref), &c,
				     &count, &err));
	for (size_t i = 0; i < count; i++) {
		buf_printf(out, "%s%s%s", i ? "; " : "", c[i].suggestion_id ? "?" : "",
			   c[i].code);
		if (!c[i].where.whole)
			buf_printf(out, " %d-%d", (int)c[i].where.from,
				   (int)c[i].where.to);
		if (!str_eq(c[i].placed, "set"))
			buf_printf(out, " %s", c[i].placed);
	}
	return arena_strdup(scene.arena, buf_text(out));
}

static const struct {
	const char *name;
	int64_t first[2], second[2];
	const char *own, *others; /* by the same person, by another */
} twice[] = {
	{"the same again", {4, 9}, {4, 9}, "travel 4-9", "travel 4-9"},
	{"inside it", {4, 18}, {4, 9}, "travel 4-18", "travel 4-18"},
	{"around it", {4, 9}, {0, 18}, "travel 0-18", "travel 0-18; travel 4-9"},
	{"over its end", {4, 9}, {6, 18}, "travel 4-18", "travel 4-9; travel 6-18"},
	{"beside it",
	 {4, 9},
	 {10, 13},
	 "travel 4-9; travel 10-13",
	 "travel 4-9; travel 10-13"},
	{"the whole response too",
	 {4, 9},
	 {0, 0},
	 "travel; travel 4-9",
	 "travel; travel 4-9"},
};

START_TEST(the_same_code_twice_makes_sense)
{
	int64_t change;

	(void)scene_put(&scene, ref, code, twice[_i].first[0], twice[_i].first[1], NULL);
	(void)scene_put(&scene, ref, code, twice[_i].second[0], twice[_i].second[1],
			&change);
	ck_assert_msg(str_eq(coded(), twice[_i].own), "%s: %s", twice[_i].name, coded());
	if (change)
		SCENE_OK(&scene, codeframe_undo(&scene.op, change, &err));
	ck_assert_str_eq(coded(),
			 arena_printf(scene.arena, "travel %d-%d",
				      (int)twice[_i].first[0], (int)twice[_i].first[1]));
	become("Bea");
	(void)scene_put(&scene, ref, code, twice[_i].second[0], twice[_i].second[1],
			&change);
	ck_assert_msg(str_eq(coded(), twice[_i].others), "%s, another: %s",
		      twice[_i].name, coded());
}
END_TEST

START_TEST(what_is_no_passage_is_refused)
{
	static const struct coded_passage none[] = {
		{.part = TEXT_PART_MAIL, .from = 0, .to = 9999},
		{.part = TEXT_PART_MAIL, .from = -1, .to = 4},
		{.part = TEXT_PART_MAIL, .from = 42, .to = 44}, /* the blank line */
		{.part = TEXT_PART_MAIL, .from = 9, .to = 4},
		{.part = 0, .from = 0, .to = 4},
	};

	for (size_t i = 0; i < ARRAY_LEN(none); i++) {
		struct err no = {0};
		int64_t id;

		ck_assert(!coding_put(&scene.op,
				      &(struct coding_new){.reference = ref,
							   .code_id = code,
							   .where = &none[i]},
				      &id, NULL, &no));
		ck_assert_msg(no.kind == ERR_INPUT, "%zu: %s", i, no.text);
	}
	ck_assert_str_eq(coded(), "");
}
END_TEST

START_TEST(a_code_of_another_consultation_is_refused)
{
	struct coded_passage where = at(4, 9);
	struct err no = {0};
	int64_t id, other;

	scene_consult(&scene, "other", "1. What?\n");
	SCENE_OK(&scene,
		 code_add(&scene.op,
			  &(struct code_new){.consultation = "other", .name = "travel"},
			  &other, NULL, &err));
	ck_assert(!coding_put(
		&scene.op,
		&(struct coding_new){.reference = ref, .code_id = other, .where = &where},
		&id, NULL, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(a_coding_is_ended_and_holds_again)
{
	int64_t change, id = scene_put(&scene, ref, code, 4, 9, NULL);
	struct err no = {0};

	SCENE_OK(&scene, coding_end(&scene.op, id, &change, &err));
	ck_assert_str_eq(coded(), "");
	ck_assert(!coding_end(&scene.op, id, NULL, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	SCENE_OK(&scene, codeframe_undo(&scene.op, change, &err));
	ck_assert_str_eq(coded(), "travel 4-9");
}
END_TEST

/* Two passages with one code, and the code made for them. */
static void put_two(const char *name)
{
	const struct coded_passage where[] = {at(4, 9), at(23, 28)};
	size_t fresh;

	SCENE_OK(&scene, coding_put_all(&scene.op,
					&(struct coding_new){.reference = ref,
							     .name = name,
							     .where = where,
							     .count = 2},
					&fresh, &err));
	ck_assert_int_eq((int)fresh, 2);
}

START_TEST(what_was_put_together_is_taken_back_together)
{
	const char *what;

	put_two("cost");
	ck_assert_str_eq(coded(), "cost 4-9; cost 23-28");
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &what, &err));
	ck_assert_str_eq(coded(), "");
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &what, &err));
	ck_assert_str_eq(what, "added travel"); /* no part of it is left over */
}
END_TEST

/* A code that a tag made goes with the last of its tags, and one of the frame stays. */
START_TEST(what_an_undone_tag_made_is_not_left_over)
{
	const char *other = scene_reply(&scene, "b@example.test", "Buses again.\n"),
		   *what;
	struct code travel;
	bool changed, known;

	SCENE_OK(&scene,
		 response_tag(&scene.op, ref, "librarys", TAG_PUT_ON, &changed, &err));
	scene.op.now += 60;
	SCENE_OK(&scene,
		 response_tag(&scene.op, other, "librarys", TAG_PUT_ON, &changed, &err));
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &what, &err));
	SCENE_OK(&scene,
		 tag_known(&scene.op, scene.arena, "words", "librarys", &known, &err));
	ck_assert(known);
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &what, &err));
	SCENE_OK(&scene,
		 tag_known(&scene.op, scene.arena, "words", "librarys", &known, &err));
	ck_assert(!known);
	SCENE_OK(&scene,
		 response_tag(&scene.op, ref, "travel", TAG_PUT_ON, &changed, &err));
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &what, &err));
	SCENE_OK(&scene,
		 code_named(&scene.op, scene.arena, "words", "travel", &travel, &err));
	ck_assert_str_eq(travel.state, "live");
}
END_TEST

START_TEST(a_part_taken_back_by_itself_is_not_taken_back_again)
{
	struct codeframe_change last;
	const char *what, *next;
	struct err no = {0};

	put_two("cost");
	SCENE_OK(&scene, codeframe_last(&scene.op, scene.arena, "words", &last, &err));
	SCENE_OK(&scene, codeframe_undo(&scene.op, last.id, &err));
	ck_assert_str_eq(coded(), "cost 4-9");
	ck_assert(!codeframe_undo(&scene.op, last.id, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert(!undo_last(&scene.op, scene.arena, &what, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_str_eq(coded(), "cost 4-9"); /* all of it or nothing */
	SCENE_OK(&scene, undo_next(&scene.op, scene.arena, &next, &err));
	ck_assert_str_eq(next, "added travel");
}
END_TEST

START_TEST(what_is_too_old_is_forgotten_but_not_what_was_done_to_codes)
{
	struct codeframe_change *before, *after;
	size_t n_before, n_after;
	const char *next;
	bool changed;

	put_two("cost");
	SCENE_OK(&scene,
		 response_tag(&scene.op, ref, "travel", TAG_PUT_ON, &changed, &err));
	SCENE_OK(&scene, codeframe_changes(&scene.op, scene.arena,
					   &(struct codeframe_page){
						   .consultation = "words", .most = 100},
					   &before, &n_before, &err));
	scene.op.now += (UNDO_DAYS + 1) * 86400LL;
	SCENE_OK(&scene, undo_next(&scene.op, scene.arena, &next, &err));
	ck_assert_ptr_null(next);
	SCENE_OK(&scene, undo_forget(&scene.op, &err));
	SCENE_OK(&scene, codeframe_changes(&scene.op, scene.arena,
					   &(struct codeframe_page){
						   .consultation = "words", .most = 100},
					   &after, &n_after, &err));
	ck_assert_int_eq((int)n_before, 4);
	ck_assert_int_eq((int)n_after, 4);
	SCENE_OK(&scene, codeframe_undo(&scene.op, after[0].id, &err));
	SCENE_OK(&scene, undo_next(&scene.op, scene.arena, &next, &err));
	ck_assert_ptr_null(next); /* no part stands alone now */
}
END_TEST

START_TEST(a_tag_is_a_code_on_the_whole_reply)
{
	struct err no = {0};
	int64_t change;
	bool changed;

	(void)scene_put(&scene, ref, code, 4, 9, NULL);
	ck_assert(!response_tag(&scene.op, ref, "travel", TAG_TAKE_OFF, &changed, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	SCENE_OK(&scene,
		 response_tag(&scene.op, ref, "travel", TAG_PUT_ON, &changed, &err));
	ck_assert_str_eq(coded(), "travel; travel 4-9");
	(void)scene_put(&scene, ref, code, 0, 0, &change);
	ck_assert_int_eq(change, 0);
	SCENE_OK(&scene,
		 response_tag(&scene.op, ref, "travel", TAG_TAKE_OFF, &changed, &err));
	ck_assert_str_eq(coded(), "travel 4-9");
}
END_TEST

/* The reply's mail as a better parser might have it. */
static void reads_anew(const char *now_says)
{
	AUTO(arena) arena = arena_new(1 << 14);
	struct response_text words;

	SCENE_OK(&scene, response_text_load(&scene.op, arena, scene_id(&scene, ref),
					    &words, &err));
	words.parts[0].text = now_says;
	SCENE_OK(&scene, codings_reread(&scene.op, arena, &words, &err));
}

static const struct {
	const char *name, *now_says, *want;
} anew[] = {
	{"nothing changed", text, "travel 27-41"},
	{"something else changed", "The bikes are late and the fares are high. Yes.",
	 "travel 27-41"},
	{"moved", "Hello there.\nThe buses are late and the fares are high.",
	 "travel 40-54 re-anchored"},
	{"other blanks", "Late. The\nfares are\n  high!", "travel 10-26 re-anchored"},
	{"gone", "We want more.", "travel 27-41 needs re-anchoring"},
	{"twice", "The fares are high. And the fares are high.",
	 "travel 27-41 needs re-anchoring"},
	{"empty", "", "travel 27-41 needs re-anchoring"},
};

START_TEST(a_passage_is_never_moved_in_silence)
{
	(void)scene_put(&scene, ref, code, 27, 41, NULL);
	ck_assert_str_eq(coded(), "travel 27-41");
	reads_anew(anew[_i].now_says);
	ck_assert_msg(str_eq(coded(), anew[_i].want), "%s: %s", anew[_i].name, coded());
}
END_TEST

START_TEST(a_lost_passage_waits_for_a_person)
{
	struct coded_passage where = at(27, 32);
	int64_t id = scene_put(&scene, ref, code, 27, 41, NULL), change;
	struct coded_quote *q;
	size_t count;

	reads_anew("We want more.");
	SCENE_OK(&scene,
		 codings_unanchored(&scene.op, scene.arena, "words", &q, &count, &err));
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(q[0].placed, "needs re-anchoring");
	ck_assert_str_eq(q[0].text, "");
	SCENE_OK(&scene, coding_place(&scene.op, id, &where, &change, &err));
	ck_assert_str_eq(coded(), "travel 27-32");
	SCENE_OK(&scene, codeframe_undo(&scene.op, change, &err));
	ck_assert_str_eq(coded(), "travel 27-41 needs re-anchoring");
	reads_anew(text);
	ck_assert_str_eq(coded(), "travel 27-41 re-anchored");
	SCENE_OK(&scene, coding_place(&scene.op, id, &where, &change, &err));
	reads_anew(text);
	ck_assert_str_eq(coded(), "travel 27-32");
}
END_TEST

START_TEST(a_part_is_cut_into_pieces)
{
	struct coding *c;
	struct segment *s;
	size_t count, n;

	(void)scene_put(&scene, ref, code, 4, 18, NULL);
	(void)scene_put(&scene, ref, scene_code(&scene, "money", 0), 14, 41, NULL);
	(void)scene_put(&scene, ref, scene_code(&scene, "whole", 0), 0, 0, NULL);
	SCENE_OK(&scene, coding_list(&scene.op, scene.arena, scene_id(&scene, ref), &c,
				     &count, &err));
	coding_segments(scene.arena,
			&(struct coded_part){.codings = c,
					     .count = count,
					     .part = TEXT_PART_MAIL,
					     .chars = 73},
			&s, &n);
	ck_assert_uint_eq(n, 5);
	ck_assert_int_eq(s[2].from, 14);
	ck_assert_int_eq(s[2].to, 18);
	ck_assert_uint_eq(s[2].cover_count, 2);
	ck_assert_str_eq(c[s[2].covers[0]].code, "travel");
	ck_assert_str_eq(c[s[2].covers[1]].code, "money");
	coding_segments(scene.arena,
			&(struct coded_part){.codings = c, .count = count, .chars = 10},
			&s, &n);
	ck_assert_uint_eq(n, 1);
	ck_assert_uint_eq(s[0].cover_count, 0);
}
END_TEST

static size_t quotes(struct coded_quote_filter f, struct coded_quote **out, bool *more)
{
	struct coded_quotes found;

	SCENE_OK(&scene, coded_quotes_load(&scene.op, scene.arena, &f, &found, &err));
	*out = found.list;
	*more = found.more;
	return found.count;
}

START_TEST(quote_of_recognised_words_says_so)
{
	struct coded_quote_filter f = {.code_id = code};
	struct mail_address to = {.address = SCENE_ADDRESS};
	static const char words[] = "Typéd words.\n\nGuessed words.";
	struct mail_attachment file = {.name = "a.txt",
				       .type = "text/plain",
				       .sha256 = "00",
				       .bytes = words,
				       .size = sizeof(words) - 1,
				       .text = words};
	struct mail_message m = {.from = {.address = "x@example.test"},
				 .to = {&to, 1},
				 .text = "See the photograph.",
				 .text_new = "See the photograph.",
				 .attachments = &file,
				 .attachment_count = 1};
	int64_t id = scene_mail(&scene, &m), made;
	const struct coded_passage places[] = {{.part = 0, .from = 0, .to = 5},
					       {.part = 0, .from = 6, .to = 20}};
	struct coded_quote *q;
	bool more;

	SCENE_OK(&scene, store_run(scene.op.store, &err, SQL_EXTRACT_RECOGNISED, "iiii",
				   id, (int64_t)0, (int64_t)15, (int64_t)91));
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		SCENE_OK(&scene,
			 coding_put(&scene.op,
				    &(struct coding_new){.reference = "words-0002",
							 .code_id = code,
							 .where = &places[i]},
				    &made, NULL, &err));
	ck_assert_uint_eq(quotes(f, &q, &more), 2);
	ck_assert(!q[0].recognised && q[1].recognised);
}
END_TEST

START_TEST(quotes_say_where_they_stand_and_what_is_allowed)
{
	struct coded_quote_filter f = {.code_id = code};
	struct coded_quote *q;
	bool more;

	ref = scene_reply(&scene, "b@example.test",
			  "Good day.\n\n1. The buses.\n\n"
			  "2. The feelings.\n");
	(void)scene_put(&scene, ref, code, 14, 23, NULL);
	(void)scene_put(&scene, ref, code, 0, 8, NULL);
	SCENE_OK(&scene, response_respondent(&scene.op, ref, NULL, "without name", &err));
	ref = scene_reply(&scene, "c@example.test", text);
	(void)scene_put(&scene, ref, code, 0, 0, NULL);
	ck_assert_uint_eq(quotes(f, &q, &more), 3);
	ck_assert_str_eq(q[0].reference, "words-0002");
	ck_assert_str_eq(q[0].text, "The buses");
	ck_assert_int_eq(q[0].question, 1);
	ck_assert_str_eq(q[0].asked, "Which words are no longer understood?");
	ck_assert(q[0].may_publish);
	ck_assert_str_eq(q[1].text, "Good day");
	ck_assert_int_eq(q[1].question, 0);
	ck_assert(q[2].where.whole);
	ck_assert(!q[2].may_publish);
	ck_assert_str_eq(q[2].text, "");
	f.publishable = true;
	ck_assert_uint_eq(quotes(f, &q, &more), 2);
	f.question = 1;
	ck_assert_uint_eq(quotes(f, &q, &more), 1);
	f.question = 2;
	ck_assert_uint_eq(quotes(f, &q, &more), 0);
}
END_TEST

START_TEST(quotes_page_by_page_and_with_what_is_below)
{
	struct coded_quote_filter f = {.code_id = code, .below = true, .most = 2};
	int64_t below, seen[8], n = 0;
	struct coded_quote *q;
	bool more = true;

	SCENE_OK(&scene, code_add(&scene.op,
				  &(struct code_new){.consultation = "words",
						     .name = "night",
						     .parent_id = code},
				  &below, NULL, &err));
	(void)scene_put(&scene, ref, below, 44, 71, NULL);
	(void)scene_put(&scene, ref, code, 4, 9, NULL);
	ref = scene_reply(&scene, "b@example.test", text);
	(void)scene_put(&scene, ref, code, 4, 9, NULL);
	(void)scene_put(&scene, ref, below, 4, 9, NULL);
	(void)scene_put(&scene, ref, below, 27, 41, NULL);
	while (more) {
		size_t count = quotes(f, &q, &more);

		ck_assert(count >= 1 && count <= 2);
		for (size_t i = 0; i < count; i++)
			seen[n++] = q[i].coding_id;
		f.after_response = q[count - 1].response_id;
		f.after_coding = q[count - 1].coding_id;
	}
	ck_assert_int_eq(n, 5);
	for (int64_t i = 1; i < n; i++)
		ck_assert_int_lt(seen[i - 1], seen[i]);
}
END_TEST

static bool suggest(int64_t from, int64_t to)
{
	AUTO(arena) arena = arena_new(1 << 14);
	struct coded_passage where = at(from, to);
	struct response_text words;
	bool added = false;

	SCENE_OK(&scene, response_text_load(&scene.op, arena, scene_id(&scene, ref),
					    &words, &err));
	SCENE_OK(&scene,
		 suggestion_add(&scene.op, arena,
				&(struct suggestion_new){.words = &words,
							 .code_id = code,
							 .where = &where,
							 .by_what = "machine",
							 .because = "it says bus"},
				&added, &err));
	return added;
}

static int64_t first_suggestion(void)
{
	struct coded_quote *q;
	size_t count;

	SCENE_OK(&scene, suggestion_list(&scene.op, scene.arena,
					 &(struct suggestion_page){
						 .consultation = "words", .most = 10},
					 &q, &count, &err));
	ck_assert_uint_ge(count, 1);
	ck_assert_str_eq(q[0].reference, ref);
	return q[0].coding_id;
}

START_TEST(an_accepted_suggestion_is_a_coding)
{
	int64_t id, coding, change;
	struct coding *c;
	struct err no = {0};
	size_t count;

	ck_assert(suggest(4, 9));
	ck_assert_str_eq(coded(), "?travel 4-9");
	id = first_suggestion();
	SCENE_OK(&scene, suggestion_accept(&scene.op, id, &coding, &change, &err));
	ck_assert_str_eq(coded(), "travel 4-9");
	SCENE_OK(&scene, coding_list(&scene.op, scene.arena, scene_id(&scene, ref), &c,
				     &count, &err));
	ck_assert_str_eq(c[0].by_what, "machine");
	ck_assert_str_eq(c[0].staff, "Ada");
	ck_assert_str_eq(c[0].because, "it says bus");
	ck_assert(!suggestion_refuse(&scene.op, id, NULL, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert(!suggest(0, 9));
	SCENE_OK(&scene, codeframe_undo(&scene.op, change, &err));
	ck_assert_str_eq(coded(), "?travel 4-9");
}
END_TEST

START_TEST(a_refused_suggestion_does_not_come_back)
{
	int64_t change;

	ck_assert(suggest(4, 9));
	SCENE_OK(&scene, suggestion_refuse(&scene.op, first_suggestion(), &change, &err));
	ck_assert_str_eq(coded(), "");
	ck_assert(!suggest(4, 9));
	ck_assert(!suggest(6, 18));
	reads_anew("Hello. The buses are late.");
	ck_assert(!suggest(11, 16));
	ck_assert(suggest(27, 41));
	SCENE_OK(&scene, codeframe_undo(&scene.op, change, &err));
	ck_assert_str_eq(coded(), "?travel 11-16; ?travel 27-41");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("coding");
	TCase *c = tcase_create("coding");

	tcase_add_checked_fixture(c, begin, end);
	UNIT_TABLE(c, the_same_code_twice_makes_sense, twice);
	tcase_add_test(c, what_is_no_passage_is_refused);
	tcase_add_test(c, a_code_of_another_consultation_is_refused);
	tcase_add_test(c, a_coding_is_ended_and_holds_again);
	tcase_add_test(c, what_was_put_together_is_taken_back_together);
	tcase_add_test(c, what_an_undone_tag_made_is_not_left_over);
	tcase_add_test(c, a_part_taken_back_by_itself_is_not_taken_back_again);
	tcase_add_test(c, what_is_too_old_is_forgotten_but_not_what_was_done_to_codes);
	tcase_add_test(c, a_tag_is_a_code_on_the_whole_reply);
	UNIT_TABLE(c, a_passage_is_never_moved_in_silence, anew);
	tcase_add_test(c, a_lost_passage_waits_for_a_person);
	tcase_add_test(c, a_part_is_cut_into_pieces);
	tcase_add_test(c, quote_of_recognised_words_says_so);
	tcase_add_test(c, quotes_say_where_they_stand_and_what_is_allowed);
	tcase_add_test(c, quotes_page_by_page_and_with_what_is_below);
	tcase_add_test(c, an_accepted_suggestion_is_a_coding);
	tcase_add_test(c, a_refused_suggestion_does_not_come_back);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
