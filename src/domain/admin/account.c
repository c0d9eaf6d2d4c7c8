#include "domain/admin/account.h"
#include "domain/core/plus_address.h"
#include "domain/admin/attempt.h"
#include "domain/core/audit.h"
#include "domain/admin/rights.h"
#include "domain/admin/session.h"
#include "domain/admin/totp.h"
#include "base/str.h"

#include <ctype.h>
#include <inttypes.h>

static bool account(struct operation *op, struct arena *arena, const char *name,
		    struct store_row *out, struct err *err)
{
	if (store_one(op->store, arena, out, err, SQL_LOGIN_OF, "t", name))
		return true;
	return err->kind == ERR_ABSENT ? err_set(err, ERR_ABSENT,
						 "\"%.60s\" is not in the staff" HINT
						 "see: mercat staff list",
						 name)
				       : false;
}

static bool account_id(struct operation *op, const char *name, int64_t *out,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct store_row row;

	if (!account(op, arena, name, &row, err))
		return false;
	*out = row_int(&row, "id");
	return true;
}

bool account_join(struct operation *op, const struct account_new *account,
		  struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);

	return t && account_add(op, account->name, account->email, err) &&
	       (!account->role ||
		rights_grant(op, account->name, account->role, account->list,
			     account->consultation, err)) &&
	       store_commit(&t, err);
}

static bool password_is_sound(const char *password, struct err *err)
{
	size_t len = strlen(password);

	if (len > PASSWORD_MOST_BYTES || !str_utf8_valid(password, len))
		return err_set(err, ERR_INPUT,
			       "a password is UTF-8 text of at most %d bytes",
			       PASSWORD_MOST_BYTES);
	return str_utf8_count(password, SIZE_MAX) >= PASSWORD_LEAST ||
	       err_set(err, ERR_INPUT,
		       "a password has at least %d characters; three or four words that "
		       "do not belong together are easy to keep in mind",
		       PASSWORD_LEAST);
}

bool account_password(struct operation *op, const char *name, const char *password,
		      struct err *err)
{
	AUTO(store_txn) t = NULL;
	char hash[SECRET_PASSWORD_ROOM];
	int64_t id;

	if (!password_is_sound(password, err) ||
	    !account_id(op, name, &id, err)) /* before the costly part */
		return false;
	if (!secret_password_make(password, hash))
		return err_set(err, ERR_SYSTEM,
			       "there is no memory to keep a password safely; 64 MB are "
			       "needed for a moment");
	t = store_begin(op->store, err);
	if (!t || !account_id(op, name, &id, err))
		return false;
	return store_run(op->store, err, SQL_LOGIN_PASSWORD_SET, "iti", id, hash,
			 op->now) &&
	       sessions_end_all(op, id, "new password", err) &&
	       attempt_forget(op, name, err) &&
	       audit_record(op, err, "password set", "staff", id, "%s", "") &&
	       store_commit(&t, err);
}

