#include "domain/subscribers/suppress.h"
#include "base/str.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/core/skip.h"
#include "domain/subscribers/subscription.h"
#include "mail/write/recipient.h"

#include <inttypes.h>

enum { REASON_MOST = 200 };

static void hash_of(const struct operation *op, const char *key,
		    unsigned char out[SECRET_SHA256_BYTES])
{
	secret_hash(op->key, "suppression", key, out);
}

static bool find(struct operation *op, struct arena *arena, const char *key,
		 struct store_row *out, struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	hash_of(op, key, hash);
	return store_one(op->store, arena, out, err, SQL_SUPPRESSION_OF, "b", hash,
			 sizeof(hash));
}

/* An address that none could be is on no list. */
static bool find_address(struct operation *op, struct arena *arena, const char *address,
			 struct store_row *out, bool *out_found, struct err *err)
{
	const char *key = mail_address_key(arena, address);

	*out_found = key && find(op, arena, key, out, err);
	return *out_found || !key || err_forgive(err, ERR_ABSENT);
}

bool suppression_any(struct operation *op, bool *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_SUPPRESSION_ANY, ""))
		return false;
	*out = row_int(&row, "are") == 1;
	return true;
}

bool address_is_suppressed(struct operation *op, const char *address, bool *out,
			   struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct store_row row;

	return find_address(op, arena, address, &row, out, err);
}

bool address_is_barred(struct operation *op, const char *address, bool *out,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct store_row row;

	if (!find_address(op, arena, address, &row, out, err))
		return false;
	*out = *out && !row_null(&row, "staff");
	return true;
}

bool suppression_about(struct operation *op, struct arena *arena, const char *address_key,
		       struct store_table *out, struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	hash_of(op, address_key, hash);
	return store_all(op->store, arena, out, err, SQL_PERSONAL_SUPPRESSION, "b", hash,
			 sizeof(hash));
}

bool suppression_lift_own(struct operation *op, const char *address, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	const char *key = mail_address_key(arena, address);
	unsigned char hash[SECRET_SHA256_BYTES];

	if (!key)
		return true;
	hash_of(op, key, hash);
	return store_run(op->store, err, SQL_SUPPRESSION_LIFT_OWN, "b", hash,
			 sizeof(hash));
}

bool suppression_add_own(struct operation *op, const char *address_key, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	unsigned char hash[SECRET_SHA256_BYTES];
	struct store_row row;

	if (find(op, arena, address_key, &row, err))
		return true;
	hash_of(op, address_key, hash);
	return err_forgive(err, ERR_ABSENT) &&
	       store_run(op->store, err, SQL_SUPPRESSION_ADD, "btzi", hash, sizeof(hash),
			 "erased at their own wish", (int64_t)0, op->now);
}

bool address_not_suppressed(struct operation *op, const char *address, struct err *err)
{
	bool is;

	if (!address_is_suppressed(op, address, &is, err))
		return false;
	return !is ||
	       err_set(err, ERR_CONFLICT,
		       "%s is on the suppression list: no list may write to it", address);
}

bool suppression_of(struct operation *op, struct arena *arena, const char *address,
		    struct store_row *out, struct err *err)
{
	const char *key, *plain;

	if (!address_read(arena, address, &key, &plain, err))
		return false;
	if (find(op, arena, key, out, err))
		return true;
	return err->kind == ERR_ABSENT
		       ? err_set(err, ERR_ABSENT, "%s is not on the suppression list",
				 plain)
		       : false;
}

static bool reason_check(const char *reason, struct err *err)
{
	if (str_blank(reason))
		return err_set(err, ERR_INPUT, "say why: the reason is kept with it");
	if (strlen(reason) > REASON_MOST)
		return err_set(err, ERR_INPUT, "the reason is longer than %d bytes",
			       REASON_MOST);
	return !strchr(reason, '@') ||
	       err_set(err, ERR_INPUT,
		       "the reason must not name an address: of the suppressed only a hash "
		       "is kept");
}

/* Who has left is marked too: nobody may bring them back by way of that row. */
static bool bar(struct operation *op, int64_t id, const char *reason, struct err *err)
{
	return subscription_state(op, id, "suppressed", SUBSCRIPTION_STARTED_BEFORE,
				  err) &&
	       subscription_evidence(op, id,
				     &(struct evidence){.act = "suppressed",
							.how = "staff",
							.basis = reason},
				     err) &&
	       subscription_void_questions(op, id, err) &&
	       store_run(op->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit", id,
			 op->now, skip_name(SKIP_SUPPRESSED)) &&
	       audit_record(op, err, "suppressed", "subscription", id, "%s", "");
}

bool suppression_add(struct operation *op, const char *address, const char *reason,
		     int64_t *out_lists, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	unsigned char hash[SECRET_SHA256_BYTES];
	AUTO(store_txn) t = NULL;
	const char *key, *plain;
	struct store_table on;

	*out_lists = 0;
	if (!needs_staff(op, err) || !address_read(arena, address, &key, &plain, err) ||
	    !reason_check(reason, err))
		return false;
	hash_of(op, key, hash);
	t = store_begin(op->store, err);
	if (!t ||
	    !store_run(op->store, err, SQL_SUPPRESSION_LIFT_OWN, "b", hash, sizeof(hash)))
		return false;
	if (!store_run(op->store, err, SQL_SUPPRESSION_ADD, "btzi", hash, sizeof(hash),
		       reason, op->staff_id, op->now))
		return err->kind == ERR_CONFLICT
			       ? err_set(err, ERR_CONFLICT,
					 "%s is on the suppression list already", plain)
			       : false;
	if (!audit_record(op, err, "suppression added", "suppression",
			  store_last_id(op->store), "%s", "") ||
	    !store_all(op->store, arena, &on, err, SQL_SUBSCRIPTIONS_OF_ADDRESS, "t",
		       key))
		return false;
	for (size_t i = 0; i < on.count; i++) {
		struct store_row row = table_row(&on, i);

		if (!bar(op, row_int(&row, "id"), reason, err))
			return false;
	}
	*out_lists = (int64_t)on.count;
	return store_commit(&t, err);
}

bool suppress_lift(struct operation *op, const char *address, const char *reason,
		   struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct store_table on;
	struct store_row row;
	int64_t id;

	if (!needs_staff(op, err) || !reason_check(reason, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !suppression_of(op, arena, address, &row, err))
		return false;
	id = row_int(&row, "id");
	if (!store_run(op->store, err, SQL_SUPPRESSION_DROP, "i", id) ||
	    !store_all(op->store, arena, &on, err, SQL_SUBSCRIPTIONS_OF_ADDRESS, "t",
		       mail_address_key(arena, address)))
		return false;
	for (size_t i = 0; i < on.count; i++) {
		struct store_row s = table_row(&on, i);

		if (str_eq(row_text(&s, "state"), "suppressed") &&
		    (!subscription_state(op, row_int(&s, "id"), "unsubscribed",
					 SUBSCRIPTION_STARTED_BEFORE, err) ||
		     !subscription_evidence(op, row_int(&s, "id"),
					    &(struct evidence){.act = "released",
							       .how = "staff",
							       .basis = reason},
					    err)))
			return false;
	}
	return audit_record(op, err, "suppression lifted", "suppression", id, "%s",
			    reason) &&
	       store_commit(&t, err);
}

bool suppression_list(struct operation *op, struct arena *arena, struct store_table *out,
		      struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_SUPPRESSION_LIST, "");
}
