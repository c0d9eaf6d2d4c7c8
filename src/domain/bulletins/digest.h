/*
 * digest - weekly and monthly mails in place of one for each update.
 *
 * When an update is sent, the ledger's row of a digest reader rests as "digest" with the
 * time of their next digest: weekly on digest.weekday at digest.time, monthly on the first
 * such day of a month, in the settings' zone. Then the clock puts all rows of a
 * subscription that are due into one letter and notes it in them, in one
 * transaction. No row, no mail; a row is in one letter, once.
 *
 * Rows of people who paused wait for the first digest after the pause; rows of an update
 * that is paused or held wait for a later digest.
 *
 * Limits     what is read into a letter: number, title, date, the headings of the sections
 *            that they chose, and the address of the archive page.
 */
#ifndef MERCAT_DOMAIN_DIGEST_H
#define MERCAT_DOMAIN_DIGEST_H

#include "domain/core/domain.h"

/* The clock's, some subscriptions at a time. */
bool digests_send(struct operation *op, bool *out_did, struct err *err) MUST_USE;

#endif
