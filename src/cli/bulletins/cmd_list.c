#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/core/plus_address.h"
#include "domain/admin/list.h"
#include "base/fd.h"
#include "base/str.h"

static int add(struct cli *cli, struct err *err)
{
	AUTO(buf) wording = buf_new(20000);
	struct list_new what = {
		.name = cli->args[0],
		.title = cli_option(cli, "title"),
		.address = cli_option(cli, "address"),
		.from_name = cli_option(cli, "from-name"),
		.owner = cli_option(cli, "owner"),
		.relay = cli_option(cli, "relay"),
		.description = cli_option(cli, "description"),
		.closed = cli_option(cli, "closed") != NULL,
		.visibility = cli_option(cli, "visibility"),
		.topics = cli_option(cli, "topics"),
	};
	const char *file = cli_option(cli, "wording");

	if (!what.address) {
		(void)err_set(err, ERR_INPUT,
			      "say the list's address: --address NAME@DOMAIN");
		return CLI_FAILED;
	}
	if (file && !fd_read_file(file, wording, err)) {
		err->kind = ERR_INPUT;
		return CLI_FAILED;
	}
	if (file)
		what.wording = str_trim(wording->bytes);
	if (!cli_option_int(
		    cli, "first-number",
		    &(struct cli_range){.least = 1, .most = 1000000, .fallback = 1},
		    &what.first_number, err) ||
	    !list_add(&cli->op, &what, err))
		return CLI_FAILED;
	cli_done(
		cli,
		"The list %s is there. An email to %s subscribes, one to %s unsubscribes.",
		what.name, address_with(cli->arena, what.address, "join"),
		address_with(cli->arena, what.address, "leave"));
	return CLI_DONE;
}

static int describe(struct cli *cli, struct err *err)
{
	if (!list_describe(&cli->op, cli->args[0], cli->args[1], err))
		return CLI_FAILED;
	cli_done(cli, "That is what the public reads about %s from now on.",
		 cli->args[0]);
	return CLI_DONE;
}

static int change(struct cli *cli, struct err *err)
{
	AUTO(buf) wording = buf_new(20000);
	const char *file = cli_option(cli, "wording");
	struct list_change to = {
		.title = cli_option(cli, "title"),
		.from_name = cli_option(cli, "from-name"),
		.owner = cli_option(cli, "owner"),
		.relay = cli_option(cli, "relay"),
		.description = cli_option(cli, "description"),
	};

	if (!to.title && !to.from_name && !to.owner && !to.relay && !to.description &&
	    !file) {
		(void)err_set(err, ERR_INPUT,
			      "say what is to change of the list %s" HINT
			      "mercat list change --help",
			      cli->args[0]);
		return CLI_FAILED;
	}
	if (file && !fd_read_file(file, wording, err)) {
		err->kind = ERR_INPUT;
		return CLI_FAILED;
	}
	if (file)
		to.wording = str_trim(wording->bytes);
	if (!list_change(&cli->op, cli->args[0], &to, err))
		return CLI_FAILED;
	cli_done(cli, "The list %s is so from now on.", cli->args[0]);
	return CLI_DONE;
}

static int visibility(struct cli *cli, struct err *err)
{
	if (!list_show_to(&cli->op, cli->args[0], cli->args[1], err))
		return CLI_FAILED;
	cli_done(cli, "The list %s is %s on the web from now on.", cli->args[0],
		 cli->args[1]);
	return CLI_DONE;
}

static int all(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!lists_all(&cli->op, cli->arena, &t, err))
		return CLI_FAILED;
	cli_print_table(
		cli, &t,
		"No lists yet; make one: mercat list add NAME --title T --address A");
	return CLI_DONE;
}

static int show(struct cli *cli, struct err *err)
{
	struct store_row row;

	if (!list_shown(&cli->op, cli->arena, cli->args[0], &row, err))
		return CLI_FAILED;
	cli_print_row(cli, &row);
	return CLI_DONE;
}

static const struct cli_option change_options[] = {
	{"title", "TEXT", "what the bulletin is called, as its readers see it"},
	{"from-name", "TEXT", "sender's name"},
	{"owner", "ADDRESS", "who answers questions"},
	{"relay", "NAME", "send through this relay only; \"\": through any"},
	{"description", "TEXT", "what it is about, for the public's pages"},
	{"wording", "FILE", "privacy wording shown when joining, as a new version"},
	{0}};

static const struct cli_option add_options[] = {
	{"title", "TEXT", "what the bulletin is called, as its readers see it"},
	{"address", "ADDRESS", "the list's own address, without a plus"},
	{"from-name", "TEXT", "sender's name (the organisation's)"},
	{"owner", "ADDRESS", "who answers questions (the list's address with +owner)"},
	{"description", "TEXT", "what it is about, for the public's pages"},
	{"topics", "A,B,C", "topics that subscribers may choose"},
	{"closed", NULL, "joining is decided by the staff"},
	{"visibility", "WHO",
	 "public, unlisted or private (public; private when closed)"},
	{"first-number", "N", "number of the first bulletin sent with mercat (1)"},
	{"relay", "NAME", "send through this relay only"},
	{"wording", "FILE", "privacy wording shown when joining, kept as evidence"},
	{0}};

const struct cli_command cli_list_commands[] = {
	{"list add", "NAME", 1, 1, "Makes a list", CLI_NEEDS_STAFF, add, add_options},
	{"list change", "NAME", 1, 1,
	 "Changes title, sender, owner, relay, description or wording of a list",
	 CLI_NEEDS_STAFF, change, change_options},
	{"list describe", "NAME TEXT", 2, 2, "Sets what the public reads about a list",
	 CLI_NEEDS_STAFF, describe, NULL},
	{"list list", "", 0, 0, "Lists the lists", CLI_NEEDS_STORE, all, NULL},
	{"list show", "NAME", 1, 1, "Shows one list", CLI_NEEDS_STORE, show, NULL},
	{"list visibility", "NAME WHO", 2, 2,
	 "Says who finds a list on the web: public, unlisted (whoever has its address) or "
	 "private (nobody)",
	 CLI_NEEDS_STAFF, visibility, NULL},
	{0}};
