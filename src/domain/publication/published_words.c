/* The words of a response as they are published: made anew, never the file. */
#include "domain/publication/publication_private.h"
#include "base/str.h"
#include "text/words/sentence.h"

#include <glib.h>

enum { LINES_MOST = 2 };

/* What shows: no sign of direction, of joining or of nothing, no control, nothing private. */
static bool shows(gunichar c)
{
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_UNASSIGNED:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_SURROGATE:
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
		return false;
	default:
		return c != 0x115F && c != 0x1160 && c != 0x3164 && c != 0xFFA0;
	}
}

const char *published_plain(struct arena *arena, const char *text)
{
	AUTO(buf) out = buf_new(PUBLISHED_BYTES);
	gchar *composed = g_utf8_normalize(text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
	int lines = 0, blanks = 0;

	for (const char *at = composed; at && *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (c == '\n' || c == 0x2028 || c == 0x2029) {
			lines++;
			continue;
		}
		if (g_unichar_isspace(c)) {
			blanks++;
			continue;
		}
		if (!shows(c))
			continue;
		if (out->len && lines)
			buf_str(out, lines >= LINES_MOST ? "\n\n" : "\n");
		else if (out->len && blanks)
			buf_char(out, ' ');
		lines = blanks = 0;
		buf_add(out, at, (size_t)(g_utf8_next_char(at) - at));
	}
	g_free(composed);
	return arena_strdup(arena, buf_text(out));
}

const char *published_folded(struct arena *arena, const char *text)
{
	AUTO(buf) out = buf_new(PUBLISHED_BYTES);
	gchar *apart = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);

	for (const char *at = apart; at && *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (g_unichar_isspace(c))
			buf_char(out, ' ');
		else if (!g_unichar_ismark(c))
			str_utf8_add(out, g_unichar_tolower(c));
	}
	g_free(apart);
	return arena_strdup(arena, buf_text(out));
}

static bool is_answered(const struct published_words *out, int64_t question)
{
	for (size_t i = 0; i < out->count; i++)
		if (out->answers[i].question == question)
			return true;
	return false;
}

/* All that is said to one question, each stretch a paragraph of its own. */
static void add_answer(struct arena *arena, struct published_words *out,
		       const struct redactions *all,
		       const struct publication_stretch *first)
{
	AUTO(buf) text = buf_new(PUBLISHED_BYTES);

	for (size_t i = 0; i < all->stretch_count; i++) {
		const struct publication_stretch *s = &all->stretches[i];
		AUTO(arena) one = arena_new(1 << 12);
		bool open;

		if (s->question != first->question)
			continue;
		if (text->len)
			buf_str(text, "\n\n");
		buf_str(text, redactions_apply(one, all, &s->at, &open));
	}
	out->answers = arena_grow(arena, out->answers, out->count, sizeof(*out->answers));
	out->answers[out->count++] = (struct publication_answer){
		first->question, first->asked ? arena_strdup(arena, first->asked) : NULL,
		arena_strdup(arena, buf_text(text))};
}

/* Paragraph by paragraph, without what shows nothing; an answer without words goes. */
static void finish(struct arena *arena, struct published_words *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < out->count; i++) {
		struct publication_answer a = out->answers[i];
		AUTO(arena) one = arena_new(1 << 12);

		a.text = published_plain(arena, unwrap_letter(one, a.text));
		if (*a.text)
			out->answers[kept++] = a;
	}
	out->count = kept;
}

static void name_it(const struct publication *p, const char *decision,
		    struct published_words *out)
{
	bool named = str_eq(decision, "publish") && str_eq(p->permission, "name");

	out->type = p->type;
	out->label = str_eq(p->type, "organisation") ? "An organisation"
		     : str_eq(p->type, "individual") ? "An individual"
						     : "A respondent";
	if (!named)
		return;
	if (str_eq(p->type, "organisation")) {
		if (!str_blank(p->organisation))
			out->organisation = out->label = p->organisation;
	} else if (str_eq(p->type, "individual") && !str_blank(p->name)) {
		out->label = p->name;
	}
}

static void seal(struct arena *arena, const char *decision, struct published_words *out)
{
	AUTO(buf) all = buf_new(PUBLISHED_BYTES);

	buf_printf(all, "%s\n%s\n%s\n", decision, out->type, out->label);
	for (size_t i = 0; i < out->count; i++)
		buf_printf(all, "%" G_GINT64_FORMAT ":%zu:%s\n",
			   (gint64)out->answers[i].question, strlen(out->answers[i].text),
			   out->answers[i].text);
	secret_sha256_hex(buf_text(all), all->len, out->hash);
	buf_reset(all);
	buf_str(all, out->label);
	for (size_t i = 0; i < out->count; i++)
		buf_printf(all, "\n%s", out->answers[i].text);
	out->search = published_folded(arena, buf_text(all));
}

bool published_words_make(struct operation *op, struct arena *arena,
			  const struct publication *p, const char *decision,
			  struct published_words *out, struct err *err)
{
	AUTO(arena) work = arena_new(1 << 16);
	struct redactions all;

	*out = (struct published_words){0};
	if (!redactions_load(op, work, p->response_id, &all, err))
		return false;
	name_it(p, decision, out);
	if (out->organisation)
		out->organisation = out->label =
			published_plain(arena, out->organisation);
	else
		out->label = published_plain(arena, out->label);
	for (size_t i = 0; i < all.stretch_count; i++)
		if (!is_answered(out, all.stretches[i].question))
			add_answer(arena, out, &all, &all.stretches[i]);
	finish(arena, out);
	out->open = all.proposed;
	out->lost = all.lost;
	seal(arena, decision, out);
	return true;
}
