/* What is written is what jansson reads: trees made at random, in a buffer and in a file. */
#include "tests/unit/unit.h"

#include "base/buf.h"
#include "base/codec/json.h"
#include "base/str.h"

#include <jansson.h>
#include <math.h>
#include <signal.h>

enum { TREES = 2000, WIDE = 6, DEEP = 5 };

static unsigned dice_state;

static unsigned dice(unsigned sides)
{
	dice_state = dice_state * 1103515245U + 12345U;
	return (dice_state >> 16) % sides;
}

/* Letters of every kind that is written in another way than it stands. */
static const char *random_text(char room[64])
{
	static const char *const pieces[] = {"a",
					     "\"",
					     "\\",
					     "/",
					     "\n",
					     "\r",
					     "\t",
					     "\b",
					     "\x01",
					     "\x1f",
					     "\x7f",
					     "\xC2\x80",
					     "\xC3\xA9",
					     "\xE2\x80\xA8",
					     "\xEF\xBF\xBD",
					     "\xF0\x9F\x90\xB6",
					     "<",
					     "'",
					     ",",
					     ":",
					     "{",
					     "}",
					     "[",
					     "]",
					     " ",
					     "%s"};

	*room = '\0';
	for (unsigned n = dice(8); n; n--)
		str_copy(room + strlen(room), 64 - strlen(room),
			 pieces[dice(ARRAY_LEN(pieces))]);
	return room;
}

static json_t *write_value(struct json *j, const char *key, int depth);

static json_t *write_inside(struct json *j, const char *key, int depth)
{
	json_t *want;

	if (dice(2)) {
		want = json_array();
		json_put_array(j, key);
		if (dice(2))
			json_lines(j);
		for (unsigned n = dice(WIDE); n; n--)
			(void)json_array_append_new(want, write_value(j, NULL, depth));
	} else {
		want = json_object();
		json_put_object(j, key);
		if (dice(2))
			json_lines(j);
		for (unsigned n = dice(WIDE); n; n--) {
			char name[64];

			(void)random_text(name);
			if (!json_object_get(want, name))
				(void)json_object_set_new(want, name,
							  write_value(j, name, depth));
		}
	}
	json_end(j);
	return want;
}

static json_t *write_value(struct json *j, const char *key, int depth)
{
	static const int64_t ints[] = {0,         1,         -1,        42,
				       INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN};
	static const double reals[] = {0.5, -0.25, 12.5, 1e-7, 1e+30, 0.0};
	static const char *const digits[] = {"0.5",  "-0.25", "12.50",
					     "1e-7", "1E+30", "0.0"};
	char text[64];
	unsigned which = dice(depth < DEEP ? 9 : 6);

	switch (which) {
	case 0:
		json_put_text(j, key, random_text(text));
		return json_string(text);
	case 1: {
		int64_t n = ints[dice(ARRAY_LEN(ints))];

		json_put_int(j, key, n);
		return json_integer(n);
	}
	case 2: {
		unsigned n = dice(ARRAY_LEN(reals));

		if (n < ARRAY_LEN(reals) - 1)
			json_put_real(j, key, reals[n]);
		else
			json_put_number(j, key, digits[n]);
		return json_real(reals[n]);
	}
	case 3: {
		unsigned n = dice(ARRAY_LEN(digits));

		json_put_number(j, key, digits[n]);
		return json_real(reals[n]);
	}
	case 4:
		json_put_bool(j, key, depth % 2);
		return json_boolean(depth % 2);
	case 5:
		if (dice(2))
			json_put_null(j, key);
		else
			json_put_text(j, key, NULL);
		return json_null();
	default:
		return write_inside(j, key, depth + 1);
	}
}

