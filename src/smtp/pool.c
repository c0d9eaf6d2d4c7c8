#include "smtp/dialogue.h"

#include "base/arena.h"
#include "base/fd.h"
#include "base/str.h"

#include <errno.h>
#include <sys/epoll.h>

enum { EVENTS_MAX = 256, OUT_MAX = 4096 };

struct smtp_pool {
	struct arena *arena;
	struct smtp_relay relay;
	char *url, *password;
	int epoll_fd;
	struct smtp_link *links; /* max_connections of them; slot is the index */
	size_t count, limit, wanted;
	size_t connecting, open, quitting; /* open: greeted, and not yet saying QUIT */
	unsigned *ready; /* a stack of slots: few connections stay warm */
	size_t ready_count;
	unsigned *settled; /* a ring of slots with an outcome */
	size_t settled_from, settled_count;
	struct epoll_event events[EVENTS_MAX];
	int event_count; /* that smtp_pool_wait() found */
	int64_t now_ms, due_ms;
	bool no_pipelining, stopping;
	unsigned failures;
	int64_t next_attempt_ms;
	enum err_kind trouble;
	char trouble_text[600];
};

static bool is_loopback(const char *host)
{
	return str_ieq(host, "localhost") || str_starts(host, "127.") ||
	       str_eq(host, "::1");
}

static bool check_relay(const struct smtp_relay *relay, struct err *err)
{
	if (str_empty(relay->name))
		return err_set(err, ERR_SETUP, "a relay has no name: give it one");
	if (relay->max_connections < 1 || relay->max_connections > SMTP_CONNECTIONS_MAX)
		return err_set(err, ERR_SETUP, "relay %s: %d connections: use 1 to %d",
			       relay->name, relay->max_connections, SMTP_CONNECTIONS_MAX);
	if (relay->tls == SMTP_TLS_NONE && !relay->plain_anywhere &&
	    !is_loopback(str_or(relay->host, "")))
		return err_set(
			err, ERR_SETUP,
			"relay %s: tls is off, but %s is another machine: everybody on "
			"the way could read along; turn tls on",
			relay->name, str_or(relay->host, "its host"));
	if (!str_empty(relay->user) && str_empty(relay->password))
		return err_set(err, ERR_SETUP,
			       "relay %s: there is a user and no password", relay->name);
	return true;
}

static int64_t or_ms(int64_t ms, int64_t otherwise)
{
	return ms > 0 ? ms : otherwise;
}

static void copy_relay(struct smtp_pool *pool, const struct smtp_relay *from)
{
	struct smtp_relay *to = &pool->relay;
	struct arena *a = pool->arena;

	*to = *from;
	to->name = arena_strdup(a, from->name);
	to->host = arena_strdup(a, from->host);
	to->user = arena_strdup(a, from->user);
	to->password = pool->password = arena_strdup(a, from->password);
	to->login_options = arena_strdup(a, from->login_options);
	to->ca_file = arena_strdup(a, from->ca_file);
	to->ehlo_name = arena_strdup(a, from->ehlo_name);
	to->connect_ms = or_ms(from->connect_ms, 30000);
	to->reply_ms = or_ms(from->reply_ms, 300000);
	to->dot_ms = or_ms(from->dot_ms, 600000);
	to->idle_ms = or_ms(from->idle_ms, 60000);
	to->back_off_min_ms = or_ms(from->back_off_min_ms, 1000);
	to->back_off_max_ms = or_ms(from->back_off_max_ms, 300000);
}

/* ---- what links tell ---- */

static void due(struct smtp_pool *pool, int64_t at_ms)
{
	if (at_ms < pool->due_ms)
		pool->due_ms = at_ms;
}

static void link_watch(struct smtp_pool *pool, struct smtp_link *link, uint32_t events)
{
	int fd = smtp_socket_fd(link->socket);
	struct epoll_event event = {.events = events};

	event.data.u64 = (uint64_t)link->slot << 32 | (uint32_t)fd;
	ASSERT(epoll_ctl(pool->epoll_fd, EPOLL_CTL_MOD, fd, &event) == 0);
}

