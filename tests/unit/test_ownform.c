/*
 * The form that a consultation offers: filled in and sent back, it is read exactly.
 *
 * MADE_FORMS forms a run, from a seed that is printed; MERCAT_SEED=N repeats one.
 */
#include "tests/unit/ownform_made.h"
#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "extract/parsers/document.h"
#include "mail/fields/message.h"
#include "mail/read/read.h"

#include <inttypes.h>

#ifdef MERCAT_SANITIZED /* what is read is the same as without; all that is damaged stays */
enum { MADE_FORMS = 600 };
#else
enum { MADE_FORMS = 6000 };
#endif
enum { DAMAGED_FORMS = 3000, TEXT_MOST = 1 << 23 };

struct came {
	const char *text;
	const struct document *shown;
};

/* The same way as a mail and its files take through the program. */
static void pass_mail(struct arena *a, const struct buf *raw, struct came *out)
{
	struct mail_message mail;
	struct err err = {0};
	struct document *d;

	ck_assert_msg(mail_read(raw->bytes, raw->len, a, &mail, &err), "%s", err.text);
	*out = (struct came){.text = str_or(mail.text_new, str_or(mail.text, ""))};
	if (mail.shown && document_unpack(a, mail.shown, mail.shown_len, &d))
		out->shown = d;
}

static void pass_file(struct arena *a, const struct buf *file, struct came *out)
{
	AUTO(buf) text = buf_new(TEXT_MOST);
	AUTO(buf) shown = buf_new(TEXT_MOST);
	struct extract_said said = {.text = text, .shown = document_new(a)};
	struct document *d = NULL;

	extract_document(EXTRACT_ZIP, file->bytes, file->len, &said);
	ck_assert_msg(!said.reason, "%s", said.reason);
	document_pack(said.shown, shown);
	ck_assert(said.shown->telling &&
		  document_unpack(a, shown->bytes, shown->len, &d));
	*out = (struct came){.text = arena_strdup(a, buf_text(text)), .shown = d};
}

static void pass(struct made *m, struct came *out)
{
	AUTO(buf) sent = buf_new(TEXT_MOST);

	if (m->carrier == MADE_DOCX || m->carrier == MADE_ODT) {
		made_file(m, sent);
		pass_file(m->arena, sent, out);
	} else {
		made_mail(m, sent);
		pass_mail(m->arena, sent, out);
	}
}

/* Blanks of any kind and turned quotation marks are no difference to what somebody said. */
static const char *plain(struct arena *a, const char *text)
{
	AUTO(buf) to = buf_new(TEXT_MOST);
	size_t n;

	for (; *text; text += n) {
		n = str_unseen(text, strlen(text));
		if (n)
			continue;
		n = str_starts(text, "\xE2\x80\x99") ? 3 : 1;
		buf_char(to, n == 3 ? '\'' : *text);
	}
	return arena_strdup(a, buf_text(to));
}

static const char *stretch(struct arena *a, const char *text, size_t from, size_t to)
{
	size_t begin = str_utf8_bytes(text, from), end = str_utf8_bytes(text, to);

	ck_assert_uint_le(begin, end);
	ck_assert_uint_le(end, strlen(text));
	return arena_strndup(a, text + begin, end - begin);
}

static const char *value_name(enum form_field field, uint32_t bits)
{
	static const int values[FORM_FIELDS][3] = {
		[FORM_TYPE] = {FORM_INDIVIDUAL, FORM_ORGANISATION},
		[FORM_PERMISSION] = {FORM_PUBLISH_NAME, FORM_PUBLISH_NAMELESS,
				     FORM_PUBLISH_NONE},
		[FORM_CONTACT] = {FORM_CONTACT_YES, FORM_CONTACT_NO}};

	for (int i = 0; i < 3; i++)
		if (bits == (uint32_t)1 << i)
			return form_value_name(field, values[field][i]);
	return NULL;
}

static uint32_t bits_of(const struct made *m, enum form_field field)
{
	return field == FORM_TYPE         ? m->fill.type
	       : field == FORM_PERMISSION ? m->fill.permission
					  : m->fill.contact;
}

static int rank(enum form_field field, const char *value)
{
	for (int v = form_top(field); v > 0; v--)
		if (str_eq(value, form_value_name(field, v)))
			return v;
	return 0;
}

