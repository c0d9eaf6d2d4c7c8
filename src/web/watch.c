/*
 * libmicrohttpd's timeout counts silence, so a byte now and then keeps a connection for
 * ever. Here each connection has a time by which its request must be whole and one by
 * which its answer must have been taken; what is late is shut down.
 */
#include "base/err.h"
#include "web/web_private.h"

#include <sys/socket.h>

enum {
	ANSWER_MS = 120000, /* for the slowest line that a page is worth */
	CROWDED = 6000,     /* from here on idle ones go early */
	CROWDED_MS = 3000
};

struct web_watch {
	pthread_mutex_t lock;
	struct web_line *first;
	size_t count, busy;
};

struct web_watch *web_watch_new(void)
{
	struct web_watch *watch = calloc(1, sizeof(*watch));

	if (!watch || pthread_mutex_init(&watch->lock, NULL))
		PANIC("no memory for the watch");
	return watch;
}

void web_watch_free(struct web_watch **watch)
{
	if (!*watch)
		return;
	while ((*watch)->first)
		web_watch_close(*watch, (*watch)->first);
	(void)pthread_mutex_destroy(&(*watch)->lock);
	free(*watch);
	*watch = NULL;
}

struct web_line *web_watch_open(struct web_watch *watch, int fd, int64_t now_ms)
{
	struct web_line *line = calloc(1, sizeof(*line));

	if (!line)
		PANIC("no memory for a connection");
	line->fd = fd;
	line->since_ms = now_ms;
	(void)pthread_mutex_lock(&watch->lock);
	line->after = watch->first;
	if (watch->first)
		watch->first->before = line;
	watch->first = line;
	watch->count++;
	(void)pthread_mutex_unlock(&watch->lock);
	return line;
}

void web_watch_close(struct web_watch *watch, struct web_line *line)
{
	(void)pthread_mutex_lock(&watch->lock);
	if (line->before)
		line->before->after = line->after;
	else
		watch->first = line->after;
	if (line->after)
		line->after->before = line->before;
	watch->count--;
	watch->busy -= line->whole;
	(void)pthread_mutex_unlock(&watch->lock);
	free(line);
}

void web_watch_mark(struct web_watch *watch, struct web_line *line, bool whole,
		    int64_t now_ms)
{
	(void)pthread_mutex_lock(&watch->lock);
	if (line->whole != whole)
		watch->busy += whole ? 1 : (size_t)-1;
	line->whole = whole;
	line->since_ms = now_ms;
	(void)pthread_mutex_unlock(&watch->lock);
}

/* The lock is held while a descriptor is shut, so that it cannot be another's by then. */
void web_watch_tend(struct web_watch *watch, int64_t now_ms)
{
	int64_t wait_ms;

	(void)pthread_mutex_lock(&watch->lock);
	wait_ms = watch->count > CROWDED ? CROWDED_MS : WEB_ARRIVE_S * 1000;
	for (struct web_line *l = watch->first; l; l = l->after)
		if (now_ms - l->since_ms > (l->whole ? ANSWER_MS : wait_ms)) {
			(void)shutdown(l->fd, SHUT_RDWR);
			l->since_ms = now_ms;
		}
	(void)pthread_mutex_unlock(&watch->lock);
}

size_t web_watch_busy(struct web_watch *watch)
{
	size_t busy;

	(void)pthread_mutex_lock(&watch->lock);
	busy = watch->busy;
	(void)pthread_mutex_unlock(&watch->lock);
	return busy;
}
