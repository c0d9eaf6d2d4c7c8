/*
 * form prose - permission, type and contact in sentences of somebody's own.
 *
 * A sentence grants only what one clause of it says in words that are all understood, with
 * no condition anywhere in the sentence. It refuses more easily: a denial beside a word of
 * publishing and the writer's own words is enough. A condition or a denial that is not
 * understood makes what it is about doubtful. Sentences about other people's publishing
 * say nothing.
 *
 * Limits     English; sentences of up to PROSE_WORDS words.
 */
#ifndef MERCAT_FORM_PROSE_H
#define MERCAT_FORM_PROSE_H

#include "form/scale.h"

enum { PROSE_READINGS = 3 };

struct prose_reading {
	enum form_field field;
	struct form_bound bound;
	bool doubtful;
};

/*
 * One sentence. under is the field whose label it stands behind, or FORM_FIELDS: then what
 * it is about need not be said again. Returns how many readings there are.
 */
size_t prose_read(const char *sentence, size_t len, enum form_field under,
		  struct prose_reading out[PROSE_READINGS]) MUST_USE;

#endif