struct tally {
	size_t values, exact, freer, shown;
	size_t as_document[MADE_CARRIERS]; /* how many were looked at as a document */
};

static void same(struct tally *t, const struct made *m, const char *what,
		 const char *want, const char *got)
{
	bool exact = str_eq(want ? plain(m->arena, want) : NULL,
			    got ? plain(m->arena, got) : NULL);

	t->values++;
	t->exact += exact;
	if (!exact && t->shown++ < 10)
		printf("# carrier %d, %zu questions: %s: want \"%s\", got \"%s\"\n",
		       (int)m->carrier, m->form.count, what, str_or(want, "(none)"),
		       str_or(got, "(none)"));
}

static void judge_details(struct tally *t, const struct made *m,
			  const struct ownform_filled *f)
{
	same(t, m, "name", m->fill.name, f->has_details ? f->details->name : NULL);
	same(t, m, "organisation", m->fill.organisation,
	     f->has_details ? f->details->organisation : NULL);
	for (int i = 0; i < FORM_FIELDS; i++) {
		enum form_field field = (enum form_field)i;
		const char *want = value_name(field, bits_of(m, field));
		struct form_conclusion c = {0};

		if (f->has_details)
			form_conclude(f->details, field, &c);
		same(t, m, form_field_names[i], want, c.value);
		t->freer +=
			field != FORM_TYPE && rank(field, c.value) > rank(field, want);
		if (f->has_details)
			ck_assert_int_eq(f->details->listed[i], !bits_of(m, field));
	}
}

static void judge_answers(struct tally *t, const struct made *m, const struct came *came,
			  const struct ownform_filled *f)
{
	same(t, m, "answers read", m->form.count ? "yes" : "no",
	     f->has_answers ? "yes" : "no");
	for (size_t i = 0; i < m->form.count && f->has_answers; i++) {
		const struct ownform_answer *a = &f->answers[i];
		uint32_t bits = m->fill.answers[i].chosen;
		bool two = !m->questions[i].choice.several && bits & (bits - 1);

		same(t, m, "answer", m->fill.answers[i].answer,
		     a->from < a->to ? stretch(m->arena, came->text, a->from, a->to)
				     : NULL);
		same(t, m, "choice",
		     arena_printf(m->arena, "%d %x", bits != 0, two ? 0 : bits),
		     arena_printf(m->arena, "%d %x", a->any, a->chosen));
	}
}

START_TEST(what_was_filled_in_is_read_exactly)
{
	AUTO(arena) a = arena_new(1 << 20);
	struct tally t = {0};
	struct made m = {.arena = a, .random = unit_seed()};

	printf("# seed %" PRIu64 "\n", m.random);
	for (size_t i = 0; i < MADE_FORMS; i++) {
		struct ownform_filled f;
		struct came came;

		m.carrier = (enum made_carrier)(i % MADE_CARRIERS);
		made_consultation(&m);
		pass(&m, &came);
		ownform_read(a, &m.form, came.text, came.shown, &f);
		ck_assert_int_eq(f.state, OWNFORM_CURRENT);
		t.as_document[m.carrier] += came.shown != NULL;
		same(&t, &m, "beside the form", m.beside,
		     m.form.count ? f.rest : m.beside);
		judge_details(&t, &m, &f);
		judge_answers(&t, &m, &came, &f);
		arena_reset(a);
	}
	printf("# %d forms, %zu values, %zu exact, %zu freer\n", MADE_FORMS, t.values,
	       t.exact, t.freer);
	ck_assert_uint_eq(t.freer, 0);
	ck_assert_uint_eq(t.exact, t.values);
	ck_assert(t.as_document[MADE_HTML] && t.as_document[MADE_DOCX] &&
		  t.as_document[MADE_ODT]);
}
END_TEST

/* Lines go, come twice, or say something else: never more than was given. Whoever takes out
 * one of two that are marked has chosen the other, and so marked ones stay. */
