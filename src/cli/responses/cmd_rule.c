#include "domain/intake/rule.h"
#include "base/numeral.h"
#include "base/str.h"
#include "cli/frame/cli.h"
#include "cli/frame/print.h"

#include <inttypes.h>

/* The references that a rule would match, a line each. */
static int say_tried(struct cli *cli, const struct rule *rule, struct err *err)
{
	struct store_table t;

	if (!rule_tried(&cli->op, cli->arena, rule, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "It would match no response that is there.");
	return CLI_DONE;
}

static int add(struct cli *cli, struct err *err)
{
	struct rule rule = {
		.name = cli->args[0],
		.consultation = cli_option(cli, "consultation"),
		.field = str_or(cli_option(cli, "when"), ""),
		.has = str_or(cli_option(cli, "has"), ""),
		.act = str_or(cli_option(cli, "do"), ""),
		.value = str_or(cli_option(cli, "with"), ""),
	};

	if (cli_option(cli, "dry-run"))
		return say_tried(cli, &rule, err);
	if (!rule_add(&cli->op, &rule, err))
		return CLI_FAILED;
	cli_done(
		cli,
		"The rule %s looks at every response from now on; to apply it to what is "
		"there: mercat rule run %s",
		rule.name, rule.name);
	return CLI_DONE;
}

static int try_it(struct cli *cli, struct err *err)
{
	struct rule rule;

	return rule_named(&cli->op, cli->arena, cli->args[0], &rule, err)
		       ? say_tried(cli, &rule, err)
		       : CLI_FAILED;
}

static int run(struct cli *cli, struct err *err)
{
	int64_t count;

	if (!rule_run(&cli->op, cli->args[0], &count, err))
		return CLI_FAILED;
	cli_done(cli, "The rule %s was applied to %" PRId64 " %s.", cli->args[0], count,
		 plural(count, "response", "responses"));
	return CLI_DONE;
}

static int remove_it(struct cli *cli, struct err *err)
{
	if (!rule_remove(&cli->op, cli->args[0], err))
		return CLI_FAILED;
	cli_done(cli, "The rule %s looks at nothing more; what it did stays.",
		 cli->args[0]);
	return CLI_DONE;
}

static int all(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!rule_list(&cli->op, cli->arena, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "No rules yet; add one: mercat rule add NAME");
	return CLI_DONE;
}

static const struct cli_option add_options[] = {
	{"consultation", "NAME", "only for this one (all)"},
	{"when", "FIELD", "what it looks at: sender, subject, text or header:NAME"},
	{"has", "TEXT", "the words, or for sender and header the letters, to look for"},
	{"do", "ACT", "tag, assign, mark or suggest"},
	{"with", "VALUE", "the tag, the person of the staff, the mark or the code"},
	{"dry-run", NULL, "show what it would match, and add nothing"},
	{0}};

const struct cli_command cli_rule_commands[] = {
	{"rule add", "NAME", 1, 1, "Adds a rule for responses that come in",
	 CLI_NEEDS_STAFF, add, add_options},
	{"rule list", "", 0, 0, "Lists the rules", CLI_NEEDS_STORE, all, NULL},
	{"rule try", "NAME", 1, 1, "Shows which responses it matches; changes nothing",
	 CLI_NEEDS_STORE, try_it, NULL},
	{"rule run", "NAME", 1, 1, "Applies it to the responses that are there",
	 CLI_NEEDS_STAFF, run, NULL},
	{"rule remove", "NAME", 1, 1, "Ends a rule; what it did stays", CLI_NEEDS_STAFF,
	 remove_it, NULL},
	{0}};
