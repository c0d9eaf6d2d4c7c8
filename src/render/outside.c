#include "render/outside.h"
#include "base/fd.h"
#include "base/str.h"
#include "render/rendered.h"
#include "sandbox/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	WORDS = 16384,    /* of what it says of itself */
	SENTENCE = 300,   /* of them for people */
	PATH_ROOM = 4096, /* of its folder */
	FILES = 256,      /* open at once */
	READ_MOST = 32,
	ABOVE = 64,
	PIPES = 2,
	EXIT_SETUP = 70
};

#define OWN_FOLDER "mercat-report-"

/* Programs, what they are linked with, fonts, and what they are told of them. */
static const char *const paths[] = {MERCAT_WEASYPRINT,
				    MERCAT_PANDOC,
				    MERCAT_RSVG_CONVERT,
				    "/usr/bin/python3",
				    "/lib",
				    "/lib64",
				    "/usr/lib",
				    "/usr/local/lib",
				    "/usr/share/fonts",
				    "/usr/share/fontconfig",
				    "/usr/share/hyphen",
				    "/usr/share/mime",
				    "/usr/share/pandoc",
				    "/usr/share/zoneinfo",
				    "/etc/fonts",
				    "/etc/ld.so.cache",
				    "/etc/localtime",
				    "/var/cache/fontconfig",
				    NULL};

const char *const *rendering_paths(void)
{
	return paths;
}

/* ---- the child ---- */

