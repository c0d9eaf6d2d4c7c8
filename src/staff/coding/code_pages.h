/*
 * staff code pages - what the pages about codes, samples and analysis share.
 *
 * Ownership  in the arena of the request.
 * Errors     ERR_ABSENT a code of another consultation: as if it were not there
 */
#ifndef MERCAT_STAFF_CODE_PAGES_H
#define MERCAT_STAFF_CODE_PAGES_H

#include "staff/triage/code_show.h"

/* "/staff/consultations/cruelty/codes/12" */
const char *staff_code_path(struct web_request *r, int64_t code_id) MUST_USE;
/* What the fields of its form say of a code. */
struct code_text staff_code_text(struct web_request *r) MUST_USE;
bool staff_code_own(struct web_request *r, int64_t code_id, struct code *out,
		    struct err *err) MUST_USE;
/* "colours": name, class, chosen. */
void staff_colours_show(struct template_value *v, struct web_request *r,
			const char *chosen);
/* "asked": position, asked, and chosen when it is in a list such as "1,3". */
bool staff_questions_show(struct web_request *r, struct template_value *v,
			  const char *chosen, struct err *err) MUST_USE;
/* The style sheet, the script, where the consultation's pages are. */
void staff_coding_values(struct web_request *r, struct template_value *v);
/* How many responses the consultation in the path has. */
int64_t staff_responses_of(struct web_request *r) MUST_USE;
/* "quotes"; sign "s" when they are suggestions. */
void staff_quotes_show(struct web_request *r, struct template_value *v, const char *sign,
		       const struct coded_quote *quotes, size_t count);

#endif
