#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "base/fd.h"
#include "base/numeral.h"
#include "base/str.h"
#include "domain/safeguarding/flag_tell.h"
#include "mail/write/dkim.h"

#include <strings.h>
#include <unistd.h>

enum { PEM_MOST = 1 << 14, TXT_MOST = 250 };

/* RFC 2606 and RFC 6761: names that lead nowhere, as in the example settings. */
static bool is_example(const char *text)
{
	static const char *const names[] = {"example", "example.com", "example.net",
					    "example.org", "invalid"};
	const char *from;

	if (strstr(text, "://"))
		text = strstr(text, "://") + strlen("://");
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t len = strlen(names[i]), host = strcspn(text, ":/");

		if (host < len)
			continue;
		from = text + host - len;
		if (strncasecmp(from, names[i], len) == 0 &&
		    (from == text || from[-1] == '.' || from[-1] == '@'))
			return true;
	}
	return false;
}

static void example(struct cli *cli, const char *setting, const char *text, size_t *count)
{
	if (!is_example(text))
		return;
	(*count)++;
	cli_done(cli, "%s is still the example \"%s\": put your own there.", setting,
		 text);
}

/* What the example settings hold and no mail can go by. */
static size_t examples(struct cli *cli)
{
	const struct settings *s = cli->settings;
	size_t count = 0;

	example(cli, "base_url", s->base_url, &count);
	example(cli, "own_domain", s->own_domain, &count);
	for (size_t i = 0; i < s->mailbox_count; i++)
		example(cli, arena_printf(cli->arena, "mailboxes[%zu].host", i),
			str_or(s->mailboxes[i].host, ""), &count);
	for (size_t i = 0; i < s->relay_count; i++)
		example(cli, arena_printf(cli->arena, "relays[%zu].host", i),
			str_or(s->relays[i].host, ""), &count);
	return count;
}

/* Of the store, where there is one: whom the settings name can deal with flags. */
static bool lead_check(struct cli *cli, const char **out_wrong, struct err *err)
{
	struct operation op = cli->op;
	struct flag_lead lead;
	bool ok;

	*out_wrong = NULL;
	if (access(settings_store_path(cli->settings), R_OK) != 0)
		return true;
	if (!store_open(settings_store_path(cli->settings), STORE_EXISTING, &op.store,
			err))
		return false;
	ok = flag_lead_now(&op, cli->arena, &lead, err);
	store_close(&op.store);
	*out_wrong = ok ? lead.wrong : NULL;
	return ok;
}

static int settings_say(struct cli *cli, struct err *err)
{
	const char *wrong;
	size_t count;

	if (!settings_files_check(cli->settings, err) || !lead_check(cli, &wrong, err))
		return CLI_FAILED;
	if (wrong)
		cli_done(
			cli,
			"safeguarding.lead: %s. Flags that somebody may be at risk go to "
			"everybody with the role safeguarding, or to the administrators.",
			wrong);
	count = examples(cli);
	if (count) {
		cli_done(cli, "%s can be read, but is not finished.",
			 cli->settings->file);
		return CLI_DONE;
	}
	cli_done(cli, "%s is good: %zu mailbox%s, %zu relay%s.", cli->settings->file,
		 cli->settings->mailbox_count,
		 plural(cli->settings->mailbox_count, "", "es"),
		 cli->settings->relay_count, plural(cli->settings->relay_count, "", "s"));
	return CLI_DONE;
}

static int settings_show(struct cli *cli, struct err *err)
{
	AUTO(buf) out = buf_new(1 << 20);

	(void)err;
	settings_print_now(cli->settings, out);
	cli_say(buf_text(out), CLI_MANY_LINES);
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
	cli_say(buf_text(out), CLI_MANY_LINES);
	return CLI_DONE;
}

static int settings_dkim(struct cli *cli, struct err *err)
{
	const struct settings *s = cli->settings;
	AUTO(buf) out = buf_new(1 << 20);

	for (size_t i = 0; i < s->dkim_count; i++) {
		AUTO(buf) pem = buf_new(PEM_MOST);
		AUTO(buf) record = buf_new(PEM_MOST);

		if (!fd_read_file(s->dkim[i].key_file, pem, err) ||
		    !dkim_record(buf_text(pem), record, err)) {
			(void)err_prefix(err, "%s", s->dkim[i].key_file);
			return CLI_FAILED;
		}
		buf_printf(out, "%s._domainkey.%s. IN TXT (", s->dkim[i].selector,
			   s->dkim[i].domain);
		/* A string of the DNS has 255 bytes at most. */
		for (size_t at = 0; at < record->len; at += TXT_MOST)
			buf_printf(out, "\n\t\"%.*s\"", TXT_MOST, buf_text(record) + at);
		buf_str(out, " )\n");
	}
	if (!s->dkim_count)
		buf_str(out, "No mail is signed: there is no dkim in the settings.\n");
	cli_say(buf_text(out), CLI_MANY_LINES);
	return CLI_DONE;
}

static const struct cli_option conf_options[] = {
	{"man", NULL, "print the manual's section instead"}, {0}};

const struct cli_command cli_settings_commands[] = {
	{"settings check", "", 0, 0, "Reads the settings and says what is wrong",
	 CLI_NEEDS_SETTINGS, settings_say, NULL},
	{"settings show", "", 0, 0, "Prints the settings in force", CLI_NEEDS_SETTINGS,
	 settings_show, NULL},
	{"settings dkim", "", 0, 0, "Prints what the DNS must say of the keys that sign",
	 CLI_NEEDS_SETTINGS, settings_dkim, NULL},
	{"settings conf", "", 0, 0, "Prints every setting with its meaning and default",
	 CLI_NEEDS_NOTHING, settings_conf, conf_options},
	{0}};
