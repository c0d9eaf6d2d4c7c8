/* What a scan found in a report: shown, and settled with a reason. */
#include "base/str.h"
#include "domain/reports/report_edition.h"
#include "staff/analysis/leaks_show.h"
#include "staff/coding/code_pages.h"
#include "staff/frame/forms.h"
#include "staff/frame/pages.h"
#include "staff/frame/paths.h"

#include <inttypes.h>

static bool was_told(const struct leak_found *found, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (str_ieq(found->list[i].words, found->list[at].words) &&
		    !found->list[i].reason == !found->list[at].reason)
			return true;
	return false;
}

void staff_leaks_show(struct web_request *r, struct template_value *v,
		      const struct leak_found *found, int64_t edition)
{
	struct template_value *list = template_set_list(v, "leaks");
	const struct staff_visitor *who = staff_of(r);

	template_set_bool(v, "any_leaks", found && found->count > 0);
	template_set_bool(v, "any_open_leaks", found && found->open > 0);
	for (size_t i = 0; found && i < found->count; i++) {
		const struct leak_find *f = &found->list[i];
		struct template_value *one;

		if (was_told(found, i))
			continue;
		one = template_add_map(list);
		template_set(one, "words", f->words);
		template_set(one, "what", leak_kind_words(f->kind));
		template_set(one, "around", f->around);
		template_set(one, "reference", f->reference);
		template_set(one, "url",
			     f->reference ? staff_reference_path(r, f->reference) : NULL);
		template_set(one, "reason", f->reason);
		template_set(one, "settled_by", f->settled_by);
		template_set_int(one, "edition", edition);
		template_set_bool(one, "may_settle",
				  !f->reason && rights_have(&who->rights, RIGHT_PUBLISH,
							    who->scope));
	}
}

/* The report as it stands, or one of its editions. */
static bool find(struct web_request *r, int64_t edition, struct leak_found *out,
		 struct err *err)
{
	const struct consultation *c = &staff_of(r)->consultation;
	const struct report_edition_of which = {c->name, edition};
	struct report_edition e;
	struct report now;

	if (edition)
		return report_edition_get(r->op, r->arena, &which, &e, err) &&
		       report_edition_leaks(r->op, r->arena, &e, out, err);
	return report_get(r->op, r->arena, c->id, &now, err) &&
	       leak_in_text(r->op, r->arena, c->id, now.text, out, err);
}

void staff_report_settle(struct web_request *r)
{
	struct leak_settling what = {.consultation_id = staff_of(r)->consultation.id,
				     .words = str_or(web_form(r, "words"), ""),
				     .reason = str_or(web_form(r, "reason"), "")};
	struct leak_found found;
	struct err err = {0};
	int64_t edition;
	size_t n;

	if (!str_to_int(str_or(web_form(r, "edition"), "0"), 0, INT32_MAX, &edition,
			&err)) {
		page_problem(r, 404, "The report has no such edition.");
		return;
	}
	if (find(r, edition, &found, &err) &&
	    leak_settle(r->op, &found, &what, &n, &err)) {
		staff_say(r, "\"%s\" may stand.", what.words);
	} else if (!staff_refusal(&err)) {
		staff_failed(r, &err);
		return;
	} else {
		staff_say(r, "%s.", page_sentence(r->arena, err.text));
	}
	if (edition)
		staff_back(r, "%s/report/editions/%" PRId64, staff_queue_path(r),
			   edition);
	else
		staff_back(r, "%s/report", staff_queue_path(r));
}
