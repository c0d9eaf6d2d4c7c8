/* The beginning of a wire: the connection and the TLS handshake. */
#include "imap/stream.h"

#include "base/clock.h"
#include "base/fd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <gnutls/x509.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

static bool is_loopback(const struct sockaddr *a)
{
	if (a->sa_family == AF_INET) {
		const struct sockaddr_in *v4 = (const void *)a;

		return ntohl(v4->sin_addr.s_addr) >> 24 == 127;
	}
	if (a->sa_family == AF_INET6) {
		const struct sockaddr_in6 *v6 = (const void *)a;

		return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr) ||
		       (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr) &&
			v6->sin6_addr.s6_addr[12] == 127);
	}
	return false;
}

/* Returns 0, or the errno of why this address cannot be reached before the deadline. */
static int dial_one(const struct addrinfo *a, int64_t until_ms, int *out_fd)
{
	AUTO_FD fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct pollfd p = {.fd = fd, .events = POLLOUT};
	int problem = 0, one = 1;
	socklen_t len = sizeof(problem);

	if (fd < 0)
		return errno;
	if (connect(fd, a->ai_addr, a->ai_addrlen) != 0) {
		int64_t left;
		int n;

		if (errno != EINPROGRESS)
			return errno;
		do {
			left = until_ms - clock_mono_ms();
			n = poll(&p, 1, left < 0 ? 0 : (int)left);
		} while (n < 0 && errno == EINTR);
		if (n <= 0)
			return n == 0 ? ETIMEDOUT : errno;
		if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &problem, &len) != 0)
			return errno;
		if (problem != 0)
			return problem;
	}
	/* Both only make it faster to answer and to notice a dead peer. */
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	(void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof(one));
	*out_fd = fd;
	fd = -1;
	return 0;
}

bool imap_wire_connect(struct imap_wire *w, const char *host, const char *port,
		       int timeout_ms)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG};
	struct addrinfo *all = NULL;
	int64_t until_ms = clock_mono_ms() + timeout_ms;
	int n, count = 0, problem = 0;

	n = getaddrinfo(host, port, &hints, &all);
	if (n == EAI_ADDRFAMILY || n == EAI_NONAME) {
		/* With no network but loopback up, ADDRCONFIG hides loopback itself. */
		hints.ai_flags = 0;
		n = getaddrinfo(host, port, &hints, &all);
	}
	if (n != 0)
		return imap_wire_fail(w, ERR_AGAIN, "the name cannot be looked up: %s",
				      n == EAI_SYSTEM ? strerror(errno)
						      : gai_strerror(n));
	for (const struct addrinfo *a = all; a != NULL; a = a->ai_next)
		count++;
	for (const struct addrinfo *a = all; a != NULL && w->fd < 0; a = a->ai_next) {
		int64_t now = clock_mono_ms(), left = until_ms - now;

		/* An address that swallows packets leaves time for the next one. */
		problem = dial_one(a, now + left / count, &w->fd);
		if (problem == 0)
			w->loopback = is_loopback(a->ai_addr);
		count--;
	}
	freeaddrinfo(all);
	if (w->fd < 0)
		return imap_wire_fail(w, ERR_AGAIN, "no connection: %s",
				      strerror(problem));
	return true;
}

static bool is_address(const char *host)
{
	unsigned char raw[sizeof(struct in6_addr)];

	return inet_pton(AF_INET, host, raw) == 1 || inet_pton(AF_INET6, host, raw) == 1;
}

static bool load_trust(struct imap_wire *w, const char *ca_file)
{
	int n;

	if (gnutls_certificate_allocate_credentials(&w->trust) != 0)
		PANIC("no memory for TLS");
	n = ca_file != NULL ? gnutls_certificate_set_x509_trust_file(w->trust, ca_file,
								     GNUTLS_X509_FMT_PEM)
			    : gnutls_certificate_set_x509_system_trust(w->trust);
	if (n > 0)
		return true;
	return imap_wire_fail(w, ERR_SETUP,
			      "no certificate to trust could be read from %s: %s",
			      ca_file != NULL ? ca_file : "the system's store",
			      n < 0 ? gnutls_strerror(n) : "it is empty");
}

static bool begin_tls(struct imap_wire *w, const char *host)
{
	const char *at;

	if (gnutls_init(&w->tls, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) != 0)
		PANIC("no memory for TLS");
	if (gnutls_set_default_priority_append(
		    w->tls, "-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", &at, 0) != 0 ||
	    gnutls_credentials_set(w->tls, GNUTLS_CRD_CERTIFICATE, w->trust) != 0)
		return imap_wire_fail(w, ERR_SYSTEM, "TLS could not be set up");
	if (!is_address(host) &&
	    gnutls_server_name_set(w->tls, GNUTLS_NAME_DNS, host, strlen(host)) != 0)
		return imap_wire_fail(w, ERR_SETUP, "%s is no name that TLS can ask for",
				      host);
	/* Chain and name are checked within the handshake: before LOGIN by construction. */
	gnutls_session_set_verify_cert(w->tls, host, 0);
	gnutls_transport_set_int(w->tls, w->fd);
	return true;
}

static bool handshake_failed(struct imap_wire *w, int n)
{
	gnutls_datum_t text = {0};

	if (n != GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR)
		return imap_wire_fail(w, ERR_AGAIN, "TLS could not be agreed on: %s",
				      gnutls_strerror(n));
	if (gnutls_certificate_verification_status_print(
		    gnutls_session_get_verify_cert_status(w->tls), GNUTLS_CRT_X509, &text,
		    0) != 0)
		return imap_wire_fail(w, ERR_SETUP,
				      "the server's certificate cannot be trusted");
	(void)imap_wire_fail(w, ERR_SETUP,
			     "the server's certificate cannot be trusted: %s",
			     (const char *)text.data);
	gnutls_free(text.data);
	return false;
}

bool imap_wire_tls(struct imap_wire *w, const char *host, const char *ca_file,
		   int timeout_ms)
{
	imap_wire_begin(w, timeout_ms, 0);
	if (!load_trust(w, ca_file) || !begin_tls(w, host))
		return false;
	for (;;) {
		struct pollfd p = {.fd = w->fd};
		int64_t left = w->deadline_ms - clock_mono_ms();
		int n = gnutls_handshake(w->tls);

		if (n == 0)
			return true;
		if (n != GNUTLS_E_AGAIN && n != GNUTLS_E_INTERRUPTED &&
		    gnutls_error_is_fatal(n))
			return handshake_failed(w, n);
		p.events = gnutls_record_get_direction(w->tls) ? POLLOUT : POLLIN;
		if (left <= 0 || (poll(&p, 1, (int)left) == 0))
			return imap_wire_fail(w, ERR_AGAIN,
					      "TLS was not agreed on in time");
	}
}

int64_t imap_wire_certificate_end(const struct imap_wire *w)
{
	const gnutls_datum_t *chain;
	gnutls_x509_crt_t first;
	unsigned count = 0;
	time_t end = -1;

	chain = w->tls ? gnutls_certificate_get_peers(w->tls, &count) : NULL;
	if (!chain || !count || gnutls_x509_crt_init(&first) < 0)
		return 0;
	if (gnutls_x509_crt_import(first, &chain[0], GNUTLS_X509_FMT_DER) >= 0)
		end = gnutls_x509_crt_get_expiration_time(first);
	gnutls_x509_crt_deinit(first);
	return end > 0 ? (int64_t)end : 0;
}
