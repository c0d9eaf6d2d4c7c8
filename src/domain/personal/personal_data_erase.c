#include "domain/personal/personal_data_erase.h"
#include "base/str.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/core/skip.h"
#include "domain/subscribers/link.h"
#include "domain/personal/personal_mails.h"
#include "domain/personal/personal_data.h"
#include "domain/core/personal_places.h"
#include "domain/subscribers/subscription.h"
#include "domain/subscribers/suppress.h"
#include "mail/write/recipient.h"

#include <inttypes.h>

enum { LOOK_S = 60, LOOK_AGAIN_S = 600, SOME = 100, NUMBER_RANDOM = 6 };
/* Pages of an index merged in one commit; what two such commands change that find nothing. */
enum { MERGE_PAGES = 500, NOTHING_MERGED = 2 };

static bool none_under_way(struct operation *op, struct arena *arena, int64_t person_id,
			   struct err *err)
{
	struct store_row deliveries;

	if (!personal_mails_still(op, person_id, err) ||
	    !store_one(op->store, arena, &deliveries, err, SQL_ERASE_DELIVERIES_UNDER_WAY,
		       "i", person_id))
		return false;
	return !row_int(&deliveries, "n") ||
	       err_set(err, ERR_CONFLICT,
		       "a mail to this address is on its way at this moment; try again in "
		       "some minutes");
}

/* What of ours waits to be sent to them, or carries their words to others. */
static bool count_withdrawn(struct operation *op, struct arena *arena, int64_t person_id,
			    int64_t *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_ERASING_WITHDRAWN, "i",
		       person_id))
		return false;
	*out = row_int(&row, "n");
	return true;
}

static bool leave_all(struct operation *op, struct arena *arena,
		      const struct self_service *self, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_PERSON_SUBSCRIPTIONS, "i",
		       self->person_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		int64_t id = row_int(&row, "id");

		if ((subscription_listed(row_text(&row, "state")) &&
		     !subscription_state(op, id, "unsubscribed",
					 SUBSCRIPTION_STARTED_BEFORE, err)) ||
		    !subscription_void_questions(op, id, err) ||
		    !store_run(op->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit", id,
			       op->now, skip_name(SKIP_LEFT)))
			return false;
	}
	return self_service_note(op, self, "erased", err);
}

/* Walks the list of places. */
static bool blank(struct operation *op, int64_t person_id, struct err *err)
{
	for (size_t i = 0; i < personal_place_count; i++) {
		const struct personal_place *place = &personal_places[i];
		const char *by = place->fate != PERSONAL_ERASED  ? NULL
				 : str_eq(place->erase_by, "pn") ? "ii"
				 : str_eq(place->erase_by, "p")  ? "i"
								 : NULL;

		if (by &&
		    !store_run(op->store, err, place->erase, by, person_id, op->now))
			return false;
	}
	return personal_mails_blank(op, err) &&
	       store_run(op->store, err, SQL_LINK_TOKEN_VOID, "ii", person_id, op->now) &&
	       personal_mails_drop(op, err);
}

static bool send_receipt(struct operation *op, struct arena *arena,
			 const struct self_service *self, const struct store_row *person,
			 const struct erasure_receipt *receipt, bool has_replies,
			 struct err *err)
{
	struct notification letter = {
		.kind = NOTIFICATION_ERASED,
		.once = arena_printf(arena, "erased:%s", receipt->number),
		.to_address = row_text(person, "address"),
		.language = row_text(person, "language"),
		.values = {.receipt = receipt->number,
			   .has_replies = has_replies,
			   .withdrawn = receipt->withdrawn
						? arena_printf(arena, "%" PRId64,
							       receipt->withdrawn)
						: NULL},
	};
	struct err bad = {0};

	/* Nothing can be sent to an address that no receiver takes. */
	if (!mail_address_check(letter.to_address, &bad))
		return true;
	return notification_from_us(op, arena, &letter, err) &&
	       notification_queue(op, &letter, NULL, err) &&
	       store_run(op->store, err, SQL_ERASURE_NOTIFICATION, "iii", self->person_id,
			 store_last_id(op->store), op->now + LOOK_S);
}

/* Somebody who only wrote gets a row of their own, for what is erased to hang on. */
static bool give_row(struct operation *op, struct arena *arena, struct self_service *self,
		     struct err *err)
{
	struct personal_data held;
	struct store_row receipts;
	struct err bad = {0};
	const char *key, *plain;

	if (self->person_id)
		return true;
	if (!address_read(arena, self->address, &key, &plain, &bad))
		key = plain = self->address;
	if (!store_one(op->store, arena, &receipts, err, SQL_ERASURE_RECEIPT_WAITS, "t",
		       plain) ||
	    !personal_data_load(op, arena, self, &held, err))
		return false;
	if (row_int(&receipts, "n"))
		return err_set(err, ERR_ABSENT,
			       "they were erased before, and the receipt is on its way");
	if (!held.rows)
		return err_set(err, ERR_ABSENT, "there is no personal data about %s",
			       self->address);
	if (!store_run(op->store, err, SQL_PERSON_ADD, "ttti", plain, key,
		       (const char *)NULL, op->now))
		return false;
	self->person_id = store_last_id(op->store);
	return true;
}

static void number_it(int64_t person_id, char to[RECEIPT])
{
	char chance[SECRET_RANDOM_LEN + 1];

	secret_random_token(chance);
	(void)snprintf(to, RECEIPT, "E-%" PRId64 "-%.*s", person_id, NUMBER_RANDOM,
		       chance);
}

