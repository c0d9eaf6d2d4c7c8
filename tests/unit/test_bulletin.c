#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "bulletin/render.h"

#define LEAVE "https://lists.example.org/leave/0mercat0token0mark0number0one00001"

static const char good[] = "---\n"
			   "list: children\n"
			   "title: Child Protection Improvement Programme\n"
			   "topics: neglect, hearings, data\n"
			   "summary: \"Three meetings, and a guide.\"\n"
			   "---\n"
			   "Work goes on, see [the plan].\n"
			   "\n"
			   "## A better start {neglect}\n"
			   "\n"
			   "Text on *neglect* & <more>.\n"
			   "\n"
			   "### Below\n"
			   "\n"
			   "## Panels {hearings, data}\n"
			   "\n"
			   "* one\n"
			   "* two\n"
			   "\n"
			   "```\n"
			   "## no heading {x}\n"
			   "```\n"
			   "\n"
			   "## Who's who\n"
			   "\n"
			   "For everybody.\n"
			   "\n"
			   "## A better start\n"
			   "\n"
			   "Again.\n"
			   "\n"
			   "[the plan]: https://example.org/plan\n";

static struct bulletin_source *parse(struct arena *a, const char *text)
{
	struct bulletin_source *s = NULL;
	struct err err = {0};

	ck_assert_msg(bulletin_source_parse(a, "u.md", text, strlen(text), &s, &err),
		      "%s", err.text);
	return s;
}

START_TEST(source_is_read_whole)
{
	AUTO(arena) a = arena_new(65536);
	struct bulletin_source *s = parse(a, good);
	static const struct {
		const char *title, *anchor;
		uint64_t topics;
		int line;
	} want[] = {{"A better start", "a-better-start", 1, 9},
		    {"Panels", "panels", 6, 15},
		    {"Who's who", "whos-who", 0, 24},
		    {"A better start", "a-better-start-2", 0, 28}};

	ck_assert_str_eq(s->list, "children");
	ck_assert_str_eq(s->title, "Child Protection Improvement Programme");
	ck_assert_str_eq(s->summary, "Three meetings, and a guide.");
	ck_assert_str_eq(s->language, "en-GB");
	ck_assert_ptr_null(s->subject);
	ck_assert_uint_eq(s->topic_count, 3);
	ck_assert_str_eq(s->intro.text,
			 "Work goes on, see the plan (https://example.org/plan).\n");
	ck_assert_str_eq(
		s->intro.web_html,
		"<p>Work goes on, see <a href=\"https://example.org/plan\">the plan</a>."
		"</p>\n");
	ck_assert_uint_eq(s->section_count, ARRAY_LEN(want));
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		ck_assert_str_eq(s->sections[i].title, want[i].title);
		ck_assert_str_eq(s->sections[i].anchor, want[i].anchor);
		ck_assert_uint_eq(s->sections[i].topics, want[i].topics);
		ck_assert_int_eq(s->sections[i].line, want[i].line);
	}
	ck_assert_str_eq(s->sections[1].body.text,
			 "* one\n* two\n\n    ## no heading {x}\n");
}
END_TEST

