/* Many at once: a file or what was pasted, its columns as they were understood; and out again. */
#include "domain/imports/subscriber_import_undo.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/forms.h"
#include "staff/subscribers/import_form.h"
#include "staff/frame/paths.h"
#include "staff/frame/pages.h"

enum { EXPORT_MOST = 1 << 30, SAMPLE = 5, SAMPLE_LETTERS = 60 };

static bool add_recent(struct web_request *r, struct template_value *v, struct err *err)
{
	const struct list *list = &staff_of(r)->list;
	struct template_value *rows = template_set_list(v, "recent");
	struct store_table t;

	if (!subscriber_imports_recent(r->op, r->arena, list, &t, err))
		return false;
	template_set_bool(v, "any_recent", t.count > 0);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct template_value *one = template_add_map(rows);
		int64_t added = row_int(&row, "added");

		template_set_int(one, "import", row_int(&row, "id"));
		staff_number(one, "added", added);
		template_set_bool(one, "one", added == 1);
		template_set_bool(one, "not_ended", row_null(&row, "done_at"));
		staff_number(one, "done", added + row_int(&row, "kept_off"));
		staff_number(one, "wanted", row_int(&row, "wanted"));
		template_set(one, "file", row_text(&row, "file"));
		template_set(one, "staff_name", row_text(&row, "staff"));
		template_set(one, "when", staff_time(r, row_int(&row, "at")));
	}
	return true;
}

static bool pasted_only(const struct web_request *r)
{
	const struct web_field *file = web_upload(r, "file");

	return (!file || !file->len) && !str_blank(web_form(r, "pasted"));
}

static void show_first(struct web_request *r, const char *wrong, int status)
{
	struct template_value *v = staff_values(r, "Import subscribers", "subscribers");
	struct staff_form form = staff_form_of(
		r, v,
		status == WEB_TOO_LARGE ? "That is too large to import"
					: "There is nothing to import in that");
	struct err err = {0};

	if (!add_recent(r, v, &err)) {
		staff_failed(r, &err);
		return;
	}
	import_form_steps(v, 1);
	/* What is too large for the next page is so for this one. */
	template_set(v, "pasted",
		     status == WEB_TOO_LARGE && pasted_only(r)
			     ? ""
			     : str_or(web_form(r, "pasted"), ""));
	if (wrong)
		staff_form_wrong(&form, pasted_only(r) ? "pasted" : "file", wrong);
	page_show(r, status, "web/staff/import.html", v);
}

void staff_import(struct web_request *r)
{
	show_first(r, NULL, 200);
}

/* As much of a cell as shows what it holds. */
static const char *short_cell(struct web_request *r, const char *text)
{
	size_t len = str_utf8_bytes(text, SAMPLE_LETTERS);

	return text[len] ? arena_printf(r->arena, "%.*s\xE2\x80\xA6", (int)len, text)
			 : text;
}

/* To leave a column out has other words where it says who may be written to. */
static void add_choices(struct template_value *to, const struct roster_column *column)
{
	struct template_value *list = template_set_list(to, "choices");

	for (int f = 0; f < ROSTER_FIELDS; f++) {
		enum roster_field other = column->speaks ? ROSTER_NOTHING : ROSTER_WAIVED;
		struct template_value *one;

		if ((enum roster_field)f == other && column->field != other)
			continue;
		one = template_add_map(list);
		template_set(one, "field", roster_field_name((enum roster_field)f));
		template_set(one, "words", roster_field_title((enum roster_field)f));
		template_set_bool(one, "chosen", (enum roster_field)f == column->field);
	}
}

/* Each column with what it is taken for, and what stands in its first rows. */
static void add_columns(struct web_request *r, struct template_value *v,
			const struct roster *roster)
{
	struct template_value *used = template_set_list(v, "columns"),
			      *others = template_set_list(v, "others");
	struct roster_row *rows = arena_make(r->arena, struct roster_row, SAMPLE);
	struct roster_reader reader;
	size_t count = 0, left_out = 0;

	roster_begin(roster, &reader);
	while (count < SAMPLE && roster_next(&reader, r->arena, &rows[count]))
		count++;
	for (size_t i = 0; i < roster->column_count; i++) {
		bool out = roster->columns[i].field == ROSTER_NOTHING;
		struct template_value *one = template_add_map(out ? others : used),
				      *cells;

		left_out += out;
		template_set_int(one, "number", (int64_t)i + 1);
		template_set(one, "head", roster->columns[i].head);
		add_choices(one, &roster->columns[i]);
		cells = template_set_list(one, "cells");
		for (size_t k = 0; k < count; k++)
			template_set(template_add_map(cells), "cell",
				     i < rows[k].count ? short_cell(r, rows[k].cells[i])
						       : "");
	}
	template_set_int(v, "samples", (int64_t)count);
	template_set_bool(v, "one_row", count == 1);
	staff_number(v, "left_out", (int64_t)left_out);
	template_set_bool(v, "one_left_out", left_out == 1);
	template_set_bool(v, "any_left_out", left_out > 0);
}

void import_show_columns(struct web_request *r, const struct import_form *form,
			 const char *wrong)
{
	const struct roster *roster = &form->plan.roster;
	struct template_value *v =
		staff_values(r, "Columns of the import", "subscribers");
	struct staff_form errors = staff_form_of(r, v, "Please look at the columns");

	import_form_steps(v, 2);
	import_form_show(r, v, form);
	add_columns(r, v, roster);
	template_set(v, "understood", roster_words(roster, r->arena));
	template_set(v, "twice", roster->twice);
	template_set_bool(v, "tags_unknown", form->plan.tags_unknown);
	template_set_bool(v, "has_basis", roster_has(roster, ROSTER_BASIS));
	if (wrong)
		staff_form_wrong(&errors, "columns", wrong);
	page_show(r, wrong ? 400 : 200, "web/staff/import-columns.html", v);
}

void staff_import_columns(struct web_request *r)
{
	struct import_form form;
	struct err err = {0};
	bool large;

	if (import_form_upload(r, &form, &large, &err))
		import_show_columns(r, &form, NULL);
	else if (staff_refusal(&err))
		show_first(r, err.text, large ? WEB_TOO_LARGE : WEB_BAD_REQUEST);
	else
		staff_failed(r, &err);
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
