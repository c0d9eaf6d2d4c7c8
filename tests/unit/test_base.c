#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/lock.h"
#include "base/codec/json.h"
#include "base/utf8_cut.h"
#include "base/codec/pack.h"
#include "base/codec/secret.h"
#include "base/str.h"
#include "store/store.h"
#include "tests/unit/proved.h"

#include <signal.h>
#include <strings.h>
#include <unistd.h>

struct lie {
	const char *name;
	bool answer;
	enum err_kind wrote;
};

/* What proved_end() must stop; err held something else before. */
static const struct lie lies[] = {
	{"true_and_wrote", true, ERR_ABSENT},
	{"true_and_wrote_what_was_there", true, ERR_INPUT},
	{"false_and_said_nothing", false, ERR_NONE},
};

START_TEST(proof_stops_whoever_breaks_the_promise_of_err)
{
	struct err err = {.kind = ERR_INPUT};
	enum err_kind before = proved_begin(&err);

	err.kind = lies[_i].wrote;
	proved_end(lies[_i].name, lies[_i].answer, before, &err);
}
END_TEST

START_TEST(proof_lets_pass_whoever_keeps_it)
{
	struct err err = {.kind = ERR_INPUT};
	enum err_kind before = proved_begin(&err);

	proved_end("success", true, before, &err);
	ck_assert_int_eq(err.kind, ERR_INPUT);
	before = proved_begin(&err);
	err.kind = ERR_AGAIN;
	proved_end("failure", false, before, &err);
	ck_assert_int_eq(err.kind, ERR_AGAIN);
	proved_end("no err wanted", false, proved_begin(NULL), NULL);
}
END_TEST

bool __wrap_store_backup(struct store *store, const char *to, struct err *err);

START_TEST(public_functions_are_called_through_the_proof)
{
	/* Where the linker put them: compilers know that two names are two functions. */
	bool (*volatile called)(struct store *, const char *, struct err *) =
		store_backup;
	bool (*volatile proof)(struct store *, const char *, struct err *) =
		__wrap_store_backup;

	ck_assert(called == proof);
}
END_TEST

START_TEST(hint_for_the_command_line_stands_apart)
{
	struct err err = {0};

	(void)err_set(&err, ERR_ABSENT, "no list %s" HINT "see: mercat %s",
		      "a\x1F"
		      "b",
		      "list list");
	ck_assert_str_eq(err.text, "no list a\x1F"
				   "b");
	ck_assert_str_eq(err.hint, "see: mercat list list");
	(void)err_prefix(&err, "%s", "line 7");
	ck_assert_str_eq(err.text, "line 7: no list a\x1F"
				   "b");
	ck_assert_str_eq(err.hint, "see: mercat list list");
	/* The next error has no hint of an earlier one, and no mark makes one. */
	(void)err_set(&err, ERR_INPUT, "no %s", "x\x1Fmercat store init");
	ck_assert_str_eq(err.hint, "");
}
END_TEST

/* "%.3s" cuts within a letter, and a name may be no text: a page that shows it must not break. */
START_TEST(error_is_utf8_whatever_is_put_into_it)
{
	char name[2000];
	struct err err = {0};

	(void)err_set(&err, ERR_INPUT, "\"%.3s\" and %s", "ab\xC3\xBC", "\xFF\xC3\xBC");
	ck_assert_str_eq(err.text, "\"ab?\" and ?\xC3\xBC");
	(void)err_prefix(&err, "%.1s", "\xC3\xBC");
	ck_assert_str_eq(err.text, "?: \"ab?\" and ?\xC3\xBC");
	(void)err_set(&err, ERR_INPUT, "no" HINT "see %.1s", "\xC3\xBC");
	ck_assert_str_eq(err.hint, "see ?");
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	for (size_t at = 400; at < 600; at++) {
		memcpy(name + at, "\xE2\x82\xAC", 3);
		(void)err_set(&err, ERR_INPUT, "%s", name);
		ck_assert(str_utf8_valid(err.text, strlen(err.text)));
		(void)err_prefix(&err, "%s", name);
		ck_assert(str_utf8_valid(err.text, strlen(err.text)));
		memset(name + at, 'a', 3);
	}
}
END_TEST

