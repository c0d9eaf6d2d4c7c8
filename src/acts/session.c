#include "acts/session.h"
#include "acts/audit.h"
#include "acts/staff.h"
#include "base/str.h"

#include <inttypes.h>

enum {
	TOKEN_BYTES = 32,
	SEEN_EVERY_S = 60,
	DAY_S = 86400,
	KEEP_ENDED_S = 90 * DAY_S
};

static bool no_session(struct err *err)
{
	return err_set(err, ERR_ABSENT, "you are not signed in, or no longer; sign in");
}

static void hash_of(const char *token, unsigned char out[SECRET_SHA256_BYTES])
{
	secret_sha256(token, strlen(token), out);
}

static void describe(const struct acts *acts, const struct store_row *row,
		     struct acts_session *out)
{
	int64_t most, idle;

	*out = (struct acts_session){
		.id = row_int(row, "id"),
		.staff_id = row_int(row, "staff_id"),
		.created_at = row_int(row, "created_at"),
		.seen_at = row_int(row, "seen_at"),
		.name = row_text(row, "name"),
		.by_proxy = str_eq(row_text(row, "how"), "proxy"),
	};
	most = out->created_at + acts->settings->session_most_s;
	idle = out->seen_at + acts->settings->session_idle_s;
	out->ends_at = most < idle ? most : idle;
}

/* Makes the session; inside the transaction of signing in. */
static bool open_session(struct acts *acts, struct arena *arena, int64_t staff_id,
			 const char *name, const char *how, char *out_token,
			 struct acts_session *out, struct err *err)
{
	unsigned char bytes[TOKEN_BYTES], hash[SECRET_SHA256_BYTES];

	secret_random(bytes, sizeof(bytes));
	str_base32(out_token, bytes, sizeof(bytes));
	hash_of(out_token, hash);
	if (!store_run(acts->store, err, SQL_SESSION_ADD, "biti", hash, sizeof(hash),
		       staff_id, how, acts->now))
		return false;
	*out = (struct acts_session){
		.id = store_last_id(acts->store),
		.staff_id = staff_id,
		.created_at = acts->now,
		.seen_at = acts->now,
		.ends_at = acts->now + acts->settings->session_idle_s,
		.name = arena_strdup(arena, name),
		.by_proxy = str_eq(how, "proxy"),
	};
	acts->staff_id = staff_id;
	acts->who = out->name;
	return true;
}

/* The password was right; nothing may have changed since it was looked at. */
static bool let_in(struct acts *acts, struct arena *arena,
		   const struct acts_attempt *attempt, const char *renewed,
		   char *out_token, struct acts_session *out, struct err *err)
{
	const struct store_row *login = &attempt->login;
	const char *name = row_text(login, "name"), *hash = row_text(login, "password");
	int64_t id = row_int(login, "id"), step = attempt->step;
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct store_row again;

	if (!t)
		return false;
	if (!store_one(acts->store, arena, &again, err, SQL_LOGIN_OF, "t", name))
		return err->kind == ERR_ABSENT ? acts_attempt_wrong(err) : false;
	if (!str_eq(row_text(&again, "password"), hash) ||
	    row_null(&again, "totp") != row_null(login, "totp"))
		return acts_attempt_wrong(err);
	if (step) {
		if (!store_run(acts->store, err, SQL_LOGIN_TOTP_USE, "ii", id, step))
			return false;
		if (store_changes(acts->store) != 1)
			return acts_attempt_wrong(err);
	}
	return (!renewed || store_run(acts->store, err, SQL_LOGIN_PASSWORD_RENEW, "itt",
				      id, renewed, hash)) &&
	       acts_attempt_succeeded(acts, attempt, err) &&
	       open_session(acts, arena, id, name, "password", out_token, out, err) &&
	       acts_audit(acts, err, "signed in", "staff", id,
			  "session %" PRId64 ", %" PRId64 " failures before%s", out->id,
			  attempt->account.failures - 1, step ? ", second step" : "") &&
	       store_commit(&t, err);
}

bool acts_session_sign_in(struct acts *acts, struct arena *arena,
			  const struct acts_sign_in *in,
			  char out_token[ACTS_SESSION_TOKEN_LEN + 1],
			  struct acts_session *out, struct err *err)
{
	char renewed[SECRET_PASSWORD_ROOM];
	struct acts_attempt attempt;
	int64_t was = acts->staff_id;
	const char *who = acts->who;
	bool weak;

