#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "mail/fields/address.h"
#include "mail/fields/block.h"
#include "mail/decode/decode.h"
#include "mail/fields/header.h"
#include "mail/read/read.h"
#include "mail/read/unquoted.h"

static const struct {
	const char *raw, *want;
} headers[] = {
	{"plain", "plain"},
	{"=?utf-8?q?caf=C3=A9?=", "caf\xC3\xA9"},
	{"=?UTF-8?B?Y2Fmw6k=?=", "caf\xC3\xA9"},
	{"=?iso-8859-1?Q?a?= =?iso-8859-1?Q?b?=", "ab"},
	{"=?iso-8859-1?Q?a?=\n =?utf-8?Q?b?=", "ab"},
	{"=?utf-8?B?w?= =?utf-8?B?6Q==?=", "\xC3\xA9"}, /* a letter cut in two */
	{"x =?utf-8?q?a?= y", "x a y"},
	{"=?utf-8?q?with blanks in it?=", "with blanks in it"},
	{"=?utf-8?q?a?=b", "ab"},
	{"=?utf-8?q?never ended", "=?utf-8?q?never ended"},
	{"=?utf-8?q?one =?utf-8?q?two?=", "=?utf-8?q?one two"},
	{"=?no-such?q?caf=E9?=", "caf\xC3\xA9"},
	{"=?utf-8*en?q?a?=", "a"},
	{"folded\n  here", "folded here"},
	{"caf\xE9", "caf\xC3\xA9"},
	{"", ""},
};

START_TEST(header_is_decoded_as_leniently_as_it_is_written)
{
	AUTO(arena) a = arena_new(1024);
	const char *got = mail_header_text(a, headers[_i].raw, NULL);

	ck_assert_msg(str_eq(got, headers[_i].want), "%s: got \"%s\", want \"%s\"",
		      headers[_i].raw, got, headers[_i].want);
}
END_TEST

static const struct {
	const char *raw, *want;
} params[] = {
	{"attachment; filename=a.txt", "a.txt"},
	{"attachment; filename=\"a b.txt\"; size=3", "a b.txt"},
	{"attachment; filename=my report.pdf; x=y", "my report.pdf"},
	{"attachment; filename*=utf-8''caf%C3%A9.txt", "caf\xC3\xA9.txt"},
	{"attachment; filename*1=b.txt; filename*0=\"a\"", "ab.txt"},
	{"attachment; filename*0*=iso-8859-1'en'caf%E9; filename*1=\".txt\"",
	 "caf\xC3\xA9.txt"},
	{"attachment; filename=\"=?utf-8?q?caf=C3=A9?=\"", "caf\xC3\xA9"},
	{"attachment; filename=plain; filename*=utf-8''coded", "coded"},
	{"attachment; FileName=\"x\\\"y\"", "x\"y"},
	{"attachment; filename=\"C:\\dir\\a\"", "C:\\dir\\a"},
	{"attachment (a; filename=no); filename=yes", "yes"},
	{"attachment filename=forgotten", "forgotten"},
	{"attachment; filename=\"unended", "unended"},
	{"attachment; myfilename=x", NULL},
	{"attachment", NULL},
};

START_TEST(parameter_is_found_in_every_way_it_is_written)
{
	AUTO(arena) a = arena_new(1024);
	const char *got = mail_header_param(a, params[_i].raw, "filename", NULL);

	ck_assert_msg(str_eq(got, params[_i].want), "%s: got \"%s\", want \"%s\"",
		      params[_i].raw, str_or(got, "(none)"),
		      str_or(params[_i].want, "(none)"));
}
END_TEST

