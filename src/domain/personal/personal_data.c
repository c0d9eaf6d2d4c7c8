#include "domain/personal/personal_data.h"
#include "domain/core/personal_places.h"
#include "domain/core/person_forms.h"
#include "domain/subscribers/suppress.h"
#include "base/clock.h"
#include "base/str.h"
#include "mail/write/recipient.h"

#include <inttypes.h>

/* Topics by their names; what only serves the machine goes. */
static bool name_topics(struct operation *op, struct arena *arena, struct store_table *t,
			struct err *err)
{
	size_t all = 0, topics = 0, list = 0;

	for (size_t c = 0; c < t->columns; c++) {
		all = str_eq(t->names[c], "all_topics") ? c : all;
		topics = str_eq(t->names[c], "topics") ? c : topics;
		list = str_eq(t->names[c], "list_id") ? c : list;
	}
	for (size_t i = 0; i < t->count; i++) {
		struct store_cell *row = t->rows[i];
		struct list l;

		if (!list_by_id(op, arena, row[list].n, &l, err))
			return false;
		row[topics] = cell_of_text(
			row[all].n == 1 ? "all"
					: topics_titles(&l, arena, row[topics].n));
		row[all] = cell_of_text(row[all].n == 1 ? "yes" : "no");
	}
	if (t->columns && list == t->columns - 1)
		t->columns--;
	return true;
}

struct whose {
	int64_t person_id;
	const char *key, *forms;
	bool by_staff;
};

static bool find_whose(struct operation *op, struct arena *arena,
		       const struct self_service *self, struct whose *out,
		       struct err *err)
{
	struct whose w = {.person_id = self->person_id,
			  .by_staff = str_eq(self->how, "staff")};
	const struct person_known known = {.person_id = w.person_id,
					   .address = w.person_id ? NULL : self->address};
	struct store_row person;

	if (w.person_id && !store_one(op->store, arena, &person, err, SQL_PERSON_BY_ID,
				      "i", w.person_id))
		return false;
	w.key = w.person_id
			? row_text(&person, "address_key")
			: str_or(mail_address_key(arena, self->address), self->address);
	if (!person_forms(op, arena, &known,
			  w.by_staff ? PERSON_FORMS_TAGS : PERSON_FORMS_OWN, &w.forms,
			  err))
		return false;
	*out = w;
	return true;
}

static bool load_part(struct operation *op, struct arena *arena, const struct whose *w,
		      const struct personal_place *place, struct store_table *out,
		      struct err *err)
{
	switch (place->held_by) {
	case 's':
		return suppression_about(op, arena, w->key, out, err);
	case 'p':
		return store_all(op->store, arena, out, err, place->held, "i",
				 w->person_id);
	case 'b':
		return store_all(op->store, arena, out, err, place->held, "it",
				 w->person_id, w->forms);
	default:
		return store_all(op->store, arena, out, err, place->held, "t", w->forms);
	}
}

bool personal_data_whose(struct operation *op, const char *address,
			 struct self_service *out, struct err *err)
{
	if (!preferences_of_address(op, address, out, err)) {
		if (err->kind != ERR_ABSENT &&
		    (err->kind != ERR_INPUT || !strchr(address, '@')))
			return false;
		*err = (struct err){0};
		*out = (struct self_service){.how = "staff"};
	}
	out->address = address;
	return true;
}

bool personal_data_load(struct operation *op, struct arena *arena,
			const struct self_service *self, struct personal_data *out,
			struct err *err)
{
	struct personal_data held = {.parts = arena_make(arena, struct personal_data_part,
							 personal_place_count)};
	struct whose w;

	if (!find_whose(op, arena, self, &w, err))
		return false;
	for (size_t i = 0; i < personal_place_count; i++) {
		const struct personal_place *place = &personal_places[i];
		struct personal_data_part *part = &held.parts[held.count];

		if (!place->part)
			continue;
		*part = (struct personal_data_part){.name = place->part,
						    .title = place->title};
		if (!load_part(op, arena, &w, place, &part->rows, err) ||
		    (place->held == SQL_PERSONAL_SUBSCRIPTIONS &&
		     !name_topics(op, arena, &part->rows, err)))
			return false;
		held.count++;
		held.rows += place->held_by == 's' ? 0 : part->rows.count;
	}
	*out = held;
	return true;
}

void personal_data_json(const struct operation *op, const struct personal_data *held,
			struct json *to)
{
	char now[CLOCK_TEXT];

	clock_rfc3339(op->now, now);
	json_put_object(to, NULL);
	json_lines(to);
	json_put_text(to, "made_at", now);
	for (size_t i = 0; i < held->count; i++)
		table_json(to, held->parts[i].name, &held->parts[i].rows);
	json_end(to);
	json_done(to);
}
