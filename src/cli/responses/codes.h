/*
 * cli codes - what the commands about codes and codings share.
 */
#ifndef MERCAT_CLI_CODES_H
#define MERCAT_CLI_CODES_H

#include "domain/coding/coding.h"
#include "cli/frame/rows.h"

/* A code of a consultation by its name. */
bool cli_code(struct cli *cli, const char *consultation, const char *name,
	      struct code *out, struct err *err) MUST_USE;
extern const char *const cli_quote_columns[];
enum { CLI_QUOTE_COLUMNS = 9 };
void cli_quotes_add(struct cli_rows *rows, const struct coded_quote *quotes,
		    size_t count);

/* The passage that --from, --to or --text names, of the response, mail or file that is meant. */
bool cli_passage(struct cli *cli, struct coded_passage *out, struct err *err) MUST_USE;
extern const struct cli_option cli_passage_options[];

#endif
