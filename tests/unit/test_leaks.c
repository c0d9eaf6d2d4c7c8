/* Nothing that is published names or quotes who has not allowed it; what is no leak is settled. */
#include "tests/unit/response_scene.h"

#include "base/str.h"
#include "domain/admin/rights.h"
#include "domain/leaks/leak.h"
#include "domain/reports/report_edition.h"
#include "domain/exports/report_file.h"

#include <jansson.h>

static struct stage scene;
static int64_t consultation;

static const char *reply(const char *from, const char *name, const char *permission,
			 const char *text)
{
	const char *ref = scene_reply(&scene, from, text);

	ck_assert_ptr_nonnull(ref);
	SCENE_OK(&scene,
		 response_respondent(&scene.op, ref, "individual", permission, &err));
	if (name)
		SCENE_OK(&scene,
			 response_correct(&scene.op, ref, name, NULL, NULL, &err));
	SCENE_OK(&scene, response_screen(&scene.op, ref, "included", NULL, &err));
	return ref;
}

static void begin(void)
{
	struct response r;

	scene_open(&scene);
	scene.settings->report_least = 0;
	stage_hires(&scene, "Bea");
	SCENE_OK(&scene, rights_grant(&scene.op, "Bea", "approver", NULL, NULL, &err));
	SCENE_OK(&scene,
		 response_find(&scene.op, scene.arena,
			       reply("o@fen.test", "Olive Quarry", "none",
				     "1. My son Kenneth was hurt there in the dark, "
				     "and nobody came.\n\nTel: 0131 496 0123\n"),
			       &r, &err));
	consultation = r.consultation_id;
	(void)reply("w@fen.test", "Ada Byron", "name",
		    "1. The buses are late every evening and cost too much.\n");
	(void)reply("y@fen.test", "Robert Young", "without name",
		    "1. The hall should be open at the weekend for all of us.\n");
}

static void end(void)
{
	stage_close(&scene);
}

static struct leak_found scanned(const char *text)
{
	struct leak_found found;

	SCENE_OK(&scene,
		 leak_in_text(&scene.op, scene.arena, consultation, text, &found, &err));
	return found;
}

/* What each find says, "|" behind each. */
static const char *said(const char *text)
{
	struct leak_found found = scanned(text);
	const char *all = "";

	for (size_t i = 0; i < found.count; i++)
		all = arena_printf(scene.arena, "%s%s%s|", all,
				   found.list[i].reason ? "settled " : "",
				   leak_find_words(scene.arena, &found.list[i]));
	return all;
}

static const struct {
	const char *text, *want;
} texts[] = {
	{"Ada Byron said that the buses are late every evening and cost too much.", ""},
	{"Olive Quarry of Leith said so.",
	 "\"Olive Quarry\" is the name of a respondent who may not be named (words-0001)|"},
	{"Write to o@fen.test.",
	 "\"o@fen.test\" is the email address of a respondent who may "
	 "not be named (words-0001)|"},
	{"Or 0131 4960123",
	 "\"0131 4960123\" is a telephone number of a respondent who may not be named "
	 "(words-0001)|"},
	{"> My son Kenneth was hurt there in the dark.",
	 "\"My son Kenneth was hurt there in the dark\" are words of a response that may not "
	 "be published (words-0001)|"},
	{"The hall should be open at the weekend for all of us.", ""},
	{"Mr Young said so.",
	 "\"Mr Young\" is the name of a respondent who may not be named (words-0003)|"},
};

START_TEST(who_has_not_allowed_it_is_found)
{
	ck_assert_str_eq(said(texts[_i].text), texts[_i].want);
}
END_TEST

static size_t settle(const char *text, const char *words, const char *reason)
{
	const struct leak_settling what = {consultation, words, reason};
	struct leak_found found = scanned(text);
	size_t n = 0;

	SCENE_OK(&scene, leak_settle(&scene.op, &found, &what, &n, &err));
	return n;
}

START_TEST(what_is_no_leak_is_settled_once)
{
	static const char text[] = "Young people came. The views of Young people count.";
	const struct leak_settling none = {consultation, "young", " "};
	struct leak_found found = scanned(text);
	struct err why = {0};
	size_t n;

	ck_assert_uint_eq(found.open, 2);
	ck_assert(!leak_none_open(scene.arena, &found, &why));
	ck_assert_str_eq(
		why.text,
		"\"Young\" is the surname of a respondent who may not be named "
		"(words-0003), and 1 more. Take them out, or say why each may stand");
	ck_assert(!leak_settle(&scene.op, &found, &none, &n, &why));
	ck_assert_str_eq(why.text, "Say why it may stand");
	ck_assert_uint_eq(settle(text, "young", "it is an age here"), 2);
	found = scanned(text);
	ck_assert_uint_eq(found.open, 0);
	ck_assert_uint_eq(found.count, 2);
	ck_assert_str_eq(found.list[0].reason, "it is an age here");
	ck_assert_str_eq(found.list[0].settled_by, "Ada");
	/* However it is laid out; but not beside other words. */
	ck_assert_uint_eq(
		scanned("<p>Young <b>people</b>\ncame. The views of Young people "
			"count.")
			.open,
		0);
	ck_assert_uint_eq(scanned("Young people came. Young asked for more.").open, 2);
	ck_assert_uint_eq(settle(text, "Young", NULL), 2);
	ck_assert_uint_eq(scanned(text).open, 2);
}
END_TEST

