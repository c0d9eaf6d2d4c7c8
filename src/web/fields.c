#include "base/str.h"
#include "web/web_private.h"

static const struct web_field *find(const struct web_fields *in, const char *name)
{
	for (size_t i = 0; i < in->count; i++)
		if (str_eq(in->fields[i].name, name))
			return &in->fields[i];
	return NULL;
}

const char *web_arg(const struct web_request *r, size_t i)
{
	ASSERT(i < WEB_ARGS_MOST && r->args[i]);
	return r->args[i];
}

const char *web_query(const struct web_request *r, const char *name)
{
	const struct web_field *f = find(&r->query, name);

	return f ? f->value : NULL;
}

const char *web_form(const struct web_request *r, const char *name)
{
	const struct web_field *f = find(&r->form, name);

	return f && !f->file_name ? f->value : NULL;
}

const struct web_field *web_upload(const struct web_request *r, const char *name)
{
	const struct web_field *f = find(&r->form, name);

	return f && f->file_name ? f : NULL;
}

const char *web_cookie(const struct web_request *r, const char *name)
{
	const struct web_field *f = find(&r->cookies, name);

	return f ? f->value : NULL;
}

struct header_seen {
	const char *name, *value;
	size_t times;
};

static enum MHD_Result see_header(void *whose, enum MHD_ValueKind kind, const char *name,
				  const char *value)
{
	struct header_seen *seen = whose;

	(void)kind;
	if (name && str_ieq(name, seen->name)) {
		seen->value = value;
		seen->times++;
	}
	return MHD_YES;
}

static struct header_seen look_for(const struct web_request *r, const char *name)
{
	struct header_seen seen = {.name = name};

	(void)MHD_get_connection_values(r->inside->connection, MHD_HEADER_KIND,
					see_header, &seen);
	return seen;
}

const char *web_header(const struct web_request *r, const char *name)
{
	struct header_seen seen = look_for(r, name);

	return seen.times == 1 && seen.value &&
			       str_utf8_valid(seen.value, strlen(seen.value))
		       ? seen.value
		       : NULL;
}

static int64_t number(const char *text, int64_t fallback)
{
	struct err err = {0};
	int64_t n;

	return text && str_to_int(text, INT64_MIN, INT64_MAX, &n, &err) ? n : fallback;
}

int64_t web_query_int(const struct web_request *r, const char *name, int64_t fallback)
{
	return number(web_query(r, name), fallback);
}

int64_t web_form_int(const struct web_request *r, const char *name, int64_t fallback)
{
	return number(web_form(r, name), fallback);
}

/* "https://host:port" is of the host that was asked, or of the one that the settings name. */
static bool is_of_here(const struct web_request *r, const char *origin)
{
	const char *host = web_header(r, "Host");
	const char *authority = strstr(origin, "://");
	const char *base = r->site->settings->base_url;
	size_t len = strlen(origin);

	if (!authority)
		return false; /* "null" */
	if (host && str_ieq(authority + 3, host))
		return true;
	return strncasecmp(base, origin, len) == 0 && (!base[len] || base[len] == '/');
}

bool web_from_elsewhere(const struct web_request *r)
{
	const char *site = web_header(r, "Sec-Fetch-Site");
	const char *origin = web_header(r, "Origin");

	if (look_for(r, "Sec-Fetch-Site").times > 1 || look_for(r, "Origin").times > 1)
		return true;
	if (site)
		return !str_eq(site, "same-origin") && !str_eq(site, "none");
	return origin && !is_of_here(r, origin);
}
