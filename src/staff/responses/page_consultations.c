/* The consultations that a person runs, and a new one. */
#include "base/str.h"
#include "staff/responses/consultation_show.h"
#include "staff/frame/pages.h"
#include "staff/triage/triage.h"

static const char new_path[] = "/staff/consultations/new";

void staff_consultations(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Consultations", "consultations"),
			      *list;
	const struct rights *rights = &staff_of(r)->rights;
	struct store_table rows;
	struct err err = {0};

	if (!rights_consultations(r->op, r->arena, rights, RIGHT_CONSULT, &rows, &err)) {
		staff_failed(r, &err);
		return;
	}
	list = template_set_list(v, "consultations");
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "title", row_text(&row, "title"));
		template_set(one, "path", staff_queue_path_of(r, row_text(&row, "name")));
		template_set(one, "clock", staff_clock_of(r, &row));
		template_set_bool(
			one, "may_read",
			rights_have(rights, RIGHT_READ_RESPONSES,
				    rights_on_consultation(row_int(&row, "id"))));
	}
	template_set_bool(v, "may_make",
			  rights_have(rights, RIGHT_CONSULT, rights_everywhere()));
	staff_page(r, "web/staff/consultations.html", v);
}

static void show_form(struct web_request *r, struct template_value *v, unsigned status)
{
	template_set(v, "to", new_path);
	template_set_bool(v, "names", true);
	page_show(r, status, "web/staff/consultation-new.html", v);
}

void staff_consultation_new(struct web_request *r)
{
	show_form(r, staff_values(r, "A new consultation", "consultations"), 200);
}

static void make(struct web_request *r, const struct consultation_draft *draft,
		 struct staff_form *form)
{
	struct err err = {0};

	if (consultation_make(r->op, draft, &err)) {
		staff_say(r,
			  "%s is a draft now. Nobody outside sees it before you open it.",
			  draft->title);
		staff_back(r, "%s/settings", staff_queue_path_of(r, draft->name));
	} else if (staff_refusal(&err)) {
		staff_form_wrong(form, "title", err.text);
		show_form(r, form->values, WEB_CONFLICT);
	} else {
		staff_failed(r, &err);
	}
}

void staff_consultation_make(struct web_request *r)
{
	struct template_value *v = staff_values(r, "A new consultation", "consultations");
	struct consultation_draft draft = staff_draft_sent(r);
	struct staff_form form = staff_form_of(r, v, "The consultation was not made");
	struct err err = {0};

	staff_draft_show(v, &draft);
	if (str_eq(web_form(r, "do"), "change")) {
		show_form(r, v, 200);
		return;
	}
	staff_draft_check(&form, &draft, NULL);
	if (form.wrong) {
		/* A name that was made from the title is made anew from another one. */
		template_set(v, "form_name", web_form(r, "name"));
		show_form(r, v, WEB_BAD_REQUEST);
	} else if (str_eq(web_form(r, "do"), "make")) {
		make(r, &draft, &form);
	} else if (staff_draft_preview(r, v, &draft, &err)) {
		template_set(v, "to", new_path);
		template_set(v, "does", "Make this draft");
		template_set(v, "do", "make");
		template_set_bool(v, "is_new", true);
		staff_page(r, "web/staff/consultation-preview.html", v);
	} else {
		staff_failed(r, &err);
	}
}
