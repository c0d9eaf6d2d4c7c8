/*
 * facts private - what the files of the facts share; no door for others.
 *
 * A block as bytes: a mark of this form, how many reasons and the reasons, how many
 * replies, and the numbers of each. Numbers are little-endian in groups of seven bits.
 */
#ifndef MERCAT_DOMAIN_FACTS_PRIVATE_H
#define MERCAT_DOMAIN_FACTS_PRIVATE_H

#include "domain/analysis/facts.h"
#include "base/buf.h"

void facts_pack(const struct response_fact *list, size_t count, struct buf *out);
/* Adds the replies of a block; false, and nothing added, when it is of another form. */
bool facts_unpack(struct arena *arena, const void *bytes, size_t len,
		  struct response_facts *to) MUST_USE;

/* One more at the end of the list, zeroed. */
struct response_fact *facts_add(struct arena *arena, struct response_facts *to);
void facts_know(struct response_facts *to,
		const struct response_fact *fact); /* the max_* */

#endif
