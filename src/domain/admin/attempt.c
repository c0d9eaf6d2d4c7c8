#include "domain/admin/attempt.h"
#include "domain/core/audit.h"
#include "domain/admin/account.h"
#include "domain/admin/totp.h"
#include "base/numeral.h"
#include "base/str.h"

#include <arpa/inet.h>
#include <inttypes.h>

enum { NAME_MOST = 60 * 4 };

bool attempt_wrong(struct err *err)
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

static void account_key(const struct operation *op, const char *name,
			unsigned char out[SECRET_SHA256_BYTES])
{
	secret_hash(op->key, "sign-in account", name, out);
}

/* free_tries: from which failure on it waits; 0: it never does. */
static bool look(struct operation *op, struct arena *arena, int64_t free_tries,
		 struct attempt_count *c, struct err *err)
{
	struct store_row row;
	int64_t over;

	c->failures = 1;
	c->until_at = c->waits_until = 0;
	if (store_one(op->store, arena, &row, err, SQL_SIGN_IN_OF, "b", c->key,
		      sizeof(c->key))) {
		c->waits_until = row_int(&row, "until_at");
		if (row_int(&row, "at") > op->now - SIGN_IN_REMEMBERED_S)
			c->failures = row_int(&row, "failures") + 1;
	} else if (!err_forgive(err, ERR_ABSENT)) {
		return false;
	}
	over = c->failures - free_tries;
	if (free_tries && over >= 0) {
		int64_t wait = SIGN_IN_WAIT_MOST_S;

		if (over < 10 && SIGN_IN_WAIT_S << over < wait)
			wait = SIGN_IN_WAIT_S << over;
		c->until_at = op->now + wait;
	}
	return true;
}

static bool keep(struct operation *op, const struct attempt_count *c, struct err *err)
{
	return store_run(op->store, err, SQL_SIGN_IN_SET, "biii", c->key, sizeof(c->key),
			 c->failures, op->now, c->until_at);
}

/*
 * Counted as a failure before it is tried, so that attempts side by side cannot slip
 * through; a success takes it back.
 */
static bool charge(struct operation *op, struct arena *arena, const struct sign_in *in,
		   struct attempt *out, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	const char *from = network_of(arena, str_or(in->source, "unknown"));
	int64_t until;
	char wait[NUMERAL_TEXT];

	op->wait_until = 0;
	account_key(op, in->name, out->account.key);
	secret_hash(op->key, "sign-in source", from, out->source.key);
	secret_hash(op->key, "sign-in failures", "all", out->all.key);
	if (!t || !look(op, arena, SIGN_IN_FREE, &out->account, err) ||
	    !look(op, arena, SIGN_IN_FREE_SOURCE, &out->source, err) ||
	    !look(op, arena, 0, &out->all, err))
		return false;
	until = out->account.waits_until > out->source.waits_until
			? out->account.waits_until
			: out->source.waits_until;
	if (until > op->now) {
		op->wait_until = until;
		numeral_duration(until - op->now, wait);
		return err_set(err, ERR_AGAIN,
			       "there were too many attempts to sign in; try again in %s",
			       wait);
	}
	return keep(op, &out->account, err) && keep(op, &out->source, err) &&
	       keep(op, &out->all, err) && store_commit(&t, err);
}

static bool is_power_of_ten(int64_t n)
{
	while (n >= 10 && n % 10 == 0)
		n /= 10;
	return n == 1;
}

/* What the audit should know of it; most failures are in the counts alone. */
static bool tell(struct operation *op, const struct attempt *attempt, int64_t staff_id,
		 struct err *err)
{
	int64_t all = attempt->all.failures;
	bool held = staff_id && attempt->account.failures == SIGN_IN_FREE;
	bool many = all >= 10 && is_power_of_ten(all);
	AUTO(store_txn) t = NULL;

	if (!held && !many)
		return true;
	t = store_begin(op->store, err);
	return t &&
	       (!held ||
		audit_record(op, err, "sign-in delayed", "staff", staff_id,
			     "%" PRId64 " failures", attempt->account.failures)) &&
	       (!many || audit_record(op, err, "sign-ins failed", "staff", 0,
				      "%" PRId64 " failures of all names", all)) &&
	       store_commit(&t, err);
}

