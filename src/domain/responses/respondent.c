#include "domain/responses/respondent.h"
#include "base/str.h"
#include "form/form.h"
#include "ownform/ownform.h"
#include "text/frame.h"
#include "text/signature.h"

enum { SIGNED_LINES = 12 };

/* What is kept of a response, in the order in which it is shown. */
enum said {
	SAID_NAME,
	SAID_ORGANISATION,
	SAID_TYPE,
	SAID_PERMISSION,
	SAID_CONTACT,
	SAID_FIELDS
};

static const char *const said_names[SAID_FIELDS] = {"name", "organisation", "type",
						    "permission", "contact"};

struct finding {
	const char *value, *note;
};

/* All parts of one response as one form: who reads it sees them together. */
struct gathered {
	struct form all;
	const char *places[FORM_READINGS_MOST]; /* of each reading */
	const char *doubt_places[FORM_FIELDS];
	const char *listed_place[FORM_FIELDS];
	const char *name, *name_place, *organisation, *organisation_place;
	enum ownform_state own; /* what of our own forms is among them */
};

static const char *place_of(struct arena *arena, const struct text_part *part,
			    size_t line)
{
	return line ? arena_printf(arena, "%s, line %zu", part->name, line) : part->name;
}

static void gather(struct arena *arena, struct gathered *g, const struct form *from,
		   const struct text_part *part)
{
	for (size_t i = 0; i < from->count; i++) {
		if (g->all.count == FORM_READINGS_MOST) {
			g->all.too_many = true;
			break;
		}
		g->places[g->all.count] = place_of(arena, part, from->readings[i].line);
		g->all.readings[g->all.count++] = from->readings[i];
	}
	g->all.too_many = g->all.too_many || from->too_many;
	for (int f = 0; f < FORM_FIELDS; f++) {
		if (from->doubts[f].words && !g->all.doubts[f].words)
			g->doubt_places[f] = place_of(arena, part, from->doubts[f].line);
		if (from->listed[f] && !g->listed_place[f])
			g->listed_place[f] = place_of(arena, part, from->listed_line[f]);
	}
	form_doubt_with(&g->all, from);
	if (from->name && !g->name) {
		g->name = from->name;
		g->name_place = place_of(arena, part, from->name_line);
	}
	if (from->organisation && !g->organisation) {
		g->organisation = from->organisation;
		g->organisation_place = place_of(arena, part, from->organisation_line);
	}
}

/* A subject may refuse ("not for print"); it is too short to grant anything. */
static void gather_subject(struct arena *arena, struct gathered *g, const char *subject)
{
	static const struct text_part part = {.name = "subject"};
	struct form *form = arena_make(arena, struct form, 1);

	if (str_empty(subject))
		return;
	form_read_refusals(arena, subject, FORM_HEAR_PLAIN, form);
	gather(arena, g, form, &part);
}

/* What stands below the signature's mark may ask for less, and allows nothing. */
static void gather_signature(struct arena *arena, struct gathered *g,
			     const struct response_text *words)
{
	static const struct text_part part = {.name = "below the signature"};
	const char *below = signature_cut_off(arena, words->whole, words->parts[0].own);
	struct form *form = arena_make(arena, struct form, 1);

	if (!below)
		return;
	form_read_refusals(arena, below, FORM_HEAR_ALL, form);
	gather(arena, g, form, &part);
}

/* Who sends a response on may ask for less than it allows, and allows nothing itself. */
static void gather_note(struct arena *arena, struct gathered *g, const char *note)
{
	static const struct text_part part = {.name = "note of who sent it on"};
	struct form *form = arena_make(arena, struct form, 1);

	if (!note)
		return;
	form_read_refusals(arena, note, FORM_HEAR_NOTE, form);
	gather(arena, g, form, &part);
}

/* What one part puts in doubt, another may have allowed: "I am afraid", and a form. */
static void settle(struct gathered *g)
{
	size_t before = g->all.count;

	form_settle(&g->all);
	for (size_t i = before; i < g->all.count; i++)
		g->places[i] = g->doubt_places[g->all.readings[i].field];
}

