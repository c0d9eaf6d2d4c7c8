/*
 * form hearing - what somebody writes beside a form, sentence by sentence.
 *
 * Sentences may allow and refuse (form/prose/prose.h). Whatever else stands there is heard for
 * doubts of what was allowed (doubts/doubts.h): between the rows of the form, in cells
 * beside it, in comments and footers, and below it. What answers a question of the
 * consultation, or stands far from the form in a long text, is heard less closely, for it is
 * about the subject.
 *
 * Doubts go to out->doubts, and form_settle() brings them in.
 */
#ifndef MERCAT_FORM_HEARING_H
#define MERCAT_FORM_HEARING_H

#include "doubts/lexicon.h"
#include "form/reading/form.h"
#include "form/pieces/row.h"

/* Sentences as they are read, and what they put in doubt, for the end. */
struct hearing {
	struct arena *arena;
	struct form *out;
	const struct form_rows *rows;
	unsigned behind; /* so many sentences more are near one that allows something */
	bool told;       /* the row before ends with "my sister wrote:" */
	bool answers;    /* rows since the heading of a question */
	size_t since;    /* rows with words since one of the form */
	enum form_field nearest; /* what that one was about */
	size_t left;             /* rows with words that are still to come */
	unsigned places;         /* of enum doubts_place, for all */
	bool full_stops;         /* choices of this form end with one */
	bool marked;             /* choices of this form have marks */
};

/* The first step: what the rows together show of how this form is written. */
void hearing_look_over(struct hearing *h);
/* Takes note of one row, in their order. */
void hearing_find_place(struct hearing *h, size_t number);
/* Bits of enum doubts_place for the row that was taken note of last. */
unsigned hearing_place(const struct hearing *h) MUST_USE;

/* "No!" or "Nope." on a line that answers no question. */
bool hearing_is_cry(const struct hearing *h, const struct form_row *row) MUST_USE;
bool hearing_is_postscript(const struct form_row *row) MUST_USE;
/* One piece that was read as a label: does it stand there as a sentence? */
bool hearing_is_label_said(const struct hearing *h, const struct form_row *row,
			   const struct lexicon *l) MUST_USE;
/* "Age: 12": a label that is none of this form, with its value. */
bool hearing_is_labelled_value(const struct form_row *row) MUST_USE;
/*
 * "How will our names be displayed? Full name or just surname?": words of a form among others,
 * and nothing was marked or chosen there.
 */
bool hearing_is_said_with_labels(const struct hearing *h,
				 const struct form_row *row) MUST_USE;
/* Does the row say that less may be published, as no choice of a list? */
bool hearing_is_limit(const struct form_rows *rows, size_t number) MUST_USE;
/* A name, an address or a number by itself, which says nothing of anything. */
bool hearing_is_datum(const char *text, size_t len) MUST_USE;
/* Is from[..to) closed by a full stop or its like? */
bool hearing_ends_sentence(const char *from, const char *to) MUST_USE;

#endif
