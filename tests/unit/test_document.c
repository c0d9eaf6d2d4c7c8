/* The document model: built, printed, packed; hostile bytes are refused. */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "document/model.h"

static struct document *sample(struct arena *a)
{
	struct document *d = document_new(a);
	const char *options[] = {"Individual", "Organisation"};

	document_block(d, DOCUMENT_HEADING, 1);
	document_words(d, "Form", 4, DOCUMENT_BOLD);
	document_table(d);
	document_row(d);
	document_cell(d, 2);
	document_words(d, "Type", 4, 0);
	document_cell(d, 1);
	document_field(d, &(struct document_entry){.name = "type",
						   .value = "Individual",
						   .options = options,
						   .option_count = 2});
	document_row(d);
	document_cell(d, 1);
	document_words(d, "With name", 9, DOCUMENT_STRUCK);
	document_cell(d, 1);
	document_end_table(d);
	document_quote(d, 1);
	document_words(d, "one\ntwo", 7, 0);
	document_quote(d, -1);
	document_box(d,
		     &(struct document_entry){.name = "pub", .state = DOCUMENT_TICKED});
	document_words(d, " Publish", 8, 0);
	return d;
}

START_TEST(document_keeps_what_was_put_in)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) text = buf_new(4096);
	struct document *d = sample(a);

	document_text_of(d, text);
	ck_assert_str_eq(buf_text(text),
			 "Form\nType\tIndividual\n~~With name~~\t\n> one\ntwo\n"
			 "[x] Publish\n");
	ck_assert_uint_eq(d->blocks[2].column, 3); /* behind a cell of two columns */
	ck_assert_uint_eq(d->blocks[4].count, 0);  /* the empty cell is there */
	ck_assert_uint_eq(d->blocks[4].row, 2);
	ck_assert_uint_eq(d->blocks[6].line, 6);
	ck_assert(d->telling && !d->cut);
}
END_TEST

START_TEST(document_survives_packing)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) first = buf_new(1 << 16);
	AUTO(buf) second = buf_new(1 << 16);
	struct document *d;

	document_pack(sample(a), first);
	ck_assert(document_unpack(a, first->bytes, first->len, &d));
	document_pack(d, second);
	ck_assert_uint_eq(first->len, second->len);
	ck_assert_mem_eq(first->bytes, second->bytes, first->len);
}
END_TEST

/* Any cut and any changed byte gives a document or a refusal, never a crash. */
START_TEST(document_trusts_no_bytes)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) whole = buf_new(1 << 16);
	struct document *d;

	document_pack(sample(a), whole);
	for (size_t i = 0; i < whole->len; i++) {
		ck_assert(!document_unpack(a, whole->bytes, i, &d));
		for (int bit = 0; bit < 8; bit++) {
			whole->bytes[i] ^= (char)(1 << bit);
			if (document_unpack(a, whole->bytes, whole->len, &d)) {
				AUTO(buf) text = buf_new(1 << 16);

				document_text_of(d, text);
			}
			whole->bytes[i] ^= (char)(1 << bit);
		}
	}
}
END_TEST

START_TEST(document_of_plain_text_has_its_lines)
{
	AUTO(arena) a = arena_new(4096);
	struct document *d = document_new(a);

	document_from_plain(d, "Name: A\n\n> > was said\n________________\nend");
	ck_assert_uint_eq(d->count, 5);
	ck_assert_str_eq(d->blocks[0].runs[0].words, "Name: A");
	ck_assert_uint_eq(d->blocks[1].count, 0);
	ck_assert_uint_eq(d->blocks[2].quote, 2);
	ck_assert_str_eq(d->blocks[2].runs[0].words, "was said");
	ck_assert_int_eq(d->blocks[3].kind, DOCUMENT_RULE);
	ck_assert_uint_eq(d->blocks[4].line, 5);
	ck_assert(!d->telling);
}
END_TEST

static const struct {
	const char *html, *text;
} pages[] = {
	{"<p>a <del>b c</del> d</p>", "a ~~b c~~ d\n"},
	{"<p>a <span style='text-decoration: line-through'>b</span></p>", "a ~~b~~\n"},
	{"<table><tr><td>With name<td>X<tr><td>None</td><td>&nbsp;</td></table>",
	 "With name\tX\nNone\t\n"},
	{"<table><tr><td><p>a</p><p>b</p></td><td><div>c</div></td></tr></table>z",
	 "a\nb\tc\nz\n"},
	{"<ul><li>one<li>two</ul>", "- one\n- two\n"},
	{"<input type=checkbox checked> yes <input type='radio'> no", "[x] yes [ ] no\n"},
	{"Type: <select><option>A<option selected>B</select>", "Type: B\n"},
	{"<select><option selected>A<option selected>B</select>", "\n"},
	{"<textarea>my words</textarea>", "my words\n"},
	{"x<blockquote>y</blockquote>z", "x\n> y\nz\n"},
	{"a<br>b<p style='display:none'>c</p>", "a\nb\n"},
	{"<style>p{}</style>a", "a\n"},
};

