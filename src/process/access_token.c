#include "process/access_token.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"
#include "sandbox/sandbox.h"
#include "settings/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	WORDS_MOST = 32,
	TOKEN_MOST = 16000,
	COMMAND_MS = 30000,
	END_MS = 2000,
	ANSWER_MS = 40000
};

/* What the keeper says is one packet: a token behind '+', or what went wrong behind '-'. */
static void answer(int fd, char kind, const char *text, size_t len)
{
	char packet[TOKEN_MOST + 1];

	packet[0] = kind;
	if (len > TOKEN_MOST)
		len = TOKEN_MOST;
	memcpy(packet + 1, text, len);
	(void)!write(fd, packet, len + 1);
}

static void NORETURN run_command(char *command, int out)
{
	char *words[WORDS_MOST + 1], *save = NULL;
	size_t n = 0;

	for (char *w = strtok_r(command, " \t", &save); w && n < WORDS_MOST;
	     w = strtok_r(NULL, " \t", &save))
		words[n++] = w;
	words[n] = NULL;
	(void)setpgid(0, 0);
	(void)signal(SIGTERM, SIG_DFL);
	(void)signal(SIGINT, SIG_DFL);
	if (n == 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(127);
	(void)execv(words[0], words);
	_exit(127);
}

/* Reads to the end of what the command writes, as long as it may take. */
static bool read_all(int fd, char *text, size_t room, size_t *len)
{
	int64_t until = clock_mono_ms() + COMMAND_MS;

	for (*len = 0; *len < room;) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		int64_t left = until - clock_mono_ms();
		ssize_t n;

		if (left <= 0)
			return false;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		n = read(fd, text + *len, room - *len);
		if (n <= 0)
			return n == 0;
		*len += (size_t)n;
	}
	return true;
}

/* Its exit status; what has not ended by then is ended, with all that it started. */
static int end_of(pid_t pid, int within_ms)
{
	int status = -1;

	for (int waited = 0; waited < within_ms; waited += 10) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return status;
		(void)poll(NULL, 0, 10);
	}
	(void)kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static void make_token(const char *command, int fd)
{
	static const char failed[] = "the token command failed; see the log",
			  late[] = "the token command took more than 30 seconds";
	char text[TOKEN_MOST + 1], copy[1024];
	int pipe_fd[2], status = 0;
	size_t len = 0;
	bool whole;
	pid_t pid;

	str_copy(copy, sizeof(copy), command);
	if (pipe2(pipe_fd, O_CLOEXEC) || (pid = fork()) < 0) {
		answer(fd, '-', failed, sizeof(failed) - 1);
		return;
	}
	if (pid == 0)
		run_command(copy, pipe_fd[1]);
	(void)close(pipe_fd[1]);
	whole = read_all(pipe_fd[0], text, TOKEN_MOST, &len);
	(void)close(pipe_fd[0]);
	status = end_of(pid, whole ? END_MS : 0);
	text[len] = '\0';
	if (!whole)
		answer(fd, '-', late, sizeof(late) - 1);
	else if (status != 0)
		answer(fd, '-', failed, sizeof(failed) - 1);
	else
		answer(fd, '+', text, strcspn(text, "\r\n"));
}

/* Made by a command, or taken from a file that somebody replaces; the other is NULL. */
struct source {
	const char *command, *file;
};

/* As it is now: whoever renews it puts another file in its place. */
static void read_token(const char *file, int fd)
{
	AUTO(arena) arena = arena_new(512);
	const char *token;
	struct err err = {0};

	if (settings_password(file, arena, &token, &err))
		answer(fd, '+', token, strlen(token));
	else
		answer(fd, '-', err.text, strlen(err.text));
}

/* Who reads a file needs its folder and nothing else. */
static void shut_in(const char *file)
{
	char folder[PATH_MAX];
	const char *const read[] = {folder, NULL};
	const struct sandbox_paths paths = {.read = read};
	struct sandbox_missing missing; /* the role says so, for itself too */
	struct err err = {0};

	fd_folder_of(file, folder);
	if (sandbox_enter(SANDBOX_NO_NETWORK, &paths, &missing, &err))
		return;
	(void)!write(STDERR_FILENO, err.text, strlen(err.text));
	_exit(1);
}

static void NORETURN keep(const struct source *from, int fd)
{
	char asked;

	(void)prctl(PR_SET_NAME, "mercat-token");
	(void)signal(SIGTERM, SIG_IGN); /* it ends when the role does */
	(void)signal(SIGINT, SIG_IGN);
	if (from->file)
		shut_in(from->file);
	for (;;) {
		ssize_t n = read(fd, &asked, 1);

		if (n == 1 && from->file)
			read_token(from->file, fd);
		else if (n == 1)
			make_token(from->command, fd);
		else if (n == 0 || errno != EINTR)
			_exit(0);
	}
}

static bool start(const struct source *from, int *out_fd, struct err *err)
{
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
		return err_set(err, ERR_SYSTEM, "no socket for access tokens: %s",
			       strerror(errno));
	pid = fork();
	if (pid < 0) {
		(void)close(pair[0]);
		(void)close(pair[1]);
		return err_set(err, ERR_SYSTEM, "no process for access tokens: %s",
			       strerror(errno));
	}
	if (pid == 0) {
		/* Nothing of the role's stays open, so that it may end before us. */
		if (dup2(pair[1], 3) < 0)
			_exit(1);
		(void)fcntl(3, F_SETFD, FD_CLOEXEC);
		closefrom(4);
		keep(from, 3);
	}
	(void)close(pair[1]);
	*out_fd = pair[0];
	return true;
}

bool token_keeper_start(const char *command, int *out_fd, struct err *err)
{
	return start(&(struct source){.command = command}, out_fd, err);
}

bool token_file_keeper_start(const char *file, int *out_fd, struct err *err)
{
	return start(&(struct source){.file = file}, out_fd, err);
}

bool token_ask(int fd, struct arena *arena, const char **out, struct err *err)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	char packet[TOKEN_MOST + 2];
	int64_t until = clock_mono_ms() + ANSWER_MS;
	ssize_t n = -1;

	if (write(fd, "?", 1) == 1) {
		while (poll(&p, 1, (int)(until - clock_mono_ms())) < 0 &&
		       errno == EINTR && clock_mono_ms() < until)
			;
		n = p.revents ? read(fd, packet, sizeof(packet) - 1) : -1;
	}
	if (n <= 0)
		return err_set(err, ERR_SETUP,
			       "nothing was answered for an access token; see "
			       "token_command and password_file");
	packet[n] = '\0';
	if (packet[0] == '-')
		return err_set(err, ERR_SETUP, "%s", packet + 1);
	*out = arena_strdup(arena, packet + 1);
	explicit_bzero(packet, sizeof(packet));
	return **out || err_set(err, ERR_SETUP, "the token command wrote no token");
}
