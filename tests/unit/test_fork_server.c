#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "reader/reader.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 8, LOADS_BYTES = 5 << 20, FILE_BYTES = 12 << 20, MOMENTS = 24 };

static pid_t parent_of(const char *name)
{
	char path[64], text[512] = "";
	FILE *f;
	char *at;

	(void)snprintf(path, sizeof(path), "/proc/%.20s/stat", name);
	f = fopen(path, "r");
	if (!f)
		return 0;
	at = fgets(text, sizeof(text), f) ? strrchr(text, ')') : NULL;
	(void)fclose(f);
	/* ") S 1234 ...": those that have ended and wait for their parent count too */
	return at ? (pid_t)strtol(at + 3, NULL, 10) : 0;
}

static size_t children(pid_t of, pid_t *out)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	size_t n = 0;

	while ((e = readdir(d)))
		if (e->d_name[0] >= '1' && e->d_name[0] <= '9' &&
		    parent_of(e->d_name) == of && n < MOST)
			out[n++] = (pid_t)strtol(e->d_name, NULL, 10);
	(void)closedir(d);
	return n;
}

static pid_t the_nursery(void)
{
	pid_t found[MOST];

	ck_assert_uint_eq(children(getpid(), found), 1);
	return found[0];
}

static const char SMALL[] = "From: a@example.org\nSubject: small\n\nWords.\n";

static struct reader_mail small(void)
{
	return (struct reader_mail){SMALL, sizeof(SMALL) - 1};
}

static struct buf *large(const char *subject, size_t bytes)
{
	struct buf *b = buf_new((size_t)32 << 20);

	buf_printf(b,
		   "From: a@example.org\nSubject: %s\nMIME-Version: 1.0\n"
		   "Content-Type: application/octet-stream; name=f\n\n",
		   subject);
	for (size_t i = 0; i < bytes; i += 64)
		buf_printf(b, "%063zu\n", i);
	return b;
}

