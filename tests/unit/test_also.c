#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "mail/read/read.h"
#include "text/markup/html.h"
#include "document/markup.h"
#include "document/unsaid.h"

#include <ftw.h>
#include <inttypes.h>

static struct mail_message read_mail(struct arena *a, const char *bytes, size_t len)
{
	struct mail_message m;
	struct err err = {0};

	ck_assert_msg(mail_read(bytes, len, a, &m, &err), "%s", err.text);
	return m;
}

static const char *with(struct arena *a, const char *frame, const char *words)
{
	const char *at = strstr(frame, "@@");

	return arena_printf(a, "%.*s%s%s", (int)(at - frame), frame, words, at + 2);
}

/* What somebody may write where few look. */
static const char *const wordings[] = {
	"my stepfather beats me every night and I am afraid",
	"Please do not publish this",
	"No",
	"no wait, I want to stay",
	"[x] Do not publish my response",
	"Na chyhoeddwch fy enw, os gwelwch yn dda"};
/* Where a program, or a browser, or a careless writer, puts words. */
static const char *const places[] = {
	"<p>@@</p>",
	"<html><body><p>Hello.</p></body></html>@@",
	"<html><body><p>Hello.</p></body></html>\n<p>@@</p>",
	"<html><body><p>Hello.</p></body></html>\n<html><body><p>@@</p></body></html>",
	"<p>Hello.</p></body></html></html>\n<div>@@",
	"<html><head><title>x</title>@@</head><body>Hello.</body></html>",
	"<p>Hello.</p><!-- x\n<p>@@</p>",
	"<p>Hello.</p><!--><p>@@</p>",
	"<p>Hello.</p><!---><p>@@</p>",
	"<p>Hello.</p><!-- x --!><p>@@</p>",
	"<p>Hello.</p><!--[if mso]><p>@@</p><![endif]-->",
	"<p>Hello.</p><![if !mso]><p>@@</p><![endif]>",
	"<p>Hello.</p><![CDATA[@@]]>",
	"<p>Hello.</p><div hidden>@@</div>",
	"<p>Hello.</p><div style='display:none'>@@</div>",
	"<p>Hello.</p><span style='mso-hide:all'>@@</span>",
	"<p>Hello.</p><p style='font-size:0'>@@</p>",
	"<p>Hello.</p><style>p{}<p>@@</p>",
	"<p>Hello.</p><script>x<p>@@</p>",
	"<p>Hello.</p><title>x<p>@@</p>",
	"<style>p{}</style><p>Hello.</p><style>q{}</style>@@",
	"<p>Hello.</p><a href=\"x<p>@@</p>",
	"<p>Hello.</p><a href=x \n<p>@@</p>",
	"<p>Hello.</p><p <p>@@</p>",
	"Hello. < @@",
	"<p>Hello.</p><select><option>x<option selected>@@</select>",
	"<p>Hello.</p><textarea>@@</textarea>",
	"<p>Hello.</p><input value=\"@@\">",
	"<p>Hello.</p><input type=submit value='@@'>",
	"<p>Hello.</p><input placeholder='@@'>",
	"<p>Hello.</p><img src=x alt='@@'>",
	"<p>Hello.</p><svg><text>@@</text></svg>",
	"<p>Hello.</p><object data=x>@@</object>",
	"<p>Hello.</p><video>@@</video>",
	"<p>Hello.</p><iframe>@@</iframe>",
	"<p>Hello.</p><noscript>@@</noscript>",
	"<noframes>@@</noframes><p>Hello.</p>",
	"<p>Hello.</p><template>@@</template>",
	"<p>Hello.</p><xmp>@@</xmp>",
	"<p>Hello.</p><plaintext>@@",
	"<p>Hello.</p><details><summary>x</summary>@@</details>",
	"<p>Hello.</p><x-own>@@</x-own>",
	"<table><tr><td>Hello.<td>@@</table>",
	"<p>Hello.</p><font color=white>@@</font>",
	"<p>Hello.</p><math><mtext>@@</mtext></math>"};
