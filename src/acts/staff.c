#include "acts/staff.h"
#include "acts/address.h"
#include "acts/attempt.h"
#include "acts/audit.h"
#include "acts/rights.h"
#include "acts/session.h"
#include "base/str.h"
#include "base/totp.h"

#include <ctype.h>
#include <inttypes.h>

static bool account(struct acts *acts, struct arena *arena, const char *name,
		    struct store_row *out, struct err *err)
{
	if (store_one(acts->store, arena, out, err, SQL_LOGIN_OF, "t", name))
		return true;
	return err->kind == ERR_ABSENT ? err_set(err, ERR_ABSENT,
						 "\"%.60s\" is not in the staff; see: "
						 "mercat staff list",
						 name)
				       : false;
}

static bool account_id(struct acts *acts, const char *name, int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct store_row row;

	if (!account(acts, arena, name, &row, err))
		return false;
	*out = row_int(&row, "id");
	return true;
}

bool acts_staff_join(struct acts *acts, const char *name, const char *email,
		     const char *role, const char *list, const char *consultation,
		     struct err *err)
{
	AUTO(store_txn) t = store_begin(acts->store, err);

	return t && acts_staff_add(acts, name, email, err) &&
	       (!role || acts_grant(acts, name, role, list, consultation, err)) &&
	       store_commit(&t, err);
}

static bool password_is_sound(const char *password, struct err *err)
{
	size_t len = strlen(password);

	if (len > ACTS_PASSWORD_MOST_BYTES || !str_utf8_valid(password, len))
		return err_set(err, ERR_INPUT,
			       "a password is UTF-8 text of at most %d bytes",
			       ACTS_PASSWORD_MOST_BYTES);
	return str_utf8_count(password, SIZE_MAX) >= ACTS_PASSWORD_LEAST ||
	       err_set(err, ERR_INPUT,
		       "a password has at least %d characters; three or four words that "
		       "do not belong together are easy to keep in mind",
		       ACTS_PASSWORD_LEAST);
}

bool acts_staff_password(struct acts *acts, const char *name, const char *password,
			 struct err *err)
{
	AUTO(store_txn) t = NULL;
	char hash[SECRET_PASSWORD_ROOM];
	int64_t id;

	if (!password_is_sound(password, err) ||
	    !account_id(acts, name, &id, err)) /* before the costly part */
		return false;
	if (!secret_password_make(password, hash))
		return err_set(err, ERR_SYSTEM,
			       "there is no memory to keep a password safely; 64 MB are "
			       "needed for a moment");
	t = store_begin(acts->store, err);
	if (!t || !account_id(acts, name, &id, err))
		return false;
	return store_run(acts->store, err, SQL_LOGIN_PASSWORD_SET, "iti", id, hash,
			 acts->now) &&
	       acts_sessions_end_all(acts, id, "new password", err) &&
	       acts_attempt_forget(acts, name, err) &&
	       acts_audit(acts, err, "password set", "staff", id, "%s", "") &&
	       store_commit(&t, err);
}

static void url_part(struct buf *to, const char *text)
{
	for (; *text; text++)
		if (isalnum((unsigned char)*text) || strchr("-._~", *text))
			buf_char(to, *text);
		else
			buf_printf(to, "%%%02X", (unsigned char)*text);
}

/* otpauth://totp/ISSUER:NAME?secret=...&issuer=...; the other values are the usual. */
static const char *totp_url(struct acts *acts, struct arena *arena, const char *name,
			    const unsigned char secret[TOTP_SECRET_BYTES])
{
	AUTO(buf) url = buf_new(4000);
	char text[TOTP_SECRET_BYTES * 2];

	str_base32(text, secret, TOTP_SECRET_BYTES);
	for (char *c = text; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	buf_str(url, "otpauth://totp/");
	url_part(url, acts->settings->organisation);
	buf_char(url, ':');
	url_part(url, name);
	buf_printf(url, "?secret=%s&issuer=", text);
	url_part(url, acts->settings->organisation);
	return arena_strdup(arena, buf_text(url));
}

bool acts_staff_totp(struct acts *acts, struct arena *arena, const char *name,
		     const char **out_url, struct err *err)
{
	unsigned char secret[TOTP_SECRET_BYTES],
		sealed[TOTP_SECRET_BYTES + SECRET_SEAL_BYTES];
	AUTO(store_txn) t = store_begin(acts->store, err);
	int64_t id;

	if (!t || !account_id(acts, name, &id, err))
		return false;
	secret_random(secret, sizeof(secret));
	secret_seal(acts->key, "totp", secret, sizeof(secret), sealed);
	*out_url = totp_url(acts, arena, name, secret);
	return store_run(acts->store, err, SQL_LOGIN_TOTP_SET, "ib", id, sealed,
			 sizeof(sealed)) &&
	       acts_sessions_end_all(acts, id, "new second step", err) &&
	       acts_audit(acts, err, "second step set", "staff", id, "%s", "") &&
	       store_commit(&t, err);
}

bool acts_staff_totp_off(struct acts *acts, const char *name, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct store_row row;
	size_t len;

	if (!t || !account(acts, arena, name, &row, err))
		return false;
	if (!row_bytes(&row, "totp", &len))
		return err_set(err, ERR_CONFLICT, "%s has no second step", name);
	return store_run(acts->store, err, SQL_LOGIN_TOTP_SET, "ib", row_int(&row, "id"),
			 NULL, (size_t)0) &&
	       acts_sessions_end_all(acts, row_int(&row, "id"), "second step off", err) &&
	       acts_audit(acts, err, "second step taken away", "staff",
			  row_int(&row, "id"), "%s", "") &&
	       store_commit(&t, err);
}

bool acts_staff_email(struct acts *acts, const char *name, const char *email,
		      struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	int64_t id;

	if (email && !acts_address_read(arena, email, NULL, &email, err))
		return false;
	t = store_begin(acts->store, err);
	return t && account_id(acts, name, &id, err) &&
	       store_run(acts->store, err, SQL_STAFF_EMAIL_SET, "it", id, email) &&
	       acts_audit(acts, err, "address set", "staff", id, "%s",
			  email ? "" : "none") &&
	       store_commit(&t, err);
}

bool acts_staff_end(struct acts *acts, const char *name, struct err *err)
{
	AUTO(store_txn) t = store_begin(acts->store, err);
	int64_t id;

	if (!t || !account_id(acts, name, &id, err))
		return false;
	return store_run(acts->store, err, SQL_STAFF_END, "ii", id, acts->now) &&
	       store_run(acts->store, err, SQL_GRANTED_END_ALL, "izi", id, acts->staff_id,
			 acts->now) &&
	       acts_sessions_end_all(acts, id, "the account has ended", err) &&
	       acts_audit(acts, err, "staff ended", "staff", id, "%s", "") &&
	       store_commit(&t, err);
}

bool acts_staff_list(struct acts *acts, struct arena *arena, struct store_table *out,
		     struct err *err)
{
	return store_all(acts->store, arena, 0, out, err, SQL_STAFF_ACCOUNTS, "ii",
			 acts->now - acts->settings->session_idle_s,
			 acts->now - acts->settings->session_most_s);
}
