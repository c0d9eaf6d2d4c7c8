/*
 * acts erase - forgets a person, and can prove that it did.
 *
 * They leave every list; address and name are blanked in the person, their letters, what
 * servers said about their mails, bounces, waiting links and moves. What stays: the
 * evidence and the ledger by numbers, the audit (ids and hashes only), and a keyed hash
 * of the address among the suppressed, so that no import brings it back; joining again by
 * themselves lifts that. Replies to consultations stay: they are part of a public record,
 * kept on another lawful basis, and the receipt says so.
 *
 * The receipt is one last letter with a number; its text goes when it was sent, and
 * its address is blanked then (acts_erase_tend).
 *
 * Source     UK GDPR art. 17 (1) and (3)(d).
 * Errors     ERR_CONFLICT a mail to them is under way this moment: again in a minute.
 */
#ifndef MERCAT_ACTS_ERASE_H
#define MERCAT_ACTS_ERASE_H

#include "acts/manage.h"

enum { ACTS_RECEIPT = 32 };

/* out_receipt: "E-12-k7q2f9", for the page. */
bool acts_erase(struct acts *acts, const struct acts_self *self,
		char out_receipt[ACTS_RECEIPT], struct err *err) MUST_USE;
/* The clock's: receipts that were sent lose their address. */
bool acts_erase_tend(struct acts *acts, bool *out_did, struct err *err) MUST_USE;

#endif
