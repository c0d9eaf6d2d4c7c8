#include "domain/subscribers/preferences.h"
#include "base/clock.h"
#include "base/str.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/core/language.h"
#include "domain/core/schedule.h"
#include "domain/core/skip.h"
#include "domain/subscribers/link.h"
#include "domain/subscribers/subscribe_private.h"
#include "domain/subscribers/subscription.h"

#include <inttypes.h>

enum { SOME = 200, REASON_MOST = 200 };

const char *const frequencies[] = {"each", "weekly", "monthly", NULL};

static struct notification link_letter(struct operation *op, struct arena *arena,
				       const char *address, const char *language,
				       const char *token, int64_t id)
{
	int64_t until = op->now + op->settings->link_expires_s;

	return (struct notification){
		.kind = NOTIFICATION_MANAGE,
		.once = arena_printf(arena, "manage:%" PRId64, id),
		.to_address = address,
		.language = language,
		.values = {.manage_url = arena_printf(arena, "%s/manage/%s",
						      op->settings->base_url, token),
			   .expires = long_time(op, arena, language, until,
						op->settings->zone)},
	};
}

bool preferences_link_ask(struct operation *op, const char *address, const char *language,
			  struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	char token[SECRET_RANDOM_LEN + 1];
	const char *key, *plain;
	struct notification letter;
	struct store_row person;
	bool known, may;

	if (!address_read(arena, address, &key, &plain, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !page_ask_note(op, "manage", key, ASKS_A_DAY, &may, err))
		return false;
	known = store_one(op->store, arena, &person, err, SQL_PERSON_BY_KEY, "t", key);
	if (!known && !err_forgive(err, ERR_ABSENT))
		return false;
	if (!known || !may) {
		secret_random_token(token);
		letter = link_letter(op, arena, plain, language, token, 0);
		return notification_from_us(op, arena, &letter, err) &&
		       notification_spend(op, &letter, err) && store_commit(&t, err);
	}
	if (!own_link_make(op, "preferences", row_int(&person, "id"), 0, token, err))
		return false;
	letter = link_letter(op, arena, row_text(&person, "address"),
			     str_or(language, row_text(&person, "language")), token,
			     store_last_id(op->store));
	return notification_from_us(op, arena, &letter, err) &&
	       notification_queue(op, &letter, NULL, err) &&
	       audit_record(op, err, "manage link asked", "person",
			    row_int(&person, "id"), "%s", "") &&
	       store_commit(&t, err);
}

bool preferences_open(struct operation *op, const char *token,
		      enum token_state *out_state, struct self_service *out,
		      struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct store_row row;

	if (!own_link_find(op, arena, token, out_state, &row, err))
		return false;
	if (*out_state != TOKEN_UNKNOWN &&
	    !str_eq(row_text(&row, "purpose"), "preferences"))
		*out_state = TOKEN_UNKNOWN;
	if (*out_state == TOKEN_GOOD)
		*out = (struct self_service){.person_id = row_int(&row, "person_id"),
					     .how = "page"};
	return true;
}

bool preferences_of_address(struct operation *op, const char *address,
			    struct self_service *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	const char *key, *plain;
	struct store_row row;

	if (!needs_staff(op, err) || !address_read(arena, address, &key, &plain, err))
		return false;
	if (!store_one(op->store, arena, &row, err, SQL_PERSON_BY_KEY, "t", key))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "nobody here has the address %s", plain)
			       : false;
	*out = (struct self_service){.person_id = row_int(&row, "id"), .how = "staff"};
	return true;
}

bool preferences_load(struct operation *op, struct arena *arena,
		      const struct self_service *self, struct subscriber_mail *out,
		      struct err *err)
{
	struct store_table t;
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_PERSON_BY_ID, "i",
		       self->person_id) ||
	    !store_all(op->store, arena, &t, err, SQL_PERSON_SUBSCRIPTIONS, "i",
		       self->person_id))
		return false;
	*out = (struct subscriber_mail){
		.id = self->person_id,
		.address = row_text(&row, "address"),
		.name = row_text(&row, "name"),
		.language = language_for(op, row_text(&row, "language")),
		.subscriptions = arena_make(arena, struct preferences_of, t.count),
		.count = t.count,
	};
	for (size_t i = 0; i < t.count; i++) {
		struct preferences_of *s = &out->subscriptions[i];
		struct store_row r = table_row(&t, i);

		s->id = row_int(&r, "id");
		s->state = row_text(&r, "state");
		s->topics = row_int(&r, "topics");
		s->all_topics = row_int(&r, "all_topics") == 1;
		s->frequency = row_text(&r, "frequency");
		if (str_eq(s->state, "paused"))
			s->paused_until = row_null(&r, "paused_until")
						  ? FOR_EVER
						  : row_int(&r, "paused_until");
		s->next_digest_at = digest_next(op->settings, s->frequency, op->now);
		if (!list_by_id(op, arena, row_int(&r, "list_id"), &s->list, err))
			return false;
	}
	return true;
}

