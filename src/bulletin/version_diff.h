/*
 * version diff - what one version of a bulletin has that another had not, word by word.
 *
 * Unlike text/words/diff.h alone, every comma, capital and line end counts: an approval is of
 * exactly these words. Both versions are read as people know them: title, topics, summary and
 * the rest of the keys by their names, then the text, in which a line that was broken within a
 * paragraph is shown with a space, so that it is not ragged in a narrower column.
 *
 * Ownership  in the arena.
 * Errors     none: an unfinished text is compared as it stands.
 * Limits     as of text/words/diff.h.
 */
#ifndef MERCAT_BULLETIN_VERSION_DIFF_H
#define MERCAT_BULLETIN_VERSION_DIFF_H

#include "base/arena.h"
#include "text/words/diff.h"

struct version_piece {
	enum diff_kind kind;
	const char *text; /* with the white space before it */
};

struct version_diff {
	struct version_piece
		*pieces; /* the new version with what was taken out, in order */
	size_t count;
	size_t added, removed; /* words and marks */
};

/* Of two files (bulletin/source.h). */
void version_diff(struct arena *arena, const char *old_text, const char *new_text,
		  struct version_diff *out);

#endif
