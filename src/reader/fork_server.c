#include "reader/fork_server.h"
#include "base/fd.h"
#include "reader/mail_child.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	ORDERS = 3,
	STATM = 4,
	ABOVE = 16, /* out of the way of those two */
	UNKNOWN_MAPPED = 1 << 30,
	ANSWER_MS = 10000,
	ASKS = 3 /* for one birth, of a fork_server each that then was gone */
};

enum order_what { ORDER_BIRTH, ORDER_WAIT, ORDER_KILL };

struct order {
	enum order_what what;
	size_t memory_bytes;
};

/* --- the parent's side -------------------------------------------------- */

/* A descriptor travels beside the bytes; -1: none. */
static bool send_order(int orders, const struct order *order, int fd)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} beside = {0};
	struct iovec text = {(void *)(uintptr_t)order, sizeof(*order)};
	struct msghdr m = {.msg_iov = &text, .msg_iovlen = 1};
	ssize_t n;

	if (fd >= 0) {
		struct cmsghdr *c;

		m.msg_control = beside.bytes;
		m.msg_controllen = sizeof(beside.bytes);
		c = CMSG_FIRSTHDR(&m);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(c), &fd, sizeof(int));
	}
	do
		n = sendmsg(orders, &m, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(*order);
}

static bool answered(const struct fork_server *n, int *out)
{
	struct pollfd p = {.fd = n->orders, .events = POLLIN};
	int ready;

	do
		ready = poll(&p, 1, ANSWER_MS);
	while (ready < 0 && errno == EINTR);
	return ready == 1 &&
	       recv(n->orders, out, sizeof(*out), MSG_DONTWAIT) == (ssize_t)sizeof(*out);
}

/* Without an answer there is no telling what it does: it is ended, with its child. */
static bool ask(struct fork_server *n, const struct order *order, int fd, int *out_answer)
{
	if (n->pid > 0 && send_order(n->orders, order, fd) && answered(n, out_answer))
		return true;
	fork_server_close(n);
	return false;
}

/*
 * Each try has sockets of its own: a fork_server that ended before it answered may have left
 * a child that has already said something into its own.
 */
bool fork_server_birth(struct fork_server *n, size_t memory_bytes, int *out_fd,
		       struct err *err)
{
	const struct order order = {ORDER_BIRTH, memory_bytes};
	int failed = ECHILD, pair[2];

	for (int asks = 0; asks < ASKS; asks++) {
		bool told;

		if (n->pid <= 0 && !fork_server_open(n, err))
			return false;
		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
			failed = errno;
			break;
		}
		told = ask(n, &order, pair[1], &failed);
		(void)close(pair[1]);
		if (told && !failed) {
			*out_fd = pair[0];
			return true;
		}
		(void)close(pair[0]);
		if (told)
			break;
	}
	return err_set(err, ERR_SYSTEM, "no child for the mail reader: %s",
		       strerror(failed));
}

int fork_server_end(struct fork_server *n, enum fork_server_how how)
{
	const struct order order = {how == FORK_SERVER_KILLS ? ORDER_KILL : ORDER_WAIT,
				    0};
	int status = 0;

	/* Without a fork_server there is no child either. */
	return ask(n, &order, -1, &status) ? status : SIGKILL;
}

void fork_server_close(struct fork_server *n)
{
	if (n->pid <= 0)
		return;
	fd_close(&n->orders);
	(void)kill(n->pid, SIGKILL);
	while (waitpid(n->pid, NULL, 0) < 0 && errno == EINTR)
		;
	n->pid = 0;
}

/* --- the fork_server's own side --------------------------------------------- */

