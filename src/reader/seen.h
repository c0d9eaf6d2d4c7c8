/*
 * reader seen - whether the text of a mail is what a person who opens it sees.
 *
 * Most programs show the HTML, and we judge by the text. Whoever must not err about what
 * somebody said (consent/consent.h) asks struct mail_seen, which is made here, while the
 * whole mail is at hand: in the child that reads it. Its HTML does not go with it to every
 * caller; this does.
 *
 * Ownership  in the arena.
 * Errors     none: in doubt it is MAIL_SEEN_MORE.
 * Limits     32 kB of words of an HTML that says other words than the text.
 */
#ifndef MERCAT_READER_SEEN_H
#define MERCAT_READER_SEEN_H

#include "base/arena.h"
#include "mail/fields/message.h"

/* Sets seen by text, html, subject and limits_hit; one that is MAIL_SEEN_MORE stays so. */
void reader_see(struct arena *arena, struct mail_message *io);

#endif
