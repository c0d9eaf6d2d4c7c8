/* The report of a consultation: written, checked, previewed; its editions. */
#include "base/str.h"
#include "domain/reports/report_edition.h"
#include "domain/reports/report_write.h"
#include "staff/analysis/leaks_show.h"
#include "staff/coding/code_pages.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/forms.h"
#include "staff/frame/pages.h"
#include "staff/frame/paths.h"

#include <inttypes.h>

enum { HEADINGS = 3, PREVIEW_BYTES = 4 << 20 };

static const struct consultation *of(const struct web_request *r)
{
	return &staff_of(r)->consultation;
}

static const char *report_path(struct web_request *r)
{
	return arena_printf(r->arena, "%s/report", staff_queue_path(r));
}

/* The report as it stands; no id: there is none yet. */
static bool now_of(struct web_request *r, struct report *out, struct err *err)
{
	*out = (struct report){0};
	return report_get(r->op, r->arena, of(r)->id, out, err) ||
	       err_forgive(err, ERR_ABSENT);
}

bool staff_seen_report(struct web_request *r, struct seen *out, struct err *err)
{
	struct report now;

	if (!now_of(r, &now, err))
		return false;
	out->acts = (struct audit_acts){"consultation", of(r)->id, "report *"};
	seen_add(out, "text", now.text);
	return true;
}

static void show_editions(struct web_request *r, struct template_value *v,
			  const struct report_edition *list, size_t count)
{
	struct template_value *rows = template_set_list(v, "editions");

	template_set_bool(v, "any_editions", count > 0);
	template_set_int(v, "next_number", count ? list[0].number + 1 : 1);
	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(rows);
		struct report_changes moved;
		struct err err = {0};

		template_set_int(one, "number", list[i].number);
		template_set(one, "url",
			     arena_printf(r->arena, "%s/editions/%" PRId64,
					  report_path(r), list[i].number));
		template_set(one, "made_at", staff_time(r, list[i].made_at));
		template_set(one, "made_by", list[i].made_by_name);
		template_set(one, "asked_of", list[i].asked_of_name);
		template_set(one, "approved_by", list[i].approved_by_name);
		template_set(one, "approved_at", staff_time(r, list[i].approved_at));
		template_set(
			one, "moved",
			report_edition_changes(r->op, r->arena, &list[i], &moved, &err)
				? report_changes_words(r->arena, &list[i], &moved)
				: err.text);
	}
}

static void show_findings(struct web_request *r, struct template_value *v,
			  const struct report_findings *found)
{
	static const char *const names[REPORT_LEVELS] = {"stops", "look", "fine"};
	struct template_value *list = template_set_list(v, "findings");

	staff_number(v, "wrong", (int64_t)found->counts[REPORT_WRONG]);
	staff_number(v, "look", (int64_t)found->counts[REPORT_LOOK]);
	staff_number(v, "right", (int64_t)found->counts[REPORT_RIGHT]);
	template_set_bool(v, "any_wrong", found->counts[REPORT_WRONG] > 0);
	template_set_bool(v, "any_look", found->counts[REPORT_LOOK] > 0);
	template_set_bool(v, "any_right", found->counts[REPORT_RIGHT] > 0);
	for (size_t i = 0; i < found->count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "level", names[found->list[i].level]);
		template_set_bool(one, "is_wrong", found->list[i].level == REPORT_WRONG);
		template_set_bool(one, "is_right", found->list[i].level == REPORT_RIGHT);
		template_set_int(one, "line", found->list[i].line);
		template_set(one, "text", page_sentence(r->arena, found->list[i].text));
	}
}

static void show_words(struct template_value *v)
{
	static const struct {
		const char *head;
		const struct report_word *words;
	} groups[] = {{"Each in double braces", report_verbs},
		      {"FIGURE is one of", report_figure_words},
		      {"TABLE is one of", report_table_words}};
	struct template_value *list = template_set_list(v, "word_groups");

	for (size_t g = 0; g < ARRAY_LEN(groups); g++) {
		struct template_value *group = template_add_map(list), *words;

		template_set(group, "head", groups[g].head);
		words = template_set_list(group, "words");
		for (size_t i = 0; groups[g].words[i].form; i++) {
			struct template_value *one = template_add_map(words);

			template_set(one, "form", groups[g].words[i].form);
			template_set(one, "means", groups[g].words[i].means);
		}
	}
}

