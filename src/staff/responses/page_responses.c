/* Where to: the consultations that a person may see, and a search across them, the bulletins and
 * the subscribers. */
#include "domain/bulletins/bulletin_list.h"
#include "domain/responses/response.h"
#include "domain/sorting/unsorted.h"
#include "domain/subscribers/subscriber_find.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/responses/response_moved.h"
#include "staff/triage/triage.h"
#include "staff/frame/words.h"

#include <inttypes.h>

enum { HITS_EACH = 10 };

static bool readable(struct web_request *r, struct store_table *out, struct err *err)
{
	return rights_consultations(r->op, r->arena, &staff_of(r)->rights,
				    RIGHT_READ_RESPONSES, out, err);
}

/* "late" and "late_url": how many, and the way to them. */
static void add_view(struct web_request *r, struct template_value *one,
		     const struct queue *overview, const char *queue, const char *name)
{
	for (size_t i = 0; i < overview->view_count; i++) {
		const struct queue_view *view = &overview->views[i];

		if (view->id || !str_eq(view->name, name))
			continue;
		staff_number(one, name, view->count);
		template_set(one, arena_printf(r->arena, "%s_url", name),
			     staff_filter_url(r, queue,
					      staff_filter_query_of(r, view->filter)));
	}
}

static bool add_consultation(struct web_request *r, struct template_value *list,
			     const struct store_row *row, struct err *err)
{
	static const char *const views[] = {"mine", "late", "campaign", "unreadable",
					    NULL};
	const char *name = row_text(row, "name");
	struct template_value *one = template_add_map(list);
	struct queue overview;

	if (!queue_load(r->op, r->arena, name, &overview, err))
		return false;
	template_set(one, "title", row_text(row, "title"));
	template_set(one, "name", name);
	template_set(one, "state", row_text(row, "state"));
	template_set(one, "url", staff_queue_path_of(r, name));
	template_set(one, "clock", staff_clock_of(r, row));
	staff_number(one, "new", overview.received);
	template_set_bool(one, "any_new", overview.received > 0);
	staff_number(one, "included", overview.included);
	staff_number(one, "excluded", overview.excluded);
	staff_number(one, "total", overview.total);
	for (size_t i = 0; views[i]; i++)
		add_view(r, one, &overview, staff_queue_path_of(r, name), views[i]);
	return true;
}

void staff_responses(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Responses", "responses"), *list;
	struct store_table rows, unsorted;
	int64_t at_risk;
	struct err err = {0};

	if (!readable(r, &rows, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (rows.count == 1 && !staff_of(r)->said) {
		struct store_row row = table_row(&rows, 0);

		web_redirect(r, "%s", staff_queue_path_of(r, row_text(&row, "name")));
		return;
	}
	list = template_set_list(v, "consultations");
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);

		if (!add_consultation(r, list, &row, &err)) {
			staff_failed(r, &err);
			return;
		}
	}
	if (staff_may_anywhere(r, RIGHT_SORT)) {
		if (!unsorted_list(r->op, r->arena, &(struct unsorted_page){.most = 1},
				   &unsorted, &err) ||
		    !unsorted_at_risk(r->op, r->arena, &at_risk, &err)) {
			staff_failed(r, &err);
			return;
		}
		template_set_bool(v, "sorts", true);
		template_set_bool(v, "unsorted", unsorted.count > 0);
		staff_risk(v, at_risk);
	}
	staff_page(r, "web/staff/responses.html", v);
}

/* "cruelty-147", or "147" where there is only one consultation. */
static bool is_reference(struct web_request *r, const struct store_table *rows,
			 const char *words)
{
	struct response found;
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

		const char *reference;

		if (!digits || !str_to_int(digits, 1, INT32_MAX, &number, &err))
			continue;
		reference = response_reference(r->arena, name, number);
		if (!response_find(r->op, r->arena, reference, &found, &err)) {
			if (err.kind == ERR_ABSENT && staff_moved_on(r, reference))
				return true;
			continue;
		}
		web_redirect(
			r, "%s",
			staff_response_path_of(r, staff_queue_path_of(r, name), number));
		return true;
	}
	return false;
}

static bool search_one(struct web_request *r, struct template_value *list,
		       const struct store_row *row, const char *words, int64_t *total,
		       struct err *err)
{
	const char *name = row_text(row, "name"), *queue = staff_queue_path_of(r, name),
		   *query;
	struct rights_scope scope = rights_on_consultation(row_int(row, "id"));
	struct staff_asked asked = {.filter = {.search = words}};
	const struct response_look look = {
		.consultation = name,
		.filter = &asked.filter,
		.newest_first = true,
		.who = rights_have(&staff_of(r)->rights, RIGHT_SEE_RESPONDENTS, scope)};
	struct queue_page page = {.most = HITS_EACH};
	struct template_value *one, *hits;
	struct queue_rows rows;
	int64_t count;

