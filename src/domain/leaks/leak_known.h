/*
 * leak known - who may not be named in a consultation, and whose words may not be used.
 *
 * leak_known_load() takes everybody's names and addresses; then every response is heard once:
 * what is in it of what is watched, how somebody can be reached, and which surnames are words.
 *
 * Ownership  leak_known_begin() takes memory, leak_known_end() gives it back.
 * Errors     only what the store says.
 */
#ifndef MERCAT_DOMAIN_LEAK_KNOWN_H
#define MERCAT_DOMAIN_LEAK_KNOWN_H

#include "domain/core/domain.h"
#include "leak/passages.h"

struct leak_known {
	struct leak_names *names;    /* of people, known before a word is read */
	struct leak_names *contacts; /* from what they wrote */
	struct leak_passages *passages;
	struct leak_letters letters; /* of what is being heard */
};

void leak_known_begin(struct leak_known *known);
void leak_known_end(struct leak_known *known);
/* What is to be published is watched before. */
bool leak_known_load(struct operation *op, int64_t consultation_id,
		     struct leak_known *known, struct err *err) MUST_USE;

#endif
