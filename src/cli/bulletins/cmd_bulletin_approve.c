#include "domain/approval/approval.h"
#include "base/numeral.h"
#include "base/str.h"
#include "cli/frame/cli.h"
#include "cli/frame/print.h"

#include <inttypes.h>

static bool read_what(struct cli *cli, struct approval_of *out, struct err *err)
{
	const char *text = cli->args[1];

	*out = (struct approval_of){.list = cli->args[0]};
	return str_to_int(*text == '#' ? text + 1 : text, 1, INT32_MAX, &out->number,
			  err) ||
	       err_prefix(err, "the number of the bulletin");
}

static const char *told_words(bool told)
{
	return told ? "; an email tells them"
		    : "; there is no email address of theirs, so tell them yourself";
}

static int ask(struct cli *cli, struct err *err)
{
	struct approval_of what;
	bool told;

	if (!read_what(cli, &what, err) ||
	    !approval_ask(&cli->op, &what, cli->args[2], &told, err))
		return CLI_FAILED;
	cli_done(cli, "%s is asked to approve %s #%" PRId64 "%s.", cli->args[2],
		 what.list, what.number, told_words(told));
	return CLI_DONE;
}

static int approve(struct cli *cli, struct err *err)
{
	const char *who = cli_option(cli, "once-agreed-by");
	struct approval_of what;
	struct audience a = {0};
	struct bulletin b;
	int64_t audience;
	bool told;

	if (!read_what(cli, &what, err))
		return CLI_FAILED;
	if (who) {
		if (!approval_ask_to_agree(&cli->op, &what, who, &told, err))
			return CLI_FAILED;
		cli_done(cli, "%s #%" PRId64 " is approved as soon as %s agrees to it%s.",
			 what.list, what.number, who, told_words(told));
		return CLI_DONE;
	}
	if (!approval_give(&cli->op, &what, &audience, err) ||
	    !bulletin_load(&cli->op, cli->arena, what.list, what.number, &b, err) ||
	    !bulletin_audience(&cli->op, &b, &a, err))
		return CLI_FAILED;
	cli_done(cli,
		 "%s #%" PRId64 " is approved as it is now, for the %" PRId64
		 " subscriber%s who would get it now%s%s. Next: send or schedule.",
		 what.list, what.number, audience, plural(audience, "", "s"),
		 !a.digests ? ""
			    : arena_printf(cli->arena,
					   "; %" PRId64 " of them in their next digest",
					   a.digests),
		 !a.paused
			 ? ""
			 : arena_printf(cli->arena,
					"; %" PRId64 " more have paused and get nothing",
					a.paused));
	return CLI_DONE;
}

static int agree(struct cli *cli, struct err *err)
{
	struct approval_of what;
	int64_t audience;

	if (!read_what(cli, &what, err) ||
	    !approval_agree(&cli->op, &what, &audience, err))
		return CLI_FAILED;
	cli_done(cli,
		 "You agree, so %s #%" PRId64 " is approved for %" PRId64
		 " subscriber%s. Next: send or schedule.",
		 what.list, what.number, audience, plural(audience, "", "s"));
	return CLI_DONE;
}

static int give_back(struct cli *cli, struct err *err)
{
	struct approval_of what;

	if (!read_what(cli, &what, err) ||
	    !approval_return(&cli->op, &what, cli->args[2], err))
		return CLI_FAILED;
	cli_done(cli, "%s #%" PRId64 " is returned to its writer with your comment.",
		 what.list, what.number);
	return CLI_DONE;
}

static int comment(struct cli *cli, struct err *err)
{
	struct approval_of what;

	if (!read_what(cli, &what, err) ||
	    !approval_comment(&cli->op, &what, cli->args[2], err))
		return CLI_FAILED;
	cli_done(cli, "Your comment on %s #%" PRId64 " is kept.", what.list, what.number);
	return CLI_DONE;
}

static int comments(struct cli *cli, struct err *err)
{
	struct approval_of what;
	struct store_table t;
	struct bulletin b;

	if (!read_what(cli, &what, err) ||
	    !bulletin_load(&cli->op, cli->arena, what.list, what.number, &b, err) ||
	    !approval_comments(&cli->op, cli->arena, &b, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nobody has commented on it.");
	return CLI_DONE;
}

static const struct cli_option approve_options[] = {
	{"once-agreed-by", "NAME",
	 "with changes of your own, as soon as this colleague agrees to them"},
	{0}};

const struct cli_command cli_bulletin_approve_commands[] = {
	{"bulletin ask", "LIST NUMBER NAME", 3, 3,
	 "Asks a colleague to approve it, who is told by email", CLI_NEEDS_STAFF, ask,
	 NULL},
	{"bulletin approve", "LIST NUMBER", 2, 2,
	 "Approves it as it is, by a second person", CLI_NEEDS_STAFF, approve,
	 approve_options},
	{"bulletin agree", "LIST NUMBER", 2, 2,
	 "Agrees to what the approver has changed, so that it is approved",
	 CLI_NEEDS_STAFF, agree, NULL},
	{"bulletin return", "LIST NUMBER COMMENT", 3, 3,
	 "Returns it to its writer, saying what should change", CLI_NEEDS_STAFF,
	 give_back, NULL},
	{"bulletin comment", "LIST NUMBER COMMENT", 3, 3, "Says something about it",
	 CLI_NEEDS_STAFF, comment, NULL},
	{"bulletin comments", "LIST NUMBER", 2, 2, "Shows what was said about it",
	 CLI_NEEDS_STORE, comments, NULL},
	{0}};
