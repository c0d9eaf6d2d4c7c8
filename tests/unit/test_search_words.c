/* The words around what a search finds: of the text itself, with every hit marked and no other
 * word, and in no more time than the text is long. */
#include "tests/unit/response_scene.h"

#include "base/str.h"
#include "domain/queue/queue.h"

#include <inttypes.h>

enum {
	TEXTS = 60,
	WORDS = 400,
	SHOWN = 24,
	SHORT = 10000,
	TIMES = 6,
	TOLERATED = 3 * TIMES,
	HARMLESS_US = 1000000
};

#define OK(call) SCENE_OK(&scene, call)

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	stage_close(&scene);
}

static struct queue_rows found(const char *search)
{
	const struct response_filter filter = {.search = search};
	const struct response_look look = {
		.consultation = "words", .filter = &filter, .who = true};
	struct queue_page page = {.most = 50};
	struct queue_rows rows;

	OK(queue_list(&scene.op, scene.arena, &look, &page, &rows, &err));
	return rows;
}

/* Knuth's, MMIX. */
static uint64_t next(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state >> 33;
}

static const char *one_of(uint64_t *state, const char *const *words, size_t count)
{
	return words[next(state) % count];
}

/* Made of few words, so that hits are near one another and far. */
static const char *text_of(uint64_t *state)
{
	static const char *const common[] = {"moss",        "fern",  "reed",  "Lichen",
					     "caf\xC3\xA9", "stone", "brook", "hill",
					     "the",         "of"};
	static const char *const rare[] = {"warden", "wander", "Warm", "kettle"};
	static const char *const between[] = {
		" ", " ", " ", ", ", ". ", "\n", " \xE2\x80\x93 "};
	AUTO(buf) text = buf_new(1 << 16);
	unsigned often = 2 + (unsigned)(next(state) % 60);
	size_t words = 1 + next(state) % WORDS;

	for (size_t i = 0; i < words; i++)
		buf_printf(text, "%s%s",
			   next(state) % often ? one_of(state, common, ARRAY_LEN(common))
					       : one_of(state, rare, ARRAY_LEN(rare)),
			   one_of(state, between, ARRAY_LEN(between)));
	buf_str(text, "kettle.\n");
	return arena_strdup(scene.arena, buf_text(text));
}

static const char *in_one_line(const char *text)
{
	AUTO(buf) out = buf_new(1 << 16);

	for (; *text; text++)
		if (!str_is_space(*text))
			buf_char(out, *text);
		else if (out->len && out->bytes[out->len - 1] != ' ')
			buf_char(out, ' ');
	return str_trim(arena_strdup(scene.arena, buf_text(out)));
}

/* Takes the marks out; each marked word must be a hit, and one at least is marked. */
static const char *unmarked(const char *words)
{
	AUTO(buf) out = buf_new(1 << 14);
	size_t marked = 0;

	for (const char *at = words; *at; at++) {
		if (*at == *QUEUE_HIT) {
			marked++;
			ck_assert_msg(str_istarts(at + 1, "wa") ||
					      str_istarts(at + 1, "kettle"),
				      "%s", words);
		} else if (*at != *QUEUE_HIT_END) {
			buf_char(out, *at);
		}
	}
	ck_assert_msg(marked > 0, "%s", words);
	return arena_strdup(scene.arena, buf_text(out));
}

static size_t words_in(const char *text)
{
	size_t n = 0;

	for (bool in = false; *text; text++) {
		bool letter = str_is_alpha(*text) || (in && *text & 0x80);

		n += letter && !in;
		in = letter;
	}
	return n;
}

/* Those who code the responses find them by what they say, and by no sender. */
START_TEST(words_that_nothing_parts_are_found_by_coders_too)
{
	static const char *const searches[] = {"\xE7\x81\xAF", "\xE6\x95\xB4\xE5\xA4\x9C",
					       "ada@example.test"};
	struct queue_page page = {.most = 50};
	struct queue_rows rows;

	(void)scene_reply(&scene, "ada@example.test",
			  "\xE7\x81\xAF\xE5\xBA\x94\xE8\xAF\xA5\xE6\x95\xB4\xE5\xA4\x9C"
			  "\xE4\xBA\xAE\xE7\x9D\x80\n");
	for (size_t i = 0; i < ARRAY_LEN(searches); i++) {
		const struct response_filter filter = {.search = searches[i]};
		const struct response_look look = {.consultation = "words",
						   .filter = &filter};

		OK(queue_list(&scene.op, scene.arena, &look, &page, &rows, &err));
		ck_assert_uint_eq(rows.count, i < 2);
	}
}
END_TEST