	if (!queue_list(r->op, r->arena, &look, &page, &rows, err) ||
	    !queue_count(r->op, &look, &count, err))
		return false;
	*total += count;
	if (!rows.count)
		return true;
	query = staff_filter_query(r, &asked);
	one = template_add_map(list);
	template_set(one, "title", row_text(row, "title"));
	template_set(one, "count", staff_responses_count(r, count));
	template_set_bool(one, "more", count > (int64_t)rows.count);
	template_set(one, "url", staff_filter_url(r, queue, query));
	hits = template_set_list(one, "rows");
	for (size_t i = 0; i < rows.count; i++)
		staff_row_show(r, hits, &rows.items[i], queue, query, 0);
	return true;
}

static bool search_bulletins(struct web_request *r, struct template_value *v,
			     const char *words, size_t *found, struct err *err)
{
	struct template_value *list = template_set_list(v, "bulletins");
	struct store_table rows;
	size_t shown = 0;

	if (!bulletin_search(r->op, r->arena, words, &rows, err))
		return false;
	for (size_t i = 0; i < rows.count && shown < HITS_EACH; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one;

		if (!rights_have(&staff_of(r)->rights, RIGHT_SEE_BULLETINS,
				 rights_on_list(row_int(&row, "list_id"))))
			continue;
		shown++;
		one = template_add_map(list);
		template_set_int(one, "number", row_int(&row, "number"));
		template_set(one, "bulletin_title", row_text(&row, "title"));
		template_set(one, "list_title", row_text(&row, "list_title"));
		template_set(one, "state", row_text(&row, "state"));
		template_set(one, "at", staff_day(r, row_int(&row, "started_at")));
		template_set(one, "bulletin_path",
			     staff_bulletin_path(r, row_text(&row, "list"),
						 row_int(&row, "number")));
	}
	template_set_bool(v, "any_bulletins", shown > 0);
	*found += shown;
	return true;
}

static bool search_subscribers(struct web_request *r, struct template_value *v,
			       const char *words, size_t *found, struct err *err)
{
	struct template_value *people = template_set_list(v, "subscribers");
	struct store_table lists, rows;
	size_t shown = 0;

	if (!rights_lists(r->op, r->arena, &staff_of(r)->rights, RIGHT_SUBSCRIBERS,
			  &lists, err))
		return false;
	for (size_t i = 0; i < lists.count && shown < HITS_EACH; i++) {
		struct store_row of = table_row(&lists, i);
		struct find_page page = {.most = HITS_EACH};
		struct list list;
		int64_t next;

		if (!list_named(r->op, r->arena, row_text(&of, "name"), &list, err) ||
		    !subscriber_find(r->op, r->arena,
				     &(struct subscriber_search){
					     .list = &list, .text = words, .page = page},
				     &rows, &next, err))
			return err_forgive(err, ERR_INPUT);
		for (size_t j = 0; j < rows.count && shown < HITS_EACH; j++, shown++) {
			struct store_row row = table_row(&rows, j);
			struct template_value *one = template_add_map(people);

			template_set_int(one, "subscriber", row_int(&row, "person"));
			template_set(one, "address", row_text(&row, "address"));
			template_set(one, "subscriber_name", row_text(&row, "name"));
			template_set(one, "list_title", list.title);
			template_set(one, "state",
				     staff_word("subscription", row_text(&row, "state")));
		}
	}
	template_set_bool(v, "any_subscribers", shown > 0);
	*found += shown;
	return true;
}

void staff_search(struct web_request *r)
{
	const char *words = str_or(web_query(r, "q"), "");
	struct template_value *v, *list;
	struct store_table rows;
	struct err err = {0};
	int64_t total = 0;
	size_t beside = 0;

	if (!readable(r, &rows, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (*words && is_reference(r, &rows, words))
		return;
	v = staff_values(r,
			 *words ? arena_printf(r->arena, "Search: %s", words) : "Search",
			 "responses");
	template_set(v, "words", words);
	list = template_set_list(v, "found");
	for (size_t i = 0; *words && i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);

		if (!search_one(r, list, &row, words, &total, &err)) {
			if (err.kind != ERR_INPUT) {
				staff_failed(r, &err);
				return;
			}
			template_set(v, "problem", page_sentence(r->arena, err.text));
			break;
		}
	}
	if (*words && (!search_bulletins(r, v, words, &beside, &err) ||
		       !search_subscribers(r, v, words, &beside, &err))) {
		staff_failed(r, &err);
		return;
	}
	template_set_bool(v, "asked_for", *words != '\0');
	template_set_bool(v, "none", *words && !total && !beside);
	template_set(v, "count", staff_responses_count(r, total));
	staff_page(r, "web/staff/search.html", v);
}
