/* Where to: the consultations that a person may see, and a search across them. */
#include "acts/response.h"
#include "acts/sort.h"
#include "base/str.h"
#include "desk/pages.h"
#include "desk/triage.h"

#include <inttypes.h>

enum { HITS_EACH = 10 };

static bool readable(struct web_request *r, struct store_table *out, struct err *err)
{
	return acts_rights_consultations(&r->acts, r->arena, &desk_of(r)->rights,
					 RIGHT_READ_REPLIES, out, err);
}

static const char *queue_of(struct web_request *r, const char *name)
{
	return arena_printf(r->arena, "/desk/c/%s", web_escape_url(r->arena, name));
}

/* "late" and "late_url": how many, and the way to them. */
static void add_view(struct web_request *r, struct template_value *one,
		     const struct acts_desk *desk, const char *queue, const char *name)
{
	for (size_t i = 0; i < desk->view_count; i++) {
		const struct acts_desk_view *view = &desk->views[i];

		if (view->id || !str_eq(view->name, name))
			continue;
		desk_number(one, name, view->count);
		template_set(
			one, arena_printf(r->arena, "%s_url", name),
			desk_filter_url(r, queue, desk_filter_query_of(r, view->filter)));
	}
}

static bool add_consultation(struct web_request *r, struct template_value *list,
			     const struct store_row *row, struct err *err)
{
	static const char *const views[] = {"mine", "late", "campaign", "unreadable",
					    NULL};
	const char *name = row_text(row, "name");
	struct template_value *one = template_add_map(list);
	struct acts_desk desk;

	if (!acts_desk_load(&r->acts, r->arena, name, &desk, err))
		return false;
	template_set(one, "title", row_text(row, "title"));
	template_set(one, "name", name);
	template_set(one, "state", row_text(row, "state"));
	template_set(one, "url", queue_of(r, name));
	template_set(one, "clock",
		     desk_clock(r, row_text(row, "state"), row_int(row, "opens_at"),
				row_int(row, "closes_at")));
	desk_number(one, "new", desk.received);
	template_set_bool(one, "any_new", desk.received > 0);
	desk_number(one, "included", desk.included);
	desk_number(one, "excluded", desk.excluded);
	desk_number(one, "total", desk.total);
	for (size_t i = 0; views[i]; i++)
		add_view(r, one, &desk, queue_of(r, name), views[i]);
	return true;
}

void desk_replies(struct web_request *r)
{
	struct template_value *v = desk_values(r, "Replies", "replies"), *list;
	struct store_table rows, unsorted;
	struct err err = {0};

	if (!readable(r, &rows, &err)) {
		desk_failed(r, &err);
		return;
	}
	if (rows.count == 1 && !desk_of(r)->said) {
		struct store_row row = table_row(&rows, 0);

		web_redirect(r, "%s", queue_of(r, row_text(&row, "name")));
		return;
	}
	list = template_set_list(v, "consultations");
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);

		if (!add_consultation(r, list, &row, &err)) {
			desk_failed(r, &err);
			return;
		}
	}
	if (desk_may_anywhere(r, RIGHT_SORT)) {
		if (!acts_unsorted_list(&r->acts, r->arena, 0, 1, &unsorted, &err)) {
			desk_failed(r, &err);
			return;
		}
		template_set_bool(v, "sorts", true);
		template_set_bool(v, "unsorted", unsorted.count > 0);
	}
	desk_page(r, "web/desk/replies.html", v);
}

/* "cruelty-147", or "147" where there is only one consultation. */
static bool is_reference(struct web_request *r, const struct store_table *rows,
			 const char *words)
{
	struct acts_response found;
	struct err err = {0};
	int64_t number;

	for (size_t i = 0; i < rows->count; i++) {
		struct store_row row = table_row(rows, i);
		const char *name = row_text(&row, "name");
		size_t len = strlen(name);
		const char *digits = str_istarts(words, name) && words[len] == '-'
					     ? words + len + 1
				     : rows->count == 1 ? words
							: NULL;

		if (!digits || !str_to_int(digits, 1, INT32_MAX, &number, &err) ||
		    !acts_response_find(&r->acts, r->arena,
					acts_reference(r->arena, name, number), &found,
					&err))
			continue;
		web_redirect(r, "%s/r/%" PRId64, queue_of(r, name), number);
		return true;
	}
	return false;
}

static bool search_one(struct web_request *r, struct template_value *list,
		       const struct store_row *row, const char *words, int64_t *total,
		       struct err *err)
{
	const char *name = row_text(row, "name"), *queue = queue_of(r, name), *query;
	struct acts_scope scope = acts_on_consultation(row_int(row, "id"));
	struct desk_asked asked = {.filter = {.search = words}};
	struct acts_desk_page page = {
		.most = HITS_EACH,
		.newest_first = true,
		.who = acts_rights_have(&desk_of(r)->rights, RIGHT_SEE_WHO, scope)};
	struct template_value *one, *hits;
	struct acts_desk_rows rows;
	int64_t count;

	if (!acts_desk_list(&r->acts, r->arena, name, &asked.filter, &page, &rows, err) ||
	    !acts_desk_count(&r->acts, name, &asked.filter, page.who, &count, err))
		return false;
	*total += count;
	if (!rows.count)
		return true;
	query = desk_filter_query(r, &asked);
	one = template_add_map(list);
	template_set(one, "title", row_text(row, "title"));
	template_set(one, "count", desk_replies_count(r, count));
	template_set_bool(one, "more", count > (int64_t)rows.count);
	template_set(one, "url", desk_filter_url(r, queue, query));
	hits = template_set_list(one, "rows");
	for (size_t i = 0; i < rows.count; i++)
		desk_row_show(r, hits, &rows.items[i], queue, query, 0);
	return true;
}

void desk_search(struct web_request *r)
{
	const char *words = str_or(web_query(r, "q"), "");
	struct template_value *v, *list;
	struct store_table rows;
	struct err err = {0};
	int64_t total = 0;

	if (!readable(r, &rows, &err)) {
		desk_failed(r, &err);
		return;
	}
	if (*words && is_reference(r, &rows, words))
		return;
	v = desk_values(r,
			*words ? arena_printf(r->arena, "Search: %s", words) : "Search",
			"replies");
	template_set(v, "words", words);
	list = template_set_list(v, "found");
	for (size_t i = 0; *words && i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);

		if (!search_one(r, list, &row, words, &total, &err)) {
			if (err.kind != ERR_INPUT) {
				desk_failed(r, &err);
				return;
			}
			template_set(v, "problem", web_sentence(r->arena, err.text));
			break;
		}
	}
	template_set_bool(v, "asked_for", *words != '\0');
	template_set(v, "count", desk_replies_count(r, total));
	desk_page(r, "web/desk/search.html", v);
}
