#include "domain/subscribers/subscribe_private.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/core/language.h"
#include "domain/admin/notification.h"
#include "domain/subscribers/subscription.h"
#include "domain/subscribers/suppress.h"
#include "base/calendar.h"
#include "base/str.h"

#include <inttypes.h>

enum {
	ASKED_MOST = 3 /* whether they mean to leave: a day */,
	RETURNS_MOST = 10 /* welcomes to somebody who goes and comes: a day */,
	JOINS_MOST = 6 /* questions whether they mean to join: a day, to one mailbox */
};

static bool wording_of(struct operation *op, struct arena *arena, const struct list *list,
		       const struct subscribe_ask *ask, int64_t *out_id,
		       const char **out_text, struct err *err)
{
	struct store_row row;

	*out_id = ask->choice && ask->choice->wording_id ? ask->choice->wording_id
							 : list->wording_id;
	if (!store_one(op->store, arena, &row, err, SQL_WORDING_BY_ID, "i", *out_id))
		return false;
	*out_text = row_text(&row, "text");
	return true;
}

static bool send_confirmation(struct operation *op, const struct list *list,
			      const struct subscription *m,
			      const struct subscribe_ask *ask, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	const struct topic_choice *c = ask->choice;
	unsigned char hash[SECRET_SHA256_BYTES];
	char token[SECRET_RANDOM_LEN + 1];
	struct notification letter;
	struct subscribe_ask to_say = *ask;
	const char *wording;
	int64_t wording_id;

	if (!c && !subscribe_kept(op, arena, m->subscription_id, &to_say.kept, err))
		return false;
	secret_random_token(token);
	secret_sha256(token, strlen(token), hash);
	if (!wording_of(op, arena, list, ask, &wording_id, &wording, err) ||
	    !store_run(op->store, err, SQL_CONFIRMATION_ADD, "ibziiiitt",
		       m->subscription_id, hash, sizeof(hash), wording_id, op->now,
		       op->now + op->settings->confirm_expires_s,
		       c ? c->topics : (int64_t)0, (int64_t)(c && c->all_topics),
		       c ? str_or(c->frequency, "each") : NULL, c ? c->language : NULL))
		return false;
	letter = subscribe_confirmation(
		op, arena, list, &to_say,
		&(struct confirmation_words){m->address, token, wording});
	letter.once = arena_printf(arena, "confirm:%" PRId64, store_last_id(op->store));
	return notification_queue(op, &letter, NULL, err);
}

static bool may_ask_again(struct operation *op, int64_t subscription_id, bool *out,
			  struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_CONFIRMATION_COUNTS, "ii",
		       subscription_id, op->now - DAY_S))
		return false;
	*out = row_int(&row, "recent") == 0 &&
	       row_int(&row, "total") < op->settings->confirm_most;
	return true;
}

/*
 * Nothing is to be done for this address; on the page the same is done all the same for
 * one that nobody has, and undone: whoever measures how long it took learns nothing.
 */
static bool ask_in_vain(struct operation *op, const struct list *list,
			const struct subscribe_ask *ask, struct err *err)
{
	char token[SECRET_RANDOM_LEN + 1], address[SECRET_RANDOM_LEN + 32];
	enum subscribe_result ignored;
	struct subscribe_ask again = *ask;
	AUTO(store_txn) undone = NULL;

	if (!ask->choice)
		return true;
	again.in_vain = true;
	secret_random_token(token);
	(void)snprintf(address, sizeof(address), "%s@nobody.invalid", token);
	undone = store_begin(op->store, err);
	return undone && subscribe_ask(op, list, address, NULL, &again, &ignored, err);
}

/* One mailbox hears of few lists a day, whatever tags it writes behind its name. */
static bool may_write_to(struct operation *op, const struct subscription *m,
			 const struct subscribe_ask *ask, enum mail_notification kind,
			 bool *out, struct err *err)
{
	*out = true;
	return ask->in_vain ||
	       notification_allowed(op, m->address, kind, JOINS_MOST, out, err);
}

