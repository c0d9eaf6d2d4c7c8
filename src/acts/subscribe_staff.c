/* What the staff do with subscribers: the other half of subscribe.h. */
#include "acts/address.h"
#include "acts/audit.h"
#include "acts/member.h"
#include "acts/subscribe.h"
#include "acts/suppress.h"
#include "base/str.h"

#include <inttypes.h>

static bool may_be_added(const struct acts_member *m, const struct acts_list *list,
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
	struct acts_member m;

	if (!acts_needs_staff(acts, err))
		return false;
	if (str_blank(who->basis))
		return err_set(
			err, ERR_INPUT,
			"say why we may write to them: consent and when it was given, or "
			"the public task");
	if (!acts_text_check("the name", who->name, ACTS_NAME_MOST, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_not_suppressed(acts, who->address, err) ||
	    !acts_member_load(acts, arena, list, who->address, who->name, true, &m,
			      err) ||
	    !may_be_added(&m, list, err) ||
	    !acts_member_enter(acts, list, &m, "active", true, err) ||
	    !store_run(acts->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
		       m.subscription_id, who->topics, (int64_t)who->all_topics,
		       acts->now))
		return false;
	return acts_member_evidence(acts, m.subscription_id,
				    str_eq(who->how, "import") ? "imported" : "added",
				    who->how, who->wording_id, 0, who->basis,
				    who->given_at, err) &&
	       (!who->welcome || acts_member_tell(acts, list, &m, LETTER_WELCOME,
						  "Our team put you on this list.",
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
	struct acts_member m;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || (accept && !acts_not_suppressed(acts, address, err)) ||
	    !acts_member_load(acts, arena, list, address, NULL, false, &m, err))
		return false;
	if (!str_eq(m.state, "requested"))
		return err_set(err, ERR_CONFLICT,
			       "%s has no open request to the list %s (state: %s)",
			       m.address, list->name, str_or(m.state, "none"));
	if (!acts_member_state(acts, m.subscription_id, accept ? "active" : "refused",
			       accept, err) ||
	    !acts_member_evidence(acts, m.subscription_id,
				  accept ? "accepted" : "refused", "staff", 0, 0,
				  "request decided by the staff", 0, err) ||
	    !acts_member_tell(acts, list, &m,
			      accept ? LETTER_WELCOME : LETTER_CLOSED_REFUSED,
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
	struct acts_member m;

	if (!acts_needs_staff(acts, err))
		return false;
	if (str_blank(reason))
		return err_set(err, ERR_INPUT, "say why: the reason is kept with it");
	t = store_begin(acts->store, err);
	if (!t || !acts_member_load(acts, arena, list, address, NULL, false, &m, err))
		return false;
	if (!acts_member_listed(m.state))
		return err_set(err, ERR_CONFLICT, "%s is not on the list %s (state: %s)",
			       m.address, list->name, str_or(m.state, "none"));
	return acts_member_leaves(acts, list, &m, "removed", "staff", 0, reason, err) &&
	       store_commit(&t, err);
}

bool acts_subscriber_topics(struct acts *acts, const struct acts_list *list,
			    const char *address, const char *topics, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	int64_t mask;
	struct acts_member m;
	bool all;

	if (!acts_needs_staff(acts, err) ||
	    !acts_topics_read(list, topics, &mask, &all, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_member_load(acts, arena, list, address, NULL, false, &m, err))
		return false;
	if (!m.subscription_id)
		return err_set(err, ERR_ABSENT, "%s is not on the list %s", m.address,
			       list->name);
	return store_run(acts->store, err, SQL_SUBSCRIPTION_TOPICS_SET, "iiii",
			 m.subscription_id, mask, (int64_t)all, acts->now) &&
	       acts_member_evidence(acts, m.subscription_id, "topics", "staff", 0, 0,
				    topics, 0, err) &&
	       acts_audit(acts, err, "topics set", "subscription", m.subscription_id,
			  "mask %" PRId64, mask) &&
	       store_commit(&t, err);
}
