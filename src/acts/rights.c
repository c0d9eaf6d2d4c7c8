#include "acts/rights.h"
#include "acts/audit.h"
#include "acts/consultation.h"
#include "acts/list.h"
#include "acts/session.h"
#include "base/str.h"

#include <inttypes.h>

static const char *const role_names[] = {"reader",   "coder",           "editor",
					 "approver", "data protection", "administrator",
					 NULL};

#define R ROLE_READER
#define C ROLE_CODER
#define E ROLE_EDITOR
#define A ROLE_APPROVER
#define D ROLE_DATA_PROTECTION
#define M ROLE_ADMINISTRATOR
#define BIT(role) (1U << (role))

/* Which roles have each right, and what it is called; the only place that says so. */
static const struct {
	const char *name;
	unsigned roles;
} rights_of[RIGHT_COUNT] = {
	[RIGHT_READ_REPLIES] = {"read replies",
				BIT(R) | BIT(C) | BIT(E) | BIT(A) | BIT(D)},
	[RIGHT_SEE_WHO] = {"see who wrote", BIT(E) | BIT(A) | BIT(D)},
	[RIGHT_NOTE] = {"write notes", BIT(C) | BIT(E) | BIT(A) | BIT(D)},
	[RIGHT_CODE] = {"tag and code", BIT(C) | BIT(E)},
	[RIGHT_SCREEN] = {"screen and assign", BIT(C) | BIT(E)},
	[RIGHT_FRAME] = {"change the code frame", BIT(E)},
	[RIGHT_WRITE] = {"write to respondents and colleagues", BIT(E)},
	[RIGHT_SORT] = {"sort what came in", BIT(E) | BIT(D)},
	[RIGHT_CONSULT] = {"run consultations", BIT(E)},
	[RIGHT_PUBLISH] = {"decide what is published", BIT(A)},
	[RIGHT_SEE_UPDATES] = {"see updates",
			       BIT(R) | BIT(C) | BIT(E) | BIT(A) | BIT(D) | BIT(M)},
	[RIGHT_EDIT_UPDATE] = {"write updates", BIT(E)},
	[RIGHT_APPROVE] = {"approve updates", BIT(A)},
	[RIGHT_SEND] = {"schedule and send updates", BIT(E) | BIT(A)},
	[RIGHT_PEOPLE] = {"see and change subscribers", BIT(E) | BIT(D)},
	[RIGHT_LIST] = {"make and change lists", BIT(M)},
	[RIGHT_ERASE] = {"erase a person's content", BIT(D)},
	[RIGHT_AUDIT] = {"read the audit", BIT(D) | BIT(M)},
	[RIGHT_ADMIN] = {"manage the staff and the settings", BIT(M)},
};

#undef R
#undef C
#undef E
#undef A
#undef D
#undef M

const char *acts_role_name(enum acts_role role)
{
	ASSERT((unsigned)role < ROLE_COUNT);
	return role_names[role];
}

static bool read_role(const char *name, enum acts_role *out, struct err *err)
{
	if (!acts_word_check("role", str_or(name, "(none)"), role_names, err))
		return false;
	for (int i = 0; i < ROLE_COUNT; i++)
		if (str_eq(role_names[i], name))
			*out = (enum acts_role)i;
	return true;
}

const char *acts_right_name(enum acts_right right)
{
	ASSERT((unsigned)right < RIGHT_COUNT);
	return rights_of[right].name;
}

bool acts_role_gives(enum acts_role role, enum acts_right right)
{
	ASSERT((unsigned)right < RIGHT_COUNT && (unsigned)role < ROLE_COUNT);
	return rights_of[right].roles & BIT(role);
}

bool acts_rights_load(struct acts *acts, struct arena *arena, int64_t staff_id,
		      struct acts_rights *out, struct err *err)
{
	struct store_table t;

	if (!store_all(acts->store, arena, 0, &t, err, SQL_GRANTED_OF, "i", staff_id))
		return false;
	*out = (struct acts_rights){.staff_id = staff_id, .count = t.count};
	out->items = arena_make(arena, struct acts_granted, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct acts_granted *g = &out->items[i];
		int64_t list = row_int(&row, "list_id");
		int64_t consultation = row_int(&row, "consultation_id");

		if (!read_role(row_text(&row, "role"), &g->role, err))
			return false;
		g->scope = list           ? acts_on_list(list)
			   : consultation ? acts_on_consultation(consultation)
					  : acts_everywhere();
		g->where = row_text(&row, "place");
	}
	return true;
}

bool acts_rights_have(const struct acts_rights *rights, enum acts_right right,
		      struct acts_scope scope)
{
	for (size_t i = 0; i < rights->count; i++) {
		const struct acts_granted *g = &rights->items[i];

		if (acts_role_gives(g->role, right) &&
		    (g->scope.kind == SCOPE_EVERYWHERE ||
		     (g->scope.kind == scope.kind && g->scope.id == scope.id)))
			return true;
	}
	return false;
}