static void link_settled(struct smtp_pool *pool, struct smtp_link *link)
{
	size_t at = (pool->settled_from + pool->settled_count) % pool->count;

	ASSERT(pool->settled_count < pool->count);
	/* Only a new connection that works ends a trouble: old ones went on all the time. */
	if (link->mails == 1 && link->outcome.answer.code)
		pool->failures = 0;
	pool->settled[at] = link->slot;
	pool->settled_count++;
}

static void forget_ready(struct smtp_pool *pool, unsigned slot)
{
	for (size_t i = 0; i < pool->ready_count; i++) {
		if (pool->ready[i] != slot)
			continue;
		pool->ready_count--;
		memmove(pool->ready + i, pool->ready + i + 1,
			(pool->ready_count - i) * sizeof(pool->ready[0]));
		return;
	}
}

static void link_retire(struct smtp_pool *pool, struct smtp_link *link)
{
	forget_ready(pool, link->slot);
	pool->open--;
	pool->quitting++;
	smtp_link_quit(link, pool->now_ms);
}

/* Ready is who is idle and whose last outcome was taken. */
static void link_idle(struct smtp_pool *pool, struct smtp_link *link)
{
	if (link->waiting)
		return;
	if (pool->stopping || pool->open > pool->limit)
		link_retire(pool, link);
	else
		pool->ready[pool->ready_count++] = link->slot;
}

static void link_connected(struct smtp_pool *pool, struct smtp_link *link)
{
	pool->connecting--;
	pool->open++;
	if (pool->no_pipelining)
		link->pipelining = false;
	link_idle(pool, link);
}

static void link_distrust_pipelining(struct smtp_pool *pool)
{
	pool->no_pipelining = true;
}

static void failed(struct smtp_pool *pool, const struct err *why)
{
	int64_t wait_ms = pool->relay.back_off_min_ms;

	for (unsigned i = 0; i < pool->failures && wait_ms < pool->relay.back_off_max_ms;
	     i++)
		wait_ms *= 2;
	if (wait_ms > pool->relay.back_off_max_ms)
		wait_ms = pool->relay.back_off_max_ms;
	pool->failures++;
	pool->next_attempt_ms = pool->now_ms + wait_ms;
	pool->trouble = why->kind;
	(void)snprintf(pool->trouble_text, sizeof(pool->trouble_text), "relay %s: %s",
		       pool->relay.name, why->text);
	due(pool, pool->next_attempt_ms);
}

/*
 * A connection that never carried a mail is a failure and waits longer each time, even
 * when it got as far as MAIL; one that did its work and was then closed is not.
 */
static void link_closed(struct smtp_pool *pool, struct smtp_link *link,
			enum link_state was, const struct err *why)
{
	if (was == LINK_CONNECTING || was == LINK_HELLO) {
		pool->connecting--;
	} else if (was == LINK_QUIT) {
		pool->quitting--;
	} else {
		pool->open--;
		forget_ready(pool, link->slot);
	}
	if (why && !link->mails)
		failed(pool, why);
}

static const struct smtp_keeper keeper = {
	.settled = link_settled,
	.idle = link_idle,
	.retire = link_retire,
	.connected = link_connected,
	.closed = link_closed,
	.watch = link_watch,
	.due = due,
	.distrust_pipelining = link_distrust_pipelining,
};

/* ---- what the caller asks for ---- */

struct smtp_pool *smtp_pool_new(const struct smtp_relay *relay, struct err *err)
{
	AUTO(buf) url = buf_new(1024);
	struct smtp_pool *pool;
	struct arena *arena;

