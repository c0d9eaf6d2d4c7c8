/* web: the pages, for the public and for the staff. */
#include "base/clock.h"
#include "base/log.h"
#include "process/listen.h"
#include "daemon/role.h"
#include "staff/routes/staff.h"
#include "public/public.h"
#include "pages/page.h"

enum { TEND_MS = 1000, STOP_MS = 5000 };

/* An office of hundreds may come by one address; a person asks again once or twice. */
enum {
	SOURCE_MOST = 60,
	SOURCE_EACH_MS = 5000,
	ADDRESS_MOST = 6,
	ADDRESS_EACH_MS = 600000
};

static void log_sentence(const char *sentence)
{
	log_line(LOG_ERROR, "%s", sentence);
}

static void free_limits(struct web_site *site)
{
	web_limit_free(&site->asks_by_source);
	web_limit_free(&site->asks_by_address);
}

bool role_web(struct role_run *run, struct err *err)
{
	static const struct web_table *const tables[] = {
		&public_table, &staff_door_table, &staff_table, &staff_moved_table, NULL};
	struct web_server *server = NULL;
	struct web_site site = {
		.settings = run->settings,
		.templates = run->op.templates,
		.op = &run->op,
		.hooks = &page_hooks,
		.tables = tables,
		.now = clock_now,
		.now_ms = clock_mono_ms,
		.log = log_sentence,
		.threads = (int)run->settings->web_threads,
		.reader = run->reader,
		.proxy_secret = run->proxy_secret,
		.admits = listen_admits,
		.peers = run->peers,
	};

	site.asks_by_source = web_limit_new(SOURCE_MOST, SOURCE_EACH_MS);
	site.asks_by_address = web_limit_new(ADDRESS_MOST, ADDRESS_EACH_MS);
	if (!web_start(&site, run->listen_fd, &server, err)) {
		free_limits(&site);
		return false;
	}
	log_line(LOG_INFO, "pages on %s", run->settings->web_listen);
	while (!run->once && loop_sleep(&run->loop, TEND_MS) != LOOP_STOP)
		web_tend(server);
	web_stop(&server, STOP_MS);
	free_limits(&site);
	return true;
}
