#include "tests/unit/unit.h"

#include "base/str.h"
#include "bulletin/check.h"
#include "bulletin/reuse.h"

static struct arena *arena;
static struct bulletin_findings found;

static void setup(void)
{
	arena = arena_new(1 << 16);
}

static void teardown(void)
{
	arena_free(&arena);
}

static const struct bulletin_image map = {
	.name = "map.png",
	.type = "image/png",
	.width = 10,
	.height = 10,
	.size = 100,
	.cid = "abc.map.png@example.org",
	.web_url = "https://updates.gov.scot/image/abc.png",
};
static const struct bulletin_images attached = {&map, 1}, none = {NULL, 0};

/* An update with this body, checked on Monday 2 March 2026; topics a and b, b is chosen. */
static void check_with(const char *front, const char *body, struct bulletin_check_in in)
{
	static const bool chosen[] = {false, true};
	const char *text = arena_printf(
		arena, "---\nlist: children\ntitle: News\n%s---\n%s\n", front, body);
	struct bulletin_source *source = NULL;
	struct err err = {0};

	in.name = "u.md";
	in.text = text;
	in.len = strlen(text);
	in.chosen = chosen;
	in.own_url = "https://updates.gov.scot";
	in.today = "2026-03-02";
	if (!in.images)
		in.images = &none;
	if (bulletin_source_parse_with(arena,
				       &(struct bulletin_file){.name = "u.md",
							       .text = text,
							       .len = strlen(text)},
				       in.images, &source, &err))
		in.source = source;
	bulletin_check(arena, &in, &found);
}

static void check(const char *body)
{
	check_with("", body, (struct bulletin_check_in){0});
}

static const struct bulletin_finding *finding(const char *rule, enum bulletin_level level,
					      const char *words)
{
	for (size_t i = 0; i < found.count; i++)
		if (str_eq(found.items[i].rule, rule) && found.items[i].level == level &&
		    strstr(found.items[i].text, words))
			return &found.items[i];
	return NULL;
}

static const char *all_said(void)
{
	const char *all = "";

	for (size_t i = 0; i < found.count; i++)
		all = arena_printf(arena, "%s\n%s %d %s: %s", all,
				   bulletin_level_name(found.items[i].level),
				   found.items[i].line, found.items[i].rule,
				   found.items[i].text);
	return all;
}