	if (!check_relay(relay, err) || !smtp_socket_url(relay, url, err))
		return NULL;
	arena = arena_new(4096);
	pool = arena_alloc(arena, sizeof(*pool));
	pool->arena = arena;
	pool->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (pool->epoll_fd < 0) {
		(void)err_set(err, ERR_SYSTEM, "relay %s: epoll: %s", relay->name,
			      strerror(errno));
		arena_free(&arena);
		return NULL;
	}
	copy_relay(pool, relay);
	pool->url = arena_strdup(arena, buf_text(url));
	pool->count = pool->limit = (size_t)relay->max_connections;
	pool->links = arena_make(arena, struct smtp_link, pool->count);
	pool->ready = arena_make(arena, unsigned, pool->count);
	pool->settled = arena_make(arena, unsigned, pool->count);
	pool->due_ms = LINK_NEVER;
	for (size_t i = 0; i < pool->count; i++) {
		struct smtp_link *link = &pool->links[i];

		link->pool = pool;
		link->keeper = &keeper;
		link->relay = &pool->relay;
		link->slot = (unsigned)i;
		link->deadline_ms = link->curl_ms = LINK_NEVER;
		buf_init(&link->out, OUT_MAX);
		buf_init(&link->held, OUT_MAX);
	}
	return pool;
}

void smtp_pool_free(struct smtp_pool **pool)
{
	struct smtp_pool *p = *pool;
	struct arena *arena;

	*pool = NULL;
	if (!p)
		return;
	p->stopping = true;
	for (size_t i = 0; i < p->count; i++) {
		struct smtp_link *link = &p->links[i];

		if (link->state == LINK_IDLE)
			link_retire(p, link);
		if (link->state != LINK_OFF)
			smtp_link_close(link, NULL);
		buf_clear(&link->out);
		buf_clear(&link->held);
	}
	fd_close(&p->epoll_fd);
	if (p->password)
		explicit_bzero(p->password, strlen(p->password));
	arena = p->arena;
	arena_free(&arena);
}

static size_t busy(const struct smtp_pool *pool)
{
	return pool->open - pool->ready_count;
}

/*
 * When one more connection may be opened. They double from one: a relay that is down,
 * or slow, is not met by all of us at once; after a failure there is one attempt at a
 * time. LINK_NEVER also while something has to happen first, which will be an event.
 */
static int64_t opens_at_ms(const struct smtp_pool *pool)
{
	size_t aim = busy(pool) + pool->wanted;

	if (aim > pool->limit)
		aim = pool->limit;
	if (pool->stopping || pool->open + pool->connecting >= aim ||
	    pool->open + pool->connecting + pool->quitting == pool->count)
		return LINK_NEVER;
	if (pool->failures)
		return pool->connecting ? LINK_NEVER : pool->next_attempt_ms;
	return pool->connecting && pool->connecting >= pool->open ? LINK_NEVER
								  : pool->now_ms;
}

static void open_more(struct smtp_pool *pool)
{
	for (size_t i = 0; i < pool->count && opens_at_ms(pool) <= pool->now_ms; i++) {
		if (pool->links[i].state != LINK_OFF)
			continue;
		pool->connecting++;
		smtp_link_connect(&pool->links[i], pool->url, pool->epoll_fd,
				  pool->now_ms);
	}
	due(pool, opens_at_ms(pool));
}

void smtp_pool_want(struct smtp_pool *pool, size_t mails)
{
	pool->wanted = mails;
	due(pool, opens_at_ms(pool));
}

static void close_surplus(struct smtp_pool *pool)
{
	while (pool->ready_count && (pool->stopping || pool->open > pool->limit))
		link_retire(pool, &pool->links[pool->ready[pool->ready_count - 1]]);
}

void smtp_pool_limit(struct smtp_pool *pool, size_t connections)
{
	pool->limit = connections < pool->count ? connections : pool->count;
	close_surplus(pool);
}

void smtp_pool_stop(struct smtp_pool *pool, int64_t now_ms)
{
	pool->now_ms = now_ms;
	pool->stopping = true;
	pool->limit = 0;
	for (size_t i = 0; i < pool->count; i++) {
		enum link_state state = pool->links[i].state;

		if (state == LINK_CONNECTING || state == LINK_HELLO)
			smtp_link_close(&pool->links[i], NULL);
	}
	close_surplus(pool);
}

