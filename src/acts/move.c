#include "acts/move.h"
#include "acts/address.h"
#include "acts/audit.h"
#include "acts/language.h"
#include "acts/link.h"
#include "acts/suppress.h"
#include "base/str.h"

#include <inttypes.h>

enum { DAY_S = 86400 };

struct moving {
	int64_t move_id, person_id;
	const char *old_address, *new_address, *new_key, *language, *how;
};

static bool send(struct acts *acts, struct arena *arena, const struct moving *v,
		 enum mail_letter kind, bool spend, struct err *err)
{
	bool to_new = kind == LETTER_MOVE_NEW;
	char token[SECRET_RANDOM_LEN + 1];
	int64_t until = acts->now + acts->settings->link_expires_s;
	struct acts_letter letter = {
		.kind = kind,
		.once = arena_printf(arena, "%s:%" PRId64, mail_letter_name(kind),
				     v->move_id),
		.to_address = to_new ? v->new_address : v->old_address,
		.language = v->language,
		.values = {.old_address = to_new ? NULL : v->old_address,
			   .new_address = v->new_address,
			   .expires = acts_long_time(acts, arena, v->language, until,
						     acts->settings->zone)},
	};

	if (kind != LETTER_MOVED) {
		if (!acts_link_make(acts, mail_letter_name(kind), v->person_id,
				    v->move_id, token, err))
			return false;
		letter.values.move_url = arena_printf(arena, "%s/address/%s",
						      acts->settings->base_url, token);
	}
	if (!acts_link_sender(acts, arena, &letter, err))
		return false;
	return spend ? acts_letter_spend(acts, &letter, err)
		     : acts_letter_queue(acts, &letter, NULL, err);
}

static bool may_ask(struct acts *acts, struct arena *arena, const struct moving *v,
		    struct err *err)
{
	struct store_row row;
	bool may;

	if (!store_one(acts->store, arena, &row, err, SQL_MOVE_RECENT, "ii", v->person_id,
		       acts->now - DAY_S) ||
	    !acts_ask_note(acts, "move", v->new_key, ACTS_ASKS_A_DAY, &may, err))
		return false;
	return (may && row_int(&row, "n") < ACTS_ASKS_A_DAY) ||
	       err_set(err, ERR_CONFLICT,
		       "that was asked for too often today; try again tomorrow");
}

