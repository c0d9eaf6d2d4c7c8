#include "domain/responses/respondent.h"
#include "base/str.h"
#include "text/form.h"
#include "text/frame.h"
#include "text/signature.h"

enum { SIGNED_LINES = 12 };

struct read {
	struct arena *arena;
	const struct response_text *words;
	struct form_finding all[FORM_FIELDS];
	const char *places[FORM_FIELDS];
	struct signature signed_by;
	const char *signed_where;
};

/* One field over all parts: the first that says it, unless another contradicts. */
static void merge(struct arena *arena, struct form_finding *into, const char **place,
		  const struct form_finding *from, const struct text_part *part,
		  bool must_agree)
{
	const char *where =
		from->line ? arena_printf(arena, "%s, line %zu", part->name, from->line)
			   : part->name;

	if (!from->value && !from->note)
		return;
	if (into->value && from->value && must_agree &&
	    !str_eq(into->value, from->value)) {
		into->value = NULL;
		into->note = arena_printf(arena, "contradictory: %s says something else",
					  where);
		return;
	}
	if (into->value || (into->note && !from->value) ||
	    str_starts(into->note, "contradictory"))
		return;
	*into = *from;
	*place = where;
}

/* A value that says there is none, or that is no name but a line of the letter. */
static bool is_nobody(const char *value)
{
	static const char *const none[] = {"no",
					   "yes",
					   "none",
					   "n/a",
					   "na",
					   "-",
					   "--",
					   "nil",
					   "x",
					   "n",
					   "y",
					   ".",
					   "not applicable",
					   "individual",
					   "organisation",
					   "as above",
					   "private"};

	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		if (str_ieq(value, none[i]))
			return true;
	return frame_is_closing(value, strlen(value)) ||
	       (frame_is_greeting(value, strlen(value)) &&
		!frame_is_name(value, strlen(value)));
}

static void set(struct read *r, enum form_field field, const char *value,
		const char *place)
{
	r->all[field] = (struct form_finding){.value = value};
	r->places[field] = place;
}

static void drop(struct read *r, enum form_field field)
{
	r->all[field] = (struct form_finding){0};
	r->places[field] = NULL;
}

/* Behind "-- ", where the new text of a mail ends. */
static const char *cut_signature(struct arena *arena, const char *whole)
{
	const char *at = str_starts(whole, "-- \n") ? whole : strstr(whole, "\n-- \n");
	const char *end;
	size_t lines = 0;

	if (!at)
		at = strstr(whole, "\n--\n");
	if (!at)
		return NULL;
	at = strchr(at + (*at == '\n'), '\n') + 1;
	for (end = at; *end && *end != '>' && lines < SIGNED_LINES; lines++)
		end += strcspn(end, "\n") + (end[strcspn(end, "\n")] == '\n');
	return arena_printf(arena, "...\n\nKind regards\n%.*s", (int)(end - at), at);
}

/* The mail's own signature, else what stands behind "-- ", else that of a file. */
static void read_signature(struct read *r)
{
	const char *cut = cut_signature(r->arena, r->words->whole);
	struct signature s;

	signature_read(r->arena, r->words->parts[0].text, r->words->from_name,
		       &r->signed_by);
	r->signed_where = "mail, signature";
	if (cut) {
		signature_read(r->arena, cut, r->words->from_name, &s);
		r->signed_by.name = str_or(r->signed_by.name, s.name);
		r->signed_by.closed = true;
		r->signed_by.organisation =
			str_or(r->signed_by.organisation, s.organisation);
	}
	for (size_t i = 1; i < r->words->count; i++) {
		bool many = r->signed_by.speaks_for_many;

		if (!*r->words->parts[i].text)
			continue;
		signature_read(r->arena, r->words->parts[i].text, r->words->from_name,
			       &s);
		if (!r->signed_by.name && !r->signed_by.organisation && s.name) {
			r->signed_by = s;
			r->signed_where = arena_printf(r->arena, "%s, signature",
						       r->words->parts[i].name);
		}
		r->signed_by.speaks_for_many = many || s.speaks_for_many;
	}
}

/* From as a person's name; NULL when it is an office, an organisation or an address. */
static const char *sender(const struct read *r)
{
	const char *name = r->words->from_name;

	return !name || strchr(name, '@') || signature_is_office(name) ||
			       signature_is_organisation(name)
		       ? NULL
		       : name;
}

