#include "staff/frame/forms.h"
#include "base/str.h"

struct staff_form staff_form_of(struct web_request *r, struct template_value *values,
				const char *title)
{
	template_set(values, "errors_title", title);
	return (struct staff_form){
		.r = r, .values = values, .errors = template_set_list(values, "errors")};
}

void staff_form_wrong(struct staff_form *form, const char *field, const char *words)
{
	struct template_value *one = template_add_map(form->errors);
	const char *sentence = page_sentence(form->r->arena, words);

	template_set(one, "field", field);
	template_set(one, "sentence", sentence);
	template_set(form->values, arena_printf(form->r->arena, "wrong_%s", field),
		     sentence);
	template_set_bool(form->values, "has_errors", true);
	form->wrong++;
}

const char *staff_form_text(struct web_request *r, const char *name)
{
	return str_trim(arena_strdup(r->arena, str_or(web_form(r, name), "")));
}

const char *staff_form_lines(struct web_request *r, const char *name)
{
	char *text = arena_strdup(r->arena, str_or(web_form(r, name), "")), *to = text;

	for (const char *c = text; *c; c++)
		if (*c != '\r')
			*to++ = *c;
	*to = '\0';
	return text;
}

void staff_sure(struct web_request *r, struct staff_sure *page)
{
	struct template_value *v = staff_values(r, page->title, page->place);

	template_set(v, "to", page->to);
	template_set(v, "does", page->does);
	template_set(v, "back", page->back);
	template_set(v, "back_words", page->back_words);
	page->values = v;
	page->says = template_set_list(v, "says");
	page->kept = template_set_list(v, "kept");
}

void staff_sure_says(struct staff_sure *page, const char *sentence)
{
	template_set(template_add_map(page->says), "sentence", sentence);
}

void staff_sure_keeps(struct staff_sure *page, const char *name, const char *value)
{
	struct template_value *one = template_add_map(page->kept);

	template_set(one, "name", name);
	template_set(one, "value", value);
}

void staff_sure_show(struct web_request *r, const struct staff_sure *page)
{
	staff_page(r, "web/staff/sure.html", page->values);
}

bool staff_is_sure(struct web_request *r)
{
	return str_eq(web_form(r, "sure"), "yes");
}
