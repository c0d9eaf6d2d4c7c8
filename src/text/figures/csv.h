/*
 * text csv - tables as comma-separated text, in and out.
 *
 * Reading takes what spreadsheets write: a byte order mark, CRLF or LF, cells in quotes
 * with commas and line ends inside; ';' or tab when the first line has no comma.
 * A quote inside a cell that does not begin with one is a letter of it: Ana "Annie" Lee.
 * One record a call, so that a file with some bad lines can be reported line by line:
 * after ERR_INPUT the next call goes on behind the bad line.
 *
 * Writing guards against formulas: a cell that begins like one (= + - @ tab) gets an
 * apostrophe in front, except a plain number; reading takes that apostrophe off again.
 *
 * Units      lines count from 1; a record has the line it begins on.
 * Ownership  the bytes read are borrowed; cells live in the arena.
 * Errors     ERR_ABSENT no more records; ERR_INPUT with "line N: what".
 * Source     RFC 4180; OWASP on formula injection.
 * Limits     64 kB a cell, 200 cells a record.
 */
#ifndef MERCAT_TEXT_CSV_H
#define MERCAT_TEXT_CSV_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct csv_reader {
	const char *at, *end;
	int line;
	char delimiter;
};

struct csv_row {
	const char **cells;
	size_t count;
	int line;
};

void csv_begin(struct csv_reader *reader, const char *bytes, size_t len);
/* Empty lines are passed over. */
bool csv_next(struct csv_reader *reader, struct arena *arena, struct csv_row *out,
	      struct err *err) MUST_USE;
/* The cell that has this name (any case) in a head row; false when there is none. */
bool csv_column(const struct csv_row *head, const char *name, size_t *out) MUST_USE;
/* The cell, trimmed of nothing; "" when the row is shorter. */
const char *csv_cell(const struct csv_row *row, size_t column);

struct csv_writer {
	struct buf *out;
	bool in_row;
};

/* With a byte order mark, or Excel takes the text for Windows-1252. */
void csv_write_begin(struct csv_writer *writer, struct buf *out);
void csv_write(struct csv_writer *writer, const char *text); /* NULL is an empty cell */
void csv_write_int(struct csv_writer *writer, int64_t number);
void csv_write_end_row(struct csv_writer *writer);

#endif
