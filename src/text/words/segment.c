#include "text/words/segment.h"

#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return one < other ? -1 : one > other;
}

static int64_t inside(int64_t at, int64_t length)
{
	return at < 0 ? 0 : at > length ? length : at;
}

/* Every end once, in order, 0 and length among them. */
static size_t ends_of(struct arena *arena, const struct segment_span *spans, size_t count,
		      int64_t length, int64_t **out)
{
	int64_t *ends = arena_make(arena, int64_t, count * 2 + 2);
	size_t n = 0, kept = 0;

	ends[n++] = 0;
	ends[n++] = length;
	for (size_t i = 0; i < count; i++) {
		ends[n++] = inside(spans[i].from, length);
		ends[n++] = inside(spans[i].to, length);
	}
	qsort(ends, n, sizeof(*ends), by_value);
	for (size_t i = 0; i < n; i++)
		if (!kept || ends[i] != ends[kept - 1])
			ends[kept++] = ends[i];
	*out = ends;
	return kept;
}

void segments_cut(struct arena *arena, const struct segment_span *spans, size_t count,
		  int64_t length, struct segment **out, size_t *out_count)
{
	int64_t *ends;
	size_t n = ends_of(arena, spans, count, length > 0 ? length : 0, &ends);

	*out_count = n - 1;
	*out = arena_make(arena, struct segment, n);
	for (size_t i = 0; i + 1 < n; i++) {
		struct segment *s = &(*out)[i];
		size_t *covers = NULL, *begins = NULL;

		s->from = ends[i];
		s->to = ends[i + 1];
		for (size_t k = 0; k < count; k++) {
			if (spans[k].from > s->from || spans[k].to < s->to)
				continue;
			covers = arena_grow(arena, covers, s->cover_count,
					    sizeof(*covers));
			covers[s->cover_count++] = k;
			if (inside(spans[k].from, length) != s->from)
				continue;
			begins = arena_grow(arena, begins, s->begin_count,
					    sizeof(*begins));
			begins[s->begin_count++] = k;
		}
		s->covers = covers;
		s->begins = begins;
	}
}
