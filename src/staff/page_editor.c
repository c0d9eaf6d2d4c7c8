/* Writing a bulletin: the text on the left, the mail as it will look on the right. */
#include "domain/bulletins/bulletin_check.h"
#include "domain/bulletins/bulletin_image.h"
#include "domain/bulletins/bulletin_render.h"
#include "base/str.h"
#include "staff/pages.h"
#include "staff/bulletin_show.h"
#include "mail/encode.h"

static bool may_change(const struct bulletin *b)
{
	return b->started_at == 0 && !str_eq(b->state, "cancelled");
}

static void show_editor(struct web_request *r, unsigned status, const struct bulletin *b,
			const char *text, const char *error)
{
	struct template_value *v = staff_values(
		r, arena_printf(r->arena, "Write bulletin #%lld", (long long)b->number),
		"bulletins");
	struct bulletin_findings findings = {0};
	struct template_value *topics;
	struct err err = {0};

	staff_bulletin_values(r, v, b);
	topics = template_set_list(v, "topic_names");
	for (size_t i = 0; i < b->list.topic_count; i++)
		if (b->list.topics[i].is_offered) {
			struct template_value *one = template_add_map(topics);

			template_set(one, "name", b->list.topics[i].name);
			template_set(one, "title", b->list.topics[i].title);
		}
	template_set(v, "text", text);
	template_set(v, "error", error ? page_sentence(r->arena, error) : NULL);
	template_set_bool(v, "has_errors", error != NULL);
	template_set(v, "editor_script", web_asset(r, "staff-editor.js"));
	if (!staff_bulletin_pictures(r, v, b, &err) ||
	    !bulletin_check_stored_text(r->op, r->arena, b->list.name, b->number, text,
					strlen(text), &findings, &err) ||
	    !staff_bulletin_steps(r, v, b, &findings, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_findings(v, &findings);
	page_show(r, status, "web/staff/editor.html", v);
}

void staff_editor(struct web_request *r)
{
	struct bulletin b;

	if (!staff_bulletin_load(r, &b))
		return;
	if (!may_change(&b)) {
		page_problem(r, 409,
			     "This bulletin has begun to go out, or is cancelled: "
			     "its words cannot be changed any more.");
		return;
	}
	show_editor(r, 200, &b, b.source_text, NULL);
}

/* Somebody else may have saved meanwhile: neither text is lost without being seen. */
static bool is_the_latest(struct web_request *r, const struct bulletin *b,
			  const char *text)
{
	const char *hash = web_form(r, "hash");

	if (!hash || str_eq(hash, b->hash))
		return true;
	show_editor(
		r, 409, b, text,
		"Somebody else has saved this bulletin since you opened it. Your words "
		"stand below and are not saved; theirs are on the bulletin's page. Put "
		"them together, then save: yours take the place of theirs.");
	return false;
}

void staff_editor_save(struct web_request *r)
{
	const char *text = str_or(web_form(r, "text"), "");
	struct bulletin b, saved;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b) || !is_the_latest(r, &b, text))
		return;
	if (!bulletin_edit(r->op, r->arena, b.list.name, b.number, "the text", text,
			   strlen(text), &saved, &err)) {
		if (err.kind == ERR_INPUT)
			show_editor(r, 400, &b, text, err.text);
		else
			staff_failed(r, &err);
		return;
	}
	staff_say(r, "Saved.%s",
		  str_eq(b.state, "draft") ? "" : " It has to be approved again.");
	if (str_eq(web_form(r, "then"), "bulletin"))
		staff_back(r, "%s", staff_bulletin_path(r, b.list.name, b.number));
	else
		staff_back(r, "%s/edit", staff_bulletin_path(r, b.list.name, b.number));
}

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
		    !bulletin_image_get(r->op, r->arena, b->list.name, b->number,
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

/* As a subscriber of these topics would get it; "" is everybody. */
static void show_mail(struct web_request *r, const struct bulletin *b, const char *topics,
		      bool as_text)
{
	struct bulletin_mail mail;
	int64_t mask = 0;
	uint64_t choice;
	bool all = true;
	struct err err = {0};

	if (!topics_read(&b->list, topics, &mask, &all, &err)) {
		show_sentence(r, err.text);
		return;
	}
	choice = bulletin_choice(b, mask);
	if (!bulletin_wanted(b->source, choice, all)) {
		show_sentence(r,
			      "Who chose only these topics gets no mail: no section is "
			      "about them.");
		return;
	}
	if (!bulletin_render_mail(r->op, r->arena, b,
				  bulletin_variant(b->source, choice, all), r->op->now,
				  false, &mail, &err)) {
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
	const char *text = str_or(web_form(r, "text"), "");
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	if (!bulletin_source_parse_with(r->arena, "the text", text, strlen(text),
					&b.images, &b.source, &err)) {
		show_sentence(r, err.text);
		return;
	}
	b.source_text = text;
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
	const char *text = str_or(web_form(r, "text"), "");
	struct template_value *v = template_map(r->arena);
	struct bulletin_findings findings;
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	if (!bulletin_check_stored_text(r->op, r->arena, b.list.name, b.number, text,
					strlen(text), &findings, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_findings(v, &findings);
	page_show(r, 200, "web/staff/findings.html", v);
}

void staff_picture_add(struct web_request *r)
{
	const struct web_field *file = web_upload(r, "picture");
	struct bulletin_image image;
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	if (!file || !file->len) {
		page_problem(r, 400, "Choose a picture first.");
		return;
	}
	if (!bulletin_image_add(r->op, r->arena, b.list.name, b.number, file->file_name,
				file->value, file->len, &image, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "%s is attached. Write ![what it shows](%s) where it should stand.",
		  image.name, image.name);
	staff_back(r, "%s/edit", staff_bulletin_path(r, b.list.name, b.number));
}

void staff_picture_remove(struct web_request *r)
{
	const char *name = str_or(web_form(r, "name"), "");
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	if (!bulletin_image_remove(r->op, b.list.name, b.number, name, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "%s is no longer attached.", name);
	staff_back(r, "%s/edit", staff_bulletin_path(r, b.list.name, b.number));
}
