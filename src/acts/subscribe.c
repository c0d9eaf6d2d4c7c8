#include "acts/subscribe.h"
#include "acts/address.h"
#include "acts/audit.h"
#include "acts/letter.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

enum { DAY_S = 86400 };

/* A person with an address on a list, as the acts below need it. */
struct member {
	int64_t person_id, subscription_id;
	const char *address, *name, *state; /* state "" when there is no subscription */
};

static bool member_load(struct acts *acts, struct arena *arena,
			const struct acts_list *list, const char *address,
			const char *name, bool make, struct member *out, struct err *err)
{
	const char *plain, *key;
	struct store_row row;

	if (!acts_address_read(arena, address, &key, &plain, err))
		return false;
	*out = (struct member){.address = plain, .name = name, .state = ""};
	if (store_one(acts->store, arena, &row, err, SQL_PERSON_BY_KEY, "t", key)) {
		out->person_id = row_int(&row, "id");
		out->name = str_or(row_text(&row, "name"), name);
		if (make && !str_empty(name) &&
		    !store_run(acts->store, err, SQL_PERSON_NAME_FILL, "it",
			       out->person_id, name))
			return false;
	} else if (err->kind != ERR_ABSENT) {
		return false;
	} else if (!make) {
		return err_set(err, ERR_ABSENT, "%s is not known", plain);
	} else {
		if (!store_run(acts->store, err, SQL_PERSON_ADD, "ttti", plain, key,
			       str_empty(name) ? NULL : name, acts->now))
			return false;
		out->person_id = store_last_id(acts->store);
	}
	if (store_one(acts->store, arena, &row, err, SQL_SUBSCRIPTION_OF, "ii", list->id,
		      out->person_id)) {
		out->subscription_id = row_int(&row, "id");
		out->state = row_text(&row, "state");
		return true;
	}
	return err->kind == ERR_ABSENT;
}

static bool set_state(struct acts *acts, int64_t subscription_id, const char *state,
		      bool becomes_active, struct err *err)
{
	return store_run(acts->store, err, SQL_SUBSCRIPTION_STATE_SET, "itii",
			 subscription_id, state, becomes_active ? acts->now : (int64_t)0,
			 acts->now);
}

/* Makes the subscription or moves it to this state. */
static bool enter(struct acts *acts, const struct acts_list *list, struct member *m,
		  const char *state, bool active, struct err *err)
{
	if (m->subscription_id)
		return set_state(acts, m->subscription_id, state, active, err);
	if (!store_run(acts->store, err, SQL_SUBSCRIPTION_ADD, "iitiizi", list->id,
		       m->person_id, state, (int64_t)0, (int64_t)1,
		       active ? acts->now : (int64_t)0, acts->now))
		return false;
	m->subscription_id = store_last_id(acts->store);
	return true;
}

static bool evidence(struct acts *acts, int64_t subscription_id, const char *act,
		     const char *how, int64_t wording_id, int64_t inbound_id,
		     const char *basis, int64_t given_at, struct err *err)
{
	return store_run(acts->store, err, SQL_EVIDENCE_ADD, "iittzzztz", subscription_id,
			 acts->now, act, how, wording_id, inbound_id, acts->staff_id,
			 basis, given_at);
}

