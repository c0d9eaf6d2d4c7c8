/*
 * What people write beside a permission: none is read freer than a person would read it, and
 * what says no less leaves it as it is.
 *
 * Each sentence of tests/unit/mails/permission_doubts.txt and permission_plain.txt is put
 * beside a permission in every carrier below. The files of the same names with _apart were
 * written when the rules were there, and show what the rules make of words that nobody had
 * in mind.
 */
#include "tests/unit/form_made.h"
#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "extract/parsers/document.h"
#include "mail/read/read.h"

enum { SHOWN_MOST = 30 };

/* In thousandths: so many of what says no less are left to a person, and of doubts in words
 * that no rule was made with so many are read as freer. */
enum { PLAIN_MOST = 20, PLAIN_APART_MOST = 100, FREER_APART_MOST = 115 };
/* The same of permission_measured.txt: beside the answers, and in one. */
static const struct bars {
	size_t freer, contact, plain;
} measured_most[] = {{40, 300, 200}, {165, 300, 60}}, notes_most = {110, 220, 170};

#define HEAD                                                 \
	"From: Odile Marsh <odile@fenmail.example>\n"        \
	"To: shared-plots@consult.example\nSubject: Plots\n" \
	"Date: Mon, 05 Oct 2026 10:20:03 +0000\nMIME-Version: 1.0\n"
#define PLAIN                                       \
	"Content-Type: text/plain; charset=utf-8\n" \
	"Content-Transfer-Encoding: 8bit\n\n"
#define FORM                                                                         \
	"[x] Publish response with name\n[ ] Publish response only (without name)\n" \
	"[ ] Do not publish response\n\nAre you content to be contacted again?\n"    \
	"[x] Yes\n[ ] No\n\n"
#define ANSWERS                                                                 \
	"Question 1\n\nThe plots are too small, and the water is far away.\n\n" \
	"Question 2\n\nLonger leases would help.\n\n"
#define GIVEN "You may publish my response with my name."

/* A sentence beside a permission, as a whole mail. */
static void above(struct arena *a, const char *words, struct buf *to)
{
	(void)a;
	buf_printf(to, HEAD PLAIN "%s\n\n" FORM ANSWERS, words);
}

static void below(struct arena *a, const char *words, struct buf *to)
{
	(void)a;
	buf_printf(to, HEAD PLAIN ANSWERS FORM "%s\n", words);
}

static void below_the_mark(struct arena *a, const char *words, struct buf *to)
{
	(void)a;
	buf_printf(to, HEAD PLAIN ANSWERS FORM "Kind regards\nOdile Marsh\n\n-- \n%s\n",
		   words);
}

static void in_a_postscript(struct arena *a, const char *words, struct buf *to)
{
	(void)a;
	buf_printf(to, HEAD PLAIN FORM ANSWERS "Kind regards\nOdile Marsh\n\nPS: %s\n",
		   words);
}

static void html(struct buf *to, const char *body)
{
	buf_str(to, HEAD "Content-Type: text/html; charset=utf-8\n"
			 "Content-Transfer-Encoding: quoted-printable\n\n");
	made_quoted_printable(to, body);
}

static void in_a_cell(struct arena *a, const char *words, struct buf *to)
{
	html(to,
	     arena_printf(
		     a,
		     "<html><body><p>Plots</p><table><tr><td>☒</td><td>Publish response "
		     "with name</td><td>%s</td></tr><tr><td>☐</td><td>Publish response only "
		     "(without name)</td><td></td></tr><tr><td>☐</td><td>Do not publish "
		     "response</td><td></td></tr></table><p>You may contact me "
		     "again.</p></body></html>\n",
		     words));
}

static void in_a_layout(struct arena *a, const char *words, struct buf *to)
{
	html(to,
	     arena_printf(
		     a,
		     "<html><body><p>Plots should be bigger.</p><p>☒ Publish response "
		     "with name<br>☐ Publish response only (without name)<br>☐ Do not "
		     "publish response</p><p>You may contact me again.</p><p>%s</p>"
		     "<p>Odile Marsh</p></body></html>\n",
		     words));
}

static void made_row(struct made *m, const char *text)
{
	struct made_row *row = &m->rows[m->count++];

	*row = (struct made_row){.cells = 1, .counts = {1}};
	row->pieces[0][0].text = text;
}

