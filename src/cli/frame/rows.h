/*
 * cli rows - a table made row by row, for what does not come out of the store as one.
 *
 *	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
 *	cli_rows_add(&rows, "tin", "text", (int64_t)3, (int64_t)0);
 *	cli_rows_print(&rows, "nothing yet");
 *
 * Ownership  in cli->arena; texts are borrowed until it is printed.
 */
#ifndef MERCAT_CLI_ROWS_H
#define MERCAT_CLI_ROWS_H

#include "cli/frame/print.h"

struct cli_rows {
	struct cli *cli;
	struct store_table table;
};

struct cli_rows cli_rows_of(struct cli *cli, const char *const *names,
			    size_t columns) MUST_USE;
/* A letter for each column: t text or NULL, i int64_t, z int64_t with 0 as empty. */
void cli_rows_add(struct cli_rows *rows, const char *letters, ...);
void cli_rows_print(const struct cli_rows *rows, const char *empty_says);

#endif
