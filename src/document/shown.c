#include "document/shown.h"
#include "base/str.h"
#include "document/model.h"

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

void shown_read(struct arena *arena, const char *html, const char *text_new,
		const char **out, size_t *out_len)
{
	AUTO(buf) packed = buf_new(SHOWN_MOST);
	struct document *d;

	*out = NULL;
	*out_len = 0;
	if (!html || !text_new)
		return;
	d = document_new(arena);
	document_from_html(d, html, strlen(html));
	if (!d->telling || d->cut)
		return;
	mark_quoted(arena, d, text_new);
	document_pack(d, packed);
	if (buf_cut(packed))
		return;
	*out = arena_memdup(arena, packed->bytes, packed->len);
	*out_len = packed->len;
}
