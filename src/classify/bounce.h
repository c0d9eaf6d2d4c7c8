/*
 * classify bounce - notices of mail systems: what they are, and whom they are about.
 *
 * Source     RFC 3464 where they keep to it; for the rest, how qmail, Exim, Sendmail,
 *            Exchange, Notes and the providers' systems lay out their texts.
 */
#ifndef MERCAT_CLASSIFY_BOUNCE_H
#define MERCAT_CLASSIFY_BOUNCE_H

#include "mail/message.h"
#include "base/arena.h"

/* Is this the notice of a mail system about mail that it could not deliver (or not
   yet)? *out_why says what gave it away. */
bool bounce_is_notice(struct arena *arena, const struct mail_message *m,
		      const char **out_why);

/* True for the notice that a relay is still trying. */
bool bounce_says_delay(struct arena *arena, const struct mail_message *m);

/* The sender is a mail system by its name or address. */
bool bounce_machine_sender(const struct mail_message *m);

/* Finds failed recipients in the text, when no delivery status lists them. */
void bounce_read_text(struct arena *arena, struct mail_message *m);

/* The notice without the mail that it returns; sets m->returned when that is text. */
const char *bounce_notice_text(struct arena *arena, struct mail_message *m);

/* The line without the dashes, stars and blanks that dress it up. */
const char *bounce_undress(const char *line);

#endif
