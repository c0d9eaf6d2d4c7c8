/*
 * duplicate - several replies of one person, and which of them count.
 *
 * A response that says the same as an earlier one of the same sender (same words, same
 * files) is linked to it as a duplicate at once; greeting, signature and what a telephone
 * puts below are no part of the words. The same from another address under the same
 * name, or the same file under another short cover note, is proposed as a duplicate.
 * Another later response of the same sender is proposed as an amendment of the one
 * before; people with different names who share an address are different senders.
 * A person confirms, links otherwise, or unlinks; an ended link stays as history, and
 * no response is ever deleted by it. Counts are always there both ways.
 *
 * States     proposed -> holds -> ended; proposed -> ended
 * Errors     ERR_INPUT  a reply linked to itself, or in a ring, or to another
 *            consultation's; ERR_ABSENT no such link
 */
#ifndef MERCAT_DOMAIN_DUPLICATE_H
#define MERCAT_DOMAIN_DUPLICATE_H

#include "domain/responses/response_text.h"

/* What a response says, and its files, each as one number; 0: there is nothing of it. */
struct response_prints {
	int64_t all, files;
	size_t words; /* of the mail */
};

void response_prints_read(const struct response_text *words, struct response_prints *out);
/* Keeps its prints, and links it to the earlier response that it is like. */
bool response_duplicate_find(struct operation *op, struct arena *arena,
			     const struct response_text *words,
			     const struct response_prints *prints,
			     struct err *err) MUST_USE;

/* as_what: "duplicate", "amendment", "composite". reference is the later one. */
bool response_duplicate_link(struct operation *op, const char *reference, const char *of,
			     const char *as_what, struct err *err) MUST_USE;
/* Ends its link, proposed or holding; the machine will not link it again by itself. */
bool response_duplicate_unlink(struct operation *op, const char *reference,
			       struct err *err) MUST_USE;

#endif
