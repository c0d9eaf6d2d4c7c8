/* Until there is something new. */
#include "imap/mailbox_session.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>

/*
 * One IDLE lasts no longer, far below the half hour after which servers log us out:
 * a connection that died silently (a router forgot it) is noticed this soon.
 */
enum { IDLE_MS = 5 * 60 * 1000 };

static bool idle_once(struct imap_session *s, int wake_fd, int wait_ms, bool *out_woken,
		      struct err *err)
{
	bool ok;

	imap_begin(s, IMAP_WANT_NOTHING, 0, 0, IMAP_LINE_MAX);
	/*
	 * libetpan hangs when an untagged line comes before the "+": the filter has
	 * taken those out (and noted them as news).
	 */
	if (!imap_end(s, mailimap_idle(s->imap), ERR_AGAIN, "waiting for mail", err))
		return false;
	s->wire.total_left = IMAP_DROPPED_MAX;
	ok = imap_wire_wait(&s->wire, wake_fd, wait_ms, out_woken);
	if (!ok)
		return imap_end(s, MAILIMAP_ERROR_STREAM, ERR_AGAIN, "waiting for mail",
				err);
	imap_begin(s, IMAP_WANT_NOTHING, 0, 0, IMAP_LINE_MAX);
	return imap_end(s, mailimap_idle_done(s->imap), ERR_AGAIN, "waiting for mail",
			err);
}

static bool poll_once(struct imap_session *s, int wake_fd, int wait_ms, bool *out_woken,
		      struct err *err)
{
	struct pollfd p = {.fd = wake_fd, .events = POLLIN};
	int n = poll(&p, wake_fd >= 0 ? 1 : 0, wait_ms);

	if (n < 0 && errno != EINTR)
		return err_set(err, ERR_SYSTEM, "mailbox %s: the wait failed: %s.",
			       s->account.name, strerror(errno));
	*out_woken = n > 0;
	return imap_noop(s, err);
}

bool imap_wait(struct imap_session *s, int wake_fd, int timeout_s, bool *out_changed,
	       struct err *err)
{
	int64_t until_ms = clock_mono_ms() + (int64_t)timeout_s * 1000;
	bool woken = false;

	if (!imap_usable(s, err))
		return false;
	while (!s->wire.filter.news && !woken) {
		int64_t left_ms = until_ms - clock_mono_ms();
		int64_t most_ms =
			s->folder.idle ? IDLE_MS : (int64_t)s->account.poll_s * 1000;
		bool ok;

		if (left_ms <= 0)
			break;
		if (left_ms > most_ms)
			left_ms = most_ms;
		ok = s->folder.idle ? idle_once(s, wake_fd, (int)left_ms, &woken, err)
				    : poll_once(s, wake_fd, (int)left_ms, &woken, err);
		if (!ok)
			return false;
	}
	*out_changed = s->wire.filter.news;
	return true;
}
