/*
 * form scale - how free a permission is, and what several readings allow together.
 *
 * The only place that knows which value is freer. A reading is an interval on the scale of
 * its field: low is the most that it grants (FORM_NOTHING: it grants nothing), high the most
 * that it leaves open. "Publish with name" is [name, name], "do not publish" [none, none],
 * "you may publish this" [without name, name], "leave my name out" grants nothing and
 * leaves [.., without name]. "Publish my name: yes" grants nothing, either: beside a yes to
 * publishing the response, and nothing against it, it is the name that is granted with it.
 *
 * Together they meet: the grant is the highest low, and it must lie below every high; else
 * the readings contradict each other, and nothing is known. There is no way to put a value
 * into a conclusion but through its readings, so none can be freer than what was said; while
 * it is not known, the strictest value is in force.
 *
 * The type of a respondent has no order: readings agree or contradict.
 */
#ifndef MERCAT_FORM_SCALE_H
#define MERCAT_FORM_SCALE_H

#include "base/attr.h"

#include <stddef.h>

enum form_field { FORM_TYPE, FORM_PERMISSION, FORM_CONTACT, FORM_FIELDS };

enum { FORM_NOTHING = -1 };

/* From strict to free. */
enum form_permission { FORM_PUBLISH_NONE, FORM_PUBLISH_NAMELESS, FORM_PUBLISH_NAME };
enum form_contact { FORM_CONTACT_NO, FORM_CONTACT_YES };
enum form_type { FORM_INDIVIDUAL, FORM_ORGANISATION };

struct form_bound {
	int low, high;
};

enum form_how {
	FORM_CHOSEN, /* marked, or left when the others were struck out */
	FORM_TYPED,  /* written behind its label */
	FORM_WRITTEN /* in a sentence */
};

struct form_reading {
	enum form_field field;
	enum form_how how;
	struct form_bound bound;
	bool doubtful; /* something was said that is not understood: nothing is known */
	bool crossed;  /* chosen with a cross, which means no to some */
	size_t line;
	const char *words; /* that it was read in */
};

enum form_state {
	FORM_UNSAID,
	FORM_KNOWN,
	FORM_UNSURE,       /* what was said grants nothing for certain */
	FORM_CONTRADICTED, /* readings exclude each other */
};

struct form_conclusion {
	enum form_state state;
	const char *value;    /* of the scale; NULL unless known */
	const char *in_force; /* the strictest, while it is not known; NULL for a type */
	const struct form_reading *first, *against; /* NULL when there are none */
};

int form_top(enum form_field field) MUST_USE; /* the freest value */
const char *form_value_name(enum form_field field, int value) MUST_USE;
/* What one reading says for itself, or NULL: it leaves that open. */
const char *form_reading_value(const struct form_reading *reading) MUST_USE;

void form_meet(enum form_field field, const struct form_reading *readings, size_t count,
	       struct form_conclusion *out);

/* The readings that were gathered of one document. */
enum { FORM_ROWS_MOST = 50000, FORM_READINGS_MOST = 200, FORM_VALUE_MOST = 200 };

struct form {
	struct form_reading readings[FORM_READINGS_MOST];
	size_t count;
	bool too_many;
	/* In a list a tick stood among crosses; something was chosen with a tick. */
	bool crosses_deny, ticks;
	/* The first sentence that puts a field in doubt, whoever allows it where; words is
	   NULL where there is none. */
	struct form_reading doubts[FORM_FIELDS];
	/* Fields whose label or choices were there with nothing chosen. */
	bool listed[FORM_FIELDS];
	size_t listed_line[FORM_FIELDS];
	/* What was typed behind a label; NULL: nothing. */
	const char *name, *organisation;
	size_t name_line, organisation_line;
};

/* Adds a reading, or notes that there are too many. */
void form_add_reading(struct form *form, const struct form_reading *reading);
/* What the gathered readings of one field give; with too many of them nothing is sure. */
void form_conclude(const struct form *form, enum form_field field,
		   struct form_conclusion *out);

#endif