/* Each body has one fault, on the line given (front matter ends on line 4). */
static const struct {
	const char *body, *rule;
	enum bulletin_level level;
	int line;
	const char *words;
} faults[] = {
	{"[the plan]()", "links", BULLETIN_STOPS, 5, "goes nowhere"},
	{"[the plan](plan.html)", "links", BULLETIN_STOPS, 5, "leads nowhere in a mail"},
	{"[the plan](/plan)", "links", BULLETIN_STOPS, 5, "leads nowhere in a mail"},
	{"[the plan](#a)", "links", BULLETIN_STOPS, 5, "leads nowhere in a mail"},
	{"[the plan](javascript:x)", "links", BULLETIN_STOPS, 5, "is not sent"},
	{"[the plan](ftp://a.gov.scot/)", "links", BULLETIN_STOPS, 5, "is not sent"},
	{"[the plan](https:///x)", "links", BULLETIN_STOPS, 5, "no site"},
	{"[the plan](https://plan/)", "links", BULLETIN_STOPS, 5, "no name of a site"},
	{"[the plan](https://a..scot/)", "links", BULLETIN_STOPS, 5, "no name of a site"},
	{"[the plan](https://https://a.scot/)", "links", BULLETIN_STOPS, 5, "twice"},
	{"[the plan](https://me:pw@a.scot/)", "links", BULLETIN_STOPS, 5, "password"},
	{"[the plan](http://a.gov.scot/)", "links", BULLETIN_LOOK, 5, "not encrypted"},
	{"[the plan](https://a.gov.scot/x.)", "links", BULLETIN_LOOK, 5, "ends in '.'"},
	{"[the plan](https://a.gov.scot/?utm_source=m)", "links", BULLETIN_LOOK, 5,
	 "tracking"},
	{"[the plan](https://files.local/x)", "links", BULLETIN_LOOK, 5, "inside"},
	{"[the plan](https://192.168.1.4/x)", "links", BULLETIN_LOOK, 5, "inside"},
	{"[the plan](https://www.example.com/)", "links", BULLETIN_LOOK, 5, "examples"},
	{"[us](mailto:team)", "links", BULLETIN_STOPS, 5, "no email address"},
	{"[stop](https://updates.gov.scot/leave/abcdef)", "links", BULLETIN_STOPS, 5,
	 "one person's own"},
	{"x\n\nSee [click here](https://a.gov.scot/).", "link text", BULLETIN_LOOK, 7,
	 "does not say where"},
	{"See https://a.gov.scot/x now.", "link text", BULLETIN_LOOK, 5, "bare address"},
	{"[](https://a.gov.scot/)", "link text", BULLETIN_STOPS, 5, "no words"},
	{"[plan](https://a.scot/1)\n\n[plan](https://a.scot/2)", "link text",
	 BULLETIN_LOOK, 7, "another place on line 5"},
	{"![A map](https://a.scot/map.png)", "images", BULLETIN_STOPS, 5, "on the web"},
	{"![A map](//a.scot/map.png)", "images", BULLETIN_STOPS, 5, "on the web"},
	{"![A map](data:image/png;base64,xx)", "images", BULLETIN_STOPS, 5,
	 "no attached"},
	{"![A map](plan.png)", "images", BULLETIN_STOPS, 5, "not attached"},
	{"![A map](plan.svg)", "images", BULLETIN_STOPS, 5, "SVG"},
	{"## One\n\n## Two\n\ntext", "sections", BULLETIN_STOPS, 5, "\"One\" is empty"},
	{"## One\n\nx\n\n## one\n\ny", "sections", BULLETIN_LOOK, 9, "already"},
	{"## One\n\n#### Deep\n\nx", "headings", BULLETIN_LOOK, 7, "level 4"},
	{"**Next steps**\n\nx", "headings", BULLETIN_LOOK, 5, "alone in bold"},
	{"We met on [date].", "placeholders", BULLETIN_STOPS, 5, "[date]"},
	{"We met [with whom].", "placeholders", BULLETIN_LOOK, 5, "[with whom]"},
	{"TO"
	 "DO: more",
	 "placeholders", BULLETIN_STOPS, 5, "to be filled in"},
	{"On XX June", "placeholders", BULLETIN_STOPS, 5, "\"XX\""},
	{"About xxx people", "placeholders", BULLETIN_STOPS, 5, "\"xxx\""},
	{"Lorem ipsum dolor", "placeholders", BULLETIN_STOPS, 5, "Lorem"},
	{"The place is TBC.", "placeholders", BULLETIN_LOOK, 5, "TBC"},
	{"Which ones???", "placeholders", BULLETIN_STOPS, 5, "???"},
	{"Dear {{name}}", "placeholders", BULLETIN_STOPS, 5, "{{"},
	{"PLEASE READ THIS NOW: it is new", "capitals", BULLETIN_LOOK, 5, "PLEASE READ"},
	{"On Friday 9 December 2025", "dates", BULLETIN_STOPS, 5, "is a Tuesday"},
	{"On Friday the 9th of December", "dates", BULLETIN_STOPS, 5, "is a Wednesday"},
	{"On Tuesday 9 December", "dates", BULLETIN_LOOK, 5, "last year or next year"},
	{"On Monday 31 June", "dates", BULLETIN_STOPS, 5, "June has no day 31"},
	{"On Sunday 29 February 2026", "dates", BULLETIN_STOPS, 5, "2026"},
};

START_TEST(each_fault_is_found_on_its_line)
{
	const struct bulletin_finding *f;

	check(faults[_i].body);
	f = finding(faults[_i].rule, faults[_i].level, faults[_i].words);
	ck_assert_msg(f != NULL, "%s: not found in%s", faults[_i].body, all_said());
	ck_assert_msg(f->line == faults[_i].line, "%s: line %d, want %d", faults[_i].body,
		      f->line, faults[_i].line);
}
END_TEST

static const struct {
	const char *body, *rule;
} good[] = {
	{"[the plan](https://www.gov.scot/plan/?a=1#b)", "links"},
	{"[the plan](https://b\xC3\xBC"
	 "cher.de/)",
	 "links"},
	{"[No. 3](https://updates.gov.scot/lists/children/3)", "links"},
	{"[write to us](mailto:team@gov.scot?subject=hello)", "links"},
	{"[ring](tel:+441312440000)", "links"},
	{"team@gov.scot", "link text"},
	{"As they said [sic] in [2018] CSIH 3.", "placeholders"},
	{"Pope Louis XIV and the xx factor", "placeholders"},
	{"The NHS, COSLA and SOLACE met MSPs.", "capitals"},
	{"On Monday 2 March 2026, and on Monday 2 March.", "dates"},
	{"On Thursday, the 29th of February 2024", "dates"},
	{"They March on. Friday 10 people came.", "dates"},
	{"## One\n\n### Two\n\nx\n\n#### Three\n\ny\n\n### Four\n\nz", "headings"},
	{"## One\n\nA **bold** word.", "headings"},
};