/* otpauth://totp/ISSUER:NAME?secret=...&issuer=...; the other values are the usual. */
static const char *totp_url(struct operation *op, struct arena *arena, const char *name,
			    const unsigned char secret[TOTP_SECRET_BYTES])
{
	AUTO(buf) url = buf_new(4000);
	char text[TOTP_SECRET_BYTES * 2];

	str_base32(text, secret, TOTP_SECRET_BYTES);
	for (char *c = text; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	buf_str(url, "otpauth://totp/");
	str_add_url(url, op->settings->organisation);
	buf_char(url, ':');
	str_add_url(url, name);
	buf_printf(url, "?secret=%s&issuer=", text);
	str_add_url(url, op->settings->organisation);
	return arena_strdup(arena, buf_text(url));
}

bool account_totp(struct operation *op, struct arena *arena, const char *name,
		  const char **out_url, struct err *err)
{
	unsigned char secret[TOTP_SECRET_BYTES],
		sealed[TOTP_SECRET_BYTES + SECRET_SEAL_BYTES];
	AUTO(store_txn) t = store_begin(op->store, err);
	int64_t id;

	if (!t || !account_id(op, name, &id, err))
		return false;
	secret_random(secret, sizeof(secret));
	secret_seal(op->key, "totp", secret, sizeof(secret), sealed);
	*out_url = totp_url(op, arena, name, secret);
	return store_run(op->store, err, SQL_LOGIN_TOTP_SET, "ib", id, sealed,
			 sizeof(sealed)) &&
	       sessions_end_all(op, id, "new second step", err) &&
	       audit_record(op, err, "second step set", "staff", id, "%s", "") &&
	       store_commit(&t, err);
}

bool account_totp_off(struct operation *op, const char *name, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct store_row row;
	size_t len;

	if (!t || !account(op, arena, name, &row, err))
		return false;
	if (!row_bytes(&row, "totp", &len))
		return err_set(err, ERR_CONFLICT, "%s has no second step", name);
	return store_run(op->store, err, SQL_LOGIN_TOTP_SET, "ib", row_int(&row, "id"),
			 NULL, (size_t)0) &&
	       sessions_end_all(op, row_int(&row, "id"), "second step off", err) &&
	       audit_record(op, err, "second step taken away", "staff",
			    row_int(&row, "id"), "%s", "") &&
	       store_commit(&t, err);
}

bool account_email(struct operation *op, const char *name, const char *email,
		   struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	int64_t id;

	if (email && !address_read(arena, email, NULL, &email, err))
		return false;
	t = store_begin(op->store, err);
	return t && account_id(op, name, &id, err) &&
	       store_run(op->store, err, SQL_NEEDS_UNSEND, "iii", id, op->now,
			 (int64_t)1) &&
	       store_run(op->store, err, SQL_STAFF_EMAIL_SET, "it", id, email) &&
	       audit_record(op, err, "address set", "staff", id, "%s",
			    email ? "" : "none") &&
	       store_commit(&t, err);
}

const char *const account_tellings[] = {"daily", "at once", "never", NULL};

bool account_tell(struct operation *op, const char *name, const char *how,
		  enum account_weekends weekends, struct err *err)
{
	AUTO(store_txn) t = NULL;
	int64_t id;

	if (!domain_word_check("way to be told", str_or(how, "(none)"), account_tellings,
			       err))
		return false;
	t = store_begin(op->store, err);
	/* What was news to them before is in the daily email, if they get one. */
	return t && account_id(op, name, &id, err) &&
	       (!str_eq(how, "never") || store_run(op->store, err, SQL_NEEDS_UNSEND,
						   "iii", id, op->now, (int64_t)0)) &&
	       store_run(op->store, err, SQL_TELL_SET, "iti", id, how,
			 (int64_t)(weekends == ACCOUNT_WEEKENDS)) &&
	       store_run(op->store, err, SQL_NEWS_FORGET, "i", id) &&
	       audit_record(op, err, "telling set", "staff", id, "%s%s", how,
			    weekends == ACCOUNT_WEEKENDS ? ", weekends too" : "") &&
	       store_commit(&t, err);
}

bool account_telling(struct operation *op, struct arena *arena, int64_t staff_id,
		     struct account_telling *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_TELL_OF, "i", staff_id))
		return false;
	*out = (struct account_telling){.name = row_text(&row, "name"),
					.how = row_text(&row, "tell"),
					.day = row_text(&row, "told_day"),
					.address = row_text(&row, "email"),
					.weekends = row_int(&row, "tell_weekends"),
					.is_shared = row_int(&row, "is_shared")};
	return true;
}

bool account_end(struct operation *op, const char *name, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	int64_t id;

	if (!t || !account_id(op, name, &id, err))
		return false;
	return store_run(op->store, err, SQL_STAFF_END, "ii", id, op->now) &&
	       store_run(op->store, err, SQL_NEEDS_UNSEND, "iii", id, op->now,
			 (int64_t)1) &&
	       store_run(op->store, err, SQL_GRANTED_END_ALL, "izi", id, op->staff_id,
			 op->now) &&
	       sessions_end_all(op, id, "the account has ended", err) &&
	       audit_record(op, err, "staff ended", "staff", id, "%s", "") &&
	       store_commit(&t, err);
}

bool account_list(struct operation *op, struct arena *arena, struct store_table *out,
		  struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_STAFF_ACCOUNTS, "ii",
			 op->now - op->settings->session_idle_s,
			 op->now - op->settings->session_most_s);
}
