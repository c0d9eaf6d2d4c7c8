#include "domain/subscribers/personal_data_erase.h"
#include "base/str.h"
#include "domain/core/audit.h"
#include "domain/core/skip.h"
#include "domain/subscribers/link.h"
#include "domain/subscribers/subscription.h"
#include "domain/subscribers/suppress.h"

#include <inttypes.h>

enum { LOOK_S = 60, LOOK_AGAIN_S = 600, SOME = 100, NUMBER_RANDOM = 6 };

static bool none_under_way(struct operation *op, struct arena *arena, int64_t person_id,
			   const char *address, struct err *err)
{
	struct store_row letters, deliveries;

	if (!store_one(op->store, arena, &letters, err, SQL_ERASE_LETTERS_UNDER_WAY, "t",
		       address) ||
	    !store_one(op->store, arena, &deliveries, err, SQL_ERASE_DELIVERIES_UNDER_WAY,
		       "i", person_id))
		return false;
	return (!row_int(&letters, "n") && !row_int(&deliveries, "n")) ||
	       err_set(err, ERR_CONFLICT,
		       "a mail to this address is on its way at this moment; try again in "
		       "some minutes");
}

static bool leave_all(struct operation *op, struct arena *arena,
		      const struct self_service *self, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, 0, &t, err, SQL_PERSON_SUBSCRIPTIONS, "i",
		       self->person_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		int64_t id = row_int(&row, "id");

		if ((subscription_listed(row_text(&row, "state")) &&
		     !subscription_state(op, id, "left", false, err)) ||
		    !subscription_void_questions(op, id, err) ||
		    !store_run(op->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit", id,
			       op->now, skip_name(SKIP_LEFT)))
			return false;
	}
	return self_service_note(op, self, "erased", err);
}

static bool blank(struct operation *op, int64_t person_id, const char *address,
		  struct err *err)
{
	static const enum sql_id by_person[] = {SQL_ERASE_DELIVERIES, SQL_ERASE_ATTEMPTS,
						SQL_ERASE_MAILS_RAW, SQL_ERASE_MAILS_READ,
						SQL_ERASE_BOUNCES};

	for (size_t i = 0; i < ARRAY_LEN(by_person); i++)
		if (!store_run(op->store, err, by_person[i], "i", person_id))
			return false;
	return store_run(op->store, err, SQL_ERASE_LETTERS, "t", address) &&
	       store_run(op->store, err, SQL_ERASE_MOVES, "ii", person_id, op->now) &&
	       store_run(op->store, err, SQL_LINK_TOKEN_VOID, "ii", person_id, op->now) &&
	       store_run(op->store, err, SQL_ERASE_PERSON, "ii", person_id, op->now);
}

static bool send_receipt(struct operation *op, struct arena *arena,
			 const struct self_service *self, const struct store_row *person,
			 const char *number, bool has_replies, struct err *err)
{
	struct notification letter = {
		.kind = LETTER_ERASED,
		.once = arena_printf(arena, "erased:%s", number),
		.to_address = row_text(person, "address"),
		.language = row_text(person, "language"),
		.values = {.receipt = number, .has_replies = has_replies},
	};

	return own_link_sender(op, arena, &letter, err) &&
	       notification_queue(op, &letter, NULL, err) &&
	       store_run(op->store, err, SQL_ERASURE_LETTER, "iii", self->person_id,
			 store_last_id(op->store), op->now + LOOK_S);
}

bool personal_data_erase(struct operation *op, const struct self_service *self,
			 char out_receipt[RECEIPT], struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = store_begin(op->store, err);
	char chance[SECRET_RANDOM_LEN + 1], number[RECEIPT];
	struct store_table replies;
	struct store_row person;
	const char *key;

	if (!t || !store_one(op->store, arena, &person, err, SQL_PERSON_BY_ID, "i",
			     self->person_id))
		return false;
	if (!row_null(&person, "erased_at"))
		return err_set(err, ERR_ABSENT, "they were erased before");
	key = row_text(&person, "address_key");
	secret_random_token(chance);
	(void)snprintf(number, sizeof(number), "E-%" PRId64 "-%.*s", self->person_id,
		       NUMBER_RANDOM, chance);
	if (!none_under_way(op, arena, self->person_id, row_text(&person, "address"),
			    err) ||
	    !store_all(op->store, arena, 1, &replies, err, SQL_HELD_REPLIES, "t", key) ||
	    !leave_all(op, arena, self, err) || !suppression_add_own(op, key, err) ||
	    !blank(op, self->person_id, row_text(&person, "address"), err) ||
	    !store_run(op->store, err, SQL_ERASURE_ADD, "itti", self->person_id, number,
		       self->how, op->now) ||
	    !send_receipt(op, arena, self, &person, number, replies.count > 0, err) ||
	    !audit_record(op, err, "person erased", "person", self->person_id,
			  "receipt %s, by %s", number, self->how) ||
	    !store_commit(&t, err))
		return false;
	str_copy(out_receipt, RECEIPT, number);
	return true;
}

bool personal_data_erase_tend(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct store_table due;

	*out_did = false;
	if (!store_all(op->store, arena, 0, &due, err, SQL_ERASURES_TO_LOOK, "ii",
		       op->now, (int64_t)SOME))
		return false;
	if (!due.count)
		return true;
	t = store_begin(op->store, err);
	for (size_t i = 0; t && i < due.count; i++) {
		struct store_row row = table_row(&due, i);
		const char *state = row_text(&row, "state");
		bool over = !state || str_eq(state, "sent") || str_eq(state, "refused");
		int64_t id = row_int(&row, "id");

		if ((over && !store_run(op->store, err, SQL_ERASE_LETTER, "i",
					row_int(&row, "letter_id"))) ||
		    !store_run(op->store, err, SQL_ERASURE_LOOK_AT, "iz", id,
			       over ? (int64_t)0 : op->now + LOOK_AGAIN_S))
			return false;
	}
	*out_did = t != NULL;
	return t && store_commit(&t, err);
}
