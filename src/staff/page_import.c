/* Many subscribers at once: what would happen first, then exactly that; and out again. */
#include "domain/subscribers/subscriber_import_preview.h"
#include "base/str.h"
#include "staff/paths.h"
#include "staff/pages.h"

enum { EXPORT_MOST = 1 << 30 };

/* A file that went through a form has its line ends changed: always the same ones. */
static const char *plain_lines(struct web_request *r, const char *bytes, size_t len,
			       size_t *out_len)
{
	char *text = arena_alloc(r->arena, len + 1), *to = text;

	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '\r' && i + 1 < len && bytes[i + 1] == '\n')
			continue;
		*to++ = bytes[i] == '\r' ? '\n' : bytes[i];
	}
	*out_len = (size_t)(to - text);
	return text;
}

void staff_import(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	struct template_value *v = staff_values(r, "Import", "subscribers");

	template_set(v, "topic_example", list->topic_count ? list->topics[0].title : "");
	staff_page(r, "web/staff/import.html", v);
}

static void add_preview(struct template_value *v,
			const struct subscriber_import_preview *p)
{
	static const char *const fates[] = {[SUBSCRIBER_IMPORT_ADDED] = "added",
					    [SUBSCRIBER_IMPORT_PASSED] = "passed over",
					    [SUBSCRIBER_IMPORT_BAD] = "bad"};
	struct template_value *list = template_set_list(v, "reasons");

	for (size_t i = 0; i < p->reason_count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "fate", fates[p->reasons[i].fate]);
		template_set(one, "why", p->reasons[i].why);
		staff_number(one, "lines", p->reasons[i].count);
	}
	list = template_set_list(v, "rows");
	for (size_t i = 0; i < p->line_count; i++) {
		struct template_value *one = template_add_map(list);

		template_set_int(one, "line", p->lines[i].line);
		template_set(one, "fate", fates[p->lines[i].fate]);
		template_set(one, "address", p->lines[i].address);
		template_set(one, "why", p->lines[i].why);
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
	const char *text = web_form(r, "text");
	struct subscriber_import_preview preview;
	struct template_value *v;
	struct err err = {0};
	size_t len;

	if (file && file->len)
		text = plain_lines(r, file->value, file->len, &len);
	else if (!str_empty(text))
		text = plain_lines(r, text, strlen(text), &len);
	if (str_empty(text)) {
		page_problem(r, 400, "Choose a CSV file first.");
		return;
	}
	if (strlen(text) != len || !str_utf8_valid(text, len)) {
		page_problem(r, 400,
			     "That is no CSV text in UTF-8. Save it from your "
			     "spreadsheet as \"CSV UTF-8\" and choose it again.");
		return;
	}
	if (!subscriber_import_preview(r->op, r->arena, &staff_of(r)->list, text, len,
				       leave_out, &preview, &err)) {
		staff_failed(r, &err);
		return;
	}
	v = staff_values(r, "What the import would do", "subscribers");
	template_set(v, "text", text);
	template_set_bool(v, "leave_out", leave_out);
	add_preview(v, &preview);
	staff_page(r, "web/staff/import-preview.html", v);
}

/* Only what was shown: the digest binds it. */
void staff_import_do(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	bool leave_out = str_eq(web_form(r, "leave_out"), "yes");
	struct subscriber_import_result result;
	const char *text;
	struct err err = {0};
	size_t len;

	text = str_or(web_form(r, "text"), "");
	text = plain_lines(r, text, strlen(text), &len);
	if (!subscriber_import_bound(r->op, list, text, len, leave_out,
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
