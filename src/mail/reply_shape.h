/*
 * mail reply shape - what mail programs put above what they quote, told by its shape in
 * whatever language: four "Name: value" lines with an address and a time; a line with an
 * address in brackets, figures and a colon right above a quote.
 *
 * Source     how Outlook and Gmail lay out their replies.
 */
#ifndef MERCAT_MAIL_REPLY_SHAPE_H
#define MERCAT_MAIL_REPLY_SHAPE_H

#include "mail/reply_marks.h"

/* Marks the lines that are neither quote nor text, where their kind is REPLY_TEXT yet. */
void reply_mark_shapes(struct reply_line *lines, size_t count);

#endif
