#include "smtp/dialogue.h"

#include <sys/epoll.h>

enum { QUIT_WAIT_MS = 2000, READS_A_TURN = 16 };

#define TO(state) (1u << (state))

static const unsigned next_states[] = {
	[LINK_OFF] = TO(LINK_CONNECTING),
	[LINK_CONNECTING] = TO(LINK_HELLO),
	[LINK_HELLO] = TO(LINK_IDLE),
	[LINK_IDLE] = TO(LINK_ENVELOPE) | TO(LINK_QUIT),
	[LINK_ENVELOPE] = TO(LINK_BODY) | TO(LINK_EMPTY) | TO(LINK_RESET),
	[LINK_BODY] = TO(LINK_DOT),
	[LINK_DOT] = TO(LINK_IDLE),
	[LINK_EMPTY] = TO(LINK_RESET),
	[LINK_RESET] = TO(LINK_IDLE),
	[LINK_QUIT] = 0,
};

static void go(struct smtp_link *link, enum link_state state)
{
	ASSERT(state == LINK_OFF || next_states[link->state] & TO(state));
	link->state = state;
}

static void arm(struct smtp_link *link, int64_t at_ms)
{
	link->deadline_ms = at_ms;
	link->keeper->due(link->pool, at_ms);
}

static void owe(struct smtp_link *link, enum link_command command)
{
	ASSERT(link->owed_count < ARRAY_LEN(link->owed));
	link->owed[link->owed_count++] = command;
}

/* The link is of no use any more: whatever it was doing, nothing is forgotten. */
void smtp_link_close(struct smtp_link *link, const struct err *why)
{
	enum link_state was = link->state;

	if (link->has_mail && !link->has_verdict)
		smtp_link_judge_broken(link, why ? why->text : "it was closed");
	smtp_socket_close(&link->socket);
	go(link, LINK_OFF);
	link->deadline_ms = link->curl_ms = LINK_NEVER;
	link->owed_count = 0;
	link->wants_out = false;
	buf_reset(&link->out);
	if (link->has_mail)
		smtp_link_settle(link);
	link->keeper->closed(link->pool, link, was, why);
}

static PRINTF_LIKE(2, 3) void broke(struct smtp_link *link, const char *format, ...)
{
	struct err why = {.kind = ERR_AGAIN};
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why.text, sizeof(why.text), format, args);
	va_end(args);
	smtp_link_close(link, &why);
}

/* ---- writing ---- */

static void set_out(struct smtp_link *link, bool out)
{
	if (link->wants_out != out)
		link->keeper->watch(link->pool, link, EPOLLIN | (out ? EPOLLOUT : 0u));
	link->wants_out = out;
}

static void take_replies(struct smtp_link *link, int64_t now_ms);

static enum smtp_io write_some(struct smtp_link *link)
{
	size_t n = 0;
	enum smtp_io io = SMTP_IO_DONE;

	while (link->out.len && io == SMTP_IO_DONE) {
		io = smtp_socket_send(link->socket, link->out.bytes, link->out.len, &n);
		if (io == SMTP_IO_DONE)
			buf_drop_front(&link->out, n);
	}
	while (io == SMTP_IO_DONE && link->state == LINK_BODY) {
		io = smtp_socket_send(link->socket, link->mail.bytes + link->body_sent,
				      link->mail.len - link->body_sent, &n);
		link->body_sent += n;
		if (link->body_sent == link->mail.len) {
			owe(link, LINK_FINAL_DOT);
			go(link, LINK_DOT);
		}
	}
	return io;
}

static void flush(struct smtp_link *link, int64_t now_ms)
{
	const struct smtp_relay *relay = link->relay;
	size_t before = link->body_sent;

	switch (write_some(link)) {
	case SMTP_IO_DONE:
		set_out(link, false);
		break;
	case SMTP_IO_LATER:
		set_out(link, true);
		break;
	case SMTP_IO_BROKEN:
		/* The reason may be waiting: a 421, or a refusal in the middle of the body. */
		take_replies(link, now_ms);
		if (link->state != LINK_OFF)
			broke(link, "the connection broke while we were writing");
		return;
	}
	if (link->state == LINK_DOT)
		arm(link, now_ms + relay->dot_ms);
	else if (link->body_sent != before)
		arm(link, now_ms + relay->reply_ms);
}