#define HEAD "From: Kid <kid@kid.example>\nSubject: hello\nMIME-Version: 1.0\n"
/* What carries an HTML, or stands around a text. */
static const char *const html_carriers[] = {
	HEAD "Content-Type: text/html; charset=utf-8\n\n@@\n",
	HEAD "Content-Type: multipart/alternative; boundary=b\n\n"
	     "--b\nContent-Type: text/plain\n\nHello.\n"
	     "--b\nContent-Type: text/html; charset=utf-8\n\n@@\n--b--\n",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
	     "--b\nContent-Type: multipart/alternative; boundary=c\n\n"
	     "--c\nContent-Type: text/plain\n\nHello.\n"
	     "--c\nContent-Type: text/html; charset=utf-8\n\n@@\n--c--\n--b--\n",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello.\n"
	     "--b\nContent-Type: message/rfc822\n\n" HEAD
	     "Content-Type: multipart/alternative; boundary=c\n\n"
	     "--c\nContent-Type: text/plain\n\nHello.\n"
	     "--c\nContent-Type: text/html; charset=utf-8\n\n@@\n--c--\n--b--\n",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello.\n"
	     "--b\nContent-Type: text/html; charset=utf-8; name=x.html\n"
	     "Content-Disposition: attachment\n\n@@\n--b--\n",
	HEAD "Content-Type: multipart/alternative; boundary=b\n\n"
	     "--b\nContent-Type: text/plain\n\nHello.\n"
	     "--b\nContent-Type: text/x-amp-html; charset=utf-8\n\n@@\n"
	     "--b\nContent-Type: text/html\n\n<p>Hello.</p>\n--b--\n"};
static const char *const text_carriers[] = {
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello.\n--b--\n\n@@\n",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n@@\n\n--b\n\nHello.\n--b--\n",
	HEAD
	"Content-Type: multipart/mixed; boundary=b\n\n--b\n"
	"Content-Type: multipart/mixed; boundary=c\n\n--c\n\nHello.\n--c--\n@@\n--b--\n",
	HEAD "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nHello.\n"
	     "--b\n\n@@\n--b--\n",
	HEAD
	"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
	"SGVsbG8sIGhlcmUgaXMgd2hhdCBJIGhhdmUgdG8gc2F5LiBJdCBpcyBsb25nLg==\n\n@@!\n",
	HEAD
	"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
	"SGVsbG8sIGhlcmUgaXMgd2hhdCBJIGhhdmUgdG8gc2F5IQ==\n@@!\n",
	HEAD
	"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
	"SGVsbG8sIGhlcmUgaXMgd2hhdCBJIGhhdmUgdG8gc2F5\n\n@@!\n",
	HEAD "Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\n"
	     "begin 644 x\n&2&5L;&\\N\n`\nend\n@@\n",
	HEAD "Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\n"
	     "@@\nbegin 644 x\n&2&5L;&\\N\n`\nend\n"};

static bool says(struct arena *a, const char *text, const char *words)
{
	char *bare = arena_strdup(a, text ? text : ""), *to = bare;

	for (const char *at = bare; *at; at++)
		if (!str_is_space(*at) || (to > bare && to[-1] != ' '))
			*to++ = str_is_space(*at) ? ' ' : *at;
	*to = '\0';
	return strstr(bare, words);
}

static bool is_in_sight(struct arena *a, const struct mail_message *m, const char *words)
{
	if (says(a, m->text, words) || says(a, m->also, words))
		return true;
	for (size_t i = 0; i < m->attachment_count; i++)
		if (says(a, m->attachments[i].text, words))
			return true;
	return false;
}

START_TEST(words_are_in_sight_wherever_they_stand)
{
	AUTO(arena) a = arena_new(1 << 16);
	const char *words = wordings[_i];

	for (size_t c = 0; c < ARRAY_LEN(html_carriers); c++)
		for (size_t p = 0; p < ARRAY_LEN(places); p++) {
			const char *mail =
				with(a, html_carriers[c], with(a, places[p], words));
			struct mail_message m = read_mail(a, mail, strlen(mail));

			ck_assert_msg(is_in_sight(a, &m, words), "%s", mail);
		}
	for (size_t c = 0; c < ARRAY_LEN(text_carriers); c++) {
		const char *mail = with(a, text_carriers[c], words);
		struct mail_message m = read_mail(a, mail, strlen(mail));

		ck_assert_msg(is_in_sight(a, &m, words), "%s\n%s", mail, m.text);
	}
}
END_TEST

