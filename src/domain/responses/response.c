#include "domain/responses/response.h"
#include "domain/admin/rights.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/responses/response_lock.h"
#include "domain/core/undo.h"
#include "base/str.h"

#include <inttypes.h>

static bool staff_id_of(struct operation *op, struct arena *arena, const char *name,
			int64_t *out, struct err *err)
{
	struct store_row row;

	*out = 0;
	if (!name)
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_STAFF_BY_NAME, "t", name))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "\"%.60s\" is not in the staff",
					 name)
			       : false;
	*out = row_int(&row, "id");
	return true;
}

/* Who acts on a page hands a response only to those who may read it. */
static bool may_be_assigned(struct operation *op, struct arena *arena, const char *name,
			    int64_t staff_id, int64_t consultation_id, struct err *err)
{
	struct rights theirs;

	if (!op->rights || !staff_id)
		return true;
	return rights_load(op, arena, staff_id, &theirs, err) &&
	       (rights_have(&theirs, RIGHT_READ_RESPONSES,
			    rights_on_consultation(consultation_id)) ||
		err_set(err, ERR_CONFLICT,
			"%.60s may not read the responses to this consultation: choose "
			"somebody else, or have them granted a role first",
			name));
}

static const char *named(struct arena *arena, const struct response *r)
{
	return response_reference(arena, r->consultation, r->number);
}

bool response_screen(struct operation *op, const char *reference, const char *state,
		     const char *reason, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(buf) inverse = undo_new();
	struct response r;
	AUTO(store_txn) t = NULL;
	bool excluded = str_eq(state, "excluded");

	if (!domain_word_check("state of a response", state, response_states, err))
		return false;
	if (excluded && str_blank(reason))
		return err_set(
			err, ERR_INPUT,
			"say why it is excluded; nothing is deleted, and the reason stays "
			"with it" HINT "--reason \"...\"");
	t = response_lock_begin(op, arena, reference, &r, err);
	if (!t)
		return false;
	if (!excluded)
		reason = NULL;
	if (str_eq(r.state, state) && str_eq(r.reason, reason))
		return true;
	pack_int(inverse, r.id);
	pack_str(inverse, r.state);
	pack_str(inverse, r.reason);
	pack_str(inverse, state);
	pack_str(inverse, reason);
	return store_run(op->store, err, SQL_RESPONSE_SCREEN, "itt", r.id, state,
			 reason) &&
	       store_run(op->store, err, SQL_SCREENING_ADD, "itttii", r.id, r.state,
			 state, reason, op->staff_id, op->now) &&
	       audit_record(op, err, "screened", "response", r.id, "%s -> %s", r.state,
			    state) &&
	       undo_record(op, "screen", inverse, err, "screening of %s",
			   named(arena, &r)) &&
	       store_commit(&t, err);
}

bool response_assigned(struct operation *op, int64_t staff_id, int64_t consultation_id,
		       struct err *err)
{
	return !staff_id || staff_id == op->staff_id ||
	       store_run(op->store, err, SQL_NEWS_ADD, "iti", staff_id, "mine",
			 consultation_id);
}

bool response_assign(struct operation *op, const char *reference, const char *staff,
		     struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(buf) inverse = undo_new();
	struct response r;
	AUTO(store_txn) t = response_lock_begin(op, arena, reference, &r, err);
	int64_t staff_id, before;

	if (!t || !staff_id_of(op, arena, staff, &staff_id, err))
		return false;
	before = r.assigned_to;
	if (before == staff_id)
		return true;
	if (!may_be_assigned(op, arena, staff, staff_id, r.consultation_id, err))
		return false;
	pack_int(inverse, r.id);
	pack_int(inverse, before);
	pack_int(inverse, staff_id);
	return store_run(op->store, err, SQL_RESPONSE_ASSIGN, "iz", r.id, staff_id) &&
	       response_assigned(op, staff_id, r.consultation_id, err) &&
	       audit_record(op, err, "assigned", "response", r.id, "staff %" PRId64,
			    staff_id) &&
	       undo_record(op, "assign", inverse, err, "assignment of %s",
			   named(arena, &r)) &&
	       store_commit(&t, err);
}

