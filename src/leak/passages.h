/*
 * leak passages - words in a row that one text has of another, for very many texts.
 *
 * PASSAGE_WORDS words in a row, whatever stands between them, are a passage. First what is going
 * to be published is watched; then every text that there is is heard, and said to be open
 * (its words may be used) or not. What is watched and heard only in texts that are not open is
 * found; what somebody else has said openly too is nobody's secret.
 *
 * Only what is watched is kept, not what is heard, so memory goes by what is published.
 *
 * Units      of: whose a text is, a number of the caller's; the first one is told.
 * Ownership  leak_passages_new() gives it away; leak_passages_free() takes it back.
 * Errors     none; no memory aborts.
 * Source     as text/shingle.h
 */
#ifndef MERCAT_LEAK_PASSAGES_H
#define MERCAT_LEAK_PASSAGES_H

#include "leak/names.h"

enum { PASSAGE_WORDS = 8 };

struct leak_passages;

struct leak_passages *leak_passages_new(void) MUST_USE;
void leak_passages_free(struct leak_passages **passages);
static inline void leak_passages_auto(struct leak_passages **passages)
{
	leak_passages_free(passages);
}

void leak_passages_watch(struct leak_passages *passages,
			 const struct leak_letters *letters);
enum leak_heard { LEAK_HEARD_OPEN, LEAK_HEARD_CLOSED };
void leak_passages_hear(struct leak_passages *passages,
			const struct leak_letters *letters, enum leak_heard how,
			int64_t of);
/* In something that was watched; passages that overlap, of one text, are one. */
void leak_passages_find(const struct leak_passages *passages,
			const struct leak_letters *letters, leak_hit_fn *found,
			void *with);
size_t leak_passages_bytes(const struct leak_passages *passages) MUST_USE;

#endif