static void own_signals(void)
{
	static const int dfl[] = {SIGABRT, SIGTERM, SIGINT,  SIGHUP,  SIGCHLD, SIGPIPE,
				  SIGSEGV, SIGBUS,  SIGALRM, SIGXCPU, SIGXFSZ};
	sigset_t none;

	for (size_t i = 0; i < ARRAY_LEN(dfl); i++)
		(void)signal(dfl[i], SIG_DFL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static NORETURN void give_up(const struct err *err)
{
	(void)!write(STDERR_FILENO, err->text, strlen(err->text));
	_exit(EXIT_SETUP);
}

/* Its input, and where it answers, at the places that every program knows. */
static bool take_places(const struct outside_job *job, const int fds[PIPES],
			struct err *err)
{
	int in = memfd_create("page", MFD_CLOEXEC);
	int from[] = {in, fds[0], fds[1]};

	if (in < 0 || !fd_write_all(in, buf_text(job->in), job->in->len, err) ||
	    lseek(in, 0, SEEK_SET) != 0)
		return false;
	/* dup2() must not step on what is yet to be moved. */
	for (int i = 0; i < (int)ARRAY_LEN(from); i++)
		from[i] = fcntl(from[i], F_DUPFD, ABOVE);
	for (int i = 0; i < (int)ARRAY_LEN(from); i++)
		if (from[i] < 0 || dup2(from[i], i) < 0)
			return false;
	return syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0) == 0;
}

static void shut_in(const struct outside_job *job, const char *folder)
{
	const char *read[READ_MOST] = {NULL}, *const write[] = {folder, NULL};
	const struct sandbox_paths may = {
		.read = read, .write = write, .may_exec = job->argv};
	const struct sandbox_limits limits = {.memory_bytes = job->memory_bytes,
					      .cpu_s = job->cpu_s,
					      .files = FILES,
					      .no_core = true};
	const struct rlimit most = {RENDERED_MOST, RENDERED_MOST};
	struct err err = {0};
	size_t n = 0;

	for (size_t i = 0; paths[i]; i++)
		read[n++] = paths[i];
	if (job->argv)
		read[n++] = job->argv[0];
	ASSERT(n < READ_MOST);
	/* The limit on memory comes last: it may be less than what is mapped here already. */
	if (!sandbox_enter(SANDBOX_NO_NETWORK, &may, NULL, &err) ||
	    setrlimit(RLIMIT_FSIZE, &most) != 0 || !sandbox_limit(&limits, &err))
		give_up(&err);
}

static NORETURN void do_work(const struct outside_job *job)
{
	AUTO(buf) out = buf_new(RENDERED_MOST);
	struct err err = {0};

	if (!job->work(job, out, &err) ||
	    !fd_write_all(STDOUT_FILENO, buf_text(out), out->len, &err))
		give_up(&err);
	_exit(0);
}

static NORETURN void run(const struct outside_job *job, const char *folder,
			 const int fds[PIPES], pid_t parent)
{
	char home[PATH_ROOM], tmp[PATH_ROOM], cache[PATH_ROOM];
	const char *const environment[] = {"PATH=/usr/bin:/bin",
					   "LC_ALL=C.UTF-8",
					   "PYTHONDONTWRITEBYTECODE=1",
					   "PYTHONNOUSERSITE=1",
					   home,
					   tmp,
					   cache,
					   NULL};
	struct err err = {.text = "its place could not be made ready"};

	own_signals();
	/* It dies with who asked, however that dies; unless that is dead already. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* So that what it starts is ended with it, where that may be done. */
	(void)setpgid(0, 0);
	(void)snprintf(home, sizeof(home), "HOME=%s", folder);
	(void)snprintf(tmp, sizeof(tmp), "TMPDIR=%s", folder);
	(void)snprintf(cache, sizeof(cache), "XDG_CACHE_HOME=%s", folder);
	if (getppid() != parent || chdir(folder) != 0 || !take_places(job, fds, &err))
		give_up(&err);
	shut_in(job, folder);
	if (!job->argv)
		do_work(job);
	(void)execve(job->argv[0], (char *const *)(uintptr_t)job->argv,
		     (char *const *)(uintptr_t)environment);
	(void)err_set(&err, ERR_SYSTEM, "it cannot be started: %s", strerror(errno));
	give_up(&err);
}

/* ---- who waits for it ---- */

struct outcome {
	struct buf *out, words;
	int status;
	bool slow;
};

static void listen_to(struct outcome *o, const int fds[PIPES], int timer)
{
	struct buf *const to[PIPES] = {o->out, &o->words};
	struct pollfd p[PIPES + 1] = {[PIPES] = {.fd = timer, .events = POLLIN}};
	int open = PIPES;

	for (int i = 0; i < PIPES; i++)
		p[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
	while (open > 0 && !o->slow && !buf_cut(o->out)) {
		if (poll(p, PIPES + 1, -1) < 0 && errno != EINTR)
			return;
		for (int i = 0; i < PIPES; i++)
			if (p[i].revents && !fd_take(p[i].fd, to[i])) {
				p[i].fd = -1;
				p[i].revents = 0;
				open--;
			}
		o->slow = p[PIPES].revents;
	}
}

static int timer_of(unsigned ms)
{
	struct itimerspec t = {.it_value = {ms / 1000, (long)(ms % 1000) * 1000000}};
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);

	if (fd >= 0 && timerfd_settime(fd, 0, &t, NULL) != 0)
		fd_close(&fd);
	return fd;
}

static void wait_for(struct outcome *o, pid_t child, const int fds[PIPES], int timer)
{
	listen_to(o, fds, timer);
	/* It may close its output and stay: nobody waits for it longer than for an answer. */
	while (!o->slow && !buf_cut(o->out)) {
		struct pollfd p = {.fd = timer, .events = POLLIN};
		enum { LOOK_MS = 10 };

		if (waitpid(child, &o->status, WNOHANG) == child)
			return;
		o->slow = poll(&p, 1, LOOK_MS) > 0;
	}
	(void)kill(-child, SIGKILL);
	(void)kill(child, SIGKILL);
	while (waitpid(child, &o->status, 0) < 0 && errno == EINTR)
		;
}

static bool start(const struct outside_job *job, const char *folder, struct outcome *o,
		  struct err *err)
{
	AUTO_FD out = -1, words = -1, out_end = -1, words_end = -1, timer = -1;
	pid_t child, parent = getpid();
	int ends[2][2] = {{-1, -1}, {-1, -1}};

	timer = timer_of(job->wall_ms);
	for (int i = 0; timer >= 0 && i < PIPES; i++)
		if (pipe2(ends[i], O_CLOEXEC) != 0)
			ends[i][0] = ends[i][1] = -1;
	out = ends[0][0], out_end = ends[0][1];
	words = ends[1][0], words_end = ends[1][1];
	if (out < 0 || words < 0)
		return err_set(err, ERR_SYSTEM, "no pipe to %s: %s", job->name,
			       strerror(errno));
	child = fork();
	if (child == 0)
		run(job, folder, (const int[]){out_end, words_end}, parent);
	if (child < 0)
		return err_set(err, ERR_SYSTEM, "no child for %s: %s", job->name,
			       strerror(errno));
	fd_close(&out_end);
	fd_close(&words_end);
	wait_for(o, child, (const int[]){out, words}, timer);
	return true;
}

/* The last line that it wrote is the one that says why; what is no plain text is left out. */
static void last_words(const struct outcome *o, char to[SENTENCE])
{
	const char *line = buf_text(&o->words);
	size_t n = 0;

	for (const char *c = line; *c; c++)
		if (*c == '\n' && c[strspn(c, "\n\r\t ")])
			line = c + 1;
	line += strspn(line, "\n\r\t ");
	for (; *line && *line != '\n' && n < SENTENCE - 1; line++)
		if ((unsigned char)*line >= ' ' && (unsigned char)*line < 0x7F)
			to[n++] = *line;
	to[n] = '\0';
}

static bool ended_well(const struct outside_job *job, const struct outcome *o,
		       struct err *err)
{
	char said[SENTENCE];

	last_words(o, said);
	if (buf_cut(o->out))
		return err_set(err, ERR_SYSTEM, "%s made more than %d MB, and was ended",
			       job->name, RENDERED_MOST >> 20);
	if (o->slow)
		return err_set(err, ERR_SYSTEM,
			       "%s had not finished after %u seconds, and was ended",
			       job->name, (job->wall_ms + 999) / 1000);
	if (WIFSIGNALED(o->status) && WTERMSIG(o->status) == SIGXCPU)
		return err_set(
			err, ERR_SYSTEM,
			"%s took more than %u seconds of the processor, and was ended",
			job->name, job->cpu_s);
	if (WIFSIGNALED(o->status))
		return err_set(err, ERR_SYSTEM, "%s was ended by a signal (%s)",
			       job->name, strsignal(WTERMSIG(o->status)));
	if (WEXITSTATUS(o->status))
		return *said ? err_set(err, ERR_SYSTEM, "%s failed: %s", job->name, said)
			     : err_set(err, ERR_SYSTEM,
				       "%s failed with code %d and said nothing",
				       job->name, WEXITSTATUS(o->status));
	return o->out->len > 0 ||
	       err_set(err, ERR_SYSTEM, "%s ended and made nothing", job->name);
}

/* ---- its folder ---- */

static bool lay_out(const struct outside_job *job, const char *folder, struct err *err)
{
	char path[PATH_ROOM];

	for (const struct outside_file *f = job->files; f && f->name; f++) {
		AUTO_FD fd = -1;

		(void)snprintf(path, sizeof(path), "%s/%s", folder, f->name);
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0)
			return err_set(err, ERR_SYSTEM, "%s cannot be written: %s", path,
				       strerror(errno));
		if (!fd_write_all(fd, buf_text(f->bytes), f->bytes->len, err))
			return false;
	}
	return true;
}

