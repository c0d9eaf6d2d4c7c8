#include "tests/fuzz/fuzz.h"

#include "base/clock.h"
#include "base/codec/json.h"
#include "base/numeral.h"
#include "base/codec/secret.h"
#include "web/web.h"

#include <jansson.h>

static void numbers(const char *text)
{
	int64_t n = 0;
	char words[64];
	struct err err = {0};

	if (str_to_int(text, -5, 1000, &n, &err))
		ASSERT(n >= -5 && n <= 1000);
	else
		fuzz_is_said(&err);
	if (str_to_size(text, &n, &err))
		ASSERT(n >= 0);
	else
		fuzz_is_said(&err);
	if (str_to_duration(text, &n, &err)) {
		ASSERT(n >= 0);
		numeral_duration(n, words);
	} else {
		fuzz_is_said(&err);
	}
}

static void times(const char *text)
{
	char out[CLOCK_TEXT], zone[CLOCK_TEXT];
	int64_t at, again;
	struct err err = {0};

	if (clock_from_rfc3339(text, &at, &err)) {
		clock_rfc3339(at, out);
		ASSERT(clock_from_rfc3339(out, &again, &err) && again == at);
		clock_rfc5322(at, out);
	} else {
		fuzz_is_said(&err);
	}
	if (clock_from_local(text, "Europe/London", &at, zone, &err))
		clock_long_time(at, zone, out);
	else
		fuzz_is_said(&err);
	if (clock_day_start(text, "Europe/London", &at, &err)) {
		ASSERT(clock_day_end(text, "Europe/London", &again, &err) && again > at);
		clock_day(at, "Europe/London", out);
		ASSERT(clock_day_start(out, "Europe/London", &again, &err) &&
		       again == at);
	} else {
		fuzz_is_said(&err);
	}
}

/* A token is ours or none, and no other text is the same token. */
static void tokens(const char *text)
{
	static const unsigned char key[SECRET_KEY_BYTES] = {4};
	unsigned char raw[20];
	char again[40], token[SECRET_TOKEN_LEN + 1];
	int64_t id;

	if (secret_token_read(key, "leave", text, &id)) {
		secret_token(key, "leave", id, token);
		ASSERT(str_ieq(token, text));
		ASSERT(!secret_token_read(key, "join", text, &id));
	}
	if (str_unbase32(raw, sizeof(raw), text)) {
		str_base32(again, raw, sizeof(raw));
		ASSERT(str_ieq(again, text));
	}
}

static void json(const char *text)
{
	AUTO(buf) out = buf_new(1 << 16);
	struct json j;
	json_t *back;

	json_begin(&j, out);
	json_put_text(&j, NULL, text);
	back = json_loadb(buf_text(out), out->len, JSON_DECODE_ANY, NULL);
	ASSERT(back && str_eq(json_string_value(back), text));
	json_decref(back);
}

static void addresses_of_pages(struct arena *a, const char *text)
{
	const char *escaped = web_escape_url(a, text);

	ASSERT(str_eq(web_unescape_url(a, escaped), text));
	ASSERT(!strpbrk(escaped, "/?#&= \"<>"));
	fuzz_is_text(web_unescape_url(a, text));
}

void fuzz_value(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(4096);
	const char *text = fuzz_text(a, bytes, len);
	char copy[30];

	numbers(text);
	times(text);
	tokens(text);
	json(text);
	addresses_of_pages(a, text);
	str_copy(copy, sizeof(copy), text);
	fuzz_is_text(copy);
	ASSERT(str_starts(text, copy));
}
