/*
 * form group - choices that stand together, and what was chosen of them.
 *
 * Exactly one must be marked, or left when all others are struck out, or stressed when no
 * other is, or stand alone behind its heading. All else says nothing, or something doubtful.
 *
 * Limits     GROUP_ENTRIES choices; with more the group is doubtful.
 */
#ifndef MERCAT_FORM_GROUP_H
#define MERCAT_FORM_GROUP_H

#include "form/reading/form.h"
#include "form/pieces/row.h"

enum { GROUP_ENTRIES = 24, GROUP_EVENTS = 48 };

enum form_headed { HEADED_NOT, HEADED_ABOVE, HEADED_BEFORE };

struct form_entry {
	struct form_bound bound, no;
	bool no_known; /* no behind it says so much */
	bool doubtful, slot, sibling, own_voice, answer;
	bool worded;           /* its sign is a yes or a no */
	bool bare;             /* its row has nothing else */
	bool turned, stressed; /* form/pieces/turned.h */
	enum form_headed headed;
	enum mark_sign sign;
	unsigned look;
	size_t row, line;
	const char *words;
};

/* What came in a group, in order: a number of an entry, or a mark on a line of its own. */
struct form_event {
	bool mark;
	enum mark_sign sign;
	size_t entry;
};

struct form_group {
	enum form_field field;
	struct form_entry entries[GROUP_ENTRIES];
	struct form_event events[GROUP_EVENTS];
	size_t count, event_count;
	bool open, overfull, answers;
};

/* Closes the group; what was chosen becomes readings of the form. */
void form_group_conclude(struct form_group *group, const struct form_rows *rows,
			 struct form *out);

bool form_bound_same(struct form_bound a, struct form_bound b) MUST_USE;

#endif
