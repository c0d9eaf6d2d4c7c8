#include "reader/mail_child.h"
#include "base/arena.h"
#include "base/fd.h"
#include "classify/classify.h"
#include "mail/read/read.h"
#include "reader/reader.h"
#include "reader/seen.h"
#include "reader/wire.h"
#include "sandbox/sandbox.h"
#include "text/markup/html_safe.h"

#include <errno.h>
#include <linux/close_range.h>
#include <malloc.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

enum {
	FD = 3,
	EXIT_BAD = 70,
	KEEP_ARENA = 1 << 20,
	KEEP_WORDS = 8 << 20, /* so much to say waits at most */
	WORDS_MOST = 64 << 20,
	HTML_MOST = 48 << 20
};

static bool get(void *to, size_t len)
{
	char *at = to;

	while (len) {
		ssize_t n = read(FD, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static bool say(const char *at, size_t len)
{
	struct err ignored = {0};

	return fd_write_all(FD, at, len, &ignored);
}

static bool tell(struct buf *words)
{
	if (!say(words->bytes, words->len))
		return false;
	if (words->room > KEEP_WORDS)
		buf_clear(words);
	buf_reset(words);
	return true;
}

/* SIGPROF ends the process when one mail has used up its time. */
static void allow_time(unsigned ms)
{
	struct itimerval t = {.it_value = {ms / 1000, (ms % 1000) * 1000}};

	(void)setitimer(ITIMER_PROF, &t, NULL);
}

static bool put_bytes(struct buf *words, const void *bytes, size_t len)
{
	if (words->len + len > KEEP_WORDS)
		return tell(words) && say(bytes, len);
	buf_add(words, bytes, len);
	return true;
}

static bool put_message(struct buf *words, struct mail_message *m, bool brief)
{
	size_t at = words->len;
	uint64_t len;

	pack_int(words, 0); /* room for the length */
	reader_pack(words, m, brief ? READER_BRIEF : READER_WHOLE);
	if (buf_cut(words))
		return false;
	len = words->len - at - 8;
	for (size_t i = 0; i < 8; i++)
		words->bytes[at + i] = (char)(len >> (8 * i));
	for (size_t i = 0; i < m->attachment_count; i++) {
		m->attachments[i].head_only = brief;
		if (!put_bytes(words, m->attachments[i].bytes,
			       reader_follows(&m->attachments[i])))
			return false;
	}
	return true;
}

static const char *harmless(struct arena *arena, const char *html)
{
	AUTO(buf) safe = buf_new(HTML_MOST);

	html_safe(safe, html, strlen(html));
	return arena_strdup(arena, buf_text(safe));
}

static bool one_mail(const struct reader_mail *mail, struct arena *arena,
		     struct buf *words, bool brief)
{
	struct mail_message m;
	struct err err = {0};

	if (mail_read(mail->bytes, mail->len, arena, &m, &err)) {
		classify_message(arena, &m);
		reader_see(arena, &m);
	} else {
		m = (struct mail_message){0};
		m.limits_hit.items = arena_make(arena, const char *, 1);
		m.limits_hit.items[m.limits_hit.count++] = "unreadable";
	}
	/* No process outside this one gets to see the HTML as it came. */
	if (m.html && !brief)
		m.html = harmless(arena, m.html);
	return put_message(words, &m, brief);
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

static bool take_in(struct arena *arena, struct reader_work *work,
		    struct reader_mail **out)
{
	if (!get(work, sizeof(*work)))
		return false;
	*out = arena_make(arena, struct reader_mail, work->count);
	for (size_t i = 0; i < work->count; i++) {
		struct reader_mail *m = &(*out)[i];
		void *bytes;

		if (!get(&m->len, sizeof(m->len)))
			return false;
		bytes = malloc(m->len + 1);
		if (!bytes)
			abort();
		m->bytes = bytes;
		if (!get(bytes, m->len))
			return false;
	}
	return true;
}

static bool do_work(const struct reader_work *work, const struct reader_mail *mails,
		    struct buf *words)
{
	AUTO(arena) arena = arena_new(KEEP_ARENA);

	for (size_t i = 0; i < work->count; i++) {
		allow_time(work->cpu_ms);
		if (!one_mail(&mails[i], arena, words, work->brief))
			return false;
		allow_time(0);
		arena_reset(arena);
		if ((work->one_by_one || words->len > KEEP_WORDS) && !tell(words))
			return false;
	}
	return tell(words);
}

void reader_child(int fd, size_t memory_bytes)
{
	const struct sandbox_limits limits = {.memory_bytes = memory_bytes,
					      .no_core = true};
	struct sandbox_missing missing; /* the role says so in the log, for itself too */
	struct reader_mail *mails;
	struct reader_work work;
	struct err err = {0};
	struct arena *arena;
	struct buf words;

	own_signals();
	/* Only stderr (for the sanitizers' and our last words) and the pipe stay. */
	if (dup2(fd, FD) != FD)
		_exit(EXIT_BAD);
	(void)syscall(SYS_close_range, FD + 1, ~0U, 0);
	(void)mallopt(M_ARENA_MAX, 1);
	(void)mallopt(M_MMAP_THRESHOLD, 1 << 20);
	(void)mallopt(M_TRIM_THRESHOLD, 64 << 20);
	arena = arena_new(4096);
	buf_init(&words, WORDS_MOST);
	if (!sandbox_limit(&limits, &err) ||
	    !sandbox_enter(SANDBOX_PARSER, NULL, &missing, &err) || !say("", 1)) {
		(void)!write(STDERR_FILENO, err.text, strlen(err.text));
		_exit(EXIT_BAD);
	}
	_exit(take_in(arena, &work, &mails) && do_work(&work, mails, &words) ? 0
									     : EXIT_BAD);
}
