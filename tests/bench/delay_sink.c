/*
 * delay_sink - an SMTP server that takes everything and answers so many ms late.
 *
 *	delay_sink PORT DELAY_MS [STALLS]
 *
 * One thread, epoll. Every reply is due the same delay after its command came, so the
 * replies to a pipelined group come together: it is the latency of a line that is
 * played, not a slow machine. The first STALLS final
 * dots are never answered. Prints the number of mails taken when it is stopped.
 */
#include "base/fd.h"
#include "base/str.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 4096, LATE_MAX = 65536, IN_MAX = 65536 };

struct connection {
	bool open, in_body;
	/* A descriptor may be somebody else's by the time a reply is due. */
	unsigned life;
	size_t len;
	char in[IN_MAX];
};

/* All delays are equal, so what came first is due first: a ring is enough. */
struct late {
	int fd;
	unsigned life;
	int64_t due_ns;
	const char *text;
};

static struct connection *connections[CONNECTIONS_MAX];
static struct late ring[LATE_MAX];
static size_t ring_from, ring_count;
static int64_t delay_ns, stalls;
static int timer_fd;
static unsigned long mails;
static volatile sig_atomic_t stopped;

static int64_t now_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void set_timer(void)
{
	struct itimerspec at = {0};

	if (ring_count) {
		at.it_value.tv_sec = ring[ring_from].due_ns / 1000000000;
		at.it_value.tv_nsec = ring[ring_from].due_ns % 1000000000;
	}
	(void)timerfd_settime(timer_fd, TFD_TIMER_ABSTIME, &at, NULL);
}

static void reply(int fd, const char *text)
{
	struct late *late = &ring[(ring_from + ring_count) % LATE_MAX];

	if (ring_count == LATE_MAX)
		abort();
	late->fd = fd;
	late->life = connections[fd]->life;
	late->due_ns = now_ns() + delay_ns;
	late->text = text;
	if (ring_count++ == 0)
		set_timer();
}

static void send_due(void)
{
	int64_t now = now_ns();

	while (ring_count && ring[ring_from].due_ns <= now) {
		struct connection *c = connections[ring[ring_from].fd];
		const char *text = ring[ring_from].text;

		if (c->open && c->life == ring[ring_from].life)
			(void)send(ring[ring_from].fd, text, strlen(text), MSG_NOSIGNAL);
		ring_from = (ring_from + 1) % LATE_MAX;
		ring_count--;
	}
	set_timer();
}

static void on_command(int fd, const char *line)
{
	struct connection *c = connections[fd];

	if (str_istarts(line, "EHLO"))
		reply(fd, "250-delay\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
	else if (str_istarts(line, "DATA")) {
		c->in_body = true;
		reply(fd, "354 go\r\n");
	} else if (str_istarts(line, "QUIT")) {
		reply(fd, "221 bye\r\n");
	} else {
		reply(fd, "250 ok\r\n");
	}
}

/* Returns how much of in was used up. */
static size_t use(int fd, char *in, size_t len)
{
	struct connection *c = connections[fd];
	size_t at = 0;

	for (;;) {
		if (c->in_body) {
			/* No body of the benchmark is empty, so a CRLF stands before. */
			char *end = memmem(in + at, len - at, "\r\n.\r\n", 5);

			if (!end)
				return len - at > 4 ? len - 4 : at;
			at = (size_t)(end - in) + 5;
			c->in_body = false;
			if (stalls > 0) {
				stalls--;
				continue;
			}
			mails++;
			reply(fd, "250 taken\r\n");
		} else {
			char *end = memchr(in + at, '\n', len - at);

			if (!end)
				return at;
			*end = '\0';
			on_command(fd, in + at);
			at = (size_t)(end - in) + 1;
		}
	}
}

static void on_input(int fd)
{
	struct connection *c = connections[fd];
	ssize_t n = read(fd, c->in + c->len, sizeof(c->in) - c->len);
	size_t used;

	if (n <= 0) {
		c->open = false;
		(void)close(fd);
		return;
	}
	c->len += (size_t)n;
	used = use(fd, c->in, c->len);
	c->len -= used;
	memmove(c->in, c->in + used, c->len);
}

static void on_connect(int listen_fd, int epoll_fd)
{
	int fd = accept4(listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), one = 1;
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

	if (fd < 0)
		return;
	if (fd >= CONNECTIONS_MAX)
		abort();
	if (!connections[fd])
		connections[fd] = calloc(1, sizeof(*connections[fd]));
	if (!connections[fd])
		abort();
	connections[fd]->open = true;
	connections[fd]->in_body = false;
	connections[fd]->life++;
	connections[fd]->len = 0;
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	(void)epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event);
	reply(fd, "220 delay ESMTP\r\n");
}

static void on_stop(int number)
{
	(void)number;
	stopped = 1;
}

static int listen_on(int64_t port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) || listen(fd, 1000)) {
		perror("delay_sink");
		exit(1);
	}
	return fd;
}

int main(int argc, char **argv)
{
	struct epoll_event events[256], event = {.events = EPOLLIN};
	struct sigaction stop = {.sa_handler = on_stop};
	struct err err = {0};
	int64_t port, delay_ms;
	int listen_fd, epoll_fd;

	if (argc < 3 || argc > 4 || !str_to_int(argv[1], 1, 65535, &port, &err) ||
	    !str_to_int(argv[2], 0, 60000, &delay_ms, &err) ||
	    (argc == 4 && !str_to_int(argv[3], 0, CONNECTIONS_MAX, &stalls, &err))) {
		(void)fprintf(stderr, "usage: delay_sink PORT DELAY_MS [STALLS]\n");
		return 2;
	}
	delay_ns = delay_ms * 1000000;
	(void)sigaction(SIGTERM, &stop, NULL);
	listen_fd = listen_on(port);
	timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	event.data.fd = listen_fd;
	(void)epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listen_fd, &event);
	event.data.fd = timer_fd;
	(void)epoll_ctl(epoll_fd, EPOLL_CTL_ADD, timer_fd, &event);
	while (!stopped) {
		int n = epoll_wait(epoll_fd, events, (int)ARRAY_LEN(events), -1);

		for (int i = 0; i < n; i++) {
			int fd = events[i].data.fd;

			if (fd == listen_fd)
				on_connect(listen_fd, epoll_fd);
			else if (fd == timer_fd)
				send_due();
			else
				on_input(fd);
		}
	}
	(void)fprintf(stderr, "delay_sink: %lu mails\n", mails);
	return 0;
}
