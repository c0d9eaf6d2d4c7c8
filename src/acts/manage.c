#include "acts/manage.h"
#include "acts/address.h"
#include "acts/audit.h"
#include "acts/language.h"
#include "acts/link.h"
#include "acts/member.h"
#include "acts/schedule.h"
#include "acts/subscribe.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

enum { DAY_S = 86400, SOME = 200, REASON_MOST = 200 };

const char *const acts_frequencies[] = {"each", "weekly", "monthly", NULL};

static struct acts_letter link_letter(struct acts *acts, struct arena *arena,
				      const char *address, const char *language,
				      const char *token, int64_t id)
{
	int64_t until = acts->now + acts->settings->link_expires_s;

	return (struct acts_letter){
		.kind = LETTER_MANAGE,
		.once = arena_printf(arena, "manage:%" PRId64, id),
		.to_address = address,
		.language = language,
		.values = {.manage_url = arena_printf(arena, "%s/manage/%s",
						      acts->settings->base_url, token),
			   .expires = acts_long_time(acts, arena, language, until,
						     acts->settings->zone)},
	};
}

bool acts_manage_link_ask(struct acts *acts, const char *address, const char *language,
			  struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	char token[SECRET_RANDOM_LEN + 1];
	const char *key, *plain;
	struct acts_letter letter;
	struct store_row person;
	bool known, may;

	if (!acts_address_read(arena, address, &key, &plain, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_ask_note(acts, "manage", key, ACTS_ASKS_A_DAY, &may, err))
		return false;
	known = store_one(acts->store, arena, &person, err, SQL_PERSON_BY_KEY, "t", key);
	if (!known && err->kind != ERR_ABSENT)
		return false;
	if (!known || !may) {
		secret_random_token(token);
		letter = link_letter(acts, arena, plain, language, token, 0);
		return acts_link_sender(acts, arena, &letter, err) &&
		       acts_letter_spend(acts, &letter, err) && store_commit(&t, err);
	}
	if (!acts_link_make(acts, "manage", row_int(&person, "id"), 0, token, err))
		return false;
	letter = link_letter(acts, arena, row_text(&person, "address"),
			     str_or(language, row_text(&person, "language")), token,
			     store_last_id(acts->store));
	return acts_link_sender(acts, arena, &letter, err) &&
	       acts_letter_queue(acts, &letter, NULL, err) &&
	       acts_audit(acts, err, "manage link asked", "person",
			  row_int(&person, "id"), "%s", "") &&
	       store_commit(&t, err);
}

bool acts_manage_open(struct acts *acts, const char *token,
		      enum acts_token_state *out_state, struct acts_self *out,
		      struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct store_row row;

	if (!acts_link_find(acts, arena, token, out_state, &row, err))
		return false;
	if (*out_state != ACTS_TOKEN_UNKNOWN &&
	    !str_eq(row_text(&row, "purpose"), "manage"))
		*out_state = ACTS_TOKEN_UNKNOWN;
	if (*out_state == ACTS_TOKEN_GOOD)
		*out = (struct acts_self){row_int(&row, "person_id"), "page"};
	return true;
}

bool acts_manage_of_address(struct acts *acts, const char *address, struct acts_self *out,
			    struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	const char *key, *plain;
	struct store_row row;

	if (!acts_needs_staff(acts, err) ||
	    !acts_address_read(arena, address, &key, &plain, err))
		return false;
	if (!store_one(acts->store, arena, &row, err, SQL_PERSON_BY_KEY, "t", key))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "nobody here has the address %s", plain)
			       : false;
	*out = (struct acts_self){row_int(&row, "id"), "staff"};
	return true;
}

bool acts_manage_load(struct acts *acts, struct arena *arena,
		      const struct acts_self *self, struct acts_person *out,
		      struct err *err)
{
	struct store_table t;
	struct store_row row;

	if (!store_one(acts->store, arena, &row, err, SQL_PERSON_BY_ID, "i",
		       self->person_id) ||
	    !store_all(acts->store, arena, 0, &t, err, SQL_PERSON_SUBSCRIPTIONS, "i",
		       self->person_id))
		return false;
	*out = (struct acts_person){
		.id = self->person_id,
		.address = row_text(&row, "address"),
		.name = row_text(&row, "name"),
		.language = acts_language(acts, row_text(&row, "language")),
		.subscriptions = arena_make(arena, struct acts_managed, t.count),
		.count = t.count,
	};
	for (size_t i = 0; i < t.count; i++) {
		struct acts_managed *s = &out->subscriptions[i];
		struct store_row r = table_row(&t, i);

		s->id = row_int(&r, "id");
		s->state = row_text(&r, "state");
		s->topics = row_int(&r, "topics");
		s->all_topics = row_int(&r, "all_topics") == 1;
		s->frequency = row_text(&r, "frequency");
		if (str_eq(s->state, "paused"))
			s->paused_until = row_null(&r, "paused_until")
						  ? ACTS_FOR_EVER
						  : row_int(&r, "paused_until");
		s->next_digest_at =
			acts_digest_next(acts->settings, s->frequency, acts->now);
		if (!acts_list_by_id(acts, arena, row_int(&r, "list_id"), &s->list, err))
			return false;
	}
	return true;
}

