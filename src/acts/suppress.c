#include "acts/suppress.h"
#include "acts/address.h"
#include "acts/audit.h"
#include "acts/member.h"
#include "base/str.h"
#include "mail/recipient.h"

#include <inttypes.h>

enum { REASON_MOST = 200 };

static void hash_of(const struct acts *acts, const char *key,
		    unsigned char out[SECRET_SHA256_BYTES])
{
	secret_hash(acts->key, "suppression", key, out);
}

static bool find(struct acts *acts, struct arena *arena, const char *key,
		 struct store_row *out, struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	hash_of(acts, key, hash);
	return store_one(acts->store, arena, out, err, SQL_SUPPRESSION_OF, "b", hash,
			 sizeof(hash));
}

bool acts_is_suppressed(struct acts *acts, const char *address, bool *out,
			struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	const char *key = mail_address_key(arena, address);
	struct store_row row;

	*out = false;
	if (!key)
		return true;
	*out = find(acts, arena, key, &row, err);
	return *out || err->kind == ERR_ABSENT;
}

bool acts_is_barred(struct acts *acts, const char *address, bool *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	const char *key = mail_address_key(arena, address);
	struct store_row row;

	*out = false;
	if (!key)
		return true;
	if (!find(acts, arena, key, &row, err))
		return err->kind == ERR_ABSENT;
	*out = !row_null(&row, "staff");
	return true;
}

bool acts_suppression_held(struct acts *acts, struct arena *arena,
			   const char *address_key, struct store_table *out,
			   struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	hash_of(acts, address_key, hash);
	return store_all(acts->store, arena, 1, out, err, SQL_HELD_SUPPRESSION, "b", hash,
			 sizeof(hash));
}

bool acts_suppression_lift_own(struct acts *acts, const char *address, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	const char *key = mail_address_key(arena, address);
	unsigned char hash[SECRET_SHA256_BYTES];

	if (!key)
		return true;
	hash_of(acts, key, hash);
	return store_run(acts->store, err, SQL_SUPPRESSION_LIFT_OWN, "b", hash,
			 sizeof(hash));
}

bool acts_suppression_add_own(struct acts *acts, const char *address_key, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	unsigned char hash[SECRET_SHA256_BYTES];
	struct store_row row;

	if (find(acts, arena, address_key, &row, err))
		return true;
	hash_of(acts, address_key, hash);
	return err->kind == ERR_ABSENT &&
	       store_run(acts->store, err, SQL_SUPPRESSION_ADD, "btzi", hash,
			 sizeof(hash), "erased at their own wish", (int64_t)0, acts->now);
}

bool acts_not_suppressed(struct acts *acts, const char *address, struct err *err)
{
	bool is;

	if (!acts_is_suppressed(acts, address, &is, err))
		return false;
	return !is ||
	       err_set(err, ERR_CONFLICT,
		       "%s is on the suppression list: no list may write to it", address);
}

bool acts_suppression_of(struct acts *acts, struct arena *arena, const char *address,
			 struct store_row *out, struct err *err)
{
	const char *key, *plain;

	if (!acts_address_read(arena, address, &key, &plain, err))
		return false;
	if (find(acts, arena, key, out, err))
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
static bool bar(struct acts *acts, int64_t id, const char *reason, struct err *err)
{
	return acts_member_state(acts, id, "suppressed", false, err) &&
	       acts_member_evidence(acts, id, "suppressed", "staff", 0, 0, reason, 0,
				    err) &&
	       acts_member_void_questions(acts, id, err) &&
	       store_run(acts->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit", id,
			 acts->now, "suppressed before it was sent") &&
	       acts_audit(acts, err, "suppressed", "subscription", id, "%s", "");
}

bool acts_suppress(struct acts *acts, const char *address, const char *reason,
		   int64_t *out_lists, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	unsigned char hash[SECRET_SHA256_BYTES];
	AUTO(store_txn) t = NULL;
	const char *key, *plain;
	struct store_table on;

	*out_lists = 0;
	if (!acts_needs_staff(acts, err) ||
	    !acts_address_read(arena, address, &key, &plain, err) ||
	    !reason_check(reason, err))
		return false;
	hash_of(acts, key, hash);
	t = store_begin(acts->store, err);
	if (!t || !store_run(acts->store, err, SQL_SUPPRESSION_LIFT_OWN, "b", hash,
			     sizeof(hash)))
		return false;
	if (!store_run(acts->store, err, SQL_SUPPRESSION_ADD, "btzi", hash, sizeof(hash),
		       reason, acts->staff_id, acts->now))
		return err->kind == ERR_CONFLICT
			       ? err_set(err, ERR_CONFLICT,
					 "%s is on the suppression list already", plain)
			       : false;
	if (!acts_audit(acts, err, "suppression added", "suppression",
			store_last_id(acts->store), "%s", "") ||
	    !store_all(acts->store, arena, 0, &on, err, SQL_SUBSCRIPTIONS_OF_ADDRESS, "t",
		       key))
		return false;
	for (size_t i = 0; i < on.count; i++) {
		struct store_row row = table_row(&on, i);

		if (!bar(acts, row_int(&row, "id"), reason, err))
			return false;
	}
	*out_lists = (int64_t)on.count;
	return store_commit(&t, err);
}

bool acts_suppress_lift(struct acts *acts, const char *address, const char *reason,
			struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct store_table on;
	struct store_row row;
	int64_t id;

	if (!acts_needs_staff(acts, err) || !reason_check(reason, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_suppression_of(acts, arena, address, &row, err))
		return false;
	id = row_int(&row, "id");
	if (!store_run(acts->store, err, SQL_SUPPRESSION_DROP, "i", id) ||
	    !store_all(acts->store, arena, 0, &on, err, SQL_SUBSCRIPTIONS_OF_ADDRESS, "t",
		       mail_address_key(arena, address)))
		return false;
	for (size_t i = 0; i < on.count; i++) {
		struct store_row s = table_row(&on, i);

		if (str_eq(row_text(&s, "state"), "suppressed") &&
		    (!acts_member_state(acts, row_int(&s, "id"), "left", false, err) ||
		     !acts_member_evidence(acts, row_int(&s, "id"), "released", "staff",
					   0, 0, reason, 0, err)))
			return false;
	}
	return acts_audit(acts, err, "suppression lifted", "suppression", id, "%s",
			  reason) &&
	       store_commit(&t, err);
}
