#include "process/loop.h"
#include "base/clock.h"
#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

static int stop_pipe[2] = {-1, -1};

static void on_stop(int number)
{
	int kept = errno;

	(void)number;
	if (write(stop_pipe[1], "x", 1) < 0) {
		/* the pipe is full: it is readable already */
	}
	errno = kept;
}

bool loop_signals(int *out_stop_fd, struct err *err)
{
	struct sigaction stop = {.sa_handler = on_stop}, ignore = {.sa_handler = SIG_IGN};

	if (pipe2(stop_pipe, O_CLOEXEC | O_NONBLOCK) || sigaction(SIGTERM, &stop, NULL) ||
	    sigaction(SIGINT, &stop, NULL) || sigaction(SIGPIPE, &ignore, NULL) ||
	    sigaction(SIGHUP, &ignore, NULL))
		return err_set(err, ERR_SYSTEM, "signals cannot be set up: %s",
			       strerror(errno));
	*out_stop_fd = stop_pipe[0];
	return true;
}

void loop_begin(struct loop *loop, struct store *store, int stop_fd)
{
	loop->store = store;
	loop->stop_fd = stop_fd;
	loop->version = store ? store_version(store) : 0;
}

static bool readable(int fd, int timeout_ms, int other, bool *out_other)
{
	struct pollfd p[2] = {{.fd = fd, .events = POLLIN},
			      {.fd = other, .events = POLLIN}};

	if (poll(p, 2, timeout_ms) < 0)
		p[0].revents = p[1].revents =
			0; /* a signal: its byte is seen next time */
	*out_other = other >= 0 && p[1].revents;
	return p[0].revents != 0;
}

bool loop_stopping(const struct loop *loop)
{
	bool ignored;

	return readable(loop->stop_fd, 0, -1, &ignored);
}

enum loop_why loop_wait(struct loop *loop, int64_t until_ms, int fd)
{
	for (;;) {
		int64_t left = until_ms - clock_mono_ms(), version;
		bool woken;

		/* Looked at before the wait: what came while we worked is not slept over. */
		version = store_version(loop->store);
		if (version != loop->version) {
			loop->version = version;
			return LOOP_MOVED;
		}
		if (left < 0)
			left = 0;
		if (readable(loop->stop_fd,
			     (int)(left < LOOP_TICK_MS ? left : LOOP_TICK_MS), fd,
			     &woken))
			return LOOP_STOP;
		if (woken)
			return LOOP_READABLE;
		if (clock_mono_ms() >= until_ms)
			return LOOP_TIME;
	}
}

enum loop_why loop_sleep(struct loop *loop, int64_t ms)
{
	bool ignored;

	return readable(loop->stop_fd, (int)ms, -1, &ignored) ? LOOP_STOP : LOOP_TIME;
}