/* One of their subscriptions. */
struct own {
	struct acts_list list;
	struct acts_member m;
	struct store_row row;
};

static bool find_own(struct acts *acts, struct arena *arena, const struct acts_self *self,
		     int64_t subscription_id, struct own *out, struct err *err)
{
	if (!acts_member_of(acts, arena, subscription_id, &out->list, &out->m, err) ||
	    out->m.person_id != self->person_id)
		return err->kind == ERR_SYSTEM || err->kind == ERR_AGAIN
			       ? false
			       : err_set(err, ERR_ABSENT,
					 "there is no such subscription of yours");
	return store_one(acts->store, arena, &out->row, err, SQL_SUBSCRIPTION_BY_ID, "i",
			 subscription_id);
}

/* One that gets the updates, or has them paused; ERR_CONFLICT for any other. */
static bool find_current(struct acts *acts, struct arena *arena,
			 const struct acts_self *self, int64_t subscription_id,
			 struct own *out, struct err *err)
{
	const char *state;

	if (!find_own(acts, arena, self, subscription_id, out, err))
		return false;
	state = out->m.state;
	return str_eq(state, "active") || str_eq(state, "paused") ||
	       err_set(err, ERR_CONFLICT,
		       "%s is not on the list %s now (state: %s); join it first",
		       out->m.address, out->list.name, state);
}

static bool note(struct acts *acts, const struct acts_self *self, int64_t subscription_id,
		 const char *act, const char *basis, struct err *err)
{
	return acts_member_evidence(acts, subscription_id, act, self->how, 0, 0, basis, 0,
				    err) &&
	       acts_audit(acts, err, act, "subscription", subscription_id, "by %s%s%s",
			  self->how, basis ? ": " : "", str_or(basis, ""));
}

bool acts_manage_topics(struct acts *acts, const struct acts_self *self,
			int64_t subscription_id, int64_t topics, bool all_topics,
			struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct own s;

	if (!t || !find_current(acts, arena, self, subscription_id, &s, err))
		return false;
	all_topics = all_topics || !topics;
	topics = all_topics ? 0 : topics;
	if (topics < 0 || topics >> s.list.topic_count)
		return err_set(err, ERR_INPUT, "the list %s has no such topic",
			       s.list.name);
	if (row_int(&s.row, "topics") == topics &&
	    row_int(&s.row, "all_topics") == (int64_t)all_topics)
		return true;
	return store_run(acts->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
			 subscription_id, topics, (int64_t)all_topics, acts->now) &&
	       note(acts, self, subscription_id, "topics",
		    acts_topics_text(&s.list, arena, topics, all_topics), err) &&
	       store_commit(&t, err);
}

