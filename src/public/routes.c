#include "public/public.h"
#include "public/pages.h"

static const struct web_route routes[] = {
	{WEB_GET, "/", public_home, 0, 0},
	{WEB_GET, "/health", public_health, 0, 0},
	{0},
};

const struct web_table public_table = {.routes = routes};
