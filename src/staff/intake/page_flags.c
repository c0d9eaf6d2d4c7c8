/* Flags that somebody may be at risk: those that wait, one of them, and what is done about it. */
#include "domain/intake/inbound_look.h"
#include "domain/responses/reference.h"
#include "proposal/proposal.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/triage/flag_show.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/pages.h"
#include "staff/triage/response_values.h"
#include "staff/triage/triage.h"
#include "staff/frame/words.h"

#include <inttypes.h>

enum { OPEN_MOST = 500, ENDED_MOST = 100, READ_MOST = 100 << 10, PAGE_OK = 200 };

static const char *state_says(const struct flag *f)
{
	if (f->is_overdue)
		return "Overdue";
	if (f->is_open)
		return f->seen_at ? "Seen, open" : "Not seen yet";
	return str_eq(f->state, "closed") ? "Closed" : "Dismissed";
}

/* "in 3 hours", "2 hours ago" */
static const char *from_now(struct web_request *r, int64_t at)
{
	int64_t away = at - r->op->now;
	char time[NUMERAL_TEXT];

	numeral_duration(away < 0 ? -away : away, time);
	return arena_printf(r->arena, away < 0 ? "%s ago" : "in %s", time);
}

static void show(struct web_request *r, struct template_value *to, const struct flag *f)
{
	template_set_int(to, "number", f->id);
	template_set(to, "flag_path", staff_flag_path(r, f->id));
	template_set(to, "state", state_says(f));
	template_set_bool(to, "overdue", f->is_overdue);
	template_set_bool(to, "is_open", f->is_open);
	template_set(to, "reference", f->reference);
	template_set(to, "raised", staff_when(r, f->raised_at));
	template_set(to, "raised_by", f->raised_by);
	template_set(to, "due", staff_when(r, f->due_at));
	template_set(to, "due_from_now", from_now(r, f->due_at));
	template_set(to, "seen_when", staff_when(r, f->seen_at));
	template_set(to, "seen_by", f->seen_by);
	template_set(to, "closed", staff_when(r, f->closed_at));
	template_set(to, "outcome", f->outcome ? flag_outcome_says(f->outcome) : NULL);
	template_set_bool(to, "dismissed", str_eq(f->state, "dismissed"));
	template_set_bool(to, "untold", f->is_open && !f->seen_at && f->untold);
}

static void add_all(struct web_request *r, struct template_value *v, const char *name,
		    const struct flags *flags)
{
	struct template_value *list = template_set_list(v, name);

	for (size_t i = 0; i < flags->count; i++)
		show(r, template_add_map(list), &flags->items[i]);
}

void staff_flags(struct web_request *r)
{
	struct template_value *v =
		staff_values(r, "Flags: somebody may be at risk", "flags");
	struct flags open, ended;
	struct err err = {0};

	if (!flag_list(r->op, r->arena, FLAGS_OPEN, OPEN_MOST, &open, &err) ||
	    !flag_list(r->op, r->arena, FLAGS_ENDED, ENDED_MOST, &ended, &err)) {
		staff_failed(r, &err);
		return;
	}
	add_all(r, v, "open", &open);
	add_all(r, v, "ended", &ended);
	template_set_bool(v, "any_open", open.count > 0);
	template_set_bool(v, "any_ended", ended.count > 0);
	staff_page(r, "web/staff/flags.html", v);
}

/* The flag in the path, for who deals with it; false when it has answered. */
static bool find(struct web_request *r, struct flag *out)
{
	struct err err = {0};
	int64_t id;

	if (str_to_int(web_arg(r, 0), 1, INT64_MAX, &id, &err) &&
	    flag_find(r->op, r->arena, id, out, &err) &&
	    rights_have(&staff_of(r)->rights, RIGHT_SAFEGUARD, out->scope))
		return true;
	if (err.kind == ERR_NONE || err.kind == ERR_ABSENT || err.kind == ERR_INPUT)
		page_problem(r, 404, "There is no such flag, or it is not for you.");
	else
		page_failed(r, &err);
	return false;
}

/* Who closes it, or says more, knows what colleagues have done. */
bool staff_seen_flag(struct web_request *r, struct seen *out, struct err *err)
{
	int64_t id;

	if (!str_to_int(web_arg(r, 0), 1, INT64_MAX, &id, err))
		return false;
	out->acts = (struct audit_acts){"flag", id, "flag *"};
	out->any_act = true;
	return true;
}

