/*
 * classify - what a mail is: a person writing, a bounce, an auto-reply, ...
 *
 * Works on what mail_read() found, in the same process. A wrong "autoreply" or
 * "bounce" for a person's mail is the worst answer there is, so a header that a
 * machine sets decides first, and text only where the sender is a machine too.
 *
 * Ownership  what is added hangs in the arena.
 * Errors     none: whatever is not recognised is human.
 * Source     RFC 3464 and 3463 (delivery status), RFC 3834 (automatic replies),
 *            RFC 5965 (feedback), RFC 8098 (receipts), RFC 2369 and 2919 (lists),
 *            and how mail systems word their notices.
 */
#ifndef MERCAT_CLASSIFY_CLASSIFY_H
#define MERCAT_CLASSIFY_CLASSIFY_H

#include "mail/fields/message.h"
#include "base/arena.h"

/* Sets kind, reasons, failed[] with verdict and reason, complaint, original_*. */
void classify_message(struct arena *arena, struct mail_message *io);

/*
 * A mail that a mail server made up in place of one that it cannot hand over: Exchange does so
 * for what it cannot turn into what IMAP or POP asks for, from nobody and without a Message-ID.
 * A person's mail is missing then, so it must be seen, and is nobody's response.
 */
bool classify_is_placeholder(const struct mail_message *m);

enum classify_command {
	CLASSIFY_NO_COMMAND = 0,
	CLASSIFY_LEAVE,   /* unsubscribe, stop, remove me, ... */
	CLASSIFY_JOIN,    /* subscribe, join */
	CLASSIFY_CONFIRM, /* confirm, yes */
	CLASSIFY_HELP
};

/*
 * The command that the subject or the whole new text is. A subject that begins with
 * "Re:" is ours, so there only the new text can hold one.
 */
enum classify_command classify_command_of(const struct mail_message *m);

/*
 * What a person wrote, without what gateways and firms put around it: banners above
 * ("this came from outside"), disclaimers and a signature below. A paragraph goes only at
 * the edge, told by its words; in the middle everything is the writer's. text: what is new
 * in a mail, or NULL; "" where nothing else is left.
 */
const char *classify_spoken(struct arena *arena, const char *text);
/* A paragraph that a gateway puts above the mails of strangers. */
bool classify_is_banner(struct arena *arena, const char *paragraph) MUST_USE;
/* A firm's words below its mails. */
bool classify_is_footer(struct arena *arena, const char *paragraph) MUST_USE;

/* No line without a quote sign, and no file: what machines send back. No consent by itself. */
bool classify_says_nothing(const struct mail_message *m) MUST_USE;

#endif
