#include "reader/reader.h"
#include "base/fd.h"
#include "mail/read/read.h"
#include "reader/mail_child.h"
#include "reader/fork_server.h"
#include "reader/wire.h"

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
	LOAD_BYTES = 8 << 20,    /* what a child takes in; one mail may be larger */
	BIRTHS = 3,              /* children in a row without a sign of life */
	SECOND_CHANCES = 2       /* of a mail whose child was ended from outside */
};

struct reader {
	struct fork_server fork_server;
	int timer;
	int fd; /* to the child; -1: there is none */
	size_t memory_bytes;
	unsigned cpu_ms, wall_ms;
	bool brief;
	const struct reader_mail *mails; /* of the batch, and how far it is answered */
	size_t count, done;
	size_t first, till; /* the mails that the child was given */
	int chances;        /* that the mail at done has left */
	bool heard;         /* the child came up, shut in */
	bool one_by_one;    /* it tells of each mail before it begins the next */
	bool somebody_waits;
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
	r->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (r->timer < 0) {
		(void)err_set(err, ERR_SYSTEM, "a timer for the mail reader: %s",
			      strerror(errno));
		reader_close(&r);
		return false;
	}
	if (!fork_server_open(&r->fork_server, err)) {
		reader_close(&r);
		return false;
	}
	*out = r;
	return true;
}

/* Ends the child if it still runs. Returns its wait status. */
static int end_child(struct reader *r, bool kill_it)
{
	if (r->fd < 0)
		return 0;
	fd_close(&r->fd);
	return fork_server_end(&r->fork_server,
			       kill_it ? FORK_SERVER_KILLS : FORK_SERVER_WAITS);
}

void reader_close(struct reader **reader)
{
	if (!reader || !*reader)
		return;
	(void)end_child(*reader, true);
	fork_server_close(&(*reader)->fork_server);
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
	r->somebody_waits = true;
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
		if (p[0].revents)
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

/* As many of the mails that are left as a child may take in, at least one. */
static size_t load_till(const struct reader *r)
{
	size_t till = r->done + 1, bytes = r->mails[r->done].len;

	while (till < r->count && bytes + r->mails[till].len <= LOAD_BYTES)
		bytes += r->mails[till++].len;
	return till;
}

/* A child that fails in this fails at the first answer that it owes. */
static enum trouble hand_over(struct reader *r)
{
	const struct reader_work work = {.count = r->till - r->first,
					 .cpu_ms = r->cpu_ms,
					 .brief = r->brief,
					 .one_by_one = r->one_by_one};
	enum trouble t;

	arm(r, r->wall_ms);
	t = put(r, &work, sizeof(work));
	for (size_t i = r->first; t == FINE && i < r->till; i++) {
		t = put(r, &r->mails[i].len, sizeof(r->mails[i].len));
		if (t == FINE)
			t = put(r, r->mails[i].bytes, r->mails[i].len);
	}
	return t;
}

static bool start_child(struct reader *r, struct err *err)
{
	if (!fork_server_birth(&r->fork_server, r->memory_bytes, &r->fd, err))
		return false;
	r->first = r->done;
	r->till = load_till(r);
	r->heard = false;
	(void)hand_over(r);
	return true;
}

/*
 * A child that has said that it is shut in. One that ends before that has seen no mail: it
 * was ended from outside, and another is born, or the machine gives it less than it needs.
 */
static bool child_is_up(struct reader *r, struct err *err)
{
	char ready;

	if (r->fd >= 0 && r->heard)
		return true;
	for (int births = 0; births < BIRTHS; births++) {
		if (r->fd < 0 && !start_child(r, err))
			return false;
		arm(r, READER_UP_MS);
		r->heard = get(r, &ready, 1) == FINE;
		if (r->heard)
			return true;
		(void)end_child(r, true);
	}
	return err_set(err, ERR_SYSTEM,
		       "the mail reader's child does not come up; "
		       "its last words are in the log");
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

static enum trouble one_answer(struct reader *r, struct arena *arena,
			       const struct reader_mail *mail, struct mail_message *out)
{
	uint64_t answer = 0;
	size_t most = mail->len * 8 + ANSWER_EXTRA;
	enum trouble t;
	char *packed;

	arm(r, r->wall_ms);
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
static const char *which_limit(const struct reader *r, enum trouble trouble, int status)
{
	if (trouble == TOO_SLOW)
		return r->somebody_waits ? "patience" : "time";
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

bool reader_start(struct reader *r, const struct reader_mail *mails, size_t count,
		  struct err *err)
{
	ASSERT(r->fd < 0);
	r->mails = mails;
	r->count = count;
	r->done = 0;
	r->chances = SECOND_CHANCES;
	r->one_by_one = false;
	return count == 0 || start_child(r, err);
}

static void next_mail(struct reader *r)
{
	r->done++;
	r->chances = SECOND_CHANCES;
}

/*
 * No mail can do this: its child has no other process to signal, gives up by itself when
 * its memory ends, and is ended by SIGPROF when its time does.
 */
static bool ended_from_outside(enum trouble t, int status)
{
	return t == DIED && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/* The child failed at out, the first mail that it did not tell of. */
static void failed_at(struct reader *r, struct arena *arena, enum trouble t,
		      struct mail_message *out)
{
	int status = end_child(r, t != DIED);

	/* What came before may have spoilt the child, or what it had to tell was lost
	 * with it: only a child that began with this mail and tells at once proves it. */
	if (r->first == r->done && (r->one_by_one || r->till == r->first + 1)) {
		if (ended_from_outside(t, status) && r->chances-- > 0)
			return;
		mark(arena, which_limit(r, t, status), out);
		next_mail(r);
	}
	r->one_by_one = true;
}

bool reader_finish(struct reader *r, struct arena *arena, struct mail_message *out,
		   struct err *err)
{
	while (r->done < r->count) {
		enum trouble t;

		if (!child_is_up(r, err))
			return false;
		t = one_answer(r, arena, &r->mails[r->done], &out[r->done]);
		if (t != FINE) {
			failed_at(r, arena, t, &out[r->done]);
			continue;
		}
		next_mail(r);
		if (r->done == r->till)
			(void)end_child(r, false);
	}
	return true;
}

void reader_drop(struct reader *r)
{
	(void)end_child(r, true);
}

bool reader_read(struct reader *r, struct arena *arena, const struct reader_mail *mails,
		 size_t count, struct mail_message *out, struct err *err)
{
	return reader_start(r, mails, count, err) && reader_finish(r, arena, out, err);
}

void reader_brief(struct reader *r)
{
	r->brief = true;
}
