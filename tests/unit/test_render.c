/* A page as PDF, as Word and as a workbook; and programs that do not do what they should. */
#include "tests/unit/unit.h"

#include "base/codec/stored_zip.h"
#include "base/fd.h"
#include "base/str.h"
#include "render/rendered_look.h"
#include "render/outside.h"
#include "render/page_tables.h"
#include "render/pictures.h"
#include "render/word_styles.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], program[96];
static struct rendering with;

static void begin(void)
{
	str_copy(folder, sizeof(folder), "/tmp/mercat-render-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	(void)snprintf(program, sizeof(program), "%s-program", folder);
	with = rendering_usual(folder);
}

/* Nothing of what was made on the way is left. */
static void end(void)
{
	(void)unlink(program);
	ck_assert_msg(rmdir(folder) == 0, "something is left in %s", folder);
}

/* A program that does that, and no more. */
static void play(const char *python)
{
	AUTO(buf) text = buf_new(1 << 16);
	struct err err = {0};

	buf_printf(text, "#!/usr/bin/python3\nimport os, socket, sys\n%s", python);
	ck_assert(fd_write_file(program, buf_text(text), text->len, 0700, &err));
}

static const struct buf *page_of(const char *text)
{
	static struct buf page;

	if (page.max)
		buf_reset(&page);
	else
		buf_init(&page, 1 << 20);
	buf_str(&page, text);
	return &page;
}

static bool run(const char *in, struct buf *out, struct err *err)
{
	const char *const argv[] = {program, NULL};
	const struct outside_job job = {.name = "The program",
					.package = "program",
					.argv = argv,
					.in = page_of(in),
					.folder = folder,
					.memory_bytes = (size_t)512 << 20,
					.cpu_s = 2,
					.wall_ms = with.wall_ms};

	return outside_make(&job, out, err);
}

static const struct {
	const char *name, *python, *says;
	enum err_kind kind;
} bad[] = {
	{"it ends with an error and says why",
	 "print('first', file=sys.stderr)\nsys.exit('No such \\x1b[1mfont\\n')\n",
	 "The program failed: No such [1mfont", ERR_SYSTEM},
	{"it ends with an error and says nothing", "sys.exit(3)\n",
	 "The program failed with code 3 and said nothing", ERR_SYSTEM},
	{"it makes nothing", "", "The program ended and made nothing", ERR_SYSTEM},
	{"it never ends", "while True: pass\n",
	 "The program took more than 2 seconds of the processor, and was ended",
	 ERR_SYSTEM},
	{"it is killed", "os.kill(os.getpid(), 11)\n",
	 "The program was ended by a signal (Segmentation fault)", ERR_SYSTEM},
	{"it takes too much memory", "x = 'x' * (1 << 30)\nprint(len(x))\n",
	 "The program failed: MemoryError", ERR_SYSTEM},
	{"it makes too much", "for i in range(70): sys.stdout.write('x' * (1 << 20))\n",
	 "The program made more than 64 MB, and was ended", ERR_SYSTEM},
};

START_TEST(what_a_program_does_wrong_is_one_sentence)
{
	AUTO(buf) out = buf_new(RENDERED_MOST);
	struct err err = {0};

	play(bad[_i].python);
#ifdef MERCAT_SANITIZED /* which has no limit on memory */
	if (strstr(bad[_i].name, "memory"))
		return;
#endif
	ck_assert_msg(!run("", out, &err), "%s: it passed", bad[_i].name);
	ck_assert_msg(str_eq(err.text, bad[_i].says) && err.kind == bad[_i].kind,
		      "%s: got \"%s\"", bad[_i].name, err.text);
}
END_TEST

START_TEST(what_is_not_installed_is_said_with_its_package)
{
	AUTO(buf) out = buf_new(1 << 16);
	struct err err = {0};

	ck_assert(!run("", out, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
	ck_assert_str_eq(err.text,
			 "The program is not installed here (on Debian: apt-get "
			 "install program)");
}
END_TEST

/* It waits for what never comes: its deadline ends it, and what it has started. */
START_TEST(one_that_waits_for_ever_is_ended)
{
	AUTO(buf) out = buf_new(1 << 16);
	struct err err = {0};

	with.wall_ms = 1;
	play("r, w = os.pipe()\nif os.fork():\n os.close(1)\n os.close(2)\n"
	     "os.read(r, 1)\n");
	ck_assert(!run("", out, &err));
	ck_assert_str_eq(err.text,
			 "The program had not finished after 1 seconds, and was ended");
}
END_TEST

/* What it tries, and what it is told. */
static const struct {
	const char *name, *python, *says;
} tried[] = {
	{"its input", "print(sys.stdin.read())\n", "the page\n"},
	{"its own folder",
	 "open('a', 'w').write('x')\nprint(open(os.environ['TMPDIR'] + '/a').read())\n",
	 "x\n"},
	{"the network",
	 "try: socket.socket(socket.AF_INET, socket.SOCK_STREAM); print('open')\n"
	 "except OSError: print('shut')\n",
	 "shut\n"},
	{"a local socket",
	 "try: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM); print('open')\n"
	 "except OSError: print('shut')\n",
	 "shut\n"},
	{"who works here",
	 "try: print(open('/etc/passwd').read())\nexcept OSError: print('shut')\n",
	 "shut\n"},
	{"a folder of others",
	 "try: print(open('/tmp/mercat-render-x', 'w'))\nexcept OSError: print('shut')\n",
	 "shut\n"},
	{"another program",
	 "try: os.execv('/usr/bin/env', ['env'])\nexcept OSError: print('shut')\n",
	 "shut\n"},
	{"what who asks has in its environment",
	 "print(os.environ.get('MERCAT_SRCDIR', 'none'))\n", "none\n"},
};

START_TEST(a_program_has_its_own_folder_and_no_more)
{
	AUTO(buf) out = buf_new(1 << 16);
	struct err err = {0};

	play(tried[_i].python);
	ck_assert_msg(run("the page", out, &err), "%s: %s", tried[_i].name, err.text);
	ck_assert_msg(str_eq(buf_text(out), tried[_i].says), "%s: got %s", tried[_i].name,
		      buf_text(out));
}
END_TEST

/* ---- what they made is looked at ---- */

static const struct {
	const char *name, *python, *says;
} rubbish[] = {
	{"words", "print('done')\n", "what WeasyPrint made is no whole PDF"},
	{"half a PDF", "print('%PDF-1.7\\n1 0 obj')\n",
	 "what WeasyPrint made is no whole PDF"},
	{"a PDF without tags", "print('%PDF-1.7\\n%%EOF')\n",
	 "the PDF that WeasyPrint made has no tags: it may be too old for PDF/UA; version 57 "
	 "or later has it"},
};

START_TEST(rubbish_is_no_pdf)
{
	AUTO(buf) out = buf_new(1 << 16);
	struct err err = {0};

	play(rubbish[_i].python);
	with.weasyprint = program;
	ck_assert(!render_pdf(&with, page_of("<p>x</p>"), out, &err));
	ck_assert_msg(str_eq(err.text, rubbish[_i].says), "%s: got %s", rubbish[_i].name,
		      err.text);
}
END_TEST

START_TEST(rubbish_is_no_word_document)
{
	AUTO(buf) out = buf_new(1 << 20);
	struct err err = {0};

	with.pandoc = program;
	play("print('done')\n");
	ck_assert(!render_word(&with, page_of("<p>x</p>"), out, &err));
	ck_assert_str_eq(err.text, "what pandoc made is no whole package");
	err = (struct err){0};
	buf_reset(out);
	/* A whole package, and no document. */
	play("import zipfile, io\nb = io.BytesIO()\nz = zipfile.ZipFile(b, 'w')\n"
	     "z.writestr('[Content_Types].xml', 'x')\nz.close()\n"
	     "sys.stdout.buffer.write(b.getvalue())\n");
	ck_assert(!render_word(&with, page_of("<p>x</p>"), out, &err));
	ck_assert_str_eq(err.text,
			 "what pandoc made is not whole: word/document.xml is not in it");
	err = (struct err){0};
	buf_reset(out);
	with = rendering_usual(folder);
	with.rsvg_convert = program;
	play("print('done')\n");
	ck_assert(!render_word(&with, page_of("<svg></svg>"), out, &err));
	ck_assert_str_eq(err.text, "what rsvg-convert made is no picture");
}
END_TEST

START_TEST(a_package_that_is_cut_is_never_whole)
{
	static const char *const parts[] = {"word/document.xml", "word/styles.xml", NULL};
	AUTO(buf) whole = buf_new(1 << 20);
	struct err err = {0};

	word_styles(NULL, whole);
	ck_assert_msg(look_package("it", whole, parts, &err), "%s", err.text);
	for (size_t len = 0; len < whole->len; len++) {
		AUTO(buf) part = buf_new(1 << 20);

		err = (struct err){0};
		buf_add(part, buf_text(whole), len);
		ck_assert_msg(!look_package("it", part, parts, &err), "%zu bytes of it",
			      len);
	}
}
END_TEST

/* Whatever byte of its table is another: it is refused or taken, and nothing is read beyond. */
START_TEST(a_package_with_a_wrong_byte_does_no_harm)
{
	static const char *const parts[] = {"word/document.xml", NULL};
	AUTO(buf) whole = buf_new(1 << 20);
	size_t from;

	word_styles(NULL, whole);
	from = whole->len - 400;
	for (size_t at = from; at < whole->len; at++) {
		char was = whole->bytes[at];
		struct err err = {0};

		whole->bytes[at] = (char)0xFF;
		if (!look_package("it", whole, parts, &err))
			ck_assert(str_starts(err.text, "what it made is no"));
		whole->bytes[at] = was;
	}
}
END_TEST

/* ---- the page ---- */

static const char page[] =
	"<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
	"<title>Halls &amp; homes</title></head><body><h1>Halls &amp; homes</h1>\n"
	"<p class=\"report-standing\">Edition 1, approved</p><h2>Who responded</h2>\n"
	"<figure><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 40\" "
	"width=\"100%\" role=\"img\" aria-labelledby=\"c-t c-d\"><title id=\"c-t\">By \"type\""
	"</title><desc id=\"c-d\">Yes 1,234, no 5.</desc><rect width=\"50\" height=\"20\"/>"
	"</svg><figcaption>By type</figcaption></figure>"
	"<div><table><caption>Table 1: By type</caption><thead><tr><th scope=\"col\">Type</th>"
	"<th scope=\"col\" class=\"number\">n</th><th scope=\"col\">%</th></tr></thead><tbody>"
	"<tr><th scope=\"row\">Individuals</th><td>1,234</td><td>99.6%</td></tr>"
	"<tr><th scope=\"row\" class=\"report-depth-1\">=SUM(1) &amp; caf\xc3\xa9</th>"
	"<td>5</td><td>0.4%</td></tr>"
	"<tr><th scope=\"row\">Others</th><td>fewer than 5</td><td>not shown</td></tr>"
	"<tr class=\"report-base\"><th scope=\"row\">All</th><td>1,239</td><td>100.0%</td></tr>"
	"</tbody></table></div><p class=\"report-note\">Of those who say.</p>"
	"<table><tr><th>A</th></tr><tr><td>1.5</td></tr></table></body></html>\n";

START_TEST(drawings_keep_their_words)
{
	AUTO(buf) out = buf_new(1 << 20);
	struct err err = {0};

	ck_assert(pictures_of_drawings(&with, page_of(page), NULL, out, &err));
	ck_assert(strstr(buf_text(out),
			 "<figure><article><img alt=\"By &quot;type&quot;. Yes 1,234, no "
			 "5.\" src=\"data:image/svg+xml;base64,PHN2"));
	ck_assert(strstr(buf_text(out), "\"></article><figcaption>By type"));
	ck_assert(!strstr(buf_text(out), "<svg"));
	buf_reset(out);
	ck_assert(!pictures_of_drawings(&with, page_of("<svg>"), NULL, out, &err));
}
END_TEST

START_TEST(tables_of_a_page_are_read)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct page_tables t;
	struct err err = {0};

	ck_assert(page_tables(arena, page_of(page), &t, &err));
	ck_assert_str_eq(t.title, "Halls & homes");
	ck_assert_str_eq(t.standing, "Edition 1, approved");
	ck_assert_uint_eq(t.count, 2);
	ck_assert_str_eq(t.list[0].title, "Table 1: By type");
	ck_assert_str_eq(t.list[0].note, "Of those who say.");
	ck_assert_uint_eq(t.list[0].count, 5);
	ck_assert_uint_eq(t.list[0].columns, 3);
	ck_assert(t.list[0].rows[0].is_head && t.list[0].rows[4].is_base);
	ck_assert_str_eq(t.list[0].rows[2].cells[0].text, "=SUM(1) & caf\xc3\xa9");
	ck_assert_int_eq(t.list[0].rows[2].cells[0].depth, 1);
	ck_assert_str_eq(t.list[0].rows[3].cells[1].text, "fewer than 5");
	ck_assert_str_eq(t.list[1].title, "Who responded");
}
END_TEST

static void works(bool (*make)(const struct rendering *, const struct buf *, struct buf *,
			       struct err *),
		  const char *begins)
{
	AUTO(buf) out = buf_new(RENDERED_MOST);
	struct err err = {0};

	/* Who has not installed what makes it is told so, and in no other way. */
	if (make(&with, page_of(page), out, &err))
		ck_assert(str_starts(buf_text(out), begins));
	else
		ck_assert_msg(err.kind == ERR_SETUP, "%s", err.text);
}

START_TEST(a_page_becomes_pdf_word_and_a_workbook)
{
	works(render_pdf, "%PDF-");
	works(render_word, "PK");
	works(render_workbook, "PK");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("render");
	TCase *t = tcase_create("render");

	tcase_add_checked_fixture(t, begin, end);
	UNIT_TABLE(t, what_a_program_does_wrong_is_one_sentence, bad);
	tcase_add_test(t, what_is_not_installed_is_said_with_its_package);
	tcase_add_test(t, one_that_waits_for_ever_is_ended);
	UNIT_TABLE(t, a_program_has_its_own_folder_and_no_more, tried);
	UNIT_TABLE(t, rubbish_is_no_pdf, rubbish);
	tcase_add_test(t, rubbish_is_no_word_document);
	tcase_add_test(t, a_package_that_is_cut_is_never_whole);
	tcase_add_test(t, a_package_with_a_wrong_byte_does_no_harm);
	tcase_add_test(t, drawings_keep_their_words);
	tcase_add_test(t, tables_of_a_page_are_read);
	tcase_add_test(t, a_page_becomes_pdf_word_and_a_workbook);
	suite_add_tcase(s, t);
	return unit_main(s);
}
