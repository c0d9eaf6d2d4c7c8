#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "template/template.h"

#include <jansson.h>
#include <unistd.h>

static const char specification[] = "corpora/template/mustache";

/* The specification's numbers as text, as its own cases print them. */
static const char *json_text(struct arena *a, json_t *from)
{
	if (json_is_integer(from))
		return arena_printf(a, "%lld", (long long)json_integer_value(from));
	if (json_is_real(from))
		return arena_printf(a, "%g", json_real_value(from));
	return json_string_value(from); /* NULL for null */
}

static void fill_list(struct arena *a, struct template_value *list, json_t *from);

static void fill_map(struct arena *a, struct template_value *map, json_t *from)
{
	const char *key;
	json_t *item;

	json_object_foreach(from, key, item)
	{
		if (json_is_object(item))
			fill_map(a, template_set_map(map, key), item);
		else if (json_is_array(item))
			fill_list(a, template_set_list(map, key), item);
		else if (json_is_boolean(item))
			template_set_bool(map, key, json_is_true(item));
		else
			template_set_vouched(map, key, json_text(a, item));
	}
}

static void fill_list(struct arena *a, struct template_value *list, json_t *from)
{
	json_t *item;
	size_t i;

	json_array_foreach(from, i, item)
	{
		if (json_is_object(item))
			fill_map(a, template_add_map(list), item);
		else if (json_is_array(item))
			fill_list(a, template_add_list(list), item);
		else if (json_is_boolean(item))
			template_add_bool(list, json_is_true(item));
		else
			template_add_vouched(list, json_text(a, item));
	}
}

/* A case whose data is no map (the implicit iterators) is shown inside {{#it}}. */
static void spec_case(struct arena *a, const char *file, json_t *test)
{
	const char *name = json_string_value(json_object_get(test, "name"));
	const char *template = json_string_value(json_object_get(test, "template"));
	const char *want = json_string_value(json_object_get(test, "expected"));
	json_t *values = json_object_get(test, "data"), *partial;
	AUTO(template_library) library = template_library_new();
	AUTO(buf) out = buf_new(100000);
	struct template_value *root = template_map(a);
	struct err err = {0};
	const char *key;
	bool ok;

	if (json_is_object(values)) {
		fill_map(a, root, values);
	} else {
		json_t *wrap = json_pack("{s:O}", "it", values);

		fill_map(a, root, wrap);
		json_decref(wrap);
		template = arena_printf(a, "{{#it}}%s{{/it}}", template);
	}
	ok = template_library_add(library, "main.html", template, &err);
	json_object_foreach(json_object_get(test, "partials"), key, partial) ok =
		ok && template_library_add(library, arena_printf(a, "%s.html", key),
					   json_string_value(partial), &err);
	ck_assert_msg(ok, "%s: %s: %s", file, name, err.text);
	ok = template_render(library, "main.html", root, TEMPLATE_LENIENT, out, &err);
	ck_assert_msg(ok, "%s: %s: %s", file, name, err.text);
	ck_assert_msg(str_eq(buf_text(out), want), "%s: %s: got\n%s\nwant\n%s", file,
		      name, buf_text(out), want);
}

static const struct {
	const char *file;
	size_t cases;
} specs[] = {
	{"comments", 6},     {"delimiters", 6},     {"dynamic-names", 11},
	{"inheritance", 10}, {"interpolation", 18}, {"inverted", 7},
	{"partials", 8},     {"sections", 18},
};

START_TEST(specification_holds)
{
	AUTO(arena) a = arena_new(4096);
	const char *path =
		arena_printf(a, "%s/%s.json", unit_shared(specification), specs[_i].file);
	json_error_t error;
	json_t *tests = json_load_file(path, 0, &error), *test;
	size_t i;

	ck_assert_msg(tests != NULL, "%s:%d: %s", path, error.line, error.text);
	ck_assert_uint_ge(json_array_size(tests), specs[_i].cases);
	json_array_foreach(tests, i, test) spec_case(a, specs[_i].file, test);
	json_decref(tests);
}
END_TEST

