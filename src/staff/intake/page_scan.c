/* The picture of a letter: chosen first, shown beside what is typed, and later beside the text. */
#include "domain/queue/response_view.h"
#include "domain/sorting/typed_scan.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/triage/response_values.h"
#include "staff/triage/scan_show.h"
#include "staff/triage/triage.h"

#include <inttypes.h>

enum { ZOOM_LEAST = 1, ZOOM_MOST = 4 };

void staff_entry_scan(struct web_request *r)
{
	char token[SECRET_RANDOM_LEN + 1];
	struct typed_file *files =
		arena_make(r->arena, struct typed_file, r->form.count + 1);
	struct scan_chosen chosen = {.consultation_id = staff_of(r)->consultation.id,
				     .files = files};
	struct err err = {0};

	secret_random_token(token);
	chosen.token = token;
	for (size_t i = 0; i < r->form.count; i++) {
		const struct web_field *f = &r->form.fields[i];

		if (str_eq(f->name, "files") && f->file_name && f->len)
			files[chosen.count++] = (struct typed_file){
				str_or(f->file_name, "file"), f->type, f->value, f->len};
	}
	if (!scan_keep(r->op, &chosen, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_back(r, "%s/responses/new?scan=%s", staff_queue_path(r), token);
}

/* The scan in the path; of no response yet it is for who adds some. False when it has answered. */
static bool find(struct web_request *r, struct scan *out)
{
	struct err err = {0};

	if (scan_look(r->op, r->arena, staff_of(r)->consultation.id, web_arg(r, 1), out,
		      &err) &&
	    /* Before it is a response whoever types it in; a letter shows who wrote it. */
	    (out->inbound_id ? staff_who(r) : staff_may(r, RIGHT_SCREEN)))
		return true;
	if (err.kind == ERR_NONE || err.kind == ERR_ABSENT)
		page_problem(r, 404, "There is no such scan, or it is not for you.");
	else
		page_failed(r, &err);
	return false;
}

static const char *address(struct web_request *r, const struct scan *scan, int64_t page,
			   int64_t zoom)
{
	return arena_printf(r->arena, "%s?page=%" PRId64 "&zoom=%" PRId64,
			    staff_scan_path(r, scan->token), page, zoom);
}

/* Files of which not every page can be shown; they go with the response all the same. */
static void add_unreadable(struct template_value *v, const struct scan *scan)
{
	struct template_value *list = template_set_list(v, "unreadable");

	for (size_t i = 0; i < scan->files.count; i++) {
		struct store_row row = table_row(&scan->files, i);
		struct template_value *one;

		if (!str_eq(row_text(&row, "state"), "unreadable"))
			continue;
		one = template_add_map(list);
		template_set(one, "name", row_text(&row, "name"));
		template_set(one, "reason", row_text(&row, "reason"));
	}
}

void staff_scan(struct web_request *r)
{
	int64_t page = web_query_int(r, "page", 1), zoom = web_query_int(r, "zoom", 1);
	struct template_value *v;
	struct scan scan;

	if (!find(r, &scan))
		return;
	page = page < 1 ? 1 : page > scan.pages ? scan.pages : page;
	zoom = zoom < ZOOM_LEAST ? ZOOM_LEAST : zoom > ZOOM_MOST ? ZOOM_MOST : zoom;
	v = staff_values(r, "The scan", "responses");
	template_set_int(v, "page", page);
	template_set_int(v, "pages", scan.pages);
	template_set_int(v, "zoom", zoom);
	template_set_bool(v, "waits", scan.is_waiting);
	template_set_bool(v, "has_pages", scan.pages > 0);
	template_set(v, "again", address(r, &scan, page ? page : 1, zoom));
	if (scan.pages)
		template_set(v, "picture",
			     arena_printf(r->arena, "%s/pages/%" PRId64,
					  staff_scan_path(r, scan.token), page));
	if (page > 1)
		template_set(v, "previous", address(r, &scan, page - 1, zoom));
	if (page < scan.pages)
		template_set(v, "next", address(r, &scan, page + 1, zoom));
	if (zoom < ZOOM_MOST)
		template_set(v, "larger", address(r, &scan, page, zoom + 1));
	if (zoom > ZOOM_LEAST)
		template_set(v, "smaller", address(r, &scan, page, zoom - 1));
	add_unreadable(v, &scan);
	web_set_policy(r, "default-src 'none'; style-src 'self'; img-src 'self' data:; "
			  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'");
	staff_page(r, "web/staff/scan.html", v);
}

void staff_scan_picture(struct web_request *r)
{
	struct scan_picture picture;
	struct err err = {0};
	struct scan scan;
	int64_t page;

	if (!find(r, &scan))
		return;
	if (!str_to_int(web_arg(r, 2), 1, SCAN_PAGES * 20, &page, &err) ||
	    !scan_page(r->op, r->arena, &scan, page, &picture, &err)) {
		page_problem(r, 404, "This scan has no such page.");
		return;
	}
	web_set_policy(r, "default-src 'none'; sandbox; frame-ancestors 'self'");
	web_bytes(r, 200, "image/png", picture.bytes, picture.len);
}

/* The text of a response beside the scan that it was typed from. */
void staff_response_scan(struct web_request *r)
{
	struct response_view view;
	struct template_value *v;
	const char *reference, *token;
	struct err err = {0};
	bool is_cut;

	if (!staff_reference(r, &reference))
		return;
	if (!response_view_load(r->op, r->arena, reference,
				staff_who(r) ? VIEW_WITH_NAMES : VIEW_WITHOUT_NAMES,
				&view, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (!scan_of_mail(r->op, r->arena, view.response.inbound_id, &token, &err)) {
		if (err.kind == ERR_ABSENT)
			page_problem(r, 404, "This response was not typed from a scan.");
		else
			staff_failed(r, &err);
		return;
	}
	v = staff_values(r, arena_printf(r->arena, "%s beside its scan", reference),
			 "responses");
	template_set(v, "reference", reference);
	template_set(v, "subject", view.subject);
	template_set(v, "response", staff_response_path(r));
	template_set(v, "scan_path", staff_scan_path(r, token));
	template_set(v, "text",
		     staff_text(r, str_or(view.text, ""), STAFF_TEXT_MOST, &is_cut));
	staff_scan_policy(r);
	staff_page(r, "web/staff/response-scan.html", v);
}
