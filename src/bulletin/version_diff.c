#include "bulletin/version_diff.h"

#include "base/str.h"
#include "bulletin/draft.h"

enum { TEXT_MOST = 16 << 20 };

/* The version as people read it; out_body: where its text begins. */
static const char *plain(struct arena *arena, const char *text, size_t *out_body)
{
	struct bulletin_fields f;
	AUTO(buf) out = buf_new(TEXT_MOST);

	bulletin_fields_read(arena, text, &f);
	const struct {
		const char *name, *value;
	} lines[] = {
		{"Title", f.title},
		{"Topics", f.topics},
		{"Summary", f.summary},
		{"Subject", f.subject},
		{"Sender's name", f.from_name},
		{"Language", f.language},
	};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (*lines[i].value)
			buf_printf(out, "%s: %s\n", lines[i].name, lines[i].value);
	*out_body = out->len + 1;
	buf_printf(out, "\n%s\n", f.body);
	return arena_strdup(arena, buf_text(out));
}

/* A line of Markdown that is not simply the next one of the same paragraph. */
static bool begins_block(const char *line, size_t len)
{
	size_t digits = strspn(line, "0123456789");

	return !len || strchr("#>|`~=-+*: \t[!", line[0]) ||
	       (digits && (line[digits] == '.' || line[digits] == ')'));
}

static bool ends_line(const char *line, size_t len)
{
	return !len || line[0] == '#' || line[0] == '|' || line[len - 1] == '\\' ||
	       (len > 1 && line[len - 1] == ' ' && line[len - 2] == ' ');
}

/* As it is read: where somebody's program broke a line within a paragraph there is a space. Not
 * one byte comes or goes. */
static const char *unwrapped(struct arena *arena, const char *text, size_t from)
{
	char *out = arena_strdup(arena, text), *line = out + from, *end;
	bool fenced = false;

	for (; (end = strchr(line, '\n')); line = end + 1) {
		size_t len = (size_t)(end - line), next = strcspn(end + 1, "\n");

		if (str_starts(line, "```") || str_starts(line, "~~~"))
			fenced = !fenced;
		else if (!fenced && !ends_line(line, len) && !begins_block(end + 1, next))
			*end = ' ';
	}
	return out;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Letters and digits of any script stay together; every other sign, and each line end, is one
 * by itself. */
static size_t token(const char *at)
{
	size_t len = 0;

	while (str_is_alpha(at[len]) || str_is_digit(at[len]) || (at[len] & 0x80))
		len++;
	return len ? len : 1;
}

static void read_tokens(struct arena *arena, const char *text, struct words *out)
{
	*out = (struct words){0};
	for (const char *at = text; *at;) {
		struct word w = {.hash = 14695981039346656037U};

		if (is_blank(*at)) {
			at++;
			continue;
		}
		w.from = (size_t)(at - text);
		w.to = w.from + token(at);
		for (size_t i = w.from; i < w.to; i++)
			w.hash = (w.hash ^ (unsigned char)text[i]) * 1099511628211U;
		w.hash |= w.hash == 0;
		at = text + w.to;
		out->items =
			arena_grow(arena, out->items, out->count, sizeof(*out->items));
		out->items[out->count++] = w;
	}
}

void version_diff(struct arena *arena, const char *old_text, const char *new_text,
		  struct version_diff *out)
{
	size_t body, old_body;
	const char *old_plain = plain(arena, old_text, &old_body),
		   *plain_now = plain(arena, new_text, &body);
	struct words before, now;
	struct diff d;

	read_tokens(arena, old_plain, &before);
	read_tokens(arena, plain_now, &now);
	old_plain = unwrapped(arena, old_plain, old_body);
	plain_now = unwrapped(arena, plain_now, body);
	diff_words(arena, &before, &now, &d);
	*out = (struct version_diff){
		.pieces = arena_make(arena, struct version_piece, d.count + 1),
		.count = d.count,
		.added = d.added,
		.removed = d.removed,
	};
	for (size_t i = 0; i < d.count; i++) {
		const struct diff_run *run = &d.items[i];
		bool gone = run->kind == DIFF_REMOVED;
		const struct words *of = gone ? &before : &now;
		size_t from = run->from ? of->items[run->from - 1].to : 0;
		size_t to = of->items[run->to - 1].to;

		out->pieces[i] = (struct version_piece){
			.kind = run->kind,
			.text = arena_strndup(
				arena, (gone ? old_plain : plain_now) + from, to - from),
		};
	}
}
