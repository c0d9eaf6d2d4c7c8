/* Unsorted mail is answered, or forwarded to a colleague. */
#include "domain/intake/inbound_look.h"
#include "domain/sorting/mail_reply.h"
#include "base/str.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/pages.h"
#include "staff/triage/response_values.h"
#include "staff/triage/triage.h"

/* The mail in the path, for those who may write for its place; false when it has answered. */
static bool find_mail(struct web_request *r, int64_t *out_id, struct store_row *out)
{
	if (!staff_unsorted_find(r, out_id, out))
		return false;
	if (rights_have(&staff_of(r)->rights, RIGHT_WRITE, inbound_scope(out)))
		return true;
	page_problem(r, 403,
		     "Your account has no right to write to others about what comes to "
		     "this address.");
	return false;
}

static struct template_value *values(struct web_request *r, const char *title, int64_t id,
				     const struct store_row *mail)
{
	const char *subject = str_or(row_text(mail, "subject"), "(no subject)");
	struct template_value *v = staff_values(
		r, arena_printf(r->arena, "%s: %s", title, subject), "responses");
	bool is_cut;

	template_set(v, "subject", subject);
	template_set(v, "mail", staff_unsorted_path(r, id));
	template_set(v, "text",
		     staff_text_unwrapped(r, str_or(row_text(mail, "text"), ""),
					  STAFF_TEXT_MOST, &is_cut));
	return v;
}

/* Who writes to somebody knows what colleagues wrote. */
bool staff_seen_mail_replied(struct web_request *r, struct seen *out, struct err *err)
{
	int64_t id;

	if (!str_to_int(web_arg(r, 0), 1, INT64_MAX, &id, err))
		return false;
	out->acts = (struct audit_acts){"inbound", id, "answered"};
	out->any_act = true;
	return true;
}

/* reply: what was sent of it, or NULL for one that is begun. */
static void show_reply(struct web_request *r, struct template_value *v, unsigned status,
		       int64_t id, const struct mail_reply *reply)
{
	struct template_value *list = template_set_list(v, "from");
	struct mail_reply_begun begun;
	struct store_table letters;
	struct err err = {0};

	if (!staff_seen_put(r, v, staff_seen_mail_replied, &err) ||
	    !mail_reply_begin(r->op, r->arena, id, &begun, &err) ||
	    !mail_letters(r->op, r->arena, id, &letters, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_written_show(r, v, &letters);
	for (size_t i = 0; i < begun.from_count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "address", begun.from[i].address);
		template_set(one, "title", begun.from[i].title);
		template_set_bool(one, "chosen",
				  reply && str_eq(reply->from, begun.from[i].address));
	}
	template_set_bool(v, "may_reply", begun.to && begun.from_count);
	template_set(v, "to_address", begun.to);
	template_set(v, "letter_subject", reply ? reply->subject : begun.subject);
	template_set(v, "letter_text", reply ? reply->text : begun.text);
	page_show(r, status, "web/staff/unsorted-reply.html", v);
}

void staff_unsorted_reply(struct web_request *r)
{
	struct store_row mail;
	int64_t id;

	if (find_mail(r, &id, &mail))
		show_reply(r, values(r, "Reply", id, &mail), 200, id, NULL);
}

void staff_unsorted_reply_send(struct web_request *r)
{
	struct mail_reply reply = {.from = str_or(web_form(r, "from"), ""),
				   .subject = str_or(web_form(r, "subject"), ""),
				   .text = str_or(web_form(r, "text"), "")};
	struct template_value *v;
	struct staff_form form;
	struct store_row mail;
	struct err err = {0};

	if (!find_mail(r, &reply.inbound_id, &mail))
		return;
	if (mail_reply_send(r->op, &reply, &err)) {
		staff_say(r, "Your email is on its way to %s.",
			  str_or(row_text(&mail, "from_address"), ""));
		staff_back(r, "%s", staff_unsorted_path(r, reply.inbound_id));
		return;
	}
	if (!staff_refusal(&err)) {
		staff_failed(r, &err);
		return;
	}
	v = values(r, "Reply", reply.inbound_id, &mail);
	form = staff_form_of(r, v, "Nothing was sent");
	staff_form_wrong(&form, str_blank(reply.subject) ? "subject" : "text", err.text);
	show_reply(r, v, staff_refusal(&err), reply.inbound_id, &reply);
}

static void show_forward(struct web_request *r, struct template_value *v, unsigned status)
{
	struct err err = {0};

	if (!staff_colleagues_show(r, v, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set(v, "note", r->method == WEB_POST ? web_form(r, "note") : NULL);
	page_show(r, status, "web/staff/unsorted-forward.html", v);
}

void staff_unsorted_forward(struct web_request *r)
{
	struct store_row mail;
	int64_t id;

	if (find_mail(r, &id, &mail))
		show_forward(r, values(r, "Forward", id, &mail), 200);
}

void staff_unsorted_forward_send(struct web_request *r)
{
	const char *to = str_or(web_form(r, "to"), ""), *note = web_form(r, "note");
	struct template_value *v;
	struct staff_form form;
	struct store_row mail;
	struct err err = {0};
	int64_t id;

	if (!find_mail(r, &id, &mail))
		return;
	if (mail_forward(r->op, id, to, note, &err)) {
		staff_say(r, "The email is on its way to %s.", to);
		staff_back(r, "%s", staff_unsorted_path(r, id));
		return;
	}
	if (!staff_refusal(&err) && err.kind != ERR_ABSENT) {
		staff_failed(r, &err);
		return;
	}
	v = values(r, "Forward", id, &mail);
	form = staff_form_of(r, v, "Nothing was sent");
	staff_form_wrong(&form, "to", err.text);
	show_forward(r, v, staff_refusal(&err) ? staff_refusal(&err) : 400);
}
