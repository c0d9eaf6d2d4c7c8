#include "cli/frame/cli.h"
#include "reader/inspect.h"

static int inspect(struct cli *cli, struct err *err)
{
	bool batch = cli_option(cli, "batch") != NULL;

	if (batch == (cli->arg_count == 1)) {
		(void)err_set(
			err, ERR_INPUT,
			"name one file (or - for standard input), or say --batch and give "
			"paths on standard input, one a line");
		return CLI_FAILED;
	}
	return (batch ? reader_inspect_batch(stdin, stdout, err)
		      : reader_inspect_file(cli->args[0], stdout, err))
		       ? CLI_DONE
		       : CLI_FAILED;
}

static const struct cli_option inspect_options[] = {
	{"batch", NULL, "read paths from standard input, print one line each"}, {0}};

const struct cli_command cli_message_commands[] = {
	{"message inspect", "[FILE | -]", 0, 1,
	 "Prints how one mail is understood, as a line of JSON", CLI_NEEDS_NOTHING,
	 inspect, inspect_options},
	{0}};