static void in_a_covering_mail(struct arena *a, const char *words, struct buf *to)
{
	struct made *m = arena_make(a, struct made, 1);

	m->arena = a;
	m->carrier = MADE_DOCX;
	m->covering = arena_printf(a, "Please find my form attached.\n\n%s", words);
	made_row(m, "[x] Publish response with name");
	made_row(m, "[ ] Publish response only (without name)");
	made_row(m, "[ ] Do not publish response");
	made_row(m, "You may contact me again.");
	made_mail(m, to);
}

static void in_a_file(struct arena *a, const char *words, struct buf *to)
{
	struct made *m = arena_make(a, struct made, 1);

	m->arena = a;
	m->carrier = MADE_DOCX;
	made_row(m, "[x] Publish response with name");
	made_row(m, "[ ] Publish response only (without name)");
	made_row(m, "[ ] Do not publish response");
	made_row(m, "");
	made_row(m, words);
	made_row(m, "You may contact me again.");
	made_mail(m, to);
}

static void wrapped(struct arena *a, const char *words, struct buf *to)
{
	size_t column = 0;

	(void)a;
	buf_str(to, HEAD PLAIN ANSWERS FORM);
	for (; *words; words++) {
		column++;
		if (*words == ' ' && column + strcspn(words + 1, " ") > 40) {
			buf_char(to, '\n');
			column = 0;
		} else {
			buf_char(to, *words);
		}
	}
	buf_str(to, "\n");
}

static void behind_a_sentence(struct arena *a, const char *words, struct buf *to)
{
	(void)a;
	buf_printf(to,
		   HEAD PLAIN "The plots are too small.\n\n" GIVEN
			      " You may contact me again. %s\n",
		   words);
}

static void before_a_sentence(struct arena *a, const char *words, struct buf *to)
{
	(void)a;
	buf_printf(to,
		   HEAD PLAIN "%s\n\nThe plots are too small. " GIVEN
			      "\nYou may contact me again.\n",
		   words);
}

static const struct {
	const char *name;
	void (*put)(struct arena *, const char *, struct buf *);
} carriers[] = {{"above", above},
		{"below", below},
		{"below the mark", below_the_mark},
		{"in a postscript", in_a_postscript},
		{"in a cell", in_a_cell},
		{"in a layout", in_a_layout},
		{"in a covering mail", in_a_covering_mail},
		{"in a file", in_a_file},
		{"wrapped", wrapped},
		{"behind a sentence", behind_a_sentence},
		{"before a sentence", before_a_sentence}};

/* What a mail says, in words, of a field; NULL: not known. */
static const char *known(struct form *form, enum form_field field)
{
	struct form_conclusion c;

	form_conclude(form, field, &c);
	return c.value;
}

static struct form *read_mail(struct arena *a, const struct buf *raw)
{
	AUTO(buf) seen = buf_new(1 << 16);
	struct form *form = arena_make(a, struct form, 1);

	made_read(a, raw, form, seen);
	return form;
}

struct tally {
	size_t sentences, cases, permission, contact, shown;
	size_t by_carrier[ARRAY_LEN(carriers)];
};

static void show(struct tally *t, const char *carrier, const char *words)
{
	const char *all = getenv("MERCAT_SHOW");

	if (t->shown++ < (all ? strtoul(all, NULL, 10) : SHOWN_MOST))
		printf("# %s: %s\n", carrier, words);
}

/* most: '-' nothing but none, 'n' without the name too, 'c' as '-' and of contact, too. */
static void judge_doubt(struct tally *t, char most, const char *words)
{
	t->sentences++;
	for (size_t i = 0; i < ARRAY_LEN(carriers); i++) {
		AUTO(arena) a = arena_new(1 << 16);
		AUTO(buf) raw = buf_new(1 << 20);
		const char *got;
		struct form *form;
		bool freer, gained;

		carriers[i].put(a, words, raw);
		form = read_mail(a, raw);
		got = known(form, FORM_PERMISSION);
		freer = got && !str_eq(got, "none") &&
			!(most == 'n' && str_eq(got, "without name"));
		gained = most == 'c' && str_eq(known(form, FORM_CONTACT), "yes");
		t->cases++;
		t->permission += freer;
		t->contact += gained;
		t->by_carrier[i] += freer || gained;
		if (freer || gained)
			show(t, carriers[i].name, words);
	}
}

static void judge_plain(struct tally *t, const char *words)
{
	t->sentences++;
	for (size_t i = 0; i < ARRAY_LEN(carriers); i++) {
		AUTO(arena) a = arena_new(1 << 16);
		AUTO(buf) raw = buf_new(1 << 20);
		struct form *form;
		bool lost;

		carriers[i].put(a, words, raw);
		form = read_mail(a, raw);
		lost = !str_eq(known(form, FORM_PERMISSION), "name");
		t->cases++;
		t->permission += lost;
		t->contact += !str_eq(known(form, FORM_CONTACT), "yes");
		t->by_carrier[i] += lost;
		if (lost)
			show(t, carriers[i].name, words);
	}
}

