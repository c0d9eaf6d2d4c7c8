/*
 * mail block - "Name: value" lines in running text: the fields of delivery and
 * feedback reports, and the header of a mail that came back as plain text.
 *
 * Ownership  in the arena.
 * Errors     none: a line that is no field ends nothing and is passed over.
 * Source     RFC 3464 2.1.1, RFC 5322 2.2.
 * Limits     500 fields a block; a folded value stops growing at 8,000 bytes.
 */
#ifndef MERCAT_MAIL_BLOCK_H
#define MERCAT_MAIL_BLOCK_H

#include "mail/fields/message.h"
#include "base/arena.h"

struct mail_block {
	struct mail_field *fields;
	size_t count;
};

/* Reads fields up to the first blank line; returns where the next block may begin. */
const char *mail_block_read(struct arena *arena, const char *text,
			    struct mail_block *out);
const char *mail_block_value(const struct mail_block *block, const char *name);

#endif
