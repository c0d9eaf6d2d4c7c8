/* What the staff do with subscribers: the other half of subscribe.h. */
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/subscribers/subscription.h"
#include "domain/subscribers/subscribe.h"
#include "domain/subscribers/suppress.h"
#include "base/str.h"

#include <inttypes.h>

static bool may_be_added(const struct subscription *m, const struct list *list,
			 struct err *err)
{
	if (str_eq(m->state, "active") || str_eq(m->state, "paused"))
		return err_set(err, ERR_CONFLICT, "%s is on the list %s already",
			       m->address, list->name);
	if (str_eq(m->state, "unsubscribed") || str_eq(m->state, "bouncing") ||
	    str_eq(m->state, "suppressed"))
		return err_set(err, ERR_CONFLICT,
			       "%s is \"%s\" on the list %s: they can only join again by "
			       "themselves",
			       m->address, m->state, list->name);
	return true;
}

bool subscriber_addable(struct operation *op, const struct list *list,
			const char *address, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct subscription m;

	if (!address_not_suppressed(op, address, err))
		return false;
	if (!subscription_load(op, arena, list,
			       &(struct subscription_who){.address = address,
							  .missing = SUBSCRIPTION_FIND},
			       &m, err))
		return err_forgive(err, ERR_ABSENT);
	return may_be_added(&m, list, err);
}

/* What the import leaves behind that takes it back: the evidence that was just written. */
static bool note_import(struct operation *op, const struct subscriber_new *who,
			const struct subscription *m, const char *was, struct err *err)
{
	return !who->import_id ||
	       store_run(op->store, err, SQL_IMPORTED_ADD, "iiit", m->subscription_id,
			 who->import_id, store_last_id(op->store), str_or(was, NULL));
}

/*
 * An import names whom it brings. Of who was there before it changes nothing that taking it back
 * would leave.
 */
static bool name_of(struct operation *op, struct arena *arena,
		    const struct subscriber_new *who, const char **out, struct err *err)
{
	const char *key, *plain;
	struct store_row row;

	*out = who->name;
	if (!who->import_id || !who->name)
		return true;
	if (!address_read(arena, who->address, &key, &plain, err))
		return false;
	if (!store_one(op->store, arena, &row, err, SQL_PERSON_BY_KEY, "t", key))
		return err_forgive(err, ERR_ABSENT);
	*out = NULL;
	return true;
}

bool subscriber_add(struct operation *op, const struct list *list,
		    const struct subscriber_new *who, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct subscription m;
	const char *name;

	if (!needs_staff(op, err))
		return false;
	if (str_blank(who->basis))
		return err_set(
			err, ERR_INPUT,
			"say why we may write to them: consent and when it was given, or "
			"the public task" HINT
			"for example: --basis \"consent by telephone, 8 December 2026\"");
	if (!address_text_check("the name", who->name, LIST_NAME_MOST, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !address_not_suppressed(op, who->address, err) ||
	    !name_of(op, arena, who, &name, err) ||
	    !subscription_load(op, arena, list,
			       &(struct subscription_who){.address = who->address,
							  .name = name,
							  .missing = SUBSCRIPTION_MAKE},
			       &m, err) ||
	    !may_be_added(&m, list, err) ||
	    !subscription_enter(op, list, &m, "active", SUBSCRIPTION_STARTS_NOW, err) ||
	    !store_run(op->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
		       m.subscription_id, who->topics, (int64_t)who->all_topics,
		       op->now) ||
	    (who->frequency &&
	     !store_run(op->store, err, SQL_SUBSCRIPTION_FREQUENCY_SET, "iti",
			m.subscription_id, who->frequency, op->now)))
		return false;
	return subscription_evidence(op, m.subscription_id,
				     &(struct evidence){.act = str_eq(who->how, "import")
								       ? "imported"
								       : "added",
							.how = who->how,
							.wording_id = who->wording_id,
							.basis = who->basis,
							.given_at = who->given_at},
				     err) &&
	       note_import(op, who, &m, m.state, err) &&
	       (!who->welcome ||
		subscription_tell(op, list, &m,
				  &(struct subscription_letter){
					  .kind = NOTIFICATION_WELCOME,
					  .why = "Our team put you on this list.",
					  .once = op->now},
				  err)) &&
	       audit_record(op, err, "subscriber added", "subscription",
			    m.subscription_id, "list %s, by %s", list->name, who->how) &&
	       store_commit(&t, err);
}

bool subscriber_keep_off(struct operation *op, const struct list *list,
			 const struct subscriber_new *who, enum subscriber_gone gone,
			 struct err *err)
{
	const char *state = gone == SUBSCRIBER_BOUNCES ? "bouncing" : "unsubscribed";
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct subscription m;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !address_not_suppressed(op, who->address, err) ||
	    !subscription_load(op, arena, list,
			       &(struct subscription_who){.address = who->address,
							  .missing = SUBSCRIPTION_MAKE},
			       &m, err) ||
	    !may_be_added(&m, list, err) ||
	    !subscription_enter(op, list, &m, state, SUBSCRIPTION_STARTED_BEFORE, err) ||
	    !subscription_evidence(op, m.subscription_id,
				   &(struct evidence){.act = state,
						      .how = who->how,
						      .basis = who->basis},
				   err) ||
	    !note_import(op, who, &m, m.state, err) ||
	    !subscription_void_questions(op, m.subscription_id, err))
		return false;
	return audit_record(op, err, "subscriber kept off", "subscription",
			    m.subscription_id, "list %s, by %s", list->name, who->how) &&
	       store_commit(&t, err);
}

