/* Why was this person stopped? What bounces did, in words. */
#include "domain/admin/list.h"
#include "domain/core/plus_address.h"
#include "domain/delivery/bounce_private.h"
#include "base/str.h"

#include <inttypes.h>

struct word {
	const char *is, *says;
};

static const char *look_up(const struct word *words, const char *is,
			   const char *otherwise)
{
	for (; words->is; words++)
		if (str_eq(words->is, is))
			return words->says;
	return otherwise;
}

static const char *of_bounce(struct operation *op, struct arena *arena,
			     const struct store_row *row)
{
	enum bounce_effect effect = bounce_effect_named(row_text(row, "a"));
	const char *source = row_text(row, "b");
	const char *what = row_null(row, "number") ? "a notification"
						   : arena_printf(arena, "No. %" PRId64,
								  row_int(row, "number"));
	const char *after = bounce_effect_words(effect);
	const char *words = row_text(row, "e");

	if (str_eq(source, "report"))
		return arena_printf(arena,
				    "a feedback report about %s (mail %" PRId64 "): %s",
				    what, row_int(row, "mail"), after);
	if (effect == BOUNCE_POINT)
		after = arena_printf(arena, "point %" PRId64 " of %" PRId64,
				     row_int(row, "n"), op->settings->bounce_points);
	return arena_printf(arena, "%s %s: %s%s%s%s%s%s - %s", what,
			    str_eq(source, "smtp")
				    ? "was refused by the relay"
				    : arena_printf(arena, "came back (mail %" PRId64 ")",
						   row_int(row, "mail")),
			    bounce_reason_words(mail_reason_named(row_text(row, "c"))),
			    row_null(row, "d") ? "" : " (",
			    str_or(row_text(row, "d"), ""), row_null(row, "d") ? "" : ")",
			    str_empty(words) ? "" : ", ", str_or(words, ""), after);
}

static const char *of_probe(const struct store_row *row)
{
	static const struct word states[] = {
		{"due",
		 "a probe is due: one notification that asks whether the address works"},
		{"sent", "the probe was sent"},
		{"alive",
		 "the probe has not come back: the address works, the points are "
		 "forgotten"},
		{"dead", "the probe ended: the address does not work"},
		{"unclear",
		 "the probe ended without an answer; the next bounce asks again"},
		{"dropped", "the probe was dropped: not on the list any more"},
		{0}};

	return look_up(states, row_text(row, "a"), row_text(row, "a"));
}

static const char *of_evidence(struct arena *arena, const struct store_row *row)
{
	return arena_printf(
		arena, "%s (by %s%s%s)%s%s", row_text(row, "a"), row_text(row, "b"),
		row_null(row, "c") ? "" : ": ", str_or(row_text(row, "c"), ""),
		row_null(row, "e") ? "" : ": ", str_or(row_text(row, "e"), ""));
}

const char *bounce_sentence(struct operation *op, struct arena *arena,
			    const struct store_row *row)
{
	const char *kind = row_text(row, "kind");

	if (str_eq(kind, "bounce"))
		return of_bounce(op, arena, row);
	if (str_eq(kind, "probe"))
		return of_probe(row);
	if (str_eq(kind, "audit"))
		return "a later mail got through: the points are forgotten";
	return of_evidence(arena, row);
}

bool bounce_history(struct operation *op, struct arena *arena, const char *address,
		    struct store_table *out, struct err *err)
{
	static const char *const names[] = {"happened_at", "list", "what"};
	struct store_table lists, events, all = {.names = names, .columns = 3};
	const char *key, *plain;

	if (!address_read(arena, address, &key, &plain, err) ||
	    !store_all(op->store, arena, &lists, err, SQL_SUBSCRIPTIONS_OF_ADDRESS, "t",
		       key))
		return false;
	if (!lists.count)
		return err_set(err, ERR_ABSENT, "%s is on no list and never was", plain);
	for (size_t l = 0; l < lists.count; l++) {
		struct store_row list = table_row(&lists, l);

		if (!store_all(op->store, arena, &events, err, SQL_BOUNCE_HISTORY, "i",
			       row_int(&list, "id")))
			return false;
		for (size_t i = 0; i < events.count; i++) {
			struct store_row row = table_row(&events, i);
			struct store_cell *cells =
				arena_make(arena, struct store_cell, 3);

			cells[0] = cell_of_int(row_int(&row, "at"));
			cells[1] = cell_of_text(row_text(&list, "list"));
			cells[2] = cell_of_text(bounce_sentence(op, arena, &row));
			all.rows =
				arena_grow(arena, all.rows, all.count, sizeof(*all.rows));
			all.rows[all.count++] = cells;
		}
	}
	*out = all;
	return true;
}

bool bounce_list(struct operation *op, struct arena *arena,
		 const struct bounce_filter *filter, struct store_table *out,
		 struct err *err)
{
	const char *key = NULL, *plain;
	struct list known;

	return (!filter->list || list_named(op, arena, filter->list, &known, err)) &&
	       (!filter->address ||
		address_read(arena, filter->address, &key, &plain, err)) &&
	       store_all(op->store, arena, out, err, SQL_BOUNCE_LIST, "tti", filter->list,
			 key, filter->most);
}

bool bounces_of_mail(struct operation *op, struct arena *arena, int64_t inbound_id,
		     struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_BOUNCES_OF, "i", inbound_id);
}