static void print(const struct tally *t, const char *what, const char *found)
{
	printf("# %s: %zu sentences in %zu carriers, %zu of %zu %s (%.2f %%), of contact "
	       "%zu\n# by carrier:",
	       what, t->sentences, ARRAY_LEN(carriers), t->permission, t->cases, found,
	       100.0 * (double)t->permission / (double)t->cases, t->contact);
	for (size_t i = 0; i < ARRAY_LEN(carriers); i++)
		printf(" %s %zu%s", carriers[i].name, t->by_carrier[i],
		       i + 1 < ARRAY_LEN(carriers) ? "," : "\n");
	(void)fflush(stdout); /* what fails below ends this process */
}

/* One sentence to a line, behind the first kind; what stands before that is for readers. */
static void judge_file(const char *name, struct tally *t, bool plain)
{
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) file = buf_new(1 << 20);
	struct err err = {0};
	bool begun = false;
	char *at;

	ck_assert_msg(
		fd_read_file(arena_printf(a, "%s/tests/unit/mails/%s",
					  str_or(getenv("MERCAT_SRCDIR"), "."), name),
			     file, &err),
		"%s", err.text);
	for (at = arena_strdup(a, buf_text(file)); *at;) {
		char *line = at;

		at += strcspn(at, "\n");
		if (*at)
			*at++ = '\0';
		begun = begun || *line == '=';
		if (!begun || !*line || *line == '=')
			continue;
		if (plain)
			judge_plain(t, line);
		else
			judge_doubt(t, *line, line + 2);
	}
	ck_assert_uint_gt(t->sentences, 0);
}

/* A form of signs, whole, as a mail. */
static void bare(struct arena *a, const char *form, struct buf *to)
{
	(void)a;
	buf_printf(to, HEAD PLAIN "%s", form);
}

static void in_a_letter(struct arena *a, const char *form, struct buf *to)
{
	(void)a;
	buf_printf(to, HEAD PLAIN "Dear team,\n\n%s\nKind regards\nOdile Marsh\n", form);
}

static void above_answers(struct arena *a, const char *form, struct buf *to)
{
	(void)a;
	buf_printf(to, HEAD PLAIN "%s\n" ANSWERS, form);
}

static void below_answers(struct arena *a, const char *form, struct buf *to)
{
	(void)a;
	buf_printf(to, HEAD PLAIN ANSWERS "%s", form);
}

static void flowed(struct arena *a, const char *form, struct buf *to)
{
	(void)a;
	buf_printf(to,
		   HEAD "Content-Type: text/plain; charset=utf-8; format=flowed\n"
			"Content-Transfer-Encoding: 8bit\n\n%s",
		   form);
}

/* Each line between two pieces of a layout. */
static void in_lines(struct arena *a, const char *form, const char *before,
		     const char *behind, struct buf *to)
{
	AUTO(buf) body = buf_new(1 << 16);

	(void)a;
	buf_str(body, "<html><body><div>Plots should be bigger.</div>");
	for (const char *end; *form; form = end + (*end == '\n')) {
		end = form + strcspn(form, "\n");
		buf_str(body, before);
		for (; form < end; form++)
			if (*form == '<')
				buf_str(body, "&lt;");
			else
				buf_char(body, *form);
		buf_str(body, behind);
	}
	buf_str(body, "</body></html>\n");
	html(to, buf_text(body));
}

static void in_paragraphs(struct arena *a, const char *form, struct buf *to)
{
	in_lines(a, form, "<p>", "</p>", to);
}

static void in_breaks(struct arena *a, const char *form, struct buf *to)
{
	in_lines(a, form, "", "<br>", to);
}

static void in_cells(struct arena *a, const char *form, struct buf *to)
{
	in_lines(a, form, "<table><tr><td>", "</td></tr></table>", to);
}

static void file_of(struct arena *a, const char *form, enum made_carrier carrier,
		    struct buf *to)
{
	struct made *m = arena_make(a, struct made, 1);

	m->arena = a;
	m->carrier = carrier;
	for (const char *end; *form; form = end + (*end == '\n')) {
		end = form + strcspn(form, "\n");
		made_row(m, arena_strndup(a, form, (size_t)(end - form)));
	}
	made_mail(m, to);
}

