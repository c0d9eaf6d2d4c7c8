#include "tests/fuzz/fuzz.h"

#include "ownform/ownform.h"

static const char *const yes_no[] = {"Yes", "No"};
static const char *const ways[] = {"By post", "By telephone", "By post and telephone"};
static const struct answer_question questions[] = {
	{"Which words are old?", {0}},
	{"Should it be named?", {yes_no, 2, false}},
	{"How should they be told?", {ways, 3, true}}};
static const struct ownform form = {.name = "words",
				    .title = "Old words",
				    .address = "words@example.test",
				    .closes = "at the end of Friday 8 December 2017",
				    .questions = questions,
				    .count = ARRAY_LEN(questions)};

static void is_of_text(const char *text, const char *of)
{
	fuzz_is_text(of);
	ASSERT(str_utf8_count(text, strlen(text)) == str_utf8_count(of, strlen(of)));
}

static void look(const char *text, const struct ownform_filled *f)
{
	size_t most = str_utf8_count(text, strlen(text)), at = f->place;

	is_of_text(text, f->own);
	is_of_text(text, f->said);
	is_of_text(text, f->rest);
	ASSERT(f->state == OWNFORM_CURRENT || !f->has_answers);
	ASSERT(f->has_details || !f->has_answers);
	for (size_t i = 0; f->has_answers && i < form.count; i++) {
		const struct ownform_answer *a = &f->answers[i];
		uint32_t bits = a->chosen;

		ASSERT(at <= a->choice_from && a->choice_from <= a->choice_to &&
		       a->choice_to <= a->from && a->from <= a->to && a->to <= most);
		ASSERT(a->any || !bits);
		ASSERT(bits < (uint32_t)1 << (form.questions[i].choice.count));
		ASSERT(form.questions[i].choice.several || !(bits & (bits - 1)));
		at = a->to;
	}
	for (size_t i = 0; f->has_details && i < f->details->count; i++) {
		const struct form_reading *r = &f->details->readings[i];

		fuzz_is_text(r->words);
		ASSERT(r->bound.low <= r->bound.high &&
		       r->bound.high <= form_top(r->field));
		ASSERT(r->doubtful == (r->bound.low == FORM_NOTHING));
	}
	if (f->has_details) {
		fuzz_is_text(f->details->name);
		fuzz_is_text(f->details->organisation);
		fuzz_is_text(f->email);
	}
}

/* What was typed into a form: the first byte says in place of which line; 255 is all of it. */
void fuzz_ownform(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	AUTO(buf) blank = buf_new(1 << 14);
	AUTO(buf) text = buf_new(1 << 16);
	unsigned hit = fuzz_byte(&bytes, &len), line = 0;
	const char *typed = fuzz_text(a, bytes, len);
	struct document *d = document_new(a);
	struct ownform_filled filled;

	ownform_write_text(a, &form, blank);
	for (const char *at = buf_text(blank); *at && hit != 255; line++) {
		size_t n = strcspn(at, "\n");

		if (line == hit)
			buf_str(text, typed);
		else
			buf_add(text, at, n);
		buf_char(text, '\n');
		at += n + (at[n] == '\n');
	}
	if (hit == 255)
		buf_str(text, typed);
	ownform_read(a, &form, buf_text(text), NULL, &filled);
	look(buf_text(text), &filled);
	document_from_plain(d, buf_text(text));
	ownform_read(a, &form, buf_text(text), d, &filled);
	look(buf_text(text), &filled);
}
