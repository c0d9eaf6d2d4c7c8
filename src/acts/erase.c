#include "acts/erase.h"
#include "acts/audit.h"
#include "acts/link.h"
#include "acts/member.h"
#include "acts/suppress.h"
#include "base/str.h"

#include <inttypes.h>

enum { LOOK_S = 60, LOOK_AGAIN_S = 600, SOME = 100, NUMBER_RANDOM = 6 };

static bool none_under_way(struct acts *acts, struct arena *arena, int64_t person_id,
			   const char *address, struct err *err)
{
	struct store_row letters, deliveries;

	if (!store_one(acts->store, arena, &letters, err, SQL_ERASE_LETTERS_UNDER_WAY,
		       "t", address) ||
	    !store_one(acts->store, arena, &deliveries, err,
		       SQL_ERASE_DELIVERIES_UNDER_WAY, "i", person_id))
		return false;
	return (!row_int(&letters, "n") && !row_int(&deliveries, "n")) ||
	       err_set(err, ERR_CONFLICT,
		       "a mail to this address is on its way at this moment; try again in "
		       "some minutes");
}

static bool leave_all(struct acts *acts, struct arena *arena,
		      const struct acts_self *self, struct err *err)
{
	struct store_table t;

	if (!store_all(acts->store, arena, 0, &t, err, SQL_PERSON_SUBSCRIPTIONS, "i",
		       self->person_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		int64_t id = row_int(&row, "id");

		if ((acts_member_listed(row_text(&row, "state")) &&
		     !acts_member_state(acts, id, "left", false, err)) ||
		    !acts_member_void_questions(acts, id, err) ||
		    !store_run(acts->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit",
			       id, acts->now, "left the list before it was sent"))
			return false;
	}
	return acts_self_note(acts, self, "erased", err);
}

static bool blank(struct acts *acts, int64_t person_id, const char *address,
		  struct err *err)
{
	static const enum sql_id by_person[] = {SQL_ERASE_DELIVERIES, SQL_ERASE_ATTEMPTS,
						SQL_ERASE_MAILS_RAW, SQL_ERASE_MAILS_READ,
						SQL_ERASE_BOUNCES};

	for (size_t i = 0; i < ARRAY_LEN(by_person); i++)
		if (!store_run(acts->store, err, by_person[i], "i", person_id))
			return false;
	return store_run(acts->store, err, SQL_ERASE_LETTERS, "t", address) &&
	       store_run(acts->store, err, SQL_ERASE_MOVES, "ii", person_id, acts->now) &&
	       store_run(acts->store, err, SQL_LINK_TOKEN_VOID, "ii", person_id,
			 acts->now) &&
	       store_run(acts->store, err, SQL_ERASE_PERSON, "ii", person_id, acts->now);
}

static bool send_receipt(struct acts *acts, struct arena *arena,
			 const struct acts_self *self, const struct store_row *person,
			 const char *number, bool has_replies, struct err *err)
{
	struct acts_letter letter = {
		.kind = LETTER_ERASED,
		.once = arena_printf(arena, "erased:%s", number),
		.to_address = row_text(person, "address"),
		.language = row_text(person, "language"),
		.values = {.receipt = number, .has_replies = has_replies},
	};

	return acts_link_sender(acts, arena, &letter, err) &&
	       acts_letter_queue(acts, &letter, NULL, err) &&
	       store_run(acts->store, err, SQL_ERASURE_LETTER, "iii", self->person_id,
			 store_last_id(acts->store), acts->now + LOOK_S);
}

bool acts_erase(struct acts *acts, const struct acts_self *self,
		char out_receipt[ACTS_RECEIPT], struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = store_begin(acts->store, err);
	char chance[SECRET_RANDOM_LEN + 1], number[ACTS_RECEIPT];
	struct store_table replies;
	struct store_row person;
	const char *key;

	if (!t || !store_one(acts->store, arena, &person, err, SQL_PERSON_BY_ID, "i",
			     self->person_id))
		return false;
	if (!row_null(&person, "erased_at"))
		return err_set(err, ERR_ABSENT, "they were erased before");
	key = row_text(&person, "address_key");
	secret_random_token(chance);
	(void)snprintf(number, sizeof(number), "E-%" PRId64 "-%.*s", self->person_id,
		       NUMBER_RANDOM, chance);
	if (!none_under_way(acts, arena, self->person_id, row_text(&person, "address"),
			    err) ||
	    !store_all(acts->store, arena, 1, &replies, err, SQL_HELD_REPLIES, "t",
		       key) ||
	    !leave_all(acts, arena, self, err) ||
	    !acts_suppression_add_own(acts, key, err) ||
	    !blank(acts, self->person_id, row_text(&person, "address"), err) ||
	    !store_run(acts->store, err, SQL_ERASURE_ADD, "itti", self->person_id, number,
		       self->how, acts->now) ||
	    !send_receipt(acts, arena, self, &person, number, replies.count > 0, err) ||
	    !acts_audit(acts, err, "person erased", "person", self->person_id,
			"receipt %s, by %s", number, self->how) ||
	    !store_commit(&t, err))
		return false;
	str_copy(out_receipt, ACTS_RECEIPT, number);
	return true;
}

bool acts_erase_tend(struct acts *acts, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct store_table due;

	*out_did = false;
	if (!store_all(acts->store, arena, 0, &due, err, SQL_ERASURES_TO_LOOK, "ii",
		       acts->now, (int64_t)SOME))
		return false;
	if (!due.count)
		return true;
	t = store_begin(acts->store, err);
	for (size_t i = 0; t && i < due.count; i++) {
		struct store_row row = table_row(&due, i);
		const char *state = row_text(&row, "state");
		bool over = !state || str_eq(state, "sent") || str_eq(state, "refused");
		int64_t id = row_int(&row, "id");

		if ((over && !store_run(acts->store, err, SQL_ERASE_LETTER, "i",
					row_int(&row, "letter_id"))) ||
		    !store_run(acts->store, err, SQL_ERASURE_LOOK_AT, "iz", id,
			       over ? (int64_t)0 : acts->now + LOOK_AGAIN_S))
			return false;
	}
	*out_did = t != NULL;
	return t && store_commit(&t, err);
}
