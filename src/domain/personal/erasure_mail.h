/*
 * erasure mail - a person of the staff decides about what an erasure left.
 *
 * An erasure leaves what somebody else wrote too, or alone, and what says that somebody may be
 * at risk and nobody had looked at (personal_mails.h). Who decides has read it. Erasing
 * takes the mail out as an erasure does: its bytes, text and files; its row and the audit stay.
 * Keeping leaves it as it is.
 *
 * Who is bound by rights needs RIGHT_ERASE for where the mail came to. Nothing of it can be
 * undone.
 *
 * Errors     ERR_ABSENT no such mail waits; ERR_CONFLICT it became a response, which is part of
 *            a record and is only kept; a right is missing.
 */
#ifndef MERCAT_DOMAIN_ERASURE_MAIL_H
#define MERCAT_DOMAIN_ERASURE_MAIL_H

#include "domain/core/domain.h"

enum erasure_decision { ERASURE_KEEP, ERASURE_ERASE };

/* number (of the receipt), reason ("at risk", "joint", "named"), at: of what waits for a mail. */
bool erasure_mail_waits(struct operation *op, struct arena *arena, int64_t inbound_id,
			struct store_table *out, struct err *err) MUST_USE;
bool erasure_mail_decide(struct operation *op, int64_t inbound_id,
			 enum erasure_decision decision, struct err *err) MUST_USE;

#endif
