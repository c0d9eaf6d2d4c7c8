#include "base/codec/json.h"
#include "base/err.h"
#include "base/str.h"

#include <inttypes.h>
#include <math.h>

enum { NUMBER_ROOM = 40 };

static void put(struct json *j, const char *bytes, size_t len)
{
	if (j->to)
		buf_add(j->to, bytes, len);
	else
		(void)fwrite(bytes, 1, len, j->file);
}

static void put_str(struct json *j, const char *text)
{
	put(j, text, strlen(text));
}

/* The escape of a sign that does not stand for itself, or NULL. */
static const char *escape(unsigned char c, char room[8])
{
	static const char del = 127;

	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\t':
		return "\\t";
	case '\r':
		return "\\r";
	default:
		if (c >= ' ' && c != del)
			return NULL;
		(void)snprintf(room, 8, "\\u%04x", c);
		return room;
	}
}

static void quoted(struct json *j, const char *text)
{
	AUTO(buf) clean = NULL;
	size_t len = strlen(text), from = 0;
	char room[8];

	if (!str_utf8_valid(text, len)) {
		clean = buf_new(len * strlen("\xEF\xBF\xBD") + 1);
		str_utf8_clean(clean, text, len);
		text = buf_text(clean);
		len = clean->len;
	}
	put(j, "\"", 1);
	for (size_t i = 0; i < len; i++) {
		const char *instead = escape((unsigned char)text[i], room);

		if (!instead)
			continue;
		put(j, text + from, i - from);
		put_str(j, instead);
		from = i + 1;
	}
	put(j, text + from, len - from);
	put(j, "\"", 1);
}

/* What stands before every value: what parts it from the one before, and its name. */
static void lead(struct json *j, const char *key)
{
	bool named = j->depth && j->open[j->depth - 1].end == '}';

	ASSERT(named == (key != NULL));
	ASSERT(!j->whole);
	if (!j->depth) {
		j->whole = true;
		return;
	}
	if (j->open[j->depth - 1].some)
		put_str(j, j->open[j->depth - 1].lines ? ",\n" : ",");
	j->open[j->depth - 1].some = true;
	if (!named)
		return;
	quoted(j, key);
	put(j, ":", 1);
}

static void plain(struct json *j, const char *key, const char *value)
{
	lead(j, key);
	put_str(j, value);
}

void json_begin(struct json *j, struct buf *to)
{
	*j = (struct json){.to = to};
}

void json_begin_file(struct json *j, FILE *to)
{
	*j = (struct json){.file = to};
}

void json_done(struct json *j)
{
	ASSERT(j->whole && !j->depth);
	put(j, "\n", 1);
}

static void begin(struct json *j, const char *key, char first, char end)
{
	ASSERT(j->depth < JSON_DEPTH);
	lead(j, key);
	j->whole = false;
	put(j, &first, 1);
	j->open[j->depth].end = end;
	j->open[j->depth].some = j->open[j->depth].lines = false;
	j->depth++;
}

void json_put_object(struct json *j, const char *key)
{
	begin(j, key, '{', '}');
}

void json_put_array(struct json *j, const char *key)
{
	begin(j, key, '[', ']');
}

void json_end(struct json *j)
{
	ASSERT(j->depth > 0);
	j->depth--;
	put(j, &j->open[j->depth].end, 1);
	j->whole = !j->depth;
}

void json_lines(struct json *j)
{
	ASSERT(j->depth > 0);
	j->open[j->depth - 1].lines = true;
}

void json_put_null(struct json *j, const char *key)
{
	plain(j, key, "null");
}

void json_put_bool(struct json *j, const char *key, bool value)
{
	plain(j, key, value ? "true" : "false");
}

void json_put_text(struct json *j, const char *key, const char *text)
{
	if (!text) {
		json_put_null(j, key);
		return;
	}
	lead(j, key);
	quoted(j, text);
}

void json_put_int(struct json *j, const char *key, int64_t n)
{
	char digits[NUMBER_ROOM];

	(void)snprintf(digits, sizeof(digits), "%" PRId64, n);
	plain(j, key, digits);
}

void json_put_real(struct json *j, const char *key, double n)
{
	char digits[NUMBER_ROOM];

	(void)snprintf(digits, sizeof(digits), "%g", n);
	plain(j, key, isfinite(n) ? digits : "null");
}

static size_t count_digits(const char *text)
{
	return strspn(text, "0123456789");
}

/* RFC 8259, 6. */
static bool is_number(const char *text)
{
	const char *at = text + (*text == '-');
	size_t n = count_digits(at);

	if (!n || (*at == '0' && n > 1))
		return false;
	at += n;
	if (*at == '.') {
		n = count_digits(++at);
		at += n;
	}
	if (n && (*at == 'e' || *at == 'E')) {
		at += 1 + (at[1] == '+' || at[1] == '-');
		n = count_digits(at);
		at += n;
	}
	return n && !*at;
}

void json_put_number(struct json *j, const char *key, const char *digits)
{
	plain(j, key, digits && is_number(digits) ? digits : "null");
}

void json_put_texts(struct json *j, const char *key, const char *const *texts,
		    size_t count)
{
	json_put_array(j, key);
	for (size_t i = 0; i < count; i++)
		json_put_text(j, NULL, texts[i]);
	json_end(j);
}

void json_list(struct buf *to, const char *const *texts, size_t count)
{
	struct json j;

	json_begin(&j, to);
	json_put_texts(&j, NULL, texts, count);
}
