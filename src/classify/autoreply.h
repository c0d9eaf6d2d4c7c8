/*
 * classify autoreply - answers that a machine gave in somebody's name.
 *
 * Source     RFC 3834 5 (Auto-Submitted), and the fields of the programs that came
 *            before it; subjects that mail programs put in front by themselves.
 */
#ifndef MERCAT_CLASSIFY_AUTOREPLY_H
#define MERCAT_CLASSIFY_AUTOREPLY_H

#include "mail/fields/message.h"
#include "base/arena.h"

/* The sentence that says why, or NULL: a person wrote it. */
const char *autoreply_why(struct arena *arena, const struct mail_message *m);

/* The field of its head that says so by itself, or NULL. */
const char *autoreply_field(const struct mail_message *m);

/*
 * A field that programs alone write, so that they do not answer each other; or NULL. Help
 * desks put it on what people write there, too: by itself it makes no mail a program's.
 */
const char *autoreply_program_field(const struct mail_message *m);

/* A read receipt that only its layout tells. */
bool autoreply_is_receipt(const struct mail_message *m);

/* The same for mailing lists and bulk mail. */
const char *list_why(const struct mail_message *m);

#endif
