#include "domain/queue/needs.h"
#include "domain/queue/lost.h"
#include "domain/responses/response_proposal.h"
#include "domain/safeguarding/flag_tell.h"
#include "base/calendar.h"
#include "base/str.h"

static const char *const kinds[NEED_KINDS] = {
	[NEED_RISK] = "risk",
	[NEED_HELD] = "on hold",
	[NEED_DOUBT] = "doubt",
	[NEED_APPROVE] = "approve",
	[NEED_REQUEST] = "request",
	[NEED_MINE] = "mine",
	[NEED_SECOND] = "second",
	[NEED_REPORT] = "report",
	[NEED_REPORT_BACK] = "report back",
	[NEED_RELEASE] = "release",
	[NEED_RE_ANCHOR] = "re-anchor",
	[NEED_BOUNCE] = "bounce",
	[NEED_PAUSED] = "paused",
	[NEED_DRAFT] = "draft",
	[NEED_ASKED] = "asked",
	[NEED_AGREE] = "agree",
	[NEED_RETURNED] = "returned",
	[NEED_ROLE] = "role",
	[NEED_RELAY] = "relay",
	[NEED_MAILBOX] = "mailbox",
	[NEED_INFORM] = "information",
	[NEED_UNSORTED] = "unsorted",
	[NEED_UNSORTED_RISK] = "unsorted at risk",
	[NEED_FLAG_OVERDUE] = "flag overdue",
	[NEED_FLAG_UNSEEN] = "flag unseen",
	[NEED_FLAG_OPEN] = "flag open",
	[NEED_FLAG_LATE] = "flag late",
	[NEED_FLAG_UNTOLD] = "flag untold",
};

const char *need_name(enum need_kind kind)
{
	return kinds[kind];
}

static enum need_kind kind_named(const char *name)
{
	for (int i = 0; i < NEED_KINDS; i++)
		if (str_eq(kinds[i], name))
			return (enum need_kind)i;
	PANIC("no need is called %s", name);
}

/* By kind; those of a kind come in their order. */
static void add(struct arena *arena, struct needs *to, const struct need *need)
{
	size_t at = to->count;

	to->items = arena_grow(arena, to->items, at, sizeof(*to->items));
	for (; at && to->items[at - 1].kind > need->kind; at--)
		to->items[at] = to->items[at - 1];
	to->items[at] = *need;
	to->count++;
}

/* NULL: everywhere. */
static const char *lists(const struct operation *op, struct arena *arena,
			 enum right right)
{
	struct rights_places places = rights_places(op, arena, right);

	return places.everywhere ? NULL : places.lists;
}

static const char *consultations(const struct operation *op, struct arena *arena,
				 enum right right)
{
	struct rights_places places = rights_places(op, arena, right);

	return places.everywhere ? NULL : places.consultations;
}

static void add_row(struct arena *arena, struct needs *to, const struct store_row *row,
		    const char *what, const char *who)
{
	add(arena, to,
	    &(struct need){.kind = kind_named(row_text(row, "kind")),
			   .place = row_text(row, "place"),
			   .title = row_text(row, "place_title"),
			   .number = row_int(row, "number"),
			   .what = what,
			   .who = who,
			   .since_at = row_int(row, "at"),
			   .count = row_int(row, "n")});
}

static bool of_lists(struct operation *op, struct arena *arena, struct needs *to,
		     struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_NEEDS_OF_LISTS, "iitttt",
		       (int64_t)0, op->staff_id, lists(op, arena, RIGHT_APPROVE),
		       lists(op, arena, RIGHT_EDIT_BULLETIN),
		       lists(op, arena, RIGHT_SEND), lists(op, arena, RIGHT_SUBSCRIBERS)))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		add_row(arena, to, &row, row_text(&row, "what"), row_text(&row, "who"));
	}
	return true;
}

/* The law gives so many working days from when it came; NULL: to nothing else. */
static const char *due_of(const struct operation *op, struct arena *arena,
			  const struct store_row *row)
{
	char text[CALENDAR_TEXT];
	struct calendar_day day;

	if (kind_named(row_text(row, "kind")) != NEED_INFORM ||
	    !calendar_read(
		    response_proposal_due(arena, row_int(row, "at"), op->settings->zone),
		    &day))
		return NULL;
	calendar_short(day, text);
	return arena_strdup(arena, text);
}

