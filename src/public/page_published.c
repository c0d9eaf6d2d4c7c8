#include "domain/bulletins/archive.h"
#include "domain/bulletins/bulletin_image.h"
#include "base/calendar.h"
#include "base/str.h"
#include "public/public_form.h"
#include "public/public_pages.h"

enum { KEEP_S = 60, IMAGE_KEEP_S = 365 * DAY_S };

static void add_sections(const struct bulletin_source *source, struct template_value *v)
{
	struct template_value *rows = template_set_list(v, "sections");

	for (size_t i = 0; i < source->section_count; i++) {
		const struct bulletin_section *s = &source->sections[i];
		struct template_value *one = template_add_map(rows);

		template_set(one, "anchor", s->anchor);
		template_set(one, "section_title", s->title);
		template_set_vouched(one, "body", s->body.web_html);
	}
	template_set_bool(v, "has_contents", source->section_count > 1);
}

void public_bulletin(struct web_request *r)
{
	struct template_value *v = page_values(r, "");
	struct archive_bulletin update;
	const struct bulletin_source *source;
	struct err err = {0};
	int64_t number;

	if (!str_to_int(web_arg(r, 1), 1, INT32_MAX, &number, &err)) {
		page_problem(r, 404, "There is no such bulletin.");
		return;
	}
	if (!archive_bulletin(r->op, r->arena, web_arg(r, 0), number, &update, &err)) {
		page_failed(r, &err);
		return;
	}
	source = update.bulletin.source;
	template_set(v, "name", update.bulletin.list.name);
	template_set(v, "list_title", update.bulletin.list.title);
	template_set_int(v, "number", number);
	template_set(v, "update_title", source->title);
	template_set(v, "summary", source->summary);
	template_set(v, "update_language", source->language);
	template_set(v, "date", public_date(r, update.published_at));
	public_set_day(r, v, "day", update.published_at);
	template_set_vouched(v, "intro", source->intro.web_html);
	add_sections(source, v);
	if (update.older)
		template_set_int(v, "older", update.older);
	if (update.newer)
		template_set_int(v, "newer", update.newer);
	web_keep(r, KEEP_S);
	page_show(r, 200, "web/update.html", v);
}

/* "HASH.png": named by what it shows, so that it may be kept for ever. */
void public_image(struct web_request *r)
{
	const char *name = web_arg(r, 0);
	struct bulletin_image image;
	struct err err = {0};

	if (!bulletin_image_public(r->op, r->arena,
				   arena_strndup(r->arena, name, strcspn(name, ".")),
				   &image, &err)) {
		page_failed(r, &err);
		return;
	}
	web_keep(r, IMAGE_KEEP_S);
	web_bytes(r, 200, image.type, image.bytes, image.size);
}