static const struct {
	const char *raw, *want; /* "name|address;..." */
} addresses[] = {
	{"a@b.org", "|a@b.org;"},
	{"A B <a@b.org>", "A B|a@b.org;"},
	{"\"B, A\" <a@b.org>, c@d.org", "B, A|a@b.org;|c@d.org;"},
	{"a@b.org (A B)", "A B|a@b.org;"},
	{"=?utf-8?q?B=2C_A?= <a@b.org>", "B, A|a@b.org;"},
	{"'A B' <a@b.org>", "A B|a@b.org;"},
	{"a@b.org; c@d.org", "|a@b.org;|c@d.org;"},
	{"group: a@b.org, c@d.org;", "|a@b.org;|c@d.org;"},
	{"undisclosed-recipients:;", ""},
	{"<@relay,@other:a@b.org>", "|a@b.org;"},
	{"A <a@b.org", "A|a@b.org;"},
	{"<<a@b.org>>", "|a@b.org;"},
	{"A <a@b.org, B <c@d.org>", "A|a@b.org;B|c@d.org;"},
	{"\"a b\"@c.org", "|\"a b\"@c.org;"},
	{"A. B. <a@b.org>", "A. B.|a@b.org;"},
	{"<>", ""},
	{"A B a@b.org", "A B|a@b.org;"},
	{"a @ b.org", "|a@b.org;"},
	{"g:g:g:g:a@b.org", "|a@b.org;"},
	{"(only a comment", "only a comment|;"},
};

START_TEST(addresses_are_read_however_wild)
{
	AUTO(arena) a = arena_new(1024);
	AUTO(buf) got = buf_new(1000);
	struct mail_addresses list = mail_addresses_read(a, addresses[_i].raw, NULL);

	for (size_t i = 0; i < list.count; i++)
		buf_printf(got, "%s|%s;", str_or(list.items[i].name, ""),
			   str_or(list.items[i].address, ""));
	ck_assert_msg(str_eq(buf_text(got), addresses[_i].want), "%s: got %s, want %s",
		      addresses[_i].raw, buf_text(got), addresses[_i].want);
}
END_TEST

static const struct {
	enum mail_encoding encoding;
	const char *coded, *want;
} codes[] = {
	{MAIL_ENCODING_BASE64, "Y2Fm\nZQ==", "cafe"},
	{MAIL_ENCODING_BASE64, "Y2FmZQ", "cafe"}, /* the tail lost its padding */
	{MAIL_ENCODING_BASE64, "Y2*Fm ZQ==", "cafe"},
	{MAIL_ENCODING_BASE64, "YQ==Yg==", "ab"},
	{MAIL_ENCODING_BASE64, "YQ==\n_____\nA footer, said the list", "a"},
	{MAIL_ENCODING_QP, "a=3Db=\nc =\t\nd", "a=bc d"},
	{MAIL_ENCODING_QP, "50 =% =zz =", "50 =% =zz "},
	{MAIL_ENCODING_QP, "blanks  \nhere", "blanks\nhere"},
	{MAIL_ENCODING_UU, "begin 644 x\n#86)C\n`\nend\n", "abc"},
	{MAIL_ENCODING_NONE, "=3D", "=3D"},
};

START_TEST(transfer_decoding_loses_nothing_that_can_be_read)
{
	char *exact = malloc(strlen(codes[_i].coded));
	size_t len = strlen(codes[_i].coded), n;

	memcpy(exact, codes[_i].coded, len);
	n = mail_decode_in_place(exact, len, codes[_i].encoding);
	ck_assert_msg(n == strlen(codes[_i].want) &&
			      memcmp(exact, codes[_i].want, n) == 0,
		      "%s: got %.*s", codes[_i].coded, (int)n, exact);
	free(exact);
}
END_TEST

static size_t next_random(uint64_t *io)
{
	*io = *io * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(*io >> 33);
}

/* Whole words of code are looked at at once: the same is told as letter by letter. */
START_TEST(code_is_told_as_letter_by_letter)
{
	static const char signs[] = "AZaz09+/-_AZaz09+/=  \n.*";
	uint64_t random = unit_seed();

	for (int round = 0; round < 50000; round++) {
		char text[40];
		size_t len = next_random(&random) % sizeof(text), letters = 0;
		bool ended = false, code = true;

		for (size_t i = 0; i < len; i++) {
			char c = signs[next_random(&random) % (sizeof(signs) - 1)];

			text[i] = c;
			ended = ended || c == '=';
			letters += strchr(" \n=", c) == NULL;
			code = code && !strchr(".*", c) && (!ended || strchr(" \n=", c));
		}
		ck_assert_msg(mail_decodes(text, len, "base64") ==
				      (code && letters % 4 != 1),
			      "%.*s", (int)len, text);
	}
}
END_TEST