/* What it has mapped: a child starts with the same. */
static size_t mapped_now(void)
{
	char text[64] = "";

	if (pread(STATM, text, sizeof(text) - 1, 0) <= 0)
		return UNKNOWN_MAPPED;
	return (size_t)strtoull(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

static bool take_order(struct order *out, int *out_fd)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} beside;
	struct iovec text = {out, sizeof(*out)};
	struct msghdr m = {.msg_iov = &text,
			   .msg_iovlen = 1,
			   .msg_control = beside.bytes,
			   .msg_controllen = sizeof(beside.bytes)};
	struct cmsghdr *c;
	ssize_t n;

	do
		n = recvmsg(ORDERS, &m, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof(*out))
		return false;
	c = CMSG_FIRSTHDR(&m);
	*out_fd = -1;
	if (c && c->cmsg_type == SCM_RIGHTS)
		memcpy(out_fd, CMSG_DATA(c), sizeof(int));
	return true;
}

/* Returns 0 or the errno of what failed. */
static int give_birth(pid_t *child, int fd, size_t memory_bytes)
{
	size_t memory = mapped_now() + memory_bytes;
	pid_t parent = getpid();

	*child = fork();
	if (*child == 0) {
		/* nobody would listen; and who ended before this is not told of */
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(0);
		reader_child(fd, memory);
	}
	(void)close(fd);
	return *child < 0 ? errno : 0;
}

static int see_off(pid_t *child, bool kill_it)
{
	int status = 0;

	if (*child <= 0)
		return SIGKILL;
	if (kill_it)
		(void)kill(*child, SIGKILL);
	while (waitpid(*child, &status, 0) < 0 && errno == EINTR)
		;
	*child = 0;
	return status;
}

/* Its parent ends when it has written what it has; then this one does. */
static void ignore_signals(void)
{
	static const int ignored[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE};
	sigset_t none;

	for (size_t i = 0; i < ARRAY_LEN(ignored); i++)
		(void)signal(ignored[i], SIG_IGN);
	(void)signal(SIGCHLD, SIG_DFL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
}

/* Only the standard ones, the orders and its own size stay open. */
static void settle_in(int orders)
{
	int statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	int high_orders = fcntl(orders, F_DUPFD_CLOEXEC, ABOVE);
	int high_statm = fcntl(statm, F_DUPFD_CLOEXEC, ABOVE);

	(void)dup3(high_orders, ORDERS, O_CLOEXEC);
	(void)close(STATM);
	if (high_statm >= 0)
		(void)dup3(high_statm, STATM, O_CLOEXEC);
	(void)syscall(SYS_close_range, STATM + 1, ~0U, 0);
}

NORETURN static void live(int orders)
{
	struct sandbox_missing missing; /* each child tells of them */
	struct err err = {0};
	struct order order;
	pid_t child = 0;
	int fd;

	ignore_signals();
	settle_in(orders);
	if (!sandbox_enter(SANDBOX_NO_NETWORK, NULL, &missing, &err)) {
		(void)!write(STDERR_FILENO, err.text, strlen(err.text));
		_exit(1);
	}
	while (take_order(&order, &fd)) {
		int answer = order.what == ORDER_BIRTH
				     ? give_birth(&child, fd, order.memory_bytes)
				     : see_off(&child, order.what == ORDER_KILL);

		if (send(ORDERS, &answer, sizeof(answer), MSG_NOSIGNAL) < 0)
			break;
	}
	(void)see_off(&child, true);
	_exit(0);
}

bool fork_server_open(struct fork_server *out, struct err *err)
{
	int pair[2];

	*out = (struct fork_server){.orders = -1};
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return err_set(err, ERR_SYSTEM,
			       "no pipe to the mail reader's fork_server: %s",
			       strerror(errno));
	out->pid = fork();
	if (out->pid == 0) {
		(void)close(pair[0]);
		live(pair[1]);
	}
	(void)close(pair[1]);
	if (out->pid < 0) {
		(void)close(pair[0]);
		return err_set(err, ERR_SYSTEM, "no fork_server for the mail reader: %s",
			       strerror(errno));
	}
	out->orders = pair[0];
	return true;
}