static bool ask_closed(struct operation *op, const struct list *list,
		       struct subscription *m, const struct subscribe_ask *ask,
		       enum subscribe_result *out, struct err *err)
{
	const struct topic_choice *c = ask->choice;
	bool may;

	*out = SUBSCRIBE_WAITS;
	if (str_eq(m->state, "requested"))
		return ask_in_vain(op, list, ask, err);
	if (!may_write_to(op, m, ask, NOTIFICATION_CLOSED_REQUEST, &may, err))
		return false;
	if (!may) {
		*out = SUBSCRIBE_TOO_OFTEN;
		return ask_in_vain(op, list, ask, err);
	}
	if (!subscription_enter(op, list, m, "requested", SUBSCRIPTION_STARTED_BEFORE,
				err) ||
	    (c &&
	     (!store_run(op->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
			 m->subscription_id, c->topics, (int64_t)c->all_topics,
			 op->now) ||
	      !store_run(op->store, err, SQL_SUBSCRIPTION_FREQUENCY_SET, "iti",
			 m->subscription_id, str_or(c->frequency, "each"), op->now))))
		return false;
	return subscription_evidence(
		       op, m->subscription_id,
		       &(struct evidence){.act = "asked",
					  .how = ask->how,
					  .wording_id = c ? c->wording_id : 0,
					  .inbound_id = ask->inbound_id},
		       err) &&
	       subscription_tell(
		       op, list, m,
		       &(struct subscription_letter){.kind = NOTIFICATION_CLOSED_REQUEST,
						     .once = op->now / DAY_S,
						     .inbound_id = ask->inbound_id,
						     .in_reply_to = ask->in_reply_to},
		       err) &&
	       audit_record(op, err, "join requested", "subscription", m->subscription_id,
			    "list %s", list->name);
}

static bool ask_open(struct operation *op, const struct list *list,
		     struct subscription *m, const struct subscribe_ask *ask,
		     enum subscribe_result *out, struct err *err)
{
	const struct topic_choice *c = ask->choice;
	bool may = true;

	if ((m->subscription_id && !may_ask_again(op, m->subscription_id, &may, err)) ||
	    (may && !may_write_to(op, m, ask, NOTIFICATION_CONFIRM, &may, err)))
		return false;
	*out = may ? SUBSCRIBE_ASKED : SUBSCRIBE_TOO_OFTEN;
	if (!may)
		return ask_in_vain(op, list, ask, err);
	return subscription_enter(op, list, m, "pending", SUBSCRIPTION_STARTED_BEFORE,
				  err) &&
	       subscription_evidence(
		       op, m->subscription_id,
		       &(struct evidence){.act = "asked",
					  .how = ask->how,
					  .wording_id = c && c->wording_id
								? c->wording_id
								: list->wording_id,
					  .inbound_id = ask->inbound_id},
		       err) &&
	       send_confirmation(op, list, m, ask, err) &&
	       audit_record(op, err, "join asked", "subscription", m->subscription_id,
			    "list %s, by %s", list->name, ask->how);
}

static bool ask_now(struct operation *op, const struct list *list, const char *address,
		    const char *name, const struct subscribe_ask *ask,
		    enum subscribe_result *out, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct subscription m;
	bool barred;

	if (!address_is_barred(op, address, &barred, err))
		return false;
	*out = SUBSCRIBE_BARRED;
	if (barred) /* and nothing of theirs is kept */
		return ask_in_vain(op, list, ask, err);
	if (!subscription_load(op, arena, list,
			       &(struct subscription_who){.address = address,
							  .name = name,
							  .missing = SUBSCRIPTION_MAKE},
			       &m, err))
		return false;
	if (str_eq(m.state, "active") || str_eq(m.state, "paused")) {
		*out = SUBSCRIBE_ALREADY;
		return subscription_tell(op, list, &m,
					 &(struct subscription_letter){
						 .kind = NOTIFICATION_ALREADY_SUBSCRIBED,
						 .once = op->now / DAY_S,
						 .inbound_id = ask->inbound_id,
						 .in_reply_to = ask->in_reply_to},
					 err) &&
		       ask_in_vain(op, list, ask, err);
	}
	if (str_eq(m.state, "suppressed"))
		return ask_in_vain(op, list, ask, err);
	return list->is_open ? ask_open(op, list, &m, ask, out, err)
			     : ask_closed(op, list, &m, ask, out, err);
}