bool acts_rights_anywhere(const struct acts_rights *rights, enum acts_right right)
{
	for (size_t i = 0; i < rights->count; i++)
		if (acts_role_gives(rights->items[i].role, right) &&
		    (rights->items[i].scope.kind == SCOPE_EVERYWHERE ||
		     right < RIGHT_AUDIT))
			return true;
	return false;
}

bool acts_may(struct acts *acts, enum acts_right right, struct acts_scope scope,
	      bool *out_yes, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct acts_rights rights;

	if (!acts_rights_load(acts, arena, acts->staff_id, &rights, err))
		return false;
	*out_yes = acts_rights_have(&rights, right, scope);
	return true;
}

/* The rows of a handful of places, without those where the right is missing. */
static bool places(struct acts *acts, struct arena *arena,
		   const struct acts_rights *rights, enum acts_right right,
		   enum acts_scope_kind kind, struct store_table *out, struct err *err)
{
	struct store_table t;
	size_t kept = 0;

	if (!store_all(acts->store, arena, 0, &t, err,
		       kind == SCOPE_LIST ? SQL_RIGHTS_LISTS : SQL_RIGHTS_CONSULTATIONS,
		       ""))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct acts_scope scope = {kind, row_int(&row, "id")};

		if (acts_rights_have(rights, right, scope))
			t.rows[kept++] = t.rows[i];
	}
	t.count = kept;
	*out = t;
	return true;
}

bool acts_rights_consultations(struct acts *acts, struct arena *arena,
			       const struct acts_rights *rights, enum acts_right right,
			       struct store_table *out, struct err *err)
{
	return places(acts, arena, rights, right, SCOPE_CONSULTATION, out, err);
}

bool acts_rights_lists(struct acts *acts, struct arena *arena,
		       const struct acts_rights *rights, enum acts_right right,
		       struct store_table *out, struct err *err)
{
	return places(acts, arena, rights, right, SCOPE_LIST, out, err);
}

/* Whom, what and where a grant is about; the ids that are none are 0. */
struct grant {
	int64_t staff_id, list_id, consultation_id;
	enum acts_role role;
};

static bool read_grant(struct acts *acts, struct arena *arena, const char *name,
		       const char *role, const char *list, const char *consultation,
		       struct grant *out, struct err *err)
{
	struct acts_consultation c;
	struct acts_list l;
	struct store_row row;

	*out = (struct grant){0};
	if (list && consultation)
		return err_set(
			err, ERR_INPUT,
			"a role is for a list or for a consultation, not for both; "
			"give it twice");
	if (!read_role(role, &out->role, err))
		return false;
	if ((list || consultation) && out->role == ROLE_ADMINISTRATOR)
		return err_set(err, ERR_INPUT,
			       "an administrator is one everywhere; leave the list or "
			       "consultation out");
	if (!store_one(acts->store, arena, &row, err, SQL_STAFF_BY_NAME, "t", name))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "\"%.60s\" is not in the staff",
					 name)
			       : false;
	out->staff_id = row_int(&row, "id");
	if (list) {
		if (!acts_list_named(acts, arena, list, &l, err))
			return false;
		out->list_id = l.id;
	}
	if (consultation) {
		if (!acts_consultation_named(acts, arena, consultation, &c, err))
			return false;
		out->consultation_id = c.id;
	}
	return true;
}

static bool audit_grant(struct acts *acts, const struct grant *g, const char *act,
			struct err *err)
{
	return acts_audit(acts, err, act, "staff", g->staff_id, "%s%s%" PRId64,
			  acts_role_name(g->role),
			  g->list_id           ? ", list "
			  : g->consultation_id ? ", consultation "
					       : ", everywhere ",
			  g->list_id + g->consultation_id);
}

bool acts_grant(struct acts *acts, const char *name, const char *role, const char *list,
		const char *consultation, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct grant g;

	if (!t || !read_grant(acts, arena, name, role, list, consultation, &g, err))
		return false;
	if (!store_run(acts->store, err, SQL_GRANTED_ADD, "itzzzi", g.staff_id,
		       acts_role_name(g.role), g.list_id, g.consultation_id,
		       acts->staff_id, acts->now))
		return err->kind == ERR_CONFLICT
			       ? err_set(err, ERR_CONFLICT, "%s is %s there already",
					 name, role)
			       : false;
	return audit_grant(acts, &g, "role given", err) && store_commit(&t, err);
}

bool acts_revoke(struct acts *acts, const char *name, const char *role, const char *list,
		 const char *consultation, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct grant g;

	if (!t || !read_grant(acts, arena, name, role, list, consultation, &g, err) ||
	    !store_run(acts->store, err, SQL_GRANTED_END, "itiizi", g.staff_id,
		       acts_role_name(g.role), g.list_id, g.consultation_id,
		       acts->staff_id, acts->now))
		return false;
	if (store_changes(acts->store) == 0)
		return err_set(err, ERR_CONFLICT,
			       "%s is not %s there; see: mercat staff list", name, role);
	return acts_sessions_end_all(acts, g.staff_id, "a role was taken away", err) &&
	       audit_grant(acts, &g, "role taken away", err) && store_commit(&t, err);
}
