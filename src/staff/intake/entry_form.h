/*
 * staff entry form - who a response is from, as fields of a form.
 *
 * For one that is put in by hand and for one that was sent on; the partial
 * templates/web/staff/entry-fields.html shows them.
 *
 * Ownership  in the arena of the request.
 * Errors     none: what is wrong is said beside its field.
 */
#ifndef MERCAT_STAFF_ENTRY_FORM_H
#define MERCAT_STAFF_ENTRY_FORM_H

#include "domain/intake/entry.h"
#include "staff/frame/forms.h"

struct entry_said staff_entry_sent(struct web_request *r, enum entry_how how);
void staff_entry_check(struct staff_form *form, const struct entry_said *said);
void staff_entry_show(struct template_value *v, const struct entry_said *said);

#endif
