/*
 * doubts word_index - where a word stands in a table that is sorted by nothing but its words.
 *
 * Each word of each sentence is looked up in several tables, most often in vain: a number of
 * the word says in one look where it would stand.
 *
 * Ownership  tables are static; the index of one is made when it is first asked for and kept
 *            until the process ends.
 * Limits     safe from any thread; 65,534 words.
 */
#ifndef MERCAT_DOUBTS_WORD_INDEX_H
#define MERCAT_DOUBTS_WORD_INDEX_H

#include "base/attr.h"

#include <stdatomic.h>

struct word_index {
	const void *table; /* of structs that begin with a const char * */
	size_t stride;     /* bytes of one */
	const size_t *count;
	_Atomic(const struct word_slots *) slots; /* NULL: not made yet */
};

/* NULL: it is not there. */
const void *word_index_find(struct word_index *index, const char *word) MUST_USE;

#endif
