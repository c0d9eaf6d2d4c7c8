/*
 * What libmicrohttpd hands to a callback is as suspect as what came over the wire: any
 * pointer of it may be NULL (a part without a name is), and no text of it is UTF-8.
 *
 * A request is believed only where all who read it would read the same: what could be
 * understood in two ways (two lengths, a length and chunks, a NUL in the path) is
 * refused, whatever libmicrohttpd makes of it.
 */
#include "base/str.h"
#include "web/web_private.h"

enum { POST_ROOM = 4 << 10, TARGET_MOST = 4000, FIELD_NAME_MOST = 100, SOURCE_ROOM = 64 };

struct look {
	int lengths, encodings, hosts;
	bool spaced;
};

static enum MHD_Result look_at(void *with, enum MHD_ValueKind kind, const char *name,
			       const char *value)
{
	struct look *look = with;
	size_t len = name ? strlen(name) : 0;

	(void)kind, (void)value;
	if (!len || str_is_space(name[len - 1])) {
		look->spaced = true;
		return MHD_YES;
	}
	look->lengths += str_ieq(name, "Content-Length");
	look->encodings += str_istarts(name, "Transfer-Encoding");
	look->hosts += str_ieq(name, "Host");
	return MHD_YES;
}

static int hex(char c)
{
	if (str_is_digit(c))
		return c - '0';
	c = str_lower_char(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* NULL when it is no whole UTF-8 text, or holds a NUL. */
static const char *unescape(struct arena *arena, const char *from, size_t len, bool plus)
{
	char *to = arena_alloc(arena, len + 1), *at = to;

	for (size_t i = 0; i < len; i++) {
		if (from[i] == '%') {
			int high = i + 2 < len ? hex(from[i + 1]) : -1;
			int low = high < 0 ? -1 : hex(from[i + 2]);

			if (low < 0 || high + low == 0)
				return NULL;
			*at++ = (char)(high * 16 + low);
			i += 2;
		} else {
			*at++ = plus && from[i] == '+' ? ' ' : from[i];
		}
	}
	return str_utf8_valid(to, (size_t)(at - to)) ? to : NULL;
}

const char *web_unescape_url(struct arena *arena, const char *text)
{
	return unescape(arena, text, strlen(text), false);
}

static void add(struct arena *arena, struct web_fields *to, const struct web_field *field)
{
	to->fields = arena_grow(arena, to->fields, to->count, sizeof(*field));
	to->fields[to->count++] = *field;
}

/* "a=1&b=2" */
static bool read_query(struct web_server_request *in, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "&"), name = strcspn(text, "=&");
		struct web_field f = {.value = ""};

		f.name = unescape(in->arena, text, name, true);
		if (name < len)
			f.value = unescape(in->arena, text + name + 1, len - name - 1,
					   true);
		if (!f.name || !f.value || in->public.query.count == WEB_FIELDS_MOST)
			return false;
		if (*f.name)
			add(in->arena, &in->public.query, &f);
		text += len + (text[len] == '&');
	}
	return true;
}

static bool read_target(struct web_server_request *in)
{
	size_t len = strcspn(in->raw, "?");
	const char *path;

	if (in->raw[0] != '/' || strlen(in->raw) > TARGET_MOST)
		return false;
	path = unescape(in->arena, in->raw, len, false);
	if (!path || strstr(path, "/../") || str_ends(path, "/..") || strstr(path, "//"))
		return false;
	for (const char *c = path; *c; c++)
		if ((unsigned char)*c < 32 || *c == 127 || *c == '\\')
			return false;
	in->public.path = path;
	return in->raw[len] != '?' || read_query(in, in->raw + len + 1);
}

static enum MHD_Result take_cookie(void *with, enum MHD_ValueKind kind, const char *name,
				   const char *value)
{
	struct web_server_request *in = with;
	struct web_field f = {.name = arena_strdup(in->arena, str_or(name, ""))};

	(void)kind;
	f.value = arena_strdup(in->arena, str_or(value, ""));
	if (in->public.cookies.count < 50 && str_utf8_valid(f.name, strlen(f.name)) &&
	    str_utf8_valid(f.value, strlen(f.value)))
		add(in->arena, &in->public.cookies, &f);
	return MHD_YES;
}

/*
 * Who asks: what the proxy in front of us wrote at the end of X-Forwarded-For, else the
 * other end of the connection. The socket is loopback or unix, so only a proxy of this
 * machine, or somebody on it, can have written that.
 */