START_TEST(only_the_kind_that_is_named_is_forgiven)
{
	struct err err = {0};

	(void)err_set(&err, ERR_ABSENT, "no such list");
	ck_assert(!err_forgive(&err, ERR_AGAIN));
	ck_assert_str_eq(err.text, "no such list");
	ck_assert(err_forgive(&err, ERR_ABSENT));
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert_str_eq(err.text, "");
}
END_TEST

START_TEST(arena_array_grows_and_keeps_what_was_in_it)
{
	AUTO(arena) a = arena_new(256);
	int *n = NULL;

	for (int i = 0; i < 1000; i++) {
		n = arena_grow(a, n, (size_t)i, sizeof(*n));
		ck_assert_int_eq(n[i], 0);
		n[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(n[i], i);
}
END_TEST

/* However a text is put in, and wherever it is cut, whole letters are left. */
/* It is written where it will lie, or, where the room ends within it, once more elsewhere. */
START_TEST(printed_text_is_whole_however_little_room_is_left)
{
	for (size_t len = 0; len < 600; len++) {
		AUTO(arena) a = arena_new(256);
		char *before = arena_alloc(a, len % 256 + 1),
		     *words = arena_alloc(a, 700);
		char *text, *again;

		memset(before, 'b', len % 256);
		memset(words, 'w', len);
		text = arena_printf(a, "%s-%zu", words, len);
		again = arena_printf(a, "%s.", text);
		ck_assert_uint_eq(strspn(text, "w"), len);
		ck_assert_uint_eq(strtoull(text + len + 1, NULL, 10), len);
		ck_assert_uint_eq(strlen(again), strlen(text) + 1);
		ck_assert_int_eq(strncmp(again, text, strlen(text)), 0);
		ck_assert_uint_eq(strspn(before, "b"), len % 256);
	}
}
END_TEST

START_TEST(capitals_alone_become_small_whatever_stands_beside_them)
{
	for (int c = 1; c < 256; c++)
		for (size_t at = 0; at < 17; at++) {
			char text[18] = "@[`{AZ\xC3\x80\xFFz9~aB.";
			char want[18];

			text[at] = (char)c;
			for (size_t i = 0; i < sizeof(text); i++)
				want[i] = str_lower_char(text[i]);
			str_lower(text);
			ck_assert_str_eq(text, want);
		}
}
END_TEST

START_TEST(buffer_holds_no_half_letter)
{
	static const char text[] = "aé€𝄞z€€𝄞é𝄞𝄞b";

	for (size_t most = 1; most < sizeof(text); most++)
		for (size_t step = 1; step < sizeof(text); step++) {
			AUTO(buf) b = buf_new(most);
			size_t whole = utf8_whole(text, most);

			for (size_t at = 0; at + 1 < sizeof(text); at += step)
				buf_add(b, text + at,
					sizeof(text) - 1 - at < step
						? sizeof(text) - 1 - at
						: step);
			ck_assert(str_utf8_valid(text, whole) && most - whole < 4);
			ck_assert(str_utf8_valid(b->bytes, b->len));
			ck_assert_mem_eq(b->bytes, text, whole);
			ck_assert_uint_eq(b->len, most);
			ck_assert_uint_eq(buf_cut(b), most + 1 < sizeof(text));
			buf_str(b, "x");
			ck_assert_uint_eq(b->len, most);
		}
}
END_TEST

START_TEST(buffer_never_passes_its_maximum)
{
	AUTO(buf) b = buf_new(10);

	buf_str(b, "12345");
	ck_assert(!buf_cut(b));
	buf_str(b, "67890ABC");
	ck_assert_str_eq(buf_text(b), "1234567890");
	ck_assert(buf_cut(b));
	buf_printf(b, "%d", 5);
	ck_assert_uint_eq(b->len, 10);
	buf_reset(b);
	ck_assert(!buf_cut(b));
	buf_printf(b, "%s", "abcdefghijklmnop");
	ck_assert_str_eq(buf_text(b), "abcdefghij");
}
END_TEST

static const struct {
	const char *text, *want;
} utf8[] = {
	{"plain", "plain"},
	{"caf\xC3\xA9", "caf\xC3\xA9"},
	{"caf\xE9!", "caf\xEF\xBF\xBD!"},
	{"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},                 /* overlong slash */
	{"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* surrogate */
	{"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
	{"end\xE2\x82", "end\xEF\xBF\xBD\xEF\xBF\xBD"},
	{"", ""},
};

static const struct {
	const char *text;
	size_t len, count, characters, bytes;
} counted[] = {
	{"plain", 5, 5, 2, 2},
	{"caf\xC3\xA9 au", 5, 4, 4, 5},           /* all of its last character */
	{"caf\xC3\xA9 au", 4, 4, 3, 3},           /* half of it */
	{"\xF0\x9F\x98\x80!", SIZE_MAX, 2, 1, 4}, /* to its end */
	{"short", 100, 5, 9, 5},
	{"", SIZE_MAX, 0, 1, 0},
};

START_TEST(characters_are_counted_to_a_byte_and_back)
{
	const char *text = counted[_i].text;

	ck_assert_uint_eq(str_utf8_count(text, counted[_i].len), counted[_i].count);
	ck_assert_uint_eq(str_utf8_bytes(text, counted[_i].characters),
			  counted[_i].bytes);
}
END_TEST

/* In whatever order they are asked for. */
START_TEST(walk_finds_each_character)
{
	static const char text[] =
		"caf\xC3\xA9 \xF0\x9F\x98\x80 au\xCC\x88 \xE2\x82\xAC!";
	struct str_walk walk = {.text = text};
	unsigned char places[400];

	secret_random(places, sizeof(places));
	for (size_t i = 0; i < sizeof(places); i++) {
		size_t at = places[i] % 20;

		ck_assert_uint_eq(str_walk_to(&walk, at), str_utf8_bytes(text, at));
	}
}
END_TEST

START_TEST(utf8_clean_replaces_each_bad_byte)
{
	AUTO(buf) b = buf_new(100);

	str_utf8_clean(b, utf8[_i].text, strlen(utf8[_i].text));
	ck_assert_str_eq(buf_text(b), utf8[_i].want);
	ck_assert(str_utf8_valid(b->bytes ? b->bytes : "", b->len));
}
END_TEST

/* A text of few letters, so that phrases are often nearly in it. */
static void few_letters(char *to, size_t room)
{
	static const char letters[] = "abABc \xC3\xA9\x01";
	unsigned char dice[64];

	ASSERT(room <= sizeof(dice));
	secret_random(dice, sizeof(dice));
	for (size_t i = 0; i + 1 < room; i++)
		to[i] = dice[i] < 8 ? '\0' : letters[dice[i] % (sizeof(letters) - 1)];
	to[room - 1] = '\0';
}

/* Blank is what trimming leaves nothing of, and a space is what both take for one. */
START_TEST(blank_is_what_trims_to_nothing)
{
	for (int first = 1; first < 256; first++)
		for (int second = 0; second < 256; second++) {
			char text[] = {(char)first, (char)second, '\0'};
			char copy[] = {(char)first, (char)second, '\0'};
			bool spaces = str_is_space(text[0]) &&
				      (!second || str_is_space(text[1]));

			ck_assert_int_eq(str_blank(text), spaces);
			ck_assert_int_eq(!*str_trim(copy), spaces);
		}
	ck_assert(str_blank(NULL) && str_blank(""));
}
END_TEST

START_TEST(phrases_are_found_as_by_a_search_for_each)
{
	for (int round = 0; round < 20000; round++) {
		char text[60], a[6], b[4], c[3];
		const char *phrases[] = {a, b, c, NULL}, *want = NULL;
		struct str_pairs pairs;

		few_letters(text, sizeof(text));
		few_letters(a, sizeof(a));
		few_letters(b, sizeof(b));
		few_letters(c, sizeof(c));
		for (size_t i = 0; phrases[i] && !want; i++)
			want = strstr(text, phrases[i]) ? phrases[i] : NULL;
		str_pairs_note(&pairs, text);
		ck_assert_ptr_eq(str_any_of(&pairs, text, phrases), want);
	}
}
END_TEST

START_TEST(near_is_what_begins_within_so_many_bytes)
{
	for (int round = 0; round < 20000; round++) {
		char text[32], what[4];
		const char *want = NULL;
		size_t len = (size_t)round % sizeof(text);

		few_letters(text, sizeof(text));
		few_letters(what, sizeof(what));
		for (size_t i = 0; text[i] && !want; i++)
			if (strncasecmp(text + i, what, strlen(what)) == 0)
				want = text + i;
		ck_assert_ptr_eq(str_ifind(text, what), want);
		if (want && want >= text + len)
			want = NULL;
		ck_assert_ptr_eq(str_ifind_near(text, len, what), want);
	}
	ck_assert_ptr_null(str_ifind(NULL, "a"));
}
END_TEST

static const struct {
	const char *text, *want;
} json[] = {
	{"plain", "\"plain\""},
	{"say \"hi\" \\", "\"say \\\"hi\\\" \\\\\""},
	{"a\nb\tc\rd", "\"a\\nb\\tc\\rd\""},
	{"\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\""},
	{"caf\xC3\xA9", "\"caf\xC3\xA9\""},
	{"caf\xE9", "\"caf\xEF\xBF\xBD\""},
	{"", "\"\""},
	{NULL, "null"},
};

START_TEST(json_text_is_valid_whatever_came_in)
{
	AUTO(buf) b = buf_new(100);
	struct json j;

	json_begin(&j, b);
	json_put_text(&j, NULL, json[_i].text);
	ck_assert_str_eq(buf_text(b), json[_i].want);
}
END_TEST

static const struct {
	const char *text;
	bool ok;
	int64_t want;
} sizes[] = {
	{"20 MB", true, 20000000},
	{"1kB", true, 1000},
	{"4 GiB", true, 4294967296},
	{"3000000000", false, 0},
	{"-1 MB", false, 0},
	{"MB", false, 0},
	{"", false, 0},
	{"1 furlong", false, 0},
	{"99999999999999 GB", false, 0},
};

START_TEST(size_needs_number_and_unit)
{
	struct err err = {0};
	int64_t got = -1;
	bool ok = str_to_size(sizes[_i].text, &got, &err);

	ck_assert_msg(ok == sizes[_i].ok, "%s: got %d (%s)", sizes[_i].text, ok,
		      err.text);
	if (ok)
		ck_assert_int_eq(got, sizes[_i].want);
	else
		ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

static const struct {
	const char *text;
	bool ok;
	int64_t want;
} durations[] = {
	{"4 h", true, 14400}, {"3 days", true, 259200}, {"90 s", true, 90},
	{"1 min", true, 60},  {"5", false, 0},          {"h", false, 0},
};

START_TEST(duration_needs_number_and_unit)
{
	struct err err = {0};
	int64_t got = -1;
	bool ok = str_to_duration(durations[_i].text, &got, &err);

	ck_assert_msg(ok == durations[_i].ok, "%s: got %d", durations[_i].text, ok);
	if (ok)
		ck_assert_int_eq(got, durations[_i].want);
}
END_TEST

START_TEST(base32_comes_back_and_folds_case)
{
	unsigned char in[16], back[16];
	char text[27], upper[27];

	for (int round = 0; round < 200; round++) {
		secret_random(in, sizeof(in));
		str_base32(text, in, sizeof(in));
		ck_assert_uint_eq(strlen(text), 26);
		for (int i = 0; i <= 26; i++)
			upper[i] = (char)(str_is_alpha(text[i]) ? text[i] - 32 : text[i]);
		ck_assert(str_unbase32(back, sizeof(back), upper));
		ck_assert_mem_eq(in, back, sizeof(in));
		ck_assert(!str_unbase32(back, sizeof(back) - 1, text));
	}
}
END_TEST

START_TEST(token_opens_only_with_its_key_and_purpose)
{
	unsigned char key[SECRET_KEY_BYTES] = {1, 2, 3}, other[SECRET_KEY_BYTES] = {9};
	char token[SECRET_TOKEN_LEN + 1];
	int64_t id = 0;

	secret_token(key, "leave", 1234567, token);
	ck_assert_uint_eq(strlen(token), SECRET_TOKEN_LEN);
	ck_assert(secret_token_read(key, "leave", token, &id));
	ck_assert_int_eq(id, 1234567);
	ck_assert(!secret_token_read(key, "bounce", token, &id));
	ck_assert(!secret_token_read(other, "leave", token, &id));
	for (int i = 0; i < SECRET_TOKEN_LEN; i++) {
		char kept = token[i];

		token[i] = kept == 'a' ? 'b' : 'a';
		ck_assert_msg(!secret_token_read(key, "leave", token, &id),
			      "character %d does not count", i);
		token[i] = kept;
	}
	ck_assert(!secret_token_read(key, "leave", "", &id));
	ck_assert(!secret_token_read(key, "leave", NULL, &id));
}
END_TEST

/* The tests of signing in make theirs cheap; what is stored is not. */
START_TEST(password_is_hashed_at_full_cost)
{
	static const char weak[] = "$argon2id$v=19$m=8,t=1,p=1$aG7jZbsFiZmNh0T1cc23zQ"
				   "$A3sWJAmXmRAJuYlldIdFYBSVOhDw42jhKAjMc5R9vRU";
	char hash[SECRET_PASSWORD_ROOM];

	ck_assert(secret_password_make("three blue boats", hash));
	ck_assert_msg(str_starts(hash, "$argon2id$v=19$m=65536,t=2,p=1$"), "%s", hash);
	ck_assert(secret_password_fits(hash, "three blue boats"));
	ck_assert(!secret_password_fits(hash, "three blue boat"));
	ck_assert(!secret_password_fits(NULL, "three blue boats"));
	ck_assert(!secret_password_is_weak(hash));
	ck_assert(secret_password_is_weak(weak));
}
END_TEST

static const struct {
	const char *text, *zone, *want;
} locals[] = {
	{"2026-11-25 09:00", "Europe/London", "2026-11-25T09:00:00Z"},
	{"2026-07-01 09:00", "Europe/London", "2026-07-01T08:00:00Z"},
	{"2026-07-01 09:00 UTC", "Europe/London", "2026-07-01T09:00:00Z"},
	{"2026-07-01 09:00 America/New_York", "Europe/London", "2026-07-01T13:00:00Z"},
	{"2026-03-29 01:30", "Europe/London", NULL}, /* skipped */
	{"2026-03-29 02:00", "Europe/London", "2026-03-29T01:00:00Z"},
	{"2026-10-25 01:30", "Europe/London", "2026-10-25T00:30:00Z"}, /* twice: first */
	{"2026-10-25 02:00", "Europe/London", "2026-10-25T02:00:00Z"},
	{"2026-10-25 00:59", "Europe/London", "2026-10-24T23:59:00Z"},
	{"2026-02-30 09:00", "Europe/London", NULL},
	{"2026-11-25 25:00", "Europe/London", NULL},
	{"2026-11-25", "Europe/London", NULL},
	{"tomorrow", "Europe/London", NULL},
	{"2026-11-25 09:00 Mars/Olympus", "Europe/London", NULL},
};

START_TEST(local_time_is_right_across_both_clock_changes)
{
	struct err err = {0};
	char got[CLOCK_TEXT] = "";
	int64_t at = 0;
	bool ok = clock_from_local(locals[_i].text, locals[_i].zone, &at, NULL, &err);

	if (!locals[_i].want) {
		ck_assert_msg(!ok && err.kind == ERR_INPUT, "%s was taken",
			      locals[_i].text);
		return;
	}
	ck_assert_msg(ok, "%s: %s", locals[_i].text, err.text);
	clock_rfc3339(at, got);
	ck_assert_msg(str_eq(got, locals[_i].want), "%s: got %s, want %s",
		      locals[_i].text, got, locals[_i].want);
}
END_TEST

START_TEST(closing_day_ends_at_midnight_of_its_zone)
{
	struct err err = {0};
	char got[CLOCK_TEXT];
	int64_t at = 0;

	ck_assert(clock_day_end("2017-06-30", "Europe/London", &at, &err));
	clock_rfc3339(at, got);
	ck_assert_str_eq(got, "2017-06-30T22:59:59Z");
	ck_assert(!clock_day_end("2017-6-30", "Europe/London", &at, &err));
	clock_long_date(at, "Europe/London", got);
	ck_assert_str_eq(got, "Friday 30 June 2017");
}
END_TEST

START_TEST(pack_comes_back_and_refuses_every_cut)
{
	AUTO(arena) a = arena_new(1024);
	AUTO(buf) b = buf_new(1000);
	struct unpack u;
	const char *s = NULL;
	int64_t n = 0;

	pack_int(b, -5);
	pack_str(b, "caf\xC3\xA9");
	pack_str(b, NULL);
	unpack_begin(&u, b->bytes, b->len);
	ck_assert(unpack_int(&u, -10, 10, &n));
	ck_assert_int_eq(n, -5);
	ck_assert(unpack_str(&u, a, &s));
	ck_assert_str_eq(s, "caf\xC3\xA9");
	ck_assert(unpack_str(&u, a, &s));
	ck_assert_ptr_null(s);
	ck_assert(unpack_end(&u));
	for (size_t len = 0; len < b->len; len++) {
		char *exact = malloc(len ? len : 1);
		bool ok;

		memcpy(exact, b->bytes, len);
		unpack_begin(&u, exact, len);
		ok = unpack_int(&u, -10, 10, &n) && unpack_str(&u, a, &s) &&
		     unpack_str(&u, a, &s) && unpack_end(&u);
		ck_assert_msg(!ok, "a cut at %zu was taken", len);
		free(exact);
	}
}
END_TEST

START_TEST(lock_is_held_by_one)
{
	char folder[UNIT_FOLDER], path[UNIT_FOLDER + 8];
	struct err err = {0};
	int first = -1, second = -1;
	int64_t pid = -1;

	unit_folder(folder, "lock");
	(void)snprintf(path, sizeof(path), "%s/lock", folder);
	ck_assert_msg(lock_holder(path, &pid, &err) && pid == 0, "%s", err.text);
	ck_assert_msg(lock_take(path, "the program", 0, &first, &err), "%s", err.text);
	ck_assert_msg(lock_holder(path, &pid, &err), "%s", err.text);
	ck_assert_int_eq(pid, getpid());
	ck_assert(!lock_take(path, "the program", 0, &second, &err));
	ck_assert_msg(err.kind == ERR_CONFLICT && strstr(err.text, "is running already"),
		      "%s", err.text);
	close(first);
	ck_assert(lock_holder(path, &pid, &err) && pid == 0);
	ck_assert(lock_take(path, "the program", 0, &second, &err));
	close(second);
	unlink(path);
	(void)snprintf(path, sizeof(path), "%s/.", "/proc/1/mem");
	ck_assert(!lock_holder(path, &pid, &err) && err.kind == ERR_SYSTEM);
	rmdir(folder);
}
END_TEST

START_TEST(file_is_written_whole_and_read_back)
{
	char path[64];
	struct err err = {0};
	AUTO(buf) b = buf_new(100);
	AUTO(buf) tiny = buf_new(3);

	(void)snprintf(path, sizeof(path), "/tmp/mercat-unit-%d", (int)getpid());
	ck_assert_msg(fd_write_file(path, "hello", 5, 0600, &err), "%s", err.text);
	ck_assert_msg(fd_read_file(path, b, &err), "%s", err.text);
	ck_assert_str_eq(buf_text(b), "hello");
	ck_assert(!fd_read_file(path, tiny, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	unlink(path);
	ck_assert(!fd_read_file(path, b, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

/* The kind, by category: what is not seen, what misleads, and the few that are needed. */
static const struct {
	const char *text;
	size_t at;
	enum str_sign sign;
} signs[] = {
	{"a\u202Eb", 1, STR_SIGN_MISLEADS},
	{"a\u202Cb", 1, STR_SIGN_MISLEADS},
	{"a\u2066b", 1, STR_SIGN_MISLEADS},
	{"a\u2069b", 1, STR_SIGN_MISLEADS},
	{"a\u061Cb", 1, STR_SIGN_MISLEADS},
	{"a\U000E0041b", 1, STR_SIGN_MISLEADS},
	{"a\U000E0001b", 1, STR_SIGN_MISLEADS},
	{"a\u200Bb", 1, STR_SIGN_UNSEEN},
	{"a\u200Eb", 1, STR_SIGN_UNSEEN},
	{"a\u200Fb", 1, STR_SIGN_UNSEEN},
	{"a\u2060b", 1, STR_SIGN_UNSEEN},
	{"a\uFEFFb", 1, STR_SIGN_UNSEEN},
	{"\uFEFF", 0, STR_SIGN_UNSEEN},
	{"a\u00ADb", 1, STR_SIGN_UNSEEN},
	{"a\u180Eb", 1, STR_SIGN_UNSEEN},
	{"a\uFFF9b", 1, STR_SIGN_UNSEEN},
	{"a\u2028b", 1, STR_SIGN_LINE},
	{"a\u2029b", 1, STR_SIGN_LINE},
	/* between letters of ours a joiner says nothing */
	{"a\u200Db", 1, STR_SIGN_UNSEEN},
	{"a\u200Cb", 1, STR_SIGN_UNSEEN},
	{"\u200D", 0, STR_SIGN_UNSEEN},
	{"\u0645\u06CC\u200C", 4, STR_SIGN_UNSEEN},
	/* Persian, Hindi, and the last letter of a word of Malayalam */
	{"\u0645\u06CC\u200C\u062E", 4, STR_SIGN_SHOWN},
	{"\u0915\u094D\u200D\u0937", 6, STR_SIGN_SHOWN},
	{"\u0D28\u0D4D\u200D", 6, STR_SIGN_SHOWN},
	/* a family, a flag of Scotland, and one with something else in it */
	{"\U0001F468\u200D\U0001F469", 4, STR_SIGN_SHOWN},
	{"\u2764\uFE0F\u200D\U0001F525", 6, STR_SIGN_SHOWN},
	{"\U0001F468\u200Db", 4, STR_SIGN_UNSEEN},
	{"\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", 4,
	 STR_SIGN_SHOWN},
	{"\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", 24,
	 STR_SIGN_SHOWN},
	{"\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F"
	 "\U000E0067",
	 28, STR_SIGN_MISLEADS},
	{"\U0001F3F4\U000E006E\U000E006F\U000E007F", 4, STR_SIGN_MISLEADS},
	/* seen, though they are format signs; and what is no sign at all */
	{"\u06DD", 0, STR_SIGN_SHOWN},
	{"a", 0, STR_SIGN_SHOWN},
	{"", 0, STR_SIGN_SHOWN},
	{"\u00E9", 0, STR_SIGN_SHOWN},
	{"\xE2\x80", 0, STR_SIGN_SHOWN},
};

START_TEST(signs_that_nobody_sees_are_known)
{
	ck_assert_int_eq(
		str_sign_at(signs[_i].text, signs[_i].at, strlen(signs[_i].text)),
		signs[_i].sign);
}
END_TEST

START_TEST(one_line_is_one_line)
{
	static const char *const lines[][2] = {{" a\n\tb \r\n", "a b"},
					       {"", ""},
					       {" \n ", ""},
					       {"a\xc2\xa0"
						"b",
						"a\xc2\xa0"
						"b"}};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		AUTO(buf) b = buf_new(100);

		buf_str(b, "x:");
		buf_one_line(b, lines[i][0]);
		ck_assert_str_eq(buf_text(b) + 2, lines[i][1]);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("base");
	TCase *tc = tcase_create("base");

	tcase_add_loop_test_raise_signal(tc,
					 proof_stops_whoever_breaks_the_promise_of_err,
					 SIGABRT, 0, (int)ARRAY_LEN(lies));
	tcase_add_test(tc, one_line_is_one_line);
	tcase_add_test(tc, proof_lets_pass_whoever_keeps_it);
	tcase_add_test(tc, public_functions_are_called_through_the_proof);
	tcase_add_test(tc, hint_for_the_command_line_stands_apart);
	tcase_add_test(tc, error_is_utf8_whatever_is_put_into_it);
	tcase_add_test(tc, only_the_kind_that_is_named_is_forgiven);

	tcase_add_test(tc, arena_array_grows_and_keeps_what_was_in_it);
	tcase_add_test(tc, printed_text_is_whole_however_little_room_is_left);
	tcase_add_test(tc, capitals_alone_become_small_whatever_stands_beside_them);
	tcase_add_test(tc, buffer_holds_no_half_letter);
	tcase_add_test(tc, buffer_never_passes_its_maximum);
	UNIT_TABLE(tc, signs_that_nobody_sees_are_known, signs);
	UNIT_TABLE(tc, utf8_clean_replaces_each_bad_byte, utf8);
	tcase_add_test(tc, blank_is_what_trims_to_nothing);
	tcase_add_test(tc, phrases_are_found_as_by_a_search_for_each);
	tcase_add_test(tc, near_is_what_begins_within_so_many_bytes);
	UNIT_TABLE(tc, characters_are_counted_to_a_byte_and_back, counted);
	tcase_add_test(tc, walk_finds_each_character);
	UNIT_TABLE(tc, json_text_is_valid_whatever_came_in, json);
	UNIT_TABLE(tc, size_needs_number_and_unit, sizes);
	UNIT_TABLE(tc, duration_needs_number_and_unit, durations);
	tcase_add_test(tc, base32_comes_back_and_folds_case);
	tcase_add_test(tc, token_opens_only_with_its_key_and_purpose);
	tcase_add_test(tc, password_is_hashed_at_full_cost);
	UNIT_TABLE(tc, local_time_is_right_across_both_clock_changes, locals);
	tcase_add_test(tc, closing_day_ends_at_midnight_of_its_zone);
	tcase_add_test(tc, pack_comes_back_and_refuses_every_cut);
	tcase_add_test(tc, file_is_written_whole_and_read_back);
	tcase_add_test(tc, lock_is_held_by_one);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
