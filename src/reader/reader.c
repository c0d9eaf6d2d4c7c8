#include "reader/reader.h"
#include "base/fd.h"
#include "base/str.h"
#include "mail/read.h"
#include "reader/child.h"
#include "reader/wire.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	ANSWER_EXTRA = 32 << 20, /* what an answer may have beyond 8 times its mail */
	WALLS_BYTES = 1024,
	UNKNOWN_MAPPED = 1 << 30
};

struct reader {
	int statm; /* ours; Landlock may forbid to open it later */
	int timer;
	pid_t child;
	int fd;
	size_t memory_bytes;
	unsigned cpu_ms, wall_ms;
	bool fresh; /* the child has seen no mail yet */
	bool brief;
	char walls[SANDBOX_MISSING_MAX][SANDBOX_MISSING_ROOM];
	const char *missing[SANDBOX_MISSING_MAX];
	size_t missing_count;
};

enum trouble { FINE, DIED, TOO_SLOW, LIED };

bool reader_open(struct reader **out, struct err *err)
{
	struct reader *r = calloc(1, sizeof(*r));

	if (!r)
		PANIC("no memory for a reader");
	mail_read_setup();
	r->fd = -1;
	r->memory_bytes = READER_MEMORY;
	r->cpu_ms = READER_CPU_MS;
	r->wall_ms = READER_WALL_MS;
	r->statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	r->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (r->timer < 0) {
		(void)err_set(err, ERR_SYSTEM, "a timer for the mail reader: %s",
			      strerror(errno));
		reader_close(&r);
		return false;
	}
	*out = r;
	return true;
}

/* Ends the child if it still runs, and reaps it. Returns its wait status. */
static int end_child(struct reader *r, bool kill_it)
{
	int status = 0;

	fd_close(&r->fd);
	if (r->child <= 0)
		return 0;
	if (kill_it)
		(void)kill(r->child, SIGKILL);
	while (waitpid(r->child, &status, 0) < 0 && errno == EINTR)
		;
	r->child = 0;
	return status;
}

void reader_close(struct reader **reader)
{
	if (!reader || !*reader)
		return;
	(void)end_child(*reader, true);
	fd_close(&(*reader)->statm);
	fd_close(&(*reader)->timer);
	free(*reader);
	*reader = NULL;
}

void reader_limits(struct reader *r, size_t memory_bytes, unsigned cpu_ms)
{
	r->memory_bytes = memory_bytes ? memory_bytes : r->memory_bytes;
	r->cpu_ms = cpu_ms ? cpu_ms : r->cpu_ms;
}

void reader_patience(struct reader *r, unsigned wall_ms)
{
	r->wall_ms = wall_ms;
}

