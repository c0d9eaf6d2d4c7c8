#include "domain/subscribers/subscription.h"
#include "domain/subscribers/link.h"
#include "domain/subscribers/subscribe_private.h"
#include "base/str.h"
#include "domain/admin/notification.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/core/language.h"
#include "domain/core/skip.h"

#include <inttypes.h>

enum { LEFT_MOST = 10 }; /* a day, to one address */

/* The same of whoever is on another list: who runs this one must not learn of that. */
static bool not_on_it(const struct list *list, const char *address, struct err *err)
{
	return err_set(err, ERR_ABSENT, "%s is not on the list %s", address, list->name);
}

bool subscription_load(struct operation *op, struct arena *arena, const struct list *list,
		       const struct subscription_who *who, struct subscription *out,
		       struct err *err)
{
	bool make = who->missing == SUBSCRIPTION_MAKE;
	const char *plain, *key, *name;
	struct store_row row;

	if (!address_read(arena, who->address, &key, &plain, err))
		return false;
	name = address_name_clean(arena, who->name);
	*out = (struct subscription){.address = plain, .name = name, .state = ""};
	if (store_one(op->store, arena, &row, err, SQL_PERSON_BY_KEY, "t", key)) {
		out->person_id = row_int(&row, "id");
		out->language = row_text(&row, "language");
		/* Anybody may write a name beside an address: only the staff's is taken. */
		out->name = str_or(row_text(&row, "name"), op->staff_id ? name : NULL);
		if (make && name && op->staff_id &&
		    !store_run(op->store, err, SQL_PERSON_NAME_FILL, "iti",
			       out->person_id, name, list->id))
			return false;
	} else if (!err_forgive(err, ERR_ABSENT)) {
		return false;
	} else if (!make) {
		return not_on_it(list, plain, err);
	} else {
		if (!store_run(op->store, err, SQL_PERSON_ADD, "ttti", plain, key, name,
			       op->now))
			return false;
		out->person_id = store_last_id(op->store);
	}
	if (store_one(op->store, arena, &row, err, SQL_SUBSCRIPTION_OF, "ii", list->id,
		      out->person_id)) {
		out->subscription_id = row_int(&row, "id");
		out->state = row_text(&row, "state");
		return true;
	}
	return err_forgive(err, ERR_ABSENT) && (make || not_on_it(list, plain, err));
}

bool subscription_state(struct operation *op, int64_t subscription_id, const char *state,
			enum subscription_start start, struct err *err)
{
	return store_run(
		op->store, err, SQL_SUBSCRIPTION_STATE_SET, "itii", subscription_id,
		state, start == SUBSCRIPTION_STARTS_NOW ? op->now : (int64_t)0, op->now);
}

bool subscription_enter(struct operation *op, const struct list *list,
			struct subscription *m, const char *state,
			enum subscription_start start, struct err *err)
{
	if (m->subscription_id)
		return subscription_state(op, m->subscription_id, state, start, err);
	if (!store_run(op->store, err, SQL_SUBSCRIPTION_ADD, "iitiizi", list->id,
		       m->person_id, state, (int64_t)0, (int64_t)1,
		       start == SUBSCRIPTION_STARTS_NOW ? op->now : (int64_t)0, op->now))
		return false;
	m->subscription_id = store_last_id(op->store);
	return true;
}

bool subscription_evidence(struct operation *op, int64_t subscription_id,
			   const struct evidence *evidence, struct err *err)
{
	return store_run(op->store, err, SQL_EVIDENCE_ADD, "iittzzztz", subscription_id,
			 op->now, evidence->act, evidence->how, evidence->wording_id,
			 evidence->inbound_id, op->staff_id, evidence->basis,
			 evidence->given_at);
}

bool subscription_void_questions(struct operation *op, int64_t subscription_id,
				 struct err *err)
{
	return store_run(op->store, err, SQL_CONFIRMATION_VOID, "ii", subscription_id,
			 op->now);
}

/* Whom we welcome has that mailbox, so they need no other mail to come to their own page. */
static bool give_own_page(struct operation *op, struct arena *arena,
			  const struct subscription *m, struct notification *letter,
			  struct err *err)
{
	int64_t until = op->now + op->settings->link_expires_s;
	char token[SECRET_RANDOM_LEN + 1];

	if (!own_link_make(op, "preferences", m->person_id, 0, token, err))
		return false;
	letter->values.choose_url =
		arena_printf(arena, "%s/manage/%s", op->settings->base_url, token);
	letter->values.expires =
		long_time(op, arena, m->language, until, op->settings->zone);
	return true;
}

