#include "web/web_private.h"
#include "base/str.h"

/* Does path fit the pattern? What stands for ":name" goes to args, never empty. */
static bool fits(struct web_request *r, const char *pattern, const char *path)
{
	size_t count = 0;

	memset(r->args, 0, sizeof(r->args));
	while (*pattern) {
		if (*pattern != ':') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		size_t len = strcspn(path, "/");

		if (!len || count == WEB_ARGS_MOST)
			return false;
		r->args[count++] = arena_strndup(r->arena, path, len);
		path += len;
		pattern += strcspn(pattern, "/");
	}
	return *path == '\0';
}

const struct web_route *web_route_find(struct web_request *r,
				       const struct web_table **out_table,
				       bool *out_other_method)
{
	*out_other_method = false;
	for (size_t t = 0; r->site->tables[t]; t++)
		for (const struct web_route *route = r->site->tables[t]->routes;
		     route->path; route++) {
			if (!fits(r, route->path, r->path))
				continue;
			if (route->method == r->method) {
				*out_table = r->site->tables[t];
				return route;
			}
			*out_other_method = true;
		}
	return NULL;
}