size_t smtp_pool_open(const struct smtp_pool *pool)
{
	size_t n = 0;

	for (size_t i = 0; i < pool->count; i++)
		n += pool->links[i].state != LINK_OFF;
	return n;
}

int smtp_pool_fd(const struct smtp_pool *pool)
{
	return pool->epoll_fd;
}

int64_t smtp_pool_due_ms(const struct smtp_pool *pool, int64_t now_ms, int64_t max_ms)
{
	int64_t wait_ms = pool->due_ms == LINK_NEVER ? max_ms : pool->due_ms - now_ms;

	return wait_ms < 0 ? 0 : wait_ms < max_ms ? wait_ms : max_ms;
}

void smtp_pool_wait(struct smtp_pool *pool, int64_t now_ms, int64_t max_ms)
{
	int n;

	if (pool->event_count)
		return;
	n = epoll_wait(pool->epoll_fd, pool->events, EVENTS_MAX,
		       (int)smtp_pool_due_ms(pool, now_ms, max_ms));
	pool->event_count = n < 0 ? 0 : n;
}

static void run_timers(struct smtp_pool *pool)
{
	int64_t now_ms = pool->now_ms;

	if (now_ms < pool->due_ms)
		return;
	pool->due_ms = LINK_NEVER;
	for (size_t i = 0; i < pool->count; i++) {
		struct smtp_link *link = &pool->links[i];

		if (link->curl_ms <= now_ms || link->deadline_ms <= now_ms)
			smtp_link_due(link, now_ms);
		due(pool, link->curl_ms);
		due(pool, link->deadline_ms);
	}
}

void smtp_pool_turn(struct smtp_pool *pool, int64_t now_ms)
{
	pool->now_ms = now_ms;
	if (!pool->event_count)
		smtp_pool_wait(pool, now_ms, 0);
	for (int i = 0; i < pool->event_count; i++) {
		uint64_t tag = pool->events[i].data.u64;

		smtp_link_event(&pool->links[tag >> 32], (int)(uint32_t)tag,
				pool->events[i].events, now_ms);
	}
	pool->event_count = 0;
	run_timers(pool);
	open_more(pool);
}

bool smtp_pool_outcome(struct smtp_pool *pool, struct smtp_outcome *out)
{
	struct smtp_link *link;

	if (!pool->settled_count)
		return false;
	link = &pool->links[pool->settled[pool->settled_from]];
	pool->settled_from = (pool->settled_from + 1) % pool->count;
	pool->settled_count--;
	link->waiting = false;
	*out = link->outcome;
	if (link->state == LINK_IDLE)
		link_idle(pool, link);
	return true;
}

size_t smtp_pool_ready(const struct smtp_pool *pool)
{
	return pool->ready_count;
}

unsigned smtp_pool_next_slot(const struct smtp_pool *pool)
{
	ASSERT(pool->ready_count);
	return pool->ready[pool->ready_count - 1];
}

void smtp_pool_send(struct smtp_pool *pool, const struct smtp_mail *mail, int64_t now_ms)
{
	struct smtp_link *link;

	ASSERT(pool->ready_count);
	link = &pool->links[pool->ready[--pool->ready_count]];
	pool->now_ms = now_ms;
	smtp_link_send(link, mail, now_ms);
}

void smtp_pool_state(const struct smtp_pool *pool, struct smtp_pool_state *out)
{
	out->connecting = pool->connecting;
	out->ready = pool->ready_count;
	out->busy = busy(pool);
	out->limit = pool->limit;
	out->failures = pool->failures;
	out->next_attempt_ms = pool->next_attempt_ms;
	out->trouble = pool->failures ? pool->trouble : ERR_NONE;
	out->trouble_text = pool->failures ? pool->trouble_text : "";
}