static bool send_confirmation(struct acts *acts, const struct acts_list *list,
			      const struct member *m, int64_t inbound_id,
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

/* A letter about a subscription that carries no secret: welcome, left, requested ... */
static bool tell(struct acts *acts, const struct acts_list *list, const struct member *m,
		 enum mail_letter kind, const char *why, int64_t once, int64_t inbound_id,
		 const char *in_reply_to, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	char token[SECRET_TOKEN_LEN + 1];
	struct acts_letter letter;

	secret_token(acts->key, "leave", m->subscription_id, token);
	letter = (struct acts_letter){
		.kind = kind,
		.once = arena_printf(arena, "%s:%" PRId64 ":%" PRId64,
				     mail_letter_name(kind), m->subscription_id, once),
		.to_address = m->address,
		.to_name = m->name,
		.from_address = list->address,
		.from_name = list->from_name,
		.reply_to = list->address,
		.in_reply_to = in_reply_to,
		.leave_token = kind == LETTER_WELCOME ? token : NULL,
		.list = list,
		.inbound_id = inbound_id,
		.values = {.why = why},
	};
	if (kind == LETTER_WELCOME)
		letter.values.leave_address = acts_address_with(
			arena, list->address, arena_printf(arena, "leave-%s", token));
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

static bool ask_closed(struct acts *acts, const struct acts_list *list, struct member *m,
		       int64_t inbound_id, const char *in_reply_to,
		       enum acts_join_result *out, struct err *err)
{
	*out = ACTS_JOIN_WAITS;
	if (str_eq(m->state, "requested"))
		return true;
	return enter(acts, list, m, "requested", false, err) &&
	       evidence(acts, m->subscription_id, "asked", "mail", 0, inbound_id, NULL, 0,
			err) &&
	       tell(acts, list, m, LETTER_CLOSED_REQUEST, NULL, acts->now / DAY_S,
		    inbound_id, in_reply_to, err) &&
	       acts_audit(acts, err, "join requested", "subscription", m->subscription_id,
			  "list %s", list->name);
}

static bool ask_open(struct acts *acts, const struct acts_list *list, struct member *m,
		     int64_t inbound_id, const char *in_reply_to,
		     enum acts_join_result *out, struct err *err)
{
	bool may = true;

	if (m->subscription_id && !may_ask_again(acts, m->subscription_id, &may, err))
		return false;
	*out = may ? ACTS_JOIN_ASKED : ACTS_JOIN_TOO_OFTEN;
	if (!may)
		return true;
	return enter(acts, list, m, "pending", false, err) &&
	       evidence(acts, m->subscription_id, "asked", "mail", list->wording_id,
			inbound_id, NULL, 0, err) &&
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
	struct member m;
	bool ok;

	if (!t || !member_load(acts, arena, list, address, name, true, &m, err))
		return false;
	if (str_eq(m.state, "active") || str_eq(m.state, "paused")) {
		*out = ACTS_JOIN_ALREADY;
		ok = tell(acts, list, &m, LETTER_ALREADY_SUBSCRIBED, NULL,
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

static bool member_of(struct acts *acts, struct arena *arena, int64_t subscription_id,
		      struct acts_list *list, struct member *out, struct err *err)
{
	struct store_row row;

	if (!store_one(acts->store, arena, &row, err, SQL_SUBSCRIPTION_BY_ID, "i",
		       subscription_id))
		return false;
	*out = (struct member){
		.person_id = row_int(&row, "person_id"),
		.subscription_id = subscription_id,
		.address = row_text(&row, "address"),
		.name = row_text(&row, "name"),
		.state = row_text(&row, "state"),
	};
	return acts_list_by_id(acts, arena, row_int(&row, "list_id"), list, err);
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
	struct member m;

	if (!t)
		return false;
	secret_sha256(token, strlen(token), hash);
	if (!store_one(acts->store, arena, &row, err, SQL_CONFIRMATION_BY_HASH, "b", hash,
		       sizeof(hash))) {
		*out = ACTS_CONFIRM_UNKNOWN;
		return err->kind == ERR_ABSENT;
	}
	if (!member_of(acts, arena, row_int(&row, "subscription_id"), &list, &m, err))
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
	       set_state(acts, m.subscription_id, "active", true, err) &&
	       evidence(acts, m.subscription_id, "confirmed", how,
			row_int(&row, "wording_id"), inbound_id, "consent", acts->now,
			err) &&
	       tell(acts, &list, &m, LETTER_WELCOME, NULL, row_int(&row, "id"),
		    inbound_id, NULL, err) &&
	       acts_audit(acts, err, "join confirmed", "subscription", m.subscription_id,
			  "list %s, by %s", list.name, how) &&
	       store_commit(&t, err);
}

static bool leaves(struct acts *acts, const struct acts_list *list,
		   const struct member *m, const char *act, const char *how,
		   int64_t inbound_id, const char *reason, struct err *err)
{
	return set_state(acts, m->subscription_id, "left", false, err) &&
	       evidence(acts, m->subscription_id, act, how, 0, inbound_id, reason, 0,
			err) &&
	       store_run(acts->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit",
			 m->subscription_id, acts->now,
			 "left the list before it was sent") &&
	       tell(acts, list, m, LETTER_LEFT, NULL, store_last_id(acts->store),
		    inbound_id, NULL, err) &&
	       acts_audit(acts, err, "left", "subscription", m->subscription_id,
			  "list %s, by %s", list->name, how);
}

static bool on_the_list(const char *state)
{
	return str_eq(state, "active") || str_eq(state, "paused") ||
	       str_eq(state, "pending") || str_eq(state, "requested") ||
	       str_eq(state, "stopped");
}

bool acts_leave(struct acts *acts, int64_t subscription_id, const char *how,
		int64_t inbound_id, const char *reason, bool *out_left, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct acts_list list;
	struct member m;

	if (!t || !member_of(acts, arena, subscription_id, &list, &m, err))
		return false;
	*out_left = on_the_list(m.state);
	if (!*out_left)
		return true;
	return leaves(acts, &list, &m, "left", how, inbound_id, reason, err) &&
	       store_commit(&t, err);
}

bool acts_leave_address(struct acts *acts, const struct acts_list *list,
			const char *address, int64_t inbound_id, bool *out_left,
			struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct acts_letter letter;
	struct member m = {.state = ""};
	bool may;

	if (!t)
		return false;
	if (!member_load(acts, arena, list, address, NULL, false, &m, err) &&
	    err->kind != ERR_ABSENT)
		return false;
	*out_left = on_the_list(m.state);
	if (*out_left)
		return leaves(acts, list, &m, "left", "mail", inbound_id, NULL, err) &&
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

static bool may_be_added(const struct member *m, const struct acts_list *list,
			 struct err *err)
{
	if (str_eq(m->state, "active") || str_eq(m->state, "paused"))
		return err_set(err, ERR_CONFLICT, "%s is on the list %s already",
			       m->address, list->name);
	if (str_eq(m->state, "left") || str_eq(m->state, "stopped") ||
	    str_eq(m->state, "suppressed"))
		return err_set(err, ERR_CONFLICT,
			       "%s is \"%s\" on the list %s: they can only join again by "
			       "themselves",
			       m->address, m->state, list->name);
	return true;
}

bool acts_subscriber_add(struct acts *acts, const struct acts_list *list,
			 const struct acts_subscriber_new *who, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct member m;

	if (!acts_needs_staff(acts, err))
		return false;
	if (str_empty(who->basis))
		return err_set(
			err, ERR_INPUT,
			"say why we may write to them: --basis \"...\" (consent and when "
			"it was given, or the public task)");
	t = store_begin(acts->store, err);
	if (!t ||
	    !member_load(acts, arena, list, who->address, who->name, true, &m, err) ||
	    !may_be_added(&m, list, err) || !enter(acts, list, &m, "active", true, err) ||
	    !store_run(acts->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
		       m.subscription_id, who->topics, (int64_t)who->all_topics,
		       acts->now))
		return false;
	return evidence(acts, m.subscription_id,
			str_eq(who->how, "import") ? "imported" : "added", who->how,
			who->wording_id, 0, who->basis, who->given_at, err) &&
	       (!who->welcome ||
		tell(acts, list, &m, LETTER_WELCOME, "Our team put you on this list.",
		     acts->now, 0, NULL, err)) &&
	       acts_audit(acts, err, "subscriber added", "subscription",
			  m.subscription_id, "list %s, by %s", list->name, who->how) &&
	       store_commit(&t, err);
}

bool acts_subscriber_accept(struct acts *acts, const struct acts_list *list,
			    const char *address, bool accept, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct member m;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !member_load(acts, arena, list, address, NULL, false, &m, err))
		return false;
	if (!str_eq(m.state, "requested"))
		return err_set(err, ERR_CONFLICT,
			       "%s has no open request to the list %s (state: %s)",
			       m.address, list->name, str_or(m.state, "none"));
	if (!set_state(acts, m.subscription_id, accept ? "active" : "refused", accept,
		       err) ||
	    !evidence(acts, m.subscription_id, accept ? "accepted" : "refused", "staff",
		      0, 0, "request decided by the staff", 0, err) ||
	    !tell(acts, list, &m, accept ? LETTER_WELCOME : LETTER_CLOSED_REFUSED,
		  "Our team accepted your request.", acts->now, 0, NULL, err))
		return false;
	return acts_audit(acts, err, accept ? "request accepted" : "request refused",
			  "subscription", m.subscription_id, "list %s", list->name) &&
	       store_commit(&t, err);
}

bool acts_subscriber_remove(struct acts *acts, const struct acts_list *list,
			    const char *address, const char *reason, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct member m;

	if (!acts_needs_staff(acts, err))
		return false;
	if (str_empty(reason))
		return err_set(err, ERR_INPUT, "say why: --reason \"...\"");
	t = store_begin(acts->store, err);
	if (!t || !member_load(acts, arena, list, address, NULL, false, &m, err))
		return false;
	if (!on_the_list(m.state))
		return err_set(err, ERR_CONFLICT, "%s is not on the list %s (state: %s)",
			       m.address, list->name, str_or(m.state, "none"));
	return leaves(acts, list, &m, "removed", "staff", 0, reason, err) &&
	       store_commit(&t, err);
}

bool acts_subscriber_topics(struct acts *acts, const struct acts_list *list,
			    const char *address, const char *topics, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	int64_t mask;
	struct member m;
	bool all;

	if (!acts_needs_staff(acts, err) ||
	    !acts_topics_read(list, topics, &mask, &all, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !member_load(acts, arena, list, address, NULL, false, &m, err))
		return false;
	if (!m.subscription_id)
		return err_set(err, ERR_ABSENT, "%s is not on the list %s", m.address,
			       list->name);
	return store_run(acts->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
			 m.subscription_id, mask, (int64_t)all, acts->now) &&
	       evidence(acts, m.subscription_id, "topics", "staff", 0, 0, topics, 0,
			err) &&
	       acts_audit(acts, err, "topics set", "subscription", m.subscription_id,
			  "mask %" PRId64, mask) &&
	       store_commit(&t, err);
}
