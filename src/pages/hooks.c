/* What the server asks of the pages: whom a request acts as, its language, what went wrong. */
#include "base/str.h"
#include "domain/sorting/undo_kinds.h"
#include "pages/page.h"

/* Of the site's own operation only what all may share: not who it is, nor its store. */
static void begin(struct web_request *r)
{
	const struct operation *all = r->site->op;

	r->op = arena_make(r->arena, struct operation, 1);
	r->op->settings = all->settings;
	r->op->templates = all->templates;
	r->op->languages = all->languages;
	memcpy(r->op->key, all->key, sizeof(all->key));
	r->op->undo_kinds = undo_kinds;
	r->op->who = "page";
	r->language = language_for(r->op, NULL);
}

/* As the address says ("?lang=gd"), else as the browser does. */
static void choose_language(struct web_request *r)
{
	const char *asked = web_query(r, "lang");

	if (asked && str_eq(language_for(r->op, asked), asked)) {
		r->language = asked;
		r->language_chosen = true;
	} else {
		r->language = language_accepted(r->op, web_header(r, "Accept-Language"));
	}
}

static void act_on(struct web_request *r, struct store *store)
{
	store_start_afresh(store);
	r->op->store = store;
	r->op->now = r->site->now();
}

const struct web_hooks page_hooks = {
	.begin = begin,
	.choose_language = choose_language,
	.act_on = act_on,
	.problem = page_problem,
	.failed = page_failed,
};
