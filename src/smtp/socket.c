#include "smtp/socket.h"

#include "base/calendar.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"
#include "smtp/server_reply.h"
#include "smtp/wire_form.h"

#include <curl/curl.h>
#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FDS_MAX = 8 };

struct smtp_socket {
	CURL *easy;
	CURLM *multi;
	int epoll_fd;
	uint32_t tag;
	int fds[FDS_MAX]; /* open ones; happy eyeballs may have two at a time */
	int fd;           /* the connection, once it stands */
	long timer_ms;
	bool timer_changed;
	bool encrypted, wants_login, logged_in;
	struct smtp_reader reader; /* of what the server said to libcurl */
	bool replied;
	char error[CURL_ERROR_SIZE];
};

void smtp_setup(void)
{
	ASSERT(curl_global_init(CURL_GLOBAL_ALL) == CURLE_OK);
}

bool smtp_socket_url(const struct smtp_relay *relay, struct buf *to, struct err *err)
{
	bool wrapped = relay->tls == SMTP_TLS_WRAPPED;
	int port = relay->port ? relay->port : wrapped ? 465 : 587;
	char host[256];
	bool six;

	if (str_empty(relay->host) || !smtp_wire_host(relay->host, host))
		return err_set(err, ERR_SETUP,
			       "relay %s: \"%.100s\" is no host name: set its host",
			       relay->name, relay->host ? relay->host : "");
	if (port < 1 || port > 65535)
		return err_set(err, ERR_SETUP, "relay %s: %d is no port: use 1 to 65535",
			       relay->name, port);
	/* Without a name libcurl would say EHLO with whatever the machine calls itself. */
	if (str_empty(relay->ehlo_name) ||
	    strspn(relay->ehlo_name,
		   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		   "0123456789.-[]:") != strlen(relay->ehlo_name) ||
	    strlen(relay->ehlo_name) > 255)
		return err_set(
			err, ERR_SETUP,
			"relay %s: \"%.100s\" is no name for the EHLO greeting: set "
			"the full host name of this machine",
			relay->name, relay->ehlo_name ? relay->ehlo_name : "");
	six = strchr(host, ':') != NULL;
	buf_printf(to, "%s://%s%s%s:%d/", wrapped ? "smtps" : "smtp", six ? "[" : "",
		   host, six ? "]" : "", port);
	for (const char *p = relay->ehlo_name; *p; p++) {
		if (strchr("[]:", *p))
			buf_printf(to, "%%%02X", (unsigned)*p);
		else
			buf_char(to, *p);
	}
	return true;
}

/* libcurl hands us each line the server sends while it connects. */
static size_t on_reply_line(char *line, size_t size, size_t count, void *arg)
{
	struct smtp_socket *s = arg;
	size_t len = size * count, room;
	char *to = smtp_reader_room(&s->reader, &room);

	if (len > room)
		return 0;
	memcpy(to, line, len);
	smtp_reader_wrote(&s->reader, len);
	for (;;) {
		switch (smtp_reader_next(&s->reader)) {
		case SMTP_READ_MORE:
			return len;
		case SMTP_READ_GARBAGE:
			s->replied = false;
			smtp_reader_reset(&s->reader);
			return len;
		case SMTP_READ_REPLY:
			s->replied = true;
			s->logged_in |= s->reader.reply.code == 235;
		}
	}
}

static curl_socket_t on_open(void *arg, curlsocktype purpose,
			     struct curl_sockaddr *address)
{
	struct smtp_socket *s = arg;

	(void)purpose;
	for (size_t i = 0; i < FDS_MAX; i++) {
		if (s->fds[i] >= 0)
			continue;
		s->fds[i] = socket(address->family, address->socktype | SOCK_CLOEXEC,
				   address->protocol);
		return s->fds[i];
	}
	return CURL_SOCKET_BAD;
}

static int on_close(void *arg, curl_socket_t fd)
{
	struct smtp_socket *s = arg;

	for (size_t i = 0; i < FDS_MAX; i++)
		if (s->fds[i] == fd)
			s->fds[i] = -1;
	fd_close(&fd);
	return 0;
}

