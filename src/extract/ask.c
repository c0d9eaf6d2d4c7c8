/* One child for one file: what it may open, what it says, how it ended, and that it ends. */
#include "base/fd.h"
#include "extract/extract_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 4096, UNKNOWN_MAPPED = 1 << 30, PIPES = 3 };

/* The programs, what they are linked with, and their tables. */
static const char *const program_paths[] = {MERCAT_PDFTOTEXT,
					    MERCAT_PDFINFO,
					    MERCAT_PDFTOPPM,
					    MERCAT_TESSERACT,
					    MERCAT_TESSDATA,
					    MERCAT_CATDOC,
					    "/lib",
					    "/lib64",
					    "/usr/lib",
					    "/usr/local/lib",
					    "/etc/ld.so.cache",
					    "/usr/share/poppler",
					    "/usr/share/catdoc",
					    "/etc/catdocrc",
					    NULL};

const char *const *extract_program_paths(void)
{
	return program_paths;
}

/* What this process has mapped: the child starts with the same. */
static size_t mapped_now(const struct extract *x)
{
	char text[64] = "";
	ssize_t n = x->statm >= 0 ? pread(x->statm, text, sizeof(text) - 1, 0) : -1;

	if (n <= 0)
		return UNKNOWN_MAPPED;
	return (size_t)strtoull(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

static void listen_to(struct extract *x, int pipes[PIPES][2], struct extract_answer *a)
{
	struct buf *const to[PIPES] = {&a->text, &a->words, &a->shown};
	struct pollfd p[PIPES + 1] = {[PIPES] = {.fd = x->timer, .events = POLLIN}};
	int open = PIPES;

	for (int i = 0; i < PIPES; i++)
		p[i] = (struct pollfd){.fd = pipes[i][0], .events = POLLIN};
	while (open > 0) {
		if (poll(p, PIPES + 1, -1) < 0) {
			if (errno == EINTR)
				continue;
			return;
		}
		for (int i = 0; i < PIPES; i++)
			if (p[i].revents && !fd_take(p[i].fd, to[i])) {
				p[i].fd = -1;
				open--;
			}
		if (buf_cut(&a->text))
			return;
		if (p[PIPES].revents) {
			a->slow = true;
			return;
		}
	}
}

static void arm(struct extract *x, unsigned ms)
{
	struct itimerspec t = {.it_value = {ms / 1000, (long)(ms % 1000) * 1000000}};

	(void)timerfd_settime(x->timer, 0, &t, NULL);
}

static void close_ends(int pipes[PIPES][2], int end)
{
	for (int i = 0; i < PIPES; i++)
		fd_close(&pipes[i][end]);
}

static bool open_pipes(int pipes[PIPES][2], struct err *err)
{
	for (int i = 0; i < PIPES; i++)
		pipes[i][0] = pipes[i][1] = -1;
	for (int i = 0; i < PIPES; i++)
		if (pipe2(pipes[i], O_CLOEXEC) != 0) {
			(void)err_set(err, ERR_SYSTEM,
				      "no pipe to read an attachment: %s",
				      strerror(errno));
			close_ends(pipes, 0);
			close_ends(pipes, 1);
			return false;
		}
	return true;
}

bool extract_ask(struct extract *x, struct extract_job *job, struct extract_answer *a,
		 struct err *err)
{
	int pipes[PIPES][2];
	pid_t child;

	buf_init(&a->text, job->text_most);
	buf_init(&a->words, WORDS);
	buf_init(&a->shown, EXTRACT_SHOWN);
	job->memory_bytes = mapped_now(x) + x->memory_bytes;
	job->program_paths = program_paths;
	if (!open_pipes(pipes, err))
		return false;
	job->text_fd = pipes[0][1];
	job->words_fd = pipes[1][1];
	job->shown_fd = pipes[2][1];
	job->parent = getpid();
	arm(x, job->wall_ms ? job->wall_ms : x->wall_ms);
	child = fork();
	if (child == 0)
		extract_child(job);
	close_ends(pipes, 1);
	if (child > 0) {
		listen_to(x, pipes, a);
		/* Done or too slow or too long: it has nothing more to say. */
		if (a->slow || buf_cut(&a->text))
			(void)kill(child, SIGKILL);
		while (waitpid(child, &a->status, 0) < 0 && errno == EINTR)
			;
	}
	close_ends(pipes, 0);
	return child > 0 || err_set(err, ERR_SYSTEM, "no child to read an attachment: %s",
				    strerror(errno));
}

void extract_answer_clear(struct extract_answer *a)
{
	buf_clear(&a->text);
	buf_clear(&a->words);
	buf_clear(&a->shown);
}
