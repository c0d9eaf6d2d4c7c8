#include "domain/subscribers/address_change.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/core/language.h"
#include "domain/subscribers/link.h"
#include "domain/subscribers/subscription.h"
#include "domain/subscribers/suppress.h"
#include "base/calendar.h"
#include "base/str.h"

#include <inttypes.h>

struct moving {
	int64_t move_id, person_id;
	const char *old_address, *new_address, *new_key, *language, *how;
};

static bool send(struct operation *op, struct arena *arena, const struct moving *v,
		 enum mail_notification kind, bool spend, struct err *err)
{
	bool to_new = kind == NOTIFICATION_MOVE_NEW;
	char token[SECRET_RANDOM_LEN + 1];
	int64_t until = op->now + op->settings->link_expires_s;
	struct notification letter = {
		.kind = kind,
		.once = arena_printf(arena, "%s:%" PRId64, mail_notification_name(kind),
				     v->move_id),
		.to_address = to_new ? v->new_address : v->old_address,
		.language = v->language,
		.values = {.old_address = to_new ? NULL : v->old_address,
			   .new_address = v->new_address,
			   .expires = long_time(op, arena, v->language, until,
						op->settings->zone)},
	};

	if (kind != NOTIFICATION_MOVED) {
		if (!own_link_make(op, mail_notification_name(kind), v->person_id,
				   v->move_id, token, err))
			return false;
		letter.values.move_url = arena_printf(arena, "%s/address/%s",
						      op->settings->base_url, token);
	}
	if (!notification_from_us(op, arena, &letter, err))
		return false;
	return spend ? notification_spend(op, &letter, err)
		     : notification_queue(op, &letter, NULL, err);
}

static bool may_ask(struct operation *op, struct arena *arena, const struct moving *v,
		    struct err *err)
{
	struct store_row row;
	bool may;

	if (!store_one(op->store, arena, &row, err, SQL_MOVE_RECENT, "ii", v->person_id,
		       op->now - DAY_S) ||
	    !page_ask_note(op, "move", v->new_key, ASKS_A_DAY, &may, err))
		return false;
	return (may && row_int(&row, "n") < ASKS_A_DAY) ||
	       err_set(err, ERR_CONFLICT,
		       "that was asked for too often today; try again tomorrow");
}

bool address_change_ask(struct operation *op, const struct self_service *self,
			const char *address, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct moving v = {.person_id = self->person_id, .how = self->how};
	struct store_row person;
	bool barred;

	if (!address_read(arena, address, &v.new_key, &v.new_address, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !store_one(op->store, arena, &person, err, SQL_PERSON_BY_ID, "i",
			     self->person_id))
		return false;
	v.old_address = row_text(&person, "address");
	v.language = row_text(&person, "language");
	if (str_eq(row_text(&person, "address_key"), v.new_key))
		return err_set(err, ERR_INPUT, "%s is the address you have",
			       v.new_address);
	if (!may_ask(op, arena, &v, err) ||
	    !address_is_barred(op, v.new_address, &barred, err) ||
	    !store_run(op->store, err, SQL_MOVE_VOID, "ii", v.person_id, op->now) ||
	    !store_run(op->store, err, SQL_MOVE_ADD, "ittti", v.person_id, v.new_address,
		       v.new_key, self->how, op->now))
		return false;
	v.move_id = store_last_id(op->store);
	return send(op, arena, &v, NOTIFICATION_MOVE_OLD, false, err) &&
	       send(op, arena, &v, NOTIFICATION_MOVE_NEW, barred, err) &&
	       audit_record(op, err, "address change asked", "person", v.person_id,
			    "move %" PRId64 ", by %s%s%s", v.move_id, self->how,
			    self->asked ? "; they asked: " : "",
			    str_or(self->asked, "")) &&
	       store_commit(&t, err);
}

/* The token and its move; *out_state may turn what is no use any more into expired. */
static bool find(struct operation *op, struct arena *arena, const char *token,
		 enum token_state *out_state, struct store_row *link,
		 struct store_row *move, struct store_row *person, struct err *err)
{
	if (!own_link_find(op, arena, token, out_state, link, err))
		return false;
	if (*out_state != TOKEN_UNKNOWN && row_null(link, "move_id"))
		*out_state = TOKEN_UNKNOWN;
	if (*out_state == TOKEN_UNKNOWN)
		return true;
	if (!store_one(op->store, arena, move, err, SQL_MOVE_BY_ID, "i",
		       row_int(link, "move_id")) ||
	    !store_one(op->store, arena, person, err, SQL_PERSON_BY_ID, "i",
		       row_int(link, "person_id")))
		return false;
	if (*out_state == TOKEN_GOOD && !str_eq(row_text(move, "state"), "open"))
		*out_state = TOKEN_EXPIRED;
	return true;
}

bool address_change_find(struct operation *op, struct arena *arena, const char *token,
			 enum token_state *out_state, struct address_change *out,
			 struct err *err)
{
	struct store_row link, move, person;

	if (!find(op, arena, token, out_state, &link, &move, &person, err))
		return false;
	if (*out_state == TOKEN_UNKNOWN)
		return true;
	*out = (struct address_change){
		.is_old = str_eq(row_text(&link, "purpose"), "move-old"),
		.new_address = row_text(&move, "address"),
		.language = language_for(op, row_text(&person, "language")),
		.old_said = !row_null(&move, "old_at"),
		.new_said = !row_null(&move, "new_at"),
		.done = str_eq(row_text(&move, "state"), "done"),
	};
	/* Who has only the new mailbox is not told the old address. */
	out->old_address =
		out->is_old && !out->done ? row_text(&person, "address") : NULL;
	return true;
}

/* Somebody else has it: a person on no list makes room, anybody else keeps it. */
static bool make_room(struct operation *op, struct arena *arena, const struct moving *v,
		      bool *out_taken, struct err *err)
{
	struct store_row other, n;
	int64_t id;

	if (!address_is_suppressed(op, v->new_address, out_taken, err))
		return false;
	if (*out_taken)
		return true;
	if (!store_one(op->store, arena, &other, err, SQL_PERSON_BY_KEY, "t", v->new_key))
		return err_forgive(err, ERR_ABSENT);
	id = row_int(&other, "id");
	if (!store_one(op->store, arena, &n, err, SQL_PERSON_LISTED, "i", id))
		return false;
	*out_taken = row_int(&n, "n") > 0;
	return *out_taken ||
	       (store_run(op->store, err, SQL_ERASE_PERSON, "ii", id, op->now) &&
		audit_record(op, err, "address given up", "person", id,
			     "to person %" PRId64 ", move %" PRId64, v->person_id,
			     v->move_id));
}

/* What came back from the old address says nothing about the new one. */
static bool forget_points(struct operation *op, struct arena *arena, int64_t person_id,
			  struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_PERSON_SUBSCRIPTIONS, "i",
		       person_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!store_run(op->store, err, SQL_BOUNCE_SCORE_CLEAR, "iiiz",
			       row_int(&row, "id"), (int64_t)0, op->now, (int64_t)0))
			return false;
	}
	return true;
}