/* One template with x = "<b>\t&'\x01\xC2\x85\r\n\xFF", v the same but vouched for. */
static const struct {
	const char *name, *file, *template, *want;
} modes[] = {
	{"what nobody sees is left out", "t.html", "{{unseen}}",
	 "Ann\xEF\xBF\xBD ex\xEF\xBF\xBD\n.txt"},
	{"raw keeps each character at its number", "t.html", "{{{unseen}}}",
	 "\u00B7A\u00B7n\u00B7n\xEF\xBF\xBD e\u00B7x\xEF\xBF\xBD\n.txt"},
	{"text leaves out what nobody sees", "t.txt", "{{unseen}}",
	 "Ann\xEF\xBF\xBD ex\xEF\xBF\xBD\n.txt"},
	{"what turns a name round is shown", "t.html", "{{bidi}}",
	 "a\xEF\xBF\xBD"
	 "gpj.exe\xEF\xBF\xBD"},
	{"HTML is escaped", "t.html", "{{x}}", "&lt;b&gt;\t&amp;&#39;\n\xEF\xBF\xBD"},
	{"raw needs a vouched value", "t.html", "{{{x}}}{{&x}}",
	 "&lt;b&gt;\t&amp;&#39;\n\xEF\xBF\xBD&lt;b&gt;\t&amp;&#39;\n\xEF\xBF\xBD"},
	{"vouched is raw only when asked", "t.html", "{{v}}|{{{v}}}", "&lt;i&gt;|<i>"},
	{"text loses its controls", "t.txt", "{{x}}", "<b>\t&'\n\xEF\xBF\xBD"},
	{"subject stays one line", "t.txt", "Subject: A {{x}}!\n\nbody\n",
	 "A <b> &' \xEF\xBF\xBD!"},
	{"missing shows nothing", "t.html", "a{{nothing}}b{{#nothing}}c{{/nothing}}",
	 "ab"},
	{"zero is true", "t.html", "{{#n}}{{n}}{{/n}}", "0"},
};

START_TEST(values_are_shown_as_the_mode_says)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(template_library) library = template_library_new();
	AUTO(buf) out = buf_new(1000);
	struct template_value *root = template_map(a);
	struct err err = {0};
	bool subject = str_starts(modes[_i].template, "Subject: ");

	template_set(root, "unseen",
		     "\uFEFFA\u200Bn\u00ADn\u061C e\u2060x\U000E0041\u2028.txt");
	template_set(root, "bidi",
		     "a\xE2\x80\xAE"
		     "gpj.exe\xE2\x81\xA9");
	template_set(root, "x", "<b>\t&'\x01\xC2\x85\r\n\xFF");
	template_set_vouched(root, "v", "<i>");
	template_set_int(root, "n", 0);
	ck_assert_msg(
		template_library_add(library, modes[_i].file, modes[_i].template, &err),
		"%s", err.text);
	ck_assert_msg(template_render(library, subject ? "t.subject" : modes[_i].file,
				      root, TEMPLATE_LENIENT, out, &err),
		      "%s", err.text);
	ck_assert_msg(str_eq(buf_text(out), modes[_i].want), "%s: got %s, want %s",
		      modes[_i].name, buf_text(out), modes[_i].want);
}
END_TEST

static const struct {
	const char *template, *want;
} broken[] = {
	{"a\n{{#x}}\nb", "t.html:2: \"x\" is opened here and never closed"},
	{"a\n{{x", "t.html:2: a tag is opened here and never closed: add }}"},
	{"{{#a}}\n\n{{/b}}", "t.html:3: closes \"b\", but \"a\" of line 1 is open"},
	{"\n{{/b}}", "t.html:2: nothing is open that this could close: b"},
	{"{{ }}", "t.html:1: a tag has no name in it"},
	{"{{a b}}", "t.html:1: a name has a space in it: a b"},
	{"{{=<%=}}", "t.html:1: delimiters are two short words"},
	{"{{{x}}", "t.html:1: a tag is opened here and never closed: add }}}"},
};

