/* A style sheet, script or drawing as the answer to a request. */
#include "base/calendar.h"
#include "base/str.h"
#include "web/web_private.h"

bool web_assets_answer(struct web_request *r)
{
	const struct web_asset *a;

	if (!str_starts(r->path, "/assets/"))
		return false;
	a = web_asset_named(r->inside->server, r->path + strlen("/assets/"));
	if (!a || r->method != WEB_GET)
		return false;
	web_keep(r, web_query(r, "v") ? 365 * DAY_S : 300);
	web_bytes(r, MHD_HTTP_OK, a->type, a->bytes, a->len);
	return true;
}