static const struct {
	const char *text, *want;
} mistakes[] = {
	{"", "u.md:1: the file must begin with its keys between two lines of ---"},
	{"# Title\n", "u.md:1: the file must begin"},
	{"---\nlist: x\ntitle: y\n", "u.md:1: the file must begin"},
	{"---\nlist: x\n---\nText\n", "u.md:3: \"title\" is missing; add \"title: ...\""},
	{"---\ntitle: x\n---\nText\n", "u.md:3: \"list\" is missing"},
	{"---\nlist: x\nname: y\n---\n",
	 "u.md:3: \"name\" is no key; the keys are list, title"},
	{"---\nlist: x\nlist: y\n---\n", "u.md:3: \"list\" stands there twice"},
	{"---\nlist: x\njust words\n---\n", "u.md:3: a line here is \"key: value\""},
	{"---\nlist:\n---\n", "u.md:2: \"list\" has no value"},
	{"---\nlist: A List\n---\n", "u.md:2: \"A List\" is no list"},
	{"---\nlanguage: english please\n---\n",
	 "u.md:2: \"english please\" is no language"},
	{"---\ntopics: a, {B}\n---\n", "u.md:2: \"{B}\" is no topic"},
	{"---\ntopics: a, a\n---\n", "u.md:2: the topic \"a\" stands there twice"},
	{"---\nlist: x\ntitle: y\n---\n", "u.md: there is no text yet"},
	{"---\nlist: x\ntitle: y\n---\n\n# Title\n", "u.md:6: the title stands apart"},
	{"---\nlist: x\ntitle: y\ntopics: a\n---\n\n## S {b}\n",
	 "u.md:7: the topic \"b\" is not among the bulletin's topics"},
	{"---\nlist: x\ntitle: y\ntopics: a\n---\n\n## {a}\n",
	 "u.md:7: the section has no heading"},
	{"---\nlist: x\ntitle: y\n---\nText\x01\n", "u.md:5: a control character"},
	{"---\nlist: x\ntitle: y\n---\nText\xFF\n", "u.md: is not UTF-8"},
};