START_TEST(words_around_are_of_the_text_with_its_hits_marked)
{
	static const char dots[] =
		"\xE2\x80\xA6"; /* between what is shown and the rest */
	uint64_t state = unit_seed();
	const char *texts[TEXTS];
	struct queue_rows rows;

	for (int i = 0; i < TEXTS; i++) {
		texts[i] = text_of(&state);
		(void)scene_reply(&scene, "ada@example.test", texts[i]);
	}
	rows = found("kettle");
	ck_assert_uint_eq(rows.count, 50);
	for (size_t i = 0; i < rows.count; i++) {
		const char *all = in_one_line(texts[rows.items[i].number - 1]);
		const char *said = in_one_line(unmarked(rows.items[i].words)),
			   *core = said;
		bool before = str_starts(said, dots);
		size_t len;

		core += before ? strlen(dots) + 1 : 0;
		len = strlen(core);
		if (str_ends(core, dots))
			len -= strlen(dots) + 1;
		core = arena_strndup(scene.arena, core, len);
		ck_assert_msg(strstr(all, core), "\"%s\" is not of:\n%s", core, all);
		ck_assert_uint_le(words_in(core), SHOWN);
		ck_assert_msg(before || str_starts(all, core), "%s", said);
	}
}
END_TEST

/* What stands together is shown, and not the first of each. */
START_TEST(place_with_most_of_the_words_is_shown)
{
	AUTO(buf) text = buf_new(1 << 16);
	struct queue_rows rows;

	buf_str(text, "A warden came. ");
	for (int i = 0; i < 100; i++)
		buf_str(text, "moss and fern, ");
	buf_str(text, "a kettle for the warden, ");
	for (int i = 0; i < 100; i++)
		buf_str(text, "reed and stone, ");
	(void)scene_reply(&scene, "ada@example.test", buf_text(text));
	rows = found("warden kettle");
	ck_assert_uint_eq(rows.count, 1);
	ck_assert_msg(strstr(rows.items[0].words,
			     "a " QUEUE_HIT "kettle" QUEUE_HIT_END " for the " QUEUE_HIT
			     "warden" QUEUE_HIT_END) != NULL,
		      "%s", rows.items[0].words);
}
END_TEST

/* Every word begins as was asked: the search, and the words around, of one mail and of one that
 * is six times as long. */
static int64_t search_of(size_t words, const char *name)
{
	AUTO(buf) text = buf_new(4 << 20);
	int64_t begun;

	for (size_t i = 0; i < words; i++)
		buf_printf(text, "%s%zu ", name, i % 997);
	(void)scene_reply(&scene, "ada@example.test", buf_text(text));
	begun = unit_cpu_us();
	ck_assert_uint_eq(
		found(arena_printf(scene.arena, "%s* %s1* %s2*", name, name, name)).count,
		1);
	return unit_cpu_us() - begun;
}

START_TEST(search_takes_no_longer_than_the_text_is_long)
{
	int64_t few = search_of(SHORT, "wa"), many = search_of(SHORT * TIMES, "ke");

	ck_assert_msg(many < HARMLESS_US || many < few * TOLERATED,
		      "%" PRId64 " us, then %" PRId64 " us", few, many);
}
END_TEST

static const struct {
	const char *search, *says; /* NULL: it may be asked */
} searches[] = {
	{"ke*", NULL},
	{"w*", "\"w*\" would find nearly everything"},
	{"kettle W*", "two characters or more"},
	{"wa* wa* wa* wa* wa* wa* wa* wa* wa* wa*", NULL},
	{"wa* wb* wc* wd* we* wf* wg* wh*", NULL},
	{"wa* wb* wc* wd* we* wf* wg* wh* wi*", "at most 8 words that end with *"},
	{"\"w*\"", NULL},
	{"\xE6\xBC\xA2*", NULL},
};

START_TEST(search_for_nearly_everything_is_refused)
{
	struct err err = {0};
	const char *query;
	bool ok = response_search_query(scene.arena, searches[_i].search, &query, &err);

	ck_assert_msg(ok == !searches[_i].says, "%s", searches[_i].search);
	if (!ok)
		ck_assert_msg(err.kind == ERR_INPUT &&
				      strstr(err.text, searches[_i].says),
			      "%s", err.text);
	else
		(void)found(searches[_i].search);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("search_words");
	TCase *t = tcase_create("words");

	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, words_that_nothing_parts_are_found_by_coders_too);
	tcase_add_test(t, words_around_are_of_the_text_with_its_hits_marked);
	tcase_add_test(t, place_with_most_of_the_words_is_shown);
	tcase_add_test(t, search_takes_no_longer_than_the_text_is_long);
	UNIT_TABLE(t, search_for_nearly_everything_is_refused, searches);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
