/*
 * weigh parts - sentences made of patterns, for what has too many words to be listed.
 *
 * "{One|Two} words{|, {three|four}}" stands for each sentence that can be made of it; a list
 * that many patterns have is named once ("= NAME", tab, one|two) and put in as {=NAME}. The
 * same pattern always makes the same sentences.
 *
 * Ownership  in the arena.
 * Errors     a brace that is not closed, or a list that is not there: false.
 */
#ifndef MERCAT_TOOLS_WEIGH_PARTS_H
#define MERCAT_TOOLS_WEIGH_PARTS_H

#include "base/arena.h"

enum { PARTS_LISTS = 20, PARTS_SENTENCES = 80 };

struct parts {
	struct arena *arena;
	struct {
		const char *name, *choices;
	} lists[PARTS_LISTS];
	size_t count;
};

/* line, which begins behind "= ". */
bool parts_name_list(struct parts *p, const char *line) MUST_USE;
/* PARTS_SENTENCES of it at most, each once. */
bool parts_make(struct parts *p, const char *pattern, const char *out[PARTS_SENTENCES],
		size_t *out_count) MUST_USE;

#endif
