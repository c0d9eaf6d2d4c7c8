/* What a list is called, who sends it and who finds it; and its topics. */
#include "domain/bulletins/archive.h"
#include "domain/subscribers/topic_change.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/frame/paths.h"
#include "staff/frame/form_seen.h"

static const char *const fields[] = {"title",       "from_name",  "owner",
				     "description", "visibility", "wording"};
enum { TITLE, FROM_NAME, OWNER, DESCRIPTION, VISIBILITY, WORDING, FIELDS };

static const char *visibility(const struct list *list)
{
	return list->visibility == LIST_PRIVATE    ? "private"
	       : list->visibility == LIST_UNLISTED ? "unlisted"
						   : "public";
}

bool staff_seen_list(struct web_request *r, struct seen *out, struct err *err)
{
	struct wording wording;
	struct list list;

	if (!list_named(r->op, r->arena, staff_of(r)->list.name, &list, err) ||
	    !archive_wording(r->op, r->arena, &list, &wording, err))
		return false;
	out->acts = (struct audit_acts){"list", list.id, "list *"};
	seen_add(out, fields[TITLE], list.title);
	seen_add(out, fields[FROM_NAME], list.from_name);
	seen_add(out, fields[OWNER], list.owner);
	seen_add(out, fields[DESCRIPTION], list.description);
	seen_add(out, fields[VISIBILITY], visibility(&list));
	seen_add(out, fields[WORDING], wording.text);
	return true;
}

static bool add_topics(struct web_request *r, struct template_value *v, struct err *err)
{
	struct template_value *list = template_set_list(v, "topics");
	struct store_table t;

	if (!topic_list(r->op, r->arena, staff_of(r)->list.name, &t, err))
		return false;
	template_set_bool(v, "any_topics", t.count > 0);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct template_value *one = template_add_map(list);
		const char *state = row_text(&row, "state");

		template_set(one, "topic", row_text(&row, "title"));
		template_set(one, "path", staff_topic_path(r, row_text(&row, "name")));
		template_set_bool(one, "offered", str_eq(state, "offered"));
		template_set_bool(one, "retired", str_eq(state, "retired"));
		template_set(one, "merged_into", row_text(&row, "merged_into"));
		staff_number(one, "chosen_by", row_int(&row, "chosen_by"));
	}
	return true;
}

/* Of each field what was typed, else what is kept. */
static void add_fields(struct web_request *r, struct template_value *v,
		       const struct wording *wording)
{
	const struct list *list = &staff_of(r)->list;
	const char *kept[FIELDS] = {
		[TITLE] = list->title,           [FROM_NAME] = list->from_name,
		[OWNER] = list->owner,           [DESCRIPTION] = list->description,
		[VISIBILITY] = visibility(list), [WORDING] = wording->text,
	};

	for (int f = 0; f < FIELDS; f++) {
		kept[f] = staff_seen_or(r, fields[f], kept[f]);
		template_set(v, arena_printf(r->arena, "form_%s", fields[f]), kept[f]);
	}
	template_set_bool(v, arena_printf(r->arena, "is_%s", kept[VISIBILITY]), true);
	template_set(v, "wording_version", wording->version);
	template_set(v, "address", list->address);
	template_set_bool(v, "anybody_joins", list->is_open);
	template_set(v, "form_topic", web_form(r, "topic"));
}

/* The page; NULL: it has answered already. */
static struct template_value *settings_of(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	struct err err = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &err);
	struct template_value *v = NULL;
	struct wording wording;

	if (moment)
		v = staff_values(r, arena_printf(r->arena, "Settings of %s", list->title),
				 "subscribers");
	if (!v || !archive_wording(r->op, r->arena, list, &wording, &err) ||
	    !add_topics(r, v, &err) || !staff_seen_put(r, v, staff_seen_list, &err)) {
		staff_failed(r, &err);
		return NULL;
	}
	add_fields(r, v, &wording);
	return v;
}

void staff_list_settings(struct web_request *r)
{
	struct template_value *v = settings_of(r);

	if (v)
		staff_page(r, "web/staff/list-settings.html", v);
}

