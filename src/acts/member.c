#include "acts/member.h"
#include "acts/address.h"
#include "acts/audit.h"
#include "acts/letter.h"
#include "base/str.h"

#include <inttypes.h>

enum { LEFT_MOST = 10 }; /* a day, to one address */

bool acts_member_load(struct acts *acts, struct arena *arena,
		      const struct acts_list *list, const char *address, const char *name,
		      bool make, struct acts_member *out, struct err *err)
{
	const char *plain, *key;
	struct store_row row;

	if (!acts_address_read(arena, address, &key, &plain, err))
		return false;
	name = acts_name_clean(arena, name);
	*out = (struct acts_member){.address = plain, .name = name, .state = ""};
	if (store_one(acts->store, arena, &row, err, SQL_PERSON_BY_KEY, "t", key)) {
		out->person_id = row_int(&row, "id");
		out->language = row_text(&row, "language");
		/* Anybody may write a name beside an address: only the staff's is taken. */
		out->name = str_or(row_text(&row, "name"), acts->staff_id ? name : NULL);
		if (make && name && acts->staff_id &&
		    !store_run(acts->store, err, SQL_PERSON_NAME_FILL, "it",
			       out->person_id, name))
			return false;
	} else if (err->kind != ERR_ABSENT) {
		return false;
	} else if (!make) {
		return err_set(err, ERR_ABSENT, "%s is not known", plain);
	} else {
		if (!store_run(acts->store, err, SQL_PERSON_ADD, "ttti", plain, key, name,
			       acts->now))
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

bool acts_member_state(struct acts *acts, int64_t subscription_id, const char *state,
		       bool becomes_active, struct err *err)
{
	return store_run(acts->store, err, SQL_SUBSCRIPTION_STATE_SET, "itii",
			 subscription_id, state, becomes_active ? acts->now : (int64_t)0,
			 acts->now);
}

bool acts_member_enter(struct acts *acts, const struct acts_list *list,
		       struct acts_member *m, const char *state, bool active,
		       struct err *err)
{
	if (m->subscription_id)
		return acts_member_state(acts, m->subscription_id, state, active, err);
	if (!store_run(acts->store, err, SQL_SUBSCRIPTION_ADD, "iitiizi", list->id,
		       m->person_id, state, (int64_t)0, (int64_t)1,
		       active ? acts->now : (int64_t)0, acts->now))
		return false;
	m->subscription_id = store_last_id(acts->store);
	return true;
}

bool acts_member_evidence(struct acts *acts, int64_t subscription_id, const char *act,
			  const char *how, int64_t wording_id, int64_t inbound_id,
			  const char *basis, int64_t given_at, struct err *err)
{
	return store_run(acts->store, err, SQL_EVIDENCE_ADD, "iittzzztz", subscription_id,
			 acts->now, act, how, wording_id, inbound_id, acts->staff_id,
			 basis, given_at);
}

bool acts_member_void_questions(struct acts *acts, int64_t subscription_id,
				struct err *err)
{
	return store_run(acts->store, err, SQL_CONFIRMATION_VOID, "ii", subscription_id,
			 acts->now);
}

bool acts_member_tell(struct acts *acts, const struct acts_list *list,
		      const struct acts_member *m, enum mail_letter kind, const char *why,
		      int64_t once, int64_t inbound_id, const char *in_reply_to,
		      struct err *err)
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
		.language = m->language,
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

bool acts_member_of(struct acts *acts, struct arena *arena, int64_t subscription_id,
		    struct acts_list *list, struct acts_member *out, struct err *err)
{
	struct store_row row;

	if (!store_one(acts->store, arena, &row, err, SQL_SUBSCRIPTION_BY_ID, "i",
		       subscription_id))
		return false;
	*out = (struct acts_member){
		.person_id = row_int(&row, "person_id"),
		.subscription_id = subscription_id,
		.address = row_text(&row, "address"),
		.name = row_text(&row, "name"),
		.language = row_text(&row, "language"),
		.state = row_text(&row, "state"),
	};
	return acts_list_by_id(acts, arena, row_int(&row, "list_id"), list, err);
}

/*
 * Forged mails may join and leave a stranger all day: they hear of it this often. A
 * letter that cannot be made keeps nobody on a list.
 */
static bool tell_left(struct acts *acts, const struct acts_list *list,
		      const struct acts_member *m, int64_t evidence_id,
		      int64_t inbound_id, struct err *err)
{
	bool may;

	return acts_letter_allowed(acts, m->address, LETTER_LEFT, LEFT_MOST, &may, err) &&
	       (!may ||
		acts_member_tell(acts, list, m, LETTER_LEFT, NULL, evidence_id,
				 inbound_id, NULL, err) ||
		acts_letter_unmade(err));
}

bool acts_member_leaves(struct acts *acts, const struct acts_list *list,
			const struct acts_member *m, const char *act, const char *how,
			int64_t inbound_id, const char *reason, struct err *err)
{
	int64_t evidence_id;

	if (!acts_member_state(acts, m->subscription_id, "left", false, err) ||
	    !acts_member_evidence(acts, m->subscription_id, act, how, 0, inbound_id,
				  reason, 0, err))
		return false;
	evidence_id = store_last_id(acts->store);
	return acts_member_void_questions(acts, m->subscription_id, err) &&
	       store_run(acts->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit",
			 m->subscription_id, acts->now,
			 "left the list before it was sent") &&
	       tell_left(acts, list, m, evidence_id, inbound_id, err) &&
	       acts_audit(acts, err, "left", "subscription", m->subscription_id,
			  "list %s, by %s", list->name, how);
}

bool acts_member_listed(const char *state)
{
	return str_eq(state, "active") || str_eq(state, "paused") ||
	       str_eq(state, "pending") || str_eq(state, "requested") ||
	       str_eq(state, "stopped");
}