static void say(struct smtp_link *link, enum link_command command, const char *line)
{
	buf_str(&link->out, line);
	owe(link, command);
}

static void out_of_step(struct smtp_link *link, enum smtp_stage stage, int code)
{
	if (!link->has_verdict && stage != SMTP_AT_DOT) {
		smtp_link_judge(link, SMTP_AGAIN, stage, SMTP_TROUBLE_OF_RELAY,
				"relay %s answered %s with %d: it was not delivered",
				link->relay->name, smtp_stage_name(stage), code);
		link->outcome.at_once = link->mails > 0;
	}
	broke(link, "it answered %s with %d", smtp_stage_name(stage), code);
}

/* Pipelined, the next mail need not wait for the answer to RSET. */
static void reset(struct smtp_link *link, int64_t now_ms)
{
	go(link, LINK_RESET);
	say(link, LINK_RSET, "RSET\r\n");
	arm(link, now_ms + link->relay->reply_ms);
	flush(link, now_ms);
	if (link->state == LINK_RESET && link->pipelining) {
		go(link, LINK_IDLE);
		link->keeper->idle(link->pool, link);
	}
}

/* ---- replies ---- */

static void envelope_done(struct smtp_link *link, int64_t now_ms)
{
	link->mails++;
	smtp_link_settle(link);
	reset(link, now_ms);
}

static void on_hello(struct smtp_link *link, const struct smtp_reply *reply,
		     int64_t now_ms)
{
	/* A server that knows only HELO has no extensions; libcurl greeted it already. */
	memset(&link->offer, 0, sizeof(link->offer));
	if (reply->code / 100 == 2)
		smtp_offer_read(reply, &link->offer);
	link->pipelining = link->offer.pipelining;
	go(link, LINK_IDLE);
	arm(link, now_ms + link->relay->idle_ms);
	link->keeper->connected(link->pool, link);
}

static void on_data(struct smtp_link *link, const struct smtp_reply *reply,
		    int64_t now_ms)
{
	if (reply->code == 354 && !link->has_verdict) {
		go(link, LINK_BODY);
		link->body_sent = 0;
		arm(link, now_ms + link->relay->reply_ms);
		flush(link, now_ms);
	} else if (reply->code == 354) {
		/* Nobody is left to get it, and yet the server wants text: RFC 2920 3.1. */
		go(link, LINK_EMPTY);
		say(link, LINK_LONE_DOT, ".\r\n");
		flush(link, now_ms);
	} else if (reply->code / 100 < 4) {
		out_of_step(link, SMTP_AT_DATA, reply->code);
	} else {
		if (!link->has_verdict)
			smtp_link_judge_by_reply(link, reply, SMTP_AT_DATA);
		envelope_done(link, now_ms);
	}
}

static void on_dot(struct smtp_link *link, const struct smtp_reply *reply, int64_t now_ms)
{
	if (reply->code / 100 == 3) {
		out_of_step(link, SMTP_AT_DOT, reply->code);
		return;
	}
	smtp_link_judge_by_reply(link, reply, SMTP_AT_DOT);
	link->mails++;
	smtp_link_settle(link);
	go(link, LINK_IDLE);
	arm(link, now_ms + link->relay->idle_ms);
	link->keeper->idle(link->pool, link);
}

static void on_envelope(struct smtp_link *link, const struct smtp_reply *reply,
			enum link_command command, int64_t now_ms)
{
	enum smtp_stage stage = command == LINK_MAIL ? SMTP_AT_MAIL : SMTP_AT_RCPT;