START_TEST(whatever_is_written_is_read_as_that)
{
	for (unsigned i = 0; i < TREES; i++) {
		AUTO(buf) out = buf_new(1 << 20);
		json_error_t error;
		json_t *want, *got;
		struct json j;

		dice_state = i * 7919U + 1;
		json_begin(&j, out);
		want = write_value(&j, NULL, 0);
		json_done(&j);
		ck_assert(buf_text(out)[out->len - 1] == '\n');
		got = json_loadb(buf_text(out), out->len,
				 JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
		ck_assert_msg(got != NULL, "%u: %s: %s", i, error.text, buf_text(out));
		ck_assert_msg(json_equal(got, want), "%u: %s", i, buf_text(out));
		json_decref(got);
		json_decref(want);
	}
}
END_TEST

START_TEST(a_file_gets_the_same)
{
	AUTO(buf) out = buf_new(1 << 20);
	char back[1 << 14];

	for (unsigned i = 0; i < 50; i++) {
		FILE *file = tmpfile();
		struct json j;
		size_t n;

		ck_assert_ptr_nonnull(file);
		buf_reset(out);
		dice_state = i;
		json_begin(&j, out);
		json_decref(write_inside(&j, NULL, 2));
		json_done(&j);
		dice_state = i;
		json_begin_file(&j, file);
		json_decref(write_inside(&j, NULL, 2));
		json_done(&j);
		rewind(file);
		n = fread(back, 1, sizeof(back), file);
		ck_assert_uint_lt(n, sizeof(back));
		ck_assert_uint_eq(n, out->len);
		ck_assert_mem_eq(back, buf_text(out), n);
		(void)fclose(file);
	}
}
END_TEST

/* Any two bytes, most of which are no UTF-8. */
START_TEST(no_bytes_make_it_invalid)
{
	for (unsigned a = 1; a < 256; a++)
		for (unsigned b = 1; b < 256; b++) {
			const char text[] = {(char)a, (char)b, '\0'};
			AUTO(buf) out = buf_new(200);
			json_t *got;
			struct json j;

			json_begin(&j, out);
			json_put_object(&j, NULL);
			json_put_text(&j, text, text);
			json_end(&j);
			json_done(&j);
			got = json_loadb(buf_text(out), out->len, 0, NULL);
			ck_assert_msg(got && json_object_size(got) == 1, "%02x %02x: %s",
				      a, b, buf_text(out));
			if (str_utf8_valid(text, 2))
				ck_assert_str_eq(
					json_string_value(json_object_get(got, text)),
					text);
			json_decref(got);
		}
}
END_TEST

static const struct {
	const char *digits, *want;
} numbers[] = {
	{"0", "0"},           {"-0", "-0"},    {"10.25", "10.25"}, {"1e9", "1e9"},
	{"1.5E-3", "1.5E-3"}, {"", "null"},    {"01", "null"},     {"1.", "null"},
	{".5", "null"},       {"1e", "null"},  {"1e+", "null"},    {"+1", "null"},
	{"nan", "null"},      {"1,2", "null"}, {"12 %", "null"},   {"-", "null"},
	{"1.e3", "null"},     {NULL, "null"},
};

START_TEST(only_a_number_is_one)
{
	AUTO(buf) out = buf_new(200);
	struct json j;

	json_begin(&j, out);
	json_put_number(&j, NULL, numbers[_i].digits);
	ck_assert_str_eq(buf_text(out), numbers[_i].want);
	buf_reset(out);
	json_begin(&j, out);
	json_put_real(&j, NULL, _i % 2 ? NAN : -INFINITY);
	ck_assert_str_eq(buf_text(out), "null");
}
END_TEST

/* Mistakes of whoever writes end the program instead of making what nobody can read. */
static void misuse(int which)
{
	AUTO(buf) out = buf_new(1000);
	struct json j;

	json_begin(&j, out);
	switch (which) {
	case 0:
		json_put_text(&j, "key", "of nothing");
		break;
	case 1:
		json_put_object(&j, NULL);
		json_put_text(&j, NULL, "no key");
		break;
	case 2:
		json_put_array(&j, NULL);
		json_put_text(&j, "key", "in a list");
		break;
	case 3:
		json_put_array(&j, NULL);
		json_done(&j);
		break;
	case 4:
		json_put_array(&j, NULL);
		json_end(&j);
		json_end(&j);
		break;
	case 5:
		json_put_int(&j, NULL, 1);
		json_put_int(&j, NULL, 2);
		break;
	case 6:
		json_done(&j);
		break;
	default:
		for (int i = 0; i <= JSON_DEPTH; i++)
			json_put_array(&j, NULL);
		break;
	}
}

START_TEST(what_would_be_none_is_not_written)
{
	misuse(_i);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("json");
	TCase *tc = tcase_create("json");

	suite_add_tcase(suite, tc);
	tcase_add_test(tc, whatever_is_written_is_read_as_that);
	tcase_add_test(tc, a_file_gets_the_same);
	tcase_add_test(tc, no_bytes_make_it_invalid);
	UNIT_TABLE(tc, only_a_number_is_one, numbers);
	tcase_add_loop_test_raise_signal(tc, what_would_be_none_is_not_written, SIGABRT,
					 0, 8);
	return unit_main(suite);
}
