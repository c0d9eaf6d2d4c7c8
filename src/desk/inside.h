/*
 * desk inside - what the staff's pages share; nobody else includes it.
 *
 * A handler finds who asks in desk_of(r), and acts as them through r->acts, whose
 * staff_id and who are set. It answers a GET with desk_page(), a POST with desk_back()
 * or desk_failed().
 */
#ifndef MERCAT_DESK_INSIDE_H
#define MERCAT_DESK_INSIDE_H

#include "acts/consultation.h"
#include "acts/list.h"
#include "acts/rights.h"
#include "acts/session.h"
#include "desk/desk.h"
#include "template/value.h"

/* What a route asks for. 0: only that somebody is signed in. */
#define NEEDS(right) ((int)(right) + 1)

/* Who asks, and what for. */
struct desk_visitor {
	struct acts_session session;
	struct acts_rights rights;
	const char *token;
	char csrf[ACTS_SESSION_CSRF_LEN + 1];
	struct acts_scope scope;               /* what the path is about */
	struct acts_consultation consultation; /* when it is one; id 0 else */
	struct acts_list list;                 /* likewise */
	const char *said; /* what the last post has done, to be shown once */
};

bool desk_enter(struct web_request *r);
bool desk_before(struct web_request *r);
struct desk_visitor *desk_of(const struct web_request *r);
/* May who asks do that, to what the path is about? */
bool desk_may(const struct web_request *r, enum acts_right right);
/* For what is about neither list nor consultation. */
bool desk_may_anywhere(const struct web_request *r, enum acts_right right);

/*
 * The values that every page of the staff has: the places on the left, who is signed
 * in, the token for forms (csrf), what was just done (said), what can be undone.
 * place: "replies", "coding", "updates", "people", "audit", "account" or "".
 * Under "may" stands each right by its word, for what the path is about: {{#may.screen}}.
 */
struct template_value *desk_values(struct web_request *r, const char *title,
				   const char *place) MUST_USE;
void desk_page(struct web_request *r, const char *name,
	       const struct template_value *values);
/* After a post: back to a page, where the sentence is shown once. path within this site. */
void desk_say(struct web_request *r, const char *sentence, ...) PRINTF_LIKE(2, 3);
void desk_back(struct web_request *r, const char *path, ...) PRINTF_LIKE(2, 3);
/* To where the form says it came from ("back"), when that is a page of the desk. */
void desk_back_or(struct web_request *r, const char *otherwise);
void desk_failed(struct web_request *r, const struct err *err);
/* An act said no to what a person asked for: 400 or 409, else 0 and desk_failed() is due. */
unsigned desk_refusal(const struct err *err) MUST_USE;
/* The page that they asked from says so on its top; answer with desk_refusal(). */
void desk_refused(struct web_request *r, struct template_value *v, const struct err *err);
/* "Friday 8 December 2017, 14:30", "14:30 today", by the settings' zone. */
const char *desk_time(struct web_request *r, int64_t at) MUST_USE;
const char *desk_date(struct web_request *r, int64_t at) MUST_USE;
/* "26,219" */
void desk_number(struct template_value *map, const char *name, int64_t number);
const char *desk_number_text(struct web_request *r, int64_t number) MUST_USE;

#endif
