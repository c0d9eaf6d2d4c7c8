/*
 * mail flowed - undoes format=flowed: lines that the sender's program broke become
 * one again, quote marks are kept.
 *
 * Source     RFC 3676.
 */
#ifndef MERCAT_MAIL_FLOWED_H
#define MERCAT_MAIL_FLOWED_H

#include "base/buf.h"

/* DelSp of RFC 3676: whether the blank at the end of a flowed line is a word's. */
enum mail_flow { MAIL_FLOW_KEEPS_BLANK, MAIL_FLOW_DELETES_BLANK };
void mail_unflow(struct buf *to, const char *text, size_t len, enum mail_flow flow);

#endif
