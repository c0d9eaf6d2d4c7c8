/*
 * bench_smtp - how fast mails go over the wire, beside those who do nothing else.
 *
 *	bench_smtp [rounds [mails]]
 *	bench_smtp curl PORT MAILS CONNECTIONS BYTES	(that contestant alone, once)
 *
 * The contestants take turns, round by round, so that a busy machine is busy for all;
 * what is printed are medians over the rounds, and ratios to smtp-source or libcurl.
 */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "base/codec/secret.h"
#include "base/str.h"
#include "smtp/smtp.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS_MAX = 99, CONTESTANTS = 3 };

static const struct contestant {
	const char *name;
	void (*run)(const struct bench_job *job);
	bool only_fast; /* not asked where the sink is slow */
} contestants[CONTESTANTS] = {
	{"smtp-source -d", bench_run_source, true},
	{"libcurl SMTP, a thread each", bench_run_curl, false},
	{"mercat src/smtp", bench_run_pool, false},
};

static const struct scene {
	const char *title;
	int delay_ms;                /* 0: smtp-sink */
	int connections, mails_part; /* of the mails asked for: 1/part */
	int stalled;                 /* connections; only the pool can stand that */
} scenes[] = {
	{"smtp-sink on loopback, 20 connections", 0, 20, 1, 0},
	{"replies 2 ms late, 50 connections", 2, 50, 2, 0},
	{"the same, and 2 connections never answered again", 2, 50, 2, 2},
	{"replies 20 ms late, 50 connections", 20, 50, 4, 0},
};

struct result {
	double per_s[ROUNDS_MAX], cpu_us[ROUNDS_MAX], peak_mb[ROUNDS_MAX];
};

void bench_fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vfprintf(stderr, format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	exit(1);
}

char *bench_mail(int bytes, size_t *out_len)
{
	static const char head[] =
		"From: Policy team <team@bench.example>\r\n"
		"To: subscriber@bench.example\r\nSubject: Update 7\r\n"
		"Message-ID: <0@bench.example>\r\nMIME-Version: 1.0\r\n"
		"Content-Type: text/plain\r\n\r\n";
	char *mail = calloc(1, (size_t)bytes + sizeof(head) + 80);
	size_t len = sizeof(head) - 1;

	if (!mail)
		bench_fail("no memory");
	memcpy(mail, head, len);
	while (len < (size_t)bytes) {
		memset(mail + len, 'a' + (int)(len % 26), 70);
		memcpy(mail + len + 70, "\r\n", 2);
		len += 72;
	}
	*out_len = len;
	return mail;
}

void bench_run_source(const struct bench_job *job)
{
	char s[16], m[16], l[16], to[64];

	(void)snprintf(s, sizeof(s), "%d", job->connections);
	(void)snprintf(m, sizeof(m), "%d", job->mails);
	(void)snprintf(l, sizeof(l), "%d", job->mail_bytes);
	(void)snprintf(to, sizeof(to), "inet:127.0.0.1:%d", job->port);
	(void)execl("/usr/sbin/smtp-source", "smtp-source", "-d", "-s", s, "-m", m, "-l",
		    l, "-f", "bounce@bench.example", "-t", "subscriber@bench.example", to,
		    (char *)NULL);
	bench_fail("smtp-source cannot be run: install postfix");
}

static int free_port(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) ||
	    getsockname(fd, (struct sockaddr *)&at, &len))
		bench_fail("no free port");
	(void)close(fd);
	return ntohs(at.sin_port);
}

static bool answers(int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				 .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	bool ok = fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0;

	if (fd >= 0)
		(void)close(fd);
	return ok;
}

static pid_t start_sink(const char *delay_sink, const struct scene *scene, int port)
{
	pid_t pid = fork();
	char where[64], number[16], delay[16], stalled[16];

	if (pid < 0)
		bench_fail("fork failed");
	if (pid) {
		for (int i = 0; i < 200 && !answers(port); i++)
			(void)usleep(20000);
		return pid;
	}
	(void)snprintf(where, sizeof(where), "inet:127.0.0.1:%d", port);
	(void)snprintf(number, sizeof(number), "%d", port);
	(void)snprintf(delay, sizeof(delay), "%d", scene->delay_ms);
	(void)snprintf(stalled, sizeof(stalled), "%d", scene->stalled);
	if (scene->delay_ms)
		(void)execl(delay_sink, "delay_sink", number, delay, stalled,
			    (char *)NULL);
	else if (geteuid() == 0)
		(void)execl("/usr/sbin/smtp-sink", "smtp-sink", "-u", "nobody", where,
			    "1000", (char *)NULL);
	else
		(void)execl("/usr/sbin/smtp-sink", "smtp-sink", where, "1000",
			    (char *)NULL);
	bench_fail("the sink cannot be run: install postfix");
}