/* Whom nothing is sent to, of them nothing new is kept either. */
bool subscribe_ask(struct operation *op, const struct list *list, const char *address,
		   const char *name, const struct subscribe_ask *ask,
		   enum subscribe_result *out, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);

	return t && ask_now(op, list, address, name, ask, out, err) &&
	       (*out == SUBSCRIBE_TOO_OFTEN || store_commit(&t, err));
}

bool subscribe_request(struct operation *op, const struct list *list, int64_t inbound_id,
		       const struct mail_message *m, enum subscribe_result *out,
		       struct err *err)
{
	struct subscribe_ask ask = {
		.how = "mail", .inbound_id = inbound_id, .in_reply_to = m->message_id};
	AUTO(store_txn) t = store_begin(op->store, err);

	return t &&
	       subscribe_ask(op, list, str_or(m->from.address, ""), m->from.name, &ask,
			     out, err) &&
	       store_commit(&t, err);
}

/* What was chosen on the page, now that it is confirmed; *out_basis says it in words. */
static bool take_choice(struct operation *op, struct arena *arena,
			const struct list *list, const struct subscription *m,
			const struct topic_choice *c, const char **out_basis,
			struct err *err)
{
	*out_basis = "consent";
	if (!c)
		return true;
	*out_basis =
		arena_printf(arena, "consent; %s; topics %s", c->frequency,
			     topics_text(list, arena, c->topics,
					 c->all_topics ? TOPICS_ALL : TOPICS_CHOSEN));
	return store_run(op->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
			 m->subscription_id, c->topics, (int64_t)c->all_topics,
			 op->now) &&
	       store_run(op->store, err, SQL_SUBSCRIPTION_FREQUENCY_SET, "iti",
			 m->subscription_id, c->frequency, op->now) &&
	       (!c->language || store_run(op->store, err, SQL_PERSON_LANGUAGE_SET, "it",
					  m->person_id, c->language));
}

static bool confirm(struct operation *op, struct arena *arena, const struct list *list,
		    struct subscription *m, const struct store_row *row,
		    const struct topic_choice *choice, const char *how,
		    int64_t inbound_id, struct err *err)
{
	const char *basis;

	if (choice && choice->language)
		m->language = choice->language;
	return store_run(op->store, err, SQL_CONFIRMATION_USE, "ii", row_int(row, "id"),
			 op->now) &&
	       subscription_void_questions(op, m->subscription_id, err) &&
	       subscription_state(op, m->subscription_id, "active",
				  SUBSCRIPTION_STARTS_NOW, err) &&
	       take_choice(op, arena, list, m, choice, &basis, err) &&
	       suppression_lift_own(op, m->address, err) &&
	       subscription_evidence(
		       op, m->subscription_id,
		       &(struct evidence){.act = "confirmed",
					  .how = how,
					  .wording_id = row_int(row, "wording_id"),
					  .inbound_id = inbound_id,
					  .basis = basis,
					  .given_at = op->now},
		       err) &&
	       subscription_tell(
		       op, list, m,
		       &(struct subscription_letter){.kind = NOTIFICATION_WELCOME,
						     .once = row_int(row, "id"),
						     .inbound_id = inbound_id},
		       err) &&
	       audit_record(op, err, "join confirmed", "subscription", m->subscription_id,
			    "list %s, by %s", list->name, how);
}

/* What was asked by that token, as it is. *out CONFIRM_DONE: it waits for an answer. */
struct asked {
	struct store_row row;
	struct list list;
	struct subscription of;
};

static bool find_asked(struct operation *op, struct arena *arena, const char *token,
		       struct asked *asked, enum confirm_result *out, struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	secret_sha256(token, strlen(token), hash);
	if (!store_one(op->store, arena, &asked->row, err, SQL_CONFIRMATION_BY_HASH, "b",
		       hash, sizeof(hash))) {
		*out = CONFIRM_UNKNOWN;
		return err_forgive(err, ERR_ABSENT);
	}
	if (!subscription_of(op, arena, row_int(&asked->row, "subscription_id"),
			     &asked->list, &asked->of, err))
		return false;
	*out = CONFIRM_DONE;
	return true;
}

