/*
 * Style sheets, scripts and drawings of templates/web: rendered once at start, named by
 * a hash of what they say, so that browsers may keep them for ever.
 */
#include "base/codec/secret.h"
#include "base/str.h"
#include "web/web_private.h"

static const struct {
	const char *end, *type;
} types[] = {
	{".css", "text/css; charset=utf-8"},
	{".js", "text/javascript; charset=utf-8"},
	{".svg", "image/svg+xml"},
};

static const char *type_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_ends(name, types[i].end))
			return types[i].type;
	return NULL;
}

static bool make_one(struct web_server *server, const char *template, struct err *err)
{
	AUTO(buf) text = buf_new(1 << 20);
	AUTO(arena) arena = arena_new(1024);
	struct template_value *values = template_map(arena);
	struct web_asset *a = &server->assets[server->asset_count];
	char hash[SECRET_SHA256_HEX];

	if (server->asset_count == WEB_ASSETS_MOST)
		return err_set(err, ERR_SETUP,
			       "templates/web: more than %d style sheets and scripts",
			       WEB_ASSETS_MOST);
	if (!template_render(server->site->templates, template, values, TEMPLATE_STRICT,
			     text, err))
		return false;
	secret_sha256_hex(buf_text(text), text->len, hash);
	a->name = arena_strdup(server->arena, template + strlen("web/"));
	a->type = type_of(template);
	a->bytes = arena_strdup(server->arena, buf_text(text));
	a->len = text->len;
	a->url = arena_printf(server->arena, "/assets/%s?v=%.16s", a->name, hash);
	server->asset_count++;
	return true;
}

bool web_assets_make(struct web_server *server, struct err *err)
{
	const char *name;

	for (size_t i = 0; (name = template_library_name(server->site->templates, i));
	     i++)
		if (str_starts(name, "web/") && type_of(name) &&
		    !make_one(server, name, err))
			return false;
	return true;
}

const struct web_asset *web_asset_named(const struct web_server *server, const char *name)
{
	for (size_t i = 0; i < server->asset_count; i++)
		if (str_eq(server->assets[i].name, name))
			return &server->assets[i];
	return NULL;
}

const char *web_asset(struct web_request *r, const char *name)
{
	const struct web_asset *a = web_asset_named(r->inside->server, name);

	ASSERT(a);
	return a->url;
}
