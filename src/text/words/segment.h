/*
 * segment - stretches of a text that may overlap, cut into pieces that do not.
 *
 * For showing codes (and questions, hits, anything) over a text: between any two
 * neighbouring ends the same stretches cover every character, so each piece can be one
 * element of a page that names all that cover it. The pieces come in order and together
 * make up the whole text, also where nothing covers it.
 *
 * Units      positions from 0, to is the first one after; characters or bytes, as the
 *            caller counts.
 * Ownership  in the arena.
 * Limits     what lies outside the text is cut off; an empty stretch covers nothing.
 */
#ifndef MERCAT_TEXT_SEGMENT_H
#define MERCAT_TEXT_SEGMENT_H

#include "base/arena.h"

struct segment_span {
	int64_t from, to;
};

struct segment {
	int64_t from, to;
	const size_t *covers; /* which spans cover all of it, by their index, rising */
	size_t cover_count;
	const size_t *begins; /* those of covers that begin here */
	size_t begin_count;
};

void segments_cut(struct arena *arena, const struct segment_span *spans, size_t count,
		  int64_t length, struct segment **out, size_t *out_count);

#endif
