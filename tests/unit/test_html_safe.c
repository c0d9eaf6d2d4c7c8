/* text/html_safe: what of a stranger's HTML gets into the new document. */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "text/markup/html_safe.h"

enum { OUT_MAX = 1 << 20, TURNS = 4000, PIECES = 30 };

static const char *built(const char *html)
{
	static char out[OUT_MAX];
	AUTO(buf) to = buf_new(OUT_MAX - 1);
	const char *body;

	html_safe(to, html, strlen(html));
	body = strstr(buf_text(to), "<body>");
	ck_assert_msg(body && str_ends(buf_text(to), "</body></html>\n"), "got %s",
		      buf_text(to));
	str_copy(out, sizeof(out), body + 6);
	*strstr(out, "</body></html>") = '\0';
	return out;
}

static const struct {
	const char *html, *want;
} cases[] = {
	{"<p>Good <b>morning</b></p>", "<p>Good <b>morning</b></p>"},
	{"<p>a < b & c</p>", "<p>a &lt; b &amp; c</p>"},
	{"<p>a<embed src=x>b</p>", "<p>ab</p>"},
	{"<p style='color: red; background: url(http://x.example/)'>a</p>",
	 "<p style=\"color: red;\">a</p>"},
	{"<p style=\"color: rgb(1, 2, 3); width: expression(1)\">a</p>",
	 "<p style=\"color: rgb(1, 2, 3);\">a</p>"},
	{"<p style=\"position: fixed; font-size: 12pt\">a</p>",
	 "<p style=\"font-size: 12pt;\">a</p>"},
	{"<table border=1 background=http://x.example/><tr><td colspan=\"2\">a</table>",
	 "<table border=\"1\"><tr><td colspan=\"2\">a</td></tr></table>"},
	{"<p><a href=\"https://x.example/?a&b\" ping=https://y.example>there</a></p>",
	 "<p><a title=\"https://x.example/?a&amp;b\">there</a></p>"},
	{"<p>a<img src=http://x.example/1.png alt='a \"dog\"'></p>",
	 "<p>a<img alt=\"a &quot;dog&quot;\"></p>"},
	{"<p><img src='data:image/png;base64,AAAA' srcset='http://x.example 2x'></p>",
	 "<p><img src=\"data:image/png;base64,AAAA\" alt=\"\"></p>"},
	{"<p><img src='data:image/svg+xml;base64,AAAA'></p>", "<p><img alt=\"\"></p>"},
	{"<p>a<script>alert(1)</script><style>@import 'http://x.example'</style>b</p>",
	 "<p>ab</p>"},
	{"<p>a</p><svg><style><img src=x></style></svg><p>b</p>", "<p>a</p><p>b</p>"},
	{"<p onclick=alert(1) id=a class=b>a</p>", "<p>a</p>"},
	{"<p>a<unknown-thing data-x=1>b</unknown-thing>c</p>", "<p>abc</p>"},
	{"<link rel=preconnect href=//x.example><p>a", "<p>a</p>"},
	{"<meta http-equiv=refresh content='0;url=http://x.example'><p>a", "<p>a</p>"},
	{"<base href=http://x.example/><p>a", "<p>a</p>"},
	{"<p>a\u202Egpj\u2066.\u200Bb\u2060c\uFEFFd\u2028e</p>",
	 "<p>a\uFFFDgpj\uFFFD.bcd\ne</p>"},
	{"<p>a&#8238;b&#8203;c<img alt='x\u202Ey\u200B'></p>",
	 "<p>a\uFFFDbc<img alt=\"x\uFFFDy\"></p>"},
	{"", ""},
};

START_TEST(document_is_built_anew)
{
	ck_assert_str_eq(built(cases[_i].html), cases[_i].want);
}
END_TEST

