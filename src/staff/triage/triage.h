/*
 * staff triage - what the pages about responses share: one row, the clock, small choices.
 *
 * Ownership  in the arena of the request.
 * Errors     those of the op; a page hands them to staff_failed().
 */
#ifndef MERCAT_STAFF_TRIAGE_H
#define MERCAT_STAFF_TRIAGE_H

#include "staff/triage/filter.h"
#include "staff/frame/paths.h"

/* "cruelty-0147" of the path; false when it has answered 404. */
bool staff_reference(struct web_request *r, const char **out) MUST_USE;
/* The unsorted mail in the path, when this person sorts what comes to its place and it is no
 * response; false when it has answered. */
bool staff_unsorted_find(struct web_request *r, int64_t *out_id,
			 struct store_row *out) MUST_USE;
/* May this person see who wrote? */
bool staff_who(const struct web_request *r) MUST_USE;
/* What was asked for of the consultation in the path, for this person; borrows asked. */
struct response_look staff_look(const struct web_request *r,
				const struct staff_asked *asked) MUST_USE;

/* "today 14:30", "8 Dec, 14:30" of this year, "8 Dec 2017, 14:30". */
const char *staff_short_time(struct web_request *r, int64_t at) MUST_USE;
/* "Open: closes tomorrow, at the end of Tuesday 31 March 2026": never more than there is;
 * of a closed one when it closed, and when the report is due. Likewise of a row of
 * rights_consultations(). */
const char *staff_clock(struct web_request *r, const struct consultation *c) MUST_USE;
const char *staff_clock_of(struct web_request *r, const struct store_row *row) MUST_USE;
/* "1 response", "1,234 responses" */
const char *staff_responses_count(struct web_request *r, int64_t count) MUST_USE;

/* A row of the list of queue, with its address under query. open 0: none is. */
void staff_row_show(struct web_request *r, struct template_value *list,
		    const struct queue_row *row, const char *queue, const char *query,
		    int64_t open);

/* ["a","b"] as the store keeps reasons -> "a; b"; what is no such list stays as it is. */
const char *staff_reasons(struct web_request *r, const char *list) MUST_USE;

/* "accounts": the colleagues whom a mail can be forwarded to, that of the form chosen. */
bool staff_colleagues_show(struct web_request *r, struct template_value *v,
			   struct err *err) MUST_USE;
/* The choices of forms: "colleagues", "known_tags", "known_campaigns" (chosen is which). */
bool staff_choices_show(struct web_request *r, struct template_value *v,
			const struct response_filter *chosen, struct err *err) MUST_USE;

#endif