/* One of their subscriptions. */
struct own {
	struct list list;
	struct subscription m;
	struct store_row row;
};

static bool find_own(struct operation *op, struct arena *arena,
		     const struct self_service *self, int64_t subscription_id,
		     struct own *out, struct err *err)
{
	if (!subscription_of(op, arena, subscription_id, &out->list, &out->m, err) ||
	    out->m.person_id != self->person_id)
		return err->kind == ERR_SYSTEM || err->kind == ERR_AGAIN
			       ? false
			       : err_set(err, ERR_ABSENT,
					 "there is no such subscription of yours");
	return store_one(op->store, arena, &out->row, err, SQL_SUBSCRIPTION_BY_ID, "i",
			 subscription_id);
}

/* One that gets the updates, or has them paused; ERR_CONFLICT for any other. */
static bool find_current(struct operation *op, struct arena *arena,
			 const struct self_service *self, int64_t subscription_id,
			 struct own *out, struct err *err)
{
	const char *state;

	if (!find_own(op, arena, self, subscription_id, out, err))
		return false;
	state = out->m.state;
	return str_eq(state, "active") || str_eq(state, "paused") ||
	       err_set(err, ERR_CONFLICT,
		       "%s is not on the list %s now (state: %s); join it first",
		       out->m.address, out->list.name, state);
}

static bool note(struct operation *op, const struct self_service *self,
		 int64_t subscription_id, const char *act, const char *basis,
		 struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	const char *evidence =
		str_empty(self->asked) ? basis
		: basis ? arena_printf(arena, "%s; they asked: %s", basis, self->asked)
			: arena_printf(arena, "they asked: %s", self->asked);

	return subscription_evidence(op, subscription_id,
				     &(struct evidence){.act = act,
							.how = self->how,
							.basis = evidence},
				     err) &&
	       audit_record(op, err, act, "subscription", subscription_id, "by %s%s%s",
			    self->how, basis ? ": " : "", str_or(basis, ""));
}

bool preferences_topics(struct operation *op, const struct self_service *self,
			int64_t subscription_id, int64_t topics, enum topics_which which,
			struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct own s;

	if (!t || !find_current(op, arena, self, subscription_id, &s, err))
		return false;
	if (!topics)
		which = TOPICS_ALL;
	if (which == TOPICS_ALL)
		topics = 0;
	if (topics < 0 || topics >> s.list.topic_count)
		return err_set(err, ERR_INPUT, "the list %s has no such topic",
			       s.list.name);
	if (row_int(&s.row, "topics") == topics &&
	    row_int(&s.row, "all_topics") == (int64_t)(which == TOPICS_ALL))
		return true;
	return store_run(op->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
			 subscription_id, topics, (int64_t)(which == TOPICS_ALL),
			 op->now) &&
	       note(op, self, subscription_id, "topics",
		    topics_text(&s.list, arena, topics, which), err) &&
	       store_commit(&t, err);
}

