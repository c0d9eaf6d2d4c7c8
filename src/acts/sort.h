/*
 * acts sort - a person says what an unsorted mail is.
 *
 * Anything that came in and is no reply yet may be taken as a reply to a consultation
 * (an auto-reply too: a person has read it). It keeps the time at which it came in; it
 * is acknowledged only where a person wrote it.
 *
 * Errors     ERR_CONFLICT it is a reply already; ERR_ABSENT no such mail.
 */
#ifndef MERCAT_ACTS_SORT_H
#define MERCAT_ACTS_SORT_H

#include "acts/acts.h"

/* out_reference lives in the arena: "cruelty-0147". */
bool acts_inbound_file(struct acts *acts, struct arena *arena, int64_t inbound_id,
		       const char *consultation, const char **out_reference,
		       struct err *err) MUST_USE;

#endif
