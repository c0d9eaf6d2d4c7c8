/* What somebody writes is kept, whatever is in it; what two write at once is kept twice. */
#include "domain/bulletins/bulletin.h"
#include "domain/core/audit.h"
#include "base/calendar.h"
#include "base/str.h"

#include <inttypes.h>

enum { ONE_SITTING_S = 10 * MINUTE_S };

#define NO_TITLE "[no title yet]"

bool bulletin_may_change(const struct bulletin *b, struct err *err)
{
	static const char *const allowed[] = {"draft", "approved", "scheduled",
					      "on hold"};
	bool good = false;

	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		good = good || str_eq(b->state, allowed[i]);
	return (good && !b->started_at) ||
	       err_set(err, ERR_CONFLICT,
		       "%s #%" PRId64 " is %s%s; it cannot be changed any more",
		       b->list.name, b->number, b->state,
		       b->started_at ? " and has gone out to some" : "");
}

/* A version as a row of its own; kind: "aside". */
static bool keep(struct operation *op, int64_t staff_id, int64_t bulletin_id,
		 const char *text, const char *hash, struct err *err)
{
	return store_run(op->store, err, SQL_VERSION_ADD, "iiittt", bulletin_id, staff_id,
			 op->now, "aside", text, hash);
}

static bool clash(struct operation *op, struct bulletin_saving *s, const char *text,
		  const char *hash, struct err *err)
{
	s->outcome = BULLETIN_CLASHED;
	if (s->aside_id) {
		if (!store_run(op->store, err, SQL_VERSION_WRITE, "iiiitt", s->now.id,
			       s->aside_id, op->staff_id, op->now, text, hash))
			return false;
		if (store_changes(op->store))
			return true;
	}
	if (!keep(op, op->staff_id, s->now.id, text, hash, err))
		return false;
	s->aside_id = store_last_id(op->store);
	return audit_record(op, err, "bulletin version kept aside", "bulletin", s->now.id,
			    "content %s beside %s", hash, s->now.hash);
}

/* What the page saves by itself is one event of somebody's sitting. */
static bool is_told(struct operation *op, struct arena *arena,
		    const struct bulletin_saving *s, bool *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_TOLD_LATELY, "iti",
		       s->now.id, op->who, op->now - ONE_SITTING_S))
		return false;
	*out = s->by_itself && row_int(&row, "told") == 1;
	return true;
}

static bool replace(struct operation *op, struct arena *arena, struct bulletin_saving *s,
		    const char *text, const struct bulletin_source *source,
		    struct err *err)
{
	const struct bulletin old = s->now;
	const char *title = *str_or(source->title, "") ? source->title : NO_TITLE;
	bool told;

	if (*str_or(s->over, "") && str_eq(s->over, old.hash) &&
	    old.changed_by != op->staff_id &&
	    !keep(op, old.changed_by, old.id, old.source_text, old.hash, err))
		return false;
	if (!is_told(op, arena, s, &told, err) ||
	    !store_run(op->store, err, SQL_BULLETIN_EDIT, "itttii", old.id, title, text,
		       source->hash, op->staff_id, op->now) ||
	    !store_run(op->store, err, SQL_APPROVAL_WITHDRAW, "ii", old.id, op->now))
		return false;
	s->outcome = BULLETIN_SAVED;
	return (told ||
		audit_of(op, AUDITED_TEXT("bulletin edited", old.id, source->hash), err,
			 "content %s -> %s", old.hash, source->hash)) &&
	       bulletin_load(op, arena, s->list, s->number, &s->now, err);
}

/* Their words stand now, so they are no longer kept beside it. */
static bool settled(struct operation *op, struct bulletin_saving *s, struct err *err)
{
	int64_t id = s->aside_id;

	s->aside_id = 0;
	return !id || store_run(op->store, err, SQL_VERSION_DROP, "ii", s->now.id, id);
}

bool bulletin_save(struct operation *op, struct arena *arena, struct bulletin_saving *s,
		   struct err *err)
{
	const struct bulletin_source *source;
	struct bulletin_fields stood;
	AUTO(store_txn) t = NULL;
	const char *text;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !bulletin_load(op, arena, s->list, s->number, &s->now, err) ||
	    !bulletin_may_change(&s->now, err))
		return false;
	bulletin_fields_read(arena, s->now.source_text, &stood);
	s->fields.list = s->now.list.name;
	s->fields.others = stood.others;
	text = bulletin_fields_write(arena, &s->fields);
	bulletin_fields_read(arena, text, &s->fields);
	if (bulletin_fields_same(&s->fields, &stood)) {
		s->outcome = BULLETIN_SAME;
		return settled(op, s, err) && store_commit(&t, err);
	}
	if (*str_or(s->state, "") && !str_eq(s->state, s->now.state)) {
		s->outcome = BULLETIN_MOVED;
		return true;
	}
	source = bulletin_source_draft(arena, text, &s->now.images);
	if (*str_or(s->seen, "") && !str_eq(s->seen, s->now.hash)
		    ? !clash(op, s, text, source->hash, err)
		    : !replace(op, arena, s, text, source, err) || !settled(op, s, err))
		return false;
	return store_commit(&t, err);
}

bool bulletin_asides(struct operation *op, struct arena *arena, int64_t bulletin_id,
		     struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_VERSION_ASIDES, "i",
			 bulletin_id);
}

bool bulletin_aside(struct operation *op, struct arena *arena, int64_t bulletin_id,
		    int64_t id, struct store_row *out, struct err *err)
{
	return store_one(op->store, arena, out, err, SQL_VERSION_BY_ID, "ii", bulletin_id,
			 id) ||
	       (err->kind == ERR_ABSENT &&
		err_set(err, ERR_ABSENT, "that version is not kept any more"));
}

bool bulletin_aside_drop(struct operation *op, const struct bulletin *b, int64_t id,
			 struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct store_row row;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	return t && bulletin_aside(op, arena, b->id, id, &row, err) &&
	       store_run(op->store, err, SQL_VERSION_DROP, "ii", b->id, id) &&
	       audit_record(op, err, "bulletin version thrown away", "bulletin", b->id,
			    "content %s", row_text(&row, "content_hash")) &&
	       store_commit(&t, err);
}
