#include "imap/stream.h"

#include "base/clock.h"
#include "base/fd.h"

#include <errno.h>
#include <gnutls/x509.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>

void imap_wire_init(struct imap_wire *w)
{
	memset(w, 0, sizeof(*w));
	w->fd = -1;
}

bool imap_wire_fail(struct imap_wire *w, enum err_kind kind, const char *format, ...)
{
	va_list args;

	if (w->kind != ERR_NONE)
		return false; /* the first reason is the true one */
	w->kind = kind;
	va_start(args, format);
	(void)vsnprintf(w->why, sizeof(w->why), format, args);
	va_end(args);
	return false;
}

void imap_wire_begin(struct imap_wire *w, int timeout_ms, size_t total_max)
{
	w->deadline_ms = clock_mono_ms() + timeout_ms;
	w->total_left = total_max;
}

static int left_ms(const struct imap_wire *w)
{
	int64_t left = w->deadline_ms - clock_mono_ms();

	return left <= 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

static bool wait_for(struct imap_wire *w, short events)
{
	struct pollfd p = {.fd = w->fd, .events = events};
	int left = left_ms(w), n;

	/* The deadline holds also for a server that sends a byte now and then. */
	if (left == 0)
		return imap_wire_fail(w, ERR_AGAIN, "the server did not answer in time");
	do
		n = poll(&p, 1, left);
	while (n < 0 && errno == EINTR && (left = left_ms(w)) > 0);
	if (n < 0)
		return imap_wire_fail(w, ERR_AGAIN, "the wait failed: %s",
				      strerror(errno));
	if (n == 0)
		return imap_wire_fail(w, ERR_AGAIN, "the server did not answer in time");
	return true;
}

/* What came: > 0 bytes, 0 nothing yet (want says what to wait for), < 0 failed. */
static ssize_t receive_now(struct imap_wire *w, void *to, size_t room, short *want)
{
	ssize_t n;

	*want = POLLIN;
	if (w->tls != NULL) {
		n = gnutls_record_recv(w->tls, to, room);
		if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED) {
			*want = gnutls_record_get_direction(w->tls) ? POLLOUT : POLLIN;
			return 0;
		}
		if (n < 0 && n != GNUTLS_E_PREMATURE_TERMINATION) {
			(void)imap_wire_fail(w, ERR_AGAIN, "TLS broke: %s",
					     gnutls_strerror((int)n));
			return -1;
		}
	} else {
		n = recv(w->fd, to, room, MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
			return 0;
		if (n < 0) {
			(void)imap_wire_fail(w, ERR_AGAIN, "the connection broke: %s",
					     strerror(errno));
			return -1;
		}
	}
	/* libetpan asks again for ever when it is told 0. */
	if (n <= 0) {
		(void)imap_wire_fail(w, ERR_AGAIN, "the server closed the connection");
		return -1;
	}
	if ((size_t)n > w->total_left) {
		(void)imap_wire_fail(w, ERR_AGAIN,
				     "the server sent far more than was asked for");
		return -1;
	}
	w->total_left -= (size_t)n;
	return n;
}

static ssize_t receive(struct imap_wire *w, void *to, size_t room)
{
	for (;;) {
		short want;
		ssize_t n = receive_now(w, to, room, &want);

		if (n != 0)
			return n;
		if (!wait_for(w, want))
			return -1;
	}
}

/* Moves what is left to the front: at most one unfinished line, so a gulp fits behind. */
static void room_behind(struct imap_wire *w)
{
	memmove(w->in, w->in + w->at, w->len - w->at);
	w->len -= w->at;
	w->at = 0;
	ASSERT(sizeof(w->in) - w->len >= IMAP_WIRE_GULP);
}

static ssize_t put(struct imap_wire *w, const void *from, size_t count);

/* A "+" in a login: the next of our answers, which libetpan knows nothing of. */
static bool answer_login(struct imap_wire *w)
{
	const char *said = w->answers[0], *rest;
	char line[IMAP_LOGIN_MAX + 3];
	size_t len;

	w->filter.continuation = false;
	w->answers[0] = w->answers[1];
	w->answers[1] = NULL;
	if (!said)
		return imap_wire_fail(w, ERR_AGAIN,
				      "the server asks for more than a login has");
	len = (size_t)snprintf(line, sizeof(line), "%s\r\n", said);
	for (rest = line; len > 0;) {
		ssize_t n = put(w, rest, len);

		if (n < 0)
			return false;
		rest += n;
		len -= (size_t)n;
	}
	explicit_bzero(line, sizeof(line));
	return true;
}

/* What stands behind a code that nobody asked for is no code to libetpan. */
static void only_words(char *line, size_t len, size_t from)
{
	for (size_t i = from; from && i < len; i++)
		if (line[i] == '[')
			line[i] = '(';
}

/*
 * Judges what lies in the buffer. True: some of it is ready, or more must come
 * (ready is 0); false: the filter said no.
 */
static bool judge(struct imap_wire *w)
{
	struct imap_filter *f = &w->filter;

	while (w->ready == 0 && w->at < w->len) {
		size_t raw = w->len - w->at, part;
		char *line = w->in + w->at, *nl;

		if (f->literal_left > 0) {
			part = raw < f->literal_left ? raw : f->literal_left;
			f->literal_left -= part;
			if (f->keep)
				w->ready = part;
			else
				w->at += part;
			continue;
		}
		nl = memchr(line, '\n', raw);
		if (nl == NULL)
			return raw < IMAP_LINE_MAX ||
			       imap_wire_fail(w, ERR_AGAIN,
					      "the server sent a line without end");
		part = (size_t)(nl + 1 - line);
		switch (imap_filter_line(f, line, part)) {
		case IMAP_LINE_KEEP:
			only_words(line, part, f->words_at);
			w->ready = part;
			break;
		case IMAP_LINE_DROP:
			w->at += part;
			if (f->want == IMAP_WANT_LOGIN && f->continuation &&
			    !answer_login(w))
				return false;
			break;
		case IMAP_LINE_BAD:
			return f->bye ? imap_wire_fail(w, ERR_AGAIN,
						       "the server hung up: %s",
						       f->answer)
				      : imap_wire_fail(w, ERR_AGAIN, "the server sent %s",
						       f->why);
		}
	}
	return true;
}

static ssize_t wire_read(mailstream_low *low, void *to, size_t count)
{
	struct imap_wire *w = low->data;

	if (w->kind != ERR_NONE || count == 0)
		return -1;
	for (;;) {
		ssize_t n;

		if (w->ready > 0) {
			size_t part = count < w->ready ? count : w->ready;

			memcpy(to, w->in + w->at, part);
			w->at += part;
			w->ready -= part;
			return (ssize_t)part;
		}
		if (!judge(w))
			return -1;
		if (w->ready > 0)
			continue;
		/* The bulk of a mail goes straight to where libetpan wants it. */
		if (w->at == w->len && w->filter.literal_left > 0 && w->filter.keep) {
			size_t left = w->filter.literal_left;

			n = receive(w, to, count < left ? count : left);
			if (n > 0)
				w->filter.literal_left -= (size_t)n;
			return n;
		}
		room_behind(w);
		n = receive(w, w->in + w->len, IMAP_WIRE_GULP);
		if (n < 0)
			return -1;
		w->len += (size_t)n;
	}
}

static ssize_t put(struct imap_wire *w, const void *from, size_t count)
{
	while (w->kind == ERR_NONE) {
		short want = POLLOUT;
		ssize_t n;

		if (w->tls != NULL) {
			n = gnutls_record_send(w->tls, from, count);
			if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
				want = gnutls_record_get_direction(w->tls) ? POLLOUT
									   : POLLIN;
			else if (n < 0)
				imap_wire_fail(w, ERR_AGAIN, "TLS broke: %s",
					       gnutls_strerror((int)n));
		} else {
			n = send(w->fd, from, count, MSG_DONTWAIT | MSG_NOSIGNAL);
			if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK &&
			    errno != EINTR)
				imap_wire_fail(w, ERR_AGAIN, "the connection broke: %s",
					       strerror(errno));
		}
		if (n > 0)
			return n;
		if (w->kind == ERR_NONE)
			(void)wait_for(w, want);
	}
	return -1;
}

