#include "cli/cli.h"
#include "domain/core/language.h"
#include "domain/intake/undo_kinds.h"
#include "base/clock.h"
#include "base/str.h"

#include <popt.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

struct globals {
	const char *config, *as;
	enum cli_format format;
	bool help;
};

/* What is quoted in a sentence may come from a file or a mail. */
static int complain(const struct err *err)
{
	char said[sizeof(err->text) + sizeof(err->hint) + 2];

	(void)snprintf(said, sizeof(said), "%s%s%s", err->text, *err->hint ? "; " : "",
		       err->hint);
	for (char *c = said; *c; c++)
		if (((unsigned char)*c < 0x20 && *c != '\n') || *c == 0x7F)
			*c = '?';
	(void)fprintf(stderr, "mercat: %s\n", said);
	return err->kind == ERR_INPUT || err->kind == ERR_SETUP ? CLI_USAGE : CLI_FAILED;
}

static int usage_of(const struct cli_command *c, const char *what, const char *tail)
{
	(void)fprintf(stderr, "mercat: %s: %s%s", c->name, what, tail);
	(void)fprintf(stderr, "; usage: mercat %s%s%s%s\n", c->name,
		      c->options ? " [OPTIONS]" : "", *c->arguments ? " " : "",
		      c->arguments);
	return CLI_USAGE;
}

/* The longest name that fits the first words: "subscriber list" before "subscriber". */
static const struct cli_command *find(int argc, const char **argv, int *used)
{
	char two[80];

	for (int words = 2; words >= 1; words--) {
		if (argc < words)
			continue;
		(void)snprintf(two, sizeof(two), words == 2 ? "%s %s" : "%s", argv[0],
			       words == 2 ? argv[1] : "");
		for (size_t t = 0; cli_all_commands[t]; t++)
			for (const struct cli_command *c = cli_all_commands[t]; c->name;
			     c++)
				if (str_eq(c->name, two)) {
					*used = words;
					return c;
				}
	}
	return NULL;
}

static bool group_exists(const char *name)
{
	size_t len = strlen(name);

	for (size_t t = 0; cli_all_commands[t]; t++)
		for (const struct cli_command *c = cli_all_commands[t]; c->name; c++)
			if (str_starts(c->name, name) && c->name[len] == ' ')
				return true;
	return false;
}

static int read_globals(int argc, const char **argv, struct globals *g)
{
	int i = 1;

	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		const char *a = argv[i];
		const char **into = str_eq(a, "--config") || str_eq(a, "-c") ? &g->config
				    : str_eq(a, "--as")                      ? &g->as
									     : NULL;

		if (str_eq(a, "--json"))
			g->format = CLI_JSON;
		else if (str_eq(a, "--csv"))
			g->format = CLI_CSV;
		else if (str_eq(a, "--help") || str_eq(a, "-h"))
			g->help = true;
		else if (str_eq(a, "--version")) {
			(void)printf("mercat %s\n", PACKAGE_VERSION);
			exit(CLI_DONE);
		} else if (str_starts(a, "--config="))
			g->config = a + strlen("--config=");
		else if (str_starts(a, "--as="))
			g->as = a + strlen("--as=");
		else if (into && i + 1 < argc)
			*into = argv[++i];
		else if (into) {
			(void)fprintf(stderr, "mercat: %s needs a value\n", a);
			return -1;
		} else {
			(void)fprintf(
				stderr,
				"mercat: \"%s\" is not an option; see: mercat --help\n",
				a);
			return -1;
		}
	}
	return i;
}

/* Reads a command's own options and arguments with popt. */
static int read_options(struct cli *cli, struct globals *g, int argc, const char **argv)
{
	struct poptOption table[CLI_OPTIONS_MOST + 4] = {0};
	const struct cli_option *o = cli->command->options;
	char *text[CLI_OPTIONS_MOST] = {0};
	char *as = NULL;
	int on[CLI_OPTIONS_MOST] = {0}, json = 0, csv = 0, help = 0, rc;
	size_t n = 0;
	poptContext context;
	const char *arg;

	for (; o && o[n].name; n++) {
		ASSERT(n < CLI_OPTIONS_MOST);
		table[n] = (struct poptOption){
			o[n].name,
			0,
			o[n].value ? POPT_ARG_STRING : POPT_ARG_NONE,
			o[n].value ? (void *)&text[n] : (void *)&on[n],
			0,
			NULL,
			NULL};
	}
	table[n] = (struct poptOption){"json", 0, POPT_ARG_NONE, &json, 0, NULL, NULL};
	table[n + 1] = (struct poptOption){"csv", 0, POPT_ARG_NONE, &csv, 0, NULL, NULL};
	table[n + 2] =
		(struct poptOption){"help", 'h', POPT_ARG_NONE, &help, 0, NULL, NULL};
	if (n + 3 < ARRAY_LEN(table))
		table[n + 3] =
			(struct poptOption){"as", 0, POPT_ARG_STRING, &as, 0, NULL, NULL};
	ASSERT(n + 4 < ARRAY_LEN(table) || table[ARRAY_LEN(table) - 1].longName == NULL);
	context = poptGetContext(NULL, argc, argv, table, POPT_CONTEXT_KEEP_FIRST);
	rc = poptGetNextOpt(context);
	if (rc < -1) {
		char why[200];

		(void)snprintf(why, sizeof(why), "%s: %s", poptBadOption(context, 0),
			       poptStrerror(rc));
		(void)poptFreeContext(context);
		return usage_of(cli->command, why, "");
	}
	while ((arg = poptGetArg(context))) {
		cli->args = arena_grow(cli->arena, cli->args, cli->arg_count,
				       sizeof(*cli->args));
		cli->args[cli->arg_count++] = arena_strdup(cli->arena, arg);
	}
	(void)poptFreeContext(context);
	for (size_t i = 0; i < n; i++) {
		cli->option_text[i] = on[i] ? "yes" : arena_strdup(cli->arena, text[i]);
		free(text[i]);
	}
	if (as)
		g->as = arena_strdup(cli->arena, as);
	free(as);
	g->format = json ? CLI_JSON : csv ? CLI_CSV : g->format;
	g->help = g->help || help;
	return CLI_DONE;
}

