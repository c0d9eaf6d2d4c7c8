/* One consultation: changed while a draft, opened, closed, extended; what was decided. */
#include "domain/bulletins/archive.h"
#include "base/clock.h"
#include "base/str.h"
#include "staff/responses/consultation_show.h"
#include "staff/frame/pages.h"
#include "staff/frame/form_seen.h"
#include "staff/triage/triage.h"

#include <inttypes.h>

static const struct consultation *of(const struct web_request *r)
{
	return &staff_of(r)->consultation;
}

static bool is(const struct web_request *r, const char *state)
{
	return str_eq(of(r)->state, state);
}

static bool seen_consultation(struct web_request *r, struct seen *out,
			      struct consultation *c, struct err *err)
{
	if (!consultation_named(r->op, r->arena, of(r)->name, c, err))
		return false;
	out->state = c->state;
	out->acts = (struct audit_acts){"consultation", c->id, "consultation *"};
	return true;
}

bool staff_seen_draft(struct web_request *r, struct seen *out, struct err *err)
{
	struct consultation_draft draft;
	struct consultation c;

	if (!seen_consultation(r, out, &c, err) ||
	    !consultation_as_draft(r->op, r->arena, &c, &draft, err))
		return false;
	staff_draft_seen(out, &draft);
	seen_add(out, NULL, str_eq(c.state, "draft") ? "draft" : "no draft");
	return true;
}

bool staff_seen_consultation(struct web_request *r, struct seen *out, struct err *err)
{
	struct consultation c;

	if (!seen_consultation(r, out, &c, err))
		return false;
	out->any_act = true;
	seen_add(out, NULL, c.state);
	seen_add(out, NULL, arena_printf(r->arena, "%" PRId64, c.closes_at));
	return true;
}

bool staff_seen_outcome(struct web_request *r, struct seen *out, struct err *err)
{
	struct consultation c;
	struct store_row row;

	if (!seen_consultation(r, out, &c, err) ||
	    !consultation_row(r->op, r->arena, c.id, &row, err))
		return false;
	seen_add(out, "outcome", row_text(&row, "outcome"));
	seen_add(out, NULL, c.state);
	return true;
}

static const char *day(struct web_request *r, int64_t at)
{
	char text[CLOCK_TEXT];

	clock_long_date(at, of(r)->zone, text);
	return arena_strdup(r->arena, text);
}

static const char *path(struct web_request *r, const char *rest)
{
	return arena_printf(r->arena, "%s/%s", staff_queue_path(r), rest);
}

static struct template_value *values(struct web_request *r)
{
	return staff_values(r, arena_printf(r->arena, "Settings of %s", of(r)->title),
			    "consultations");
}

/* The page about it as it is now; draft: what a form of it has. */
static void show(struct web_request *r, struct template_value *v, unsigned status,
		 const struct consultation_draft *sent)
{
	const struct consultation *c = of(r);
	struct err err = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &err);
	struct consultation_clock clock;
	struct consultation_draft draft;
	struct store_row row;

	if (!moment || !consultation_as_draft(r->op, r->arena, c, &draft, &err) ||
	    !consultation_row(r->op, r->arena, c->id, &row, &err) ||
	    !staff_seen_put(r, v,
			    is(r, "draft") ? staff_seen_draft : staff_seen_consultation,
			    &err)) {
		staff_failed(r, &err);
		return;
	}
	consultation_clock(c, r->op->now, &clock);
	staff_draft_show(v, sent ? sent : &draft);
	template_set(v, "clock", staff_clock(r, c));
	template_set(v, "last_day", day(r, c->closes_at));
	template_set(v, "to", path(r, "settings"));
	template_set_bool(v, "is_draft", clock.is_draft);
	template_set_bool(v, "is_open", is(r, "open"));
	template_set_bool(v, "is_closed", !clock.is_draft && !is(r, "open"));
	template_set_bool(v, "is_over", clock.is_over);
	template_set(v, "reopens_until",
		     clock.was_cut && c->closes_at >= r->op->now ? day(r, c->closes_at)
								 : NULL);
	template_set(v, "form_day", web_form(r, "day"));
	template_set_bool(v, "has_outcome", row_text(&row, "outcome") != NULL);
	page_show(r, status, "web/staff/consultation-settings.html", v);
}

void staff_consultation_settings(struct web_request *r)
{
	show(r, values(r), 200, NULL);
}

/* What an act refused, on the page from which it was asked. */
static void refused(struct web_request *r, const struct err *err, const char *field)
{
	struct template_value *v = values(r);
	struct staff_form form = staff_form_of(r, v, "Nothing was changed");

	if (!staff_refusal(err)) {
		staff_failed(r, err);
		return;
	}
	staff_form_wrong(&form, field, err->text);
	show(r, v, staff_refusal(err), NULL);
}

