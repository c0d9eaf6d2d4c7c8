#include "acts/staff.h"
#include "base/str.h"
#include "desk/inside.h"
#include "desk/pages.h"
#include "desk/words.h"

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

		template_set(one, "name", acts_role_name((enum acts_role)role));
		template_set(one, "rights", desk_role_words(r, (enum acts_role)role));
	}
}

/* One person's grants, each with a button that takes it back. */
static bool add_grants(struct web_request *r, struct template_value *one,
		       int64_t staff_id, struct err *err)
{
	struct template_value *list = template_set_list(one, "grants");
	struct acts_rights rights;

	if (!acts_rights_load(&r->acts, r->arena, staff_id, &rights, err))
		return false;
	for (size_t i = 0; i < rights.count; i++) {
		const struct acts_granted *g = &rights.items[i];
		struct template_value *grant = template_add_map(list);

		template_set(grant, "role", acts_role_name(g->role));
		template_set(grant, "where", g->where);
		template_set_bool(grant, "of_list", g->scope.kind == SCOPE_LIST);
		template_set_bool(grant, "of_consultation",
				  g->scope.kind == SCOPE_CONSULTATION);
	}
	return true;
}

static void show_staff(struct web_request *r, const struct err *refused)
{
	struct template_value *v = desk_values(r, "Staff", "staff"), *list;
	struct store_table staff, lists, consultations;
	const struct acts_rights *rights = &desk_of(r)->rights;
	struct err err = {0};

	if (!acts_staff_list(&r->acts, r->arena, &staff, &err) ||
	    !acts_rights_lists(&r->acts, r->arena, rights, RIGHT_ADMIN, &lists, &err) ||
	    !acts_rights_consultations(&r->acts, r->arena, rights, RIGHT_ADMIN,
				       &consultations, &err)) {
		desk_failed(r, &err);
		return;
	}
	list = template_set_list(v, "people");
	for (size_t i = 0; i < staff.count; i++) {
		struct store_row row = table_row(&staff, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "name", row_text(&row, "name"));
		template_set(one, "email", row_text(&row, "email"));
		template_set_bool(one, "password", row_int(&row, "password") != 0);
		template_set_bool(one, "totp", row_int(&row, "totp") != 0);
		template_set(one, "seen", desk_when(r, row_int(&row, "seen_at")));
		if (!add_grants(r, one, row_int(&row, "id"), &err)) {
			desk_failed(r, &err);
			return;
		}
	}
	add_names(v, "lists", &lists);
	add_names(v, "consultations", &consultations);
	add_roles(r, v);
	if (refused) {
		desk_refused(r, v, refused);
		template_set(v, "written_name", web_form(r, "name"));
		template_set(v, "written_email", web_form(r, "email"));
	}
	web_page(r, refused ? desk_refusal(refused) : 200, "web/desk/staff.html", v);
}

void desk_staff(struct web_request *r)
{
	show_staff(r, NULL);
}

static const char *named(struct web_request *r)
{
	return str_or(web_form(r, "name"), "");
}

/* Every act of this page ends alike: a sentence, and the page again. */
static void done(struct web_request *r, bool ok, const struct err *err, const char *what)
{
	if (!ok) {
		if (desk_refusal(err))
			show_staff(r, err);
		else
			desk_failed(r, err);
		return;
	}
	desk_say(r, "%s %s", named(r), what);
	desk_back(r, "/desk/staff");
}

void desk_staff_add(struct web_request *r)
{
	struct err err = {0};

	done(r, acts_staff_add(&r->acts, named(r), web_form(r, "email"), &err), &err,
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

void desk_staff_grant(struct web_request *r)
{
	const char *list, *of;
	struct err err = {0};

	where(r, &list, &of);
	done(r,
	     acts_grant(&r->acts, named(r), str_or(web_form(r, "role"), ""), list, of,
			&err),
	     &err, "has that role now.");
}

void desk_staff_revoke(struct web_request *r)
{
	const char *list, *of;
	struct err err = {0};

	where(r, &list, &of);
	done(r,
	     acts_revoke(&r->acts, named(r), str_or(web_form(r, "role"), ""), list, of,
			 &err),
	     &err, "no longer has that role, and is signed out.");
}

void desk_staff_end(struct web_request *r)
{
	struct err err = {0};

	if (str_eq(named(r), desk_of(r)->session.name)) {
		web_problem(
			r, 409,
			"You cannot end your own account. Another administrator can.");
		return;
	}
	done(r, acts_staff_end(&r->acts, named(r), &err), &err,
	     "can do nothing from now on. What they did stays theirs.");
}

void desk_staff_password(struct web_request *r)
{
	struct err err = {0};

	done(r,
	     acts_staff_password(&r->acts, named(r), str_or(web_form(r, "password"), ""),
				 &err),
	     &err, "has a new password, and is signed out everywhere.");
}

/* For whoever has lost the telephone that makes them. */
void desk_staff_totp_off(struct web_request *r)
{
	struct err err = {0};

	done(r, acts_staff_totp_off(&r->acts, named(r), &err), &err,
	     "signs in with the password alone from now on, and is signed out everywhere.");
}
