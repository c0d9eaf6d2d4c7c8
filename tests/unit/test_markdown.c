#include "tests/unit/unit.h"

#include "base/str.h"
#include "text/markup/markdown.h"

#define LONG_URL "https://example.org/a-rather-long-address-that-fills-the-line/nearly"

static const struct {
	const char *name, *md, *html, *text;
} cases[] = {
	{"paragraphs", "One *two* **three**\nfour\n\nFive  \nsix\n",
	 "<p>One <em>two</em> <strong>three</strong>\nfour</p>\n<p>Five<br>\nsix</p>\n",
	 "One _two_ *three* four\n\nFive\nsix\n"},
	{"heading", "# Top\n\n### Lower\n", "<h2>Top</h2>\n<h3>Lower</h3>\n",
	 "Top\n---\n\nLower\n.....\n"},
	{"lists", "* a\n* b\n  1. c\n  2. d\n\ntext\n\n3. x\n\n4. y\n",
	 "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n<li>d</li>\n</ol>\n</li>\n</ul>\n"
	 "<p>text</p>\n<ol start=\"3\">\n<li><p>x</p>\n</li>\n<li><p>y</p>\n</li>\n</ol>\n",
	 "* a\n* b\n  1. c\n  2. d\n\ntext\n\n3. x\n\n4. y\n"},
	{"quote", "> a\n>\n> * b\n",
	 "<blockquote><p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</blockquote>\n",
	 "> a\n>\n> * b\n"},
	{"links", "[the report](https://e.org/r?a=1&b=2) https://e.org/x <me@e.org>\n",
	 "<p><a href=\"https://e.org/r?a=1&amp;b=2\">the report</a> "
	 "<a href=\"https://e.org/x\">https://e.org/x</a> "
	 "<a href=\"mailto:me@e.org\">me@e.org</a></p>\n",
	 "the report (https://e.org/r?a=1&b=2) https://e.org/x me@e.org\n"},
	{"links that are dropped",
	 "[a](javascript:alert(1)) [b](JaVaScript:x) [c](data:text/html,x) [d](vbscript:x) "
	 "[e](/relative) [f](#here) [g](java&#10;script:x) [h](file:///etc/passwd) [i](https://)\n",
	 "<p>a b c d e f g h i</p>\n", "a b c d e f g h i\n"},
	{"attribute cannot be left", "[a](<https://e.org/\"onclick=x 'y>)\n",
	 "<p><a href=\"https://e.org/%22onclick=x%20%27y\">a</a></p>\n",
	 "a (https://e.org/%22onclick=x%20%27y)\n"},
	{"HTML is shown", "a <b onclick=x>c</b>\n\n<script>alert(1)</script>\n",
	 "<p>a &lt;b onclick=x&gt;c&lt;/b&gt;</p>\n<pre>&lt;script&gt;alert(1)&lt;/script&gt;\n</pre>\n",
	 "a <b onclick=x>c</b>\n\n    <script>alert(1)</script>\n"},
	{"image is its description",
	 "![a cross](https://e.org/x.png) ![](https://e.org/pixel)\n",
	 "<p>a cross </p>\n", "a cross\n"},
	{"entities bring no controls in", "a&#1;b&#13;c&#x85;d&#0;\n",
	 "<p>abcd\xEF\xBF\xBD</p>\n", "abcd\xEF\xBF\xBD\n"},
	{"code", "`a < b`\n\n```\nx  y\n\n. z\n```\n",
	 "<p><code>a &lt; b</code></p>\n<pre>x  y\n\n. z\n</pre>\n",
	 "a < b\n\n    x  y\n\n    . z\n"},
	{"table", "| Name | No. |\n|:--|--:|\n| a\\|b | 1 |\n| c | 23 |\n",
	 "<div class=\"table\" tabindex=\"0\"><table>\n<tr><th scope=\"col\">Name</th>"
	 "<th scope=\"col\" class=\"right\">No.</th></tr>\n"
	 "<tr><td>a|b</td><td class=\"right\">1</td></tr>\n"
	 "<tr><td>c</td><td class=\"right\">23</td></tr>\n</table></div>\n",
	 "Name  No.\n----  ---\na|b     1\nc      23\n"},
	{"table too wide for a line",
	 "| A | B |\n|--|--|\n| " LONG_URL " | xxx |\n| y | z |\n", NULL,
	 "A: " LONG_URL "\nB: xxx\n\nA: y\nB: z\n"},
	{"wrapping",
	 "Aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll mmmm nnnn oooo " LONG_URL
	 " pppp\n",
	 NULL,
	 "Aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll mmmm nnnn\noooo\n" LONG_URL
	 "\npppp\n"},
	{"rule", "a\n\n---\n\nb\n", "<p>a</p>\n<hr>\n<p>b</p>\n", "a\n\n* * *\n\nb\n"},
	{"empty", "", "", ""},
};

START_TEST(html_and_text_say_the_same)
{
	AUTO(markdown) md = NULL;
	AUTO(buf) html = buf_new(100000);
	AUTO(buf) text = buf_new(100000);
	struct err err = {0};

	ck_assert_msg(
		markdown_parse("t.md", 1, cases[_i].md, strlen(cases[_i].md), &md, &err),
		"%s: %s", cases[_i].name, err.text);
	markdown_html(md, 0, markdown_blocks(md), MARKDOWN_WEB, 2, html);
	markdown_text(md, 0, markdown_blocks(md), text);
	/* The table's link is long: its HTML is that of the links case. */
	if (cases[_i].html)
		ck_assert_msg(str_eq(buf_text(html), cases[_i].html),
			      "%s: got\n%s\nwant\n%s", cases[_i].name, buf_text(html),
			      cases[_i].html);
	ck_assert_msg(str_eq(buf_text(text), cases[_i].text), "%s: got\n%s\nwant\n%s",
		      cases[_i].name, buf_text(text), cases[_i].text);
}
END_TEST

