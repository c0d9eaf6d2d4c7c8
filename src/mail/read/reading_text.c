/* The words of a page as they are laid out, and all that is said by text, HTML and loose words. */
#include "base/str.h"
#include "document/markup.h"
#include "document/unsaid.h"
#include "mail/read/reading.h"

void mail_reading_limit(struct reading *r, const char *which)
{
	struct mail_strings *l = &r->out->limits_hit;

	for (size_t i = 0; i < l->count; i++)
		if (str_eq(l->items[i], which))
			return;
	l->items = arena_grow(r->arena, l->items, l->count, sizeof(*l->items));
	l->items[l->count++] = which;
}

void mail_reading_unsure(struct reading *r)
{
	r->out->seen.what = MAIL_SEEN_MORE;
}

/* Blank text is no text. */
bool mail_reading_blank(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!str_is_space(text[i]))
			return false;
	return true;
}

const char *mail_reading_take_text(struct reading *r, struct buf *b)
{
	const char *text = NULL;

	if (buf_cut(b))
		mail_reading_limit(r, "text");
	if (!mail_reading_blank(buf_text(b), b->len))
		text = arena_strndup(r->arena, b->bytes, b->len);
	buf_clear(b);
	return text;
}

const char *mail_reading_layout(struct reading *r, const char *html)
{
	AUTO(buf) words = buf_new(READING_TEXT);
	AUTO(buf) clean = buf_new((size_t)READING_TEXT + 4);

	markup_words(words, html, strlen(html));
	if (!buf_cut(words))
		return arena_strdup(r->arena, buf_text(words));
	mail_reading_limit(r, "text");
	str_utf8_clean(clean, buf_text(words), words->len);
	return arena_strdup(r->arena, buf_text(clean));
}

const char *mail_reading_all(struct reading *r, const char *text, const char *html,
			     const char *loose)
{
	const struct unsaid *said;
	AUTO(buf) all = buf_new((size_t)READING_TEXT * 3);

	if (!html && !loose)
		return text;
	said = unsaid_new(r->arena, str_or(text, ""));
	buf_str(all, str_or(text, ""));
	if (all->len)
		buf_str(all, "\n\n");
	unsaid_lines(said, html ? mail_reading_layout(r, html) : "", all);
	unsaid_lines(said, str_or(loose, ""), all);
	while (all->len && all->bytes[all->len - 1] == '\n')
		all->bytes[--all->len] = '\0';
	return mail_reading_take_text(r, all);
}
