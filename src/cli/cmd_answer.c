/* What a person corrects in how a reply was understood. */
#include "domain/responses/response_answer.h"
#include "domain/responses/duplicate.h"
#include "base/str.h"
#include "cli/print.h"

#include <inttypes.h>

static int answer(struct cli *cli, struct err *err)
{
	int64_t question = 0, from, to, part;

	if ((!str_ieq(cli->args[1], "general") &&
	     !str_to_int(cli->args[1], 1, 1000, &question, err)) ||
	    !str_to_int(cli->args[2], 0, INT32_MAX, &from, err) ||
	    !str_to_int(cli->args[3], 0, INT32_MAX, &to, err) ||
	    !cli_option_int(cli, "file", 1, 10000, 0, &part, err) ||
	    !response_answer_set(&cli->op, cli->args[0], question, part - 1, from, to,
				 err))
		return CLI_FAILED;
	cli_done(cli,
		 "%s: characters %" PRId64 " to %" PRId64 " are set; see it with: "
		 "mercat response show %s",
		 cli->args[0], from, to, cli->args[0]);
	return CLI_DONE;
}

static int apportion(struct cli *cli, struct err *err)
{
	if (!response_answer_anew(&cli->op, cli->args[0], err))
		return CLI_FAILED;
	cli_done(cli, "%s is apportioned anew; what persons had set is taken back.",
		 cli->args[0]);
	return CLI_DONE;
}

static int link_them(struct cli *cli, struct err *err)
{
	const char *as_what = cli_option(cli, "kind");

	if (!response_duplicate_link(&cli->op, cli->args[0], cli->args[1],
				     as_what ? as_what : "amendment", err))
		return CLI_FAILED;
	cli_done(cli, "%s is linked to %s.", cli->args[0], cli->args[1]);
	return CLI_DONE;
}

static int unlink_it(struct cli *cli, struct err *err)
{
	if (!response_duplicate_unlink(&cli->op, cli->args[0], err))
		return CLI_FAILED;
	cli_done(cli, "%s counts by itself again.", cli->args[0]);
	return CLI_DONE;
}

static const struct cli_option link_options[] = {
	{"kind", "KIND", "duplicate, amendment (that is what is taken) or composite"},
	{0}};
static const struct cli_option answer_options[] = {
	{"file", "N", "in the response's Nth file instead of its mail"}, {0}};

const struct cli_command cli_answer_commands[] = {
	{"response answer", "REF QUESTION FROM TO", 4, 4,
	 "Sets which characters answer a question, or are \"general\"", CLI_NEEDS_STAFF,
	 answer, answer_options},
	{"response apportion", "REF", 1, 1,
	 "Apportions a response to the questions anew, corrections taken back",
	 CLI_NEEDS_STAFF, apportion, NULL},
	{"response link", "REF REF", 2, 2,
	 "Links a response to an earlier one of the same person", CLI_NEEDS_STAFF,
	 link_them, link_options},
	{"response unlink", "REF", 1, 1, "Takes such a link away", CLI_NEEDS_STAFF,
	 unlink_it, NULL},
	{0}};
