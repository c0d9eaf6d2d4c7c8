/*
 * mail arf - the fields of a feedback report (a complaint) and of a disposition
 * notification (a receipt).
 *
 * Ownership  in the arena.
 * Errors     none: what is not there stays NULL.
 * Source     RFC 5965, RFC 6591 (auth-failure), RFC 6692; RFC 8098.
 */
#ifndef MERCAT_MAIL_ARF_H
#define MERCAT_MAIL_ARF_H

#include "mail/fields/message.h"
#include "base/arena.h"

void mail_arf_read(struct arena *arena, const char *text, struct mail_message *m);
void mail_mdn_read(struct arena *arena, const char *text, struct mail_message *m);

#endif
