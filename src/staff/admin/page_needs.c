/* Where one begins: what needs whoever asks, over all that they may see, the next days, and
 * what they work on. */
#include "domain/bulletins/bulletin_list.h"
#include "domain/queue/needs.h"
#include "domain/responses/response.h"
#include "base/calendar.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/bulletins/bulletin_show.h"
#include "staff/triage/triage.h"
#include "staff/frame/words.h"

enum { DAYS_AHEAD = 7, CARDS_MOST = 12 };

static const char *const buttons[NEED_KINDS] = {
	[NEED_FLAG_OVERDUE] = "Read",
	[NEED_FLAG_UNSEEN] = "Read",
	[NEED_FLAG_OPEN] = "Go on",
	[NEED_FLAG_LATE] = "Look at it",
	[NEED_FLAG_UNTOLD] = "Look at it",
	[NEED_RISK] = "Read",
	[NEED_UNSORTED_RISK] = "Read",
	[NEED_ROLE] = "Look at it",
	[NEED_RELAY] = "Look at it",
	[NEED_MAILBOX] = "Look at it",
	[NEED_HELD] = "Decide",
	[NEED_PAUSED] = "Look at it",
	[NEED_DOUBT] = "Decide",
	[NEED_ASKED] = "Read",
	[NEED_AGREE] = "Read",
	[NEED_RETURNED] = "Read",
	[NEED_APPROVE] = "Read",
	[NEED_REPORT] = "Read",
	[NEED_REPORT_BACK] = "Read",
	[NEED_RELEASE] = "Read",
	[NEED_REQUEST] = "Decide",
	[NEED_UNSORTED] = "Sort",
	[NEED_MINE] = "Read",
	[NEED_INFORM] = "Read",
	[NEED_SECOND] = "Code",
	[NEED_RE_ANCHOR] = "Re-anchor",
	[NEED_BOUNCE] = "Look at it",
	[NEED_DRAFT] = "Go on",
};

/* "2 hours ago" */
static const char *ago(struct web_request *r, int64_t at)
{
	char time[NUMERAL_TEXT];
	int64_t since = r->op->now - at;

	if (since < MINUTE_S)
		return "just now";
	numeral_duration(since, time);
	return arena_printf(r->arena, "%s ago", time);
}

/* "Changed last by Ada Officer", "Found 2 hours after its time ...", "3 in doubt" */
static const char *more_of(struct web_request *r, const struct need *n)
{
	if (n->kind == NEED_DOUBT)
		return arena_printf(r->arena, "%s in doubt",
				    staff_number_text(r, n->count));
	if (n->kind == NEED_ASKED || n->kind == NEED_AGREE)
		return arena_printf(r->arena, "%s asked %s", n->who, ago(r, n->since_at));
	if (n->kind == NEED_RETURNED)
		return arena_printf(r->arena, "%s wrote what should change", n->who);
	if (!n->who || str_eq(n->who, staff_of(r)->session.name))
		return NULL;
	if (n->kind == NEED_APPROVE || n->kind == NEED_DRAFT)
		return arena_printf(r->arena, "Changed last by %s", n->who);
	return page_sentence(r->arena, n->who);
}

static void add_needs(struct web_request *r, struct template_value *v,
		      const struct needs *needs)
{
	struct template_value *list = template_set_list(v, "needs");

	for (size_t i = 0; i < needs->count; i++) {
		const struct need *n = &needs->items[i];
		struct template_value *one = template_add_map(list);

		template_set(one, "what", need_says(r->arena, n));
		template_set(one, "place", n->title);
		template_set(one, "more", more_of(r, n));
		template_set(one, "since",
			     n->kind == NEED_BOUNCE ? staff_day(r, n->since_at)
						    : staff_when(r, n->since_at));
		template_set(one, "path", need_path(r->op, r->arena, n));
		template_set(one, "button", buttons[n->kind]);
		template_set_bool(one, "urgent", need_is_urgent(n->kind));
	}
	template_set_bool(v, "any_needs", needs->count > 0);
	staff_number(v, "count", (int64_t)needs->count);
	template_set_bool(v, "one", needs->count == 1);
}