static void as_docx(struct arena *a, const char *form, struct buf *to)
{
	file_of(a, form, MADE_DOCX, to);
}

static void as_odt(struct arena *a, const char *form, struct buf *to)
{
	file_of(a, form, MADE_ODT, to);
}

static const struct {
	const char *name;
	void (*put)(struct arena *, const char *, struct buf *);
} wholes[] = {{"bare", bare},
	      {"in a letter", in_a_letter},
	      {"above answers", above_answers},
	      {"below answers", below_answers},
	      {"flowed", flowed},
	      {"in paragraphs", in_paragraphs},
	      {"in breaks", in_breaks},
	      {"in cells", in_cells},
	      {"docx", as_docx},
	      {"odt", as_odt}};

static size_t judge_signs(const char *text, size_t *out_forms)
{
	size_t freer = 0;

	for (const char *end; (end = strstr(text, "%\n")); text = end + 2) {
		++*out_forms;
		for (size_t i = 0; i < ARRAY_LEN(wholes); i++) {
			AUTO(arena) a = arena_new(1 << 16);
			AUTO(buf) raw = buf_new(1 << 20);
			const char *form = arena_strndup(a, text, (size_t)(end - text));

			wholes[i].put(a, form, raw);
			if (!str_eq(known(read_mail(a, raw), FORM_PERMISSION), "name"))
				continue;
			freer++;
			printf("# %s:\n%s\n", wholes[i].name, form);
		}
	}
	return freer;
}

START_TEST(a_sign_that_denies_is_seen)
{
	AUTO(buf) file = buf_new(1 << 20);
	AUTO(arena) a = arena_new(1 << 16);
	size_t forms = 0, freer;
	struct err err = {0};

	ck_assert_msg(
		fd_read_file(arena_printf(a, "%s/tests/unit/mails/permission_signs.txt",
					  str_or(getenv("MERCAT_SRCDIR"), ".")),
			     file, &err),
		"%s", err.text);
	freer = judge_signs(strstr(buf_text(file), "= forms\n") + strlen("= forms\n"),
			    &forms);
	printf("# signs: %zu forms in %zu carriers, %zu freer\n", forms,
	       ARRAY_LEN(wholes), freer);
	(void)fflush(stdout);
	ck_assert_uint_gt(forms, 0);
	ck_assert_uint_eq(freer, 0);
}
END_TEST

START_TEST(no_doubt_is_unread)
{
	struct tally t = {0};

	judge_file("permission_doubts.txt", &t, false);
	print(&t, "doubts", "freer");
	ck_assert_uint_eq(t.permission + t.contact, 0);
}
END_TEST

START_TEST(what_says_no_less_is_no_doubt)
{
	struct tally t = {0};

	judge_file("permission_plain.txt", &t, true);
	print(&t, "plain", "left to a person");
	ck_assert_uint_le(t.permission * 1000, t.cases * PLAIN_MOST);
}
END_TEST

/* A letter is about its subject: a long paragraph of such sentences is no doubt either. */
START_TEST(letters_stay_what_they_allow)
{
	AUTO(arena) all = arena_new(1 << 16);
	AUTO(buf) file = buf_new(1 << 20);
	size_t letters = 0, lost = 0;
	struct err err = {0};
	const char *at;

	ck_assert_msg(
		fd_read_file(arena_printf(all, "%s/tests/unit/mails/permission_plain.txt",
					  str_or(getenv("MERCAT_SRCDIR"), ".")),
			     file, &err),
		"%s", err.text);
	at = strstr(buf_text(file), "= publishing");
	while (*at) {
		AUTO(arena) a = arena_new(1 << 16);
		AUTO(buf) raw = buf_new(1 << 20);
		AUTO(buf) text = buf_new(1 << 16);

		while (*at && text->len < 700) {
			size_t len = strcspn(at, "\n");

			if (len > 20 && *at != '=' && at[len - 1] == '.')
				buf_printf(text, "%.*s ", (int)len, at);
			at += len + (at[len] == '\n');
		}
		below(a, buf_text(text), raw);
		letters++;
		lost += !str_eq(known(read_mail(a, raw), FORM_PERMISSION), "name");
	}
	printf("# letters: %zu of %zu left to a person\n", lost, letters);
	(void)fflush(stdout);
	ck_assert_uint_gt(letters, 10);
	ck_assert_uint_le(lost * 10, letters);
}
END_TEST

START_TEST(doubts_in_other_words)
{
	struct tally t = {0};

	judge_file("permission_doubts_apart.txt", &t, false);
	print(&t, "doubts apart", "freer");
	ck_assert_uint_le((t.permission + t.contact) * 1000, t.cases * FREER_APART_MOST);
}
END_TEST