START_TEST(mistake_is_named_with_file_and_line)
{
	AUTO(template_library) library = template_library_new();
	struct err err = {0};

	ck_assert(!template_library_add(library, "t.html", broken[_i].template, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_msg(str_starts(err.text, broken[_i].want), "got %s, want %s", err.text,
		      broken[_i].want);
}
END_TEST

static const struct {
	const char *template, *want;
} strict[] = {
	{"\n{{gone}}", "t.html:2: nothing was given for \"gone\""},
	{"{{#gone}}{{/gone}}", "t.html:1: nothing was given for \"gone\""},
	{"{{map.gone}}", "t.html:1: nothing was given for \"map.gone\""},
	{"{{map}}", "t.html:1: \"map\" is no text"},
	{"{{>gone}}", "t.html:1: there is no template \"gone\""},
	{"{{>t}}", "t.html:1: templates are nested too deep at \"t\""},
};

START_TEST(strict_names_what_is_missing)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(template_library) library = template_library_new();
	AUTO(buf) out = buf_new(100000);
	struct template_value *root = template_map(a);
	struct err err = {0};

	(void)template_set_map(root, "map");
	ck_assert(template_library_add(library, "t.html", strict[_i].template, &err));
	ck_assert(!template_render(library, "t.html", root, TEMPLATE_STRICT, out, &err));
	ck_assert_msg(str_eq(err.text, strict[_i].want), "got %s, want %s", err.text,
		      strict[_i].want);
}
END_TEST

/* Every kind of value in every place of a template: it is shown, or it is said what is wrong. */
START_TEST(no_value_fails_without_a_word)
{
	static const char *const places[] = {
		"{{%s}}",
		"{{{%s}}}",
		"{{#%s}}{{.}}{{/%s}}",
		"{{^%s}}no{{/%s}}",
		"{{>*%s}}",
		"{{<*%s}}{{/*%s}}",
		"{{%s.%s}}",
		"{{#%s}}{{>*.}}{{/%s}}",
	};
	static const char *const names[] = {"text", "null", "empty",  "yes",     "list",
					    "none", "map",  "number", "missing", "part"};

	for (size_t p = 0; p < ARRAY_LEN(places) * ARRAY_LEN(names); p++) {
		AUTO(arena) a = arena_new(4096);
		AUTO(template_library) library = template_library_new();
		AUTO(buf) out = buf_new(4096);
		AUTO(buf) template = buf_new(4096);
		struct template_value *root = template_map(a);
		const char *place = places[p / ARRAY_LEN(names)], *at;
		struct err err = {0};

		template_set(root, "text", "words");
		template_set(root, "null", NULL);
		template_set(root, "empty", "");
		template_set(root, "part", "part");
		template_set_bool(root, "yes", true);
		template_set_int(root, "number", 14);
		template_add(template_set_list(root, "list"), "one");
		template_set_list(root, "none");
		template_set(template_set_map(root, "map"), "text", "within");
		while ((at = strstr(place, "%s"))) {
			buf_add(template, place, (size_t)(at - place));
			buf_str(template, names[p % ARRAY_LEN(names)]);
			place = at + 2;
		}
		buf_str(template, place);
		ck_assert(template_library_add(library, "part.txt", "a part", &err));
		if (!template_library_add(library, "t.txt", buf_text(template), &err)) {
			ck_assert_int_ne(err.kind, ERR_NONE);
			continue;
		}
		ck_assert_msg(template_render(library, "t.txt", root, TEMPLATE_STRICT,
					      out, &err) == !err.kind,
			      "%s: %s", buf_text(template), err.text);
		err = (struct err){0};
		ck_assert_msg(template_render(library, "t.txt", root, TEMPLATE_LENIENT,
					      out, &err) == !err.kind,
			      "%s: %s", buf_text(template), err.text);
	}
}
END_TEST

START_TEST(strict_takes_null_for_given)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(template_library) library = template_library_new();
	AUTO(buf) out = buf_new(1000);
	struct template_value *root = template_map(a);
	struct err err = {0};

	template_set(root, "none", NULL);
	ck_assert(template_library_add(library, "t.html", "{{none}}{{^none}}ok{{/none}}",
				       &err));
	ck_assert(template_render(library, "t.html", root, TEMPLATE_STRICT, out, &err));
	ck_assert_str_eq(buf_text(out), "ok");
}
END_TEST

