/*
 * classify placeholder - a mail that a mail server made up in place of one that it cannot
 * hand over.
 *
 * Exchange does so for a mail that it cannot turn into what IMAP or POP asks for: from nobody,
 * without a Message-ID, "Retrieval using the IMAP4 protocol failed for the following
 * message". A person's mail is missing then, so it must be seen, and is nobody's response.
 *
 * Errors     none: whatever has a sender or a Message-ID is a mail.
 */
#ifndef MERCAT_CLASSIFY_PLACEHOLDER_H
#define MERCAT_CLASSIFY_PLACEHOLDER_H

#include "mail/message.h"

bool classify_is_placeholder(const struct mail_message *m);

#endif