#define MULTI "From: a@b.org\nMIME-Version: 1.0\nContent-Type: multipart/"

static const struct {
	const char *name, *mail, *text, *html, *names; /* of attachments, each with ';' */
} mails[] = {
	{"plain", "Subject: x\n\nhello\n", "hello\n", NULL, ""},
	{"bare CR", "Subject: x\r\rhello\r", "hello\n", NULL, ""},
	{"CRLF", "Subject: x\r\n\r\nhello\r\n", "hello\n", NULL, ""},
	{"mbox line", "From a@b Mon Nov 20 10:00:00 2017\nSubject: x\n\nhello\n",
	 "hello\n", NULL, ""},
	{"no header", "hello, world\n", "hello, world\n", NULL, ""},
	{"no blank line", "Subject: x\nDear all,\nhello\n", "Dear all,\nhello\n", NULL,
	 ""},
	{"lost indent", "Subject: one\ntwo\nTo: a@b.org\n\nhello\n", "hello\n", NULL, ""},
	{"html only", "Content-Type: text/html\n\n<p>hello</p>\n", "hello\n",
	 "<p>hello</p>\n", ""},
	{"alternative",
	 MULTI "alternative; boundary=b\n\n--b\n\nplain\n--b\nContent-Type: "
	       "text/html\n\n<p>rich</p>\n--b--\n",
	 "plain", "<p>rich</p>", ""},
	{"blank alternative",
	 MULTI "alternative; boundary=b\n\n--b\n\n \n--b\nContent-Type: "
	       "text/html\n\n<p>rich</p>\n--b--\n",
	 " \nrich\n", "<p>rich</p>", ""},
	{"never closed", MULTI "mixed; boundary=b\n\n--b\n\nhello\n", "hello\n", NULL,
	 ""},
	{"part's text runs in",
	 MULTI "mixed; boundary=b\n\n--b\nContent-Type: text/plain\n"
	       "hello\n--b--\n",
	 "hello", NULL, ""},
	{"says base64",
	 "Content-Transfer-Encoding: base64\n\nbut it is not and says one two "
	 "three four\n",
	 "but it is not and says one two three four\n", NULL, ""},
	{"wrong boundary",
	 MULTI "mixed; boundary=b\n\n--c\nContent-Type: text/plain\n\nhello\n"
	       "--c\nContent-Type: text/x; name=n\n\nfile\n--c--\n",
	 "hello", NULL, "n;"},
	{"flowed",
	 "Content-Type: text/plain; format=flowed\n\none \ntwo\n> q \n> r\n-- \nme\n",
	 "one two\n> q r\n-- \nme\n", NULL, ""},
	{"delsp", "Content-Type: text/plain; format=flowed; delsp=yes\n\none \ntwo\n",
	 "onetwo\n", NULL, ""},
	{"uuencode", "Subject: x\n\nsee:\nbegin 644 a.txt\n#86)C\n`\nend\nbye\n",
	 "see:\nbye\n", NULL, "a.txt;"},
	{"winmail",
	 MULTI "mixed; boundary=b\n\n--b\n\nhi\n--b\nContent-Type: "
	       "application/ms-tnef; name=\"winmail.dat\"\n\nx\n--b--\n",
	 "hi", NULL, "winmail.dat;"},
	{"nested",
	 MULTI "mixed; boundary=b\n\n--b\n\nhi\n--b\nContent-Type: message/rfc822\n\n"
	       "Subject: in\nContent-Type: text/plain; name=deep.txt\n\nx\n--b--\n",
	 "hi", NULL, ";deep.txt;"},
	{"text file",
	 MULTI "mixed; boundary=b\n\n--b\n\nhi\n--b\nContent-Type: text/plain\n"
	       "Content-Disposition: attachment; filename=f.txt\n\nx\n--b--\n",
	 "hi", NULL, "f.txt;"},
	{"locked",
	 "Subject: x\n\nhello\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n"
	 "-----END PGP MESSAGE-----\nbye\n",
	 "hello\n\nbye\n", NULL, "encrypted.asc;"},
	{"locked, and no more",
	 "Subject: x\n\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n",
	 NULL, NULL, "encrypted.asc;"},
	{"locked without an end", "Subject: x\n\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n",
	 "-----BEGIN PGP MESSAGE-----\n\nhQEM\n", NULL, ""},
	{"empty", "", NULL, NULL, ""},
};

