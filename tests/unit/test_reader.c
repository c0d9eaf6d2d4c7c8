#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fd.h"
#include "base/str.h"
#include "reader/inspect.h"
#include "reader/reader.h"
#include "reader/wire.h"

#include <dirent.h>
#include <jansson.h>

enum { BOMB_CPU_MS = 60 * 1000, BOMB_WALL_MS = 600 * 1000 };

static const char SIMPLE[] =
	"From: =?utf-8?q?Zo=C3=AB?= <zoe@example.org>\r\n"
	"To: Team <team@example.gov>\r\n"
	"Subject: A reply\r\n"
	"Date: Mon, 20 Nov 2017 10:00:00 +0100\r\n"
	"Message-ID: <1@example.org>\r\n"
	"MIME-Version: 1.0\r\n"
	"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
	"--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\ncaf\xE9\r\n"
	"--b\r\nContent-Type: application/octet-stream; name=\"a.bin\"\r\n"
	"Content-Transfer-Encoding: base64\r\n\r\nAAEC/w==\r\n--b--\r\n";

static struct reader_mail mail_of(const char *text)
{
	return (struct reader_mail){text, strlen(text)};
}

static size_t open_fds(void)
{
	DIR *d = opendir("/proc/self/fd");
	size_t n = 0;

	while (readdir(d))
		n++;
	(void)closedir(d);
	return n;
}

START_TEST(mail_comes_through_the_child_whole)
{
	AUTO(arena) a = arena_new(4096);
	struct err err = {0};
	struct reader_mail in = mail_of(SIMPLE);
	struct mail_message m;
	AUTO(reader) r = NULL;

	ck_assert_msg(reader_open(&r, &err), "%s", err.text);
	ck_assert_msg(reader_read(r, a, &in, 1, &m, &err), "%s", err.text);
	ck_assert_int_eq(m.kind, MAIL_HUMAN);
	ck_assert_str_eq(m.from.name, "Zo\xC3\xAB");
	ck_assert_str_eq(m.from.address, "zoe@example.org");
	ck_assert_str_eq(m.subject, "A reply");
	ck_assert_str_eq(m.text, "caf\xC3\xA9");
	ck_assert_int_eq(m.date_at, 1511168400);
	ck_assert_uint_eq(m.attachment_count, 1);
	ck_assert_str_eq(m.attachments[0].name, "a.bin");
	ck_assert_uint_eq(m.attachments[0].size, 4);
	ck_assert_mem_eq(m.attachments[0].bytes, "\0\1\2\xFF", 4);
	ck_assert_uint_eq(m.limits_hit.count, 0);
}
END_TEST

/* What the role that judges answers gets: no HTML, and yet what it says. */
START_TEST(what_a_person_sees_comes_with_or_without_the_html)
{
	static const struct {
		const char *plain, *html, *words;
		enum mail_seen_what what;
	} mails[] = {
		{"Yes", "<p>Yes</p>", NULL, MAIL_SEEN_WORDS},
		{"Yes", "<p>No, remove me.</p>", "No, remove me.", MAIL_SEEN_WORDS},
		{"Yes", "<p><s>Yes</s></p>", NULL, MAIL_SEEN_MORE},
		{"Yes", "<p>Yes</p><!-- No", NULL, MAIL_SEEN_MORE},
	};
	AUTO(arena) a = arena_new(4096);
	struct err err = {0};

	for (size_t i = 0; i < ARRAY_LEN(mails) * 2; i++) {
		size_t n = i / 2;
		struct reader_mail in = mail_of(arena_printf(
			a,
			"From: a@example.org\r\nContent-Type: multipart/alternative; "
			"boundary=b\r\n\r\n--b\r\n\r\n%s\r\n--b\r\n"
			"Content-Type: text/html\r\n\r\n%s\r\n--b--\r\n",
			mails[n].plain, mails[n].html));
		struct mail_message m;
		AUTO(reader) r = NULL;

		ck_assert_msg(reader_open(&r, &err), "%s", err.text);
		if (i % 2)
			reader_brief(r);
		ck_assert_msg(reader_read(r, a, &in, 1, &m, &err), "%s", err.text);
		ck_assert_str_eq(m.text, mails[n].plain);
		ck_assert_int_eq(m.html == NULL, i % 2);
		ck_assert_int_eq(m.seen.what, mails[n].what);
		ck_assert_msg(str_eq(m.seen.words, mails[n].words), "%s", m.seen.words);
	}
}
END_TEST

