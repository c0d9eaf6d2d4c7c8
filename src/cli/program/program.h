/*
 * cli program - the whole command: what a command line means, run; help, manual, completion.
 *
 * Knows every command, by the table of their tables; none knows it.
 */
#ifndef MERCAT_CLI_PROGRAM_H
#define MERCAT_CLI_PROGRAM_H

#include "cli/frame/cli.h"

extern const struct cli_command *const cli_all_commands[]; /* NULL at the end */

/* It answers with a sentence, or with more than the rows of one table. */
bool cli_has_no_csv(const struct cli_command *command) MUST_USE;
/* What help and manual say of it beyond its options, lines of text; false: nothing. */
bool cli_more(const struct cli_command *command, struct buf *out) MUST_USE;
/* The command that these words most likely were to be, or NULL; for ever. argc 1 or more. */
const char *cli_nearest_command(int argc, const char **argv) MUST_USE;
/* The long option of this command, or of every one, that "--word" most likely was to be. */
const char *cli_nearest_option(const struct cli_command *command,
			       const char *word) MUST_USE;

/* The whole program; argv as main() got it. */
int cli_main(int argc, const char **argv);

/* What help prints for one command, and for all of them (group NULL). */
void cli_help(const char *group);
void cli_help_command(const struct cli_command *command);
/* The manual's section of commands, as roff. */
void cli_print_man(struct buf *out);
/* A script that completes mercat's command line, for "bash" or "zsh"; else ERR_INPUT. */
bool cli_print_completion(const char *shell, struct buf *out, struct err *err) MUST_USE;

#endif
