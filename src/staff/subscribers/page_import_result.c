/* What an import would do, line by line, then exactly that; and taken back within a day. */
#include "domain/imports/subscriber_import_undo.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/subscribers/import_form.h"
#include "staff/frame/paths.h"
#include "staff/frame/pages.h"

enum { PAGE = 50 };

/* In the order in which they are shown: what a person has to do something about is first. */
static const struct {
	enum subscriber_import_outcome outcome;
	const char *name, *title;
} tabs[] = {
	{SUBSCRIBER_IMPORT_BAD, "bad", "Bad lines"},
	{SUBSCRIBER_IMPORT_PASSED, "passed", "Passed over"},
	{SUBSCRIBER_IMPORT_KEPT_OFF, "kept-off", "Kept off the list"},
	{SUBSCRIBER_IMPORT_ADDED, "added", "Would be added"},
};

static int64_t count_of(const struct subscriber_import_result *counts,
			enum subscriber_import_outcome outcome)
{
	return outcome == SUBSCRIBER_IMPORT_BAD      ? counts->bad
	       : outcome == SUBSCRIBER_IMPORT_PASSED ? counts->passed_over
	       : outcome == SUBSCRIBER_IMPORT_ADDED  ? counts->added
						     : counts->kept_off;
}

/* Which lines are asked for, "passed 50": of which outcome, and from which on; bad ones else. */
struct shown {
	size_t tab;
	int64_t from;
};

static struct shown asked_for(struct web_request *r)
{
	const char *text = str_or(web_form(r, "show"), "");
	struct shown shown = {0};
	struct err bad = {0};

	for (size_t i = 0; i < ARRAY_LEN(tabs); i++) {
		size_t len = strlen(tabs[i].name);

		if (!str_starts(text, tabs[i].name) || text[len] != ' ')
			continue;
		shown.tab = i;
		if (!str_to_int(text + len + 1, 0, INT32_MAX, &shown.from, &bad))
			shown.from = 0;
	}
	return shown;
}

static void add_fields(struct template_value *row, const struct roster *roster,
		       const struct subscriber_import_line *line)
{
	const struct roster_row *cells = line->row;
	struct template_value *list = template_set_list(row, "fields");

	for (size_t i = 0; i < roster->column_count; i++) {
		struct template_value *one;

		/* What may be a refusal stands anywhere. */
		if (roster->columns[i].field == ROSTER_NOTHING &&
		    (line->reason != IMPORT_UNSURE || i >= cells->count ||
		     !*cells->cells[i]))
			continue;
		one = template_add_map(list);
		template_set_int(one, "number", (int64_t)i + 1);
		template_set(one, "head", roster->columns[i].head);
		template_set(one, "cell", i < cells->count ? cells->cells[i] : "");
		template_set_bool(one, "wide",
				  roster->columns[i].field == ROSTER_ADDRESS);
	}
}

/* What had no place under any column, so that nobody wonders where it went. */
static const char *surplus(struct web_request *r, const struct roster *roster,
			   const struct roster_row *row)
{
	const char *text = "";

	for (size_t i = roster->column_count; i < row->count; i++)
		text = arena_printf(r->arena, "%s%s%s", text, *text ? ", " : "",
				    row->cells[i]);
	return text;
}

static void add_lines(struct web_request *r, struct template_value *v,
		      const struct subscriber_import *plan,
		      const struct subscriber_import_preview *p, struct shown shown)
{
	enum subscriber_import_outcome outcome = tabs[shown.tab].outcome;
	struct template_value *rows = template_set_list(v, "rows");

	for (size_t i = 0; i < p->shown[outcome].count; i++) {
		const struct subscriber_import_line *line = &p->shown[outcome].lines[i];
		struct template_value *one = template_add_map(rows);

		template_set_int(one, "row", line->row->number);
		template_set_int(one, "line", line->row->line);
		template_set(one, "address", line->address);
		template_set(one, "subscriber_name", line->name);
		template_set(one, "topics", str_or(line->topics, ""));
		template_set(one, "why",
			     line->why ? page_sentence(r->arena, line->why) : "");
		template_set_bool(one, "edited", line->row->edited);
		template_set(one, "surplus", surplus(r, &plan->roster, line->row));
		if (outcome == SUBSCRIBER_IMPORT_BAD)
			add_fields(one, &plan->roster, line);
	}
	template_set_bool(v, "any_rows", p->shown[outcome].count > 0);
	template_set_bool(v, "shows_bad", outcome == SUBSCRIBER_IMPORT_BAD);
	template_set_bool(v, "shows_added", outcome == SUBSCRIBER_IMPORT_ADDED);
	template_set(v, "shown_title", tabs[shown.tab].title);
}