START_TEST(children_end_and_the_nursery_stays)
{
	AUTO(arena) a = arena_new(4096);
	struct reader_mail in[2] = {small(), small()};
	struct mail_message m[2];
	pid_t fork_server, found[MOST];
	struct err err = {0};
	AUTO(reader) r = NULL;

	ck_assert_msg(reader_open(&r, &err), "%s", err.text);
	fork_server = the_nursery();
	for (int i = 0; i < 20; i++) {
		ck_assert_msg(reader_read(r, a, in, 2, m, &err), "%s", err.text);
		ck_assert_uint_eq(children(fork_server, found), 0);
	}
	ck_assert_int_eq(the_nursery(), fork_server);
	reader_close(&r);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
	ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(fork_server_that_was_killed_is_opened_anew)
{
	AUTO(arena) a = arena_new(4096);
	struct reader_mail in[2] = {small(), small()};
	struct mail_message m[2];
	struct err err = {0};
	AUTO(reader) r = NULL;
	pid_t first;

	ck_assert_msg(reader_open(&r, &err), "%s", err.text);
	first = the_nursery();
	ck_assert_int_eq(kill(first, SIGKILL), 0);
	ck_assert_msg(reader_read(r, a, in, 2, m, &err), "%s", err.text);
	ck_assert_str_eq(m[1].subject, "small");
	ck_assert_int_ne(the_nursery(), first);
	/* and while a child is at work */
	ck_assert_msg(reader_start(r, in, 2, &err), "%s", err.text);
	ck_assert_int_eq(kill(the_nursery(), SIGKILL), 0);
	memset(m, 0, sizeof(m));
	ck_assert_msg(reader_finish(r, a, m, &err), "%s", err.text);
	ck_assert_str_eq(m[0].subject, "small");
	ck_assert_str_eq(m[1].subject, "small");
	ck_assert_uint_eq(m[0].limits_hit.count + m[1].limits_hit.count, 0);
	ck_assert_msg(reader_read(r, a, in, 2, m, &err), "%s", err.text);
}
END_TEST

enum killed { NURSERY, CHILD, BOTH, KILLED_END };

struct killer {
	enum killed who;
	int moment;
};

/* A signal for a process that is still the child of that one: its number may be another's
 * by now. */
static void signal_child(pid_t pid, pid_t of, int sig)
{
	int fd = pidfd_open(pid, 0);
	char name[24];

	(void)snprintf(name, sizeof(name), "%d", (int)pid);
	if (fd < 0)
		return;
	if (parent_of(name) == of)
		(void)pidfd_send_signal(fd, sig, NULL, 0);
	(void)close(fd);
}

/* After a while that is longer each time. */
static void *kill_one(void *arg)
{
	const struct killer *k = arg;
	pid_t fork_servers[MOST], born[MOST];
	size_t fork_server_count, born_count;

	for (int i = 0; i < k->moment * k->moment / 2; i++)
		(void)sched_yield();
	fork_server_count = children(getpid(), fork_servers);
	for (size_t i = 0; i < fork_server_count; i++) {
		born_count = children(fork_servers[i], born);
		for (size_t c = 0; k->who != NURSERY && c < born_count; c++)
			signal_child(born[c], fork_servers[i], SIGKILL);
		if (k->who != CHILD)
			signal_child(fork_servers[i], getpid(), SIGKILL);
	}
	return NULL;
}

/* Before the child is shut in, with half of its mails, with all of them, while it reads,
 * while it tells: each moment comes up, and all of them end alike. */
START_TEST(one_that_is_killed_at_any_moment_costs_no_mail)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) b = large("large", 1 << 20);
	struct reader_mail in[3] = {{b->bytes, b->len}, small(), {b->bytes, b->len}};
	static const char *const subjects[] = {"large", "small", "large"};
	struct killer killer = {.who = (enum killed)_i};
	struct mail_message m[3];
	struct err err = {0};
	AUTO(reader) r = NULL;
	pthread_t thread;

	ck_assert_msg(reader_open(&r, &err), "%s", err.text);
	for (; killer.moment < MOMENTS; killer.moment++) {
		/* one alone has no neighbours that its child's end could be laid to */
		size_t count = killer.moment % 2 ? 1 : 3;

		memset(m, 0, sizeof(m));
		ck_assert_int_eq(pthread_create(&thread, NULL, kill_one, &killer), 0);
		ck_assert_msg(reader_read(r, a, in, count, m, &err), "moment %d: %s",
			      killer.moment, err.text);
		ck_assert_int_eq(pthread_join(thread, NULL), 0);
		for (size_t i = 0; i < count; i++) {
			ck_assert_msg(!m[i].limits_hit.count, "moment %d: mail %zu: %s",
				      killer.moment, i, m[i].limits_hit.items[0]);
			ck_assert_str_eq(m[i].subject, subjects[i]);
		}
		arena_reset(a);
	}
}
END_TEST

/* Ten seconds, after which nobody waits for it any more. */
START_TEST(fork_server_that_does_not_answer_is_opened_anew)
{
	AUTO(arena) a = arena_new(4096);
	struct reader_mail in = small();
	struct mail_message m;
	struct err err = {0};
	AUTO(reader) r = NULL;
	pid_t first;

	ck_assert_msg(reader_open(&r, &err), "%s", err.text);
	first = the_nursery();
	ck_assert_int_eq(kill(first, SIGSTOP), 0);
	ck_assert_msg(reader_read(r, a, &in, 1, &m, &err), "%s", err.text);
	ck_assert_str_eq(m.subject, "small");
	ck_assert_int_ne(the_nursery(), first);
}
END_TEST

START_TEST(fork_server_outlives_the_signals_that_ask_its_parent_to_stop)
{
	static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
	AUTO(arena) a = arena_new(4096);
	struct reader_mail in = small();
	struct mail_message m;
	struct err err = {0};
	AUTO(reader) r = NULL;
	pid_t fork_server;

	ck_assert_msg(reader_open(&r, &err), "%s", err.text);
	ck_assert_msg(reader_read(r, a, &in, 1, &m, &err), "%s", err.text);
	fork_server = the_nursery();
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		ck_assert_int_eq(kill(fork_server, signals[i]), 0);
	ck_assert_msg(reader_read(r, a, &in, 1, &m, &err), "%s", err.text);
	ck_assert_int_eq(the_nursery(), fork_server);
}
END_TEST

