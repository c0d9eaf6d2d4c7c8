/* Patterns of words: what each element stands for, whoever asks first. */
#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "proposal/pattern.h"

#include <pthread.h>

static const struct {
	const char *pattern, *text;
	int stands;
} rows[] = {
	{"cat", "the cat sat", 1},
	{"cat", "the cats sat", 0},
	{"cat*", "the cats sat", 1},
	{"cat*", "the ca sat", 0},
	{"cat|dog sat", "the dog sat", 1},
	{"cat|dog sat", "the dog lay", 0},
	{"the _ sat", "the dog sat", 1},
	{"the _ sat", "the sat", 0},
	{"the + sat", "the sat", 1},
	{"the + sat", "the one two three sat", 1},
	{"the + sat", "the one two three four sat", 0},
	{"the ++ sat", "the a b c d e f g h sat", 1},
	{"the ++ sat", "the a b c d e f g h i sat", 0},
	{"^ dog", "the cat; dog", 1},
	{"^ dog", "the cat dog", 0},
	{"^ the ^ dog", "the dog", 0},
	{"dog $", "the dog", 1},
	{"dog $", "the dog sat", 0},
	{"dog $|sat", "the dog", 1},
	{"dog $|sat", "the dog sat", 1},
	{"dog $|sat", "the dog lay", 0},
	{"the ?big dog", "the dog", 1},
	{"the ?big dog", "the big dog", 1},
	{"the ?big dog", "the small dog", 0},
	{"?big dog", "dog", 1},
	{"@me want", "I want", 1},
	{"@me want", "they want", 0},
	{"cow|@me want", "I want", 1},
	{"cow, dog ,hen", "the dog", 1},
	{"cow,,hen", "the dog", 0},
	{"", "the dog", 0},
	{"do not", "I dont", 1},
	{"do not", "I don\xE2\x80\x99t", 1},
	{"$", "nothing here", 0},
};

/* What is read of them is kept until the process ends, so they are, too. */
static struct patterns asked[ARRAY_LEN(rows)];

static bool stands(size_t row)
{
	AUTO(arena) arena = arena_new(1 << 12);
	struct tokens t;

	asked[row].text = rows[row].pattern;
	token_read(arena, rows[row].text, strlen(rows[row].text), &t);
	return pattern_match(&t, &asked[row]);
}

START_TEST(element_stands_for_what_is_said_of_it)
{
	ck_assert_msg(stands((size_t)_i) == rows[_i].stands, "\"%s\" in \"%s\"",
		      rows[_i].pattern, rows[_i].text);
}
END_TEST

/* Each pattern of a row is asked, in its order, up to so many. */
START_TEST(patterns_that_stand_are_counted_up_to_the_most)
{
	static struct patterns farm = {.text = "cow,hen,dog,pig"};
	AUTO(arena) arena = arena_new(1 << 12);
	const char text[] = "a hen, a dog and another dog, and a pig";
	struct tokens t;

	token_read(arena, text, strlen(text), &t);
	ck_assert_uint_eq(pattern_matches(&t, &farm, 10), 3);
	ck_assert_uint_eq(pattern_matches(&t, &farm, 2), 2);
	ck_assert_uint_eq(pattern_matches(&t, &farm, 0), 0);
}
END_TEST

/* What has no word of its own, a beginning and a class among the rest. */
START_TEST(each_of_many_patterns_is_found_by_its_own_words)
{
	enum { MANY = 200 };
	static struct patterns sets[MANY + 1];
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(buf) all = buf_new(1 << 14);
	struct tokens t;

	for (size_t i = 0; i < MANY; i++) {
		const char *one =
			i % 3 ? arena_printf(arena, "one%zuz two%zuz", i, i)
			      : arena_printf(arena, "three%zuz*|four%zuz", i, i);

		buf_printf(all, "%s,", one);
		sets[i].text = one;
	}
	buf_str(all, "_ ?a last");
	sets[MANY].text = buf_text(all);
	for (size_t i = 0; i < MANY; i++) {
		const char *text = arena_printf(
			arena, "x one%zuz two%zuz y three%zuzzes and four%zuz", i, i,
			i + 2, i + 5);
		size_t found = 0;

		token_read(arena, text, strlen(text), &t);
		for (size_t k = 0; k < MANY; k++)
			found += pattern_matches(&t, &sets[k], MANY);
		ck_assert_uint_eq(pattern_matches(&t, &sets[MANY], MANY), found);
		ck_assert_uint_eq(pattern_match(&t, &sets[MANY]), found > 0);
	}
	token_read(arena, "at last", 7, &t);
	ck_assert_uint_eq(pattern_matches(&t, &sets[MANY], MANY), 1);
	token_read(arena, "", 0, &t);
	ck_assert_uint_eq(pattern_matches(&t, &sets[MANY], MANY), 0);
}
END_TEST

/* A letter more, less, other or changed round in a long word that is known. */
static const struct {
	const char *text;
	int known;
} misspelt[] = {{"consultation", 1},  {"consultaton", 1},  {"consulttaion", 1},
		{"consultattion", 1}, {"consultetion", 1}, {"konsultation", 0},
		{"consulttoin", 0},   {"zzonsultation", 0}};

START_TEST(long_word_is_known_with_one_letter_wrong)
{
	AUTO(arena) arena = arena_new(1 << 12);
	struct tokens t;

	token_read(arena, misspelt[_i].text, strlen(misspelt[_i].text), &t);
	ck_assert_uint_eq(t.count, 1);
	ck_assert_int_eq(str_eq(t.items[0].word, "consultation"), misspelt[_i].known);
}
END_TEST

enum { THREADS = 8, TURNS = 200 };
static struct patterns shared[TURNS];
static pthread_barrier_t all;

static void *ask(void *out)
{
	AUTO(arena) arena = arena_new(1 << 12);
	const char text[] = "the cat sat";
	size_t found = 0;
	struct tokens t;

	token_read(arena, text, strlen(text), &t);
	for (size_t i = 0; i < TURNS; i++) {
		(void)pthread_barrier_wait(&all);
		found += pattern_matches(&t, &shared[i], 9);
	}
	*(size_t *)out = found;
	return NULL;
}

START_TEST(threads_that_ask_first_at_once_are_told_the_same)
{
	size_t found[THREADS];
	pthread_t threads[THREADS];

	for (size_t i = 0; i < TURNS; i++)
		shared[i].text = "cat sat,dog,the";
	ck_assert_int_eq(pthread_barrier_init(&all, NULL, THREADS), 0);
	for (size_t i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, ask, &found[i]), 0);
	for (size_t i = 0; i < THREADS; i++) {
		ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
		ck_assert_uint_eq(found[i], 2 * TURNS);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("pattern");
	TCase *t = tcase_create("patterns");

	UNIT_TABLE(t, element_stands_for_what_is_said_of_it, rows);
	tcase_add_test(t, patterns_that_stand_are_counted_up_to_the_most);
	tcase_add_test(t, each_of_many_patterns_is_found_by_its_own_words);
	UNIT_TABLE(t, long_word_is_known_with_one_letter_wrong, misspelt);
	tcase_add_test(t, threads_that_ask_first_at_once_are_told_the_same);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
