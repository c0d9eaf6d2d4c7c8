#include "cli/frame/cli.h"
#include "cli/frame/rows.h"
#include "domain/responses/reference.h"
#include "domain/safeguarding/flag.h"
#include "base/str.h"

#include <inttypes.h>

enum { MOST = 1000 };

static const char *state_of(const struct flag *f)
{
	return f->is_overdue ? "overdue" : f->state;
}

static int list(struct cli *cli, struct err *err)
{
	static const char *const names[] = {
		"flag",      "state",  "reference", "inbound", "raised_at",
		"raised_by", "due_at", "seen_at",   "seen_by", "outcome"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	bool ended = cli_option(cli, "ended") != NULL;
	struct flags flags;

	if (!flag_list(&cli->op, cli->arena, ended ? FLAGS_ENDED : FLAGS_OPEN, MOST,
		       &flags, err))
		return CLI_FAILED;
	for (size_t i = 0; i < flags.count; i++) {
		const struct flag *f = &flags.items[i];

		cli_rows_add(&rows, "ittiitiztt", f->id, state_of(f), f->reference,
			     f->inbound_id, f->raised_at, f->raised_by, f->due_at,
			     f->seen_at, f->seen_by, f->outcome);
	}
	cli_rows_print(&rows,
		       ended ? "No flag has been dealt with." : "No flag is open.");
	return CLI_DONE;
}

static bool found(struct cli *cli, struct flag *out, struct err *err)
{
	int64_t id;

	return cli_arg_int(cli, 0, "the number of a flag", &id, err) &&
	       flag_find(&cli->op, cli->arena, id, out, err);
}

static int show(struct cli *cli, struct err *err)
{
	struct store_table steps;
	struct flag f;

	if (!found(cli, &f, err) || !flag_steps(&cli->op, cli->arena, &f, &steps, err))
		return CLI_FAILED;
	cli_print_table(cli, &steps, "Nothing was done about it yet.");
	return CLI_DONE;
}

/* "cruelty-0147", or the number of a mail that came in. */
static bool mail_of(struct cli *cli, int64_t *out, struct err *err)
{
	struct response response;
	const char *what = cli->args[0];

	if (what[strspn(what, "0123456789")] == '\0')
		return cli_arg_int(cli, 0, "a response or the number of an email", out,
				   err);
	if (!response_find(&cli->op, cli->arena, what, &response, err))
		return false;
	*out = response.inbound_id;
	return true;
}

static const char *text_of(const struct cli *cli)
{
	return str_or(cli_option(cli, "text"), "");
}

static int raise_one(struct cli *cli, struct err *err)
{
	int64_t mail;
	struct flag f;

	if (!mail_of(cli, &mail, err) ||
	    !flag_raise(&cli->op, cli->arena, mail, text_of(cli), &f, err))
		return CLI_FAILED;
	cli_done(cli, "Flag %" PRId64 " is raised; the safeguarding lead is told.", f.id);
	return CLI_DONE;
}

static int dismiss(struct cli *cli, struct err *err)
{
	int64_t mail;

	if (!mail_of(cli, &mail, err) || !flag_dismiss(&cli->op, cli->arena, mail, err))
		return CLI_FAILED;
	cli_done(cli, "Noted that nobody is at risk by %s.", cli->args[0]);
	return CLI_DONE;
}

static int see(struct cli *cli, struct err *err)
{
	struct flag f;

	if (!found(cli, &f, err) || !flag_see(&cli->op, cli->arena, f.id, err))
		return CLI_FAILED;
	cli_done(cli, "Noted that you have seen flag %" PRId64 ".", f.id);
	return CLI_DONE;
}

static int note(struct cli *cli, struct err *err)
{
	struct flag f;

	if (!found(cli, &f, err) ||
	    !flag_note(&cli->op, cli->arena, f.id, cli->args[1], err))
		return CLI_FAILED;
	cli_done(cli, "The note on flag %" PRId64 " is kept.", f.id);
	return CLI_DONE;
}

static int close_one(struct cli *cli, struct err *err)
{
	struct flag f;

	if (!found(cli, &f, err) ||
	    !flag_close(&cli->op, cli->arena, f.id, cli->args[1], text_of(cli), err))
		return CLI_FAILED;
	cli_done(cli, "Flag %" PRId64 " is closed: %s.", f.id,
		 flag_outcome_says(cli->args[1]));
	return CLI_DONE;
}

static int reopen(struct cli *cli, struct err *err)
{
	struct flag f;

	if (!found(cli, &f, err) ||
	    !flag_reopen(&cli->op, cli->arena, f.id, text_of(cli), err))
		return CLI_FAILED;
	cli_done(cli, "Flag %" PRId64 " is open again.", f.id);
	return CLI_DONE;
}

static const struct cli_option list_options[] = {
	{"ended", NULL, "those that were closed or dismissed instead"}, {0}};
static const struct cli_option text_options[] = {
	{"text", "TEXT", "what is known, for those who deal with flags"}, {0}};

const struct cli_command cli_flag_commands[] = {
	{"flag list", "", 0, 0,
	 "Lists flags that somebody may be at risk, the oldest first", CLI_NEEDS_STORE,
	 list, list_options},
	{"flag show", "N", 1, 1, "Shows what was done about a flag, by whom and when",
	 CLI_NEEDS_STORE, show, NULL},
	{"flag raise", "REF-OR-MAIL", 1, 1,
	 "Flags a response, or an email by its number: somebody may be at risk",
	 CLI_NEEDS_STAFF, raise_one, text_options},
	{"flag dismiss", "REF-OR-MAIL", 1, 1,
	 "Says of a flag that the program proposed that nobody is at risk",
	 CLI_NEEDS_STAFF, dismiss, NULL},
	{"flag see", "N", 1, 1, "Says that you have seen a flag", CLI_NEEDS_STAFF, see,
	 NULL},
	{"flag note", "N TEXT", 2, 2, "Writes down what was done about a flag",
	 CLI_NEEDS_STAFF, note, NULL},
	{"flag close", "N OUTCOME", 2, 2,
	 "Closes a flag: \"passed on\", known, supported, \"no risk\" or mistake",
	 CLI_NEEDS_STAFF, close_one, text_options},
	{"flag reopen", "N", 1, 1, "Opens a flag again", CLI_NEEDS_STAFF, reopen,
	 text_options},
	{0}};