static const char *source_of(struct web_server_request *in)
{
	const char *forwarded = MHD_lookup_connection_value(
		in->connection, MHD_HEADER_KIND, "X-Forwarded-For");
	const char *last = forwarded ? strrchr(forwarded, ',') : NULL;
	char *text, to[SOURCE_ROOM];

	if (!forwarded)
		return "here";
	text = arena_strdup(in->arena, last ? last + 1 : forwarded);
	str_copy(to, sizeof(to), str_trim(text));
	return arena_strdup(in->arena, *to ? to : "here");
}

/* Text that may be shown and stored, whatever bytes came; NULL stays NULL. */
static const char *clean_text(struct arena *arena, const char *text)
{
	AUTO(buf) clean = NULL;

	if (!text || str_utf8_valid(text, strlen(text)))
		return arena_strdup(arena, text);
	clean = buf_new(strlen(text) * 3 + 1);
	str_utf8_clean(clean, text, strlen(text));
	return arena_strdup(arena, buf_text(clean));
}

static bool is_form(const char *type)
{
	return str_istarts(type, MHD_HTTP_POST_ENCODING_FORM_URLENCODED) ||
	       str_istarts(type, MHD_HTTP_POST_ENCODING_MULTIPART_FORMDATA);
}

/* Text of a form: UTF-8 whatever came, and \n at the end of its lines. */
static const char *text_of(struct web_server_request *in)
{
	struct buf clean;
	char *text, *to;

	buf_init(&clean, in->field.len * 3 + 1);
	str_utf8_clean(&clean, buf_text(&in->field), in->field.len);
	text = arena_strndup(in->arena, buf_text(&clean), clean.len);
	buf_clear(&clean);
	to = text;
	for (const char *c = text; *c; c++) {
		if (*c == '\r') {
			*to++ = '\n';
			c += c[1] == '\n';
		} else {
			*to++ = *c;
		}
	}
	*to = '\0';
	return text;
}

static void field_end(struct web_server_request *in)
{
	struct web_field f = in->now;

	if (!f.name)
		return;
	if (f.file_name) {
		f.value =
			arena_memdup(in->arena, buf_text(&in->field), in->field.len + 1);
		f.len = in->field.len;
	} else {
		f.value = text_of(in);
		f.len = strlen(f.value);
	}
	add(in->arena, &in->public.form, &f);
	in->now = (struct web_field){0};
	buf_reset(&in->field);
}

static enum MHD_Result take_field(void *with, enum MHD_ValueKind kind, const char *name,
				  const char *file_name, const char *type,
				  const char *encoding, const char *bytes, uint64_t off,
				  size_t len)
{
	struct web_server_request *in = with;

	(void)kind, (void)encoding;
	if (off == 0) {
		field_end(in);
		/* A part need not have a name; then there is none, not an empty one. */
		if (in->public.form.count == WEB_FIELDS_MOST || str_empty(name) ||
		    strlen(name) > FIELD_NAME_MOST) {
			in->broken = true;
			return MHD_NO;
		}
		in->now =
			(struct web_field){.name = clean_text(in->arena, name),
					   .file_name = clean_text(in->arena, file_name),
					   .type = clean_text(in->arena, type)};
	}
	if (in->now.name && bytes)
		buf_add(&in->field, bytes, len);
	return MHD_YES;
}

/* The last field may be handed out only now. */
void web_request_body_end(struct web_server_request *in)
{
	struct MHD_PostProcessor *post = in->post;

	in->post = NULL;
	if (post)
		(void)MHD_destroy_post_processor(post);
	field_end(in);
}

/* Of the room that all bodies share; given back at the end of the request. */
static bool charge(struct web_server_request *in, size_t bytes)
{
	atomic_size_t *all = &in->server->bodies_bytes;

	if (bytes <= in->charged)
		return true;
	bytes -= in->charged;
	if (atomic_fetch_add(all, bytes) + bytes > WEB_BODIES_BYTES) {
		(void)atomic_fetch_sub(all, bytes);
		return false;
	}
	in->charged += bytes;
	return true;
}

/* A large one takes its room whole: two that each have half would wait for ever. */
bool web_request_room(struct web_server_request *in)
{
	in->no_room = in->body_most > WEB_BODY_BYTES && !charge(in, in->announced);
	return !in->no_room;
}

