/* Near duplicates: likeness, the planted pairs, and the word diff. */
#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "text/words/diff.h"
#include "text/words/shingle.h"

#include <unistd.h>

static void shingles(struct arena *a, const char *text, const struct shingles *without,
		     struct shingles *out)
{
	struct words words;

	words_read(a, text, strlen(text), &words);
	shingles_of(a, &words, without, out);
}

START_TEST(likeness_is_of_shingles_each_once)
{
	AUTO(arena) a = arena_new(4096);
	struct shingles one, other, none;

	shingles(a, "one two three four", NULL, &one); /* 2 shingles */
	shingles(a, "ONE two, three! five", NULL, &other);
	ck_assert_uint_eq(one.count, 2);
	ck_assert_uint_eq(shingles_common(&one, &other), 1);
	ck_assert(shingles_alike(&one, &other) > 0.33 &&
		  shingles_alike(&one, &other) < 0.34);
	shingles(a, "one two three four", &other, &one);
	ck_assert_uint_eq(one.count, 1);
	shingles(a, "yes", NULL, &one);
	ck_assert_uint_eq(one.count, 1);
	shingles(a, " .. ", NULL, &none);
	ck_assert_uint_eq(none.count, 0);
	ck_assert(shingles_alike(&none, &none) == 0);
}
END_TEST

START_TEST(signs_estimate_the_likeness)
{
	for (int share = 0; share <= 100; share += 10) {
		uint64_t both[1000], left[1000];
		struct shingles one = {both, 0}, other = {left, 0};
		struct shingle_sign s, t;
		size_t common = (size_t)(1000 * 2 * share / (100 + share));
		double want, got;

		for (size_t i = 0; i < 1000; i++) {
			both[i] = (i + 1) * 0x9e3779b97f4a7c15u;
			left[i] = (i + (i < common ? 1 : 5001)) * 0x9e3779b97f4a7c15u;
		}
		one.count = other.count = 1000;
		shingle_sign(&one, &s);
		shingle_sign(&other, &t);
		want = (double)common / (double)(2000 - common);
		got = shingle_sign_alike(&s, &t);
		ck_assert_msg(got > want - 0.15 && got < want + 0.15,
			      "%d %%: %f, want %f", share, got, want);
	}
}
END_TEST

/* The planted pairs of the corpus beside the checkout. */
struct corpus {
	struct arena *arena;
	char *ids[2000];
	struct shingle_sign *signs;
	size_t count;
	bool (*pair)[1000];
};

static const char articles_file[] = "corpora/neardup/articles_1000.train";
static const char truth_file[] = "corpora/neardup/articles_1000.truth";

static void pair_found(void *with, size_t one, size_t other)
{
	struct corpus *c = with;

	c->pair[one][other] = c->pair[other][one] = true;
}

static size_t index_of(const struct corpus *c, const char *id)
{
	for (size_t i = 0; i < c->count; i++)
		if (str_eq(c->ids[i], id))
			return i;
	ck_abort_msg("no article %s", id);
	return 0;
}

START_TEST(all_planted_pairs_are_found_and_hardly_another)
{
	AUTO(arena) a = arena_new(1 << 20);
	AUTO(buf) articles = buf_new(8 << 20);
	AUTO(buf) truth = buf_new(1 << 16);
	struct corpus c = {.arena = a};
	struct err err = {0};
	size_t planted = 0, found = 0;
	char *rest;

	ck_assert_msg(fd_read_file(unit_shared(articles_file), articles, &err) &&
			      fd_read_file(unit_shared(truth_file), truth, &err),
		      "%s", err.text);
	c.signs = arena_make(a, struct shingle_sign, 1000);
	c.pair = arena_alloc(a, 1000 * sizeof(*c.pair));
	for (char *line = articles->bytes; line && *line && c.count < 1000; line = rest) {
		struct shingles s;
		char *end = strchr(line, '\n'), *space = strchr(line, ' ');

		rest = end ? end + 1 : NULL;
		*(end ? end : line + strlen(line)) = '\0';
		*space = '\0';
		c.ids[c.count] = line;
		shingles(a, space + 1, NULL, &s);
		shingle_sign(&s, &c.signs[c.count++]);
	}
	ck_assert_uint_eq(c.count, 1000);
	shingle_pairs(c.signs, c.count, 0.5, pair_found, &c);
	for (char *line = truth->bytes; line && *line; line = rest) {
		char *end = strchr(line, '\n'), *space = strchr(line, ' ');

		rest = end ? end + 1 : NULL;
		*(end ? end : line + strlen(line)) = '\0';
		*space = '\0';
		ck_assert_msg(
			c.pair[index_of(&c, line)][index_of(&c, str_trim(space + 1))],
			"%s and %s", line, space + 1);
		planted++;
	}
	for (size_t i = 0; i < c.count; i++)
		for (size_t j = 0; j < i; j++)
			found += c.pair[i][j];
	ck_assert_uint_eq(planted, 10);
	ck_assert_msg(found <= planted + 5, "%zu pairs found", found);
}
END_TEST

