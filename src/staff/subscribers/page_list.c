/* A new list. */
#include "base/str.h"
#include "staff/frame/visitor.h"
#include "staff/frame/pages.h"

static const char *given(struct web_request *r, const char *name)
{
	const char *text = web_form(r, name);

	return str_empty(text) ? NULL : text;
}

static void show_form(struct web_request *r, const char *error)
{
	static const char *const fields[] = {"name",  "title",  "address", "from_name",
					     "owner", "topics", "wording", NULL};
	struct template_value *v = staff_values(r, "A new list", "subscribers");

	for (const char *const *f = fields; *f; f++)
		template_set(v, arena_printf(r->arena, "form_%s", *f), given(r, *f));
	template_set_bool(v, "closed", str_eq(web_form(r, "entry"), "closed"));
	template_set_bool(v, "unlisted", str_eq(web_form(r, "visibility"), "unlisted"));
	template_set_bool(v, "private", str_eq(web_form(r, "visibility"), "private"));
	template_set_bool(v, "public", str_eq(web_form(r, "visibility"), "public"));
	template_set(v, "error", error ? page_sentence(r->arena, error) : NULL);
	template_set_bool(v, "has_errors", error != NULL);
	page_show(r, error ? 400 : 200, "web/staff/list-new.html", v);
}

void staff_list_new(struct web_request *r)
{
	show_form(r, NULL);
}

void staff_list_make(struct web_request *r)
{
	struct list_new what = {
		.name = str_or(web_form(r, "name"), ""),
		.title = str_or(web_form(r, "title"), ""),
		.address = str_or(web_form(r, "address"), ""),
		.from_name = given(r, "from_name"),
		.owner = given(r, "owner"),
		.topics = given(r, "topics"),
		.wording = given(r, "wording"),
		.closed = str_eq(web_form(r, "entry"), "closed"),
		.visibility = given(r, "visibility"),
		.first_number = web_form_int(r, "first", 1),
	};
	struct err err = {0};

	if (!list_add(r->op, &what, &err)) {
		if (err.kind == ERR_INPUT || err.kind == ERR_CONFLICT)
			show_form(r, err.text);
		else
			staff_failed(r, &err);
		return;
	}
	staff_say(r, "The list %s is there.", what.title);
	staff_back(r, "/staff/bulletins");
}
