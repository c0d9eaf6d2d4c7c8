#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/core/audit.h"
#include "domain/core/audit_head.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

static bool subject_is_known(const char *name, struct err *err)
{
	AUTO(buf) known = buf_new(1024);

	if (!name || audit_subject_is(name))
		return true;
	for (const char *const *one = audit_subjects(); *one; one++)
		buf_printf(known, "%s%s", known->len ? ", " : "", *one);
	return err_set(err, ERR_INPUT,
		       "--subject: the audit knows no \"%s\"; it knows: %s", name,
		       buf_text(known));
}

/* For the eye its beginning is enough; programs get all of it. */
static void shorten_hashes(struct cli *cli, struct store_table *t)
{
	for (size_t c = 0; c < t->columns; c++)
		for (size_t i = 0; str_eq(t->names[c], "hash") && i < t->count; i++)
			t->rows[i][c] = cell_of_text(arena_printf(
				cli->arena, "%.8s…", str_or(t->rows[i][c].text, "")));
}

static int list(struct cli *cli, struct err *err)
{
	struct audit_filter filter = {.subject = cli_option(cli, "subject")};
	const char *from = cli_option(cli, "from"), *to = cli_option(cli, "to");
	const char *zone = cli->settings->zone;
	struct store_table t;

	if ((from && (!cli_day(cli, from, CLI_GONE_BY, &from, err) ||
		      !clock_day_start(from, zone, &filter.from_at, err))) ||
	    (to && (!cli_day(cli, to, CLI_GONE_BY, &to, err) ||
		    !clock_day_end(to, zone, &filter.to_at, err))))
		return CLI_FAILED;
	if (!subject_is_known(filter.subject, err) ||
	    !cli_option_int(
		    cli, "limit",
		    &(struct cli_range){.least = 1, .most = 1000000, .fallback = 50},
		    &filter.most, err) ||
	    !cli_option_int(cli, "id", &(struct cli_range){.least = 1, .most = INT32_MAX},
			    &filter.subject_id, err) ||
	    !audit_list(&cli->op, cli->arena, &filter, &t, err))
		return CLI_FAILED;
	if (cli->format == CLI_TEXT)
		shorten_hashes(cli, &t);
	cli_print_table(cli, &t, "Nothing has been done yet.");
	return CLI_DONE;
}

/* What was kept outside the store: the file of the settings, and a head that is given. */
static bool compare_heads(struct cli *cli, int64_t rows, struct buf *said,
			  struct err *err)
{
	const char *file = cli->op.settings->audit_head_file;
	const char *given = cli_option(cli, "head");
	struct audit_heads heads = {0};
	struct audit_head head = {0};
	char when[CLOCK_TEXT];

	if (given && (!audit_head_read(given, &head, err) ||
		      !audit_head_stands(&cli->op, &head, "the head that you gave", err)))
		return false;
	if (*file && !audit_heads_stand(&cli->op, file, &heads, err))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_SETUP,
					 "%s is not there: mercatd adds the head of the audit "
					 "to it within an hour; look whether it runs, and "
					 "whether somebody took the file away",
					 file)
			       : false;
	if (*file && !heads.count)
		return err_set(
			err, ERR_SETUP,
			"%s holds no head of the audit: it was emptied, or is not the "
			"file that mercatd writes to",
			file);
	if (given)
		buf_printf(said,
			   " The head that you gave stands: rows 1 to %" PRId64
			   " are those of when it was kept.",
			   head.rows);
	if (heads.count) {
		clock_local(heads.last_at, cli->op.settings->zone, when);
		buf_printf(said,
			   " %s: each of its %" PRId64
			   " heads stands; the last is of row %" PRId64
			   ", kept on %s. Rows after it: %" PRId64 ".",
			   file, heads.count, heads.last.rows, when,
			   rows - heads.last.rows);
	}
	if (!given && !heads.count)
		buf_str(said,
			" It was compared with nothing outside the store: rows that "
			"were cut off at the end would not show.");
	return true;
}

static int verify(struct cli *cli, struct err *err)
{
	AUTO(buf) said = buf_new(4096);
	char hash[SECRET_SHA256_HEX];
	int64_t rows;

	if (!audit_verify(&cli->op, &rows, hash, err))
		return CLI_FAILED;
	buf_printf(said, "The audit is whole: %" PRId64 " rows, the last hash is %s.",
		   rows, str_or(hash, "none"));
	if (!compare_heads(cli, rows, said, err))
		return CLI_FAILED;
	cli_done(cli, "%s", buf_text(said));
	return CLI_DONE;
}

static const struct cli_option verify_options[] = {
	{"head", "HEAD",
	 "compare with a head that was kept: from the log of mercatd, or from the mail that "
	 "says that a bulletin was sent; a number, a colon and 64 hex digits"},
	{0}};

static const struct cli_option list_options[] = {
	{"subject", "WHAT",
	 "only of response, inbound, notification, campaign, consultation, bulletin, list, "
	 "subscription, person, suppression, staff ..."},
	{"id", "N", "only of this one"},
	{"from", "DAY", "from that day on"},
	{"to", "DAY", "up to that day, and on it"},
	{"limit", "N", "the newest N rows (50)"},
	{0}};

const struct cli_command cli_audit_commands[] = {
	{"audit list", "", 0, 0, "Shows who did what, the newest first", CLI_NEEDS_STORE,
	 list, list_options},
	{"audit verify", "", 0, 0,
	 "Proves that no row of the audit was changed, and compares with the heads kept outside",
	 CLI_NEEDS_STORE, verify, verify_options},
	{0}};