static void add_pages(struct web_request *r, struct template_value *v,
		      const struct subscriber_import_result *counts, struct shown shown)
{
	int64_t all = count_of(counts, tabs[shown.tab].outcome);
	struct template_value *list = template_set_list(v, "tabs");

	for (size_t i = 0; i < ARRAY_LEN(tabs); i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "show", arena_printf(r->arena, "%s 0", tabs[i].name));
		template_set(one, "title", tabs[i].title);
		staff_number(one, "count", count_of(counts, tabs[i].outcome));
		template_set_bool(one, "here", i == shown.tab);
	}
	template_set(v, "show_here",
		     arena_printf(r->arena, "%s %lld", tabs[shown.tab].name,
				  (long long)shown.from));
	template_set(v, "earlier",
		     shown.from ? arena_printf(r->arena, "%s %lld", tabs[shown.tab].name,
					       (long long)(shown.from > PAGE
								   ? shown.from - PAGE
								   : 0))
				: NULL);
	template_set(v, "further",
		     shown.from + PAGE < all
			     ? arena_printf(r->arena, "%s %lld", tabs[shown.tab].name,
					    (long long)(shown.from + PAGE))
			     : NULL);
}

static void add_counts(struct template_value *v,
		       const struct subscriber_import_preview *p)
{
	struct template_value *list = template_set_list(v, "reasons");

	for (size_t i = 0; i < p->reason_count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "fate",
			     subscriber_import_outcome_name(p->reasons[i].outcome));
		template_set(one, "why",
			     subscriber_import_reason_words(p->reasons[i].reason));
		staff_number(one, "lines", p->reasons[i].count);
	}
	staff_number(v, "added", p->counts.added);
	staff_number(v, "passed", p->counts.passed_over);
	staff_number(v, "kept_off", p->counts.kept_off);
	staff_number(v, "bad", p->counts.bad);
	staff_number(v, "teams", p->counts.teams);
	template_set_bool(v, "any_bad", p->counts.bad > 0);
	template_set_bool(v, "any_passed", p->counts.passed_over > 0);
	template_set_bool(v, "any_kept_off", p->counts.kept_off > 0);
	template_set_bool(v, "any_teams", p->counts.teams > 0);
	template_set_bool(v, "any_reasons", p->reason_count > 0 || p->counts.teams > 0);
	template_set_bool(v, "one_bad", p->counts.bad == 1);
	template_set_bool(v, "one_added", p->counts.added == 1);
	template_set_bool(v, "any_added", p->counts.added > 0);
	template_set_bool(v, "can", p->counts.added + p->counts.kept_off > 0);
}

static void show_result(struct web_request *r, const struct import_form *form,
			const char *changed)
{
	const struct list *list = &staff_of(r)->list;
	struct subscriber_import_preview preview = {0};
	static const enum subscriber_import_outcome first_seen[] = {
		SUBSCRIBER_IMPORT_BAD, SUBSCRIBER_IMPORT_ADDED,
		SUBSCRIBER_IMPORT_KEPT_OFF, SUBSCRIBER_IMPORT_PASSED};
	struct shown shown = asked_for(r);
	size_t at = 0;
	struct template_value *v;
	struct err err = {0};

	for (size_t i = 0; i < ARRAY_LEN(tabs); i++)
		if (!web_form(r, "show") || i == shown.tab)
			preview.shown[tabs[i].outcome].most = PAGE;
	preview.shown[tabs[shown.tab].outcome].from = shown.from;
	if (!subscriber_import_preview(r->op, r->arena, list, &form->plan, &preview,
				       &err)) {
		if (staff_refusal(&err))
			import_show_columns(r, form, err.text);
		else
			staff_failed(r, &err);
		return;
	}
	/* Without bad lines the first to be seen are those that would be added, or any. */
	while (!web_form(r, "show") && !count_of(&preview.counts, first_seen[at]) &&
	       at + 1 < ARRAY_LEN(first_seen))
		at++;
	for (size_t i = 0; !web_form(r, "show") && i < ARRAY_LEN(tabs); i++)
		if (tabs[i].outcome == first_seen[at])
			shown.tab = i;
	v = staff_values(r, "What the import would do", "subscribers");
	import_form_steps(v, 3);
	import_form_show(r, v, form);
	add_counts(v, &preview);
	add_lines(r, v, &form->plan, &preview, shown);
	add_pages(r, v, &preview.counts, shown);
	template_set(v, "changed", changed);
	template_set(v, "digest", preview.digest);
	page_show(r, changed ? 409 : 200, "web/staff/import-result.html", v);
}

static bool read_form(struct web_request *r, struct import_form *out)
{
	struct err err = {0};

	if (import_form_read(r, out, &err))
		return true;
	staff_failed(r, &err);
	return false;
}

