#include "base/str.h"
#include "store/store.h"
#include "web/web_private.h"

#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	CONNECTIONS_MOST = 16000,
	DESCRIPTORS_KEPT = 200,
	BUSY_S = 3, /* after which who is sent away may come again */
	POOL_BYTES = WEB_HEAD_BYTES + 8192
};

/* A thread of the pool serves one server all its life; its store is made at need. */
static _Thread_local struct {
	struct store *store;
	uint64_t generation;
} mine;
static atomic_uint_fast64_t generations;

static struct store *store_of(struct web_server *server, struct err *err)
{
	if (mine.generation == server->generation)
		return mine.store;
	(void)pthread_mutex_lock(&server->stores_lock);
	if (server->store_count == ARRAY_LEN(server->stores))
		PANIC("more threads than stores");
	if (store_open(settings_store_path(server->site->settings), STORE_EXISTING,
		       &mine.store, err)) {
		server->stores[server->store_count++] = mine.store;
		mine.generation = server->generation;
	} else {
		mine.store = NULL;
	}
	(void)pthread_mutex_unlock(&server->stores_lock);
	return mine.store;
}

/* From here on there is a request; the target is kept as it was sent. */
static void *target(void *with, const char *raw, struct MHD_Connection *connection)
{
	struct arena *arena = arena_new(8192);
	struct web_server_request *in = arena_make(arena, struct web_server_request, 1);
	struct web_server *server = with;

	in->arena = arena;
	in->server = server;
	in->connection = connection;
	in->raw = arena_strdup(arena, str_or(raw, ""));
	in->public.arena = arena;
	in->public.site = server->site;
	in->public.inside = in;
	in->public.path = "/";
	in->public.source = "here";
	server->site->hooks->begin(&in->public);
	return in;
}

static struct web_line *line_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

static void mark(struct web_server_request *in, bool whole)
{
	struct web_line *line = line_of(in->connection);

	if (line)
		web_watch_mark(in->server->watch, line, whole,
			       in->server->site->now_ms());
}

static void problem(struct web_server_request *in, unsigned status, const char *sentence)
{
	if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
		web_set_header(&in->public, MHD_HTTP_HEADER_ALLOW, "GET, HEAD, POST");
	mark(in, true);
	web_problem(&in->public, status, sentence);
}

/* False: it has been answered. */
static bool enter(struct web_server_request *in)
{
	struct web_request *r = &in->public;
	const struct web_hooks *hooks = r->site->hooks;
	struct err err = {0};
	struct store *store = store_of(in->server, &err);

	if (!store) {
		hooks->failed(r, &err);
		return false;
	}
	hooks->act_on(r, store);
	if (!in->entered && r->table->enter && !r->table->enter(r))
		return false;
	in->entered = true;
	return true;
}

static void answer(struct web_server_request *in)
{
	struct web_request *r = &in->public;

	if (enter(in) && (!r->table->before || r->table->before(r)))
		r->route->handler(r);
	if (!in->answered)
		PANIC("the page %s did not answer", r->route->path);
}

static void dispatch(struct web_server_request *in)
{
	struct web_request *r = &in->public;

	mark(in, true);
	if (!r->route) {
		if (!web_assets_answer(r))
			web_problem(r, MHD_HTTP_NOT_FOUND, "There is no such file here.");
	} else if (!web_work_is_long(in)) {
		answer(in);
	} else if (!web_work_give(in->server->work, in)) {
		web_busy(r, BUSY_S);
	}
}

/*
 * Asked before anything of a body is kept. Who is refused gets the answer at the end, as
 * browsers look for one only then; until then what comes is thrown away.
 */
static void enter_early(struct web_server_request *in)
{
	in->later = true;
	if (enter(in) && !web_request_room(in))
		web_busy(&in->public, BUSY_S);
	in->later = false;
}

static enum MHD_Result first_look(struct web_server_request *in, const char *method,
				  const char *version)
{
	const char *sentence;
	unsigned status;

	in->begun = true;
	status = web_request_begin(in, method, version, &sentence);
	if (status == 0) {
		if (in->has_body && in->public.route)
			enter_early(in);
		return MHD_YES;
	}
	if (str_eq(method, MHD_HTTP_METHOD_OPTIONS) &&
	    status == MHD_HTTP_METHOD_NOT_ALLOWED) {
		web_set_header(&in->public, MHD_HTTP_HEADER_ALLOW, "GET, HEAD, POST");
		mark(in, true);
		web_bytes(&in->public, MHD_HTTP_NO_CONTENT, NULL, "", 0);
		return MHD_YES;
	}
	/* Who sends too much hears it only when they have been let finish. */
	if ((in->has_body && !(status == MHD_HTTP_CONTENT_TOO_LARGE &&
			       in->announced <= web_request_waits_for(in))) ||
	    status == MHD_HTTP_BAD_REQUEST) {
		problem(in, status, sentence);
		return MHD_YES;
	}
	/* Answered at once the connection would be closed; here it may go on. */
	in->refused = status;
	in->refused_why = sentence;
	return MHD_YES;
}

/* What was made before the body, or by a worker. */
static void send_later(struct web_server_request *in)
{
	mark(in, true);
	(void)MHD_queue_response(in->connection, in->status, in->response);
	MHD_destroy_response(in->response);
	in->response = NULL;
}

