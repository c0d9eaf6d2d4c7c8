/*
 * inbound private - what the files of the inbound share; no door for others.
 */
#ifndef MERCAT_DOMAIN_INBOUND_PRIVATE_H
#define MERCAT_DOMAIN_INBOUND_PRIVATE_H

#include "domain/intake/inbound.h"

/* Who wrote it, and whom else it names; inside a transaction. */
bool inbound_keep_writers(struct operation *op, struct arena *arena, int64_t id,
			  const struct mail_message *m, struct err *err) MUST_USE;
/*
 * A form on a web site sends from an address of ours, and answers are wanted at whoever filled it
 * in: they wrote it. out: the mail with its writer in From, as one that came through a group.
 */
bool inbound_from_writer(struct operation *op, struct arena *arena,
			 const struct mail_message *m, struct mail_message *out,
			 struct err *err) MUST_USE;

#endif
