#include "tests/fuzz/fuzz.h"

#include "mail/read/unquoted.h"
#include "text/answer/answers.h"
#include "text/letter/respondent_form.h"
#include "text/letter/frame.h"
#include "text/letter/letter_core.h"
#include "text/answer/passage.h"
#include "text/words/sentence.h"
#include "text/letter/signature.h"

/* Targets of their own, so that each is quick: what is quoted, the frame of a letter, who
   signed it, the answers in it, its sentences. */
static void quotes(struct arena *a, const char *text)
{
	struct mail_reply_forward f = {0};
	const char *own, *quoted;

	mail_reply_cut(a, text, &own, &quoted);
	fuzz_is_text(own);
	fuzz_is_text(quoted);
	/* Something of a text that says something is always left for a person to see. */
	ASSERT(str_blank(text) || !str_blank(own) || !str_blank(quoted));
	mail_reply_own(a, text, &own, &quoted);
	fuzz_is_text(own);
	fuzz_is_text(quoted);
	if (mail_reply_forwarded(a, text, &f)) {
		fuzz_is_text(f.name);
		fuzz_is_text(f.address);
		fuzz_is_text(f.note);
		ASSERT(!str_blank(f.body));
		fuzz_is_text(f.body);
	}
}

/* Each byte of a text stands in one line of its frame. */
static void frame(struct arena *a, const char *text, const char *who)
{
	struct frame f = {0};
	size_t at = 0;

	frame_read(a, text, strlen(text), who, &f);
	for (size_t i = 0; i < f.count; i++) {
		ASSERT(f.lines[i].from >= at && f.lines[i].from <= f.lines[i].to);
		ASSERT(!memchr(text + f.lines[i].from, '\n',
			       f.lines[i].to - f.lines[i].from));
		for (; at < f.lines[i].from; at++)
			ASSERT(text[at] == '\n' || text[at] == '\r');
		at = f.lines[i].to;
	}
	ASSERT(str_blank(text + at));
	fuzz_is_text(frame_said(a, text, who));
}

static void signed_by(struct arena *a, const char *text, const char *who)
{
	struct signature s = {0};

	signature_read(a, text, frame_book_new(a, who), &s);
	fuzz_is_text(s.name);
	fuzz_is_text(s.role);
	fuzz_is_text(s.organisation);
	fuzz_is_text(signature_plain_name(a, who));
	ASSERT(str_blank(who) || signature_may_be_same(who, who) ||
	       !signature_may_be_same(who, text));
}

static void answers(struct arena *a, const char *text, const char *who)
{
	static const char *const yes_no[] = {"Yes", "No", "Don't know"};
	static const struct answer_question questions[] = {
		{"Should councils say how long the waiting list is?", {yes_no, 3, false}},
		{"What would make the garden safer?", {NULL, 0, false}},
		{"Which days suit you?", {yes_no, 3, true}}};
	size_t characters = str_utf8_count(text, strlen(text)), at = 0;
	struct answer_parts parts = {0};

	answers_part(a, text, frame_book_new(a, who), questions, ARRAY_LEN(questions), &parts);
	ASSERT(parts.count <= ANSWERS_MOST);
	for (size_t i = 0; i < parts.count; i++) {
		const struct answer_part *p = &parts.items[i];

		ASSERT(p->question <= ARRAY_LEN(questions) && p->how);
		ASSERT(at <= p->from && p->from <= p->to && p->to <= characters);
		at = p->to;
	}
	for (size_t i = 0; i < parts.choice_count; i++) {
		const struct answer_choice *c = &parts.choices[i];

		ASSERT(c->question && c->question <= ARRAY_LEN(questions));
		ASSERT(c->from <= c->to && c->to <= characters && !(c->chosen >> 3));
	}
}

static void sentences(struct arena *a, const char *text)
{
	int64_t characters = (int64_t)str_utf8_count(text, strlen(text));
	struct passage_place place;

	for (const char *at = text; *at;) {
		const char *end = sentence_end(text, at);

		ASSERT(end > at && end <= text + strlen(text));
		at = end;
	}
	if (passage_trim(text, 0, characters, &place)) {
		struct passage_mark mark = passage_mark(a, text, place.from, place.to);

		ASSERT(0 <= place.from && place.from < place.to &&
		       place.to <= characters);
		ASSERT(passage_stands(text, place.from, place.to, &mark));
	}
}

void fuzz_quote(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);

	quotes(a, fuzz_text(a, bytes, len));
}

/* The first line is the sender's name. */
void fuzz_frame(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *who = fuzz_line(a, &bytes, &len);

	frame(a, fuzz_text(a, bytes, len), who);
}

void fuzz_signature(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *who = fuzz_line(a, &bytes, &len);

	signed_by(a, fuzz_text(a, bytes, len), who);
}

void fuzz_answers(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *who = fuzz_line(a, &bytes, &len);

	answers(a, fuzz_text(a, bytes, len), who);
}

void fuzz_letter(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *text = fuzz_text(a, bytes, len);

	sentences(a, text);
	fuzz_is_text(form_without(a, text));
	fuzz_is_text(letter_core_words(a, text, NULL, ""));
}
