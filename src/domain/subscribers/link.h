/*
 * link - links that are sent to one's own address, and how often one may ask.
 *
 * Not the link that unsubscribes, which every bulletin carries. A token is 128 random bits,
 * bound to its purpose and person; only its hash is kept. What was asked for an
 * address is counted by a keyed hash of its limit key (mail/write/recipient.h), whether or not
 * anybody has the address.
 * All of it runs inside the caller's transaction.
 */
#ifndef MERCAT_DOMAIN_LINK_H
#define MERCAT_DOMAIN_LINK_H

#include "domain/admin/notification.h"
#include "domain/subscribers/preferences.h"

enum { ASKS_A_DAY = 3 };

/* purpose "preferences", "move-old" or "move-new"; move_id 0 for "preferences". */
bool own_link_make(struct operation *op, const char *purpose, int64_t person_id,
		   int64_t move_id, char out_token[SECRET_RANDOM_LEN + 1],
		   struct err *err) MUST_USE;
/* *out is the row "link_token_by_hash", set but for TOKEN_UNKNOWN. */
bool own_link_find(struct operation *op, struct arena *arena, const char *token,
		   enum token_state *out_state, struct store_row *out,
		   struct err *err) MUST_USE;

/* Notes the question; out_may: false when there were "most" of them within a day. */
bool page_ask_note(struct operation *op, const char *purpose, const char *address_key,
		   int64_t most, bool *out_may, struct err *err) MUST_USE;

#endif