static void save(const char *text)
{
	const struct report_text what = {.consultation = "words", .text = text};

	SCENE_OK(&scene, report_save(&scene.op, &what, &err));
}

static const char *stopped(const char *text)
{
	const struct report_text what = {.consultation = "words", .text = text};
	struct report_findings findings;
	struct report_made made;
	struct err why = {0};

	SCENE_OK(&scene,
		 report_look(&scene.op, scene.arena, &what, &made, &findings, &err));
	return report_is_whole(&findings, &why) ? ""
						: arena_strdup(scene.arena, why.text);
}

START_TEST(a_report_that_names_somebody_is_not_whole)
{
	ck_assert_str_eq(
		stopped("# A\n\nOlive Quarry of Leith said that.\n"),
		"line 3: \"Olive Quarry\" is the name of a respondent who may not be "
		"named (words-0001)");
	ck_assert_str_eq(
		stopped("# A\n\n> My son Kenneth was hurt there in the dark.\n"),
		"line 3: \"My son Kenneth was hurt there in the dark\" are words of a "
		"response that may not be published (words-0001)");
	ck_assert_str_eq(stopped("# A\n\nAda Byron said that.\n"), "");
}
END_TEST

/* She allowed it when the edition was made. */
START_TEST(an_edition_that_names_somebody_is_neither_approved_nor_written)
{
	const struct report_edition_of newest = {.consultation = "words"};
	AUTO(buf) out = buf_new(1 << 20);
	struct report_edition e;
	struct err why = {0};
	int64_t number;

	save("# A\n\nAda Byron said that.\n");
	SCENE_OK(&scene, report_edition_make(&scene.op, "words", NULL, &number, &err));
	SCENE_OK(&scene, report_edition_get(&scene.op, scene.arena, &newest, &e, &err));
	SCENE_OK(&scene,
		 report_file(&scene.op, scene.arena, &e, report_forms, out, &err));
	SCENE_OK(&scene, response_respondent(&scene.op, "words-0002", NULL,
					     "without name", &err));
	buf_reset(out);
	ck_assert(!report_file(&scene.op, scene.arena, &e, report_forms, out, &why));
	ck_assert_str_eq(
		why.text,
		"line 2: \"Ada Byron\" is the name of a respondent who may not be "
		"named (words-0002). Take it out, or say why it may stand");
	ck_assert_uint_eq(out->len, 0);
	stage_become(&scene, "Bea");
	ck_assert(!report_edition_approve(&scene.op, &newest, &why));
	ck_assert(strstr(why.text, "Ada Byron"));
}
END_TEST

/* --- planted -------------------------------------------------------------- */

static const char *const wanted[] = {"PERSON",         "EMAIL_ADDRESS", "PHONE_NUMBER",
				     "STREET_ADDRESS", "ZIP_CODE",      NULL};

/* What a form says of one text: its email, telephone and address, on lines of their own. */
static const char *form_of(const char *text, const json_t *spans)
{
	AUTO(buf) out = buf_new(1 << 16);
	size_t from = SIZE_MAX, to = 0, i;
	json_t *span;

	json_array_foreach(spans, i, span)
	{
		const char *type = json_string_value(json_object_get(span, "type"));
		const char *value = json_string_value(json_object_get(span, "value"));
		const char *at = strstr(text, value);

		if (str_eq(type, "EMAIL_ADDRESS"))
			buf_printf(out, "Email: %s\n\n", value);
		else if (str_eq(type, "PHONE_NUMBER"))
			buf_printf(out, "Telephone: %s\n\n", value);
		else if (str_eq(type, "ZIP_CODE"))
			buf_printf(out, "Postcode: %s\n\n", value);
		if (!at || !(str_eq(type, "STREET_ADDRESS") || str_eq(type, "ZIP_CODE")))
			continue;
		from = (size_t)(at - text) < from ? (size_t)(at - text) : from;
		to = (size_t)(at - text) + strlen(value) > to
			     ? (size_t)(at - text) + strlen(value)
			     : to;
	}
	if (to)
		buf_str(out, "Address: ");
	for (bool line = false; from < to; from++) {
		if (text[from] == '\n' && line)
			continue;
		line = text[from] == '\n' || (line && text[from] == ' ');
		buf_char(out, text[from]);
	}
	return arena_strdup(scene.arena, buf_text(out));
}

