/*
 * public form - what the forms of the public's pages share.
 *
 * A form that was filled in wrongly is shown again: a summary on top that takes the focus
 * and links to the fields, and the same words beside each field. The words stand in
 * templates/web/wrong.html by the name of the mistake, so that they are in the reader's
 * language.
 *
 * Who asks for letters is limited: by place, and by the address that they are for. A field
 * that people do not see ("website") is filled in by programs only; these get the
 * same answer as everybody, and nothing happens.
 *
 * Ownership  everything lives in the request's arena.
 */
#ifndef MERCAT_PUBLIC_PUBLIC_FORM_H
#define MERCAT_PUBLIC_PUBLIC_FORM_H

#include "domain/admin/list.h"
#include "pages/page.h"

struct public_form {
	struct web_request *r;
	struct template_value *values, *errors;
	bool wrong;
};

/* values: those of page_values() for the page of the form. */
void public_form_begin(struct public_form *form, struct web_request *r,
		       struct template_value *values);
/* field: the id of what to mend; mistake: "no_address", a key of wrong.html. */
void public_form_wrong(struct public_form *form, const char *field, const char *mistake);

/* Filled in by a program. */
bool public_trapped(const struct web_request *r);
/* False when it has answered: too many from that place. */
bool public_may_ask(struct web_request *r);
/* Answers that the link in the path is none of ours, or no longer. */
void public_link_unknown(struct web_request *r);
/* The token of a link, the first name in its path, without what mail programs leave behind it:
 * the ">" that a header ends with. */
const char *public_token(struct web_request *r) MUST_USE;
/* The answer to one click of a mail program (RFC 8058); err NULL: done, as the line says. */
void public_one_click(struct web_request *r, const char *done, const struct err *err);
/* Not too often for that address; whoever asks does not learn of it. */
bool public_may_write_to(struct web_request *r, const char *address);
/* The normal form of the address in field "address"; notes the mistake. */
const char *public_form_address(struct public_form *form);

/* "Friday 8 December 2017", "... 2017, 14:30 GMT" in the language of the page. */
const char *public_date(struct web_request *r, int64_t at);
const char *public_time(struct web_request *r, int64_t at);
/* "2017-12-08", for <time datetime>. */
void public_set_day(struct web_request *r, struct template_value *v, const char *key,
		    int64_t at);
/* The page goes on in the reader's own language, unless they chose another just now. */
void public_speak(struct web_request *r, const char *language);
/* The topics of a list as choices; mask of those that are ticked. */
void public_set_topics(struct template_value *v, const struct list *list, int64_t topics,
		       enum topics_which which);
/*
 * What is chosen of them: fields "topic-0" ... and "which", all or some. A ticked box means
 * some. Returns NULL or the mistake: none is ticked, or some are and all are asked for as well;
 * *topics then has what was ticked and *all is false, so that the form keeps it.
 */
const char *public_topics_of(const struct web_request *r, const struct list *list,
			     int64_t *topics, bool *all);
/* The languages that we write in as choices, the one of them chosen. */
void public_set_languages(struct web_request *r, struct template_value *v,
			  const char *chosen);
/* Sets is_each, is_weekly or is_monthly. */
void public_set_frequency(struct template_value *v, const char *frequency);

#endif
