/*
 * session - who is signed in to the staff's pages, and how they came in.
 *
 * A session is a random token of 256 bits in a cookie; the store has only its SHA-256.
 * It ends by itself after staff.session_idle without a request and staff.session_most
 * after it began, and at once on sign-out, on a new password, on a new second step, on
 * the end of the account and when a role is taken away.
 *
 * The token that every form carries (CSRF) is a keyed hash of the session's token: no
 * column, and none works for another session.
 *
 * What is tried at the door is counted: domain/admin/attempt.h.
 *
 * Units      seconds
 * Ownership  texts of a session live in the arena.
 * Errors     ERR_REFUSED  name, password or code is wrong (never says which)
 *            ERR_AGAIN    too many attempts; the sentence says how long to wait
 *            ERR_ABSENT   no such session, or it has ended: sign in
 */
#ifndef MERCAT_DOMAIN_SESSION_H
#define MERCAT_DOMAIN_SESSION_H

#include "base/calendar.h"
#include "domain/admin/attempt.h"

enum {
	SESSION_TOKEN_LEN = 52, /* base32 characters */
	SESSION_CSRF_LEN = 52,
	SESSION_FORM_S = 2 * DAY_S /* so long a form is known to have been taken */
};

struct session {
	int64_t id, staff_id, created_at, seen_at,
		ends_at;  /* ends_at: if nothing happens */
	const char *name; /* of the staff */
	bool by_proxy;
};

/* Opens a session; out_token goes into the cookie. Not inside a transaction. */
bool session_sign_in(struct operation *op, struct arena *arena,
		     const struct sign_in *asked, char out_token[SESSION_TOKEN_LEN + 1],
		     struct session *out, struct err *err) MUST_USE;
struct proxied {
	const char *name, *source; /* of the staff; where the request comes from */
};
/* For a name that a trusted proxy vouches for (staff.proxy_header); ERR_ABSENT when it is
 * not in the staff. Call it when the request has no session of that name yet. */
bool session_for_proxy(struct operation *op, struct arena *arena,
		       const struct proxied *proxied,
		       char out_token[SESSION_TOKEN_LEN + 1], struct session *out,
		       struct err *err) MUST_USE;
/*
 * The session of a cookie's token. On success op->staff_id and op->who are this
 * person's. Writes seen_at at most once a minute, so that a request costs no commit.
 */
bool session_find(struct operation *op, struct arena *arena, const char *token,
		  struct session *out, struct err *err) MUST_USE;
/* Signs out; nothing to do is no error. */
bool session_end(struct operation *op, const char *token, struct err *err) MUST_USE;
/* Every session of a person, with the reason for the audit; inside another act. */
bool sessions_end_all(struct operation *op, int64_t staff_id, const char *why,
		      struct err *err) MUST_USE;
/* The clock's: forgets ended and expired sessions and old counts. */
bool sessions_tidy(struct operation *op, struct err *err) MUST_USE;

void session_csrf(const struct operation *op, const char *token,
		  char out[SESSION_CSRF_LEN + 1]);
/* In constant time; NULL fits never. */
bool session_csrf_fits(const struct operation *op, const char *token,
		       const char *given) MUST_USE;

/*
 * What was sent by a form is taken once. what: all that tells this sending from another, its
 * page's own mark with it. Inside the transaction of the act, so that it is forgotten with an act
 * that fails. out_first: false when it was taken before.
 */
bool session_takes_form(struct operation *op, const char *what, bool *out_first,
			struct err *err) MUST_USE;
/* It was; changes nothing. */
bool session_took_form(struct operation *op, const char *what, bool *out,
		       struct err *err) MUST_USE;

#endif