static void run_once(const struct contestant *who, const struct bench_job *job,
		     struct result *result, int round)
{
	struct rusage used;
	int64_t from_ms;
	double s, cpu_us;
	int status;
	pid_t pid;

	(void)fflush(stdout);
	from_ms = clock_mono_ms();
	pid = fork();
	if (pid < 0)
		bench_fail("fork failed");
	if (pid == 0) {
		who->run(job);
		_exit(0);
	}
	if (wait4(pid, &status, 0, &used) != pid || !WIFEXITED(status) ||
	    WEXITSTATUS(status))
		bench_fail("%s failed", who->name);
	s = (double)(clock_mono_ms() - from_ms) / 1000;
	cpu_us = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
		 (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
	result->per_s[round] = job->mails / s;
	result->cpu_us[round] = cpu_us / job->mails;
	result->peak_mb[round] = (double)used.ru_maxrss / 1024;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *of, int count)
{
	qsort(of, (size_t)count, sizeof(*of), compare);
	return of[count / 2];
}

static bool takes_part(const struct contestant *who, const struct scene *scene)
{
	return !(scene->delay_ms && who->only_fast) &&
	       (!scene->stalled || who->run == bench_run_pool);
}

static void run_scene(const struct scene *scene, const char *delay_sink, int rounds,
		      int mails)
{
	struct bench_job job = {.mails = mails / scene->mails_part,
				.connections = scene->connections,
				.mail_bytes = 20000,
				.stalled = scene->stalled};
	static struct result results[CONTESTANTS];
	static double last; /* with stalls, the pool is measured by itself without */
	double base = scene->stalled ? last : 0;

	printf("\n%s, %d mails of %d bytes, medians of %d\n", scene->title, job.mails,
	       job.mail_bytes, rounds);
	printf("  %-30s %10s %8s %10s %8s\n", "", "mails/s", "ratio", "CPU us", "MB");
	for (int round = 0; round < rounds; round++) {
		for (int i = 0; i < CONTESTANTS; i++) {
			pid_t sink;

			if (!takes_part(&contestants[i], scene))
				continue;
			job.port = free_port();
			sink = start_sink(delay_sink, scene, job.port);
			run_once(&contestants[i], &job, &results[i], round);
			(void)kill(sink, SIGTERM);
			(void)waitpid(sink, NULL, 0);
		}
	}
	for (int i = 0; i < CONTESTANTS; i++) {
		double per_s;

		if (!takes_part(&contestants[i], scene))
			continue;
		per_s = median(results[i].per_s, rounds);
		if (base <= 0)
			base = per_s;
		last = per_s;
		printf("  %-30s %10.0f %8.2f %10.1f %8.1f\n", contestants[i].name, per_s,
		       per_s / base, median(results[i].cpu_us, rounds),
		       median(results[i].peak_mb, rounds));
	}
}

/* For tests/bench/ledger.py, which has a contestant of its own. */
static int run_curl(char **argv)
{
	int64_t port, mails, connections, bytes;
	struct err err = {0};
	struct bench_job job;

	if (!str_to_int(argv[0], 1, 65535, &port, &err) ||
	    !str_to_int(argv[1], 1, 100000000, &mails, &err) ||
	    !str_to_int(argv[2], 1, 1000, &connections, &err) ||
	    !str_to_int(argv[3], 100, 10000000, &bytes, &err))
		bench_fail("bench_smtp curl PORT MAILS CONNECTIONS BYTES: %s", err.text);
	job = (struct bench_job){.port = (int)port,
				 .mails = (int)mails,
				 .connections = (int)connections,
				 .mail_bytes = (int)bytes};
	bench_run_curl(&job);
	return 0;
}

int main(int argc, char **argv)
{
	int64_t rounds = 5, mails = 20000;
	struct err err = {0};
	char delay_sink[4096];
	char *slash;

	if (argc == 6 && str_eq(argv[1], "curl")) {
		smtp_setup();
		return run_curl(argv + 2);
	}
	if ((argc > 1 && !str_to_int(argv[1], 1, ROUNDS_MAX, &rounds, &err)) ||
	    (argc > 2 && !str_to_int(argv[2], 100, 10000000, &mails, &err)))
		bench_fail("bench_smtp [rounds [mails]]: %s", err.text);
	str_copy(delay_sink, sizeof(delay_sink) - 16, argv[0]);
	slash = strrchr(delay_sink, '/');
	str_copy(slash ? slash + 1 : delay_sink, 16, "delay_sink");
	secret_setup();
	smtp_setup();
	(void)signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < ARRAY_LEN(scenes); i++)
		run_scene(&scenes[i], delay_sink, (int)rounds, (int)mails);
	return 0;
}
