/*
 * personal data erase - forgets a person, and can prove that it did.
 *
 * They leave every list; address and name are blanked in the person, their letters, what
 * servers said about their mails, bounces, waiting links and moves. What stays: the
 * evidence and the ledger by numbers, the audit (ids and hashes only), and a keyed hash
 * of the address among the suppressed, so that no import brings it back; joining again by
 * themselves lifts that. Replies to consultations stay: they are part of a public record,
 * kept on another lawful basis, and the receipt says so.
 *
 * The receipt is one last letter with a number; its text goes when it was sent, and
 * its address is blanked then (personal_data_erase_tend).
 *
 * Source     UK GDPR art. 17 (1) and (3)(d).
 * Errors     ERR_CONFLICT a mail to them is under way this moment: again in a minute.
 */
#ifndef MERCAT_DOMAIN_PERSONAL_DATA_ERASE_H
#define MERCAT_DOMAIN_PERSONAL_DATA_ERASE_H

#include "domain/subscribers/preferences.h"

enum { RECEIPT = 32 };

/* out_receipt: "E-12-k7q2f9", for the page. */
bool personal_data_erase(struct operation *op, const struct self_service *self,
			 char out_receipt[RECEIPT], struct err *err) MUST_USE;
/* The clock's: receipts that were sent lose their address. */
bool personal_data_erase_tend(struct operation *op, bool *out_did,
			      struct err *err) MUST_USE;

#endif
