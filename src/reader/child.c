#include "reader/child.h"
#include "base/arena.h"
#include "classify/classify.h"
#include "mail/read.h"
#include "reader/wire.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <linux/close_range.h>
#include <malloc.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

enum { FD = 3, EXIT_BAD = 70, KEEP_ARENA = 1 << 20 };

static bool get(int fd, void *to, size_t len)
{
	char *at = to;

	while (len) {
		ssize_t n = read(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static bool put(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

/* SIGPROF ends the process when one mail has used up its time. */
static void allow_time(unsigned ms)
{
	struct itimerval t = {.it_value = {ms / 1000, (ms % 1000) * 1000}};

	(void)setitimer(ITIMER_PROF, &t, NULL);
}

static bool answer(int fd, struct mail_message *m, struct buf *packed, bool brief)
{
	uint64_t len;

	buf_reset(packed);
	pack_int(packed, 0); /* room for the length */
	reader_pack(packed, m, brief);
	if (buf_cut(packed))
		return false;
	len = packed->len - 8;
	for (size_t i = 0; i < 8; i++)
		packed->bytes[i] = (char)(len >> (8 * i));
	if (!put(fd, packed->bytes, packed->len))
		return false;
	for (size_t i = 0; i < m->attachment_count; i++) {
		m->attachments[i].head_only = brief;
		if (!put(fd, m->attachments[i].bytes, reader_follows(&m->attachments[i])))
			return false;
	}
	return true;
}

static bool one_mail(int fd, size_t len, struct arena *arena, struct buf *packed,
		     bool brief)
{
	char *bytes = malloc(len + 1);
	struct mail_message m;
	struct err err = {0};
	bool ok;

	if (!bytes)
		abort();
	ok = get(fd, bytes, len);
	if (ok && mail_read(bytes, len, arena, &m, &err)) {
		classify_message(arena, &m);
	} else if (ok) {
		m = (struct mail_message){0};
		m.limits_hit.items = arena_make(arena, const char *, 1);
		m.limits_hit.items[m.limits_hit.count++] = "unreadable";
	}
	ok = ok && answer(fd, &m, packed, brief);
	free(bytes);
	return ok;
}

static bool report_walls(int fd, const struct sandbox_missing *missing)
{
	struct buf b;
	bool ok;

	buf_init(&b, 4096);
	pack_int(&b, (int64_t)missing->count);
	for (size_t i = 0; i < missing->count; i++)
		pack_str(&b, missing->text[i]);
	pack_int(&b, 0);
	/* A fixed size, so the parent knows what to read. */
	while (b.len < 1024)
		buf_char(&b, '\0');
	ok = put(fd, b.bytes, 1024);
	buf_clear(&b);
	return ok;
}

static void own_signals(void)
{
	static const int dfl[] = {SIGPROF, SIGABRT, SIGTERM, SIGINT, SIGHUP,
				  SIGCHLD, SIGSEGV, SIGBUS,  SIGALRM};
	sigset_t none;

	for (size_t i = 0; i < ARRAY_LEN(dfl); i++)
		(void)signal(dfl[i], SIG_DFL);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

void reader_child(int fd, size_t memory_bytes, unsigned cpu_ms, bool brief)
{
	const struct sandbox_limits limits = {.memory_bytes = memory_bytes,
					      .no_core = true};
	struct sandbox_missing missing;
	struct err err = {0};
	struct arena *arena;
	struct buf packed;
	uint64_t len;

	own_signals();
	/* Only stderr (for the sanitizers' and our last words) and the pipe stay. */
	if (dup2(fd, FD) != FD)
		_exit(EXIT_BAD);
	(void)syscall(SYS_close_range, FD + 1, ~0U, 0);
	(void)mallopt(M_ARENA_MAX, 1);
	(void)mallopt(M_MMAP_THRESHOLD, 1 << 20);
	(void)mallopt(M_TRIM_THRESHOLD, 64 << 20);
	arena = arena_new(KEEP_ARENA);
	buf_init(&packed, (size_t)64 << 20);
	if (!sandbox_limit(&limits, &err) ||
	    !sandbox_enter(SANDBOX_PARSER, NULL, &missing, &err) ||
	    !report_walls(FD, &missing)) {
		(void)!write(STDERR_FILENO, err.text, strlen(err.text));
		_exit(EXIT_BAD);
	}
	while (get(FD, &len, sizeof(len)) && len) {
		allow_time(cpu_ms);
		if (!one_mail(FD, (size_t)len - 1, arena, &packed, brief))
			_exit(EXIT_BAD);
		allow_time(0);
		arena_reset(arena);
		if (packed.room > (size_t)4 << 20)
			buf_clear(&packed);
	}
	_exit(0);
}