/* Of two subjects nobody knows which one was meant. */
START_TEST(mail_with_two_subjects_says_more_than_one)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(reader) r = NULL;
	struct reader_mail in = mail_of("From: a@example.org\r\nSubject: Yes\r\n"
					"SUBJECT: No\r\n\r\nYes\r\n");
	struct mail_message m;
	struct err err = {0};

	ck_assert_msg(reader_open(&r, &err), "%s", err.text);
	ck_assert_msg(reader_read(r, a, &in, 1, &m, &err), "%s", err.text);
	ck_assert_str_eq(m.subject, "Yes");
	ck_assert_int_eq(m.seen.what, MAIL_SEEN_MORE);
}
END_TEST

START_TEST(many_batches_leave_no_descriptor)
{
	AUTO(arena) a = arena_new(4096);
	struct err err = {0};
	struct reader_mail in[3] = {mail_of(SIMPLE), mail_of(""),
				    mail_of("no header at all")};
	struct mail_message m[3];
	AUTO(reader) r = NULL;
	size_t before;

	ck_assert(reader_open(&r, &err));
	ck_assert(reader_read(r, a, in, 3, m, &err));
	before = open_fds();
	for (int i = 0; i < 20; i++)
		ck_assert_msg(reader_read(r, a, in, 3, m, &err), "%s", err.text);
	ck_assert_uint_eq(open_fds(), before);
	ck_assert_str_eq(m[2].text, "no header at all");
}
END_TEST

static struct buf *repeated(const char *before, const char *unit, size_t times,
			    const char *after)
{
	struct buf *b = buf_new((size_t)80 << 20);

	buf_str(b, before);
	for (size_t i = 0; i < times; i++)
		buf_str(b, unit);
	buf_str(b, after);
	return b;
}

enum { FILES_MOST = 2000 }; /* of one mail */

#define HEAD "From: a@example.org\nSubject: bomb\nMIME-Version: 1.0\n"

static const struct {
	const char *name, *before, *unit;
	size_t times;
	const char *after;
	const char *limit; /* NULL: any or none, so it answers */
} bombs[] = {
	{"parts", HEAD "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n",
	 100000, "--b--\n", "parts"},
	{"parts in mails", HEAD "Content-Type: multipart/mixed; boundary=c\n\n",
	 "--c\nContent-Type: message/rfc822\n\nSubject: y\n"
	 "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
	 "Content-Type: x/y\n\nx\n--b\nContent-Type: x/y\n\nx\n--b--\n",
	 1500, "--c--\n", "parts"},
	{"uuencoded files", HEAD "\n", "begin 644 a.txt\n#86)C\n`\nend\n", 60000, "\n",
	 "parts"},
	{"uuencoded files in parts", HEAD "Content-Type: multipart/mixed; boundary=b\n\n",
	 "--b\n\nbegin 644 a.txt\n#86)C\n`\nend\nbegin 644 b.txt\n#86)C\n`\nend\n", 1500,
	 "--b--\n", "parts"},
	{"yenc files", HEAD "\n",
	 "=ybegin line=128 size=3 name=a.txt\n\213\214\215\n=yend size=3\n", 30000, "\n",
	 "parts"},
	{"header fields", HEAD, "X-A: b\n", 500000, "\nbody\n", "header"},
	{"header line", HEAD "X-A: ", "0123456789", 2000000, "\n\nbody\n",
	 "header field"},
	{"encoded words", HEAD "Cc: ", "=?utf-8?q?a?=\n ", 1000000, "\n\nbody\n",
	 "header field"},
	{"nested mails", HEAD, "Content-Type: message/rfc822\n\nSubject: y\n", 50000,
	 "\nx\n", "nesting"},
	{"groups", HEAD "Content-Type: message/rfc822\n\nTo: ", "g:", 500000, "\n\nx\n",
	 "header field"},
	{"comments", HEAD "To: ", "(", 1000000, "\n\nx\n", "header field"},
	{"html", HEAD "Content-Type: text/html\n\n", "<div>", 1000000, "x", "html"},
	{"tables", HEAD "Content-Type: text/html\n\n", "<table><tr><td>", 200000, "x",
	 "html"},
	{"end tags", HEAD "Content-Type: text/html\n\n<i><b><u>", "</p></x>", 300000, "x",
	 NULL},
	{"addresses", HEAD "To: ", "a@b,", 4000, "\n\nx\n", NULL},
	{"parameters", HEAD "Content-Type: text/plain", "; a*0=b", 2000, "\n\nx\n", NULL},
	{"padding", HEAD "Content-Transfer-Encoding: base64\n\n", "=", 5000000, "\n",
	 NULL},
	{"quotes", HEAD "\n", "> a\n", 1000000, "\n", NULL},
	{"attributions", HEAD "\n", "On 1 May 2017 at 10:00, a@b wrote:\n", 200000, "\n",
	 NULL},
	{"escapes", HEAD "Content-Type: text/plain; charset=utf-7\n\n", "+", 3000000,
	 "\n", NULL},
};

