/* Letters from the desk: an answer from a template, a reply forwarded, the templates. */
#include "domain/queue/reply.h"
#include "base/str.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/pages.h"
#include "staff/triage/response_values.h"
#include "staff/triage/triage.h"

/* Where to go afterwards, kept through the pages of a letter. */
static void keep_back(struct web_request *r, struct template_value *v)
{
	const char *back =
		r->method == WEB_GET ? web_query(r, "back") : web_form(r, "back");

	back = str_or(back, staff_response_path(r));
	back = str_starts(back, "/staff/") ? back : staff_response_path(r);
	template_set(v, "back", back);
	template_set(v, "back_url", web_escape_url(r->arena, back));
}

static bool add_templates(struct web_request *r, struct template_value *v,
			  const char *chosen, struct err *err)
{
	struct template_value *list = template_set_list(v, "reply_texts");
	struct store_table rows;

	if (!reply_template_list(r->op, r->arena, staff_of(r)->consultation.name, &rows,
				 err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);
		const char *name = row_text(&row, "name");

		template_set(one, "name", name);
		template_set(one, "name_url", web_escape_url(r->arena, name));
		template_set(one, "subject", row_text(&row, "subject"));
		template_set(one, "text", row_text(&row, "text"));
		template_set_bool(one, "for_all", row_null(&row, "consultation"));
		template_set(one, "staff", row_text(&row, "staff"));
		template_set(one, "at", staff_short_time(r, row_int(&row, "at")));
		template_set_bool(one, "chosen", str_eq(name, chosen));
	}
	return true;
}

/* Each as it would begin for this response. */
static bool add_starts(struct web_request *r, struct template_value *v,
		       const char *reference, const char *chosen, struct err *err)
{
	struct template_value *list = template_set_list(v, "starts");
	struct store_table rows;

	if (!reply_template_list(r->op, r->arena, staff_of(r)->consultation.name, &rows,
				 err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);
		const char *name = row_text(&row, "name");
		struct reply_template filled;

		if (!reply_preview(r->op, r->arena, reference, name, &filled, err))
			return false;
		template_set(one, "name", name);
		template_set(one, "name_url", web_escape_url(r->arena, name));
		template_set(one, "subject", filled.subject);
		template_set_bool(one, "chosen", str_eq(name, chosen));
	}
	template_set_bool(v, "any_starts", rows.count > 0);
	return true;
}

/* What is answered, beside what is written. */
static bool add_words(struct web_request *r, struct template_value *v,
		      const char *reference, struct err *err)
{
	struct template_value *list = template_set_list(v, "words");
	struct response_view view;
	const char *to;
	bool is_cut;

	if (!response_view_load(r->op, r->arena, reference,
				staff_who(r) ? VIEW_WITH_NAMES : VIEW_WITHOUT_NAMES,
				&view, err) ||
	    !reply_to(r->op, r->arena, reference, &to, err))
		return false;
	staff_written_show(r, v, &view.letters);
	template_set(v, "subject", str_or(view.subject, "(no subject)"));
	template_set_bool(v, "has_to", to != NULL);
	template_set(v, "to_address", staff_who(r) ? to : NULL);
	template_set(template_add_map(list), "text",
		     staff_text_unwrapped(r, view.text_new, STAFF_TEXT_MOST, &is_cut));
	for (size_t i = 0; i < view.files.count; i++) {
		struct store_row row = table_row(&view.files, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "file", row_text(&row, "name"));
		template_set(one, "text",
			     staff_text_unwrapped(r, str_or(row_text(&row, "text"), ""),
						  STAFF_TEXT_MOST, &is_cut));
	}
	return true;
}

static void show_reply(struct web_request *r, unsigned status, const char *reference,
		       const char *name, const struct reply_template *text,
		       const struct err *failed)
{
	struct template_value *v = staff_values(
		r, arena_printf(r->arena, "Reply to %s", reference), "responses");
	struct err err = {0};

	if (!staff_seen_put(r, v, staff_seen_replied, &err) ||
	    !add_starts(r, v, reference, name, &err) ||
	    !add_words(r, v, reference, &err)) {
		staff_failed(r, &err);
		return;
	}
	keep_back(r, v);
	template_set_bool(v, "is_free", str_empty(name));
	template_set(v, "reference", reference);
	template_set(v, "response", staff_response_path(r));
	template_set_bool(v, "has_errors", failed != NULL);
	template_set(v, "error", failed ? page_sentence(r->arena, failed->text) : NULL);
	template_set_bool(v, "may_repeat",
			  failed && failed->kind == ERR_CONFLICT &&
				  !staff_seen_refused(r));
	template_set(v, "name", name);
	template_set(v, "letter_subject", text->subject);
	template_set(v, "letter_text", text->text);
	page_show(r, status, "web/staff/reply.html", v);
}

void staff_reply(struct web_request *r)
{
	const char *name = web_query(r, "name"), *reference;
	struct reply_template text;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	if (!(str_empty(name)
		      ? reply_begin(r->op, r->arena, reference, &text, &err)
		      : reply_preview(r->op, r->arena, reference, name, &text, &err))) {
		staff_failed(r, &err);
		return;
	}
	show_reply(r, 200, reference, name, &text, NULL);
}

