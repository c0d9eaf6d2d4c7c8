#include "mx/mx.h"
#include "base/calendar.h"
#include "base/fd.h"
#include "base/str.h"

#include <ares.h>
#include <ares_nameser.h>
#include <errno.h>
#include <idn2.h>
#include <libpsl.h>
#include <sys/epoll.h>
#include <sys/time.h>

enum {
	BUCKETS = 4096,
	DOMAINS_MOST = 20000,
	AT_A_TIME = 64,
	TRY_MS = 2000,
	TRIES = 2,
	KEEP_MS = HOUR_S * 1000,
	KEEP_FAILED_MS = 300 * 1000,
	NAME_MOST = 256,
	EVENTS_MOST = 64
};

enum state { WAITING, UNDER_WAY, ANSWERED, FAILED };

struct domain {
	struct domain *next;    /* in its bucket */
	struct domain *waiting; /* in the queue of those that were not asked yet */
	struct mx *mx;
	enum state state;
	int64_t asked_ms, until_ms;
	char *receiver; /* of ANSWERED; NULL: the domain itself */
	char name[NAME_MOST];
};

struct mx {
	ares_channel channel;
	const psl_ctx_t *suffixes;
	int epoll_fd;
	int64_t now_ms;
	struct domain *buckets[BUCKETS];
	struct domain *queue, **queue_end;
	size_t count, queued, under_way;
};

/* ---- sockets ---- */