static const char *whoami(struct arena *arena)
{
	const struct passwd *who = getpwuid(getuid());

	return arena_strdup(arena, who ? who->pw_name : "somebody");
}

static bool prepare(struct cli *cli, const struct globals *g, struct languages **all,
		    struct err *err)
{
	const char *config =
		str_or(g->config, str_or(getenv("MERCAT_CONF"),
					 MERCAT_SYSCONFDIR "/mercat/mercat.conf"));
	struct operation *a = &cli->op;

	if (cli->command->needs >= CLI_NEEDS_SETTINGS &&
	    !settings_load(config, &cli->settings, err))
		return false;
	a->settings = cli->settings;
	a->undo_kinds = undo_kinds;
	a->now = clock_now();
	a->who = whoami(cli->arena);
	if (cli->command->needs < CLI_NEEDS_STORE)
		return true;
	if (!store_open(settings_store_path(cli->settings), STORE_EXISTING, &a->store,
			err) ||
	    !domain_key_load(cli->settings, a->key, err) ||
	    !languages_load(
		    cli->settings, str_or(getenv("MERCAT_TEMPLATES"), MERCAT_TEMPLATES),
		    str_or(getenv("MERCAT_LOCALES"), MERCAT_LOCALES), a, all, err))
		return false;
	if (g->as || cli->command->needs >= CLI_NEEDS_STAFF)
		return account_become(a, cli->arena, str_or(g->as, a->who), err);
	/* Who adds the first of the staff is none of them: the audit names the account. */
	a->who = arena_printf(cli->arena, "account %s", a->who);
	return true;
}

static int run(struct cli *cli, const struct globals *g)
{
	AUTO(languages) templates = NULL;
	struct err err = {0};
	int code = CLI_DONE;

	if (!prepare(cli, g, &templates, &err) ||
	    cli->command->run(cli, &err) != CLI_DONE) {
		(void)fflush(stdout);
		code = complain(&err);
	}
	if (fflush(stdout) && code == CLI_DONE) {
		(void)fprintf(stderr, "mercat: the output could not be written\n");
		code = CLI_FAILED;
	}
	store_close(&cli->op.store);
	settings_free(&cli->settings);
	return code;
}

/* --man is for tools/man, which keeps the manual in step with the tables. */
static int help(const char *about)
{
	if (about && str_eq(about, "--man")) {
		AUTO(buf) out = buf_new(1 << 20);

		cli_print_man(out);
		(void)fputs(buf_text(out), stdout);
	} else {
		cli_help(about);
	}
	return fflush(stdout) ? CLI_FAILED : CLI_DONE;
}

/* By its first words; who mistyped it is told the one that is nearest. */
static void no_command(int argc, const char **argv, int words)
{
	const char *near = cli_nearest_command(argc, argv);

	(void)fprintf(stderr, "mercat: there is no command \"%s%s%s\"; ", argv[0],
		      words > 1 ? " " : "", words > 1 ? argv[1] : "");
	if (near)
		(void)fprintf(stderr, "did you mean: mercat %s\n", near);
	else
		(void)fputs("see: mercat --help\n", stderr);
}

int cli_main(int argc, const char **argv)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct globals g = {0};
	struct cli cli = {.arena = arena};
	int at, used = 0, code;

	(void)signal(SIGPIPE, SIG_IGN);
	secret_setup();
	at = read_globals(argc, argv, &g);
	if (at < 0)
		return CLI_USAGE;
	if (at == argc) {
		cli_help(NULL);
		return g.help ? CLI_DONE : CLI_USAGE;
	}
	if (str_eq(argv[at], "help"))
		return help(at + 1 < argc ? argv[at + 1] : NULL);
	cli.command = find(argc - at, argv + at, &used);
	if (!cli.command && group_exists(argv[at])) {
		bool wants_help =
			g.help || at + 1 == argc || str_eq(argv[at + 1], "--help");

		if (!wants_help)
			no_command(argc - at, argv + at, 2);
		cli_help(argv[at]);
		return wants_help && at + 1 < argc ? CLI_DONE : CLI_USAGE;
	}
	if (!cli.command) {
		no_command(argc - at, argv + at, 1);
		return CLI_USAGE;
	}
	code = read_options(&cli, &g, argc - at - used, argv + at + used);
	if (code != CLI_DONE)
		return code;
	if (g.help) {
		cli_help_command(cli.command);
		return CLI_DONE;
	}
	cli.format = g.format;
	if (cli.arg_count < cli.command->least)
		return usage_of(cli.command,
				*cli.command->arguments ? cli.command->arguments
							: "an argument",
				" is missing");
	if (cli.command->most && cli.arg_count > cli.command->most)
		return usage_of(cli.command, cli.args[cli.command->most],
				": one argument too many");
	if (!cli.command->least && !*cli.command->arguments && cli.arg_count)
		return usage_of(cli.command, cli.args[0], ": one argument too many");
	return run(&cli, &g);
}
