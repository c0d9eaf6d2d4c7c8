/*
 * staff code show - codes over the text of a response, and codes as choices of forms.
 *
 * A text is cut where a code begins or ends; each piece is inside one element for every
 * code that covers it, so that codes that overlap are all seen: each has a line of its
 * own below the words, in its colour, solid for what counts and broken for what is only
 * suggested. Beside the words stand the codes themselves. What is shown comes from
 * coding_list() alone, which knows who codes blindly.
 *
 * Units      characters, as in domain/responses/response_answer.h.
 * Ownership  in the arena of the request.
 */
#ifndef MERCAT_STAFF_CODE_SHOW_H
#define MERCAT_STAFF_CODE_SHOW_H

#include "domain/coding/coding.h"
#include "staff/triage/hit_show.h"
#include "staff/triage/triage.h"

enum {
	STAFF_CODE_LANES = 6,   /* lines below one word; more share the last one */
	STAFF_CODES_MOST = 1000 /* of one response; those further down are not shown */
};

struct staff_codes {
	struct coding *items;
	size_t count, shown;    /* all of them; those that the page has room for */
	int *lanes;             /* of each that is shown, in its part */
	struct staff_hits hits; /* of a search; none after staff_codes_load() */
};

bool staff_codes_load(struct web_request *r, int64_t response_id, struct staff_codes *out,
		      struct err *err) MUST_USE;
/* Characters from..to of a part, of which text is the first one. */
struct staff_passage {
	int64_t part, from, to;
	const char *text;
};
/*
 * As pieces: "marks" (open, text,
 * close) of codes and hits, and "codes" that begin in it.
 */
void staff_codes_show(struct web_request *r, struct template_value *piece,
		      struct staff_codes *codes, const struct staff_passage *passage);
/* Those on the response as a whole: "tags" and, where only suggested, "whole_codes"; those
 * whose words are no longer found: "lost_codes". */
void staff_codes_show_whole(struct web_request *r, struct template_value *v,
			    const struct staff_codes *codes);

/* "colour-3": its class in templates/web/palette.css. */
const char *staff_colour(struct web_request *r, const char *name) MUST_USE;
/* Live codes of the consultation in the path, as value, name, text (with those above it),
 * and whether the address asks for it (code_chosen, instead_chosen). */
bool staff_codes_choices(struct web_request *r, struct template_value *v, const char *key,
			 int64_t without, struct err *err) MUST_USE;
/* Where character n begins, looking on from where character at begins. */
const char *staff_character(const char *text, int64_t at, int64_t n) MUST_USE;

#endif