START_TEST(what_is_nested_too_deeply_is_said)
{
	AUTO(buf) deep = buf_new(OUT_MAX);

	buf_str(deep, "<p>begin</p>");
	for (int i = 0; i < 5000; i++)
		buf_str(deep, "<div>");
	buf_str(deep, "end");
	ck_assert(strstr(built(buf_text(deep)), "<p>begin</p>"));
	ck_assert(str_ends(built(buf_text(deep)),
			   "<p>The rest of this layout cannot be shown.</p>"));
}
END_TEST

/* The only tags and attributes that may ever be written, and how. */
static void check_tag(const char *tag, const char *end)
{
	static const char *const never[] = {"script", "style", "link",  "meta", "base",
					    "iframe", "form",  "input", "svg",  "math",
					    "object", "embed", "video", "audio"};
	bool closing = *tag == '/';
	size_t name = strcspn(tag + closing, " >");

	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		ck_assert_msg(name != strlen(never[i]) ||
				      strncmp(tag + closing, never[i], name) != 0,
			      "<%.*s>", (int)(end - tag), tag);
	for (const char *at = tag + closing + name; at < end;) {
		size_t attribute = strcspn(at, "=");
		const char *value = at + attribute + 2, *quote;

		ck_assert_msg(*at == ' ' && at[attribute + 1] == '"', "<%.*s>",
			      (int)(end - tag), tag);
		quote = strchr(value, '"');
		ck_assert_msg(quote && quote < end, "<%.*s>", (int)(end - tag), tag);
		ck_assert_msg(strncmp(at, " on", 3) != 0 &&
				      strncmp(at, " href", 5) != 0 &&
				      (strncmp(at, " src=", 5) != 0 ||
				       str_starts(value, "data:image/")),
			      "<%.*s>", (int)(end - tag), tag);
		ck_assert_msg(strncmp(at, " style", 6) != 0 ||
				      !memmem(value, (size_t)(quote - value), "url", 3),
			      "<%.*s>", (int)(end - tag), tag);
		at = quote + 1;
	}
}

static void check_all(const char *html)
{
	for (const char *at = built(html); (at = strchr(at, '<'));) {
		const char *end = at + 1;

		while (*end && *end != '>') /* a > in a value is escaped */
			end++;
		ck_assert_msg(*end, "an open tag at the end of %s", html);
		check_tag(at + 1, end);
		at = end;
	}
}

static const char *const pieces[] = {"<",          ">",
				     "\"",         "'",
				     "=",          " ",
				     "/",          "<a ",
				     "href=",      "http://x.example/",
				     "<link ",     "rel=preload",
				     "<img ",      "src=",
				     "srcset=",    "style=",
				     "url(",       ")",
				     "color:red;", "<svg>",
				     "</svg>",     "<math>",
				     "<style>",    "</style>",
				     "<title>",    "</title>",
				     "<!--",       "-->",
				     "<![CDATA[",  "]]>",
				     "<table>",    "<select>",
				     "<noscript>", "<template>",
				     "</p>",       "<p ",
				     "onerror=a",  "data:image/png;base64,",
				     "&lt;",       "&#x22;",
				     "\\",         "\n",
				     "\xC3\xA9",   "<iframe ",
				     "<script>",   "</script>",
				     "<base ",     "<meta ",
				     "<xmp>",      "<plaintext>",
				     "<textarea>", "javascript:a"};

/* Whatever stands beside whatever: all that comes out is on the lists. */
START_TEST(nothing_else_gets_in)
{
	uint64_t seed = 20261128;

	for (int turn = 0; turn < TURNS; turn++) {
		AUTO(buf) html = buf_new(4096);

		for (int i = 0; i < PIECES; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			buf_str(html, pieces[(seed >> 33) % ARRAY_LEN(pieces)]);
		}
		check_all(buf_text(html));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("html_safe");
	TCase *tc = tcase_create("html_safe");

	tcase_set_timeout(tc, 60);
	UNIT_TABLE(tc, document_is_built_anew, cases);
	tcase_add_test(tc, what_is_nested_too_deeply_is_said);
	tcase_add_test(tc, nothing_else_gets_in);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
