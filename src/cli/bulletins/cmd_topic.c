#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "base/numeral.h"
#include "domain/subscribers/topic_change.h"

#include <inttypes.h>

static int add(struct cli *cli, struct err *err)
{
	if (!topic_add(&cli->op, cli->args[0], cli->args[1], err))
		return CLI_FAILED;
	cli_done(cli, "Subscribers to %s may choose \"%s\" from now on.", cli->args[0],
		 cli->args[1]);
	return CLI_DONE;
}

static int rename_it(struct cli *cli, struct err *err)
{
	if (!topic_retitle(&cli->op, cli->args[0], cli->args[1], cli->args[2], err))
		return CLI_FAILED;
	cli_done(cli, "It is called \"%s\" from now on. Everybody keeps their choice.",
		 cli->args[2]);
	return CLI_DONE;
}

static int merge(struct cli *cli, struct err *err)
{
	int64_t moved;

	if (!topic_merge(&cli->op, cli->args[0], cli->args[1], cli->args[2], &moved, err))
		return CLI_FAILED;
	cli_done(cli,
		 "\"%s\" is part of \"%s\" now; %" PRId64 " subscriber%s had chosen it.",
		 cli->args[1], cli->args[2], moved, plural(moved, "", "s"));
	return CLI_DONE;
}

static int retire(struct cli *cli, struct err *err)
{
	struct topic_chosen chosen;

	if (!topic_retire(&cli->op, cli->args[0], cli->args[1],
			  cli_option(cli, "sure") ? TOPIC_MAY_LEAVE_SOME
						  : TOPIC_LEAVES_NOBODY,
			  &chosen, err))
		return CLI_FAILED;
	cli_done(cli,
		 "\"%s\" can no longer be chosen. It stays on record for the %" PRId64
		 " who chose it.",
		 cli->args[1], chosen.by);
	return CLI_DONE;
}

static int revive(struct cli *cli, struct err *err)
{
	if (!topic_revive(&cli->op, cli->args[0], cli->args[1], err))
		return CLI_FAILED;
	cli_done(cli, "\"%s\" can be chosen again; who chose it before has it again.",
		 cli->args[1]);
	return CLI_DONE;
}

static int list(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!topic_list(&cli->op, cli->arena, cli->args[0], &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t,
			"This list has no topics: everybody gets everything. Add one: "
			"mercat topic add LIST TITLE");
	return CLI_DONE;
}

static const struct cli_option retire_options[] = {
	{"sure", NULL, "even if some chose no other topic, and would get nothing"}, {0}};

const struct cli_command cli_topic_commands[] = {
	{"topic add", "LIST TITLE", 2, 2, "Adds a topic that subscribers may choose",
	 CLI_NEEDS_STAFF, add, NULL},
	{"topic rename", "LIST TOPIC TITLE", 3, 3,
	 "Gives a topic another title; its name in files stays", CLI_NEEDS_STAFF,
	 rename_it, NULL},
	{"topic merge", "LIST TOPIC INTO", 3, 3,
	 "Makes a topic part of another; whoever chose the one has the other",
	 CLI_NEEDS_STAFF, merge, NULL},
	{"topic retire", "LIST TOPIC", 2, 2,
	 "Offers a topic no longer; choices stay on record", CLI_NEEDS_STAFF, retire,
	 retire_options},
	{"topic revive", "LIST TOPIC", 2, 2, "Offers a retired topic again",
	 CLI_NEEDS_STAFF, revive, NULL},
	{"topic list", "LIST", 1, 1,
	 "Lists the topics of a list, and how many chose each", CLI_NEEDS_STORE, list,
	 NULL},
	{0}};