/* The erasure on record, with what it leaves for a person to decide. */
static bool note(struct operation *op, const struct self_service *self,
		 const struct erasure_receipt *receipt, struct err *err)
{
	const struct personal_mails_left *left = &receipt->left;

	return store_run(op->store, err, SQL_ERASURE_ADD, "itti", self->person_id,
			 receipt->number, self->how, op->now) &&
	       store_run(op->store, err, SQL_ERASURE_MAIL_ADD, "i",
			 store_last_id(op->store)) &&
	       audit_record(op, err, "person erased", "person", self->person_id,
			    "receipt %s, by %s; for a person to decide: %" PRId64
			    " mails that say somebody may be at risk, %" PRId64
			    " with others, %" PRId64 " of others; withdrawn: %" PRId64
			    " notifications",
			    receipt->number, self->how, left->at_risk, left->joint,
			    left->named, receipt->withdrawn);
}

static bool erase(struct operation *op, struct arena *arena,
		  const struct self_service *self, const struct store_row *person,
		  struct erasure_receipt *receipt, struct err *err)
{
	const struct person_known who = {.person_id = self->person_id};
	struct store_table replies;
	struct store_row unsorted;
	const char *forms;

	return personal_mails_gather(op, arena, &who, &forms, &receipt->left, err) &&
	       none_under_way(op, arena, self->person_id, err) &&
	       count_withdrawn(op, arena, self->person_id, &receipt->withdrawn, err) &&
	       store_one(op->store, arena, &unsorted, err, SQL_ERASING_UNSORTED, "") &&
	       store_all(op->store, arena, &replies, err, SQL_PERSONAL_REPLIES, "t",
			 forms) &&
	       leave_all(op, arena, self, err) &&
	       suppression_add_own(op, row_text(person, "address_key"), err) &&
	       note(op, self, receipt, err) && blank(op, self->person_id, err) &&
	       send_receipt(op, arena, self, person, receipt,
			    replies.count > 0 || row_int(&unsorted, "n"), err);
}

const char *personal_data_withdrawn_words(struct arena *arena,
					  const struct erasure_receipt *receipt)
{
	int64_t n = receipt->withdrawn;

	if (!n)
		return "";
	return n == 1 ? "1 notification that waited to be sent was withdrawn."
		      : arena_printf(arena,
				     "%" PRId64
				     " notifications that waited to be sent were "
				     "withdrawn.",
				     n);
}

bool personal_data_erase(struct operation *op, const struct self_service *who,
			 struct erasure_receipt *out, struct err *err)
{
	struct self_service whose = *who, *self = &whose;
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct erasure_receipt receipt;
	struct store_row person;

	if (!t || !give_row(op, arena, self, err) ||
	    !store_one(op->store, arena, &person, err, SQL_PERSON_BY_ID, "i",
		       self->person_id))
		return false;
	if (!row_null(&person, "erased_at"))
		return err_set(err, ERR_ABSENT, "they were erased before");
	number_it(self->person_id, receipt.number);
	if (!erase(op, arena, self, &person, &receipt, err) || !store_commit(&t, err))
		return false;
	*out = receipt;
	return true;
}

/* FTS5 takes deleted words out of its pages only when it merges them: so many at a time. */
static bool words_go(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	AUTO(store_txn) t = NULL;
	struct store_row left, before, after;
	int64_t pages = MERGE_PAGES;

	if (!store_one(op->store, arena, &left, err, SQL_ERASE_WORDS_LEFT, ""))
		return false;
	if (!row_int(&left, "n"))
		return true;
	if (row_int(&left, "begins"))
		pages = -pages;
	t = store_begin(op->store, err);
	if (!t || !store_one(op->store, arena, &before, err, SQL_CHANGES_SO_FAR, "") ||
	    !store_run(op->store, err, SQL_ERASE_WORDS_MAILS, "i", pages) ||
	    !store_run(op->store, err, SQL_ERASE_WORDS_PEOPLE, "i", pages) ||
	    !store_one(op->store, arena, &after, err, SQL_CHANGES_SO_FAR, ""))
		return false;
	*out_did = true;
	if (pages < 0)
		return store_run(op->store, err, SQL_ERASE_WORDS_SET, "tt", "left",
				 "going") &&
		       store_commit(&t, err);
	if (row_int(&after, "n") - row_int(&before, "n") <= NOTHING_MERGED &&
	    !store_run(op->store, err, SQL_ERASE_WORDS_SET, "tt", "going", "gone"))
		return false;
	return store_commit(&t, err);
}

bool personal_data_erase_tend(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct store_table due;

	*out_did = false;
	if (!store_all(op->store, arena, &due, err, SQL_ERASURES_TO_LOOK, "ii", op->now,
		       (int64_t)SOME))
		return false;
	if (!due.count)
		return words_go(op, out_did, err);
	t = store_begin(op->store, err);
	for (size_t i = 0; t && i < due.count; i++) {
		struct store_row row = table_row(&due, i);
		const char *state = row_text(&row, "state");
		bool over = !state || str_eq(state, "sent") || str_eq(state, "refused");
		int64_t id = row_int(&row, "id");

		if ((over && !store_run(op->store, err, SQL_ERASE_NOTIFICATION, "i",
					row_int(&row, "notification_id"))) ||
		    !store_run(op->store, err, SQL_ERASURE_LOOK_AT, "iz", id,
			       over ? (int64_t)0 : op->now + LOOK_AGAIN_S))
			return false;
	}
	*out_did = t != NULL;
	return t && store_commit(&t, err);
}
