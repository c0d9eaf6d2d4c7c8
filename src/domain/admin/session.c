#include "domain/admin/session.h"
#include "domain/core/audit.h"
#include "domain/admin/account.h"
#include "base/calendar.h"
#include "base/str.h"

#include <inttypes.h>

enum { TOKEN_BYTES = 32, SEEN_EVERY_S = 60, KEEP_ENDED_S = 90 * DAY_S };

static bool no_session(struct err *err)
{
	return err_set(err, ERR_ABSENT, "you are not signed in, or no longer; sign in");
}

static void hash_of(const char *token, unsigned char out[SECRET_SHA256_BYTES])
{
	secret_sha256(token, strlen(token), out);
}

static void describe(const struct operation *op, const struct store_row *row,
		     struct session *out)
{
	int64_t most, idle;

	*out = (struct session){
		.id = row_int(row, "id"),
		.staff_id = row_int(row, "staff_id"),
		.created_at = row_int(row, "created_at"),
		.seen_at = row_int(row, "seen_at"),
		.name = row_text(row, "name"),
		.by_proxy = str_eq(row_text(row, "how"), "proxy"),
	};
	most = out->created_at + op->settings->session_most_s;
	idle = out->seen_at + op->settings->session_idle_s;
	out->ends_at = most < idle ? most : idle;
}

/* Makes the session; inside the transaction of signing in. */
static bool open_session(struct operation *op, struct arena *arena, int64_t staff_id,
			 const char *name, const char *how, char *out_token,
			 struct session *out, struct err *err)
{
	unsigned char bytes[TOKEN_BYTES], hash[SECRET_SHA256_BYTES];

	secret_random(bytes, sizeof(bytes));
	str_base32(out_token, bytes, sizeof(bytes));
	hash_of(out_token, hash);
	if (!store_run(op->store, err, SQL_SESSION_ADD, "biti", hash, sizeof(hash),
		       staff_id, how, op->now))
		return false;
	*out = (struct session){
		.id = store_last_id(op->store),
		.staff_id = staff_id,
		.created_at = op->now,
		.seen_at = op->now,
		.ends_at = op->now + op->settings->session_idle_s,
		.name = arena_strdup(arena, name),
		.by_proxy = str_eq(how, "proxy"),
	};
	op->staff_id = staff_id;
	op->who = out->name;
	return true;
}

/* The password was right; nothing may have changed since it was looked at. */
static bool let_in(struct operation *op, struct arena *arena,
		   const struct attempt *attempt, const char *renewed, char *out_token,
		   struct session *out, struct err *err)
{
	const struct store_row *login = &attempt->login;
	const char *name = row_text(login, "name"), *hash = row_text(login, "password");
	int64_t id = row_int(login, "id"), step = attempt->step;
	AUTO(store_txn) t = store_begin(op->store, err);
	struct store_row again;

	if (!t)
		return false;
	if (!store_one(op->store, arena, &again, err, SQL_LOGIN_OF, "t", name))
		return err->kind == ERR_ABSENT ? attempt_wrong(err) : false;
	if (!str_eq(row_text(&again, "password"), hash) ||
	    row_null(&again, "totp") != row_null(login, "totp"))
		return attempt_wrong(err);
	if (step) {
		if (!store_run(op->store, err, SQL_LOGIN_TOTP_USE, "ii", id, step))
			return false;
		if (store_changes(op->store) != 1)
			return attempt_wrong(err);
	}
	return (!renewed || store_run(op->store, err, SQL_LOGIN_PASSWORD_RENEW, "itt", id,
				      renewed, hash)) &&
	       attempt_succeeded(op, attempt, err) &&
	       open_session(op, arena, id, name, "password", out_token, out, err) &&
	       audit_record(op, err, "signed in", "staff", id,
			    "session %" PRId64 ", %" PRId64 " failures before%s", out->id,
			    attempt->account.failures - 1, step ? ", second step" : "") &&
	       store_commit(&t, err);
}

bool session_sign_in(struct operation *op, struct arena *arena, const struct sign_in *in,
		     char out_token[SESSION_TOKEN_LEN + 1], struct session *out,
		     struct err *err)
{
	char renewed[SECRET_PASSWORD_ROOM];
	struct attempt attempt;
	int64_t was = op->staff_id;
	const char *who = op->who;
	bool weak;

	if (!attempt_sign_in(op, arena, in, &attempt, err))
		return false;
	weak = secret_password_is_weak(row_text(&attempt.login, "password")) &&
	       secret_password_make(in->password, renewed);
	if (let_in(op, arena, &attempt, weak ? renewed : NULL, out_token, out, err))
		return true;
	op->staff_id = was;
	op->who = who;
	return false;
}

bool session_for_proxy(struct operation *op, struct arena *arena,
		       const struct proxied *proxied,
		       char out_token[SESSION_TOKEN_LEN + 1], struct session *out,
		       struct err *err)
{
	AUTO(store_txn) t = NULL;
	struct store_row login;

