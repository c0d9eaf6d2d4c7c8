/*
 * office lines - text written word by word, with the line ends that it owes.
 *
 * Ends of paragraphs, cells and rows are only noted; they come out before the next
 * word, so nothing trails and blank lines do not pile up.
 *
 * Ownership  writes to the caller's buffer.
 * Errors     none; a full buffer says buf_cut().
 */
#ifndef MERCAT_OFFICE_LINES_H
#define MERCAT_OFFICE_LINES_H

#include "base/buf.h"

struct office_lines {
	struct buf *to;
	int lines, tabs; /* owed */
	bool begun;
};

void office_lines_add(struct office_lines *to, const char *text, size_t len);
void office_lines_str(struct office_lines *to, const char *text);
void office_lines_end_line(struct office_lines *to);
void office_lines_end_cell(struct office_lines *to);
void office_lines_end_row(struct office_lines *to);

#endif
