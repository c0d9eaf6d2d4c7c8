#include "acts/subscribe.h"
#include "acts/address.h"
#include "acts/audit.h"
#include "acts/letter.h"
#include "acts/member.h"
#include "acts/suppress.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

enum { DAY_S = 86400 };

static bool send_confirmation(struct acts *acts, const struct acts_list *list,
			      const struct acts_member *m, int64_t inbound_id,
			      const char *in_reply_to, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	char token[SECRET_RANDOM_LEN + 1], until[CLOCK_TEXT];
	unsigned char hash[SECRET_SHA256_BYTES];
	int64_t expires_at = acts->now + acts->settings->confirm_expires_s;
	struct store_row wording;
	struct acts_letter letter;

	secret_random_token(token);
	secret_sha256(token, strlen(token), hash);
	if (!store_run(acts->store, err, SQL_CONFIRMATION_ADD, "ibzii",
		       m->subscription_id, hash, sizeof(hash), list->wording_id,
		       acts->now, expires_at) ||
	    !store_one(acts->store, arena, &wording, err, SQL_WORDING_BY_ID, "i",
		       list->wording_id))
		return false;
	clock_long_time(expires_at, acts->settings->zone, until);
	letter = (struct acts_letter){
		.kind = LETTER_CONFIRM,
		.once = arena_printf(arena, "confirm:%" PRId64,
				     store_last_id(acts->store)),
		.to_address = m->address,
		.to_name = m->name,
		.from_address = list->address,
		.from_name = list->from_name,
		.reply_to = acts_address_with(arena, list->address,
					      arena_printf(arena, "confirm-%s", token)),
		.in_reply_to = in_reply_to,
		.list = list,
		.inbound_id = inbound_id,
		.values = {.confirm_by_reply = true,
			   .confirm_url = arena_printf(arena, "%s/confirm/%s",
						       acts->settings->base_url, token),
			   .expires = until,
			   .wording = row_text(&wording, "text")},
	};
	return acts_letter_queue(acts, &letter, NULL, err);
}

static bool may_ask_again(struct acts *acts, int64_t subscription_id, bool *out,
			  struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	if (!store_one(acts->store, arena, &row, err, SQL_CONFIRMATION_COUNTS, "ii",
		       subscription_id, acts->now - DAY_S))
		return false;
	*out = row_int(&row, "recent") == 0 &&
	       row_int(&row, "total") < acts->settings->confirm_most;
	return true;
}

static bool ask_closed(struct acts *acts, const struct acts_list *list,
		       struct acts_member *m, int64_t inbound_id, const char *in_reply_to,
		       enum acts_join_result *out, struct err *err)
{
	*out = ACTS_JOIN_WAITS;
	if (str_eq(m->state, "requested"))
		return true;
	return acts_member_enter(acts, list, m, "requested", false, err) &&
	       acts_member_evidence(acts, m->subscription_id, "asked", "mail", 0,
				    inbound_id, NULL, 0, err) &&
	       acts_member_tell(acts, list, m, LETTER_CLOSED_REQUEST, NULL,
				acts->now / DAY_S, inbound_id, in_reply_to, err) &&
	       acts_audit(acts, err, "join requested", "subscription", m->subscription_id,
			  "list %s", list->name);
}

static bool ask_open(struct acts *acts, const struct acts_list *list,
		     struct acts_member *m, int64_t inbound_id, const char *in_reply_to,
		     enum acts_join_result *out, struct err *err)
{
	bool may = true;

	if (m->subscription_id && !may_ask_again(acts, m->subscription_id, &may, err))
		return false;
	*out = may ? ACTS_JOIN_ASKED : ACTS_JOIN_TOO_OFTEN;
	if (!may)
		return true;
	return acts_member_enter(acts, list, m, "pending", false, err) &&
	       acts_member_evidence(acts, m->subscription_id, "asked", "mail",
				    list->wording_id, inbound_id, NULL, 0, err) &&
	       send_confirmation(acts, list, m, inbound_id, in_reply_to, err) &&
	       acts_audit(acts, err, "join asked", "subscription", m->subscription_id,
			  "list %s", list->name);
}

bool acts_join_ask(struct acts *acts, const struct acts_list *list, const char *address,
		   const char *name, int64_t inbound_id, const char *in_reply_to,
		   enum acts_join_result *out, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct acts_member m;
	bool ok, barred;

	if (!t || !acts_is_suppressed(acts, address, &barred, err))
		return false;
	*out = ACTS_JOIN_BARRED;
	if (barred)
		return true; /* and nothing of theirs is kept */
	if (!acts_member_load(acts, arena, list, address, name, true, &m, err))
		return false;
	if (str_eq(m.state, "active") || str_eq(m.state, "paused")) {
		*out = ACTS_JOIN_ALREADY;
		ok = acts_member_tell(acts, list, &m, LETTER_ALREADY_SUBSCRIBED, NULL,
				      acts->now / DAY_S, inbound_id, in_reply_to, err);
	} else if (str_eq(m.state, "suppressed")) {
		*out = ACTS_JOIN_BARRED;
		ok = true;
	} else if (!list->is_open) {
		ok = ask_closed(acts, list, &m, inbound_id, in_reply_to, out, err);
	} else {
		ok = ask_open(acts, list, &m, inbound_id, in_reply_to, out, err);
	}
	return ok && store_commit(&t, err);
}

