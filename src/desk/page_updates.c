/* All updates of the lists that somebody may see, and the next one. */
#include "base/str.h"
#include "desk/pages.h"
#include "desk/update.h"
#include "desk/words.h"

enum { SHOWN = 5 };

static void add_update(struct web_request *r, struct template_value *list,
		       const struct store_row *row)
{
	struct template_value *one = template_add_map(list);
	const char *state = row_text(row, "state");
	int64_t at = row_int(row, "finished_at");

	at = at ? at : row_int(row, "started_at");
	template_set_int(one, "number", row_int(row, "number"));
	template_set(one, "update_title", row_text(row, "title"));
	template_set(one, "state", state);
	template_set_bool(one, "waits", str_eq(state, "held") || str_eq(state, "paused"));
	if (str_eq(state, "scheduled"))
		at = row_int(row, "due_at");
	template_set(one, "at", desk_when(r, at));
}

/* The newest first; most 0: all of them. */
static bool add_updates(struct web_request *r, struct template_value *v, const char *list,
			size_t most, struct err *err)
{
	struct template_value *rows = template_set_list(v, "updates");
	struct store_table t;

	if (!store_all(r->acts.store, r->arena, 0, &t, err, SQL_BULLETIN_LIST, "t", list))
		return false;
	for (size_t i = t.count; i-- > 0 && (!most || t.count - i <= most);) {
		struct store_row row = table_row(&t, i);

		add_update(r, rows, &row);
	}
	template_set_bool(v, "more", most && t.count > most);
	template_set_bool(v, "any_updates", t.count > 0);
	return true;
}

void desk_updates(struct web_request *r)
{
	struct template_value *v = desk_values(r, "Updates", "updates"), *list;
	const struct acts_rights *rights = &desk_of(r)->rights;
	struct store_table lists;
	struct err err = {0};

	if (!acts_rights_lists(&r->acts, r->arena, rights, RIGHT_SEE_UPDATES, &lists,
			       &err)) {
		desk_failed(r, &err);
		return;
	}
	list = template_set_list(v, "lists");
	for (size_t i = 0; i < lists.count; i++) {
		struct store_row row = table_row(&lists, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "name", row_text(&row, "name"));
		template_set(one, "list_title", row_text(&row, "title"));
		desk_number(one, "active", row_int(&row, "active"));
		template_set_bool(one, "may_edit",
				  acts_rights_have(rights, RIGHT_EDIT_UPDATE,
						   acts_on_list(row_int(&row, "id"))));
		if (!add_updates(r, one, row_text(&row, "name"), SHOWN, &err)) {
			desk_failed(r, &err);
			return;
		}
	}
	desk_page(r, "web/desk/updates.html", v);
}

void desk_list_updates(struct web_request *r)
{
	const struct acts_list *list = &desk_of(r)->list;
	struct template_value *v = desk_values(r, list->title, "updates");
	struct err err = {0};

	template_set(v, "name", list->name);
	if (!add_updates(r, v, list->name, 0, &err)) {
		desk_failed(r, &err);
		return;
	}
	desk_page(r, "web/desk/list-updates.html", v);
}

/* The frame of the last one, its sections without their words; or an empty one. */
void desk_update_new(struct web_request *r)
{
	const struct acts_list *list = &desk_of(r)->list;
	struct acts_bulletin made;
	const char *text;
	struct err err = {0};

	if (!acts_bulletin_next(&r->acts, r->arena, list->name, &text, &err) ||
	    !acts_bulletin_draft(&r->acts, r->arena, "the new update", text, strlen(text),
				 &made, &err)) {
		desk_failed(r, &err);
		return;
	}
	desk_say(r, "Update #%lld is a draft now.", (long long)made.number);
	desk_back(r, "/desk/l/%s/u/%lld/edit", list->name, (long long)made.number);
}