START_TEST(mistake_says_where_and_what_to_do)
{
	AUTO(arena) a = arena_new(65536);
	struct bulletin_source *s = NULL;
	struct err err = {0};

	ck_assert(!bulletin_source_parse(a, "u.md", mistakes[_i].text,
					 strlen(mistakes[_i].text), &s, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_msg(str_starts(err.text, mistakes[_i].want), "got %s, want %s",
		      err.text, mistakes[_i].want);
}
END_TEST

static const struct {
	const char *name;
	uint64_t mask;
	bool all, wanted;
	uint64_t sections;
} choices[] = {
	{"all topics", 0, true, true, 15},
	{"all, by mask", BULLETIN_ALL, false, true, 15},
	{"neglect", 1, false, true, 13},
	{"hearings", 2, false, true, 14},
	{"data", 4, false, true, 14},
	{"another topic", 8, false, false, 12},
	{"no topic", 0, false, false, 12},
	{"neglect and data", 5, false, true, 15},
};

START_TEST(topics_choose_sections)
{
	AUTO(arena) a = arena_new(65536);
	struct bulletin_source *s = parse(a, good);

	ck_assert_msg(
		bulletin_wanted(s, choices[_i].all ? BULLETIN_ALL : choices[_i].mask) ==
			choices[_i].wanted,
		"%s", choices[_i].name);
	ck_assert_msg(
		bulletin_variant(s, choices[_i].all ? BULLETIN_ALL : choices[_i].mask) ==
			choices[_i].sections,
		"%s", choices[_i].name);
}
END_TEST

START_TEST(update_without_topics_is_for_everybody)
{
	AUTO(arena) a = arena_new(65536);
	struct bulletin_source *plain =
		parse(a, "---\nlist: x\ntitle: y\n---\n## A\n\nText\n");

	ck_assert(bulletin_wanted(plain, 0));
	ck_assert_uint_eq(bulletin_variant(plain, 0), 1);
	ck_assert_uint_eq(bulletin_variant(plain, 8), 1);
}
END_TEST

START_TEST(hash_binds_the_content_and_not_the_line_ends)
{
	AUTO(arena) a = arena_new(65536);
	AUTO(buf) crlf = buf_new(10000);
	AUTO(buf) other = buf_new(10000);

	buf_str(crlf, "\xEF\xBB\xBF");
	for (const char *c = good; *c; c++)
		buf_printf(crlf, *c == '\n' ? "\r\n" : "%c", *c);
	buf_str(crlf, "\r\n\r\n");
	buf_str(other, good);
	buf_str(other, "x\n");
	ck_assert_str_eq(parse(a, good)->hash, parse(a, buf_text(crlf))->hash);
	ck_assert_str_ne(parse(a, good)->hash, parse(a, buf_text(other))->hash);
	ck_assert_str_ne(parse(a, "---\nlist: x\ntitle: y\n---\na\n")->hash,
			 parse(a, "---\nlist: x\ntitle: z\n---\na\n")->hash);
}
END_TEST

static const struct bulletin_frame frame = {
	.list_title = "Child protection updates",
	.number = 7,
	.sections = BULLETIN_ALL,
	.date = "Thursday 25 January 2018",
	.organisation = "The Child Protection Unit",
	.why = "You get this because you asked for it on 3 November 2017 & confirmed it.",
	.contact = "Area 2-B South, Victoria Quay, Edinburgh EH6 6QQ",
	.contact_address = "team@example.org",
	.leave_url = LEAVE,
	.leave_address = "leave+0mercat0token0mark0number0one00001@lists.example.org",
	.choose_url =
		"https://lists.example.org/choose/0mercat0token0mark0number0two00001",
	.archive_url = "https://lists.example.org/updates/7",
};

static bool load(struct template_library *library, struct err *err)
{
	const char *source = getenv("MERCAT_SRCDIR");
	AUTO(buf) path = buf_new(4096);

	buf_printf(path, "%s/templates", source ? source : ".");
	return template_library_add_folder(library, buf_text(path), err) &&
	       template_library_check(library, err);
}

static struct template_library *installed(void)
{
	struct template_library *library = template_library_new();
	struct err err = {0};

	ck_assert_msg(load(library, &err), "%s", err.text);
	return library;
}

START_TEST(update_is_rendered_in_both_forms)
{
	AUTO(arena) a = arena_new(65536);
	AUTO(template_library) library = installed();
	struct bulletin_source *s = parse(a, good);
	struct bulletin_mail mail;
	struct err err = {0};
	/* In both, however marked up. */
	static const char *const said[] = {
		"Child Protection Improvement Programme",
		"No. 7",
		"Thursday 25 January 2018",
		"The Child Protection Unit",
		"Three meetings, and a guide.",
		"A better start",
		"Panels",
		"For everybody.",
		"Again.",
		LEAVE,
		"team@example.org",
		"https://lists.example.org/updates/7",
		"Edinburgh EH6 6QQ",
		"leave+0mercat0token0mark0number0one00001@lists.example.org",
		"https://lists.example.org/choose/0mercat0token0mark0number0two00001"};

	ck_assert_msg(bulletin_render(library, a, s, &frame, &mail, &err), "%s",
		      err.text);
	ck_assert_str_eq(mail.subject,
			 "Child Protection Improvement Programme \xE2\x80\x93 No. 7");
	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		ck_assert_msg(strstr(mail.html, said[i]) != NULL, "HTML lacks %s",
			      said[i]);
		ck_assert_msg(strstr(mail.text, said[i]) != NULL, "text lacks %s",
			      said[i]);
	}
	ck_assert(strstr(mail.html, "on <em>neglect</em> &amp; &lt;more&gt;."));
	ck_assert(strstr(mail.html, "<h2 id=\"a-better-start-2\""));
	ck_assert(strstr(mail.html, "<a href=\"#panels\""));
	ck_assert(strstr(mail.html, "2017 &amp; confirmed"));
	ck_assert(strstr(mail.html, "<html lang=\"en-GB\" dir=\"ltr\">"));
	ck_assert(str_starts(mail.html, "<!DOCTYPE html>"));
	/* Nothing is loaded from anywhere, and no script. */
	static const char *const never[] = {"<img",    "src=",    "url(",
					    "@import", "<script", "<link",
					    "onclick", "{{",      "http://"};
	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		ck_assert_msg(!strstr(mail.html, never[i]), "HTML has %s", never[i]);
	for (const char *line = mail.text; *line; line = strchr(line, '\n') + 1)
		ck_assert_msg(strcspn(line, "\n") <= 72 || str_starts(line, "    http") ||
				      str_starts(line, "    leave+"),
			      "a long line: %.100s", line);
}
END_TEST

START_TEST(part_of_an_update_says_so)
{
	AUTO(arena) a = arena_new(65536);
	AUTO(template_library) library = installed();
	struct bulletin_source *s = parse(a, good);
	struct bulletin_frame f = frame;
	struct bulletin_mail mail;
	struct err err = {0};

	f.sections = bulletin_variant(s, 2);
	f.is_test = true;
	f.subject_format = "{list}: {title}, No. {number}";
	ck_assert_msg(bulletin_render(library, a, s, &f, &mail, &err), "%s", err.text);
	ck_assert_str_eq(mail.subject,
			 "[Test] Child protection updates: Child Protection "
			 "Improvement Programme, No. 7");
	ck_assert(!strstr(mail.html, "neglect") && !strstr(mail.text, "neglect"));
	ck_assert(strstr(mail.html, "leaves out the sections on others") &&
		  strstr(mail.text, "leaves out the sections on others"));
	ck_assert(strstr(mail.html, "This is a test.") &&
		  strstr(mail.text, "This is a test."));
}
END_TEST

static const struct {
	const char *name;
	size_t field;
	bool ok;
} missing[] = {
	{"list title", offsetof(struct bulletin_frame, list_title), false},
	{"why", offsetof(struct bulletin_frame, why), false},
	{"organisation", offsetof(struct bulletin_frame, organisation), false},
	{"leave link", offsetof(struct bulletin_frame, leave_url), true},
	{"choose link", offsetof(struct bulletin_frame, choose_url), true},
	{"archive link", offsetof(struct bulletin_frame, archive_url), true},
	{"contact", offsetof(struct bulletin_frame, contact), true},
	{"leave address too", offsetof(struct bulletin_frame, leave_address), false},
};

START_TEST(frame_must_say_who_why_and_how_to_stop)
{
	AUTO(arena) a = arena_new(65536);
	AUTO(template_library) library = installed();
	struct bulletin_source *s = parse(a, good);
	struct bulletin_frame f = frame;
	struct bulletin_mail mail;
	struct err err = {0};

	if (missing[_i].field == offsetof(struct bulletin_frame, leave_address))
		f.leave_url = NULL;
	*(const char **)(void *)((char *)&f + missing[_i].field) = NULL;
	ck_assert_msg(bulletin_render(library, a, s, &f, &mail, &err) == missing[_i].ok,
		      "%s: %s", missing[_i].name, err.text);
	if (missing[_i].ok)
		ck_assert(strstr(mail.text, "nsubscribe"));
}
END_TEST

/* test_bulletin --render FILE FOLDER writes what a reader would get, for looking at it. */
static int render_to(const char *file, const char *folder)
{
	AUTO(arena) a = arena_new(65536);
	AUTO(template_library) library = template_library_new();
	AUTO(buf) text = buf_new(MARKDOWN_MAX_BYTES);
	struct bulletin_source *s = NULL;
	struct bulletin_mail mail;
	struct err err = {0};

	if (load(library, &err) && fd_read_file(file, text, &err) &&
	    bulletin_source_parse(a, file, buf_text(text), text->len, &s, &err) &&
	    bulletin_render(library, a, s, &frame, &mail, &err) &&
	    fd_write_file(arena_printf(a, "%s/update.html", folder), mail.html,
			  strlen(mail.html), 0644, &err) &&
	    fd_write_file(arena_printf(a, "%s/update.txt", folder), mail.text,
			  strlen(mail.text), 0644, &err))
		return 0;
	(void)fprintf(stderr, "%s\n", err.text);
	return 1;
}

int main(int argc, char **argv)
{
	Suite *suite = suite_create("bulletin");
	TCase *tc = tcase_create("bulletin");

	suite_add_tcase(suite, tc);
	tcase_add_test(tc, source_is_read_whole);
	UNIT_TABLE(tc, mistake_says_where_and_what_to_do, mistakes);
	UNIT_TABLE(tc, topics_choose_sections, choices);
	tcase_add_test(tc, update_without_topics_is_for_everybody);
	tcase_add_test(tc, hash_binds_the_content_and_not_the_line_ends);
	tcase_add_test(tc, update_is_rendered_in_both_forms);
	tcase_add_test(tc, part_of_an_update_says_so);
	UNIT_TABLE(tc, frame_must_say_who_why_and_how_to_stop, missing);
	if (argc == 4 && str_eq(argv[1], "--render")) {
		srunner_free(srunner_create(suite));
		return render_to(argv[2], argv[3]);
	}
	return unit_main_together(suite);
}