bool subscription_tell(struct operation *op, const struct list *list,
		       const struct subscription *m,
		       const struct subscription_letter *tell, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	bool is_subscriber = tell->kind == NOTIFICATION_WELCOME ||
			     tell->kind == NOTIFICATION_ALREADY_SUBSCRIBED;
	char token[SECRET_TOKEN_LEN + 1];
	struct notification letter;

	secret_token(op->key, "leave", m->subscription_id, token);
	letter = (struct notification){
		.kind = tell->kind,
		.once = arena_printf(arena, "%s:%" PRId64 ":%" PRId64,
				     mail_notification_name(tell->kind),
				     m->subscription_id, tell->once),
		.to_address = m->address,
		.language = m->language,
		.from_address = list->address,
		.from_name = list->from_name,
		.reply_to = list->address,
		.in_reply_to = tell->in_reply_to,
		.leave_token = is_subscriber ? token : NULL,
		.list = list,
		.inbound_id = tell->inbound_id,
		.values = {.why = tell->why},
	};
	if (is_subscriber)
		letter.values.leave_address = address_with(
			arena, list->address, arena_printf(arena, "leave-%s", token));
	if (tell->kind == NOTIFICATION_WELCOME &&
	    !give_own_page(op, arena, m, &letter, err))
		return false;
	return notification_queue(op, &letter, NULL, err);
}

bool subscription_of(struct operation *op, struct arena *arena, int64_t subscription_id,
		     struct list *list, struct subscription *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_SUBSCRIPTION_BY_ID, "i",
		       subscription_id))
		return false;
	*out = (struct subscription){
		.person_id = row_int(&row, "person_id"),
		.subscription_id = subscription_id,
		.address = row_text(&row, "address"),
		.name = row_text(&row, "name"),
		.language = row_text(&row, "language"),
		.state = row_text(&row, "state"),
	};
	return list_by_id(op, arena, row_int(&row, "list_id"), list, err);
}

/*
 * Forged mails may join and leave a stranger all day: they hear of it this often. A
 * letter that cannot be made keeps nobody on a list.
 */
static bool tell_left(struct operation *op, const struct list *list,
		      const struct subscription *m, int64_t evidence_id,
		      int64_t inbound_id, struct err *err)
{
	bool may;

	return notification_allowed(op, m->address, NOTIFICATION_LEFT, LEFT_MOST, &may,
				    err) &&
	       (!may ||
		subscription_tell(op, list, m,
				  &(struct subscription_letter){.kind = NOTIFICATION_LEFT,
								.once = evidence_id,
								.inbound_id = inbound_id},
				  err) ||
		notification_unmade(err));
}

bool subscription_leaves(struct operation *op, const struct list *list,
			 const struct subscription *m,
			 const struct subscription_leaving *leaving, struct err *err)
{
	int64_t evidence_id;

	if (!subscription_state(op, m->subscription_id, "unsubscribed",
				SUBSCRIPTION_STARTED_BEFORE, err) ||
	    !subscription_evidence(op, m->subscription_id,
				   &(struct evidence){.act = leaving->act,
						      .how = leaving->how,
						      .inbound_id = leaving->inbound_id,
						      .basis = leaving->reason},
				   err))
		return false;
	evidence_id = store_last_id(op->store);
	return subscription_void_questions(op, m->subscription_id, err) &&
	       store_run(op->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit",
			 m->subscription_id, op->now, skip_name(SKIP_LEFT)) &&
	       tell_left(op, list, m, evidence_id, leaving->inbound_id, err) &&
	       audit_record(op, err, "unsubscribed", "subscription", m->subscription_id,
			    "list %s, by %s", list->name, leaving->how);
}

bool subscription_listed(const char *state)
{
	return str_eq(state, "active") || str_eq(state, "paused") ||
	       str_eq(state, "pending") || str_eq(state, "requested") ||
	       str_eq(state, "bouncing");
}

const struct topic_choice *subscribe_choice(struct arena *arena,
					    const struct store_row *row)
{
	struct topic_choice *c;

	if (row_null(row, "frequency"))
		return NULL;
	c = arena_make(arena, struct topic_choice, 1);
	*c = (struct topic_choice){
		.topics = row_int(row, "topics"),
		.all_topics = row_int(row, "all_topics") == 1,
		.frequency = row_text(row, "frequency"),
		.language = row_text(row, "language"),
		.wording_id = row_int(row, "wording_id"),
	};
	return c;
}

