#include "bulletin/draft.h"

#include "base/str.h"
#include "bulletin/front.h"

#include <stddef.h>
#include <stdlib.h>

enum { LINES_MOST = 100, TEXT_MOST = 16 << 20 };

static const struct {
	const char *name;
	size_t field;
} keys[] = {
	{"list", offsetof(struct bulletin_fields, list)},
	{"title", offsetof(struct bulletin_fields, title)},
	{"topics", offsetof(struct bulletin_fields, topics)},
	{"subject", offsetof(struct bulletin_fields, subject)},
	{"from_name", offsetof(struct bulletin_fields, from_name)},
	{"summary", offsetof(struct bulletin_fields, summary)},
	{"language", offsetof(struct bulletin_fields, language)},
};

static const char **field_of(struct bulletin_fields *f, size_t key)
{
	return (const char **)(void *)((char *)f + keys[key].field);
}

static const char *value_of(const struct bulletin_fields *f, size_t key)
{
	return *(const char *const *)(const void *)((const char *)f + keys[key].field);
}

/* "a" -> a; a value that is quoted itself is quoted once more when it is written. */
static bool is_quoted(const char *value)
{
	size_t len = strlen(value);

	return len > 1 && *value == value[len - 1] && (*value == '"' || *value == '\'');
}

/* In one line, whatever was typed. */
static const char *one_line(struct arena *arena, const char *value)
{
	char *copy = arena_strdup(arena, value);

	for (char *c = copy; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7F)
			*c = ' ';
	return str_trim(copy);
}

static void read_line(struct arena *arena, const char *line, struct bulletin_fields *out,
		      struct buf *others)
{
	char *copy = arena_strdup(arena, line), *colon = strchr(copy, ':'), *value;

	for (size_t i = 0; colon && i < ARRAY_LEN(keys); i++) {
		*colon = '\0';
		if (!str_eq(str_trim(copy), keys[i].name) || *value_of(out, i))
			continue;
		value = str_trim(colon + 1);
		if (is_quoted(value)) {
			value[strlen(value) - 1] = '\0';
			value++;
		}
		/* As it is written: a value of nothing else leaves its place to the next. */
		*field_of(out, i) = one_line(arena, value);
		return;
	}
	buf_printf(others, "%s\n", line);
}

static const char *without_cr(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text), *to = copy;

	for (const char *c = copy; *c;) {
		size_t run = strspn(c, "\r"), len = run + strcspn(c + run, "\r");

		if (c[run] == '\n') {
			c += run;
			len -= run;
		}
		memmove(to, c, len);
		to += len;
		c += len;
	}
	*to = '\0';
	return copy;
}

/* From the first line with words on; out_line counts on over the empty ones. */
static const char *body_from(struct arena *arena, const char *text, int *line)
{
	const char *at = text, *end;
	size_t len;

	for (end = strchr(at, '\n'); end; end = strchr(at, '\n')) {
		if (*str_trim(arena_strndup(arena, at, (size_t)(end - at))))
			break;
		at = end + 1;
		(*line)++;
	}
	len = strlen(at);
	len = str_without_tail(at, len);
	return arena_strndup(arena, at, len);
}

void bulletin_fields_read(struct arena *arena, const char *text,
			  struct bulletin_fields *out)
{
	const char *whole = without_cr(arena, text), *at = whole;
	AUTO(buf) others = buf_new(TEXT_MOST);
	struct bulletin_fields f = {.others = "", .body_line = 1};
	bool closed = false;
	int line = 0;

	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		*field_of(&f, i) = "";
	if (str_starts(whole, "\xEF\xBB\xBF"))
		at = whole += 3;
	while (*at && !closed && line < LINES_MOST) {
		size_t len = strcspn(at, "\n");
		const char *trimmed = str_trim(arena_strndup(arena, at, len));

		at += len + (at[len] == '\n');
		line++;
		if (line == 1 && !str_eq(trimmed, "---"))
			break;
		closed = line > 1 && str_eq(trimmed, "---");
		if (line > 1 && !closed && *trimmed)
			read_line(arena, trimmed, &f, others);
	}
	f.has_keys = closed;
	if (!closed)
		for (size_t i = 0; i < ARRAY_LEN(keys); i++)
			*field_of(&f, i) = "";
	else
		f.others = arena_strdup(arena, buf_text(others));
	f.body_line = closed ? line + 1 : 1;
	f.body = body_from(arena, closed ? at : whole, &f.body_line);
	*out = f;
}

const char *bulletin_fields_write(struct arena *arena, const struct bulletin_fields *f)
{
	AUTO(buf) out = buf_new(TEXT_MOST);
	int line = 1;

	buf_str(out, "---\n");
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		const char *value = one_line(arena, value_of(f, i));
		const char *quote = !is_quoted(value) ? "" : *value == '"' ? "'" : "\"";

		if (*value)
			buf_printf(out, "%s: %s%s%s\n", keys[i].name, quote, value,
				   quote);
	}
	buf_str(out, f->others);
	buf_str(out, "---\n\n");
	buf_str(out, body_from(arena, without_cr(arena, f->body), &line));
	buf_char(out, '\n');
	return arena_strdup(arena, buf_text(out));
}

bool bulletin_fields_of_file(const struct bulletin_fields *f)
{
	if (!f->has_keys || (!*f->list && !*f->title))
		return false;
	for (const char *line = f->others; *line; line = strchr(line, '\n') + 1)
		if (*line != '#')
			return false;
	return true;
}

bool bulletin_fields_same(const struct bulletin_fields *a,
			  const struct bulletin_fields *b)
{
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (!str_eq(value_of(a, i), value_of(b, i)))
			return false;
	return str_eq(a->body, b->body);
}

const char *bulletin_error_words(const char *name, const char *text, int *out_line)
{
	size_t len = strlen(name);
	char *end;

	*out_line = 0;
	if (!str_starts(text, name) || text[len] != ':')
		return text;
	text += len + 1;
	if (str_is_digit(*text)) {
		*out_line = (int)strtol(text, &end, 10);
		text = *end == ':' ? end + 1 : end;
	}
	while (*text == ' ')
		text++;
	return text;
}

static void hash_text(struct bulletin_source *s, const char *text,
		      const struct bulletin_images *images)
{
	AUTO(buf) all = buf_new(TEXT_MOST);

	buf_printf(all, "unfinished\n%s", text);
	for (size_t i = 0; images && i < images->count; i++)
		buf_printf(all, "\n%s %s", images->items[i].name, images->items[i].hash);
	secret_sha256_hex(all->bytes, all->len, s->hash);
}

struct bulletin_source *bulletin_source_draft(struct arena *arena, const char *text,
					      const struct bulletin_images *images)
{
	struct bulletin_source *s = NULL;
	struct bulletin_fields f;
	struct err why = {0};
	const char *words;
	int line;

	if (bulletin_source_parse_with(arena,
				       &(struct bulletin_file){.name = "",
							       .text = text,
							       .len = strlen(text)},
				       images, &s, &why))
		return s;
	words = bulletin_error_words("", why.text, &line);
	bulletin_fields_read(arena, text, &f);
	s = arena_make(arena, struct bulletin_source, 1);
	s->list = f.list;
	s->title = f.title;
	s->language = *f.language ? f.language : "en-GB";
	s->intro = (struct bulletin_text){"", "", ""};
	s->unreadable = f.has_keys && !*f.title ? "it has no title yet"
						: arena_strdup(arena, words);
	s->unreadable_line = f.has_keys && (!*f.title || line < f.body_line) ? 0 : line;
	hash_text(s, text, images);
	return s;
}