/* Each must be answered between two mails that are well, which must stay so. */
START_TEST(bomb_is_marked_and_its_neighbours_are_read)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf)
	bomb = repeated(bombs[_i].before, bombs[_i].unit, bombs[_i].times,
			bombs[_i].after);
	struct reader_mail in[3] = {
		mail_of(SIMPLE), {bomb->bytes, bomb->len}, mail_of(SIMPLE)};
	struct mail_message m[3];
	struct err err = {0};
	AUTO(reader) r = NULL;
	bool hit = false;

	ck_assert(reader_open(&r, &err));
	/* what is asked is what the reader does about them, not how fast it is here */
	reader_limits(r, 0, BOMB_CPU_MS);
	reader_patience(r, BOMB_WALL_MS);
	ck_assert_msg(reader_read(r, a, in, 3, m, &err), "%s", err.text);
	ck_assert_str_eq(m[0].subject, "A reply");
	ck_assert_str_eq(m[2].subject, "A reply");
	for (size_t i = 0; i < m[1].limits_hit.count; i++) {
		const char *limit = m[1].limits_hit.items[i];

		hit |= str_eq(limit, bombs[_i].limit);
		ck_assert_msg(!str_eq(limit, "crash") && !str_eq(limit, "time") &&
				      !str_eq(limit, "patience"),
			      "%s: %s", bombs[_i].name, limit);
	}
	ck_assert_msg(hit || !bombs[_i].limit, "%s: hit %zu limits, not %s",
		      bombs[_i].name, m[1].limits_hit.count, bombs[_i].limit);
	ck_assert_uint_le(m[1].attachment_count, FILES_MOST);
	if (!m[1].limits_hit.count || hit)
		ck_assert_str_eq(m[1].from.address, "a@example.org");
}
END_TEST

static void bad_one_among_good(struct reader *r, const struct buf *bad, const char *limit)
{
	AUTO(arena) a = arena_new(4096);
	struct reader_mail in[4] = {mail_of(SIMPLE),
				    {bad->bytes, bad->len},
				    mail_of(SIMPLE),
				    {bad->bytes, bad->len}};
	struct mail_message m[4];
	struct err err = {0};

	ck_assert_msg(reader_read(r, a, in, 4, m, &err), "%s", err.text);
	for (size_t i = 0; i < 4; i++) {
		if (i % 2 == 0) {
			ck_assert_str_eq(m[i].subject, "A reply");
			continue;
		}
		ck_assert_int_eq(m[i].kind, MAIL_HUMAN);
		ck_assert_ptr_null(m[i].subject);
		ck_assert_uint_eq(m[i].limits_hit.count, 1);
		ck_assert_msg(str_eq(m[i].limits_hit.items[0], limit), "hit %s, not %s",
			      m[i].limits_hit.items[0], limit);
	}
}