/* The same words in both, as programs lay them out: nothing is added. */
static const struct {
	const char *text, *html;
} same[] = {
	{"Hello.", "<p>Hello.</p>"},
	{"Hello there,\nthis is one line\nthat was wrapped.",
	 "<p>Hello there, this is one line that was wrapped.</p>"},
	{"* one thing\n* another thing",
	 "<ul><li>one thing</li><li>another thing</li></ul>"},
	{"See our page <https://x.example/a?b=c> for more.",
	 "See <a href='https://x.example/a?b=c'>our page</a> for more."},
	{"[image: Our logo]\nHello.", "<img alt='Our logo' src=cid:x><p>Hello."},
	{"[cid:image001.png@01D]\nHello.", "<img src=cid:x><p>Hello."},
	{"HEADING ONE\n\nIt is *very* good, _really_.",
	 "<h1>Heading one</h1><p>It is <b>very</b> good, <i>really</i>."},
	{"It\xE2\x80\x99s fine \xE2\x80\x93 really.", "It&rsquo;s fine &ndash; really."},
	{"It's fine - really.", "It&#8217;s fine &mdash; really."},
	{"Yes.\n\nOn Monday Ann wrote:\n> First line\n> second line",
	 "Yes.<br><br>On Monday Ann wrote:<blockquote type=cite>First line<br>second line"
	 "</blockquote>"},
	{"Name: Jo\nPlace: Ayr",
	 "<table><tr><td>Name:<td>Jo<tr><td>Place:<td>Ayr</table>"},
	{"Wide words", "<p>Wide&nbsp;&nbsp;wo&shy;rds&#8203;</p>"},
	{"[x] Publish\n[ ] Do not", "<p>\xE2\x98\x92 Publish<br>\xE2\x98\x90 Do not"},
	{"Thank\nyou", "<p>Thank you</p>"},
	{"Hello.",
	 "<html><head><title>Untitled</title><style>p{content:'x y z w'}</style>"
	 "<script>a b c d</script></head><!-- a remark --><body>Hello.</body>"},
};

START_TEST(nothing_is_added_where_both_say_the_same)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *mail = arena_printf(
		a,
		HEAD "Content-Type: multipart/alternative; boundary=b\n\n--b\n"
		     "Content-Type: text/plain; charset=utf-8\n\n%s\n--b\n"
		     "Content-Type: text/html; charset=utf-8\n\n%s\n--b--\n",
		same[_i].text, same[_i].html);
	struct mail_message m = read_mail(a, mail, strlen(mail));

	ck_assert_msg(!m.also, "%s: %s", same[_i].html, m.also);
	ck_assert_str_eq(m.text, same[_i].text);
}
END_TEST

/* One word more, or the same words in another order, is something else. */
static const struct {
	const char *text, *html;
} other[] = {
	{"You may publish this", "You may not publish this"},
	{"Please do publish this", "Please do not publish this"},
	{"I have no objection.", "No"},
	{"[x] Publish", "[ ] Publish"},
	{"Yes", "No"},
	{"unsubscribe", "<p>unsubscribe</p></body></html>no"},
};

START_TEST(what_says_otherwise_is_added)
{
	for (size_t i = 0; i < ARRAY_LEN(other); i++) {
		AUTO(arena) a = arena_new(1 << 14);
		AUTO(buf) shown = buf_new(1000);
		AUTO(buf) more = buf_new(1000);

		markup_words(shown, other[i].html, strlen(other[i].html));
		unsaid_lines(unsaid_new(a, other[i].text), buf_text(shown), more);
		ck_assert_msg(more->len, "%s: %s", other[i].text, other[i].html);
		buf_reset(more);
		unsaid_lines(unsaid_new(a, buf_text(shown)), buf_text(shown), more);
		ck_assert_str_eq(buf_text(more), "");
	}
}
END_TEST

