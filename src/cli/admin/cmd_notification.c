#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "base/numeral.h"
#include "base/str.h"
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

static int settle_all(struct cli *cli, const char *kind, enum in_doubt decision,
		      struct err *err)
{
	int64_t count;

	if (!notification_settle_every_doubt(&cli->op, kind, decision, &count, err))
		return CLI_FAILED;
	if (!count)
		cli_done(cli, "None is in doubt.");
	else
		cli_done(
			cli, "%" PRId64 " %s.", count,
			decision == IN_DOUBT_LEAVE
				? plural(count,
					 "notification is left as it is: it may have "
					 "arrived",
					 "notifications are left as they are: they may "
					 "have arrived")
				: plural(count,
					 "notification is sent once more, with the same "
					 "Message-ID",
					 "notifications are sent once more, with the same "
					 "Message-IDs"));
	return CLI_DONE;
}

static int settle_letter(struct cli *cli, struct err *err)
{
	bool again = cli_option(cli, "send-again") != NULL,
	     leave = cli_option(cli, "leave") != NULL;
	enum in_doubt decision = again ? IN_DOUBT_SEND_AGAIN : IN_DOUBT_LEAVE;
	const char *kind = cli_option(cli, "kind");
	bool all = str_eq(cli->args[0], "all");
	int64_t id;

	if (again == leave) {
		(void)err_set(err, ERR_INPUT, "say what to do: --send-again or --leave");
		return CLI_FAILED;
	}
	if (all)
		return settle_all(cli, kind, decision, err);
	if (kind) {
		(void)err_set(err, ERR_INPUT, "--kind goes with \"all\"");
		return CLI_FAILED;
	}
	if (!cli_arg_int(cli, 0, "the number of a notification", &id, err) ||
	    !notification_settle_doubt(&cli->op, id, decision, err))
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
	{"kind", "KIND", "with \"all\": only those of a kind, such as report-back"},
	{0}};

const struct cli_command cli_notification_commands[] = {
	{"notification list", "", 0, 0,
	 "Lists confirmations, acknowledgements and other notifications sent",
	 CLI_NEEDS_STORE, letters, letter_options},
	{"notification settle", "N | all", 1, 1,
	 "Decides on notifications that may or may not have arrived", CLI_NEEDS_STAFF,
	 settle_letter, settle_options},
	{0}};