static void watch(void *with, ares_socket_t fd, int readable, int writable)
{
	struct mx *mx = with;
	struct epoll_event event = {.events = (readable ? EPOLLIN : 0u) |
					      (writable ? EPOLLOUT : 0u),
				    .data.fd = fd};

	if (!readable && !writable)
		(void)epoll_ctl(mx->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
	else if (epoll_ctl(mx->epoll_fd, EPOLL_CTL_MOD, fd, &event) != 0 &&
		 errno == ENOENT) /* too many: the lookup fails by its timer */
		(void)epoll_ctl(mx->epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

bool mx_open(const char *resolver, struct mx **out, struct err *err)
{
	struct mx *mx = calloc(1, sizeof(*mx));
	struct ares_options options = {
		.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES,
		.timeout = TRY_MS,
		.tries = TRIES,
		.sock_state_cb = watch,
		.sock_state_cb_data = mx,
	};
	int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
		   ARES_OPT_SOCK_STATE_CB;

	if (!mx || ares_library_init(ARES_LIB_INIT_ALL) != ARES_SUCCESS)
		PANIC("no memory");
	mx->queue_end = &mx->queue;
	mx->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (mx->epoll_fd < 0 ||
	    ares_init_options(&mx->channel, &options, mask) != ARES_SUCCESS) {
		mx_close(&mx);
		return err_set(err, ERR_SYSTEM, "lookups of names cannot be set up");
	}
	if (*resolver &&
	    ares_set_servers_ports_csv(mx->channel, resolver) != ARES_SUCCESS) {
		mx_close(&mx);
		return err_set(err, ERR_SETUP,
			       "\"%.80s\" is no address of a resolver; write it as "
			       "127.0.0.1:53, several with commas between",
			       resolver);
	}
	mx->suffixes = psl_builtin();
	*out = mx;
	return true;
}

static void forget(struct mx *mx, struct domain **at)
{
	struct domain *d = *at;

	*at = d->next;
	mx->count--;
	free(d->receiver);
	free(d);
}

void mx_close(struct mx **mx)
{
	struct mx *m = *mx;

	*mx = NULL;
	if (!m)
		return;
	if (m->channel)
		ares_destroy(m->channel); /* ends what is under way */
	for (size_t i = 0; i < BUCKETS; i++)
		while (m->buckets[i])
			forget(m, &m->buckets[i]);
	fd_close(&m->epoll_fd);
	free(m);
	ares_library_cleanup();
}

/* ---- answers ---- */

/* The best host; of several as good the first by name, so that it is the same each time. */
static const struct ares_mx_reply *best(const struct ares_mx_reply *all)
{
	const struct ares_mx_reply *found = all;

	for (; all; all = all->next)
		if (all->priority < found->priority ||
		    (all->priority == found->priority &&
		     strcasecmp(all->host, found->host) < 0))
			found = all;
	return found;
}

/* Whoever answers writes this name: it goes into keys and pages, so it is a name or none. */
static bool is_host(const char *host)
{
	return host[strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-_")] == '\0' &&
	       *host != '.' && !strstr(host, "..");
}

static char *receiver_of(const struct mx *mx, const struct ares_mx_reply *record)
{
	char host[NAME_MOST];
	const char *registered;
	char *name;
	size_t len;

	str_copy(host, sizeof(host), record ? record->host : "");
	len = strlen(host);
	if (len && host[len - 1] == '.')
		host[--len] = '\0';
	str_lower(host);
	if (!len || !is_host(host))
		return NULL; /* a null MX; what nobody can send to */
	registered = mx->suffixes ? psl_registrable_domain(mx->suffixes, host) : NULL;
	name = strdup(registered ? registered : host);
	if (!name)
		PANIC("no memory");
	return name;
}

static void answered(void *with, int status, int timeouts, unsigned char *bytes, int len)
{
	struct domain *d = with;
	struct mx *mx = d->mx;
	struct ares_mx_reply *records = NULL;

	(void)timeouts;
	mx->under_way--;
	if (status == ARES_SUCCESS)
		status = ares_parse_mx_reply(bytes, len, &records);
	/* That there is none is an answer, too. After a failure the old one holds. */
	if (status == ARES_SUCCESS || status == ARES_ENODATA ||
	    status == ARES_ENOTFOUND) {
		free(d->receiver);
		d->receiver = receiver_of(mx, best(records));
		d->state = ANSWERED;
	} else {
		d->state = FAILED;
	}
	ares_free_data(records);
	d->until_ms = mx->now_ms + (d->state == ANSWERED ? KEEP_MS : KEEP_FAILED_MS);
}

static void ask_more(struct mx *mx)
{
	while (mx->queue && mx->under_way < AT_A_TIME) {
		struct domain *d = mx->queue;
		char *ascii = NULL;

		mx->queue = d->waiting;
		if (!mx->queue)
			mx->queue_end = &mx->queue;
		mx->queued--;
		mx->under_way++;
		d->state = UNDER_WAY;
		if (idn2_to_ascii_8z(d->name, &ascii, IDN2_NONTRANSITIONAL) == IDN2_OK)
			ares_query(mx->channel, ascii, C_IN, T_MX, answered, d);
		else
			answered(d, ARES_EBADNAME, 0, NULL, 0);
		idn2_free(ascii);
	}
}

/* ---- what is remembered ---- */

static size_t bucket_of(const char *name)
{
	uint32_t hash = 2166136261u;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)str_lower_char(*name)) * 16777619u;
	return hash % BUCKETS;
}

/* Those that were settled; all of them when even the fresh ones are too many. */
static void make_room(struct mx *mx)
{
	size_t open = mx->queued + mx->under_way;

	for (int hard = 0; hard < 2 && mx->count >= DOMAINS_MOST && mx->count > open;
	     hard++)
		for (size_t i = 0; i < BUCKETS; i++)
			for (struct domain **at = &mx->buckets[i]; *at;) {
				struct domain *d = *at;

				if (d->state >= ANSWERED &&
				    (hard || d->until_ms <= mx->now_ms))
					forget(mx, at);
				else
					at = &d->next;
			}
}

static void wait_for_turn(struct mx *mx, struct domain *d)
{
	d->state = WAITING;
	d->asked_ms = mx->now_ms;
	d->waiting = NULL;
	mx->queued++;
	*mx->queue_end = d;
	mx->queue_end = &d->waiting;
}

static struct domain *find(struct mx *mx, const char *name)
{
	size_t bucket = bucket_of(name);
	struct domain *d = mx->buckets[bucket];

	while (d && !str_ieq(d->name, name))
		d = d->next;
	if (d)
		return d;
	make_room(mx);
	if (mx->count >= DOMAINS_MOST || strlen(name) >= NAME_MOST)
		return NULL;
	d = calloc(1, sizeof(*d));
	if (!d)
		PANIC("no memory");
	d->mx = mx;
	str_copy(d->name, sizeof(d->name), name);
	d->next = mx->buckets[bucket];
	mx->buckets[bucket] = d;
	mx->count++;
	wait_for_turn(mx, d);
	return d;
}

enum mx_answer mx_receiver(struct mx *mx, const char *domain, int64_t now_ms,
			   const char **out)
{
	struct domain *d;

	mx->now_ms = now_ms;
	d = find(mx, domain);
	if (!d)
		return MX_NONE;
	if (d->state >= ANSWERED && d->until_ms <= now_ms) {
		/* What was known holds until the new answer is there. */
		wait_for_turn(mx, d);
		if (!d->receiver)
			d->asked_ms = now_ms - MX_WAIT_MS;
	}
	ask_more(mx);
	if (d->receiver) {
		*out = d->receiver;
		return MX_KNOWN;
	}
	return d->state < ANSWERED && now_ms - d->asked_ms < MX_WAIT_MS ? MX_ASKED
									: MX_NONE;
}

/* ---- the loop ---- */

int mx_fd(const struct mx *mx)
{
	return mx->epoll_fd;
}

int64_t mx_due_ms(const struct mx *mx, int64_t max_ms)
{
	struct timeval most = {.tv_sec = max_ms / 1000, .tv_usec = max_ms % 1000 * 1000},
		       sooner;
	const struct timeval *left;

	if (!mx->under_way)
		return max_ms;
	/* One of the two; the other need not be written. */
	left = ares_timeout(mx->channel, &most, &sooner);
	return left ? left->tv_sec * 1000 + (left->tv_usec + 999) / 1000 : max_ms;
}

void mx_turn(struct mx *mx, int64_t now_ms)
{
	struct epoll_event events[EVENTS_MOST];
	int n;

	mx->now_ms = now_ms;
	if (!mx->under_way)
		return;
	n = epoll_wait(mx->epoll_fd, events, EVENTS_MOST, 0);
	for (int i = 0; i < n; i++) {
		bool in = events[i].events & (EPOLLIN | EPOLLERR | EPOLLHUP);
		bool out = events[i].events & EPOLLOUT;

		ares_process_fd(mx->channel, in ? events[i].data.fd : ARES_SOCKET_BAD,
				out ? events[i].data.fd : ARES_SOCKET_BAD);
	}
	if (n <= 0) /* timers */
		ares_process_fd(mx->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	ask_more(mx);
}
