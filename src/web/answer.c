#include "base/calendar.h"
#include "base/str.h"
#include "web/web_private.h"

static const char usual_policy[] =
	"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
	"font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
	"frame-ancestors 'none'";

static const struct {
	const char *name, *value;
} usual[] = {
	{"X-Content-Type-Options", "nosniff"},
	{"X-DNS-Prefetch-Control", "off"},
	{"Referrer-Policy", "no-referrer"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
};

void web_set_header(struct web_request *r, const char *name, const char *value)
{
	struct web_server_request *in = r->inside;

	ASSERT(in->header_count < WEB_HEADERS_MOST);
	in->headers[in->header_count++] = (struct web_header){
		arena_strdup(r->arena, name), arena_strdup(r->arena, value)};
}

void web_set_cookie(struct web_request *r, const char *name, const char *value,
		    int64_t max_age_s)
{
	bool secure = str_starts(r->site->settings->base_url, "https:");

	web_set_header(
		r, MHD_HTTP_HEADER_SET_COOKIE,
		arena_printf(
			r->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%lld%s",
			name, value, (long long)max_age_s, secure ? "; Secure" : ""));
}

void web_keep(struct web_request *r, int64_t seconds)
{
	r->inside->keep_s = seconds;
}

void web_set_policy(struct web_request *r, const char *policy)
{
	r->inside->policy = arena_strdup(r->arena, policy);
}

static void head(struct web_server_request *in, struct MHD_Response *response,
		 const char *type)
{
	char keep[64] = "no-store";

	/* Who may keep a page must know that it comes in several languages. */
	(void)MHD_add_response_header(response, "Vary", "Accept-Language");
	if (in->keep_s > 0)
		(void)snprintf(keep, sizeof(keep), "public, max-age=%lld%s",
			       (long long)in->keep_s,
			       in->keep_s > DAY_S ? ", immutable" : "");
	if (type)
		(void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
					      type);
	(void)MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, keep);
	(void)MHD_add_response_header(response, "Content-Security-Policy",
				      str_or(in->policy, usual_policy));
	if (!in->policy) /* one that is set says itself who may frame it */
		(void)MHD_add_response_header(response, "X-Frame-Options", "DENY");
	for (size_t i = 0; i < ARRAY_LEN(usual); i++)
		(void)MHD_add_response_header(response, usual[i].name, usual[i].value);
	for (size_t i = 0; i < in->header_count; i++)
		(void)MHD_add_response_header(response, in->headers[i].name,
					      in->headers[i].value);
}

static void send_to(struct web_request *r, unsigned status, const char *path);

static bool redirected(struct web_request *r)
{
	const char *path = r->instead ? r->instead(r) : NULL;

	r->instead = NULL;
	if (path)
		send_to(r, MHD_HTTP_SEE_OTHER, path);
	return path != NULL;
}

/* Takes bytes (malloc'd). */
static void answer(struct web_request *r, unsigned status, const char *type, char *bytes,
		   size_t len)
{
	struct web_server_request *in = r->inside;
	struct MHD_Response *response;

	ASSERT(!in->answered);
	if (status >= MHD_HTTP_BAD_REQUEST && redirected(r)) {
		free(bytes);
		return;
	}
	response = MHD_create_response_from_buffer(len, bytes, MHD_RESPMEM_MUST_FREE);
	if (!response)
		PANIC("no memory for an answer");
	head(in, response, type);
	in->answered = true;
	if (in->later) {
		in->response = response;
		in->status = status;
		return;
	}
	/* It fails when the visitor has gone: then nobody waits for it. */
	(void)MHD_queue_response(in->connection, status, response);
	MHD_destroy_response(response);
}

void web_bytes(struct web_request *r, unsigned status, const char *type,
	       const void *bytes, size_t len)
{
	char *copy = malloc(len + 1);

	if (!copy)
		PANIC("no memory for an answer");
	if (len)
		memcpy(copy, bytes, len);
	answer(r, status, type, copy, len);
}

void web_text(struct web_request *r, unsigned status, const char *type, struct buf *text)
{
	size_t len = text->len;

	answer(r, status, type, buf_take(text), len);
}

void web_download(struct web_request *r, const char *type, const char *file_name,
		  const void *bytes, size_t len)
{
	AUTO(buf) name = buf_new(WEB_HEAD_BYTES);

	template_clean_text(name, file_name, strlen(file_name), TEMPLATE_ONE_LINE);
	web_set_header(r, MHD_HTTP_HEADER_CONTENT_DISPOSITION,
		       arena_printf(r->arena, "attachment; filename*=UTF-8''%s",
				    web_escape_url(r->arena, buf_text(name))));
	web_bytes(r, MHD_HTTP_OK, type, bytes, len);
}

/* Only within this site, and nothing that a header could be split by. */
static void send_to(struct web_request *r, unsigned status, const char *path)
{
	if (path[0] != '/' || path[1] == '/' || strpbrk(path, "\r\n\\"))
		PANIC("a page sends its visitor to \"%s\"", path);
	web_set_header(r, MHD_HTTP_HEADER_LOCATION, path);
	web_bytes(r, status, NULL, "", 0);
}

void web_redirect(struct web_request *r, const char *path, ...)
{
	AUTO(buf) to = buf_new(WEB_HEAD_BYTES);
	va_list args;

	va_start(args, path);
	buf_vprintf(to, path, args);
	va_end(args);
	if (buf_cut(to))
		PANIC("a page sends its visitor to \"%s\"", buf_text(to));
	send_to(r, MHD_HTTP_SEE_OTHER, buf_text(to));
}

void web_moved(struct web_request *r, const char *path)
{
	send_to(r, MHD_HTTP_PERMANENT_REDIRECT, path);
}

void web_problem(struct web_request *r, unsigned status, const char *sentence)
{
	r->site->hooks->problem(r, status, sentence);
}

void web_busy(struct web_request *r, unsigned after_s)
{
	web_set_header(r, MHD_HTTP_HEADER_RETRY_AFTER,
		       arena_printf(r->arena, "%u", after_s));
	web_problem(
		r, MHD_HTTP_SERVICE_UNAVAILABLE,
		"We are busy just now, and nothing was changed. Please do it again in a "
		"moment.");
}

const char *web_escape_url(struct arena *arena, const char *text)
{
	AUTO(buf) to = buf_new(strlen(text) * 3 + 1);

	str_add_url(to, text);
	return arena_strdup(arena, buf_text(to));
}