static void show_wrong(struct web_request *r, struct template_value *v)
{
	page_show(r, WEB_BAD_REQUEST, "web/staff/list-settings.html", v);
}

/* A text of several lines as one. */
static const char *one_line(struct web_request *r, const char *name)
{
	char *text = arena_strdup(r->arena, staff_form_text(r, name));

	for (char *c = text; *c; c++)
		*c = *c == '\n' || *c == '\r' || *c == '\t' ? ' ' : *c;
	return text;
}

/* Says of every field by itself what is wrong with it. */
static void check(struct staff_form *form, const struct list_change *to)
{
	const struct list_change alone[FIELDS] = {
		[TITLE] = {.title = to->title},
		[FROM_NAME] = {.from_name = to->from_name},
		[OWNER] = {.owner = to->owner},
		[DESCRIPTION] = {.description = to->description},
		[WORDING] = {.wording = to->wording},
	};

	for (int f = 0; f < FIELDS; f++) {
		struct err err = {0};

		if (!list_change_check(form->r->op, &alone[f], &err))
			staff_form_wrong(form, fields[f], err.text);
	}
}

/* All of it or nothing. No new version of words that stand already. */
static bool change(struct web_request *r, struct list_change *to, const char *shown_to,
		   struct err *err)
{
	AUTO(store_txn) t = store_begin(r->op->store, err);
	struct wording kept;
	struct list list;

	if (!t || !list_named(r->op, r->arena, staff_of(r)->list.name, &list, err) ||
	    !archive_wording(r->op, r->arena, &list, &kept, err))
		return false;
	if (str_eq(kept.text, to->wording))
		to->wording = NULL;
	return (str_eq(shown_to, visibility(&list)) ||
		list_show_to(r->op, list.name, shown_to, err)) &&
	       list_change(r->op, list.name, to, err) && store_commit(&t, err);
}

/* What was typed, beside what stands now that somebody else has changed it. */
static void show_changed(struct web_request *r, const struct err *err)
{
	struct template_value *v = settings_of(r);
	struct staff_form form;

	if (!v)
		return;
	form = staff_form_of(r, v, page_sentence(r->arena, err->text));
	staff_seen_tell(&form);
	page_show(r, WEB_CONFLICT, "web/staff/list-settings.html", v);
}

void staff_list_change(struct web_request *r)
{
	struct template_value *v = settings_of(r);
	struct list_change to = {
		.title = staff_form_text(r, "title"),
		.from_name = staff_form_text(r, "from_name"),
		.owner = staff_form_text(r, "owner"),
		.description = one_line(r, "description"),
		.wording = staff_form_text(r, "wording"),
	};
	struct staff_form form;
	struct err err = {0};

	if (!v)
		return;
	form = staff_form_of(r, v, "The list was not changed");
	check(&form, &to);
	if (!form.wrong && !change(r, &to, str_or(web_form(r, "visibility"), ""), &err)) {
		if (staff_seen_refused(r)) {
			show_changed(r, &err);
			return;
		}
		if (!staff_refusal(&err)) {
			staff_failed(r, &err);
			return;
		}
		staff_form_wrong(&form, "visibility", err.text);
	}
	if (form.wrong) {
		show_wrong(r, v);
		return;
	}
	staff_say(r, "The settings of %s are kept.%s", to.title,
		  to.wording ? " Whoever joins from now on agrees to the new words."
			     : "");
	staff_back(r, "%s/settings", staff_list_path(r, staff_of(r)->list.name));
}

void staff_topic_add(struct web_request *r)
{
	const char *title = staff_form_text(r, "topic");
	struct template_value *v = settings_of(r);
	struct staff_form form;
	struct err err = {0};

	if (!v)
		return;
	if (topic_add(r->op, staff_of(r)->list.name, title, &err)) {
		staff_say(r, "\"%s\" can be chosen from now on.", title);
		staff_back(r, "%s/settings#topics",
			   staff_list_path(r, staff_of(r)->list.name));
		return;
	}
	if (!staff_refusal(&err)) {
		staff_failed(r, &err);
		return;
	}
	form = staff_form_of(r, v, "The topic was not added");
	staff_form_wrong(&form, "topic", err.text);
	show_wrong(r, v);
}
