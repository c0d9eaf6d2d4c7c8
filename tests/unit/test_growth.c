/*
 * Whoever can send a mail can send a long one of the same few letters: what reads it may take as
 * long as it is long, and no longer. Read, taken as a response, and as the text of a file, all of
 * which happens while the store waits.
 *
 * Two lengths are compared with one another in the processor's own time, which no load changes:
 * six times the text may take three times six times as long. What is squared takes 36. The
 * shorter one is long enough for the memory of both to come anew from the system.
 */
#include "tests/unit/response_scene.h"

#include "base/str.h"
#include "consent/consent.h"
#include "consent/stay.h"
#include "document/model.h"
#include "domain/admin/consultation.h"
#include "domain/core/plus_address.h"
#include "domain/intake/attachment_text.h"
#include "domain/responses/response_answer.h"
#include "mail/read/read.h"
#include "text/figures/csv.h"
#include "text/markup/html_safe.h"

#include <time.h>

enum {
	SHORT = 48 << 10,
	SIGNS = 20 << 10,
	TIMES = 6,
	ROUNDS = 3,
	LONGER = 3,
	UNSEEN = 3 << 19,
	ODD = TIMES + TIMES / 2,
	TOLERATED = 3 * TIMES
};
#ifdef MERCAT_SANITIZED /* it is slow, and not about memory */
enum { EACH = 11, LONGEST = SHORT };
#else
enum { EACH = 1, LONGEST = 9 * SHORT };
#endif
/* Less is noise; and what takes no longer than that is not squared, whatever else runs. */
#define FLOOR_S 0.004
#define HARMLESS_S 1.0

static struct stage scene;

static const char *const shapes[] = {
	"a,",
	"a ",
	"a.",
	"a\n",
	"A. ",
	"|",
	"| a ",
	"a | x\n",
	"| a | [x] |\n",
	"Publish response with name | x\n",
	"yes | no\n",
	"a: none\n",
	"no\n",
	"publish\n",
	"so it goes on and on and on\n",
	"&",
	"&amp;",
	">",
	"> a\n",
	"-",
	"- a\n",
	"--\n",
	"_",
	"*",
	"# a\n",
	"1",
	"1. a\n",
	"Q1: a\n",
	"Question 1 ",
	"[ ] ",
	"[x] a\n",
	"[",
	"(",
	"()",
	"\"",
	"a'",
	"a: ",
	"a: b\n",
	"http://a ",
	"a@b.example ",
	"@",
	"é",
	"“",
	"漢。",
	"\xC2\xA0",
	"\t",
	" ",
	"\n",
	"\r\n",
	"a\n\n",
	"Dear a,\n",
	"Regards,\na\n",
	"From: a\n",
	"On a wrote:\n",
	"yes no ",
	"not ",
	"I am a ",
	"he hit me. ",
	"<",
	"<b>",
	"<td>a",
	"<!--",
	"=3D",
	"☐ a ",
	"...",
	"?",
	"0",
	"{{",
	"@a;",
	"@a{",
	".a{display:none}",
	".a{b",
	"/*",
	"a:b;",
	" a\n",
	"Ada Brown\n",
	"> a\nb\n",
	("Which words are no longer understood?\nx\n"
	 "Should neglect of feelings be named in the law?\nx\n")};

/* Each alone, before a blank and before a tab. */
static const char *const signs[] = {".",  ",", ";", ":", "!",  "?", "-", "*", "+", "#",
				    "~",  "^", "%", "$", "=",  "/", "_", "|", "(", ")",
				    "[",  "]", "{", "}", "\"", "'", "<", ">", "&", "@",
				    "\\", "`", "…", "–", "•",  "“", "”", "é", "1", "A"};

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static char *repeated(struct arena *arena, const char *shape, size_t len)
{
	size_t one = strlen(shape), n = len / one;
	char *text = arena_alloc(arena, n * one + 1);

	for (size_t i = 0; i < n; i++)
		memcpy(text + i * one, shape, one);
	text[n * one] = '\0';
	return text;
}