bool subscriber_accept(struct operation *op, const struct list *list, const char *address,
		       enum subscriber_decision decision, struct err *err)
{
	bool accept = decision == SUBSCRIBER_ACCEPTED;
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct subscription m;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || (accept && !address_not_suppressed(op, address, err)) ||
	    !subscription_load(op, arena, list,
			       &(struct subscription_who){.address = address,
							  .missing = SUBSCRIPTION_FIND},
			       &m, err))
		return false;
	if (!str_eq(m.state, "requested"))
		return err_set(err, ERR_CONFLICT,
			       "%s has no open request to the list %s (state: %s)",
			       m.address, list->name, str_or(m.state, "none"));
	if (!subscription_state(op, m.subscription_id, accept ? "active" : "refused",
				accept ? SUBSCRIPTION_STARTS_NOW
				       : SUBSCRIPTION_STARTED_BEFORE,
				err) ||
	    !subscription_evidence(
		    op, m.subscription_id,
		    &(struct evidence){.act = accept ? "accepted" : "refused",
				       .how = "staff",
				       .basis = "request decided by the staff"},
		    err) ||
	    !subscription_tell(op, list, &m,
			       &(struct subscription_letter){
				       .kind = accept ? NOTIFICATION_WELCOME
						      : NOTIFICATION_CLOSED_REFUSED,
				       .why = "Our team accepted your request.",
				       .once = op->now},
			       err))
		return false;
	return audit_record(op, err, accept ? "request accepted" : "request refused",
			    "subscription", m.subscription_id, "list %s", list->name) &&
	       store_commit(&t, err);
}

bool subscriber_remove(struct operation *op, const struct list *list, const char *address,
		       const char *reason, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct subscription m;

	if (!needs_staff(op, err))
		return false;
	if (str_blank(reason))
		return err_set(err, ERR_INPUT, "say why: the reason is kept with it");
	t = store_begin(op->store, err);
	if (!t ||
	    !subscription_load(op, arena, list,
			       &(struct subscription_who){.address = address,
							  .missing = SUBSCRIPTION_FIND},
			       &m, err))
		return false;
	if (!subscription_listed(m.state))
		return err_set(err, ERR_CONFLICT, "%s is not on the list %s (state: %s)",
			       m.address, list->name, str_or(m.state, "none"));
	return subscription_leaves(op, list, &m,
				   &(struct subscription_leaving){.act = "removed",
								  .how = "staff",
								  .reason = reason},
				   err) &&
	       store_commit(&t, err);
}

bool subscriber_topics(struct operation *op, const struct list *list, const char *address,
		       const char *topics, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	int64_t mask;
	struct subscription m;
	bool all;

	if (!needs_staff(op, err) || !topics_read(list, topics, &mask, &all, err))
		return false;
	t = store_begin(op->store, err);
	if (!t ||
	    !subscription_load(op, arena, list,
			       &(struct subscription_who){.address = address,
							  .missing = SUBSCRIPTION_FIND},
			       &m, err))
		return false;
	if (!m.subscription_id)
		return err_set(err, ERR_ABSENT, "%s is not on the list %s", m.address,
			       list->name);
	return store_run(op->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
			 m.subscription_id, mask, (int64_t)all, op->now) &&
	       subscription_evidence(op, m.subscription_id,
				     &(struct evidence){.act = "topics",
							.how = "staff",
							.basis = topics},
				     err) &&
	       audit_record(op, err, "topics set", "subscription", m.subscription_id,
			    "mask %" PRId64, mask) &&
	       store_commit(&t, err);
}