static void add_steps(struct web_request *r, struct template_value *v,
		      const struct store_table *steps)
{
	struct template_value *list = template_set_list(v, "steps");

	for (size_t i = 0; i < steps->count; i++) {
		struct store_row row = table_row(steps, i);
		struct template_value *one = template_add_map(list);
		const char *what = row_text(&row, "what"),
			   *outcome = row_text(&row, "outcome"),
			   *text = row_text(&row, "text");

		template_set(one, "what", staff_word("flag step", what));
		template_set(one, "who", str_or(row_text(&row, "staff"), "The program"));
		template_set(one, "at", staff_when(r, row_int(&row, "at")));
		template_set(one, "outcome", outcome ? flag_outcome_says(outcome) : NULL);
		template_set(one, "text", str_empty(text) ? NULL : text);
	}
}

/* Each of those who deal with it says so for themselves. */
static bool has_seen(struct web_request *r, const struct store_table *steps,
		     const struct flag *f)
{
	for (size_t i = 0; i < steps->count; i++) {
		struct store_row row = table_row(steps, i);

		if (str_eq(row_text(&row, "what"), "seen") &&
		    row_int(&row, "round") == f->round &&
		    str_eq(row_text(&row, "staff"), staff_of(r)->session.name))
			return true;
	}
	return false;
}

/* By which words the program says it: of a response they are kept, of other mail read anew. */
static void add_words(struct web_request *r, struct template_value *v,
		      const struct store_table *kept, const struct store_row *mail)
{
	const char *said =
		arena_printf(r->arena, "%s.\n%s", str_or(row_text(mail, "subject"), ""),
			     str_or(row_text(mail, "text"), ""));
	struct proposal risk;

	if (kept->count) {
		struct store_row row = table_row(kept, 0);

		template_set(v, "words", row_text(&row, "words"));
		template_set(v, "sign", staff_word("sign", row_text(&row, "sign")));
	} else if (proposal_risk(
			   r->arena,
			   arena_strndup(r->arena, said, str_utf8_bytes(said, READ_MOST)),
			   &risk)) {
		template_set(v, "words", risk.words);
		template_set(v, "sign",
			     staff_word("sign", proposal_sign_name(risk.sign)));
	}
}

static void add_mail(struct web_request *r, struct template_value *v,
		     const struct flag *f, const struct store_row *mail)
{
	const char *text = row_text(mail, "text");
	bool is_cut = false;

	template_set(v, "subject", row_text(mail, "subject"));
	template_set(v, "name", row_text(mail, "from_name"));
	template_set(v, "address", row_text(mail, "from_address"));
	template_set(v, "received", staff_time(r, f->received_at));
	template_set(v, "text",
		     text ? staff_text(r, text, STAFF_TEXT_MOST, &is_cut) : NULL);
	template_set_bool(v, "cut", is_cut);
	if (f->response_id) {
		if (rights_have(&staff_of(r)->rights, RIGHT_READ_RESPONSES, f->scope))
			template_set(v, "mail_path",
				     staff_response_path_of(
					     r, staff_queue_path_of(r, f->consultation),
					     f->number));
	} else if (rights_have(&staff_of(r)->rights, RIGHT_SORT, inbound_scope(mail))) {
		template_set(v, "mail_path", staff_unsorted_path(r, f->inbound_id));
	}
}

static void add_outcomes(struct web_request *r, struct template_value *v,
			 const char *chosen)
{
	struct template_value *list = template_set_list(v, "outcomes");

	for (size_t i = 0; flag_outcomes[i]; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "value", flag_outcomes[i]);
		template_set(one, "says", flag_outcome_says(flag_outcomes[i]));
		/* An error leads to the first. */
		template_set(one, "id",
			     i ? arena_printf(r->arena, "outcome-%zu", i) : "outcome");
		template_set_bool(one, "chosen", str_eq(flag_outcomes[i], chosen));
	}
}

static struct template_value *values(struct web_request *r, const struct flag *f)
{
	return staff_values(r, arena_printf(r->arena, "Flag %" PRId64, f->id), "flags");
}

