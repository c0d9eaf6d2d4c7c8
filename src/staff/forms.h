/*
 * staff forms - what is wrong with a form, beside its fields; what its sender had seen; and the
 * page that asks once more.
 *
 * A field that is wrong is said twice: in a summary on top, which takes the focus and leads to
 * the field ("errors": field, sentence; the partial form-errors.html), and beside it
 * ("wrong_title"). Where a step cannot be taken back or many are touched by it, a page of ours
 * says what will be, and its button does it.
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
 * Ownership  in the arena of the request.
 * Errors     ERR_CONFLICT as above; those of the store.
 */
#ifndef MERCAT_STAFF_FORMS_H
#define MERCAT_STAFF_FORMS_H

#include "domain/core/audit.h"
#include "staff/staff_private.h"

struct staff_form {
	struct web_request *r;
	struct template_value *values, *errors;
	size_t wrong; /* how many fields are */
};

/* title: what the summary is called, "The list was not changed". */
struct staff_form staff_form_of(struct web_request *r, struct template_value *values,
				const char *title);
/* field is its id on the page; the first that is said of a field counts. */
void staff_form_wrong(struct staff_form *form, const char *field, const char *words);
/* What a form sent, or "" - never NULL; without white space around it. */
const char *staff_form_text(struct web_request *r, const char *name) MUST_USE;

/* A page that asks once more. */
struct staff_sure {
	const char *title, *place; /* as of staff_values() */
	const char *to, *does;     /* where its button posts to, and what stands on it */
	const char *back, *back_words; /* the way out: "Back to the topic" */
	struct template_value *values, *says, *kept; /* made by staff_sure() */
};
void staff_sure(struct web_request *r, struct staff_sure *page);
/* A paragraph of it; what its form carries on. */
void staff_sure_says(struct staff_sure *page, const char *sentence);
/* name "seen": the mark of what it says (below). */
void staff_sure_keeps(struct staff_sure *page, const char *name, const char *value);
void staff_sure_show(struct web_request *r, const struct staff_sure *page);
/* The button of such a page was pressed. */
bool staff_is_sure(struct web_request *r) MUST_USE;

/* ---- what its sender had seen ---- */

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
	staff_seen_assigned, staff_seen_respondent, staff_seen_options;

/* Every POST of the rooms: by what its form is marked, or why it needs no mark. */
struct staff_mark {
	const char *path;
	staff_seen_reader *reads; /* NULL: none, and why says why not */
	const char *why;
};
extern const struct staff_mark staff_marks[]; /* staff_routes.c; ends with a NULL path */
/* From here on this request changes nothing but what its form has seen. */
void staff_seen_guard(struct web_request *r, staff_seen_reader *reads);

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
