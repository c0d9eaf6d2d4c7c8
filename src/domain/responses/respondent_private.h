/*
 * respondent_private - what reading who responded is made of: all forms of a response put
 * together, and the names, which may stand in a form, a signature or From.
 *
 * Ownership  all of it lives in the arena that respondent_read() was given.
 */
#ifndef MERCAT_DOMAIN_RESPONDENT_PRIVATE_H
#define MERCAT_DOMAIN_RESPONDENT_PRIVATE_H

#include "domain/responses/respondent.h"
#include "form/reading/form.h"
#include "ownform/ownform.h"
#include "text/letter/signature.h"

/* What is kept of a response, in the order in which it is shown. */
enum said {
	SAID_NAME,
	SAID_ORGANISATION,
	SAID_TYPE,
	SAID_PERMISSION,
	SAID_CONTACT,
	SAID_FIELDS
};

struct finding {
	const char *value, *note;
};

/* All parts of one response as one form: who reads it sees them together. */
struct gathered {
	struct form all;
	const char *places[FORM_READINGS_MOST]; /* of each reading */
	const char *doubt_places[FORM_FIELDS];
	bool only_doubt
		[FORM_FIELDS]; /* nothing is said of it but what puts it in doubt */
	const char *listed_place[FORM_FIELDS];
	const char *name, *name_place, *organisation, *organisation_place;
	enum ownform_state own; /* what of our own forms is among them */
};

struct respondent_found {
	struct arena *arena;
	const struct response_text *words;
	struct finding all[SAID_FIELDS];
	const char *places[SAID_FIELDS];
	struct signature signed_by;
	const char *signed_where;
	struct gathered *form;
};

/* respondent_forms.c: what the parts of a response, its subject and whoever sent it on say. */
struct gathered *respondent_gather(struct arena *arena,
				   const struct response_text *words) MUST_USE;

/* respondent_name.c: who it is, after what the forms say was concluded. */
void respondent_set(struct respondent_found *r, enum said field, const char *value,
		    const char *place);
void respondent_name(struct respondent_found *r);

#endif
