/* Lines of a form found in a text, and what was marked of a list of options. */
#include "base/str.h"
#include "form/pieces/mark.h"
#include "ownform/ownform_private.h"

size_t own_seen(const char *text, size_t at, size_t to)
{
	size_t n;

	while (at < to && (n = str_unseen(text + at, to - at)) > 0)
		at += n;
	return at;
}

/* The end of the line if nothing is seen on the rest of it, else 0. */
static size_t rest_of_line(const char *text, size_t at, size_t to)
{
	size_t n;

	while (at < to && text[at] != '\n') {
		n = str_unseen(text + at, to - at);
		if (!n)
			return 0;
		at += n;
	}
	return at < to ? at + 1 : to;
}

static size_t next_line(const char *text, size_t at, size_t to)
{
	const char *end = at < to ? memchr(text + at, '\n', to - at) : NULL;

	return end ? (size_t)(end - text) + 1 : to;
}

bool own_line(const char *text, struct own_span within, const char *words,
	      enum own_line_kind kind, struct own_span *out)
{
	size_t at = within.from, to = within.to;

	if (at && text[at - 1] != '\n')
		at = next_line(text, at, to);
	for (; at < to; at = next_line(text, at, to)) {
		size_t line = next_line(text, at, to), from = own_seen(text, at, line);
		const char *end;

		if (from >= line)
			continue;
		end = own_match(text + from, text + to, words);
		if (!end || (kind == OWN_ALL_OF_IT &&
			     !rest_of_line(text, (size_t)(end - text), to)))
			continue;
		*out = (struct own_span){at, (size_t)(end - text)};
		return true;
	}
	return false;
}

/* What was typed, without what stands in the field until somebody types. */
struct own_span own_typed(const char *text, struct own_span at, const char *prompt)
{
	static const char *const around[] = {"<", ""};

	at.from = own_seen(text, at.from, at.to);
	for (size_t i = 0; i < ARRAY_LEN(around); i++) {
		const char *from = own_match(text + at.from, text + at.to, around[i]);
		const char *end = from ? own_match(from, text + at.to, prompt) : NULL;

		if (!end)
			continue;
		if (*around[i] && own_match(end, text + at.to, ">"))
			end = own_match(end, text + at.to, ">");
		at.from = own_seen(text, (size_t)(end - text), at.to);
		break;
	}
	/* Blanks take one to four bytes. */
	for (size_t n = 1; n <= 4; n++)
		if (at.to >= at.from + n && str_unseen(text + at.to - n, n) == n) {
			at.to -= n;
			n = 0;
		}
	return at;
}

struct hand {
	uint32_t ticks, crosses;
	bool unclear;
};

static void note(struct hand *h, size_t option, enum mark_sign sign)
{
	if (sign == MARK_TICK)
		h->ticks |= (uint32_t)1 << option;
	else if (sign == MARK_CROSS)
		h->crosses |= (uint32_t)1 << option;
	else if (sign != MARK_EMPTY)
		h->unclear = true;
}

static bool is_one(uint32_t bits)
{
	return bits && !(bits & (bits - 1));
}

void own_pick(const char *text, struct own_span within, const struct own_item *item,
	      struct own_picked *out)
{
	const char *stop = text + within.to, *end;
	size_t at = within.from, o;
	struct hand h = {0};

	*out = (struct own_picked){0};
	if (item->hint && (end = own_match(text + at, stop, item->hint)))
		at = (size_t)(end - text);
	for (o = 0; o < item->choice.count; o++) {
		enum mark_sign sign = MARK_ABSENT;
		size_t from = own_seen(text, at, within.to), n;

		n = from < within.to ? mark_read(text, from, within.to, &sign) : 0;
		end = own_match(text + from + n, stop, item->choice.options[o]);
		if (!end)
			continue; /* somebody took it out */
		note(&h, o, sign);
		if (!out->at.to && sign != MARK_EMPTY)
			out->at = (struct own_span){from, 0};
		if (sign != MARK_EMPTY)
			out->at.to = (size_t)(end - text);
		at = rest_of_line(text, (size_t)(end - text), within.to);
		if (!at) { /* something was typed behind the option */
			h.unclear = true;
			at = (size_t)(end - text);
			break;
		}
	}
	if (!out->at.to)
		out->at = (struct own_span){within.from, within.from};
	out->left = own_seen(text, at, within.to);
	h.unclear = h.unclear || (item->choice.count && out->left < within.to) ||
		    (h.ticks && h.crosses);
	out->chosen = h.ticks | h.crosses;
	out->any = h.unclear || out->chosen;
	if (h.unclear || (!item->choice.several && out->chosen && !is_one(out->chosen)))
		out->chosen = 0;
}