static const char *damaged(struct made *m, const char *text)
{
	static const char *const remarks[] = {" but not with my name", " no!", " ?",
					      " - see my mail"};
	AUTO(buf) to = buf_new(TEXT_MOST);
	size_t lines = 1, at = 0, hit;
	unsigned how = made_roll(m, 4);

	for (const char *c = text; *c; c++)
		lines += *c == '\n';
	hit = made_roll(m, (unsigned)lines);
	for (; *text; at++) {
		size_t len = strcspn(text, "\n");

		if (at == hit && how == 0 && str_starts(text, "["))
			how = str_starts(text, "[ ] ") ? 0 : 1;
		if (at == hit && how == 1)
			buf_printf(to, "%.*s\n", (int)len, text);
		if (at != hit || how)
			buf_add(to, text, len);
		if (at == hit && how == 2)
			buf_str(to, remarks[made_roll(m, ARRAY_LEN(remarks))]);
		if (at == hit && how == 3)
			buf_printf(to, "\n%s", buf_text(to));
		buf_char(to, '\n');
		text += len + (text[len] == '\n');
	}
	return arena_strdup(m->arena, buf_text(to));
}

START_TEST(damaged_form_gives_no_more_than_was_given)
{
	AUTO(arena) a = arena_new(1 << 20);
	struct made m = {.arena = a, .random = unit_seed(), .carrier = MADE_TEXT};

	printf("# seed %" PRIu64 "\n", m.random);
	for (size_t i = 0; i < DAMAGED_FORMS; i++) {
		AUTO(buf) text = buf_new(TEXT_MOST);
		struct ownform_filled f;

		made_consultation(&m);
		made_text(&m, text);
		ownform_read(a, &m.form, damaged(&m, buf_text(text)), NULL, &f);
		for (int field = FORM_PERMISSION; field <= FORM_CONTACT; field++) {
			struct form_conclusion c = {0};
			uint32_t bits = bits_of(&m, (enum form_field)field);

			if (f.has_details)
				form_conclude(f.details, (enum form_field)field, &c);
			ck_assert_msg(
				rank((enum form_field)field, c.value) <=
					rank((enum form_field)field,
					     value_name((enum form_field)field, bits)),
				"%s: got %s of %x", form_field_names[field], c.value,
				bits);
		}
		for (size_t q = 0; q < m.form.count && f.has_answers; q++)
			ck_assert_msg((f.answers[q].chosen & ~m.fill.answers[q].chosen) ==
					      0,
				      "question %zu: got %x of %x", q + 1,
				      f.answers[q].chosen, m.fill.answers[q].chosen);
		arena_reset(a);
	}
}
END_TEST

/*
 * made_fixed() as LibreOffice 7.4 opened and saved it, from either file as either kind (of its
 * OpenDocument files without pictures and settings): other tags, spans, tracked names.
 */
static const char *const saved[] = {"word.docx", "word.odt", "opendocument.docx",
				    "opendocument.odt"};

START_TEST(form_that_libreoffice_saved_is_read_exactly)
{
	AUTO(arena) a = arena_new(1 << 20);
	AUTO(buf) file = buf_new(1 << 20);
	struct made m = {.arena = a, .carrier = MADE_DOCX};
	struct tally t = {0};
	struct ownform_filled f;
	struct err err = {0};
	struct came came;

	ck_assert_msg(fd_read_file(arena_printf(a, "%s/tests/unit/forms/%s",
						getenv("MERCAT_SRCDIR"), saved[_i]),
				   file, &err),
		      "%s", err.text);
	made_fixed(&m);
	pass_file(a, file, &came);
	ownform_read(a, &m.form, came.text, came.shown, &f);
	ck_assert_int_eq(f.state, OWNFORM_CURRENT);
	judge_details(&t, &m, &f);
	judge_answers(&t, &m, &came, &f);
	ck_assert_uint_eq(t.exact, t.values);
}
END_TEST

static const char *const yes_no[] = {"Yes", "No"};
static const char *const agree[] = {"Agree", "Disagree"};
static const struct answer_question asked[] = {{"Should it stay?", {yes_no, 2, false}},
					       {"Why?", {0}}};
static const struct answer_question other_options[] = {
	{"Should it stay?", {agree, 2, false}}, {"Why?", {0}}};
static const struct answer_question other_words[] = {
	{"Should it go?", {yes_no, 2, false}}, {"Why?", {0}}};
static const struct answer_question takes_more[] = {
	{"Should it stay?", {yes_no, 2, true}}, {"Why?", {0}}};

static struct ownform form_of(const char *name, const struct answer_question *questions)
{
	return (struct ownform){
		.name = name,
		.title = "About it",
		.address = "it@updates.example.test",
		.closes = "at the end of Friday 8 December 2017 (Europe/London)",
		.questions = questions,
		.count = 2};
}

