/*
 * attempt - every try of a password or one-time code, through one counter.
 *
 * Nothing else may compare a password or a code (a lint holds it): what is tried without
 * being counted can be guessed. Signing in and proving oneself again in an open session
 * count for the same account, so that an unlocked screen gives nobody more tries than the
 * door does.
 *
 * Attempts are counted before the password is tried, for the account and for the source
 * (an address), in the store: a restart forgets nothing. After SIGN_IN_FREE
 * failures for an account (SIGN_IN_FREE_SOURCE for a source) each further one
 * doubles the wait, from SIGN_IN_WAIT_S to SIGN_IN_WAIT_MOST_S; success wipes
 * the account's count, a day without an attempt wipes both. Unknown names are counted
 * and take as long as known ones.
 *
 * Failures are counted, not listed: a stranger who tries a thousand passwords makes no
 * thousand events. The audit says when an account begins to be held back, and when all
 * failures of a day reach ten, a hundred, a thousand ...; what fails less often stands in
 * the next sign-in's event.
 *
 * Units      seconds
 * Ownership  the login's texts live in the arena.
 * Errors     ERR_REFUSED  name, password or code is wrong (never says which)
 *            ERR_AGAIN    too many attempts; the sentence says how long to wait, and
 *                         op->wait_until until when
 */
#ifndef MERCAT_DOMAIN_ATTEMPT_H
#define MERCAT_DOMAIN_ATTEMPT_H

#include "domain/core/domain.h"
#include "base/calendar.h"

enum {
	SIGN_IN_FREE = 5,
	SIGN_IN_FREE_SOURCE = 30,
	SIGN_IN_WAIT_S = 30,
	SIGN_IN_WAIT_MOST_S = 900,
	SIGN_IN_REMEMBERED_S = DAY_S
};

struct sign_in {
	const char *name, *password;
	const char *code;   /* one-time code; NULL or "" where there is none */
	const char *source; /* the peer's address as text */
};

/* One of the two things that attempts are counted for. */
struct attempt_count {
	unsigned char key[SECRET_SHA256_BYTES];
	int64_t failures, until_at; /* after this attempt was counted */
	int64_t waits_until;        /* over now: held back, and nothing was counted */
};

struct attempt {
	struct attempt_count account, source, all;
	struct store_row login;
	int64_t step; /* of the one-time code that fitted; 0: they have no second step */
};

/* Name, password and, where they have one, the code. Not inside a transaction. */
bool attempt_sign_in(struct operation *op, struct arena *arena,
		     const struct sign_in *asked, struct attempt *out,
		     struct err *err) MUST_USE;
/* Somebody who is signed in shows that it is still they: the password alone. */
bool attempt_own_password(struct operation *op, struct arena *arena,
			  const struct sign_in *asked, struct err *err) MUST_USE;
/* It came to its end: the count goes. Inside the transaction of what it allowed. */
bool attempt_succeeded(struct operation *op, const struct attempt *attempt,
		       struct err *err) MUST_USE;
/* Somebody may try at once again: their password was set anew. Inside another act. */
bool attempt_forget(struct operation *op, const char *name, struct err *err) MUST_USE;
/* What ERR_REFUSED says, for what is found out only later. */
bool attempt_wrong(struct err *err);

#endif
