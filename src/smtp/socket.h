/*
 * smtp socket - one connection that libcurl makes: TCP, TLS, greeting, login.
 *
 * The only file of the project that includes curl.h is socket.c. Each connection has
 * a multi handle of its own with CURLOPT_CONNECT_ONLY: curl_easy_perform() would
 * block, and in a shared one every curl_easy_send() walks all connections. Only the
 * connecting is libcurl's: its own SMTP transfer blocks in the wait for the reply to
 * the final dot.
 *
 * Units      *_ms milliseconds.
 * Ownership  smtp_socket_open() gives it away; smtp_socket_close() takes it back.
 *            Descriptors are watched on the epoll_fd handed in, with (tag << 32 | fd)
 *            as their epoll data.
 * Errors     ERR_AGAIN the relay cannot be reached now; ERR_SETUP certificate, TLS or
 *            login: an operator must act. Sentences do not name the relay.
 */
#ifndef MERCAT_SMTP_SOCKET_H
#define MERCAT_SMTP_SOCKET_H

#include "smtp/smtp.h"

struct smtp_socket;

enum smtp_progress { SMTP_CONNECTING = 0, SMTP_CONNECTED, SMTP_FAILED };
enum smtp_io { SMTP_IO_DONE = 0, SMTP_IO_LATER, SMTP_IO_BROKEN };

/* What smtp_socket_open() connects to, made once a pool. */
bool smtp_socket_url(const struct smtp_relay *relay, struct buf *to,
		     struct err *err) MUST_USE;

struct smtp_socket *smtp_socket_open(const struct smtp_relay *relay, const char *url,
				     int epoll_fd, uint32_t tag) MUST_USE;
void smtp_socket_close(struct smtp_socket **socket);

/* Something happened on fd (-1: the timer ran out); events are epoll's. */
enum smtp_progress smtp_socket_step(struct smtp_socket *socket, int fd, uint32_t events,
				    struct err *err) MUST_USE;
/* True when it has a new wish to be called without an event: in *out_ms, -1 never. */
bool smtp_socket_timer(struct smtp_socket *socket, long *out_ms) MUST_USE;

/*
 * The certificate of the other end is kept while it connects, for what is asked of it then: the
 * second in which it ends, or 0.
 */
void smtp_socket_keep_certificate(struct smtp_socket *socket);
int64_t smtp_socket_certificate_end(const struct smtp_socket *socket) MUST_USE;

/* Once connected. */
int smtp_socket_fd(const struct smtp_socket *socket) MUST_USE;
bool smtp_socket_encrypted(const struct smtp_socket *socket) MUST_USE;
enum smtp_io smtp_socket_send(struct smtp_socket *socket, const char *bytes, size_t len,
			      size_t *out_sent) MUST_USE;
/* SMTP_IO_BROKEN also at the end of the stream. */
enum smtp_io smtp_socket_receive(struct smtp_socket *socket, char *to, size_t len,
				 size_t *out_got) MUST_USE;

#endif