/* What was typed, beside what stands now that somebody else has changed it. */
static void show_changed(struct web_request *r, const struct consultation_draft *sent,
			 const struct err *err)
{
	struct err failed = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &failed);
	struct template_value *v = values(r);
	struct staff_form form = staff_form_of(r, v, page_sentence(r->arena, err->text));
	struct consultation_draft now, both = *sent;

	if (!moment || !consultation_as_draft(r->op, r->arena, of(r), &now, &failed)) {
		staff_failed(r, &failed);
		return;
	}
	staff_draft_merge(r, &both, &now);
	if (!is(r, "draft"))
		staff_draft_keep(v, &both, &now);
	staff_seen_tell(&form);
	show(r, v, WEB_CONFLICT, &both);
}

void staff_consultation_change(struct web_request *r)
{
	struct consultation_draft draft = staff_draft_sent(r);
	struct template_value *v = values(r);
	struct staff_form form = staff_form_of(r, v, "The draft was not changed");
	const char *what = web_form(r, "do");
	struct err err = {0};

	draft.name = of(r)->name;
	if (str_eq(what, "change")) {
		show(r, v, 200, &draft);
		return;
	}
	staff_draft_check(&form, &draft, draft.name);
	if (form.wrong) {
		show(r, v, WEB_BAD_REQUEST, &draft);
	} else if (str_eq(what, "keep")) {
		if (consultation_redraft(r->op, draft.name, &draft, &err)) {
			staff_say(r, "The draft is changed.");
			staff_back(r, "%s", path(r, "settings"));
		} else if (staff_seen_refused(r)) {
			show_changed(r, &draft, &err);
		} else if (staff_refusal(&err)) {
			staff_form_wrong(&form, "questions", err.text);
			show(r, v, staff_refusal(&err), &draft);
		} else {
			staff_failed(r, &err);
		}
	} else if (staff_draft_preview(r, v, &draft, &err)) {
		staff_draft_show(v, &draft);
		template_set(v, "seen", web_form(r, "seen"));
		template_set(v, "to", path(r, "settings"));
		template_set(v, "does", "Keep this draft");
		template_set(v, "do", "keep");
		staff_page(r, "web/staff/consultation-preview.html", v);
	} else {
		staff_failed(r, &err);
	}
}

/* The page that asks before one of its steps, of the moment at which its mark was read. */
static struct staff_sure asks(struct web_request *r, const char *mark, const char *before,
			      const char *after, const char *step, const char *does)
{
	struct staff_sure page = {
		.title = arena_printf(r->arena, "%s %s%s", before, of(r)->title, after),
		.place = "consultations",
		.to = path(r, step),
		.does = does,
		.back = path(r, "settings"),
		.back_words = "Back without changing anything",
	};

	staff_sure(r, &page);
	staff_sure_keeps(&page, "seen", mark);
	return page;
}

static const char *mark_now(struct web_request *r, struct err *err)
{
	return staff_seen_mark(r, staff_seen_consultation, err);
}

static bool may_open(struct web_request *r, struct err *err)
{
	if (is(r, "open"))
		return err_set(err, ERR_CONFLICT, "it is open already");
	return of(r)->closes_at >= r->op->now ||
	       err_set(err, ERR_CONFLICT,
		       "its last day is over; choose a later one first");
}

void staff_consultation_ask_open(struct web_request *r)
{
	struct err err = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &err);
	const char *mark = moment ? mark_now(r, &err) : NULL;
	const struct consultation *c = of(r);
	struct staff_sure page;

	if (!mark || !may_open(r, &err)) {
		refused(r, &err, is(r, "draft") ? "closes" : "day");
		return;
	}
	page = asks(r, mark, "Open", is(r, "draft") ? "?" : " again?", "open",
		    "Open it now");
	staff_sure_says(&page,
			arena_printf(r->arena,
				     "Everybody can read it on its public page, and "
				     "emails to %s are taken and acknowledged.",
				     c->address));
	if (is(r, "draft") && c->opens_at > r->op->now)
		staff_sure_says(&page,
				arena_printf(r->arena,
					     "You planned to open it on %s. Opened now, "
					     "its first day is today.",
					     day(r, c->opens_at)));
	staff_sure_says(&page,
			arena_printf(r->arena,
				     "It closes by itself at the end of %s. It can be "
				     "given a later last day, but no earlier one.",
				     day(r, c->closes_at)));
	if (is(r, "draft"))
		staff_sure_says(&page, "Its title, text and questions stay as they are "
				       "from then on.");
	staff_sure_show(r, &page);
}

void staff_consultation_open(struct web_request *r)
{
	struct err err = {0};

	if (!may_open(r, &err) || !consultation_open(r->op, of(r)->name, &err)) {
		refused(r, &err, is(r, "draft") ? "closes" : "day");
		return;
	}
	staff_say(r, "%s is open until the end of %s.", of(r)->title,
		  day(r, of(r)->closes_at));
	staff_back(r, "%s", path(r, "settings"));
}

void staff_consultation_ask_close(struct web_request *r)
{
	struct err err = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &err);
	const char *mark = moment ? mark_now(r, &err) : NULL;
	struct consultation_clock clock;
	struct staff_sure page;

	if (!mark || (!is(r, "open") && !err_set(&err, ERR_CONFLICT, "it is not open"))) {
		refused(r, &err, "day");
		return;
	}
	consultation_clock(of(r), r->op->now, &clock);
	page = asks(r, mark, "Close", " now?", "close", "Close it now");
	if (!clock.is_over)
		staff_sure_says(
			&page, arena_printf(r->arena,
					    "The public was told that it is open until "
					    "the end of %s. Its page will say both days.",
					    day(r, of(r)->closes_at)));
	staff_sure_says(&page, "Responses that come from now on are taken and marked as "
			       "late. It can be opened again.");
	staff_sure_show(r, &page);
}

