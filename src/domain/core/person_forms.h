/*
 * person forms - every way in which the addresses of one person stand in the store.
 *
 * Somebody is known by the address that they have now, by those from before they moved, and by
 * how each was written in a mail: "Anna@Example.org", "anna+work@example.org", a domain in its
 * own letters. Access and erasing ask here, so that what the one shows is what the other
 * forgets. What is another subscriber's own address is never among them, nor is an address
 * that somebody asked to move to and that never answered.
 *
 * Source     RFC 5233 (tags behind a plus), RFC 5890 (domains).
 * Limits     quoted pairs in a local part are not undone.
 */
#ifndef MERCAT_DOMAIN_PERSON_FORMS_H
#define MERCAT_DOMAIN_PERSON_FORMS_H

#include "domain/core/domain.h"

enum person_forms_width {
	PERSON_FORMS_OWN, /* what was proven to be theirs, however written */
	PERSON_FORMS_TAGS /* and the same mailbox with any tag */
};

struct person_known {
	int64_t person_id;   /* 0: no subscriber, of whom only the address is known */
	const char *address; /* as it was asked for, or NULL */
};

/* *out_json: a JSON array of texts as they stand in the store, in the arena. */
bool person_forms(struct operation *op, struct arena *arena,
		  const struct person_known *who, enum person_forms_width width,
		  const char **out_json, struct err *err) MUST_USE;

#endif
