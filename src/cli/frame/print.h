/*
 * cli print - rows for people, as JSON or as CSV.
 *
 * A column that is a time (store/row_json.h) is local and readable in a table, RFC 3339
 * in JSON and CSV. NULL is empty, null, empty. Control characters of text from outside
 * never reach the terminal. What else is told as JSON is written with base/codec/json.h, to the
 * standard output and only once all of it is there.
 *
 * A file that somebody asks for is whole or not there (fd_write_file), and takes the place of
 * nothing that is no file: a device, a link, a folder, or whatever stands beside the store is
 * left as it is.
 */
#ifndef MERCAT_CLI_PRINT_H
#define MERCAT_CLI_PRINT_H

#include "cli/frame/cli.h"
#include "store/row_json.h"

/* In text: a table with a head; empty_says (or NULL) is the line instead of no rows. */
void cli_print_table(const struct cli *cli, const struct store_table *table,
		     const char *empty_says);
/* One row as "name  value" lines, or one JSON object. */
void cli_print_row(const struct cli *cli, const struct store_row *row);

/* Whether a text may have lines, or its line ends become blanks. */
enum cli_lines { CLI_MANY_LINES, CLI_ONE_LINE };
/* Text from outside, safe for a terminal; multi-line keeps its line ends. */
void cli_say(const char *text, enum cli_lines lines);
/* "done" sentence for a person, {"ok":true,"said":...} as JSON. */
void cli_done(const struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);
/* Where path says; "-" is the output. ERR_INPUT: it is not to be written there; ERR_SYSTEM. */
bool cli_write_file(struct cli *cli, const char *path, const void *bytes, size_t len,
		    unsigned mode, struct err *err) MUST_USE;

#endif
