/*
 * staff words - what the store keeps in short words, as an official reads it; short times.
 *
 * Units      times by the settings' zone.
 * Ownership  in the arena of the request, or for ever.
 * Errors     none: a word that the table does not have is shown as it is.
 */
#ifndef MERCAT_STAFF_WORDS_H
#define MERCAT_STAFF_WORDS_H

#include "staff/frame/visitor.h"

/* field "state", "permission", "subscription", ...: "Not known: do not publish". */
const char *staff_word(const char *field, const char *word) MUST_USE;

/* What a role may do: "read responses, see bulletins". */
const char *staff_role_words(struct web_request *r, enum staff_role role) MUST_USE;

/* "22 Nov 2026, 09:40 GMT"; "" for 0. */
const char *staff_when(struct web_request *r, int64_t at) MUST_USE;
/* "22 Nov 2026"; "" for 0. */
const char *staff_day(struct web_request *r, int64_t at) MUST_USE;
/* "09:40 GMT" */
const char *staff_hour(struct web_request *r, int64_t at) MUST_USE;
/* Whether the year stands behind the day. */
enum staff_year { STAFF_WITHOUT_YEAR, STAFF_WITH_YEAR };
/* The same of "2026-11-22", with the year or without; anything else as it is. */
const char *staff_day_named(struct web_request *r, const char *day,
			    enum staff_year year) MUST_USE;

/*
 * The beginning of a text that is as long as its writer wanted, at a whole character: most
 * bytes of it, and of all such texts of a page together STAFF_PAGE_TEXT, so that no page grows
 * past what is sent, whatever its signs become in HTML. out_cut (may be NULL): there is more.
 */
enum { STAFF_PAGE_TEXT = 1 << 20 };
const char *staff_text(struct web_request *r, const char *text, size_t most,
		       bool *out_cut) MUST_USE;
/* The same, without the line ends of its mail program (text/words/sentence.h). */
const char *staff_text_unwrapped(struct web_request *r, const char *text, size_t most,
				 bool *out_cut) MUST_USE;

#endif
