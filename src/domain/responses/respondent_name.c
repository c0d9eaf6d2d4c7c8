#include "domain/responses/respondent_private.h"
#include "base/str.h"
#include "text/letter/frame.h"

enum { SIGNED_LINES = 12 };

void respondent_set(struct respondent_found *r, enum said field, const char *value,
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

	signature_read(r->arena, r->words->parts[0].own, r->words->letter, &r->signed_by);
	r->signed_where = "mail, signature";
	if (cut) {
		signature_read(r->arena, cut, r->words->letter, &s);
		r->signed_by.name = str_or(r->signed_by.name, s.name);
		r->signed_by.closed = true;
		r->signed_by.organisation =
			str_or(r->signed_by.organisation, s.organisation);
	}
	for (size_t i = 1; i < r->words->count; i++) {
		bool many = r->signed_by.speaks_for_many;

		if (!*r->words->parts[i].own)
			continue;
		signature_read(r->arena, r->words->parts[i].own, r->words->letter, &s);
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

/* How much a name says: its letters without titles, initials left out. */
static size_t fullness(const char *name)
{
	static const char *const titles[] = {"mr",   "mrs", "ms",   "miss",
					     "mx",   "dr",  "prof", "rev",
					     "revd", "sir", "dame", "cllr"};
	size_t n = 0;

	for (const char *at = name; *at;) {
		size_t len = strcspn(at, " .,"), title = 0;

		for (size_t i = 0; i < ARRAY_LEN(titles); i++)
			title |= strlen(titles[i]) == len && str_istarts(at, titles[i]);
		n += !title && len > 1 ? len : 0;
		at += len + strspn(at + len, " .,");
	}
	return n;
}

/* "... my mother, Edna Wynn, who does not use email", and her name below it. */
static bool is_named_before(const char *text, const char *name)
{
	const char *first = strstr(text, name);

	return first && strstr(first + strlen(name), name);
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
	if (strchr(from, '&') || str_ifind(from, " and ")) {
		return signed_by; /* a mailbox of two */
	} else if (!strchr(from, ' ') && strchr(signed_by, ' ')) {
		return signed_by; /* "m.t.finch" is a mailbox */
	} else if (signature_may_be_same(signed_by, from)) {
		if (fullness(signed_by) >= fullness(from))
			return signed_by;
	} else if (r->signed_by.closed || !strchr(from, ' ') ||
		   is_named_before(r->words->parts[0].own, signed_by)) {
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
		respondent_set(r, SAID_NAME, who, place);
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
		if (s->organisation && !s->for_oneself)
			respondent_set(r, SAID_ORGANISATION, s->organisation,
				       r->signed_where);
		else if (from && signature_is_organisation(from))
			respondent_set(r, SAID_ORGANISATION, from, "mail, From");
	}
	if (s->for_oneself && !r->all[SAID_TYPE].value)
		respondent_set(r, SAID_TYPE, "individual", r->signed_where);
	if (unsaid && r->all[SAID_ORGANISATION].value &&
	    (s->on_behalf || s->speaks_for_many || !r->all[SAID_NAME].value) &&
	    !s->for_oneself)
		respondent_set(r, SAID_TYPE, "organisation", r->signed_where);
}

void respondent_name(struct respondent_found *r)
{
	read_signature(r);
	part_names(r);
	find_organisation(r);
}