bool subscribe_confirm(struct operation *op, const char *token, const char *how,
		       int64_t inbound_id, enum confirm_result *out, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct subscribe_ask ask = {.how = how, .inbound_id = inbound_id};
	enum subscribe_result again;
	struct asked a;

	if (!t || !find_asked(op, arena, token, &a, out, err))
		return false;
	if (*out == CONFIRM_UNKNOWN)
		return true;
	if (!row_null(&a.row, "used_at") || !str_eq(a.of.state, "pending")) {
		*out = CONFIRM_USED;
		return true;
	}
	ask.choice = subscribe_choice(arena, &a.row);
	if (row_int(&a.row, "expires_at") < op->now) {
		*out = CONFIRM_EXPIRED;
		return ask_open(op, &a.list, &a.of, &ask, &again, err) &&
		       store_commit(&t, err);
	}
	return confirm(op, arena, &a.list, &a.of, &a.row, ask.choice, how, inbound_id,
		       err) &&
	       store_commit(&t, err);
}

bool subscribe_refuse(struct operation *op, const char *token, int64_t inbound_id,
		      enum confirm_result *out, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct asked a;

	if (!t || !find_asked(op, arena, token, &a, out, err))
		return false;
	if (*out == CONFIRM_UNKNOWN)
		return true;
	if (!str_eq(a.of.state, "pending")) {
		*out = CONFIRM_USED;
		return true;
	}
	return subscription_state(op, a.of.subscription_id, "unsubscribed",
				  SUBSCRIPTION_STARTED_BEFORE, err) &&
	       subscription_void_questions(op, a.of.subscription_id, err) &&
	       subscription_evidence(
		       op, a.of.subscription_id,
		       &(struct evidence){.act = "refused",
					  .how = "mail",
					  .wording_id = row_int(&a.row, "wording_id"),
					  .inbound_id = inbound_id,
					  .basis = "answered the confirmation with no",
					  .given_at = op->now},
		       err) &&
	       audit_record(op, err, "join refused", "subscription", a.of.subscription_id,
			    "list %s, by mail", a.list.name) &&
	       store_commit(&t, err);
}

bool subscribe_again(struct operation *op, const struct list *list,
		     const struct subscription *m, int64_t wording_id, const char *basis,
		     struct err *err)
{
	bool barred, may;

	if (!address_is_barred(op, m->address, &barred, err))
		return false;
	if (barred)
		return err_set(err, ERR_CONFLICT,
			       "we were asked not to write to this address");
	return subscription_void_questions(op, m->subscription_id, err) &&
	       subscription_state(op, m->subscription_id, "active",
				  SUBSCRIPTION_STARTS_NOW, err) &&
	       suppression_lift_own(op, m->address, err) &&
	       subscription_evidence(op, m->subscription_id,
				     &(struct evidence){.act = "confirmed",
							.how = "page",
							.wording_id = wording_id,
							.basis = basis,
							.given_at = op->now},
				     err) &&
	       notification_allowed(op, m->address, NOTIFICATION_WELCOME, RETURNS_MOST,
				    &may, err) &&
	       (!may || subscription_tell(op, list, m,
					  &(struct subscription_letter){
						  .kind = NOTIFICATION_WELCOME,
						  .why = "You came back by yourself.",
						  .once = store_last_id(op->store)},
					  err)) &&
	       audit_record(op, err, "came back", "subscription", m->subscription_id,
			    "list %s, by page", list->name);
}

bool unsubscribe(struct operation *op, int64_t subscription_id,
		 const struct unsubscribe_how *by, bool *out_left, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct list list;
	struct subscription m;

	if (!t || !subscription_of(op, arena, subscription_id, &list, &m, err))
		return false;
	*out_left = subscription_listed(m.state);
	if (!*out_left)
		return true;
	return subscription_leaves(
		       op, &list, &m,
		       &(struct subscription_leaving){.act = "unsubscribed",
						      .how = by->how,
						      .inbound_id = by->inbound_id,
						      .reason = by->reason},
		       err) &&
	       store_commit(&t, err);
}