/* "Filled in by: Ada Brock": who wrote for an organisation, in a line of a form. */
static const char *contact_person(struct read *r, const char **out_place)
{
	static const char *const labels[] = {
		"contact name",       "contact person",    "name of contact",
		"filled in by",       "completed by",      "form completed by",
		"submitted by",       "your own name",     "name of person",
		"answering for it",   "who writes this",   "contact",
		"name of the person", "person completing", "on its behalf",
		"respondent's name",  "name of individual"};

	for (size_t p = 0; p < r->words->count; p++)
		for (const char *line = r->words->parts[p].text; line;
		     line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
			const char *at = line + strspn(line, " \t*#>-|"), *value;
			size_t len = strcspn(at, ":\t|\n");

			if (!at[len] || at[len] == '\n' || len > 60)
				continue;
			value = at + len + strspn(at + len, ": \t|_");
			for (size_t i = 0; i < ARRAY_LEN(labels); i++)
				if (str_istarts(at, labels[i]) &&
				    frame_is_name(value, strcspn(value, "\n"))) {
					*out_place = r->words->parts[p].name;
					return str_trim(arena_strndup(
						r->arena, value, strcspn(value, "\n")));
				}
		}
	return NULL;
}

/* Who signed, or who sent: the fuller of two names of one person. */
static const char *person(struct read *r, const char **out_place)
{
	const char *signed_by = r->signed_by.name, *from = sender(r);

	*out_place = r->signed_where;
	if (!signed_by || !from) {
		*out_place = signed_by ? r->signed_where : "mail, From";
		return str_or(signed_by, from);
	}
	if (signature_may_be_same(signed_by, from)) {
		if (strlen(signed_by) >= strlen(from))
			return signed_by;
	} else if (r->signed_by.closed || !strchr(from, ' ')) {
		return signed_by;
	}
	*out_place = "mail, From";
	return from;
}

/* "Full name or organisation's name" is what the type says that it is. */
static void part_names(struct read *r)
{
	const char *name = r->all[FORM_NAME].value, *place, *who, *contact;
	bool organisation = str_eq(r->all[FORM_TYPE].value, "organisation");

	if (name && is_nobody(name))
		drop(r, FORM_NAME);
	if (r->all[FORM_ORGANISATION].value && is_nobody(r->all[FORM_ORGANISATION].value))
		drop(r, FORM_ORGANISATION);
	name = r->all[FORM_NAME].value;
	contact = contact_person(r, &place);
	who = contact ? contact : person(r, &place);
	if (name && !r->all[FORM_ORGANISATION].value &&
	    (signature_is_organisation(name) ||
	     (organisation && who && !signature_may_be_same(name, who)))) {
		r->all[FORM_ORGANISATION] = r->all[FORM_NAME];
		r->places[FORM_ORGANISATION] = r->places[FORM_NAME];
		drop(r, FORM_NAME);
	}
	if (!r->all[FORM_NAME].value && who)
		set(r, FORM_NAME, who, place);
}

static void find_organisation(struct read *r)
{
	const struct signature *s = &r->signed_by;
	const char *from = r->words->from_name;
	bool unsaid = !r->all[FORM_TYPE].value && !r->all[FORM_TYPE].note;

	if (!r->all[FORM_ORGANISATION].value &&
	    !str_eq(r->all[FORM_TYPE].value, "individual")) {
		if (s->organisation)
			set(r, FORM_ORGANISATION, s->organisation, r->signed_where);
		else if (from && signature_is_organisation(from))
			set(r, FORM_ORGANISATION, from, "mail, From");
	}
	if (unsaid && r->all[FORM_ORGANISATION].value &&
	    (s->on_behalf || s->speaks_for_many))
		set(r, FORM_TYPE, "organisation", r->signed_where);
}

static void read_forms(struct read *r)
{
	for (size_t i = 0; i < r->words->count; i++) {
		const struct text_part *part = &r->words->parts[i];
		struct form form;

		if (!*part->text)
			continue;
		form_read(r->arena, part->text, &form);
		for (int f = 0; f < FORM_FIELDS; f++)
			merge(r->arena, &r->all[f], &r->places[f], &form.of[f], part,
			      f >= FORM_TYPE);
	}
}

bool respondent_read(struct operation *op, struct arena *arena,
		     const struct response_text *words, struct err *err)
{
	struct read r = {.arena = arena, .words = words};
	struct store_table before;

	read_forms(&r);
	read_signature(&r);
	part_names(&r);
	find_organisation(&r);
	if (!store_run(op->store, err, SQL_SAID_DROP, "i", words->response_id))
		return false;
	for (int f = 0; f < FORM_FIELDS; f++)
		if (r.places[f] && !store_run(op->store, err, SQL_SAID_ADD, "itttt",
					      words->response_id, form_field_names[f],
					      r.all[f].value, r.places[f], r.all[f].note))
			return false;
	return respondent_before(op, arena, words->response_id, &before, err) &&
	       respondent_renew(op, &before, err);
}

bool respondent_before(struct operation *op, struct arena *arena, int64_t response_id,
		       struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, 0, out, err, SQL_RESPONDENT_BEFORE, "i",
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
