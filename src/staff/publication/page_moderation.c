/* One response on its way to being published: redacted, decided, released, withdrawn. */
#include "domain/publication/publication.h"
#include "domain/reports/report_edition.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/forms.h"
#include "staff/frame/pages.h"
#include "staff/frame/paths.h"
#include "staff/frame/words.h"
#include "staff/publication/moderation_show.h"
#include "staff/triage/response_values.h"
#include "staff/triage/triage.h"

#include <inttypes.h>

enum { OK_STATUS = 200 };

static const char *path_of(struct web_request *r)
{
	return arena_printf(r->arena, "%s/publication/%s", staff_queue_path(r),
			    web_arg(r, 1));
}

/* What it was come from: the list of one state, which acts lead on in. */
static const char *state_of(const struct web_request *r)
{
	const char *state = web_query(r, "state");

	if (!state)
		state = web_form(r, "state");
	return state && str_in(state, publication_states) ? state : NULL;
}

static const char *behind(struct web_request *r)
{
	const char *state = state_of(r);

	return state ? arena_printf(r->arena, "?state=%s",
				    web_escape_url(r->arena, state))
		     : "";
}

/* Of the path; false when it has answered. */
static bool find(struct web_request *r, struct publication *out)
{
	const char *reference;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return false;
	if (publication_find(r->op, r->arena, reference, out, &err))
		return true;
	staff_failed(r, &err);
	return false;
}

static const char *decision_shown(const struct publication *p)
{
	if (p->decision && !str_eq(p->decision, "withhold"))
		return p->decision;
	return str_eq(p->permission, "name") ? "publish" : "without name";
}

/* What who decides or releases has before them: the very words. */
bool staff_seen_publication(struct web_request *r, struct seen *out, struct err *err)
{
	struct publication_preview shown;
	struct publication p;
	const char *reference;
	int64_t number;

	if (!str_to_int(web_arg(r, 1), 1, INT32_MAX, &number, err))
		return false;
	reference = response_reference(r->arena, staff_of(r)->consultation.name, number);
	if (!publication_find(r->op, r->arena, reference, &p, err) ||
	    !publication_preview(r->op, r->arena, &p, decision_shown(&p), &shown, err))
		return false;
	out->acts = (struct audit_acts){"response", p.response_id, "publication *"};
	seen_add(out, NULL, shown.hash);
	seen_add(out, NULL, p.state);
	seen_add(out, NULL, p.permission);
	seen_add(out, NULL, arena_printf(r->arena, "%zu", shown.open));
	return true;
}

static void show_reasons(struct template_value *v, const char *name,
			 const char *const *reasons, const char *field)
{
	struct template_value *list = template_set_list(v, name);

	for (; *reasons; reasons++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "value", *reasons);
		template_set(one, "word", staff_word(field, *reasons));
	}
}

static bool show_preview(struct web_request *r, struct template_value *v,
			 const struct publication *p, struct err *err)
{
	struct template_value *list = template_set_list(v, "answers");
	struct publication_preview shown;

	if (!publication_preview(r->op, r->arena, p, decision_shown(p), &shown, err))
		return false;
	template_set(v, "label", shown.label);
	for (size_t i = 0; i < shown.count; i++) {
		struct template_value *one = template_add_map(list);
		bool is_cut;

		if (shown.answers[i].question)
			template_set_int(one, "position", shown.answers[i].question);
		template_set(
			one, "answer",
			staff_text(r, shown.answers[i].text, STAFF_TEXT_MOST, &is_cut));
		template_set_bool(one, "cut", is_cut);
	}
	template_set_bool(v, "any_answers", shown.count > 0);
	return true;
}

