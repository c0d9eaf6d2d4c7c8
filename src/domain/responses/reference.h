/*
 * reference - how people name a reply, and the reply that it names.
 *
 * A reference is consultation-number: "cruelty-0147", zeros and case do not matter. Of a
 * response that was moved to another consultation each reference that it had leads to it, for
 * who is bound by no right; who is asks response_moved_to() where it is now, and then whether
 * they may read it there.
 *
 * Ownership  in the arena.
 * Errors     ERR_INPUT a reference that is none; ERR_ABSENT no such reply.
 */
#ifndef MERCAT_DOMAIN_REFERENCE_H
#define MERCAT_DOMAIN_REFERENCE_H

#include "domain/core/domain.h"

struct response {
	int64_t id, inbound_id, consultation_id, respondent_id, number, received_at,
		assigned_to; /* 0: nobody */
	const char *consultation, *state, *reason, *assigned, *type, *permission,
		*channel, *contact;
	const char *name, *organisation; /* for those who may see who wrote */
	bool late;
};

const char *response_reference(struct arena *arena, const char *consultation,
			       int64_t number) MUST_USE;
bool response_find(struct operation *op, struct arena *arena, const char *reference,
		   struct response *out, struct err *err) MUST_USE;
/* By a reference that it had before it was moved. ERR_ABSENT none had it. */
bool response_moved_to(struct operation *op, struct arena *arena, const char *reference,
		       struct response *out, struct err *err) MUST_USE;

#endif