bool subscribe_kept(struct operation *op, struct arena *arena, int64_t subscription_id,
		    const struct topic_choice **out, struct err *err)
{
	struct topic_choice *c = arena_make(arena, struct topic_choice, 1);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_SUBSCRIPTION_BY_ID, "i",
		       subscription_id))
		return false;
	*c = (struct topic_choice){
		.topics = row_int(&row, "topics"),
		.all_topics = row_int(&row, "all_topics") == 1,
		.frequency = row_text(&row, "frequency"),
	};
	*out = c;
	return true;
}

/* The letter with the question, and nothing that its sender wrote: not even a name. */
struct notification subscribe_confirmation(struct operation *op, struct arena *arena,
					   const struct list *list,
					   const struct subscribe_ask *ask,
					   const struct confirmation_words *words)
{
	const struct topic_choice *c = ask->choice ? ask->choice : ask->kept;
	const char *language = ask->choice ? ask->choice->language : NULL;
	const char *frequency = NULL;
	int64_t until = op->now + op->settings->confirm_expires_s;

	if (c && str_eq(c->frequency, "weekly"))
		frequency = "once a week";
	else if (c && str_eq(c->frequency, "monthly"))
		frequency = "once a month";
	return (struct notification){
		.kind = NOTIFICATION_CONFIRM,
		.once = "confirm:0",
		.to_address = words->address,
		.language = language,
		.from_address = list->address,
		.from_name = list->from_name,
		.reply_to = address_with(arena, list->address,
					 arena_printf(arena, "confirm-%s", words->token)),
		.in_reply_to = ask->in_reply_to,
		.list = list,
		.inbound_id = ask->inbound_id,
		.values = {.confirm_by_reply = true,
			   .confirm_url =
				   arena_printf(arena, "%s/confirm/%s",
						op->settings->base_url, words->token),
			   .expires = long_time(op, arena, language, until,
						op->settings->zone),
			   .topics = c && !c->all_topics
					     ? topics_titles(list, arena, c->topics)
					     : NULL,
			   .frequency = frequency,
			   .wording = words->wording},
	};
}

bool subscribe_notification(struct operation *op, struct arena *arena, const char *token,
			    struct mail_notification_text *out, struct err *err)
{
	struct operation then = *op;
	struct subscribe_ask ask = {.how = "mail"};
	struct mail_notification_text said = {0};
	unsigned char hash[SECRET_SHA256_BYTES];
	struct store_row row, wording, sent;
	struct notification letter;
	struct subscription m;
	struct list list;

	secret_sha256(token, strlen(token), hash);
	*out = said;
	if (!store_one(op->store, arena, &row, err, SQL_CONFIRMATION_BY_HASH, "b", hash,
		       sizeof(hash)))
		return err_forgive(err, ERR_ABSENT);
	if (!subscription_of(op, arena, row_int(&row, "subscription_id"), &list, &m,
			     err) ||
	    !store_one(op->store, arena, &wording, err, SQL_WORDING_BY_ID, "i",
		       row_int(&row, "wording_id")))
		return false;
	ask.choice = subscribe_choice(arena, &row);
	if (!ask.choice && !subscribe_kept(op, arena, m.subscription_id, &ask.kept, err))
		return false;
	then.now = row_int(&row, "created_at");
	letter = subscribe_confirmation(
		&then, arena, &list, &ask,
		&(struct confirmation_words){m.address, token,
					     row_text(&wording, "text")});
	if (!notification_says(&then, arena, &letter, &said, err) &&
	    !notification_unmade(err))
		return false;
	letter.once = arena_printf(arena, "confirm:%" PRId64, row_int(&row, "id"));
	if (store_one(op->store, arena, &sent, err, SQL_NOTIFICATION_KNOWN, "t",
		      letter.once))
		said.subject = str_or(row_text(&sent, "subject"), said.subject);
	else if (!err_forgive(err, ERR_ABSENT))
		return false;
	*out = said;
	return true;
}

bool self_service_note(struct operation *op, const struct self_service *self,
		       const char *act, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_PERSON_SUBSCRIPTIONS, "i",
		       self->person_id))
		return false;
	const char *asked = str_empty(self->asked)
				    ? NULL
				    : arena_printf(arena, "they asked: %s", self->asked);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!subscription_evidence(op, row_int(&row, "id"),
					   &(struct evidence){.act = act,
							      .how = self->how,
							      .basis = asked},
					   err))
			return false;
	}
	return audit_record(op, err, act, "person", self->person_id, "by %s", self->how);
}
