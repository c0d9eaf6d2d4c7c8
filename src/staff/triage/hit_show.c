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
		     const struct staff_hit *found, size_t count, const char *open,
		     const char *at, const char *end, const char *close)
{
	do {
		struct template_value *mark = template_add_map(marks);
		const char *to = end;
		bool hit;

		for (; count && found->to <= at; found++)
			count--;
		hit = count && found->from <= at && at < end;
		if (hit && found->to < end)
			to = found->to;
		else if (!hit && count && found->from < end)
			to = found->from;
		template_set_vouched(mark, "open",
				     hit ? mark_tag(r, open, found, at) : open);
		template_set(mark, "text",
			     arena_strndup(r->arena, at, (size_t)(to - at)));
		template_set_vouched(mark, "close",
				     arena_printf(r->arena, "%s%s", hit ? "</mark>" : "",
						  to == end ? close : ""));
		open = "";
		at = to;
	} while (at < end);
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
		staff_hits_mark(r, marks, found, count, "", text, end, "");
}
