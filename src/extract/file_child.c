#include "extract/file_child.h"
#include "base/fd.h"
#include "extract/parsers/document.h"
#include "extract/extract.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <malloc.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { TEXT_FD = 3, WORDS_FD = 4, SHOWN_FD = 5, ABOVE = 64, FILES = 24 };

static void put(int fd, const void *bytes, size_t len)
{
	struct err err = {0};

	if (!fd_write_all(fd, bytes, len, &err))
		_exit(EXTRACT_EXIT_SETUP);
}

static NORETURN void fail(int fd, const char *why)
{
	(void)!write(fd, why, strlen(why));
	_exit(EXTRACT_EXIT_SETUP);
}

static void own_signals(void)
{
	static const int dfl[] = {SIGABRT, SIGTERM, SIGINT,  SIGHUP, SIGCHLD,
				  SIGSEGV, SIGBUS,  SIGALRM, SIGXCPU};
	sigset_t none;

	for (size_t i = 0; i < ARRAY_LEN(dfl); i++)
		(void)signal(dfl[i], SIG_DFL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* To places from first on; dup2() must not step on what is yet to be moved. */
static void place(int *fds, int count, int first)
{
	for (int i = 0; i < count; i++)
		fds[i] = fcntl(fds[i], F_DUPFD, ABOVE);
	for (int i = 0; i < count; i++) {
		if (fds[i] < 0 || dup2(fds[i], first + i) < 0)
			_exit(EXTRACT_EXIT_SETUP);
		fds[i] = first + i;
	}
}

/* What has no more to show than its text is not handed on. */
static void put_shown(int fd, const struct document *shown)
{
	AUTO(buf) packed = buf_new(EXTRACT_SHOWN);

	if (!shown->telling)
		return;
	document_pack(shown, packed);
	put(fd, buf_text(packed), packed->len);
}

static NORETURN void parse(const struct extract_job *job)
{
	const struct sandbox_limits limits = {
		.memory_bytes = job->memory_bytes, .cpu_s = job->cpu_s, .no_core = true};
	struct extract_said said = {0};
	struct err err = {0};
	struct buf text;
	int fds[] = {job->text_fd, job->words_fd, job->shown_fd};

	place(fds, 3, TEXT_FD);
	(void)syscall(SYS_close_range, SHOWN_FD + 1, ~0U, 0);
	(void)mallopt(M_ARENA_MAX, 1);
	/* Libraries print what they think; the role's own output is not theirs. */
	(void)close(STDOUT_FILENO);
	buf_init(&text, job->text_most);
	said.text = &text;
	said.shown = document_new(arena_new(1 << 16));
	if (!sandbox_limit(&limits, &err) ||
	    !sandbox_enter(SANDBOX_PARSER, NULL, NULL, &err))
		fail(WORDS_FD, err.text);
	extract_document(job->kind, job->bytes, job->len, &said);
	put(TEXT_FD, buf_text(&text), text.len);
	put(WORDS_FD, said.source, strlen(said.source));
	put(WORDS_FD, "\n", 1);
	if (said.reason)
		put(WORDS_FD, said.reason, strlen(said.reason));
	put_shown(SHOWN_FD, said.shown);
	_exit(0);
}

/* The file as something that can be read and sought in, without a name anywhere. */
static int file_of(const struct extract_job *job)
{
	int fd = memfd_create("attachment", MFD_CLOEXEC);

	if (fd < 0)
		return -1;
	put(fd, job->bytes, job->len);
	return lseek(fd, 0, SEEK_SET) == 0 ? fd : -1;
}

static NORETURN void run_program(const struct extract_job *job)
{
	/* One thread each: a machine has other work than one scanned page. */
	static const char *const environment[] = {"PATH=/usr/bin:/bin", "HOME=/",
						  "LC_ALL=C", "OMP_THREAD_LIMIT=1", NULL};
	const struct sandbox_paths paths = {.read = job->program_paths, .may_exec = true};
	const struct sandbox_limits limits = {.memory_bytes = job->program_memory_bytes,
					      .cpu_s = job->cpu_s,
					      .files = FILES,
					      .no_core = true};
	struct rlimit no_file = {0, 0};
	int in = file_of(job), fds[] = {job->text_fd, job->words_fd};
	struct err err = {0};

	if (in < 0 || dup2(in, STDIN_FILENO) < 0)
		_exit(EXTRACT_EXIT_SETUP);
	place(fds, 2, STDOUT_FILENO);
	(void)syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0);
	/* The limit on memory comes last: it is less than what we have mapped ourselves. */
	if (!sandbox_enter(SANDBOX_NO_NETWORK, &paths, NULL, &err) ||
	    setrlimit(RLIMIT_FSIZE, &no_file) != 0 || !sandbox_limit(&limits, &err))
		fail(STDERR_FILENO, err.text);
	(void)execve(job->program[0], (char *const *)(uintptr_t)job->program,
		     (char *const *)(uintptr_t)environment);
	_exit(errno == ENOENT ? EXTRACT_EXIT_ABSENT : EXTRACT_EXIT_SETUP);
}

void extract_child(const struct extract_job *job)
{
	own_signals();
	/* It dies with the role, however that dies; unless that is dead already. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != job->parent)
		_exit(EXTRACT_EXIT_SETUP);
	if (job->program)
		run_program(job);
	parse(job);
}