static bool add_consultation(struct web_request *r, struct template_value *to,
			     const struct store_row *row, struct err *err)
{
	const struct rights *rights = &staff_of(r)->rights;
	const char *path = staff_queue_path_of(r, row_text(row, "name"));
	int64_t id = row_int(row, "id"), first;

	if (!response_first_new(r->op, id, &first, err))
		return false;
	template_set(to, "title", row_text(row, "title"));
	template_set(to, "queue", path);
	template_set(to, "clock", staff_clock_of(r, row));
	template_set(to, "first_new",
		     first ? arena_printf(r->arena, "%s?state=received",
					  staff_response_path_of(r, path, first))
			   : NULL);
	template_set_bool(to, "may_screen",
			  rights_have(rights, RIGHT_SCREEN, rights_on_consultation(id)));
	return true;
}

static bool add_list(struct web_request *r, struct template_value *to,
		     const struct store_row *row, struct err *err)
{
	const struct rights *rights = &staff_of(r)->rights;
	const struct rights_scope scope = rights_on_list(row_int(row, "id"));
	const char *name = row_text(row, "name");
	int64_t last, next;

	if (!bulletin_marks(r->op, row_int(row, "id"), &last, &next, err))
		return false;
	template_set(to, "list_title", row_text(row, "title"));
	template_set(to, "list_path", staff_list_path(r, name));
	staff_number(to, "active", row_int(row, "active"));
	template_set_bool(to, "active_one", row_int(row, "active") == 1);
	template_set_bool(to, "may_edit",
			  rights_have(rights, RIGHT_EDIT_BULLETIN, scope));
	template_set_bool(to, "may_subscribers",
			  rights_have(rights, RIGHT_SUBSCRIBERS, scope));
	if (last) {
		template_set_int(to, "last", last);
		template_set(to, "last_path", staff_bulletin_path(r, name, last));
	}
	if (next && next != last) {
		template_set_int(to, "next", next);
		template_set(to, "next_path", staff_bulletin_path(r, name, next));
	}
	return true;
}

/* What one works on, with what is asked for most one step away. */
static bool add_cards(struct web_request *r, struct template_value *v, struct err *err)
{
	const struct rights *rights = &staff_of(r)->rights;
	struct template_value *open = template_set_list(v, "consultations"),
			      *lists = template_set_list(v, "lists");
	struct store_table t;

	if (!rights_consultations(r->op, r->arena, rights, RIGHT_READ_RESPONSES, &t, err))
		return false;
	for (size_t i = 0; i < t.count && i < CARDS_MOST; i++) {
		struct store_row row = table_row(&t, i);

		if (!add_consultation(r, template_add_map(open), &row, err))
			return false;
	}
	if (!rights_lists(r->op, r->arena, rights, RIGHT_SEE_BULLETINS, &t, err))
		return false;
	for (size_t i = 0; i < t.count && i < CARDS_MOST; i++) {
		struct store_row row = table_row(&t, i);

		if (!add_list(r, template_add_map(lists), &row, err))
			return false;
	}
	return true;
}

void staff_home(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Home", "home");
	struct needs needs;
	struct err err = {0};

	if (!needs_load(r->op, r->arena, &needs, &err) ||
	    !staff_planned(r, v, r->op->now, r->op->now + DAYS_AHEAD * DAY_S, &err) ||
	    !add_cards(r, v, &err)) {
		staff_failed(r, &err);
		return;
	}
	add_needs(r, v, &needs);
	template_set_bool(v, "has_role", staff_of(r)->rights.count > 0);
	template_set_bool(v, "plans",
			  staff_may_anywhere(r, RIGHT_SEE_BULLETINS) ||
				  staff_may_anywhere(r, RIGHT_READ_RESPONSES));
	staff_page(r, "web/staff/home.html", v);
}
