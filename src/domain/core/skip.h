/*
 * skip - why a row of the ledger was skipped, as a fact.
 *
 * The names are those of delivery.skip_reason; what people read for them stands in
 * store/sql/parts.sql.
 */
#ifndef MERCAT_DOMAIN_SKIP_H
#define MERCAT_DOMAIN_SKIP_H

#include "base/attr.h"

enum skip {
	SKIP_UNKNOWN = 0, /* of an older store: nothing on record says why */
	SKIP_NOT_ACTIVE,  /* no active subscriber any more when its turn came */
	SKIP_TOPICS,      /* has chosen topics that it has no section on */
	SKIP_PAUSED,
	SKIP_CANCELLED, /* the bulletin was */
	SKIP_LEFT,
	SKIP_STOPPED, /* mail to the address comes back */
	SKIP_COMPLAINED,
	SKIP_SUPPRESSED,
	SKIP_SETTLED, /* in doubt, and a person decided not to send it again */
	SKIPS
};

const char *skip_name(enum skip skip);
/* SKIP_UNKNOWN for NULL and for a name that is none. */
enum skip skip_named(const char *name) MUST_USE;

#endif