START_TEST(mail_that_takes_too_long_is_marked_alone)
{
	AUTO(buf)
	bad = repeated(HEAD "Content-Type: text/html\n\n", "<p>x</p>", 2000000, "");
	struct err err = {0};
	AUTO(reader) r = NULL;

	ck_assert(reader_open(&r, &err));
	/* Of the processor: under sanitizers a good one may take more than 20. */
	reader_limits(r, 0, 200);
	bad_one_among_good(r, bad, "time");
}
END_TEST

START_TEST(who_waits_gets_an_answer_when_patience_ends)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf)
	bad = repeated(HEAD "Content-Type: text/html\n\n", "<p>x</p>", 2000000, "");
	struct reader_mail slow = {buf_text(bad), bad->len}, good = mail_of(SIMPLE);
	struct err err = {0};
	struct mail_message m;
	AUTO(reader) r = NULL;

	ck_assert(reader_open(&r, &err));
	reader_patience(r, 20);
	ck_assert_msg(reader_read(r, a, &slow, 1, &m, &err), "%s", err.text);
	ck_assert_uint_eq(m.limits_hit.count, 1);
	ck_assert_str_eq(m.limits_hit.items[0], "patience");
	reader_patience(r, BOMB_WALL_MS);
	ck_assert_msg(reader_read(r, a, &good, 1, &m, &err), "%s", err.text);
	ck_assert_str_eq(m.subject, "A reply");
}
END_TEST

#ifndef MERCAT_SANITIZED
START_TEST(mail_that_takes_too_much_memory_is_marked_alone)
{
	AUTO(buf) bad = repeated(HEAD "\n", "0123456789\n", 3000000, "");
	struct err err = {0};
	AUTO(reader) r = NULL;

	ck_assert(reader_open(&r, &err));
	reader_limits(r, 40 << 20, 0);
	bad_one_among_good(r, bad, "memory");
}
END_TEST
#endif

START_TEST(packed_message_is_refused_at_every_cut_and_change)
{
	const char *ids[] = {"x@y"};
	struct mail_attachment att = {.name = "n", .type = "text/plain", .size = 3};
	struct mail_failed_recipient failed = {.address = "a@b",
					       .verdict = MAIL_PERMANENT};
	struct mail_message m = {.kind = MAIL_BOUNCE,
				 .subject = "caf\xC3\xA9",
				 .references = {ids, 1},
				 .attachments = &att,
				 .attachment_count = 1,
				 .failed = &failed,
				 .failed_count = 1};
	struct mail_message back;
	AUTO(buf) b = buf_new(10000);
	AUTO(arena) a = arena_new(4096);

	secret_sha256_hex("abc", 3, att.sha256);
	reader_pack(b, &m, READER_WHOLE);
	ck_assert(reader_unpack(b->bytes, b->len, a, &back));
	ck_assert_str_eq(back.subject, m.subject);
	ck_assert_str_eq(back.failed[0].address, "a@b");
	ck_assert_int_eq(back.kind, MAIL_BOUNCE);
	for (size_t len = 0; len < b->len; len++) {
		char *exact = malloc(len ? len : 1);

		memcpy(exact, b->bytes, len);
		ck_assert_msg(!reader_unpack(exact, len, a, &back),
			      "a cut at %zu was taken", len);
		free(exact);
	}
	/* Any byte may be changed; it is refused or read, and never runs away. */
	for (size_t i = 0; i < b->len; i++)
		for (int bit = 0; bit < 8; bit++) {
			char kept = b->bytes[i];

			b->bytes[i] = (char)(kept ^ (1 << bit));
			if (reader_unpack(b->bytes, b->len, a, &back))
				ck_assert(back.kind <= MAIL_COMMAND);
			b->bytes[i] = kept;
			arena_reset(a);
		}
}
END_TEST