static void read_plain(const char *text)
{
	AUTO(arena) arena = arena_new(1 << 20);
	const char *mail = arena_printf(
		arena, "From: a@x.example\nTo: b@y.example\nSubject: s\n\n%s\n", text);
	struct mail_message m;
	struct err err = {0};

	ck_assert_msg(mail_read(mail, strlen(mail), arena, &m, &err), "%s", err.text);
}

static void read_html(const char *text)
{
	AUTO(arena) arena = arena_new(1 << 20);
	AUTO(buf) safe = buf_new(64 << 20);
	const char *mail = arena_printf(arena,
					"From: a@x.example\nTo: b@y.example\nSubject: s\n"
					"Content-Type: text/html; charset=utf-8\n\n%s\n",
					text);
	struct mail_message m;
	struct err err = {0};

	ck_assert_msg(mail_read(mail, strlen(mail), arena, &m, &err), "%s", err.text);
	html_safe(safe, text, strlen(text));
}

/* As a style sheet, and as the style of a word. */
static void read_sheet(const char *text)
{
	AUTO(arena) arena = arena_new(1 << 20);
	const char *html = arena_printf(
		arena, "<style>%s{</style><p>a <b style='%s'>b</b></p>", text, text);

	document_from_html(document_new(arena), html, strlen(html));
}

static void take(const char *text)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_message m = {.from = {.address = "x@example.test"},
				 .to = {&to, 1},
				 .subject = "My response",
				 .text = text,
				 .text_new = text};

	struct response_answer *answers;
	size_t count;
	struct store_row row;
	int64_t inbound = scene_mail(&scene, &m);

	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_OF_INBOUND, "i", inbound));
	SCENE_OK(&scene, response_answer_list(&scene.op, scene.arena, row_int(&row, "id"),
					      &answers, &count, &err));
}

static void take_file(const char *text)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_attachment file = {.name = "a.pdf",
				       .type = "application/pdf",
				       .bytes = "%PDF-1.4\n",
				       .size = 9,
				       .sha256 = "00"};
	struct mail_message m = {.from = {.address = "x@example.test"},
				 .to = {&to, 1},
				 .text = "See the file.",
				 .text_new = "See the file.",
				 .attachments = &file,
				 .attachment_count = 1};
	struct extract_result read = {
		.state = EXTRACT_DONE, .source = "pdf", .text = text};

	SCENE_OK(&scene,
		 attachment_text_keep(&scene.op, scene_mail(&scene, &m), 0, &read, &err));
}

/* Yes, and below it what the firm puts under every mail. */
static void answer(const char *text)
{
	AUTO(arena) arena = arena_new(1 << 20);
	const struct classify_question asked = {"Please confirm", "Was it you?", NULL,
						"Update"};
	const char *mail = arena_printf(arena,
					"From: a@x.example\nTo: b@y.example\n"
					"Subject: Re: Please confirm\n\nYes\n\n-- \n%s\n",
					text);
	struct mail_message m;
	struct err err = {0};

	ck_assert_msg(mail_read(mail, strlen(mail), arena, &m, &err), "%s", err.text);
	m.seen.what = MAIL_SEEN_WORDS;
	(void)classify_answer_of(&m, &asked);
	(void)classify_wants_to_stay(&m);
	ck_assert(!classify_leaves_plainly(&m));
}

/* One question of all of it, and as many as it has lines. */
static void ask(const char *text)
{
	AUTO(arena) arena = arena_new(1 << 20);
	struct question_draft *questions;
	size_t count;
	struct err err = {0};

	if (!consultation_questions_read(arena, arena_printf(arena, "Why?\n %s", text),
					 &questions, &count, &err))
		err = (struct err){0};
	if (consultation_questions_read(arena, text, &questions, &count, &err))
		ck_assert_uint_le(count, 200);
}

static const struct {
	const char *name;
	void (*read)(const char *text);
} readers[] = {{"reading a mail", read_plain},
	       {"reading HTML", read_html},
	       {"reading a style sheet", read_sheet},
	       {"taking a response, and its answers", take},
	       {"taking a file", take_file},
	       {"an answer to a question", answer},
	       {"asking questions", ask}};

