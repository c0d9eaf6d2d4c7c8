/*
 * classify bounce place - how sure it is that an address in a notice is of somebody whom
 * the mail did not reach, by where it stands in its line.
 *
 * Source     how qmail, Exim, Sendmail, Exchange and Notes list their recipients.
 */
#ifndef MERCAT_CLASSIFY_BOUNCE_PLACE_H
#define MERCAT_CLASSIFY_BOUNCE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/* Surest first. */
enum bounce_place { NOWHERE = 0, BY_LINE, BY_LABEL, BY_SENTENCE };

/* Where a line names its recipient first thing: "<a@b>:", "  a@b", "550 <a@b>... No". */
enum bounce_place bounce_place_in_line(const char *line, const char *address, size_t len);
/* Nothing from..to but what may stand around an address. */
bool bounce_only_blanks(const char *from, const char *to);
/* Nothing more than further addresses up to the end of the line. */
bool bounce_only_addresses(const char *from, const char *end);

#endif
