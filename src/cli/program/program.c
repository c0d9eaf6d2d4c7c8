#include "cli/program/program.h"
#include "domain/core/language.h"
#include "domain/sorting/undo_kinds.h"
#include "base/clock.h"
#include "base/str.h"

#include <getopt.h>
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

/* What getopt gives out for a command's options, and behind them for those of every command:
 * no letter. */
enum {
	OPTION_OWN = 256,
	OPTION_JSON = OPTION_OWN + CLI_OPTIONS_MOST,
	OPTION_CSV,
	OPTION_HELP,
	OPTION_AS,
	OPTION_MOST = CLI_OPTIONS_MOST + 5
};

static void name_options(const struct cli_command *c, struct option out[OPTION_MOST])
{
	static const struct option every[] = {{"json", no_argument, NULL, OPTION_JSON},
					      {"csv", no_argument, NULL, OPTION_CSV},
					      {"help", no_argument, NULL, OPTION_HELP},
					      {"as", required_argument, NULL, OPTION_AS},
					      {NULL, 0, NULL, 0}};
	const struct cli_option *o = c->options;
	int n = 0;

	for (; o && o[n].name; n++) {
		ASSERT(n < CLI_OPTIONS_MOST);
		out[n] = (struct option){o[n].name,
					 o[n].value ? required_argument : no_argument,
					 NULL, OPTION_OWN + n};
	}
	/* A command's own option of such a name comes first. */
	memcpy(out + n, every, sizeof(every));
}

/* Where the option that was just read begins, among the words that getopt moved about. */
static const char *word_read(const char **argv, const char *value)
{
	const char *last = argv[optind - 1];

	return value && value == last ? argv[optind - 2] : last;
}

/* Those before the command's name; where that stands, or -1. */
static int read_globals(int argc, const char **argv, struct globals *g)
{
	static const struct option table[] = {{"config", required_argument, NULL, 'c'},
					      {"as", required_argument, NULL, OPTION_AS},
					      {"json", no_argument, NULL, OPTION_JSON},
					      {"csv", no_argument, NULL, OPTION_CSV},
					      {"help", no_argument, NULL, OPTION_HELP},
					      {"version", no_argument, NULL, 'v'},
					      {NULL, 0, NULL, 0}};
	int option, at = -1;

	opterr = 0;
	optind = 0;
	while ((option = getopt_long(argc, (char *const *)(uintptr_t)argv, "+:c:h", table,
				     &at)) != -1) {
		const char *word = word_read(argv, optarg), *wrong = NULL;
		const char **into = option == 'c'         ? &g->config
				    : option == OPTION_AS ? &g->as
							  : NULL;

		if (option == ':')
			wrong = "needs a value";
		else if (option == '?' ||
			 (at >= 0 && !str_is_option(word, table[at].name)))
			wrong = "is not an option";
		else if (into && *into)
			wrong = "is given twice";
		if (wrong) {
			(void)fprintf(stderr, "mercat: \"%s\" %s; see: mercat --help\n",
				      word, wrong);
			return -1;
		}
		if (into)
			*into = optarg;
		else if (option == 'v') {
			(void)printf("mercat %s\n", PACKAGE_VERSION);
			exit(CLI_DONE);
		} else if (option == OPTION_JSON || option == OPTION_CSV)
			g->format = option == OPTION_JSON ? CLI_JSON : CLI_CSV;
		else
			g->help = true;
		at = -1;
	}
	return optind;
}

static bool take(struct cli *cli, struct globals *g, int option, const char *value)
{
	const char **into = option < OPTION_JSON  ? &cli->option_text[option - OPTION_OWN]
			    : option == OPTION_AS ? &g->as
						  : NULL;

	if (option == OPTION_JSON || option == OPTION_CSV)
		g->format = option == OPTION_JSON ? CLI_JSON : CLI_CSV;
	g->help = g->help || option == OPTION_HELP;
	if (!into)
		return true;
	if (value && *into)
		return false;
	*into = value ? arena_strdup(cli->arena, value) : "yes";
	return true;
}

static void no_option(const struct cli_command *c, const char *word, char *why,
		      size_t room)
{
	const char *near = str_starts(word, "--") ? cli_nearest_option(c, word) : NULL;

	(void)snprintf(why, room, "there is no option %.80s%s%s%s", word,
		       near ? "; did you mean --" : "", str_or(near, ""),
		       near ? "?" : "");
}

