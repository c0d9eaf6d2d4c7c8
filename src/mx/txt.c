#include "mx/txt.h"

#include "base/buf.h"
#include "base/clock.h"

#include <ares.h>
#include <arpa/nameser.h>
#include <ares_nameser.h>
#include <poll.h>
#include <string.h>

enum { TRY_MS = 1500, TRIES = 3, TEXT_MOST = 8192 };

struct asking {
	struct arena *arena;
	struct txt_records *out;
	int status;
	bool done;
};

static void keep(struct asking *a, const struct ares_txt_ext *all)
{
	AUTO(buf) text = buf_new(TEXT_MOST);

	for (const struct ares_txt_ext *t = all; t; t = t->next) {
		buf_add(text, t->txt, t->length);
		if (t->next && !t->next->record_start)
			continue;
		a->out->items = arena_grow(a->arena, a->out->items, a->out->count,
					   sizeof(*a->out->items));
		a->out->items[a->out->count++] = arena_strdup(a->arena, buf_text(text));
		buf_reset(text);
	}
}

static void answered(void *with, int status, int timeouts, unsigned char *bytes, int len)
{
	struct asking *a = with;
	struct ares_txt_ext *all = NULL;

	(void)timeouts;
	if (status == ARES_SUCCESS)
		status = ares_parse_txt_reply_ext(bytes, len, &all);
	if (status == ARES_SUCCESS)
		keep(a, all);
	ares_free_data(all);
	a->status = status;
	a->done = true;
}

static void turn(ares_channel channel, int most_ms)
{
	ares_socket_t fds[ARES_GETSOCK_MAXNUM];
	struct pollfd polled[ARES_GETSOCK_MAXNUM];
	int bits = ares_getsock(channel, fds, ARES_GETSOCK_MAXNUM), n = 0;

	for (int i = 0; i < ARES_GETSOCK_MAXNUM; i++) {
		bool in = ARES_GETSOCK_READABLE(bits, i);
		bool out = ARES_GETSOCK_WRITABLE(bits, i);

		if (in || out)
			polled[n++] =
				(struct pollfd){.fd = fds[i],
						.events = (short)((in ? POLLIN : 0) |
								  (out ? POLLOUT : 0))};
	}
	if (poll(polled, (nfds_t)n, most_ms) <= 0)
		ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	for (int i = 0; i < n; i++)
		if (polled[i].revents)
			ares_process_fd(channel,
					polled[i].revents & (POLLIN | POLLERR | POLLHUP)
						? polled[i].fd
						: ARES_SOCKET_BAD,
					polled[i].revents & POLLOUT ? polled[i].fd
								    : ARES_SOCKET_BAD);
}

static bool said(const struct asking *a, const char *name, struct err *err)
{
	if (a->done && a->status == ARES_SUCCESS && a->out->count)
		return true;
	if (a->done && (a->status == ARES_SUCCESS || a->status == ARES_ENODATA ||
			a->status == ARES_ENOTFOUND))
		return err_set(err, ERR_ABSENT, "%s has no TXT record", name);
	return err_set(err, ERR_AGAIN, "the DNS gives no answer for %s: %s", name,
		       a->done ? ares_strerror(a->status) : "none in time");
}

bool txt_ask(const char *resolver, struct arena *arena, const char *name,
	     struct txt_records *out, struct err *err)
{
	struct ares_options options = {.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES,
				       .timeout = TRY_MS,
				       .tries = TRIES};
	struct asking asking = {.arena = arena, .out = out};
	int64_t until = clock_mono_ms() + TXT_WAIT_MS, left;
	ares_channel channel;

	*out = (struct txt_records){0};
	if (ares_library_init(ARES_LIB_INIT_ALL) != ARES_SUCCESS ||
	    ares_init_options(&channel, &options,
			      ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES) !=
		    ARES_SUCCESS)
		return err_set(err, ERR_SYSTEM, "lookups of names cannot be set up");
	if (*resolver && ares_set_servers_ports_csv(channel, resolver) != ARES_SUCCESS) {
		ares_destroy(channel);
		return err_set(err, ERR_SETUP, "\"%.80s\" is no address of a resolver",
			       resolver);
	}
	ares_query(channel, name, C_IN, T_TXT, answered, &asking);
	while (!asking.done && (left = until - clock_mono_ms()) > 0)
		turn(channel, left < 100 ? (int)left : 100);
	bool ok = said(&asking, name, err);

	asking.done = true;
	ares_destroy(channel);
	return ok;
}