/*
 * A mail that is attached is its writer's. A file beside a response that was passed on may
 * be anybody's: it is the respondent's when it bears their name.
 */
static bool is_theirs(const struct response_text *words, size_t part,
		      const struct form *form)
{
	if (part == 0)
		return true;
	/* Most people see the one or the other: it may forbid what the text allows. */
	if (words->parts[part].is_also)
		return false;
	if (words->parts[part].is_mail)
		return words->forwarded && str_blank(words->parts[0].own);
	return !words->forwarded || (form->name && words->from_name &&
				     signature_may_be_same(form->name, words->from_name));
}

/* What somebody else's form allows, nobody has allowed; what it forbids may be meant. */
static void doubt(struct form *form)
{
	for (size_t i = 0; i < form->count; i++)
		form->readings[i].doubtful =
			form->readings[i].doubtful || form->readings[i].bound.low > 0;
	form->name = form->organisation = NULL;
	memset(form->doubts, 0, sizeof(form->doubts));
}

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

struct respondent_found {
	struct arena *arena;
	const struct response_text *words;
	struct finding all[SAID_FIELDS];
	const char *places[SAID_FIELDS];
	struct signature signed_by;
	const char *signed_where;
	struct gathered *form;
};

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

static void set(struct respondent_found *r, enum said field, const char *value,
		const char *place)
{
	r->all[field] = (struct finding){.value = value};
	r->places[field] = place;
}

