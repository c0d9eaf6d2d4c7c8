/*
 * account - accounts of the people who work here: password, second step, end.
 *
 * A password is kept as argon2id (libsodium, interactive limits); making or trying one
 * takes some 50 ms and 64 MB, so it never happens inside a transaction. A one-time code
 * is that of RFC 6238 (SHA-1, 30 s, 6 digits); its secret is kept encrypted with the
 * store's key. A code works once; one step early or late is let pass.
 *
 * Everything that changes how somebody signs in ends all their sessions at once.
 *
 * Errors     ERR_INPUT     password too short or too long, no UTF-8
 *            ERR_ABSENT    nobody of that name, or they have ended
 *            ERR_CONFLICT  there is one already
 * Source     RFC 4226, RFC 6238; otpauth URLs as authenticator apps read them
 * Limits     a password has 12 characters at least and 1,000 bytes at most
 */
#ifndef MERCAT_DOMAIN_ACCOUNT_H
#define MERCAT_DOMAIN_ACCOUNT_H

#include "domain/core/domain.h"

enum { PASSWORD_LEAST = 12, PASSWORD_MOST_BYTES = 1000 };

struct account_new {
	const char *name, *email;
	const char *role;                /* the first one, or NULL */
	const char *list, *consultation; /* where it holds, or NULL */
};
/* account_add() with a first role (NULL: none yet), for one list or consultation or
 * everywhere; see domain/admin/rights.h. */
bool account_join(struct operation *op, const struct account_new *account,
		  struct err *err) MUST_USE;
/* Sets or changes it. By themselves or by an administrator: who acts is in the audit. */
bool account_password(struct operation *op, const char *name, const char *password,
		      struct err *err) MUST_USE;
/* A new secret, in force at once; out_url "otpauth://totp/..." is shown this once. */
bool account_totp(struct operation *op, struct arena *arena, const char *name,
		  const char **out_url, struct err *err) MUST_USE;
/* Takes the second step away again. */
bool account_totp_off(struct operation *op, const char *name, struct err *err) MUST_USE;
bool account_email(struct operation *op, const char *name, const char *email,
		   struct err *err) MUST_USE;
/* How they are told what needs them (domain/queue/needs_tell.h). how: "daily", "at once" (as
 * well as daily) or "never"; from Monday to Friday unless weekends. */
enum account_weekends { ACCOUNT_WEEKDAYS = 0, ACCOUNT_WEEKENDS };
extern const char *const account_tellings[]; /* NULL at the end */
bool account_tell(struct operation *op, const char *name, const char *how,
		  enum account_weekends weekends, struct err *err) MUST_USE;
/* What they have chosen, and where it goes. */
struct account_telling {
	const char *name, *how, *address; /* address: NULL for none */
	const char *day; /* the last that was decided, "2026-11-30", or NULL */
	bool weekends;
	bool is_shared; /* it is an address of others too: nothing goes there */
};
bool account_telling(struct operation *op, struct arena *arena, int64_t staff_id,
		     struct account_telling *out, struct err *err) MUST_USE;
/* They can do nothing from now on; what they did stays theirs. Their name stays taken. */
bool account_end(struct operation *op, const char *name, struct err *err) MUST_USE;

/* name, email, roles ("coder for cruelty, reader"), password (0/1), totp (0/1),
 * tell (as account_tell has it), created_at, seen_at (last sign of life in a session),
 * sessions (open ones). */
bool account_list(struct operation *op, struct arena *arena, struct store_table *out,
		  struct err *err) MUST_USE;

#endif
