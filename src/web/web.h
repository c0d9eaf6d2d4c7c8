/*
 * web - HTTP for the pages: requests in, pages out, one route table a subject.
 *
 * The only folder that includes microhttpd.h. A page is a handler in a table of
 * routes; what every page must keep to (limits, headers, where a post may come from)
 * is kept here, so that no page can forget it. What the site is about is not known here: the
 * layer above tells it by struct web_hooks. TLS is the reverse proxy's: the socket is loopback
 * or a unix socket.
 *
 * A few threads wait on all connections; each has a store of its own. A handler runs
 * to its end in one of them: it must not wait for anything but the store. What works long
 * (hashing a password) is run by threads of its own, so that it delays nobody else; when
 * too many wait for those, or too many of one source, the answer is 503 with Retry-After.
 *
 * Units      seconds and milliseconds as the names say; sizes in bytes.
 * Ownership  everything of a request lives in its arena, which ends with it. The site
 *            belongs to the caller and must outlive the server.
 * Errors     a handler always answers. What the server itself refuses is put into words
 *            by the hooks of the site.
 * Source     HTTP/1.1 by libmicrohttpd; RFC 9110, RFC 9112; cookies RFC 6265.
 * Limits     Bodies: as the route says, else WEB_BODY_BYTES; WEB_FIELDS_MOST fields;
 *            WEB_HEAD_BYTES of headers; a request that has not arrived whole after
 *            WEB_ARRIVE_S, and an idle connection after WEB_IDLE_S, are closed. Who may
 *            not send a body is asked before any of it is kept, and all bodies that are
 *            under way hold WEB_BODIES_BYTES at most.
 */
#ifndef MERCAT_WEB_WEB_H
#define MERCAT_WEB_WEB_H

#include "settings/settings.h"
#include "template/template.h"
#include "web/limit.h"

enum {
	WEB_BODY_BYTES = 64 << 10,
	WEB_BODIES_BYTES = 64 << 20,
	WEB_FIELDS_MOST = 4000,
	WEB_HEAD_BYTES = 16 << 10,
	WEB_ARGS_MOST = 6,
	WEB_ARRIVE_S = 30,
	WEB_IDLE_S = 20,
	WEB_WORKERS = 2,       /* threads for what works long */
	WEB_WORKS_MOST = 24,   /* that wait for one */
	WEB_WORKS_A_SOURCE = 6 /* waiting or under way */
};

enum web_method { WEB_GET = 1, WEB_POST = 2 }; /* HEAD is a GET without its body */

/* The statuses (RFC 9110, 15) that pages answer with by name. */
enum web_status {
	WEB_BAD_REQUEST = 400,
	WEB_FORBIDDEN = 403,
	WEB_NOT_FOUND = 404,
	WEB_NOT_ALLOWED = 405,
	WEB_CONFLICT = 409,
	WEB_TOO_LARGE = 413,
	WEB_NOT_A_FORM = 415,
	WEB_TOO_MANY = 429,
	WEB_FAULT = 500,
	WEB_BUSY = 503,
	WEB_NO_ROOM = 507 /* RFC 4918, 11.5 */
};

struct listen_peers;
struct operation;
struct reader;
struct store;
struct web_request;
struct web_route;
typedef void web_handler(struct web_request *r);

/* body_bytes of a route that takes what is no form, too: that it was sent is all it asks. */
enum { WEB_ANYTHING = 1 };

/* One door of the house. */
struct web_route {
	enum web_method method;
	const char *path; /* "/lists/:list/:number"; ":list" is web_arg(r, 0) */
	web_handler *handler;
	int right;         /* what before() asks for; 0: nothing */
	size_t body_bytes; /* 0: WEB_BODY_BYTES; WEB_ANYTHING */
};

/* The doors of one subject. A table is searched in its order. */
struct web_table {
	const struct web_route *routes; /* ends with a NULL path */
	/* Each NULL, or false when it has answered by itself. enter() is asked when the
	   headers have come and none of the body: a session, the right; before() when all
	   is there: the token of the form. */
	bool (*enter)(struct web_request *r);
	bool (*before)(struct web_request *r);
	web_handler *const
		*long_work;  /* those of routes that work long; NULL at the end */
	const char *problem; /* its template of problem(); NULL: web/problem.html */
};

/* What the layer above, which knows what the pages are about, does for the server. */
struct web_hooks {
	/* A request begins: sets its op and its usual language. */
	void (*begin)(struct web_request *r);
	/* Address and headers are known: sets the language of its page. */
	void (*choose_language)(struct web_request *r);
	/* From here on its op is on this thread's store, at this moment. */
	void (*act_on)(struct web_request *r, struct store *store);
	/* Both answer: with a page that says what is wrong, or what an error is. */
	void (*problem)(struct web_request *r, unsigned status, const char *sentence);
	void (*failed)(struct web_request *r, const struct err *err);
};