/* A parent that is killed leaves neither a fork_server nor a child that still works. */
START_TEST(fork_server_ends_with_its_parent)
{
	struct reader_mail in[64];
	pid_t parent, fork_server = 0;
	AUTO(buf) slow = large("slow", LOADS_BYTES);
	struct err err = {0};
	struct pollfd ended = {.events = POLLIN};
	int pipe_fds[2];

	for (size_t i = 0; i < ARRAY_LEN(in); i++)
		in[i] = (struct reader_mail){slow->bytes, slow->len};
	ck_assert_int_eq(pipe(pipe_fds), 0);
	parent = fork();
	if (parent == 0) {
		struct reader *r;
		pid_t found[MOST];

		if (!reader_open(&r, &err) || children(getpid(), found) != 1 ||
		    !reader_start(r, in, ARRAY_LEN(in), &err) ||
		    write(pipe_fds[1], found, sizeof(pid_t)) != sizeof(pid_t))
			_exit(1);
		(void)pause();
	}
	(void)close(pipe_fds[1]);
	ck_assert_int_eq(read(pipe_fds[0], &fork_server, sizeof(fork_server)),
			 sizeof(fork_server));
	(void)close(pipe_fds[0]);
	ended.fd = pidfd_open(fork_server, 0);
	ck_assert_int_ge(ended.fd, 0);
	(void)kill(parent, SIGKILL);
	ck_assert_int_eq(waitpid(parent, NULL, 0), parent);
	/* the end of the test's own time is the only one */
	ck_assert_int_eq(poll(&ended, 1, -1), 1);
	(void)close(ended.fd);
}
END_TEST

START_TEST(batch_is_read_while_its_owner_does_something_else)
{
	AUTO(arena) a = arena_new(4096);
	struct reader_mail in[100];
	struct mail_message m[100];
	struct err err = {0};
	AUTO(reader) r = NULL;

	for (size_t i = 0; i < ARRAY_LEN(in); i++)
		in[i] = small();
	ck_assert_msg(reader_open(&r, &err), "%s", err.text);
	ck_assert_msg(reader_start(r, in, ARRAY_LEN(in), &err), "%s", err.text);
	ck_assert_msg(reader_finish(r, a, m, &err), "%s", err.text);
	for (size_t i = 0; i < ARRAY_LEN(in); i++)
		ck_assert_str_eq(m[i].subject, "small");
	/* none at all, and one that nobody wants any more */
	ck_assert_msg(reader_start(r, in, 0, &err), "%s", err.text);
	ck_assert_msg(reader_finish(r, a, m, &err), "%s", err.text);
	ck_assert_msg(reader_start(r, in, ARRAY_LEN(in), &err), "%s", err.text);
	reader_drop(r);
	ck_assert_msg(reader_read(r, a, in, 1, m, &err), "%s", err.text);
}
END_TEST

START_TEST(many_large_mails_come_whole)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) one = large("one", LOADS_BYTES);
	AUTO(buf) two = large("two", FILE_BYTES);
	struct reader_mail in[5] = {small(),
				    {one->bytes, one->len},
				    {two->bytes, two->len},
				    {one->bytes, one->len},
				    small()};
	static const char *const subjects[] = {"small", "one", "two", "one", "small"};
	struct mail_message m[5];
	struct err err = {0};
	AUTO(reader) r = NULL;

	ck_assert_msg(reader_open(&r, &err), "%s", err.text);
	ck_assert_msg(reader_read(r, a, in, 5, m, &err), "%s", err.text);
	for (size_t i = 0; i < ARRAY_LEN(in); i++) {
		ck_assert_str_eq(m[i].subject, subjects[i]);
		ck_assert_uint_eq(m[i].limits_hit.count, 0);
	}
	ck_assert_uint_eq(m[2].attachment_count, 1);
	ck_assert_uint_eq(m[2].attachments[0].size, FILE_BYTES);
	ck_assert_mem_eq(m[2].attachments[0].bytes, two->bytes + two->len - FILE_BYTES,
			 FILE_BYTES);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("fork_server");
	TCase *tc = tcase_create("fork_server");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, children_end_and_the_nursery_stays);
	tcase_add_test(tc, fork_server_that_was_killed_is_opened_anew);
	tcase_add_loop_test(tc, one_that_is_killed_at_any_moment_costs_no_mail, 0,
			    KILLED_END);
	tcase_add_test(tc, fork_server_that_does_not_answer_is_opened_anew);
	tcase_add_test(tc, fork_server_outlives_the_signals_that_ask_its_parent_to_stop);
	tcase_add_test(tc, fork_server_ends_with_its_parent);
	tcase_add_test(tc, batch_is_read_while_its_owner_does_something_else);
	tcase_add_test(tc, many_large_mails_come_whole);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