/* Each is a unit that is repeated up to "bytes", and what the refusal says ("" for none). */
static const struct {
	const char *name, *unit;
	size_t bytes;
	const char *want;
} hostile[] = {
	{"a row of bars", "|", 200000, "t.md:7: the line is longer"},
	{"bars within a line", "|x", 4000, "t.md:7: more than 100 columns"},
	{"tables of one bar", "|\n|-\n", 200000, "t.md:408: more than 200 tables"},
	{"quotes in quotes", "> ", 4000, "t.md:7: more than 100 things"},
	{"lists in lists", "1. ", 4000, "t.md:7: more than 100 things"},
	{"emphasis in emphasis", "*a **b ", 14000, ""},
	{"open brackets", "[a](", 15000, ""},
	{"many references", "[a]: b\n", 250000, ""},
	{"too much", "word\n", 256005, "t.md: larger than 256 kB"},
	{"NUL", "\x01", 3, "t.md:7: a control character (code 1)"},
	{"not UTF-8", "\xFF", 3, "t.md: is not UTF-8"},
	{"a word of 10,000", "\xC3\xA9", 10000, ""},
};

START_TEST(hostile_text_is_refused_or_quick)
{
	AUTO(markdown) md = NULL;
	AUTO(buf) in = buf_new(300000);
	AUTO(buf) text = buf_new(3000000);
	struct err err = {0};
	clock_t start = clock(); /* this process's own time */
	bool ok;
	size_t line = 0;

	while (in->len < hostile[_i].bytes)
		buf_str(in, hostile[_i].unit);
	ok = markdown_parse("t.md", 7, buf_text(in), in->len, &md, &err);
	ck_assert_msg(ok == !*hostile[_i].want && str_starts(err.text, hostile[_i].want),
		      "%s: got %s, want %s", hostile[_i].name, err.text,
		      hostile[_i].want);
	if (ok)
		markdown_text(md, 0, markdown_blocks(md), text);
	ck_assert_int_le((clock() - start) / CLOCKS_PER_SEC, 5);
	for (size_t i = 0; i < text->len; i++) {
		line = text->bytes[i] == '\n' ? 0 : line + 1;
		ck_assert_uint_le(line, 998);
	}
	ck_assert(str_utf8_valid(buf_text(text), text->len));
}
END_TEST

START_TEST(only_long_lines_are_wrapped)
{
	AUTO(buf) out = buf_new(1000);

	markdown_wrap_long(
		out, "a  b\n\n* Aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk "
		     "llll mmmm nnnn oooo\n    https://example.org/ and as many words as "
		     "there may be in code, untouched\nend");
	ck_assert_str_eq(
		buf_text(out),
		"a  b\n\n* Aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll "
		"mmmm nnnn\n  oooo\n    https://example.org/ and as many words as there "
		"may be in code, untouched\nend\n");
}
END_TEST

START_TEST(headings_are_found_with_their_lines)
{
	static const char md_text[] =
		"intro [x]\n\n## One {a}\n\n```\n## no\n```\n\n# Two\n\n[x]: "
		"https://e.org\n";
	AUTO(arena) a = arena_new(4096);
	AUTO(markdown) md = NULL;
	AUTO(buf) html = buf_new(1000);
	struct err err = {0};
	const char *text = NULL;
	int line = 0;

	ck_assert(markdown_parse("t.md", 10, md_text, strlen(md_text), &md, &err));
	ck_assert_uint_eq(markdown_blocks(md), 4);
	ck_assert_int_eq(markdown_heading(md, a, 0, &text, &line), 0);
	ck_assert_int_eq(markdown_heading(md, a, 1, &text, &line), 2);
	ck_assert_str_eq(text, "One {a}");
	ck_assert_int_eq(line, 12);
	ck_assert_int_eq(markdown_heading(md, a, 3, &text, &line), 1);
	ck_assert_int_eq(line, 18);
	markdown_html(md, 0, 1, MARKDOWN_WEB, 2, html);
	ck_assert_str_eq(buf_text(html),
			 "<p>intro <a href=\"https://e.org\">x</a></p>\n");
}
END_TEST

START_TEST(notes_say_what_to_mend)
{
	static const char md_text[] =
		"ok [the report](https://e.org)\n\n[here](https://e.org)\n\n"
		"[x](page.html)\n\n![](https://e.org/a.png)\n\n<b>\n";
	static const int lines[] = {4, 6, 8, 10};
	AUTO(arena) a = arena_new(4096);
	AUTO(markdown) md = NULL;
	struct markdown_note *notes;
	struct err err = {0};

	ck_assert(markdown_parse("t.md", 2, md_text, strlen(md_text), &md, &err));
	ck_assert_uint_eq(markdown_notes(md, a, &notes), ARRAY_LEN(lines));
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		ck_assert_int_eq(notes[i].line, lines[i]);
	ck_assert(strstr(notes[0].text, "does not say where"));
	ck_assert(strstr(notes[1].text, "does not start with"));
	ck_assert(strstr(notes[2].text, "no description"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("markdown");
	TCase *tc = tcase_create("markdown");

	tcase_set_timeout(tc, 30);
	suite_add_tcase(suite, tc);
	UNIT_TABLE(tc, html_and_text_say_the_same, cases);
	UNIT_TABLE(tc, hostile_text_is_refused_or_quick, hostile);
	tcase_add_test(tc, only_long_lines_are_wrapped);
	tcase_add_test(tc, headings_are_found_with_their_lines);
	tcase_add_test(tc, notes_say_what_to_mend);
	return unit_main_together(suite);
}
