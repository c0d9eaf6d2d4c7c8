#include "form/pieces/form_cuts.h"

static void add_cut(struct form_cuts *c, size_t from, size_t to)
{
	if (from == to)
		return;
	if (c->count == FORM_CUTS_MOST) {
		c->many = true;
		return;
	}
	c->from[c->count] = from;
	c->to[c->count++] = to;
}

static bool cut_at_look(const struct form_row *row, size_t i)
{
	enum {
		PARTING = DOCUMENT_STRUCK | DOCUMENT_UNDERLINED | DOCUMENT_BOLD |
			  DOCUMENT_HIGHLIGHTED | DOCUMENT_FRAMED
	};

	return i && (row->look[i] & PARTING) != (row->look[i - 1] & PARTING);
}

/* A sign of two letters or more: texts are short, and memmem() takes long to begin. Most blanks
 * begin none, so that the letter behind one is looked for. */
static const char *find_sign(const char *from, const char *end, const char *sign,
			     size_t n)
{
	size_t in = sign[0] == ' ' && sign[1] != ' ';

	for (; (size_t)(end - from) >= n; from++) {
		const char *hit =
			memchr(from + in, sign[in], (size_t)(end - from) - (n - 1));

		if (!hit)
			return NULL;
		from = hit - in;
		if (from[0] == sign[0] && from[1] == sign[1] &&
		    memcmp(from, sign, n) == 0)
			return from;
	}
	return NULL;
}

/* Where the sign stands next, or the look changes where there is none; to: nowhere. */
static size_t next_cut(const struct form_row *row, size_t from, size_t to,
		       const char *sign)
{
	size_t n = strlen(sign);
	const char *hit;

	if (!n) {
		while (from < to && !cut_at_look(row, from))
			from++;
		return from;
	}
	hit = n == 1 ? memchr(row->text + from, *sign, to - from)
		     : find_sign(row->text + from, row->text + to, sign, n);
	return hit ? (size_t)(hit - row->text) : to;
}

void form_cut(const struct form_row *row, size_t from, size_t to, const char *sign,
	      struct form_cuts *out)
{
	size_t begin = from, n = strlen(sign), at = from + (n == 0);

	out->count = 0;
	out->many = false;
	while (at < to && (at = next_cut(row, at, to, sign)) < to) {
		add_cut(out, begin, at);
		begin = at + n;
		at += n ? n : 1;
	}
	add_cut(out, begin, to);
	if (out->many)
		out->count = 0;
}

/* By their lower six bits: some stand for several. */
uint64_t form_cut_bytes(const struct form_row *row, size_t from, size_t to)
{
	uint64_t bytes = 0;

	for (size_t i = from; i < to; i++)
		bytes |= UINT64_C(1) << (row->text[i] & 63);
	return bytes;
}

bool form_cut_may(uint64_t bytes, const char *sign)
{
	for (; *sign; sign++)
		if (!(bytes >> (*sign & 63) & 1))
			return false;
	return true;
}
