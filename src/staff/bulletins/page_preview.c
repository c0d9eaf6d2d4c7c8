/* A bulletin as it will look, saved or not, and what the checks find in what is written. */
#include "domain/bulletins/bulletin_image.h"
#include "domain/bulletins/bulletin_render.h"
#include "base/str.h"
#include "staff/frame/mail_frame.h"
#include "staff/frame/pages.h"
#include "staff/bulletins/editor_form.h"
#include "mail/write/encode.h"

static const char *replace(struct web_request *r, const char *text, const char *what,
			   const char *with)
{
	AUTO(buf) out = buf_new(16 << 20);
	const char *at;

	while ((at = strstr(text, what))) {
		buf_add(out, text, (size_t)(at - text));
		buf_str(out, with);
		text = at + strlen(what);
	}
	buf_str(out, text);
	return arena_strdup(r->arena, buf_text(out));
}

/* A frame without an origin of its own cannot ask us for pictures: they stand in it. */
static const char *with_pictures(struct web_request *r, const struct bulletin *b,
				 const char *html)
{
	for (size_t i = 0; i < b->images.count; i++) {
		const struct bulletin_image *known = &b->images.items[i];
		const char *cid = arena_printf(r->arena, "cid:%s", known->cid);
		struct bulletin_image image;
		AUTO(buf) base64 = buf_new(BULLETIN_IMAGE_BYTES * 2);
		struct err err = {0};

		if (!strstr(html, cid) ||
		    !bulletin_image_get(r->op, r->arena,
					(struct bulletin_key){.list = b->list.name,
							      .number = b->number},
					known->name, &image, &err))
			continue;
		encode_base64(base64, image.bytes, image.size);
		html = replace(r, html, cid,
			       arena_printf(r->arena, "data:%s;base64,%s", image.type,
					    buf_text(base64)));
	}
	return html;
}

static void show_sentence(struct web_request *r, const char *sentence)
{
	AUTO(buf) html = buf_new(8192);

	buf_str(html, "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">"
		      "<title>Preview</title><body style=\"font:16px/1.5 sans-serif;"
		      "margin:16px;color:#1c1c1c;background:#fff\"><p>");
	template_escape_html(html, sentence, strlen(sentence));
	buf_str(html, "</p></body></html>");
	staff_mail_frame(r, buf_text(html));
}

/* The line is that of the text field. */
static void show_unfinished(struct web_request *r, const struct bulletin *b)
{
	const struct bulletin_source *s = b->source;
	struct bulletin_fields whole;
	int line;

	bulletin_fields_read(r->arena, b->source_text, &whole);
	line = s->unreadable_line - whole.body_line + 1;
	show_sentence(
		r, arena_printf(r->arena, "There is no preview yet. %s%s",
				line > 0 ? arena_printf(r->arena, "Line %d: ", line) : "",
				page_sentence(r->arena, s->unreadable)));
}

/* As a subscriber of these topics would get it; "" is everybody. */
static void show_mail(struct web_request *r, const struct bulletin *b, const char *topics,
		      bool as_text)
{
	struct bulletin_mail mail;
	int64_t mask = 0;
	uint64_t choice;
	bool all = true;
	struct err err = {0};

	if (b->source->unreadable) {
		show_unfinished(r, b);
		return;
	}
	if (!topics_read(&b->list, topics, &mask, &all, &err)) {
		show_sentence(r, err.text);
		return;
	}
	choice = bulletin_choice(b, mask);
	if (!bulletin_wanted(b->source, all ? BULLETIN_ALL : choice)) {
		show_sentence(r,
			      "Who chose only these topics gets no mail: no section is "
			      "about them.");
		return;
	}
	if (!bulletin_render_mail(r->op, r->arena, b,
				  &(struct bulletin_reading){
					  .sections = bulletin_variant(
						  b->source, all ? BULLETIN_ALL : choice),
					  .date_at = r->op->now},
				  &mail, &err)) {
		show_sentence(r, err.text);
		return;
	}
	if (as_text) {
		const char *text = staff_without_marks(r, mail.text);

		web_set_policy(r, "sandbox; default-src 'none'; frame-ancestors 'self'");
		web_bytes(r, 200, "text/plain; charset=utf-8", text, strlen(text));
		return;
	}
	staff_mail_frame(r, with_pictures(r, b, staff_without_marks(r, mail.html)));
}

/* What is being written, saved or not. */
void staff_editor_preview(struct web_request *r)
{
	struct bulletin_fields fields;
	struct bulletin b;

	if (!staff_bulletin_load(r, &b))
		return;
	editor_form_read(r, &b, &fields);
	b.source_text = editor_form_text(r, &b, &fields);
	b.source = bulletin_source_draft(r->arena, b.source_text, &b.images);
	b.title = b.source->title;
	show_mail(r, &b, web_form(r, "topics"), str_eq(web_form(r, "as"), "text"));
}

/* What is saved, for the bulletin's page. */
void staff_bulletin_mail(struct web_request *r)
{
	struct bulletin b;

	if (staff_bulletin_load(r, &b))
		show_mail(r, &b, web_query(r, "topics"),
			  str_eq(web_query(r, "as"), "text"));
}

/* The checks alone, for the script that asks again while somebody writes. */
void staff_editor_check(struct web_request *r)
{
	struct template_value *v = template_map(r->arena);
	struct bulletin_findings findings;
	struct bulletin_fields fields;
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	editor_form_read(r, &b, &fields);
	if (!editor_form_findings(r, v, &b, &fields, &findings, &err)) {
		staff_failed(r, &err);
		return;
	}
	page_show(r, 200, "web/staff/findings.html", v);
}
