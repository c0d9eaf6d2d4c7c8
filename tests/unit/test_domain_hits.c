/* What a search found is marked as whole words where it stands, and nothing else is. */
#include "tests/unit/response_scene.h"

#include "domain/queue/hits.h"
#include "base/buf.h"

enum { LONG = 300000 };

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	stage_close(&scene);
}

static int64_t inbound_of(const char *reference)
{
	struct response response;

	SCENE_OK(&scene,
		 response_find(&scene.op, scene.arena, reference, &response, &err));
	return response.inbound_id;
}

static const char *marked(const struct search_hits *hits, const char *text)
{
	AUTO(buf) out = buf_new(4096);
	const char *at = text, *stop = text + strlen(text), *hit;
	size_t len;

	while ((hit = search_hit_next(hits, text, at, stop, &len))) {
		buf_printf(out, "%.*s[%.*s]", (int)(hit - at), at, (int)len, hit);
		at = hit + len;
	}
	buf_str(out, at);
	return arena_strdup(scene.arena, buf_text(out));
}

static const struct {
	const char *text, *search, *want;
} marks[] = {
	{"A kettle is a kettle.", "kettle", "A [kettle] is a [kettle]."},
	/* as the index stems and folds them */
	{"Kettles! my kettle's lid; KETTLE", "kettles",
	 "[Kettles]! my [kettle]'s lid; [KETTLE]"},
	{"Caf\xC3\xA9 and cafe", "caf\xC3\xA9", "[Caf\xC3\xA9] and [cafe]"},
	/* whole words only */
	{"A cat, a catalogue, a wildcat, cat2", "cat",
	 "A [cat], a catalogue, a wildcat, cat2"},
	{"A cat and a catalogue", "cat*", "A [cat] and a [catalogue]"},
	{"na\xC3\xAFve, na and ve", "na", "na\xC3\xAFve, [na] and ve"},
	/* between quotes, dashes and pictures beyond ASCII */
	{"\xE2\x80\x9Cgate\xE2\x80\x9D\xE2\x80\x94gate\xC2\xA0gate", "gate",
	 "\xE2\x80\x9C[gate]\xE2\x80\x9D\xE2\x80\x94[gate]\xC2\xA0[gate]"},
	{"gate\xF0\x9F\x98\x80 \xF0\x9F\x9A\xAAgate", "gate",
	 "[gate]\xF0\x9F\x98\x80 \xF0\x9F\x9A\xAA[gate]"},
	/* scripts that run from right to left, and others */
	{"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D, gate", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
	 "[\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D], gate"},
	/* several words, phrases, the longer one first */
	{"the open door, an open mind", "door open", "the [open] [door], an [open] mind"},
	{"the open door, an open mind", "\"open door\"", "the [open door], an open mind"},
	{"the open door, an open mind", "\"open door\" open",
	 "the [open door], an [open] mind"},
	{"the open\ndoor", "\"open door\"", "the [open\ndoor]"},
	/* nothing asked, nothing there */
	{"A kettle.", "", "A kettle."},
	{"A kettle.", "pan", "A kettle."},
	{"A kettle.", "kettle pan", "A kettle."},
	/* who wrote is not found out by what is marked */
	{"It is about somebody.", "somebody", "It is about [somebody]."},
	{"It is about nobody.", "sender", "It is about nobody."},
	/* signs of a query are words like any other */
	{"A kettle (not) OR \"NEAR\"", "kettle NEAR OR not",
	 "A [kettle] ([not]) [OR] \"[NEAR]\""},
};

START_TEST(hits_are_marked_where_they_stand)
{
	struct search_hits hits;
	const char *reference, *got;

	reference = scene_reply(&scene, "sender@example.test", marks[_i].text);
	SCENE_OK(&scene, search_hits_load(&scene.op, scene.arena, marks[_i].search,
					  inbound_of(reference), &hits, &err));
	got = marked(&hits, marks[_i].text);
	ck_assert_msg(strcmp(got, marks[_i].want) == 0, "%s in %s: got %s, want %s",
		      marks[_i].search, marks[_i].text, got, marks[_i].want);
}
END_TEST

START_TEST(search_that_is_too_long_is_refused)
{
	char *words = arena_alloc(scene.arena, LONG);
	struct search_hits hits;
	struct err err = {0};

	memset(words, 'x', LONG - 1);
	words[LONG - 1] = '\0';
	ck_assert(!search_hits_load(&scene.op, scene.arena, words, 1, &hits, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

START_TEST(long_text_is_marked_in_a_moment)
{
	AUTO(buf) text = buf_new(LONG * 2);
	struct search_hits hits;
	const char *at, *stop;
	size_t count = 0, len;
	int64_t began;

	for (int i = 0; text->len < LONG; i++)
		buf_printf(text, "kettle%s %s", i % 64 ? "s" : "", i % 7 ? "pan " : "");
	began = unit_cpu_us();
	SCENE_OK(&scene,
		 search_hits_load(&scene.op, scene.arena, "kettle",
				  inbound_of(scene_reply(&scene, "a@example.test",
							 "Kettle kettles KETTLE.\n")),
				  &hits, &err));
	stop = buf_text(text) + text->len;
	for (at = buf_text(text);
	     (at = search_hit_next(&hits, buf_text(text), at, stop, &len)); at += len)
		count++;
	ck_assert_uint_gt(count, 20000);
	ck_assert_msg(unit_cpu_us() - began < 100000, "%lld us",
		      (long long)(unit_cpu_us() - began));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hits");
	TCase *c = tcase_create("hits");

	tcase_add_checked_fixture(c, begin, end);
	tcase_set_timeout(c, 60);
	UNIT_TABLE(c, hits_are_marked_where_they_stand, marks);
	tcase_add_test(c, search_that_is_too_long_is_refused);
	tcase_add_test(c, long_text_is_marked_in_a_moment);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