START_TEST(document_of_html_shows_what_a_reader_sees)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) text = buf_new(4096);
	struct document *d = document_new(a);

	document_from_html(d, pages[_i].html, strlen(pages[_i].html));
	document_text_of(d, text);
	ck_assert_msg(str_eq(buf_text(text), pages[_i].text), "%s: got %s, want %s",
		      pages[_i].html, buf_text(text), pages[_i].text);
}
END_TEST

START_TEST(document_of_html_knows_how_words_look)
{
	static const struct {
		const char *html;
		unsigned marks;
	} looks[] = {{"<u>a</u>", DOCUMENT_UNDERLINED},
		     {"<b>a</b>", DOCUMENT_BOLD},
		     {"<mark>a</mark>", DOCUMENT_HIGHLIGHTED},
		     {"<span style='background:yellow'>a</span>", DOCUMENT_HIGHLIGHTED},
		     {"<span style='background:#FFF'>a</span>", 0},
		     {"<p style='background:yellow'>a</p>", 0},
		     {"<span style='border:1px solid red'>a</span>", DOCUMENT_FRAMED},
		     {"<span style='border:none'>a</span>", 0},
		     {"<a href='x'>a</a>", DOCUMENT_LINKED},
		     {"<strike>a</strike>", DOCUMENT_STRUCK}};

	for (size_t i = 0; i < ARRAY_LEN(looks); i++) {
		AUTO(arena) a = arena_new(4096);
		struct document *d = document_new(a);

		document_from_html(d, looks[i].html, strlen(looks[i].html));
		ck_assert_uint_eq(d->count, 1);
		ck_assert_msg(d->blocks[0].runs[0].marks == looks[i].marks, "%s: %u",
			      looks[i].html, d->blocks[0].runs[0].marks);
	}
}
END_TEST

/* Letter by letter costs no more than at once, and limits mark what they cut. */
START_TEST(document_is_bounded)
{
	AUTO(arena) a = arena_new(1 << 16);
	struct document *d = document_new(a);

	for (size_t i = 0; i < DOCUMENT_TEXT + 10; i++)
		document_words(d, "a", 1, 0);
	ck_assert(d->cut);
	ck_assert_uint_eq(d->count, 1);
	ck_assert_uint_eq(strlen(d->blocks[0].runs[0].words), DOCUMENT_TEXT);
	for (int i = 0; i < 100; i++)
		document_table(d);
	document_cell(d, 1);
	for (int i = 0; i < 200; i++)
		document_end_table(d);
	document_words(d, "b", 1, 0);
}
END_TEST

/* What was typed into a field of a form may be an answer of many words. */
START_TEST(document_keeps_what_was_typed)
{
	for (size_t len = 900; len < 70000; len += len < 1100 ? 1 : 2999) {
		AUTO(arena) a = arena_new(1 << 16);
		AUTO(buf) html = buf_new(1 << 20);
		struct document *d = document_new(a);
		const struct document_run *run = NULL;

		buf_str(html, "<p>Say <textarea name=q>");
		for (size_t i = 0; i < len; i++)
			buf_str(html, "é");
		buf_str(html, "</textarea></p>");
		document_from_html(d, buf_text(html), html->len);
		for (size_t i = 0; i < d->blocks[0].count; i++)
			if (d->blocks[0].runs[i].kind == DOCUMENT_FIELD)
				run = &d->blocks[0].runs[i];
		ck_assert_ptr_nonnull(run);
		ck_assert(str_utf8_valid(run->entry->value, strlen(run->entry->value)));
		ck_assert(d->cut ? len > 32768 : strlen(run->entry->value) == 2 * len);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("document");
	TCase *t = tcase_create("model");

	tcase_add_test(t, document_keeps_what_was_put_in);
	tcase_add_test(t, document_keeps_what_was_typed);
	tcase_add_test(t, document_survives_packing);
	tcase_add_test(t, document_trusts_no_bytes);
	tcase_add_test(t, document_of_plain_text_has_its_lines);
	UNIT_TABLE(t, document_of_html_shows_what_a_reader_sees, pages);
	tcase_add_test(t, document_of_html_knows_how_words_look);
	tcase_add_test(t, document_is_bounded);
	suite_add_tcase(s, t);
	return unit_main_together(s);
}
