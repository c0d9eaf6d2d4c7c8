#include "staff/triage/hit_show.h"

#include <inttypes.h>

void staff_hits_find(struct web_request *r, struct staff_hits *hits, const char *text,
		     const char *end, struct staff_hit **out, size_t *out_count)
{
	const char *at = text;
	size_t count = 0, len;

	*out = NULL;
	while (hits->shown < STAFF_HITS_MOST &&
	       (at = search_hit_next(&hits->words, text, at, end, &len))) {
		*out = arena_grow(r->arena, *out, count, sizeof(**out));
		(*out)[count++] = (struct staff_hit){at, at + len, ++hits->shown};
		at += len;
	}
	*out_count = count;
}

static const char *mark_tag(struct web_request *r, const char *open,
			    const struct staff_hit *hit, const char *at)
{
	if (hit->from != at)
		return arena_printf(r->arena, "%s<mark class=\"hit\">", open);
	return arena_printf(r->arena, "%s<mark class=\"hit\" id=\"hit-%" PRId64 "\">",
			    open, hit->number);
}

void staff_hits_mark(struct web_request *r, struct template_value *marks,
		     const struct staff_stretch *stretch)
{
	struct staff_stretch left = *stretch;

	do {
		struct template_value *mark = template_add_map(marks);
		const char *to = left.end;
		bool hit;

		for (; left.count && left.found->to <= left.at; left.found++)
			left.count--;
		hit = left.count && left.found->from <= left.at && left.at < left.end;
		if (hit && left.found->to < left.end)
			to = left.found->to;
		else if (!hit && left.count && left.found->from < left.end)
			to = left.found->from;
		template_set_vouched(mark, "open",
				     hit ? mark_tag(r, left.open, left.found, left.at)
					 : left.open);
		template_set(mark, "text",
			     arena_strndup(r->arena, left.at, (size_t)(to - left.at)));
		template_set_vouched(mark, "close",
				     arena_printf(r->arena, "%s%s", hit ? "</mark>" : "",
						  to == left.end ? left.close : ""));
		left.open = "";
		left.at = to;
	} while (left.at < left.end);
}

void staff_hits_text(struct web_request *r, struct template_value *map, const char *name,
		     struct staff_hits *hits, const char *text)
{
	struct template_value *marks = template_set_list(map, name);
	const char *end = text + strlen(text);
	struct staff_hit *found;
	size_t count;

	staff_hits_find(r, hits, text, end, &found, &count);
	if (*text)
		staff_hits_mark(r, marks,
				&(struct staff_stretch){.found = found,
							.count = count,
							.at = text,
							.end = end,
							.open = "",
							.close = ""});
}
