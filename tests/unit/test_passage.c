/* Passages known again, stretches cut into pieces, and the colours to show them in. */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "base/fd.h"
#include "text/figures/palette.h"
#include "text/answer/passage.h"
#include "text/words/segment.h"

static struct arena *arena;

static void begin(void)
{
	arena = arena_new(1 << 12);
}

static void end(void)
{
	arena_free(&arena);
}

static const struct {
	const char *text;
	int64_t from, to;
	bool ok;
	int64_t want_from, want_to;
} trims[] = {
	{"The bus is late", 4, 7, true, 4, 7},
	{"The bus is late", 3, 8, true, 4, 7},
	{"The  \n bus", 3, 7, false, 0, 0},
	{"The bus", 0, 8, false, 0, 0},
	{"The bus", -1, 3, false, 0, 0},
	{"The bus", 5, 3, false, 0, 0},
	{"The bus", 7, 9, false, 0, 0},
	{"", 0, 0, false, 0, 0},
	{"Caf\u00e9 \u20ac5 too", 3, 7, true, 3, 7},
	{"\u00e9\u00e9\u00e9", 1, 3, true, 1, 3},
};

START_TEST(a_passage_is_trimmed_and_inside)
{
	struct passage_place p = {0};

	ck_assert_int_eq(passage_trim(trims[_i].text, trims[_i].from, trims[_i].to, &p),
			 trims[_i].ok);
	if (!trims[_i].ok)
		return;
	ck_assert_int_eq(p.from, trims[_i].want_from);
	ck_assert_int_eq(p.to, trims[_i].want_to);
}
END_TEST

static const struct {
	const char *name, *old, *passage, *text;
	size_t want;
	const char *first; /* how it reads at its first place */
} finds[] = {
	{"unchanged", "We like buses.", "like buses", "We like buses.", 1, "like buses"},
	{"moved down", "We like buses.", "like buses", "Hello.\n\nWe like buses.", 1,
	 "like buses"},
	{"blanks and case", "We like  our\nbuses", "like  our\nbuses",
	 "he: LIKE OUR buses, much", 1, "LIKE OUR buses"},
	{"behind wide letters", "like buses", "like buses",
	 "\u00e9\u20ac\u00e9 \U0001f600 like buses", 1, "like buses"},
	{"twice", "like buses", "like buses", "I like buses. You like buses.", 2,
	 "like buses"},
	{"not over itself", "ha ha", "ha ha", "ha ha ha", 1, "ha ha"},
	{"a word less", "like our buses", "like our buses", "like buses", 0, NULL},
	{"another order", "like buses", "like buses", "buses like", 0, NULL},
	{"gone", "like buses", "like buses", "", 0, NULL},
	{"no word in it", "wait ... what", "...", "wait ... what", 0, NULL},
};

START_TEST(a_passage_is_found_by_its_words)
{
	const char *at = strstr(finds[_i].old, finds[_i].passage);
	int64_t from = at - finds[_i].old, to = from + (int64_t)strlen(finds[_i].passage);
	struct passage_mark mark = passage_mark(arena, finds[_i].old, from, to);
	struct passage_place places[4];
	size_t n = passage_find(arena, finds[_i].text, &mark, places, ARRAY_LEN(places));

	ck_assert(passage_stands(finds[_i].old, from, to, &mark));
	ck_assert_msg(n == finds[_i].want, "%s: %zu places", finds[_i].name, n);
	if (n)
		ck_assert_str_eq(
			passage_text(arena, finds[_i].text, places[0].from, places[0].to),
			finds[_i].first);
}
END_TEST

START_TEST(a_changed_passage_does_not_stand)
{
	struct passage_mark mark = passage_mark(arena, "We like buses", 3, 7);

	ck_assert(!passage_stands("We likE buses", 3, 7, &mark));
	ck_assert(!passage_stands("We", 3, 7, &mark));
	ck_assert(!passage_stands(" We like buses", 3, 7, &mark));
	ck_assert(passage_stands("We like trams", 3, 7, &mark));
}
END_TEST

START_TEST(paragraphs_are_found_by_words_in_them)
{
	const char *text = "One bus pass.\nStill one.\n\n \t\nTwo pass the bus.\r\n\r\n"
			   "  \u00e9 three: Bus-Pass!\n";
	struct passage_place *p;
	size_t n = passage_with_words(arena, text, "bus PASS", &p);

	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(passage_text(arena, text, p[0].from, p[0].to),
			 "One bus pass.\nStill one.");
	ck_assert_str_eq(passage_text(arena, text, p[1].from, p[1].to),
			 "\u00e9 three: Bus-Pass!");
	ck_assert_uint_eq(passage_with_words(arena, text, "...", &p), 0);
	ck_assert_uint_eq(passage_with_words(arena, "", "bus", &p), 0);
}
END_TEST

