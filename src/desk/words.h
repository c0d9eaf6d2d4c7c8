/*
 * desk words - what the store keeps in short words, as an official reads it; short times.
 *
 * Units      times by the settings' zone.
 * Ownership  in the arena of the request, or for ever.
 * Errors     none: a word that the table does not have is shown as it is.
 */
#ifndef MERCAT_DESK_WORDS_H
#define MERCAT_DESK_WORDS_H

#include "desk/inside.h"

/* field "state", "permission", "subscription", ...: "Not known: do not publish". */
const char *desk_word(const char *field, const char *word) MUST_USE;

/* What a role may do: "read replies, see updates". */
const char *desk_role_words(struct web_request *r, enum acts_role role) MUST_USE;

/* "22 Nov 2026, 09:40 GMT"; "" for 0. */
const char *desk_when(struct web_request *r, int64_t at) MUST_USE;
/* "22 Nov 2026"; "" for 0. */
const char *desk_day(struct web_request *r, int64_t at) MUST_USE;
/* "09:40 GMT" */
const char *desk_hour(struct web_request *r, int64_t at) MUST_USE;
/* The same of "2026-11-22", with the year or without; anything else as it is. */
const char *desk_day_named(struct web_request *r, const char *day, bool year) MUST_USE;

#endif
