/*
 * The links of mails that confirm something. Programs follow every link of a mail, some
 * with scripts on: so the link opens a page with a button, and only the button confirms.
 */
#include "domain/subscribers/address_change.h"
#include "domain/subscribers/subscribe.h"
#include "base/str.h"
#include "public/public_form.h"
#include "public/public_pages.h"

static struct template_value *values_of(struct web_request *r,
					const struct consultation_question *q)
{
	struct template_value *v;

	public_speak(r, q->language);
	v = page_values(r, "");
	template_set(v, "name", q->list.name);
	template_set_bool(v, "on_web", q->list.visibility != LIST_PRIVATE);
	template_set(v, "list_title", list_called(&q->list));
	template_set_bool(v, "is_open", q->list.is_open);
	template_set(v, "address", q->address);
	template_set(v, "topics_text", q->topics);
	template_set(v, "wording", q->wording);
	public_set_frequency(v, q->frequency);
	return v;
}

static void show(struct web_request *r, enum confirm_result state,
		 const struct consultation_question *q, bool just_now)
{
	struct template_value *v = values_of(r, q);

	template_set_bool(v, "done", state == CONFIRM_DONE && just_now);
	template_set_bool(v, "waits", state == CONFIRM_DONE && !just_now);
	template_set_bool(v, "used", state == CONFIRM_USED);
	template_set_bool(v, "expired", state == CONFIRM_EXPIRED);
	page_show(r, 200, "web/confirm.html", v);
}

/* False when it has answered. */
static bool find_question(struct web_request *r, enum confirm_result *state,
			  struct consultation_question *q)
{
	struct err err = {0};

	if (!subscribe_question(r->op, r->arena, web_arg(r, 0), state, q, &err))
		page_failed(r, &err);
	else if (*state == CONFIRM_UNKNOWN)
		public_link_unknown(r);
	else
		return true;
	return false;
}

void public_confirm(struct web_request *r)
{
	enum confirm_result state;
	struct consultation_question q;

	if (find_question(r, &state, &q))
		show(r, state, &q, false);
}

void public_confirm_post(struct web_request *r)
{
	enum confirm_result state;
	struct consultation_question q;
	struct err err = {0};

	if (!find_question(r, &state, &q))
		return;
	if (!subscribe_confirm(r->op, web_arg(r, 0), "page", 0, &state, &err))
		page_failed(r, &err);
	else
		show(r, state, &q, true);
}

static void show_move(struct web_request *r, const struct address_change *move,
		      enum address_change_result result, bool just_now)
{
	struct template_value *v;

	public_speak(r, move->language);
	v = page_values(r, "");
	template_set(v, "old_address", move->old_address);
	template_set(v, "new_address", move->new_address);
	template_set_bool(v, "is_old", move->is_old);
	template_set_bool(v, "asks",
			  !just_now && !move->done &&
				  !(move->is_old ? move->old_said : move->new_said));
	template_set_bool(v, "waits",
			  just_now ? result == ADDRESS_CHANGE_WAITS
				   : !move->done && (move->is_old ? move->old_said
								  : move->new_said));
	template_set_bool(v, "done",
			  just_now ? result == ADDRESS_CHANGE_DONE : move->done);
	template_set_bool(v, "again", just_now && result == ADDRESS_CHANGE_AGAIN);
	template_set_bool(v, "taken", just_now && result == ADDRESS_CHANGE_TAKEN);
	page_show(r, 200, "web/move.html", v);
}

/* False when it has answered. */
static bool find_move(struct web_request *r, struct address_change *move)
{
	enum token_state state;
	struct err err = {0};

	if (!address_change_find(r->op, r->arena, web_arg(r, 0), &state, move, &err))
		page_failed(r, &err);
	else if (state == TOKEN_UNKNOWN || state == TOKEN_EXPIRED)
		public_link_unknown(r);
	else
		return true;
	return false;
}

void public_move(struct web_request *r)
{
	struct address_change move;

	if (find_move(r, &move))
		show_move(r, &move, ADDRESS_CHANGE_AGAIN, false);
}

void public_move_post(struct web_request *r)
{
	enum address_change_result result;
	struct address_change move;
	struct err err = {0};

	if (!find_move(r, &move))
		return;
	if (!address_change_confirm(r->op, web_arg(r, 0), &result, &err))
		page_failed(r, &err);
	else if (result == ADDRESS_CHANGE_EXPIRED || result == ADDRESS_CHANGE_UNKNOWN)
		public_link_unknown(r);
	else
		show_move(r, &move, result, true);
}
