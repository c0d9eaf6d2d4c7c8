#include "base/str.h"
#include "daemon/master.h"
#include "daemon/role.h"

#include <limits.h>
#include <getopt.h>
#include <unistd.h>

static const char usage[] =
	"mercatd - the daemon of mercat: collects, reads, schedules and delivers mail\n"
	"\n"
	"usage: mercatd [--config FILE]\n"
	"       mercatd [--config FILE] --role=ROLE [--mailbox=NAME] [--once]\n"
	"\n"
	"  --config FILE   settings (else $MERCAT_CONF, else " MERCAT_SYSCONFDIR
	"/mercat/mercat.conf)\n"
	"  --role=ROLE     run one role in the foreground: collect, classify,\n"
	"                  extract, clock, deliver or web\n"
	"  --mailbox=NAME  which mailbox, for collect\n"
	"  --once          end when there is nothing more to do\n"
	"  --version, --help\n";

struct args {
	const char *config, *role, *mailbox;
	int once, secrets_fd, listen_fd, help, version;
};

enum { FROM_CONFIG = 'c', FROM_ROLE = 256, FROM_MAILBOX, FROM_SECRETS, FROM_LISTEN };

static bool read_fd(const char *text, int *out)
{
	struct err err = {0};
	int64_t n;

	if (!str_to_int(text, 0, INT_MAX, &n, &err))
		return false;
	*out = (int)n;
	return true;
}

static bool read_args(int argc, char **argv, struct args *a)
{
	const struct option table[] = {
		{"config", required_argument, NULL, FROM_CONFIG},
		{"role", required_argument, NULL, FROM_ROLE},
		{"mailbox", required_argument, NULL, FROM_MAILBOX},
		{"once", no_argument, &a->once, 1},
		{"listen-fd", required_argument, NULL, FROM_LISTEN},
		{"secrets-fd", required_argument, NULL, FROM_SECRETS},
		{"help", no_argument, &a->help, 1},
		{"version", no_argument, &a->version, 1},
		{NULL, 0, NULL, 0}};
	bool ok = true;
	int option, at = -1;

	opterr = 0;
	while (ok && (option = getopt_long(argc, argv, ":c:h", table, &at)) != -1) {
		const char *word = argv[optind - 1];

		if (option != ':' && option != '?' && at >= 0 &&
		    !str_is_option(optarg == word ? argv[optind - 2] : word,
				   table[at].name))
			option = '?';
		at = -1;
		if (option == FROM_CONFIG)
			a->config = optarg;
		else if (option == FROM_ROLE)
			a->role = optarg;
		else if (option == FROM_MAILBOX)
			a->mailbox = optarg;
		else if (option == FROM_LISTEN || option == FROM_SECRETS)
			ok = read_fd(optarg, option == FROM_LISTEN ? &a->listen_fd
								   : &a->secrets_fd);
		else if (option == 'h')
			a->help = 1;
		else
			ok = option == 0;
		if (!ok)
			(void)fprintf(stderr, "mercatd: \"%s\" %s; see: mercatd --help\n",
				      argv[optind - 1],
				      option == ':'   ? "needs a value"
				      : option == '?' ? "is not an option"
						      : "is no descriptor");
	}
	if (ok && optind < argc) {
		(void)fprintf(stderr,
			      "mercatd: \"%s\" is not an option; see: mercatd --help\n",
			      argv[optind]);
		return false;
	}
	return ok;
}

static int run(const struct args *a)
{
	const char *config =
		str_or(a->config, str_or(getenv("MERCAT_CONF"),
					 MERCAT_SYSCONFDIR "/mercat/mercat.conf"));
	struct role_start start = {config,  a->role,       a->mailbox,
				   a->once, a->secrets_fd, a->listen_fd};
	char program[PATH_MAX], whole[PATH_MAX];
	ssize_t len;

	if (a->role && !role_named(a->role)) {
		(void)fprintf(stderr,
			      "mercatd: there is no role \"%s\"; there are:", a->role);
		for (const struct role *r = roles; r->name; r++)
			(void)fprintf(stderr, " %s", r->name);
		(void)fputc('\n', stderr);
		return 2;
	}
	if (a->role)
		return role_main(&start);
	if (a->once || a->mailbox) {
		(void)fputs("mercatd: --once and --mailbox go with --role\n", stderr);
		return 2;
	}
	len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	if (len < 0) {
		(void)fputs("mercatd: /proc is not there; roles cannot be started\n",
			    stderr);
		return 1;
	}
	program[len] = '\0';
	/* Roles are started with the whole path, wherever they stand. */
	return master_main(program, realpath(config, whole) ? whole : config);
}

int main(int argc, char **argv)
{
	struct args a = {.secrets_fd = -1, .listen_fd = -1};
	int code;

	if (!read_args(argc, argv, &a)) {
		code = 2;
	} else if (a.help) {
		(void)fputs(usage, stdout);
		code = 0;
	} else if (a.version) {
		(void)printf("mercatd %s\n", PACKAGE_VERSION);
		code = 0;
	} else {
		code = run(&a);
	}
	return code;
}