static const struct {
	const char *name, *consultation;
	const struct answer_question *questions;
	const char *title;
	enum ownform_state want;
} others[] = {
	{"the same", "words", asked, NULL, OWNFORM_CURRENT},
	{"another title", "words", asked, "About it all", OWNFORM_CURRENT},
	{"other options", "words", other_options, NULL, OWNFORM_OLDER},
	{"other words", "words", other_words, NULL, OWNFORM_OLDER},
	{"takes several now", "words", takes_more, NULL, OWNFORM_OLDER},
	{"another consultation that asks the same", "buses", asked, NULL,
	 OWNFORM_FOREIGN},
	{"a longer name", "words-2", asked, NULL, OWNFORM_FOREIGN},
};

START_TEST(form_that_asked_something_else_has_no_answers)
{
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) text = buf_new(1 << 16);
	struct ownform mine = form_of("words", asked),
		       theirs = form_of(others[_i].consultation, others[_i].questions);
	struct ownform_filled f;

	theirs.title = str_or(others[_i].title, theirs.title);
	ownform_write_text(a, &theirs, text);
	ownform_read(a, &mine, buf_text(text), NULL, &f);
	ck_assert_msg(f.state == others[_i].want, "%s: got %d", others[_i].name,
		      (int)f.state);
	ck_assert_msg(f.has_details, "%s", others[_i].name);
	ck_assert_msg(f.has_answers == (others[_i].want == OWNFORM_CURRENT), "%s",
		      others[_i].name);
}
END_TEST

START_TEST(two_forms_in_one_text_are_not_read)
{
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) text = buf_new(1 << 16);
	struct ownform mine = form_of("words", asked), theirs = form_of("buses", asked);
	struct ownform_filled f;

	ownform_write_text(a, &mine, text);
	ownform_write_text(a, _i ? &theirs : &mine, text);
	ownform_read(a, &mine, buf_text(text), NULL, &f);
	ck_assert_int_eq(f.state, _i ? OWNFORM_FOREIGN : OWNFORM_CURRENT);
	ck_assert(!f.has_details && !f.has_answers);
	ck_assert_str_eq(f.own, buf_text(text));
}
END_TEST

/* What is no form of ours: letters, official numbers, a reference that lost its end. */
static const char *const strangers[] = {
	"",
	"Form reference:",
	"Form reference: 12/345",
	"Form reference: words-0123",
	"Our form reference: words-0123456789abcdef is here",
	"reference: none",
	"Form reference: words-0123456789abcdeg"};

START_TEST(text_that_is_no_form_is_left_alone)
{
	AUTO(arena) a = arena_new(1 << 16);
	struct ownform mine = form_of("words", asked);
	struct ownform_filled f;

	ownform_read(a, &mine, strangers[_i], NULL, &f);
	ck_assert_int_eq(f.state, OWNFORM_NONE);
	ck_assert_ptr_eq(f.own, strangers[_i]);
}
END_TEST

/* What the person sees as struck out is not chosen, whatever the plain text says. */
START_TEST(struck_option_is_not_chosen)
{
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) text = buf_new(1 << 16);
	struct ownform mine = form_of("words", asked);
	struct document *d = document_new(a);
	struct form_conclusion c;
	struct ownform_filled f;
	const char *filled, *line;

	ownform_write_text(a, &mine, text);
	filled = arena_strdup(a, buf_text(text));
	line = strstr(filled, "[ ] Publish response with name");
	((char *)(uintptr_t)line)[1] = 'x';
	for (const char *at = filled; *at; at += strcspn(at, "\n") + 1) {
		size_t len = strcspn(at, "\n");

		document_block(d, DOCUMENT_PARAGRAPH, 0);
		document_words(d, at, 4 < len ? 4 : len, 0);
		if (len > 4)
			document_words(d, at + 4, len - 4,
				       at == line ? DOCUMENT_STRUCK : 0);
	}
	ownform_read(a, &mine, filled, NULL, &f);
	form_conclude(f.details, FORM_PERMISSION, &c);
	ck_assert_str_eq(c.value, "name");
	ownform_read(a, &mine, filled, d, &f);
	ck_assert(f.has_details);
	form_conclude(f.details, FORM_PERMISSION, &c);
	ck_assert_ptr_null(c.value);
}
END_TEST