/* Where it is quoted, and what of that is to be mended. */
static bool show_quoted(struct web_request *r, struct template_value *v,
			const struct publication *p, struct err *err)
{
	struct template_value *list = template_set_list(v, "quoted");
	struct report_quoted_at *at;
	size_t count;

	if (!report_quoted(r->op, r->arena, p->response_id, &at, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(list);

		template_set_int(one, "edition", at[i].edition);
		template_set_int(one, "line", at[i].line);
		template_set_bool(one, "to_mend", !at[i].stands);
		template_set_bool(one, "approved", at[i].approved_at != 0);
		template_set(one, "url",
			     arena_printf(r->arena, "%s/report/editions/%" PRId64,
					  staff_queue_path(r), at[i].edition));
	}
	template_set_bool(v, "any_quoted", count > 0);
	return true;
}

static void show_state(struct web_request *r, struct template_value *v,
		       const struct publication *p)
{
	struct err no = {0}, nameless = {0};
	bool may_name = publication_allows(p, "publish", &no);
	bool may = publication_allows(p, "without name", &nameless);

	template_set(v, "reference", p->reference);
	template_set(v, "state_word", staff_word("publication", p->state));
	template_set(v, "permission_word", staff_word("permission", p->permission));
	template_set(v, "type_word", staff_word("type", p->type));
	template_set(v, "who", staff_who(r) ? p->name : NULL);
	template_set(v, "organisation", staff_who(r) ? p->organisation : NULL);
	template_set_bool(v, "may_name", may_name);
	template_set_bool(v, "may_nameless", may);
	template_set(v, "why_not", may ? NULL : page_sentence(r->arena, nameless.text));
	template_set(v, "decided_by", p->decided_by_name);
	template_set(v, "decided", staff_time(r, p->decided_at));
	template_set(v, "decision_word",
		     p->decision ? staff_word("decision", p->decision) : NULL);
	template_set(v, "withheld_reason",
		     p->reason ? staff_word("withholding", p->reason) : NULL);
	template_set(v, "released_by", p->released_by_name);
	template_set(v, "released", staff_time(r, p->released_at));
	template_set(v, "withdrawn_by", p->withdrawn_by_name);
	template_set(v, "withdrawn", staff_time(r, p->withdrawn_at));
	template_set(v, "fell", p->fell ? staff_word("fell", p->fell) : NULL);
	template_set_bool(v, "waits_for_release",
			  p->decision && !str_eq(p->decision, "withhold") &&
				  !p->released_at && may);
	template_set_bool(v, "mine", p->decided_by == r->op->staff_id);
	template_set_bool(v, "is_released", p->released_at != 0);
	template_set_bool(v, "may_decide", !p->released_at);
}

/* Those before and after it in the list that it was come from. */
static bool show_neighbours(struct web_request *r, struct template_value *v,
			    const struct publication *p, struct err *err)
{
	struct publication_look look = {.consultation = p->consultation,
					.state = state_of(r),
					.after = p->number,
					.most = 1};
	struct publication *list;
	size_t count;

	if (!publication_list(r->op, r->arena, &look, &list, &count, err))
		return false;
	if (count)
		template_set(v, "next",
			     arena_printf(r->arena, "%s/publication/%" PRId64 "%s",
					  staff_queue_path(r), list[0].number,
					  behind(r)));
	template_set(v, "list",
		     arena_printf(r->arena, "%s/publication%s", staff_queue_path(r),
				  behind(r)));
	template_set(v, "state", state_of(r));
	return true;
}

static void show(struct web_request *r, struct template_value *v,
		 const struct publication *p, unsigned status)
{
	struct redactions all;
	struct err err = {0};

	if (!redactions_load(r->op, r->arena, p->response_id, &all, &err) ||
	    !show_preview(r, v, p, &err) || !show_quoted(r, v, p, &err) ||
	    !show_neighbours(r, v, p, &err) ||
	    !staff_seen_put(r, v, staff_seen_publication, &err)) {
		staff_failed(r, &err);
		return;
	}
	show_state(r, v, p);
	staff_moderation_text(r, v, &all);
	staff_moderation_items(r, v, &all);
	show_reasons(v, "redaction_reasons", redaction_reasons, "redaction");
	show_reasons(v, "withhold_reasons", publication_reasons, "withholding");
	template_set(v, "here", path_of(r));
	template_set(v, "response",
		     arena_printf(r->arena, "%s/responses/%" PRId64, staff_queue_path(r),
				  p->number));
	template_set(v, "redact_script", web_asset(r, "staff-redact.js"));
	page_show(r, status, "web/staff/moderation.html", v);
}

static struct template_value *values(struct web_request *r, const struct publication *p)
{
	return staff_values(r, arena_printf(r->arena, "Publication of %s", p->reference),
			    "responses");
}

void staff_moderation(struct web_request *r)
{
	struct publication p;

	if (find(r, &p))
		show(r, values(r, &p), &p, OK_STATUS);
}

/* ---- acts ---- */

/* Back to the page of it, or on to the next of the list: says is shown there. */
static void done(struct web_request *r, const struct publication *p, const char *says,
		 bool onward)
{
	struct publication_look look = {.consultation = p->consultation,
					.state = state_of(r),
					.after = p->number,
					.most = 1};
	struct publication *list;
	struct err err = {0};
	size_t count;

	staff_say(r, "%s", says);
	if (!onward || !look.state) {
		staff_back(r, "%s%s", path_of(r), behind(r));
		return;
	}
	if (!publication_list(r->op, r->arena, &look, &list, &count, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (count)
		staff_back(r, "%s/publication/%" PRId64 "%s", staff_queue_path(r),
			   list[0].number, behind(r));
	else
		staff_back(r, "%s/publication%s", staff_queue_path(r), behind(r));
}

static void refused(struct web_request *r, const struct err *err)
{
	struct template_value *v;
	struct publication p;

	if (!staff_refusal(err)) {
		staff_failed(r, err);
		return;
	}
	if (!find(r, &p))
		return;
	v = values(r, &p);
	staff_refused(r, v, err);
	show(r, v, &p, staff_refusal(err));
}

/* "-1:20~34" */
static bool place_of(struct web_request *r, const char *text, struct redaction_place *out)
{
	const char *colon = text ? strchr(text, ':') : NULL;
	const char *wave = colon ? strchr(colon, '~') : NULL;
	struct err no = {0};

	return wave &&
	       str_to_int(arena_strndup(r->arena, text, (size_t)(colon - text)),
			  TEXT_PART_MAIL, INT32_MAX, &out->part, &no) &&
	       str_to_int(arena_strndup(r->arena, colon + 1, (size_t)(wave - colon - 1)),
			  0, INT32_MAX, &out->from, &no) &&
	       str_to_int(wave + 1, 0, INT32_MAX, &out->to, &no);
}

/* place=part:from~to or words=..., reason=... */
void staff_moderation_redact(struct web_request *r)
{
	const char *place = web_form(r, "place"), *words = staff_form_text(r, "words");
	struct redaction_place at;
	struct publication p;
	struct err err = {0};
	int64_t count = 1;
	bool ok;

	if (!find(r, &p))
		return;
	ok = place_of(r, place, &at)
		     ? redaction_add(r->op, p.reference, &at, web_form(r, "reason"), &err)
		     : redaction_add_words(r->op, p.reference, words,
					   web_form(r, "reason"), &count, &err);
	if (ok)
		done(r, &p, "Redacted, here and wherever the same words stand.", false);
	else
		refused(r, &err);
}

/* place=part:from~to, or all=yes; accept=yes or no */
void staff_moderation_settle(struct web_request *r)
{
	bool all = str_eq(web_form(r, "all"), "yes");
	bool accept = str_eq(web_form(r, "accept"), "yes");
	struct redaction_place at = {0};
	struct publication p;
	struct err err = {0};
	int64_t count;

	if (!find(r, &p))
		return;
	if (!all && !place_of(r, web_form(r, "place"), &at)) {
		(void)err_set(&err, ERR_INPUT, "Choose a proposal");
		refused(r, &err);
		return;
	}
	if (redaction_settle(r->op, p.reference, all ? NULL : &at,
			     accept ? REDACTION_ACCEPT : REDACTION_DISMISS, &count, &err))
		done(r, &p,
		     arena_printf(r->arena, "%s %s.", staff_number_text(r, count),
				  accept ? plural(count, "proposal is redacted",
						  "proposals are redacted")
					 : plural(count, "proposal is dismissed",
						  "proposals are dismissed")),
		     false);
	else
		refused(r, &err);
}

void staff_moderation_unredact(struct web_request *r)
{
	struct publication p;
	struct err err = {0};

	if (!find(r, &p))
		return;
	if (redaction_end(r->op, p.reference, web_form_int(r, "id", 0), &err))
		done(r, &p, "It stands as it did before.", false);
	else
		refused(r, &err);
}

void staff_moderation_decide(struct web_request *r)
{
	const char *decision = web_form(r, "decision");
	struct publication p;
	struct err err = {0};

	if (!find(r, &p))
		return;
	if (publication_decide(
		    r->op, p.reference, decision,
		    str_eq(decision, "withhold") ? web_form(r, "reason") : NULL, &err))
		done(r, &p,
		     arena_printf(r->arena, "%s: %s.", p.reference,
				  staff_word("decision", decision)),
		     true);
	else
		refused(r, &err);
}

void staff_moderation_release(struct web_request *r)
{
	struct publication p;
	struct err err = {0};

	if (!find(r, &p))
		return;
	if (publication_release(r->op, p.reference, &err))
		done(r, &p, arena_printf(r->arena, "%s is published.", p.reference),
		     true);
	else
		refused(r, &err);
}

void staff_moderation_withdraw(struct web_request *r)
{
	struct publication p;
	struct err err = {0};

	if (!find(r, &p))
		return;
	if (publication_withdraw(r->op, p.reference, &err))
		done(r, &p,
		     arena_printf(r->arena, "%s is published no more.", p.reference),
		     false);
	else
		refused(r, &err);
}