bool preferences_frequency(struct operation *op, const struct self_service *self,
			   int64_t subscription_id, const char *frequency,
			   struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct own s;

	if (str_empty(frequency) ||
	    !domain_word_check("frequency", frequency, frequencies, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !find_current(op, arena, self, subscription_id, &s, err))
		return false;
	if (str_eq(row_text(&s.row, "frequency"), frequency))
		return true;
	if (!str_eq(frequency, "each") &&
	    !store_run(op->store, err, SQL_DELIVERY_TO_DIGEST, "iit", subscription_id,
		       digest_next(op->settings, frequency, op->now), frequency))
		return false;
	return store_run(op->store, err, SQL_SUBSCRIPTION_FREQUENCY_SET, "iti",
			 subscription_id, frequency, op->now) &&
	       note(op, self, subscription_id, "frequency", frequency, err) &&
	       store_commit(&t, err);
}

bool preferences_pause(struct operation *op, const struct self_service *self,
		       int64_t subscription_id, const char *until_day, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct own s;
	int64_t until = 0;

	if (!str_empty(until_day) &&
	    !clock_day_start(until_day, op->settings->zone, &until, err))
		return false;
	if (until && until <= op->now)
		return err_set(err, ERR_INPUT,
			       "%s is not a day to come; choose a later one", until_day);
	t = store_begin(op->store, err);
	if (!t || !find_current(op, arena, self, subscription_id, &s, err))
		return false;
	return store_run(op->store, err, SQL_SUBSCRIPTION_PAUSE, "izi", subscription_id,
			 until, op->now) &&
	       store_run(op->store, err, SQL_DELIVERY_SKIP_QUEUED, "iit", subscription_id,
			 op->now, skip_name(SKIP_PAUSED)) &&
	       note(op, self, subscription_id, "paused", str_or(until_day, NULL), err) &&
	       store_commit(&t, err);
}

static bool resume(struct operation *op, const struct self_service *self,
		   int64_t subscription_id, struct err *err)
{
	return subscription_state(op, subscription_id, "active",
				  SUBSCRIPTION_STARTED_BEFORE, err) &&
	       note(op, self, subscription_id, "resumed", NULL, err);
}

bool preferences_resume(struct operation *op, const struct self_service *self,
			int64_t subscription_id, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct own s;

	if (!t || !find_current(op, arena, self, subscription_id, &s, err))
		return false;
	if (str_eq(s.m.state, "active"))
		return true;
	return resume(op, self, subscription_id, err) && store_commit(&t, err);
}

bool preferences_leave(struct operation *op, const struct self_service *self,
		       int64_t subscription_id, const char *reason, bool *out_left,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct own s;

	return t && find_own(op, arena, self, subscription_id, &s, err) &&
	       address_text_check("the reason", reason, REASON_MOST, err) &&
	       unsubscribe(op, subscription_id,
			   &(struct unsubscribe_how){.how = self->how, .reason = reason},
			   out_left, err) &&
	       store_commit(&t, err);
}

bool preferences_return(struct operation *op, const struct self_service *self,
			int64_t subscription_id, int64_t wording_id, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct own s;

	if (!t || !find_own(op, arena, self, subscription_id, &s, err))
		return false;
	if (str_eq(s.m.state, "active") || str_eq(s.m.state, "paused"))
		return true;
	if (!s.list.is_open ||
	    (!str_eq(s.m.state, "unsubscribed") && !str_eq(s.m.state, "bouncing")))
		return err_set(err, ERR_CONFLICT, "you cannot join this list from here");
	if (wording_id != s.list.wording_id)
		return err_set(err, ERR_INPUT,
			       "what you agree to has changed; open your page again");
	return subscribe_again(op, &s.list, &s.m, wording_id,
			       "came back on their own page", err) &&
	       store_commit(&t, err);
}

bool preferences_name(struct operation *op, const struct self_service *self,
		      const char *name, struct err *err)
{
	AUTO(store_txn) t = NULL;

	name = str_or(name, NULL);
	if (!address_text_check("the name", name, LIST_NAME_MOST, err))
		return false;
	t = store_begin(op->store, err);
	return t &&
	       store_run(op->store, err, SQL_PERSON_NAME_SET, "it", self->person_id,
			 name) &&
	       self_service_note(op, self, "name", err) && store_commit(&t, err);
}

bool preferences_language(struct operation *op, const struct self_service *self,
			  const char *language, struct err *err)
{
	AUTO(store_txn) t = NULL;

	if (str_empty(language) ||
	    !domain_word_check("language that is offered", language,
			       languages_offered(op), err))
		return false;
	t = store_begin(op->store, err);
	return t &&
	       store_run(op->store, err, SQL_PERSON_LANGUAGE_SET, "it", self->person_id,
			 language) &&
	       self_service_note(op, self, "language", err) && store_commit(&t, err);
}

static bool resume_due(struct operation *op, bool *out_did, struct err *err)
{
	static const struct self_service clock = {.how = "clock"};
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct store_table due;

	if (!store_all(op->store, arena, &due, err, SQL_SUBSCRIPTIONS_TO_RESUME, "ii",
		       op->now, (int64_t)SOME))
		return false;
	if (!due.count)
		return true;
	t = store_begin(op->store, err);
	/* Again, now that nobody else can write. */
	if (!t || !store_all(op->store, arena, &due, err, SQL_SUBSCRIPTIONS_TO_RESUME,
			     "ii", op->now, (int64_t)SOME))
		return false;
	for (size_t i = 0; i < due.count; i++) {
		struct store_row row = table_row(&due, i);

		if (!resume(op, &clock, row_int(&row, "id"), err))
			return false;
	}
	*out_did = true;
	return store_commit(&t, err);
}

bool preferences_tend(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	AUTO(store_txn) t = NULL;
	int64_t before = op->now - (int64_t)30 * DAY_S;
	struct store_row row;

	*out_did = false;
	if (!resume_due(op, out_did, err) ||
	    !store_one(op->store, arena, &row, err, SQL_LINK_TOKEN_SOME_OLD, "i", before))
		return false;
	if (!row_int(&row, "n"))
		return true;
	t = store_begin(op->store, err);
	return t && store_run(op->store, err, SQL_LINK_TOKEN_DROP, "i", before) &&
	       store_run(op->store, err, SQL_PAGE_ASK_DROP, "i", before) &&
	       store_commit(&t, err);
}