static const struct {
	const char *old_text, *new_text, *want;
} diffs[] = {
	{"", "", ""},
	{"a b c", "A, b; C!", "a b c"},
	{"a b c", "a b x c", "a b +x c"},
	{"a b c", "a c", "a -b c"},
	{"a b c", "x a b c y", "+x a b c +y"},
	{"", "a", "+a"},
	{"a", "", "-a"},
	{"a b c d", "c d a b", NULL},
	{"please keep the old words", "please do not keep any old words", NULL},
	{"a b c a b b a", "c b a b a c", NULL},
};

static const char *shown(struct arena *a, const char *o, const char *n,
			 const struct diff *d, const struct words *ow,
			 const struct words *nw, enum diff_kind without)
{
	AUTO(buf) out = buf_new(1 << 16);

	for (size_t i = 0; i < d->count; i++)
		for (size_t w = d->items[i].from; w < d->items[i].to; w++) {
			bool gone = d->items[i].kind == DIFF_REMOVED;
			const struct word *word = gone ? &ow->items[w] : &nw->items[w];
			const char *text = gone ? o : n;

			if (d->items[i].kind == without && without != DIFF_SAME)
				continue;
			buf_printf(out, "%s%s%.*s", out->len ? " " : "",
				   without != DIFF_SAME || d->items[i].kind == DIFF_SAME
					   ? ""
				   : gone ? "-"
					  : "+",
				   (int)(word->to - word->from), text + word->from);
		}
	return arena_strdup(a, buf_text(out));
}

static const char *words_only(struct arena *a, const char *text, const struct words *w)
{
	AUTO(buf) out = buf_new(1 << 16);

	for (size_t i = 0; i < w->count; i++)
		buf_printf(out, "%s%.*s", i ? " " : "",
			   (int)(w->items[i].to - w->items[i].from),
			   text + w->items[i].from);
	return arena_strdup(a, buf_text(out));
}

static void both_ways(struct arena *a, const char *o, const char *n, const char *want)
{
	struct words ow, nw;
	struct diff d;
	const char *got;

	words_read(a, o, strlen(o), &ow);
	words_read(a, n, strlen(n), &nw);
	diff_words(a, &ow, &nw, &d);
	/* Without what was removed it is the new text; without what was added, the old. */
	ck_assert_str_eq(shown(a, o, n, &d, &ow, &nw, DIFF_REMOVED),
			 words_only(a, n, &nw));
	got = shown(a, o, n, &d, &ow, &nw, DIFF_ADDED);
	ck_assert_uint_eq(strlen(got), strlen(words_only(a, o, &ow)));
	if (want) {
		got = shown(a, o, n, &d, &ow, &nw, DIFF_SAME);
		for (size_t i = 0; got[i]; i++)
			ck_assert_msg(str_lower_char(got[i]) == want[i],
				      "got %s, want %s", got, want);
	}
}

START_TEST(diff_turns_the_old_text_into_the_new)
{
	AUTO(arena) a = arena_new(4096);

	both_ways(a, diffs[_i].old_text, diffs[_i].new_text, diffs[_i].want);
}
END_TEST

START_TEST(diff_of_any_two_texts_holds)
{
	unsigned char r[120];

	for (int round = 0; round < 1000; round++) {
		AUTO(arena) a = arena_new(4096);
		AUTO(buf) o = buf_new(1000);
		AUTO(buf) n = buf_new(1000);

		secret_random(r, sizeof(r));
		for (size_t i = 0; i < r[0] % 40u; i++)
			buf_printf(o, "%c ", 'a' + r[i] % 4);
		for (size_t i = 0; i < r[1] % 40u; i++)
			buf_printf(n, "%c ", 'a' + r[60 + i] % 4);
		both_ways(a, buf_text(o), buf_text(n), NULL);
	}
}
END_TEST

START_TEST(diff_of_very_different_texts_is_whole)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) o = buf_new(1 << 17);
	AUTO(buf) n = buf_new(1 << 17);

	for (int i = 0; i < 4000; i++) {
		buf_printf(o, "o%d ", i);
		buf_printf(n, "n%d ", i);
	}
	both_ways(a, buf_text(o), buf_text(n), NULL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_shingle");
	TCase *c = tcase_create("shingle");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, likeness_is_of_shingles_each_once);
	tcase_add_test(c, signs_estimate_the_likeness);
	if (unit_shared(articles_file))
		tcase_add_test(c, all_planted_pairs_are_found_and_hardly_another);
	UNIT_TABLE(c, diff_turns_the_old_text_into_the_new, diffs);
	tcase_add_test(c, diff_of_any_two_texts_holds);
	tcase_add_test(c, diff_of_very_different_texts_is_whole);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
