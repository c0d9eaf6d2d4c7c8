#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/admin/consultation.h"
#include "domain/admin/list.h"
#include "domain/admin/session.h"
#include "base/str.h"

#include <inttypes.h>

static const char *const role_names[] = {
	"reader",          "coder",        "editor",        "approver",
	"data protection", "safeguarding", "administrator", NULL};

#define R ROLE_READER
#define C ROLE_CODER
#define E ROLE_EDITOR
#define A ROLE_APPROVER
#define D ROLE_DATA_PROTECTION
#define S ROLE_SAFEGUARDING
#define M ROLE_ADMINISTRATOR
#define BIT(role) (1U << (role))

/* Which roles have each right, and what it is called; the only place that says so. */
static const struct {
	const char *name;
	unsigned roles;
} rights_of[RIGHT_COUNT] = {
	[RIGHT_READ_RESPONSES] = {"read responses",
				  BIT(R) | BIT(C) | BIT(E) | BIT(A) | BIT(D) | BIT(S)},
	[RIGHT_SEE_RESPONDENTS] = {"see who wrote", BIT(E) | BIT(A) | BIT(D) | BIT(S)},
	[RIGHT_NOTE] = {"write notes", BIT(C) | BIT(E) | BIT(A) | BIT(D)},
	[RIGHT_CODE] = {"tag and code", BIT(C) | BIT(E)},
	[RIGHT_SCREEN] = {"screen and assign", BIT(C) | BIT(E)},
	[RIGHT_CODE_FRAME] = {"change the code frame", BIT(E)},
	[RIGHT_WRITE] = {"write to respondents and colleagues", BIT(E)},
	[RIGHT_SORT] = {"sort what came in", BIT(E) | BIT(D)},
	[RIGHT_CONSULT] = {"run consultations", BIT(E) | BIT(M)},
	[RIGHT_MODERATE] = {"decide and redact what is published", BIT(E) | BIT(A)},
	[RIGHT_PUBLISH] = {"release what is published", BIT(A)},
	[RIGHT_SEE_BULLETINS] = {"see bulletins",
				 BIT(R) | BIT(C) | BIT(E) | BIT(A) | BIT(D) | BIT(M)},
	[RIGHT_EDIT_BULLETIN] = {"write bulletins", BIT(E)},
	[RIGHT_COMMENT] = {"comment on bulletins", BIT(E) | BIT(A)},
	[RIGHT_APPROVE] = {"approve bulletins", BIT(A)},
	[RIGHT_SEND] = {"schedule and send bulletins", BIT(E) | BIT(A)},
	[RIGHT_SUBSCRIBERS] = {"see and change subscribers", BIT(E) | BIT(D)},
	[RIGHT_LIST] = {"make and change lists", BIT(M)},
	[RIGHT_ERASE] = {"erase a person's content", BIT(D)},
	[RIGHT_SAFEGUARD] = {"deal with flags that somebody may be at risk", BIT(S)},
	[RIGHT_AUDIT] = {"read the audit", BIT(D) | BIT(M)},
	[RIGHT_ADMIN] = {"manage the staff and the settings", BIT(M)},
};

#undef R
#undef C
#undef E
#undef A
#undef D
#undef S
#undef M

const char *staff_role_name(enum staff_role role)
{
	ASSERT((unsigned)role < ROLE_COUNT);
	return role_names[role];
}

static bool read_role(const char *name, enum staff_role *out, struct err *err)
{
	if (!domain_word_check("role", str_or(name, "(none)"), role_names, err))
		return false;
	for (int i = 0; i < ROLE_COUNT; i++)
		if (str_eq(role_names[i], name))
			*out = (enum staff_role)i;
	return true;
}

const char *right_name(enum right right)
{
	ASSERT((unsigned)right < RIGHT_COUNT);
	return rights_of[right].name;
}

bool staff_role_gives(enum staff_role role, enum right right)
{
	ASSERT((unsigned)right < RIGHT_COUNT && (unsigned)role < ROLE_COUNT);
	return rights_of[right].roles & BIT(role);
}

