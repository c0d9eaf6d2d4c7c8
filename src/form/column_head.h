/*
 * form column_head - what stands at the head of the column that a mark stands in.
 *
 * "| | Yes | No |" above "| Publish response with name | | x |": the mark says no, and in a
 * column whose head is not understood ("Agree", "Not sure") it says nothing for certain. A
 * column without a head, or with one that only asks for a mark ("Please tick"), leaves it as
 * it is.
 *
 * Errors     none.
 */
#ifndef MERCAT_FORM_COLUMN_HEAD_H
#define MERCAT_FORM_COLUMN_HEAD_H

#include "form/row.h"

/* What a mark of row number says below its head: its own sign, MARK_DENIED or MARK_UNCLEAR. */
enum mark_sign column_sign(const struct form_rows *rows, size_t number,
			   const struct form_item *mark) MUST_USE;

#endif
