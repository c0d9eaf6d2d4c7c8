#include "cli/cli.h"
#include "cli/print.h"
#include "domain/core/audit.h"
#include "base/str.h"

#include <inttypes.h>

static int list(struct cli *cli, struct err *err)
{
	struct store_table t;
	int64_t most, id;

	if (!cli_option_int(cli, "limit", 1, 1000000, 50, &most, err) ||
	    !cli_option_int(cli, "id", 1, INT32_MAX, 0, &id, err) ||
	    !store_all(cli->op.store, cli->arena, 0, &t, err, SQL_AUDIT_LIST, "tzizi",
		       cli_option(cli, "subject"), id, most, (int64_t)0,
		       cli->op.staff_id))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nothing has been done yet.");
	return CLI_DONE;
}

static int verify(struct cli *cli, struct err *err)
{
	char head[SECRET_SHA256_HEX];
	int64_t rows;

	if (!audit_verify(&cli->op, &rows, head, err))
		return CLI_FAILED;
	cli_done(cli, "The audit is whole: %" PRId64 " rows, the last hash is %s.", rows,
		 str_or(head, "none"));
	return CLI_DONE;
}

static const struct cli_option list_options[] = {
	{"subject", "WHAT",
	 "only of list, subscription, bulletin, consultation, response ..."},
	{"id", "N", "only of this one"},
	{"limit", "N", "the newest N rows (50)"},
	{0}};

const struct cli_command cli_audit_commands[] = {
	{"audit list", "", 0, 0, "Shows who did what, the newest first", CLI_NEEDS_STORE,
	 list, list_options},
	{"audit verify", "", 0, 0,
	 "Proves that no row of the audit was changed or taken away", CLI_NEEDS_STORE,
	 verify, NULL},
	{0}};
