#include "domain/admin/attempt.h"
#include "domain/admin/account.h"
#include "base/calendar.h"
#include "base/str.h"
#include "staff/frame/visitor.h"
#include "staff/frame/pages.h"
#include "staff/frame/words.h"

#include <inttypes.h>

enum { COOKIE_S = 7 * DAY_S, KEY_GROUP = 4, KEY_MOST = 200 };

/* Only on to a page of the staff site: a link may not send people elsewhere by way of us. */
static const char *wanted_place(const char *to)
{
	bool ours = to && str_starts(to, "/staff") && !strpbrk(to, "\r\n\\ \t#") &&
		    !strstr(to, "//") && strlen(to) < 2000;

	return ours ? to : "/staff";
}

static void show_sign_in(struct web_request *r, unsigned status, const char *name,
			 const char *to, const char *error)
{
	struct template_value *v = page_values(r, "Sign in");

	template_set(v, "staff_stylesheet", web_asset(r, "staff.css"));
	template_set(v, "name", name);
	template_set(v, "to", to);
	template_set(v, "error", error);
	template_set_bool(v, "has_errors", error != NULL);
	page_show(r, status, "web/staff/sign-in.html", v);
}

/* RFC 9110, 10.2.3: what tries by itself shall know when, as people do by the sentence. */
static void say_when(struct web_request *r)
{
	int64_t wait = r->op->wait_until - r->op->now;

	if (wait > 0)
		web_set_header(r, "Retry-After",
			       arena_printf(r->arena, "%" PRId64, wait));
}

void staff_sign_in(struct web_request *r)
{
	show_sign_in(r, 200, "", wanted_place(web_query(r, "to")), NULL);
}

void staff_sign_in_post(struct web_request *r)
{
	const char *name = str_or(web_form(r, "name"), "");
	const char *to = wanted_place(web_form(r, "to"));
	struct sign_in asked = {.name = name,
				.password = str_or(web_form(r, "password"), ""),
				.code = web_form(r, "code"),
				.source = r->source};
	char token[SESSION_TOKEN_LEN + 1];
	struct session session;
	struct err err = {0};

	/* No session yet, so no token. */
	if (web_from_elsewhere(r)) {
		page_problem(r, 403, "Sign in from the page of mercat itself.");
		return;
	}
	if (session_sign_in(r->op, r->arena, &asked, token, &session, &err)) {
		web_set_cookie(r, "mercat", token, COOKIE_S);
		web_redirect(r, "%s", to);
		return;
	}
	if (err.kind == ERR_REFUSED || err.kind == ERR_INPUT)
		show_sign_in(r, 403, name, to, page_sentence(r->arena, err.text));
	else if (err.kind == ERR_AGAIN) {
		say_when(r);
		show_sign_in(r, 429, name, to, page_sentence(r->arena, err.text));
	} else
		page_failed(r, &err);
}

void staff_sign_out(struct web_request *r)
{
	struct err err = {0};

	if (!session_end(r->op, staff_of(r)->token, &err)) {
		staff_failed(r, &err);
		return;
	}
	web_set_cookie(r, "mercat", "", 0);
	staff_back(r, "/staff/sign-in");
}

/* The first place that this person may go to. */

/* The key of an otpauth address as people type it: "ABCD EFGH ...". */
static const char *key_in_groups(struct web_request *r, const char *url)
{
	const char *from = strstr(url, "secret=");
	AUTO(buf) key = buf_new(KEY_MOST);

	from = from ? from + strlen("secret=") : "";
	for (size_t i = 0; from[i] && from[i] != '&'; i++)
		buf_printf(key, "%s%c", i && i % KEY_GROUP == 0 ? " " : "", from[i]);
	return arena_strdup(r->arena, buf_text(key));
}

static void show_account(struct web_request *r, unsigned status, const char *error,
			 const char *secret)
{
	struct template_value *v = staff_values(r, "Your account", "account"), *list;
	const struct rights *rights = &staff_of(r)->rights;
	struct account_telling telling;
	struct err err = {0};

	list = template_set_list(v, "roles");
	for (size_t i = 0; i < rights->count; i++) {
		const struct rights_granted *g = &rights->items[i];
		struct template_value *one = template_add_map(list);

		template_set(one, "role", staff_role_name(g->role));
		template_set(one, "rights", staff_role_words(r, g->role));
		template_set(one, "where", g->where);
		template_set_bool(one, "everywhere", g->scope.kind == SCOPE_EVERYWHERE);
	}
	if (!account_telling(r->op, r->arena, r->op->staff_id, &telling, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set(v, "email", telling.address);
	template_set_bool(v, "email_shared", telling.is_shared);
	template_set_bool(v, "tell_daily", str_eq(telling.how, "daily"));
	template_set_bool(v, "tell_at_once", str_eq(telling.how, "at once"));
	template_set_bool(v, "tell_never", str_eq(telling.how, "never"));
	template_set_bool(v, "tell_weekends", telling.weekends);
	template_set(v, "tell_time", r->op->settings->tell_time);
	template_set(v, "error", error);
	template_set_bool(v, "has_errors", error != NULL);
	template_set(v, "totp_url", secret);
	template_set(v, "totp_key", secret ? key_in_groups(r, secret) : NULL);
	page_show(r, status, "web/staff/account.html", v);
}

void staff_account(struct web_request *r)
{
	show_account(r, 200, NULL, NULL);
}

/* The old one first: an unlocked screen is no reason to lose an account. */
static bool knows_password(struct web_request *r, struct err *err)
{
	struct sign_in asked = {.name = staff_of(r)->session.name,
				.password = str_or(web_form(r, "old"), ""),
				.source = r->source};

	if (attempt_own_password(r->op, r->arena, &asked, err))
		return true;
	return err->kind == ERR_REFUSED
		       ? err_set(err, ERR_INPUT,
				 "The password you have now is another one. Write it "
				 "again.")
		       : false;
}

static void account_failed(struct web_request *r, const struct err *err)
{
	if (err->kind == ERR_AGAIN)
		say_when(r);
	if (err->kind == ERR_INPUT || err->kind == ERR_AGAIN)
		show_account(r, err->kind == ERR_INPUT ? 400 : 429,
			     page_sentence(r->arena, err->text), NULL);
	else
		staff_failed(r, err);
}

void staff_account_password(struct web_request *r)
{
	const char *new = str_or(web_form(r, "new"), "");
	struct err err = {0};

	if (!str_eq(new, str_or(web_form(r, "again"), "")))
		(void)err_set(
			&err, ERR_INPUT,
			"The two new passwords are not the same. Write them again.");
	else if (knows_password(r, &err) &&
		 account_password(r->op, staff_of(r)->session.name, new, &err)) {
		web_set_cookie(r, "mercat", "", 0);
		web_redirect(r, "/staff/sign-in");
		return;
	}
	account_failed(r, &err);
}

void staff_account_totp(struct web_request *r)
{
	const char *url = NULL;
	struct err err = {0};

	if (knows_password(r, &err) &&
	    account_totp(r->op, r->arena, staff_of(r)->session.name, &url, &err)) {
		show_account(r, 200, NULL, url);
		return;
	}
	account_failed(r, &err);
}

void staff_account_email(struct web_request *r)
{
	struct err err = {0};

	if (!account_tell(r->op, staff_of(r)->session.name, web_form(r, "tell"),
			  web_form(r, "weekends") ? ACCOUNT_WEEKENDS : ACCOUNT_WEEKDAYS,
			  &err)) {
		account_failed(r, &err);
		return;
	}
	staff_say(r, "Your choice is saved.");
	staff_back(r, "/staff/account");
}