START_TEST(output_stops_at_its_maximum)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(template_library) library = template_library_new();
	AUTO(buf) out = buf_new(1000);
	struct template_value *root = template_map(a),
			      *list = template_set_list(root, "l");
	struct err err = {0};

	for (int i = 0; i < 200; i++)
		template_add(list, "x");
	/* 200 ^ 4 rounds, were they all made */
	ck_assert(template_library_add(
		library, "t.html",
		"{{#l}}{{#l}}{{#l}}{{#l}}0123456789{{/l}}{{/l}}{{/l}}{{/l}}", &err));
	ck_assert(!template_render(library, "t.html", root, TEMPLATE_LENIENT, out, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_uint_le(out->len, 1000);
}
END_TEST

START_TEST(first_folder_wins_and_partials_cross_folders)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(template_library) library = template_library_new();
	AUTO(buf) out = buf_new(1000);
	struct err err = {0};
	char folder[] = "/tmp/mercat-template-XXXXXX";
	static const struct {
		const char *path, *text;
	} files[] = {
		{"own/mail/foot.txt", "own foot"},
		{"std/mail/foot.txt", "standard foot"},
		{"std/mail/letter.txt", "Subject: S\n\nletter, {{>foot}}, {{>web/head}}"},
		{"std/web/head.txt", "head"},
		{"std/web/picture.png", "{{never read"},
	};

	ck_assert(mkdtemp(folder) != NULL);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		char *path = arena_printf(a, "%s/%s", folder, files[i].path);
		char *dir = arena_strndup(a, path, (size_t)(strrchr(path, '/') - path));

		ck_assert(fd_make_dirs(dir, 0700, &err));
		ck_assert(fd_write_file(path, files[i].text, strlen(files[i].text), 0600,
					&err));
	}
	ck_assert(template_library_add_folder(library, arena_printf(a, "%s/own", folder),
					      &err));
	ck_assert(template_library_add_folder(library, arena_printf(a, "%s/std", folder),
					      &err));
	ck_assert_msg(template_library_check(library, &err), "%s", err.text);
	ck_assert(template_render(library, "mail/letter.txt", template_map(a),
				  TEMPLATE_STRICT, out, &err));
	ck_assert_str_eq(buf_text(out), "letter, own foot, head");
	ck_assert(!template_library_add_folder(library, "/nowhere/at/all", &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		(void)unlink(arena_printf(a, "%s/%s", folder, files[i].path));
	static const char *const dirs[] = {"own/mail", "own", "std/mail",
					   "std/web",  "std", ""};
	for (size_t i = 0; i < ARRAY_LEN(dirs); i++)
		ck_assert_int_eq(rmdir(arena_printf(a, "%s/%s", folder, dirs[i])), 0);
}
END_TEST

/* A language that says some words; what is asked for is folded. */
static const char *say_some(void *with, const char *words)
{
	static const char *const said[][2] = {
		{"Good morning, {{name}}.", "Madainn mhath, {{name}}."},
		{"two lines of words", "briathran"},
		{"lacks {{name}}", "lacks it"},
		{"once {{name}}", "{{name}} {{name}}"},
		{"adds", "adds {{secret}}"},
		{"opens", "{{#opens}}"},
	};

	(void)with;
	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		if (strcmp(said[i][0], words) == 0)
			return said[i][1];
	return NULL;
}

static const struct {
	const char *name, *text, *want, *error;
} spoken[] = {
	{"words and a name", "{{#_}}Good morning, {{name}}.{{/_}}",
	 "Madainn mhath, <a&>.", NULL},
	{"white space is folded", "a {{#_}} two\n\tlines  of words {{/_}} z",
	 "a briathran z", NULL},
	{"unknown words stay as they are", "{{#_}}Bye,  {{name}}{{/_}}", "Bye,  <a&>",
	 NULL},
	{"without marks nothing is asked", "two lines of words", "two lines of words",
	 NULL},
	{"a name is lacking", "x\n{{#_}}lacks {{name}}{{/_}}", NULL, "t.txt:2: "},
	{"a name comes too often", "{{#_}}once {{name}}{{/_}}", NULL, "{{name}}"},
	{"a name is added", "\n\n{{#_}}adds{{/_}}", NULL, "t.txt:3: "},
	{"a section is added", "{{#_}}opens{{/_}}", NULL, "{{#opens}}"},
	{"never closed", "\n{{#_}}x", NULL, "t.txt:2: "},
	{"one in another", "{{#_}}a {{#_}}b{{/_}} c{{/_}}", NULL, "inside"},
	{"later lines keep their number", "{{#_}}two\nlines of\nwords{{/_}}\n{{#open}}",
	 NULL, "t.txt:4: "},
};

START_TEST(marked_words_are_said_in_the_other_language)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(template_library) library = template_library_new();
	AUTO(buf) out = buf_new(1000);
	struct template_value *map = template_map(a);
	struct err err = {0};
	bool ok;

	template_set(map, "name", "<a&>");
	template_library_say(library, say_some, NULL);
	ok = template_library_add(library, "t.txt", spoken[_i].text, &err) &&
	     template_render(library, "t.txt", map, TEMPLATE_STRICT, out, &err);
	ck_assert_msg(ok == !spoken[_i].error, "%s: %s", spoken[_i].name, err.text);
	if (ok)
		ck_assert_str_eq(buf_text(out), spoken[_i].want);
	else
		ck_assert_msg(strstr(err.text, spoken[_i].error), "%s: %s",
			      spoken[_i].name, err.text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("template");
	TCase *tc = tcase_create("template");

	suite_add_tcase(suite, tc);
	if (unit_shared(specification))
		UNIT_TABLE(tc, specification_holds, specs);
	UNIT_TABLE(tc, values_are_shown_as_the_mode_says, modes);
	UNIT_TABLE(tc, mistake_is_named_with_file_and_line, broken);
	UNIT_TABLE(tc, strict_names_what_is_missing, strict);
	tcase_add_test(tc, no_value_fails_without_a_word);
	tcase_add_test(tc, strict_takes_null_for_given);
	tcase_add_test(tc, output_stops_at_its_maximum);
	UNIT_TABLE(tc, marked_words_are_said_in_the_other_language, spoken);
	tcase_add_test(tc, first_folder_wins_and_partials_cross_folders);
	return unit_main_together(suite);
}