/* Reads a command's own options and arguments; argv[0] is the last word of its name. */
static int read_options(struct cli *cli, struct globals *g, int argc, const char **argv)
{
	struct option table[OPTION_MOST];
	int option, at = 0;
	char why[200];

	name_options(cli->command, table);
	opterr = 0;
	optind = 0;
	while ((option = getopt_long(argc, (char *const *)(uintptr_t)argv, ":h", table,
				     &at)) != -1) {
		const char *word = word_read(argv, optarg);

		if (option == 'h') {
			g->help = true;
			continue;
		}
		if (option == ':')
			(void)snprintf(why, sizeof(why), "%s needs a value", word);
		else if (option == '?' && optopt >= OPTION_OWN)
			(void)snprintf(why, sizeof(why), "%s takes no value", word);
		else if (option == '?' || !str_is_option(word, table[at].name))
			no_option(cli->command, word, why, sizeof(why));
		else if (!take(cli, g, option, optarg))
			(void)snprintf(why, sizeof(why), "--%s is given twice",
				       table[at].name);
		else
			continue;
		return usage_of(cli->command, why, "");
	}
	for (; optind < argc; optind++) {
		cli->args = arena_grow(cli->arena, cli->args, cli->arg_count,
				       sizeof(*cli->args));
		cli->args[cli->arg_count++] = argv[optind];
	}
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

	cli->config = config;
	if (g->format == CLI_CSV && cli_has_no_csv(cli->command))
		return err_set(err, ERR_INPUT,
			       "%s has no answer as CSV" HINT "ask for --json",
			       cli->command->name);
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
	if ((fflush(stdout) || ferror(stdout)) && code == CLI_DONE) {
		(void)fprintf(stderr, "mercat: the output could not be written\n");
		code = CLI_FAILED;
	}
	store_close(&cli->op.store);
	settings_free(&cli->settings);
	return code;
}

/* --man is for tools/man, which keeps the manual in step with the tables, and --completion for
 * the build. */
static int help(int argc, const char **argv)
{
	const char *about = argc > 0 ? argv[0] : NULL;
	AUTO(buf) out = buf_new(1 << 20);
	struct err err = {0};

	if (about && str_eq(about, "--completion")) {
		if (!cli_print_completion(argc > 1 ? argv[1] : "", out, &err))
			return complain(&err);
		(void)fputs(buf_text(out), stdout);
	} else if (about && str_eq(about, "--man")) {
		cli_print_man(out);
		(void)fputs(buf_text(out), stdout);
	} else {
		cli_help(about);
	}
	return fflush(stdout) ? CLI_FAILED : CLI_DONE;
}

/* By its first words; who mistyped it is told the one that is nearest, or all that begin so. */
static void no_command(int argc, const char **argv, int words)
{
	const char *near = cli_nearest_command(argc, argv);

	(void)fprintf(stderr, "mercat: there is no command \"%s%s%s\"; ", argv[0],
		      words > 1 ? " " : "", words > 1 ? argv[1] : "");
	if (near)
		(void)fprintf(stderr, "did you mean: mercat %s\n", near);
	else if (words > 1)
		(void)fprintf(stderr, "these begin with \"%s\":\n", argv[0]);
	else
		(void)fputs("see: mercat --help\n", stderr);
	if (!near && words > 1)
		cli_help(argv[0]);
}

int cli_main(int argc, const char **argv)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct globals g = {0}, own = {0}; /* before the command's name and behind it */
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
		return help(argc - at - 1, argv + at + 1);
	cli.command = find(argc - at, argv + at, &used);
	if (!cli.command && group_exists(argv[at])) {
		bool wants_help =
			g.help || at + 1 == argc || str_eq(argv[at + 1], "--help");

		if (wants_help)
			cli_help(argv[at]);
		else
			no_command(argc - at, argv + at, 2);
		return wants_help && at + 1 < argc ? CLI_DONE : CLI_USAGE;
	}
	if (!cli.command) {
		no_command(argc - at, argv + at, 1);
		return CLI_USAGE;
	}
	code = read_options(&cli, &own, argc - at - used + 1, argv + at + used - 1);
	if (code != CLI_DONE)
		return code;
	g.as = str_or(own.as, g.as);
	g.format = own.format ? own.format : g.format;
	g.help = g.help || own.help;
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
