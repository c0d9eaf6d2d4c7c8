/*
 * Answers about MX records, from a name server of our own on loopback: the number of the
 * question and the question itself are true, the rest is anything.
 */
#include "tests/fuzz/fuzz.h"

#include "mx/mx.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PACKET = 1400, HEAD = 12, NAME_MOST = 256, WAIT_MS = 20 };

struct server {
	int fd;
	char address[40];
};

static struct server server = {.fd = -1};

static void serve(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(at);

	if (server.fd >= 0)
		return;
	server.fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	ASSERT(server.fd >= 0 && bind(server.fd, (struct sockaddr *)&at, len) == 0);
	ASSERT(getsockname(server.fd, (struct sockaddr *)&at, &len) == 0);
	(void)snprintf(server.address, sizeof(server.address), "127.0.0.1:%u",
		       (unsigned)ntohs(at.sin_port));
}

/* The head's last ten bytes are the first of the input; behind the question comes the rest. */
static void answer(const char *bytes, size_t len)
{
	char packet[PACKET * 2] = {0};
	struct sockaddr_in from;
	socklen_t from_len = sizeof(from);
	size_t head = len < HEAD - 2 ? len : HEAD - 2, more = len - head;
	ssize_t asked = recvfrom(server.fd, packet, PACKET, 0, (struct sockaddr *)&from,
				 &from_len);
	size_t question = (size_t)asked;

	ASSERT(asked > HEAD);
	memset(packet + 2, 0, HEAD - 2);
	memcpy(packet + 2, bytes, head);
	more = more < PACKET ? more : PACKET;
	memcpy(packet + question, bytes + head, more);
	(void)!sendto(server.fd, packet, question + more, 0, (struct sockaddr *)&from,
		      from_len);
}

static void is_name(const char *name)
{
	ASSERT(*name && strlen(name) < NAME_MOST);
	for (const char *c = name; *c; c++)
		ASSERT(*c > ' ' && *c < 127 && !(*c >= 'A' && *c <= 'Z'));
}

void fuzz_dns(const char *bytes, size_t len)
{
	AUTO(mx) mx = NULL; /* one of its own: what was answered before must not count */
	const char *found = NULL;
	struct pollfd in;
	struct err err = {0};
	enum mx_answer got;
	static const char name[] = "asked.example";

	serve();
	ASSERT(mx_open(server.address, &mx, &err));
	ASSERT(mx_receiver(mx, name, 1, &found) == MX_ASKED);
	answer(bytes, len);
	in = (struct pollfd){.fd = mx_fd(mx), .events = POLLIN};
	/* It is there already, unless the resolver listens no more. */
	(void)poll(&in, 1, WAIT_MS);
	mx_turn(mx, 2);
	got = mx_receiver(mx, name, 3, &found);
	if (got == MX_KNOWN)
		is_name(found);
	/* Nobody waits for longer than that, whatever was said. */
	got = mx_receiver(mx, name, 1 + MX_WAIT_MS, &found);
	ASSERT(got != MX_ASKED);
	/* What was asked once more goes unanswered; the next input must not find it. */
	while (recv(server.fd, &err, 1, MSG_DONTWAIT | MSG_TRUNC) >= 0)
		;
}
