/*
 * acts facts_inside - what the files of the facts share; no door for others.
 *
 * A block as bytes: a mark of this form, how many reasons and the reasons, how many
 * replies, and the numbers of each. Numbers are little-endian in groups of seven bits.
 */
#ifndef MERCAT_ACTS_FACTS_INSIDE_H
#define MERCAT_ACTS_FACTS_INSIDE_H

#include "acts/facts.h"
#include "base/buf.h"

void facts_pack(const struct acts_fact *list, size_t count, struct buf *out);
/* Adds the replies of a block; false, and nothing added, when it is of another form. */
bool facts_unpack(struct arena *arena, const void *bytes, size_t len,
		  struct acts_facts *to) MUST_USE;

/* One more at the end of the list, zeroed. */
struct acts_fact *facts_add(struct arena *arena, struct acts_facts *to);
void facts_know(struct acts_facts *to, const struct acts_fact *fact); /* the max_* */

#endif