bool web_request_body(struct web_server_request *in, const char *bytes, size_t len)
{
	in->body_bytes += len;
	in->too_large |= in->body_bytes > in->body_most;
	in->no_room |= !in->too_large && !in->answered && !charge(in, in->body_bytes);
	if (in->post && !in->too_large && !in->broken && !in->answered && !in->no_room &&
	    MHD_post_process(in->post, bytes, len) != MHD_YES)
		in->broken = true;
	return in->body_bytes <= web_request_waits_for(in);
}

size_t web_request_waits_for(const struct web_server_request *in)
{
	return in->body_most * 4 + (1 << 20);
}

static unsigned begin_body(struct web_server_request *in, const char **out_sentence)
{
	const char *length = MHD_lookup_connection_value(in->connection, MHD_HEADER_KIND,
							 MHD_HTTP_HEADER_CONTENT_LENGTH);
	const char *type = MHD_lookup_connection_value(in->connection, MHD_HEADER_KIND,
						       MHD_HTTP_HEADER_CONTENT_TYPE);

	unsigned long long announced =
		length ? strtoull(length, NULL, 10) : in->body_most;

	in->has_body = true;
	if (announced > in->body_most) {
		in->announced = announced < SIZE_MAX ? (size_t)announced : SIZE_MAX;
		in->too_large = true;
		*out_sentence = "What was sent is too large for this page.";
		return MHD_HTTP_CONTENT_TOO_LARGE;
	}
	buf_init(&in->field, in->body_most + 1);
	in->announced = (size_t)announced;
	if (!type)
		return 0; /* no fields then; a page that needs some says so */
	if (!is_form(type) && in->takes_anything)
		return 0;
	if (!is_form(type)) {
		*out_sentence = "Only forms can be sent here.";
		return MHD_HTTP_UNSUPPORTED_MEDIA_TYPE;
	}
	in->post = MHD_create_post_processor(in->connection, POST_ROOM, take_field, in);
	if (!in->post) {
		*out_sentence = "The form that was sent cannot be read.";
		return MHD_HTTP_BAD_REQUEST;
	}
	return 0;
}

unsigned web_request_begin(struct web_server_request *in, const char *method,
			   const char *version, const char **out_sentence)
{
	const struct web_table *table = NULL;
	struct web_request *r = &in->public;
	struct look look = {0};
	bool other = false;

	(void)MHD_get_connection_values(in->connection, MHD_HEADER_KIND, look_at, &look);
	*out_sentence = "Your browser, or something on its way, sent a request that can "
			"be understood in two ways.";
	if (look.spaced || look.lengths > 1 || look.encodings > 1 ||
	    (look.lengths && look.encodings) || look.hosts > 1 ||
	    (str_eq(version, MHD_HTTP_VERSION_1_1) && look.hosts != 1))
		return MHD_HTTP_BAD_REQUEST;
	*out_sentence = "This address is not one that we could have given out.";
	if (!read_target(in))
		return MHD_HTTP_BAD_REQUEST;
	r->site->hooks->choose_language(r);
	(void)MHD_get_connection_values(in->connection, MHD_COOKIE_KIND, take_cookie, in);
	r->source = source_of(in);
	if (str_eq(method, MHD_HTTP_METHOD_GET) || str_eq(method, MHD_HTTP_METHOD_HEAD))
		r->method = WEB_GET;
	else if (str_eq(method, MHD_HTTP_METHOD_POST))
		r->method = WEB_POST;
	else
		r->method = 0;
	r->route = web_route_find(r, &table, &other);
	r->table = table;
	*out_sentence = "This page cannot be asked for in that way.";
	if (!r->route && other)
		return MHD_HTTP_METHOD_NOT_ALLOWED;
	*out_sentence = "There is no such page. If you typed the address, look at it "
			"again; if a link brought you here, it may be too old.";
	if (!r->route && !str_starts(r->path, "/assets/"))
		return MHD_HTTP_NOT_FOUND;
	in->takes_anything = r->route && r->route->body_bytes == WEB_ANYTHING;
	in->body_most = r->route && r->route->body_bytes > WEB_ANYTHING
				? r->route->body_bytes
				: WEB_BODY_BYTES;
	return r->method == WEB_POST ? begin_body(in, out_sentence) : 0;
}

void web_request_free(struct web_server_request *in)
{
	struct arena *arena = in->arena;

	if (in->post)
		(void)MHD_destroy_post_processor(in->post);
	if (in->response)
		MHD_destroy_response(in->response);
	if (in->has_body)
		buf_clear(&in->field);
	(void)atomic_fetch_sub(&in->server->bodies_bytes, in->charged);
	arena_free(&arena); /* the request itself lives in it */
}
