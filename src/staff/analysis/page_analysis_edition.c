/* One edition of a report: what has moved since, approval, its files. */
#include "base/str.h"
#include "domain/exports/report_kept.h"
#include "domain/reports/report_edition.h"
#include "domain/reports/report_write.h"
#include "staff/analysis/leaks_show.h"
#include "staff/coding/code_pages.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/forms.h"
#include "staff/frame/pages.h"
#include "staff/frame/paths.h"

#include <inttypes.h>

static const struct consultation *of(const struct web_request *r)
{
	return &staff_of(r)->consultation;
}

/* The edition in the path; false when it has answered. */
static bool find(struct web_request *r, struct report_edition *out)
{
	struct report_edition_of which = {.consultation = of(r)->name};
	struct err err = {0};

	if (str_to_int(web_arg(r, 1), 1, INT32_MAX, &which.number, &err) &&
	    report_edition_get(r->op, r->arena, &which, out, &err))
		return true;
	if (err.kind == ERR_INPUT || err.kind == ERR_ABSENT)
		page_problem(r, 404, "The report has no such edition.");
	else
		staff_failed(r, &err);
	return false;
}

static const char *path_of(struct web_request *r, const struct report_edition *e)
{
	return arena_printf(r->arena, "%s/report/editions/%" PRId64, staff_queue_path(r),
			    e->number);
}

/* A page has one heading of the first level: that of the report is of the second here. */
static const char *headings_below(struct arena *arena, const char *html)
{
	AUTO(buf) out = buf_new((size_t)REPORT_HTML_BYTES);

	for (const char *at = html; *at;) {
		if (str_starts(at, "<h1>")) {
			buf_str(out, "<h2>");
			at += 4;
		} else if (str_starts(at, "</h1>")) {
			buf_str(out, "</h2>");
			at += 5;
		} else {
			buf_char(out, *at++);
		}
	}
	return arena_strdup(arena, buf_text(out));
}

static void show_moved(struct web_request *r, struct template_value *v,
		       const struct report_edition *e, const struct report_changes *moved)
{
	struct template_value *list = template_set_list(v, "references");
	AUTO(buf) lines = buf_new(1 << 12);

	template_set(v, "moved", report_changes_words(r->arena, e, moved));
	template_set_bool(v, "any_references", moved->reference_count > 0);
	if (moved->responses > (int64_t)moved->reference_count)
		template_set_int(v, "some_more", (int64_t)moved->reference_count);
	for (size_t i = 0; i < moved->reference_count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "reference", moved->references[i]);
		template_set(one, "url",
			     str_or(staff_reference_path(r, moved->references[i]),
				    staff_queue_path(r)));
	}
	for (size_t i = 0; i < moved->quote_count; i++)
		buf_printf(lines, "%s%d", i ? ", " : "", moved->quote_lines[i]);
	template_set_bool(v, "any_quotes", moved->quote_count > 0);
	template_set(v, "quote_lines", buf_text(lines));
}

/* Who may approve it; whether who asks is one of them. */
static bool show_colleagues(struct web_request *r, struct template_value *v,
			    const struct report_edition *e, struct err *err)
{
	struct template_value *list = template_set_list(v, "colleagues");
	const struct staff_visitor *who = staff_of(r);
	struct store_table may;
	bool mine = false;
	size_t others = 0;

	if (!report_edition_colleagues(r->op, r->arena, e, &may, err))
		return false;
	for (size_t i = 0; i < may.count; i++) {
		struct store_row row = table_row(&may, i);
		struct template_value *one;

		if (row_int(&row, "id") == r->op->staff_id) {
			mine = true;
			continue;
		}
		others++;
		one = template_add_map(list);
		template_set(one, "colleague", row_text(&row, "name"));
		template_set_bool(one, "is_chosen", row_int(&row, "id") == e->asked_of);
	}
	template_set_bool(v, "any_colleagues", others > 0);
	template_set_bool(v, "may_approve", !e->approved_at && mine);
	template_set_bool(v, "wrote_it",
			  !e->approved_at && !mine &&
				  rights_have(&who->rights, RIGHT_PUBLISH, who->scope));
	template_set_bool(v, "may_ask",
			  !e->approved_at &&
				  rights_have(&who->rights, RIGHT_CONSULT, who->scope));
	return true;
}

static struct template_value *values(struct web_request *r,
				     const struct report_edition *e)
{
	return staff_values(r,
			    arena_printf(r->arena,
					 "Edition %" PRId64 " of the report: %s",
					 e->number, of(r)->title),
			    "analysis");
}

