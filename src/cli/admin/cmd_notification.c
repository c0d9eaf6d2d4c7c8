#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/admin/notification.h"

#include <inttypes.h>

static int letters(struct cli *cli, struct err *err)
{
	const char *state = cli_option(cli, "state");
	struct store_table t;
	int64_t most;

	if (!cli_option_int(
		    cli, "limit",
		    &(struct cli_range){.least = 1, .most = 1000000, .fallback = 100},
		    &most, err) ||
	    !notification_list(&cli->op, cli->arena, state, most, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, state ? "None." : "No notifications yet.");
	return CLI_DONE;
}

static int settle_letter(struct cli *cli, struct err *err)
{
	bool again = cli_option(cli, "send-again") != NULL,
	     leave = cli_option(cli, "leave") != NULL;
	int64_t id;

	if (again == leave) {
		(void)err_set(err, ERR_INPUT, "say what to do: --send-again or --leave");
		return CLI_FAILED;
	}
	if (!cli_arg_int(cli, 0, "the number of a notification", &id, err) ||
	    !notification_settle_doubt(&cli->op, id,
				       again ? IN_DOUBT_SEND_AGAIN : IN_DOUBT_LEAVE, err))
		return CLI_FAILED;
	cli_done(cli, "Notification %" PRId64 " %s.", id,
		 again ? "is sent once more, with the same Message-ID"
		       : "is left as it is: it may have arrived");
	return CLI_DONE;
}

static const struct cli_option letter_options[] = {
	{"state", "STATE",
	 "queued, sending, sent, \"in doubt\", deferred, refused or skipped"},
	{"limit", "N", "the newest N (100)"},
	{0}};

static const struct cli_option settle_options[] = {
	{"send-again", NULL, "send it once more with the same Message-ID"},
	{"leave", NULL, "leave it: it may have arrived"},
	{0}};

const struct cli_command cli_notification_commands[] = {
	{"notification list", "", 0, 0,
	 "Lists confirmations, acknowledgements and other notifications sent",
	 CLI_NEEDS_STORE, letters, letter_options},
	{"notification settle", "N", 1, 1,
	 "Decides on a notification that may or may not have arrived", CLI_NEEDS_STAFF,
	 settle_letter, settle_options},
	{0}};