	if (reply->code / 100 == 3) {
		out_of_step(link, stage, reply->code);
		return;
	}
	if (reply->code / 100 != 2 && !link->has_verdict)
		smtp_link_judge_by_reply(link, reply, stage);
	if (link->pipelining)
		return;
	if (link->has_verdict) {
		envelope_done(link, now_ms);
		return;
	}
	if (command == LINK_MAIL)
		say(link, LINK_RCPT, buf_text(&link->held));
	else
		say(link, LINK_DATA, "DATA\r\n");
	flush(link, now_ms);
}

static void closing(struct smtp_link *link, const struct smtp_reply *reply)
{
	if (link->has_mail && !link->has_verdict) {
		smtp_link_judge_by_reply(link, reply, smtp_link_stage(link));
		link->outcome.at_once = link->state == LINK_ENVELOPE && link->mails > 0;
	}
	broke(link, "it closed the connection: 421 %s", reply->text);
}

static void on_reply(struct smtp_link *link, int64_t now_ms)
{
	const struct smtp_reply *reply = &link->reader.reply;
	enum link_command command;

	if (link->state == LINK_BODY && reply->code / 100 >= 4 && !link->has_verdict) {
		/* Too early, and out of step from here on; but it is an answer. */
		smtp_link_judge_by_reply(link, reply, SMTP_AT_DOT);
		broke(link, "it refused a mail in the middle: %d %s", reply->code,
		      reply->text);
		return;
	}
	if (reply->code == 421) {
		closing(link, reply);
		return;
	}
	if (!link->owed_count || link->state == LINK_BODY) {
		broke(link, "it sent a reply that nobody asked for: %d %s", reply->code,
		      reply->text);
		return;
	}
	command = link->owed[0];
	link->owed_count--;
	memmove(link->owed, link->owed + 1, link->owed_count * sizeof(link->owed[0]));
	if (link->owed_count)
		arm(link, now_ms + link->relay->reply_ms);
	switch (command) {
	case LINK_EHLO:
		on_hello(link, reply, now_ms);
		break;
	case LINK_MAIL:
	case LINK_RCPT:
		on_envelope(link, reply, command, now_ms);
		break;
	case LINK_DATA:
		on_data(link, reply, now_ms);
		break;
	case LINK_FINAL_DOT:
		on_dot(link, reply, now_ms);
		break;
	case LINK_LONE_DOT:
		envelope_done(link, now_ms); /* whatever it thinks of an empty mail */
		break;
	case LINK_RSET:
		if (reply->code / 100 != 2) {
			broke(link, "it refused RSET: %d %s", reply->code, reply->text);
		} else if (link->state == LINK_RESET) {
			go(link, LINK_IDLE);
			link->keeper->idle(link->pool, link);
		}
		if (link->state == LINK_IDLE)
			arm(link, now_ms + link->relay->idle_ms);
		break;
	case LINK_BYE:
		smtp_link_close(link, NULL);
		break;
	}
}

/* Everything that has come; more than one round for TLS, which reads ahead of epoll. */
static void take_replies(struct smtp_link *link, int64_t now_ms)
{
	for (int reads = 0; reads < READS_A_TURN && link->state != LINK_OFF; reads++) {
		size_t room, got;
		char *to = smtp_reader_room(&link->reader, &room);
		enum smtp_io io = smtp_socket_receive(link->socket, to, room, &got);
		enum smtp_read read;

		if (io == SMTP_IO_LATER)
			return;
		if (io == SMTP_IO_BROKEN) {
			if (link->state == LINK_QUIT)
				smtp_link_close(link, NULL);
			else
				broke(link, "it closed the connection");
			return;
		}
		smtp_reader_wrote(&link->reader, got);
		while (link->state != LINK_OFF) {
			read = smtp_reader_next(&link->reader);
			if (read == SMTP_READ_MORE)
				break;
			if (read == SMTP_READ_REPLY)
				on_reply(link, now_ms);
			else
				broke(link, "it sent something that is no SMTP reply");
		}
		if (link->state != LINK_OFF && got < room &&
		    !smtp_socket_encrypted(link->socket))
			return;
	}
}

/* ---- what the pool asks for ---- */

