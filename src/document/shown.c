#include "document/shown.h"
#include "base/str.h"
#include "document/model.h"
#include "text/markup/html.h"

enum { SHOWN_MOST = 8 << 20 };

/* Letters and digits alone: what is left when a mail program lays out the same words. */
static char *bare(struct arena *arena, const char *text, size_t len)
{
	char *to = arena_alloc(arena, len + 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == 0xC2 && (unsigned char)text[i + 1] == 0xA0)
			i++;
		else if (str_is_alpha(text[i]) || str_is_digit(text[i]) || c >= 0x80)
			to[n++] = str_lower_char(text[i]);
	}
	to[n] = '\0';
	return to;
}

static const char *words_of(struct arena *arena, const struct document_block *b)
{
	AUTO(buf) all = buf_new(1 << 16);

	for (size_t i = 0; i < b->count; i++)
		if (b->runs[i].kind == DOCUMENT_WORDS)
			buf_str(all, b->runs[i].words);
		else if (b->runs[i].kind == DOCUMENT_FIELD)
			buf_str(all, str_or(b->runs[i].entry->value, ""));
	return bare(arena, buf_text(all), all->len);
}

/* The first block of the writer's stands first in the new text, and so on. */
static void mark_quoted(struct arena *arena, struct document *d, const char *text_new)
{
	const char *left = bare(arena, text_new, strlen(text_new));

	for (size_t i = 0; i < d->count; i++) {
		struct document_block *b = &d->blocks[i];
		const char *words = words_of(arena, b), *at;

		if (!*words)
			continue; /* an empty cell is nobody's */
		at = strstr(left, words);
		if (!at) {
			b->quote += b->quote == 0;
			continue;
		}
		left = at + strlen(words);
	}
}

static void pack(struct arena *arena, struct document *d, const char *text_new,
		 struct shown *out)
{
	AUTO(buf) packed = buf_new(SHOWN_MOST);

	if (!text_new || !d->telling || d->cut)
		return;
	mark_quoted(arena, d, text_new);
	document_pack(d, packed);
	if (buf_cut(packed))
		return;
	out->packed = arena_memdup(arena, packed->bytes, packed->len);
	out->packed_len = packed->len;
}

void shown_read(struct arena *arena, const char *html, const char *text_new,
		struct shown *out)
{
	AUTO(buf) text = buf_new(SHOWN_TEXT_MOST);
	struct document *d = document_new(arena);
	struct html_listener listeners[2];
	struct html_text *words;
	size_t len = strlen(html), was_read;

	*out = (struct shown){0};
	words = html_text_new(arena, SHOWN_TEXT_MOST, &listeners[0]);
	document_html_begin(d, html, len, &listeners[1]);
	was_read = html_parse(html, len, listeners, ARRAY_LEN(listeners));
	document_html_end(d, &listeners[1], len - was_read);
	out->text_cut = html_text_end(words, html, len, was_read, text) || buf_cut(text);
	out->text = arena_strdup(arena, buf_text(text));
	pack(arena, d, text_new, out);
}
