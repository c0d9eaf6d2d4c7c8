/*
 * form scan - one row of a form taken apart into marks, labels and other text.
 *
 * It remembers the heading that was seen last: short answers mean something only under one.
 */
#ifndef MERCAT_FORM_SCAN_H
#define MERCAT_FORM_SCAN_H

#include "form/pieces/row.h"

struct form_scan {
	struct arena *arena;
	enum form_field under, before; /* of the heading now, and before the last row */
	unsigned left, left_before;    /* rows that it still speaks for */
	struct form_item items[ROW_ITEMS];
	size_t count;
	bool full, lost; /* something had no room in the row; a mark or a label was it */
	struct label_memo memo;
	bool parting; /* bars of the row before stood between its cells */
};

void form_scan_begin(struct form_scan *scan, struct arena *arena);
void form_scan_row(struct form_scan *scan, struct form_row *row);
/* The row that was scanned before this one has grown. */
void form_scan_again(struct form_scan *scan, struct form_row *row);

#endif