static void write_cell(const char *text)
{
	AUTO(buf) out = buf_new(64 << 20);
	struct csv_writer csv;

	csv_write_begin(&csv, out);
	csv_write(&csv, text);
}

static void clean_name(const char *text)
{
	AUTO(arena) arena = arena_new(1 << 10);

	ck_assert_uint_lt(strlen(str_or(address_name_clean(arena, text), "")), 1000);
}

static double cost(size_t reader, const char *text, int rounds)
{
	double least = 0;

	for (int i = 0; i < rounds; i++) {
		double begun = now(), took;

		readers[reader].read(text);
		took = now() - begun;
		least = !i || took < least ? took : least;
	}
	return least > FLOOR_S ? least : FLOOR_S;
}

/* What looks squared, and does not prove it yet, is tried again at a length where it would. */
static void compare(size_t reader, const char *shape, size_t len, struct buf *out_slow)
{
	AUTO(arena) arena = arena_new(1 << 16);
	const char *text, *long_text;
	double few, many;
	bool is_odd, is_slow;

	do {
		text = repeated(arena, shape, len);
		long_text = repeated(arena, shape, len * TIMES);
		few = cost(reader, text, 1);
		many = cost(reader, long_text, 1);
		is_odd = many > few * ODD;
		is_slow = many > few * TOLERATED && many > HARMLESS_S;
		len *= LONGER;
	} while (is_odd && !is_slow && len <= LONGEST);
	if (is_slow) {
		few = cost(reader, text, ROUNDS);
		many = cost(reader, long_text, ROUNDS);
	}
	if (many > few * TOLERATED && many > HARMLESS_S)
		buf_printf(out_slow, "\"%s\": %.0f ms, and %d times as long: %.0f ms\n",
			   shape, few * 1e3, TIMES, many * 1e3);
}

START_TEST(no_sign_takes_longer_than_it_is_long)
{
	AUTO(buf) slow = buf_new(1 << 16);

	for (size_t i = 0; i < 2 * ARRAY_LEN(signs); i += EACH) {
		AUTO(arena) arena = arena_new(1 << 10);

		compare((size_t)_i,
			arena_printf(arena, "%s%s", signs[i / 2], i % 2 ? "\t" : " "),
			SIGNS, slow);
	}
	ck_assert_msg(!slow->len, "%s:\n%s", readers[_i].name, buf_text(slow));
}
END_TEST

START_TEST(no_text_takes_longer_than_it_is_long)
{
	AUTO(buf) slow = buf_new(1 << 16);

	for (size_t i = 0; i < ARRAY_LEN(shapes); i += EACH)
		compare((size_t)_i, shapes[i], SHORT, slow);
	ck_assert_msg(!slow->len, "%s:\n%s", readers[_i].name, buf_text(slow));
}
END_TEST

/* Of what nobody sees a beginning may be as long as one likes. */
START_TEST(what_nobody_sees_takes_no_longer_than_it_is_long)
{
	static void (*const shown[])(const char *text) = {write_cell, clean_name};
	AUTO(arena) arena = arena_new(1 << 10);
	const char *text = repeated(arena, "\xE2\x80\x8B", UNSEEN);
	double begun = now(), few, many;

	shown[_i](text + UNSEEN - UNSEEN / TIMES);
	few = now() - begun;
	begun = now();
	shown[_i](text);
	many = now() - begun;
	ck_assert_msg(many < HARMLESS_S || many < few * TOLERATED, "%.0f ms: %.0f ms",
		      few * 1e3, many * 1e3);
}
END_TEST

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	stage_close(&scene);
}

int main(void)
{
	Suite *suite = suite_create("growth");
	TCase *t = tcase_create("texts");

	tcase_set_timeout(t, 600);
	tcase_add_checked_fixture(t, begin, end);
	UNIT_TABLE(t, no_text_takes_longer_than_it_is_long, readers);
	UNIT_TABLE(t, no_sign_takes_longer_than_it_is_long, readers);
	tcase_add_loop_test(t, what_nobody_sees_takes_no_longer_than_it_is_long, 0, 2);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