static enum MHD_Result handle(void *with, struct MHD_Connection *connection,
			      const char *url, const char *method, const char *version,
			      const char *bytes, size_t *len, void **request)
{
	struct web_server_request *in = *request;

	(void)with, (void)connection, (void)url;
	if (!in)
		return MHD_NO;
	if (!in->begun)
		return first_look(in, str_or(method, ""), str_or(version, ""));
	if (in->answered && !in->response) { /* what still comes in is thrown away */
		*len = 0;
		return MHD_YES;
	}
	if (*len) {
		/* An answer can be given at the end only: until then the rest is dropped,
		   and what goes on without an end is cut. */
		if (!web_request_body(in, bytes, *len))
			return MHD_NO;
		*len = 0;
		return MHD_YES;
	}
	if (in->response) {
		send_later(in);
		return MHD_YES;
	}
	if (!in->refused)
		web_request_body_end(in);
	if (in->refused)
		problem(in, in->refused, in->refused_why);
	else if (in->too_large)
		problem(in, MHD_HTTP_CONTENT_TOO_LARGE,
			"What was sent is too large for this page.");
	else if (in->no_room)
		web_busy(&in->public, BUSY_S);
	else if (in->broken)
		problem(in, MHD_HTTP_BAD_REQUEST, "The form that was sent is broken.");
	else
		dispatch(in);
	return MHD_YES;
}

static void completed(void *with, struct MHD_Connection *connection, void **request,
		      enum MHD_RequestTerminationCode how)
{
	struct web_server_request *in = *request;

	(void)with, (void)connection, (void)how;
	if (!in)
		return;
	mark(in, false);
	web_request_free(in);
	*request = NULL;
}

static void connected(void *with, struct MHD_Connection *connection, void **context,
		      enum MHD_ConnectionNotificationCode what)
{
	struct web_server *server = with;
	const union MHD_ConnectionInfo *info;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		if (*context)
			web_watch_close(server->watch, *context);
		*context = NULL;
		return;
	}
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (info && server->site->admits &&
	    !server->site->admits(server->site->peers, info->connect_fd))
		(void)shutdown(info->connect_fd, SHUT_RDWR);
	*context = web_watch_open(server->watch, info ? info->connect_fd : -1,
				  server->site->now_ms());
}

/* libmicrohttpd tells of every visitor who goes away in the middle; nobody needs that. */
static void quiet(void *with, const char *format, va_list args)
{
	(void)with, (void)format, (void)args;
}

/* As many connections as there may be descriptors. */
static unsigned connections_most(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files))
		return 512;
	files.rlim_cur = files.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &files);
	if (getrlimit(RLIMIT_NOFILE, &files) || files.rlim_cur < 2 * DESCRIPTORS_KEPT)
		return DESCRIPTORS_KEPT;
	return files.rlim_cur - DESCRIPTORS_KEPT > CONNECTIONS_MOST
		       ? CONNECTIONS_MOST
		       : (unsigned)files.rlim_cur - DESCRIPTORS_KEPT;
}

static struct MHD_Daemon *listen_on(struct web_server *server, int fd)
{
	return MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG |
			MHD_ALLOW_SUSPEND_RESUME,
		0, NULL, NULL, handle, server, MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE,
		(unsigned)server->site->threads, MHD_OPTION_CONNECTION_LIMIT,
		connections_most(), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)POOL_BYTES, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)WEB_IDLE_S,
		MHD_OPTION_NOTIFY_COMPLETED, completed, server,
		MHD_OPTION_NOTIFY_CONNECTION, connected, server,
		MHD_OPTION_URI_LOG_CALLBACK, target, server, MHD_OPTION_STRICT_FOR_CLIENT,
		1, MHD_OPTION_END);
}

bool web_start(const struct web_site *site, int listen_fd, struct web_server **out,
	       struct err *err)
{
	struct web_server *server = calloc(1, sizeof(*server));

	if (!server || pthread_mutex_init(&server->stores_lock, NULL))
		PANIC("no memory for the server");
	server->site = site;
	server->arena = arena_new(1 << 16);
	server->watch = web_watch_new();
	server->work = web_work_new(answer);
	server->generation = atomic_fetch_add(&generations, 1) + 1;
	if (!web_assets_make(server, err)) {
		(void)close(listen_fd);
		web_stop(&server, 0);
		return false;
	}
	server->daemon = listen_on(server, listen_fd);
	if (!server->daemon) {
		(void)close(listen_fd);
		web_stop(&server, 0);
		return err_set(err, ERR_SYSTEM,
			       "the pages cannot be served: the socket "
			       "or its threads could not be made");
	}
	*out = server;
	return true;
}

void web_tend(struct web_server *server)
{
	web_watch_tend(server->watch, server->site->now_ms());
}

/* Stopping at once would cut those who are being answered: first nobody new, then wait. */
void web_stop(struct web_server **server, int64_t wait_ms)
{
	struct web_server *s = *server;
	MHD_socket listening;

	if (!s)
		return;
	if (s->daemon) {
		int64_t until = s->site->now_ms() + wait_ms;

		listening = MHD_quiesce_daemon(s->daemon);
		if (listening != MHD_INVALID_SOCKET)
			(void)close(listening);
		while (web_watch_busy(s->watch) && s->site->now_ms() < until)
			(void)usleep(10000);
		web_work_stop(
			s->work); /* nothing may be suspended when the daemon stops */
		MHD_stop_daemon(s->daemon);
	} else {
		web_work_stop(s->work);
	}
	web_work_free(&s->work);
	for (size_t i = 0; i < s->store_count; i++)
		store_close(&s->stores[i]);
	web_watch_free(&s->watch);
	(void)pthread_mutex_destroy(&s->stores_lock);
	arena_free(&s->arena);
	free(s);
	*server = NULL;
}
