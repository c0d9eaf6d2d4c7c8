#include "acts/attempt.h"
#include "acts/audit.h"
#include "acts/staff.h"
#include "base/str.h"
#include "base/totp.h"

#include <arpa/inet.h>
#include <inttypes.h>

enum { NAME_MOST = 60 * 4 };

bool acts_attempt_wrong(struct err *err)
{
	return err_set(err, ERR_REFUSED,
		       "name, password or one-time code is wrong; look at each and try "
		       "again");
}

/* IPv6 hands a whole network of 64 bits to each house, so that is what counts. */
static const char *network_of(struct arena *arena, const char *source)
{
	unsigned char bytes[16];
	char hex[33];

	if (inet_pton(AF_INET6, source, bytes) != 1)
		return source;
	str_hex(hex, bytes, 8);
	return arena_strdup(arena, hex);
}

static void account_key(const struct acts *acts, const char *name,
			unsigned char out[SECRET_SHA256_BYTES])
{
	secret_hash(acts->key, "sign-in account", name, out);
}

/* free_tries: from which failure on it waits; 0: it never does. */
static bool look(struct acts *acts, struct arena *arena, int64_t free_tries,
		 struct acts_attempt_count *c, struct err *err)
{
	struct store_row row;
	int64_t over;

	c->failures = 1;
	c->until_at = c->waits_until = 0;
	if (store_one(acts->store, arena, &row, err, SQL_SIGN_IN_OF, "b", c->key,
		      sizeof(c->key))) {
		c->waits_until = row_int(&row, "until_at");
		if (row_int(&row, "at") > acts->now - ACTS_SIGN_IN_REMEMBERED_S)
			c->failures = row_int(&row, "failures") + 1;
	} else if (err->kind != ERR_ABSENT) {
		return false;
	}
	over = c->failures - free_tries;
	if (free_tries && over >= 0) {
		int64_t wait = ACTS_SIGN_IN_WAIT_MOST_S;

		if (over < 10 && ACTS_SIGN_IN_WAIT_S << over < wait)
			wait = ACTS_SIGN_IN_WAIT_S << over;
		c->until_at = acts->now + wait;
	}
	return true;
}

static bool keep(struct acts *acts, const struct acts_attempt_count *c, struct err *err)
{
	return store_run(acts->store, err, SQL_SIGN_IN_SET, "biii", c->key,
			 sizeof(c->key), c->failures, acts->now, c->until_at);
}

/*
 * Counted as a failure before it is tried, so that attempts side by side cannot slip
 * through; a success takes it back.
 */
static bool charge(struct acts *acts, struct arena *arena, const struct acts_sign_in *in,
		   struct acts_attempt *out, struct err *err)
{
	AUTO(store_txn) t = store_begin(acts->store, err);
	const char *from = network_of(arena, str_or(in->source, "unknown"));
	int64_t until;
	char wait[64];

	account_key(acts, in->name, out->account.key);
	secret_hash(acts->key, "sign-in source", from, out->source.key);
	secret_hash(acts->key, "sign-in failures", "all", out->all.key);
	if (!t || !look(acts, arena, ACTS_SIGN_IN_FREE, &out->account, err) ||
	    !look(acts, arena, ACTS_SIGN_IN_FREE_SOURCE, &out->source, err) ||
	    !look(acts, arena, 0, &out->all, err))
		return false;
	until = out->account.waits_until > out->source.waits_until
			? out->account.waits_until
			: out->source.waits_until;
	if (until > acts->now) {
		str_duration(wait, sizeof(wait), until - acts->now);
		return err_set(err, ERR_AGAIN,
			       "there were too many attempts to sign in; try again in %s",
			       wait);
	}
	return keep(acts, &out->account, err) && keep(acts, &out->source, err) &&
	       keep(acts, &out->all, err) && store_commit(&t, err);
}

static bool is_power_of_ten(int64_t n)
{
	while (n >= 10 && n % 10 == 0)
		n /= 10;
	return n == 1;
}

/* What the audit should know of it; most failures are in the counts alone. */
static bool tell(struct acts *acts, const struct acts_attempt *attempt, int64_t staff_id,
		 struct err *err)
{
	int64_t all = attempt->all.failures;
	bool held = staff_id && attempt->account.failures == ACTS_SIGN_IN_FREE;
	bool many = all >= 10 && is_power_of_ten(all);
	AUTO(store_txn) t = NULL;

