#include "acts/subscribe_own.h"
#include "acts/address.h"
#include "acts/audit.h"
#include "acts/language.h"
#include "acts/letter.h"
#include "acts/member.h"
#include "acts/suppress.h"
#include "base/str.h"

#include <inttypes.h>

enum { DAY_S = 86400 };

/* The letter with the question, and nothing that its sender wrote: not even a name. */
static struct acts_letter confirmation(struct acts *acts, struct arena *arena,
				       const struct acts_list *list, const char *address,
				       const struct subscribe_ask *ask, const char *token,
				       const char *wording)
{
	const struct acts_choice *c = ask->choice;
	const char *language = c ? c->language : NULL, *frequency = NULL;
	int64_t until = acts->now + acts->settings->confirm_expires_s;

	if (c && str_eq(c->frequency, "weekly"))
		frequency = "once a week";
	else if (c && str_eq(c->frequency, "monthly"))
		frequency = "once a month";
	return (struct acts_letter){
		.kind = LETTER_CONFIRM,
		.once = "confirm:0",
		.to_address = address,
		.language = language,
		.from_address = list->address,
		.from_name = list->from_name,
		.reply_to = acts_address_with(arena, list->address,
					      arena_printf(arena, "confirm-%s", token)),
		.in_reply_to = ask->in_reply_to,
		.list = list,
		.inbound_id = ask->inbound_id,
		.values = {.confirm_by_reply = true,
			   .confirm_url = arena_printf(arena, "%s/confirm/%s",
						       acts->settings->base_url, token),
			   .expires = acts_long_time(acts, arena, language, until,
						     acts->settings->zone),
			   .topics = c && !c->all_topics
					     ? acts_topics_text(list, arena, c->topics,
								false)
					     : NULL,
			   .frequency = frequency,
			   .wording = wording},
	};
}

static bool wording_of(struct acts *acts, struct arena *arena,
		       const struct acts_list *list, const struct subscribe_ask *ask,
		       int64_t *out_id, const char **out_text, struct err *err)
{
	struct store_row row;

	*out_id = ask->choice && ask->choice->wording_id ? ask->choice->wording_id
							 : list->wording_id;
	if (!store_one(acts->store, arena, &row, err, SQL_WORDING_BY_ID, "i", *out_id))
		return false;
	*out_text = row_text(&row, "text");
	return true;
}

