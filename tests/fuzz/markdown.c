#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/markup.h"

#include "text/markup/markdown.h"
#include "text/markup/markdown_facts.h"

enum { MOST = 1 << 22, WIDE = 72, WORD_MOST = 900 };

/* A line is wide only where there is no blank to end it at. */
static void lines_fit(const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n"),
		       first = strspn(text, " >*-|0123456789.");
		const char *blank;

		ASSERT(len <= WORD_MOST + WIDE);
		blank = memchr(text + first, ' ', len > first ? len - first : 0);
		if (str_utf8_count(text, len) > WIDE && blank &&
		    str_utf8_count(text, (size_t)(blank - text)) <= WIDE && first < 4 &&
		    !strstr(text, "  "))
			PANIC("a line of %zu bytes: %.*s", len, (int)len, text);
		text += len + (text[len] == '\n');
	}
}

static void is_written(struct arena *a, const struct markdown *md)
{
	size_t blocks = markdown_blocks(md), count;
	struct markdown_fact *facts;
	struct markdown_note *notes;
	AUTO(buf) out = buf_new(MOST);

	markdown_html(md, 0, blocks, MARKDOWN_WEB, 2, out);
	fuzz_is_text_buf(out);
	markup_is_ours(buf_text(out));
	buf_reset(out);
	markdown_html(md, 0, blocks, MARKDOWN_MAIL, 3, out);
	fuzz_is_text_buf(out);
	markup_is_ours(buf_text(out));
	buf_reset(out);
	markdown_text(md, 0, blocks, out);
	fuzz_is_text_buf(out);
	lines_fit(buf_text(out));
	for (size_t i = 0; i < blocks; i++) {
		const char *text;
		int line, level = markdown_heading(md, a, i, &text, &line);

		ASSERT(level >= 0 && level <= 6);
		if (level)
			fuzz_is_text(text);
	}
	count = markdown_facts(md, a, &facts);
	for (size_t i = 0; i < count; i++) {
		fuzz_is_text(facts[i].text);
		fuzz_is_text(facts[i].address);
	}
	count = markdown_notes(md, a, &notes);
	for (size_t i = 0; i < count; i++)
		fuzz_is_text(notes[i].text);
}

void fuzz_markdown(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	AUTO(markdown) md = NULL;
	AUTO(buf) out = buf_new(MOST);
	struct err err = {0};

	if (markdown_parse("fuzz.md", 1, bytes, len, &md, &err)) {
		is_written(a, md);
	} else {
		ASSERT(err.kind == ERR_INPUT);
		fuzz_is_said(&err);
	}
	markdown_wrap_long(out, fuzz_text(a, bytes, len));
	fuzz_is_text_buf(out);
}