	if (!held && !many)
		return true;
	t = store_begin(acts->store, err);
	return t &&
	       (!held || acts_audit(acts, err, "sign-in held back", "staff", staff_id,
				    "%" PRId64 " failures", attempt->account.failures)) &&
	       (!many || acts_audit(acts, err, "sign-ins failed", "staff", 0,
				    "%" PRId64 " failures of all names", all)) &&
	       store_commit(&t, err);
}

/* Known or not, a failure costs the same. */
static bool failed(struct acts *acts, const struct acts_attempt *attempt,
		   int64_t staff_id, struct err *err)
{
	const char *who = acts->who;
	bool ok;

	acts->who = "sign-in";
	ok = tell(acts, attempt, staff_id, err);
	acts->who = who;
	return ok && acts_attempt_wrong(err);
}

static bool second_step_fits(struct acts *acts, const struct store_row *login,
			     const char *code, int64_t *out_step)
{
	unsigned char secret[TOTP_SECRET_BYTES];
	size_t len;
	const void *sealed = row_bytes(login, "totp", &len);

	*out_step = 0;
	if (!sealed)
		return true;
	return len == sizeof(secret) + SECRET_SEAL_BYTES &&
	       secret_unseal(acts->key, "totp", sealed, len, secret) &&
	       totp_fits(secret, sizeof(secret), code, acts->now,
			 row_int(login, "totp_step"), out_step);
}

/* Counts, then looks at the password. */
static bool try_password(struct acts *acts, struct arena *arena,
			 const struct acts_sign_in *in, struct acts_attempt *out,
			 struct err *err)
{
	const char *hash = NULL;
	bool known;

	*out = (struct acts_attempt){0};
	if (str_empty(in->name) || strlen(in->name) > NAME_MOST || !in->password ||
	    strlen(in->password) > ACTS_PASSWORD_MOST_BYTES)
		return acts_attempt_wrong(err);
	if (!charge(acts, arena, in, out, err))
		return false;
	known = store_one(acts->store, arena, &out->login, err, SQL_LOGIN_OF, "t",
			  in->name);
	if (!known && err->kind != ERR_ABSENT)
		return false;
	if (known)
		hash = row_text(&out->login, "password");
	/* Without a hash it works as long and fits nothing. */
	if (!secret_password_fits(hash, in->password))
		return failed(acts, out, known ? row_int(&out->login, "id") : 0, err);
	return true;
}

bool acts_attempt_sign_in(struct acts *acts, struct arena *arena,
			  const struct acts_sign_in *in, struct acts_attempt *out,
			  struct err *err)
{
	return try_password(acts, arena, in, out, err) &&
	       (second_step_fits(acts, &out->login, in->code, &out->step) ||
		failed(acts, out, row_int(&out->login, "id"), err));
}

bool acts_attempt_own_password(struct acts *acts, struct arena *arena,
			       const struct acts_sign_in *in, struct err *err)
{
	AUTO(store_txn) t = NULL;
	struct acts_attempt attempt;

	if (!try_password(acts, arena, in, &attempt, err))
		return false;
	t = store_begin(acts->store, err);
	return t && acts_attempt_succeeded(acts, &attempt, err) && store_commit(&t, err);
}

static bool less(struct acts *acts, const struct acts_attempt_count *c, struct err *err)
{
	return store_run(acts->store, err, SQL_SIGN_IN_LESS, "b", c->key, sizeof(c->key));
}

bool acts_attempt_succeeded(struct acts *acts, const struct acts_attempt *attempt,
			    struct err *err)
{
	return store_run(acts->store, err, SQL_SIGN_IN_CLEAR, "b", attempt->account.key,
			 sizeof(attempt->account.key)) &&
	       less(acts, &attempt->source, err) && less(acts, &attempt->all, err);
}

bool acts_attempt_forget(struct acts *acts, const char *name, struct err *err)
{
	unsigned char key[SECRET_SHA256_BYTES];

	account_key(acts, name, key);
	return store_run(acts->store, err, SQL_SIGN_IN_CLEAR, "b", key, sizeof(key));
}