bool acts_join_confirm(struct acts *acts, const char *token, const char *how,
		       int64_t inbound_id, enum acts_confirm_result *out, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	unsigned char hash[SECRET_SHA256_BYTES];
	enum acts_join_result again;
	struct acts_list list;
	struct store_row row;
	struct acts_member m;

	if (!t)
		return false;
	secret_sha256(token, strlen(token), hash);
	if (!store_one(acts->store, arena, &row, err, SQL_CONFIRMATION_BY_HASH, "b", hash,
		       sizeof(hash))) {
		*out = ACTS_CONFIRM_UNKNOWN;
		return err->kind == ERR_ABSENT;
	}
	if (!acts_member_of(acts, arena, row_int(&row, "subscription_id"), &list, &m,
			    err))
		return false;
	if (!row_null(&row, "used_at") || !str_eq(m.state, "pending")) {
		*out = ACTS_CONFIRM_USED;
		return true;
	}
	if (row_int(&row, "expires_at") < acts->now) {
		*out = ACTS_CONFIRM_EXPIRED;
		return ask_open(acts, &list, &m, inbound_id, NULL, &again, err) &&
		       store_commit(&t, err);
	}
	*out = ACTS_CONFIRM_DONE;
	return store_run(acts->store, err, SQL_CONFIRMATION_USE, "ii",
			 row_int(&row, "id"), acts->now) &&
	       acts_member_void_questions(acts, m.subscription_id, err) &&
	       acts_member_state(acts, m.subscription_id, "active", true, err) &&
	       acts_member_evidence(acts, m.subscription_id, "confirmed", how,
				    row_int(&row, "wording_id"), inbound_id, "consent",
				    acts->now, err) &&
	       acts_member_tell(acts, &list, &m, LETTER_WELCOME, NULL,
				row_int(&row, "id"), inbound_id, NULL, err) &&
	       acts_audit(acts, err, "join confirmed", "subscription", m.subscription_id,
			  "list %s, by %s", list.name, how) &&
	       store_commit(&t, err);
}

bool acts_leave(struct acts *acts, int64_t subscription_id, const char *how,
		int64_t inbound_id, const char *reason, bool *out_left, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct acts_list list;
	struct acts_member m;

	if (!t || !acts_member_of(acts, arena, subscription_id, &list, &m, err))
		return false;
	*out_left = acts_member_listed(m.state);
	if (!*out_left)
		return true;
	return acts_member_leaves(acts, &list, &m, "left", how, inbound_id, reason,
				  err) &&
	       store_commit(&t, err);
}

bool acts_leave_address(struct acts *acts, const struct acts_list *list,
			const char *address, int64_t inbound_id, bool *out_left,
			struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct acts_letter letter;
	struct acts_member m = {.state = ""};
	bool may;

	if (!t)
		return false;
	if (!acts_member_load(acts, arena, list, address, NULL, false, &m, err) &&
	    err->kind != ERR_ABSENT)
		return false;
	*out_left = acts_member_listed(m.state);
	if (*out_left)
		return acts_member_leaves(acts, list, &m, "left", "mail", inbound_id,
					  NULL, err) &&
		       store_commit(&t, err);
	if (m.subscription_id)
		return true; /* left before: one confirmation was enough */
	if (!acts_letter_allowed(acts, address, LETTER_NOT_SUBSCRIBED, 1, &may, err))
		return false;
	if (!may)
		return true;
	letter = (struct acts_letter){
		.kind = LETTER_NOT_SUBSCRIBED,
		.once = arena_printf(arena, "not-subscribed:%" PRId64, inbound_id),
		.to_address = address,
		.from_address = list->address,
		.from_name = list->from_name,
		.reply_to = list->owner,
		.list = list,
		.inbound_id = inbound_id,
	};
	return acts_letter_queue(acts, &letter, NULL, err) && store_commit(&t, err);
}

bool acts_subscription_find(struct acts *acts, struct arena *arena,
			    const struct acts_list *list, const char *address,
			    struct store_row *out, struct err *err)
{
	const char *key, *plain;

	if (!acts_address_read(arena, address, &key, &plain, err))
		return false;
	if (store_one(acts->store, arena, out, err, SQL_SUBSCRIPTION_BY_KEY, "it",
		      list->id, key))
		return true;
	return err->kind == ERR_ABSENT
		       ? err_set(err, ERR_ABSENT, "%s is not on the list %s", plain,
				 list->name)
		       : false;
}
