/*
 * acts attempt - every try of a password or one-time code, through one counter.
 *
 * Nothing else may compare a password or a code (a lint holds it): what is tried without
 * being counted can be guessed. Signing in and proving oneself again in an open session
 * count for the same account, so that an unlocked screen gives nobody more tries than the
 * door does.
 *
 * Attempts are counted before the password is tried, for the account and for the source
 * (an address), in the store: a restart forgets nothing. After ACTS_SIGN_IN_FREE
 * failures for an account (ACTS_SIGN_IN_FREE_SOURCE for a source) each further one
 * doubles the wait, from ACTS_SIGN_IN_WAIT_S to ACTS_SIGN_IN_WAIT_MOST_S; success wipes
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
 *            ERR_AGAIN    too many attempts; the sentence says how long to wait
 */
#ifndef MERCAT_ACTS_ATTEMPT_H
#define MERCAT_ACTS_ATTEMPT_H

#include "acts/acts.h"

enum {
	ACTS_SIGN_IN_FREE = 5,
	ACTS_SIGN_IN_FREE_SOURCE = 30,
	ACTS_SIGN_IN_WAIT_S = 30,
	ACTS_SIGN_IN_WAIT_MOST_S = 900,
	ACTS_SIGN_IN_REMEMBERED_S = 86400
};

struct acts_sign_in {
	const char *name, *password;
	const char *code;   /* one-time code; NULL or "" where there is none */
	const char *source; /* the peer's address as text */
};

/* One of the two things that attempts are counted for. */
struct acts_attempt_count {
	unsigned char key[SECRET_SHA256_BYTES];
	int64_t failures, until_at; /* after this attempt was counted */
	int64_t waits_until;        /* over now: held back, and nothing was counted */
};

struct acts_attempt {
	struct acts_attempt_count account, source, all;
	struct store_row login;
	int64_t step; /* of the one-time code that fitted; 0: they have no second step */
};

/* Name, password and, where they have one, the code. Not inside a transaction. */
bool acts_attempt_sign_in(struct acts *acts, struct arena *arena,
			  const struct acts_sign_in *asked, struct acts_attempt *out,
			  struct err *err) MUST_USE;
/* Somebody who is signed in shows that it is still they: the password alone. */
bool acts_attempt_own_password(struct acts *acts, struct arena *arena,
			       const struct acts_sign_in *asked,
			       struct err *err) MUST_USE;
/* It came to its end: the count goes. Inside the transaction of what it allowed. */
bool acts_attempt_succeeded(struct acts *acts, const struct acts_attempt *attempt,
			    struct err *err) MUST_USE;
/* Somebody may try at once again: their password was set anew. Inside another act. */
bool acts_attempt_forget(struct acts *acts, const char *name, struct err *err) MUST_USE;
/* What ERR_REFUSED says, for what is found out only later. */
bool acts_attempt_wrong(struct err *err);

#endif
