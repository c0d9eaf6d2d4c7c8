/* Addresses of earlier versions, as they stand in notifications and bookmarks, and where those
 * pages are now. Nothing is looked up: whoever is not signed in learns nothing by it. */
#include "base/str.h"
#include "staff/routes/staff.h"
#include "staff/frame/visitor.h"

enum { ADDRESS_MOST = 4000 };

/* What stands for ":" in the old path stands for the next ":" in the new one. The first row that
 * fits an address counts. */
#define MOVED(ROW)                                                                 \
	ROW("/staff/updates", "/staff/bulletins")                                  \
	ROW("/staff/people", "/staff/subscribers")                                 \
	ROW("/staff/person/:", "/staff/subscribers/:")                             \
	ROW("/staff/replies", "/staff/responses")                                  \
	ROW("/staff/figures", "/staff/analysis")                                   \
	ROW("/staff/staff", "/staff/accounts")                                     \
	ROW("/staff/l/:", "/staff/lists/:/bulletins")                              \
	ROW("/staff/l/:/people", "/staff/lists/:/subscribers")                     \
	ROW("/staff/l/:/:", "/staff/lists/:/:")                                    \
	ROW("/staff/l/:/u/:", "/staff/lists/:/bulletins/:")                        \
	ROW("/staff/l/:/u/:/:", "/staff/lists/:/bulletins/:/:")                    \
	ROW("/staff/c/:", "/staff/consultations/:")                                \
	ROW("/staff/c/:/letters", "/staff/consultations/:/reply-texts")            \
	ROW("/staff/c/:/frame", "/staff/consultations/:/code-frame")               \
	ROW("/staff/c/:/astray", "/staff/consultations/:/re-anchor")               \
	ROW("/staff/c/:/figures", "/staff/consultations/:/analysis")               \
	ROW("/staff/c/:/figures/:", "/staff/consultations/:/analysis/:")           \
	ROW("/staff/c/:/code/:", "/staff/consultations/:/codes/:")                 \
	ROW("/staff/c/:/code/:/report", "/staff/consultations/:/codes/:/report")   \
	ROW("/staff/c/:/sample/:", "/staff/consultations/:/samples/:")             \
	ROW("/staff/c/:/:", "/staff/consultations/:/:")                            \
	ROW("/staff/c/:/r/:", "/staff/consultations/:/responses/:")                \
	ROW("/staff/c/:/r/:/answer", "/staff/consultations/:/responses/:/reply")   \
	ROW("/staff/c/:/r/:/file/:", "/staff/consultations/:/responses/:/files/:") \
	ROW("/staff/c/:/r/:/file/:/text",                                          \
	    "/staff/consultations/:/responses/:/files/:/text")                     \
	ROW("/staff/c/:/r/:/:", "/staff/consultations/:/responses/:/:")            \
	ROW("/staff/c/:/r/:/mail/:", "/staff/consultations/:/responses/:/mail/:")

#define OLD(old, now) {WEB_GET, old, go_on, 0, 0},
#define NOW(old, now) now,

static web_handler go_on;

static const struct web_route old[] = {MOVED(OLD){0}};
static const char *const pages[] = {MOVED(NOW)};

static void add_path(struct web_request *r, struct buf *to, const char *page)
{
	size_t arg = 0;

	for (; *page; page++) {
		if (*page == ':')
			buf_str(to, web_escape_url(r->arena, web_arg(r, arg++)));
		else
			buf_char(to, *page);
	}
}

static void go_on(struct web_request *r)
{
	AUTO(buf) to = buf_new(ADDRESS_MOST);

	add_path(r, to, pages[r->route - old]);
	staff_add_query(r, to);
	if (buf_cut(to))
		page_problem(r, WEB_NOT_FOUND, "This page has another address now.");
	else
		web_moved(r, buf_text(to));
}

const struct web_table staff_moved_table = {.routes = old,
					    .problem = "web/staff/problem.html"};