START_TEST(what_the_layout_quotes_is_quoted)
{
	static const char mail[] = HEAD
		"In-Reply-To: <1@x>\nContent-Type: multipart/alternative; boundary=b\n\n"
		"--b\n\nYes.\n--b\nContent-Type: text/html\n\n<p>Yes.<p>And more of it."
		"<blockquote type=cite>Children are hurt by what is said</blockquote>"
		"\n--b--\n";
	AUTO(arena) a = arena_new(1 << 14);
	struct mail_message m = read_mail(a, mail, sizeof(mail) - 1);

	ck_assert_str_eq(m.text, "Yes.");
	ck_assert_str_eq(m.text_new, "Yes.");
	ck_assert_ptr_nonnull(m.also);
	ck_assert(str_starts(m.also, "And more of it."));
	ck_assert(!strstr(m.also, "Children"));
	ck_assert(str_ifind(m.text_quoted, "Children are hurt"));
}
END_TEST

#define ORIGINAL                                                             \
	"\n\n-----Original Message-----\nFrom: Team <team@policy.example>\n" \
	"Sent: Monday, 2 November 2026 10:00\nTo: Jo\nSubject: Plots\n\n"    \
	"1. Which sheds?\n\nTool sheds.\n"

static const struct {
	const char *subject, *text;
	bool below; /* what was typed into the original is told of */
} pointing[] = {
	{"Re: Plots", "Our answers are in the text below, in red." ORIGINAL, true},
	{"RE: Plots", "Please see my comments in line.\n\nJo" ORIGINAL, true},
	{"Re: Plots", "Thanks for that." ORIGINAL, false},
	{"Re: Plots", "I agree with what is said below." ORIGINAL, false},
	{"Fwd: Plots", "Jo's answers are below." ORIGINAL, false},
	{"Re: Plots", "My answers are below.\n\n> 1. Which sheds?\n\nTool sheds.\n",
	 false},
};

START_TEST(answers_typed_into_what_is_answered_are_told_of)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *mail = arena_printf(a,
					"From: jo@x.example\nTo: plots@y.example\n"
					"In-Reply-To: <1@x>\nSubject: %s\n\n%s",
					pointing[_i].subject, pointing[_i].text);
	struct mail_message m = read_mail(a, mail, strlen(mail));

	ck_assert_msg(pointing[_i].below ? m.also && strstr(m.also, "Tool sheds.") &&
						   !strstr(m.also, "team@policy")
					 : !m.also,
		      "%s: %s", pointing[_i].text, str_or(m.also, "nothing"));
}
END_TEST

/* Letters and digits alone. */
static const char *letters(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text ? text : ""), *to = out;

	for (const char *at = out; *at; at++)
		if (str_is_alpha(*at) || str_is_digit(*at))
			*to++ = str_lower_char(*at);
	*to = '\0';
	return out;
}

static size_t seen, alike;

static int look(const char *path, const struct stat *st, int type)
{
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) shown = buf_new(4 << 20);
	struct mail_message m;
	struct err err = {0};
	FILE *file;
	char *bytes;
	size_t len;

	if (type != FTW_F || st->st_size > 4 << 20)
		return 0;
	file = fopen(path, "rb");
	ck_assert_ptr_nonnull(file);
	bytes = arena_alloc(a, (size_t)st->st_size + 1);
	len = fread(bytes, 1, (size_t)st->st_size, file);
	(void)fclose(file);
	if (!mail_read(bytes, len, a, &m, &err))
		return 0;
	seen++;
	if (!m.html)
		return 0;
	markup_words(shown, m.html, strlen(m.html));
	/* Judged by another rule than the one that is tested. */
	if (!str_eq(letters(a, m.text), letters(a, buf_text(shown))))
		return 0;
	alike++;
	/* What stands behind the last boundary is none of both. */
	ck_assert_msg(!m.also || !*letters(a, m.also) ||
			      !strstr(letters(a, buf_text(shown)), letters(a, m.also)),
		      "%s: %s", path, m.also);
	return 0;
}

START_TEST(mails_of_others_that_say_the_same_twice_stay_as_they_are)
{
	static const char *const folders[] = {"corpora/mime", "corpora/human",
					      "corpora/reply"};

	if (!unit_shared("corpora"))
		return;
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		ck_assert_int_eq(ftw(unit_shared(folders[i]), look, 16), 0);
	ck_assert_uint_gt(seen, 300);
	ck_assert_uint_gt(alike, 20);
}
END_TEST