static int on_watch(CURL *easy, curl_socket_t fd, int what, void *arg, void *per_fd)
{
	struct smtp_socket *s = arg;
	struct epoll_event event = {0};

	(void)easy;
	(void)per_fd;
	if (what == CURL_POLL_REMOVE) {
		(void)epoll_ctl(s->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
		return 0;
	}
	event.events = (what & CURL_POLL_IN ? EPOLLIN : 0u) |
		       (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
	event.data.u64 = (uint64_t)s->tag << 32 | (uint32_t)fd;
	if (epoll_ctl(s->epoll_fd, EPOLL_CTL_MOD, fd, &event) && errno == ENOENT &&
	    epoll_ctl(s->epoll_fd, EPOLL_CTL_ADD, fd, &event))
		return -1;
	return 0;
}

static int on_timer(CURLM *multi, long timeout_ms, void *arg)
{
	struct smtp_socket *s = arg;

	(void)multi;
	s->timer_ms = timeout_ms;
	s->timer_changed = true;
	return 0;
}

#define SET(option, value) ASSERT(curl_easy_setopt(easy, (option), (value)) == CURLE_OK)

static void set_transport(CURL *easy, struct smtp_socket *s, const char *url)
{
	SET(CURLOPT_URL, url);
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_PROXY, ""); /* else the environment is asked */
	SET(CURLOPT_CONNECT_ONLY, 1L);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_QUICK_EXIT, 1L); /* else closing waits for a resolver that hangs */
	SET(CURLOPT_TCP_NODELAY, 1L);
	SET(CURLOPT_TCP_KEEPALIVE, 1L);
	/* The pool's own deadline comes first; these two are only a second line. */
	SET(CURLOPT_CONNECTTIMEOUT_MS, 1000L * HOUR_S);
	SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)HOUR_S);
	SET(CURLOPT_ERRORBUFFER, s->error);
	SET(CURLOPT_HEADERFUNCTION, on_reply_line);
	SET(CURLOPT_HEADERDATA, s);
	SET(CURLOPT_OPENSOCKETFUNCTION, on_open);
	SET(CURLOPT_OPENSOCKETDATA, s);
	SET(CURLOPT_CLOSESOCKETFUNCTION, on_close);
	SET(CURLOPT_CLOSESOCKETDATA, s);
}

