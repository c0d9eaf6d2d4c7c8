#include "domain/responses/respondent_private.h"
#include "base/str.h"

static const char *const said_names[SAID_FIELDS] = {"name", "organisation", "type",
						    "permission", "contact"};

static const char *how_name(enum form_how how)
{
	static const char *const names[] = {[FORM_CHOSEN] = "chosen",
					    [FORM_TYPED] = "typed",
					    [FORM_WRITTEN] = "written"};

	return names[how];
}

/* Why it is not known, or how it was read. */
static const char *note_of(const struct form_conclusion *c)
{
	switch (c->state) {
	case FORM_KNOWN:
		return c->first->how == FORM_CHOSEN  ? "chosen"
		       : c->first->how == FORM_TYPED ? "typed"
						     : "in a sentence";
	case FORM_CONTRADICTED:
		return "contradictory: two places exclude each other";
	case FORM_UNSURE:
		return "said, but not clearly";
	default:
		return "asked, and nothing is chosen";
	}
}

static const char *place_of_reading(const struct gathered *g,
				    const struct form_reading *reading)
{
	return g->places[reading - g->all.readings];
}

static bool keep_readings(struct operation *op, const struct gathered *g, int64_t id,
			  struct err *err)
{
	for (size_t i = 0; i < g->all.count; i++) {
		const struct form_reading *r = &g->all.readings[i];

		if (!store_run(op->store, err, SQL_READING_ADD,
			       "ititt"
			       "itt",
			       id, form_field_names[r->field], (int64_t)i + 1,
			       how_name(r->how), form_reading_value(r),
			       (int64_t)r->doubtful, g->places[i], r->words))
			return false;
	}
	return true;
}

/* What all readings of a field give together, with why it is not known. */
static void conclude(struct respondent_found *r, enum form_field field, enum said to)
{
	const struct gathered *g = r->form;
	struct form_conclusion c;

	form_conclude(&g->all, field, &c);
	if (c.state == FORM_UNSAID && !g->listed_place[field])
		return;
	r->all[to] = (struct finding){.value = c.value, .note = note_of(&c)};
	if (g->only_doubt[field])
		r->all[to].note = "nothing is chosen; a sentence may be about it";
	if (field == FORM_PERMISSION && g->own == OWNFORM_OLDER)
		r->all[to].note = "in a form with older questions: look which answer is "
				  "to which question";
	if (field == FORM_PERMISSION && g->own == OWNFORM_FOREIGN)
		r->all[to].note = "in the form of another consultation";
	r->places[to] = c.first ? place_of_reading(g, c.first) : g->listed_place[field];
}

static void read_forms(struct respondent_found *r)
{
	r->form = respondent_gather(r->arena, r->words);
	if (r->form->name)
		respondent_set(r, SAID_NAME, r->form->name, r->form->name_place);
	if (r->form->organisation)
		respondent_set(r, SAID_ORGANISATION, r->form->organisation,
			       r->form->organisation_place);
	conclude(r, FORM_TYPE, SAID_TYPE);
	conclude(r, FORM_PERMISSION, SAID_PERMISSION);
	conclude(r, FORM_CONTACT, SAID_CONTACT);
}

const struct respondent_found *respondent_read(struct arena *arena,
					       const struct response_text *words)
{
	struct respondent_found *r = arena_make(arena, struct respondent_found, 1);

	r->arena = arena;
	r->words = words;
	read_forms(r);
	respondent_name(r);
	return r;
}

bool respondent_write(struct operation *op, struct arena *arena,
		      const struct response_text *words,
		      const struct respondent_found *found, struct err *err)
{
	struct store_table before;

	if (!store_run(op->store, err, SQL_SAID_DROP, "i", words->response_id) ||
	    !store_run(op->store, err, SQL_READING_DROP, "i", words->response_id) ||
	    !keep_readings(op, found->form, words->response_id, err))
		return false;
	for (int f = 0; f < SAID_FIELDS; f++)
		if (found->places[f] &&
		    !store_run(op->store, err, SQL_SAID_ADD, "itttt", words->response_id,
			       said_names[f], found->all[f].value, found->places[f],
			       found->all[f].note))
			return false;
	return respondent_before(op, arena, words->response_id, &before, err) &&
	       respondent_renew(op, &before, err);
}

bool respondent_before(struct operation *op, struct arena *arena, int64_t response_id,
		       struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_RESPONDENT_BEFORE, "i",
			 response_id);
}

bool respondent_renew(struct operation *op, const struct store_table *responses,
		      struct err *err)
{
	for (size_t i = 0; i < responses->count; i++) {
		struct store_row row = table_row(responses, i);

		if (!store_run(op->store, err, SQL_RESPONDENT_RENEW, "i",
			       row_int(&row, "id")))
			return false;
	}
	return true;
}