	if (!acts_attempt_sign_in(acts, arena, in, &attempt, err))
		return false;
	weak = secret_password_is_weak(row_text(&attempt.login, "password")) &&
	       secret_password_make(in->password, renewed);
	if (let_in(acts, arena, &attempt, weak ? renewed : NULL, out_token, out, err))
		return true;
	acts->staff_id = was;
	acts->who = who;
	return false;
}

bool acts_session_for_proxy(struct acts *acts, struct arena *arena, const char *name,
			    const char *source,
			    char out_token[ACTS_SESSION_TOKEN_LEN + 1],
			    struct acts_session *out, struct err *err)
{
	AUTO(store_txn) t = NULL;
	struct store_row login;

	(void)source;
	if (str_empty(acts->settings->proxy_header))
		return err_set(err, ERR_SETUP,
			       "no proxy is trusted to say who somebody is; set "
			       "staff.proxy_header");
	t = store_begin(acts->store, err);
	if (!t)
		return false;
	if (!store_one(acts->store, arena, &login, err, SQL_LOGIN_OF, "t", name))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "\"%.60s\" is signed in at the front door but is "
					 "not in the staff here; an administrator can add "
					 "them",
					 name)
			       : false;
	return open_session(acts, arena, row_int(&login, "id"), row_text(&login, "name"),
			    "proxy", out_token, out, err) &&
	       acts_audit(acts, err, "signed in", "staff", out->staff_id,
			  "session %" PRId64 ", by the proxy", out->id) &&
	       store_commit(&t, err);
}

static bool find(struct acts *acts, struct arena *arena, const char *token,
		 struct store_row *out, struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	if (!token || strlen(token) != ACTS_SESSION_TOKEN_LEN)
		return no_session(err);
	hash_of(token, hash);
	if (!store_one(acts->store, arena, out, err, SQL_SESSION_FIND, "bii", hash,
		       sizeof(hash), acts->now - acts->settings->session_idle_s,
		       acts->now - acts->settings->session_most_s))
		return err->kind == ERR_ABSENT ? no_session(err) : false;
	return true;
}

bool acts_session_find(struct acts *acts, struct arena *arena, const char *token,
		       struct acts_session *out, struct err *err)
{
	struct store_row row;

	if (!find(acts, arena, token, &row, err))
		return false;
	describe(acts, &row, out);
	/* A busy store is no reason to send somebody away; the next request notes it. */
	if (acts->now - out->seen_at >= SEEN_EVERY_S &&
	    !store_run(acts->store, err, SQL_SESSION_SEEN, "ii", out->id, acts->now) &&
	    err->kind != ERR_AGAIN)
		return false;
	acts->staff_id = out->staff_id;
	acts->who = out->name;
	return true;
}

bool acts_session_end(struct acts *acts, const char *token, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct store_row row;

	if (!t)
		return false;
	if (!find(acts, arena, token, &row, err))
		return err->kind == ERR_ABSENT;
	return store_run(acts->store, err, SQL_SESSION_END, "iit", row_int(&row, "id"),
			 acts->now, "signed out") &&
	       acts_audit(acts, err, "signed out", "staff", row_int(&row, "staff_id"),
			  "session %" PRId64, row_int(&row, "id")) &&
	       store_commit(&t, err);
}

bool acts_sessions_end_all(struct acts *acts, int64_t staff_id, const char *why,
			   struct err *err)
{
	return store_run(acts->store, err, SQL_SESSION_END_ALL, "iit", staff_id,
			 acts->now, why);
}

bool acts_sessions_tidy(struct acts *acts, struct err *err)
{
	AUTO(store_txn) t = store_begin(acts->store, err);

	return t &&
	       store_run(acts->store, err, SQL_SESSION_FORGET, "i",
			 acts->now - KEEP_ENDED_S) &&
	       store_run(acts->store, err, SQL_SIGN_IN_FORGET, "i",
			 acts->now - ACTS_SIGN_IN_REMEMBERED_S) &&
	       store_commit(&t, err);
}

void acts_session_csrf(const struct acts *acts, const char *token,
		       char out[ACTS_SESSION_CSRF_LEN + 1])
{
	unsigned char hash[SECRET_SHA256_BYTES];

	secret_hash(acts->key, "csrf", token, hash);
	str_base32(out, hash, sizeof(hash));
}

bool acts_session_csrf_fits(const struct acts *acts, const char *token, const char *given)
{
	char want[ACTS_SESSION_CSRF_LEN + 1];

	if (!token || !given || strlen(given) != ACTS_SESSION_CSRF_LEN)
		return false;
	acts_session_csrf(acts, token, want);
	return secret_same(want, given, ACTS_SESSION_CSRF_LEN);
}