/* Those that another program makes. */
static bool show_files(struct web_request *r, struct template_value *v,
		       const struct report_edition *e, struct err *err)
{
	struct template_value *list = template_set_list(v, "files");
	struct report_kept *files;
	size_t count;

	if (!report_kept_list(r->op, r->arena, e, &files, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(list);
		const char *form = files[i].form->name;

		template_set(one, "form", form);
		template_set_bool(one, "is_pdf", str_eq(form, "pdf"));
		template_set_bool(one, "is_word", str_eq(form, "docx"));
		template_set_bool(one, "is_workbook", str_eq(form, "xlsx"));
		template_set_bool(one, "is_made", files[i].state == REPORT_FILE_MADE);
		template_set_bool(one, "is_waiting",
				  files[i].state == REPORT_FILE_WAITING);
		template_set_bool(one, "is_failed", files[i].state == REPORT_FILE_FAILED);
		template_set_bool(one, "may_make",
				  files[i].state == REPORT_FILE_NONE ||
					  files[i].state == REPORT_FILE_FAILED);
		template_set(one, "reason", files[i].reason);
		staff_number(one, "kilobytes", (files[i].size + 1023) / 1024);
	}
	return true;
}

static void show(struct web_request *r, struct template_value *v,
		 const struct report_edition *e, unsigned status)
{
	struct report_changes moved;
	struct report_frozen frozen;
	struct leak_found leaks;
	struct err err = {0};

	if (!report_edition_leaks(r->op, r->arena, e, &leaks, &err) ||
	    !report_edition_read(r->op, r->arena, e, &frozen, &err) ||
	    !report_edition_changes(r->op, r->arena, e, &moved, &err) ||
	    !show_colleagues(r, v, e, &err) || !show_files(r, v, e, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_coding_values(r, v);
	show_moved(r, v, e, &moved);
	staff_leaks_show(r, v, &leaks, e->number);
	template_set(v, "here", path_of(r, e));
	template_set_int(v, "number", e->number);
	template_set(v, "made_by", e->made_by_name);
	template_set(v, "made_at", staff_time(r, e->made_at));
	template_set(v, "asked_of", e->asked_of_name);
	template_set(v, "asked_at", staff_time(r, e->asked_at));
	template_set(v, "approved_by", e->approved_by_name);
	template_set(v, "approved_at", staff_time(r, e->approved_at));
	template_set_vouched(v, "html", headings_below(r->arena, frozen.html));
	page_show(r, status, "web/staff/analysis-edition.html", v);
}

void staff_report_edition(struct web_request *r)
{
	struct report_edition e;

	if (find(r, &e))
		show(r, values(r, &e), &e, 200);
}

static void answer(struct web_request *r, const struct report_edition *e, bool done,
		   const char *says, const struct err *err)
{
	struct template_value *v = values(r, e);

	if (done) {
		staff_say(r, "%s", says);
		staff_back(r, "%s", path_of(r, e));
	} else if (!staff_refusal(err)) {
		staff_failed(r, err);
	} else {
		staff_refused(r, v, err);
		show(r, v, e, staff_refusal(err));
	}
}

void staff_report_ask(struct web_request *r)
{
	const char *whom = staff_form_text(r, "of");
	struct report_edition_of which = {.consultation = of(r)->name};
	struct report_edition e;
	struct err err = {0};
	bool done;

	if (!find(r, &e))
		return;
	which.number = e.number;
	done = report_edition_ask(r->op, &which, whom, &err);
	answer(r, &e, done,
	       arena_printf(r->arena, "%s is asked to approve edition %" PRId64 ".", whom,
			    e.number),
	       &err);
}

void staff_report_approve(struct web_request *r)
{
	struct report_edition_of which = {.consultation = of(r)->name};
	struct report_edition e;
	struct err err = {0};
	bool done;

	if (!find(r, &e))
		return;
	which.number = e.number;
	done = report_edition_approve(r->op, &which, &err);
	answer(r, &e, done,
	       arena_printf(r->arena, "Edition %" PRId64 " is approved.", e.number),
	       &err);
}

/* ---- its files ---- */

static void no_such_file(struct web_request *r)
{
	page_problem(r, 404, "The report has no such file.");
}

static void send_file(struct web_request *r, const struct report_edition *e,
		      const struct report_form *form, const void *bytes, size_t len)
{
	web_download(r, form->type,
		     arena_printf(r->arena, "%s-report-%" PRId64 ".%s", of(r)->name,
				  e->number, form->name),
		     bytes, len);
}

void staff_report_file(struct web_request *r)
{
	const struct report_form *form = report_form_named(web_arg(r, 2));
	AUTO(buf) out = buf_new(REPORT_FILE_BYTES);
	struct report_bytes kept;
	struct report_edition e;
	struct err err = {0};

	if (!find(r, &e))
		return;
	if (!form)
		no_such_file(r);
	else if (!form->render && report_file(r->op, r->arena, &e, form, out, &err))
		send_file(r, &e, form, buf_text(out), out->len);
	else if (form->render && report_kept_read(r->op, r->arena, &e, form, &kept, &err))
		send_file(r, &e, form, kept.bytes, kept.len);
	else if (err.kind == ERR_ABSENT)
		no_such_file(r);
	else
		staff_failed(r, &err);
}

void staff_report_file_ask(struct web_request *r)
{
	const struct report_form *form = report_form_named(staff_form_text(r, "form"));
	struct report_edition e;
	struct err err = {0};

	if (!find(r, &e))
		return;
	if (!form || !form->render) {
		no_such_file(r);
		return;
	}
	answer(r, &e, report_kept_ask(r->op, r->arena, &e, form, &err),
	       "The file is being made. It stands here as soon as it is.", &err);
}
