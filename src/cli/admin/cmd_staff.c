#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/admin/rights.h"
#include "domain/admin/session.h"
#include "domain/admin/account.h"
#include "base/str.h"

#include <termios.h>
#include <unistd.h>

static int add(struct cli *cli, struct err *err)
{
	const char *role = cli_option(cli, "role"), *list = cli_option(cli, "list"),
		   *consultation = cli_option(cli, "consultation");

	if (!role && (list || consultation)) {
		(void)err_set(err, ERR_INPUT, "say which role: --role ROLE");
		return CLI_FAILED;
	}
	if (!account_join(&cli->op,
			  &(struct account_new){.name = cli->args[0],
						.email = cli_option(cli, "email"),
						.role = role,
						.list = list,
						.consultation = consultation},
			  err))
		return CLI_FAILED;
	cli_done(cli, "%s is in the staff.", cli->args[0]);
	return CLI_DONE;
}

static int list(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!account_list(&cli->op, cli->arena, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nobody yet; add the first: mercat staff add NAME");
	return CLI_DONE;
}

/* One line, without its end; from a terminal it does not show. */
static bool ask(const char *what, char *to, size_t room, struct err *err)
{
	bool terminal = isatty(STDIN_FILENO) == 1, ok;
	struct termios before, silent;

	if (terminal) {
		(void)fprintf(stderr, "%s: ", what);
		if (tcgetattr(STDIN_FILENO, &before))
			return err_set(err, ERR_SYSTEM, "the terminal cannot be asked");
		silent = before;
		silent.c_lflag &= ~(tcflag_t)ECHO;
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	}
	ok = fgets(to, (int)room, stdin) != NULL;
	if (terminal) {
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		(void)fputc('\n', stderr);
	}
	if (!ok || (strlen(to) == room - 1 && to[room - 2] != '\n'))
		return err_set(err, ERR_INPUT,
			       "give the password as one line on standard input");
	to[strcspn(to, "\r\n")] = '\0';
	return true;
}

static int password(struct cli *cli, struct err *err)
{
	char once[PASSWORD_MOST_BYTES + 3], again[PASSWORD_MOST_BYTES + 3];

	if (!ask("New password", once, sizeof(once), err))
		return CLI_FAILED;
	if (isatty(STDIN_FILENO) == 1) {
		if (!ask("The same again", again, sizeof(again), err))
			return CLI_FAILED;
		if (!str_eq(once, again)) {
			(void)err_set(err, ERR_INPUT, "the two are not the same");
			return CLI_FAILED;
		}
	}
	if (!account_password(&cli->op, cli->args[0], once, err))
		return CLI_FAILED;
	cli_done(cli, "%s has a new password; their sessions have ended.", cli->args[0]);
	return CLI_DONE;
}

static int totp(struct cli *cli, struct err *err)
{
	const char *url;

	if (cli_option(cli, "off")) {
		if (!account_totp_off(&cli->op, cli->args[0], err))
			return CLI_FAILED;
		cli_done(cli, "%s signs in without a second step now.", cli->args[0]);
		return CLI_DONE;
	}
	if (!account_totp(&cli->op, cli->arena, cli->args[0], &url, err))
		return CLI_FAILED;
	cli_done(cli,
		 "%s. This is shown once; hand it over safely, for an authenticator app.",
		 url);
	return CLI_DONE;
}

static int end(struct cli *cli, struct err *err)
{
	if (!account_end(&cli->op, cli->args[0], err))
		return CLI_FAILED;
	cli_done(cli, "%s can do nothing here any more.", cli->args[0]);
	return CLI_DONE;
}

static int email(struct cli *cli, struct err *err)
{
	const char *address = cli->arg_count > 1 ? cli->args[1] : NULL;

	if (!account_email(&cli->op, cli->args[0], address, err))
		return CLI_FAILED;
	if (address)
		cli_done(cli, "%s is reached at %s now.", cli->args[0], address);
	else
		cli_done(cli, "%s has no address now.", cli->args[0]);
	return CLI_DONE;
}

static int tell(struct cli *cli, struct err *err)
{
	bool weekends = cli_option(cli, "weekends") != NULL;
	const char *name = cli->args[0], *how = cli->args[1];

	if (!account_tell(&cli->op, name, how,
			  weekends ? ACCOUNT_WEEKENDS : ACCOUNT_WEEKDAYS, err))
		return CLI_FAILED;
	if (str_eq(how, "never"))
		cli_done(cli, "%s gets no email about what needs them.", name);
	else
		cli_done(cli, "%s is told once a day what needs them, %s%s.", name,
			 weekends ? "every day" : "Monday to Friday",
			 str_eq(how, "daily") ? "" : ", and at once");
	return CLI_DONE;
}

static int grant(struct cli *cli, struct err *err)
{
	if (!rights_grant(&cli->op, cli->args[0], cli->args[1], cli_option(cli, "list"),
			  cli_option(cli, "consultation"), err))
		return CLI_FAILED;
	cli_done(cli, "%s is %s now.", cli->args[0], cli->args[1]);
	return CLI_DONE;
}

static int take_away(struct cli *cli, struct err *err)
{
	if (!rights_revoke(&cli->op, cli->args[0], cli->args[1], cli_option(cli, "list"),
			   cli_option(cli, "consultation"), err))
		return CLI_FAILED;
	cli_done(cli, "%s is no longer %s there; their sessions have ended.",
		 cli->args[0], cli->args[1]);
	return CLI_DONE;
}

static const struct cli_option add_options[] = {
	{"email", "ADDRESS", "their address"},
	{"role", "ROLE",
	 "reader, coder, editor, approver, \"data protection\" or administrator"},
	{"list", "LIST", "that role for this list only"},
	{"consultation", "NAME", "that role for this consultation only"},
	{0}};
static const struct cli_option where_options[] = {
	{"list", "LIST", "for this list only"},
	{"consultation", "NAME", "for this consultation only"},
	{0}};
static const struct cli_option tell_options[] = {
	{"weekends", NULL, "the daily email on Saturdays and Sundays, too"}, {0}};
static const struct cli_option totp_options[] = {
	{"off", NULL, "take the second step away again"}, {0}};

const struct cli_command cli_staff_commands[] = {
	{"staff add", "NAME", 1, 1, "Adds a person who may act", CLI_NEEDS_STORE, add,
	 add_options},
	{"staff list", "", 0, 0, "Lists the people who may act, and their roles",
	 CLI_NEEDS_STORE, list, NULL},
	{"staff password", "NAME", 1, 1,
	 "Sets the password for the staff's pages, from the terminal or standard input",
	 CLI_NEEDS_STORE, password, NULL},
	{"staff totp", "NAME", 1, 1,
	 "Makes a secret for one-time codes, the second step when signing in",
	 CLI_NEEDS_STORE, totp, totp_options},
	{"staff email", "NAME [ADDRESS]", 1, 2, "Changes their address, or takes it away",
	 CLI_NEEDS_STORE, email, NULL},
	{"staff tell", "NAME WHEN", 2, 2,
	 "Sets when they are told by email what needs them: daily, \"at once\" (as well as "
	 "daily) or never",
	 CLI_NEEDS_STORE, tell, tell_options},
	{"staff grant", "NAME ROLE", 2, 2,
	 "Gives a role on the staff's pages, everywhere unless it says where",
	 CLI_NEEDS_STORE, grant, where_options},
	{"staff revoke", "NAME ROLE", 2, 2, "Takes a role away, and ends their sessions",
	 CLI_NEEDS_STORE, take_away, where_options},
	{"staff end", "NAME", 1, 1,
	 "Ends an account; what they did stays theirs in the audit", CLI_NEEDS_STORE, end,
	 NULL},
	{0}};
