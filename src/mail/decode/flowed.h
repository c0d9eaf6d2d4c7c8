/*
 * mail flowed - undoes format=flowed: lines that the sender's program broke become
 * one again, quote marks are kept.
 *
 * Source     RFC 3676.
 */
#ifndef MERCAT_MAIL_FLOWED_H
#define MERCAT_MAIL_FLOWED_H

#include "base/buf.h"

void mail_unflow(struct buf *to, const char *text, size_t len, bool delsp);

#endif