START_TEST(link_says_what_it_leaves_out_and_keeps_to_its_length)
{
	AUTO(arena) a = arena_new(1 << 18);
	struct made m = {.arena = a, .random = unit_seed()};
	size_t how_many[OWNFORM_SHORTEST + 1] = {0};

	for (size_t i = 0; i < 500; i++) {
		AUTO(buf) link = buf_new(1 << 16);
		enum ownform_link how;

		made_consultation(&m);
		how = ownform_write_mailto(a, &m.form, link);
		how_many[how]++;
		ck_assert_uint_le(link->len, OWNFORM_MAILTO_MOST);
		ck_assert(str_starts(buf_text(link),
				     "mailto:answers@updates.example.test?subject="
				     "Response%3A%20"));
		ck_assert_uint_eq(
			strspn(buf_text(link),
			       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "0123456789-._~%@:?&="),
			link->len);
		arena_reset(a);
	}
	ck_assert(how_many[OWNFORM_SHORTER] && how_many[OWNFORM_SHORTEST]);
}
END_TEST

/* A form with one line of it, or something like one, over and over. */
static const char *const rows[] = {
	"Question 1 of 2\n",
	"Question 1 of 2\nShould it stay?\n",
	"Your name:\n",
	"\n",
	" \xC2\xA0\n",
	"[x] Yes\n",
	"[ ",
	"End of the response form\n",
	"Form reference: words-0123456789abcdef\n",
	"Form reference:\n",
	"Q\n",
	"May we publish your response?\n",
	"Your answer to question 1:\n",
};

static int64_t cost_of(const char *row, const char *before, size_t size)
{
	AUTO(arena) a = arena_new(1 << 20);
	AUTO(buf) text = buf_new(TEXT_MOST);
	AUTO(buf) blank = buf_new(1 << 16);
	struct ownform mine = form_of("words", asked);
	struct ownform_filled f;
	const char *at;
	int64_t begun;

	ownform_write_text(a, &mine, blank);
	at = strstr(buf_text(blank), before);
	buf_add(text, buf_text(blank), (size_t)(at - buf_text(blank)));
	while (text->len < size)
		buf_str(text, row);
	buf_printf(text, "\n%s", at);
	begun = unit_cpu_us();
	ownform_read(a, &mine, buf_text(text), NULL, &f);
	return unit_cpu_us() - begun;
}

/* Squared, eight times as much takes 64 times as long, and that of 800 kB many seconds. */
START_TEST(form_takes_no_longer_than_it_is_long)
{
	static const char *const places[] = {"Response form", "Your email", "Question 1",
					     "Your answer to question 2"};
	enum { SHORT = 100000, TIMES = 8, TOLERATED = 3 * TIMES, HARMLESS_US = 1000000 };

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		int64_t few = cost_of(rows[_i], places[i], SHORT);
		int64_t many = cost_of(rows[_i], places[i], (size_t)SHORT * TIMES);

		ck_assert_msg(many < HARMLESS_US || many < few * TOLERATED,
			      "\"%s\" before \"%s\": %" PRId64
			      " us, and %d times as long: "
			      "%" PRId64 " us",
			      rows[_i], places[i], few, (int)TIMES, many);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("ownform");
	TCase *tc = tcase_create("form");

	extract_document_setup();
	tcase_set_timeout(tc, 600);
	tcase_add_test(tc, what_was_filled_in_is_read_exactly);
	UNIT_TABLE(tc, form_that_libreoffice_saved_is_read_exactly, saved);
	tcase_add_test(tc, damaged_form_gives_no_more_than_was_given);
	UNIT_TABLE(tc, form_that_asked_something_else_has_no_answers, others);
	tcase_add_loop_test(tc, two_forms_in_one_text_are_not_read, 0, 2);
	UNIT_TABLE(tc, text_that_is_no_form_is_left_alone, strangers);
	tcase_add_test(tc, struck_option_is_not_chosen);
	tcase_add_test(tc, link_says_what_it_leaves_out_and_keeps_to_its_length);
	UNIT_TABLE(tc, form_takes_no_longer_than_it_is_long, rows);
	suite_add_tcase(s, tc);
	return unit_main_together(s);
}
