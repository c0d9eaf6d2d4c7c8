/*
 * page - what every page has that knows the domain: its language, its frame, how it says no.
 *
 * web brings a request and takes away an answer; what is between them stands here for the
 * public's pages and the staff's alike. page_hooks is handed to the server (web.h): it gives
 * each request the operation that it acts by (r->op: this thread's store, this moment, nobody
 * of the staff) and the language of its page.
 *
 * Ownership  everything lives in the request's arena; an operation ends with its request.
 * Errors     a page always answers: with itself, or by page_problem() and page_failed(), which
 *            turn an error of an operation into the right status and the same sentence; a full
 *            disk says so, and keeps what was typed. What went wrong on our side goes into the
 *            log, and the visitor reads no detail of it.
 * Source     statuses RFC 9110, 15; the language RFC 9110, 12.5.4.
 * Limits     a page larger than 8 MiB is answered as a fault of ours.
 */
#ifndef MERCAT_PAGES_PAGE_H
#define MERCAT_PAGES_PAGE_H

#include "domain/core/language.h"
#include "template/value.h"
#include "web/web.h"

/* The op of a site names settings, templates, languages and key; nothing else of it counts. */
extern const struct web_hooks page_hooks;

/*
 * The values that every page has: organisation, contact, language, title ... A page adds
 * its own and gives them to page_show(). "lang" is "?lang=gd" when the visitor chose a
 * language that way, for the links of the page.
 */
struct template_value *page_values(struct web_request *r, const char *title) MUST_USE;
/* name: "web/join.html". */
void page_show(struct web_request *r, unsigned status, const char *name,
	       const struct template_value *values);
/* The page that says what is wrong and what to do; by status, or by an operation's error. */
void page_problem(struct web_request *r, unsigned status, const char *sentence);
void page_failed(struct web_request *r, const struct err *err);
/* What an operation says ("no such day") as a sentence of its own: "No such day." */
const char *page_sentence(struct arena *arena, const char *words) MUST_USE;

#endif