	(void)proxied->source;
	if (str_empty(op->settings->proxy_header))
		return err_set(err, ERR_SETUP,
			       "no proxy is trusted to say who somebody is; set "
			       "staff.proxy_header");
	t = store_begin(op->store, err);
	if (!t)
		return false;
	if (!store_one(op->store, arena, &login, err, SQL_LOGIN_OF, "t", proxied->name))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "\"%.60s\" is signed in at the front door but is "
					 "not in the staff here; an administrator can add "
					 "them",
					 proxied->name)
			       : false;
	return open_session(op, arena, row_int(&login, "id"), row_text(&login, "name"),
			    "proxy", out_token, out, err) &&
	       audit_record(op, err, "signed in", "staff", out->staff_id,
			    "session %" PRId64 ", by the proxy", out->id) &&
	       store_commit(&t, err);
}

static bool find(struct operation *op, struct arena *arena, const char *token,
		 struct store_row *out, struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	if (!token || strlen(token) != SESSION_TOKEN_LEN)
		return no_session(err);
	hash_of(token, hash);
	if (!store_one(op->store, arena, out, err, SQL_SESSION_FIND, "bii", hash,
		       sizeof(hash), op->now - op->settings->session_idle_s,
		       op->now - op->settings->session_most_s))
		return err->kind == ERR_ABSENT ? no_session(err) : false;
	return true;
}

bool session_find(struct operation *op, struct arena *arena, const char *token,
		  struct session *out, struct err *err)
{
	struct store_row row;

	if (!find(op, arena, token, &row, err))
		return false;
	describe(op, &row, out);
	/* A busy store or a full disk is no reason to send somebody away; the next request
	 * notes it. */
	if (op->now - out->seen_at >= SEEN_EVERY_S &&
	    !store_run(op->store, err, SQL_SESSION_SEEN, "ii", out->id, op->now) &&
	    !err_forgive(err, ERR_AGAIN) &&
	    !(store_has_no_room(op->store) && err_forgive(err, ERR_SYSTEM)))
		return false;
	op->staff_id = out->staff_id;
	op->who = out->name;
	return true;
}

bool session_end(struct operation *op, const char *token, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct store_row row;

	if (!t)
		return false;
	if (!find(op, arena, token, &row, err))
		return err_forgive(err, ERR_ABSENT);
	return store_run(op->store, err, SQL_SESSION_END, "iit", row_int(&row, "id"),
			 op->now, "signed out") &&
	       audit_record(op, err, "signed out", "staff", row_int(&row, "staff_id"),
			    "session %" PRId64, row_int(&row, "id")) &&
	       store_commit(&t, err);
}

bool sessions_end_all(struct operation *op, int64_t staff_id, const char *why,
		      struct err *err)
{
	return store_run(op->store, err, SQL_SESSION_END_ALL, "iit", staff_id, op->now,
			 why);
}

bool sessions_tidy(struct operation *op, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);

	return t &&
	       store_run(op->store, err, SQL_SESSION_FORGET, "i",
			 op->now - KEEP_ENDED_S) &&
	       store_run(op->store, err, SQL_SIGN_IN_FORGET, "i",
			 op->now - SIGN_IN_REMEMBERED_S) &&
	       store_run(op->store, err, SQL_FORM_FORGET, "i",
			 op->now - SESSION_FORM_S) &&
	       store_commit(&t, err);
}

void session_csrf(const struct operation *op, const char *token,
		  char out[SESSION_CSRF_LEN + 1])
{
	unsigned char hash[SECRET_SHA256_BYTES];

	secret_hash(op->key, "csrf", token, hash);
	str_base32(out, hash, sizeof(hash));
}

bool session_csrf_fits(const struct operation *op, const char *token, const char *given)
{
	char want[SESSION_CSRF_LEN + 1];

	if (!token || !given || strlen(given) != SESSION_CSRF_LEN)
		return false;
	session_csrf(op, token, want);
	return secret_same(want, given, SESSION_CSRF_LEN);
}

bool session_takes_form(struct operation *op, const char *what, bool *out_first,
			struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];

	secret_hash(op->key, "form", what, hash);
	if (!store_run(op->store, err, SQL_FORM_TAKE, "bi", hash, sizeof(hash), op->now))
		return false;
	*out_first = store_changes(op->store) > 0;
	return true;
}

bool session_took_form(struct operation *op, const char *what, bool *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	unsigned char hash[SECRET_SHA256_BYTES];
	struct store_row row;

	secret_hash(op->key, "form", what, hash);
	if (!store_one(op->store, arena, &row, err, SQL_FORM_TAKEN, "b", hash,
		       sizeof(hash)))
		return false;
	*out = row_int(&row, "is") == 1;
	return true;
}