/* Rows of granted. */
static bool read_grants(struct arena *arena, const struct store_table *t,
			struct rights *out, struct err *err)
{
	out->count = t->count;
	out->items = arena_make(arena, struct rights_granted, t->count + 1);
	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);
		struct rights_granted *g = &out->items[i];
		int64_t list = row_int(&row, "list_id");
		int64_t consultation = row_int(&row, "consultation_id");

		if (!read_role(row_text(&row, "role"), &g->role, err))
			return false;
		g->scope = list           ? rights_on_list(list)
			   : consultation ? rights_on_consultation(consultation)
					  : rights_everywhere();
		g->where = row_text(&row, "place");
	}
	return true;
}

bool rights_load(struct operation *op, struct arena *arena, int64_t staff_id,
		 struct rights *out, struct err *err)
{
	struct store_table t;

	*out = (struct rights){.staff_id = staff_id};
	return store_all(op->store, arena, &t, err, SQL_GRANTED_OF, "i", staff_id) &&
	       read_grants(arena, &t, out, err);
}

bool rights_have(const struct rights *rights, enum right right, struct rights_scope scope)
{
	for (size_t i = 0; i < rights->count; i++) {
		const struct rights_granted *g = &rights->items[i];

		if (staff_role_gives(g->role, right) &&
		    (g->scope.kind == SCOPE_EVERYWHERE ||
		     (g->scope.kind == scope.kind && g->scope.id == scope.id)))
			return true;
	}
	return false;
}

bool rights_anywhere(const struct rights *rights, enum right right)
{
	for (size_t i = 0; i < rights->count; i++)
		if (staff_role_gives(rights->items[i].role, right) &&
		    (rights->items[i].scope.kind == SCOPE_EVERYWHERE ||
		     right < RIGHT_AUDIT))
			return true;
	return false;
}

bool rights_lost(struct operation *op, struct arena *arena,
		 const struct rights_since *held, const char **out_who, struct err *err)
{
	struct rights now, then = {0};
	struct store_table ended;
	struct store_row staff;
	bool is_over;

	*out_who = NULL;
	if (!rights_load(op, arena, held->staff_id, &now, err) ||
	    !store_one(op->store, arena, &staff, err, SQL_STAFF_BY_ID, "i",
		       held->staff_id) ||
	    !store_all(op->store, arena, &ended, err, SQL_GRANTED_ENDED_SINCE, "ii",
		       held->staff_id, held->at) ||
	    !read_grants(arena, &ended, &then, err))
		return false;
	is_over = !row_null(&staff, "ended_at") ||
		  rights_have(&then, held->right, held->scope);
	if (is_over && !rights_have(&now, held->right, held->scope))
		*out_who = row_text(&staff, "name");
	return true;
}

static const char *ids_where(struct arena *arena, const struct rights *rights,
			     enum right right, enum rights_scope_kind kind)
{
	const char *ids = "";

	for (size_t i = 0; i < rights->count; i++) {
		const struct rights_granted *g = &rights->items[i];

		if (staff_role_gives(g->role, right) && g->scope.kind == kind)
			ids = arena_printf(arena, "%s%s%" PRId64, ids, *ids ? "," : "",
					   g->scope.id);
	}
	return arena_printf(arena, "[%s]", ids);
}

bool rights_ask(const struct operation *op, enum right right, struct rights_scope scope,
		struct err *err)
{
	return !op->rights || rights_have(op->rights, right, scope) ||
	       err_set(err, ERR_CONFLICT, "your account has no right to %s there",
		       right_name(right));
}

struct rights_places rights_places(const struct operation *op, struct arena *arena,
				   enum right right)
{
	const struct rights *rights = op->rights;

	if (!rights)
		return (struct rights_places){true, "[]", "[]"};
	return (struct rights_places){
		rights_have(rights, right, rights_everywhere()),
		ids_where(arena, rights, right, SCOPE_LIST),
		ids_where(arena, rights, right, SCOPE_CONSULTATION)};
}

bool rights_may(struct operation *op, enum right right, struct rights_scope scope,
		bool *out_yes, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct rights rights;

	if (!rights_load(op, arena, op->staff_id, &rights, err))
		return false;
	*out_yes = rights_have(&rights, right, scope);
	return true;
}

