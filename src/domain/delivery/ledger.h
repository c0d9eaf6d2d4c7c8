/*
 * ledger - the delivery ledger as rows: who got a bulletin, and what one person got.
 *
 * Changes nothing; what moves a row stands in outgoing.h. Tables are those of the named
 * statements.
 *
 * Units      times are unix seconds UTC.
 * Ownership  everything lives in the arena.
 * Errors     ERR_INPUT a state that there is none of, or no address.
 */
#ifndef MERCAT_DOMAIN_LEDGER_H
#define MERCAT_DOMAIN_LEDGER_H

#include "domain/core/domain.h"

struct ledger_filter {
	const char *state;   /* delivery_states (domain.h); NULL: any */
	const char *address; /* of ledger_list(): only this one; NULL: all */
	int64_t after, most; /* of ledger_page(): behind this subscription */
};

/* The rows of "ledger" in the order of subscribing. */
bool ledger_list(struct operation *op, struct arena *arena, int64_t bulletin_id,
		 const struct ledger_filter *filter, struct store_table *out,
		 struct err *err) MUST_USE;
/* The rows of "ledger_page" in the same order, by keyset. */
bool ledger_page(struct operation *op, struct arena *arena, int64_t bulletin_id,
		 const struct ledger_filter *filter, struct store_table *out,
		 struct err *err) MUST_USE;
/* The rows of "attempts_of": the tries before the last one. */
bool ledger_attempts(struct operation *op, struct arena *arena, int64_t delivery_id,
		     struct store_table *out, struct err *err) MUST_USE;
/* The rows of "subscriber_deliveries" by number: every bulletin of one subscription. */
bool ledger_of(struct operation *op, struct arena *arena, int64_t subscription_id,
	       struct store_table *out, struct err *err) MUST_USE;

#endif
