/* Many subscribers at once: what would happen first, then exactly that; and out again. */
#include "domain/imports/subscriber_import_preview.h"
#include "base/str.h"
#include "staff/paths.h"
#include "staff/pages.h"

enum { EXPORT_MOST = 1 << 30, LINES_MOST = 2000 };

void staff_import(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	struct template_value *v = staff_values(r, "Import", "subscribers");

	template_set(v, "topic_example", list->topic_count ? list->topics[0].title : "");
	staff_page(r, "web/staff/import.html", v);
}

static const enum subscriber_import_fate order[] = {
	SUBSCRIBER_IMPORT_BAD, SUBSCRIBER_IMPORT_PASSED, SUBSCRIBER_IMPORT_KEPT_OFF,
	SUBSCRIBER_IMPORT_ADDED};

static void add_preview(struct template_value *v,
			const struct subscriber_import_preview *p)
{
	struct template_value *list = template_set_list(v, "reasons");

	for (size_t i = 0; i < p->reason_count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "fate",
			     subscriber_import_fate_name(p->reasons[i].fate));
		template_set(one, "why",
			     subscriber_import_reason_words(p->reasons[i].reason));
		staff_number(one, "lines", p->reasons[i].count);
	}
	list = template_set_list(v, "rows");
	for (size_t f = 0; f < ARRAY_LEN(order); f++)
		for (size_t i = 0; i < p->shown[order[f]].count; i++) {
			const struct subscriber_import_line *line =
				&p->shown[order[f]].lines[i];
			struct template_value *one = template_add_map(list);

			template_set_int(one, "line", line->row->line);
			template_set(one, "fate",
				     subscriber_import_fate_name(line->fate));
			template_set(one, "address", line->address);
			template_set(one, "why", line->why);
		}
	staff_number(v, "added", p->counts.added);
	staff_number(v, "passed", p->counts.passed_over);
	staff_number(v, "bad", p->counts.bad);
	template_set_bool(v, "any_bad", p->counts.bad > 0);
	template_set_bool(v, "one", p->counts.added == 1);
	template_set_bool(v, "would_happen", p->would_happen && p->counts.added > 0);
	template_set(v, "digest", p->digest);
}

void staff_import_preview(struct web_request *r)
{
	const struct web_field *file = web_upload(r, "file");
	bool leave_out = str_eq(web_form(r, "leave_out"), "yes");
	const char *text = str_or(web_form(r, "text"), "");
	struct subscriber_import_preview preview = {0};
	const struct list *list = &staff_of(r)->list;
	struct subscriber_import plan;
	struct template_value *v;
	struct err err = {0};
	size_t len = strlen(text);

	if (file && file->len) {
		text = file->value;
		len = file->len;
	}
	for (int f = 0; f < SUBSCRIBER_IMPORT_FATES; f++)
		preview.shown[f].most = LINES_MOST;
	if (!subscriber_import_open(r->arena, list, text, len, &plan, &err)) {
		page_problem(r, 400,
			     "There is no email address in that. Choose another file.");
		return;
	}
	plan.leave_out_bad = leave_out;
	if (!subscriber_import_preview(r->op, r->arena, list, &plan, &preview, &err)) {
		staff_failed(r, &err);
		return;
	}
	v = staff_values(r, "What the import would do", "subscribers");
	template_set(v, "text",
		     arena_strndup(r->arena, plan.roster.text,
				   (size_t)(plan.roster.end - plan.roster.text)));
	template_set_bool(v, "leave_out", leave_out);
	add_preview(v, &preview);
	staff_page(r, "web/staff/import-preview.html", v);
}

/* Only what was shown: the digest binds it. */
void staff_import_do(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	const char *text = str_or(web_form(r, "text"), "");
	struct subscriber_import_result result;
	struct subscriber_import plan;
	struct err err = {0};

	if (!subscriber_import_open(r->arena, list, text, strlen(text), &plan, &err)) {
		staff_failed(r, &err);
		return;
	}
	plan.leave_out_bad = str_eq(web_form(r, "leave_out"), "yes");
	if (!subscriber_import_bound(r->op, list, &plan,
				     str_or(web_form(r, "digest"), ""), &result, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "Added: %lld. Passed over: %lld. Bad lines left out: %lld.",
		  (long long)result.added, (long long)result.passed_over,
		  (long long)result.bad);
	staff_back(r, "%s/subscribers", staff_list_path(r, list->name));
}

/* A POST, because it leaves a row in the audit. */
void staff_export(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	const char *state = web_form(r, "state");
	AUTO(buf) out = buf_new(EXPORT_MOST);
	struct err err = {0};

	if (!subscriber_export_run(r->op, list, str_empty(state) ? NULL : state, out,
				   &err)) {
		staff_failed(r, &err);
		return;
	}
	web_download(r, "text/csv; charset=utf-8",
		     arena_printf(r->arena, "%s.csv", list->name), buf_text(out),
		     out->len);
}
