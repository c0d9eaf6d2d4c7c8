#include "bulletin/version_diff.h"

#include "base/str.h"
#include "bulletin/draft.h"

enum { TEXT_MOST = 16 << 20 };

/* The version as people read it. */
static const char *plain(struct arena *arena, const char *text)
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
	buf_printf(out, "\n%s\n", f.body);
	return arena_strdup(arena, buf_text(out));
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
	const char *old_plain = plain(arena, old_text),
		   *plain_now = plain(arena, new_text);
	struct words before, now;
	struct diff d;

	read_tokens(arena, old_plain, &before);
	read_tokens(arena, plain_now, &now);
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