START_TEST(mail_is_read_as_its_sender_meant_it)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) names = buf_new(1000);
	struct mail_message m;
	struct err err = {0};
	size_t len = strlen(mails[_i].mail);
	char *exact = malloc(len ? len : 1);

	mail_read_setup();
	memcpy(exact, mails[_i].mail, len);
	ck_assert_msg(mail_read(exact, len, a, &m, &err), "%s: %s", mails[_i].name,
		      err.text);
	free(exact);
	for (size_t i = 0; i < m.attachment_count; i++)
		buf_printf(names, "%s;", str_or(m.attachments[i].name, ""));
	ck_assert_msg(str_eq(m.text, mails[_i].text), "%s: text \"%s\"", mails[_i].name,
		      str_or(m.text, "(none)"));
	ck_assert_msg(str_eq(m.html, mails[_i].html), "%s: html \"%s\"", mails[_i].name,
		      str_or(m.html, "(none)"));
	ck_assert_msg(str_eq(buf_text(names), mails[_i].names), "%s: attachments %s",
		      mails[_i].name, buf_text(names));
}
END_TEST

static const struct {
	const char *name, *text, *want, *quoted;
} replies[] = {
	{"nothing quoted", "Hello.\n\nBye.", "Hello.\n\nBye.", NULL},
	{"top", "Yes.\n\nOn 1 May 2017 at 10:00, A <a@b.org> wrote:\n> No?\n", "Yes.",
	 "On 1 May 2017 at 10:00, A <a@b.org> wrote:\n> No?"},
	{"wrapped",
	 "Yes.\n\nOn Mon, May 1, 2017 at 10:00 AM, A B\n<a@b.org> wrote:\n> No?\n> Hm.",
	 "Yes.", "On Mon, May 1, 2017 at 10:00 AM, A B\n<a@b.org> wrote:\n> No?\n> Hm."},
	{"between",
	 "On 1 May 2017 at 10:00, A <a@b.org> wrote:\n> Question one?\nAnswer one.\n"
	 "> Question two?\nAnswer two.\n> The rest.",
	 "> Question one?\nAnswer one.\n> Question two?\nAnswer two.",
	 "On 1 May 2017 at 10:00, A <a@b.org> wrote:\n> The rest."},
	{"answer below",
	 "Hello.\n\nOn 1 May 2017 at 10:00, A <a@b.org> wrote:\n> One?\n> Two?\n\n"
	 "We agree with both.",
	 "Hello.\n\n> One?\n> Two?\n\nWe agree with both.",
	 "On 1 May 2017 at 10:00, A <a@b.org> wrote:"},
	{"headers", "Yes.\n\nFrom: A\nSent: Monday\nTo: B\nSubject: C\n\nNo?", "Yes.",
	 "From: A\nSent: Monday\nTo: B\nSubject: C\n\nNo?"},
	{"french headers",
	 "Oui.\n\nDe : A\nEnvoy\xC3\xA9 : lundi\n\xC3\x80 : B\nObjet : C\n\nNon?", "Oui.",
	 "De : A\nEnvoy\xC3\xA9 : lundi\n\xC3\x80 : B\nObjet : C\n\nNon?"},
	{"german", "Ja.\n\nAm 01.05.2017 um 10:00 schrieb A <a@b.org>:\n> Nein?\n> Doch.",
	 "Ja.", "Am 01.05.2017 um 10:00 schrieb A <a@b.org>:\n> Nein?\n> Doch."},
	{"signature", "Yes.\n-- \nA B\nSomewhere", "Yes.", "-- \nA B\nSomewhere"},
	{"device", "Yes.\n\nSent from my phone", "Yes.", "Sent from my phone"},
	{"ruler in a text", "Part one.\n-----\nPart two.", "Part one.\n-----\nPart two.",
	 NULL},
	{"a form", "Name: A\nOrganisation: B\nDate: today\nYes.",
	 "Name: A\nOrganisation: B\nDate: today\nYes.", NULL},
	{"pure forward",
	 "---------- Forwarded message ---------\nFrom: A\nDate: B\nSubject: C\n"
	 "To: D\n\nText.",
	 "---------- Forwarded message ---------\nFrom: A\nDate: B\nSubject: C\nTo: D\n\nText.",
	 NULL},
	{"said, not quoted", "As A wrote: this is good.\nI agree.",
	 "As A wrote: this is good.\nI agree.", NULL},
};

