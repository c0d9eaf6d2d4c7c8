#include "domain/imports/subscriber_import.h"
#include "base/clock.h"
#include "base/str.h"

enum { SAMPLE = 200 };

/* Whether any of them, in the first rows, is a topic of the list by name or title. */
static bool tags_fit(const struct list *list, const struct roster *r)
{
	AUTO(arena) arena = arena_new(8192);
	struct roster_reader reader;
	struct roster_row row;

	roster_begin(r, &reader);
	for (int n = 0; n < SAMPLE && roster_next(&reader, arena, &row); n++) {
		const char *const *words;
		size_t count = roster_words_of(
			arena, roster_cell(r, arena, &row, ROSTER_TAGS), &words);

		for (size_t i = 0; i < count; i++)
			if (topic_position(list, words[i]) >= 0)
				return true;
	}
	return false;
}

bool subscriber_import_open(struct arena *arena, const struct list *list,
			    const char *bytes, size_t len, struct subscriber_import *out,
			    struct err *err)
{
	struct subscriber_import plan = {0};
	struct roster *r = &plan.roster;

	if (!roster_open(arena, bytes, len, r, err))
		return false;
	plan.tags_unknown = roster_has(r, ROSTER_TAGS) && !tags_fit(list, r);
	for (size_t i = 0; plan.tags_unknown && i < r->column_count; i++)
		if (r->columns[i].field == ROSTER_TAGS)
			roster_use(r, i, ROSTER_NOTHING);
	*out = plan;
	return true;
}

void subscriber_import_called(struct subscriber_import *plan, struct arena *arena,
			      const char *file)
{
	plan->file = file;
	if (file)
		roster_called(&plan->roster, arena, file);
}

static bool use_column(struct subscriber_import *plan, char *head, const char *field,
		       struct err *err)
{
	struct roster *r = &plan->roster;
	enum roster_field wanted;

	if (!roster_field_of(field, &wanted))
		return err_set(err, ERR_INPUT,
			       "\"%.40s\" is nothing that a column can hold", field);
	for (size_t i = 0; i < r->column_count; i++) {
		if (!str_ieq(r->columns[i].head, head))
			continue;
		roster_use(r, i, wanted);
		r->twice = NULL;
		return true;
	}
	return err_set(err, ERR_INPUT, "there is no column \"%.40s\"", head);
}

bool subscriber_import_columns(struct subscriber_import *plan, struct arena *arena,
			       const char *text, struct err *err)
{
	char *rest = arena_strdup(arena, text);

	while (rest && *rest) {
		char *piece = rest, *comma = strchr(rest, ','), *equals;

		rest = comma ? comma + 1 : NULL;
		if (comma)
			*comma = '\0';
		if (str_blank(piece))
			continue;
		equals = strrchr(piece, '=');
		if (!equals)
			return err_set(err, ERR_INPUT,
				       "\"%.40s\" does not say what that column holds",
				       piece);
		*equals = '\0';
		if (!use_column(plan, str_trim(piece), str_trim(equals + 1), err))
			return false;
	}
	return true;
}

const char *subscriber_import_basis(const struct operation *op, struct arena *arena,
				    const struct subscriber_import *plan)
{
	struct calendar_day day = clock_calendar(op->now, op->settings->zone);

	return arena_printf(arena, "imported%s%s on %d %s %d by %s",
			    str_empty(plan->file) ? "" : " from ", str_or(plan->file, ""),
			    day.day, calendar_months[day.month - 1], day.year, op->who);
}
