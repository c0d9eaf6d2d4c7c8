/*
 * cli response show - one reply whole: as text for people, or as JSON.
 */
#ifndef MERCAT_CLI_RESPONSE_SHOW_H
#define MERCAT_CLI_RESPONSE_SHOW_H

#include "cli/frame/cli.h"

/* The command "response show REF". */
int cli_response_show(struct cli *cli, struct err *err);

#endif
