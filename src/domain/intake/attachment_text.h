/*
 * attachment text - the text of attachments, taken after the mail itself was.
 *
 * A mail's attachments wait in the store (text_state 'waiting') until the extract role
 * has read them from the raw mail again; each answer is one transaction, and with the
 * last one of a mail the words become searchable. Killed at any moment, what waited
 * waits on.
 *
 *   waiting -> done | none | unreadable
 *
 * Ownership  rows hang in the arena.
 * Errors     ERR_ABSENT nothing waits; the rest comes from the store.
 */
#ifndef MERCAT_DOMAIN_ATTACHMENT_TEXT_H
#define MERCAT_DOMAIN_ATTACHMENT_TEXT_H

#include "domain/core/domain.h"
#include "extract/extract.h"

enum { ATTACHMENT_TEXT_WORDS = 8 << 20 }; /* of all attachments of a mail together */

struct waiting_text {
	int64_t inbound_id;
	const void *raw; /* empty when it was blanked */
	size_t len;
	struct waiting_file {
		int64_t position;
		const char *sha256;
	} * files;
	size_t count;
};

/* The oldest mail with attachments that wait. */
bool attachment_text_next(struct operation *op, struct arena *arena,
			  struct waiting_text *out, struct err *err) MUST_USE;
bool attachment_text_keep(struct operation *op, int64_t inbound_id, int64_t position,
			  const struct extract_result *result, struct err *err) MUST_USE;
/* All that still wait of this mail are left to a person. */
bool attachment_text_give_up(struct operation *op, int64_t inbound_id, const char *reason,
			     struct err *err) MUST_USE;
/* The same, where reading them ended the program: nothing that was read of it is read again. */
bool attachment_text_abandon(struct operation *op, int64_t inbound_id, const char *reason,
			     struct err *err) MUST_USE;

#endif