/* Of the text that is shown, saved or not. */
static bool show_looks(struct web_request *r, struct template_value *v, const char *text,
		       size_t *out_wrong, struct err *err)
{
	const struct report_text what = {.consultation = of(r)->name, .text = text};
	AUTO(buf) html = buf_new(PREVIEW_BYTES);
	struct report_findings found;
	struct report_made made;

	if (!report_look(r->op, r->arena, &what, &made, &found, err))
		return false;
	if (!report_html(r->arena, &made, HEADINGS, html, err)) {
		if (err->kind != ERR_INPUT)
			return false;
		report_find(r->arena, &found, 1, REPORT_WRONG,
			    arena_strdup(r->arena, err->text));
		*err = (struct err){0};
	}
	show_findings(r, v, &found);
	staff_leaks_show(r, v, found.leaks, 0);
	*out_wrong = found.counts[REPORT_WRONG];
	template_set(v, "no_preview",
		     html->cut ? "The preview is too long for a page; what is beyond is "
				 "left out."
			       : NULL);
	template_set_vouched(v, "html", html->cut ? "" : buf_text(html));
	return true;
}

/* typed: what was typed and not saved, or NULL. */
static void show(struct web_request *r, struct template_value *v, unsigned status,
		 const char *typed)
{
	struct err err = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &err);
	struct report_edition *editions;
	struct report now;
	size_t count, wrong = 0;
	bool same;

	if (!moment || !now_of(r, &now, &err) ||
	    !staff_seen_put(r, v, staff_seen_report, &err) ||
	    !report_editions(r->op, r->arena, of(r)->id, &editions, &count, &err) ||
	    (now.id && !show_looks(r, v, typed ? typed : now.text, &wrong, &err))) {
		staff_failed(r, &err);
		return;
	}
	same = !typed || str_eq(typed, now.text);
	staff_coding_values(r, v);
	template_set_bool(v, "has_report", now.id > 0);
	template_set(v, "form_text", typed ? typed : now.text);
	template_set_bool(v, "is_preview", !same);
	template_set(v, "changed_by", now.changed_by_name);
	template_set(v, "changed_at", staff_time(r, now.changed_at));
	template_set_bool(v, "may_make",
			  same &&
				  rights_have(&staff_of(r)->rights, RIGHT_CONSULT,
					      staff_of(r)->scope) &&
				  !wrong);
	show_editions(r, v, editions, count);
	show_words(v);
	page_show(r, status, "web/staff/analysis-report.html", v);
}

static struct template_value *values(struct web_request *r)
{
	return staff_values(r, arena_printf(r->arena, "Report of %s", of(r)->title),
			    "analysis");
}

void staff_report(struct web_request *r)
{
	show(r, values(r), 200, NULL);
}

static bool save(struct web_request *r, const char *text, struct err *err)
{
	const struct report_text what = {.consultation = of(r)->name, .text = text};

	return report_save(r->op, &what, err);
}

void staff_report_save(struct web_request *r)
{
	const char *what = web_form(r, "do"), *text = staff_form_lines(r, "text");
	struct template_value *v = values(r);
	struct staff_form form = staff_form_of(r, v, "The report was not saved");
	bool drafts = str_eq(what, "draft");
	struct err err = {0};

	if (str_eq(what, "preview")) {
		show(r, v, 200, text);
		return;
	}
	if (drafts ? report_draft(r->op, of(r)->name, "", &err) : save(r, text, &err)) {
		staff_say(r, drafts ? "The report has a draft." : "The report is saved.");
		staff_back(r, "%s", report_path(r));
	} else if (!staff_refusal(&err)) {
		staff_failed(r, &err);
	} else if (staff_seen_refused(r)) {
		form = staff_form_of(r, v, page_sentence(r->arena, err.text));
		staff_seen_tell(&form);
		show(r, v, WEB_CONFLICT, text);
	} else {
		staff_form_wrong(&form, "text", err.text);
		show(r, v, staff_refusal(&err), drafts ? NULL : text);
	}
}

void staff_report_make(struct web_request *r)
{
	struct template_value *v = values(r);
	struct err err = {0};
	int64_t number;

	if (report_edition_make(r->op, of(r)->name, NULL, &number, &err)) {
		staff_say(r,
			  "Edition %" PRId64 " is made. Ask a colleague to approve it.",
			  number);
		staff_back(r, "%s/editions/%" PRId64, report_path(r), number);
		return;
	}
	if (!staff_refusal(&err)) {
		staff_failed(r, &err);
		return;
	}
	staff_refused(r, v, &err);
	show(r, v, staff_refusal(&err), NULL);
}
