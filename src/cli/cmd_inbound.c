#include "cli/cli.h"
#include "cli/print.h"
#include "domain/admin/notification.h"
#include "domain/intake/unsorted.h"
#include "base/str.h"

#include <inttypes.h>

static int list(struct cli *cli, struct err *err)
{
	struct store_table t;
	int64_t most;

	if (!domain_word_check("kind of mail", cli_option(cli, "kind"), inbound_kinds,
			       err) ||
	    !domain_word_check("thing that mail is taken for",
			       cli_option(cli, "taken-as"), inbound_taken, err) ||
	    !cli_option_int(cli, "limit", 1, 100000000, 100, &most, err) ||
	    !store_all(cli->op.store, cli->arena, 0, &t, err, SQL_INBOUND_LIST, "tti",
		       cli_option(cli, "kind"), cli_option(cli, "taken-as"), most))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nothing has come in.");
	return CLI_DONE;
}

static int counts(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!store_all(cli->op.store, cli->arena, 0, &t, err, SQL_INBOUND_COUNTS, ""))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nothing has come in.");
	return CLI_DONE;
}

static int show(struct cli *cli, struct err *err)
{
	AUTO(buf) out = buf_new(1 << 28);
	struct store_table attachments, bounces;
	struct store_row row;
	int64_t id;

	if (!cli_arg_int(cli, 0, "the number of a mail", &id, err))
		return CLI_FAILED;
	if (!store_one(cli->op.store, cli->arena, &row, err, SQL_INBOUND_SHOW, "i", id)) {
		if (err->kind == ERR_ABSENT)
			(void)err_set(err, ERR_ABSENT, "there is no mail %" PRId64, id);
		return CLI_FAILED;
	}
	if (!store_all(cli->op.store, cli->arena, 0, &attachments, err,
		       SQL_ATTACHMENTS_OF, "i", id) ||
	    !store_all(cli->op.store, cli->arena, 0, &bounces, err, SQL_BOUNCES_OF, "i",
		       id))
		return CLI_FAILED;
	if (cli->format == CLI_JSON) {
		buf_str(out, "{\"mail\":");
		cli_json_row(out, &row);
		buf_str(out, ",\"attachments\":");
		cli_json_table(out, &attachments);
		buf_str(out, ",\"bounces\":");
		cli_json_table(out, &bounces);
		buf_str(out, "}\n");
		(void)fwrite(buf_text(out), 1, out->len, stdout);
		return CLI_DONE;
	}
	cli_print_row(cli, &row);
	if (attachments.count) {
		(void)puts("\nAttachments");
		cli_print_table(cli, &attachments, NULL);
	}
	if (bounces.count) {
		(void)puts("\nWhat failed");
		cli_print_table(cli, &bounces, NULL);
	}
	return CLI_DONE;
}

static int raw(struct cli *cli, struct err *err)
{
	struct store_row row;
	const void *bytes;
	size_t len;
	int64_t id;

	if (!cli_arg_int(cli, 0, "the number of a mail", &id, err))
		return CLI_FAILED;
	if (!store_one(cli->op.store, cli->arena, &row, err, SQL_INBOUND_RAW_OF, "i",
		       id)) {
		if (err->kind == ERR_ABSENT)
			(void)err_set(err, ERR_ABSENT, "there is no mail %" PRId64, id);
		return CLI_FAILED;
	}
	bytes = row_bytes(&row, "bytes", &len);
	if (fwrite(bytes, 1, len, stdout) != len) {
		(void)err_set(err, ERR_SYSTEM, "the output could not be written");
		return CLI_FAILED;
	}
	return CLI_DONE;
}

static int file(struct cli *cli, struct err *err)
{
	const char *reference;
	int64_t id;

	if (!cli_arg_int(cli, 0, "the number of a mail", &id, err) ||
	    !inbound_file(&cli->op, cli->arena, id, cli->args[1], &reference, err))
		return CLI_FAILED;
	cli_done(cli, "Mail %" PRId64 " is the response %s.", id, reference);
	return CLI_DONE;
}

static int letters(struct cli *cli, struct err *err)
{
	const char *state = cli_option(cli, "state");
	struct store_table t;
	int64_t most;
	bool ok;

	if (!domain_word_check("state of a letter", state, notification_states, err) ||
	    !cli_option_int(cli, "limit", 1, 1000000, 100, &most, err))
		return CLI_FAILED;
	ok = state ? store_all(cli->op.store, cli->arena, 0, &t, err, SQL_LETTER_LIST_IN,
			       "it", most, state)
		   : store_all(cli->op.store, cli->arena, 0, &t, err, SQL_LETTER_LIST,
			       "i", most);
	if (!ok)
		return CLI_FAILED;
	cli_print_table(cli, &t,
			cli_option(cli, "state") ? "None." : "No notifications yet.");
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
	if (!cli_arg_int(cli, 0, "the number of a letter", &id, err) ||
	    !notification_settle_doubt(&cli->op, id, again, err))
		return CLI_FAILED;
	cli_done(cli, "Notification %" PRId64 " %s.", id,
		 again ? "is sent once more, with the same Message-ID"
		       : "is left as it is: it may have arrived");
	return CLI_DONE;
}

static const struct cli_option list_options[] = {
	{"kind", "KIND",
	 "human, bounce, delay, delivered, complaint, autoreply, list, command"},
	{"taken-as", "WHAT",
	 "reply, join, confirm, leave, help, bounce, notice, unsorted ..."},
	{"limit", "N", "the newest N (100)"},
	{0}};
static const struct cli_option letter_options[] = {
	{"state", "STATE", "queued, sending, sent, doubt, deferred, refused or skipped"},
	{"limit", "N", "the newest N (100)"},
	{0}};
static const struct cli_option settle_options[] = {
	{"send-again", NULL, "send it once more with the same Message-ID"},
	{"leave", NULL, "leave it: it may have arrived"},
	{0}};

const struct cli_command cli_inbound_commands[] = {
	{"inbound list", "", 0, 0,
	 "Lists every mail that came in and what it was taken for", CLI_NEEDS_STORE, list,
	 list_options},
	{"inbound counts", "", 0, 0, "Counts what came in by what it was taken for",
	 CLI_NEEDS_STORE, counts, NULL},
	{"inbound show", "N", 1, 1, "Shows one mail that came in", CLI_NEEDS_STORE, show,
	 NULL},
	{"inbound raw", "N", 1, 1, "Writes one mail as it came", CLI_NEEDS_STORE, raw,
	 NULL},
	{"inbound file", "N CONSULTATION", 2, 2, "Takes an unsorted mail as a response",
	 CLI_NEEDS_STAFF, file, NULL},
	{"notification list", "", 0, 0,
	 "Lists confirmations, acknowledgements and other notifications sent",
	 CLI_NEEDS_STORE, letters, letter_options},
	{"notification settle", "N", 1, 1,
	 "Decides on a notification that may or may not have arrived", CLI_NEEDS_STAFF,
	 settle_letter, settle_options},
	{0}};
