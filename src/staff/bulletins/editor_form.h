/*
 * staff editor form - a bulletin as the fields of the editor: out of the form, and into it.
 *
 * A text that begins with its keys, as files have them, is taken apart: they count more than the
 * fields beside it.
 *
 * Units      lines of findings count from the first line of the text field.
 * Ownership  in the arena of the request.
 * Errors     none: whatever was typed is taken.
 */
#ifndef MERCAT_STAFF_EDITOR_FORM_H
#define MERCAT_STAFF_EDITOR_FORM_H

#include "staff/bulletins/bulletin_show.h"

/* What the form says, of a bulletin that stands as it does. */
void editor_form_read(struct web_request *r, const struct bulletin *b,
		      struct bulletin_fields *out);
/* What stands. */
void editor_form_of(struct web_request *r, const struct bulletin *b,
		    struct bulletin_fields *out);
/* field_title, field_text ...; topics: value, topic, ticked. */
void editor_form_values(struct template_value *v, const struct bulletin *b,
			const struct bulletin_fields *fields);
/* The whole text that they make, and what the checks find in it. */
const char *editor_form_text(struct web_request *r, const struct bulletin *b,
			     const struct bulletin_fields *fields) MUST_USE;
bool editor_form_findings(struct web_request *r, struct template_value *v,
			  const struct bulletin *b, const struct bulletin_fields *fields,
			  struct bulletin_findings *out, struct err *err) MUST_USE;

#endif