void staff_import_preview(struct web_request *r)
{
	struct import_form form;

	if (!read_form(r, &form))
		return;
	if (str_eq(web_form(r, "back"), "columns"))
		import_show_columns(r, &form, NULL);
	else
		show_result(r, &form, NULL);
}

/* Only what was shown: the digest binds it. */
void staff_import_do(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	struct subscriber_import_result result;
	struct import_form form;
	struct err err = {0};

	if (!read_form(r, &form))
		return;
	if (form.rows_came) {
		show_result(
			r, &form,
			"You have put lines right that were not looked at again. This is "
			"what would happen with them.");
		return;
	}
	if (!subscriber_import_bound(r->op, list, &form.plan,
				     str_or(web_form(r, "digest"), ""), &result, &err)) {
		if (staff_refusal(&err))
			show_result(r, &form, page_sentence(r->arena, err.text));
		else
			staff_failed(r, &err);
		return;
	}
	if (result.added)
		staff_say(r, "%s subscriber%s added.", staff_number_text(r, result.added),
			  plural(result.added, " was", "s were"));
	staff_back(r, "%s/imports/%lld", staff_list_path(r, list->name),
		   (long long)result.import_id);
}

static bool the_import(struct web_request *r, int64_t *out)
{
	struct err err = {0};

	if (str_to_int(str_or(web_arg(r, 1), ""), 1, INT64_MAX, out, &err))
		return true;
	page_problem(r, 404, "There is no such import.");
	return false;
}

/* One that was broken off by a crash, or the undo of it. */
static void add_how_far(struct template_value *v, const struct subscriber_imported *it)
{
	bool is_undone = !row_null(&it->row, "undone_at");

	template_set_bool(v, "broken_off", row_null(&it->row, "done_at") && !is_undone);
	template_set_bool(v, "undo_broken_off", is_undone && it->left);
	staff_number(v, "done",
		     row_int(&it->row, "added") + row_int(&it->row, "kept_off"));
	staff_number(v, "wanted", row_int(&it->row, "wanted"));
}

/* One that was done: what came of it, and its undo while it can be taken back. */
void staff_import_done(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	struct subscriber_imported it;
	struct template_value *v;
	struct err err = {0};
	int64_t id;

	if (!the_import(r, &id))
		return;
	if (!subscriber_import_find(r->op, r->arena, list, id, &it, &err)) {
		staff_failed(r, &err);
		return;
	}
	v = staff_values(r, "Import", "subscribers");
	template_set_int(v, "import", id);
	template_set(v, "file", row_text(&it.row, "file"));
	template_set(v, "by", row_text(&it.row, "staff"));
	template_set(v, "at", staff_time(r, row_int(&it.row, "at")));
	staff_number(v, "added", row_int(&it.row, "added"));
	staff_number(v, "kept_off", row_int(&it.row, "kept_off"));
	staff_number(v, "passed", row_int(&it.row, "passed_over"));
	staff_number(v, "bad", row_int(&it.row, "bad"));
	template_set_bool(v, "one_added", row_int(&it.row, "added") == 1);
	template_set_bool(v, "any_added", row_int(&it.row, "added") > 0);
	add_how_far(v, &it);
	template_set(v, "until", it.until ? staff_time(r, it.until) : NULL);
	if (!row_null(&it.row, "undone_at")) {
		template_set(v, "undone_by", row_text(&it.row, "undone_name"));
		template_set(v, "undone_at",
			     staff_time(r, row_int(&it.row, "undone_at")));
	}
	staff_page(r, "web/staff/import-done.html", v);
}

static void say_undone(struct web_request *r, const struct subscriber_import_undone *done)
{
	const struct {
		int64_t n;
		const char *words;
	} of[] = {{done->restored, "as before"},
		  {done->unsubscribed, "unsubscribed, since they were sent a bulletin"},
		  {done->stayed, "still subscribed, since they have changed something"}};
	const char *others = "";

	for (size_t i = 0; i < ARRAY_LEN(of); i++)
		if (of[i].n)
			others = arena_printf(r->arena, "%s %s %s.", others,
					      staff_number_text(r, of[i].n), of[i].words);
	staff_say(r, "The import was taken back: %s subscriber%s off the list again.%s",
		  staff_number_text(r, done->removed),
		  plural(done->removed, " is", "s are"), others);
}

void staff_import_undo(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	struct subscriber_import_undone done;
	struct err err = {0};
	int64_t id;

	if (!the_import(r, &id))
		return;
	if (!subscriber_import_undo(r->op, list, id, &done, &err)) {
		staff_failed(r, &err);
		return;
	}
	say_undone(r, &done);
	staff_back(r, "%s/imports/%lld", staff_list_path(r, list->name), (long long)id);
}
