#include "domain/admin/account.h"
#include "base/str.h"
#include "staff/frame/visitor.h"
#include "staff/frame/pages.h"
#include "staff/frame/words.h"

static void add_names(struct template_value *v, const char *key,
		      const struct store_table *rows)
{
	struct template_value *list = template_set_list(v, key);

	for (size_t i = 0; i < rows->count; i++) {
		struct store_row row = table_row(rows, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "name", row_text(&row, "name"));
		template_set(one, "title", row_text(&row, "title"));
	}
}

static void add_roles(struct web_request *r, struct template_value *v)
{
	struct template_value *list = template_set_list(v, "roles");

	for (int role = 0; role < ROLE_COUNT; role++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "name", staff_role_name((enum staff_role)role));
		template_set(one, "rights", staff_role_words(r, (enum staff_role)role));
	}
}

/* One person's grants, each with a button that takes it back. */
static bool add_grants(struct web_request *r, struct template_value *one,
		       int64_t staff_id, struct err *err)
{
	struct template_value *list = template_set_list(one, "grants");
	struct rights rights;

	if (!rights_load(r->op, r->arena, staff_id, &rights, err))
		return false;
	for (size_t i = 0; i < rights.count; i++) {
		const struct rights_granted *g = &rights.items[i];
		struct template_value *grant = template_add_map(list);

		template_set(grant, "role", staff_role_name(g->role));
		template_set(grant, "where", g->where);
		template_set_bool(grant, "of_list", g->scope.kind == SCOPE_LIST);
		template_set_bool(grant, "of_consultation",
				  g->scope.kind == SCOPE_CONSULTATION);
	}
	return true;
}

static void show_staff(struct web_request *r, const struct err *refused)
{
	struct template_value *v = staff_values(r, "Staff", "staff"), *list;
	struct store_table staff, lists, consultations;
	const struct rights *rights = &staff_of(r)->rights;
	struct err err = {0};

	if (!account_list(r->op, r->arena, &staff, &err) ||
	    !rights_lists(r->op, r->arena, rights, RIGHT_ADMIN, &lists, &err) ||
	    !rights_consultations(r->op, r->arena, rights, RIGHT_ADMIN, &consultations,
				  &err)) {
		staff_failed(r, &err);
		return;
	}
	list = template_set_list(v, "accounts");
	for (size_t i = 0; i < staff.count; i++) {
		struct store_row row = table_row(&staff, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "name", row_text(&row, "name"));
		template_set(one, "email", row_text(&row, "email"));
		template_set_bool(one, "password", row_int(&row, "password") != 0);
		template_set_bool(one, "totp", row_int(&row, "totp") != 0);
		template_set(one, "seen", staff_when(r, row_int(&row, "seen_at")));
		if (!add_grants(r, one, row_int(&row, "id"), &err)) {
			staff_failed(r, &err);
			return;
		}
	}
	add_names(v, "lists", &lists);
	add_names(v, "consultations", &consultations);
	add_roles(r, v);
	if (refused) {
		staff_refused(r, v, refused);
		template_set(v, "written_name", web_form(r, "name"));
		template_set(v, "written_email", web_form(r, "email"));
	}
	page_show(r, refused ? staff_refusal(refused) : 200, "web/staff/accounts.html",
		  v);
}

void staff_accounts(struct web_request *r)
{
	show_staff(r, NULL);
}

static const char *named(struct web_request *r)
{
	return str_or(web_form(r, "name"), "");
}

/* All changes on this page end alike: a sentence, and the page again. */
static void done(struct web_request *r, bool ok, const struct err *err, const char *what)
{
	if (!ok) {
		if (staff_refusal(err))
			show_staff(r, err);
		else
			staff_failed(r, err);
		return;
	}
	staff_say(r, "%s %s", named(r), what);
	staff_back(r, "/staff/accounts");
}

void staff_accounts_add(struct web_request *r)
{
	struct err err = {0};

	done(r, account_add(r->op, named(r), web_form(r, "email"), &err), &err,
	     "is in the staff. Give them a role and a password.");
}

/* "everywhere", "list:NAME" or "consultation:NAME" */
static void where(struct web_request *r, const char **out_list, const char **out_of)
{
	const char *text = str_or(web_form(r, "where"), "");

	*out_list = str_starts(text, "list:") ? text + strlen("list:") : NULL;
	*out_of =
		str_starts(text, "consultation:") ? text + strlen("consultation:") : NULL;
}

void staff_accounts_grant(struct web_request *r)
{
	const char *list, *of;
	struct err err = {0};

	where(r, &list, &of);
	done(r,
	     rights_grant(r->op, named(r), str_or(web_form(r, "role"), ""), list, of,
			  &err),
	     &err, "has that role now.");
}

void staff_accounts_revoke(struct web_request *r)
{
	const char *list, *of;
	struct err err = {0};

	where(r, &list, &of);
	done(r,
	     rights_revoke(r->op, named(r), str_or(web_form(r, "role"), ""), list, of,
			   &err),
	     &err, "no longer has that role, and is signed out.");
}

void staff_accounts_end(struct web_request *r)
{
	struct err err = {0};

	if (str_eq(named(r), staff_of(r)->session.name)) {
		page_problem(
			r, 409,
			"You cannot end your own account. Another administrator can.");
		return;
	}
	done(r, account_end(r->op, named(r), &err), &err,
	     "can do nothing from now on. What they did stays theirs.");
}

void staff_accounts_password(struct web_request *r)
{
	struct err err = {0};

	done(r,
	     account_password(r->op, named(r), str_or(web_form(r, "password"), ""), &err),
	     &err, "has a new password, and is signed out everywhere.");
}

/* For whoever has lost the telephone that makes them. */
void staff_accounts_totp_off(struct web_request *r)
{
	struct err err = {0};

	done(r, account_totp_off(r->op, named(r), &err), &err,
	     "signs in with the password alone from now on, and is signed out everywhere.");
}