static int drop_one(const char *at, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(at);
}

static void drop_folder(const char *folder)
{
	enum { FOLDERS_OPEN = 16 };

	(void)nftw(folder, drop_one, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS);
}

void rendering_clear(const char *folder)
{
	DIR *all = opendir(folder);
	char path[PATH_ROOM];

	for (struct dirent *one; all && (one = readdir(all));) {
		if (!str_starts(one->d_name, OWN_FOLDER))
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder, one->d_name);
		drop_folder(path);
	}
	if (all)
		(void)closedir(all);
}

bool outside_make(const struct outside_job *job, struct buf *out, struct err *err)
{
	char folder[PATH_ROOM];
	struct outcome o = {.out = out};
	bool done;

	if (job->argv && access(job->argv[0], X_OK) != 0)
		return err_set(err, ERR_SETUP,
			       "%s is not installed here (on Debian: apt-get install %s)",
			       job->name, job->package);
	(void)snprintf(folder, sizeof(folder), "%s/" OWN_FOLDER "XXXXXX", job->folder);
	if (!mkdtemp(folder))
		return err_set(err, ERR_SYSTEM, "no folder for %s below %s: %s",
			       job->name, job->folder, strerror(errno));
	buf_init(&o.words, WORDS);
	done = lay_out(job, folder, err) && start(job, folder, &o, err) &&
	       ended_well(job, &o, err);
	drop_folder(folder);
	buf_clear(&o.words);
	return done;
}