START_TEST(what_is_well_is_left_alone)
{
	check(good[_i].body);
	for (size_t i = 0; i < found.count; i++)
		ck_assert_msg(!str_eq(found.items[i].rule, good[_i].rule) ||
				      found.items[i].level == BULLETIN_FINE,
			      "%s: %s", good[_i].body, found.items[i].text);
}
END_TEST

START_TEST(attached_picture_needs_words_and_a_place)
{
	struct bulletin_check_in in = {.images = &attached};

	check_with("", "![A map of the four areas](map.png)", in);
	ck_assert_msg(finding("images", BULLETIN_FINE, "1 picture"), "%s", all_said());
	check_with("", "![](map.png)", in);
	ck_assert_msg(finding("images", BULLETIN_STOPS, "no description"), "%s",
		      all_said());
	check_with("", "![image 1](MAP.png)", in);
	ck_assert_msg(finding("images", BULLETIN_LOOK, "does not say what"), "%s",
		      all_said());
	check_with("", "![map.png](map.png)", in);
	ck_assert_msg(finding("images", BULLETIN_LOOK, "does not say what"), "%s",
		      all_said());
	check_with("", "text", in);
	ck_assert_msg(finding("images", BULLETIN_LOOK, "does not stand in the text"),
		      "%s", all_said());
}
END_TEST

START_TEST(topics_without_readers_or_sections_are_told)
{
	struct bulletin_check_in in = {0};

	check_with("topics: a, b\n", "## One {a}\n\nx\n\n## Two {b}\n\ny", in);
	ck_assert_msg(
		finding("topics", BULLETIN_LOOK, "Nobody has chosen a topic of \"One\""),
		"%s", all_said());
	ck_assert(!finding("topics", BULLETIN_LOOK, "\"Two\""));
	check_with("topics: a, b\n", "## Two {b}\n\ny", in);
	ck_assert_msg(finding("topics", BULLETIN_LOOK, "No section is about \"a\""), "%s",
		      all_said());
}
END_TEST

static const struct {
	const char *subject, *words;
	enum bulletin_level level;
} subjects[] = {
	{"", "empty", BULLETIN_STOPS},
	{"News {titel}", "not filled in", BULLETIN_STOPS},
	{"Re: news", "answer", BULLETIN_LOOK},
	{"Act now!!", "advertising", BULLETIN_LOOK},
	{"A very long subject that goes on and on until nobody can read it on a telephone",
	 "characters", BULLETIN_LOOK},
	{"News \xE2\x80\x93 No. 7", "(12 characters)", BULLETIN_FINE},
};

START_TEST(subject_is_looked_at)
{
	check_with("", "x", (struct bulletin_check_in){.subject = subjects[_i].subject});
	ck_assert_msg(finding("subject", subjects[_i].level, subjects[_i].words),
		      "%s: %s", subjects[_i].subject, all_said());
}
END_TEST

START_TEST(size_is_told_and_gmail_named)
{
	char *html = arena_alloc(arena, 103001);

	memset(html, 'x', 103000);
	check_with("", "x", (struct bulletin_check_in){.html = html});
	ck_assert_msg(finding("size", BULLETIN_LOOK, "102 kB"), "%s", all_said());
	html[95000] = '\0';
	check_with("", "x", (struct bulletin_check_in){.html = html});
	ck_assert_msg(finding("size", BULLETIN_LOOK, "near"), "%s", all_said());
	html[2000] = '\0';
	check_with("", "x", (struct bulletin_check_in){.html = html});
	ck_assert_msg(finding("size", BULLETIN_FINE, "2 kB"), "%s", all_said());
}
END_TEST

