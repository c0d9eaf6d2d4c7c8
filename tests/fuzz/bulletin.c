#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/markup.h"

#include "bulletin/check.h"
#include "bulletin/draft.h"
#include "bulletin/reuse.h"
#include "bulletin/version_diff.h"

static void is_ours(const struct bulletin_text *t)
{
	fuzz_is_text(t->text);
	fuzz_is_text(t->web_html);
	fuzz_is_text(t->mail_html);
	markup_is_ours(t->web_html);
	markup_is_ours(t->mail_html);
}

static void is_sound(struct arena *a, const struct bulletin_source *s)
{
	struct bulletin_source *next;
	const char *frame;
	struct err err = {0};

	ASSERT(!str_empty(s->list) && !str_empty(s->title) && !str_empty(s->language));
	ASSERT(s->topic_count <= BULLETIN_TOPICS_MAX);
	ASSERT(s->section_count <= BULLETIN_SECTIONS_MAX);
	is_ours(&s->intro);
	for (size_t i = 0; i < s->section_count; i++) {
		const struct bulletin_section *one = &s->sections[i];

		is_ours(&one->body);
		ASSERT(!str_empty(one->anchor) &&
		       !one->anchor[strspn(one->anchor, "abcdefghijklmnopqrstuvwxyz"
							"0123456789-_")]);
		for (size_t j = 0; j < i; j++)
			ASSERT(!str_eq(s->sections[j].anchor, one->anchor));
		ASSERT(s->topic_count == BULLETIN_TOPICS_MAX ||
		       one->topics >> s->topic_count == 0);
	}
	/* Its frame is a bulletin that only needs filling in. */
	frame = bulletin_reuse(a, s);
	if (!bulletin_source_parse(a, "next.md", frame, strlen(frame), &next, &err))
		PANIC("the next one cannot be read: %s\n%s", err.text, frame);
	ASSERT(str_eq(next->list, s->list) && next->topic_count == s->topic_count);
}

/* Whatever stands there goes through the fields of a form without losing a word, and is either
 * read as a bulletin or says why not. */
static void survives_its_fields(struct arena *a, const char *text)
{
	struct bulletin_fields f, once, twice;
	struct bulletin_source *s;
	struct version_diff d;
	const char *written;

	bulletin_fields_read(a, text, &f);
	written = bulletin_fields_write(a, &f);
	bulletin_fields_read(a, written, &once);
	ASSERT(once.has_keys && str_eq(once.body, f.body));
	bulletin_fields_read(a, bulletin_fields_write(a, &once), &twice);
	ASSERT(bulletin_fields_same(&once, &twice));
	s = bulletin_source_draft(a, written, NULL);
	ASSERT(*s->hash && s->title && s->list && s->language);
	ASSERT(!s->unreadable || *s->unreadable);
	version_diff(a, text, written, &d);
	version_diff(a, written, written, &d);
	ASSERT(!d.added && !d.removed);
}

void fuzz_bulletin(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 15);
	struct bulletin_source *source = NULL, *again;
	struct bulletin_findings found;
	struct bulletin_check_in in = {
		.name = "fuzz.md", .text = bytes, .len = len, .today = "2026-03-02"};
	struct err err = {0};

	if (bulletin_source_parse(a, "fuzz.md", bytes, len, &source, &err)) {
		is_sound(a, source);
		ASSERT(bulletin_source_front(a, "fuzz.md", bytes, len, &again, &err));
		ASSERT(str_eq(again->title, source->title));
	} else {
		ASSERT(err.kind == ERR_INPUT);
		fuzz_is_said(&err);
	}
	survives_its_fields(a, arena_strndup(a, bytes, strnlen(bytes, len)));
	in.source = source;
	bulletin_check(a, &in, &found);
	ASSERT(source || found.stops);
	for (size_t i = 0; i < found.count; i++) {
		fuzz_is_text(found.items[i].text);
		ASSERT(bulletin_level_name(found.items[i].level));
	}
}