static void drop(struct respondent_found *r, enum said field)
{
	r->all[field] = (struct finding){0};
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
static void read_signature(struct respondent_found *r)
{
	const char *cut = cut_signature(r->arena, r->words->whole);
	struct signature s;

	signature_read(r->arena, r->words->parts[0].own, r->words->from_name,
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

		if (!*r->words->parts[i].own)
			continue;
		signature_read(r->arena, r->words->parts[i].own, r->words->from_name, &s);
		if (!r->signed_by.name && !r->signed_by.organisation && s.name) {
			r->signed_by = s;
			r->signed_where = arena_printf(r->arena, "%s, signature",
						       r->words->parts[i].name);
		}
		r->signed_by.speaks_for_many = many || s.speaks_for_many;
	}
}

/* From as a person's name; NULL when it is an office, an organisation or an address. */
static const char *sender(const struct respondent_found *r)
{
	const char *name = r->words->from_name;

	return !name || strchr(name, '@') || signature_is_office(name) ||
			       signature_is_organisation(name)
		       ? NULL
		       : name;
}

/* "Filled in by: Ada Brock": who wrote for an organisation, in a line of a form. */
static const char *contact_person(struct respondent_found *r, const char **out_place)
{
	static const char *const labels[] = {
		"contact name",       "contact person",    "name of contact",
		"filled in by",       "completed by",      "form completed by",
		"submitted by",       "your own name",     "name of person",
		"answering for it",   "who writes this",   "contact",
		"name of the person", "person completing", "on its behalf",
		"respondent's name",  "name of individual"};

	for (size_t p = 0; p < r->words->count; p++)
		for (const char *line = r->words->parts[p].own; line;
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
static const char *person(struct respondent_found *r, const char **out_place)
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
static void part_names(struct respondent_found *r)
{
	const char *name = r->all[SAID_NAME].value, *place, *who, *contact;
	bool organisation = str_eq(r->all[SAID_TYPE].value, "organisation");

	if (name && is_nobody(name))
		drop(r, SAID_NAME);
	if (r->all[SAID_ORGANISATION].value && is_nobody(r->all[SAID_ORGANISATION].value))
		drop(r, SAID_ORGANISATION);
	name = r->all[SAID_NAME].value;
	if (name && r->form->own)
		return; /* it has a field for each */
	contact = contact_person(r, &place);
	who = contact ? contact : person(r, &place);
	if (name && !r->all[SAID_ORGANISATION].value &&
	    (signature_is_organisation(name) ||
	     (organisation && who && !signature_may_be_same(name, who)))) {
		r->all[SAID_ORGANISATION] = r->all[SAID_NAME];
		r->places[SAID_ORGANISATION] = r->places[SAID_NAME];
		drop(r, SAID_NAME);
	}
	if (!r->all[SAID_NAME].value && who)
		set(r, SAID_NAME, who, place);
}

static void find_organisation(struct respondent_found *r)
{
	const struct signature *s = &r->signed_by;
	const char *from = r->words->from_name;
	bool unsaid = !r->all[SAID_TYPE].value && !r->all[SAID_TYPE].note;

	if (r->form->own)
		return; /* left blank there, it is not known */
	if (!r->all[SAID_ORGANISATION].value &&
	    !str_eq(r->all[SAID_TYPE].value, "individual")) {
		if (s->organisation)
			set(r, SAID_ORGANISATION, s->organisation, r->signed_where);
		else if (from && signature_is_organisation(from))
			set(r, SAID_ORGANISATION, from, "mail, From");
	}
	if (unsaid && r->all[SAID_ORGANISATION].value &&
	    (s->on_behalf || s->speaks_for_many))
		set(r, SAID_TYPE, "organisation", r->signed_where);
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
	if (field == FORM_PERMISSION && g->own == OWNFORM_OLDER)
		r->all[to].note = "in a form with older questions: look which answer is "
				  "to which question";
	if (field == FORM_PERMISSION && g->own == OWNFORM_FOREIGN)
		r->all[to].note = "in the form of another consultation";
	r->places[to] = c.first ? place_of_reading(g, c.first) : g->listed_place[field];
}

/*
 * Our own form says who responds in fields of its own. Beside it, sentences may only ask for
 * less; what somebody chose in another consultation's form was not about this response.
 */
static void read_own(struct arena *arena, const struct text_part *part, struct form *form)
{
	struct form *beside = arena_make(arena, struct form, 1);
	struct form *outside = arena_make(arena, struct form, 1);

	*form = *part->filled->details;
	for (size_t i = 0; i < form->count; i++)
		form->readings[i].doubtful = form->readings[i].doubtful ||
					     (part->filled->state == OWNFORM_FOREIGN &&
					      form->readings[i].field != FORM_TYPE);
	form_read_refusals(arena, part->filled->said, FORM_HEAR_PLAIN, beside);
	/* Where the answers are not known, all of it may be one. */
	if (part->filled->has_answers)
		form_read_refusals(arena, part->filled->rest, FORM_HEAR_ALL, outside);
	for (size_t i = 0; i < beside->count; i++)
		form_add_reading(form, &beside->readings[i]);
	form_doubt_with(form, beside);
	form_doubt_with(form, outside);
	form->too_many = form->too_many || beside->too_many;
}

static bool is_own(const struct text_part *part)
{
	return part->filled && part->filled->has_details;
}

static void read_part(struct respondent_found *r, size_t i)
{
	const struct text_part *part = &r->words->parts[i];
	struct form *form = arena_make(r->arena, struct form, 1);

	if (is_own(part))
		read_own(r->arena, part, form);
	else if (part->shown)
		form_read(r->arena, part->shown, form);
	else
		form_read_plain(r->arena, part->own, form);
	if (!is_theirs(r->words, i, form))
		doubt(form);
	else if (is_own(part) && part->filled->state > r->form->own)
		r->form->own = part->filled->state;
	gather(r->arena, r->form, form, part);
}

static void read_forms(struct respondent_found *r)
{
	r->form = arena_make(r->arena, struct gathered, 1);
	/* A name in a field of our own is just that, whatever else looks like one. */
	for (size_t i = 0; i < r->words->count; i++)
		if (is_own(&r->words->parts[i]))
			read_part(r, i);
	for (size_t i = 0; i < r->words->count; i++)
		if (!is_own(&r->words->parts[i]))
			read_part(r, i);
	gather_note(r->arena, r->form, r->words->note);
	gather_signature(r->arena, r->form, r->words);
	gather_subject(r->arena, r->form, r->words->subject);
	settle(r->form);
	if (r->form->name)
		set(r, SAID_NAME, r->form->name, r->form->name_place);
	if (r->form->organisation)
		set(r, SAID_ORGANISATION, r->form->organisation,
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
	read_signature(r);
	part_names(r);
	find_organisation(r);
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
