/*
 * staff visitor - who asks, and the frame of every page.
 *
 * A handler finds who asks in staff_of(r), and op as them through r->op, whose
 * staff_id and who are set. It answers a GET with staff_page(), a POST with staff_back()
 * or staff_failed().
 */
#ifndef MERCAT_STAFF_VISITOR_H
#define MERCAT_STAFF_VISITOR_H

#include "domain/admin/consultation.h"
#include "domain/admin/list.h"
#include "domain/admin/rights.h"
#include "domain/admin/session.h"
#include "pages/page.h"
#include "template/value.h"

/* What a route asks for. 0: only that somebody is signed in. */
#define NEEDS(right) ((int)(right) + 1)
/* The same, of a page whose path names no list or consultation, and that asks the right of each
 * thing that it shows or does by itself. Without it such a page needs the right everywhere. */
#define NEEDS_OF_EACH(right) (-NEEDS(right))

enum { STAFF_TOKEN_PARTS = '.' }; /* between a session's token and a page's mark */
struct staff_seen;                /* form_seen.h */

/* Who asks, and what for. */
struct staff_visitor {
	struct session session;
	struct rights rights;
	const char *token;
	char csrf[SESSION_CSRF_LEN + 1];
	struct rights_scope scope;        /* what the path is about */
	struct consultation consultation; /* when it is one; id 0 else */
	struct list list;                 /* likewise */
	struct staff_seen
		*seen; /* what the form that came was marked by; NULL: by nothing */
	const char *form_token; /* of this page's forms (form_seen.h) */
	const char *
		form_sent; /* what tells this sending from another; NULL: it may repeat */
	bool form_stays;   /* form_seen.h */
	bool form_taken;   /* by this request */
	const char *said;  /* what the last post has done, to be shown once */
	size_t text_shown; /* bytes of long texts on this page so far (staff_text) */
};

bool staff_enter(struct web_request *r);
bool staff_before(struct web_request *r);
/* What stands behind the question mark of the address that was asked for, and it: "?q=hall". */
void staff_add_query(struct web_request *r, struct buf *to);
struct staff_visitor *staff_of(const struct web_request *r);
/* May who asks do that, to what the path is about? */
bool staff_may(const struct web_request *r, enum right right);
/* For what is about neither list nor consultation. */
bool staff_may_anywhere(const struct web_request *r, enum right right);

/*
 * The values that every page of the staff has: the places on the left, who is signed
 * in, the token for forms (csrf), what was just done (said), what can be undone.
 * place: "home", "consultations", "responses", "coding", "bulletins", "subscribers", "audit",
 * "account" or "".
 * Under "may" stands each right by its word, for what the path is about: {{#may.screen}}.
 */
struct template_value *staff_values(struct web_request *r, const char *title,
				    const char *place) MUST_USE;
void staff_page(struct web_request *r, const char *name,
		const struct template_value *values);
/* After a post: back to a page, where the sentence is shown once. path within this site. */
void staff_say(struct web_request *r, const char *sentence, ...) PRINTF_LIKE(2, 3);
void staff_back(struct web_request *r, const char *path, ...) PRINTF_LIKE(2, 3);
/* To where the form says it came from ("back"), when that is a page of the staff site. */
void staff_back_or(struct web_request *r, const char *otherwise);
/* That page, within this site, or otherwise. */
const char *staff_back_path(const struct web_request *r, const char *otherwise) MUST_USE;
/* The same, to be asked there about what was sent: with one more word in the address. */
void staff_back_asking(struct web_request *r, const char *otherwise, const char *name,
		       const char *value);
void staff_failed(struct web_request *r, const struct err *err);
/* What was refused of what a person asked for: 400 or 409, else 0 and staff_failed() is due. */
unsigned staff_refusal(const struct err *err) MUST_USE;
/* The page that they asked from says so on its top; answer with staff_refusal(). */
void staff_refused(struct web_request *r, struct template_value *v,
		   const struct err *err);
/* "Friday 8 December 2017, 14:30", "14:30 today", by the settings' zone. */
const char *staff_time(struct web_request *r, int64_t at) MUST_USE;
const char *staff_date(struct web_request *r, int64_t at) MUST_USE;
/* "26,219" */
void staff_number(struct template_value *map, const char *name, int64_t number);
/* How many emails say that somebody may be at risk; nothing for none. */
void staff_risk(struct template_value *map, int64_t emails);
const char *staff_number_text(struct web_request *r, int64_t number) MUST_USE;

#endif
