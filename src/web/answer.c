#include "domain/core/language.h"
#include "base/str.h"
#include "web/web_private.h"

enum { PAGE_MAX_BYTES = 8 << 20 };

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
			       in->keep_s > 86400 ? ", immutable" : "");
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

/* Takes bytes (malloc'd). */
static void answer(struct web_request *r, unsigned status, const char *type, char *bytes,
		   size_t len)
{
	struct web_server_request *in = r->inside;
	struct MHD_Response *response;

	ASSERT(!in->answered);
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

void web_download(struct web_request *r, const char *type, const char *file_name,
		  const void *bytes, size_t len)
{
	AUTO(buf) name = buf_new(WEB_HEAD_BYTES);

	template_clean_text(name, file_name, strlen(file_name), true);
	web_set_header(r, MHD_HTTP_HEADER_CONTENT_DISPOSITION,
		       arena_printf(r->arena, "attachment; filename*=UTF-8''%s",
				    web_escape_url(r->arena, buf_text(name))));
	web_bytes(r, MHD_HTTP_OK, type, bytes, len);
}

void web_redirect(struct web_request *r, const char *path, ...)
{
	AUTO(buf) to = buf_new(WEB_HEAD_BYTES);
	va_list args;

	va_start(args, path);
	buf_vprintf(to, path, args);
	va_end(args);
	/* Only within this site, and nothing that a header could be split by. */
	if (buf_cut(to) || buf_text(to)[0] != '/' || buf_text(to)[1] == '/' ||
	    strpbrk(buf_text(to), "\r\n\\"))
		PANIC("a page sends its visitor to \"%s\"", buf_text(to));
	web_set_header(r, MHD_HTTP_HEADER_LOCATION, buf_text(to));
	web_bytes(r, MHD_HTTP_SEE_OTHER, NULL, "", 0);
}

/* The other languages of this page; none when there is one only. */
static void offer_languages(struct web_request *r, struct template_value *v)
{
	struct template_value *list = template_set_list(v, "languages");
	const char *const *codes = languages_offered(&r->op);

	template_set_bool(v, "has_languages_here", codes[0] && codes[1]);
	for (size_t i = 0; codes[0] && codes[1] && codes[i]; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "code", codes[i]);
		template_set(one, "language_name", language_name(codes[i]));
		template_set_bool(one, "current", str_eq(codes[i], r->language));
	}
}

struct template_value *web_values(struct web_request *r, const char *title)
{
	struct template_value *v = template_map(r->arena);
	const struct settings *s = r->site->settings;
	const char *lang_more = arena_printf(r->arena, "&lang=%s", r->language);
	const char *lang =
		r->language_chosen ? arena_printf(r->arena, "?lang=%s", r->language) : "";

	offer_languages(r, v);
	template_set(v, "title", title);
	template_set(v, "organisation", s->organisation);
	template_set(v, "contact", s->contact);
	template_set(v, "language", r->language);
	template_set(v, "lang", lang);
	template_set(v, "lang_more", r->language_chosen ? lang_more : "");
	template_set(v, "base_url", s->base_url);
	template_set(v, "path", r->path);
	template_set(v, "stylesheet", web_asset(r, "mercat.css"));
	return v;
}

static bool render(struct web_request *r, const char *name,
		   const struct template_value *values, struct buf *to)
{
	struct err err = {0};

	if (template_render(language_templates(&r->op, r->language), name, values,
			    TEMPLATE_LENIENT, to, &err) &&
	    !buf_cut(to))
		return true;
	r->site->log(arena_printf(r->arena, "the page %s cannot be made: %s", name,
				  str_or(err.text, "it is too large")));
	return false;
}

void web_page(struct web_request *r, unsigned status, const char *name,
	      const struct template_value *values)
{
	AUTO(buf) text = buf_new(PAGE_MAX_BYTES);
	static const char sorry[] = "This page cannot be shown. The fault is ours, and "
				    "it is in our log.\n";
	size_t len;

	if (!render(r, name, values, text)) {
		web_bytes(r, MHD_HTTP_INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8",
			  sorry, sizeof(sorry) - 1);
		return;
	}
	len = text->len;
	answer(r, status, "text/html; charset=utf-8", buf_take(text), len);
}

static const struct {
	unsigned status;
	const char *title;
} titles[] = {
	{MHD_HTTP_BAD_REQUEST, "We could not read that"},
	{MHD_HTTP_FORBIDDEN, "You may not see this"},
	{MHD_HTTP_NOT_FOUND, "Page not found"},
	{MHD_HTTP_METHOD_NOT_ALLOWED, "That cannot be done here"},
	{MHD_HTTP_CONFLICT, "That cannot be done now"},
	{MHD_HTTP_CONTENT_TOO_LARGE, "That is too large"},
	{MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "We could not read that"},
	{MHD_HTTP_TOO_MANY_REQUESTS, "Too many requests"},
	{MHD_HTTP_SERVICE_UNAVAILABLE, "Try again in a moment"},
};

void web_problem(struct web_request *r, unsigned status, const char *sentence)
{
	bool own = r->table && r->table->problem; /* the staff's pages speak English */
	const char *title = "Sorry, something went wrong";
	struct template_value *v;

	for (size_t i = 0; i < ARRAY_LEN(titles); i++)
		if (titles[i].status == status)
			title = titles[i].title;
	if (!own) { /* what an act says of its own stays as it is */
		title = language_word(&r->op, r->language, title);
		sentence = language_word(&r->op, r->language, sentence);
	}
	v = web_values(r, title);
	template_set(v, "sentence", sentence);
	web_page(r, status, own ? r->table->problem : "web/problem.html", v);
}

const char *web_sentence(struct arena *arena, const char *words)
{
	size_t len = strlen(words);
	char *text = arena_printf(arena, "%s%s", words,
				  len && !strchr(".!?\"", words[len - 1]) ? "." : "");

	/* An address or a name of something stays as it is. */
	if (*text >= 'a' && *text <= 'z' &&
	    strcspn(text, "@.#-0123456789") >= strcspn(text, " "))
		*text = (char)(*text - 'a' + 'A');
	return text;
}

void web_failed(struct web_request *r, const struct err *err)
{
	bool own = r->table && r->table->problem;
	/* The public's are looked up for translation as they are. */
	const char *sentence = own ? web_sentence(r->arena, err->text)
				   : arena_strdup(r->arena, err->text);

	switch (err->kind) {
	case ERR_INPUT:
	case ERR_REFUSED:
		web_problem(r, MHD_HTTP_BAD_REQUEST, sentence);
		return;
	case ERR_ABSENT:
		web_problem(r, MHD_HTTP_NOT_FOUND, sentence);
		return;
	case ERR_CONFLICT:
		web_problem(r, MHD_HTTP_CONFLICT, sentence);
		return;
	case ERR_AGAIN:
		web_busy(r, 2);
		return;
	default:
		r->site->log(arena_printf(r->arena, "%s", err->text));
		web_problem(r, MHD_HTTP_INTERNAL_SERVER_ERROR,
			    "The fault is ours, and nothing was changed. It is in our "
			    "log; please try again later.");
	}
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
	static const char hex[] = "0123456789ABCDEF";
	char *to = arena_alloc(arena, strlen(text) * 3 + 1), *at = to;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (str_is_alpha(*text) || str_is_digit(*text) || strchr("-._~", *text)) {
			*at++ = *text;
			continue;
		}
		*at++ = '%';
		*at++ = hex[c >> 4];
		*at++ = hex[c & 15];
	}
	return to;
}
