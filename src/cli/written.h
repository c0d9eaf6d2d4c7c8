/*
 * cli written - a file that somebody asks a command to write.
 *
 * It is whole or not there (fd_write_file), and takes the place of nothing that is no file of its
 * kind: a device, a link, a folder, or whatever stands beside the store is left as it is. "-" is
 * the output of the command.
 *
 * Errors     ERR_INPUT: it is not to be written there; ERR_SYSTEM.
 */
#ifndef MERCAT_CLI_WRITTEN_H
#define MERCAT_CLI_WRITTEN_H

#include "cli/cli.h"

bool cli_write_file(struct cli *cli, const char *path, const void *bytes, size_t len,
		    unsigned mode, struct err *err) MUST_USE;

#endif