static bool of_consultations(struct operation *op, struct arena *arena, struct needs *to,
			     struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_NEEDS_OF_CONSULTATIONS, "iitttt",
		       (int64_t)0, op->staff_id,
		       consultations(op, arena, RIGHT_READ_RESPONSES),
		       consultations(op, arena, RIGHT_CODE),
		       consultations(op, arena, RIGHT_SCREEN),
		       consultations(op, arena, RIGHT_PUBLISH)))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		add_row(arena, to, &row, due_of(op, arena, &row), NULL);
	}
	return true;
}

static bool of_unsorted(struct operation *op, struct arena *arena, struct needs *to,
			struct err *err)
{
	struct rights_places sorts = rights_places(op, arena, RIGHT_SORT);
	struct store_row row;
	struct need need = {.kind = NEED_UNSORTED};
	int64_t risk;

	if (!store_one(op->store, arena, &row, err, SQL_NEEDS_UNSORTED, "iiitt",
		       (int64_t)0, (int64_t)0, (int64_t)sorts.everywhere, sorts.lists,
		       sorts.consultations))
		return false;
	need.since_at = row_int(&row, "at");
	risk = row_int(&row, "risk");
	need.count = row_int(&row, "n") - risk;
	if (need.count)
		add(arena, to, &need);
	need.kind = NEED_UNSORTED_RISK;
	need.count = risk;
	if (risk)
		add(arena, to, &need);
	return true;
}

/* Of those who deal with flags. */
static bool of_flags(struct operation *op, struct arena *arena, struct needs *to,
		     struct err *err)
{
	struct rights_places where = rights_places(op, arena, RIGHT_SAFEGUARD);
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_FLAGS_NEED, "iitt", op->now,
		       (int64_t)where.everywhere, where.lists, where.consultations))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		int64_t n = row_int(&row, "n");

		add(arena, to,
		    &(struct need){.kind = kind_named(row_text(&row, "kind")),
				   .number = n == 1 ? row_int(&row, "first") : 0,
				   .since_at = row_int(&row, "at"),
				   .count = n});
	}
	return true;
}

/* Administrators see that some wait that they cannot deal with, and that emails about them reach
 * nobody; and none of them. */
static bool of_late_flags(struct operation *op, struct arena *arena, struct needs *to,
			  struct err *err)
{
	bool deals = rights_places(op, arena, RIGHT_SAFEGUARD).everywhere;
	struct flag_trouble trouble;

	if (!rights_places(op, arena, RIGHT_ADMIN).everywhere)
		return true;
	if (!flag_trouble_now(op, arena, &trouble, err))
		return false;
	if (trouble.overdue && !deals)
		add(arena, to,
		    &(struct need){.kind = NEED_FLAG_LATE,
				   .since_at = trouble.overdue_at,
				   .count = trouble.overdue});
	if (trouble.untold || trouble.unsent)
		add(arena, to,
		    &(struct need){.kind = NEED_FLAG_UNTOLD,
				   .since_at = trouble.untold ? trouble.untold_at
							      : trouble.unsent_at,
				   .count = trouble.untold + trouble.unsent});
	return true;
}

static bool of_trouble(struct operation *op, struct arena *arena, struct needs *to,
		       struct err *err)
{
	struct store_table t;

	if (!rights_places(op, arena, RIGHT_ADMIN).everywhere)
		return true;
	if (!lost_for(op, arena, op->settings->trouble_after_s, &t, err))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		add(arena, to,
		    &(struct need){.kind = kind_named(row_text(&row, "kind")),
				   .what = row_text(&row, "name"),
				   .since_at = row_int(&row, "at"),
				   .count = 1});
	}
	return true;
}

bool needs_load(struct operation *op, struct arena *arena, struct needs *out,
		struct err *err)
{
	struct needs found = {0};

	if (!of_lists(op, arena, &found, err) ||
	    !of_consultations(op, arena, &found, err) ||
	    !of_unsorted(op, arena, &found, err) || !of_flags(op, arena, &found, err) ||
	    !of_late_flags(op, arena, &found, err) || !of_trouble(op, arena, &found, err))
		return false;
	*out = found;
	return true;
}
