#include "base/str.h"
#include "daemon/master.h"
#include "daemon/role.h"

#include <limits.h>
#include <popt.h>
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
	char *config, *role, *mailbox;
	int once, secrets_fd, listen_fd, help, version;
};

static bool read_args(int argc, const char **argv, struct args *a)
{
	const struct poptOption table[] = {
		{"config", 'c', POPT_ARG_STRING, &a->config, 0, NULL, NULL},
		{"role", 0, POPT_ARG_STRING, &a->role, 0, NULL, NULL},
		{"mailbox", 0, POPT_ARG_STRING, &a->mailbox, 0, NULL, NULL},
		{"once", 0, POPT_ARG_NONE, &a->once, 0, NULL, NULL},
		{"listen-fd", 0, POPT_ARG_INT, &a->listen_fd, 0, NULL, NULL},
		{"secrets-fd", 0, POPT_ARG_INT, &a->secrets_fd, 0, NULL, NULL},
		{"help", 'h', POPT_ARG_NONE, &a->help, 0, NULL, NULL},
		{"version", 0, POPT_ARG_NONE, &a->version, 0, NULL, NULL},
		POPT_TABLEEND};
	poptContext context = poptGetContext(NULL, argc, argv, table, 0);
	int rc = poptGetNextOpt(context);
	const char *extra;
	bool ok = true;

	if (rc < -1) {
		(void)fprintf(stderr, "mercatd: %s: %s; see: mercatd --help\n",
			      poptBadOption(context, 0), poptStrerror(rc));
		ok = false;
	} else if ((extra = poptGetArg(context))) {
		(void)fprintf(stderr,
			      "mercatd: \"%s\" is not an option; see: mercatd --help\n",
			      extra);
		ok = false;
	}
	(void)poptFreeContext(context);
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

	if (!read_args(argc, (const char **)argv, &a)) {
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
	free(a.config);
	free(a.role);
	free(a.mailbox);
	return code;
}