/* The rows of a handful of places, without those where the right is missing. */
static bool rows_of_places(struct operation *op, struct arena *arena,
			   const struct rights *rights, enum right right,
			   enum rights_scope_kind kind, struct store_table *out,
			   struct err *err)
{
	struct store_table t;
	size_t kept = 0;

	if (!store_all(op->store, arena, &t, err,
		       kind == SCOPE_LIST ? SQL_RIGHTS_LISTS : SQL_RIGHTS_CONSULTATIONS,
		       ""))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct rights_scope scope = {kind, row_int(&row, "id")};

		if (rights_have(rights, right, scope))
			t.rows[kept++] = t.rows[i];
	}
	t.count = kept;
	*out = t;
	return true;
}

bool rights_consultations(struct operation *op, struct arena *arena,
			  const struct rights *rights, enum right right,
			  struct store_table *out, struct err *err)
{
	return rows_of_places(op, arena, rights, right, SCOPE_CONSULTATION, out, err);
}

bool rights_lists(struct operation *op, struct arena *arena, const struct rights *rights,
		  enum right right, struct store_table *out, struct err *err)
{
	return rows_of_places(op, arena, rights, right, SCOPE_LIST, out, err);
}

/* Whom, what and where a grant is about; the ids that are none are 0. */
struct grant {
	int64_t staff_id, list_id, consultation_id;
	enum staff_role role;
};

static bool read_grant(struct operation *op, struct arena *arena, const char *name,
		       const char *role, const char *list, const char *consultation,
		       struct grant *out, struct err *err)
{
	struct consultation c;
	struct list l;
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
	if (!store_one(op->store, arena, &row, err, SQL_STAFF_BY_NAME, "t", name))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "\"%.60s\" is not in the staff",
					 name)
			       : false;
	out->staff_id = row_int(&row, "id");
	if (list) {
		if (!list_named(op, arena, list, &l, err))
			return false;
		out->list_id = l.id;
	}
	if (consultation) {
		if (!consultation_named(op, arena, consultation, &c, err))
			return false;
		out->consultation_id = c.id;
	}
	return true;
}

static bool audit_grant(struct operation *op, const struct grant *g, const char *act,
			struct err *err)
{
	return audit_record(op, err, act, "staff", g->staff_id, "%s%s%" PRId64,
			    staff_role_name(g->role),
			    g->list_id           ? ", list "
			    : g->consultation_id ? ", consultation "
						 : ", everywhere ",
			    g->list_id + g->consultation_id);
}

bool rights_grant(struct operation *op, const char *name, const char *role,
		  const char *list, const char *consultation, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct grant g;

	if (!t || !read_grant(op, arena, name, role, list, consultation, &g, err))
		return false;
	if (!store_run(op->store, err, SQL_GRANTED_ADD, "itzzzi", g.staff_id,
		       staff_role_name(g.role), g.list_id, g.consultation_id,
		       op->staff_id, op->now))
		return err->kind == ERR_CONFLICT
			       ? err_set(err, ERR_CONFLICT, "%s is %s there already",
					 name, role)
			       : false;
	return audit_grant(op, &g, "role given", err) && store_commit(&t, err);
}

bool rights_revoke(struct operation *op, const char *name, const char *role,
		   const char *list, const char *consultation, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct grant g;

	if (!t || !read_grant(op, arena, name, role, list, consultation, &g, err) ||
	    !store_run(op->store, err, SQL_GRANTED_END, "itiizi", g.staff_id,
		       staff_role_name(g.role), g.list_id, g.consultation_id,
		       op->staff_id, op->now))
		return false;
	if (store_changes(op->store) == 0)
		return err_set(err, ERR_CONFLICT,
			       "%s is not %s there" HINT "see: mercat staff list", name,
			       role);
	/* What was written to them while they had it, and has not gone. */
	return store_run(op->store, err, SQL_NEEDS_UNSEND, "iii", g.staff_id, op->now,
			 (int64_t)1) &&
	       sessions_end_all(op, g.staff_id, "a role was taken away", err) &&
	       audit_grant(op, &g, "role taken away", err) && store_commit(&t, err);
}
