#include "tools/weigh_parts.h"
#include "base/buf.h"
#include "base/str.h"

enum { TRIES = 4 * PARTS_SENTENCES, SENTENCE_MOST = 1000 };

bool parts_name_list(struct parts *p, const char *line)
{
	const char *tab = strchr(line, '\t');

	if (!tab || tab == line || p->count == PARTS_LISTS)
		return false;
	p->lists[p->count].name = arena_strndup(p->arena, line, (size_t)(tab - line));
	p->lists[p->count++].choices = arena_strdup(p->arena, tab + 1);
	return true;
}

/* Marsaglia, "Xorshift RNGs", 2003. */
static uint32_t draw(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* Behind the choice that begins there, within as many braces: at a bar, or at the end. */
static const char *choice_end(const char *at, const char *end)
{
	int depth = 0;

	for (; at < end && (depth || *at != '|'); at++)
		depth += *at == '{' ? 1 : *at == '}' ? -1 : 0;
	return at;
}

static const char *brace_end(const char *at, const char *end)
{
	int depth = 0;

	for (; at < end; at++) {
		depth += *at == '{' ? 1 : *at == '}' ? -1 : 0;
		if (!depth)
			return at;
	}
	return NULL;
}

static bool put(struct parts *p, const char *at, const char *end, uint32_t *state,
		struct buf *to);

static bool put_one_of(struct parts *p, const char *at, const char *end, uint32_t *state,
		       struct buf *to)
{
	size_t count = 1, chosen;

	for (const char *c = choice_end(at, end); c < end; c = choice_end(c + 1, end))
		count++;
	for (chosen = draw(state) % count; chosen; chosen--)
		at = choice_end(at, end) + 1;
	return put(p, at, choice_end(at, end), state, to);
}

static const char *list_of(const struct parts *p, const char *name, size_t len)
{
	for (size_t i = 0; i < p->count; i++)
		if (strlen(p->lists[i].name) == len &&
		    !strncmp(p->lists[i].name, name, len))
			return p->lists[i].choices;
	return NULL;
}

static bool put(struct parts *p, const char *at, const char *end, uint32_t *state,
		struct buf *to)
{
	for (; at < end; at++) {
		const char *close, *list;

		if (*at != '{') {
			buf_char(to, *at);
			continue;
		}
		close = brace_end(at, end);
		if (!close)
			return false;
		if (at[1] == '=') {
			list = list_of(p, at + 2, (size_t)(close - at - 2));
			if (!list || !put_one_of(p, list, list + strlen(list), state, to))
				return false;
		} else if (!put_one_of(p, at + 1, close, state, to)) {
			return false;
		}
		at = close;
	}
	return true;
}

/* Blanks that stand twice or before a comma, and stops behind one another. */
static const char *tidied(struct arena *arena, const char *text)
{
	AUTO(buf) to = buf_new(SENTENCE_MOST);

	for (; *text; text++) {
		bool doubled = *text == ' ' && (!to->len || strchr(" ,.!?", text[1]));

		if (doubled || (strchr(",.", *text) && text[1] == '.'))
			continue;
		buf_char(to, *text);
	}
	return arena_strdup(arena, buf_text(to));
}

static bool is_new(const char *const *made, size_t count, const char *one)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(made[i], one))
			return false;
	return *one;
}

bool parts_make(struct parts *p, const char *pattern, const char *out[PARTS_SENTENCES],
		size_t *out_count)
{
	uint32_t state = 2463534242U;

	*out_count = 0;
	for (size_t i = 0; i < TRIES && *out_count < PARTS_SENTENCES; i++) {
		AUTO(buf) one = buf_new(SENTENCE_MOST);

		if (!put(p, pattern, pattern + strlen(pattern), &state, one))
			return false;
		out[*out_count] = tidied(p->arena, buf_text(one));
		*out_count += is_new(out, *out_count, out[*out_count]);
	}
	return true;
}