static ssize_t wire_write(mailstream_low *low, const void *from, size_t count)
{
	return put(low->data, from, count);
}

static int wire_close_stream(mailstream_low *low UNUSED)
{
	return 0; /* the wire closes itself */
}

static int wire_get_fd(mailstream_low *low)
{
	return ((struct imap_wire *)low->data)->fd;
}

static void wire_free_stream(mailstream_low *low)
{
	free(low);
}

mailstream *imap_wire_stream(struct imap_wire *w)
{
	static mailstream_low_driver driver = {.mailstream_read = wire_read,
					       .mailstream_write = wire_write,
					       .mailstream_close = wire_close_stream,
					       .mailstream_get_fd = wire_get_fd,
					       .mailstream_free = wire_free_stream};
	mailstream_low *low = mailstream_low_new(w, &driver);
	mailstream *stream = low == NULL ? NULL : mailstream_new(low, IMAP_WIRE_STREAM);

	if (stream == NULL)
		free(low);
	return stream;
}

bool imap_wire_wait(struct imap_wire *w, int wake_fd, int timeout_ms, bool *out_woken)
{
	*out_woken = false;
	imap_wire_begin(w, timeout_ms, w->total_left);
	while (w->kind == ERR_NONE) {
		struct pollfd p[2] = {{.fd = w->fd, .events = POLLIN},
				      {.fd = wake_fd, .events = POLLIN}};
		short want;
		ssize_t n;
		int left;

		if (!judge(w))
			return false;
		if (w->ready > 0 || w->filter.news)
			return true;
		/* TLS may hold bytes that poll() no longer sees: try before waiting. */
		room_behind(w);
		n = receive_now(w, w->in + w->len, IMAP_WIRE_GULP, &want);
		if (n < 0)
			return false;
		w->len += (size_t)n;
		if (n > 0)
			continue;
		left = left_ms(w);
		if (left == 0)
			return true;
		p[0].events = want;
		n = poll(p, wake_fd >= 0 ? 2 : 1, left);
		if (n < 0 && errno != EINTR)
			return imap_wire_fail(w, ERR_AGAIN, "the wait failed: %s",
					      strerror(errno));
		if (n > 0 && wake_fd >= 0 && p[1].revents != 0) {
			*out_woken = true;
			return true;
		}
	}
	return false;
}

bool imap_wire_has_more(const struct imap_wire *w)
{
	return w->at < w->len;
}

void imap_wire_close(struct imap_wire *w)
{
	static const char bye[] = "Z LOGOUT\r\n";

	/* Politeness, if it can be had without waiting. */
	if (w->kind == ERR_NONE && w->tls != NULL)
		(void)!gnutls_record_send(w->tls, bye, sizeof(bye) - 1);
	else if (w->kind == ERR_NONE && w->fd >= 0)
		(void)!send(w->fd, bye, sizeof(bye) - 1, MSG_DONTWAIT | MSG_NOSIGNAL);
	(void)imap_wire_fail(w, ERR_AGAIN, "the connection was closed");
	if (w->tls != NULL)
		gnutls_deinit(w->tls);
	if (w->trust != NULL)
		gnutls_certificate_free_credentials(w->trust);
	w->tls = NULL;
	w->trust = NULL;
	fd_close(&w->fd);
}