struct web_site {
	const struct settings *settings;
	const struct template_library *templates; /* of the assets */
	const struct operation *op; /* what each request's own begins as; for the hooks */
	const struct web_hooks *hooks;
	const struct web_table *const *tables; /* NULL at the end */
	int64_t (*now)(void);                  /* unix seconds */
	int64_t (*now_ms)(void);               /* of a clock that only goes forward */
	void (*log)(const char *sentence);     /* what the operator should know */
	int threads;
	/* NULL, or whether who connected may speak at all (fd: the connection). */
	bool (*admits)(const struct listen_peers *peers, int fd);
	const struct listen_peers *peers;
	/* What the proxy sends in X-Mercat-Proxy-Secret to be believed; NULL: it need not. */
	const char *proxy_secret;
	struct reader *reader; /* opens mails once more; NULL: it cannot */
	/* How often a stranger may ask for letters: from one place, for one address. */
	struct web_limit *asks_by_source, *asks_by_address;
};

struct web_field {
	const char *name, *value; /* UTF-8; line ends are \n */
	const char *file_name;    /* of an upload, else NULL */
	const char *type;         /* of an upload, as the browser says */
	size_t len;               /* of an upload: its bytes are value */
};

struct web_fields {
	struct web_field *fields;
	size_t count;
};

struct web_request {
	struct arena *arena;
	const struct web_site *site;
	struct operation *op; /* made by the hooks, and only carried here */
	const struct web_route *route;
	const struct web_table *table;
	enum web_method method;
	const char *path;   /* decoded, without the query */
	const char *source; /* the visitor's network address, for limits: never stored */
	const char
		*language; /* of the page: one that is offered; a handler may change it */
	bool language_chosen; /* by ?lang=, which links of the page then keep */
	struct web_fields query, form, cookies;
	const char *args[WEB_ARGS_MOST];
	void *visitor; /* what before() found out about who asks */
	/* Asked when an answer is a refusal: where to redirect to instead, or NULL. */
	const char *(*instead)(struct web_request *r);
	struct web_server_request *inside;
};

/*
 * What came. NULL when absent, and a header also when it is no UTF-8 or stands there more than
 * once: which one a proxy meant, nobody can say. Of the others the first of a name.
 */
const char *web_arg(const struct web_request *r, size_t i);
const char *web_query(const struct web_request *r, const char *name);
const char *web_form(const struct web_request *r, const char *name);
const struct web_field *web_upload(const struct web_request *r, const char *name);
const char *web_cookie(const struct web_request *r, const char *name);
const char *web_header(const struct web_request *r, const char *name);
/*
 * The browser says that another site's page sent this: Sec-Fetch-Site (W3C Fetch Metadata), or
 * from older ones Origin (RFC 6454, 7), or says either twice. False when it says neither.
 */
bool web_from_elsewhere(const struct web_request *r);
/* A whole number of the query or form; fallback when absent or none. */
int64_t web_query_int(const struct web_request *r, const char *name, int64_t fallback);
int64_t web_form_int(const struct web_request *r, const char *name, int64_t fallback);

/* An answer: a feed, a picture, JSON. The bytes are copied. */
void web_bytes(struct web_request *r, unsigned status, const char *type,
	       const void *bytes, size_t len);
/* One that was written into a buffer, which is empty then. */
void web_text(struct web_request *r, unsigned status, const char *type, struct buf *text);
void web_download(struct web_request *r, const char *type, const char *file_name,
		  const void *bytes, size_t len);
/* 303: after an act, on to a page that can be loaded again. path: within this site. */
void web_redirect(struct web_request *r, const char *path, ...) PRINTF_LIKE(2, 3);
/* 308 (RFC 9110, 15.4.9): the page has another address for good. path: within this site. */
void web_moved(struct web_request *r, const char *path);
/* 503: nothing was done; the visitor is asked to come again after so many seconds. */
void web_busy(struct web_request *r, unsigned after_s);

/* Before the answer. */
void web_set_header(struct web_request *r, const char *name, const char *value);
/* HttpOnly, SameSite=Lax, Secure when base_url is https; max_age_s 0 ends it. */
void web_set_cookie(struct web_request *r, const char *name, const char *value,
		    int64_t max_age_s);
/* May be kept by anybody for so long; else no page is kept anywhere. */
void web_keep(struct web_request *r, int64_t seconds);
/* A page that shows mail in a frame: allows exactly what its content security policy says. */
void web_set_policy(struct web_request *r, const char *policy);

/* A text fit for one segment of a path or a value of a query. */
const char *web_escape_url(struct arena *arena, const char *text) MUST_USE;
/* The other way; NULL when it is none, or no UTF-8. */
const char *web_unescape_url(struct arena *arena, const char *text) MUST_USE;
/* "/assets/mercat.css?v=..." of templates/web/mercat.css, so that it can be kept for ever. */
const char *web_asset(struct web_request *r, const char *name) MUST_USE;

struct web_server;

/* Takes over listen_fd, which listens already. */
bool web_start(const struct web_site *site, int listen_fd, struct web_server **out,
	       struct err *err) MUST_USE;
/* Once a second or so: closes what is too slow. */
void web_tend(struct web_server *server);
/* No new visitors; those being answered get their answer, for wait_ms at most. */
void web_stop(struct web_server **server, int64_t wait_ms);

#endif
