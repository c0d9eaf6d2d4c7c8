#include "public/pages.h"

void public_home(struct web_request *r)
{
	struct template_value *v = web_values(r, r->site->settings->organisation), *rows;
	struct store_table lists;
	struct err err = {0};

	if (!store_all(r->acts.store, r->arena, 0, &lists, &err, SQL_LIST_ALL, "")) {
		web_failed(r, &err);
		return;
	}
	rows = template_set_list(v, "lists");
	for (size_t i = 0; i < lists.count; i++) {
		struct store_row row = table_row(&lists, i);
		struct template_value *one = template_add_map(rows);

		template_set(one, "name", row_text(&row, "name"));
		template_set(one, "title", row_text(&row, "title"));
	}
	web_page(r, 200, "web/home.html", v);
}

/* The store answers and a page could be made: that is all it says. */
void public_health(struct web_request *r)
{
	static const char well[] = "ok\n";

	web_bytes(r, 200, "text/plain; charset=utf-8", well, sizeof(well) - 1);
}