/* v: with what is wrong of a form that was sent. */
static void show_one(struct web_request *r, struct template_value *v, unsigned status,
		     const struct flag *f)
{
	bool sent = status != PAGE_OK, closes;
	struct store_table steps, words;
	struct store_row mail;
	struct err err = {0};

	if (!staff_seen_put(r, v, staff_seen_flag, &err) ||
	    !flag_steps(r->op, r->arena, f, &steps, &err) ||
	    !flag_words(r->op, r->arena, f, &words, &err) ||
	    !inbound_shown(r->op, r->arena, f->inbound_id, &mail, &err)) {
		staff_failed(r, &err);
		return;
	}
	show(r, v, f);
	add_steps(r, v, &steps);
	add_words(r, v, &words, &mail);
	add_mail(r, v, f, &mail);
	add_outcomes(r, v, sent ? web_form(r, "outcome") : NULL);
	closes = sent && str_ends(r->route->path, "/close");
	template_set(v, "form_text", sent && !closes ? web_form(r, "text") : NULL);
	template_set(v, "close_text", closes ? web_form(r, "text") : NULL);
	template_set_bool(v, "may_see", f->is_open && !has_seen(r, &steps, f));
	page_show(r, status, "web/staff/flag.html", v);
}

void staff_flag(struct web_request *r)
{
	struct flag f;

	if (find(r, &f))
		show_one(r, values(r, &f), PAGE_OK, &f);
}

/* field: where it is said on the page when it was refused; NULL: as an error of the page. */
static void answer(struct web_request *r, const struct flag *f, bool ok,
		   const char *field, const struct err *err)
{
	struct template_value *v;
	struct staff_form form;
	unsigned status;

	if (ok) {
		staff_back(r, "%s", staff_flag_path(r, f->id));
		return;
	}
	status = staff_refusal(err);
	if (!status || !field) {
		staff_failed(r, err);
		return;
	}
	v = values(r, f);
	form = staff_form_of(r, v, "Nothing was changed");
	staff_form_wrong(&form, field, err->text);
	show_one(r, v, status, f);
}

void staff_flag_seen(struct web_request *r)
{
	struct err err = {0};
	struct flag f;
	bool ok;

	if (!find(r, &f))
		return;
	ok = flag_see(r->op, r->arena, f.id, &err);
	if (ok)
		staff_say(r, "Noted that you have seen it.");
	answer(r, &f, ok, NULL, &err);
}

void staff_flag_note(struct web_request *r)
{
	struct err err = {0};
	struct flag f;
	bool ok;

	if (!find(r, &f))
		return;
	ok = flag_note(r->op, r->arena, f.id, str_or(web_form(r, "text"), ""), &err);
	if (ok)
		staff_say(r, "The note is kept.");
	answer(r, &f, ok, "text", &err);
}

void staff_flag_close(struct web_request *r)
{
	struct err err = {0};
	struct flag f;
	bool ok;

	if (!find(r, &f))
		return;
	ok = flag_close(r->op, r->arena, f.id, web_form(r, "outcome"),
			str_or(web_form(r, "text"), ""), &err);
	if (ok)
		staff_say(r, "Flag %" PRId64 " is closed.", f.id);
	answer(r, &f, ok, "outcome", &err);
}

void staff_flag_reopen(struct web_request *r)
{
	struct err err = {0};
	struct flag f;
	bool ok;

	if (!find(r, &f))
		return;
	ok = flag_reopen(r->op, r->arena, f.id, str_or(web_form(r, "text"), ""), &err);
	if (ok)
		staff_say(r, "Flag %" PRId64 " is open again.", f.id);
	answer(r, &f, ok, "text", &err);
}

/* ---- raised where the mail is read ---- */

void staff_response_flag(struct web_request *r)
{
	const char *reference;
	struct response response;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	if (!response_find(r->op, r->arena, reference, &response, &err)) {
		staff_failed(r, &err);
		return;
	}
	/* Whoever reads it may raise it; that nobody is at risk is for who screens. */
	if (str_eq(web_form(r, "decision"), "dismiss") && !staff_may(r, RIGHT_SCREEN)) {
		page_problem(r, 403, "Your account has no right to decide that.");
		return;
	}
	if (staff_flag_sent(r, response.inbound_id))
		staff_back_or(r, staff_response_path(r));
}

void staff_unsorted_flag(struct web_request *r)
{
	struct store_row row;
	int64_t id;

	if (staff_unsorted_find(r, &id, &row) && staff_flag_sent(r, id))
		staff_back(r, "%s", staff_unsorted_path(r, id));
}
