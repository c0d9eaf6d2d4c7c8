#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/delivery/bounce.h"
#include "domain/intake/inbound_look.h"
#include "domain/sorting/unsorted.h"
#include "domain/personal/erasure_mail.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/numeral.h"

#include <inttypes.h>
#include <time.h>

enum { WAIT_S = 60, WAIT_MOST_S = DAY_S, WAIT_PAUSE_NS = 200000000 };

static int list(struct cli *cli, struct err *err)
{
	struct inbound_filter filter = {.kind = cli_option(cli, "kind"),
					.taken_as = cli_option(cli, "taken-as")};
	struct store_table t;

	if (!cli_option_int(
		    cli, "limit",
		    &(struct cli_range){.least = 1, .most = 100000000, .fallback = 100},
		    &filter.most, err) ||
	    !inbound_list(&cli->op, cli->arena, &filter, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nothing has come in.");
	if (cli->format == CLI_TEXT && (int64_t)t.count == filter.most)
		cli_done(cli, "These are the newest %" PRId64 "; more with --limit N.",
			 filter.most);
	return CLI_DONE;
}

/* For whoever goes on when all is read: a script, a test of one's own. */
static int wait_for_all(struct cli *cli, struct err *err)
{
	const struct timespec pause = {.tv_nsec = WAIT_PAUSE_NS};
	int64_t seconds, unread, until;

	if (!cli_option_int(cli, "seconds",
			    &(struct cli_range){
				    .least = 1, .most = WAIT_MOST_S, .fallback = WAIT_S},
			    &seconds, err))
		return CLI_FAILED;
	until = clock_mono_ms() + seconds * 1000;
	for (;;) {
		if (!inbound_unread(&cli->op, &unread, err))
			return CLI_FAILED;
		if (!unread) {
			cli_done(cli, "Every email that came in is read.");
			return CLI_DONE;
		}
		if (clock_mono_ms() >= until)
			break;
		(void)nanosleep(&pause, NULL);
	}
	(void)err_set(err, ERR_AGAIN,
		      "%" PRId64 " %s not read after %" PRId64
		      " seconds; is mercatd running?",
		      unread, plural(unread, "email is", "emails are"), seconds);
	return CLI_FAILED;
}

static int counts(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!inbound_counts(&cli->op, cli->arena, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nothing has come in.");
	return CLI_DONE;
}

static int show(struct cli *cli, struct err *err)
{
	struct json json;
	struct store_table attachments, bounces;
	struct store_row row;
	int64_t id;

	if (!cli_arg_int(cli, 0, "the number of a mail", &id, err) ||
	    !inbound_shown(&cli->op, cli->arena, id, &row, err) ||
	    !inbound_files(&cli->op, cli->arena, id, &attachments, err) ||
	    !bounces_of_mail(&cli->op, cli->arena, id, &bounces, err))
		return CLI_FAILED;
	if (cli->format == CLI_JSON) {
		json_begin_file(&json, stdout);
		json_put_object(&json, NULL);
		row_json(&json, "mail", &row);
		table_json(&json, "attachments", &attachments);
		table_json(&json, "bounces", &bounces);
		json_end(&json);
		json_done(&json);
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
	const void *bytes;
	size_t len;
	int64_t id;

	if (!cli_arg_int(cli, 0, "the number of a mail", &id, err) ||
	    !inbound_raw(&cli->op, cli->arena, id, &bytes, &len, err))
		return CLI_FAILED;
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

/* What erasures left for a person to decide. */
static int erasures(struct cli *cli, struct err *err)
{
	const struct unsorted_page page = {.most = 200, .view = UNSORTED_ERASING};
	struct store_table rows;

	if (!unsorted_list(&cli->op, cli->arena, &page, &rows, err))
		return CLI_FAILED;
	cli_print_table(cli, &rows, "no erasure waits for a decision");
	return CLI_DONE;
}

static int decide(struct cli *cli, enum erasure_decision decision, const char *done,
		  struct err *err)
{
	int64_t id;

	if (!cli_arg_int(cli, 0, "the number of a mail", &id, err) ||
	    !erasure_mail_decide(&cli->op, id, decision, err))
		return CLI_FAILED;
	cli_done(cli, "Mail %" PRId64 " %s.", id, done);
	return CLI_DONE;
}

static int keep(struct cli *cli, struct err *err)
{
	return decide(cli, ERASURE_KEEP, "is kept", err);
}

static int erase(struct cli *cli, struct err *err)
{
	if (!cli_option(cli, "sure")) {
		(void)err_set(err, ERR_INPUT,
			      "this cannot be taken back: read mercat inbound show %s "
			      "first, then say --sure",
			      cli->args[0]);
		return CLI_FAILED;
	}
	return decide(cli, ERASURE_ERASE, "has been erased", err);
}

static const struct cli_option erase_options[] = {
	{"sure", NULL, "it cannot be taken back; must be given"}, {0}};

static const struct cli_option list_options[] = {
	{"kind", "KIND",
	 "human, bounce, delay, delivered, complaint, autoreply, list, command"},
	{"taken-as", "WHAT",
	 "response, subscribe, confirm, unsubscribe, help, bounce, notice, unsorted ..."},
	{"limit", "N", "the newest N (100)"},
	{0}};

static const struct cli_option wait_options[] = {
	{"seconds", "N", "for so long at most (60)"}, {0}};

const struct cli_command cli_inbound_commands[] = {
	{"inbound list", "", 0, 0,
	 "Lists every mail that came in and what it was taken for", CLI_NEEDS_STORE, list,
	 list_options},
	{"inbound wait", "", 0, 0, "Waits until every mail that came in is read",
	 CLI_NEEDS_STORE, wait_for_all, wait_options},
	{"inbound counts", "", 0, 0, "Counts what came in by what it was taken for",
	 CLI_NEEDS_STORE, counts, NULL},
	{"inbound show", "N", 1, 1, "Shows one mail that came in", CLI_NEEDS_STORE, show,
	 NULL},
	{"inbound raw", "N", 1, 1, "Writes one mail as it came", CLI_NEEDS_STORE, raw,
	 NULL},
	{"inbound erasures", "", 0, 0,
	 "Lists mail that an erasure left for a person to decide", CLI_NEEDS_STAFF,
	 erasures, NULL},
	{"inbound keep", "N", 1, 1, "Keeps such a mail", CLI_NEEDS_STAFF, keep, NULL},
	{"inbound erase", "N", 1, 1, "Erases such a mail", CLI_NEEDS_STAFF, erase,
	 erase_options},
	{"inbound file", "N CONSULTATION", 2, 2, "Takes an unsorted mail as a response",
	 CLI_NEEDS_STAFF, file, NULL},
	{0}};