/* Known or not, a failure costs the same. */
static bool failed(struct operation *op, const struct attempt *attempt, int64_t staff_id,
		   struct err *err)
{
	const char *who = op->who;
	bool ok;

	op->who = "sign-in";
	ok = tell(op, attempt, staff_id, err);
	op->who = who;
	return ok && attempt_wrong(err);
}

static bool second_step_fits(struct operation *op, const struct store_row *login,
			     const char *code, int64_t *out_step)
{
	unsigned char secret[TOTP_SECRET_BYTES];
	size_t len;
	const void *sealed = row_bytes(login, "totp", &len);

	*out_step = 0;
	if (!sealed)
		return true;
	return len == sizeof(secret) + SECRET_SEAL_BYTES &&
	       secret_unseal(op->key, "totp", sealed, len, secret) &&
	       totp_fits(secret, sizeof(secret), code, op->now,
			 row_int(login, "totp_step"), out_step);
}

/* Their name as it is kept, whatever letters or address of theirs they typed: one account has
 * one count. Who is not known keeps what was typed. */
static bool name_of(struct operation *op, struct arena *arena, const char *typed,
		    const char **out, struct err *err)
{
	struct store_row row;

	*out = typed;
	if (!store_one(op->store, arena, &row, err, SQL_STAFF_TYPED, "t", typed))
		return err_forgive(err, ERR_ABSENT);
	*out = row_text(&row, "name");
	return true;
}

/* Counts, then looks at the password. */
static bool try_password(struct operation *op, struct arena *arena,
			 const struct sign_in *asked, struct attempt *out,
			 struct err *err)
{
	struct sign_in own = *asked;
	const struct sign_in *in = &own;
	const char *hash = NULL;
	bool known;

	*out = (struct attempt){0};
	if (str_empty(in->name) || strlen(in->name) > NAME_MOST || !in->password ||
	    strlen(in->password) > PASSWORD_MOST_BYTES)
		return attempt_wrong(err);
	if (!name_of(op, arena, asked->name, &own.name, err) ||
	    !charge(op, arena, in, out, err))
		return false;
	known = store_one(op->store, arena, &out->login, err, SQL_LOGIN_OF, "t",
			  in->name);
	if (!known && err->kind != ERR_ABSENT)
		return false;
	if (known)
		hash = row_text(&out->login, "password");
	/* Without a hash it works as long and fits nothing. */
	if (!secret_password_fits(hash, in->password))
		return failed(op, out, known ? row_int(&out->login, "id") : 0, err);
	return true;
}

bool attempt_sign_in(struct operation *op, struct arena *arena, const struct sign_in *in,
		     struct attempt *out, struct err *err)
{
	return try_password(op, arena, in, out, err) &&
	       (second_step_fits(op, &out->login, in->code, &out->step) ||
		failed(op, out, row_int(&out->login, "id"), err));
}

bool attempt_own_password(struct operation *op, struct arena *arena,
			  const struct sign_in *in, struct err *err)
{
	AUTO(store_txn) t = NULL;
	struct attempt attempt;

	if (!try_password(op, arena, in, &attempt, err))
		return false;
	t = store_begin(op->store, err);
	return t && attempt_succeeded(op, &attempt, err) && store_commit(&t, err);
}

static bool less(struct operation *op, const struct attempt_count *c, struct err *err)
{
	return store_run(op->store, err, SQL_SIGN_IN_LESS, "b", c->key, sizeof(c->key));
}

bool attempt_succeeded(struct operation *op, const struct attempt *attempt,
		       struct err *err)
{
	return store_run(op->store, err, SQL_SIGN_IN_CLEAR, "b", attempt->account.key,
			 sizeof(attempt->account.key)) &&
	       less(op, &attempt->source, err) && less(op, &attempt->all, err);
}

bool attempt_forget(struct operation *op, const char *name, struct err *err)
{
	unsigned char key[SECRET_SHA256_BYTES];

	account_key(op, name, key);
	return store_run(op->store, err, SQL_SIGN_IN_CLEAR, "b", key, sizeof(key));
}
