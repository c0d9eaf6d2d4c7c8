#include "staff/outcome/report_back_show.h"
#include "base/numeral.h"
#include "base/str.h"
#include "domain/responses/reference.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/pages.h"
#include "staff/frame/paths.h"

#include <inttypes.h>

enum { ON_A_PAGE = 100 };

static const struct consultation *of(const struct web_request *r)
{
	return &staff_of(r)->consultation;
}

const char *report_back_path(struct web_request *r, int64_t number, const char *step)
{
	const char *queue = staff_queue_path(r);

	return number ? arena_printf(r->arena, "%s/report-back/%" PRId64 "%s", queue,
				     number, step)
		      : arena_printf(r->arena, "%s/report-back%s", queue, step);
}

/* The one in the path; false when it has answered. */
bool report_back_find(struct web_request *r, struct report_back *out)
{
	struct report_back_of which = {.consultation = of(r)->name};
	struct err err = {0};

	if (str_to_int(web_arg(r, 1), 1, INT32_MAX, &which.number, &err) &&
	    report_back_get(r->op, r->arena, &which, out, &err))
		return true;
	if (err.kind == ERR_INPUT || err.kind == ERR_ABSENT)
		page_problem(r, 404, "There is no such report back.");
	else
		staff_failed(r, &err);
	return false;
}

struct report_back_of report_back_in(struct web_request *r, const struct report_back *b)
{
	return (struct report_back_of){of(r)->name, b->number};
}

bool staff_seen_report_back(struct web_request *r, struct seen *out, struct err *err)
{
	struct report_back_of which = {.consultation = of(r)->name};
	struct report_back b;

	if (!str_to_int(web_arg(r, 1), 1, INT32_MAX, &which.number, err) ||
	    !report_back_get(r->op, r->arena, &which, &b, err))
		return false;
	out->state = report_back_state_name(b.state);
	out->acts = (struct audit_acts){"consultation", of(r)->id, "report back *"};
	seen_add(out, "subject", b.subject);
	seen_add(out, "text", b.text);
	seen_add(out, NULL, report_back_state_name(b.state));
	return true;
}

void report_back_show_state(struct web_request *r, struct template_value *v,
			    const struct report_back *b)
{
	static const char *const flags[REPORT_BACK_STATES] = {
		"is_draft", "is_asked", "is_approved", "is_sent", "is_cancelled"};

	for (size_t i = 0; i < REPORT_BACK_STATES; i++)
		template_set_bool(v, flags[i], b->state == i);
	template_set_int(v, "number", b->number);
	template_set(v, "subject", b->subject);
	template_set(v, "written_by", b->written_by);
	template_set(v, "written_at", staff_time(r, b->written_at));
	template_set(v, "asked_by", b->asked_by);
	template_set(v, "asked_at", staff_time(r, b->asked_at));
	template_set(v, "approved_by", b->approved_by);
	template_set(v, "approved_at", staff_time(r, b->approved_at));
	template_set(v, "ended_by", b->ended_by);
	template_set(v, "ended_at", staff_time(r, b->ended_at));
	staff_number(v, "recipients", b->recipients);
	template_set(v, "respondents",
		     plural(b->recipients, "respondent", "respondents"));
}

void report_back_show_email(struct web_request *r, struct template_value *v,
			    const struct report_back_words *w)
{
	struct report_back_email email;
	struct err err = {0};

	if (!report_back_preview(r->op, r->arena, w, &email, &err)) {
		template_set(v, "no_email", page_sentence(r->arena, err.text));
		return;
	}
	template_set(v, "email_subject", email.subject);
	template_set(v, "email_text", email.text);
	template_set_bool(v, "has_email", true);
}

static bool show_audience(struct web_request *r, struct template_value *v,
			  struct err *err)
{
	struct template_value *rows = template_set_list(v, "left_out");
	struct report_back_audience who;

	if (!report_back_audience(r->op, r->arena, of(r)->id, &who, err))
		return false;
	staff_number(v, "gets", (int64_t)who.count);
	template_set_bool(v, "nobody", !who.count);
	template_set_bool(v, "one_gets", who.count == 1);
	for (int fate = REPORT_BACK_NO; fate < REPORT_BACK_FATES; fate++) {
		struct template_value *row;

		if (!who.fates[fate])
			continue;
		row = template_add_map(rows);
		staff_number(row, "n", who.fates[fate]);
		template_set(row, "says",
			     report_back_fate_says((enum report_back_fate)fate));
	}
	template_set_bool(v, "any_left_out", who.mailboxes > (int64_t)who.count);
	return true;
}

static const char *state_says(const struct report_back *b, const char *state)
{
	static const struct {
		const char *state, *says;
	} words[] = {{"waiting", "still to be sent"},
		     {"queued", "still to be sent"},
		     {"deferred", "tried, and tried again later"},
		     {"sending", "being sent"},
		     {"in doubt", "in doubt"},
		     {"sent", "sent"},
		     {"failed", "refused"},
		     {"skipped", "withdrawn"},
		     {"left out", "left out"}};

	if (b->state == REPORT_BACK_CANCELLED && str_eq(state, "waiting"))
		return "not sent: it was cancelled";
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(words[i].state, state))
			return words[i].says;
	return state;
}

