/*
 * staff form_seen - what the sender of a form had seen, and that it still stands.
 *
 * A page that shows a thing to be changed carries a mark of it in its form, the field "seen":
 * the last act on the thing and a short hash of each value shown. The mark is read again inside
 * the transaction of the change (store_set_guard), by the reader that the routes name, so that
 * no handler can forget it and nobody comes between. What stands otherwise now, and is not what
 * the form asks for anyway, refuses the change with ERR_CONFLICT, which says who did what and
 * when; the handler answers as to any other refusal, and may say beside each field what stands
 * there now. A reader reads from the store at the moment that it is asked; what staff_of() found
 * when the request came is older.
 *
 * And a form that comes twice is done once. Every page has a mark of its own behind the token that
 * all its forms carry. What was sent is known by that mark, its address and all its fields: a
 * double click and a form sent again from the same page are the same; the same words on a page
 * that was opened anew are not. In the transaction of the act it is noted as taken. Whoever sends
 * it once more changes nothing, and whatever refusal a handler makes of that, or of what it finds
 * done already, the answer is a redirect to where they came from, with a sentence. Every address
 * that is posted to is guarded so, but for those that say in form_marks.c why not.
 *
 * Ownership  in the arena of the request.
 * Errors     ERR_CONFLICT as above; those of the store.
 */
#ifndef MERCAT_STAFF_FORM_SEEN_H
#define MERCAT_STAFF_FORM_SEEN_H

#include "domain/core/audit.h"
#include "staff/frame/forms.h"

enum { SEEN_MOST = 10 };

struct seen_value {
	const char *field; /* of the form, in which it can be changed; or NULL */
	const char *value;
};

struct seen {
	struct seen_value values[SEEN_MOST];
	size_t count;
	const char *state;      /* that it has, for the refusal; or NULL */
	const char *told;       /* instead of acts, when none is on record; or NULL */
	struct audit_acts acts; /* on the thing: they say who changed it */
	bool any_act;           /* each of them counts, were all values as before again */
};
/* What stands now of what the path and the form are about. */
typedef bool staff_seen_reader(struct web_request *r, struct seen *out, struct err *err);
void seen_add(struct seen *seen, const char *field, const char *value);

/* The readers, beside their pages. */
staff_seen_reader staff_seen_list, staff_seen_topic, staff_seen_topic_chosen,
	staff_seen_bulletin, staff_seen_draft, staff_seen_consultation,
	staff_seen_outcome, staff_seen_choice, staff_seen_code, staff_seen_screened,
	staff_seen_assigned, staff_seen_respondent, staff_seen_options,
	staff_seen_replied, staff_seen_mail_replied, staff_seen_flag, staff_seen_report,
	staff_seen_report_back, staff_seen_publication;

/* Every POST of the rooms: by what its form is marked, or why it needs no mark. */
struct staff_mark {
	const char *path;
	staff_seen_reader *reads; /* NULL: none, and why says why not */
	const char *why;
};
extern const struct staff_mark staff_marks[]; /* form_marks.c; ends with a NULL path */
/* What may come again, and why: every other POST of the rooms is done once. */
struct staff_repeat {
	const char *path, *why;
};
extern const struct staff_repeat
	staff_repeats[]; /* form_marks.c; ends with a NULL path */
/* Whose form is part of the page of the same address; ends with NULL. */
extern const char *const staff_own_pages[];

struct staff_form_rule {
	staff_seen_reader *reads; /* or NULL */
	bool once;
	bool stays; /* whoever sent it twice is led to the page of its address, not above it */
};
/* From here on this request changes nothing but what its form has seen, and nothing twice. */
void staff_form_guard(struct web_request *r, const struct staff_form_rule *rule);

/*
 * One moment for what a page shows and for its mark: lists and consultations of the path are
 * read anew in it. NULL: err says why.
 */
struct store_txn *staff_seen_moment(struct web_request *r, struct err *err) MUST_USE;
/* The mark of what stands; of one among several of a page, of what was read of it. */
const char *staff_seen_mark(struct web_request *r, staff_seen_reader *reads,
			    struct err *err) MUST_USE;
const char *seen_mark(struct web_request *r, const struct seen *seen,
		      struct err *err) MUST_USE;
/* The same as the page's value "seen". A form that was sent and not refused for it keeps its
 * own, so that what is shown once more was still seen then. */
bool staff_seen_put(struct web_request *r, struct template_value *v,
		    staff_seen_reader *reads, struct err *err) MUST_USE;

/* The change was refused because something else stands now. */
bool staff_seen_refused(const struct web_request *r) MUST_USE;
/* Of a field what was typed; what its sender left as the page had it is as it stands now. */
const char *staff_seen_or(const struct web_request *r, const char *field,
			  const char *now) MUST_USE;
/* Says beside each field that differs what stands there now; the value "knowingly" is set. */
void staff_seen_tell(struct staff_form *form);

#endif
