#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/subscribers/suppress.h"

#include <inttypes.h>

static int suppress(struct cli *cli, struct err *err)
{
	int64_t lists;

	if (!suppression_add(&cli->op, cli->args[0], cli_option(cli, "reason"), &lists,
			     err))
		return CLI_FAILED;
	cli_done(cli,
		 "%s is suppressed: no list writes to it any more (it was known to "
		 "%" PRId64 ").",
		 cli->args[0], lists);
	return CLI_DONE;
}

static int lift(struct cli *cli, struct err *err)
{
	if (!suppress_lift(&cli->op, cli->args[0], cli_option(cli, "reason"), err))
		return CLI_FAILED;
	cli_done(cli, "%s is not suppressed any more; they can join again by themselves.",
		 cli->args[0]);
	return CLI_DONE;
}

static int all(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!suppression_list(&cli->op, cli->arena, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nobody is suppressed.");
	return CLI_DONE;
}

static int check(struct cli *cli, struct err *err)
{
	struct store_row row;

	if (!suppression_of(&cli->op, cli->arena, cli->args[0], &row, err))
		return CLI_FAILED;
	cli_print_row(cli, &row);
	return CLI_DONE;
}

static const struct cli_option reason_options[] = {
	{"reason", "TEXT", "kept with it, without any address; must be given"}, {0}};

const struct cli_command cli_suppression_commands[] = {
	{"suppression add", "ADDRESS", 1, 1, "Bars an address from every list",
	 CLI_NEEDS_STAFF, suppress, reason_options},
	{"suppression list", "", 0, 0, "Lists what is suppressed, by hash",
	 CLI_NEEDS_STORE, all, NULL},
	{"suppression remove", "ADDRESS", 1, 1, "Lets an address join again",
	 CLI_NEEDS_STAFF, lift, reason_options},
	{"suppression check", "ADDRESS", 1, 1, "Says whether an address is suppressed",
	 CLI_NEEDS_STORE, check, NULL},
	{0}};