bool response_note(struct operation *op, const char *reference, const char *text,
		   struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(buf) inverse = undo_new();
	struct response r;
	AUTO(store_txn) t = NULL;
	int64_t id;

	if (str_blank(text) || strlen(text) > 20000 ||
	    !str_utf8_valid(text, strlen(text)))
		return err_set(err, ERR_INPUT,
			       "a note has 1 to 20,000 bytes of UTF-8 text");
	t = response_lock_begin(op, arena, reference, &r, err);
	if (!t || !store_run(op->store, err, SQL_NOTE_ADD, "iiit", r.id, op->staff_id,
			     op->now, text))
		return false;
	id = store_last_id(op->store);
	pack_int(inverse, r.id);
	pack_int(inverse, id);
	return audit_record(op, err, "noted", "response", r.id, "note %" PRId64, id) &&
	       undo_record(op, "note", inverse, err, "note on %s", named(arena, &r)) &&
	       store_commit(&t, err);
}

static bool respondent_inverse(struct operation *op, struct arena *arena,
			       const struct response *r, const char *type,
			       const char *permission, struct buf *to, struct err *err)
{
	static const char *const before[] = {"type", "type_by", "permission",
					     "permission_by"};
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_RESPONDENT_OF, "i",
		       r->respondent_id))
		return false;
	pack_int(to, r->id);
	pack_int(to, r->respondent_id);
	for (size_t i = 0; i < ARRAY_LEN(before); i++)
		pack_str(to, row_text(&row, before[i]));
	pack_str(to, str_or(type, r->type));
	pack_str(to, str_or(permission, r->permission));
	return true;
}

bool response_respondent(struct operation *op, const char *reference, const char *type,
			 const char *permission, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(buf) inverse = undo_new();
	struct response r;
	AUTO(store_txn) t = NULL;

	if (!domain_word_check("respondent type", type, respondent_types, err) ||
	    !domain_word_check("permission", permission, respondent_permissions, err))
		return false;
	t = response_lock_begin(op, arena, reference, &r, err);
	return t && respondent_inverse(op, arena, &r, type, permission, inverse, err) &&
	       store_run(op->store, err, SQL_RESPONDENT_SET, "itt", r.respondent_id, type,
			 permission) &&
	       audit_record(op, err, "respondent set", "response", r.id,
			    "type %s -> %s, permission %s -> %s", r.type,
			    str_or(type, r.type), r.permission,
			    str_or(permission, r.permission)) &&
	       undo_record(op, "respondent", inverse, err, "respondent of %s",
			   named(arena, &r)) &&
	       store_commit(&t, err);
}

/* The audit tells that names were corrected, not the names. */
bool response_correct(struct operation *op, const char *reference, const char *name,
		      const char *organisation, const char *contact, struct err *err)
{
	static const char *const contacts[] = {"yes", "no", "unknown", NULL};
	AUTO(arena) arena = arena_new(2048);
	struct response r;
	AUTO(store_txn) t = NULL;

	if (!domain_word_check("answer to \"contact again?\"", contact, contacts, err) ||
	    !address_text_check("a name", name, LIST_NAME_MOST, err) ||
	    !address_text_check("an organisation", organisation, LIST_NAME_MOST, err))
		return false;
	t = response_lock_begin(op, arena, reference, &r, err);
	return t &&
	       store_run(op->store, err, SQL_RESPONDENT_CORRECT, "ittt", r.respondent_id,
			 name, organisation, contact) &&
	       audit_record(op, err, "respondent corrected", "response", r.id, "%s%s%s%s",
			    name ? "name " : "", organisation ? "organisation " : "",
			    contact ? "contact " : "", str_or(contact, "")) &&
	       undo_final(op, err, "correcting who sent %s", named(arena, &r)) &&
	       store_commit(&t, err);
}

bool response_first_new(struct operation *op, int64_t consultation_id,
			int64_t *out_number, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out_number = 0;
	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_FIRST_NEW, "i",
		       consultation_id))
		return err_forgive(err, ERR_ABSENT);
	*out_number = row_int(&row, "number");
	return true;
}