START_TEST(pale_colours_of_a_template_are_told)
{
	static const char pale[] = "<body style=\"background-color:#ffffff\">"
				   "<p style=\"color:#aaaaaa\">x</p>";
	static const char dark[] =
		"<body style=\"background-color:#ffffff;color:#222222\">"
		"<p style=\"background-color:#0b5394;color:#ffffff\">x</p>";

	check_with("", "x", (struct bulletin_check_in){.html = pale});
	ck_assert_msg(finding("contrast", BULLETIN_LOOK, "2.3 to 1"), "%s", all_said());
	check_with("", "x", (struct bulletin_check_in){.html = dark});
	ck_assert_msg(finding("contrast", BULLETIN_FINE, "7.8 to 1"), "%s", all_said());
}
END_TEST

START_TEST(unreadable_update_is_one_finding_with_its_line)
{
	check("# A title\n");
	ck_assert_uint_eq(found.count, 1);
	ck_assert_int_eq(found.items[0].level, BULLETIN_STOPS);
	ck_assert_str_eq(found.items[0].rule, "front");
	ck_assert_int_eq(found.items[0].line, 5);
}
END_TEST

START_TEST(findings_come_by_weight_then_line)
{
	check("[a](http://a.gov.scot)\n\nXX\n\n[b]()\n\nTBC");
	ck_assert_uint_eq(found.stops, 2);
	ck_assert_uint_eq(found.looks, 2);
	ck_assert_int_eq(found.items[0].line, 7);
	ck_assert_int_eq(found.items[1].line, 9);
	ck_assert_int_eq(found.items[2].line, 5);
	ck_assert_int_eq(found.items[3].line, 11);
}
END_TEST

/* ---- pictures by their bytes ---- */

