/*
 * form - what a respondent says of themselves and allows, in a form or in own sentences.
 *
 * Who answers (name, organisation, type), what may be published, and whether they may be
 * contacted again, out of a document as a person sees it (document/model.h). Each place
 * that says something is one reading; what holds is what all readings together allow
 * (form/pieces/scale.h). No reading gives more than it says: a value counts only when exactly one
 * choice of a group is marked, when it stands behind its label, or when one sentence of the
 * respondent's own says it in words that are all understood. An empty label, a list with
 * nothing or two things chosen, a choice in quoted mail, a condition: not known. What somebody
 * fears, limits or takes back beside it (doubts/doubts.h) makes it not known, too.
 *
 * Units      lines count from 1, as the document has them.
 * Ownership  everything hangs in the arena.
 * Source     the form in use and what it means: our notes on consultations.
 * Limits     labels in English, Scottish Gaelic, Welsh, Polish, German, French, Norwegian;
 *            sentences in English. FORM_ROWS_MOST rows and FORM_READINGS_MOST readings are
 *            looked at; with more of them nothing is known.
 */
#ifndef MERCAT_FORM_FORM_H
#define MERCAT_FORM_FORM_H

#include "document/model.h"
#include "form/pieces/scale.h"

void form_read(struct arena *arena, const struct document *doc, struct form *out);
void form_read_plain(struct arena *arena, const char *text, struct form *out);

/*
 * What else belongs to the same response (the mail of an attached form, what stands below a
 * signature) may put in doubt what one part allows for certain. Puts the doubts of one into
 * all where it has none, and makes readings of those of all that something hangs on.
 */
void form_doubt_with(struct form *all, const struct form *one);
void form_settle(struct form *all);

/*
 * How closely: every sentence, or of words that are mostly about something else (a subject)
 * only what is said plainly; of the note of who sends a response on, too, and what that allows
 * is doubtful; or of a title (a subject, the name of a file), where half sentences are whole.
 */
enum form_hear { FORM_HEAR_ALL, FORM_HEAR_PLAIN, FORM_HEAR_NOTE, FORM_HEAR_TITLE };

/* What a text refuses and puts in doubt; it allows nothing, and names nobody. */
void form_read_refusals(struct arena *arena, const char *text, enum form_hear how,
			struct form *out);

extern const char *const form_field_names[FORM_FIELDS];

#endif
