/*
 * form column_head - what stands at the head of the column that a mark stands in.
 *
 * "| | Yes | No |" above "| Publish response with name | | x |": the mark says no, and in a
 * column whose head is not understood ("Agree", "Not sure") it says nothing for certain. A
 * column without a head, or with one that only asks for a mark ("Please tick"), leaves it as
 * it is.
 *
 * Ownership  rows are borrowed.
 * Errors     none.
 */
#ifndef MERCAT_FORM_COLUMN_HEAD_H
#define MERCAT_FORM_COLUMN_HEAD_H

#include "form/pieces/row.h"

struct column_head {
	const struct form_row *row; /* the first one of the table that is read, or NULL */
};

/* Takes note of a row, of each in their order. */
void column_head_note(struct column_head *head, const struct form_row *row);
/* What a mark of the row that was noted last says below its head: its own sign, MARK_DENIED or
 * MARK_UNCLEAR. */
enum mark_sign column_sign(const struct column_head *head, const struct form_row *row,
			   const struct form_item *mark) MUST_USE;
/* "Yes   No" in one column of text: nobody can tell below which of them a mark stands. */
bool column_heads_answers(const struct form_row *row) MUST_USE;

#endif
