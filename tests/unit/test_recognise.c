/* extract/recognise: which pages have no text, and what is left alone. */
#include "extract/recognise.h"
#include "tests/unit/unit.h"

#include "base/str.h"

enum { MANY = 500 };
static struct err err;

static const struct {
	const char *text;
	size_t pages, blank;
} texts[] = {
	{"", 0, 0},
	{"\f", 1, 1},
	{" \n\t\f", 1, 1},
	{"words\f", 1, 0},
	{"words\f\f \f", 3, 2},
	{"\fwords\n\f\n\n\fwords", 3, 2}, /* what ends with no mark is no page */
	/* What a program stamps on each page is none of its words. */
	{"Scanned by AnyScanner\n\f", 1, 1},
	{"Copy 1 of 2\n\fCopy 2 of 2\n\f", 2, 2},
	{"Yes\n\fNo\n\f", 2, 0},
	{"Copy 1\n\fCopy 2, and an answer\n\f", 2, 0},
};

START_TEST(pages_without_text_are_found)
{
	struct recognise_pages pages;

	recognise_find_pages(texts[_i].text, strlen(texts[_i].text), &pages);
	ck_assert_uint_eq(pages.count, texts[_i].pages);
	ck_assert_uint_eq(pages.blank_all, texts[_i].blank);
	ck_assert_uint_eq(pages.blank_count, texts[_i].blank);
}
END_TEST

/* Against a count of its own, for many rows of pages. */
START_TEST(first_ones_are_tried_and_all_are_counted)
{
	unsigned seed = 29;

	for (int round = 0; round < MANY; round++) {
		AUTO(buf) text = buf_new(4096);
		size_t blank[200], n = 0, all = (size_t)(rand_r(&seed) % 100);
		struct recognise_pages pages;

		for (size_t page = 1; page <= all; page++) {
			bool is_blank = rand_r(&seed) % 2;

			if (is_blank)
				blank[n++] = page;
			if (is_blank)
				buf_str(text, " \n\f");
			else
				buf_printf(text, "word%c\n\f", (char)('a' + page % 26));
		}
		recognise_find_pages(buf_text(text), text->len, &pages);
		ck_assert_uint_eq(pages.count, all);
		ck_assert_uint_eq(pages.blank_all, n);
		ck_assert_uint_eq(pages.blank_count,
				  n < RECOGNISE_PAGES ? n : RECOGNISE_PAGES);
		for (size_t i = 0; i < pages.blank_count; i++)
			ck_assert_uint_eq(pages.blank[i], blank[i]);
	}
}
END_TEST

/* Where no program is installed, a scan is what it was: left to a person. */
START_TEST(nothing_changes_without_the_program)
{
	AUTO(extract) x = NULL;
	AUTO(arena) arena = arena_new(4096);
	const struct mail_attachment file = {.bytes = "x", .size = 1};
	const struct recognise_pages pages = {
		.count = 1, .blank_all = 1, .blank_count = 1, .blank = {1}};
	struct extract_result r = {.state = EXTRACT_UNREADABLE, .reason = "scanned"};

	ck_assert_msg(extract_open(&x, &err), "%s", err.text);
	str_copy(x->languages, sizeof(x->languages), "");
	ck_assert(!extract_recognises(x));
	ck_assert(recognise_pdf(x, arena, &file, &pages, &r, &err));
	ck_assert(recognise_picture(x, arena, &file, &r, &err));
	ck_assert_str_eq(r.reason, "scanned");
	ck_assert_ptr_null(r.recognised);
	ck_assert_ptr_null(r.text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("recognise");
	TCase *t = tcase_create("pages");

	UNIT_TABLE(t, pages_without_text_are_found, texts);
	tcase_add_test(t, first_ones_are_tried_and_all_are_counted);
	tcase_add_test(t, nothing_changes_without_the_program);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
