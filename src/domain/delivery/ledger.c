#include "domain/delivery/ledger.h"
#include "domain/core/plus_address.h"

static bool state_is_known(const struct ledger_filter *filter, struct err *err)
{
	return domain_word_check("state of a mail", filter->state, delivery_states, err);
}

bool ledger_list(struct operation *op, struct arena *arena, int64_t bulletin_id,
		 const struct ledger_filter *filter, struct store_table *out,
		 struct err *err)
{
	const char *key = NULL, *plain;

	return state_is_known(filter, err) &&
	       (!filter->address ||
		address_read(arena, filter->address, &key, &plain, err)) &&
	       store_all(op->store, arena, out, err, SQL_LEDGER, "itt", bulletin_id, key,
			 filter->state);
}

bool ledger_page(struct operation *op, struct arena *arena, int64_t bulletin_id,
		 const struct ledger_filter *filter, struct store_table *out,
		 struct err *err)
{
	return state_is_known(filter, err) &&
	       store_all(op->store, arena, out, err, SQL_LEDGER_PAGE, "itii", bulletin_id,
			 filter->state, filter->after, filter->most);
}

bool ledger_attempts(struct operation *op, struct arena *arena, int64_t delivery_id,
		     struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_ATTEMPTS_OF, "i", delivery_id);
}

bool ledger_of(struct operation *op, struct arena *arena, int64_t subscription_id,
	       struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_SUBSCRIBER_DELIVERIES, "i",
			 subscription_id);
}