START_TEST(reply_is_cut_where_the_quote_begins_and_keeps_every_word)
{
	AUTO(arena) a = arena_new(4096);
	const char *new, *quoted;

	mail_reply_cut(a, replies[_i].text, &new, &quoted);
	ck_assert_msg(str_eq(new, replies[_i].want), "%s: new \"%s\"", replies[_i].name,
		      str_or(new, "(none)"));
	ck_assert_msg(str_eq(quoted, replies[_i].quoted), "%s: quoted \"%s\"",
		      replies[_i].name, str_or(quoted, "(none)"));
}
END_TEST

static const struct {
	const char *raw, *want; /* each with ';' */
} ids[] = {
	{"<a@b>", "a@b;"}, {"<a@b> <c@d>", "a@b;c@d;"},
	{"a@b", "a@b;"},   {"<a\n @b>", "a@b;"},
	{";", ""},         {" , x", ""},
	{"<a@b", "a@b;"},  {"<><a@b>", "a@b;"},
	{"", ""},          {"text <a@b> more", "a@b;"},
};

START_TEST(message_ids_are_read_and_end)
{
	AUTO(arena) a = arena_new(1024);
	AUTO(buf) got = buf_new(1000);
	struct mail_strings list = mail_header_ids(a, ids[_i].raw);

	for (size_t i = 0; i < list.count; i++)
		buf_printf(got, "%s;", list.items[i]);
	ck_assert_msg(str_eq(buf_text(got), ids[_i].want), "%s: got %s", ids[_i].raw,
		      buf_text(got));
}
END_TEST

START_TEST(folded_field_ends_where_its_line_ends)
{
	AUTO(arena) a = arena_new(4096);
	struct mail_block block;
	const char *rest =
		mail_block_read(a, "A: one\n      two\nB: three\n\nC: four\n", &block);

	ck_assert_uint_eq(block.count, 2);
	ck_assert_str_eq(mail_block_value(&block, "a"), "one two");
	ck_assert_str_eq(mail_block_value(&block, "b"), "three");
	ck_assert_str_eq(rest, "C: four\n");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mail reading");
	TCase *tc = tcase_create("mail reading");

	UNIT_TABLE(tc, header_is_decoded_as_leniently_as_it_is_written, headers);
	UNIT_TABLE(tc, parameter_is_found_in_every_way_it_is_written, params);
	UNIT_TABLE(tc, addresses_are_read_however_wild, addresses);
	UNIT_TABLE(tc, transfer_decoding_loses_nothing_that_can_be_read, codes);
	tcase_add_test(tc, code_is_told_as_letter_by_letter);
	UNIT_TABLE(tc, mail_is_read_as_its_sender_meant_it, mails);
	UNIT_TABLE(tc, reply_is_cut_where_the_quote_begins_and_keeps_every_word, replies);
	UNIT_TABLE(tc, message_ids_are_read_and_end, ids);
	tcase_add_test(tc, folded_field_ends_where_its_line_ends);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