void staff_reply_send(struct web_request *r)
{
	struct reply_send respond = {
		.name = str_or(web_form(r, "name"), ""),
		.subject = str_or(web_form(r, "subject"), ""),
		.text = str_or(web_form(r, "text"), ""),
		.again = str_eq(web_form(r, "again"), "yes"),
	};
	struct reply_template text = {respond.name, respond.subject, respond.text};
	struct err err = {0};

	if (!staff_reference(r, &respond.reference))
		return;
	if (reply_send(r->op, &respond, &err)) {
		staff_say(r, "The reply to %s is on its way.", respond.reference);
		staff_back_or(r, staff_response_path(r));
	} else if (err.kind == ERR_INPUT) {
		show_reply(r, 400, respond.reference, respond.name, &text, &err);
	} else if (err.kind == ERR_CONFLICT) {
		show_reply(r, 409, respond.reference, respond.name, &text, &err);
	} else {
		staff_failed(r, &err);
	}
}

static void show_forward(struct web_request *r, unsigned status, const char *reference,
			 const struct err *failed)
{
	struct template_value *v = staff_values(
		r, arena_printf(r->arena, "Forward %s", reference), "responses");
	struct err err = {0};

	if (!staff_colleagues_show(r, v, &err)) {
		staff_failed(r, &err);
		return;
	}
	keep_back(r, v);
	template_set(v, "reference", reference);
	template_set(v, "response", staff_response_path(r));
	template_set(v, "note", r->method == WEB_POST ? web_form(r, "note") : NULL);
	template_set_bool(v, "has_errors", failed != NULL);
	template_set(v, "error", failed ? page_sentence(r->arena, failed->text) : NULL);
	page_show(r, status, "web/staff/forward.html", v);
}

void staff_forward(struct web_request *r)
{
	const char *reference;

	if (staff_reference(r, &reference))
		show_forward(r, 200, reference, NULL);
}

void staff_forward_send(struct web_request *r)
{
	const char *to = str_or(web_form(r, "to"), ""), *note = web_form(r, "note");
	const char *reference;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	if (reply_forward(r->op, reference, to, str_empty(note) ? NULL : note, &err)) {
		staff_say(r, "%s is on its way to %s.", reference, to);
		staff_back_or(r, staff_response_path(r));
	} else if (err.kind == ERR_INPUT || err.kind == ERR_CONFLICT ||
		   err.kind == ERR_ABSENT) {
		show_forward(r, err.kind == ERR_CONFLICT ? 409 : 400, reference, &err);
	} else {
		staff_failed(r, &err);
	}
}

/* The templates themselves. ?name= opens one to change it. */
static void show_reply_texts(struct web_request *r, unsigned status,
			     const struct reply_template *text, const struct err *failed)
{
	const char *chosen = r->method == WEB_GET ? web_query(r, "name") : NULL;
	struct template_value *v = staff_values(r, "Reply texts", "responses");
	struct err err = {0};

	if (!add_templates(r, v, chosen, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set(v, "chosen_name", chosen);
	template_set_bool(
		v, "may_for_all",
		rights_have(&staff_of(r)->rights, RIGHT_WRITE, rights_everywhere()));
	template_set_bool(v, "has_errors", failed != NULL);
	template_set(v, "error", failed ? page_sentence(r->arena, failed->text) : NULL);
	if (text) {
		template_set(v, "name", text->name);
		template_set(v, "letter_subject", text->subject);
		template_set(v, "letter_text", text->text);
	}
	page_show(r, status, "web/staff/reply-texts.html", v);
}

static bool find_template(struct web_request *r, const char *name,
			  struct reply_template *out)
{
	struct store_table rows;
	struct err err = {0};

	if (!reply_template_list(r->op, r->arena, staff_of(r)->consultation.name, &rows,
				 &err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);

		if (!str_eq(row_text(&row, "name"), name))
			continue;
		*out = (struct reply_template){name, row_text(&row, "subject"),
					       row_text(&row, "text")};
		return true;
	}
	return false;
}

void staff_reply_texts(struct web_request *r)
{
	const char *name = web_query(r, "name");
	struct reply_template text;
	bool found = !str_empty(name) && find_template(r, name, &text);

	show_reply_texts(r, 200, found ? &text : NULL, NULL);
}

/* The consultation in the path, or all of them where this person writes for all. */
static bool for_which(struct web_request *r, const char **out)
{
	*out = staff_of(r)->consultation.name;
	if (!str_eq(web_form(r, "for_all"), "yes"))
		return true;
	if (!rights_have(&staff_of(r)->rights, RIGHT_WRITE, rights_everywhere())) {
		page_problem(
			r, 403,
			"A reply text for all consultations needs the right to write "
			"to respondents everywhere. Save it for this one.");
		return false;
	}
	*out = NULL;
	return true;
}

void staff_reply_text_save(struct web_request *r)
{
	struct reply_template text = {str_or(web_form(r, "name"), ""),
				      str_or(web_form(r, "subject"), ""),
				      str_or(web_form(r, "text"), "")};
	const char *of;
	struct err err = {0};

	if (!for_which(r, &of))
		return;
	if (reply_template_save(r->op, of, &text, &err)) {
		staff_say(r, "The reply text \"%s\" is saved.", text.name);
		staff_back(r, "%s/reply-texts", staff_queue_path(r));
	} else if (err.kind == ERR_INPUT || err.kind == ERR_CONFLICT) {
		show_reply_texts(r, 400, &text, &err);
	} else {
		staff_failed(r, &err);
	}
}

void staff_reply_text_end(struct web_request *r)
{
	const char *name = str_or(web_form(r, "name"), ""), *of;
	struct err err = {0};

	if (!for_which(r, &of))
		return;
	if (!reply_template_end(r->op, of, name, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r,
		  "The reply text \"%s\" is no longer offered. What was sent stays sent.",
		  name);
	staff_back(r, "%s/reply-texts", staff_queue_path(r));
}