bool acts_manage_frequency(struct acts *acts, const struct acts_self *self,
			   int64_t subscription_id, const char *frequency,
			   struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct own s;

	if (str_empty(frequency) ||
	    !acts_word_check("frequency", frequency, acts_frequencies, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !find_current(acts, arena, self, subscription_id, &s, err))
		return false;
	if (str_eq(row_text(&s.row, "frequency"), frequency))
		return true;
	if (!str_eq(frequency, "each") &&
	    !store_run(acts->store, err, SQL_DELIVERY_TO_DIGEST, "iit", subscription_id,
		       acts_digest_next(acts->settings, frequency, acts->now),
		       arena_printf(arena, "goes into the %s digest", frequency)))
		return false;
	return store_run(acts->store, err, SQL_SUBSCRIPTION_FREQUENCY_SET, "iti",
			 subscription_id, frequency, acts->now) &&
	       note(acts, self, subscription_id, "frequency", frequency, err) &&
	       store_commit(&t, err);
}

bool acts_manage_pause(struct acts *acts, const struct acts_self *self,
		       int64_t subscription_id, const char *until_day, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct own s;
	int64_t until = 0;

	if (!str_empty(until_day) &&
	    !clock_day_start(until_day, acts->settings->zone, &until, err))
		return false;
	if (until && until <= acts->now)
		return err_set(err, ERR_INPUT,
			       "%s is not a day to come; choose a later one", until_day);
	t = store_begin(acts->store, err);
	if (!t || !find_current(acts, arena, self, subscription_id, &s, err))
		return false;
	return store_run(acts->store, err, SQL_SUBSCRIPTION_PAUSE, "izi", subscription_id,
			 until, acts->now) &&
	       store_run(acts->store, err, SQL_DELIVERY_SKIP_QUEUED, "iit",
			 subscription_id, acts->now, "has paused these updates") &&
	       note(acts, self, subscription_id, "paused", str_or(until_day, NULL),
		    err) &&
	       store_commit(&t, err);
}

static bool resume(struct acts *acts, const char *how, int64_t subscription_id,
		   struct err *err)
{
	struct acts_self self = {0, how};

	return acts_member_state(acts, subscription_id, "active", false, err) &&
	       note(acts, &self, subscription_id, "resumed", NULL, err);
}

bool acts_manage_resume(struct acts *acts, const struct acts_self *self,
			int64_t subscription_id, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct own s;

	if (!t || !find_current(acts, arena, self, subscription_id, &s, err))
		return false;
	if (str_eq(s.m.state, "active"))
		return true;
	return resume(acts, self->how, subscription_id, err) && store_commit(&t, err);
}

bool acts_manage_leave(struct acts *acts, const struct acts_self *self,
		       int64_t subscription_id, const char *reason, bool *out_left,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct own s;

	return t && find_own(acts, arena, self, subscription_id, &s, err) &&
	       acts_text_check("the reason", reason, REASON_MOST, err) &&
	       acts_leave(acts, subscription_id, self->how, 0, reason, out_left, err) &&
	       store_commit(&t, err);
}

bool acts_manage_name(struct acts *acts, const struct acts_self *self, const char *name,
		      struct err *err)
{
	AUTO(store_txn) t = NULL;

	name = str_or(name, NULL);
	if (!acts_text_check("the name", name, ACTS_NAME_MOST, err))
		return false;
	t = store_begin(acts->store, err);
	return t &&
	       store_run(acts->store, err, SQL_PERSON_NAME_SET, "it", self->person_id,
			 name) &&
	       acts_self_note(acts, self, "name", err) && store_commit(&t, err);
}

bool acts_manage_language(struct acts *acts, const struct acts_self *self,
			  const char *language, struct err *err)
{
	AUTO(store_txn) t = NULL;

	if (str_empty(language) || !acts_word_check("language that is offered", language,
						    acts_languages_offered(acts), err))
		return false;
	t = store_begin(acts->store, err);
	return t &&
	       store_run(acts->store, err, SQL_PERSON_LANGUAGE_SET, "it", self->person_id,
			 language) &&
	       acts_self_note(acts, self, "language", err) && store_commit(&t, err);
}

static bool resume_due(struct acts *acts, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct store_table due;

	if (!store_all(acts->store, arena, 0, &due, err, SQL_SUBSCRIPTIONS_TO_RESUME,
		       "ii", acts->now, (int64_t)SOME))
		return false;
	if (!due.count)
		return true;
	t = store_begin(acts->store, err);
	/* Again, now that nobody else can write. */
	if (!t || !store_all(acts->store, arena, 0, &due, err,
			     SQL_SUBSCRIPTIONS_TO_RESUME, "ii", acts->now, (int64_t)SOME))
		return false;
	for (size_t i = 0; i < due.count; i++) {
		struct store_row row = table_row(&due, i);

		if (!resume(acts, "clock", row_int(&row, "id"), err))
			return false;
	}
	*out_did = true;
	return store_commit(&t, err);
}

bool acts_manage_tend(struct acts *acts, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	AUTO(store_txn) t = NULL;
	int64_t before = acts->now - (int64_t)30 * DAY_S;
	struct store_row row;

	*out_did = false;
	if (!resume_due(acts, out_did, err) ||
	    !store_one(acts->store, arena, &row, err, SQL_LINK_TOKEN_SOME_OLD, "i",
		       before))
		return false;
	if (!row_int(&row, "n"))
		return true;
	t = store_begin(acts->store, err);
	return t && store_run(acts->store, err, SQL_LINK_TOKEN_DROP, "i", before) &&
	       store_run(acts->store, err, SQL_PAGE_ASK_DROP, "i", before) &&
	       store_commit(&t, err);
}