void staff_consultation_close(struct web_request *r)
{
	struct err err = {0};

	if (!consultation_close(r->op, of(r)->name, &err)) {
		refused(r, &err, "day");
		return;
	}
	staff_say(r, "%s is closed. What comes now is marked as late.", of(r)->title);
	staff_back(r, "%s", path(r, "settings"));
}

static bool may_extend(struct web_request *r, const char *to, int64_t *out,
		       struct err *err)
{
	if (is(r, "draft"))
		return err_set(err, ERR_CONFLICT, "it is a draft: change its last day");
	return consultation_extension_check(r->op, of(r), to, out, err);
}

static void ask_extend(struct web_request *r, const char *to)
{
	struct err err = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &err);
	const char *mark = moment ? mark_now(r, &err) : NULL;
	struct staff_sure page;
	int64_t closes_at;

	if (!mark || !may_extend(r, to, &closes_at, &err)) {
		refused(r, &err, "day");
		return;
	}
	page = asks(r, mark, is(r, "open") ? "Give" : "Open",
		    is(r, "open") ? " more time?" : " again?", "extend",
		    is(r, "open") ? "Give it more time" : "Open it again");
	staff_sure_says(&page,
			arena_printf(r->arena,
				     "It is open until the end of %s instead of %s.",
				     day(r, closes_at), day(r, of(r)->closes_at)));
	staff_sure_says(&page, "Its public page says that it was extended, and when. The "
			       "day cannot be made an earlier one again.");
	staff_sure_keeps(&page, "day", to);
	staff_sure_show(r, &page);
}

void staff_consultation_extend(struct web_request *r)
{
	const char *to = staff_form_text(r, "day");
	int64_t closes_at;
	struct err err = {0};

	if (!staff_is_sure(r)) {
		ask_extend(r, to);
	} else if (may_extend(r, to, &closes_at, &err) &&
		   consultation_extend(r->op, of(r)->name, to, &err)) {
		staff_say(r, "%s is open until the end of %s.", of(r)->title,
			  day(r, closes_at));
		staff_back(r, "%s", path(r, "settings"));
	} else {
		refused(r, &err, "day");
	}
}

/* text: what was typed, or NULL for what stands. */
static void show_outcome(struct web_request *r, struct template_value *v, unsigned status,
			 const char *text)
{
	struct err err = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &err);
	struct store_row row;

	if (!moment || !consultation_row(r->op, r->arena, of(r)->id, &row, &err) ||
	    !staff_seen_put(r, v, staff_seen_outcome, &err)) {
		staff_failed(r, &err);
		return;
	}
	text = text ? text : str_or(row_text(&row, "outcome"), "");
	template_set(v, "form_outcome", text);
	page_show(r, status, "web/staff/consultation-outcome.html", v);
}

static struct template_value *outcome_values(struct web_request *r)
{
	return staff_values(r, arena_printf(r->arena, "Outcome of %s", of(r)->title),
			    "consultations");
}

void staff_consultation_outcome(struct web_request *r)
{
	struct err err = {0};

	if (is(r, "draft") || is(r, "open")) {
		(void)err_set(&err, ERR_CONFLICT,
			      "close it before you say what was decided");
		refused(r, &err, "day");
	} else {
		show_outcome(r, outcome_values(r), 200, NULL);
	}
}

void staff_consultation_publish(struct web_request *r)
{
	const char *text = str_or(web_form(r, "outcome"), ""), *what = web_form(r, "do");
	struct template_value *v = outcome_values(r);
	struct staff_form form = staff_form_of(r, v, "Nothing was published");
	struct err err = {0};
	bool ok;

	if (str_eq(what, "change")) {
		show_outcome(r, v, 200, text);
		return;
	}
	if (str_eq(what, "publish"))
		ok = consultation_outcome(r->op, of(r)->name, text, &err);
	else
		ok = consultation_outcome_check(text, &err);
	if (!ok && !staff_refusal(&err)) {
		staff_failed(r, &err);
	} else if (!ok && staff_seen_refused(r)) {
		form = staff_form_of(r, v, page_sentence(r->arena, err.text));
		staff_seen_tell(&form);
		show_outcome(r, v, WEB_CONFLICT, staff_seen_or(r, "outcome", NULL));
	} else if (!ok) {
		staff_form_wrong(&form, "outcome", err.text);
		show_outcome(r, v, staff_refusal(&err), text);
	} else if (str_eq(what, "publish")) {
		staff_say(r, "The page of %s says what was decided.", of(r)->title);
		staff_back(r, "%s", path(r, "settings"));
	} else {
		template_set_vouched(v, "shown_outcome",
				     archive_html(r->arena, of(r)->name, text));
		show_outcome(r, v, 200, text);
	}
}
