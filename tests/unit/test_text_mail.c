#include "tests/unit/unit.h"

#include "base/str.h"
#include "text/charset/charset.h"
#include "text/markup/html.h"
#include "document/html_plain.h"

static const struct {
	const char *charset, *bytes, *want;
} charsets[] = {
	{"utf-8", "caf\xC3\xA9", "caf\xC3\xA9"},
	{"iso-8859-1", "caf\xE9 \x80", "caf\xC3\xA9 \xE2\x82\xAC"},
	{"ISO-8859-15", "\xA4", "\xE2\x82\xAC"},
	{"us-ascii", "caf\xC3\xA9", "caf\xC3\xA9"},
	{"us-ascii", "caf\xE9", "caf\xC3\xA9"},
	{"iso-8859-1", "caf\xC3\xA9", "caf\xC3\xA9"}, /* the label is wrong */
	{"utf-8", "caf\xE9", "caf\xC3\xA9"},          /* so is this one */
	{"no-such-set", "caf\xE9", "caf\xC3\xA9"},
	{NULL, "caf\xE9", "caf\xC3\xA9"},
	{NULL, "", ""},
	{"koi8_r", "\xF0\xD2\xC9\xD7\xC5\xD4",
	 "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82"},
	{"x-mac-roman", "caf\x8E", "caf\xC3\xA9"},
	{"ks_c_5601-1987", "\xB0\xA1", "\xEA\xB0\x80"},
	{"iso-8859-8-i", "\xE0", "\xD7\x90"},
	{"unicode-1-1-utf-7", "caf+AOk-", "caf\xC3\xA9"},
	{"iso-2022-jp", "\x1B$B$\"\x1B(B", "\xE3\x81\x82"},
	{NULL, "\x1B$B$\"\x1B(B", "\xE3\x81\x82"},
	{"\"windows-1252\"", "\x93x\x94", "\xE2\x80\x9Cx\xE2\x80\x9D"},
	{"utf-8//translit", "caf\xE9", "caf\xC3\xA9"},
	{"utf-8", "\xEF\xBB\xBFx", "x"},
	{"utf-8", "\xEF\xBB\xBF\xEF\xBB\xBF\xEF\xBB\xBFx", "x"},
};

START_TEST(charset_converts_and_never_drops)
{
	AUTO(buf) b = buf_new(1000);

	charset_to_utf8(b, charsets[_i].charset, charsets[_i].bytes,
			strlen(charsets[_i].bytes));
	ck_assert_msg(str_eq(buf_text(b), charsets[_i].want),
		      "%s: got \"%s\", want \"%s\"",
		      charsets[_i].charset ? charsets[_i].charset : "none", buf_text(b),
		      charsets[_i].want);
}
END_TEST

START_TEST(every_charset_gives_valid_text_from_any_bytes)
{
	static const char *const names[] = {"utf-8",       "utf-7",     "utf-16",
					    "iso-2022-jp", "shift_jis", "euc-jp",
					    "gb2312",      "big5",      "windows-1253",
					    "hz-gb-2312",  NULL,        "iso-2022-kr"};
	unsigned char bytes[64];

	for (int round = 0; round < 500; round++)
		for (size_t i = 0; i < ARRAY_LEN(names); i++) {
			AUTO(buf) b = buf_new(1000);

			secret_random(bytes, sizeof(bytes));
			charset_to_utf8(b, names[i], bytes, sizeof(bytes));
			ck_assert(str_utf8_valid(buf_text(b), b->len));
			ck_assert_uint_eq(strlen(buf_text(b)), b->len);
		}
}
END_TEST

/* What glibc takes for a letter is not always one: numbers beyond the last, half letters. */
START_TEST(no_charset_gives_a_letter_that_there_is_not)
{
	static const char *const names[] = {"utf-8",  "utf8",     "unicode-1-1-utf-8",
					    "utf-16", "utf-7",    "gb18030",
					    "euc-tw", "utf-32be", NULL};
	char bytes[] = "x\0\0\x80\x80y";

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (unsigned pair = 0x8000; pair <= 0xFFFF; pair++) {
			AUTO(buf) b = buf_new(1000);

			bytes[1] = (char)(pair >> 8);
			bytes[2] = (char)pair;
			charset_to_utf8(b, names[i], bytes, sizeof(bytes) - 1);
			ck_assert_msg(str_utf8_valid(buf_text(b), b->len), "%s: %04x",
				      names[i] ? names[i] : "none", pair);
		}
}
END_TEST

