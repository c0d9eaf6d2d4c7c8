#include "domain/subscribers/link.h"
#include "base/calendar.h"
#include "base/str.h"
#include "mail/write/recipient.h"

bool own_link_make(struct operation *op, const char *purpose, int64_t person_id,
		   int64_t move_id, char out_token[SECRET_RANDOM_LEN + 1],
		   struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	secret_random_token(out_token);
	secret_sha256(out_token, strlen(out_token), hash);
	return store_run(op->store, err, SQL_LINK_TOKEN_ADD, "tizbii", purpose, person_id,
			 move_id, hash, sizeof(hash), op->now,
			 op->now + op->settings->link_expires_s);
}

bool own_link_find(struct operation *op, struct arena *arena, const char *token,
		   enum token_state *out_state, struct store_row *out, struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	secret_sha256(token, strlen(token), hash);
	if (!store_one(op->store, arena, out, err, SQL_LINK_TOKEN_BY_HASH, "b", hash,
		       sizeof(hash))) {
		*out_state = TOKEN_UNKNOWN;
		return err_forgive(err, ERR_ABSENT);
	}
	*out_state = !row_null(out, "erased_at")            ? TOKEN_UNKNOWN
		     : !row_null(out, "used_at")            ? TOKEN_USED
		     : row_int(out, "expires_at") < op->now ? TOKEN_EXPIRED
							    : TOKEN_GOOD;
	return true;
}

bool page_ask_note(struct operation *op, const char *purpose, const char *address_key,
		   int64_t most, bool *out_may, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	const char *key = mail_limit_key(arena, address_key);
	unsigned char hash[SECRET_SHA256_BYTES];
	struct store_row row;

	secret_hash(op->key, "page ask", str_or(key, address_key), hash);
	if (!store_one(op->store, arena, &row, err, SQL_PAGE_ASK_COUNT, "bti", hash,
		       sizeof(hash), purpose, op->now - DAY_S))
		return false;
	*out_may = row_int(&row, "n") < most;
	return store_run(op->store, err, SQL_PAGE_ASK_ADD, "itb", op->now, purpose, hash,
			 sizeof(hash));
}
