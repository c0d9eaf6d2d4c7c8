#include "domain/admin/consultation_private.h"
#include "domain/core/audit.h"
#include "domain/admin/list.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

bool consultation_options_write(struct operation *op, int64_t question_id,
				const char *const *options, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (!store_run(op->store, err, SQL_OPTION_ADD, "iit", question_id,
			       (int64_t)i + 1, options[i]))
			return false;
	return true;
}

bool consultation_questions_write(struct operation *op, int64_t consultation_id,
				  const struct source *s, struct err *err)
{
	for (size_t i = 0; i < s->question_count; i++) {
		const struct question_draft *q = &s->questions[i];

		if (!store_run(op->store, err, SQL_QUESTION_ADD, "iiti", consultation_id,
			       (int64_t)i + 1, q->text, (int64_t)q->several) ||
		    !consultation_options_write(op, store_last_id(op->store), q->options,
						q->option_count, err))
			return false;
	}
	return true;
}

bool consultation_insert(struct operation *op, const struct source *s,
			 const struct consultation *c, struct err *err)
{
	int64_t id;

	if (!store_run(op->store, err, SQL_CONSULTATION_ADD, "ttttiiti", c->name,
		       c->title, c->address, c->zone, c->opens_at, c->closes_at,
		       buf_text(s->introduction), op->now))
		return err->kind == ERR_CONFLICT
			       ? err_set(err, ERR_CONFLICT,
					 "there is a consultation \"%s\" or one at %s already",
					 c->name, c->address)
			       : false;
	id = store_last_id(op->store);
	return consultation_questions_write(op, id, s, err) &&
	       audit_record(op, err, "consultation added", "consultation", id,
			    "name %s, %zu questions", c->name, s->question_count);
}

bool consultation_address_free(struct operation *op, const char *address, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_LIST_BY_ADDRESS, "t", address))
		return err_forgive(err, ERR_ABSENT);
	return err_set(err, ERR_CONFLICT,
		       "%s is the address of the list %s; a consultation needs its own",
		       address, row_text(&row, "name"));
}

bool consultation_add(struct operation *op, struct arena *arena, const char *file,
		      const char *text, const char **out_name, struct err *err)
{
	static const enum key keys[] = {KEY_NAME, KEY_TITLE, KEY_ADDRESS,
					KEY_ZONE, KEY_OPENS, KEY_CLOSES};
	AUTO(buf) introduction = buf_new(1 << 20);
	AUTO(store_txn) t = NULL;
	struct source s = {.file = file, .arena = arena, .introduction = introduction};
	struct consultation c = {0};

	if (!needs_staff(op, err) || !consultation_source_read(&s, text, err))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (!consultation_value_fits(op, &s, keys[i], &c, err))
			return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_address_free(op, c.address, err) ||
	    !consultation_insert(op, &s, &c, err) || !store_commit(&t, err))
		return false;
	*out_name = c.name;
	return true;
}

void consultation_read(const struct store_row *row, struct consultation *out)
{
	*out = (struct consultation){
		.id = row_int(row, "id"),
		.name = row_text(row, "name"),
		.title = row_text(row, "title"),
		.address = row_text(row, "address"),
		.state = row_text(row, "state"),
		.zone = row_text(row, "zone"),
		.introduction = row_text(row, "introduction"),
		.opens_at = row_int(row, "opens_at"),
		.closes_at = row_int(row, "closes_at"),
		.closed_at = row_int(row, "closed_at"),
	};
	/* Closed by a person after its last day, it had ended on that. */
	if (out->closed_at > out->closes_at)
		out->closed_at = 0;
}

bool consultation_named(struct operation *op, struct arena *arena, const char *name,
			struct consultation *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_NAME, "t", name))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "there is no consultation \"%.60s\"" HINT
					 "see: mercat consultation list",
					 name)
			       : false;
	consultation_read(&row, out);
	return true;
}

bool consultation_or_all(struct operation *op, const char *name, int64_t *out_id,
			 struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct consultation c;

	if (name && !consultation_named(op, arena, name, &c, err))
		return false;
	*out_id = name ? c.id : 0;
	return true;
}

/* Opened before its first day, this one is the first. */
static bool opens_today(struct operation *op, const struct consultation *c,
			struct err *err)
{
	char today[CLOCK_TEXT];
	int64_t at;

	if (c->opens_at <= op->now)
		return true;
	clock_day(op->now, c->zone, today);
	return clock_day_start(today, c->zone, &at, err) &&
	       store_run(op->store, err, SQL_CONSULTATION_OPENS_AT_SET, "ii", c->id, at);
}