static bool send_confirmation(struct acts *acts, const struct acts_list *list,
			      const struct acts_member *m,
			      const struct subscribe_ask *ask, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	const struct acts_choice *c = ask->choice;
	unsigned char hash[SECRET_SHA256_BYTES];
	char token[SECRET_RANDOM_LEN + 1];
	struct acts_letter letter;
	const char *wording;
	int64_t wording_id;

	secret_random_token(token);
	secret_sha256(token, strlen(token), hash);
	if (!wording_of(acts, arena, list, ask, &wording_id, &wording, err) ||
	    !store_run(acts->store, err, SQL_CONFIRMATION_ADD, "ibziiiitt",
		       m->subscription_id, hash, sizeof(hash), wording_id, acts->now,
		       acts->now + acts->settings->confirm_expires_s,
		       c ? c->topics : (int64_t)0, (int64_t)(c && c->all_topics),
		       c ? str_or(c->frequency, "each") : NULL, c ? c->language : NULL))
		return false;
	letter = confirmation(acts, arena, list, m->address, ask, token, wording);
	letter.once = arena_printf(arena, "confirm:%" PRId64, store_last_id(acts->store));
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

/*
 * Nothing is to be done for this address; on the page the same is done all the same for
 * one that nobody has, and undone: whoever measures how long it took learns nothing.
 */
static bool ask_in_vain(struct acts *acts, const struct acts_list *list,
			const struct subscribe_ask *ask, struct err *err)
{
	char token[SECRET_RANDOM_LEN + 1], address[SECRET_RANDOM_LEN + 32];
	enum acts_join_result ignored;
	AUTO(store_txn) undone = NULL;

	if (!ask->choice)
		return true;
	secret_random_token(token);
	(void)snprintf(address, sizeof(address), "%s@nobody.invalid", token);
	undone = store_begin(acts->store, err);
	return undone && subscribe_ask(acts, list, address, NULL, ask, &ignored, err);
}

static bool ask_closed(struct acts *acts, const struct acts_list *list,
		       struct acts_member *m, const struct subscribe_ask *ask,
		       enum acts_join_result *out, struct err *err)
{
	const struct acts_choice *c = ask->choice;

	*out = ACTS_JOIN_WAITS;
	if (str_eq(m->state, "requested"))
		return ask_in_vain(acts, list, ask, err);
	if (!acts_member_enter(acts, list, m, "requested", false, err) ||
	    (c &&
	     (!store_run(acts->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
			 m->subscription_id, c->topics, (int64_t)c->all_topics,
			 acts->now) ||
	      !store_run(acts->store, err, SQL_SUBSCRIPTION_FREQUENCY_SET, "iti",
			 m->subscription_id, str_or(c->frequency, "each"), acts->now))))
		return false;
	return acts_member_evidence(acts, m->subscription_id, "asked", ask->how,
				    c ? c->wording_id : 0, ask->inbound_id, NULL, 0,
				    err) &&
	       acts_member_tell(acts, list, m, LETTER_CLOSED_REQUEST, NULL,
				acts->now / DAY_S, ask->inbound_id, ask->in_reply_to,
				err) &&
	       acts_audit(acts, err, "join requested", "subscription", m->subscription_id,
			  "list %s", list->name);
}

static bool ask_open(struct acts *acts, const struct acts_list *list,
		     struct acts_member *m, const struct subscribe_ask *ask,
		     enum acts_join_result *out, struct err *err)
{
	const struct acts_choice *c = ask->choice;
	bool may = true;

	if (m->subscription_id && !may_ask_again(acts, m->subscription_id, &may, err))
		return false;
	*out = may ? ACTS_JOIN_ASKED : ACTS_JOIN_TOO_OFTEN;
	if (!may)
		return ask_in_vain(acts, list, ask, err);
	return acts_member_enter(acts, list, m, "pending", false, err) &&
	       acts_member_evidence(acts, m->subscription_id, "asked", ask->how,
				    c && c->wording_id ? c->wording_id : list->wording_id,
				    ask->inbound_id, NULL, 0, err) &&
	       send_confirmation(acts, list, m, ask, err) &&
	       acts_audit(acts, err, "join asked", "subscription", m->subscription_id,
			  "list %s, by %s", list->name, ask->how);
}

bool subscribe_ask(struct acts *acts, const struct acts_list *list, const char *address,
		   const char *name, const struct subscribe_ask *ask,
		   enum acts_join_result *out, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct acts_member m;
	bool barred;

	if (!acts_is_barred(acts, address, &barred, err))
		return false;
	*out = ACTS_JOIN_BARRED;
	if (barred) /* and nothing of theirs is kept */
		return ask_in_vain(acts, list, ask, err);
	if (!acts_member_load(acts, arena, list, address, name, true, &m, err))
		return false;
	if (str_eq(m.state, "active") || str_eq(m.state, "paused")) {
		*out = ACTS_JOIN_ALREADY;
		return acts_member_tell(acts, list, &m, LETTER_ALREADY_SUBSCRIBED, NULL,
					acts->now / DAY_S, ask->inbound_id,
					ask->in_reply_to, err) &&
		       ask_in_vain(acts, list, ask, err);
	}
	if (str_eq(m.state, "suppressed"))
		return ask_in_vain(acts, list, ask, err);
	return list->is_open ? ask_open(acts, list, &m, ask, out, err)
			     : ask_closed(acts, list, &m, ask, out, err);
}

bool acts_join_ask(struct acts *acts, const struct acts_list *list, const char *address,
		   const char *name, int64_t inbound_id, const char *in_reply_to,
		   enum acts_join_result *out, struct err *err)
{
	struct subscribe_ask ask = {"mail", inbound_id, in_reply_to, NULL};
	AUTO(store_txn) t = store_begin(acts->store, err);

	return t && subscribe_ask(acts, list, address, name, &ask, out, err) &&
	       store_commit(&t, err);
}

/* What was chosen on the page, now that it is confirmed; *out_basis says it in words. */
static bool take_choice(struct acts *acts, struct arena *arena,
			const struct acts_list *list, const struct acts_member *m,
			const struct acts_choice *c, const char **out_basis,
			struct err *err)
{
	*out_basis = "consent";
	if (!c)
		return true;
	*out_basis =
		arena_printf(arena, "consent; %s; topics %s", c->frequency,
			     acts_topics_text(list, arena, c->topics, c->all_topics));
	return store_run(acts->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
			 m->subscription_id, c->topics, (int64_t)c->all_topics,
			 acts->now) &&
	       store_run(acts->store, err, SQL_SUBSCRIPTION_FREQUENCY_SET, "iti",
			 m->subscription_id, c->frequency, acts->now) &&
	       (!c->language || store_run(acts->store, err, SQL_PERSON_LANGUAGE_SET, "it",
					  m->person_id, c->language));
}

const struct acts_choice *subscribe_choice(struct arena *arena,
					   const struct store_row *row)
{
	struct acts_choice *c;

	if (row_null(row, "frequency"))
		return NULL;
	c = arena_make(arena, struct acts_choice, 1);
	*c = (struct acts_choice){
		.topics = row_int(row, "topics"),
		.all_topics = row_int(row, "all_topics") == 1,
		.frequency = row_text(row, "frequency"),
		.language = row_text(row, "language"),
		.wording_id = row_int(row, "wording_id"),
	};
	return c;
}

static bool confirm(struct acts *acts, struct arena *arena, const struct acts_list *list,
		    struct acts_member *m, const struct store_row *row,
		    const struct acts_choice *choice, const char *how, int64_t inbound_id,
		    struct err *err)
{
	const char *basis;

	if (choice && choice->language)
		m->language = choice->language;
	return store_run(acts->store, err, SQL_CONFIRMATION_USE, "ii", row_int(row, "id"),
			 acts->now) &&
	       acts_member_void_questions(acts, m->subscription_id, err) &&
	       acts_member_state(acts, m->subscription_id, "active", true, err) &&
	       take_choice(acts, arena, list, m, choice, &basis, err) &&
	       acts_suppression_lift_own(acts, m->address, err) &&
	       acts_member_evidence(acts, m->subscription_id, "confirmed", how,
				    row_int(row, "wording_id"), inbound_id, basis,
				    acts->now, err) &&
	       acts_member_tell(acts, list, m, LETTER_WELCOME, NULL, row_int(row, "id"),
				inbound_id, NULL, err) &&
	       acts_audit(acts, err, "join confirmed", "subscription", m->subscription_id,
			  "list %s, by %s", list->name, how);
}

bool acts_join_confirm(struct acts *acts, const char *token, const char *how,
		       int64_t inbound_id, enum acts_confirm_result *out, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	unsigned char hash[SECRET_SHA256_BYTES];
	struct subscribe_ask ask = {how, inbound_id, NULL, NULL};
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
	ask.choice = subscribe_choice(arena, &row);
	if (row_int(&row, "expires_at") < acts->now) {
		*out = ACTS_CONFIRM_EXPIRED;
		return ask_open(acts, &list, &m, &ask, &again, err) &&
		       store_commit(&t, err);
	}
	*out = ACTS_CONFIRM_DONE;
	return confirm(acts, arena, &list, &m, &row, ask.choice, how, inbound_id, err) &&
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
