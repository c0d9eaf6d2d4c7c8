/*
 * form prose - permission, type and contact in sentences of somebody's own.
 *
 * A sentence grants only what one clause of it says in words that are all understood, with
 * no condition anywhere in the sentence. It refuses more easily: a denial beside a word of
 * publishing and the writer's own words is enough. A condition or a denial that is not
 * understood makes what it is about doubtful. Sentences about other people's publishing
 * say nothing.
 *
 * Somebody may also take back what they gave, want nobody to know, or tell what another
 * said: such a sentence says nothing by itself, and puts in doubt what was given elsewhere.
 *
 * Limits     English; a sentence of more than LEXICON_WORDS words grants nothing.
 */
#ifndef MERCAT_FORM_PROSE_H
#define MERCAT_FORM_PROSE_H

#include "doubts/lexicon.h"
#include "form/pieces/scale.h"

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

/* The same, and prose_doubts() below, of a sentence whose words were read (lexicon_read()). */
size_t prose_read_words(const char *sentence, size_t len, const struct lexicon *words,
			enum form_field under,
			struct prose_reading out[PROSE_READINGS]) MUST_USE;

/* False: no sentence of these words says what somebody allows, is or wants (prose_read()). */
bool prose_may_tell(const struct lexicon *l) MUST_USE;

/* Does the sentence, which asks nothing, say as whom somebody writes? */
bool prose_type(const struct lexicon *l, enum form_type *out) MUST_USE;

/* Words of somebody else are told in it: "my sister says", but not "as I said". */
bool prose_reports(const struct lexicon *l) MUST_USE;

/* "I opt out.", "No further correspondence.": a few words of somebody who is to be left alone. */
bool prose_wants_peace(const char *line, size_t len) MUST_USE;

enum prose_doubt {
	PROSE_NO_DOUBT,
	PROSE_TAKEN_BACK, /* whatever was allowed */
	PROSE_SECRET      /* that it may be published */
};

/* Where the sentence stands: a short remark behind a permission is about that. */
enum prose_place { PROSE_ANYWHERE, PROSE_BEHIND };

enum prose_doubt prose_doubts(const char *sentence, size_t len,
			      enum prose_place place) MUST_USE;
enum prose_doubt prose_doubts_words(const char *sentence, size_t len,
				    const struct lexicon *words,
				    enum prose_place place) MUST_USE;

#endif
