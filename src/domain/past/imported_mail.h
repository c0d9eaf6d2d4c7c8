/*
 * imported mail - what of the mails that came in was put into a consultation from an old mailbox.
 *
 * Ownership  in the arena.
 * Errors     of the store.
 */
#ifndef MERCAT_DOMAIN_IMPORTED_MAIL_H
#define MERCAT_DOMAIN_IMPORTED_MAIL_H

#include "domain/admin/arrival.h"

struct imported_mail {
	int64_t consultation_id; /* 0: it was not imported */
	int64_t arrived_at;      /* 0: not known */
	bool acknowledged;
};
bool imported_mail_find(struct operation *op, int64_t inbound_id,
			struct imported_mail *out, struct err *err) MUST_USE;

/*
 * Where a mail goes: what was imported belongs where a person put it, and means nothing to any
 * list. copy: of which mail it is one, in words, where one of the two was imported; or NULL.
 */
struct imported_way {
	int64_t inbound_id;           /* whose */
	const struct mail_message *m; /* as it was read */
	struct imported_mail imported;
	struct arrival_route route;
	const char *copy;
};
bool imported_mail_way(struct operation *op, struct arena *arena,
		       struct imported_way *way, struct err *err) MUST_USE;
/* Of all its files, in their order, with commas between: what tells two mails apart. */
const char *imported_mail_hashes(struct arena *arena,
				 const struct mail_message *m) MUST_USE;

#endif