/* What this process has mapped: the child starts with the same. */
static size_t mapped_now(const struct reader *r)
{
	char text[64] = "";
	ssize_t n = r->statm >= 0 ? pread(r->statm, text, sizeof(text) - 1, 0) : -1;

	if (n <= 0)
		return UNKNOWN_MAPPED;
	return (size_t)strtoull(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

static void arm(struct reader *r, unsigned ms)
{
	struct itimerspec t = {.it_value = {ms / 1000, (long)(ms % 1000) * 1000000}};

	(void)timerfd_settime(r->timer, 0, &t, NULL);
}

/* Waits until the child's end is ready, dead, or the time is up. */
static enum trouble wait_for(struct reader *r, short events)
{
	struct pollfd p[2] = {{.fd = r->fd, .events = events},
			      {.fd = r->timer, .events = POLLIN}};

	for (;;) {
		if (poll(p, 2, -1) < 0) {
			if (errno == EINTR)
				continue;
			return DIED;
		}
		if (p[0].revents & (events | POLLHUP | POLLERR))
			return FINE; /* the read or write that follows tells which */
		if (p[1].revents)
			return TOO_SLOW;
	}
}

static enum trouble put(struct reader *r, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len) {
		ssize_t n = send(r->fd, at, len, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n > 0) {
			at += n;
			len -= (size_t)n;
		} else if (n < 0 && errno == EAGAIN) {
			enum trouble t = wait_for(r, POLLOUT);

			if (t != FINE)
				return t;
		} else if (!(n < 0 && errno == EINTR)) {
			return DIED;
		}
	}
	return FINE;
}

static enum trouble get(struct reader *r, void *to, size_t len)
{
	char *at = to;

	while (len) {
		ssize_t n = recv(r->fd, at, len, MSG_DONTWAIT);

		if (n > 0) {
			at += n;
			len -= (size_t)n;
		} else if (n < 0 && errno == EAGAIN) {
			enum trouble t = wait_for(r, POLLIN);

			if (t != FINE)
				return t;
		} else if (!(n < 0 && errno == EINTR)) {
			return DIED;
		}
	}
	return FINE;
}

static enum trouble read_walls(struct reader *r)
{
	char bytes[WALLS_BYTES];
	enum trouble t = get(r, bytes, sizeof(bytes));
	AUTO(arena) a = arena_new(1024);
	const char *text;
	struct unpack u;
	int64_t n;

	if (t != FINE)
		return t;
	unpack_begin(&u, bytes, sizeof(bytes));
	if (!unpack_int(&u, 0, SANDBOX_MISSING_MAX, &n))
		return LIED;
	r->missing_count = 0;
	for (int64_t i = 0; i < n; i++) {
		if (!unpack_str(&u, a, &text) || !text)
			return LIED;
		str_copy(r->walls[i], sizeof(r->walls[i]), text);
		r->missing[i] = r->walls[i];
		r->missing_count++;
	}
	return FINE;
}

static bool start_child(struct reader *r, struct err *err)
{
	size_t memory = mapped_now(r) + r->memory_bytes;
	int pair[2];
	pid_t child;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return err_set(err, ERR_SYSTEM, "no pipe to the mail reader's child: %s",
			       strerror(errno));
	child = fork();
	if (child == 0) {
		(void)close(pair[0]);
		reader_child(pair[1], memory, r->cpu_ms, r->brief);
	}
	(void)close(pair[1]);
	if (child < 0) {
		(void)close(pair[0]);
		return err_set(err, ERR_SYSTEM, "no child for the mail reader: %s",
			       strerror(errno));
	}
	r->child = child;
	r->fd = pair[0];
	r->fresh = true;
	arm(r, READER_WALL_MS);
	if (read_walls(r) != FINE) {
		(void)end_child(r, true);
		return err_set(err, ERR_SYSTEM,
			       "the mail reader's child does not come up; "
			       "its last words are in the log");
	}
	return true;
}

static enum trouble get_attachments(struct reader *r, struct arena *arena, size_t most,
				    struct mail_message *m)
{
	for (size_t i = 0; i < m->attachment_count; i++) {
		struct mail_attachment *a = &m->attachments[i];
		enum trouble t;
		char *bytes;

		if (a->size > most)
			return LIED;
		most -= a->size;
		if (a->head_only != r->brief)
			return LIED;
		bytes = arena_alloc(arena, reader_follows(a) + 1);
		t = get(r, bytes, reader_follows(a));
		if (t != FINE)
			return t;
		a->bytes = bytes;
	}
	return FINE;
}

static enum trouble one_mail(struct reader *r, struct arena *arena,
			     const struct reader_mail *mail, struct mail_message *out)
{
	uint64_t len = (uint64_t)mail->len + 1; /* 0 means the end */
	uint64_t answer = 0;
	size_t most = mail->len * 8 + ANSWER_EXTRA;
	enum trouble t;
	char *packed;

	arm(r, r->wall_ms);
	t = put(r, &len, sizeof(len));
	if (t == FINE)
		t = put(r, mail->bytes, mail->len);
	if (t == FINE)
		t = get(r, &answer, sizeof(answer));
	if (t != FINE)
		return t;
	if (answer > most)
		return LIED;
	packed = malloc(answer + 1);
	if (!packed)
		PANIC("no memory for %llu bytes", (unsigned long long)answer);
	t = get(r, packed, answer);
	if (t == FINE && !reader_unpack(packed, answer, arena, out))
		t = LIED;
	free(packed);
	return t == FINE ? get_attachments(r, arena, most, out) : t;
}

/* Which limit ended the child, as the word that stands in limits_hit. */
static const char *which_limit(enum trouble trouble, int status)
{
	if (trouble == TOO_SLOW)
		return "time";
	if (trouble == DIED && WIFSIGNALED(status)) {
		if (WTERMSIG(status) == SIGPROF || WTERMSIG(status) == SIGXCPU)
			return "time";
		/* The allocators and our own checks give up by abort(). */
		if (WTERMSIG(status) == SIGABRT || WTERMSIG(status) == SIGTRAP ||
		    WTERMSIG(status) == SIGKILL)
			return "memory";
	}
	return "crash";
}

static void mark(struct arena *arena, const char *limit, struct mail_message *out)
{
	*out = (struct mail_message){.kind = MAIL_HUMAN};
	out->limits_hit.items = arena_make(arena, const char *, 1);
	out->limits_hit.items[0] = limit;
	out->limits_hit.count = 1;
}

bool reader_read(struct reader *r, struct arena *arena, const struct reader_mail *mails,
		 size_t count, struct mail_message *out, struct err *err)
{
	size_t i = 0;

	while (i < count) {
		enum trouble t;
		bool alone;
		int status;

		if (r->child <= 0 && !start_child(r, err))
			return false;
		alone = r->fresh;
		r->fresh = false;
		t = one_mail(r, arena, &mails[i], &out[i]);
		if (t == FINE) {
			i++;
			continue;
		}
		status = end_child(r, t != DIED);
		/* What came before may have spoilt the child: only alone is it proved. */
		if (alone) {
			mark(arena, which_limit(t, status), &out[i]);
			i++;
		}
	}
	if (r->child > 0) {
		uint64_t end = 0;

		(void)put(r, &end, sizeof(end));
		(void)end_child(r, false);
	}
	return true;
}

void reader_brief(struct reader *r)
{
	r->brief = true;
}

size_t reader_missing(const struct reader *reader, const char *const **out)
{
	*out = reader->missing;
	return reader->missing_count;
}