bool acts_move_ask(struct acts *acts, const struct acts_self *self, const char *address,
		   struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct moving v = {.person_id = self->person_id, .how = self->how};
	struct store_row person;
	bool barred;

	if (!acts_address_read(arena, address, &v.new_key, &v.new_address, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !store_one(acts->store, arena, &person, err, SQL_PERSON_BY_ID, "i",
			     self->person_id))
		return false;
	v.old_address = row_text(&person, "address");
	v.language = row_text(&person, "language");
	if (str_eq(row_text(&person, "address_key"), v.new_key))
		return err_set(err, ERR_INPUT, "%s is the address you have",
			       v.new_address);
	if (!may_ask(acts, arena, &v, err) ||
	    !acts_is_barred(acts, v.new_address, &barred, err) ||
	    !store_run(acts->store, err, SQL_MOVE_VOID, "ii", v.person_id, acts->now) ||
	    !store_run(acts->store, err, SQL_MOVE_ADD, "ittti", v.person_id,
		       v.new_address, v.new_key, self->how, acts->now))
		return false;
	v.move_id = store_last_id(acts->store);
	return send(acts, arena, &v, LETTER_MOVE_OLD, false, err) &&
	       send(acts, arena, &v, LETTER_MOVE_NEW, barred, err) &&
	       acts_audit(acts, err, "address change asked", "person", v.person_id,
			  "move %" PRId64 ", by %s", v.move_id, self->how) &&
	       store_commit(&t, err);
}

/* The token and its move; *out_state may turn what is no use any more into expired. */
static bool find(struct acts *acts, struct arena *arena, const char *token,
		 enum acts_token_state *out_state, struct store_row *link,
		 struct store_row *move, struct store_row *person, struct err *err)
{
	if (!acts_link_find(acts, arena, token, out_state, link, err))
		return false;
	if (*out_state != ACTS_TOKEN_UNKNOWN && row_null(link, "move_id"))
		*out_state = ACTS_TOKEN_UNKNOWN;
	if (*out_state == ACTS_TOKEN_UNKNOWN)
		return true;
	if (!store_one(acts->store, arena, move, err, SQL_MOVE_BY_ID, "i",
		       row_int(link, "move_id")) ||
	    !store_one(acts->store, arena, person, err, SQL_PERSON_BY_ID, "i",
		       row_int(link, "person_id")))
		return false;
	if (*out_state == ACTS_TOKEN_GOOD && !str_eq(row_text(move, "state"), "open"))
		*out_state = ACTS_TOKEN_EXPIRED;
	return true;
}

bool acts_move_find(struct acts *acts, struct arena *arena, const char *token,
		    enum acts_token_state *out_state, struct acts_move *out,
		    struct err *err)
{
	struct store_row link, move, person;

	if (!find(acts, arena, token, out_state, &link, &move, &person, err))
		return false;
	if (*out_state == ACTS_TOKEN_UNKNOWN)
		return true;
	*out = (struct acts_move){
		.is_old = str_eq(row_text(&link, "purpose"), "move-old"),
		.new_address = row_text(&move, "address"),
		.language = acts_language(acts, row_text(&person, "language")),
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
static bool make_room(struct acts *acts, struct arena *arena, const struct moving *v,
		      bool *out_taken, struct err *err)
{
	struct store_row other, n;
	int64_t id;

	if (!acts_is_suppressed(acts, v->new_address, out_taken, err))
		return false;
	if (*out_taken)
		return true;
	if (!store_one(acts->store, arena, &other, err, SQL_PERSON_BY_KEY, "t",
		       v->new_key))
		return err->kind == ERR_ABSENT;
	id = row_int(&other, "id");
	if (!store_one(acts->store, arena, &n, err, SQL_PERSON_LISTED, "i", id))
		return false;
	*out_taken = row_int(&n, "n") > 0;
	return *out_taken ||
	       (store_run(acts->store, err, SQL_ERASE_PERSON, "ii", id, acts->now) &&
		acts_audit(acts, err, "address given up", "person", id,
			   "to person %" PRId64 ", move %" PRId64, v->person_id,
			   v->move_id));
}

/* What came back from the old address says nothing about the new one. */
static bool forget_points(struct acts *acts, struct arena *arena, int64_t person_id,
			  struct err *err)
{
	struct store_table t;

	if (!store_all(acts->store, arena, 0, &t, err, SQL_PERSON_SUBSCRIPTIONS, "i",
		       person_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!store_run(acts->store, err, SQL_BOUNCE_SCORE_CLEAR, "iiiz",
			       row_int(&row, "id"), (int64_t)0, acts->now, (int64_t)0))
			return false;
	}
	return true;
}

static bool carry_out(struct acts *acts, struct arena *arena, const struct moving *v,
		      enum acts_move_result *out, struct err *err)
{
	struct acts_self self = {v->person_id, v->how};
	bool taken;

	if (!make_room(acts, arena, v, &taken, err))
		return false;
	*out = taken ? ACTS_MOVE_TAKEN : ACTS_MOVE_DONE;
	if (taken)
		return store_run(acts->store, err, SQL_MOVE_END, "iti", v->move_id,
				 "ended", acts->now) &&
		       acts_audit(acts, err, "address change ended", "person",
				  v->person_id, "move %" PRId64 ": not free", v->move_id);
	return send(acts, arena, v, LETTER_MOVED, false, err) &&
	       store_run(acts->store, err, SQL_PERSON_ADDRESS_SET, "itt", v->person_id,
			 v->new_address, v->new_key) &&
	       store_run(acts->store, err, SQL_MOVE_END, "iti", v->move_id, "done",
			 acts->now) &&
	       store_run(acts->store, err, SQL_LINK_TOKEN_VOID, "ii", v->person_id,
			 acts->now) &&
	       forget_points(acts, arena, v->person_id, err) &&
	       acts_self_note(acts, &self, "address", err);
}

bool acts_move_confirm(struct acts *acts, const char *token, enum acts_move_result *out,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct store_row link, move, person;
	enum acts_token_state state;
	struct moving v;
	bool is_old;

	if (!t || !find(acts, arena, token, &state, &link, &move, &person, err))
		return false;
	*out = state == ACTS_TOKEN_USED      ? ACTS_MOVE_AGAIN
	       : state == ACTS_TOKEN_EXPIRED ? ACTS_MOVE_EXPIRED
	       : state == ACTS_TOKEN_UNKNOWN ? ACTS_MOVE_UNKNOWN
					     : ACTS_MOVE_WAITS;
	if (state != ACTS_TOKEN_GOOD)
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
	if (!store_run(acts->store, err, SQL_LINK_TOKEN_USE, "ii", row_int(&link, "id"),
		       acts->now) ||
	    !store_run(acts->store, err, SQL_MOVE_SAID, "iii", v.move_id, (int64_t)is_old,
		       acts->now) ||
	    !acts_audit(acts, err, "address change confirmed", "person", v.person_id,
			"move %" PRId64 ", at the %s address", v.move_id,
			is_old ? "old" : "new"))
		return false;
	if (!row_null(&move, is_old ? "new_at" : "old_at") &&
	    !carry_out(acts, arena, &v, out, err))
		return false;
	return store_commit(&t, err);
}