static void plant(size_t n, const char *text, const json_t *spans)
{
	const char *form = form_of(text, spans);
	json_t *span;
	size_t i;

	if (*form)
		(void)reply(arena_printf(scene.arena, "form%zu@fen.test", n), NULL,
			    "none", arena_printf(scene.arena, "%s\n\nI say no.\n", form));
	json_array_foreach(
		spans, i,
		span) if (str_eq(json_string_value(json_object_get(span, "type")),
				 "PERSON"))(void)
		reply(arena_printf(scene.arena, "q%zu.%zu@fen.test", n, i),
		      json_string_value(json_object_get(span, "value")),
		      i % 2 ? "none" : "without name", "I say no.\n");
}

/* What is told is within that value, or has a letter of it. */
static bool touches(const struct leak_find *f, const struct leak_piece *piece,
		    const char *value)
{
	const char *text = piece->text;
	size_t len = strlen(value);

	if (!str_eq(f->piece, piece->name))
		return false;

	for (const char *at = strstr(text, value); at; at = strstr(at + 1, value))
		if (f->line && f->at < (size_t)(at - text) + len &&
		    f->at + f->len > (size_t)(at - text))
			return true;
	return false;
}

static bool is_told(const struct leak_found *found, const struct leak_piece *piece,
		    const char *value)
{
	for (size_t i = 0; i < found->count; i++)
		if (touches(&found->list[i], piece, value))
			return true;
	return false;
}

static bool is_planted(const json_t *spans, const struct leak_piece *piece,
		       const struct leak_find *f)
{
	json_t *span;
	size_t i;

	json_array_foreach(
		spans, i,
		span) if (str_in(json_string_value(json_object_get(span, "type")),
				 wanted) &&
			  touches(f, piece,
				  json_string_value(
					  json_object_get(span, "value")))) return true;
	return false;
}

struct compared {
	size_t planted, missed, alarms;
};

/* What was planted in one piece with what is told of it. */
static void compare(const struct leak_piece *piece, const json_t *spans,
		    const struct leak_found *found, struct compared *sum)
{
	json_t *span;
	size_t i;

	json_array_foreach(spans, i, span)
	{
		const char *value = json_string_value(json_object_get(span, "value"));

		if (!str_in(json_string_value(json_object_get(span, "type")), wanted))
			continue;
		sum->planted++;
		if (is_told(found, piece, value))
			continue;
		sum->missed++;
		printf("# missed in %s: %s\n", piece->name, value);
	}
	for (i = 0; i < found->count; i++)
		if (str_eq(found->list[i].piece, piece->name) &&
		    !is_planted(spans, piece, &found->list[i])) {
			sum->alarms++;
			printf("# alarm in %s: %s\n", piece->name, found->list[i].words);
		}
}

START_TEST(of_what_is_planted_none_is_missed)
{
	const char *path = unit_shared("corpora/pii/presidio.jsonl");
	FILE *file = path ? fopen(path, "r") : NULL;
	size_t count = 0, room = 0;
	struct compared sum = {0};
	struct leak_pieces pieces = {0};
	struct leak_found found;
	json_t *rows[1000];
	char *line = NULL;

	while (file && count < ARRAY_LEN(rows) && getline(&line, &room, file) > 0) {
		const char *text;

		rows[count] = json_loads(line, 0, NULL);
		ck_assert_ptr_nonnull(rows[count]);
		text = json_string_value(json_object_get(rows[count], "text"));
		plant(count, text, json_object_get(rows[count], "spans"));
		text = arena_printf(scene.arena, "We agree.\n\n%s\n\nThat is all.\n",
				    text);
		leak_piece_add(scene.arena, &pieces,
			       arena_printf(scene.arena, "%zu.txt", count), text,
			       strlen(text));
		count++;
	}
	free(line);
	if (file)
		(void)fclose(file);
	SCENE_OK(&scene,
		 leak_scan(&scene.op, scene.arena, consultation, &pieces, &found, &err));
	ck_assert(!found.more);
	for (size_t n = 0; n < count; n++)
		compare(&pieces.list[n], json_object_get(rows[n], "spans"), &found, &sum);
	for (size_t n = 0; n < count; n++)
		json_decref(rows[n]);
	printf("# %zu texts, %zu planted, %zu missed, %zu alarms\n", count, sum.planted,
	       sum.missed, sum.alarms);
	ck_assert_uint_eq(sum.missed, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("leaks");
	TCase *t = tcase_create("found");

	tcase_add_checked_fixture(t, begin, end);
	UNIT_TABLE(t, who_has_not_allowed_it_is_found, texts);
	tcase_add_test(t, what_is_no_leak_is_settled_once);
	tcase_add_test(t, a_report_that_names_somebody_is_not_whole);
	tcase_add_test(t, an_edition_that_names_somebody_is_neither_approved_nor_written);
	tcase_add_test(t, of_what_is_planted_none_is_missed);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