static bool show_tally(struct web_request *r, struct template_value *v,
		       const struct report_back *b, struct err *err)
{
	struct template_value *rows = template_set_list(v, "tally");
	struct store_table t;

	if (!report_back_tally(r->op, r->arena, b, &t, err))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct template_value *to = template_add_map(rows);

		template_set(to, "says", state_says(b, row_text(&row, "state")));
		staff_number(to, "n", row_int(&row, "n"));
	}
	return true;
}

static void show_recipient(struct web_request *r, struct template_value *to,
			   const struct report_back *b, const struct store_row *row)
{
	const char *reference = response_reference(
		r->arena, row_text(row, "consultation"), row_int(row, "number"));
	const char *left_out = row_text(row, "left_out");
	const char *why = row_text(row, "reply_text");

	template_set(to, "reference", reference);
	template_set(to, "url", staff_reference_path(r, reference));
	template_set(to, "name",
		     str_or(row_text(row, "name"), row_text(row, "organisation")));
	template_set(to, "address", row_text(row, "address"));
	template_set(to, "says",
		     state_says(b, left_out ? "left out"
					    : str_or(row_text(row, "state"), "waiting")));
	for (int f = 0; left_out && f < REPORT_BACK_FATES; f++)
		if (str_eq(left_out, report_back_fate_name((enum report_back_fate)f)))
			why = report_back_fate_says((enum report_back_fate)f);
	template_set(to, "why", why);
	template_set(to, "at", staff_time(r, row_int(row, "settled_at")));
}

static bool show_recipients(struct web_request *r, struct template_value *v,
			    const struct report_back *b, struct err *err)
{
	struct report_back_page page = {.most = ON_A_PAGE + 1};
	struct template_value *rows = template_set_list(v, "rows");
	const char *after = web_query(r, "after");
	struct store_table t;

	if (!staff_may(r, RIGHT_SEE_RESPONDENTS))
		return true;
	if (after && !str_to_int(after, 0, INT64_MAX, &page.after, err)) {
		*err = (struct err){0};
		page.after = 0;
	}
	if (!report_back_recipients(r->op, r->arena, b, page, &t, err))
		return false;
	template_set_bool(v, "shows_rows", true);
	template_set_bool(v, "is_first", !page.after);
	for (size_t i = 0; i < t.count && i < ON_A_PAGE; i++) {
		struct store_row row = table_row(&t, i);

		show_recipient(r, template_add_map(rows), b, &row);
		if (i + 1 == ON_A_PAGE && t.count > ON_A_PAGE)
			template_set(v, "next",
				     arena_printf(r->arena, "%" PRId64,
						  row_int(&row, "response_id")));
	}
	return true;
}

struct template_value *report_back_values(struct web_request *r,
					  const struct report_back *b)
{
	return staff_values(r,
			    arena_printf(r->arena, "Report back %" PRId64 " on %s",
					 b->number, of(r)->title),
			    "consultations");
}

/* typed: words that were not saved, or NULL. */
void report_back_show(struct web_request *r, struct template_value *v, unsigned status,
		      const struct report_back *found,
		      const struct report_back_words *words)
{
	bool is_open = found->state < REPORT_BACK_APPROVED;
	struct err err = {0}, why = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &err);
	struct report_back_of which = report_back_in(r, found);
	struct report_back_words now;
	struct report_back b;

	if (!moment || !report_back_get(r->op, r->arena, &which, &b, &err) ||
	    !staff_seen_put(r, v, staff_seen_report_back, &err) ||
	    (is_open ? !show_audience(r, v, &err)
		     : !show_tally(r, v, &b, &err) || !show_recipients(r, v, &b, &err))) {
		staff_failed(r, &err);
		return;
	}
	now = (struct report_back_words){of(r)->name, b.subject, b.text, NULL, b.number};
	report_back_show_state(r, v, &b);
	report_back_show_email(r, v, words ? words : &now);
	template_set_bool(v, "is_typed", words != NULL);
	template_set(v, "form_subject", words ? words->subject : b.subject);
	template_set(v, "form_text", words ? words->text : b.text);
	template_set(v, "to", report_back_path(r, b.number, ""));
	template_set_bool(v, "may_write", is_open && staff_may(r, RIGHT_WRITE));
	template_set_bool(v, "may_cancel",
			  b.state == REPORT_BACK_APPROVED && staff_may(r, RIGHT_WRITE));
	template_set_bool(v, "may_approve",
			  report_back_may_approve(r->op, r->arena, &b, &why));
	if (b.state == REPORT_BACK_ASKED && staff_may(r, RIGHT_PUBLISH))
		template_set(v, "why_not", why.text[0] ? why.text : NULL);
	page_show(r, status, "web/staff/report-back.html", v);
}
