/*
 * passage - a passage of a text, known again when the text was read anew.
 *
 * A mark keeps no word of the passage, so that a person's content can be erased: only
 * hashes, of its bytes and of its words. passage_find() looks first whether the passage
 * still stands where it was, letter by letter; else where the same words stand in the
 * same order, whatever became of case, blanks and punctuation.
 *
 * Units      characters, from 0; to is the first one after. words is a count.
 * Limits     a passage without a word (only punctuation) is found by its place alone.
 */
#ifndef MERCAT_TEXT_PASSAGE_H
#define MERCAT_TEXT_PASSAGE_H

#include "base/arena.h"

struct passage_mark {
	uint64_t bytes_hash, words_hash;
	size_t words;
};

struct passage_place {
	int64_t from, to;
};

/* Blanks at both ends taken off; false when nothing is left or it is not inside. */
bool passage_trim(const char *text, int64_t from, int64_t to,
		  struct passage_place *out) MUST_USE;
struct passage_mark passage_mark(struct arena *arena, const char *text, int64_t from,
				 int64_t to) MUST_USE;
/* Its own text. */
const char *passage_text(struct arena *arena, const char *text, int64_t from,
			 int64_t to) MUST_USE;

/* True: it stands there unchanged. */
bool passage_stands(const char *text, int64_t from, int64_t to,
		    const struct passage_mark *mark) MUST_USE;
/* All places with the same words, in order, that do not overlap; at most most. */
size_t passage_find(struct arena *arena, const char *text,
		    const struct passage_mark *mark, struct passage_place *out,
		    size_t most) MUST_USE;

/* The paragraphs (parted by blank lines) in which these words stand one after the
 * other, without case and punctuation. */
size_t passage_with_words(struct arena *arena, const char *text, const char *words,
			  struct passage_place **out) MUST_USE;

#endif
