#include "acts/link.h"
#include "acts/audit.h"
#include "acts/member.h"
#include "base/str.h"

enum { DAY_S = 86400 };

bool acts_link_make(struct acts *acts, const char *purpose, int64_t person_id,
		    int64_t move_id, char out_token[SECRET_RANDOM_LEN + 1],
		    struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	secret_random_token(out_token);
	secret_sha256(out_token, strlen(out_token), hash);
	return store_run(acts->store, err, SQL_LINK_TOKEN_ADD, "tizbii", purpose,
			 person_id, move_id, hash, sizeof(hash), acts->now,
			 acts->now + acts->settings->link_expires_s);
}

bool acts_link_find(struct acts *acts, struct arena *arena, const char *token,
		    enum acts_token_state *out_state, struct store_row *out,
		    struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	secret_sha256(token, strlen(token), hash);
	if (!store_one(acts->store, arena, out, err, SQL_LINK_TOKEN_BY_HASH, "b", hash,
		       sizeof(hash))) {
		*out_state = ACTS_TOKEN_UNKNOWN;
		return err->kind == ERR_ABSENT;
	}
	*out_state = !row_null(out, "erased_at")              ? ACTS_TOKEN_UNKNOWN
		     : !row_null(out, "used_at")              ? ACTS_TOKEN_USED
		     : row_int(out, "expires_at") < acts->now ? ACTS_TOKEN_EXPIRED
							      : ACTS_TOKEN_GOOD;
	return true;
}

bool acts_ask_note(struct acts *acts, const char *purpose, const char *address_key,
		   int64_t most, bool *out_may, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	unsigned char hash[SECRET_SHA256_BYTES];
	struct store_row row;

	secret_hash(acts->key, "page ask", address_key, hash);
	if (!store_one(acts->store, arena, &row, err, SQL_PAGE_ASK_COUNT, "bti", hash,
		       sizeof(hash), purpose, acts->now - DAY_S))
		return false;
	*out_may = row_int(&row, "n") < most;
	return store_run(acts->store, err, SQL_PAGE_ASK_ADD, "itb", acts->now, purpose,
			 hash, sizeof(hash));
}

bool acts_link_sender(struct acts *acts, struct arena *arena, struct acts_letter *letter,
		      struct err *err)
{
	struct store_row row;

	letter->from_name = acts->settings->organisation;
	if (store_one(acts->store, arena, &row, err, SQL_LIST_FIRST, "")) {
		letter->from_address = row_text(&row, "address");
		letter->reply_to = letter->values.contact_address =
			row_text(&row, "owner");
		return true;
	}
	letter->from_address =
		arena_printf(arena, "no-reply@%s", acts->settings->own_domain);
	return err->kind == ERR_ABSENT;
}

bool acts_self_note(struct acts *acts, const struct acts_self *self, const char *act,
		    struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct store_table t;

	if (!store_all(acts->store, arena, 0, &t, err, SQL_PERSON_SUBSCRIPTIONS, "i",
		       self->person_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!acts_member_evidence(acts, row_int(&row, "id"), act, self->how, 0, 0,
					  NULL, 0, err))
			return false;
	}
	return acts_audit(acts, err, act, "person", self->person_id, "by %s", self->how);
}
