/* All bulletins of the lists that somebody may see, and the next one. */
#include "domain/bulletins/bulletin_list.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/bulletins/bulletin_show.h"
#include "staff/frame/words.h"

enum { SHOWN = 5 };

static void add_bulletin(struct web_request *r, struct template_value *rows,
			 const char *list, const struct store_row *row)
{
	struct template_value *one = template_add_map(rows);
	const char *state = row_text(row, "state");
	int64_t at = row_int(row, "finished_at");

	at = at ? at : row_int(row, "started_at");
	template_set_int(one, "number", row_int(row, "number"));
	template_set(one, "bulletin_path",
		     staff_bulletin_path(r, list, row_int(row, "number")));
	template_set(one, "bulletin_title", row_text(row, "title"));
	template_set(one, "state", state);
	template_set_bool(one, "waits",
			  str_eq(state, "on hold") || str_eq(state, "paused"));
	if (str_eq(state, "scheduled"))
		at = row_int(row, "due_at");
	template_set(one, "at", staff_when(r, at));
}

/* The newest first; most 0: all of them. */
static bool add_bulletins(struct web_request *r, struct template_value *v,
			  const char *list, size_t most, struct err *err)
{
	struct template_value *rows = template_set_list(v, "bulletins");
	struct store_table t;

	if (!bulletin_list(r->op, r->arena, list, &t, err))
		return false;
	for (size_t i = t.count; i-- > 0 && (!most || t.count - i <= most);) {
		struct store_row row = table_row(&t, i);

		add_bulletin(r, rows, list, &row);
	}
	template_set_bool(v, "more", most && t.count > most);
	template_set_bool(v, "any_bulletins", t.count > 0);
	return true;
}

void staff_bulletins(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Bulletins", "bulletins"), *list;
	const struct rights *rights = &staff_of(r)->rights;
	struct store_table lists;
	struct err err = {0};

	if (!rights_lists(r->op, r->arena, rights, RIGHT_SEE_BULLETINS, &lists, &err)) {
		staff_failed(r, &err);
		return;
	}
	list = template_set_list(v, "lists");
	for (size_t i = 0; i < lists.count; i++) {
		struct store_row row = table_row(&lists, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "list_path",
			     staff_list_path(r, row_text(&row, "name")));
		template_set(one, "list_title", row_text(&row, "title"));
		staff_number(one, "active", row_int(&row, "active"));
		template_set_bool(one, "active_one", row_int(&row, "active") == 1);
		template_set_bool(one, "may_edit",
				  rights_have(rights, RIGHT_EDIT_BULLETIN,
					      rights_on_list(row_int(&row, "id"))));
		if (!add_bulletins(r, one, row_text(&row, "name"), SHOWN, &err)) {
			staff_failed(r, &err);
			return;
		}
	}
	template_set_bool(v, "may_list", staff_may_anywhere(r, RIGHT_LIST));
	staff_page(r, "web/staff/bulletins.html", v);
}

void staff_list_bulletins(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	struct template_value *v = staff_values(r, list->title, "bulletins");
	struct err err = {0};

	if (!add_bulletins(r, v, list->name, 0, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_page(r, "web/staff/list-bulletins.html", v);
}

/* The frame of the last one, its sections without their words; or an empty one. */
void staff_bulletin_new(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	struct bulletin made;
	const char *text;
	struct err err = {0};
	int64_t number;

	if (!bulletin_next(r->op, r->arena, list->name, &text, &err) ||
	    !bulletin_untouched(r->op, r->arena, list, text, &number, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (number) {
		staff_say(r, "Nobody has written in bulletin #%lld yet: this is it.",
			  (long long)number);
		staff_back(r, "%s/edit", staff_bulletin_path(r, list->name, number));
		return;
	}
	if (!bulletin_draft(r->op, r->arena,
			    &(struct bulletin_file){.name = "the new bulletin",
						    .text = text,
						    .len = strlen(text)},
			    &made, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "Bulletin #%lld is a draft now.", (long long)made.number);
	staff_back(r, "%s/edit", staff_bulletin_path(r, list->name, made.number));
}
