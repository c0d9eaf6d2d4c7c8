/*
 * web private - what the files of this folder share; nobody else includes it.
 */
#ifndef MERCAT_WEB_WEB_PRIVATE_H
#define MERCAT_WEB_WEB_PRIVATE_H

#include "web/web.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

enum { WEB_HEADERS_MOST = 16, WEB_ASSETS_MOST = 32 };

struct web_watch; /* watch.c */
struct web_work;  /* work.c */

/* One connection, and since when it keeps us waiting. */
struct web_line {
	int fd;
	bool whole; /* its request has come, the answer goes out */
	int64_t since_ms;
	struct web_line *before, *after;
};

/* What templates/web holds besides pages, rendered once. */
struct web_asset {
	const char *name, *type, *url;
	const char *bytes;
	size_t len;
};

struct web_server {
	const struct web_site *site;
	struct arena *arena; /* of the assets; changed by web_start() alone */
	struct MHD_Daemon *daemon;
	struct web_watch *watch;
	struct web_asset assets[WEB_ASSETS_MOST];
	size_t asset_count;
	pthread_mutex_t stores_lock;
	struct store *stores[64]; /* one a thread, closed at the end */
	size_t store_count;
	uint64_t generation; /* which server a thread's store belongs to */
	struct web_work *work;
	atomic_size_t bodies_bytes; /* of all bodies that are under way */
};

struct web_header {
	const char *name, *value;
};

/* A request as it comes in, piece by piece. */
struct web_server_request {
	struct web_request public;
	struct web_server *server;
	struct MHD_Connection *connection;
	struct MHD_PostProcessor *post;
	const char *raw; /* the request target as it was sent */
	struct arena *arena;
	size_t body_bytes, body_most;
	struct buf field; /* the field that is coming in */
	struct web_field now;
	size_t announced, charged; /* charged: of server->bodies_bytes */
	bool begun, too_large, broken, has_body, no_room;
	bool takes_anything; /* its body need be no form */
	unsigned refused;    /* at the end, with this status and sentence */
	const char *refused_why;
	bool entered; /* the table's enter() has let it in */
	bool later;   /* an answer that is made now is sent later, by handle() */
	struct MHD_Response *response; /* such a one */
	unsigned status;
	/* the answer */
	struct web_header headers[WEB_HEADERS_MOST];
	size_t header_count;
	const char *policy;
	int64_t keep_s;
	bool answered;
};

/* request.c; status 0: go on, else what to answer, with a sentence. */
unsigned web_request_begin(struct web_server_request *in, const char *method,
			   const char *version, const char **out_sentence);
/* For a large body, whose sender may send it: false when others have all the room. */
bool web_request_room(struct web_server_request *in);
/* False: it is so much too large that nobody waits for its end. */
bool web_request_body(struct web_server_request *in, const char *bytes, size_t len);
size_t web_request_waits_for(const struct web_server_request *in);
void web_request_body_end(struct web_server_request *in);
void web_request_free(struct web_server_request *in);

/* answer.c: the hooks say it. */
void web_problem(struct web_request *r, unsigned status, const char *sentence);

/* work.c */
/* answer: what is answered to a request that has come whole; by any thread. */
struct web_work *web_work_new(void (*answer)(struct web_server_request *in)) MUST_USE;
/* What runs is waited for, what waits gets its 503; nothing more is taken. */
void web_work_stop(struct web_work *work);
void web_work_free(struct web_work **work); /* once it has stopped */
/* Whether the route's handler is one of those. */
bool web_work_is_long(const struct web_server_request *in);
/* Suspends the connection until a worker has answered; false: too much waits already. */
bool web_work_give(struct web_work *work, struct web_server_request *in) MUST_USE;
/* How many requests are being worked on or wait to be. */
size_t web_work_held(struct web_work *work) MUST_USE;

/* route.c */
const struct web_route *web_route_find(struct web_request *r,
				       const struct web_table **out_table,
				       bool *out_other_method);

/* assets.c */
bool web_assets_make(struct web_server *server, struct err *err) MUST_USE;
bool web_assets_answer(struct web_request *r);
/* NULL: there is none. */
const struct web_asset *web_asset_named(const struct web_server *server,
					const char *name);

/* watch.c */
struct web_watch *web_watch_new(void) MUST_USE;
void web_watch_free(struct web_watch **watch);
struct web_line *web_watch_open(struct web_watch *watch, int fd, int64_t now_ms) MUST_USE;
void web_watch_close(struct web_watch *watch, struct web_line *line);
/* whole: a request has come; else its answer has gone. */
void web_watch_mark(struct web_watch *watch, struct web_line *line, bool whole,
		    int64_t now_ms);
void web_watch_tend(struct web_watch *watch, int64_t now_ms);
size_t web_watch_busy(struct web_watch *watch); /* answers that are still going out */

#endif
