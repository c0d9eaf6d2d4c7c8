#include "process/child.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/* In the child, between fork and exec: only what is safe there. */
static NORETURN void become(const struct child *c, const char *program,
			    const char *config, int secrets_fd, int log_fd, pid_t parent)
{
	char role[64], mailbox[128], secrets[40], listening[40];
	const char *argv[8] = {program, "--config", config, role, secrets};
	sigset_t none;

	/* Told to stop when the master dies, however it dies; it may have died already. */
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) || getppid() != parent)
		_exit(1);
	(void)snprintf(role, sizeof(role), "--role=%s", c->role);
	(void)snprintf(secrets, sizeof(secrets), "--secrets-fd=%d", secrets_fd);
	if (c->mailbox) {
		(void)snprintf(mailbox, sizeof(mailbox), "--mailbox=%s", c->mailbox);
		argv[5] = mailbox;
	}
	if (c->listen_fd >= 0) {
		(void)snprintf(listening, sizeof(listening), "--listen-fd=%d",
			       c->listen_fd);
		argv[5] = listening;
	}
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	if (dup2(log_fd, STDERR_FILENO) < 0 || dup2(log_fd, STDOUT_FILENO) < 0 ||
	    fcntl(secrets_fd, F_SETFD, 0) ||
	    (c->listen_fd >= 0 && fcntl(c->listen_fd, F_SETFD, 0)))
		_exit(1);
	(void)execv(program, (char *const *)(void *)argv);
	_exit(127);
}

bool child_start(struct child *c, const char *program, const char *config, int secrets_fd,
		 struct err *err)
{
	pid_t parent = getpid();
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return err_set(err, ERR_SYSTEM, "no pipe: %s", strerror(errno));
	c->pid = fork();
	if (c->pid == 0)
		become(c, program, config, secrets_fd, ends[1], parent);
	fd_close(&ends[1]);
	if (c->pid < 0) {
		fd_close(&ends[0]);
		return err_set(err, ERR_SYSTEM, "no process: %s", strerror(errno));
	}
	fd_close(&c->log_fd);
	c->log_fd = ends[0];
	c->line_len = 0;
	if (!fd_nonblock(c->log_fd))
		return err_set(err, ERR_SYSTEM, "the log of %s cannot be read", c->role);
	return true;
}

/* Our own lines have a priority in front; what a crash writes has none. */
static void say(const struct child *c)
{
	const char *at = c->line;
	enum log_level level = LOG_WARN;

	if (c->line_len == 0)
		return;
	if (at[0] == '<' && str_is_digit(at[1]) && at[2] == '>') {
		level = (enum log_level)(at[1] - '0');
		log_line(level, "%s", at + 3);
		return;
	}
	log_line(level, "%s: %s", c->role, at);
}

void child_log(struct child *c, enum child_end end)
{
	char chunk[4096];
	ssize_t n;

	while (c->log_fd >= 0 && (n = read(c->log_fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		for (ssize_t i = 0; i < n; i++) {
			if (chunk[i] != '\n' && c->line_len + 1 < sizeof(c->line)) {
				c->line[c->line_len++] = chunk[i] ? chunk[i] : '?';
				continue;
			}
			c->line[c->line_len] = '\0';
			say(c);
			c->line_len = 0;
		}
	}
	if (end == CHILD_GOES_ON)
		return;
	c->line[c->line_len] = '\0';
	say(c);
	c->line_len = 0;
	fd_close(&c->log_fd);
}