static const char *const json_keys[] = {
	"file",   "kind",      "reasons",   "from",        "reply_to",    "to",
	"cc",     "subject",   "date",      "message_id",  "in_reply_to", "references",
	"text",   "html",      "text_new",  "text_quoted", "also",        "attachments",
	"bounce", "complaint", "limits_hit"};

START_TEST(json_has_every_key_and_takes_any_file_name)
{
	const struct mail_message empty = {0};
	AUTO(buf) b = buf_new(10000);
	json_error_t why;
	json_t *line;

	reader_inspect_json(&empty, "bad\xFF\x01name\"\\\n", b);
	ck_assert_int_eq(b->bytes[b->len - 1], '\n');
	line = json_loads(buf_text(b), JSON_REJECT_DUPLICATES, &why);
	ck_assert_msg(line != NULL, "%s in %s", why.text, buf_text(b));
	ck_assert_uint_eq(json_object_size(line), ARRAY_LEN(json_keys));
	for (size_t i = 0; i < ARRAY_LEN(json_keys); i++)
		ck_assert_msg(json_object_get(line, json_keys[i]) != NULL, "%s",
			      json_keys[i]);
	ck_assert_str_eq(json_string_value(json_object_get(line, "kind")), "human");
	ck_assert(json_is_null(json_object_get(line, "text")));
	json_decref(line);
}
END_TEST

START_TEST(batch_gives_a_line_for_a_file_that_is_not_there)
{
	char paths[] = "/nonexistent/one\n\n/nonexistent/two\n";
	char *out = NULL;
	size_t len = 0, lines = 0;
	FILE *in = fmemopen(paths, sizeof(paths) - 1, "r"),
	     *to = open_memstream(&out, &len);
	struct err err = {0};

	ck_assert_msg(reader_inspect_batch(in, to, &err), "%s", err.text);
	(void)fclose(in);
	(void)fclose(to);
	for (char *p = out; (p = strchr(p, '\n')); p++)
		lines++;
	ck_assert_uint_eq(lines, 2);
	ck_assert_ptr_nonnull(strstr(out, "\"limits_hit\":[\"unreadable\"]"));
	free(out);
}
END_TEST

START_TEST(file_gives_its_line_or_is_a_mistake)
{
	static const char mail[] = "From: a@example.test\nSubject: Hello\n\nWords.\n";
	char folder[UNIT_FOLDER], path[UNIT_FOLDER + 10];
	char *out = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&out, &len);
	struct err err = {0};

	unit_folder(folder, "inspect");
	(void)snprintf(path, sizeof(path), "%s/a.eml", folder);
	ck_assert(fd_write_file(path, mail, strlen(mail), 0600, &err));
	ck_assert_msg(reader_inspect_file(path, to, &err), "%s", err.text);
	(void)unlink(path);
	ck_assert(!reader_inspect_file(path, to, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	(void)fclose(to);
	(void)rmdir(folder);
	ck_assert_msg(strstr(out, "\"subject\":\"Hello\""), "%s", out);
	free(out);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("reader");
	TCase *tc = tcase_create("reader");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, mail_comes_through_the_child_whole);
	tcase_add_test(tc, what_a_person_sees_comes_with_or_without_the_html);
	tcase_add_test(tc, mail_with_two_subjects_says_more_than_one);
	tcase_add_test(tc, many_batches_leave_no_descriptor);
	UNIT_TABLE(tc, bomb_is_marked_and_its_neighbours_are_read, bombs);
	tcase_add_test(tc, mail_that_takes_too_long_is_marked_alone);
	tcase_add_test(tc, who_waits_gets_an_answer_when_patience_ends);
#ifndef MERCAT_SANITIZED
	tcase_add_test(tc, mail_that_takes_too_much_memory_is_marked_alone);
#endif
	tcase_add_test(tc, packed_message_is_refused_at_every_cut_and_change);
	tcase_add_test(tc, json_has_every_key_and_takes_any_file_name);
	tcase_add_test(tc, batch_gives_a_line_for_a_file_that_is_not_there);
	tcase_add_test(tc, file_gives_its_line_or_is_a_mistake);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
