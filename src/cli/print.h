/*
 * cli print - rows for people, as JSON or as CSV.
 *
 * A column whose name ends in _at is a time: local and readable in a table, RFC 3339
 * in JSON and CSV. NULL is empty, null, empty. Control characters of text from outside
 * never reach the terminal.
 */
#ifndef MERCAT_CLI_PRINT_H
#define MERCAT_CLI_PRINT_H

#include "base/json.h"
#include "cli/cli.h"

/* In text: a table with a head; empty_says (or NULL) is the line instead of no rows. */
void cli_print_table(const struct cli *cli, const struct store_table *table,
		     const char *empty_says);
/* One row as "name  value" lines, or one JSON object. */
void cli_print_row(const struct cli *cli, const struct store_row *row);
/* The fields of a row or table into an open JSON text; names it when name is not NULL. */
void cli_json_row(struct buf *out, const struct store_row *row);
void cli_json_table(struct buf *out, const struct store_table *table);

/* Text from outside, safe for a terminal; multi-line keeps its line ends. */
void cli_say(const char *text, bool one_line);
/* "done" sentence for a person, {"ok":true,"said":...} as JSON. */
void cli_done(const struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