static const struct {
	const char *html, *want;
} pages[] = {
	{"<p>One</p><p>Two</p>", "One\n\nTwo"},
	{"a<br>b<br/>c", "a\nb\nc"},
	{"<b>bold</b> and <i>not</i>", "bold and not"},
	{"<style>p{}</style><script>x()</script>seen<title>no</title>", "seen"},
	{"<ul><li>One<li>Two</ul>", "- One\n- Two"},
	{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
	{"before<blockquote>quoted<br>more</blockquote>after",
	 "before\n>\n> quoted\n> more\n\nafter"},
	{"<div style=\"display: none\">hidden</div>shown", "shown"},
	{"&lt;tag&gt; &amp; &eacute;&nbsp;x", "<tag> & \xC3\xA9 x"},
	{"<a href=\"https://example.org/\">the page</a>", "the page"},
	{"<a href=\"https://example.org/\"></a>", "https://example.org/"},
	{"<pre>a\n  b</pre>", "a\n  b"},
	{"no tags at all", "no tags at all"},
	{"<p>never closed <b>at all", "never closed at all"},
	{"", ""},
};

START_TEST(html_becomes_what_a_reader_sees)
{
	AUTO(buf) b = buf_new(1000);

	ck_assert(!html_to_text(b, pages[_i].html, strlen(pages[_i].html)));
	ck_assert_msg(str_eq(buf_text(b), pages[_i].want), "%s: got \"%s\", want \"%s\"",
		      pages[_i].html, buf_text(b), pages[_i].want);
}
END_TEST

/* Is its text all that a person sees of it? */
static const struct {
	const char *html, *title;
	bool says_more, pictures;
} plain_pages[] = {
	{"", "", false, false},
	{"<p class=a style='color:red'>Yes<br/>please</p>", "", false, false},
	{"<!DOCTYPE html><html><head><title>Re: x</title><style>p{margin:0}</style>",
	 "Re: x", false, false},
	{"<!-- a remark -->Yes", "", false, false},
	{"<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->Yes", "",
	 false, false},
	{"Yes<o:p></o:p>", "", false, false},
	{"<a href='https://a.example/' title='https://a.example/'>x</a>", "", false,
	 false},
	{"Yes <img src=cid:x>", "", false, true},
	{"<table background=x.png>", "", false, true},
	{"Yes <!-- no", "", true, false},
	{"Yes <!--> no -->", "", true, false},
	{"Yes <!--[if mso]>no<![endif]-->", "", true, false},
	{"Yes <!--[if mso]><p title=no><![endif]-->", "", true, false},
	{"Yes <style> no", "", true, false},
	{"<style>p:after{content: 'no'}</style>Yes", "", true, false},
	{"<style>p{co\\6etent:'no'}</style>Yes", "", true, false},
	{"<style>.a{text-decoration:line-through}</style>Yes", "", true, false},
	{"<p style='background:url(no.png)'>Yes", "", true, false},
	{"Yes<s>no</s>", "", true, false},
	{"Yes<script>no</script>", "", true, false},
	{"Yes<noscript>no</noscript>", "", true, false},
	{"Yes<input value=no>", "", true, false},
	{"Yes<textarea>no</textarea>", "", true, false},
	{"Yes<svg><text>no", "", true, false},
	{"Yes<p title='no'>", "", true, false},
	{"Yes<p", "", true, false},
	{"Yes<p class='", "", true, false},
	{"Yes<", "", true, false},
	{"1 < 2", "", true, false},
	{"Yes<![CDATA[no]]>", "", true, false},
	{"<html><body>Yes</body></html>\n", "", false, false},
	{"<html><body>Yes</body></html>no", "", true, false},
	{"<body>Yes</body><p>no", "", true, false},
	{"Yes<p hidden>no</p>", "", true, false},
	{"Yes<mark>or</mark>", "", true, false},
	{"Yes<ins>no</ins>", "", true, false},
	{"Yes<span style='background:yellow'>or</span>", "", true, false},
	{"Yes<font style='background-color: #FFFF00'>or</font>", "", true, false},
	{"Yes<b style='BACKGROUND:rgb(255,255,0)'>or</b>", "", true, false},
	{"Yes<p style='mso-highlight:yellow'>or", "", true, false},
	{"<span style='background:white;color:black'>Yes</span>", "", false, false},
	{"<span style='background-color: rgb(255, 255, 255)'>Yes</span>", "", false,
	 false},
	{"<td style='background-color:#0b5394'>Yes", "", false, false},
	{"<span style='font-family:\"Segoe UI\"'>Yes</span>", "", false, false},
	{"<ul style='list-style-type:\"No\"'><li>", "", true, false},
	{"<q style='quotes:\"No\" \"never\"'></q>", "", true, false},
};

START_TEST(html_that_says_more_than_its_text_is_known)
{
	AUTO(buf) title = buf_new(1000);
	const char *html = plain_pages[_i].html;
	struct html_plain got = html_plain_look(html, strlen(html), title);

	ck_assert_msg(got.says_more == plain_pages[_i].says_more, "%s", html);
	if (got.says_more)
		return;
	ck_assert_msg(got.pictures == plain_pages[_i].pictures, "%s", html);
	ck_assert_str_eq(buf_text(title), plain_pages[_i].title);
	/* Cut within a mark it is not known any more. */
	for (size_t n = 1; n < strlen(html); n++) {
		const char *open = memrchr(html, '<', n);

		if (open && !memchr(open, '>', (size_t)(html + n - open)))
			ck_assert_msg(html_plain_look(html, n, title).says_more, "%.*s",
				      (int)n, html);
	}
}
END_TEST

START_TEST(html_of_any_depth_keeps_its_text_and_says_so)
{
	AUTO(buf) page = buf_new(20 << 20);
	AUTO(buf) text = buf_new(20 << 20);

	for (int i = 0; i < 200000; i++)
		buf_str(page, "<div>");
	buf_str(page, "at the bottom");
	ck_assert(html_to_text(text, page->bytes, page->len));
	ck_assert_ptr_nonnull(strstr(buf_text(text), "at the bottom"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text of mail");
	TCase *tc = tcase_create("text of mail");

	tcase_set_timeout(tc, 60);
	UNIT_TABLE(tc, charset_converts_and_never_drops, charsets);
	tcase_add_test(tc, every_charset_gives_valid_text_from_any_bytes);
	tcase_add_test(tc, no_charset_gives_a_letter_that_there_is_not);
	UNIT_TABLE(tc, html_becomes_what_a_reader_sees, pages);
	UNIT_TABLE(tc, html_that_says_more_than_its_text_is_known, plain_pages);
	tcase_add_test(tc, html_of_any_depth_keeps_its_text_and_says_so);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
