/*
 * acts tag - a code of the frame, put on a whole reply by its name.
 *
 * A second coder tags into their own coding while their sample is open (acts/blind.h).
 * Nothing is deleted: a tag that is taken off keeps who and when.
 *
 * Errors     ERR_INPUT   a tag that is none, or a reference that is none
 *            ERR_ABSENT  no such reply, or no such tag in its consultation
 */
#ifndef MERCAT_ACTS_TAG_H
#define MERCAT_ACTS_TAG_H

#include "acts/acts.h"

/* out_changed: false when it was so already. */
bool acts_response_tag(struct acts *acts, const char *reference, const char *tag, bool on,
		       bool *out_changed, struct err *err) MUST_USE;

#endif
