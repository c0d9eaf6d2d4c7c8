/*
 * Report backs: what respondents who agreed to it are told after a consultation. Written,
 * looked at as the email that it becomes, asked for and approved, watched, cancelled.
 */
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/mail_frame.h"
#include "staff/frame/pages.h"
#include "staff/outcome/report_back_show.h"

#include <inttypes.h>

static const struct consultation *of(const struct web_request *r)
{
	return &staff_of(r)->consultation;
}

/* ---- all of them ---- */

void staff_report_backs(struct web_request *r)
{
	struct template_value *v =
		staff_values(r, arena_printf(r->arena, "Report back on %s", of(r)->title),
			     "consultations");
	struct template_value *list = template_set_list(v, "backs");
	struct report_back *backs;
	struct err err = {0};
	size_t count;

	if (!report_backs(r->op, r->arena, of(r)->id, &backs, &count, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set_bool(v, "any", count > 0);
	for (size_t i = 0; i < count; i++) {
		struct template_value *row = template_add_map(list);

		report_back_show_state(r, row, &backs[i]);
		template_set(row, "url", report_back_path(r, backs[i].number, ""));
	}
	page_show(r, 200, "web/staff/report-backs.html", v);
}

/* ---- written ---- */

static struct report_back_words typed(struct web_request *r, int64_t number)
{
	return (struct report_back_words){.consultation = of(r)->name,
					  .number = number,
					  .subject = staff_form_text(r, "subject"),
					  .text = staff_form_lines(r, "text")};
}

static struct template_value *new_values(struct web_request *r)
{
	return staff_values(
		r, arena_printf(r->arena, "A new report back on %s", of(r)->title),
		"consultations");
}

static void show_new(struct web_request *r, struct template_value *v, unsigned status,
		     const struct report_back_words *w, bool looks)
{
	template_set(v, "form_subject", w->subject);
	template_set(v, "form_text", w->text);
	template_set(v, "to", report_back_path(r, 0, "/new"));
	template_set_bool(v, "is_new", true);
	if (looks)
		report_back_show_email(r, v, w);
	page_show(r, status, "web/staff/report-back-new.html", v);
}

void staff_report_back_new(struct web_request *r)
{
	struct report_back_words w = {.consultation = of(r)->name};
	struct err err = {0};

	if (!report_back_begin(r->op, r->arena, of(r), &w.subject, &w.text, &err)) {
		staff_failed(r, &err);
		return;
	}
	show_new(r, new_values(r), 200, &w, false);
}

/* What is wrong with the words stands beside them. */
static void say_wrong(struct staff_form *form, const struct report_back_words *w,
		      const struct err *why)
{
	enum report_back_field where = REPORT_BACK_IN_TEXT;
	struct err err = {0};

	if (!report_back_words_check(w, &where, &err))
		staff_form_wrong(form,
				 where == REPORT_BACK_IN_SUBJECT ? "subject" : "text",
				 err.text);
	else
		staff_form_wrong(form, "text", why->text);
}

void staff_report_back_make(struct web_request *r)
{
	struct report_back_words w = typed(r, 0);
	struct template_value *v = new_values(r);
	struct staff_form form = staff_form_of(r, v, "The report back was not saved");
	enum report_back_field where;
	struct err err = {0};
	bool looks = str_eq(web_form(r, "do"), "preview");
	int64_t number;

	if (looks ? report_back_words_check(&w, &where, &err)
		  : report_back_save(r->op, &w, &number, &err)) {
		if (looks) {
			show_new(r, v, 200, &w, true);
			return;
		}
		staff_say(r, "Report back %" PRId64 " is saved.", number);
		staff_back(r, "%s", report_back_path(r, number, ""));
	} else if (!staff_refusal(&err)) {
		staff_failed(r, &err);
	} else {
		say_wrong(&form, &w, &err);
		show_new(r, v, staff_refusal(&err), &w, false);
	}
}

void staff_report_back(struct web_request *r)
{
	struct report_back b;

	if (report_back_find(r, &b))
		report_back_show(r, report_back_values(r, &b), 200, &b, NULL);
}

/* The email by itself, for the frame: HTML that runs and loads nothing. */
void staff_report_back_mail(struct web_request *r)
{
	struct report_back_words w = {.consultation = of(r)->name};
	struct report_back_email email;
	struct report_back b;
	struct err err = {0};

	if (!report_back_find(r, &b))
		return;
	w.subject = b.subject;
	w.text = b.text;
	if (report_back_preview(r->op, r->arena, &w, &email, &err))
		staff_mail_frame(r, email.html);
	else
		staff_failed(r, &err);
}

void staff_report_back_save(struct web_request *r)
{
	struct template_value *v;
	enum report_back_field where;
	struct report_back_words w;
	struct staff_form form;
	struct report_back b;
	struct err err = {0};
	bool looks = str_eq(web_form(r, "do"), "preview");

	if (!report_back_find(r, &b))
		return;
	w = typed(r, b.number);
	v = report_back_values(r, &b);
	form = staff_form_of(r, v, "The report back was not saved");
	if (looks ? report_back_words_check(&w, &where, &err)
		  : report_back_save(r->op, &w, &b.number, &err)) {
		if (looks) {
			report_back_show(r, v, 200, &b, &w);
			return;
		}
		staff_say(r, "Report back %" PRId64 " is saved.", b.number);
		staff_back(r, "%s", report_back_path(r, b.number, ""));
	} else if (!staff_refusal(&err)) {
		staff_failed(r, &err);
	} else if (staff_seen_refused(r)) {
		form = staff_form_of(r, v, page_sentence(r->arena, err.text));
		staff_seen_tell(&form);
		report_back_show(r, v, WEB_CONFLICT, &b, &w);
	} else {
		say_wrong(&form, &w, &err);
		report_back_show(r, v, staff_refusal(&err), &b, &w);
	}
}

/* ---- what is done to it ---- */

static void answer(struct web_request *r, const struct report_back *b, bool done,
		   const char *says, const struct err *err)
{
	struct template_value *v = report_back_values(r, b);

	if (done) {
		staff_say(r, "%s", says);
		staff_back(r, "%s", report_back_path(r, b->number, ""));
	} else if (!staff_refusal(err)) {
		staff_failed(r, err);
	} else {
		staff_refused(r, v, err);
		report_back_show(r, v, staff_refusal(err), b, NULL);
	}
}

void staff_report_back_ask(struct web_request *r)
{
	struct report_back_of which;
	struct report_back b;
	struct err err = {0};
	bool done;

	if (!report_back_find(r, &b))
		return;
	which = report_back_in(r, &b);
	done = report_back_ask(r->op, &which, &err);
	answer(r, &b, done,
	       "It waits for the approval of a colleague, who finds it on their home page.",
	       &err);
}

static bool ask_sure(struct web_request *r, const struct report_back *b,
		     const struct staff_sure *asked, const char *const *sentences,
		     struct err *err)
{
	AUTO(store_txn) moment = staff_seen_moment(r, err);
	const char *mark =
		moment ? staff_seen_mark(r, staff_seen_report_back, err) : NULL;
	struct staff_sure page = *asked;

	if (!mark)
		return false;
	page.place = "consultations";
	page.back = report_back_path(r, b->number, "");
	page.back_words = "Back without changing anything";
	staff_sure(r, &page);
	staff_sure_keeps(&page, "seen", mark);
	for (size_t i = 0; sentences[i]; i++)
		staff_sure_says(&page, sentences[i]);
	staff_sure_show(r, &page);
	return true;
}

static bool ask_approve(struct web_request *r, const struct report_back *b,
			struct err *err)
{
	struct report_back_audience who;
	const char *sentences[4] = {NULL};
	struct staff_sure page = {
		.title = arena_printf(r->arena, "Approve report back %" PRId64 "?",
				      b->number),
		.to = report_back_path(r, b->number, "/approve"),
		.does = "Approve it and send it",
	};

	if (!report_back_may_approve(r->op, r->arena, b, err) ||
	    !report_back_audience(r->op, r->arena, of(r)->id, &who, err))
		return false;
	sentences[0] =
		arena_printf(r->arena,
			     "\"%s\" goes to %s %s, each by an email of "
			     "their own.",
			     b->subject, staff_number_text(r, (int64_t)who.count),
			     plural((int64_t)who.count, "respondent", "respondents"));
	sentences[1] = "They took part in this consultation and agreed to be contacted "
		       "again. Nobody else gets it.";
	sentences[2] =
		"Sending begins at once. It can be cancelled, but an email that has "
		"gone out cannot be called back.";
	return ask_sure(r, b, &page, sentences, err);
}

void staff_report_back_approve(struct web_request *r)
{
	struct report_back_of which;
	struct report_back b;
	struct err err = {0};

	if (!report_back_find(r, &b))
		return;
	which = report_back_in(r, &b);
	if (!staff_is_sure(r)) {
		if (!ask_approve(r, &b, &err))
			answer(r, &b, false, "", &err);
		return;
	}
	answer(r, &b, report_back_approve(r->op, &which, NULL, &err),
	       "It is approved, and being sent.", &err);
}

static bool ask_cancel(struct web_request *r, const struct report_back *b,
		       struct err *err)
{
	const char *const sentences[] = {
		"Whoever has not got it yet will not get it. It cannot be begun again.",
		NULL};
	const struct staff_sure page = {
		.title = arena_printf(r->arena, "Cancel report back %" PRId64 "?",
				      b->number),
		.to = report_back_path(r, b->number, "/cancel"),
		.does = "Cancel it for good",
	};

	return ask_sure(r, b, &page, sentences, err);
}

void staff_report_back_cancel(struct web_request *r)
{
	struct report_back_of which;
	int64_t withdrawn = 0;
	struct report_back b;
	struct err err = {0};

	if (!report_back_find(r, &b))
		return;
	which = report_back_in(r, &b);
	if (!staff_is_sure(r)) {
		if (!ask_cancel(r, &b, &err))
			answer(r, &b, false, "", &err);
		return;
	}
	answer(r, &b, report_back_cancel(r->op, &which, &withdrawn, &err),
	       "It is cancelled. Whoever had not got it will not get it.", &err);
}
