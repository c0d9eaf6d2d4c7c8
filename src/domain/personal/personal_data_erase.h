/*
 * personal data erase - forgets a person, and can prove that it did.
 *
 * They leave every list, and every place that personal_places.h names as erased is
 * emptied: address and name, by whatever address they were known before they moved, in every
 * way of writing it (person_forms.h); letters to them and what servers said of those; every
 * mail that they are the only author of (personal_mails.h: asking for help, to the owner of a
 * list, commands), with its files, and notices of machines about their address; the address that
 * they asked to move to and that never answered; what staff noted as the basis of a
 * subscription. What waits to be sent to them, or carries words of an erased mail on (a forward
 * to a colleague), is withdrawn and emptied, and the receipt says how many. What stays: the
 * evidence and the ledger by numbers, the audit (ids and hashes only), and a keyed hash of the
 * address among the
 * suppressed, so that no import brings it back; joining again by themselves lifts that.
 * Responses to consultations stay, and mails to one that nobody has sorted yet: they are part
 * of a public record, kept on another lawful basis, and the receipt says so. What other
 * people wrote about them, or with them, stays until a person decides (table erasure_mail), and
 * so does what says that somebody may be at risk and nobody has looked at. Somebody who never
 * subscribed and only wrote is forgotten in the same way.
 *
 * In the file nothing is left of it: SQLite overwrites what is deleted (secure_delete), the
 * clock merges the text indexes, in which FTS5 only marks deleted words, and its checkpoint
 * empties the log.
 *
 * The receipt is one last letter with a number; its text goes when it was sent, and
 * its address is blanked then (personal_data_erase_tend).
 *
 * Source     UK GDPR art. 17 (1) and (3)(d).
 * Errors     ERR_ABSENT nothing is held about them; ERR_CONFLICT a mail to them is under way
 *            this moment: again in a minute.
 */
#ifndef MERCAT_DOMAIN_PERSONAL_DATA_ERASE_H
#define MERCAT_DOMAIN_PERSONAL_DATA_ERASE_H

#include "domain/personal/personal_mails.h"
#include "domain/subscribers/preferences.h"

enum { RECEIPT = 32 };

struct erasure_receipt {
	char number[RECEIPT];            /* "E-12-k7q2f9", for the page */
	struct personal_mails_left left; /* what did not go by itself */
	int64_t withdrawn; /* notifications to them, or with words of theirs, not sent yet */
};
/* In words, in the arena: "2 notifications that waited to be sent were withdrawn."; "": none. */
const char *personal_data_withdrawn_words(struct arena *arena,
					  const struct erasure_receipt *receipt) MUST_USE;

bool personal_data_erase(struct operation *op, const struct self_service *who,
			 struct erasure_receipt *out, struct err *err) MUST_USE;
/* The clock's: receipts that were sent lose their address, the indexes their words. */
bool personal_data_erase_tend(struct operation *op, bool *out_did,
			      struct err *err) MUST_USE;

#endif