void smtp_link_connect(struct smtp_link *link, const char *url, int epoll_fd,
		       int64_t now_ms)
{
	const struct smtp_relay *relay = link->relay;

	go(link, LINK_CONNECTING);
	link->mails = 0;
	smtp_reader_reset(&link->reader);
	link->socket = smtp_socket_open(relay, url, epoll_fd, link->slot);
	arm(link, now_ms + relay->connect_ms);
	link->curl_ms = now_ms;
	link->keeper->due(link->pool, now_ms);
}

static void step(struct smtp_link *link, int fd, uint32_t events, int64_t now_ms)
{
	struct err err = {0};
	long timer_ms;
	char line[300];

	switch (smtp_socket_step(link->socket, fd, events, &err)) {
	case SMTP_CONNECTING:
		if (smtp_socket_timer(link->socket, &timer_ms)) {
			link->curl_ms = timer_ms < 0 ? LINK_NEVER : now_ms + timer_ms;
			link->keeper->due(link->pool, link->curl_ms);
		}
		break;
	case SMTP_CONNECTED:
		link->curl_ms = LINK_NEVER;
		go(link, LINK_HELLO);
		/* Once more: libcurl does not tell what was offered, least of all after TLS. */
		(void)snprintf(line, sizeof(line), "EHLO %s\r\n", link->relay->ehlo_name);
		say(link, LINK_EHLO, line);
		flush(link, now_ms);
		break;
	case SMTP_FAILED:
		smtp_link_close(link, &err);
		break;
	}
}

void smtp_link_event(struct smtp_link *link, int fd, uint32_t events, int64_t now_ms)
{
	if (link->state == LINK_OFF)
		return;
	if (link->state == LINK_CONNECTING) {
		step(link, fd, events, now_ms);
		return;
	}
	if (fd != smtp_socket_fd(link->socket))
		return; /* left over from the connection before */
	if (events & (EPOLLIN | EPOLLERR | EPOLLHUP))
		take_replies(link, now_ms);
	if (events & EPOLLOUT && link->state != LINK_OFF)
		flush(link, now_ms);
}

void smtp_link_due(struct smtp_link *link, int64_t now_ms)
{
	const struct smtp_relay *relay = link->relay;

	if (link->curl_ms <= now_ms) {
		link->curl_ms = LINK_NEVER;
		step(link, -1, 0, now_ms);
	}
	if (link->deadline_ms > now_ms)
		return;
	switch (link->state) {
	case LINK_OFF:
		break;
	case LINK_CONNECTING:
	case LINK_HELLO:
		broke(link, "it did not come through greeting and login within %lld s",
		      (long long)(relay->connect_ms / 1000));
		break;
	case LINK_IDLE:
		link->keeper->retire(link->pool, link);
		break;
	case LINK_QUIT:
		smtp_link_close(link, NULL);
		break;
	default:
		/* It took MAIL and forgot the rest of the group: next time one by one. */
		if (link->state == LINK_ENVELOPE && link->pipelining &&
		    link->owed_count < 3)
			link->keeper->distrust_pipelining(link->pool);
		broke(link, "no answer to %s within %lld s",
		      smtp_stage_name(smtp_link_stage(link)),
		      (long long)((link->state == LINK_DOT ? relay->dot_ms
							   : relay->reply_ms) /
				  1000));
	}
}

void smtp_link_quit(struct smtp_link *link, int64_t now_ms)
{
	go(link, LINK_QUIT);
	say(link, LINK_BYE, "QUIT\r\n");
	arm(link, now_ms + QUIT_WAIT_MS);
	flush(link, now_ms);
}

/* The envelope stands in out (and held): start its dialogue. */
void smtp_link_begin(struct smtp_link *link, int64_t now_ms)
{
	go(link, LINK_ENVELOPE);
	owe(link, LINK_MAIL);
	if (link->pipelining) {
		owe(link, LINK_RCPT);
		owe(link, LINK_DATA);
	}
	arm(link, now_ms + link->relay->reply_ms);
	flush(link, now_ms);
}
