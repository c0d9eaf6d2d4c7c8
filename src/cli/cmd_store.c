#include "cli/cli.h"
#include "cli/print.h"
#include "base/fd.h"
#include "base/str.h"

#include <unistd.h>

/* Also brings an older store up to date; run twice it is harmless. */
static int store_init(struct cli *cli, struct err *err)
{
	AUTO(store) s = NULL;
	const char *path = settings_store_path(cli->settings);
	char about[160];

	if (!fd_make_dirs(cli->settings->state_dir, 0700, err) ||
	    !acts_key_make(cli->settings, err) ||
	    !store_open(path, STORE_MIGRATE, &s, err))
		return CLI_FAILED;
	store_about(about, sizeof(about));
	cli_done(
		cli,
		"%s is ready (%s). Keep a copy of %s: links in mails that went out need it.",
		path, about, settings_key_path(cli->settings));
	return CLI_DONE;
}

static int check(struct cli *cli, struct err *err)
{
	char about[160];

	if (!store_check(cli->acts.store, err))
		return CLI_FAILED;
	store_about(about, sizeof(about));
	cli_done(cli, "The store is whole: pages, references and text index agree (%s).",
		 about);
	return CLI_DONE;
}

static int backup(struct cli *cli, struct err *err)
{
	if (!store_backup(cli->acts.store, cli->args[0], err))
		return CLI_FAILED;
	cli_done(cli, "%s is a copy of the store. The key is not in it: copy %s too.",
		 cli->args[0], settings_key_path(cli->settings));
	return CLI_DONE;
}

static int settings_say(struct cli *cli, struct err *err)
{
	(void)err;
	cli_done(cli, "%s is good: %zu mailbox%s, %zu relay%s.", cli->settings->file,
		 cli->settings->mailbox_count,
		 cli->settings->mailbox_count == 1 ? "" : "es",
		 cli->settings->relay_count, cli->settings->relay_count == 1 ? "" : "s");
	return CLI_DONE;
}

static int settings_show(struct cli *cli, struct err *err)
{
	AUTO(buf) out = buf_new(1 << 20);

	(void)err;
	settings_print_now(cli->settings, out);
	cli_say(buf_text(out), false);
	return CLI_DONE;
}

static int settings_conf(struct cli *cli, struct err *err)
{
	AUTO(buf) out = buf_new(1 << 20);

	(void)err;
	if (cli_option(cli, "man"))
		settings_print_man(out);
	else
		settings_print_conf(out);
	cli_say(buf_text(out), false);
	return CLI_DONE;
}

static const struct cli_option conf_options[] = {
	{"man", NULL, "print the manual's section instead"}, {0}};

const struct cli_command cli_store_commands[] = {
	{"store init", "", 0, 0,
	 "Makes the store and its key, or brings an older store up to date",
	 CLI_NEEDS_SETTINGS, store_init, NULL},
	{"store check", "", 0, 0, "Proves the store whole", CLI_NEEDS_STORE, check, NULL},
	{"store backup", "FILE", 1, 1, "Copies the store while everything runs",
	 CLI_NEEDS_STORE, backup, NULL},
	{"settings check", "", 0, 0, "Reads the settings and says what is wrong",
	 CLI_NEEDS_SETTINGS, settings_say, NULL},
	{"settings show", "", 0, 0, "Prints the settings in force", CLI_NEEDS_SETTINGS,
	 settings_show, NULL},
	{"settings conf", "", 0, 0, "Prints every setting with its meaning and default",
	 CLI_NEEDS_NOTHING, settings_conf, conf_options},
	{0}};
