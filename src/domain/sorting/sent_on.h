/*
 * sent on - whose response it is, where somebody sent it on for somebody else.
 *
 * A colleague forwards a scan of a letter, or types into an email what they were told: the
 * mail stays as it came, and its response is that of whom a person says, by the channel that
 * they say. Who sent it on stays on record, gives no permission and gets no acknowledgement.
 *
 * Errors     ERR_INPUT     a field is wrong, or nobody is named
 *            ERR_CONFLICT  it was added by hand; somebody else has it open
 *            ERR_ABSENT    no such response
 */
#ifndef MERCAT_DOMAIN_SENT_ON_H
#define MERCAT_DOMAIN_SENT_ON_H

#include "domain/intake/entry.h"

/* Of a response. Saying so again changes it. Can be undone. */
bool sent_on_say(struct operation *op, const char *reference,
		 const struct entry_said *said, struct err *err) MUST_USE;

#endif