/* What a scanner of ten lines finds, where no tag can be mistaken, is found here too. */
START_TEST(no_letter_of_any_text_is_lost)
{
	uint64_t seed = unit_seed();

	for (int round = 0; round < 20000; round++) {
		static const char *const pieces[] = {
			"<",     ">",       "<p>",     "</p>", "<!-",      "-",
			"!",     "<b a=b>", "</html>", "<td>", "<br/>",    "<blockquote>",
			"&amp;", "&#65;",   "word ",   "\n",   "\xC3\xA9", "<x",
			" y",    "<!x>",    "<?x>",    "</",   "/>"};
		AUTO(buf) html = buf_new(4096);
		AUTO(buf) plain = buf_new(4096);
		AUTO(buf) got = buf_new(1 << 16);
		AUTO(arena) a = arena_new(4096);
		const char *at;

		for (int i = 0; i < 12; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			buf_str(html, pieces[(seed >> 33) % ARRAY_LEN(pieces)]);
		}
		if (strstr(buf_text(html), "<!") || strstr(buf_text(html), "<?") ||
		    strchr(buf_text(html), '&') || strstr(buf_text(html), "</"))
			continue;
		/* A tag begins with "<" and a letter, and ends with ">", if it ends. */
		for (at = buf_text(html); *at;) {
			const char *end = *at == '<' && str_is_alpha(at[1])
						  ? strchr(at, '>')
						  : NULL;

			if (end)
				at = end + 1;
			else
				buf_char(plain, *at++);
		}
		markup_words(got, buf_text(html), html->len);
		ck_assert_msg(
			str_eq(letters(a, buf_text(plain)), letters(a, buf_text(got))),
			"\"%s\": \"%s\", not \"%s\"", buf_text(html), buf_text(got),
			buf_text(plain));
	}
}
END_TEST

/* Whatever is repeated, the time is that of its length. */
START_TEST(hostile_markup_takes_no_more_time_than_its_length)
{
	static const char *const units[] = {
		"<!--",    "<!--[if x]>", "<a ",          "<a b=\"", "<a b='",
		"</",      "<style>",     "<![CDATA[",    "&aaaa",   "<!",
		"<!-- --", "<script></",  "<blockquote>", "a\n",     "a b c. ",
		"[x]",     "~~",          "<p a=b c=d "};

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		AUTO(buf) html = buf_new(4 << 20);
		AUTO(buf) got = buf_new(8 << 20);
		AUTO(buf) more = buf_new(8 << 20);
		AUTO(arena) a = arena_new(1 << 16);
		int64_t began = unit_cpu_us();

		while (html->len < (1 << 20))
			buf_str(html, units[i]);
		buf_str(html, "-->\">'>end");
		markup_words(got, buf_text(html), html->len);
		unsaid_lines(unsaid_new(a, "x"), buf_text(got), more);
		unsaid_lines(unsaid_new(a, buf_text(got)), "x", more);
		ck_assert_msg(unit_cpu_us() - began < 10 * 1000 * 1000, "%s: %" PRId64,
			      units[i], unit_cpu_us() - began);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("what a mail also says");
	TCase *t = tcase_create("also");

	mail_read_setup();
	tcase_set_timeout(t, 0);
	tcase_add_loop_test(t, words_are_in_sight_wherever_they_stand, 0,
			    (int)ARRAY_LEN(wordings));
	UNIT_TABLE(t, nothing_is_added_where_both_say_the_same, same);
	tcase_add_test(t, what_says_otherwise_is_added);
	tcase_add_test(t, what_the_layout_quotes_is_quoted);
	UNIT_TABLE(t, answers_typed_into_what_is_answered_are_told_of, pointing);
	tcase_add_test(t, mails_of_others_that_say_the_same_twice_stay_as_they_are);
	tcase_add_test(t, no_letter_of_any_text_is_lost);
	tcase_add_test(t, hostile_markup_takes_no_more_time_than_its_length);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
