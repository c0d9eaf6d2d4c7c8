#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/delivery/bounce.h"
#include "base/clock.h"

static int list(struct cli *cli, struct err *err)
{
	struct bounce_filter filter = {.list = cli_option(cli, "list"),
				       .address = cli_option(cli, "address")};
	struct store_table t;

	if (!cli_option_int(
		    cli, "limit",
		    &(struct cli_range){.least = 1, .most = 100000000, .fallback = 100},
		    &filter.most, err) ||
	    !bounce_list(&cli->op, cli->arena, &filter, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nothing has come back.");
	return CLI_DONE;
}

static int history(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!bounce_history(&cli->op, cli->arena, cli->args[0], &t, err))
		return CLI_FAILED;
	if (cli->format != CLI_TEXT) {
		cli_print_table(cli, &t, NULL);
		return CLI_DONE;
	}
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		char at[CLOCK_TEXT];

		clock_local(row_int(&row, "happened_at"), cli->settings->zone, at);
		(void)printf("%s  %s  ", at, row_text(&row, "list"));
		cli_say(row_text(&row, "what"), CLI_ONE_LINE);
		(void)putchar('\n');
	}
	return CLI_DONE;
}

static const struct cli_option list_options[] = {
	{"list", "LIST", "only of this list"},
	{"address", "ADDRESS", "only of this subscriber, or about this address"},
	{"limit", "N", "the newest N (100)"},
	{0}};

const struct cli_command cli_bounce_commands[] = {
	{"bounce list", "", 0, 0, "Lists what came back or was refused, and what it did",
	 CLI_NEEDS_STORE, list, list_options},
	{"bounce history", "ADDRESS", 1, 1,
	 "Tells why a person was stopped: what came back, in its order", CLI_NEEDS_STORE,
	 history, NULL},
	{0}};
