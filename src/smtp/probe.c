#include "smtp/probe.h"

#include "base/clock.h"
#include "base/fd.h"
#include "smtp/server_reply.h"
#include "smtp/socket.h"

#include <sys/epoll.h>

enum { COMMAND_MOST = 1100, POLL_MS = 50 };

struct probing {
	struct arena *arena;
	struct smtp_socket *socket;
	struct smtp_reader reader;
	int epoll_fd;
	int64_t until_ms;
};

static int left_ms(const struct probing *p, int64_t timer_ms)
{
	int64_t left = p->until_ms - clock_mono_ms();

	if (timer_ms >= 0 && timer_ms < left)
		left = timer_ms;
	return left < 0 ? 0 : (int)left;
}

static bool late(const struct probing *p, struct err *err)
{
	return clock_mono_ms() < p->until_ms ||
	       err_set(err, ERR_AGAIN, "it did not answer within %d seconds",
		       PROBE_MS / 1000);
}

static bool connect_up(struct probing *p, struct err *err)
{
	enum smtp_progress now = smtp_socket_step(p->socket, -1, 0, err);
	long timer_ms = -1;

	while (now == SMTP_CONNECTING) {
		struct epoll_event event;
		int n;

		if (!smtp_socket_timer(p->socket, &timer_ms) && timer_ms >= 0)
			timer_ms = POLL_MS; /* it was set before: some of it is over */
		n = epoll_wait(p->epoll_fd, &event, 1, left_ms(p, timer_ms));
		if (n <= 0 && !late(p, err))
			return false;
		now = n > 0 ? smtp_socket_step(p->socket, (int)(uint32_t)event.data.u64,
					       event.events, err)
			    : smtp_socket_step(p->socket, -1, 0, err);
	}
	return now == SMTP_CONNECTED;
}

static bool wait_for(struct probing *p, struct err *err)
{
	struct epoll_event event;

	(void)epoll_wait(p->epoll_fd, &event, 1, left_ms(p, -1));
	return late(p, err);
}

static bool say(struct probing *p, const char *command, struct err *err)
{
	size_t len = strlen(command), sent;

	while (len) {
		enum smtp_io io = smtp_socket_send(p->socket, command, len, &sent);

		if (io == SMTP_IO_BROKEN)
			return err_set(err, ERR_AGAIN, "it closed the connection");
		command += sent;
		len -= sent;
		if (io == SMTP_IO_LATER && !wait_for(p, err))
			return false;
	}
	return true;
}

static bool hear(struct probing *p, int *out_code, const char **out_words,
		 struct err *err)
{
	for (;;) {
		enum smtp_read got = smtp_reader_next(&p->reader);
		size_t room, len;
		char *to;

		if (got == SMTP_READ_REPLY)
			break;
		if (got == SMTP_READ_GARBAGE)
			return err_set(err, ERR_AGAIN, "it says what is no SMTP");
		to = smtp_reader_room(&p->reader, &room);
		switch (smtp_socket_receive(p->socket, to, room, &len)) {
		case SMTP_IO_DONE:
			smtp_reader_wrote(&p->reader, len);
			break;
		case SMTP_IO_LATER:
			if (!wait_for(p, err))
				return false;
			break;
		case SMTP_IO_BROKEN:
			return err_set(err, ERR_AGAIN, "it closed the connection");
		}
	}
	*out_code = p->reader.reply.code;
	*out_words = arena_strdup(p->arena, p->reader.reply.text);
	return true;
}

static bool ask(struct probing *p, const char *sender, const char *recipient,
		struct smtp_probe *out, struct err *err)
{
	AUTO(buf) line = buf_new(COMMAND_MOST);
	struct err ignored = {0};

	if (!sender)
		return true;
	buf_printf(line, "MAIL FROM:<%s>\r\n", sender);
	if (!say(p, buf_text(line), err) ||
	    !hear(p, &out->sender_code, &out->sender_words, err))
		return false;
	if (recipient && out->sender_code / 100 == 2) {
		buf_reset(line);
		buf_printf(line, "RCPT TO:<%s>\r\n", recipient);
		if (!say(p, buf_text(line), err) ||
		    !hear(p, &out->recipient_code, &out->recipient_words, err))
			return false;
	}
	/* Whatever it says to that is of no interest: it has not been given a mail. */
	return say(p, "RSET\r\nQUIT\r\n", &ignored) || true;
}

bool smtp_probe(struct arena *arena, const struct smtp_relay *relay, const char *sender,
		const char *recipient, struct smtp_probe *out, struct err *err)
{
	struct probing p = {.arena = arena, .until_ms = clock_mono_ms() + PROBE_MS};
	AUTO(buf) url = buf_new(COMMAND_MOST);
	AUTO_FD epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	bool ok;

	*out = (struct smtp_probe){.encrypted = relay->tls != SMTP_TLS_NONE};
	if ((sender && !smtp_address_ok(sender, NULL)) ||
	    (recipient && !smtp_address_ok(recipient, NULL)))
		return err_set(err, ERR_INPUT, "it cannot be asked for such an address");
	if (epoll_fd < 0)
		return err_set(err, ERR_SYSTEM, "epoll: no room");
	if (!smtp_socket_url(relay, url, err))
		return false;
	p.epoll_fd = epoll_fd;
	smtp_reader_reset(&p.reader);
	p.socket = smtp_socket_open(relay, buf_text(url), epoll_fd, 0);
	smtp_socket_keep_certificate(p.socket);
	ok = connect_up(&p, err);
	if (ok) {
		out->certificate_end = smtp_socket_certificate_end(p.socket);
		ok = ask(&p, sender, recipient, out, err);
	}
	smtp_socket_close(&p.socket);
	return ok;
}