START_TEST(plain_sentences_in_other_words)
{
	struct tally t = {0};

	judge_file("permission_plain_apart.txt", &t, true);
	print(&t, "plain apart", "left to a person");
	ck_assert_uint_le(t.permission * 1000, t.cases * PLAIN_APART_MOST);
}
END_TEST

struct measured {
	size_t doubts, freer, contacts, gained, plain, lost;
};

static void measure(struct measured *m, char label, char place, const char *words)
{
	AUTO(arena) a = arena_new(1 << 16);
	const char *text =
		place == 'o'
			? arena_printf(a, "%s\n\n" FORM ANSWERS, words)
			: arena_printf(
				  a,
				  FORM
				  "Question 1\n\nThe plots are too small, and the "
				  "water is far away.\n\nQuestion 2\n\nLonger leases "
				  "would help. %s\n",
				  words);
	struct form *form = arena_make(a, struct form, 1);
	bool name, yes;

	form_read_plain(a, text, form);
	name = str_eq(known(form, FORM_PERMISSION), "name");
	yes = str_eq(known(form, FORM_CONTACT), "yes");
	if (label == 'p' || label == 'b') {
		m->doubts++;
		m->freer += name;
	}
	if (label == 'c' || label == 'b') {
		m->contacts++;
		m->gained += yes;
	}
	if (label == '-') {
		m->plain++;
		m->lost += !name;
	}
}

static size_t per_mille(size_t n, size_t of)
{
	return of ? n * 1000 / of : 0;
}

/* Each line of a file that is kept for measuring, by its place: beside the answers, or in one. */
static void measure_file(const char *name, struct measured all[2])
{
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) file = buf_new(1 << 20);
	struct err err = {0};
	char *at;

	ck_assert_msg(
		fd_read_file(arena_printf(a, "%s/tests/unit/mails/%s",
					  str_or(getenv("MERCAT_SRCDIR"), "."), name),
			     file, &err),
		"%s", err.text);
	for (at = arena_strdup(a, buf_text(file)); *at;) {
		char *line = at;

		at += strcspn(at, "\n");
		if (*at)
			*at++ = '\0';
		for (char *bar = line; (bar = strchr(bar, '|'));)
			*bar = '\n';
		if (*line && *line != '#')
			measure(&all[line[2] == 'a'], line[0], line[2], line + 4);
	}
}

static void judge_measured(const struct measured *m, const char *what,
			   const struct bars *most)
{
	printf("# %s: %zu of %zu doubts read as freer, %zu of %zu contacts gained, "
	       "%zu of %zu others left to a person\n",
	       what, m->freer, m->doubts, m->gained, m->contacts, m->lost, m->plain);
	(void)fflush(stdout);
	ck_assert_uint_gt(m->doubts, 100);
	ck_assert_uint_gt(m->plain, 300);
	ck_assert_uint_le(per_mille(m->freer, m->doubts), most->freer);
	ck_assert_uint_le(per_mille(m->gained, m->contacts), most->contact);
	ck_assert_uint_le(per_mille(m->lost, m->plain), most->plain);
}

/* Lines that others made up, and nothing was learned of: what the examples are worth. */
START_TEST(lines_that_were_kept_for_measuring)
{
	struct measured all[2] = {{0}};

	measure_file("permission_measured.txt", all);
	judge_measured(&all[0], "beside", &measured_most[0]);
	judge_measured(&all[1], "answer", &measured_most[1]);
}
END_TEST

START_TEST(notes_that_were_kept_for_measuring)
{
	struct measured all[2] = {{0}};

	measure_file("permission_notes.txt", all);
	judge_measured(&all[0], "notes", &notes_most);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("permission");
	TCase *c = tcase_create("beside");

	mail_read_setup();
	extract_document_setup();
	tcase_set_timeout(c, 300);
	tcase_add_test(c, a_sign_that_denies_is_seen);
	tcase_add_test(c, no_doubt_is_unread);
	tcase_add_test(c, what_says_no_less_is_no_doubt);
	tcase_add_test(c, letters_stay_what_they_allow);
	tcase_add_test(c, doubts_in_other_words);
	tcase_add_test(c, plain_sentences_in_other_words);
	tcase_add_test(c, lines_that_were_kept_for_measuring);
	tcase_add_test(c, notes_that_were_kept_for_measuring);
	suite_add_tcase(s, c);
	return unit_main_together(s);
}