static bool carry_out(struct operation *op, struct arena *arena, const struct moving *v,
		      enum address_change_result *out, struct err *err)
{
	struct self_service self = {.person_id = v->person_id, .how = v->how};
	bool taken;

	if (!make_room(op, arena, v, &taken, err))
		return false;
	*out = taken ? ADDRESS_CHANGE_TAKEN : ADDRESS_CHANGE_DONE;
	if (taken)
		return store_run(op->store, err, SQL_MOVE_END, "iti", v->move_id, "ended",
				 op->now) &&
		       audit_record(op, err, "address change ended", "person",
				    v->person_id, "move %" PRId64 ": not free",
				    v->move_id);
	return send(op, arena, v, NOTIFICATION_MOVED, false, err) &&
	       store_run(op->store, err, SQL_PERSON_ADDRESS_SET, "itt", v->person_id,
			 v->new_address, v->new_key) &&
	       store_run(op->store, err, SQL_MOVE_END, "iti", v->move_id, "done",
			 op->now) &&
	       store_run(op->store, err, SQL_LINK_TOKEN_VOID, "ii", v->person_id,
			 op->now) &&
	       forget_points(op, arena, v->person_id, err) &&
	       self_service_note(op, &self, "address", err);
}

bool address_change_confirm(struct operation *op, const char *token,
			    enum address_change_result *out, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct store_row link, move, person;
	enum token_state state;
	struct moving v;
	bool is_old;

	if (!t || !find(op, arena, token, &state, &link, &move, &person, err))
		return false;
	*out = state == TOKEN_USED      ? ADDRESS_CHANGE_AGAIN
	       : state == TOKEN_EXPIRED ? ADDRESS_CHANGE_EXPIRED
	       : state == TOKEN_UNKNOWN ? ADDRESS_CHANGE_UNKNOWN
					: ADDRESS_CHANGE_WAITS;
	if (state != TOKEN_GOOD)
		return true;
	is_old = str_eq(row_text(&link, "purpose"), "move-old");
	v = (struct moving){
		.move_id = row_int(&move, "id"),
		.person_id = row_int(&person, "id"),
		.old_address = row_text(&person, "address"),
		.new_address = row_text(&move, "address"),
		.new_key = row_text(&move, "address_key"),
		.language = row_text(&person, "language"),
		.how = row_text(&move, "how"),
	};
	if (!store_run(op->store, err, SQL_LINK_TOKEN_USE, "ii", row_int(&link, "id"),
		       op->now) ||
	    !store_run(op->store, err, SQL_MOVE_SAID, "iii", v.move_id, (int64_t)is_old,
		       op->now) ||
	    !audit_record(op, err, "address change confirmed", "person", v.person_id,
			  "move %" PRId64 ", at the %s address", v.move_id,
			  is_old ? "old" : "new"))
		return false;
	if (!row_null(&move, is_old ? "new_at" : "old_at") &&
	    !carry_out(op, arena, &v, out, err))
		return false;
	return store_commit(&t, err);
}

bool address_change_open(struct operation *op, struct arena *arena,
			 const struct self_service *self, struct address_change *out,
			 struct err *err)
{
	struct store_row row;

	*out = (struct address_change){0};
	if (!store_one(op->store, arena, &row, err, SQL_MOVE_OPEN, "ii", self->person_id,
		       op->now - op->settings->link_expires_s))
		return err_forgive(err, ERR_ABSENT);
	*out = (struct address_change){.new_address = row_text(&row, "address"),
				       .old_said = !row_null(&row, "old_at"),
				       .new_said = !row_null(&row, "new_at")};
	return true;
}

bool address_change_cancel(struct operation *op, const struct self_service *self,
			   struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);

	return t &&
	       store_run(op->store, err, SQL_MOVE_VOID, "ii", self->person_id, op->now) &&
	       audit_record(op, err, "address change cancelled", "person",
			    self->person_id, "by %s", self->how) &&
	       store_commit(&t, err);
}