static bool change_state(struct operation *op, const char *name, const char *from,
			 const char *or_from, const char *to, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct consultation c;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, name, &c, err))
		return false;
	if (str_eq(c.state, to))
		return true; /* as it was asked for */
	if (!str_eq(c.state, from) && !str_eq(c.state, or_from))
		return err_set(err, ERR_CONFLICT,
			       "the consultation %s is %s; it cannot become %s", name,
			       c.state, to);
	if (str_eq(to, "open") && c.closes_at < op->now && str_eq(c.state, "draft"))
		to = "closed"; /* what comes is taken, as late */
	else if (str_eq(to, "open") && c.closes_at < op->now)
		return err_set(
			err, ERR_CONFLICT,
			"the last day of the consultation %s is over; give it a later "
			"one first" HINT "mercat consultation extend %s DAY",
			name, name);
	return (!str_eq(to, "open") || opens_today(op, &c, err)) &&
	       store_run(op->store, err, SQL_CONSULTATION_STATE_SET, "itz", c.id, to,
			 str_eq(to, "closed") ? op->now : (int64_t)0) &&
	       audit_record(op, err, "consultation state", "consultation", c.id,
			    "%s -> %s", c.state, to) &&
	       store_commit(&t, err);
}

bool consultation_open(struct operation *op, const char *name, struct err *err)
{
	return change_state(op, name, "draft", "closed", "open", err);
}

bool consultation_close(struct operation *op, const char *name, struct err *err)
{
	return change_state(op, name, "open", "open", "closed", err);
}

bool consultation_extension_check(const struct operation *op,
				  const struct consultation *c, const char *day,
				  int64_t *out_closes_at, struct err *err)
{
	if (str_blank(day))
		return err_set(err, ERR_INPUT, "choose the new last day");
	if (!clock_day_end(day, c->zone, out_closes_at, err))
		return false;
	if (*out_closes_at <= c->closes_at)
		return err_set(
			err, ERR_INPUT,
			"%s is not later than the day it closes now; an extension only "
			"gives more time",
			day);
	return *out_closes_at >= op->now ||
	       err_set(err, ERR_INPUT, "%s is over; choose a day that is to come", day);
}

bool consultation_extend(struct operation *op, const char *name, const char *day,
			 struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct consultation c;
	int64_t closes_at;
	char was[CLOCK_TEXT], is[CLOCK_TEXT];
	bool opens;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, name, &c, err) ||
	    !consultation_extension_check(op, &c, day, &closes_at, err))
		return false;
	opens = str_eq(c.state, "closed") && closes_at > op->now;
	clock_local(c.closes_at, c.zone, was);
	clock_local(closes_at, c.zone, is);
	return store_run(op->store, err, SQL_EXTENSION_ADD, "iiiii", c.id, c.closes_at,
			 closes_at, op->staff_id, op->now) &&
	       store_run(op->store, err, SQL_CONSULTATION_EXTEND, "ii", c.id,
			 closes_at) &&
	       (!opens || store_run(op->store, err, SQL_CONSULTATION_STATE_SET, "itz",
				    c.id, "open", (int64_t)0)) &&
	       audit_record(op, err, "consultation extended", "consultation", c.id,
			    "closes %s instead of %s", is, was) &&
	       store_commit(&t, err);
}

bool consultations_close_due(struct operation *op, int *out_closed, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct store_table due;

	*out_closed = 0;
	if (!store_all(op->store, arena, &due, err, SQL_CONSULTATION_TO_CLOSE, "i",
		       op->now))
		return false;
	if (!due.count)
		return true;
	t = store_begin(op->store, err);
	/* Again, now that nobody else can write: it may have been extended. */
	if (!t || !store_all(op->store, arena, &due, err, SQL_CONSULTATION_TO_CLOSE, "i",
			     op->now))
		return false;
	for (size_t i = 0; i < due.count; i++) {
		struct store_row row = table_row(&due, i);

		if (!store_run(op->store, err, SQL_CONSULTATION_STATE_SET, "itz",
			       row_int(&row, "id"), "closed", (int64_t)0) ||
		    !audit_record(op, err, "consultation state", "consultation",
				  row_int(&row, "id"),
				  "open -> closed, its last day has passed"))
			return false;
	}
	*out_closed = (int)due.count;
	return store_commit(&t, err);
}