#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *name, *bytes;
	size_t len;
	const char *type; /* NULL: refused */
	int width, height;
} pictures[] = {
	{"png",
	 BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x20\x08\2\0\0\0\0\0\0\0"),
	 "image/png", 256, 32},
	{"png cut", BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01"), NULL, 0, 0},
	{"png of no size",
	 BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\x20\x08\2\0\0\0\0\0\0\0"),
	 NULL, 0, 0},
	{"png too wide",
	 BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\0\0\0\0\x20\x08\2\0\0\0\0\0\0\0"),
	 NULL, 0, 0},
	{"gif", BYTES("GIF89a\x10\0\x05\0\0\0\0"), "image/gif", 16, 5},
	{"jpeg",
	 BYTES("\xff\xd8\xff\xe0\0\x04xx\xff\xc0\0\x0b\x08\0\x11\0\x22\x01\0\0\0\0"),
	 "image/jpeg", 34, 17},
	{"jpeg without a frame", BYTES("\xff\xd8\xff\xe0\0\x04xx\xff\xd9\0\0\0\0"), NULL,
	 0, 0},
	{"jpeg with a length of nothing",
	 BYTES("\xff\xd8\xff\xe0\0\0\xff\xe0\0\0\xff\xe0\0\0\xff\xe0\0\0"), NULL, 0, 0},
	{"webp, lossy",
	 BYTES("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x20\0\x10\0\0"),
	 "image/webp", 32, 16},
	{"webp, extended",
	 BYTES("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x07\0\0\0"), "image/webp",
	 16, 8},
	{"svg", BYTES("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\"/>       "),
	 NULL, 0, 0},
	{"html", BYTES("<!doctype html><script>alert(1)</script>             "), NULL, 0,
	 0},
	{"nothing", BYTES(""), NULL, 0, 0},
};

START_TEST(picture_is_known_by_its_bytes)
{
	/* In a block of its own size, so that a read too far shows. */
	char *copy = malloc(pictures[_i].len + 1);
	const char *type = NULL;
	int width = 0, height = 0;
	struct err err = {0};
	bool ok;

	memcpy(copy, pictures[_i].bytes, pictures[_i].len);
	ok = bulletin_image_sniff(copy, pictures[_i].len, &type, &width, &height, &err);
	free(copy);
	ck_assert_msg(ok == (pictures[_i].type != NULL), "%s: %s", pictures[_i].name,
		      err.text);
	if (!ok)
		return;
	ck_assert_str_eq(type, pictures[_i].type);
	ck_assert_int_eq(width, pictures[_i].width);
	ck_assert_int_eq(height, pictures[_i].height);
}
END_TEST

START_TEST(picture_names_are_plain)
{
	static const char *const bad[] = {"",         "map",    "../map.png",
					  "a b.png",  ".png",   "a/b.png",
					  "a\"b.png", "-a.png", "m\xC3\xA4p.png"};
	struct err err = {0};

	ck_assert(bulletin_image_name_check("Map_2-a.png", &err));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		ck_assert_msg(!bulletin_image_name_check(bad[i], &err), "%s", bad[i]);
}
END_TEST

/* ---- the picture in the text, the mail, the page ---- */

START_TEST(attached_picture_is_shown_and_bound)
{
	static const char text[] = "---\nlist: l\ntitle: T\n---\n"
				   "![A \"map\" & more](map.png) ![Gone](none.png)\n";
	struct bulletin_source *with, *without;
	struct err err = {0};

	ck_assert(bulletin_source_parse_with(
		arena,
		&(struct bulletin_file){.name = "u", .text = text, .len = strlen(text)},
		&attached, &with, &err));
	ck_assert(bulletin_source_parse(arena, "u", text, strlen(text), &without, &err));
	ck_assert_msg(
		strstr(with->intro.mail_html,
		       "<img src=\"cid:abc.map.png@example.org\" alt=\"A &quot;map&quot; "
		       "&amp; more\" width=\"10\" height=\"10\""),
		"%s", with->intro.mail_html);
	ck_assert_msg(strstr(with->intro.web_html,
			     "<img src=\"https://updates.gov.scot/image/abc.png\""),
		      "%s", with->intro.web_html);
	ck_assert_ptr_nonnull(strstr(with->intro.text, "A \"map\" & more"));
	ck_assert_ptr_nonnull(strstr(with->intro.mail_html, "Gone"));
	ck_assert_ptr_null(strstr(with->intro.mail_html, "none.png"));
	ck_assert_ptr_null(strstr(without->intro.mail_html, "<img"));
	ck_assert_str_ne(with->hash, without->hash);
}
END_TEST

START_TEST(frame_of_the_last_one_has_headings_and_no_text)
{
	static const char text[] =
		"---\nlist: l\ntitle: Old title\nsummary: old words\n"
		"topics: a, b\nfrom_name: The Team\n---\nHello old.\n\n"
		"## First {a, b}\n\nold text\n\n## Second\n\nold\n";
	struct bulletin_source *old, *next;
	struct err err = {0};
	const char *frame;

	ck_assert(bulletin_source_parse(arena, "u", text, strlen(text), &old, &err));
	frame = bulletin_reuse(arena, old);
	ck_assert_msg(!strstr(frame, "old") && !strstr(frame, "Old"), "%s", frame);
	ck_assert_msg(
		bulletin_source_parse(arena, "u", frame, strlen(frame), &next, &err),
		"%s: %s", err.text, frame);
	ck_assert_uint_eq(next->section_count, 2);
	ck_assert_str_eq(next->sections[0].title, "First");
	ck_assert_uint_eq(next->sections[0].topics, 3);
	ck_assert_uint_eq(next->sections[1].topics, 0);
	ck_assert_str_eq(next->from_name, "The Team");
	bulletin_check(
		arena,
		&(struct bulletin_check_in){
			.name = "u", .text = frame, .len = strlen(frame), .source = next},
		&found);
	ck_assert_msg(
		finding("placeholders", BULLETIN_STOPS, "[title of this bulletin]") &&
			finding("placeholders", BULLETIN_STOPS, "[text]"),
		"%s", all_said());
	frame = bulletin_reuse_nothing(arena, "l", (const char *const[]){"a", "b"}, 2);
	ck_assert_msg(
		bulletin_source_parse(arena, "u", frame, strlen(frame), &next, &err),
		"%s: %s", err.text, frame);
	ck_assert_uint_eq(next->section_count, 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("check");
	TCase *tc = tcase_create("check");

	tcase_add_checked_fixture(tc, setup, teardown);
	UNIT_TABLE(tc, each_fault_is_found_on_its_line, faults);
	UNIT_TABLE(tc, what_is_well_is_left_alone, good);
	tcase_add_test(tc, attached_picture_needs_words_and_a_place);
	tcase_add_test(tc, topics_without_readers_or_sections_are_told);
	UNIT_TABLE(tc, subject_is_looked_at, subjects);
	tcase_add_test(tc, size_is_told_and_gmail_named);
	tcase_add_test(tc, pale_colours_of_a_template_are_told);
	tcase_add_test(tc, unreadable_update_is_one_finding_with_its_line);
	tcase_add_test(tc, findings_come_by_weight_then_line);
	UNIT_TABLE(tc, picture_is_known_by_its_bytes, pictures);
	tcase_add_test(tc, picture_names_are_plain);
	tcase_add_test(tc, attached_picture_is_shown_and_bound);
	tcase_add_test(tc, frame_of_the_last_one_has_headings_and_no_text);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
