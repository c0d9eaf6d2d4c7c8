/*
 * Requests as they come over a socket: libmicrohttpd reads them in this thread and hands
 * them to the functions that web/server.c hands them to; what they believe is looked at.
 */
#include "tests/fuzz/fuzz.h"

#include "pages/page.h"
#include "web/web_private.h"

#include <sys/socket.h>
#include <unistd.h>

enum { TURNS_MOST = 200, POOL = WEB_HEAD_BYTES + 8192, FILE_ROOM = 8000 };

static void nothing(struct web_request *r)
{
	(void)r;
}

static const struct web_route routes[] = {
	{WEB_GET, "/", nothing, 0, 0},
	{WEB_GET, "/lists/:list/:number", nothing, 0, 0},
	{WEB_POST, "/lists/:list/join", nothing, 0, 0},
	{WEB_POST, "/small", nothing, 0, 10},
	{WEB_POST, "/import", nothing, 0, FILE_ROOM},
	{0},
};
static const struct web_table table = {.routes = routes};
static const struct web_table *const tables[] = {&table, NULL};
static const struct settings settings = {.language = "en"};
static const struct operation op = {.settings = &settings};
static const struct web_site site = {
	.settings = &settings, .op = &op, .hooks = &page_hooks, .tables = tables};
static struct web_server server = {.site = &site};

static void *target(void *with, const char *raw, struct MHD_Connection *connection)
{
	struct arena *arena = arena_new(8192);
	struct web_server_request *in = arena_make(arena, struct web_server_request, 1);

	(void)with;
	in->arena = arena;
	in->server = &server;
	in->connection = connection;
	in->raw = arena_strdup(arena, str_or(raw, ""));
	in->public.arena = arena;
	in->public.site = &site;
	in->public.inside = in;
	in->public.path = "/";
	in->public.source = "here";
	page_hooks.begin(&in->public);
	return in;
}

static void fields_are_text(const struct web_fields *fields)
{
	ASSERT(fields->count <= WEB_FIELDS_MOST);
	for (size_t i = 0; i < fields->count; i++) {
		const struct web_field *f = &fields->fields[i];

		ASSERT(f->name && f->value);
		fuzz_is_text(f->name);
		fuzz_is_text(f->file_name);
		fuzz_is_text(f->type);
		if (f->file_name) {
			ASSERT(f->value[f->len] == '\0');
			continue;
		}
		fuzz_is_text(f->value);
	}
}

static void is_believable(struct web_request *r)
{
	char network[64];

	ASSERT(*r->path == '/' && !strstr(r->path, "/../") && !strstr(r->path, "//"));
	fuzz_is_text(r->path);
	for (const char *c = r->path; *c; c++)
		ASSERT((unsigned char)*c >= ' ' && *c != 127 && *c != '\\');
	ASSERT(*r->source);
	web_limit_network(r->source, network, sizeof(network));
	for (size_t i = 0; i < WEB_ARGS_MOST && r->args[i]; i++)
		ASSERT(*web_arg(r, i) && !strchr(web_arg(r, i), '/'));
	fields_are_text(&r->query);
	fields_are_text(&r->cookies);
	fuzz_is_text(web_header(r, "Accept-Language"));
	(void)web_query_int(r, "page", 1);
}

static void form_is_believable(struct web_server_request *in)
{
	struct web_request *r = &in->public;

	fields_are_text(&r->form);
	for (size_t i = 0; i < r->form.count; i++)
		if (!r->form.fields[i].file_name)
			ASSERT(!strchr(r->form.fields[i].value, '\r'));
	if (!in->too_large)
		ASSERT(in->body_bytes <= in->body_most);
	(void)web_form_int(r, "version", 0);
	(void)web_upload(r, "file");
}

static enum MHD_Result answer(struct web_server_request *in, unsigned status)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result done = MHD_queue_response(in->connection, status, response);

	MHD_destroy_response(response);
	in->answered = true;
	return done;
}

/* As web/server.c does, with nothing behind it. */
static enum MHD_Result handle(void *with, struct MHD_Connection *connection,
			      const char *url, const char *method, const char *version,
			      const char *bytes, size_t *len, void **request)
{
	struct web_server_request *in = *request;
	const char *sentence = NULL;
	unsigned status;

	(void)with, (void)connection, (void)url;
	if (!in)
		return MHD_NO;
	if (!in->begun) {
		in->begun = true;
		status = web_request_begin(in, str_or(method, ""), str_or(version, ""),
					   &sentence);
		ASSERT(!status || (status >= 400 && status < 500 && *sentence));
		if (status && status != MHD_HTTP_BAD_REQUEST &&
		    status != MHD_HTTP_CONTENT_TOO_LARGE)
			is_believable(&in->public);
		if (status) {
			in->refused = status;
			return MHD_YES;
		}
		is_believable(&in->public);
		if (in->has_body)
			(void)web_request_room(in);
		return MHD_YES;
	}
	if (in->answered) {
		*len = 0;
		return MHD_YES;
	}
	if (*len) {
		if (!web_request_body(in, bytes, *len))
			return MHD_NO;
		*len = 0;
		return MHD_YES;
	}
	if (!in->refused) {
		web_request_body_end(in);
		form_is_believable(in);
	}
	return answer(in, in->refused ? in->refused : MHD_HTTP_OK);
}

static void completed(void *with, struct MHD_Connection *connection, void **request,
		      enum MHD_RequestTerminationCode how)
{
	(void)with, (void)connection, (void)how;
	if (*request)
		web_request_free(*request);
	*request = NULL;
}

static void quiet(void *with, const char *format, va_list args)
{
	(void)with, (void)format, (void)args;
}

static struct MHD_Daemon *daemon_of(void)
{
	return MHD_start_daemon(MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG, 0, NULL,
				NULL, handle, NULL, MHD_OPTION_EXTERNAL_LOGGER, quiet,
				NULL, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL,
				MHD_OPTION_NOTIFY_COMPLETED, completed, NULL,
				MHD_OPTION_URI_LOG_CALLBACK, target, NULL,
				MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

static bool hung_up(int fd)
{
	char some[4096];
	ssize_t n;

	while ((n = recv(fd, some, sizeof(some), MSG_DONTWAIT)) > 0)
		;
	return n == 0;
}

void fuzz_request(const char *bytes, size_t len)
{
	static const struct sockaddr at = {.sa_family = AF_UNIX};
	static struct MHD_Daemon *daemon;
	int ends[2];

	if (!daemon)
		daemon = daemon_of();
	ASSERT(daemon);
	ASSERT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) ==
	       0);
	ASSERT(MHD_add_connection(daemon, ends[0], &at, sizeof(at)) == MHD_YES);
	ASSERT(!len || write(ends[1], bytes, len) == (ssize_t)len);
	ASSERT(shutdown(ends[1], SHUT_WR) == 0);
	for (int i = 0; i < TURNS_MOST && !hung_up(ends[1]); i++)
		ASSERT(MHD_run(daemon) == MHD_YES);
	(void)close(ends[1]);
	/* Until nothing of it is left. */
	for (int i = 0; i < TURNS_MOST; i++) {
		const union MHD_DaemonInfo *left =
			MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);

		if (!left->num_connections)
			break;
		ASSERT(MHD_run(daemon) == MHD_YES);
	}
	ASSERT(atomic_load(&server.bodies_bytes) == 0);
}