/* "0-3:a 3-5:ab*" : from, to, what covers; a star: it begins here. */
static const char *shown(const struct segment_span *spans, size_t count, int64_t length)
{
	AUTO(buf) out = buf_new(4000);
	struct segment *s;
	size_t n;

	segments_cut(arena, spans, count, length, &s, &n);
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "%s%d-%d:", i ? " " : "", (int)s[i].from, (int)s[i].to);
		for (size_t k = 0; k < s[i].cover_count; k++) {
			bool begins = false;

			for (size_t b = 0; b < s[i].begin_count; b++)
				begins = begins || s[i].begins[b] == s[i].covers[k];
			buf_printf(out, "%c%s", (char)('a' + s[i].covers[k]),
				   begins ? "*" : "");
		}
	}
	return arena_strdup(arena, buf_text(out));
}

static const struct {
	struct segment_span spans[4];
	size_t count;
	int64_t length;
	const char *want;
} cuts[] = {
	{{{0}}, 0, 10, "0-10:"},
	{{{0}}, 0, 0, ""},
	{{{2, 5}}, 1, 10, "0-2: 2-5:a* 5-10:"},
	{{{0, 10}}, 1, 10, "0-10:a*"},
	{{{2, 6}, {4, 8}}, 2, 10, "0-2: 2-4:a* 4-6:ab* 6-8:b 8-10:"},
	{{{2, 8}, {4, 6}}, 2, 10, "0-2: 2-4:a* 4-6:ab* 6-8:a 8-10:"},
	{{{2, 6}, {2, 6}}, 2, 10, "0-2: 2-6:a*b* 6-10:"},
	{{{2, 4}, {4, 6}}, 2, 6, "0-2: 2-4:a* 4-6:b*"},
	{{{-3, 4}, {8, 99}}, 2, 10, "0-4:a* 4-8: 8-10:b*"},
	{{{5, 5}, {7, 3}, {20, 30}}, 3, 6, "0-3: 3-5: 5-6:"},
};

START_TEST(stretches_are_cut_into_pieces_that_do_not_overlap)
{
	ck_assert_str_eq(shown(cuts[_i].spans, cuts[_i].count, cuts[_i].length),
			 cuts[_i].want);
}
END_TEST

START_TEST(colours_can_be_read_and_told_apart)
{
	for (int i = 0; i < PALETTE_COLOURS; i++) {
		const struct palette_colour *c = &palette_colours[i];

		ck_assert_int_eq(palette_find(c->name), i);
		ck_assert_msg(palette_contrast(palette_ink, c->fill) >= 7, "%s: text %f",
			      c->name, palette_contrast(palette_ink, c->fill));
		ck_assert_msg(palette_contrast(c->line, "#ffffff") >= 4.5, "%s: line %f",
			      c->name, palette_contrast(c->line, "#ffffff"));
		for (int k = 0; k < i; k++)
			ck_assert(!str_eq(c->fill, palette_colours[k].fill) &&
				  !str_eq(c->line, palette_colours[k].line));
	}
	ck_assert_int_eq(palette_find("mauve"), -1);
}
END_TEST

static const struct {
	const char *one, *other;
	int tenths;
} contrasts[] = {
	{"#000000", "#ffffff", 210}, {"#fff", "#fff", 10},
	{"#767676", "#ffffff", 45},  {"#0b5394", "#ffffff", 78},
	{"#808080", "#ffffff", 39},  {"red", "#ffffff", 0},
};

START_TEST(contrast_is_that_of_wcag)
{
	double got = palette_contrast(contrasts[_i].one, contrasts[_i].other);

	ck_assert_msg((int)(got * 10) == contrasts[_i].tenths, "%s on %s: %f",
		      contrasts[_i].one, contrasts[_i].other, got);
}
END_TEST

START_TEST(the_style_sheet_has_the_same_colours)
{
	const char *source = getenv("MERCAT_SRCDIR");
	AUTO(buf) path = buf_new(PATH_MAX);
	AUTO(buf) css = buf_new(1 << 16);
	struct err err = {0};

	buf_printf(path, "%s/templates/web/palette.css", source ? source : ".");
	ck_assert_msg(fd_read_file(buf_text(path), css, &err), "%s", err.text);
	for (int i = 0; i < PALETTE_COLOURS; i++) {
		AUTO(buf) rule = buf_new(1000);

		buf_printf(rule, ".colour-%d { --code-fill: %s; --code-edge: %s; }\n", i,
			   palette_colours[i].fill, palette_colours[i].line);
		ck_assert_msg(strstr(buf_text(css), buf_text(rule)) != NULL,
			      "palette.css lacks: %s", buf_text(rule));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("passage");
	TCase *c = tcase_create("passage");

	tcase_add_checked_fixture(c, begin, end);
	UNIT_TABLE(c, a_passage_is_trimmed_and_inside, trims);
	UNIT_TABLE(c, a_passage_is_found_by_its_words, finds);
	tcase_add_test(c, a_changed_passage_does_not_stand);
	tcase_add_test(c, paragraphs_are_found_by_words_in_them);
	UNIT_TABLE(c, stretches_are_cut_into_pieces_that_do_not_overlap, cuts);
	tcase_add_test(c, colours_can_be_read_and_told_apart);
	UNIT_TABLE(c, contrast_is_that_of_wcag, contrasts);
	tcase_add_test(c, the_style_sheet_has_the_same_colours);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
