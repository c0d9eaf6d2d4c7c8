/*
 * report back audience - who is told, and who is not, and why.
 *
 * All responses from one mailbox count together (its tag and the case of its letters do not
 * matter). It is written to once when one of them allows it in so many words and none of them,
 * at any time, says no or is in doubt about it; a response that says nothing of it changes
 * nothing. Nobody is written to at the address of whoever sent a response on for them, nor who
 * no list may write to, nor whose responses are all excluded.
 *
 * It is asked when the report back is approved, when its email is made, and again when that
 * leaves: what was taken back in between holds.
 *
 * Ownership  in the arena.
 * Errors     of the store.
 */
#ifndef MERCAT_DOMAIN_REPORT_BACK_AUDIENCE_H
#define MERCAT_DOMAIN_REPORT_BACK_AUDIENCE_H

#include "domain/core/domain.h"

enum report_back_fate {
	REPORT_BACK_GETS = 0,
	REPORT_BACK_NO,         /* does not want to be contacted again */
	REPORT_BACK_NOT_KNOWN,  /* never said, or it is in doubt */
	REPORT_BACK_NO_ADDRESS, /* none of their own: on paper, or sent on by somebody */
	REPORT_BACK_SUPPRESSED,
	REPORT_BACK_EXCLUDED, /* all of their responses are */
	REPORT_BACK_UNMADE,   /* no email could be made to that address */
	REPORT_BACK_RESTORED, /* may have got it, before a copy of the store was put back */
	REPORT_BACK_FATES
};

/* As the store calls it: "no", "not known"; and in a sentence: "do not want to be contacted". */
const char *report_back_fate_name(enum report_back_fate fate) MUST_USE;
const char *report_back_fate_says(enum report_back_fate fate) MUST_USE;

struct report_back_audience {
	int64_t mailboxes, fates[REPORT_BACK_FATES];
	int64_t *responses; /* that are written to, one a mailbox */
	size_t count;
};
bool report_back_audience(struct operation *op, struct arena *arena,
			  int64_t consultation_id, struct report_back_audience *out,
			  struct err *err) MUST_USE;

/* Of the mailbox behind one response, as it is now. */
bool report_back_fate_of(struct operation *op, int64_t response_id,
			 enum report_back_fate *out, struct err *err) MUST_USE;

#endif