static bool gets_mails(const char *state)
{
	return str_eq(state, "active") || str_eq(state, "paused") ||
	       str_eq(state, "bouncing");
}

/* Answers go to the owner and not to the token's address: a robot would leave for them. */
static bool ask_to_leave(struct operation *op, struct arena *arena,
			 const struct list *list, const struct subscription *m,
			 int64_t inbound_id, enum unsubscribe_result *out,
			 struct err *err)
{
	char token[SECRET_TOKEN_LEN + 1];
	struct notification letter;
	bool may;

	if (!notification_allowed(op, m->address, NOTIFICATION_LEAVE_ASKED, ASKED_MOST,
				  &may, err))
		return false;
	*out = may ? UNSUBSCRIBE_ASKED : UNSUBSCRIBE_TOO_OFTEN;
	if (!may)
		return true;
	secret_token(op->key, "leave", m->subscription_id, token);
	letter = (struct notification){
		.kind = NOTIFICATION_LEAVE_ASKED,
		.once = arena_printf(arena, "leave-asked:%" PRId64 ":%" PRId64,
				     m->subscription_id, inbound_id),
		.to_address = m->address,
		.language = m->language,
		.from_address = list->address,
		.from_name = list->from_name,
		.reply_to = list->owner,
		.leave_token = token,
		.list = list,
		.inbound_id = inbound_id,
		.values.leave_address = address_with(
			arena, list->address, arena_printf(arena, "leave-%s", token)),
	};
	return notification_queue(op, &letter, NULL, err) &&
	       audit_record(op, err, "asked whether to leave", "subscription",
			    m->subscription_id, "list %s", list->name);
}

bool unsubscribe_address(struct operation *op, const struct list *list,
			 const char *address, int64_t inbound_id,
			 enum unsubscribe_result *out, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct notification letter;
	struct subscription m = {.state = ""};
	bool may;

	if (!t)
		return false;
	if (!subscription_load(op, arena, list,
			       &(struct subscription_who){.address = address,
							  .missing = SUBSCRIPTION_FIND},
			       &m, err) &&
	    !err_forgive(err, ERR_ABSENT))
		return false;
	if (gets_mails(m.state))
		return ask_to_leave(op, arena, list, &m, inbound_id, out, err) &&
		       store_commit(&t, err);
	if (subscription_listed(m.state)) {
		*out = UNSUBSCRIBE_LEFT;
		return subscription_leaves(
			       op, list, &m,
			       &(struct subscription_leaving){.act = "unsubscribed",
							      .how = "mail",
							      .inbound_id = inbound_id},
			       err) &&
		       store_commit(&t, err);
	}
	*out = UNSUBSCRIBE_NOTHING;
	if (m.subscription_id)
		return true; /* left before: one confirmation was enough */
	if (!notification_allowed(op, address, NOTIFICATION_NOT_SUBSCRIBED, 1, &may, err))
		return false;
	if (!may)
		return true;
	letter = (struct notification){
		.kind = NOTIFICATION_NOT_SUBSCRIBED,
		.once = arena_printf(arena, "not-subscribed:%" PRId64, inbound_id),
		.to_address = address,
		.from_address = list->address,
		.from_name = list->from_name,
		.reply_to = list->owner,
		.list = list,
		.inbound_id = inbound_id,
	};
	return notification_queue(op, &letter, NULL, err) && store_commit(&t, err);
}

bool subscription_find(struct operation *op, struct arena *arena, const struct list *list,
		       const char *address, struct store_row *out, struct err *err)
{
	const char *key, *plain;

	if (!address_read(arena, address, &key, &plain, err))
		return false;
	if (store_one(op->store, arena, out, err, SQL_SUBSCRIPTION_BY_KEY, "it", list->id,
		      key))
		return true;
	return err->kind == ERR_ABSENT
		       ? err_set(err, ERR_ABSENT, "%s is not on the list %s", plain,
				 list->name)
		       : false;
}