static void set_trust(CURL *easy, const struct smtp_relay *relay)
{
	SET(CURLOPT_USE_SSL,
	    relay->tls == SMTP_TLS_NONE ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	if (relay->ca_file)
		SET(CURLOPT_CAINFO, relay->ca_file);
	if (str_empty(relay->user))
		return;
	SET(CURLOPT_USERNAME, relay->user);
	if (relay->login_options) {
		SET(CURLOPT_LOGIN_OPTIONS, relay->login_options);
		SET(CURLOPT_XOAUTH2_BEARER, relay->password);
	} else {
		SET(CURLOPT_PASSWORD, relay->password);
	}
	SET(CURLOPT_SASL_IR, 1L);
}

#define SET_MULTI(option, value) \
	ASSERT(curl_multi_setopt(s->multi, (option), (value)) == CURLM_OK)

struct smtp_socket *smtp_socket_open(const struct smtp_relay *relay, const char *url,
				     int epoll_fd, uint32_t tag)
{
	struct smtp_socket *s = calloc(1, sizeof(*s));

	ASSERT(s);
	for (size_t i = 0; i < FDS_MAX; i++)
		s->fds[i] = -1;
	s->fd = -1;
	s->epoll_fd = epoll_fd;
	s->tag = tag;
	s->encrypted = relay->tls != SMTP_TLS_NONE;
	s->wants_login = !str_empty(relay->user);
	s->easy = curl_easy_init();
	s->multi = curl_multi_init();
	ASSERT(s->easy && s->multi);
	set_transport(s->easy, s, url);
	set_trust(s->easy, relay);
	SET_MULTI(CURLMOPT_SOCKETFUNCTION, on_watch);
	SET_MULTI(CURLMOPT_SOCKETDATA, s);
	SET_MULTI(CURLMOPT_TIMERFUNCTION, on_timer);
	SET_MULTI(CURLMOPT_TIMERDATA, s);
	ASSERT(curl_multi_add_handle(s->multi, s->easy) == CURLM_OK);
	return s;
}

/*
 * The descriptors are shut down first: libcurl would send QUIT on a connection that
 * it still believes in and wait for the answer.
 */
void smtp_socket_close(struct smtp_socket **socket)
{
	struct smtp_socket *s = *socket;

	*socket = NULL;
	if (!s)
		return;
	for (size_t i = 0; i < FDS_MAX; i++)
		if (s->fds[i] >= 0)
			(void)shutdown(s->fds[i], SHUT_RDWR);
	(void)curl_multi_remove_handle(s->multi, s->easy);
	curl_easy_cleanup(s->easy);
	(void)curl_multi_cleanup(s->multi);
	free(s);
}

static bool explain(struct smtp_socket *s, CURLcode code, struct err *err)
{
	const char *words = s->replied ? s->reader.reply.text : "";
	const char *why = s->error[0] ? s->error : curl_easy_strerror(code);
	int reply = s->replied ? s->reader.reply.code : 0;

	switch (code) {
	case CURLE_USE_SSL_FAILED:
		return err_set(
			err, ERR_SETUP,
			"it offers no encryption (STARTTLS) and nothing is sent in "
			"clear: check its port, or its tls setting");
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_ISSUER_ERROR:
		return err_set(err, ERR_SETUP, "its certificate cannot be trusted: %s",
			       why);
	case CURLE_LOGIN_DENIED:
		return err_set(err, reply / 100 == 4 ? ERR_AGAIN : ERR_SETUP,
			       "it refused the login: %d %s", reply, reply ? words : why);
	default:
		if (reply / 100 == 4 || reply / 100 == 5)
			return err_set(err, ERR_AGAIN, "it answered %d %s", reply, words);
		return err_set(err, ERR_AGAIN, "no connection: %s", why);
	}
}

static enum smtp_progress finish(struct smtp_socket *s, CURLcode code, struct err *err)
{
	curl_socket_t fd = CURL_SOCKET_BAD;
	struct epoll_event event = {.events = EPOLLIN};

	if (code != CURLE_OK) {
		(void)explain(s, code, err);
		return SMTP_FAILED;
	}
	/* libcurl goes on without a login, and says all is well, when none is offered. */
	if (s->wants_login && !s->logged_in) {
		(void)err_set(
			err, ERR_SETUP,
			"it offers no login (AUTH) that we know, but a user is set: "
			"check its port and tls setting, or take the user out");
		return SMTP_FAILED;
	}
	if (curl_easy_getinfo(s->easy, CURLINFO_ACTIVESOCKET, &fd) != CURLE_OK ||
	    fd == CURL_SOCKET_BAD) {
		(void)err_set(err, ERR_AGAIN,
			      "it closed the connection after the greeting");
		return SMTP_FAILED;
	}
	s->fd = fd;
	event.data.u64 = (uint64_t)s->tag << 32 | (uint32_t)fd;
	if (epoll_ctl(s->epoll_fd, EPOLL_CTL_ADD, fd, &event) &&
	    (errno != EEXIST || epoll_ctl(s->epoll_fd, EPOLL_CTL_MOD, fd, &event))) {
		(void)err_set(err, ERR_AGAIN, "epoll: %s", strerror(errno));
		return SMTP_FAILED;
	}
	return SMTP_CONNECTED;
}

enum smtp_progress smtp_socket_step(struct smtp_socket *s, int fd, uint32_t events,
				    struct err *err)
{
	int what = (events & EPOLLIN ? CURL_CSELECT_IN : 0) |
		   (events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
		   (events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
	int running = 0, left = 0;
	CURLMsg *message;

	if (curl_multi_socket_action(s->multi, fd < 0 ? CURL_SOCKET_TIMEOUT : fd, what,
				     &running) != CURLM_OK) {
		(void)err_set(err, ERR_AGAIN, "libcurl could not go on connecting");
		return SMTP_FAILED;
	}
	while ((message = curl_multi_info_read(s->multi, &left)))
		if (message->msg == CURLMSG_DONE)
			return finish(s, message->data.result, err);
	return SMTP_CONNECTING;
}

bool smtp_socket_timer(struct smtp_socket *s, long *out_ms)
{
	bool changed = s->timer_changed;

	s->timer_changed = false;
	*out_ms = s->timer_ms;
	return changed;
}

void smtp_socket_keep_certificate(struct smtp_socket *s)
{
	CURL *easy = s->easy;

	SET(CURLOPT_CERTINFO, 1L);
}

/* The first certificate is the server's own; GnuTLS writes its end as "2027-03-04 ... GMT". */
int64_t smtp_socket_certificate_end(const struct smtp_socket *s)
{
	static const char name[] = "Expire Date:";
	struct curl_certinfo *info = NULL;
	struct err err = {0};
	char text[CLOCK_TEXT];
	int64_t at = 0;

	if (curl_easy_getinfo(s->easy, CURLINFO_CERTINFO, &info) != CURLE_OK || !info ||
	    info->num_of_certs < 1)
		return 0;
	for (struct curl_slist *line = info->certinfo[0]; line; line = line->next)
		if (str_istarts(line->data, name)) {
			const char *day = line->data + strlen(name);

			(void)snprintf(text, sizeof(text), "%.10sT%.8sZ", day,
				       strlen(day) > 11 ? day + 11 : "");
			if (!clock_from_rfc3339(text, &at, &err))
				at = 0;
		}
	return at;
}

int smtp_socket_fd(const struct smtp_socket *s)
{
	return s->fd;
}

bool smtp_socket_encrypted(const struct smtp_socket *s)
{
	return s->encrypted;
}

enum smtp_io smtp_socket_send(struct smtp_socket *s, const char *bytes, size_t len,
			      size_t *out_sent)
{
	CURLcode code = curl_easy_send(s->easy, bytes, len, out_sent);

	if (code == CURLE_OK && *out_sent)
		return SMTP_IO_DONE;
	*out_sent = 0;
	return code == CURLE_OK || code == CURLE_AGAIN ? SMTP_IO_LATER : SMTP_IO_BROKEN;
}

enum smtp_io smtp_socket_receive(struct smtp_socket *s, char *to, size_t len,
				 size_t *out_got)
{
	CURLcode code = curl_easy_recv(s->easy, to, len, out_got);

	if (code == CURLE_OK && *out_got)
		return SMTP_IO_DONE;
	*out_got = 0;
	return code == CURLE_AGAIN ? SMTP_IO_LATER : SMTP_IO_BROKEN;
}
