/*
 * extract lines - text written word by word, with the line ends that it owes.
 *
 * Ends of paragraphs, cells and rows are only noted; they come out before the next
 * word, so nothing trails and blank lines do not pile up.
 *
 * Ownership  writes to the caller's buffer.
 * Errors     none; a full buffer says buf_cut().
 */
#ifndef MERCAT_EXTRACT_LINES_H
#define MERCAT_EXTRACT_LINES_H

#include "base/buf.h"

struct extract_lines {
	struct buf *to;
	int lines, tabs; /* owed */
	bool begun;
};

void extract_lines_add(struct extract_lines *to, const char *text, size_t len);
void extract_lines_str(struct extract_lines *to, const char *text);
void extract_lines_end_line(struct extract_lines *to);
void extract_lines_end_cell(struct extract_lines *to);
void extract_lines_end_row(struct extract_lines *to);

#endif
